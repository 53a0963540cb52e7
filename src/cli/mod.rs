//! The command line: one file a subcommand, each with its arguments and a `run(&args, out)`.
//!
//! A subcommand writes its results to the given writer, gives an [`ExitStatus`] or a [`CliError`], and prints nothing
//! itself: colours, broken pipes, error messages and exit codes are settled here once.

mod check;
mod choices;
mod completions;
mod eval;
mod exit;
mod explain;
mod model;
mod output;
mod plant;
mod prepare;
mod progress;
mod read;
mod read_estimates;
mod read_quantities;
mod read_statistics;
mod reasoning;
mod rules;
mod score;
mod score_text;
mod search;
mod search_ranking;
mod selection;
mod stat;
mod unit;
mod worker;

use std::io::{self, BufWriter, Write};

use anstream::{AutoStream, ColorChoice};
use clap::{Parser, Subcommand, ValueEnum};

pub use exit::{CliError, ExitStatus};

/// Re-derives the numbers of scientific papers with exact, unit-checked interval arithmetic.
#[derive(Debug, Parser)]
#[command(name = "rederive", version, max_term_width = 100, arg_required_else_help = true)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
    /// When to colour
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    color: Color,
}

/// When output is coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Color {
    // The names of the variables are words of the environment, not of the code.
    #[value(help = "On a terminal, unless NO_COLOR is set; FORCE_COLOR colours elsewhere too")]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Re-derive the numbers of papers and report what does not follow
    Check(check::CheckArgs),
    /// Show what the reader saw of a paper
    Read(read::ReadArgs),
    /// Say what units mean, exactly
    Unit(unit::UnitArguments),
    /// Compute with units, exactly or over what printed numbers stand for
    Eval(eval::EvalArgs),
    /// Print the page of a rule: what it checks, how, and when it stays silent
    Explain(explain::ExplainArgs),
    /// List the rules
    Rules(rules::RulesArgs),
    /// Plant realistic slips in values that hold, to measure what is found
    Plant(plant::PlantArgs),
    /// Judge a table of printed statistics, a row a case
    Stat(stat::StatArgs),
    /// Compare what a run finds with what is known: precision, recall, coverage, labels
    Score(score::ScoreArgs),
    /// Measure the search for derivations that no rule was written for
    Search(search::SearchArgs),
    /// Look at a model of open weights: what it is, whether it computes here what it should, how fast
    Model(model::ModelArgs),
    /// Print the completion script of a shell
    Completions(completions::CompletionsArgs),
    /// Answer stage messages: what the program starts itself as
    #[command(hide = true)]
    Worker(worker::WorkerArgs),
}

/// Parses the command line of the process, runs it, and gives the status to leave with. Never panics: a panic of a
/// command is caught and becomes [`ExitStatus::Internal`].
pub fn main() -> ExitStatus {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(message) => {
            // Help and version are results; everything else is a usage error, as clap itself tells them apart.
            let status = if message.use_stderr() { ExitStatus::Usage } else { ExitStatus::Success };
            return if message.print().is_ok() { status } else { ExitStatus::Success };
        }
    };
    std::panic::catch_unwind(|| dispatch(&cli)).unwrap_or(ExitStatus::Internal)
}

fn dispatch(cli: &Cli) -> ExitStatus {
    color_choice(cli.color).write_global();
    let mut out = BufWriter::new(AutoStream::auto(io::stdout()));
    let result = match &cli.command {
        Command::Check(args) => check::run(args, &mut out),
        Command::Unit(args) => unit::run(args, &mut out, &mut io::stdin().lock()),
        Command::Eval(args) => eval::run(args, &mut out),
        Command::Read(args) => read::run(args, &mut out),
        Command::Explain(args) => explain::run(args, &mut out),
        Command::Rules(args) => rules::run(args, &mut out),
        Command::Plant(args) => plant::run(args, &mut out),
        Command::Stat(args) => stat::run(args, &mut out, &mut io::stdin().lock()),
        Command::Score(args) => score::run(args, &mut out),
        Command::Search(args) => search::run(args, &mut out),
        Command::Model(args) => model::run(args, &mut out),
        Command::Completions(args) => completions::run(args, &mut out),
        Command::Worker(args) => worker::run(*args),
    };
    let result = result.and_then(|status| Ok(out.flush().map(|()| status)?));
    result.unwrap_or_else(|error| {
        let status = error.status();
        if status != ExitStatus::Success {
            let _ = writeln!(anstream::stderr(), "\x1b[1;31merror\x1b[0m: {error}");
        }
        status
    })
}

/// `--color`, then `NO_COLOR`, then `FORCE_COLOR` and `CLICOLOR_FORCE`, then whether the stream is a terminal.
fn color_choice(color: Color) -> ColorChoice {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty() && value != "0");
    match color {
        Color::Always => ColorChoice::Always,
        Color::Never => ColorChoice::Never,
        Color::Auto if !set("NO_COLOR") && set("FORCE_COLOR") => ColorChoice::Always,
        Color::Auto => ColorChoice::Auto,
    }
}
