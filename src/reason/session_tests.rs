//! The session against models that answer as they are told.

use std::collections::BTreeMap;
use std::io::BufReader;
use std::sync::{Arc, Mutex};

use crate::document::TextIndex;
use crate::search::{Form, Proposed};

use super::{
    Answer, Answered, Answers, Budget, Cached, Identity, Prompt, Question, Questions, Reasoner, RecordHeader,
    Recording, Replay, Session, Source, fixture,
};

/// What a model of the tests answers a prompt at one vote.
type Answering = dyn Fn(&Prompt, usize) -> Answer + Send + Sync;

/// Answers by a function of the prompt and how often it was asked, and counts.
#[derive(Clone)]
struct Told {
    identity: Identity,
    asked: Arc<Mutex<Vec<String>>>,
    answer: Arc<Answering>,
}

impl std::fmt::Debug for Told {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Told")
    }
}

impl Told {
    fn new(answer: impl Fn(&Prompt, usize) -> Answer + Send + Sync + 'static) -> Self {
        let identity = Identity { name: "told".to_owned(), sha256: None, endpoint: None };
        Self { identity, asked: Arc::default(), answer: Arc::new(answer) }
    }

    fn boxed(&self) -> Box<dyn Reasoner> {
        Box::new(self.clone())
    }

    fn count(&self) -> usize {
        self.asked.lock().expect("no panic").len()
    }
}

impl Reasoner for Told {
    fn identity(&self) -> &Identity {
        &self.identity
    }

    fn tokens(&self, _: &Prompt) -> u64 {
        100
    }

    fn answer(&mut self, prompts: &[Prompt]) -> Vec<Answered> {
        let mut asked = self.asked.lock().expect("no panic");
        prompts
            .iter()
            .map(|prompt| {
                let answer = (self.answer)(prompt, asked.len());
                asked.push(prompt.key.clone());
                answer.into()
            })
            .collect()
    }
}

const TEXT: &str = "The hold took 1,243 kg of rope and 368 kg of tar. The whole load weighed 1,611 kg at the quay.\n\n\
                    A second hold took 2,251 kg of rope and 517 kg of tar. Its whole load weighed 2,768 kg at the quay.\n\n\
                    A third hold took 1,999 kg of rope and 427 kg of tar. Its whole load weighed 2,426 kg at the quay.";

fn questions() -> Questions {
    let (document, mentions) = fixture::paper(TEXT);
    let index = TextIndex::new(&document.text);
    let all = Question::all(Source { document: &document, index: &index, mentions: &mentions }, &[]);
    assert!(all.list.len() >= 3, "{}", all.list.len());
    all
}

fn sum(prompt: &Prompt, _: usize) -> Answer {
    prompt.options.iter().position(|option| option == "q1 + q2").map_or(Answer::None, Answer::Chosen)
}

fn ask(reasoner: Box<dyn Reasoner>, votes: u32, budget: Budget) -> Answers {
    Session::new(reasoner, votes, budget).ask(&questions(), 1, &|| false)
}

#[test]
fn votes_under_other_orders_agree_on_the_same_program() {
    let told = Told::new(sum);
    let answers = ask(told.boxed(), 5, Budget::default());
    assert!(!answers.selections.is_empty());
    for selection in &answers.selections {
        assert!(selection.votes.agree() && selection.votes.cast == 4, "{selection:?}");
    }
    // A model that always takes the first line agrees with nobody, as the lines change places.
    let first = ask(Told::new(|_, _| Answer::Chosen(0)).boxed(), 5, Budget::default());
    assert!(first.selections.iter().filter(|selection| selection.votes.agree()).count() < answers.selections.len());
}

#[test]
fn what_is_no_answer_selects_nothing() {
    for answer in [Answer::Unusable, Answer::Failed, Answer::None, Answer::Chosen(usize::MAX)] {
        let told = answer.clone();
        let answers = ask(Told::new(move |_, _| told.clone()).boxed(), 3, Budget::default());
        assert!(answers.selections.is_empty(), "{answer:?}");
        let (asked, all) = (answers.asked, questions().list.len() as u64);
        assert_eq!((asked.questions, asked.left_out), (all, 0), "{answer:?}");
        let unanswered = matches!(answer, Answer::Unusable | Answer::Failed);
        assert_eq!(if unanswered { asked.unanswered } else { asked.none }, all, "{answer:?}");
    }
}

