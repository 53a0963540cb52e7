//! The cells of a row by the names of their columns, as printed numbers, counts and words.
//!
//! A cell that cannot be read is an error in words, which becomes the reason of its row.

use std::collections::BTreeMap;

use crate::arithmetic::{Interval, Printed, RealSet, Value};

use super::rounding::Rounding;

/// The most characters of a cell that a message repeats.
const SHOWN: usize = 40;

/// The names of the columns.
#[derive(Clone, Debug)]
pub struct Header {
    columns: BTreeMap<String, usize>,
}

impl Header {
    /// The header of the named columns. White space around a name and letter case do not count; of two columns of one name
    /// the first is read.
    pub fn new<'n>(names: impl IntoIterator<Item = &'n str>) -> Self {
        let mut columns = BTreeMap::new();
        for (at, name) in names.into_iter().enumerate() {
            columns.entry(name.trim().trim_start_matches('\u{feff}').to_lowercase()).or_insert(at);
        }
        Self { columns }
    }

    /// Whether there is a column of the name.
    pub fn has(&self, name: &str) -> bool {
        self.columns.contains_key(&name.to_lowercase())
    }
}

/// A row.
#[derive(Clone, Copy, Debug)]
pub struct Row<'r> {
    header: &'r Header,
    cells: &'r [String],
}

/// A printed value with what stood before it.
pub(super) struct Stated {
    /// The values that it can be.
    pub(super) set: RealSet,
}

impl<'r> Row<'r> {
    /// The cells under the header.
    pub const fn new(header: &'r Header, cells: &'r [String]) -> Self {
        Self { header, cells }
    }

    /// The text of a cell, where it has one.
    pub(super) fn text(&self, name: &str) -> Option<&'r str> {
        let at = *self.header.columns.get(&name.to_lowercase())?;
        self.cells.get(at).map(|cell| cell.trim()).filter(|cell| !cell.is_empty())
    }

    /// Whether the cell is there and holds something.
    pub(super) fn has(&self, name: &str) -> bool {
        self.text(name).is_some()
    }

    /// The first of the names under which the row has something.
    pub(super) fn first<'n>(&self, names: &[&'n str]) -> Option<&'n str> {
        names.iter().copied().find(|name| self.has(name))
    }

    /// A printed number that has to be there.
    pub(super) fn number(&self, name: &str) -> Result<Printed, String> {
        let text = self.text(name).ok_or_else(|| format!("{name} is missing"))?;
        printed(text).ok_or_else(|| format!("{name} is not a plain decimal number: {}", shown(text)))
    }

    /// A printed number as the set of its values.
    pub(super) fn value(&self, name: &str, rounding: Rounding) -> Result<Value, String> {
        Ok(Value::number(rounding.set(&self.number(name)?)))
    }

    /// A whole number that has to be there.
    pub(super) fn count(&self, name: &str) -> Result<i64, String> {
        let text = self.text(name).ok_or_else(|| format!("{name} is missing"))?;
        text.parse().map_err(|_| format!("{name} is not a whole number: {}", shown(text)))
    }

    /// Degrees of freedom: exact where they are a whole number, else as printed.
    pub(super) fn degrees(&self, name: &str, rounding: Rounding) -> Result<Value, String> {
        let number = self.number(name)?;
        let number = if number.decimals == 0 && number.exponent == 0 { number.as_exact() } else { number };
        Ok(Value::number(rounding.set(&number)))
    }

    /// A value that may be led by a comparator: `= 2.20`, `< .001`, `2.20`.
    pub(super) fn stated(&self, name: &str, rounding: Rounding) -> Result<Stated, String> {
        let text = self.text(name).ok_or_else(|| format!("{name} is missing"))?;
        let signs: [(&str, Option<(bool, bool)>); 7] = [
            ("<=", Some((false, true))),
            (">=", Some((true, true))),
            ("≤", Some((false, true))),
            ("≥", Some((true, true))),
            ("<", Some((false, false))),
            (">", Some((true, false))),
            ("=", None),
        ];
        let found = signs.iter().find_map(|(sign, form)| Some((text.strip_prefix(sign)?, *form)));
        let (rest, form) = found.unwrap_or((text, None));
        let number = printed(rest.trim());
        let number = number.ok_or_else(|| format!("{name} is not a plain decimal number: {}", shown(text)))?;
        Ok(match form {
            Some((above, closed)) => {
                let half = if above { Interval::above } else { Interval::below };
                Stated { set: RealSet::from(half(number.point(), closed)) }
            }
            None => Stated { set: rounding.set(&number) },
        })
    }
}

/// A plain decimal; a typographic minus sign is one.
pub(super) fn printed(text: &str) -> Option<Printed> {
    let text = text.replace(['\u{2212}', '\u{2013}'], "-");
    Printed::parse(&text)
}

/// The start of a cell for a message.
pub(super) fn shown(text: &str) -> String {
    let mut shown: String = text.chars().take(SHOWN).collect();
    if text.chars().nth(SHOWN).is_some() {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arithmetic::rational::ratio;

    #[test]
    fn cells_are_read_by_name() {
        let header = Header::new(["\u{feff}Mean ", "n", "p", "n"]);
        let cells = ["\u{2212}2.20", " 28", "< .001", "3"].map(str::to_owned);
        let row = Row::new(&header, &cells);
        assert!(row.number("mean").expect("a number").negative);
        assert_eq!(row.count("N").expect("a count"), 28);
        let p = row.stated("p", Rounding::Any).expect("a bound").set;
        assert!(!p.contains(&ratio(1, 1000)) && p.contains(&ratio(1, 1001)));
        assert_eq!(row.count("items").expect_err("none"), "items is missing");
        let odd = ["2,20".to_owned()];
        let message = Row::new(&header, &odd).number("mean").expect_err("no plain decimal");
        assert_eq!(message, "Mean is not a plain decimal number: 2,20".replace("Mean", "mean"));
    }
}
