//! The options of `rederive stat` as words of the command line, and the help on columns.

use std::fmt::Write as _;

use clap::ValueEnum;

use crate::arithmetic::samples::Domain;
use crate::calculators::{Calculator, Deviation, Rounding};

/// `--rounding`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Habit {
    /// To the nearest, a tie either way
    Any,
    /// To the nearest, a tie away from zero
    HalfUp,
    /// To the nearest, a tie to the even digit
    HalfEven,
    /// To the nearest, a tie towards zero
    HalfDown,
    /// Away from zero
    Up,
    /// Towards zero (truncation)
    Down,
}

impl From<Habit> for Rounding {
    fn from(habit: Habit) -> Self {
        match habit {
            Habit::Any => Self::Any,
            Habit::HalfUp => Self::HalfUp,
            Habit::HalfEven => Self::HalfEven,
            Habit::HalfDown => Self::HalfDown,
            Habit::Up => Self::Up,
            Habit::Down => Self::Down,
        }
    }
}

/// `--sd`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SdOf {
    /// Divided by n - 1
    Sample,
    /// Divided by n
    Population,
    /// One of the two
    Either,
}

impl From<SdOf> for Deviation {
    fn from(sd: SdOf) -> Self {
        match sd {
            SdOf::Sample => Self::Sample,
            SdOf::Population => Self::Population,
            SdOf::Either => Self::Either,
        }
    }
}

/// `integers`, `nonnegative`, or two whole numbers `A:B`.
pub fn domain(text: &str) -> Result<Domain, String> {
    match text {
        "integers" => return Ok(Domain::INTEGERS),
        "nonnegative" => return Ok(Domain::NONNEGATIVE),
        _ => {}
    }
    let ends = text.split_once(':').and_then(|(low, high)| Some((low.parse().ok()?, high.parse().ok()?)));
    match ends {
        Some((low, high)) if low <= high => Ok(Domain { low: Some(low), high: Some(high) }),
        Some(_) => Err("the scale ends below its start".to_owned()),
        None => Err("it is integers, nonnegative, or two whole numbers A:B".to_owned()),
    }
}

/// The columns of a calculator, for its help.
pub fn columns(calculator: Calculator) -> String {
    let mut text = String::from("Columns, by the names in the header row (* has to be there):\n");
    for column in calculator.columns() {
        let mark = if column.needed { '*' } else { ' ' };
        let _ = writeln!(text, "{mark} {:<12} {}", column.name, column.about);
    }
    text.push_str(
        "\nAppended: verdict (consistent, inconsistent, undecided, not checked), lower_bound and upper_bound of what is \
         possible, and the reason. Other columns pass through.",
    );
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn domains_are_words_or_two_ends() {
        assert_eq!(domain("1:7"), Ok(Domain { low: Some(1), high: Some(7) }));
        assert_eq!(domain("-3:3"), Ok(Domain { low: Some(-3), high: Some(3) }));
        assert_eq!(domain("nonnegative"), Ok(Domain::NONNEGATIVE));
        assert!(domain("7:1").is_err() && domain("1-7").is_err() && domain("1:").is_err());
    }
}
