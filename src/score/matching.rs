//! Which claim of a paper a row of the truth file is about.
//!
//! Quotes are compared without white space (a line break is none) and with one form of each dash, prime and space. A
//! claim fits a row when its stated value stands in the row's quote and the two quotes share most of the shorter one.

use crate::report::{Finding, PaperReport};

use super::truth::TruthRow;

/// The longest quote that is compared; a longer one is cut.
const LONGEST: usize = 2000;

/// A quote as it is compared.
pub fn normalised(text: &str) -> String {
    let kept = text.chars().filter(|character| !character.is_whitespace() && *character != '\u{ad}');
    let unified = kept.map(|character| match character {
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        '\u{2018}' | '\u{2019}' | '\u{2032}' => '\'',
        '\u{201c}' | '\u{201d}' | '\u{2033}' => '"',
        '\u{b5}' => '\u{3bc}',
        '\u{d7}' => 'x',
        other => other,
    });
    unified.flat_map(char::to_lowercase).take(LONGEST).collect()
}

/// Whether a row is about a paper: by its file name, its path as reported, or its hash.
pub(super) fn is_paper(row: &TruthRow, paper: &PaperReport) -> bool {
    let file = paper.source.rsplit('/').next().unwrap_or(&paper.source);
    row.paper == paper.source || row.paper == file || (!paper.key.is_empty() && row.paper == paper.key)
}

/// How well a claim fits a row: the number of characters that they share, 0 where it does not fit.
pub(super) fn fit(row: &TruthRow, claim: &Finding) -> usize {
    let wanted: Vec<char> = normalised(&row.quote).chars().collect();
    let has = |text: &str| {
        let part: Vec<char> = normalised(text).chars().collect();
        !part.is_empty() && wanted.windows(part.len()).any(|window| window == part)
    };
    // The unit of a value may stand elsewhere in a list, so its number is enough.
    let stated = claim.operands.last().map_or("", |operand| operand.span.quote.as_str());
    let number: String =
        stated.chars().take_while(|character| !character.is_alphabetic() && *character != '%').collect();
    if !has(stated) && !has(&number) {
        return 0;
    }
    let quote: Vec<char> = normalised(&claim.quote).chars().collect();
    let shared = longest_common(&wanted, &quote);
    let shorter = wanted.len().min(quote.len());
    if shared * 2 >= shorter { shared } else { 0 }
}

/// The length of the longest run of characters that two texts share.
fn longest_common(a: &[char], b: &[char]) -> usize {
    let mut best = 0;
    let mut previous = vec![0; b.len() + 1];
    for left in a {
        let mut current = vec![0; b.len() + 1];
        for (at, right) in b.iter().enumerate() {
            if left == right {
                current[at + 1] = previous[at] + 1;
                best = best.max(current[at + 1]);
            }
        }
        previous = current;
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_and_dashes_do_not_count() {
        assert_eq!(normalised("42,\n000 ng/day"), normalised("42,000 ng/day"));
        assert_eq!(normalised("0.45 mg kg\u{2212}1"), normalised("0.45 mg kg-1"));
        assert_eq!(normalised("soft\u{ad}ware"), "software");
    }

    #[test]
    fn the_longest_run_is_found() {
        let chars = |text: &str| text.chars().collect::<Vec<_>>();
        assert_eq!(longest_common(&chars("xxabcdyy"), &chars("zabcdz")), 4);
        assert_eq!(longest_common(&chars(""), &chars("abc")), 0);
    }
}
