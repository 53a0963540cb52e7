//! The witness: a second reader, independent of the first, that reads given places of a page again.
//!
//! It stands on `pdf-extract`, which goes another way from the bytes to the characters (another parser, another reading of
//! fonts and encodings). It only answers whether it sees the same characters at a place; it never corrects the first
//! reader, which is the better one on the whole. It may panic on files that the first reader takes: that is caught here
//! and is an answer too. What it cannot do within the time of its process is for the caller.
//!
//! Its places are not to be relied on: it misreads the widths of some fonts. So a place is looked for twice: by where it
//! is, which can only confirm, and by the words around it in the order in which the page is drawn, which can also deny.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use kurbo::{Affine, Point};
use pdf_extract::{Document, MediaBox, OutputDev, OutputError, Transform, output_doc_page};

use super::hayro::HayroFile;
use super::layout::spacing::expanded;
use crate::document::Quad;
use crate::read::scripts::{subscript, superscript};

/// How many pages are read a second time at most; a paper with findings on more pages is not confirmed beyond them.
const MOST_PAGES: usize = 64;
/// How many characters of a page are kept at most.
const MOST_CHARACTERS: usize = 200_000;

/// A place of a page and what the first reader saw there.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// The page, from 1.
    pub page: u32,
    /// The corners around the characters.
    pub quad: Quad,
    /// The characters that the first reader saw.
    pub text: String,
    /// Some of the characters before them, and behind them, in the order of reading.
    pub around: [String; 2],
}

/// What the witness says of a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Testimony {
    /// It sees the same digits and signs.
    Same,
    /// It sees others: these.
    Other(String),
    /// It sees nothing there, or nothing that it is sure of.
    Nothing,
}

/// A character where the witness saw it, in shown coordinates of its page.
#[derive(Clone, Debug)]
struct Seen {
    at: Point,
    text: String,
}

/// Reads the places again, answers in the order of the questions.
pub fn testify(bytes: &[u8], questions: &[Question]) -> Vec<Testimony> {
    let mut wanted: Vec<u32> = questions.iter().map(|question| question.page).collect();
    wanted.sort_unstable();
    wanted.dedup();
    wanted.truncate(MOST_PAGES);
    let pages = catch_unwind(AssertUnwindSafe(|| pages(bytes, &wanted))).unwrap_or_default();
    let answer =
        |question: &Question| pages.get(&question.page).map_or(Testimony::Nothing, |page| page.answer(question));
    questions.iter().map(answer).collect()
}

/// The characters of the wanted pages; a page that cannot be read is left out.
fn pages(bytes: &[u8], wanted: &[u32]) -> BTreeMap<u32, SeenPage> {
    let mut out = BTreeMap::new();
    let (Ok(file), Ok(mut document)) = (HayroFile::open(bytes), Document::load_mem(bytes)) else { return out };
    if document.is_encrypted() && document.decrypt("").is_err() {
        return out;
    }
    for &page in wanted {
        let Some(shown) = file.shown(page as usize - 1) else { continue };
        let mut device = Listener { shown, seen: Vec::new() };
        let read = catch_unwind(AssertUnwindSafe(|| output_doc_page(&document, &mut device, page)));
        if matches!(read, Ok(Ok(()))) {
            out.insert(page, SeenPage::new(device.seen));
        }
    }
    out
}

/// Collects the characters of a page.
struct Listener {
    /// From user space to shown coordinates.
    shown: Affine,
    seen: Vec<Seen>,
}

impl OutputDev for Listener {
    fn begin_page(&mut self, _: u32, _: &MediaBox, _: Option<(f64, f64, f64, f64)>) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_page(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn output_character(&mut self, trm: &Transform, _: f64, _: f64, _: f64, text: &str) -> Result<(), OutputError> {
        if self.seen.len() < MOST_CHARACTERS && !text.trim().is_empty() {
            self.seen.push(Seen { at: self.shown * Point::new(trm.m31, trm.m32), text: text.to_owned() });
        }
        Ok(())
    }

    fn begin_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), OutputError> {
        Ok(())
    }
}

