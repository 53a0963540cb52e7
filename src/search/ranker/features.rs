//! The signs of a program in a window: what the sentence says for or against it. No sign sees the stated value.

use crate::search::{Enclosure, Form, Program, Scene, Token, ValueKind, Window};

use super::cues;
use super::signals::{OperationClass, Signal, none_slot, slots};

/// How many words from a number its own words stand.
const NEAR: usize = 6;

/// The signs that are not 0: the place of the weight, and how strong.
pub type Features = Vec<(u16, f64)>;

/// The signs of a program that gives `derived`.
pub fn features(scene: &Scene, window: &Window, program: &Program, derived: Enclosure) -> Features {
    let view = View::new(scene, window, program, derived);
    let mut found = Features::new();
    for signal in Signal::ALL {
        let value = view.value(signal);
        if value != 0.0 {
            found.extend(slots(signal, view.class).map(|slot| (slot_place(slot), value)));
        }
    }
    found
}

/// The signs that the value follows from none of so many programs.
pub fn none_features(scene: &Scene, window: &Window, programs: usize) -> Features {
    let target = &window.target;
    let flag = |holds: bool| if holds { 1.0 } else { 0.0 };
    let cue = near(scene, scene.target).any(|word| cues::classes(word) & !OperationClass::Share.bit() != 0);
    let values = [
        1.0,
        flag(target.kind == ValueKind::Count),
        flag(target.kind == ValueKind::Percentage),
        flag(target.kind == ValueKind::Number),
        flag(matches!(target.kind, ValueKind::Measured(_))),
        logarithm(programs),
        flag(cue),
        flag(target.digits >= 3),
        flag(target.list.is_some()),
        flag(is_bare(scene)),
    ];
    values
        .iter()
        .enumerate()
        .filter(|(_, value)| **value != 0.0)
        .map(|(at, value)| (slot_place(none_slot(at)), *value))
        .collect()
}

/// Whether the words say that the target follows from others: an equals sign stands before it, or such a word within a few words, with
/// no other number between. It is a much stronger sign than a word for an operation, which many sentences have.
pub fn is_said_to_follow(scene: &Scene) -> bool {
    let before = || scene.tokens[..scene.target.min(scene.tokens.len())].iter().rev();
    let equals = before().next() == Some(&Token::Mark('='));
    let own = before().take(NEAR).take_while(|token| matches!(token, Token::Word(_) | Token::Mark(_)));
    equals || own.into_iter().any(|token| matches!(token, Token::Word(word) if cues::says_following(word)))
}

/// Whether the target's sentence has less words than numbers and marks: an axis of a figure, a line of a formula.
fn is_bare(scene: &Scene) -> bool {
    let sentence = scene.sentence(scene.target);
    let words = sentence.clone().filter(|at| scene.word(*at).is_some()).count();
    2 * words < sentence.len()
}

/// A place as it is kept: there are a few hundred.
fn slot_place(slot: usize) -> u16 {
    u16::try_from(slot).unwrap_or(u16::MAX)
}

/// ln(1 + n).
fn logarithm(n: usize) -> f64 {
    libm::log1p(count(n))
}

#[expect(clippy::cast_precision_loss, reason = "counts of words and programs are far below the precision of the type")]
const fn count(n: usize) -> f64 {
    n as f64
}

/// The words near a place, in its sentence.
fn near(scene: &Scene, at: usize) -> impl Iterator<Item = &str> {
    let sentence = scene.sentence(at);
    let (from, end) = (at.saturating_sub(NEAR).max(sentence.start), (at + NEAR + 1).min(sentence.end));
    (from..end).filter_map(|at| scene.word(at))
}

/// A program with what of its window is looked at more than once.
struct View<'w> {
    scene: &'w Scene,
    window: &'w Window,
    program: &'w Program,
    derived: Enclosure,
    class: OperationClass,
    /// The places of the operands, in the order of the form's letters.
    places: Vec<usize>,
    /// The places of the operands, in the order of the text.
    sorted: Vec<usize>,
}

