//! The card of a finding: the paper's words first, then the numbers, then what could explain them.

use crate::derive::{self, Comparison, Program, Source};
use crate::report::exhibits::Exhibits;
use crate::report::finding::{Finding, OutcomeName, ReportedSets};
use crate::report::gather;
use crate::report::model::PaperReport;
use crate::rules;

use super::writer::Html;
use super::{marks, number_line, operands, places, review, steps, wording};

/// The id of a finding's card: its fingerprint without the version and the code, which is its own in the paper.
pub(super) fn id(finding: &Finding) -> String {
    let hash = finding.fingerprint.rsplit(':').next().unwrap_or_default();
    format!("f-{}", hash.chars().filter(char::is_ascii_alphanumeric).collect::<String>())
}

/// The card of the claim at position `claim` of the paper's row, with the claims that stand in it.
pub(super) fn write(html: &mut Html, claim: usize, finding: &Finding, paper: &PaperReport) {
    let id = id(finding);
    let title = format!("{id}-title");
    let level = finding.level.map_or("note", wording::level_class);
    let class = format!("card {level}");
    let attributes = [
        ("class", class.as_str()),
        ("id", &id),
        ("tabindex", "-1"),
        ("aria-labelledby", &title),
        ("data-fingerprint", &finding.fingerprint),
    ];
    let source = derive::parse(&finding.relation).ok();
    html.element("article", &attributes, |html| {
        head(html, finding, &title, &id);
        body(html, claim, finding, source.as_ref(), &paper.exhibits);
        // What was seen in the file itself has no sides to compare and nothing to replay.
        if finding.outcome == OutcomeName::Observed {
            html.element("div", &[("class", "reasons")], |html| innocent(html, finding));
            review::write(html, &id);
            return;
        }
        html.element("div", &[("class", "reasons")], |html| explanations(html, finding, source.as_ref()));
        replay(html, finding, &id);
        parts(html, finding, paper);
        review::write(html, &id);
    });
}

/// What the paper says, what both sides are, and how the one follows.
fn body(html: &mut Html, claim: usize, finding: &Finding, source: Option<&Source>, exhibits: &Exhibits) {
    section(html, "In the paper", |html| {
        places::write(html, claim, finding, source, exhibits);
    });
    if finding.outcome == OutcomeName::Observed {
        return;
    }
    section(html, "Stated and derived", |html| {
        table(html, finding, source);
        number_line::write(html, finding);
    });
    section(html, "Derivation", |html| steps::write(html, finding, source));
}

/// The other claims that fail for the same reason, each with its own place and derivation.
fn parts(html: &mut Html, finding: &Finding, paper: &PaperReport) {
    let Some(shared) = &finding.shared else { return };
    let parts = gather::parts(&paper.findings, finding);
    section(html, "For the same reason", |html| {
        let words = format!("{}.", wording::sentence(&shared.words));
        html.leaf("p", &[], &words);
        for (claim, part) in parts {
            let (id, source) = (id(part), derive::parse(&part.relation).ok());
            html.element("details", &[("class", "part"), ("id", &id), ("open", "")], |html| {
                html.element("summary", &[], |html| {
                    html.leaf("code", &[("class", "chip")], &part.code).markup(" ");
                    html.leaf("strong", &[], &wording::sentence(&part.message)).markup(" ");
                    html.leaf("span", &[("class", "place")], &wording::page(part));
                });
                body(html, claim, part, source.as_ref(), &paper.exhibits);
                replay(html, part, &id);
            });
        }
    });
}

fn head(html: &mut Html, finding: &Finding, title: &str, id: &str) {
    html.element("header", &[], |html| {
        html.element("p", &[("class", "labels")], |html| {
            if let Some(level) = finding.level {
                marks::level(html, level);
            }
            let (words, meaning) = wording::confidence(finding.confidence);
            html.markup(" ").leaf("span", &[("class", "confidence"), ("title", meaning)], words);
            html.markup(" ").leaf("code", &[("class", "chip")], &finding.code);
            html.markup(" ").leaf("span", &[("class", "place")], &wording::place(finding));
        });
        html.element("h3", &[("id", title)], |html| {
            let link = format!("#{id}");
            html.leaf("a", &[("href", link.as_str())], &wording::sentence(&finding.message));
        });
        if let Some(rule) = rules::all().iter().map(|rule| rule.metadata()).find(|rule| rule.code == finding.code) {
            html.leaf("p", &[("class", "rule")], &wording::sentence(rule.summary));
        }
    });
}

fn section(html: &mut Html, heading: &'static str, content: impl FnOnce(&mut Html)) {
    html.element("section", &[], |html| {
        html.leaf("h4", &[], heading);
        content(html);
    });
}

