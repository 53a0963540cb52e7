//! Running heads and feet and page numbers: what stands at the same height of several pages with the same words.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use foldhash::fast::RandomState;

use super::page::{PageLines, TextLine};
use super::spacing::Placed;

/// How many lines at the top and at the bottom of a page are looked at.
const OUTER: usize = 4;
/// The share of the page's height, at the top and at the bottom, in which furniture can stand.
const MARGIN: f32 = 0.12;

/// Marks the furniture among the lines of all pages.
pub fn mark(pages: &mut [PageLines]) {
    mark_margins(pages);
    mark_stamps(pages);
}

/// What stands with the same words at the very same place of most pages is furniture wherever that is.
fn mark_stamps(pages: &mut [PageLines]) {
    if pages.len() < 4 {
        return;
    }
    let most = pages.len().div_ceil(2).max(3);
    let mut seen = Stamps::default();
    let mut words = Vec::new();
    for (page, lines) in pages.iter().enumerate() {
        words.extend(lines.lines.iter().map(|line| seen.add(page, line)));
    }
    for (line, words) in pages.iter_mut().flat_map(|page| &mut page.lines).zip(words) {
        line.furniture |= seen.repeats(words, line, most);
    }
}

/// The lines of all pages by their words and places.
#[derive(Default)]
struct Stamps {
    /// The words, numbered, with the pages that have them; pages come in order, each once.
    words: HashMap<String, usize, RandomState>,
    pages_of: Vec<Vec<usize>>,
    /// The pages that have the words of a number at a place.
    at: HashMap<(usize, i32, i32), Vec<usize>, RandomState>,
}

impl Stamps {
    /// Adds a line of a page, not before those of the pages before it, and gives the number of its words.
    fn add(&mut self, page: usize, line: &TextLine) -> usize {
        let words = *self.words.entry(pattern(line)).or_insert_with(|| {
            self.pages_of.push(Vec::new());
            self.pages_of.len() - 1
        });
        let (left, base) = place(line);
        for pages in [&mut self.pages_of[words], self.at.entry((words, left, base)).or_default()] {
            if pages.last() != Some(&page) {
                pages.push(page);
            }
        }
        words
    }

    /// Whether `most` pages or more have the words of a line at its place.
    fn repeats(&self, words: usize, line: &TextLine, most: usize) -> bool {
        if self.pages_of[words].len() < most {
            return false;
        }
        let (left, base) = place(line);
        // A place may fall on either side of the border between two cells.
        let on: BTreeSet<usize> = (-1..=1)
            .flat_map(|right| (-1..=1).map(move |down| (words, left + right, base + down)))
            .filter_map(|stamp| self.at.get(&stamp))
            .flatten()
            .copied()
            .collect();
        on.len() >= most
    }
}

/// The place of a line in steps of four points.
fn place(line: &TextLine) -> (i32, i32) {
    #[expect(clippy::cast_possible_truncation, reason = "places are below a million points")]
    let cell = |at: f32| (at / 4.0).round() as i32;
    (cell(line.left), cell(line.base))
}

fn mark_margins(pages: &mut [PageLines]) {
    let mut seen: BTreeMap<(String, bool), Vec<Outer>> = BTreeMap::new();
    let outer: Vec<Vec<(usize, bool)>> = pages.iter().map(outer_lines).collect();
    for (page_index, lines) in outer.iter().enumerate() {
        for &(line, top) in lines {
            let line = &pages[page_index].lines[line];
            seen.entry((pattern(line), top)).or_default().push(Outer::of(page_index, line));
        }
    }
    let many = pages.len() >= 3;
    for (page_index, lines) in outer.iter().enumerate() {
        for &(index, top) in lines {
            let line = &pages[page_index].lines[index];
            let own = Outer::of(page_index, line);
            let repeats = seen.get(&(pattern(line), top)).is_some_and(|others| {
                let alike = others.iter().filter(|other| own.is_like(other));
                let pages_with: BTreeSet<usize> = alike.map(|other| other.page).collect();
                pages_with.len() >= 2 && (many || pages.len() == pages_with.len())
            });
            if repeats || is_page_number(line) {
                pages[page_index].lines[index].furniture = true;
            }
        }
    }
}

