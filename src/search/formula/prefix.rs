//! Which beginnings of a text some derivation of a language goes on from.
//!
//! A model writes a derivation piece by piece. A beginning that no derivation of the target's kind goes on from is cut off at
//! once, as an incremental parser does (Scholak et al. 2021, arXiv:2109.05093): so what is written to its end is always of the
//! language. All sets are of kinds, of which there are few, and never of derivations.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use super::kinds::FormulaKind;
use super::language::{Language, MOST_BRACKETS, MOST_LEAVES, NONE};
use super::tree::Operator;

/// Kinds with how many leaves they took.
type Reached = BTreeSet<(FormulaKind, usize)>;

/// What parts of a number of leaves can be, with so many brackets left; index 0 is of no leaf.
#[derive(Debug, Default)]
struct Parts {
    factors: Vec<BTreeSet<FormulaKind>>,
    terms: Vec<BTreeSet<FormulaKind>>,
    sums: Vec<BTreeSet<FormulaKind>>,
}

/// An open bracket, or the whole: what stands in it already.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Frame {
    /// The terms before the one that is being written.
    terms: Option<FormulaKind>,
    /// The factors before the next one, and the operator that it is joined by.
    factors: Option<(FormulaKind, Operator)>,
}

/// A beginning that was taken apart.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct State {
    frames: Vec<Frame>,
    /// The term of the innermost frame as far as it is written; `None` where a value has to follow.
    term: Option<FormulaKind>,
    leaves: usize,
}

/// The beginnings of a language.
#[derive(Debug)]
pub struct Prefixes<'l> {
    language: &'l Language,
    leaves: Vec<(String, FormulaKind)>,
    /// By brackets left.
    parts: Vec<Parts>,
    known: RefCell<BTreeMap<State, bool>>,
}

impl<'l> Prefixes<'l> {
    /// The beginnings of a language.
    pub fn new(language: &'l Language) -> Self {
        let leaves = kinds_of(language);
        let mut parts: Vec<Parts> = Vec::new();
        for _ in 0..=MOST_BRACKETS {
            parts.push(Parts::new(&leaves, parts.last()));
        }
        Self { language, leaves, parts, known: RefCell::default() }
    }

    /// Whether a language has any derivation. Brackets reach no kind that products and quotients do not.
    pub fn are_any(language: &Language) -> bool {
        let parts = Parts::new(&kinds_of(language), None);
        parts.sums.iter().skip(2).flatten().any(|kind| kind.gives(language.target))
    }

    /// Whether the text is a derivation, or "none".
    pub fn is_whole(&self, text: &str) -> bool {
        text == NONE || self.language.read(text).is_some()
    }

    /// Whether a derivation, or "none", goes on from the text or is it. Operators have a space on either side.
    pub fn go_on(&self, text: &str) -> bool {
        NONE.starts_with(text) || self.states(text).iter().any(|state| self.ends_well(state))
    }

    /// What the text may be the beginning of: a last word that is not whole can become several.
    fn states(&self, text: &str) -> Vec<State> {
        let mut state = State::start();
        let mut rest = text;
        loop {
            while let Some(inner) = rest.strip_prefix('(') {
                state.frames.push(Frame::default());
                rest = inner;
            }
            let (word, after) = rest.split_at(rest.find([' ', ')']).unwrap_or(rest.len()));
            let whole = !after.is_empty();
            let fitting = |own: &str| if whole { own == word } else { own.starts_with(word) };
            let kinds = self.leaves.iter().filter(|(own, _)| fitting(own)).map(|(_, kind)| *kind);
            let kinds: BTreeSet<FormulaKind> = kinds.collect();
            if !whole {
                // Nothing is written of the next value yet: brackets may stand before it, too.
                let open = word.is_empty().then(|| state.clone());
                return kinds.into_iter().filter_map(|kind| state.clone().with(kind)).chain(open).collect();
            }
            let Some(next) = kinds.first().and_then(|kind| state.with(*kind)) else { return Vec::new() };
            state = next;
            rest = after;
            while let Some(outer) = rest.strip_prefix(')') {
                let Some(closed) = state.closed() else { return Vec::new() };
                state = closed;
                rest = outer;
            }
            if rest.is_empty() {
                return vec![state];
            }
            let marks: Vec<char> = rest.chars().take(3).collect();
            let operators = Operator::ALL.into_iter().filter(|own| marks.get(1).is_none_or(|mark| *mark == own.mark()));
            let mut next: Vec<State> = operators.filter_map(|own| state.joined(own)).collect();
            match (marks.as_slice(), next.pop()) {
                ([' ', _, ' '], Some(joined)) => {
                    state = joined;
                    rest = &rest[3..];
                }
                ([' '] | [' ', _], Some(joined)) => {
                    next.push(joined);
                    return next;
                }
                _ => return Vec::new(),
            }
        }
    }

