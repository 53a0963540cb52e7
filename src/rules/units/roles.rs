//! Which quantities of a sentence are doses by body mass, body masses and absolute amounts.
//!
//! What a quantity may be is for its typed form to admit (a dose, a body mass, an amount, with the one product between
//! them); neighbouring words say which it is; whether three of them belong together is for the rule.

use std::cell::LazyCell;

use crate::arithmetic::units::Tags;
use crate::arithmetic::units::typed::{Amount, BodyMass, Dose};
use crate::arithmetic::{Dimension, Kind, Value};
use crate::derive::OperandOptions;
use crate::document::TextRange;
use crate::extract::{Mentions, Quantity, QuantityIx};
use crate::rules::Skeleton;
use crate::rules::binding;
use crate::rules::skeleton::{head, tail};

/// How many bytes beside a quantity are looked at.
const NEAR: usize = 200;

/// Words behind a mass that make it the mass of a body: "a 60 kg adult".
const BODY_AFTER: &[&str] = &[
    "ewe",
    "ewes",
    "sheep",
    "lamb",
    "lambs",
    "cow",
    "cows",
    "calf",
    "calves",
    "bull",
    "horse",
    "horses",
    "goat",
    "goats",
    "hen",
    "hens",
    "cat",
    "cats",
    "monkey",
    "monkeys",
    "hamster",
    "hamsters",
    "sow",
    "sows",
    "piglet",
    "piglets",
    "volunteer",
    "volunteers",
    "participant",
    "participants",
    "athlete",
    "athletes",
    "male",
    "males",
    "female",
    "females",
    "boy",
    "girl",
    "boys",
    "girls",
    "baby",
    "newborn",
    "neonate",
    "worker",
    "workers",
    "adult",
    "adults",
    "person",
    "persons",
    "people",
    "man",
    "men",
    "woman",
    "women",
    "human",
    "humans",
    "individual",
    "individuals",
    "child",
    "children",
    "infant",
    "infants",
    "toddler",
    "patient",
    "patients",
    "subject",
    "subjects",
    "mouse",
    "mice",
    "rat",
    "rats",
    "rabbit",
    "rabbits",
    "dog",
    "dogs",
    "pig",
    "pigs",
    "animal",
    "animals",
    "bw",
    "consumer",
];
/// Phrases behind a mass that make it the mass of a body.
const BODY_AFTER_PHRASES: [&str; 5] = ["body weight", "body mass", "bodyweight", "body-weight", "b.w."];
/// Phrases before a mass that make it the mass of a body: "weighing 25 g".
const BODY_BEFORE: [&str; 10] =
    ["body weight", "body mass", "bodyweight", "body-weight", "weighing", "weighs", "weighed", "weigh", "bw", "b.w."];
/// Words that make "per kg" a dose by body mass, where the unit does not say it: they speak of giving it to a body.
const DOSE_WORDS: [&str; 21] = [
    "dose",
    "doses",
    "dosage",
    "dosed",
    "dosing",
    "administered",
    "administration",
    "injected",
    "injection",
    "intake",
    "gavage",
    "intraperitoneal",
    "intraperitoneally",
    "intravenous",
    "intravenously",
    "oral",
    "orally",
    "i.p.",
    "i.v.",
    "rfd",
    "tdi",
];
/// Words that make "per kg" a concentration in something else.
const MATTER_WORDS: [&str; 21] = [
    "food",
    "soil",
    "sediment",
    "tissue",
    "feed",
    "diet",
    "fish",
    "milk",
    "rice",
    "meat",
    "dust",
    "dry",
    "wet",
    "fresh",
    "lipid",
    "water",
    "plant",
    "sample",
    "samples",
    "product",
    "concentration",
];

/// The quantities of a sentence by role.
#[derive(Clone, Debug, Default)]
pub(crate) struct DoseSentence {
    /// All of them, in order.
    pub quantities: Vec<QuantityIx>,
    /// Amounts or rates by body mass.
    pub doses: Vec<QuantityIx>,
    /// Body masses.
    pub masses: Vec<QuantityIx>,
}

impl DoseSentence {
    pub fn new(skeleton: &Skeleton, mentions: &Mentions) -> Self {
        let mut roles = Self { quantities: skeleton.quantities().to_vec(), ..Self::default() };
        // Hardly any sentence has a quantity whose role hangs on its words.
        let speaks_of_doses = LazyCell::new(|| has_word(&skeleton.text, &DOSE_WORDS));
        for (byte, character) in skeleton.text.char_indices() {
            let Some(at) = skeleton.quantity(character) else { continue };
            let Some(quantity) = binding::quantity(mentions, at) else { continue };
            let (before, after) = (&skeleton.text[..byte], &skeleton.text[byte + character.len_utf8()..]);
            if is_dose(quantity, &|| *speaks_of_doses, after) {
                roles.doses.push(at);
            } else if is_body_mass(quantity, before, after) {
                roles.masses.push(at);
            }
        }
        roles
    }

