//! `rederive stat CALCULATOR [FILE.csv]`: a table of printed numbers, a row a case, with what is possible appended.
//!
//! What a row means is for `calculators`; here are the arguments, and the table that goes in and comes out.

mod arguments;
mod table;

use std::fs::File;
use std::io::{BufReader, Read, Write};
use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::exit::{CliError, ExitStatus};
use crate::arithmetic::samples::Domain;
use crate::calculators::{Calculator, Settings};
use crate::run;
use arguments::{Habit, SdOf, domain};

/// Arguments of `rederive stat`.
#[derive(Args, Clone, Debug)]
pub struct StatArgs {
    #[command(subcommand)]
    calculator: Which,
}

#[derive(Clone, Debug, Subcommand)]
enum Which {
    /// A p-value from its test statistic
    #[command(after_help = arguments::columns(Calculator::PValue))]
    P(TableArgs),
    /// GRIM: can a mean or percentage of whole numbers print so
    #[command(after_help = arguments::columns(Calculator::Grim))]
    Grim(TableArgs),
    /// GRIMMER: can whole numbers have this mean and SD
    #[command(after_help = arguments::columns(Calculator::Grimmer))]
    Grimmer(TableArgs),
    /// DEBIT: can zeros and ones have this mean and SD
    #[command(after_help = arguments::columns(Calculator::Debit))]
    Debit(TableArgs),
    /// The least and greatest SD that whole numbers on a scale can have with a mean
    #[command(after_help = arguments::columns(Calculator::SdRange))]
    SdRange(TableArgs),
    /// An estimate, its confidence interval, standard error and p against each other
    #[command(after_help = arguments::columns(Calculator::Interval))]
    Ci(TableArgs),
    /// An effect size from its statistic, means or counts
    #[command(after_help = arguments::columns(Calculator::Effect))]
    Effect(TableArgs),
    /// A t or F from means, SDs and sizes
    #[command(after_help = arguments::columns(Calculator::Anova))]
    Anova(TableArgs),
    /// Sensitivity, specificity and their like from counts
    #[command(after_help = arguments::columns(Calculator::Diagnostic))]
    Diagnostic(TableArgs),
}

impl Which {
    const fn parts(&self) -> (Calculator, &TableArgs) {
        match self {
            Self::P(args) => (Calculator::PValue, args),
            Self::Grim(args) => (Calculator::Grim, args),
            Self::Grimmer(args) => (Calculator::Grimmer, args),
            Self::Debit(args) => (Calculator::Debit, args),
            Self::SdRange(args) => (Calculator::SdRange, args),
            Self::Ci(args) => (Calculator::Interval, args),
            Self::Effect(args) => (Calculator::Effect, args),
            Self::Anova(args) => (Calculator::Anova, args),
            Self::Diagnostic(args) => (Calculator::Diagnostic, args),
        }
    }
}

/// The table and what holds for all of its rows.
#[derive(Args, Clone, Debug)]
pub struct TableArgs {
    /// A CSV file with a header row; standard input where none is given, or for -
    #[arg(value_name = "FILE.csv")]
    file: Option<PathBuf>,
    /// How the printed numbers were rounded; any is to the nearest with a tie either way
    #[arg(long, value_enum, default_value_t = Habit::Any, value_name = "HABIT")]
    rounding: Habit,
    /// The whole numbers that one answer can be: integers, nonnegative, or A:B
    #[arg(long, value_parser = domain, default_value = "integers", value_name = "DOMAIN", allow_hyphen_values = true)]
    domain: Domain,
    /// Which SD is printed; with either, a row is inconsistent only where it is for both
    #[arg(long, value_enum, default_value_t = SdOf::Either, value_name = "KIND")]
    sd: SdOf,
    /// How many whole numbers each person's value is the mean of
    #[arg(long, default_value_t = 1, value_name = "N", value_parser = clap::value_parser!(i64).range(1..=1000))]
    items: i64,
}

/// Writes the table with the verdict, the bounds and the reason behind each row.
///
/// An inconsistent row ends with [`ExitStatus::Findings`]; a row that cannot be judged says so and ends nothing.
pub fn run(args: &StatArgs, out: &mut dyn Write, input: &mut dyn Read) -> Result<ExitStatus, CliError> {
    let (calculator, args) = args.calculator.parts();
    let settings =
        Settings { rounding: args.rounding.into(), domain: args.domain, sd: args.sd.into(), items: args.items };
    match args.file.as_deref().filter(|path| path.as_os_str() != "-") {
        None => table::judge(calculator, &settings, input, "standard input", out),
        Some(path) => {
            let name = path.display().to_string();
            let file =
                File::open(path).map_err(|error| CliError::Unreadable(format!("{name}: {}", run::cause(&error))))?;
            table::judge(calculator, &settings, &mut BufReader::new(file), &name, out)
        }
    }
}