#[test]
fn a_budget_is_counted_before_it_is_spent_and_nothing_is_lost() {
    let all = questions().list.len() as u64;
    for tokens in [0, 99, 100, 250, 299, 300, 100_000] {
        let told = Told::new(sum);
        let budget = Budget { tokens: Some(tokens), ..Budget::default() };
        let answers = ask(told.boxed(), 1, budget);
        assert!(answers.asked.tokens <= tokens, "{tokens}");
        assert_eq!(answers.asked.questions, all.min(tokens / 100), "{tokens}");
        assert_eq!(answers.asked.questions + answers.asked.left_out, all, "{tokens}");
    }
    // With votes, a question is asked only where all of its votes fit; those that it does not need are there for others.
    let budget = Budget { tokens: Some(1000), ..Budget::default() };
    let answers = ask(Told::new(sum).boxed(), 5, budget);
    assert!(answers.asked.questions >= 2 && answers.asked.tokens <= 1000, "{:?}", answers.asked);
    // Two papers to come: the first may take half.
    let budget = Budget { tokens: Some(400), ..Budget::default() };
    let mut session = Session::new(Told::new(sum).boxed(), 1, budget);
    assert_eq!(session.ask(&questions(), 2, &|| false).asked.questions, 2);
    assert_eq!(session.ask(&questions(), 1, &|| false).asked.questions, 2);
}

#[test]
fn money_that_is_spent_and_a_run_that_ends_leave_the_rest_out() {
    let all = questions().list.len() as u64;
    let none = Budget { cost: Some(0), price: Some(1), ..Budget::default() };
    assert_eq!(ask(Told::new(sum).boxed(), 1, none).asked.left_out, all);
    let none = Budget { seconds: Some(0), ..Budget::default() };
    assert_eq!(ask(Told::new(sum).boxed(), 1, none).asked.left_out, all);
    let stopped = Session::new(Told::new(sum).boxed(), 1, Budget::default()).ask(&questions(), 1, &|| true);
    assert_eq!(stopped.asked.left_out, all);
}

#[test]
fn a_second_run_asks_nothing_and_a_failing_one_leaves_nothing_behind() {
    let folder = tempfile::tempdir().expect("a folder");
    let failing = Told::new(|_, at| if at.is_multiple_of(2) { Answer::Failed } else { Answer::Unusable });
    ask(Box::new(Cached::new(failing.boxed(), folder.path())), 1, Budget::default());
    assert!(std::fs::read_dir(folder.path()).expect("a folder").next().is_none(), "no answer is no answer to keep");
    let told = Told::new(sum);
    let first = ask(Box::new(Cached::new(told.boxed(), folder.path())), 3, Budget::default());
    let asked = told.count();
    assert!(asked > 0);
    let second = ask(Box::new(Cached::new(told.boxed(), folder.path())), 3, Budget::default());
    assert_eq!((told.count(), &second), (asked, &first));
    // Another model has other answers.
    let mut other = told.clone();
    other.identity.name = "other".to_owned();
    ask(Box::new(Cached::new(other.boxed(), folder.path())), 3, Budget::default());
    assert_eq!(told.count(), 2 * asked);
}

#[test]
fn a_spoiled_cache_is_asked_again_and_never_believed() {
    let folder = tempfile::tempdir().expect("a folder");
    let told = Told::new(sum);
    let first = ask(Box::new(Cached::new(told.boxed(), folder.path())), 1, Budget::default());
    let asked = told.count();
    let spoiled = [
        "",
        "{",
        "{\"schema\":1,\"answer\":{\"program\":\"q1 + q999\"}}",
        "{\"schema\":2,\"answer\":\"none\"}",
        "{\"schema\":1,\"answer\":\"failed\"}",
        "{\"schema\":1,\"answer\":{\"program\":\"1611\"}}",
    ];
    let mut written = 0;
    for sub in std::fs::read_dir(folder.path()).expect("a folder").flatten() {
        for file in std::fs::read_dir(sub.path()).expect("a folder").flatten() {
            std::fs::write(file.path(), spoiled[written % spoiled.len()]).expect("written");
            written += 1;
        }
    }
    assert_eq!(written, asked);
    let second = ask(Box::new(Cached::new(told.boxed(), folder.path())), 1, Budget::default());
    assert_eq!((told.count(), second), (2 * asked, first));
}