    pub fn is_dose(&self, at: QuantityIx) -> bool {
        self.doses.contains(&at)
    }

    pub fn is_mass(&self, at: QuantityIx) -> bool {
        self.masses.contains(&at)
    }

    /// Whether a second body mass or dose stands inside `range`: then the shape does not say which one is meant.
    pub fn names_several_weights(&self, range: TextRange, mentions: &Mentions) -> bool {
        let inside = |list: &[QuantityIx]| {
            list.iter().filter_map(|at| binding::quantity(mentions, *at)).filter(|q| range.contains(q.range)).count()
        };
        inside(&self.masses) > 1 || inside(&self.doses) > 1
    }
}

/// Whether one of `words` stands in `text` as a whole word.
fn has_word(text: &str, words: &[&str]) -> bool {
    text.split(|c: char| c.is_whitespace() || ",;:()[]".contains(c)).any(|word| {
        if word.is_ascii() {
            let bare = word.trim_end_matches('.');
            return words.iter().any(|known| known.eq_ignore_ascii_case(word) || known.eq_ignore_ascii_case(bare));
        }
        let word = word.to_lowercase();
        // A full stop ends a sentence or belongs to an abbreviation: both forms are tried.
        words.contains(&word.as_str()) || words.contains(&word.trim_end_matches('.'))
    })
}

/// The first few words of `text`.
fn first_words(text: &str, count: usize) -> String {
    let text = head(text, NEAR);
    let clause = text.split([',', ';', '(', ')']).next().unwrap_or(text);
    clause.split_whitespace().take(count).collect::<Vec<_>>().join(" ")
}

/// The last few words of `text`.
fn last_words(text: &str, count: usize) -> String {
    let mut words: Vec<&str> = tail(text, NEAR).split_whitespace().rev().take(count).collect();
    words.reverse();
    words.join(" ").to_lowercase()
}

/// Whether the quantity is an amount or rate by body mass: its unit says so, or it is "per kg" (with "per day", or in a
/// sentence about doses) and nothing else is named behind it.
fn is_dose(quantity: &Quantity, speaks_of_doses: &dyn Fn() -> bool, after: &str) -> bool {
    let Some(unit) = quantity.first().unit.as_ref().map(|unit| &unit.unit) else { return false };
    let said = unit.tags.get(Tags::BODY_MASS) == -1;
    // The type is asked last, as nearly all quantities are told apart by their units alone.
    let by_words = || {
        let by_time = unit.dimension.0[2] == -1;
        per_kilogram(&unit.text) && (by_time || speaks_of_doses()) && !has_word(&first_words(after, 4), &MATTER_WORDS)
    };
    (said || by_words()) && typed::<Dose>(quantity, &by_body_mass(quantity)).is_some()
}

/// Whether a unit string is something by kilogram or gram.
fn per_kilogram(unit: &str) -> bool {
    let compact: String = unit.chars().filter(|c| !c.is_whitespace()).collect();
    ["/kg", "perkg", "kg-1", "kg−1", "kg⁻¹", "kg–1", "/kilogram", "perkilogram"]
        .iter()
        .any(|form| compact.contains(form))
}

/// Whether the quantity is a mass of a body, by the words beside it.
fn is_body_mass(quantity: &Quantity, before: &str, after: &str) -> bool {
    let Some(unit) = quantity.first().unit.as_ref().map(|unit| &unit.unit) else { return false };
    if unit.dimension != Dimension::MASS {
        return false;
    }
    let own = unit.tags.get(Tags::BODY_MASS);
    let role = OperandOptions::printed().tagged(Tags::BODY_MASS, 1_i8.saturating_sub(own));
    if typed::<BodyMass>(quantity, &role).is_none() {
        return false;
    }
    let behind = first_words(after.trim_start_matches(['-', '‐', '‑', '–']), 3).to_lowercase();
    // "60 kg adult", and not "320 mg in a patient".
    let parted = |word: &&str| !["in", "per", "for", "to", "of", "by", "and", "a", "the"].contains(word);
    let behind = behind.split(' ').take_while(parted).collect::<Vec<_>>().join(" ");
    let said_behind = has_word(&behind, BODY_AFTER) || BODY_AFTER_PHRASES.iter().any(|words| behind.contains(words));
    let ahead = last_words(before, 4);
    // "an adult of 60 kg", "adults (60 kg)".
    let mut ahead_words = ahead.trim_end_matches(['(', '[', ' ']).rsplit(' ');
    let body = ahead_words.next().map(|last| if last == "of" { ahead_words.next().unwrap_or(last) } else { last });
    let said_ahead =
        BODY_BEFORE.iter().any(|words| ahead.contains(words)) || body.is_some_and(|word| BODY_AFTER.contains(&word));
    said_behind || said_ahead
}

