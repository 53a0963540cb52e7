//! `rederive unit [TEXT…]`: what unit strings mean, exactly.
//!
//! It reads arguments, or standard input a unit a line, and writes people's lines or CSV. It decides nothing about a
//! paper: an ambiguous string is shown with all its meanings, and the CSV row is that of the usual one.

use std::io::{BufRead, Write};

use clap::{Args, ValueEnum};

use super::exit::{CliError, ExitStatus};
use crate::arithmetic::rational::{self, Rational};
use crate::arithmetic::units::{self, Parsed, Scale, Unit};

/// The longest line of standard input that is kept, in bytes; the rest of a longer one is dropped.
const LONGEST_LINE: usize = 4096;

/// Arguments of `rederive unit`.
#[derive(Args, Clone, Debug)]
pub struct UnitArguments {
    /// Unit strings, each a whole one; standard input, one a line, where none is given
    #[arg(value_name = "TEXT")]
    texts: Vec<String>,
    /// How to write
    #[arg(long, value_enum, default_value_t = UnitFormat::Full)]
    format: UnitFormat,
}

/// How `rederive unit` writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum UnitFormat {
    /// Lines for people, all meanings
    Full,
    /// `text,status,dimension,factor,factor_lo,factor_hi,offset,tags`, the usual meaning
    Csv,
}

/// Writes what each string means; the status is that of success even where a string is rejected, which its row says.
pub fn run(args: &UnitArguments, out: &mut dyn Write, input: &mut dyn BufRead) -> Result<ExitStatus, CliError> {
    let mut writer = match args.format {
        UnitFormat::Full => Sink::Full(out),
        UnitFormat::Csv => {
            let mut rows = csv::Writer::from_writer(out);
            let header = ["text", "status", "dimension", "factor", "factor_lo", "factor_hi", "offset", "tags"];
            rows.write_record(header).map_err(written)?;
            Sink::Csv(Box::new(rows))
        }
    };
    if args.texts.is_empty() {
        while let Some(line) = next_line(input)? {
            if !line.trim().is_empty() {
                writer.write(&line)?;
            }
        }
    } else {
        for text in &args.texts {
            writer.write(text)?;
        }
    }
    writer.flush()?;
    Ok(ExitStatus::Success)
}

/// The next line without its end, cut after [`LONGEST_LINE`] bytes; `None` at the end.
fn next_line(input: &mut dyn BufRead) -> Result<Option<String>, CliError> {
    let mut line = Vec::new();
    let mut any = false;
    loop {
        let buffer = input.fill_buf().map_err(|error| CliError::Unreadable(format!("standard input: {error}")))?;
        if buffer.is_empty() {
            break;
        }
        any = true;
        let (taken, ended) = match buffer.iter().position(|byte| *byte == b'\n') {
            Some(at) => (at, true),
            None => (buffer.len(), false),
        };
        let room = LONGEST_LINE.saturating_sub(line.len()).min(taken);
        line.extend(buffer.iter().take(room));
        input.consume(taken + usize::from(ended));
        if ended {
            break;
        }
    }
    let text = String::from_utf8_lossy(&line).trim_end_matches('\r').to_owned();
    Ok(if any { Some(text) } else { None })
}

/// Where the rows go.
enum Sink<'a> {
    Full(&'a mut dyn Write),
    Csv(Box<csv::Writer<&'a mut dyn Write>>),
}

impl Sink<'_> {
    fn write(&mut self, text: &str) -> Result<(), CliError> {
        let parsed = units::parse(text);
        match self {
            Self::Full(out) => full(*out, text, &parsed),
            Self::Csv(rows) => rows.write_record(record(text, &parsed)).map_err(written),
        }
    }

    fn flush(&mut self) -> Result<(), CliError> {
        match self {
            Self::Full(out) => Ok(out.flush()?),
            Self::Csv(rows) => Ok(rows.flush()?),
        }
    }
}

fn written(error: csv::Error) -> CliError {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => CliError::Write(error),
        other => CliError::Internal(format!("a row cannot be written: {other:?}")),
    }
}

