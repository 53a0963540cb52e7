//! The index of a folder of pages: the run in words, then a row for each paper, those with the weightiest findings
//! first.

use std::cmp::Reverse;

use crate::report::model::{PaperReport, PaperStatus};
use crate::report::sink::Header;
use crate::report::summary::{LevelTotals, Totals, coverage_lines};

use super::writer::Html;
use super::{frame, notices, paper, verdict, wording};

/// A paper's row.
#[derive(Debug)]
pub(super) struct Row {
    name: String,
    source: String,
    /// The address of its page, where it has one.
    pub(super) page: Option<String>,
    status: PaperStatus,
    reason: Option<String>,
    levels: LevelTotals,
    counts: [usize; 4],
}

impl Row {
    /// The row of a paper.
    pub(super) fn of(paper: &PaperReport, page: Option<String>) -> Self {
        let coverage = &paper.coverage;
        Self {
            name: paper::name(paper),
            source: wording::one_line(&paper.source),
            page,
            status: paper.status,
            reason: paper.reason.clone(),
            levels: Totals::of(std::slice::from_ref(paper)).findings,
            counts: [coverage.consistent, coverage.inconsistent, coverage.undecided, coverage.not_checked],
        }
    }
}

/// The page.
pub(super) fn page(header: &Header, rows: &[Row], totals: &Totals) -> String {
    frame::page(&format!("Papers – {}", header.tool.name), None, |html| {
        html.element("header", &[("class", "top")], |html| {
            html.element("p", &[("class", "kicker")], |html| {
                html.markup("Re-derived numbers · ").text(&header.tool.name);
            });
            html.leaf("h1", &[], "Papers of this run");
        });
        html.element("main", &[("id", "main"), ("tabindex", "-1")], |html| {
            html.element("section", &[("class", "verdict"), ("aria-label", "Verdict")], |html| {
                for (at, line) in coverage_lines(totals).iter().enumerate() {
                    html.leaf("p", &[("class", if at == 0 { "headline" } else { "looked-at" })], line);
                }
            });
            let (checked, others): (Vec<&Row>, Vec<&Row>) =
                rows.iter().partition(|row| row.status == PaperStatus::Checked);
            checked_papers(html, checked);
            other_papers(html, &others);
            notices::standard(html);
            notices::making(html, header, "");
        });
        paper::footer(html, header);
    })
}

fn checked_papers(html: &mut Html, mut rows: Vec<&Row>) {
    // A stable sort keeps the order of the inputs among papers with as many findings.
    rows.sort_by_key(|row| Reverse((row.levels.error, row.levels.warning, row.levels.note)));
    html.element("section", &[("aria-labelledby", "checked-title")], |html| {
        html.element("h2", &[("id", "checked-title")], |html| {
            html.markup("Checked <span class=\"count\">").count(rows.len()).markup("</span>");
        });
        if rows.is_empty() {
            html.markup("<p class=\"empty\">No paper could be checked.</p>\n");
            return;
        }
        let region = [("class", "wide-table"), ("tabindex", "0"), ("role", "region"), ("aria-label", "Checked papers")];
        html.element("div", &region, |html| {
            html.element("table", &[("class", "papers")], |html| {
                html.markup(
                    "<caption>Findings by level and claims by outcome</caption><thead><tr><th scope=\"col\">paper</th>\
                     <th scope=\"col\">errors</th><th scope=\"col\">warnings</th><th scope=\"col\">notes</th>\
                     <th scope=\"col\">consistent</th><th scope=\"col\">inconsistent</th>\
                     <th scope=\"col\">undecided</th><th scope=\"col\">not checked</th></tr></thead>\n",
                );
                html.element("tbody", &[], |html| {
                    for row in rows {
                        html.element("tr", &[], |html| checked_row(html, row));
                    }
                });
            });
        });
    });
}

fn checked_row(html: &mut Html, row: &Row) {
    html.element("th", &[("scope", "row")], |html| name(html, row));
    for (count, class) in [(row.levels.error, "error"), (row.levels.warning, "warning"), (row.levels.note, "note")] {
        let class = if count > 0 { format!("n {class}") } else { "n zero".to_owned() };
        html.element("td", &[("class", class.as_str())], |html| {
            html.count(count);
        });
    }
    for count in row.counts {
        html.element("td", &[("class", if count > 0 { "n" } else { "n zero" })], |html| {
            html.count(count);
        });
    }
}

/// The name with the way to the page; the file under it where it says something else.
fn name(html: &mut Html, row: &Row) {
    match &row.page {
        Some(page) => html.element("a", &[("href", page.as_str()), ("translate", "no")], |html| {
            html.leaf("bdi", &[], &row.name);
        }),
        None => html.leaf("bdi", &[], &row.name),
    };
    if row.name != row.source {
        html.element("span", &[("class", "file")], |html| {
            html.leaf("bdi", &[], &row.source);
        });
    }
}

fn other_papers(html: &mut Html, rows: &[&Row]) {
    if rows.is_empty() {
        return;
    }
    html.element("section", &[("aria-labelledby", "others-title")], |html| {
        html.element("h2", &[("id", "others-title")], |html| {
            html.markup("Not checked <span class=\"count\">").count(rows.len()).markup("</span>");
        });
        let region =
            [("class", "wide-table"), ("tabindex", "0"), ("role", "region"), ("aria-label", "Unchecked papers")];
        html.element("div", &region, |html| {
            html.markup(
                "<table class=\"papers\"><caption>Papers without a result</caption><thead><tr>\
                 <th scope=\"col\">paper</th><th scope=\"col\">how it ended</th><th scope=\"col\">reason</th></tr>\
                 </thead>\n<tbody>",
            );
            for row in rows {
                html.element("tr", &[], |html| {
                    html.element("th", &[("scope", "row")], |html| name(html, row));
                    html.leaf("td", &[], verdict::status_words(row.status));
                    html.leaf("td", &[], &row.reason.as_deref().map(wording::one_line).unwrap_or_default());
                });
            }
            html.markup("</tbody></table>\n");
        });
    });
}
