//! Questions: a passage with one value hidden, and the programs that it could follow from.
//!
//! A question is made where the paper is, travels to where the model is, and its answer comes back as a program over quantities
//! of the paper. What is asked is decided by the words alone: neither the choice of the targets nor that of the options sees
//! a stated value. Where there is no program to choose, and the words beside the value say that it follows from others, the
//! question is to write one.

use serde::{Deserialize, Serialize};

use crate::document::TextRange;
use crate::extract::QuantityIx;
use crate::search::ranker::is_said_to_follow;
use crate::search::{FARTHEST, Language, Limits, Prefixes, Program, Ranker, Scene, Values, Window, programs};

use super::masked::{Source, passage};

/// The version of serialised questions.
pub const QUESTION_SCHEMA: u32 = 2;

/// The most options of a question: of more programs, those that the built-in ranker holds for the likeliest.
pub const MOST_OPTIONS: usize = 24;

/// The most questions of a paper.
pub const MOST_QUESTIONS: usize = 32;

/// The most questions of a paper whose answer is written.
pub const MOST_WRITTEN: usize = 8;

/// How likely a value follows that the words say so of and for which nothing is listed. In `corpora/windows` all ten do; papers
/// are less tidy.
const WRITTEN_SHARE: f64 = 0.3;

/// Below this share for all programs together the built-in ranker holds that the value follows from none, and no question is asked.
const LEAST_DERIVED: f64 = 0.05;

/// A question about one value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Question {
    /// [`QUESTION_SCHEMA`].
    pub schema: u32,
    /// The value in question.
    pub target: QuantityIx,
    /// The passage, as data on one line.
    pub passage: String,
    /// The values with ids, `q1` first, as quantities of the paper.
    pub spans: Vec<QuantityIx>,
    /// The programs over the spans by index, the likeliest to the built-in ranker first.
    pub options: Vec<Program>,
    /// The derivations that an answer may be, where it is written and there are no options.
    pub language: Option<Language>,
    /// What an answer is worth beside others, in thousandths: how likely the value follows from others at all, and how much a
    /// match or a mismatch of so many digits says.
    pub worth: u32,
}

/// The questions of a paper, the most worth first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Questions {
    /// The questions.
    pub list: Vec<Question>,
    /// How many more there would have been beyond [`MOST_QUESTIONS`] and [`MOST_WRITTEN`].
    pub beyond: usize,
}

impl Question {
    /// Whether there is anything to answer with.
    pub const fn has_answers(&self) -> bool {
        !self.options.is_empty() || self.language.is_some()
    }

    /// An option as it is written: `q1 + q2`.
    pub fn written(&self, option: usize) -> Option<String> {
        let program = self.options.get(option)?;
        let names: Vec<String> = program.operands.iter().map(|at| format!("q{}", at + 1)).collect();
        Some(program.form.written(&names))
    }

    /// The question about the target of a window whose values stand up to `reach` sentences away, with these programs as options in
    /// this order; `None` where the passage would be too long.
    pub fn of(source: Source<'_>, window: &Window, reach: usize, options: Vec<Program>) -> Option<Self> {
        let (passage, shown) = passage(source, window, reach)?;
        let spans: Vec<QuantityIx> = window.operands.iter().filter_map(|operand| operand.source.quantity()).collect();
        let target = window.target.quantity;
        // A value whose sentence is not shown has no id.
        (shown == spans.len()).then_some(Self {
            schema: QUESTION_SCHEMA,
            target,
            passage,
            spans,
            options,
            language: None,
            worth: 0,
        })
    }

    /// The question about a value; `None` where it is no target, has no program, or too many to say anything of, and where the words
    /// hardly speak of a derivation.
    pub fn about(source: Source<'_>, values: &Values, target: QuantityIx, ranker: &Ranker) -> Option<Self> {
        (0..=FARTHEST).rev().find_map(|reach| {
            let window = Window::around(source.mentions, values, target, reach)?;
            let question = Self::of(source, &window, reach, Vec::new())?;
            let found = programs(&window, &Limits::default());
            let derived = found.derived(&window);
            if found.cut || derived.is_empty() {
                return None;
            }
            let scene = Scene::of(source.document, source.index, source.mentions, &window);
            let shares = ranker.shares(&scene, &window, &derived);
            let likely = 1.0 - shares.last().copied().unwrap_or(1.0);
            if likely < LEAST_DERIVED {
                return None;
            }
            let mut order: Vec<usize> = (0..derived.len()).collect();
            // Stable: of equal shares the simpler program comes first.
            order.sort_by(|a, b| shares[*b].total_cmp(&shares[*a]));
            let options = order.iter().take(MOST_OPTIONS).map(|at| derived[*at].0.clone()).collect();
            Some(Self { options, worth: worth(likely, window.target.digits), ..question })
        })
    }

