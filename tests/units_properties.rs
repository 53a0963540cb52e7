//! What must hold for every unit: spellings, printing, prefixes, inverses, and any text at all.

use std::time::{Duration, Instant};

use num_traits::One;
use proptest::prelude::*;
use rederive::arithmetic::rational;
use rederive::arithmetic::units::{
    self, MAX_CHARACTERS, Parsed, Scale, Tags, Unit, longest_prefix, longest_prefix_in_expression,
};

/// Symbols with one meaning each, whose products stay readable, and their names in the singular.
const SYMBOLS: [(&str, &str); 22] = [
    ("kg", "kilogram"),
    ("mg", "milligram"),
    ("µg", "microgram"),
    ("L", "litre"),
    ("mL", "millilitre"),
    ("cm", "centimetre"),
    ("km", "kilometre"),
    ("h", "hour"),
    ("min", "minute"),
    ("d", "day"),
    ("yr", "year"),
    ("mol", "mole"),
    ("mmol", "millimole"),
    ("J", "joule"),
    ("kJ", "kilojoule"),
    ("kPa", "kilopascal"),
    ("W", "watt"),
    ("V", "volt"),
    ("ha", "hectare"),
    ("IU", "international unit"),
    ("Bq", "becquerel"),
    ("mmHg", "millimetre of mercury"),
];

/// Units that take every prefix of [`PREFIXES`], as symbol and as name.
const PREFIXED: [(&str, &str); 12] = [
    ("g", "gram"),
    ("m", "metre"),
    ("s", "second"),
    ("mol", "mole"),
    ("L", "litre"),
    ("Pa", "pascal"),
    ("J", "joule"),
    ("W", "watt"),
    ("V", "volt"),
    ("A", "ampere"),
    ("Wb", "weber"),
    ("Hz", "hertz"),
];
const PREFIXES: [(&str, &str, i32); 9] = [
    ("G", "giga", 9),
    ("M", "mega", 6),
    ("k", "kilo", 3),
    ("c", "centi", -2),
    ("m", "milli", -3),
    ("µ", "micro", -6),
    ("n", "nano", -9),
    ("p", "pico", -12),
    ("f", "femto", -15),
];

/// A term: which symbol, and its exponent.
type Term = (usize, i8);

/// Two to four terms of different symbols; the first is in the numerator.
fn terms() -> impl Strategy<Value = Vec<Term>> {
    let exponent = prop::sample::select(vec![-3_i8, -2, -1, -1, -1, 1, 2]);
    let others = prop::collection::vec((0..SYMBOLS.len(), exponent), 1..4);
    (0..SYMBOLS.len(), others).prop_map(|(first, others)| {
        let mut terms = vec![(first, 1)];
        for (symbol, exponent) in others {
            if terms.iter().all(|(known, _)| *known != symbol) {
                terms.push((symbol, exponent));
            }
        }
        terms
    })
}

fn raised(exponent: i8) -> String {
    let up = |c: char| match c {
        '-' => '⁻',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        other => other,
    };
    if exponent == 1 { String::new() } else { exponent.to_string().chars().map(up).collect() }
}

/// The terms with an exponent each, joined.
fn product(terms: &[Term], join: &str, mark: impl Fn(i8) -> String) -> String {
    let written = |(symbol, exponent): &Term| {
        let mark = if *exponent == 1 { String::new() } else { mark(*exponent) };
        format!("{}{mark}", SYMBOLS[*symbol].0)
    };
    terms.iter().map(written).collect::<Vec<_>>().join(join)
}

/// The terms with those of a negative exponent behind bars or "per".
fn quotient(terms: &[Term], bar: &str) -> String {
    let above: Vec<Term> = terms.iter().copied().filter(|(_, exponent)| *exponent > 0).collect();
    let mut text = product(&above, "·", raised);
    for (symbol, exponent) in terms.iter().filter(|(_, exponent)| *exponent < 0) {
        let exponent = raised(-exponent);
        for part in [bar, SYMBOLS[*symbol].0, &exponent] {
            text.push_str(part);
        }
    }
    text
}

