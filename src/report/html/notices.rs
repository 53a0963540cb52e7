//! What a page says beside its findings: what could not be read, what an empty list means, how it was made, and that
//! it can be wrong.

use crate::report::model::{PaperReport, PaperStatus};
use crate::report::reasoning::ModelSettings;
use crate::report::sink::Header;
use crate::report::summary::plural;
use crate::rules;

use super::writer::Html;
use super::{verdict, wording};

/// The notice that every page has.
pub(super) fn standard(html: &mut Html) {
    html.markup(
        "<section class=\"notice\" aria-labelledby=\"notice-title\">\n<h2 id=\"notice-title\">Before you use this</h2>\n\
         <p>This is an automated check of arithmetic, and it can be wrong. A finding says that printed values do not fit \
         together; it does not say which of them is mistyped, and never why. Look at the page of the paper first, and \
         contact the authors before you draw or publish a conclusion.</p>\n</section>\n",
    );
}

/// What the reader could not read, before anything else.
pub(super) fn reading(html: &mut Html, paper: &PaperReport) {
    let missing = &paper.exhibits.missing;
    if paper.notes.is_empty() && missing.is_empty() {
        return;
    }
    html.element("section", &[("class", "band"), ("aria-labelledby", "band-title")], |html| {
        html.leaf("h2", &[("id", "band-title")], "What the reader noted");
        html.element("ul", &[], |html| {
            for note in paper.notes.iter().chain(missing) {
                html.leaf("li", &[], &wording::sentence(note));
            }
        });
    });
}

/// A paper that was not checked: why, and what to try.
pub(super) fn not_checked(html: &mut Html, paper: &PaperReport) {
    html.element("section", &[("class", "verdict"), ("aria-label", "Verdict")], |html| {
        html.leaf("p", &[("class", "headline")], verdict::status_words(paper.status));
        if let Some(reason) = &paper.reason {
            html.element("p", &[], |html| {
                html.markup("Reason: ").text(&wording::one_line(reason)).markup(".");
            });
        }
        html.leaf(
            "p",
            &[],
            match paper.status {
                PaperStatus::NoText => {
                    "A scanned page is a picture: text recognition gives it a text layer, but its digits must then be \
                     compared with the page. A version of the paper from the publisher often has text."
                }
                PaperStatus::Unreadable => {
                    "An encrypted file can be saved without its password, a broken one fetched once more. Plain text \
                     is an input too."
                }
                PaperStatus::Failed => {
                    "Another run may give the paper more time or memory: --timeout-per-paper and --memory-limit. \
                     Nothing is known of its values."
                }
                PaperStatus::NotReached | PaperStatus::Checked => "Run the check once more.",
            },
        );
    });
}

/// What it means that there are no cards.
pub(super) fn no_findings(html: &mut Html, paper: &PaperReport) {
    let coverage = &paper.coverage;
    if coverage.proposed == 0 {
        html.markup(
            "<p class=\"empty\">The rules that ran found no value whose derivation the text states: no percentage \
             beside its counts, no test statistic beside its p-value, no conversion, dose or calculation. That is \
             usual for a paper without such statements; it says nothing about its numbers. What the reader saw can be \
             listed with <code>rederive read --show quantities</code>.</p>\n",
        );
    } else if coverage.consistent == 0 {
        html.markup(
            "<p class=\"empty\">Claims were found, but each of them is undecided or was not checked, for the reasons \
             that are listed below. Nothing is known of their values.</p>\n",
        );
    } else {
        html.markup(
            "<p class=\"empty\">Every claim that could be re-derived follows from the printed values. That does not make \
             the paper right: what is undecided or was not checked is listed below, and numbers that stand in no \
             derivation were not looked at.</p>\n",
        );
    }
}

/// Which model was asked, and where.
fn asked(model: &ModelSettings) -> String {
    let name = wording::one_line(&model.name);
    let place = match &model.endpoint {
        Some(endpoint) => format!("at {}", wording::one_line(endpoint)),
        None => "on the machine of the run".to_owned(),
    };
    let votes = plural(usize::try_from(model.votes).unwrap_or(usize::MAX), "vote");
    let again = if model.reproducible { "" } else { " Under its budget of time or money no run is like another." };
    format!(
        "The reasoning model {name} {place} was asked for derivations of values that no rule and no search reached, the values \
         hidden, with at most {votes} a question. What it proposed is MD102; nothing else depends on it.{again}"
    )
}

/// How the page was made.
pub(super) fn making(html: &mut Html, header: &Header, key: &str) {
    html.element("details", &[("class", "making")], |html| {
        html.markup("<summary><h2>How this was made</h2></summary>\n");
        html.element("p", &[], |html| {
            html.text(&header.tool.name).markup(" ").text(&header.tool.version);
            html.markup(
                ". Each printed number stands for every value that prints so; formulas are evaluated over these sets in \
                 exact rational arithmetic. A value is inconsistent only where the sets cannot meet under any reading \
                 that is open. The same file and settings give the same page.",
            );
        });
        if !key.is_empty() {
            html.element("p", &[], |html| {
                html.markup("SHA-256 of the file: ").leaf("code", &[("class", "hash")], key);
            });
        }
        if let Some(model) = &header.settings.model {
            html.leaf("p", &[("class", "model")], &asked(model));
        }
        html.element("div", &[("class", "wide-table"), ("tabindex", "0"), ("role", "region"), ("aria-label", "Rules")], |html| {
            html.markup(
                "<table class=\"rules\"><caption>Rules</caption><thead><tr><th scope=\"col\">rule</th>\
                 <th scope=\"col\">what does not follow</th><th scope=\"col\">in this run</th></tr></thead>\n<tbody>",
            );
            for metadata in rules::all().iter().map(|rule| rule.metadata()) {
                let ran = header.settings.rules.iter().any(|code| code == metadata.code);
                html.element("tr", &[], |html| {
                    html.element("th", &[("scope", "row")], |html| {
                        html.leaf("code", &[("class", "chip")], metadata.code);
                    });
                    html.leaf("td", &[], &wording::sentence(metadata.summary));
                    html.leaf("td", &[], if ran { "ran" } else { "not asked for" });
                });
            }
            html.markup("</tbody></table>\n");
        });
    });
}