/// A page as the witness read it.
struct SeenPage {
    seen: Vec<Seen>,
    /// Its characters as they were drawn, in the form in which words are compared.
    drawn: Vec<char>,
}

/// How many characters of the words around a place have to be found at least, and how many are looked for.
const AROUND: (usize, usize) = (6, 14);

impl SeenPage {
    fn new(seen: Vec<Seen>) -> Self {
        let drawn = seen.iter().flat_map(|one| folded(&one.text)).collect();
        Self { seen, drawn }
    }

    fn answer(&self, question: &Question) -> Testimony {
        if compare(&question.text, &inside(&self.seen, &question.quad)) == Testimony::Same {
            return Testimony::Same;
        }
        let before = folded(&question.around[0]);
        let before = &before[before.len().saturating_sub(AROUND.1)..];
        let mut after = folded(&question.around[1]);
        after.truncate(AROUND.1);
        if before.len() < AROUND.0 || after.len() < AROUND.0 {
            return Testimony::Nothing;
        }
        let longest = 2 * folded(&question.text).len() + 8;
        let mut found: Vec<String> = Vec::new();
        for start in ends_of(&self.drawn, before) {
            let window = &self.drawn[start..self.drawn.len().min(start + longest + after.len())];
            if let Some(end) = window.windows(after.len()).position(|window| window == after) {
                found.push(window[..end].iter().collect());
            }
        }
        found.sort();
        found.dedup();
        match &found[..] {
            // Where the same words stand around other characters elsewhere, it cannot be told which place is meant.
            [only] => compare(&question.text, only),
            _ => Testimony::Nothing,
        }
    }
}

/// Where the occurrences of `part` end.
fn ends_of<'t>(text: &'t [char], part: &'t [char]) -> impl Iterator<Item = usize> + 't {
    text.windows(part.len()).enumerate().filter(move |(_, window)| *window == part).map(move |(at, _)| at + part.len())
}

/// The characters of words in the one form in which both readers write them: without spaces, ligatures taken apart,
/// dashes, quotes and raised digits plain.
fn folded(text: &str) -> Vec<char> {
    let mut out = Vec::new();
    for character in text.chars().filter(|character| !character.is_whitespace() && !character.is_control()) {
        let parts = match character {
            '‘' | '’' | '′' => "'",
            '“' | '”' => "\"",
            'µ' => "μ",
            _ => expanded(character).unwrap_or_default(),
        };
        if parts.is_empty() {
            out.push(plain_sign(character).unwrap_or(character));
        } else {
            out.extend(parts.chars());
        }
    }
    out
}

/// The characters whose origin lies in the quad, in reading direction; what was drawn twice is taken once.
fn inside(page: &[Seen], quad: &Quad) -> String {
    let [start_top, end_top, _, start_bottom] = quad.0.map(|point| Point::new(f64::from(point.x), f64::from(point.y)));
    let (along, down) = (end_top - start_top, start_bottom - start_top);
    let (length, height) = (along.hypot(), down.hypot());
    if length <= 0.0 || height <= 0.0 {
        return String::new();
    }
    // An origin stands at the left end of its character, so the window lies a little to the left of the quad.
    let slack = 0.12 * height;
    let mut found: Vec<(f64, &str)> = page
        .iter()
        .filter_map(|seen| {
            let from = seen.at - start_top;
            let (right, below) = (from.dot(along) / length, from.dot(down) / (height * height));
            ((-slack..length - slack).contains(&right) && (0.0..=1.05).contains(&below)).then_some((right, &*seen.text))
        })
        .collect();
    found.sort_by(|a, b| a.0.total_cmp(&b.0));
    found.dedup_by(|next, last| next.1 == last.1 && next.0 - last.0 < 0.08 * height);
    found.into_iter().map(|(_, text)| text).collect()
}