    /// Whether a derivation ends what is begun.
    fn ends_well(&self, state: &State) -> bool {
        if state.leaves > MOST_LEAVES || state.frames.len() > MOST_BRACKETS + 1 {
            return false;
        }
        if let Some(known) = self.known.borrow().get(state) {
            return *known;
        }
        let found = self.ends(state).iter().any(|(kind, more)| {
            let leaves = state.leaves + more;
            leaves >= 2 && kind.gives(self.language.target)
        });
        self.known.borrow_mut().insert(state.clone(), found);
        found
    }

    /// What the whole can be in the end, with how many leaves more.
    fn ends(&self, state: &State) -> Reached {
        let most = MOST_LEAVES - state.leaves;
        let mut inner: Option<Reached> = state.term.map(|term| Reached::from([(term, 0)]));
        for (depth, frame) in state.frames.iter().enumerate().rev() {
            let Some(parts) = MOST_BRACKETS.checked_sub(depth).and_then(|left| self.parts.get(left)) else {
                return Reached::new();
            };
            // A whole term already, where the frame is the one that is being written in; else the factor that is put into it.
            let terms = match inner {
                Some(terms) if depth + 1 == state.frames.len() => terms,
                Some(factors) => frame.factored(&factors),
                None => frame.factored(&reached(&parts.factors, most)),
            };
            let terms = extended(terms, &parts.factors, most, &[Operator::Times, Operator::Over]);
            let sums = match frame.terms {
                None => terms,
                Some(before) => {
                    let sum = |(kind, used): &(FormulaKind, usize)| Some((before.with(Operator::Plus, *kind)?, *used));
                    terms.iter().filter_map(sum).collect()
                }
            };
            inner = Some(extended(sums, &parts.terms, most, &[Operator::Plus]));
        }
        inner.unwrap_or_default()
    }
}

/// The values and constants of a language by how they are written.
fn kinds_of(language: &Language) -> Vec<(String, FormulaKind)> {
    let leaves = language.leaves().into_iter();
    leaves.filter_map(|(written, leaf)| Some((written, language.kind(&leaf)?))).collect()
}

impl State {
    fn start() -> Self {
        Self { frames: vec![Frame::default()], term: None, leaves: 0 }
    }

    /// A value is written.
    fn with(mut self, kind: FormulaKind) -> Option<Self> {
        self.leaves += 1;
        self.put(kind)
    }

    fn put(mut self, kind: FormulaKind) -> Option<Self> {
        let frame = self.frames.last_mut()?;
        self.term = match frame.factors.take() {
            Some((before, operator)) => before.with(operator, kind),
            None => Some(kind),
        };
        self.term.map(|_| self)
    }

    /// The innermost bracket is closed.
    fn closed(mut self) -> Option<Self> {
        let (frame, term) = (self.frames.pop()?, self.term.take()?);
        let kind = match frame.terms {
            Some(before) => before.with(Operator::Plus, term)?,
            None => term,
        };
        self.put(kind)
    }

    /// An operator is written.
    fn joined(&self, operator: Operator) -> Option<Self> {
        let mut next = self.clone();
        let (frame, term) = (next.frames.last_mut()?, next.term.take()?);
        if operator.is_additive() {
            frame.terms = Some(frame.terms.map_or(Some(term), |before| before.with(Operator::Plus, term))?);
        } else {
            frame.factors = Some((term, operator));
        }
        Some(next)
    }
}

impl Frame {
    /// The terms that factors make behind those that are written.
    fn factored(&self, factors: &Reached) -> Reached {
        let with = |(kind, used): &(FormulaKind, usize)| match self.factors {
            Some((before, operator)) => Some((before.with(operator, *kind)?, *used)),
            None => Some((*kind, *used)),
        };
        factors.iter().filter_map(with).collect()
    }
}

