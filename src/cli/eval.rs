//! `rederive eval EXPR`: the unit-checked calculator, and the replay of a finding's relation.

use std::io::Write;

use clap::Args;

use super::exit::{CliError, ExitStatus};
use crate::arithmetic::functions::{Arity, FUNCTIONS};
use crate::arithmetic::units::{Agreement, Scale, Tags, Unit};
use crate::arithmetic::{Dimension, Kind, RealSet, Value, rational, set_text};
use crate::derive::{
    Literal, Outcome, ParseError, Program, Replay, ReplayError, Sets, Source, Strength, Verdict, parse, replay_source,
    unit_meanings,
};

/// How many significant digits an enclosure of an expression is written with.
const DIGITS: usize = 12;

/// How much of a long text is shown around the place of an error.
const CONTEXT: usize = 60;

/// Arguments of `rederive eval`.
#[derive(Args, Clone, Debug)]
pub struct EvalArgs {
    /// An expression such as "60 kg * 7000 ng/kg/day", or a relation with =, <, >, <=, >= or ∈
    #[arg(required_unless_present = "functions", allow_hyphen_values = true, value_name = "EXPR")]
    expression: Option<String>,
    /// The unit to write the result in
    #[arg(long = "in", value_name = "UNIT")]
    unit: Option<String>,
    /// Take each number as printed: every value that rounds to it
    #[arg(long)]
    printed: bool,
    /// List the functions
    #[arg(long)]
    functions: bool,
}

/// Writes the value of the expression, or both sides of the relation and the verdict on it.
///
/// An inconsistent relation ends with [`ExitStatus::Findings`].
pub fn run(args: &EvalArgs, out: &mut dyn Write) -> Result<ExitStatus, CliError> {
    if args.functions {
        return list_functions(out);
    }
    let text = args.expression.as_deref().unwrap_or_default();
    let source = parse(text).map_err(|error| CliError::Usage(with_caret(text, &error)))?;
    let unit = args.unit.as_deref().map(target).transpose()?;
    let result = replay_source(&source, args.printed).map_err(|refusal| {
        let error = ReplayError::from(refusal);
        CliError::Usage(error.to_string())
    })?;
    let status = match result {
        Replay::Value { tight, wide } => write_value(&source, unit, &tight, &wide, out)?,
        Replay::Outcome(outcome) => write_outcome(&source, unit, &outcome, out)?,
    };
    for note in &source.notes {
        writeln!(out, "note: {note}")?;
    }
    Ok(status)
}

/// The unit named by `--in`, in its usual meaning.
fn target(text: &str) -> Result<Unit, CliError> {
    let unit = unit_meanings(text).into_iter().next();
    unit.ok_or_else(|| CliError::Usage(format!("--in {}: not a unit", printable(text))))
}

fn write_value(
    source: &Source,
    unit: Option<Unit>,
    tight: &Value,
    wide: &Value,
    out: &mut dyn Write,
) -> Result<ExitStatus, CliError> {
    // A result in the unit that the user named needs no unit behind it.
    let named = unit.is_some();
    let unit = unit.or_else(|| conversion(source)).unwrap_or_else(|| natural(&tight.kind, &source.literals));
    let unit = fitting(unit, &tight.kind, source)?;
    let suffix = if named || unit.text.is_empty() { String::new() } else { format!(" {}", unit.text) };
    let (tight, wide) = (unit.from_si(&tight.set), unit.from_si(&wide.set));
    if tight == wide {
        writeln!(out, "{}{suffix}", value_text(&tight))?;
    } else {
        writeln!(out, "tight {}{suffix}", value_text(&tight))?;
        writeln!(out, "wide  {}{suffix}", value_text(&wide))?;
    }
    Ok(ExitStatus::Success)
}

/// The unit, checked to fit the value; a difference of temperatures is written without the scale's offset.
fn fitting(unit: Unit, kind: &Kind, source: &Source) -> Result<Unit, CliError> {
    let agree = kind.dimension == unit.dimension && kind.tags.agreement(&unit.tags) != Agreement::Different;
    let logarithm = (kind.scale == Scale::Logarithmic) == (unit.scale == Scale::Logarithmic);
    if !agree || !logarithm {
        let units = Kind::of_unit(&unit);
        return Err(CliError::Usage(format!("the value is {kind}; {} is {units}", printable(&unit.text))));
    }
    let difference = unit.scale == Scale::Point
        && kind.scale == Scale::Linear
        && source.literals.iter().any(|literal| literal.unit.scale == Scale::Point);
    if difference { Ok(Unit { offset: rational::whole(0), ..unit }) } else { Ok(unit) }
}

