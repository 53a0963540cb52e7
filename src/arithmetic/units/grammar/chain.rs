//! Chains of terms, whole strings and prefixes of running text.

use super::exponent::{self, Mode};
use super::meaning::{self, Join, Term};
use super::prose;
use super::text::Folded;
use crate::arithmetic::rational;
use crate::arithmetic::units::tags::Tags;
use crate::arithmetic::units::unit::{Scale, Unit};

/// The most terms of one unit.
const MOST_TERMS: usize = 12;

/// A reader over the characters of one text.
pub(super) struct Reader<'a> {
    /// The characters in one spelling.
    pub chars: &'a [char],
    /// The characters as written.
    pub raw: &'a [char],
    /// What may follow.
    pub mode: Mode,
}

/// A way to go on behind a term: the join, and where the next term starts.
struct Step {
    join: Join,
    next: usize,
    /// Whether spaces stand around a bar.
    spaced: bool,
}

impl<'a> Reader<'a> {
    pub fn new(folded: &'a Folded, mode: Mode) -> Self {
        Self { chars: &folded.chars, raw: &folded.raw, mode }
    }

    /// The meanings of the whole text.
    pub fn whole(&self) -> Result<Vec<Unit>, String> {
        let log = self.logarithm();
        let (terms, end) = self.chain(log.unwrap_or(0), 0)?;
        let end = end + usize::from(self.chars.get(end) == Some(&' '));
        if end < self.chars.len() {
            // An abbreviation may bring its own stop.
            let stop =
                self.chars.get(end) == Some(&'.') && end + 1 == self.chars.len() && prose::abbreviated(self, &terms);
            if !stop {
                let rest: String = self.chars.iter().skip(end).take(24).collect();
                return Err(format!("`{}` is not understood", rest.trim()));
            }
        }
        let units = meaning::units(&terms)?;
        Ok(if log.is_some() { units.iter().map(logarithm_of).collect() } else { units })
    }

    /// Where the unit starts whose logarithm is taken: behind "log10", "log" or "lg".
    fn logarithm(&self) -> Option<usize> {
        ["log10", "log 10", "log", "lg", "Log10", "Log"].iter().find_map(|word| {
            let word: Vec<char> = word.chars().collect();
            let length = word.len();
            if self.chars.get(..length) != Some(word.as_slice()) {
                return None;
            }
            match self.chars.get(length) {
                Some(' ') => Some(length + 1),
                Some('(') if self.mode == Mode::Whole => Some(length),
                _ => None,
            }
        })
    }

    /// The longest unit at the start and the position behind it.
    pub fn prefix(&self) -> Option<(Vec<Unit>, usize)> {
        let log = self.logarithm();
        let (mut terms, _) = self.chain(log.unwrap_or(0), 0).ok()?;
        while let Some(last) = terms.last_mut() {
            // In running text a substance behind the last unit ("5 mg protein was") belongs to the sentence.
            if self.mode == Mode::Prose
                && let Some(end) = last.end_without_substance
                && !last.join.divides()
                && !last.negative
            {
                last.end = end;
                for reading in &mut last.readings {
                    reading.unit.tags = prose::without_substance(&reading.unit.tags);
                }
            }
            let end = last.end;
            if self.ends_word(end) && prose::believed(self, &terms) {
                let units = meaning::units(&terms).ok()?;
                return Some((if log.is_some() { units.iter().map(logarithm_of).collect() } else { units }, end));
            }
            terms.pop();
        }
        None
    }

    /// Whether no word goes on at `at`.
    fn ends_word(&self, at: usize) -> bool {
        if self.mode == Mode::Prose && exponent::is_mark(self.chars, at) {
            return true;
        }
        let last = at.checked_sub(1).and_then(|last| self.chars.get(last));
        let next = self.chars.get(at);
        match (last, next) {
            (Some(last), Some(next)) => {
                !(last.is_alphanumeric() && (next.is_alphanumeric() || *next == '_'))
                    && !(*next == '(' && self.mode == Mode::Expression && last.is_alphabetic())
            }
            _ => true,
        }
    }

    /// The terms from `at` on, and the position behind them.
    pub fn chain(&self, at: usize, depth: usize) -> Result<(Vec<Term>, usize), String> {
        let mut terms: Vec<Term> = Vec::new();
        let mut here = at;
        let mut join = Join::First;
        if let Some(step) = self.leading_bar(at) {
            (join, here) = (step.join, step.next);
        }
        let first = self.term(here, join, depth)?;
        here = first.end;
        terms.push(first);
        while let Some(last) = terms.last()
            && let Some(step) = self.step(here, last)
        {
            if terms.len() == MOST_TERMS {
                return Err(format!("more than {MOST_TERMS} parts"));
            }
            match self.term(step.next, step.join, depth) {
                Ok(term) if self.mode != Mode::Prose || prose::joins(self, &terms, &term, step.spaced) => {
                    here = term.end;
                    terms.push(term);
                }
                Err(reason) if self.mode == Mode::Whole => return Err(reason),
                Ok(_) | Err(_) => break,
            }
        }
        Ok((terms, here))
    }

