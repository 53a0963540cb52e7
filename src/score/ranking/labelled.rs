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
use crate::score::wilson::{Share, wilson};
use crate::search::{Form, Program, Ranker, Values, Window};

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

/// What the ranker says of a labelled window.
#[derive(Clone, Debug, PartialEq)]
pub struct RankedWindow {
    /// The label.
    pub label: LabelledWindow,
    /// How sure it is of the program that it takes; `None` where the window is not found any more or has no program.
    pub confidence: Option<f64>,
    /// The program that it takes: its form and the printed numbers of the operands.
    pub taken: String,
    /// Whether the program it takes is that of the label.
    pub right: bool,
    /// Whether the program of the label is among those of the window.
    pub enumerated: bool,
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

    /// Ranks the labelled windows of a paper.
    pub fn rank(&self, document: &Document, key: &str, ranker: &Ranker) -> Vec<RankedWindow> {
        let Some(labels) = self.by_paper.get(key) else { return Vec::new() };
        let mentions = extract::extract(document);
        let values = Values::of(&mentions);
        let index = TextIndex::new(&document.text);
        let mut rows = Vec::new();
        for label in labels {
            let mut row = RankedWindow {
                label: label.clone(),
                confidence: None,
                taken: String::new(),
                right: false,
                enumerated: false,
            };
            let window =
                find(label, document, &index, &mentions).and_then(|at| Window::around(&mentions, &values, at, REACH));
            if let Some(window) = window {
                let (scene, found) = looked_at(document, &index, &mentions, &window);
                let is_meant = |program: &Program| {
                    let own = printed_operands(program, &window, document, &index, &mentions);
                    let fits = |(form, operands): (&str, &str)| {
                        program.form.name() == form && is_same(program.form, &own, operands)
                    };
                    label.programs().any(fits)
                };
                let derived = found.derived(&window);
                row.enumerated = derived.iter().any(|(program, _)| is_meant(program));
                if let Some(best) = ranker.best(&scene, &window, &derived) {
                    row.confidence = Some(best.confidence);
                    let (program, _) = derived[best.program];
                    row.right = is_meant(program);
                    let operands = printed_operands(program, &window, document, &index, &mentions).join(" ");
                    row.taken = format!("{} [{operands}]", program.form.name());
                }
            }
            rows.push(row);
        }
        rows
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
    program: &Program,
    window: &Window,
    document: &'d Document,
    index: &TextIndex,
    mentions: &Mentions,
) -> Vec<&'d str> {
    let operands = program.operands.iter().filter_map(|at| window.operands.get(*at));
    operands.map(|operand| printed(document, index, mentions, operand.value.quantity)).collect()
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

/// How good the ranker is on labelled windows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RankingScore {
    rows: Vec<RankedWindow>,
}

impl RankingScore {
    /// Adds windows.
    pub fn add(&mut self, rows: Vec<RankedWindow>) {
        self.rows.extend(rows);
    }

    /// All windows, as they were added.
    pub fn rows(&self) -> &[RankedWindow] {
        &self.rows
    }

    /// How many have a program.
    pub fn derivable(&self) -> usize {
        self.rows.iter().filter(|row| row.label.program != "none").count()
    }

    /// Of the windows with a program, those whose program was enumerated.
    pub fn enumerated(&self) -> Share {
        wilson(self.rows.iter().filter(|row| row.enumerated).count(), self.derivable())
    }

    /// Of the windows with a program, those where the ranker puts it first.
    pub fn top(&self) -> Share {
        wilson(self.rows.iter().filter(|row| row.right).count(), self.derivable())
    }

    /// Of the windows of which the ranker is at least so sure, those where it is right; and how many of those with a program these
    /// are.
    pub fn above(&self, confidence: f64) -> (Share, Share) {
        let sure = self.rows.iter().filter(|row| row.confidence.is_some_and(|own| own >= confidence));
        let (all, right) = sure.fold((0, 0), |(all, right), row| (all + 1, right + usize::from(row.right)));
        (wilson(right, all), wilson(right, self.derivable()))
    }

    /// The windows with a confidence in a range: how sure the ranker is on average, and how often it is right.
    pub fn between(&self, from: f64, to: f64) -> (f64, Share) {
        let own = |row: &&RankedWindow| row.confidence.is_some_and(|own| own >= from && own < to);
        let rows: Vec<&RankedWindow> = self.rows.iter().filter(own).collect();
        #[expect(clippy::cast_precision_loss, reason = "a few hundred windows")]
        let mean =
            rows.iter().filter_map(|row| row.confidence).fold(0.0, |sum, own| sum + own) / rows.len().max(1) as f64;
        (mean, wilson(rows.iter().filter(|row| row.right).count(), rows.len()))
    }

    /// The same score over the windows that were drawn in one way ("hit", "any").
    #[must_use]
    pub fn drawn(&self, way: &str) -> Self {
        Self { rows: self.rows.iter().filter(|row| row.label.drawn == way).cloned().collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(program: &str, confidence: f64, right: bool) -> RankedWindow {
        let label = LabelledWindow {
            paper_sha256: String::new(),
            drawn: "any".to_owned(),
            target: "10".to_owned(),
            occurrence: 0,
            program: program.to_owned(),
            operands: String::new(),
        };
        RankedWindow { label, confidence: Some(confidence), taken: String::new(), right, enumerated: program != "none" }
    }

    #[test]
    fn precision_counts_values_that_follow_from_nothing_against_the_ranker() {
        let mut score = RankingScore::default();
        score.add(vec![
            row("a + b", 0.9, true),
            row("a + b", 0.4, false),
            row("none", 0.85, false),
            row("none", 0.1, false),
        ]);
        assert_eq!((score.top().hits, score.top().of), (1, 2));
        let (precision, coverage) = score.above(0.8);
        assert_eq!((precision.hits, precision.of, coverage.hits, coverage.of), (1, 2, 1, 2));
        let (mean, share) = score.between(0.8, 1.01);
        assert!((mean - 0.875).abs() < 1e-12 && share.of == 2);
        assert_eq!(score.drawn("hit").rows().len(), 0);
    }

    #[test]
    fn operands_may_change_places_where_the_form_lets_them() {
        assert!(is_same(Form::Sum, &["2", "1"], "1 2") && !is_same(Form::Difference, &["2", "1"], "1 2"));
        assert!(!is_same(Form::Sum, &["1"], "1 2") && !is_same(Form::Sum, &["1", "2"], ""));
    }
}
