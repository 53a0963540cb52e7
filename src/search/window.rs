//! What the search sees of a target: its kind and what stands around it. The number itself is not there, so that neither the
//! enumeration nor a ranker can choose a program for hitting it.

use crate::document::{BlockKind, TextRange};
use crate::extract::{Mentions, QuantityIx, Sentence};

use super::beyond::{Beyond, Known};
use super::values::{Value, ValueKind, Values};

/// How many sentences away operands are looked for: first near by, then farther, where more programs have to be allowed for, and then
/// among what the passage names. As a value is tried up to three times, chance may hit it that many times as often as one E says.
pub const FARTHEST: usize = 2;

/// A sentence with more quantities than this is a list or a table that was read as text: a window takes no value from it.
pub const MOST_IN_SENTENCE: usize = 8;

/// How many operands a window has at most: the nearest ones.
const MOST_OPERANDS: usize = 24;

/// Operands that are wider than this share of their value say too little.
const WIDEST: f64 = 0.1;

/// The value in question, without its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target {
    /// The quantity.
    pub quantity: QuantityIx,
    /// What it is.
    pub kind: ValueKind,
    /// How many digits it has from the first that is not zero on.
    pub digits: usize,
    /// Its characters, unit included.
    pub range: TextRange,
    /// Its sentence.
    pub sentence: usize,
    /// The printed list it stands in ("10, 20 and 30 mg").
    pub list: Option<usize>,
}

/// Where a value comes from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Source {
    /// It stands in the passage.
    Here(QuantityIx),
    /// The paper gives it elsewhere to a noun that the passage has.
    Elsewhere(QuantityIx),
    /// It is known, and the passage names it.
    Known(Known),
}

impl Source {
    /// The quantity of the paper, where it is one.
    pub const fn quantity(self) -> Option<QuantityIx> {
        match self {
            Self::Here(quantity) | Self::Elsewhere(quantity) => Some(quantity),
            Self::Known(_) => None,
        }
    }

    /// Whether it stands in the passage.
    pub const fn is_here(self) -> bool {
        matches!(self, Self::Here(_))
    }
}

/// A value that a program may take.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// Where it comes from.
    pub source: Source,
    /// The value.
    pub value: Value,
    /// Its characters, unit included; of one that does not stand in the passage the word that names it there.
    pub range: TextRange,
    /// How many sentences away it stands, or is named.
    pub distance: usize,
    /// The printed list it stands in.
    pub list: Option<usize>,
}

/// A target with the values around it, in the order of the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Window {
    /// The target.
    pub target: Target,
    /// The operands: from the target's sentence and those near it in the same paragraph.
    pub operands: Vec<Candidate>,
}

impl Window {
    /// The window of a quantity; `None` where it is no target: in a table, a heading or a reference, a result of a test, a bound, a
    /// number of one digit without a unit, in a sentence with too many numbers. `reach` says how many sentences away operands may
    /// stand, in the same paragraph.
    pub fn around(mentions: &Mentions, values: &Values, quantity: QuantityIx, reach: usize) -> Option<Self> {
        let printed = mentions.quantities.get(quantity.0)?;
        let value = values.get(quantity).filter(|value| !value.bounded)?;
        let telling = value.digits >= 2 || !value.kind.is_plain();
        let sentence = mentions.sentences.get(printed.sentence)?;
        if !telling || !is_prose(sentence) || mentions.quantities_of(printed.sentence).len() > MOST_IN_SENTENCE {
            return None;
        }
        let target = Target {
            quantity,
            kind: value.kind,
            digits: value.digits,
            range: printed.range,
            sentence: printed.sentence,
            list: printed.list,
        };
        Some(Self { target, operands: operands(mentions, values, &target, reach) })
    }

    /// The windows of all targets of a paper, in the order of the text.
    pub fn all(mentions: &Mentions, values: &Values, reach: usize) -> Vec<Self> {
        values.iter().filter_map(|(quantity, _)| Self::around(mentions, values, quantity, reach)).collect()
    }

