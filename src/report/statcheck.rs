//! The report as a table with the columns of the R package statcheck, for those who know its output: a row for each test
//! whose p-value was looked at (`ST101`), undecided ones and those that follow too.
//!
//! Names and meanings of the columns are statcheck's; the verdicts are ours, and `docs/statcheck.md` says where the two
//! differ. What is not known is `NA`, as R writes it.

use std::io::{self, Write};

use serde::Serialize;

use crate::arithmetic::rational::{self, Rational};
use crate::arithmetic::{RealSet, distributions, set_text};

use super::finding::{Finding, OperandReport, OutcomeName, SetText};
use super::model::PaperReport;
use super::printable;
use super::sink::{Header, Sink};
use super::summary::Totals;

/// The rule whose claims are rows.
const CODE: &str = "ST101";

/// What R writes for a value that is not known.
const UNKNOWN: &str = "NA";

/// The digits of a recomputed p-value.
const DIGITS: usize = 6;

/// The columns, in order.
const COLUMNS: [&str; 16] = [
    "source",
    "test_type",
    "df1",
    "df2",
    "test_comp",
    "test_value",
    "p_comp",
    "reported_p",
    "computed_p",
    "raw",
    "error",
    "decision_error",
    "one_tailed_in_txt",
    "apa_factor",
    "computed_p_lower",
    "computed_p_upper",
];

/// A row. Its fields are the columns, in order.
#[derive(Serialize)]
struct Row {
    source: String,
    test_type: &'static str,
    df1: String,
    df2: String,
    test_comp: &'static str,
    test_value: String,
    p_comp: &'static str,
    reported_p: String,
    computed_p: String,
    raw: String,
    error: &'static str,
    decision_error: &'static str,
    one_tailed_in_txt: &'static str,
    apa_factor: &'static str,
    computed_p_lower: String,
    computed_p_upper: String,
}

/// Writes the rows of a paper when it is done.
pub(super) struct Statcheck<'w> {
    out: csv::Writer<Box<dyn Write + 'w>>,
}

impl<'w> Statcheck<'w> {
    pub(super) fn new(out: Box<dyn Write + 'w>) -> Self {
        Self { out: csv::WriterBuilder::new().has_headers(false).from_writer(out) }
    }
}

impl Sink for Statcheck<'_> {
    fn begin(&mut self, _: &Header) -> io::Result<()> {
        self.out.write_record(COLUMNS)?;
        self.out.flush()
    }

    fn paper(&mut self, paper: &PaperReport) -> io::Result<()> {
        for finding in paper.findings.iter().filter(|finding| finding.code == CODE) {
            if let Some(row) = row(&paper.source, finding) {
                self.out.serialize(row)?;
            }
        }
        self.out.flush()
    }

    fn end(&mut self, _: &Totals) -> io::Result<()> {
        self.out.flush()
    }
}

/// The row of a claim; `None` where it is no claim of a test with a p-value.
fn row(source: &str, finding: &Finding) -> Option<Row> {
    let kind = Kind::of(finding)?;
    let (stated, others) = finding.operands.split_last()?;
    let (statistic, degrees) = others.split_first()?;
    let printed: Vec<String> = degrees.iter().map(|degree| number(degree).1).collect();
    let at = |place: usize| printed.get(place).cloned().unwrap_or_else(|| UNKNOWN.to_owned());
    let (test_comp, test_value) = number(statistic);
    let (df1, df2) = match kind {
        Kind::F => (at(0), at(1)),
        Kind::Chi2 | Kind::Q => (at(0), UNKNOWN.to_owned()),
        Kind::T | Kind::R => (UNKNOWN.to_owned(), at(0)),
        Kind::Z => (UNKNOWN.to_owned(), UNKNOWN.to_owned()),
    };
    let (comparator, p) = number(stated);
    let not_significant = stated.role != "stated p-value";
    let one_tailed = finding.relation.contains(" / ");
    let [lower, upper] = ends(&finding.derived.tight);
    Some(Row {
        source: source.to_owned(),
        test_type: kind.name(),
        df1,
        df2,
        test_comp,
        test_value,
        p_comp: if not_significant { "ns" } else { comparator },
        reported_p: if not_significant { UNKNOWN.to_owned() } else { p },
        computed_p: kind.point(statistic, degrees, one_tailed).unwrap_or_else(|| UNKNOWN.to_owned()),
        raw: printable::one_line(&finding.quote),
        error: match finding.outcome {
            OutcomeName::Inconsistent => "TRUE",
            OutcomeName::Consistent => "FALSE",
            OutcomeName::Undecided | OutcomeName::NotChecked | OutcomeName::Observed => UNKNOWN,
        },
        decision_error: match finding.outcome {
            OutcomeName::Inconsistent => logical(finding.decision.as_ref().is_some_and(|decision| decision.changes)),
            OutcomeName::Consistent => "FALSE",
            OutcomeName::Undecided | OutcomeName::NotChecked | OutcomeName::Observed => UNKNOWN,
        },
        one_tailed_in_txt: logical(one_tailed),
        apa_factor: UNKNOWN,
        computed_p_lower: lower,
        computed_p_upper: upper,
    })
}

