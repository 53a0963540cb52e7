//! Windows from frames of sentences of our own, filled with drawn numbers, nouns and units.

use crate::document::TextIndex;
use crate::extract::{self, QuantityIx};
use crate::read::{self, ReadLimits};
use crate::score::plant::Draw;
use crate::search::{Form, Values, Window};

use super::case::{Case, REACH, looked_at};

/// The frames.
const FRAMES: &str = include_str!("frames.txt");

const NOUNS: &[&str] = &[
    "patients",
    "participants",
    "women",
    "children",
    "samples",
    "plots",
    "trees",
    "cells",
    "images",
    "sentences",
    "students",
    "households",
    "articles",
    "genes",
    "birds",
    "teeth",
    "trials",
    "questions",
    "stations",
    "records",
    "wells",
    "farms",
    "users",
    "nurses",
    "fish",
    "lakes",
];
const VERBS: &[&str] = &[
    "were included",
    "were positive",
    "were analysed",
    "took part",
    "were treated",
    "had a fracture",
    "agreed",
    "were selected",
    "were found",
    "completed the task",
    "were measured",
    "answered",
    "showed the effect",
    "were sequenced",
    "survived",
];
const THINGS: &[&str] =
    &["load", "volume", "dose", "distance", "mass", "sample", "path", "uptake", "yield", "cable", "intake", "flow"];
const DISTRACTORS: &[&str] = &[
    "The mean age was {x} years",
    "The {s} was kept for {x} days",
    "The study had {x} {m}",
    "We used {x} {m} as a reference",
    "The temperature was {y} K",
    "A further {x} {m} {v} in another year",
    "The {s} was {y} at the start",
    "Between visits {x} days went by",
    "The rate was {p} among {m}",
    "The method is described elsewhere",
    "Details are given in the supplement",
];
const UNITS: &[&str] = &["kg", "mg", "g", "m", "km", "mL", "L", "days", "h", "ha", "ms", "mm"];
/// The unit of a rate, of what it is multiplied by, and of the product.
const RATES: &[[&str; 3]] = &[
    ["ng/kg/day", "kg", "ng/day"],
    ["m/s", "s", "m"],
    ["kg/ha", "ha", "kg"],
    ["mg/L", "L", "mg"],
    ["km/h", "h", "km"],
    ["mg/day", "days", "mg"],
    ["L/min", "min", "L"],
    ["g/m", "m", "g"],
];

/// A number as it is printed: digits times a power of ten.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Figure {
    digits: u64,
    decimals: u32,
}

impl Figure {
    #[expect(clippy::cast_precision_loss, reason = "drawn numbers have six digits at most")]
    fn value(self) -> f64 {
        self.digits as f64 / f64::from(10_u32.pow(self.decimals))
    }

    /// A value rounded to so many decimals.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "values of frames are above zero and far below the largest number"
    )]
    fn rounded(value: f64, decimals: u32) -> Self {
        let scaled = libm::round(value * f64::from(10_u32.pow(decimals)));
        Self { digits: scaled.max(0.0) as u64, decimals }
    }

    fn text(self, grouped: bool) -> String {
        let power = 10_u64.pow(self.decimals);
        let (whole, part) = (self.digits / power, self.digits % power);
        let whole =
            if grouped && whole >= 1000 { format!("{},{:03}", whole / 1000, whole % 1000) } else { whole.to_string() };
        if self.decimals == 0 { whole } else { format!("{whole}.{part:0width$}", width = self.decimals as usize) }
    }
}

/// What a frame is filled with.
struct Filling {
    /// Target, operands.
    t: String,
    abc: [String; 3],
}

/// Windows from all frames, `rounds` of each.
///
/// A window of which the reader does not see all values is left out.
pub fn framed(seed: u64, rounds: usize, weight: f64) -> Vec<Case> {
    let lines: Vec<&str> = FRAMES.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).collect();
    let mut cases = Vec::new();
    for round in 0..rounds {
        for (at, line) in lines.iter().enumerate() {
            let mut draw = Draw::new(seed, &["frames", &round.to_string(), &at.to_string()]);
            cases.extend(case(line, &mut draw, weight));
        }
    }
    cases
}

