//! The claims that are no findings, folded: consistent, undecided and not checked, the last two by reason.

use std::collections::BTreeMap;

use crate::report::finding::{Finding, OutcomeName};
use crate::report::model::PaperReport;
use crate::report::summary::plural;

use super::wording;
use super::writer::Html;

/// The three folds.
pub(super) fn write(html: &mut Html, paper: &PaperReport) {
    if paper.coverage.proposed == 0 {
        return;
    }
    let of = |outcome: OutcomeName| -> Vec<&Finding> {
        paper.findings.iter().filter(|claim| claim.level.is_none() && claim.outcome == outcome).collect()
    };
    html.element("section", &[("class", "others"), ("aria-labelledby", "others-title")], |html| {
        html.leaf("h2", &[("id", "others-title")], "All other claims");
        let consistent = of(OutcomeName::Consistent);
        fold(html, "consistent", "Consistent", paper.coverage.consistent, |html| {
            table(html, "Claims that follow from the printed values", &consistent);
        });
        for (id, title, outcome, count) in [
            ("undecided", "Undecided", OutcomeName::Undecided, paper.coverage.undecided),
            ("not-checked", "Not checked", OutcomeName::NotChecked, paper.coverage.not_checked),
        ] {
            let claims = of(outcome);
            fold(html, id, title, count, |html| by_reason(html, &claims));
        }
    });
}

fn fold(html: &mut Html, id: &'static str, title: &'static str, count: usize, content: impl FnOnce(&mut Html)) {
    html.element("details", &[("id", id)], |html| {
        html.element("summary", &[], |html| {
            html.element("h3", &[], |html| {
                html.markup(title).markup(" <span class=\"count\">").count(count).markup("</span>");
            });
        });
        if count == 0 {
            html.markup("<p>None.</p>\n");
        } else {
            content(html);
        }
    });
}

/// The claims in groups of one reason, the largest first.
fn by_reason(html: &mut Html, claims: &[&Finding]) {
    let mut groups: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for claim in claims {
        groups.entry(claim.reason.as_deref().unwrap_or("no reason is given")).or_default().push(claim);
    }
    let mut groups: Vec<_> = groups.into_iter().collect();
    // A stable sort keeps the alphabetical order among groups of one size.
    groups.sort_by_key(|(_, claims)| std::cmp::Reverse(claims.len()));
    for (reason, claims) in groups {
        let caption = format!("{}: {}", wording::sentence(reason), plural(claims.len(), "claim"));
        table(html, &caption, &claims);
    }
}

fn table(html: &mut Html, caption: &str, claims: &[&Finding]) {
    if claims.is_empty() {
        return;
    }
    html.element(
        "div",
        &[("class", "wide-table"), ("tabindex", "0"), ("role", "region"), ("aria-label", caption)],
        |html| {
            html.element("table", &[("class", "claims")], |html| {
                html.leaf("caption", &[], caption);
                html.markup(
                    "<thead><tr><th scope=\"col\">place</th><th scope=\"col\">rule</th><th scope=\"col\">claim</th>\
                 <th scope=\"col\">in the paper</th><th scope=\"col\">stated</th><th scope=\"col\">derived</th></tr>\
                 </thead>\n",
                );
                html.element("tbody", &[], |html| {
                    for claim in claims {
                        row(html, claim);
                    }
                });
            });
        },
    );
}

/// The longest quote in a row; a claim's whole quote would make the table a second paper.
const LONGEST_QUOTE: usize = 160;

fn row(html: &mut Html, claim: &Finding) {
    html.element("tr", &[], |html| {
        html.leaf("td", &[("class", "at")], &wording::page(claim));
        html.element("td", &[], |html| {
            html.leaf("code", &[("class", "chip")], &claim.code);
        });
        // The reason is the caption of the table already.
        let reason = claim.reason.as_deref().unwrap_or_default();
        let message = claim.message.strip_suffix(reason).and_then(|message| message.strip_suffix(": "));
        html.leaf("td", &[("class", "what")], &wording::sentence(message.unwrap_or(&claim.message)));
        let quote = wording::one_line(&claim.quote);
        let quote = if quote.chars().count() > LONGEST_QUOTE {
            format!("{} […]", quote.chars().take(LONGEST_QUOTE).collect::<String>())
        } else {
            quote
        };
        html.element("td", &[("class", "quote"), ("translate", "no")], |html| {
            html.leaf("bdi", &[], &quote);
        });
        for sets in [&claim.stated, &claim.derived] {
            let text = if claim.outcome == OutcomeName::NotChecked {
                "–".to_owned()
            } else {
                wording::set_with_unit(&sets.tight, sets)
            };
            html.leaf("td", &[("class", "set")], &text);
        }
    });
}