/// The unit of a conversion that the expression itself ends with.
fn conversion(source: &Source) -> Option<Unit> {
    match &source.program {
        Program::Expression(expression) => {
            expression.conversion().and_then(|unit| unit_meanings(unit).into_iter().next())
        }
        Program::Relation(_) => None,
    }
}

/// The unit of the first number of the same kind, else the coherent unit of the SI.
fn natural(kind: &Kind, literals: &[Literal]) -> Unit {
    if kind.dimension.is_one()
        && kind.scale == Scale::Linear
        && kind.tags.agreement(&Tags::none()) != Agreement::Different
    {
        return Unit { tags: kind.tags.clone(), ..Unit::one() };
    }
    let fits = |unit: &&Unit| {
        unit.dimension == kind.dimension
            && unit.scale == kind.scale
            && unit.tags.agreement(&kind.tags) != Agreement::Different
    };
    let own = literals.iter().map(|literal| &literal.unit).find(fits);
    own.cloned().unwrap_or_else(|| coherent(kind.dimension, &kind.tags))
}

/// The coherent unit of the SI of a dimension, with the tags: `kg m-3`.
fn coherent(dimension: Dimension, tags: &Tags) -> Unit {
    const SYMBOLS: [(usize, &str); 7] = [(1, "kg"), (0, "m"), (2, "s"), (3, "A"), (4, "K"), (5, "mol"), (6, "cd")];
    let present = SYMBOLS.iter().filter(|(axis, _)| dimension.0[*axis] != 0);
    let words = present.map(|(axis, symbol)| match dimension.0[*axis] {
        1 => (*symbol).to_owned(),
        exponent => format!("{symbol}{exponent}"),
    });
    let mut words: Vec<String> = words.collect();
    if !tags.is_empty() {
        // What SI drops is written as `eval` reads it back.
        words.push(format!("{{{tags}}}"));
    }
    Unit { text: words.join(" "), dimension, tags: tags.clone(), ..Unit::one() }
}

/// A point exactly, an enclosure rounded outward.
fn value_text(set: &RealSet) -> String {
    match set.as_point() {
        Some(point) => rational::to_text(point),
        None => set_text::short_text_of(set, DIGITS),
    }
}

fn write_outcome(
    source: &Source,
    unit: Option<Unit>,
    outcome: &Outcome,
    out: &mut dyn Write,
) -> Result<ExitStatus, CliError> {
    let unit = unit.or_else(|| stated_unit(source)).unwrap_or_else(Unit::one);
    let suffix = if unit.text.is_empty() { String::new() } else { format!(" {}", unit.text) };
    let mut side = |name: &str, sets: &Sets| -> Result<(), CliError> {
        if sets.tight.is_empty() {
            return Ok(());
        }
        let text = |set: &RealSet| set_text::short_text(&unit.from_si(set));
        Ok(writeln!(out, "{name} tight {}{suffix}, wide {}{suffix}", text(&sets.tight), text(&sets.wide))?)
    };
    side("derived", &outcome.derived)?;
    side("stated ", &outcome.stated)?;
    writeln!(out, "{}", verdict_words(&outcome.verdict))?;
    if let Some(cause) = &outcome.cause {
        writeln!(out, "explained by {}", cause.words)?;
    }
    let inconsistent = matches!(outcome.verdict, Verdict::Inconsistent(_));
    Ok(if inconsistent { ExitStatus::Findings } else { ExitStatus::Success })
}

/// The unit of the stated side, where that is a single number.
fn stated_unit(source: &Source) -> Option<Unit> {
    let Program::Relation(relation) = &source.program else { return None };
    let literal = relation.right.as_operand().and_then(|ix| source.literals.get(ix.0));
    literal.map(|literal| literal.unit.clone())
}

fn verdict_words(verdict: &Verdict) -> String {
    match verdict {
        Verdict::Consistent => "consistent: the sets meet under plain rounding".to_owned(),
        Verdict::Inconsistent(Strength::Disjoint) => {
            "inconsistent: the sets do not meet, whatever the habit of rounding".to_owned()
        }
        Verdict::Inconsistent(Strength::RoundingHabit) => {
            "inconsistent under plain rounding: only a habit of rounding reconciles the sets".to_owned()
        }
        Verdict::Undecided { reason } => format!("could not decide: {reason}"),
        Verdict::NotChecked { reason } => format!("not checked: {reason}"),
    }
}

fn list_functions(out: &mut dyn Write) -> Result<ExitStatus, CliError> {
    for function in FUNCTIONS {
        let Arity { least, most } = function.arity;
        let arguments = if least == most { least.to_string() } else { format!("{least}+") };
        writeln!(out, "{} ({arguments})\n    {}\n    {}", function.signature, function.summary, function.source)?;
    }
    Ok(ExitStatus::Success)
}

