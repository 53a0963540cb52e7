//! Windows labelled by hand: which program the passage means for a value, or that it means none of them.
//!
//! A label names the paper by its SHA-256 and the value by its printed number and the how-manieth of the paper it is, so that it
//! stays what it is when the reader is mended. What the ranker says is compared with the labels; nothing is learnt from them.

use std::collections::BTreeMap;
use std::io::Read;

use serde::{Deserialize, Serialize};

use crate::document::{Document, TextIndex};
use crate::extract::{self, Mentions, QuantityIx};
use crate::score::plant::Draw;
use crate::score::reasoning::{AnsweredWindow, Choice, Chooser, Chosen, Paper};
use crate::search::{Form, Values, Window};

use super::case::{REACH, looked_at};

/// A window with what a reader says of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LabelledWindow {
    /// The SHA-256 of the paper.
    pub paper_sha256: String,
    /// Whether the window was drawn from those that a program hits ("hit") or from all ("any").
    pub drawn: String,
    /// The printed number of the target.
    pub target: String,
    /// How many quantities of the paper before it print the same number.
    pub occurrence: usize,
    /// The form of the program ("a + b"), or "none". Where the passage says a value in two ways, both, with " | " between them.
    pub program: String,
    /// The printed numbers of the operands in the order of the form's letters, with blanks between them; of two programs with
    /// " | " between them.
    pub operands: String,
}

impl LabelledWindow {
    /// The programs that are right: form and operands.
    fn programs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.program.split(" | ").zip(self.operands.split(" | "))
    }
}

/// Labels by paper.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LabelledWindows {
    by_paper: BTreeMap<String, Vec<LabelledWindow>>,
}

/// A window for a reader to label.
#[derive(Clone, Debug, PartialEq)]
pub struct WindowToLabel {
    /// The label without its program.
    pub label: LabelledWindow,
    /// The sentences, the target between double brackets.
    pub passage: String,
}

impl LabelledWindows {
    /// Reads a file of labels.
    pub fn read(input: impl Read) -> Result<Self, csv::Error> {
        let mut labels = Self::default();
        for row in csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(input).deserialize() {
            let row: LabelledWindow = row?;
            labels.by_paper.entry(row.paper_sha256.clone()).or_default().push(row);
        }
        Ok(labels)
    }

    /// Puts the labelled windows of a paper before a chooser. A window that is not found any more has no choice.
    pub fn answered(&self, document: &Document, key: &str, chooser: &mut dyn Chooser) -> Vec<AnsweredWindow> {
        let Some(labels) = self.by_paper.get(key) else { return Vec::new() };
        let mentions = extract::extract(document);
        let values = Values::of(&mentions);
        let index = TextIndex::new(&document.text);
        let paper = Paper { document, index: &index, mentions: &mentions, values: &values };
        labels.iter().map(|label| answered(label, paper, chooser)).collect()
    }
}

/// A labelled window with what is chosen for it.
fn answered(label: &LabelledWindow, paper: Paper<'_>, chooser: &mut dyn Chooser) -> AnsweredWindow {
    let Paper { document, index, mentions, .. } = paper;
    let target = find(label, document, index, mentions);
    let choice = target.map_or_else(Choice::default, |target| chooser.choose(paper, target));
    let is_meant = |chosen: &Chosen| {
        let own = printed_operands(chosen, document, index, mentions);
        label.programs().any(|(form, operands)| chosen.form.name() == form && is_same(chosen.form, &own, operands))
    };
    let best = choice.best.and_then(|best| choice.tried.get(best));
    let written = |chosen: &Chosen| {
        format!("{} [{}]", chosen.form.name(), printed_operands(chosen, document, index, mentions).join(" "))
    };
    let short: String = label.paper_sha256.chars().take(8).collect();
    AnsweredWindow {
        name: format!("{short} {} ({})", label.target, label.occurrence),
        drawn: label.drawn.clone(),
        meant: (label.program != "none").then(|| format!("{} [{}]", label.program, label.operands)),
        enumerated: choice.tried.iter().any(is_meant),
        right: best.is_some_and(is_meant),
        taken: best.map_or_else(String::new, written),
        written: choice.written.is_some(),
        none: choice.none,
        confidence: choice.confidence,
        votes: choice.votes,
        tokens: choice.tokens,
    }
}