/// The terms of negative exponent in one bracket, with the same sign between all; `None` for fewer than one.
fn bracketed(terms: &[Term], join: &str) -> Option<String> {
    let above: Vec<Term> = terms.iter().copied().filter(|(_, exponent)| *exponent > 0).collect();
    let below: Vec<Term> = terms.iter().filter(|(_, e)| *e < 0).map(|(symbol, e)| (*symbol, -e)).collect();
    if below.is_empty() {
        return None;
    }
    Some(format!("{}/({})", product(&above, join, raised), product(&below, join, raised)))
}

/// The spelled-out name, where every term under the bar has the exponent −1 and there is one above.
fn spelled(terms: &[Term]) -> Option<String> {
    let (first, rest) = terms.split_first()?;
    if rest.iter().any(|(_, exponent)| *exponent != -1) {
        return None;
    }
    let mut text = SYMBOLS[first.0].1.to_owned();
    for (symbol, _) in rest {
        text.push_str(" per ");
        text.push_str(SYMBOLS[*symbol].1);
    }
    Some(text)
}

/// The unit in every printed style.
fn spellings(terms: &[Term]) -> Vec<String> {
    let mut texts = vec![
        product(terms, " ", raised),
        product(terms, "·", raised),
        product(terms, "\u{2009}", raised),
        product(terms, " ", |e| e.to_string()),
        product(terms, " ", |e| e.to_string().replace('-', "−")),
        product(terms, " ", |e| e.to_string().replace('-', "–")),
        product(terms, "⋅", |e| e.to_string().replace('-', "−")),
        product(terms, " ", |e| format!("^{e}")),
        product(terms, " ", |e| format!("^{{{e}}}")),
        product(terms, "*", |e| format!("**{e}")),
        product(terms, " × ", |e| format!("^({e})")),
        product(terms, " ", |e| format!("({e})")),
        quotient(terms, "/"),
        quotient(terms, " / "),
        quotient(terms, " per "),
    ];
    texts.extend(bracketed(terms, "·"));
    texts.extend(bracketed(terms, " "));
    texts.extend(spelled(terms));
    texts
}

fn one(text: &str) -> Unit {
    match units::parse(text) {
        Parsed::One(unit) => unit,
        other => panic!("`{text}` has no single meaning: {other:?}"),
    }
}

/// The unit of the terms, by arithmetic alone.
fn by_arithmetic(terms: &[Term]) -> Unit {
    terms.iter().fold(Unit::one(), |unit, (symbol, exponent)| unit.times(&one(SYMBOLS[*symbol].0).power(*exponent)))
}

/// Text out of pieces that the grammar knows, which reaches deeper than letters at random.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "m",
        "kg",
        "L",
        "s",
        "/",
        "/",
        " ",
        " per ",
        "·",
        "-",
        "−1",
        "⁻",
        "²",
        "^",
        "**",
        "(",
        ")",
        "{",
        "10",
        "1e6",
        "×",
        "100",
        "%",
        "°",
        "°C",
        "body weight",
        "bw",
        "N",
        "CO2",
        "µ",
        "log10 ",
        "CFU",
        "☉",
        "\u{200b}",
        "A",
        "\u{30a}",
        ".",
        ",",
        "in",
        "min",
        "square ",
        "Eq",
        "⁰",
        "C",
        "0",
        "9999999999999999999",
    ]);
    prop::collection::vec(piece, 0..80).prop_map(|pieces| pieces.concat())
}