/// The quantity as a typed one under its likely reading, with what its role adds; `None` where it is no single number or
/// the type does not admit it.
fn typed<T: for<'a> TryFrom<&'a Value>>(quantity: &Quantity, role: &OperandOptions) -> Option<T> {
    let unit = &quantity.first().unit.as_ref()?.unit;
    let operand = binding::tagged("", quantity, role)?;
    let reading = operand.readings.first()?;
    let kind = Kind { dimension: reading.dimension, tags: reading.tags.clone(), scale: unit.scale };
    T::try_from(&Value { set: reading.tight.clone(), kind }).ok()
}

/// Whether the unit of `dose` itself says "by body mass": a product with a mass that is written out needs no words beside
/// the mass.
pub(super) fn says_by_body_mass(mentions: &Mentions, dose: QuantityIx) -> bool {
    let unit = binding::quantity(mentions, dose).and_then(|dose| dose.first().unit.as_ref());
    unit.is_some_and(|unit| unit.unit.tags.get(Tags::BODY_MASS) == -1)
}

/// Whether the typed product of `dose` and `mass` exists and is an amount of the same thing as `absolute`.
pub(super) fn is_product(mentions: &Mentions, dose: QuantityIx, mass: QuantityIx, absolute: QuantityIx) -> bool {
    let of = |at: QuantityIx| binding::quantity(mentions, at);
    let (Some(dose), Some(mass), Some(absolute)) = (of(dose), of(mass), of(absolute)) else { return false };
    let product = typed::<Dose>(dose, &by_body_mass(dose)).zip(typed::<BodyMass>(mass, &of_a_body(mass)));
    let stated = typed::<Amount>(absolute, &of_one_body(absolute));
    let comparable =
        product.zip(stated).is_some_and(|((dose, mass), stated)| (dose * mass).is_comparable_with(&stated));
    comparable && name_one_substance(dose, absolute)
}

/// Whether no substance is named with both quantities in different ways: one of them may leave it unsaid.
fn name_one_substance(dose: &Quantity, absolute: &Quantity) -> bool {
    let (Some(a), Some(d)) = (&absolute.first().unit, &dose.first().unit) else { return false };
    let (a, d) = (&a.unit.tags, &d.unit.tags);
    let substances = d.iter().filter(|(axis, _)| axis.starts_with(SUBSTANCE));
    substances.into_iter().all(|(axis, exponent)| a.get(axis) == 0 || a.get(axis) == exponent)
}

/// The prefix of the axes that name a substance: "g of protein".
const SUBSTANCE: &str = "of:";
/// The prefix of the axes that count bodies: "mg per mouse".
const BODIES: &str = "count:";

/// The dose with the mark "by body mass", where its unit does not carry it yet.
pub(super) fn by_body_mass(dose: &Quantity) -> OperandOptions {
    marked(dose, -1)
}

/// The mass with the mark of a body, where its unit does not carry it yet.
pub(super) fn of_a_body(mass: &Quantity) -> OperandOptions {
    marked(mass, 1)
}

/// The absolute amount as what a body of the given mass takes: without "per mouse".
pub(super) fn of_one_body(absolute: &Quantity) -> OperandOptions {
    marked(absolute, 0)
}

/// Options that bring the exponent of body mass to `exponent` and leave the bodies and the substance unsaid.
fn marked(quantity: &Quantity, exponent: i8) -> OperandOptions {
    let mut options = OperandOptions::printed();
    let own = quantity.first().unit.as_ref().map(|unit| unit.unit.tags.clone()).unwrap_or_default();
    for (axis, power) in own.iter() {
        if axis.starts_with(SUBSTANCE) || axis.starts_with(BODIES) && power == -1 {
            options = options.tagged(axis, power.saturating_neg());
        }
    }
    options.tagged(Tags::BODY_MASS, exponent.saturating_sub(own.get(Tags::BODY_MASS)))
}

/// Whether the quantities of a product are a dose by body mass and a body mass, so that the product is of this family.
pub(crate) fn is_dose_product(roles: &DoseSentence, mentions: &Mentions, quantities: &[QuantityIx]) -> bool {
    let by_words = quantities.iter().any(|at| roles.is_dose(*at)) && quantities.iter().any(|at| roles.is_mass(*at));
    by_words || quantities.iter().any(|at| says_by_body_mass(mentions, *at))
}