    /// The window of a quantity with what its sentence and those beside it name besides; `None` where that is nothing more.
    pub fn beyond(mentions: &Mentions, values: &Values, beyond: &Beyond, quantity: QuantityIx) -> Option<Self> {
        let mut window = Self::around(mentions, values, quantity, 1)?;
        let target = window.target;
        let leaf = mentions.sentences.get(target.sentence).map(|sentence| sentence.leaf);
        let beside = |at: &usize| {
            mentions.sentences.get(*at).is_some_and(|sentence| Some(sentence.leaf) == leaf && is_prose(sentence))
        };
        let passage: Vec<usize> = (target.sentence.saturating_sub(1)..=target.sentence + 1).filter(beside).collect();
        let before = window.operands.len();
        for candidate in beyond.namings(values, &passage, target.sentence, target.range) {
            if is_sharp(&candidate.value) && !window.operands.iter().any(|other| is_twin(other, &candidate)) {
                window.operands.push(candidate);
            }
        }
        window.operands.sort_by_key(|candidate| candidate.range);
        (window.operands.len() > before).then_some(window)
    }
}

/// Whether a sentence is of running text, a caption or a note.
pub(super) const fn is_prose(sentence: &Sentence) -> bool {
    let kind =
        matches!(sentence.block, BlockKind::Paragraph | BlockKind::Caption | BlockKind::ListItem | BlockKind::Footnote);
    kind && sentence.cell.is_none()
}

/// Whether a value says enough to be an operand.
fn is_sharp(value: &Value) -> bool {
    !value.bounded && value.enclosure.width() <= WIDEST * value.enclosure.middle().abs()
}

/// Whether two operands are the same value.
fn is_twin(a: &Candidate, b: &Candidate) -> bool {
    a.value.kind == b.value.kind && a.value.enclosure == b.value.enclosure
}

/// The operands of a target, in the order of the text; of equal values the nearest one alone.
fn operands(mentions: &Mentions, values: &Values, target: &Target, reach: usize) -> Vec<Candidate> {
    let (first, last) = (target.sentence.saturating_sub(reach), target.sentence + reach);
    let leaf = mentions.sentences.get(target.sentence).map(|sentence| sentence.leaf);
    let mut found: Vec<Candidate> = Vec::new();
    for at in first..=last {
        let distance = at.abs_diff(target.sentence);
        let alike = mentions.sentences.get(at).is_some_and(|other| Some(other.leaf) == leaf && is_prose(other));
        let quantities = mentions.quantities_of(at);
        if !alike || quantities.len() > MOST_IN_SENTENCE {
            continue;
        }
        for quantity in quantities.map(QuantityIx) {
            let (Some(value), Some(printed)) = (values.get(quantity), mentions.quantities.get(quantity.0)) else {
                continue;
            };
            // The items of a list stand beside each other; none follows from another.
            let beside = printed.list.is_some() && printed.list == target.list;
            if quantity != target.quantity && is_sharp(value) && !beside {
                let source = Source::Here(quantity);
                found.push(Candidate {
                    source,
                    value: value.clone(),
                    range: printed.range,
                    distance,
                    list: printed.list,
                });
            }
        }
    }
    let gap = |candidate: &Candidate| {
        let (a, b) = (candidate.range, target.range);
        a.start.saturating_sub(b.end) + b.start.saturating_sub(a.end)
    };
    found.sort_by_key(|candidate| (candidate.distance, gap(candidate), candidate.range));
    let mut kept: Vec<Candidate> = Vec::new();
    for candidate in found {
        if kept.len() < MOST_OPERANDS && !kept.iter().any(|other| is_twin(other, &candidate)) {
            kept.push(candidate);
        }
    }
    kept.sort_by_key(|candidate| candidate.range);
    kept
}
