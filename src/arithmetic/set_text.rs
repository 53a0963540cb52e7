//! Sets as text: exact for programs, rounded outward for people.
//!
//! The exact form is `[41500, 42500]`, `(-inf, 0.05)`, `{42}` for a point, `∅` for the empty set, parts joined by ` ∪ `;
//! it reads back to the same set. The short form never leaves out a number of the set.

use num_traits::Zero;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::interval::{End, Interval};
use super::rational::{self, Rational};
use super::set::RealSet;

/// How many significant digits the short form has.
pub const SHORT_DIGITS: usize = 6;

/// The most parts that the short form writes out.
const MAX_SHORT_PARTS: usize = 8;

/// The set exactly; [`parse`] gives it back.
pub fn exact_text(set: &RealSet) -> String {
    joined(set.parts().iter().map(|part| interval_text(part, &rational::to_text)))
}

/// The set rounded outward to [`SHORT_DIGITS`] digits. Of a long list of parts the first and the last are written.
pub fn short_text(set: &RealSet) -> String {
    short_text_of(set, SHORT_DIGITS)
}

/// The set rounded outward to the given number of significant digits.
pub fn short_text_of(set: &RealSet, digits: usize) -> String {
    let short_interval = |part: &Interval| short_interval(part, digits);
    let parts = set.parts();
    if parts.len() <= MAX_SHORT_PARTS {
        return joined(parts.iter().map(short_interval));
    }
    let (head, tail) = (&parts[..MAX_SHORT_PARTS / 2], &parts[parts.len() - MAX_SHORT_PARTS / 2..]);
    format!("{} ∪ … ∪ {}", joined(head.iter().map(short_interval)), joined(tail.iter().map(short_interval)))
}

fn joined(parts: impl Iterator<Item = String>) -> String {
    let parts: Vec<String> = parts.collect();
    if parts.is_empty() { "∅".to_owned() } else { parts.join(" ∪ ") }
}

fn short_interval(part: &Interval, digits: usize) -> String {
    let rounded = |end: &End, up: bool| match end {
        End::Unbounded => End::Unbounded,
        End::Open(value) => match round_outward(value, digits, up) {
            same if same == *value => End::Open(same),
            other => End::Closed(other),
        },
        End::Closed(value) => End::Closed(round_outward(value, digits, up)),
    };
    let outer = Interval::new(rounded(part.lo(), false), rounded(part.hi(), true));
    interval_text(outer.as_ref().unwrap_or(part), &|value| rational::to_short_text(value, digits))
}

/// The nearest number of `digits` significant digits that is not below (`up`) or not above the value.
pub fn round_outward(value: &Rational, digits: usize, up: bool) -> Rational {
    if value.is_zero() {
        return value.clone();
    }
    let magnitude = rational::decimal_magnitude(&num_traits::Signed::abs(value));
    let places = i32::try_from(digits.max(1)).unwrap_or(i32::MAX).saturating_sub(1).saturating_sub(magnitude);
    let scaled = value * rational::power_of_ten(places);
    let rounded = if up { scaled.ceil() } else { scaled.floor() };
    rounded * rational::power_of_ten(-places)
}

fn interval_text(part: &Interval, number: &dyn Fn(&Rational) -> String) -> String {
    if let Some(point) = part.as_point() {
        return format!("{{{}}}", number(point));
    }
    let low = match part.lo() {
        End::Unbounded => "(-inf".to_owned(),
        End::Open(value) => format!("({}", number(value)),
        End::Closed(value) => format!("[{}", number(value)),
    };
    let high = match part.hi() {
        End::Unbounded => "inf)".to_owned(),
        End::Open(value) => format!("{})", number(value)),
        End::Closed(value) => format!("{}]", number(value)),
    };
    format!("{low}, {high}")
}

/// Reads the exact form; `None` for anything else.
pub fn parse(text: &str) -> Option<RealSet> {
    let text = text.trim();
    if text == "∅" {
        return Some(RealSet::empty());
    }
    if text.split('∪').count() > RealSet::MAX_PARTS {
        return None;
    }
    let parts: Option<Vec<Interval>> = text.split('∪').map(|part| parse_interval(part.trim())).collect();
    Some(RealSet::new(parts?))
}

fn parse_interval(text: &str) -> Option<Interval> {
    if let Some(point) = text.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
        return Some(Interval::point(rational::parse_exact(point.trim())?));
    }
    let (low, high) = text.split_once(',')?;
    let end = |text: &str, closed: bool| {
        let value = rational::parse_exact(text.trim())?;
        Some(if closed { End::Closed(value) } else { End::Open(value) })
    };
    let low = match (low.strip_prefix('['), low.strip_prefix('(').map(str::trim)) {
        (Some(value), _) => end(value, true)?,
        (None, Some("-inf")) => End::Unbounded,
        (None, Some(value)) => end(value, false)?,
        (None, None) => return None,
    };
    let high = match (high.strip_suffix(']'), high.strip_suffix(')').map(str::trim)) {
        (Some(value), _) => end(value, true)?,
        (None, Some("inf")) => End::Unbounded,
        (None, Some(value)) => end(value, false)?,
        (None, None) => return None,
    };
    Interval::new(low, high)
}

impl Serialize for RealSet {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&exact_text(self))
    }
}

impl<'de> Deserialize<'de> for RealSet {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        parse(&text).ok_or_else(|| de::Error::custom("a set such as `[1, 2] ∪ (3, inf)` is expected"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arithmetic::rational::{ratio, whole};

    #[test]
    fn sets_are_written_and_read_back() {
        for text in
            ["[41500, 42500]", "(-inf, 0.05)", "{42}", "[1/3, 2)", "(-inf, inf)", "{1} ∪ (2, 3] ∪ [4, inf)", "∅"]
        {
            let set = parse(text).expect(text);
            assert_eq!(exact_text(&set), text);
            let json = serde_json::to_string(&set).expect("serialises");
            assert_eq!(serde_json::from_str::<RealSet>(&json).expect("reads back"), set);
        }
        for text in ["", "[1, 2", "[2, 1]", "1, 2", "{}", "[1; 2]", "(1, 1)", "[inf, 2]", "[1, 2] ∪", "{1}{2}"] {
            assert_eq!(parse(text), None, "{text}");
        }
        assert!(serde_json::from_str::<RealSet>("\"[1\"").is_err());
    }

    #[test]
    fn long_numbers_read_back() {
        let tiny = rational::power_of_ten(-330) * ratio(1, 3);
        let set = RealSet::new([Interval::closed(tiny, rational::power_of_ten(390))]);
        assert_eq!(parse(&exact_text(&set)), Some(set));
    }

    #[test]
    fn short_text_rounds_outward() {
        let set = RealSet::from(Interval::closed(ratio(1, 3), ratio(2, 3)));
        assert_eq!(short_text(&set), "[0.333333, 0.666667]");
        assert_eq!(short_text(&RealSet::point(ratio(-1, 3))), "[-0.333334, -0.333333]");
        assert_eq!(short_text(&RealSet::point(whole(420_000))), "{420000}");
        assert_eq!(short_text(&Interval::below(ratio(1, 20), false).into()), "(-inf, 0.05)");
        assert_eq!(short_text(&Interval::below(ratio(1, 3), false).into()), "(-inf, 0.333334]");
        let many = RealSet::new((0..20).map(|n| Interval::point(whole(n))));
        assert_eq!(short_text(&many), "{0} ∪ {1} ∪ {2} ∪ {3} ∪ … ∪ {16} ∪ {17} ∪ {18} ∪ {19}");
        assert_eq!(short_text(&RealSet::empty()), "∅");
    }
}