    /// The question about a value for which no program is listed, to be answered by writing one; `None` where the words
    /// before it do not say that it follows, no derivation over the values near it gives its kind, or too many would.
    pub fn to_write(source: Source<'_>, values: &Values, target: QuantityIx) -> Option<Self> {
        (0..=FARTHEST).rev().find_map(|reach| {
            let window = Window::around(source.mentions, values, target, reach)?;
            let kinds = window.operands.iter().map(|operand| operand.value.kind).collect();
            let language = Language { target: window.target.kind, values: kinds };
            let scene = Scene::of(source.document, source.index, source.mentions, &window);
            if !is_said_to_follow(&scene) || language.values.len() < 2 || !language.tells() {
                return None;
            }
            if programs(&window, &Limits::default()).cut || !Prefixes::are_any(&language) {
                return None;
            }
            let question = Self::of(source, &window, reach, Vec::new())?;
            Some(Self { language: Some(language), worth: worth(WRITTEN_SHARE, window.target.digits), ..question })
        })
    }

    /// The questions of a paper about the values that nothing has been proposed for: `taken` are the places of those for which
    /// something has.
    pub fn all(source: Source<'_>, taken: &[TextRange]) -> Questions {
        let values = Values::of(source.mentions);
        let ranker = Ranker::shipped();
        let is_taken = |target: &QuantityIx| {
            let range = source.mentions.quantities.get(target.0).map(|quantity| quantity.range);
            range.is_none_or(|range| taken.iter().any(|other| other.overlaps(range)))
        };
        let free = values.iter().map(|(target, _)| target).filter(|target| !is_taken(target));
        let asked = |target| {
            let listed = Self::about(source, &values, target, &ranker);
            listed.or_else(|| Self::to_write(source, &values, target))
        };
        let all: Vec<Self> = free.filter_map(asked).collect();
        let found = all.len();
        let (mut list, mut written): (Vec<Self>, Vec<Self>) = all.into_iter().partition(|one| one.language.is_none());
        let order = |question: &Self| (std::cmp::Reverse(question.worth), question.target);
        written.sort_by_key(order);
        written.truncate(MOST_WRITTEN);
        list.append(&mut written);
        list.sort_by_key(order);
        list.truncate(MOST_QUESTIONS);
        Questions { beyond: found - list.len(), list }
    }
}

/// A mismatch of two digits is mostly chance, of three seldom, of more hardly ever (design: the default proposer, 6.2).
fn worth(likely: f64, digits: usize) -> u32 {
    let telling = match digits {
        0 | 1 => 0.1,
        2 => 0.3,
        3 => 0.8,
        _ => 1.0,
    };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share is between 0 and 1")]
    let thousandths = (likely.clamp(0.0, 1.0) * telling * 1000.0) as u32;
    thousandths
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::TextIndex;
    use crate::reason::fixture;

    fn questions(text: &str) -> Vec<Question> {
        let (document, mentions) = fixture::paper(text);
        let index = TextIndex::new(&document.text);
        let source = Source { document: &document, index: &index, mentions: &mentions };
        Question::all(source, &[]).list
    }

    #[test]
    fn the_value_is_hidden_and_the_others_have_ids() {
        let text = "The hold took 1,243 kg of rope and 368 kg of tar. The whole load weighed 1,611 kg at the quay. See 1611 [q9: 5 kg].";
        let asked = questions(text);
        let load = asked.iter().find(|question| question.passage.contains("load weighed [TARGET")).expect("a question");
        assert_eq!(
            load.passage,
            "The hold took [q1: 1,243 kg] of rope and [q2: 368 kg] of tar. The whole load weighed [TARGET: kg, 4 digits] at the \
             quay. See [q3: hidden] (q9: 5 kg)."
        );
        assert!(load.options.len() <= MOST_OPTIONS);
        let written: Vec<String> = (0..load.options.len()).filter_map(|at| load.written(at)).collect();
        assert!(written.contains(&"q1 + q2".to_owned()), "{written:?}");
        assert!(load.spans.len() == 3 && load.written(written.len()).is_none());
    }

    #[test]
    fn what_is_taken_is_not_asked_again_and_questions_are_counted() {
        let text = "The hold took 1,243 kg of rope and 368 kg of tar. The whole load weighed 1,611 kg at the quay.";
        let (document, mentions) = fixture::paper(text);
        let index = TextIndex::new(&document.text);
        let source = Source { document: &document, index: &index, mentions: &mentions };
        let all = Question::all(source, &[]).list;
        let place = mentions.quantities[all[0].target.0].range;
        let fewer = Question::all(source, &[place]).list;
        assert_eq!(fewer.len() + 1, all.len());
        let many = "A crate held 1,243 kg of rope, 368 kg of tar and weighed 1,611 kg.\n\n".repeat(40);
        let (document, mentions) = fixture::paper(&many);
        let index = TextIndex::new(&document.text);
        let asked = Question::all(Source { document: &document, index: &index, mentions: &mentions }, &[]);
        assert_eq!(asked.list.len(), MOST_QUESTIONS);
        assert!(asked.beyond > 0 && asked.list.windows(2).all(|pair| pair[0].worth >= pair[1].worth));
    }

    #[test]
    fn another_value_at_the_target_gives_the_same_question() {
        let text = |value: &str| {
            format!("The hold took 1,243 kg of rope and 368 kg of tar. The whole load weighed {value} kg at the quay.")
        };
        let first = |text: &str| {
            let asked = questions(text);
            asked.into_iter().find(|question| question.passage.contains("weighed [TARGET")).expect("a question")
        };
        let own = first(&text("1,611"));
        for value in ["1,612", "9,876", "2,486", "1,116"] {
            assert_eq!(first(&text(value)), own, "{value}");
        }
    }
}
