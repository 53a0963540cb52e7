//! A printed number as characters that can slip: its digits, marks and sign, and how it is written with others.

use crate::arithmetic::Printed;
use crate::arithmetic::rational::{self, Rational};

use super::possible::{Form, Statement};

/// A number inside a quote, with what is needed to write another one in the same style.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Numeral {
    /// Where it begins in the quote, its sign included, in characters.
    pub start: usize,
    /// How many characters it has.
    pub length: usize,
    /// The minus sign before it.
    pub minus: Option<char>,
    /// Its digits.
    pub digits: Vec<char>,
    /// How many of them stand behind the decimal mark.
    pub decimals: usize,
    /// What parts groups of three digits.
    group: Option<char>,
    /// The decimal mark.
    mark: char,
}

const fn is_minus(character: char) -> bool {
    matches!(character, '-' | '\u{2212}' | '\u{2013}')
}

const fn is_separator(character: char) -> bool {
    matches!(character, '.' | ',' | '·' | '\u{a0}' | '\u{2009}' | '\u{202f}' | ' ')
}

impl Numeral {
    /// The one number of a quote that was read as `printed`. `None` where the quote has another number too, or where its
    /// characters are not those of a plain decimal.
    pub fn find(quote: &str, printed: &Printed) -> Option<Self> {
        let characters: Vec<char> = quote.chars().collect();
        let is_digit = |at: usize| characters.get(at).is_some_and(char::is_ascii_digit);
        let first = (0..characters.len()).find(|at| is_digit(*at))?;
        let mark_before = first.checked_sub(1).filter(|at| matches!(characters[*at], '.' | '·'));
        let begin = mark_before.unwrap_or(first);
        let mut end = begin;
        let mut separators = Vec::new();
        let mut digits = Vec::new();
        while is_digit(end) || (characters.get(end).copied().is_some_and(is_separator) && is_digit(end + 1)) {
            if is_digit(end) {
                digits.push(characters[end]);
            } else {
                separators.push((digits.len(), characters[end]));
            }
            end += 1;
        }
        if printed.exponent != 0 || has_number(&characters[end..]) {
            return None;
        }
        let decimals = usize::try_from(printed.decimals).ok()?;
        let mark = match separators.last() {
            Some((at, mark)) if decimals > 0 && digits.len() - at == decimals => Some(*mark),
            _ if decimals > 0 => return None,
            _ => None,
        };
        let groups = &separators[..separators.len() - usize::from(mark.is_some())];
        let group = groups.first().map(|(_, group)| *group);
        let whole = digits.len() - decimals;
        let even = groups.iter().all(|(at, own)| Some(*own) == group && *at < whole && (whole - at).is_multiple_of(3));
        let significant = |text: &str| text.trim_start_matches('0').to_owned();
        let same = significant(&digits.iter().collect::<String>()) == significant(&printed.digits);
        let minus = begin.checked_sub(1).map(|at| characters[at]).filter(|before| is_minus(*before));
        if !even || !same || minus.is_some() != printed.negative {
            return None;
        }
        let start = begin - usize::from(minus.is_some());
        Some(Self { start, length: end - start, minus, digits, decimals, group, mark: mark.unwrap_or('.') })
    }

    /// The number as it is written.
    pub fn text(&self) -> String {
        let whole = self.digits.len() - self.decimals;
        let mut text: String = self.minus.into_iter().collect();
        for (at, digit) in self.digits.iter().enumerate() {
            if at == whole {
                text.push(self.mark);
            } else if let Some(group) = self.group.filter(|_| at > 0 && at < whole && (whole - at).is_multiple_of(3)) {
                text.push(group);
            }
            text.push(*digit);
        }
        text
    }

    /// The number as a plain decimal, without marks of groups and with a point.
    pub fn plain(&self) -> String {
        let bare = self.digits.len() == self.decimals;
        let mut digits = self.digits.clone();
        if bare {
            digits.insert(0, '0');
        }
        Self { minus: self.minus.map(|_| '-'), digits, group: None, mark: '.', ..self.clone() }.text()
    }

