//! The N of a heading whose equals sign came out as a digit: "n=2276" printed as "n52276" or "n 5 40".
//!
//! Some fonts of journals give their equals sign as "5". The number is then no quantity of its own, or it is read with
//! the digit in front, so that the N without it is another open reading.

use std::sync::LazyLock;

use regex::Regex;

use crate::arithmetic::rational::{self, Rational};
use crate::extract::patterns::compile;

use super::shares::{Grid, Share};

static LOST: LazyLock<Option<Regex>> =
    LazyLock::new(|| compile(r"(?:^|[^\p{L}\d])[nN]\s?5\s?(?P<size>[1-9][\d,]{0,11})(?:$|[^\d.])"));

/// The number behind "n5" in words without an equals sign.
fn size(words: &str) -> Option<Rational> {
    let found = LOST.as_ref()?.captures(words)?;
    let digits: String = found.name("size")?.as_str().chars().filter(char::is_ascii_digit).collect();
    digits.parse::<i64>().ok().map(rational::whole)
}

/// The N over the columns of a share, or in the caption, that such a sign leaves.
pub(super) fn sizes(grid: Grid<'_>, share: &Share) -> Vec<Rational> {
    let signed = |words: &str| words.contains(['=', '¼', '⫽']);
    let headings = &grid.content.headings;
    // The words over a column are parted into the rows of the header, from the nearest up.
    let row_is_signed = |depth: usize| {
        let row = |words: &String| words.lines().rev().nth(depth).is_some_and(signed);
        headings.iter().any(row)
    };
    let over =
        [share.count_column, share.column].into_iter().flat_map(|column| grid.content.heading(column).enumerate());
    let over = over.filter(|(depth, _)| !row_is_signed(*depth)).filter_map(|(_, words)| size(words));
    let caption = grid.content.caption.lines().next().filter(|words| !signed(words)).and_then(size);
    let mut found: Vec<Rational> = over.chain(caption).collect();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_five_stands_for_the_sign() {
        assert_eq!(size("n52276"), Some(rational::whole(2276)));
        assert_eq!(size("Controls (n 5 40)"), Some(rational::whole(40)));
        assert_eq!(size("N51,020 (%)"), Some(rational::whole(1020)));
        assert_eq!(size("in 5 40"), None);
        assert_eq!(size("n = 40"), None);
    }
}
