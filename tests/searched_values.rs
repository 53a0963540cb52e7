//! Values that a search finds the calculation of, over random numbers: sums and products that are worked out before they are printed are
//! never flagged, whichever value of them is looked at, and numbers drawn by chance hardly ever are.

#[path = "support/judged.rs"]
mod judged;

use proptest::prelude::*;

use judged::{is_flagged, names};
use rederive::document::TextIndex;
use rederive::extract::{Mentions, extract};
use rederive::read::{ReadLimits, read};
use rederive::search::{Beyond, Limits, Values, Window, programs};

fn is_held_against(text: &str) -> bool {
    names("MD101", text).into_iter().any(is_flagged)
}

fn loads(rope: &str, tar: &str, whole: &str) -> String {
    format!("The hold took {rope} kg of rope and {tar} kg of tar. The whole load weighed {whole} kg at the quay.")
}

proptest! {
    #[test]
    fn sums_and_products_that_hold_are_never_flagged(
        rope in 200_u32..9000,
        tar in 200_u32..9000,
        decimals in 0_usize..3,
    ) {
        let scale = [1.0, 10.0, 100.0][decimals];
        let (rope, tar) = (f64::from(rope) / scale, f64::from(tar) / scale);
        let text = |value: f64| format!("{value:.decimals$}");
        let sum = loads(&text(rope), &text(tar), &text(rope + tar));
        prop_assert!(!is_held_against(&sum), "{sum}: {:?}", names("MD101", &sum));
        let (speed, time, length) = (text(rope), text(tar), text(rope * tar));
        let run = format!("Rope ran off at {speed} m/s. After {time} s a length of {length} m had run off.");
        prop_assert!(!is_held_against(&run), "{run}: {:?}", names("MD101", &run));
        let named = format!(
            "All runs had a braking time of {time} s.\n\nRope ran off at {speed} m/s. Over the braking time {length} m had run off."
        );
        prop_assert!(!is_held_against(&named), "{named}: {:?}", names("MD101", &named));
    }
}

/// Numbers from 200 to 9199 that are the same in every run.
fn numbers() -> impl Iterator<Item = u64> {
    let step =
        |state: &u64| Some(state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407));
    std::iter::successors(Some(12_345_u64), step).skip(1).map(|state| 200 + (state >> 33) % 9000)
}

/// How many of two hundred loads are flagged, the whole worked out from the parts and drawn numbers.
fn flagged(whole: impl Fn(u64, u64, u64) -> u64) -> usize {
    let mut numbers = numbers();
    let mut next = || numbers.next().unwrap_or_default();
    let loads = (0..200).map(|_| {
        let (rope, tar, other) = (next(), next(), next());
        loads(&rope.to_string(), &tar.to_string(), &whole(rope, tar, other).to_string())
    });
    loads.filter(|text| is_held_against(text)).count()
}

/// Where the words speak of the sum, most that are ten times too large are flagged.
#[test]
fn most_sums_that_are_ten_times_too_large_are_flagged() {
    let found = flagged(|rope, tar, _| 10 * (rope + tar));
    assert!(found >= 150, "{found} of 200");
}

/// The share of numbers drawn by chance that are flagged stays below the expectation that a finding is told with.
#[test]
fn chance_is_hardly_ever_flagged() {
    let found = flagged(|_, _, other| other);
    assert!(found <= 6, "{found} of 200");
}

fn mentions(text: &str) -> Mentions {
    extract(&read(text.as_bytes(), &ReadLimits::default()).expect("a text can be read"))
}

/// So many masses in a row.
fn masses(from: usize, count: usize) -> String {
    (from..from + count).map(|at| format!("{} kg", 211 + 7 * at)).collect::<Vec<_>>().join(", ")
}

/// Nothing is looked for in a sentence with a thousand numbers, which is a list or a table read as text, and it lends nothing to others.
#[test]
fn a_sentence_with_a_thousand_numbers_is_left_alone() {
    let text = format!(
        "The hold took 1,243 kg of rope and 368 kg of tar. The others took {} of rope. The whole load weighed 1,611 kg at the quay.",
        masses(0, 1000)
    );
    let mentions = mentions(&text);
    assert!(mentions.quantities.len() > 1000, "{}", mentions.quantities.len());
    let values = Values::of(&mentions);
    let windows = Window::all(&mentions, &values, 2);
    assert_eq!(windows.iter().map(|window| window.operands.len()).collect::<Vec<_>>(), [2, 2, 2]);
    assert_eq!(names("MD101", &text), ["consistent"]);
}

/// However many values a passage names that stand elsewhere, a window takes a few of them.
#[test]
fn what_a_passage_names_is_limited() {
    let nouns =
        ["mast", "boom", "keel", "deck", "hull", "sail", "rope", "hatch", "cabin", "galley", "rudder", "anchor"];
    let given: Vec<String> =
        nouns.iter().zip(1..).map(|(noun, at)| format!("It has a {noun} of {at}.25 m.\n\n")).collect();
    let text = format!("{}The {} give a length of 52.50 m.", given.concat(), nouns.join(", the "));
    let document = read(text.as_bytes(), &ReadLimits::default()).expect("a text can be read");
    let mentions = extract(&document);
    let values = Values::of(&mentions);
    let beyond = Beyond::of(&document, &TextIndex::new(&document.text), &mentions, &values);
    let (target, _) = values.iter().last().expect("the length");
    let window = Window::beyond(&mentions, &values, &beyond, target).expect("nouns are named");
    assert_eq!(window.operands.len(), 6);
    assert!(window.operands.iter().all(|operand| !operand.source.is_here()));
}

/// Where every sentence has as many numbers as one may have, a window takes the nearest and no more programs are made than are counted.
#[test]
fn a_paragraph_with_a_thousand_numbers_stays_within_the_counted_limits() {
    let sentences =
        (0..125).map(|at| format!("Of the boats that came on that day the crews took {} of rope.", masses(8 * at, 8)));
    let mentions = mentions(&sentences.collect::<Vec<_>>().join(" "));
    assert!(mentions.quantities.len() >= 1000, "{}", mentions.quantities.len());
    let values = Values::of(&mentions);
    let windows = Window::all(&mentions, &values, 2);
    assert!(windows.len() >= 1000, "{}", windows.len());
    let (limits, few) = (Limits::default(), Limits { programs: 10, operands: 3 });
    assert!(windows.iter().all(|window| window.operands.len() <= 24));
    // The sentences at either end have fewer around them.
    for window in windows.iter().skip(16).step_by(97).take(9) {
        assert_eq!(window.operands.len(), 24);
        let found = programs(window, &limits);
        assert!(found.programs.len() <= limits.programs && (found.cut || found.programs.len() > 10));
        let cut = programs(window, &few);
        assert!(cut.cut && cut.programs.len() == 10, "{}", cut.programs.len());
    }
}