/// A drawn window of a frame.
fn case(line: &str, draw: &mut Draw, weight: f64) -> Option<Case> {
    let (head, text) = line.split_once(": ")?;
    let (form, kind) = head.split_once(' ')?;
    let filling = filling(form, kind, draw);
    let mut sentences: Vec<&str> = text.split(" | ").collect();
    if draw.below(3) == 0 {
        sentences = draw.shuffled(sentences);
    }
    for _ in 0..draw.below(3) {
        let at = draw.below(sentences.len() + 1);
        sentences.insert(at, DISTRACTORS[draw.below(DISTRACTORS.len())]);
    }
    let (text, places) = fill(&sentences, &filling, draw);
    let document = read::read(text.as_bytes(), &ReadLimits::default()).ok()?;
    let mentions = extract::extract(&document);
    let values = Values::of(&mentions);
    let index = TextIndex::new(&document.text);
    let quantity = |place: usize| mentions.quantities.iter().position(|quantity| quantity.number.start == place);
    let target = quantity(places[0]?)?;
    let window = Window::around(&mentions, &values, QuantityIx(target), REACH)?;
    let (scene, found) = looked_at(&document, &index, &mentions, &window);
    let derived = found.derived(&window);
    let Some(form) = form_of(form) else { return Case::of(&scene, &window, &derived, Vec::new(), 0.0, weight) };
    let mut operands = Vec::new();
    for place in places.iter().skip(1).take(form.arity()) {
        let quantity = quantity((*place)?)?;
        operands
            .push(window.operands.iter().position(|operand| operand.source.quantity() == Some(QuantityIx(quantity)))?);
    }
    let (from, to) = form.alike();
    operands[from..to].sort_unstable();
    let right = derived.iter().position(|(program, _)| program.form == form && program.operands == operands)?;
    Case::of(&scene, &window, &derived, vec![right], 0.0, weight)
}

/// The form that a frame names; none for a value that follows from nothing.
fn form_of(name: &str) -> Option<Form> {
    Some(match name {
        "sum" => Form::Sum,
        "sum3" => Form::SumOfThree,
        "difference" => Form::Difference,
        "rest" => Form::Rest,
        "product" => Form::Product,
        "quotient" => Form::Quotient,
        "share" => Form::Share,
        "change" => Form::Change,
        "part" => Form::PartOf,
        "complement" => Form::Complement,
        _ => return None,
    })
}

/// A number with two to four digits.
fn number(draw: &mut Draw, decimals: u32) -> Figure {
    let magnitude = [90, 900, 900, 9000][draw.below(4)];
    Figure { digits: (magnitude / 9 + draw.below(magnitude)) as u64, decimals }
}

/// Draws the values of a frame and works out what follows from them.
fn filling(form: &str, kind: &str, draw: &mut Draw) -> Filling {
    let decimals = if kind == "count" || kind == "counts" { 0 } else { u32::try_from(draw.below(3)).unwrap_or(0) };
    let grouped = draw.below(2) == 0;
    let (mut a, mut b, mut c) = (number(draw, decimals), number(draw, decimals), number(draw, decimals));
    if kind == "percentage" {
        let percent = |draw: &mut Draw| Figure { digits: 10 + draw.below(970) as u64, decimals: 1 };
        (a, b) = (percent(draw), percent(draw));
    }
    if matches!(form, "difference" | "rest") && a.digits < b.digits {
        (a, b) = (b, a);
    }
    if form == "rest" {
        c.digits = c.digits.min(a.digits.saturating_sub(b.digits) / 2).max(3);
        a.digits = a.digits.max(b.digits + c.digits + 11);
    }
    if form == "share" && a.digits > b.digits {
        (a, b) = (b, a);
    }
    if form == "part" {
        a = Figure { digits: 50 + draw.below(900) as u64, decimals: 1 };
    }
    let value = match form {
        "sum" => a.value() + b.value(),
        "sum3" => a.value() + b.value() + c.value(),
        "difference" => a.value() - b.value(),
        "rest" => a.value() - b.value() - c.value(),
        "product" => a.value() * b.value(),
        "quotient" => a.value() / b.value(),
        "share" => 100.0 * a.value() / b.value(),
        "change" => 100.0 * (a.value() - b.value()).abs() / b.value(),
        "part" => a.value() * b.value() / 100.0,
        "complement" => 100.0 - a.value(),
        _ => number(draw, decimals).value(),
    };
    let unit = UNITS[draw.below(UNITS.len())];
    let rate = RATES[draw.below(RATES.len())];
    let percent = |figure: Figure, draw: &mut Draw| {
        format!("{}{}", figure.text(false), if draw.below(2) == 0 { "%" } else { " %" })
    };
    let of_target = match form {
        "share" | "change" => u32::try_from(draw.below(3)).unwrap_or(1),
        "complement" => 1,
        "quotient" => 2,
        "product" if kind == "rate" => {
            if value >= 1000.0 {
                0
            } else {
                decimals.min(1)
            }
        }
        _ => decimals,
    };
    let figure = Figure::rounded(value, if kind == "percentage" { 1 } else { of_target });
    let printed = |figure: Figure, unit: &str| format!("{} {unit}", figure.text(grouped));
    let t = match (form, kind) {
        ("share" | "change" | "complement", _) | (_, "percentage") => percent(figure, draw),
        ("product", "rate") => printed(figure, rate[2]),
        ("quotient", "rate") => printed(figure, rate[0]),
        (_, "measured") => printed(figure, unit),
        ("none", _) => match draw.below(4) {
            0 => percent(Figure { digits: figure.digits % 1000, decimals: 1 }, draw),
            1 => printed(figure, unit),
            _ => Figure { decimals: 0, ..figure }.text(grouped),
        },
        _ => figure.text(grouped),
    };
    let operand = |at: usize, figure: Figure, draw: &mut Draw| match (form, kind) {
        ("part", _) if at == 0 => percent(figure, draw),
        (_, "percentage") => percent(figure, draw),
        ("product", "rate") => printed(figure, rate[at.min(1)]),
        ("quotient", "rate") => printed(figure, if at == 0 { rate[2] } else { rate[1] }),
        (_, "measured") => printed(figure, unit),
        _ => figure.text(grouped),
    };
    let abc = [operand(0, a, draw), operand(1, b, draw), operand(2, c, draw)];
    Filling { t, abc }
}

