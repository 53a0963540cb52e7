//! Marks for a copy of a PDF: which words of which page, and what stands in the popup. Planned from the findings, made where
//! the paper is handled, since a library opens the file for it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::derive::Level;
use crate::document::{Place, Quad, Span};
use crate::read::pdf;
use crate::report::annotated::{self, AnnotateError, Mark, UserQuad};
use crate::report::{Finding, OutcomeName};

/// A mark in the coordinates of the page as shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlannedMark {
    /// The page, from 1.
    page: u32,
    /// The words, a quad for each line.
    quads: Vec<Quad>,
    level: Level,
    code: String,
    title: String,
    text: String,
    name: String,
}

/// The marks of all findings: on each page that a finding's operands stand on, or its quote where it has none, one.
pub fn plan(findings: &[Finding]) -> Vec<PlannedMark> {
    let mut marks = Vec::new();
    for finding in findings {
        let Some(level) = finding.level else { continue };
        let pages = by_page(finding.marked_places());
        marks.extend(pages.into_iter().map(|(page, quads)| PlannedMark {
            page,
            quads,
            level,
            code: finding.code.clone(),
            title: finding.message.clone(),
            text: text(finding),
            name: format!("{}:{page}", finding.fingerprint),
        }));
    }
    marks
}

/// Marks over the places of words that are no finding, which say so: for whoever wants to see that marks meet their words.
pub fn over(words: &Span) -> Vec<PlannedMark> {
    let mark = |(page, quads)| PlannedMark {
        page,
        quads,
        level: Level::Warning,
        code: "MARK".to_owned(),
        title: words.quote.clone(),
        text: format!("A mark over \u{201c}{}\u{201d}; nothing is found here.", words.quote),
        name: format!("mark:{page}:{}", words.range.start),
    };
    by_page(&words.places).into_iter().map(mark).collect()
}

/// The quads of places by their page, each once.
fn by_page<'p>(places: impl IntoIterator<Item = &'p Place>) -> BTreeMap<u32, Vec<Quad>> {
    let mut pages: BTreeMap<u32, Vec<Quad>> = BTreeMap::new();
    for place in places {
        if let Place::Box { page, quad } = place {
            let quads = pages.entry(*page).or_default();
            if !quads.contains(quad) {
                quads.push(*quad);
            }
        }
    }
    pages
}

/// The words of the popup: the message, both sides, what the reader can do, and the line that replays it.
fn text(finding: &Finding) -> String {
    let side = |sets: &crate::report::ReportedSets| format!("{} {}", sets.wide.short, sets.unit).trim().to_owned();
    let mut lines = vec![finding.message.clone(), String::new()];
    if finding.outcome == OutcomeName::Observed {
        lines.extend(finding.innocent.iter().map(|reason| format!("Perhaps {reason}.")));
        lines.extend([finding.help.clone(), "An automated check; it can be wrong.".to_owned()]);
        return lines.join("\n");
    }
    lines.extend([
        format!("The printed value can be {}.", side(&finding.stated)),
        format!("From the other printed values follows {}.", side(&finding.derived)),
    ]);
    lines.extend(finding.cause.iter().map(|cause| format!("It would follow with {}.", cause.words)));
    lines.extend(finding.shared.iter().map(|shared| format!("One finding with others: {}.", shared.words)));
    lines.extend(finding.part_of.iter().map(|_| "It fails for the same reason as another claim.".to_owned()));
    lines.extend(finding.innocent.iter().map(|reason| format!("Perhaps {reason}.")));
    lines.extend([String::new(), finding.help.clone(), finding.eval.clone()]);
    lines.push("An automated check of arithmetic; it can be wrong.".to_owned());
    lines.join("\n")
}

/// What a marked copy has behind the bytes of the file.
pub fn tail(bytes: &[u8], planned: &[PlannedMark]) -> Result<Vec<u8>, AnnotateError> {
    let pages: Vec<u32> = planned.iter().map(|mark| mark.page).collect();
    let ways = pdf::to_user(bytes, &pages);
    let marks: Vec<Mark> = planned
        .iter()
        .map(|mark| {
            let way = ways.get(&mark.page).ok_or(AnnotateError::NoSuchPage(mark.page))?;
            Ok(Mark {
                page: mark.page,
                quads: mark.quads.iter().map(|quad| user(quad, way)).collect(),
                level: mark.level,
                code: mark.code.clone(),
                title: mark.title.clone(),
                text: mark.text.clone(),
                name: mark.name.clone(),
            })
        })
        .collect::<Result<_, AnnotateError>>()?;
    let mut copy = annotated::annotate(bytes, &marks)?;
    Ok(copy.split_off(bytes.len()))
}

/// A quad of the page as shown in the user space of the file.
fn user(quad: &Quad, way: &[f64; 6]) -> UserQuad {
    let corners = quad.0.map(|point| {
        let (along, down) = (f64::from(point.x), f64::from(point.y));
        [way[0] * along + way[2] * down + way[4], way[1] * along + way[3] * down + way[5]]
    });
    // Quads of a document run around, those of an annotation line by line.
    let [upper_left, upper_right, lower_right, lower_left] = corners;
    let ordered = [upper_left, upper_right, lower_left, lower_right].concat();
    std::array::from_fn(|at| ordered[at])
}