/// A writer whose bytes can be looked at afterwards.
#[derive(Clone, Default)]
struct Shared(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("no panic").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn recorded(told: &Told, votes: u32, budget: Budget) -> (Answers, Vec<u8>) {
    let out = Shared::default();
    let header = RecordHeader::new(told.identity.clone(), votes, budget);
    let (recording, state) = Recording::new(told.boxed(), &header, Box::new(out.clone()));
    let answers = ask(Box::new(recording), votes, budget);
    assert!(state.error().is_none());
    let bytes = out.0.lock().expect("no panic").clone();
    (answers, bytes)
}

#[test]
fn a_record_replays_the_same_answers_without_the_model() {
    let mixed = |prompt: &Prompt, at: usize| match at % 5 {
        0 => Answer::Failed,
        1 => Answer::Unusable,
        2 => Answer::None,
        _ => sum(prompt, at),
    };
    for (votes, tokens) in [(1, None), (3, None), (5, Some(1200))] {
        let budget = Budget { tokens, ..Budget::default() };
        let (answers, bytes) = recorded(&Told::new(mixed), votes, budget);
        let replay = Replay::read(BufReader::new(bytes.as_slice())).expect("a record");
        assert_eq!((replay.header().votes, replay.header().budget), (votes, budget));
        // A record says what was left out for the budget, so a replay needs none.
        assert_eq!(ask(Box::new(replay), votes, Budget::default()), answers, "{votes} votes");
    }
}

#[test]
fn records_that_are_none_are_told_and_a_cut_one_is_read_as_far_as_it_goes() {
    let (answers, bytes) = recorded(&Told::new(sum), 1, Budget::default());
    let text = String::from_utf8(bytes).expect("JSON");
    let read = |text: &str| Replay::read(BufReader::new(text.as_bytes()));
    let cut = read(&text[..text.len() - 10]).expect("cut within the last line");
    let fewer = ask(Box::new(cut), 1, Budget::default());
    assert_eq!(fewer.asked.left_out, 1);
    assert_eq!(fewer.asked.questions + 1, answers.asked.questions);
    assert!(read("").is_err() && read("{}\n").is_err());
    let lines: BTreeMap<usize, &str> = text.lines().enumerate().collect();
    assert!(read(&format!("{}\nno line\n{}\n", lines[&0], lines[&1])).is_err());
    let other = lines[&0].replace("\"template\":", "\"template\":9");
    assert!(read(&format!("{other}\n")).expect_err("another wording").to_string().contains("another version"));
    // A record that names programs of its own is not believed.
    let forged = text.replace("q1 + q2", "q1 + q2 + 1000");
    let forged = ask(Box::new(read(&forged).expect("its form is right")), 1, Budget::default());
    assert!(
        forged
            .selections
            .iter()
            .all(|selection| selection.program != Proposed::Listed(Form::Sum) || selection.votes.cast == 0)
    );
}

const BLOCK: &str = "A block of 0.5200 m by 0.4100 m by 0.3300 m weighed 190.00 kg, thus a density of 2,701 kg/m3.";

/// The question whose answer is written.
fn to_write() -> Questions {
    let (document, mentions) = fixture::paper(BLOCK);
    let index = TextIndex::new(&document.text);
    let mut all = Question::all(Source { document: &document, index: &index, mentions: &mentions }, &[]);
    all.list.retain(|question| question.language.is_some());
    assert_eq!(all.list.len(), 1);
    all
}

#[test]
fn derivations_that_say_the_same_agree_and_are_kept_by_vote() {
    let folder = tempfile::tempdir().expect("a folder");
    let texts = ["q4 / q1 / q2 / q3", "q4 / (q3 * q2 * q1)", "none", "q4 / (q1 * q2) / q3", "q4 / q1 / (q3 * q2)"];
    let told = Told::new(move |prompt, _| Answer::written(prompt, texts[prompt.vote as usize]));
    let run = || {
        let cached = Box::new(Cached::new(told.boxed(), folder.path()));
        Session::new(cached, 5, Budget::default()).ask(&to_write(), 1, &|| false)
    };
    let first = run();
    let [selection] = &first.selections[..] else { panic!("{first:?}") };
    assert!(selection.votes.agree() && selection.votes.agreeing == 4 && selection.options == 0, "{selection:?}");
    assert_eq!((selection.program.arity(), selection.operands.len()), (4, 4));
    let asked = told.count();
    assert_eq!((run(), told.count()), (first, asked));
    // What says nothing of the value is a vote for none, and what is not of the language none at all.
    let question = &to_write().list[0];
    let answer = |text: &str| Answer::written(&Prompt::new(question, 0), text);
    assert_eq!(answer("q4 / (q1 * q2 * q3) + q9"), Answer::Unusable);
    assert_eq!(answer("q4 * q1 / q1"), Answer::Unusable);
    assert_eq!(answer(" none "), Answer::None);
}