const fn logical(value: bool) -> &'static str {
    if value { "TRUE" } else { "FALSE" }
}

/// The kinds of tests, by their names in statcheck.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    T,
    F,
    Chi2,
    R,
    Z,
    Q,
}

impl Kind {
    /// The kind of the test that a claim is about.
    fn of(finding: &Finding) -> Option<Self> {
        // A step of a calculation may stand around the function: "rounded(p_t(2.20, exact(28))) / exact(2)".
        let calls = |function: &str| finding.relation.contains(&format!("{function}("));
        let q = finding.quote.starts_with('Q');
        [
            (Self::T, "p_t"),
            (Self::F, "p_f"),
            (Self::R, "p_r"),
            (Self::Z, "p_z"),
            (if q { Self::Q } else { Self::Chi2 }, "p_chi2"),
        ]
        .into_iter()
        .find_map(|(kind, function)| calls(function).then_some(kind))
    }

    const fn name(self) -> &'static str {
        match self {
            Self::T => "t",
            Self::F => "F",
            Self::Chi2 => "Chi2",
            Self::R => "r",
            Self::Z => "Z",
            Self::Q => "Q",
        }
    }

    /// The p-value of the printed digits taken as exact, as statcheck computes it.
    fn point(self, statistic: &OperandReport, degrees: &[OperandReport], one_tailed: bool) -> Option<String> {
        let exact = |operand: &OperandReport| rational::parse(&number(operand).1).map(RealSet::point);
        let value = exact(statistic)?;
        let degree = |at: usize| degrees.get(at).and_then(exact);
        let p = match self {
            Self::T => distributions::t(&value, &degree(0)?),
            Self::F => distributions::f(&value, &degree(0)?, &degree(1)?),
            Self::R => distributions::r(&value, &degree(0)?),
            Self::Z => distributions::z(&value),
            Self::Chi2 | Self::Q => distributions::chi_squared(&value, &degree(0)?),
        };
        let middle = p.ok()?.hull()?.midpoint()?;
        let half = if one_tailed { rational::ratio(1, 2) } else { rational::whole(1) };
        Some(rational::to_short_text(&(middle * half), DIGITS))
    }
}

/// The relation sign and the digits of an operand, from its literal: `exact(28)`, `below(0.05)`, `2.20`.
fn number(operand: &OperandReport) -> (&'static str, String) {
    let literal = operand.literal.split(" {").next().unwrap_or(&operand.literal);
    let forms =
        [("below(", "<"), ("within(", "<"), ("at_most(", "<="), ("above(", ">"), ("at_least(", ">="), ("exact(", "=")];
    let inside = forms.iter().find_map(|(form, sign)| {
        let digits = literal.strip_prefix(form)?.strip_suffix(')')?;
        Some((*sign, digits.to_owned()))
    });
    inside.unwrap_or_else(|| ("=", literal.to_owned()))
}

/// The least and the greatest recomputed p-value, rounded outward.
fn ends(set: &SetText) -> [String; 2] {
    let unknown = || [UNKNOWN.to_owned(), UNKNOWN.to_owned()];
    let Some(hull) = set_text::parse(&set.exact).and_then(|set| set.hull()) else { return unknown() };
    let end = |value: Option<&Rational>, up: bool| {
        value.map_or_else(|| UNKNOWN.to_owned(), |value| rational::to_text(&set_text::round_outward(value, DIGITS, up)))
    };
    [end(hull.lo().value(), false), end(hull.hi().value(), true)]
}
