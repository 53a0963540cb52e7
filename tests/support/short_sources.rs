//! The short sources of `corpora/short`, as paragraphs without and with their slip, and what is known of both.

use rederive::score::TruthRow;

/// A short paper.
#[derive(Debug)]
pub struct ShortSource {
    /// Its paragraphs as they are right.
    pub clean: Vec<String>,
    /// Its paragraphs with the slip.
    pub slipped: Vec<String>,
    /// What is known of the right paper.
    pub right: TruthRow,
    /// What is known of the one with the slip.
    pub wrong: TruthRow,
}

/// The place of the slip in a text: what stands before it, its parts, what stands behind it.
struct Mark<'t> {
    before: &'t str,
    right: &'t str,
    wrong: &'t str,
    slip: &'t str,
    rule: &'t str,
    after: &'t str,
}

fn mark(text: &str) -> Option<Mark<'_>> {
    let (before, rest) = text.split_once('{')?;
    let (inside, after) = rest.split_once('}')?;
    let mut parts = inside.split(" | ");
    let (right, wrong) = parts.next()?.split_once(" -> ")?;
    Some(Mark { before, right, wrong, slip: parts.next()?, rule: parts.next()?, after })
}

/// Reads the sources.
///
/// # Panics
/// Where a source does not have exactly one claim with one slip.
pub fn short_sources(text: &str) -> Vec<ShortSource> {
    let sections = text.split("\n## ").skip(1);
    sections.enumerate().map(|(at, section)| source(at, section)).collect()
}

fn source(at: usize, section: &str) -> ShortSource {
    let (title, body) = section.split_once('\n').expect("a title and a text");
    assert_eq!(body.matches("[[").count(), 1, "{title}: one claim");
    assert_eq!(body.matches('{').count(), 1, "{title}: one slip");
    let (_, claim) = body.split_once("[[").expect("a claim");
    let (claim, _) = claim.split_once("]]").expect("the end of the claim");
    let place = mark(claim).unwrap_or_else(|| panic!("{title}: no slip in the claim"));
    let quote = |value: &str| format!("{}{value}{}", place.before, place.after);
    let paper = |value: &str| -> Vec<String> {
        let body = body.replace(&format!("[[{claim}]]"), &quote(value));
        std::iter::once(title)
            .chain(body.split('\n'))
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let right = TruthRow {
        paper: format!("{:02}.pdf", at + 1),
        quote: quote(place.right),
        code: place.rule.to_owned(),
        is_error: false,
        right_value: String::new(),
        cause: String::new(),
        slip: String::new(),
        wrong_value: String::new(),
        start: None,
        end: None,
        possible: String::new(),
        original: String::new(),
    };
    let wrong = TruthRow {
        quote: quote(place.wrong),
        is_error: true,
        right_value: place.right.to_owned(),
        slip: place.slip.to_owned(),
        wrong_value: place.wrong.to_owned(),
        possible: "no".to_owned(),
        ..right.clone()
    };
    ShortSource { clean: paper(place.right), slipped: paper(place.wrong), right, wrong }
}
