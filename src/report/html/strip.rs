//! The strip of pages: how many claims each page has and how many of them do not follow; such a page leads to the first one.

use std::collections::BTreeMap;

use crate::document::Place;
use crate::report::finding::Finding;
use crate::report::model::PaperReport;
use crate::report::summary::plural;

use super::writer::Html;
use super::{card, order};

/// Beyond so many pages, those without claims are left out.
const MOST_PAGES: usize = 120;

#[derive(Default)]
struct PageClaims {
    claims: usize,
    findings: usize,
    first: Option<String>,
}

/// The strip; nothing where the paper has one page or no claims.
pub(super) fn write(html: &mut Html, paper: &PaperReport) {
    let mut pages: BTreeMap<usize, PageClaims> = BTreeMap::new();
    for claim in &paper.findings {
        if let Some(page) = page(claim) {
            pages.entry(page).or_default().claims += 1;
        }
    }
    // A page that holds only a part of a finding leads to the part.
    let parts = paper.findings.iter().filter(|claim| claim.part_of.is_some());
    for finding in order::by_consequence(&paper.findings).into_iter().map(|(_, finding)| finding).chain(parts) {
        if let Some(entry) = page(finding).and_then(|page| pages.get_mut(&page)) {
            entry.findings += 1;
            entry.first.get_or_insert_with(|| card::id(finding));
        }
    }
    if pages.is_empty() || paper.coverage.pages == 1 {
        return;
    }
    let all = paper.coverage.pages;
    let shown: Vec<usize> = if all <= MOST_PAGES { (1..=all).collect() } else { pages.keys().copied().collect() };
    let most = pages.values().map(|page| page.claims).max().unwrap_or(1);
    html.element("nav", &[("class", "strip"), ("aria-labelledby", "strip-title")], |html| {
        html.leaf("h2", &[("id", "strip-title")], "Claims by page");
        html.element("ol", &[], |html| {
            for page in shown {
                let none = PageClaims::default();
                let entry = pages.get(&page).unwrap_or(&none);
                html.element("li", &[], |html| item(html, page, entry, most));
            }
        });
    });
}

fn page(claim: &Finding) -> Option<usize> {
    match claim.places.first()? {
        Place::Box { page, .. } => usize::try_from(*page).ok(),
        _ => None,
    }
}

fn item(html: &mut Html, page: usize, entry: &PageClaims, most: usize) {
    let words = format!("Page {page}: {}, {} inconsistent", plural(entry.claims, "claim"), entry.findings);
    let link = entry.first.as_ref().map(|id| format!("#{id}"));
    let bar = |html: &mut Html| {
        // The height is a whole number of thirtieths, so that no floating-point number is written.
        let height = (entry.claims * 30).div_ceil(most.max(1)).to_string();
        let flagged = (entry.findings * 30).div_ceil(most.max(1)).to_string();
        html.markup("<svg viewBox=\"0 0 14 30\" aria-hidden=\"true\" focusable=\"false\">");
        bar_of(html, "claims", &height);
        bar_of(html, "flagged", &flagged);
        html.markup("</svg>");
        html.leaf("span", &[("class", "sr")], &words);
        html.element("span", &[("aria-hidden", "true")], |html| {
            html.count(page);
        });
    };
    match &link {
        Some(link) => html.element("a", &[("href", link), ("title", &words), ("class", "has")], bar),
        None => html.element("span", &[("title", words.as_str())], bar),
    };
}

/// A bar that stands on the ground of the strip.
fn bar_of(html: &mut Html, class: &'static str, height: &str) {
    let top = (30 - height.parse::<i32>().unwrap_or(0)).to_string();
    let attributes = [("class", class), ("x", "1"), ("y", &top), ("width", "12"), ("height", height)];
    html.void("rect", &attributes).markup("</rect>");
}