impl<'w> View<'w> {
    fn new(scene: &'w Scene, window: &'w Window, program: &'w Program, derived: Enclosure) -> Self {
        let places: Vec<usize> =
            program.operands.iter().map(|at| scene.operands.get(*at).copied().unwrap_or_default()).collect();
        let mut sorted = places.clone();
        sorted.sort_unstable();
        Self {
            scene,
            window,
            program,
            derived,
            class: OperationClass::of(program.form, window.target.kind),
            places,
            sorted,
        }
    }

    /// How strong a sign is.
    fn value(&self, signal: Signal) -> f64 {
        let flag = |holds: bool| if holds { 1.0 } else { 0.0 };
        let target = &self.window.target;
        match signal {
            Signal::Bias => 1.0,
            Signal::ThreeValues => flag(self.places.len() == 3),
            Signal::TwoOperations => flag(matches!(
                self.program.form,
                Form::ProductOver | Form::SumOver | Form::DifferenceOver | Form::OverSum
            )),
            Signal::OfCount => flag(target.kind == ValueKind::Count),
            Signal::OfMeasured => flag(matches!(target.kind, ValueKind::Measured(_))),
            Signal::SameSentence => self.share(|at| self.scene.sentence(self.scene.target).contains(&at)),
            Signal::Behind => self.share(|at| at >= self.scene.sentence(self.scene.target).end),
            Signal::Gap => self.gap(),
            Signal::Skipped => logarithm(self.skipped()),
            Signal::AllBefore => flag(self.places.iter().all(|at| *at < self.scene.target)),
            Signal::AllBehind => flag(self.places.iter().all(|at| *at > self.scene.target)),
            Signal::Cue => flag(self.cued(self.scene.sentence(self.scene.target).filter_map(|at| self.scene.word(at)))),
            Signal::CueNear => flag(self.cued(near(self.scene, self.scene.target))),
            Signal::CueAtOperand => flag(self.places.iter().any(|at| self.cued(near(self.scene, *at)))),
            Signal::Miscue => flag(self.miscued()),
            Signal::Joined => flag(self.pairs().all(|(a, b)| self.joined(a, b))),
            Signal::Sign => {
                flag(self.pairs().any(|(a, b)| self.marks(a, b).any(|c| cues::sign(c) & self.class.bit() != 0)))
            }
            Signal::Equals => flag(self.equals()),
            Signal::OutOf => flag(self.out_of()),
            Signal::Whole => flag(self.whole()),
            Signal::FromTo => flag(self.is_from_to()),
            Signal::TargetInBracket => flag(self.bracket_behind(self.places[0], self.scene.target, 4)),
            Signal::TargetBound => flag(self.bound(self.scene.target)),
            Signal::OperandBound => flag(self.places.iter().any(|at| self.bound(*at))),
            Signal::OfNumber => flag(target.kind == ValueKind::Number),
            Signal::Negative => flag(self.operands().any(|operand| operand.value.enclosure.lo < 0.0)),
            Signal::OperandsInBracket => {
                flag(self.places.iter().all(|at| self.bracket_behind(self.scene.target, *at, 40)))
            }
            Signal::LeftOut => logarithm(self.left_out()),
            Signal::SameNoun => self.nouns(|a, b| a == b),
            Signal::OtherNoun => self.nouns(|a, b| a != b),
            Signal::Impossible => flag(self.impossible()),
            Signal::NotWhole => flag(self.not_whole()),
            Signal::Year => flag(self.operands().any(is_year)),
            Signal::OneList => flag(self.one_list()),
            Signal::Respectively => {
                let sentence = self.scene.sentence(self.scene.target);
                flag(sentence.filter_map(|at| self.scene.word(at)).any(|word| word == "respectively"))
            }
            Signal::SameClause => self.share(|at| !self.between(at, self.scene.target).any(ends_clause)),
            Signal::Largest => flag(self.largest()),
            Signal::OneDigit => flag(self.operands().any(|operand| operand.value.digits <= 1)),
            Signal::TargetInList => flag(target.list.is_some()),
            Signal::Coarse => flag(
                self.operands()
                    .any(|operand| operand.value.kind != ValueKind::Count && operand.value.digits < target.digits),
            ),
        }
    }