/// Compares the digits and signs of both readings.
fn compare(first: &str, second: &str) -> Testimony {
    let (wanted, own) = (significant(first), significant(second));
    // Of a number in words the letters themselves are compared.
    let words = wanted.is_empty() && own.is_empty() && folded(first) == folded(second);
    if words && !second.is_empty() {
        Testimony::Same
    } else if own.is_empty() || second.contains('\u{FFFD}') {
        Testimony::Nothing
    } else if wanted == own {
        Testimony::Same
    } else {
        Testimony::Other(second.to_owned())
    }
}

/// The plain form of a dash, a raised or a lowered digit.
fn plain_sign(character: char) -> Option<char> {
    let digit = || ('0'..='9').find(|digit| [superscript(*digit), subscript(*digit)].contains(&Some(character)));
    match character {
        '-' | '\u{AD}' | '‐' | '‑' | '‒' | '–' | '−' | '⁻' | '₋' => Some('-'),
        '·' | '⋅' | '∙' => Some('.'),
        _ => digit(),
    }
}

/// The characters that carry a number: digits, marks and signs, each in one form. Letters, spaces and brackets are left
/// out: they are set in more ways than two readers agree on, and no number changes with them.
fn significant(text: &str) -> String {
    let carries =
        |character: &char| matches!(character, '0'..='9' | '.' | ',' | '<' | '>' | '=' | '±' | '×' | '%' | '/' | '-');
    text.chars().map(|character| plain_sign(character).unwrap_or(character)).filter(carries).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(text: &str) -> Vec<Seen> {
        let at = |place: usize| Point::new(100.0 + 5.0 * f64::from(u32::try_from(place).expect("short")), 208.0);
        text.chars().enumerate().map(|(place, one)| Seen { at: at(place), text: one.to_string() }).collect()
    }

    #[test]
    fn signs_have_one_form_and_letters_do_not_count() {
        assert_eq!(significant("−0.15 × 10⁻³ µg"), "-0.15×10-3");
        assert_eq!(compare("p < .001", "p<.001"), Testimony::Same);
        assert_eq!(compare("−0.15", "\"0.15"), Testimony::Other("\"0.15".to_owned()));
        assert_eq!(compare("42", "4\u{FFFD}"), Testimony::Nothing);
        assert_eq!(compare("42", ""), Testimony::Nothing);
    }

    #[test]
    fn only_the_place_counts_and_what_is_drawn_twice_counts_once() {
        let mut seen = page("a 42,000 ng");
        seen.extend(page("a 42,000 ng"));
        let quad = Quad::upright(110.0, 200.0, 140.0, 211.0);
        assert_eq!(inside(&seen, &quad), "42,000");
        assert_eq!(inside(&seen, &Quad::upright(110.0, 300.0, 140.0, 311.0)), "");
        assert_eq!(inside(&seen, &Quad::default()), "");
    }

    #[test]
    fn words_around_a_place_confirm_and_deny_where_places_are_wrong() {
        let mut seen = page("the mean was\"0.15 of the ﬁrst");
        for one in &mut seen {
            one.at.x = 0.0;
        }
        let page = SeenPage::new(seen);
        let ask = |text: &str, before: &str, after: &str| {
            let around = [before.to_owned(), after.to_owned()];
            page.answer(&Question {
                page: 1,
                quad: Quad::upright(110.0, 200.0, 140.0, 211.0),
                text: text.to_owned(),
                around,
            })
        };
        assert_eq!(ask("0.15", "the mean was “", " of the first"), Testimony::Same);
        assert_eq!(ask("−0.15", "in all, the mean was ", " of the first"), Testimony::Nothing, "other words before");
        assert_eq!(ask("−0.15", "the mean was ", " of the first"), Testimony::Other("\"0.15".to_owned()));
        assert_eq!(ask("−0.15", "was ", " of the first"), Testimony::Nothing, "too few words");
    }

    #[test]
    fn what_is_no_pdf_says_nothing() {
        let question =
            Question { page: 1, quad: Quad::default(), text: "42".to_owned(), around: <[String; 2]>::default() };
        assert_eq!(testify(b"no PDF", &[question]), [Testimony::Nothing]);
    }
}