/// The row of one string: the usual meaning, or the status alone.
fn record(text: &str, parsed: &Parsed) -> [String; 8] {
    let (status, unit) = match parsed {
        Parsed::One(unit) => ("ok", Some(unit)),
        Parsed::Ambiguous(units) => ("ambiguous", units.first()),
        Parsed::Rejected(_) => ("rejected", None),
    };
    let mut row = std::array::from_fn(|_| String::new());
    text.clone_into(&mut row[0]);
    status.clone_into(&mut row[1]);
    if let Some(unit) = unit {
        let exact = |value: &Rational| rational::to_text(value);
        row[2] = unit.dimension.to_string();
        if unit.scale != Scale::Logarithmic {
            row[3] = exact(&unit.factor.conventional);
            row[4] = exact(&unit.factor.lo);
            row[5] = exact(&unit.factor.hi);
            row[6] = exact(&unit.offset);
        }
        row[7] = unit.tags.to_string();
    }
    row
}

fn full(out: &mut dyn Write, text: &str, parsed: &Parsed) -> Result<(), CliError> {
    match parsed {
        Parsed::One(unit) => writeln!(out, "{text}: {}", described(unit))?,
        Parsed::Rejected(reason) => writeln!(out, "{text}: rejected, {reason}")?,
        Parsed::Ambiguous(units) => {
            writeln!(out, "{text}: ambiguous, the usual meaning first")?;
            for unit in units {
                writeln!(out, "    {}", described(unit))?;
            }
        }
    }
    Ok(())
}

/// One meaning in words: `L-3 M, 1 unit = 0.001 in SI (body-mass^-1)`.
fn described(unit: &Unit) -> String {
    let mut text = format!("dimension {}", unit.dimension);
    match unit.scale {
        Scale::Logarithmic => text.push_str(", logarithmic: no factor applies"),
        Scale::Linear | Scale::Point => {
            text.push_str(", factor ");
            text.push_str(&rational::to_text(&unit.factor.conventional));
            if unit.factor.lo != unit.factor.hi {
                let (lo, hi) = (rational::to_text(&unit.factor.lo), rational::to_text(&unit.factor.hi));
                for part in [" (in use: ", &lo, " to ", &hi, ")"] {
                    text.push_str(part);
                }
            }
        }
    }
    if unit.scale == Scale::Point {
        text.push_str(", offset ");
        text.push_str(&rational::to_text(&unit.offset));
    }
    if !unit.tags.is_empty() {
        text.push_str(", tags ");
        text.push_str(&unit.tags.to_string());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run_with(texts: &[&str], format: UnitFormat, input: &str) -> String {
        let args = UnitArguments { texts: texts.iter().map(|text| (*text).to_owned()).collect(), format };
        let mut out = Vec::new();
        run(&args, &mut out, &mut input.as_bytes()).expect("written");
        String::from_utf8(out).expect("text")
    }

    #[test]
    fn rows_have_exact_values() {
        let rows = run_with(&["mg/L", "C", "xyzzy"], UnitFormat::Csv, "");
        assert_eq!(
            rows,
            "text,status,dimension,factor,factor_lo,factor_hi,offset,tags\n\
             mg/L,ok,L-3 M,0.001,0.001,0.001,0,\nC,ambiguous,T I,1,1,1,0,\nxyzzy,rejected,,,,,,\n"
        );
    }

    #[test]
    fn standard_input_is_a_unit_a_line() {
        let lines = run_with(&[], UnitFormat::Full, "mg/kg bw\r\n\nppt\n");
        assert_eq!(
            lines,
            "mg/kg bw: dimension 1, factor 0.000001, tags body-mass^-1\nppt: ambiguous, the usual meaning first\n    \
             dimension 1, factor 0.000000000001, tags ratio:unspecified\n    dimension 1, factor 0.001, tags \
             ratio:unspecified\n"
        );
    }

    #[test]
    fn sets_points_and_logarithms_are_told() {
        let lines = run_with(&["d", "mmHg", "°C", "dB", "kg/"], UnitFormat::Full, "");
        assert!(lines.contains("d: dimension T, factor 86400\n"), "{lines}");
        assert!(lines.contains("factor 133.322387415 (in use: 133.322 to 133.3224)\n"), "{lines}");
        assert!(lines.contains("°C: dimension Th, factor 1, offset 273.15\n"), "{lines}");
        assert!(lines.contains("dB: dimension 1, logarithmic: no factor applies, tags log:dB\n"), "{lines}");
        assert!(lines.contains("kg/: rejected, "), "{lines}");
    }
}