/// Control characters made visible, so that an error message cannot steer a terminal.
fn printable(text: &str) -> String {
    text.chars().map(|character| if character.is_control() { '�' } else { character }).collect()
}

/// The message with the text and a caret under the place.
fn with_caret(text: &str, error: &ParseError) -> String {
    let start = error.at.saturating_sub(CONTEXT);
    let shown: String = printable(text).chars().skip(start).take(2 * CONTEXT).collect();
    format!("{}\n  {shown}\n  {}^", error.message, " ".repeat(error.at - start))
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        args: EvalArgs,
    }

    fn eval(line: &[&str]) -> (Result<ExitStatus, String>, String) {
        let words = std::iter::once("eval").chain(line.iter().copied());
        let args = Line::try_parse_from(words).expect("a command line").args;
        let mut out = Vec::new();
        let status = run(&args, &mut out).map_err(|error| error.to_string());
        (status, String::from_utf8(out).expect("text"))
    }

    fn written(line: &[&str]) -> String {
        let (status, text) = eval(line);
        assert!(status.is_ok(), "{line:?}: {status:?}");
        text
    }

    #[test]
    fn values_are_exact() {
        assert_eq!(written(&["60 kg * 7000 ng/kg/day", "--in", "ng/day"]), "420000\n");
        assert_eq!(written(&["60 kg * 7000 ng/kg/day in ng/day"]), "420000 ng/day\n");
        assert_eq!(written(&["1 / 3"]), "1/3\n");
        assert_eq!(written(&["-5 + 3"]), "-2\n");
        assert_eq!(written(&["sqrt(2)"]), "[1.41421356237, 1.41421356238]\n");
        assert_eq!(written(&["5 g + 3 kg"]), "3005 g\n");
        assert_eq!(written(&["6 m * 7 kg / (2 s) ^ 2"]), "10.5 kg m s-2\n");
        assert_eq!(written(&["6 kg * 7 mg/kg bw"]), "0.000042 kg {body-mass^-1}\n");
        assert_eq!(written(&["37 °C in °F"]), "98.6 °F\n");
        assert_eq!(written(&["37 °C in K"]), "310.15 K\n");
        assert_eq!(written(&["20 °C - 3 °C", "--in", "°C"]), "17\n");
    }

    #[test]
    fn printed_values_have_two_sets() {
        assert_eq!(
            written(&["60 kg * 7000 ng/kg/day", "--in", "ng/day", "--printed"]),
            "tight [416470.25, 423530.25]\nwide  [357500, 487500]\n"
        );
    }

    #[test]
    fn relations_show_both_sides_and_the_verdict() {
        let (status, text) = eval(&["60 kg * 7000 ng/kg/day = 42000 ng/day", "--printed"]);
        assert_eq!(status, Ok(ExitStatus::Findings));
        assert_eq!(
            text,
            "derived tight [416470, 423531] ng/day, wide [357500, 487500] ng/day\n\
             stated  tight [41999.5, 42000.5] ng/day, wide [41500, 42500] ng/day\n\
             inconsistent: the sets do not meet, whatever the habit of rounding\n\
             explained by a factor of 10\n"
        );
        let (status, text) = eval(&["5 kg = 5 s", "--printed"]);
        assert_eq!(status, Ok(ExitStatus::Success));
        assert!(text.contains("could not decide: unit: "), "{text}");
        assert!(written(&["5 / 3 = 1.67", "--printed"]).contains("consistent: "));
        assert!(written(&["1 / exact(0) = 2", "--printed"]).contains("not checked: division by zero"));
    }

    #[test]
    fn errors_point_at_the_place() {
        let (status, _) = eval(&["7,000 * 2"]);
        assert_eq!(status, Err("`7,000` is ambiguous: leave the comma out\n  7,000 * 2\n  ^".to_owned()));
        let (status, _) = eval(&["2 + µ\u{1b}"]);
        let message = status.expect_err("an error");
        assert!(message.ends_with("\n      ^") && !message.contains('\u{1b}'), "{message}");
        for line in [["2 kg", "--in", "s"], ["2 kg", "--in", "qqq"], ["5 kg + 3 s", "--in", "kg"]] {
            assert!(eval(&line).0.is_err());
        }
    }

    #[test]
    fn the_functions_are_listed() {
        let text = written(&["--functions"]);
        assert!(FUNCTIONS.iter().all(|function| text.contains(function.signature)));
    }
}
