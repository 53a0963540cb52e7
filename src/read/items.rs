//! The marks by which the items of a list begin: bullets, numbers, letters, small Roman numbers.
//!
//! Only the mark is read here. Whether it opens an item or stands in running text is decided by what is around it.

/// The mark of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ItemMark {
    /// A sign that stands for nothing else.
    Bullet(char),
    /// A dash or an asterisk, which may be many things.
    Dash(char),
    /// A number or letter with what stands around it.
    Counted {
        /// How it is written: "1.", "1)" or "(1)", by the signs around it.
        dress: (bool, char),
        /// The number.
        number: u32,
        /// What the number would be as a small Roman one, for "i", "v" and "x".
        roman: Option<u32>,
        /// Whether it is a letter.
        letter: bool,
    },
}

const BULLETS: &str = "•▪◦‣●■□▸►❖➢✓✔∙⁃\u{F0B7}\u{F0A7}";
/// How far numbers of a list go.
const MOST: u32 = 40;

/// The mark that a line begins with, if any. Words must follow it.
pub fn item_mark(line: &str) -> Option<ItemMark> {
    let line = line.trim_start();
    let first = line.chars().next()?;
    let rest = &line[first.len_utf8()..];
    let followed = |rest: &str| rest.starts_with(char::is_whitespace) && rest.contains(char::is_alphabetic);
    if BULLETS.contains(first) {
        return rest.contains(char::is_alphabetic).then_some(ItemMark::Bullet(first));
    }
    if matches!(first, '–' | '-' | '*' | '·' | '—') {
        return followed(rest).then_some(ItemMark::Dash(first));
    }
    let open = first == '(';
    let label_at = if open { rest } else { line };
    let length = label_at.find(|letter: char| !letter.is_ascii_alphanumeric())?;
    let (label, rest) = label_at.split_at(length);
    let close = rest.chars().next().filter(|sign| *sign == ')' || (*sign == '.' && !open))?;
    if !followed(&rest[1..]) {
        return None;
    }
    let (number, roman, letter) = counted(label)?;
    // "A. Fox" is a name, and a letter with a stop seldom counts.
    (!(letter && close == '.')).then_some(ItemMark::Counted { dress: (open, close), number, roman, letter })
}

fn counted(label: &str) -> Option<(u32, Option<u32>, bool)> {
    if let Ok(number) = label.parse::<u32>() {
        return ((1..=MOST).contains(&number) && !label.starts_with('0')).then_some((number, None, false));
    }
    let roman = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"]
        .iter()
        .zip(1..)
        .find(|(name, _)| **name == label)
        .map(|(_, number)| number);
    let mut letters = label.chars();
    let single = letters.next().filter(|_| letters.next().is_none()).filter(char::is_ascii_alphabetic);
    let place = single.map(|letter| u32::from(letter.to_ascii_lowercase()) - u32::from('a') + 1);
    match (place, roman) {
        (Some(place), roman) => Some((place, roman, true)),
        (None, Some(roman)) => Some((roman, Some(roman), true)),
        (None, None) => None,
    }
}

impl ItemMark {
    /// Whether the mark says by itself that an item begins.
    pub const fn is_sure(self) -> bool {
        matches!(self, Self::Bullet(_))
    }

    /// Whether the mark is the next of a list behind `before`.
    pub fn follows(self, before: Self) -> bool {
        match (before, self) {
            (Self::Bullet(a), Self::Bullet(b)) | (Self::Dash(a), Self::Dash(b)) => a == b,
            (
                Self::Counted { dress, number, roman, letter },
                Self::Counted { dress: own, number: next, roman: next_roman, letter: next_letter },
            ) => {
                let roman = roman.zip(next_roman).is_some_and(|(before, next)| next == before + 1);
                dress == own && letter == next_letter && (next == number + 1 || roman)
            }
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_open_items_and_words_follow() {
        for line in ["• foxes", "•foxes", "– foxes", "1. Foxes", "(2) hares", "a) foxes", "(iii) owls", "12) foxes"]
        {
            assert!(item_mark(line).is_some(), "{line}");
        }
        for line in
            ["1.5 mg", "A. Fox went", "(n = 5) foxes", "2015. The fox", "–5 °C", "(2)", "[1] Fox", "0. x", "(see) x"]
        {
            assert_eq!(item_mark(line), None, "{line}");
        }
    }

    #[test]
    fn a_list_counts_on() {
        let follows = |before: &str, after: &str| match (item_mark(before), item_mark(after)) {
            (Some(before), Some(after)) => after.follows(before),
            other => panic!("{other:?}"),
        };
        for (before, after) in
            [("1. a", "2. b"), ("(i) a", "(ii) b"), ("(h) a", "(i) b"), ("a) a", "b) b"), ("– a", "– b")]
        {
            assert!(follows(before, after), "{before} {after}");
        }
        for (before, after) in [("1. a", "3. b"), ("1. a", "2) b"), ("(1) a", "(b) b"), ("• a", "▪ b")] {
            assert!(!follows(before, after), "{before} {after}");
        }
    }
}