/// The printed number of a quantity.
fn printed<'d>(document: &'d Document, index: &TextIndex, mentions: &Mentions, quantity: QuantityIx) -> &'d str {
    mentions.quantities.get(quantity.0).map_or("", |quantity| index.slice(&document.text, quantity.number).trim())
}

/// The quantity of a label.
fn find(label: &LabelledWindow, document: &Document, index: &TextIndex, mentions: &Mentions) -> Option<QuantityIx> {
    let all = (0..mentions.quantities.len()).map(QuantityIx);
    all.filter(|at| printed(document, index, mentions, *at) == label.target).nth(label.occurrence)
}

/// The printed numbers of the operands of a program.
fn printed_operands<'d>(
    chosen: &Chosen,
    document: &'d Document,
    index: &TextIndex,
    mentions: &Mentions,
) -> Vec<&'d str> {
    chosen.operands.iter().map(|operand| printed(document, index, mentions, *operand)).collect()
}

/// Whether operands are those of a label, in any order where they can change places.
fn is_same(form: Form, own: &[&str], labelled: &str) -> bool {
    let mut own = own.to_vec();
    let mut labelled: Vec<&str> = labelled.split_whitespace().collect();
    let (from, to) = form.alike();
    if own.len() != labelled.len() || own.len() < to {
        return false;
    }
    own[from..to].sort_unstable();
    labelled[from..to].sort_unstable();
    own == labelled
}

/// Draws windows of a paper for a reader: at most so many that a program hits, and as many of all.
pub fn windows_to_label(document: &Document, key: &str, seed: u64, most: usize) -> Vec<WindowToLabel> {
    let mentions = extract::extract(document);
    let values = Values::of(&mentions);
    let index = TextIndex::new(&document.text);
    let windows: Vec<Window> =
        Window::all(&mentions, &values, REACH).into_iter().filter(|window| !window.operands.is_empty()).collect();
    let is_hit = |window: &Window| {
        let Some(value) = values.get(window.target.quantity) else { return false };
        let (_, found) = looked_at(document, &index, &mentions, window);
        found.derived(window).iter().any(|(_, derived)| derived.meets(value.enclosure))
    };
    let mut draw = Draw::new(seed, &["windows", key]);
    let order = draw.shuffled((0..windows.len()).collect::<Vec<_>>());
    let hit: Vec<usize> = order.iter().copied().filter(|at| is_hit(&windows[*at])).take(most).collect();
    let any = order.iter().copied().filter(|at| !hit.contains(at)).take(most);
    let mut chosen: Vec<(usize, &str)> = hit.iter().map(|at| (*at, "hit")).chain(any.map(|at| (at, "any"))).collect();
    chosen.sort_unstable();
    chosen
        .into_iter()
        .map(|(at, drawn)| {
            let target = &windows[at].target;
            let number = printed(document, &index, &mentions, target.quantity);
            let before = (0..target.quantity.0).map(QuantityIx);
            let occurrence = before.filter(|at| printed(document, &index, &mentions, *at) == number).count();
            let label = LabelledWindow {
                paper_sha256: key.to_owned(),
                drawn: drawn.to_owned(),
                target: number.to_owned(),
                occurrence,
                program: String::new(),
                operands: String::new(),
            };
            WindowToLabel { label, passage: passage(document, &index, &mentions, &windows[at]) }
        })
        .collect()
}

/// The sentences of a window on one line, the target between double brackets.
fn passage(document: &Document, index: &TextIndex, mentions: &Mentions, window: &Window) -> String {
    let own = window.target.sentence;
    let leaf = mentions.sentences.get(own).map(|sentence| sentence.leaf);
    let near = (own.saturating_sub(1)..=own + 1).filter_map(|at| mentions.sentences.get(at));
    let ranges = near.filter(|sentence| Some(sentence.leaf) == leaf).map(|sentence| sentence.range);
    let Some(all) = ranges.reduce(crate::document::TextRange::hull) else { return String::new() };
    let target = window.target.range;
    let [before, own, behind] = [(all.start, target.start), (target.start, target.end), (target.end, all.end)]
        .map(|(from, end)| index.slice(&document.text, crate::document::TextRange::new(from, end)));
    format!("{before}[[{own}]]{behind}").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operands_may_change_places_where_the_form_lets_them() {
        assert!(is_same(Form::Sum, &["2", "1"], "1 2") && !is_same(Form::Difference, &["2", "1"], "1 2"));
        assert!(!is_same(Form::Sum, &["1"], "1 2") && !is_same(Form::Sum, &["1", "2"], ""));
    }
}