impl Parts {
    /// The parts with one more bracket than `inner`.
    fn new(leaves: &[(String, FormulaKind)], inner: Option<&Self>) -> Self {
        let mut own = Self::default();
        for count in 0..=MOST_LEAVES {
            let mut factors = inner.map(|inner| inner.sums[count].clone()).unwrap_or_default();
            if count == 1 {
                factors.extend(leaves.iter().map(|(_, kind)| *kind));
            }
            own.factors.push(factors);
            let terms = joined(&own.terms, &own.factors, count, &[Operator::Times, Operator::Over]);
            own.terms.push(&terms | &own.factors[count]);
            let sums = joined(&own.sums, &own.terms, count, &[Operator::Plus]);
            own.sums.push(&sums | &own.terms[count]);
        }
        own
    }
}

/// The kinds of so many leaves that a part before and one behind make.
fn joined(
    before: &[BTreeSet<FormulaKind>],
    behind: &[BTreeSet<FormulaKind>],
    count: usize,
    operators: &[Operator],
) -> BTreeSet<FormulaKind> {
    let mut found = BTreeSet::new();
    for first in 1..count {
        for left in &before[first] {
            for right in &behind[count - first] {
                found.extend(operators.iter().filter_map(|operator| left.with(*operator, *right)));
            }
        }
    }
    found
}

/// Parts of up to so many leaves.
fn reached(parts: &[BTreeSet<FormulaKind>], most: usize) -> Reached {
    let counted = parts.iter().enumerate().take(most + 1);
    counted.flat_map(|(count, kinds)| kinds.iter().map(move |kind| (*kind, count))).collect()
}