/// A line at the edge of a page: where it stands, and its numbers in their order.
struct Outer {
    page: usize,
    base: f32,
    numbers: Vec<String>,
}

impl Outer {
    fn of(page: usize, line: &TextLine) -> Self {
        let digits = |placed: &Placed| if placed.character.is_ascii_digit() { placed.character } else { ' ' };
        let text: String = line.characters.iter().map(digits).collect();
        Self { page, base: line.base, numbers: text.split_whitespace().map(str::to_owned).collect() }
    }

    /// Whether a line of the same words at the edge of another page is the same furniture: at the same height, with numbers that
    /// are the same or count with the pages. "Total 630" and "Total 249" at the foot of two pages are rows of tables.
    fn is_like(&self, other: &Self) -> bool {
        let counts = |own: &str, other_number: &str| {
            let (Ok(own), Ok(other_number)) = (own.parse::<i64>(), other_number.parse::<i64>()) else { return false };
            i64::try_from(self.page).unwrap_or(0) - i64::try_from(other.page).unwrap_or(0) == own - other_number
        };
        (self.base - other.base).abs() <= 6.0
            && self.numbers.len() == other.numbers.len()
            && self.numbers.iter().zip(&other.numbers).all(|(own, other)| own == other || counts(own, other))
    }
}

/// The outermost upright lines of a page: their index, and whether they stand at the top.
fn outer_lines(page: &PageLines) -> Vec<(usize, bool)> {
    let may_be = |line: &TextLine| line.frame.is_upright() && !is_row_of_numbers(line);
    let mut order: Vec<usize> = (0..page.lines.len()).filter(|&line| may_be(&page.lines[line])).collect();
    order.sort_by(|&a, &b| page.lines[a].base.total_cmp(&page.lines[b].base));
    let height = page.geom.height;
    let at_top = order.iter().take(OUTER * 2).filter(|&&line| page.lines[line].base < height * MARGIN);
    let at_bottom = order.iter().rev().take(OUTER * 2).filter(|&&line| page.lines[line].base > height * (1.0 - MARGIN));
    at_top.map(|&line| (line, true)).chain(at_bottom.map(|&line| (line, false))).collect()
}

/// Whether a line holds several numbers with wide gaps between them and no word: a row of a table.
fn is_row_of_numbers(line: &TextLine) -> bool {
    line.tabs() > 0 && !line.characters.iter().any(|placed| placed.character.is_alphabetic())
}

/// The words of a line with every number replaced, so that page numbers do not part running heads.
fn pattern(line: &TextLine) -> String {
    let mut out = String::new();
    for placed in &line.characters {
        let character = if placed.character.is_ascii_digit() { '#' } else { placed.character };
        let repeated = character == '#' && out.ends_with('#');
        if !repeated && !character.is_whitespace() {
            out.push(character);
        }
    }
    out
}

/// Whether the line is nothing but the number of a page.
fn is_page_number(line: &TextLine) -> bool {
    let pattern = pattern(line);
    matches!(pattern.as_str(), "#" | "-#-" | "–#–" | "—#—" | "Page#" | "Page#of#" | "#of#" | "#/#" | "p.#")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outer(page: usize, base: f32, numbers: &[&str]) -> Outer {
        Outer { page, base, numbers: numbers.iter().map(|number| (*number).to_owned()).collect() }
    }

    #[test]
    fn numbers_of_furniture_stay_or_count_with_the_pages() {
        let foot = outer(3, 720.0, &["2015", "11", "8"]);
        assert!(foot.is_like(&outer(5, 722.0, &["2015", "11", "10"])));
        assert!(foot.is_like(&outer(1, 720.0, &["2015", "11", "6"])));
        assert!(!foot.is_like(&outer(5, 720.0, &["2015", "11", "9"])));
        assert!(!foot.is_like(&outer(5, 700.0, &["2015", "11", "10"])), "it stands elsewhere");
        let total = outer(7, 720.0, &["630"]);
        assert!(!total.is_like(&outer(9, 720.0, &["249"])), "the ends of two tables");
    }
}