    /// Its statement in the given form.
    pub fn statement(&self, form: Form) -> Statement {
        let digits: String = self.digits.iter().collect();
        let place = -i32::try_from(self.decimals).unwrap_or(i32::MAX);
        let unit = rational::power_of_ten(place);
        let sign = rational::whole(if self.minus.is_some() { -1 } else { 1 });
        let value = sign * rational::parse(&digits).unwrap_or_else(|| rational::whole(0)) * &unit;
        let zeros = digits.len() - digits.trim_end_matches('0').len();
        let zeros = if self.decimals > 0 || zeros == digits.len() { 0 } else { i32::try_from(zeros).unwrap_or(0) };
        Statement { form, value, coarse: rational::power_of_ten(place.saturating_add(zeros)), unit }
    }

    /// The place of the first digit that is no zero; `None` for zero.
    fn leading(&self) -> Option<usize> {
        self.digits.iter().position(|digit| *digit != '0')
    }

    fn with_digits(&self, digits: Vec<char>, decimals: usize) -> Self {
        Self { digits, decimals, ..self.clone() }
    }

    /// Every number with one other digit; the first digit that counts stays no zero.
    pub fn other_digits(&self) -> Vec<Self> {
        let Some(leading) = self.leading() else { return Vec::new() };
        let one = |at: usize, digit: char| {
            let mut digits = self.digits.clone();
            digits[at] = digit;
            self.with_digits(digits, self.decimals)
        };
        (leading..self.digits.len())
            .flat_map(|at| ('0'..='9').map(move |digit| (at, digit)))
            .filter(|(at, digit)| self.digits[*at] != *digit && (*at > leading || *digit != '0'))
            .map(|(at, digit)| one(at, digit))
            .collect()
    }

    /// Every number with two neighbouring digits the other way round, none with a zero in front that was not there.
    pub fn swaps(&self) -> Vec<Self> {
        let Some(leading) = self.leading() else { return Vec::new() };
        (leading + 1..self.digits.len())
            .filter(|at| self.digits[at - 1] != self.digits[*at] && (at - 1 > leading || self.digits[*at] != '0'))
            .map(|at| {
                let mut digits = self.digits.clone();
                digits.swap(at - 1, at);
                self.with_digits(digits, self.decimals)
            })
            .collect()
    }

    /// The number ten times as large and ten times as small, with the same digits: the decimal mark moves, a zero at the
    /// end comes or goes.
    pub fn powers_of_ten(&self) -> Vec<Self> {
        if self.leading().is_none() {
            return Vec::new();
        }
        let whole = self.digits.len() - self.decimals;
        let mut larger = self.digits.clone();
        if self.decimals == 0 {
            larger.push('0');
        } else if larger.len() > 1 && larger[0] == '0' {
            // "0.85" becomes "8.5", ".036" becomes ".36".
            larger.remove(0);
        }
        let mut smaller = self.digits.clone();
        let mut decimals = self.decimals + 1;
        if self.decimals == 0 && smaller.len() > 1 && smaller.last() == Some(&'0') {
            smaller.pop();
            decimals = 0;
        } else if whole == 0 || (whole == 1 && self.decimals > 0) || (whole == 1 && self.digits.len() == 1) {
            smaller.insert(0, '0');
        }
        vec![self.with_digits(larger, self.decimals.saturating_sub(1)), self.with_digits(smaller, decimals)]
    }

    /// The number without its minus sign, or with one.
    #[must_use]
    pub fn other_sign(&self) -> Self {
        Self { minus: if self.minus.is_some() { None } else { Some('\u{2212}') }, ..self.clone() }
    }

    /// Another value, not negative, rounded half up to as many decimals.
    #[must_use]
    pub fn of_value(&self, value: &Rational) -> Self {
        let decimals = i32::try_from(self.decimals).unwrap_or(0);
        let steps = (value * rational::power_of_ten(decimals) + rational::ratio(1, 2)).floor().to_integer();
        let bare = self.digits.len() == self.decimals;
        let width = self.decimals + usize::from(!bare);
        self.with_digits(format!("{steps:0>width$}").chars().collect(), self.decimals)
    }
}