/// What must hold of any text: it is read without a panic and in little time, and what is read is a part of it.
fn anything(text: &str) {
    let start = Instant::now();
    let whole = units::parse(text);
    let prefixes = [longest_prefix(text), longest_prefix_in_expression(text)];
    assert!(start.elapsed() < Duration::from_secs(1), "{:?} for {text:?}", start.elapsed());
    for unit in whole.clone().units() {
        assert!(unit.factor.lo <= unit.factor.conventional && unit.factor.conventional <= unit.factor.hi, "{text:?}");
        assert_eq!(unit.text, text.trim());
    }
    if let Parsed::Ambiguous(units) = &whole {
        assert!(units.len() > 1 && units.len() <= 16, "{text:?}");
    }
    for (end, parsed) in prefixes.into_iter().flatten() {
        assert!(end > 0 && text.is_char_boundary(end), "{end} of {text:?}");
        let taken = &text[..end];
        let units = parsed.units();
        assert!(!units.is_empty() && units.iter().all(|unit| unit.text == taken), "{text:?}");
        assert!(!matches!(units::parse(taken), Parsed::Rejected(_)), "`{taken}` of {text:?} is no unit by itself");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn another_spelling_is_the_same_unit(terms in terms()) {
        let expected = by_arithmetic(&terms);
        for text in spellings(&terms) {
            let read = one(&text);
            prop_assert!(read.same_meaning(&expected), "`{}` is {:?}, not {:?}", text, read, expected);
        }
    }

    #[test]
    fn what_was_read_reads_again(terms in terms(), style in 0_usize..18) {
        let texts = spellings(&terms);
        let read = one(&texts[style % texts.len()]);
        prop_assert!(one(&read.text).same_meaning(&read));
        prop_assert!(one(&format!("({})", read.text)).same_meaning(&read), "brackets around {}", read.text);
    }

    #[test]
    fn a_prefix_multiplies(base in prop::sample::select(PREFIXED.to_vec()), prefix in prop::sample::select(PREFIXES.to_vec())) {
        let scale = rational::power_of_ten(prefix.2);
        let plain = one(base.0);
        for text in [format!("{}{}", prefix.0, base.0), format!("{}{}", prefix.1, base.1), format!("{}{}s", prefix.1, base.1)] {
            // "Gs" is the gauss too; the multiple has to be among the meanings.
            let meant = |unit: &Unit| {
                unit.dimension == plain.dimension
                    && unit.tags == plain.tags
                    && unit.factor.conventional == &plain.factor.conventional * &scale
            };
            prop_assert!(units::parse(&text).units().iter().any(meant), "{text}");
        }
    }

    #[test]
    fn a_unit_over_itself_is_one(terms in terms()) {
        let unit = by_arithmetic(&terms);
        let quotient = unit.times(&unit.power(-1));
        prop_assert!(quotient.dimension.is_one() && quotient.tags == Tags::none());
        prop_assert!(quotient.factor.conventional.is_one());
        prop_assert!(quotient.factor.lo <= quotient.factor.conventional);
        prop_assert!(quotient.factor.conventional <= quotient.factor.hi);
        let text = product(&terms, "·", raised);
        let read = one(&format!("({text})/({text})"));
        prop_assert!(read.same_meaning(&quotient), "{text}");
    }

    #[test]
    fn any_text_is_read_or_refused(text in any::<String>()) {
        anything(&text);
    }

    #[test]
    fn pieces_of_units_are_read_or_refused(text in pieces()) {
        anything(&text);
    }

    #[test]
    fn a_unit_in_running_text_ends_where_it_ends(terms in terms()) {
        let text = quotient(&terms, "/");
        let (end, read) = longest_prefix(&format!("{text}, and then")).expect("a unit");
        prop_assert_eq!(end, text.len());
        prop_assert_eq!(read, units::parse(&text));
    }
}

#[test]
fn hostile_texts_cost_little() {
    let start = Instant::now();
    for piece in
        ["(", "m/", "m ", "m^", "((m)", "10^", "kg bw ", "C/", "C·", "a·b·", "µ", "square ", "log10 ", "°", "\u{30a}A"]
    {
        let text = piece.repeat(200_000 / piece.len());
        anything(&text);
        assert!(matches!(units::parse(&text), Parsed::Rejected(_)), "{piece}");
        anything(&text.chars().take(MAX_CHARACTERS).collect::<String>());
    }
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
}

#[test]
fn logarithms_have_no_factor() {
    for text in ["pH", "dB", "log10 CFU/mL", "dB(A)"] {
        assert_eq!(one(text).scale, Scale::Logarithmic, "{text}");
    }
}
