//! A table in, and the same table with four columns more out.
//!
//! A row is written as soon as it is judged. Cells pass through as they are, but for an apostrophe before one that a
//! spreadsheet would run as a formula.

use std::io::{Read, Write};

use crate::arithmetic::Printed;
use crate::calculators::{Answer, Calculator, Header, Row, Settings, Verdict};
use crate::report::is_formula;

use super::super::exit::{CliError, ExitStatus};

/// The columns that are appended.
const RESULTS: [&str; 4] = ["verdict", "lower_bound", "upper_bound", "reason"];

/// Judges each row of the table.
pub(super) fn judge(
    calculator: Calculator,
    settings: &Settings,
    input: &mut dyn Read,
    name: &str,
    out: &mut dyn Write,
) -> Result<ExitStatus, CliError> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).has_headers(false).from_reader(input);
    let mut writer = csv::Writer::from_writer(out);
    let mut record = csv::ByteRecord::new();
    let unreadable = |error: &csv::Error| CliError::Unreadable(format!("{name}: {error}"));
    if !reader.read_byte_record(&mut record).map_err(|error| unreadable(&error))? {
        return Err(CliError::Unreadable(format!("{name}: the table is empty")));
    }
    let names = cells(&record);
    let header = Header::new(names.iter().map(String::as_str));
    let missing: Vec<&str> = calculator
        .columns()
        .iter()
        .filter(|column| column.needed && !header.has(column.name))
        .map(|column| column.name)
        .collect();
    if !missing.is_empty() {
        return Err(CliError::Usage(format!("{name}: the header row lacks {}", missing.join(", "))));
    }
    let results = RESULTS.map(|result| free_name(result, &header));
    write(&mut writer, &names, &results)?;
    let mut found = ExitStatus::Success;
    while reader.read_byte_record(&mut record).map_err(|error| unreadable(&error))? {
        let mut row = cells(&record);
        let answer = if row.len() > names.len() {
            let reason =
                format!("the row has {} cells, the header {}; those behind are left out", row.len(), names.len());
            Answer::not_checked(reason)
        } else {
            calculator.judge(&Row::new(&header, &row), settings)
        };
        row.resize(names.len(), String::new());
        if answer.verdict == Verdict::Inconsistent {
            found = ExitStatus::Findings;
        }
        let [lower, upper] = answer.bounds();
        write(&mut writer, &row, &[answer.verdict.word().to_owned(), lower, upper, answer.reason])?;
    }
    writer.flush()?;
    Ok(found)
}

/// The cells as text; what is no UTF-8 becomes the replacement character.
fn cells(record: &csv::ByteRecord) -> Vec<String> {
    record.iter().map(|cell| String::from_utf8_lossy(cell).into_owned()).collect()
}

/// The name of a result column, with a number behind it where the table has such a column already.
fn free_name(name: &str, header: &Header) -> String {
    if !header.has(name) {
        return name.to_owned();
    }
    let mut numbered = (2..100).map(|number| format!("{name}_{number}"));
    numbered.find(|name| !header.has(name)).unwrap_or_else(|| name.to_owned())
}

fn write(writer: &mut csv::Writer<&mut dyn Write>, row: &[String], results: &[String; 4]) -> Result<(), CliError> {
    let cells = row.iter().chain(results).map(|cell| inert(cell));
    writer.write_record(cells).map_err(|error| match error.into_kind() {
        csv::ErrorKind::Io(error) => CliError::Write(error),
        other => CliError::Internal(format!("a row cannot be written: {other:?}")),
    })
}

/// The cell, led by an apostrophe where a spreadsheet would run it.
fn inert(cell: &str) -> String {
    if is_formula(cell) && Printed::parse(cell.trim()).is_none() { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(calculator: Calculator, table: &str) -> (Result<ExitStatus, String>, String) {
        let mut out = Vec::new();
        let status = judge(calculator, &Settings::default(), &mut table.as_bytes(), "it", &mut out);
        (status.map_err(|error| error.to_string()), String::from_utf8(out).expect("UTF-8"))
    }

    #[test]
    fn rows_keep_their_cells_and_never_stop_the_run() {
        let table = "note,mean,n,verdict\n=1+1,5.19,28,mine\n,3.48,25\nx,abc,25,\n,5,6,7,8,9\n-1.5,0.5,10,\n";
        let (status, out) = judged(Calculator::Grim, table);
        assert_eq!(status, Ok(ExitStatus::Findings));
        let expected = "note,mean,n,verdict,verdict_2,lower_bound,upper_bound,reason\n\
            '=1+1,5.19,28,mine,inconsistent,5.17857,5.21429,no mean of 28 whole numbers prints as 5.19\n\
            ,3.48,25,,consistent,3.48,3.48,a mean of 25 whole numbers prints so\n\
            x,abc,25,,not checked,,,mean is not a plain decimal number: abc\n\
            ,5,6,7,not checked,,,\"the row has 6 cells, the header 4; those behind are left out\"\n\
            -1.5,0.5,10,,consistent,0.5,0.5,every mean of 10 whole numbers would print: the digits are too few to tell\n";
        let lines: Vec<&str> = out.lines().collect();
        for (line, expected) in lines.iter().zip(expected.lines()) {
            assert_eq!(*line, expected);
        }
        assert_eq!(lines.len(), 6);
    }

    #[test]
    fn a_table_without_its_columns_is_refused() {
        let (status, _) = judged(Calculator::Grimmer, "mean,n\n1,2\n");
        assert_eq!(status, Err("it: the header row lacks sd".to_owned()));
        assert!(judged(Calculator::Grim, "").0.is_err());
    }
}