/// Whether characters behind a number hold another one: a digit that is no exponent of a unit.
fn has_number(rest: &[char]) -> bool {
    rest.iter().enumerate().any(|(at, character)| {
        let before = at.checked_sub(1).map(|before| rest[before]);
        let bound = before.is_some_and(|before| before.is_alphabetic() || before == '^' || is_minus(before));
        character.is_ascii_digit() && !bound
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn numeral(quote: &str, plain: &str) -> Option<Numeral> {
        Numeral::find(quote, &Printed::parse(plain).expect("a decimal"))
    }

    fn texts(list: &[Numeral]) -> Vec<String> {
        list.iter().map(Numeral::text).collect()
    }

    #[test]
    fn numbers_are_found_with_their_style() {
        for (quote, plain, own) in [
            ("42,000 ng/day", "42000", "42,000"),
            (".036", "0.036", ".036"),
            ("−8 °C", "-8", "−8"),
            ("4,12", "4.12", "4,12"),
            ("12 500 kg m−2", "12500", "12 500"),
            ("1,234.5 cm2", "1234.5", "1,234.5"),
            ("about 91%", "91", "91"),
        ] {
            assert_eq!(numeral(quote, plain).map(|found| found.text()).as_deref(), Some(own), "{quote}");
        }
        for (quote, plain) in [("3 to 5 mg", "3"), ("5 ± 2", "5"), ("1,5", "15"), ("8", "-8"), ("ns", "0.05")] {
            assert_eq!(numeral(quote, plain), None, "{quote}");
        }
    }

    #[test]
    fn slips_keep_the_style() {
        let of = |quote: &str, plain: &str| numeral(quote, plain).expect("a number");
        assert_eq!(texts(&of("42,000 g", "42000").powers_of_ten()), ["420,000", "4,200"]);
        assert_eq!(texts(&of(".036", "0.036").powers_of_ten()), [".36", ".0036"]);
        assert_eq!(texts(&of("0.85", "0.85").powers_of_ten()), ["8.5", "0.085"]);
        assert_eq!(texts(&of("2.72", "2.72").powers_of_ten()), ["27.2", "0.272"]);
        assert_eq!(texts(&of("91%", "91").powers_of_ten()), ["910", "9.1"]);
        assert_eq!(texts(&of("7 kg", "7").powers_of_ten()), ["70", "0.7"]);
        assert_eq!(texts(&of("1,204", "1204").swaps()), ["2,104", "1,024", "1,240"]);
        assert_eq!(texts(&of("0.85", "0.85").swaps()), ["0.58"]);
        assert_eq!(of("10", "10").other_digits().len(), 8 + 9);
        assert_eq!(of("−8 °C", "-8").other_sign().text(), "8");
        let third = rational::ratio(200, 3);
        assert_eq!(of("91.3%", "91.3").of_value(&third).text(), "66.7");
        assert_eq!(of(".036", "0.036").of_value(&rational::ratio(1, 30)).text(), ".033");
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(value in 0_u64..100_000_000, decimals in 0_usize..4, negative: bool) {
            let text = format!("{value:0>width$}", width = decimals + 1);
            let (whole, fraction) = text.split_at(text.len() - decimals);
            let sign = if negative { "-" } else { "" };
            let plain = if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") };
            let printed = Printed::parse(&plain).expect("a decimal");
            let found = Numeral::find(&plain, &printed).expect("a number");
            prop_assert_eq!(found.text(), plain);
            prop_assert_eq!(found.statement(Form::Rounded).value, printed.point());
            for slip in found.other_digits().into_iter().chain(found.swaps()).chain(found.powers_of_ten()) {
                let again = Printed::parse(&slip.text()).expect("a decimal");
                prop_assert_eq!(again.point(), slip.statement(Form::Rounded).value.clone());
                prop_assert_ne!(again.point(), printed.point());
            }
        }
    }
}