/// The text of the filled sentences, and where the target and the operands begin, in characters.
fn fill(sentences: &[&str], filling: &Filling, draw: &mut Draw) -> (String, [Option<usize>; 4]) {
    let mut text = String::new();
    let mut places = [None; 4];
    let nouns = [NOUNS[draw.below(NOUNS.len())], NOUNS[draw.below(NOUNS.len())]];
    let (verb, thing) = (VERBS[draw.below(VERBS.len())], THINGS[draw.below(THINGS.len())]);
    for sentence in sentences {
        let mut rest = *sentence;
        while let Some((before, slot, after)) = slot(rest) {
            text.push_str(before);
            rest = after;
            let at = text.chars().count();
            match slot {
                "t" => {
                    places[0] = Some(at);
                    text.push_str(&filling.t);
                }
                "a" | "b" | "c" => {
                    let which = usize::from(slot.as_bytes()[0] - b'a');
                    places[which + 1] = Some(at);
                    text.push_str(&filling.abc[which]);
                }
                "n" => text.push_str(nouns[0]),
                "m" => text.push_str(nouns[1]),
                "v" => text.push_str(verb),
                "s" => text.push_str(thing),
                "p" => {
                    let share = Figure { digits: 10 + draw.below(900) as u64, decimals: 1 };
                    text.extend([share.text(false).as_str(), "%"]);
                }
                "y" => {
                    let own = number(draw, 1).text(false);
                    text.extend([own.as_str(), " ", UNITS[draw.below(UNITS.len())]]);
                }
                _ => text.push_str(&number(draw, 0).text(false)),
            }
        }
        text.push_str(rest);
        text.push_str(". ");
    }
    (text, places)
}

/// The first slot of a frame, with what stands before and behind it.
fn slot(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('{')?;
    let (slot, after) = rest.split_once('}')?;
    Some((before, slot, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reader_sees_most_frames_as_they_are_meant() {
        let cases = framed(1, 2, 1.0);
        let frames = FRAMES.lines().filter(|line| !line.starts_with('#')).count();
        // Frames with one value have no program, and some draws are too wide or stand twice.
        assert!(cases.len() > frames, "{} of {}", cases.len(), frames * 2);
        assert!(cases.iter().any(|case| case.right.is_empty()));
        assert_eq!(cases, framed(1, 2, 1.0));
    }

    #[test]
    fn numbers_are_printed_with_their_decimals() {
        assert_eq!(Figure { digits: 1234, decimals: 2 }.text(true), "12.34");
        assert_eq!(Figure { digits: 1234, decimals: 0 }.text(true), "1,234");
        assert_eq!(Figure::rounded(2.345, 1), Figure { digits: 23, decimals: 1 });
    }
}