/// What parts can become by more of them behind.
fn extended(start: Reached, parts: &[BTreeSet<FormulaKind>], most: usize, operators: &[Operator]) -> Reached {
    let mut all: Vec<BTreeSet<FormulaKind>> = vec![BTreeSet::new(); most + 1];
    for (kind, used) in start {
        if let Some(own) = all.get_mut(used) {
            own.insert(kind);
        }
    }
    for used in 0..=most {
        for more in 1..=most - used {
            let next: Vec<FormulaKind> = all[used]
                .iter()
                .flat_map(|own| parts[more].iter().map(move |part| (own, part)))
                .flat_map(|(own, part)| operators.iter().filter_map(move |operator| own.with(*operator, *part)))
                .collect();
            all[used + more].extend(next);
        }
    }
    reached(&all, most)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::arithmetic::Dimension;
    use crate::search::{Constant, Formula, ValueKind};

    fn dose() -> Language {
        let per_day = Dimension::MASS.over(Dimension::TIME);
        let values = [Dimension::MASS, per_day, Dimension::TIME].map(ValueKind::Measured).to_vec();
        Language { target: ValueKind::Measured(Dimension::MASS), values: [values, vec![ValueKind::Count]].concat() }
    }

    #[test]
    fn beginnings_without_an_end_are_cut_off() {
        let language = dose();
        let prefixes = Prefixes::new(&language);
        for text in
            ["", "n", "none", "q", "q1", "q1 ", "q1 +", "q1 + ", "(", "(q1 + q2 * q3", "q2 * q3 / (q4 + ", "2 * q"]
        {
            assert!(prefixes.go_on(text), "{text}");
        }
        // A mass and a mass a day have no sum; a fifth value, a third bracket and a constant of units are too much.
        let wrong = [
            "nine",
            "q5",
            "q1 + q2 + ",
            "q1 + q1 + q1 + q1 + q1 + ",
            "(((",
            "24",
            "q1  ",
            "q1 * -",
            "q1)",
            "q1 q2",
            "(q1 + q2)",
        ];
        for text in wrong {
            assert!(!prefixes.go_on(text), "{text}");
        }
        assert!(prefixes.is_whole("q2 * q3 - q1") && !prefixes.is_whole("q2 * q3 -") && !prefixes.is_whole("q1"));
        assert!(!prefixes.is_whole("q2 * q4") && prefixes.is_whole("none"));
    }

    #[test]
    fn constants_that_convert_units_are_for_plain_numbers_alone() {
        let written = |language: &Language| language.constants().map(Constant::written).collect::<Vec<_>>();
        assert_eq!(written(&dose()), ["2"]);
        let shares = Language { target: ValueKind::Percentage, values: vec![ValueKind::Count; 2] };
        assert_eq!(written(&shares), ["2", "100%", "7", "12", "24", "60", "365", "1000"]);
        let canonical = |text: &str| shares.read(text).and_then(|own| own.canonical()).map(|own| own.written());
        assert_eq!(canonical("100% - q2 / q1").as_deref(), Some("100% - q2 / q1"));
        assert_eq!(canonical("(q2 - q1) / q2").as_deref(), Some("(q2 - q1) / q2"));
        assert_eq!(canonical("q1*q2"), None, "no share");
    }

    #[test]
    fn one_writing_stands_for_all_that_say_the_same() {
        let language = Language { target: ValueKind::Count, values: vec![ValueKind::Count; 4] };
        let canonical = |text: &str| language.read(text).and_then(|own| own.canonical()).map(|own| own.written());
        assert_eq!(canonical("q3 + q1 - (q4 - q2)"), canonical("q1 + q2 + q3 - q4"));
        assert_eq!(canonical("(q2 + q1) * q3"), canonical("q3 × (q1 + q2)"));
        assert_eq!(canonical("q1 / (q2 / q3)").as_deref(), Some("q1 * q3 / q2"));
        assert_eq!(canonical("q1 - (q2 + q3)").as_deref(), Some("q1 - q2 - q3"));
        assert_eq!(canonical("q1 + q2 - q2"), None, "it is a value alone");
        assert_eq!(canonical("2 * 7"), None, "no value is in it");
    }

    /// A language with a derivation of it, drawn.
    fn written() -> impl Strategy<Value = (Language, String)> {
        let kind = prop_oneof![
            Just(ValueKind::Count),
            Just(ValueKind::Percentage),
            Just(ValueKind::Measured(Dimension::MASS)),
            Just(ValueKind::Measured(Dimension::TIME)),
        ];
        let leaf = (0_usize..12).prop_map(Formula::Value);
        let formula = leaf.prop_recursive(4, 6, 2, |inner| {
            let operator = prop::sample::select(Operator::ALL.to_vec());
            (operator, inner.clone(), inner).prop_map(|(operator, a, b)| Formula::call(operator, a, b))
        });
        (kind.clone(), prop::collection::vec(kind, 12), formula)
            .prop_map(|(target, values, formula)| (Language { target, values }, formula.written()))
    }

    proptest! {
        #[test]
        fn every_beginning_of_a_derivation_goes_on_and_no_other_text_does((language, text) in written()) {
            let prefixes = Prefixes::new(&language);
            if language.read(&text).is_some() {
                for end in 0..=text.len() {
                    prop_assert!(prefixes.go_on(&text[..end]), "{}", &text[..end]);
                }
                let canonical = |text: &str| language.read(text).and_then(|own| language.canonical(&own));
                if let Some(own) = canonical(&text) {
                    let again = canonical(&own.written());
                    prop_assert_eq!(again, Some(own));
                }
            }
        }

        #[test]
        fn what_goes_on_has_an_end((language, text) in written(), end in 0_usize..40) {
            let prefixes = Prefixes::new(&language);
            let mut text = text[..end.min(text.len())].to_owned();
            prop_assume!(prefixes.go_on(&text));
            // Whatever is written on, as long as the beginning goes on, an end is found.
            while !prefixes.is_whole(&text) {
                let next = "()+-*/ q123456789%0none".chars().find(|letter| {
                    let more = format!("{text}{letter}");
                    prefixes.go_on(&more)
                });
                let Some(letter) = next else {
                    return Err(TestCaseError::fail(format!("`{text}` goes on with nothing")));
                };
                text.push(letter);
            }
        }
    }

    #[test]
    fn where_a_text_can_begin_there_is_a_derivation() {
        let (mass, time) = (ValueKind::Measured(Dimension::MASS), ValueKind::Measured(Dimension::TIME));
        let per_time = ValueKind::Measured(Dimension::ONE.over(Dimension::TIME));
        for target in [mass, time, per_time, ValueKind::Count, ValueKind::Percentage] {
            for values in [vec![mass], vec![time, time], vec![mass, time], vec![ValueKind::Count, mass]] {
                let language = Language { target, values };
                let begins = Prefixes::new(&language).ends_well(&State::start());
                assert_eq!(Prefixes::are_any(&language), begins, "{language:?}");
            }
        }
    }
}
