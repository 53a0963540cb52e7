//! The slips of one paper: which are planted, the documents that hold them, and the rows of the truth file.

use std::collections::BTreeMap;

use crate::document::{Document, TextIndex, TextRange};
use crate::report::Finding;
use crate::score::truth::TruthRow;

use super::attempts::{Paper, attempt};
use super::draw::Draw;
use super::slip::{Attempt, Slip, SlipKind};
use super::values::values;

/// What is planted and how much of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlantSettings {
    /// The seed of all draws.
    pub seed: u64,
    /// The most slips of one kind in one paper.
    pub per_paper: usize,
}

/// How many values of one kind of slip there were.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Values that such a slip can befall so that they cannot be right any more.
    pub possible: usize,
    /// Values that can still be right after every such slip; none is planted there.
    pub still_right: usize,
    /// Slips planted.
    pub planted: usize,
}

/// A document with one slip.
#[derive(Clone, Debug, PartialEq)]
pub struct Planted {
    /// The document.
    pub document: Document,
    /// The row of the truth file, which names the document's file.
    pub row: TruthRow,
}

/// The slips of a paper.
#[derive(Clone, Debug, Default)]
pub struct Slips {
    /// How many values hold and are written plainly enough to be changed.
    pub values: usize,
    /// What there was of each kind.
    pub tallies: BTreeMap<SlipKind, Tally>,
    /// Those that are planted.
    pub chosen: Vec<Slip>,
}

/// Chooses the slips of a paper from all of its claims. `key` is the SHA-256 of its bytes.
///
/// Of each kind at most `per_paper` are chosen: the rules take turns, and within a rule the order is drawn, so that a
/// rule with few values has its share.
pub fn choose(document: &Document, claims: &[Finding], key: &str, settings: PlantSettings) -> Slips {
    let index = TextIndex::new(&document.text);
    let paper = Paper { document, index, values: values(document, claims) };
    let mut slips = Slips { values: paper.values.len(), ..Slips::default() };
    for kind in SlipKind::ALL {
        let mut by_rule: BTreeMap<&str, Vec<(u64, Slip)>> = BTreeMap::new();
        let tally = slips.tallies.entry(kind).or_default();
        for value in &paper.values {
            let claim = value.finding;
            let mut draw = Draw::new(settings.seed, &[key, kind.name(), &claim.fingerprint]);
            let rank = draw.number();
            match attempt(kind, value, &paper, &mut draw) {
                Attempt::NotApplicable => {}
                Attempt::StillPossible => tally.still_right += 1,
                Attempt::Slip(slip) => {
                    tally.possible += 1;
                    by_rule.entry(&claim.code).or_default().push((rank, slip));
                }
            }
        }
        let mut turns = Vec::new();
        for (code, mut own) in by_rule {
            own.sort_by_key(|(rank, slip)| (*rank, slip.claim));
            turns.extend(own.into_iter().enumerate().map(|(turn, (rank, slip))| (turn, rank, code, slip)));
        }
        turns.sort_by_key(|(turn, rank, code, slip)| (*turn, *rank, *code, slip.claim));
        turns.truncate(settings.per_paper);
        tally.planted = turns.len();
        slips.chosen.extend(turns.into_iter().map(|(_, _, _, slip)| slip));
    }
    slips
}

/// Plants a slip. `file` is the name of the document's file; `None` where the document is not sound.
pub fn plant(document: &Document, claims: &[Finding], key: &str, slip: &Slip, file: String) -> Option<Planted> {
    let claim = claims.get(slip.claim)?;
    let changed = document.with_replaced(slip.range, &slip.wrong)?;
    let end = slip.range.start + slip.wrong.chars().count();
    let passage = claim.range.hull(slip.range);
    let passage = TextRange::new(passage.start, passage.end - slip.range.end + end);
    let quote = TextIndex::new(&changed.text).slice(&changed.text, passage).to_owned();
    let row = TruthRow {
        paper: file,
        quote: one_line(&quote),
        code: claim.code.clone(),
        is_error: true,
        right_value: one_line(&slip.right),
        cause: slip.kind.cause().to_owned(),
        slip: slip.kind.name().to_owned(),
        wrong_value: one_line(&slip.wrong),
        start: Some(slip.range.start),
        end: Some(end),
        possible: if slip.by_habit { "by-habit" } else { "no" }.to_owned(),
        original: key.to_owned(),
    };
    Some(Planted { document: changed, row })
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
