//! Degrees of freedom that the caption or a note of a table states for all its tests of a kind: "The degrees of freedom for all
//! chi-squared tests is 1", "df = 38 for all t tests". What is said of some of them, or as a range, is not taken.

use std::sync::LazyLock;

use regex::Regex;

use crate::document::{Table, TextRange};
use crate::extract::patterns::compile;
use crate::extract::results::{self, Degree};
use crate::extract::source::Source;
use crate::extract::statistic::TestKind;

/// The kinds whose names a note can say, each with the two forms of the statement; the number stands in the group `number`.
static FORMS: LazyLock<Vec<(TestKind, Vec<Regex>)>> = LazyLock::new(|| {
    let names = [
        (TestKind::T, r"t"),
        (TestKind::F, r"F"),
        (TestKind::ChiSquared, r"(?:(?:[χΧ𝜒X]\s?\^?[²2])|(?i:chi)[\s-]?(?:(?i:squared?)|[²2]))"),
        (TestKind::R, r"r|(?i:correlations?)"),
    ];
    let degrees = r"(?:(?i:degrees\s+of\s+freedom)|d\.?f\.?s?)";
    let number = r"(?P<number>\d+(?:\.\d+)?(?:\s*[,;]\s*\d+(?:\.\d+)?)?)";
    let all = r"(?i:all|each|every)(?:\s+(?i:of))?(?:\s+(?i:the))?";
    let nouns = r"(?:[\s-]*(?i:tests?|statistics?|values?|ratios?))?";
    let of_name = |name: &str| {
        [
            // "degrees of freedom for all t tests are 38"
            format!(
                r"{degrees}\s+(?i:for|of|in)\s+{all}\s+(?:{name}){nouns}\s*(?i:is|are|was|were|=|equals?)\s*{number}"
            ),
            // "df = 38 for all t tests"
            format!(r"{degrees}\s*(?:=|(?i:is|are|was|were))\s*{number}\s+(?i:for|in)\s+{all}\s+(?:{name})\b"),
        ]
    };
    names.map(|(kind, name)| (kind, of_name(name).iter().filter_map(|form| compile(form)).collect())).into()
});

/// The degrees of freedom of all tests of the kind in a table; none where its words state none, or two that differ.
pub(super) fn of_all(source: &Source<'_>, table: &Table, kind: TestKind) -> Vec<Degree> {
    let Some((_, forms)) = FORMS.iter().find(|(named, _)| *named == kind) else { return Vec::new() };
    let mut found: Vec<Vec<Degree>> = Vec::new();
    for range in table.caption.iter().chain(&table.notes) {
        let words = source.slice(*range);
        for number in forms.iter().flat_map(|form| form.captures_iter(words)).filter_map(|found| found.name("number")) {
            let start = range.start + words[..number.start()].chars().count();
            let span = TextRange::new(start, start + number.as_str().chars().count());
            // A number behind a dash is the end of a range.
            let ranged = source.at(span.end).is_some_and(crate::extract::source::is_dash);
            found.extend(results::inside(source, span, kind).filter(|_| !ranged));
        }
    }
    let Some(first) = found.pop() else { return Vec::new() };
    let same = |other: &Vec<Degree>| {
        other.iter().map(|one| &one.printed.digits).eq(first.iter().map(|one| &one.printed.digits))
    };
    if first.len() == results::expected(kind) && found.iter().all(same) { first } else { Vec::new() }
}
