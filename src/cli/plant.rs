//! `rederive plant`: realistic slips in values that hold, one a document, with a truth file.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;

use crate::report::{PaperReport, PaperStatus, plural};
use crate::score::plant::{PlantSettings, SlipKind, Tally, choose, plant};
use crate::score::{Truth, TruthRow};

use super::exit::{CliError, ExitStatus};
use super::prepare::{self, RunArgs};

/// Arguments of `rederive plant`.
#[derive(Args, Clone, Debug)]
pub struct PlantArgs {
    #[command(flatten)]
    run: RunArgs,

    /// The folder for the documents and their truth.csv; it must be new or empty
    #[arg(long, value_name = "DIR", help_heading = "Output")]
    out: PathBuf,
    /// The seed of all draws: the same seed plants the same slips
    #[arg(long, value_name = "N", default_value_t = 1, help_heading = "Slips")]
    seed: u64,
    /// The most slips of one kind in one paper; the rules take turns
    #[arg(long, value_name = "N", default_value_t = 2, help_heading = "Slips")]
    per_paper: usize,
}

/// Checks the papers, plants slips in values that hold, and writes what was planted.
pub fn run(args: &PlantArgs, out: &mut dyn Write) -> Result<ExitStatus, CliError> {
    let prepared = prepare::prepare(&args.run)?.with_documents(true);
    ready(&args.out)?;
    let settings = PlantSettings { seed: args.seed, per_paper: args.per_paper };
    let mut planter = Planter {
        folder: &args.out,
        settings,
        truth: Truth::default(),
        tallies: BTreeMap::new(),
        values: 0,
        papers: 0,
        unread: Vec::new(),
        interrupted: false,
    };
    prepared.each(&mut |row| planter.row(&row))?;
    let file = File::create(args.out.join("truth.csv")).map_err(CliError::Write)?;
    planter.truth.write_planted(file).map_err(|error| CliError::Write(error.into()))?;
    planter.summary(out)?;
    Ok(ExitStatus::complete_unless(planter.interrupted))
}

/// Makes the folder. One with files in it is refused, so that no document of another run is counted.
fn ready(folder: &Path) -> Result<(), CliError> {
    fs::create_dir_all(folder).map_err(CliError::Write)?;
    if fs::read_dir(folder).map_err(CliError::Write)?.next().is_some() {
        return Err(CliError::Usage(format!("the folder {} is not empty", folder.display())));
    }
    Ok(())
}

struct Planter<'a> {
    folder: &'a Path,
    settings: PlantSettings,
    truth: Truth,
    tallies: BTreeMap<SlipKind, Tally>,
    values: usize,
    papers: usize,
    unread: Vec<String>,
    interrupted: bool,
}

impl Planter<'_> {
    /// Plants slips in a paper that was checked.
    fn row(&mut self, row: &PaperReport) -> io::Result<()> {
        self.interrupted |= row.status == PaperStatus::NotReached;
        let Some(document) = &row.exhibits.document else {
            let reason = row.reason.as_deref().or(row.exhibits.missing.first().map(String::as_str));
            self.unread.push(format!("{}: {}", row.source, reason.unwrap_or("it was not checked")));
            return Ok(());
        };
        self.papers += 1;
        let slips = choose(document, &row.findings, &row.key, self.settings);
        self.values += slips.values;
        for (kind, own) in &slips.tallies {
            let sum = self.tallies.entry(*kind).or_default();
            sum.possible += own.possible;
            sum.still_right += own.still_right;
        }
        let mut numbers: BTreeMap<SlipKind, usize> = BTreeMap::new();
        for slip in &slips.chosen {
            let number = numbers.entry(slip.kind).and_modify(|number| *number += 1).or_insert(1);
            let file = format!("{}.{}-{number}.json", file_stem(&row.source), slip.kind.name());
            if let Some(planted) = plant(document, &row.findings, &row.key, slip, file) {
                self.write(&planted.row, &serde_json::to_vec(&planted.document)?)?;
                self.tallies.entry(slip.kind).or_default().planted += 1;
                self.truth.rows.push(planted.row);
            }
        }
        Ok(())
    }

    fn write(&self, row: &TruthRow, document: &[u8]) -> io::Result<()> {
        // Names of papers are distinct, but a separator in one may be a plain character of another.
        let mut file = File::create_new(self.folder.join(&row.paper))?;
        file.write_all(document)
    }

    fn summary(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{:20}  {:>8}  {:>8}  {:>11}", "slip", "planted", "possible", "still right")?;
        for (kind, tally) in &self.tallies {
            let Tally { possible, still_right, planted } = tally;
            writeln!(out, "{:20}  {planted:>8}  {possible:>8}  {still_right:>11}", kind.name())?;
        }
        let (values, papers) = (plural(self.values, "value"), plural(self.papers, "paper"));
        writeln!(
            out,
            "\n{values} that hold in {papers}; {} in {}.",
            plural(self.truth.rows.len(), "slip"),
            self.folder.display()
        )?;
        if !self.unread.is_empty() {
            writeln!(out, "\nNothing was planted in {}:", plural(self.unread.len(), "other paper"))?;
            self.unread.iter().try_for_each(|reason| writeln!(out, "  {reason}"))?;
        }
        Ok(())
    }
}

/// A paper's name as the beginning of a file's: one name without folders.
fn file_stem(source: &str) -> String {
    // A name that opens with a point ("../papers") would be that of a hidden file, which a folder is read without.
    let source = source.trim_start_matches('.');
    source.chars().map(|c| if c.is_alphanumeric() || matches!(c, '.' | '-' | '_') { c } else { '_' }).collect()
}

#[cfg(test)]
mod tests {
    use super::file_stem;

    #[test]
    fn the_name_of_a_paper_in_another_folder_is_not_that_of_a_hidden_file() {
        assert_eq!(file_stem("../papers/a b.pdf"), "_papers_a_b.pdf");
        assert_eq!(file_stem("papers/a.pdf"), "papers_a.pdf");
    }
}
