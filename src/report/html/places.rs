//! Where a finding stands: the passage with its picture and its table; where its values stand in two places or more, these
//! side by side, each with its own.

use crate::derive::Source;
use crate::report::exhibits::{Exhibits, Standing};
use crate::report::finding::Finding;

use super::writer::Html;
use super::{crop, grid, operands, quotation, wording};

/// The places of the claim at position `claim`.
pub(super) fn write(html: &mut Html, claim: usize, finding: &Finding, source: Option<&Source>, exhibits: &Exhibits) {
    let places = shown(claim, finding, source, exhibits);
    if places.len() < 2 {
        crop::write(html, (claim, 0), finding, source, exhibits);
        grid::write(html, (claim, 0), finding, source, exhibits);
        quotation::passage(html, finding, exhibits.passages.get(claim));
        return;
    }
    html.element("div", &[("class", "places")], |html| {
        for Standing { place, name, operands, .. } in places {
            html.element("div", &[("class", "place-of")], |html| {
                let name = if name.is_empty() { format!("Place {}", place + 1) } else { wording::sentence(name) };
                html.leaf("h5", &[], &name);
                crop::write(html, (claim, *place), finding, source, exhibits);
                grid::write(html, (claim, *place), finding, source, exhibits);
                if *place == 0 {
                    quotation::passage(html, finding, exhibits.passages.get(claim));
                } else if let Some(operand) = operands.last().and_then(|at| finding.operands.get(*at)) {
                    quotation::elsewhere(html, operand);
                }
            });
        }
    });
}

/// The places with a value that the derivation shows; one that only another reading takes is none of them.
fn shown<'e>(claim: usize, finding: &Finding, source: Option<&Source>, exhibits: &'e Exhibits) -> Vec<&'e Standing> {
    let shown = operands::shown(finding, source);
    let has_one = |place: &&Standing| {
        let mut own = place.operands.iter().filter_map(|at| finding.operands.get(*at));
        place.place == 0 || own.any(|own| shown.iter().any(|shown| std::ptr::eq(shown.operand, own)))
    };
    exhibits.places.iter().filter(|place| place.claim == claim).filter(has_one).collect()
}