/// Stated and derived side by side.
fn table(html: &mut Html, finding: &Finding, source: Option<&Source>) {
    let unit = wording::one_line(&finding.stated.unit);
    html.element("table", &[("class", "sides")], |html| {
        html.element("caption", &[], |html| {
            html.markup("What both sides can stand for");
            if !unit.is_empty() {
                html.markup(", in ").text(&unit);
            }
        });
        html.markup(
            "<thead><tr><th scope=\"col\">side</th><th scope=\"col\">as printed</th>\
             <th scope=\"col\">by plain rounding</th><th scope=\"col\">by any habit of rounding</th></tr></thead>\n",
        );
        html.element("tbody", &[], |html| {
            let sign = source.and_then(|source| match &source.program {
                Program::Relation(relation) if relation.op != Comparison::Equal => Some(relation.op.sign()),
                _ => None,
            });
            let printed = finding.operands.last().map(|operand| {
                let quote = wording::one_line(&operand.span.quote);
                sign.map_or(quote.clone(), |sign| format!("{sign} {quote}"))
            });
            side(html, "stated", printed.as_deref(), &finding.stated);
            side(html, "derived", None, &finding.derived);
        });
    });
}

fn side(html: &mut Html, name: &'static str, printed: Option<&str>, sets: &ReportedSets) {
    html.element("tr", &[("class", name)], |html| {
        html.leaf("th", &[("scope", "row")], name);
        match printed {
            Some(printed) => html.leaf("td", &[("translate", "no")], printed),
            None => html.markup("<td class=\"none\">computed</td>"),
        };
        html.leaf("td", &[("class", "set")], &wording::set(&sets.tight));
        html.leaf("td", &[("class", "set")], &wording::set(&sets.wide));
    });
}

/// What would make the values fit, and what would make the mismatch innocent.
fn explanations(html: &mut Html, finding: &Finding, source: Option<&Source>) {
    let changes = source.map(|source| changes(finding, source)).unwrap_or_default();
    if finding.cause.is_some() || !changes.is_empty() {
        section(html, "What would make it consistent", |html| {
            if let Some(cause) = &finding.cause {
                html.element("p", &[], |html| {
                    html.markup("It would follow with ").text(&wording::one_line(&cause.words)).markup(".");
                });
            }
            if !changes.is_empty() {
                html.markup(if changes.len() == 1 {
                    "<p>This change alone would do; nothing here says what was meant.</p>\n"
                } else {
                    "<p>Each of these changes alone would do; nothing here says what was meant.</p>\n"
                });
                html.element("ul", &[("class", "changes")], |html| {
                    for (from, to) in &changes {
                        html.element("li", &[], |html| {
                            html.leaf("span", &[("translate", "no")], from).markup(" → ");
                            html.leaf("strong", &[("translate", "no")], to);
                        });
                    }
                });
            }
        });
    }
    innocent(html, finding);
}

/// What would make the finding innocent, and what the reader can do.
fn innocent(html: &mut Html, finding: &Finding) {
    section(html, "Possible innocent reasons", |html| {
        html.element("ul", &[("class", "innocent")], |html| {
            for reason in &finding.innocent {
                html.leaf("li", &[], &wording::sentence(reason));
            }
            if finding.outcome != OutcomeName::Observed {
                html.markup("<li>A number was read wrongly from the page, or another value was meant</li>\n");
            }
        });
        if !finding.help.is_empty() {
            html.leaf("p", &[("class", "help")], &format!("{}.", wording::sentence(&finding.help)));
        }
    });
}

/// The repairs of the relation, each as the number that is printed and the one that would fit.
fn changes(finding: &Finding, source: &Source) -> Vec<(String, String)> {
    let operands = operands::shown(finding, Some(source));
    let printed = |literal: usize| {
        let own = operands.iter().find(|shown| shown.literal == Some(literal));
        own.map(|shown| wording::one_line(&shown.operand.span.quote))
            .or_else(|| source.literals.get(literal).map(steps::number_with_unit))
    };
    let change = |repair: derive::Repair| {
        let literal = source.literals.get(repair.literal)?;
        let unit = wording::one_line(&literal.unit.text);
        let number = repair.number.replace('-', "−");
        let to = if unit.is_empty() { number } else { format!("{number} {unit}") };
        Some((printed(repair.literal)?, to))
    };
    derive::repairs(source).into_iter().filter_map(change).collect()
}

/// How sure it is, and the line that replays it.
fn replay(html: &mut Html, finding: &Finding, id: &str) {
    section(html, "Check it yourself", |html| {
        html.element("p", &[], |html| {
            html.text(wording::witness(finding.witness)).markup(" This line gives the same verdict without the paper:");
        });
        let line = format!("{id}-line");
        html.element("div", &[("class", "line")], |html| {
            html.element("pre", &[("id", line.as_str()), ("translate", "no"), ("tabindex", "0")], |html| {
                html.leaf("code", &[], &wording::one_line(&finding.eval));
            });
            let attributes = [("type", "button"), ("class", "copy"), ("data-copy", line.as_str()), ("hidden", "")];
            html.leaf("button", &attributes, "Copy");
        });
    });
}
