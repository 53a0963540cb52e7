//! `rederive search`: what the search and its ranker are worth, measured on papers.

use std::io::{self, Write};

use clap::{Args, Subcommand};

use crate::report::plural;
use crate::rules::derivations::searched_value::MOST_EXPECTED;
use crate::score::{DecoyTally, FormFamily, Pair};

use super::exit::{CliError, ExitStatus};
use super::prepare::{RunArgs, documents};
use super::search_ranking::{self as ranking, RankArgs, TrainArgs, TryArgs, WindowsArgs};

/// Arguments of `rederive search`.
#[derive(Args, Clone, Debug)]
pub struct SearchArgs {
    #[command(subcommand)]
    command: SearchCommand,
}

#[derive(Clone, Debug, Subcommand)]
enum SearchCommand {
    /// Count how often programs hit values that have nothing to do with their neighbours, by E-value
    Decoys(DecoysArgs),
    /// Train the ranker on frames of sentences and on values of papers that a program hits where chance would not
    Train(TrainArgs),
    /// Draw windows for a reader to label
    Windows(WindowsArgs),
    /// Compare the ranker with windows labelled by hand
    Rank(RankArgs),
    /// Compare the ranker with passages written for the purpose
    Try(TryArgs),
}

/// Arguments of `rederive search decoys`.
#[derive(Args, Clone, Debug)]
struct DecoysArgs {
    #[command(flatten)]
    run: RunArgs,

    /// The seed of all draws
    #[arg(long, value_name = "N", default_value_t = 1, help_heading = "Decoys")]
    seed: u64,
    /// How many decoys are drawn for each target
    #[arg(long, value_name = "N", default_value_t = 4, help_heading = "Decoys")]
    draws: usize,
}

/// Measures what was asked for.
pub fn run(args: &SearchArgs, out: &mut dyn Write) -> Result<ExitStatus, CliError> {
    match &args.command {
        SearchCommand::Decoys(args) => decoys(args, out),
        SearchCommand::Train(args) => ranking::train(args, out),
        SearchCommand::Windows(args) => ranking::windows(args, out),
        SearchCommand::Rank(args) => ranking::rank(args, out),
        SearchCommand::Try(args) => ranking::attempt(args, out),
    }
}

fn decoys(args: &DecoysArgs, out: &mut dyn Write) -> Result<ExitStatus, CliError> {
    let mut tally = DecoyTally::default();
    let (unread, interrupted) = documents(&args.run, &mut |document, key| {
        tally.add(document, key, args.seed, args.draws);
        Ok(())
    })?;
    write_decoys(&tally, unread, out)?;
    Ok(ExitStatus::complete_unless(interrupted))
}

fn write_decoys(tally: &DecoyTally, unread: usize, out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "E                 two values                          up to three values                  with what is named"
    )?;
    let columns = "targets   real hit    decoy hit";
    writeln!(out, "                  {columns}      {columns}      {columns}")?;
    for (class, from, to) in DecoyTally::classes() {
        let range = to.map_or_else(|| format!("from {from}"), |to| format!("{from} to {to}"));
        let cells = FAMILIES.map(|family| tally.by_expectation.get(&(family, class)));
        if cells.iter().any(Option::is_some) {
            let [two, three, named] = cells.map(|pair| cell(pair.copied().unwrap_or_default()));
            writeln!(out, "{range:16}  {two}  {three}  {named}")?;
        }
    }
    writeln!(out, "\ndigits")?;
    for (digits, name) in [(2, "two or fewer"), (3, "three"), (4, "four and more")] {
        let [two, three, named] =
            FAMILIES.map(|family| cell(tally.by_digits.get(&(family, digits)).copied().unwrap_or_default()));
        writeln!(out, "{name:16}  {two}  {three}  {named}")?;
    }
    writeln!(out, "\nprogram           programs  real hit    decoy hit")?;
    for (form, pair) in &tally.by_form {
        writeln!(
            out,
            "{:16}  {:>8}  {:>7.2} %  {:>9.2} %",
            form.name(),
            pair.real.targets,
            pair.real.percent(),
            pair.decoy.percent()
        )?;
    }
    let named = tally.over_named;
    writeln!(
        out,
        "{:16}  {:>8}  {:>7.2} %  {:>9.2} %",
        "over what is named",
        named.real.targets,
        named.real.percent(),
        named.decoy.percent()
    )?;
    writeln!(
        out,
        "\n{} in {}, {}; {} left out for too many programs.",
        plural(tally.targets, "target"),
        plural(tally.papers, "paper"),
        plural(tally.programs, "program"),
        tally.cut
    )?;
    let (all, told) = (tally.derivable(None), tally.derivable(Some(MOST_EXPECTED)));
    if all > 0.0 && tally.papers > 0 {
        let each = all / f64::from(u32::try_from(tally.papers).unwrap_or(u32::MAX));
        writeln!(
            out,
            "About {all:.0} of them follow from their neighbours, {each:.1} a paper; E is below {MOST_EXPECTED} for {:.0} % of these.",
            100.0 * told / all
        )?;
    }
    if unread > 0 {
        writeln!(out, "Not read: {}.", plural(unread, "paper"))?;
    }
    Ok(())
}

/// The families of programs, in the order of the columns.
const FAMILIES: [FormFamily; 3] = [FormFamily::UpToTwo, FormFamily::UpToThree, FormFamily::Named];

fn cell(pair: Pair) -> String {
    format!("{:>7}  {:>7.2} %  {:>9.2} %", pair.real.targets, pair.real.percent(), pair.decoy.percent())
}
