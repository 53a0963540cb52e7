//! The verdict line: what was found and what was looked at, in words whose counts add up.

use crate::report::model::{Coverage, PaperReport, PaperStatus};
use crate::report::summary::{LevelTotals, Totals, plural};

use super::writer::Html;

/// The verdict on a paper that was checked.
pub(super) fn write(html: &mut Html, paper: &PaperReport) {
    let coverage = &paper.coverage;
    html.element("section", &[("class", "verdict"), ("aria-label", "Verdict")], |html| {
        html.leaf("p", &[("class", "headline")], &headline(paper));
        if coverage.proposed > 0 {
            counts(html, coverage);
        }
        html.leaf("p", &[("class", "looked-at")], &looked_at(coverage));
    });
}

/// The verdict in one sentence.
pub(super) fn headline(paper: &PaperReport) -> String {
    let coverage = &paper.coverage;
    let decided = coverage.consistent + coverage.inconsistent;
    match (paper.status, coverage.proposed, coverage.inconsistent) {
        (PaperStatus::Checked, 0, _) => "No checkable claim was found.".to_owned(),
        (PaperStatus::Checked, _, 0) => match decided {
            0 => "None of the claims found could be decided.".to_owned(),
            _ => format!("No inconsistency among the {} that could be re-derived.", plural(decided, "claim")),
        },
        (PaperStatus::Checked, _, inconsistent) => {
            let totals = Totals::of(std::slice::from_ref(paper));
            let shared = match totals.parts {
                0 => "",
                1 => ", one more claim for the same reason",
                _ => ", the others for the same reasons",
            };
            format!(
                "{inconsistent} of {} {} not follow from the printed values ({}{shared}).",
                plural(decided, "re-derived claim"),
                if inconsistent == 1 { "does" } else { "do" },
                levels(&totals.findings)
            )
        }
        (status, ..) => status_words(status).to_owned(),
    }
}

/// How a paper ended, where it was not checked.
pub(super) const fn status_words(status: PaperStatus) -> &'static str {
    match status {
        PaperStatus::Checked => "Checked.",
        PaperStatus::NoText => "Not checked: the file has no text.",
        PaperStatus::Unreadable => "Not checked: the file could not be read.",
        PaperStatus::Failed => "Not checked: a limit was reached, or the reading ended early.",
        PaperStatus::NotReached => "Not checked: the run was interrupted first.",
    }
}

/// The findings by level: `2 errors, 1 note`.
pub(super) fn levels(totals: &LevelTotals) -> String {
    let levels = [(totals.error, "error"), (totals.warning, "warning"), (totals.note, "note")];
    let named: Vec<String> =
        levels.iter().filter(|(count, _)| *count > 0).map(|(count, name)| plural(*count, name)).collect();
    named.join(", ")
}

/// The four outcomes with their sum.
fn counts(html: &mut Html, coverage: &Coverage) {
    let outcomes = [
        ("inconsistent", coverage.inconsistent, "#findings"),
        ("consistent", coverage.consistent, "#consistent"),
        ("undecided", coverage.undecided, "#undecided"),
        ("not checked", coverage.not_checked, "#not-checked"),
    ];
    html.element("dl", &[("class", "counts")], |html| {
        html.element("div", &[("class", "all")], |html| {
            html.leaf("dt", &[], "claims found").element("dd", &[("data-count", "all")], |html| {
                html.count(coverage.proposed);
            });
        });
        for (name, count, link) in outcomes {
            html.element("div", &[], |html| {
                html.leaf("dt", &[], name);
                html.element("dd", &[("data-count", name)], |html| {
                    if count > 0 {
                        html.element("a", &[("href", link)], |html| {
                            html.count(count);
                        });
                    } else {
                        html.count(count);
                    }
                });
            });
        }
    });
}

/// What was looked at on the way.
fn looked_at(coverage: &Coverage) -> String {
    let pages = if coverage.pages > 0 { format!(" on {}", plural(coverage.pages, "page")) } else { String::new() };
    let all = coverage.quantities + coverage.statistics;
    let (within, without) = (coverage.in_derivations, all.saturating_sub(coverage.in_derivations));
    let rest = match without {
        0 => String::new(),
        _ => format!(", {without} in none, because nothing in the text says what they follow from"),
    };
    format!(
        "Looked at {} and {}{pages}: {within} in a derivation{rest}.",
        plural(coverage.quantities, "quantity"),
        plural(coverage.statistics, "test statistic"),
    )
}