    fn operands(&self) -> impl Iterator<Item = &crate::search::Candidate> {
        self.program.operands.iter().filter_map(|at| self.window.operands.get(*at))
    }

    /// The share of the operands whose place has something.
    fn share(&self, has: impl Fn(usize) -> bool) -> f64 {
        count(self.places.iter().filter(|at| has(**at)).count()) / count(self.places.len().max(1))
    }

    fn gap(&self) -> f64 {
        let gaps = self.places.iter().map(|at| logarithm(at.abs_diff(self.scene.target)));
        gaps.sum::<f64>() / count(self.places.len().max(1))
    }

    /// How many values of a kind that the program takes stand between the target and the furthest operand, untaken.
    fn skipped(&self) -> usize {
        let far = self.places.iter().copied().max_by_key(|at| at.abs_diff(self.scene.target)).unwrap_or_default();
        self.between(far, self.scene.target)
            .filter(|token| match token {
                Token::Operand(at) => !self.program.operands.contains(at) && self.takes_kind(*at),
                _ => false,
            })
            .count()
    }

    fn takes_kind(&self, operand: usize) -> bool {
        let kind = self.window.operands.get(operand).map(|operand| operand.value.kind);
        self.operands().any(|own| Some(own.value.kind) == kind)
    }

    /// The tokens between two places.
    fn between(&self, a: usize, b: usize) -> impl Iterator<Item = &'w Token> {
        let (from, end) = (a.min(b) + 1, a.max(b));
        self.scene.tokens.get(from..end.max(from)).unwrap_or_default().iter()
    }

    /// The marks between two places.
    fn marks(&self, a: usize, b: usize) -> impl Iterator<Item = char> {
        self.between(a, b).take(4).filter_map(|token| match token {
            Token::Mark(mark) => Some(*mark),
            _ => None,
        })
    }

    /// Operands that follow each other in the text.
    fn pairs(&self) -> impl Iterator<Item = (usize, usize)> {
        self.sorted.windows(2).map(|pair| (pair[0], pair[1]))
    }

    fn cued<'t>(&self, mut words: impl Iterator<Item = &'t str>) -> bool {
        words.any(|word| cues::classes(word) & self.class.bit() != 0)
    }

    fn miscued(&self) -> bool {
        let own = near(self.scene, self.scene.target).map(cues::classes).fold(0, |all, one| all | one);
        own != 0 && own & self.class.bit() == 0
    }

    fn joined(&self, a: usize, b: usize) -> bool {
        let mut tokens = 0;
        let mut joint = false;
        for token in self.between(a, b) {
            tokens += 1;
            joint |= match token {
                Token::Word(word) => matches!(word.as_str(), "and" | "or" | "plus" | "versus"),
                Token::Mark(mark) => matches!(mark, ',' | '+' | '/' | '\u{d7}' | ';' | '*'),
                Token::Stop | Token::Number | Token::Target | Token::Operand(_) => return false,
            };
        }
        joint && tokens <= 7
    }

    fn equals(&self) -> bool {
        let before = self.scene.target.checked_sub(1).and_then(|at| self.scene.tokens.get(at));
        let stated = matches!(before, Some(Token::Mark('=' | '\u{2248}')));
        stated && self.places.iter().all(|at| *at < self.scene.target)
    }

    /// "a of b" of the first and the last operand.
    fn out_of(&self) -> bool {
        let (a, b) = (self.places[0], self.places[self.places.len() - 1]);
        let near = b > a && b - a <= 6;
        near && self.between(a, b).any(|token| match token {
            Token::Word(word) => matches!(word.as_str(), "of" | "among" | "from"),
            Token::Mark(mark) => *mark == '/',
            _ => false,
        })
    }

    fn whole(&self) -> bool {
        let last = self.places[self.places.len() - 1];
        (1..=4).any(|back| {
            let word = last.checked_sub(back).and_then(|at| self.scene.word(at));
            matches!(word, Some("of" | "among" | "total" | "all"))
        })
    }

    fn is_from_to(&self) -> bool {
        let [a, .., b] = self.sorted[..] else { return false };
        let word = |at: usize, wanted: &str| {
            (1..=2)
                .any(|back| at.checked_sub(back).and_then(|at| self.scene.word(at)).is_some_and(|word| word == wanted))
        };
        (word(a, "from") && word(b, "to")) || (word(a, "to") && word(b, "from"))
    }

    /// Whether `inner` stands in a bracket that opens at most so many tokens behind `outer`.
    fn bracket_behind(&self, outer: usize, inner: usize, most: usize) -> bool {
        if inner <= outer || inner - outer > most {
            return false;
        }
        let mut open = 0;
        let mut first = None;
        for (at, token) in self.between(outer, inner).enumerate() {
            match token {
                Token::Mark('(' | '[') => {
                    open += 1;
                    first = first.or(Some(at));
                }
                Token::Mark(')' | ']') => open -= 1,
                Token::Stop => return false,
                _ => {}
            }
        }
        open == 1 && first.is_some_and(|at| at <= 3)
    }

    /// Whether a number stands in a bracket behind another one that has no part in the program: it is said of that one.
    fn bound(&self, at: usize) -> bool {
        let mut before = (0..at).rev().take(3).skip_while(|at| matches!(self.scene.tokens[*at], Token::Word(_)));
        let opens = before.next().is_some_and(|at| matches!(self.scene.tokens[at], Token::Mark('(' | '[')));
        let outer = (0..at).rev().take(7).find(|at| {
            matches!(self.scene.tokens[*at], Token::Number | Token::Operand(_) | Token::Target | Token::Stop)
        });
        let taken = |outer: usize| {
            outer == self.scene.target || self.places.contains(&outer) || self.scene.tokens[outer] == Token::Stop
        };
        opens && outer.is_some_and(|outer| !taken(outer))
    }

    /// How many values of the operands' kinds in the target's sentence the program does not take.
    fn left_out(&self) -> usize {
        let others = self.window.operands.iter().enumerate();
        others
            .filter(|(at, operand)| {
                operand.distance == 0 && !self.program.operands.contains(at) && self.takes_kind(*at)
            })
            .count()
    }

    /// The share of the operands whose noun stands to the target's in a relation.
    fn nouns(&self, stands: impl Fn(&str, &str) -> bool) -> f64 {
        let Some(own) = self.scene.noun(self.scene.target) else { return 0.0 };
        self.share(|at| self.scene.noun(at).is_some_and(|noun| stands(own, noun)))
    }

    fn impossible(&self) -> bool {
        let share = self.class == OperationClass::Share;
        self.derived.hi <= 0.0 || (share && self.derived.lo > 1.0)
    }

    fn not_whole(&self) -> bool {
        let count = self.window.target.kind == ValueKind::Count;
        count && libm::floor(self.derived.hi + 1e-9) < self.derived.lo - 1e-9
    }

    fn one_list(&self) -> bool {
        let mut lists = self.operands().map(|operand| operand.list);
        let first = lists.next().flatten();
        self.places.len() > 1 && first.is_some() && lists.all(|list| list == first)
    }

    fn largest(&self) -> bool {
        let Some(last) = self.program.operands.last().and_then(|at| self.window.operands.get(*at)) else {
            return false;
        };
        let alike = self.window.operands.iter().filter(|operand| operand.value.kind == last.value.kind);
        alike.map(|operand| operand.value.enclosure.hi).fold(f64::NEG_INFINITY, f64::max) <= last.value.enclosure.hi
    }
}

/// Whether a token ends a clause.
const fn ends_clause(token: &Token) -> bool {
    matches!(token, Token::Mark(',' | ';' | ':') | Token::Stop)
}

/// Whether an operand can be a year.
fn is_year(operand: &crate::search::Candidate) -> bool {
    let value = operand.value.enclosure;
    operand.value.kind == ValueKind::Count && value.width() == 0.0 && value.lo >= 1800.0 && value.hi <= 2035.0
}