    /// `/L`, "per day": a unit that is all under a bar.
    fn leading_bar(&self, at: usize) -> Option<Step> {
        if self.mode == Mode::Expression {
            return None;
        }
        if self.chars.get(at) == Some(&'/') {
            let next = at + 1;
            let digit = self.chars.get(next).is_some_and(char::is_ascii_digit);
            let prose = self.mode == Mode::Prose && (digit || self.chars.get(next) == Some(&' '));
            let next = next + usize::from(self.chars.get(next) == Some(&' '));
            return if prose { None } else { Some(Step { join: Join::Bar, next, spaced: false }) };
        }
        self.per(at)
    }

    /// The word "per" at `at`, with what follows it.
    fn per(&self, at: usize) -> Option<Step> {
        let letters = [self.chars.get(at)?, self.chars.get(at + 1)?, self.chars.get(at + 2)?];
        let per = letters.iter().map(|c| c.to_ascii_lowercase()).eq("per".chars());
        let gap = matches!(self.chars.get(at + 3), Some(' ' | '-'));
        // "per cent" and "per mil" are ratios; "per centimetre" and "per millilitre" are not.
        let word: String = self.chars.iter().skip(at + 4).take(8).take_while(|c| c.is_alphabetic()).collect();
        let ratio = matches!(word.as_str(), "cent" | "cents" | "mil" | "mill" | "mille");
        if per && gap && !ratio { Some(Step { join: Join::Per, next: at + 4, spaced: true }) } else { None }
    }

    /// The way to go on behind a term that ends at `at`.
    fn step(&self, at: usize, last: &Term) -> Option<Step> {
        let spaces = self.chars.iter().skip(at).take(3).take_while(|c| **c == ' ').count();
        let behind = at + spaces;
        let c = *self.chars.get(behind)?;
        let after = |at: usize| at + usize::from(self.chars.get(at) == Some(&' '));
        let whole = self.mode == Mode::Whole;
        let product = |next: usize| Some(Step { join: Join::Dot, next, spaced: spaces > 0 });
        match c {
            '/' if spaces < 3 => {
                let next = after(behind + 1);
                let apart = spaces > 0 || next > behind + 1;
                let digit = self.chars.get(next).is_some_and(char::is_ascii_digit);
                let refused = digit && (self.mode == Mode::Expression || (self.mode == Mode::Prose && apart));
                if refused { None } else { Some(Step { join: Join::Bar, next, spaced: apart }) }
            }
            '·' if whole || spaces == 0 || self.chars.get(behind + 1) == Some(&' ') => product(after(behind + 1)),
            '·' => product(behind + 1),
            '×' | '*' if whole && self.chars.get(behind + 1) != Some(&'*') => product(after(behind + 1)),
            '.' if spaces == 0 && self.chars.get(behind + 1).is_some_and(|c| c.is_alphabetic()) => product(behind + 1),
            '.' if spaces == 0
                && whole
                && self.chars.get(behind + 1) == Some(&' ')
                && behind + 2 < self.chars.len() =>
            {
                // "sq. ft" has its own row; here a stop ends an abbreviation: "oz. per day".
                let next = behind + 2;
                self.per(next).or(Some(Step { join: Join::Space, next, spaced: true }))
            }
            '-' if spaces == 0 && self.chars.get(behind + 1).is_some_and(|c| c.is_alphabetic()) => {
                Some(Step { join: Join::Hyphen, next: behind + 1, spaced: false })
            }
            _ if spaces > 0 && spaces < 3 => self.per(behind).or_else(|| self.spaced_product(c, behind)),
            // "kg⁻¹d⁻¹": nothing stands between an exponent and the next symbol.
            _ if spaces == 0 && last.powered && c.is_alphabetic() => {
                Some(Step { join: Join::Space, next: behind, spaced: false })
            }
            '(' if spaces == 0 && whole => Some(Step { join: Join::Space, next: behind, spaced: false }),
            _ => None,
        }
    }

    /// A product by a space: the next term starts with a letter, a sign, or a number with a symbol ("1.73 m⁻²").
    fn spaced_product(&self, c: char, next: usize) -> Option<Step> {
        let letter = c.is_alphabetic() || matches!(c, '°' | '%' | '$' | '€');
        let number = c.is_ascii_digit() && self.mode != Mode::Expression;
        let bracket = c == '(' && self.mode == Mode::Whole;
        if letter || number || bracket { Some(Step { join: Join::Space, next, spaced: true }) } else { None }
    }
}

/// The unit of decimal logarithms of numbers in the given unit: no factor applies, and the axis names the argument.
fn logarithm_of(unit: &Unit) -> Unit {
    let factor = rational::to_text(&unit.factor.conventional);
    let tags = if unit.tags.is_empty() { String::new() } else { format!(" {}", unit.tags) };
    let axis = format!("{}log10({factor} {}{tags})", Tags::LOG, unit.dimension);
    Unit { scale: Scale::Logarithmic, tags: Tags::one(&axis.replace(' ', "_"), 1), ..Unit::one() }
}
