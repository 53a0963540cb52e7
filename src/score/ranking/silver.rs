//! Values of real papers as labels that nobody had to write.
//!
//! A value that a program gives may follow from it or meet it by chance. How likely it is by chance is known: the width of the
//! stated value in decades, which is E over the number of programs. The training weighs the two against each other (see
//! [`super::Case::chance`]). A value that no program gives follows from none of them, but for the few that are misprinted or misread.

use crate::document::{Document, TextIndex};
use crate::extract;
use crate::search::{Expectation, Values, Window};

use super::case::{Case, REACH, looked_at};

/// With an expectation below this one nine of ten hits are no chance (`rederive search decoys`).
const TRUSTED: f64 = 0.1;

/// What was mined from papers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Silver {
    /// The papers.
    pub papers: usize,
    /// The windows, in the order of the papers.
    pub cases: Vec<Case>,
    /// How many of them a program hits with E below 0.1.
    pub trusted: usize,
    /// How many of them a program hits with a larger E.
    pub doubtful: usize,
}

/// Mines the windows of a paper.
pub fn mine(document: &Document, silver: &mut Silver) {
    let mentions = extract::extract(document);
    let values = Values::of(&mentions);
    let index = TextIndex::new(&document.text);
    silver.papers += 1;
    for window in Window::all(&mentions, &values, REACH) {
        let Some(value) = values.get(window.target.quantity) else { continue };
        let (scene, found) = looked_at(document, &index, &mentions, &window);
        let derived = found.derived(&window);
        let right: Vec<usize> = (0..derived.len()).filter(|at| derived[*at].1.meets(value.enclosure)).collect();
        let widths = derived.iter().map(|(_, enclosure)| *enclosure);
        let Expectation(expected) = Expectation::new(widths, 1, value.enclosure, value.grain);
        #[expect(clippy::cast_precision_loss, reason = "a few thousand programs at most")]
        let chance = (expected / derived.len().max(1) as f64).min(1.0);
        let is_hit = !right.is_empty();
        if let Some(case) = Case::of(&scene, &window, &derived, right, chance, 1.0) {
            silver.cases.push(case);
            silver.trusted += usize::from(is_hit && expected < TRUSTED);
            silver.doubtful += usize::from(is_hit && expected >= TRUSTED);
        }
    }
}
