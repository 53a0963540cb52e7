//! The characters of a unit string in one spelling, each with its end in the source.
//!
//! Minus signs, dashes, dots, slashes, spaces, micro signs and degree signs come in many code points; the grammar sees
//! one of each. Superscripts are kept as they are: a fold to plain digits would turn `m²` into `m2`.

/// The folded characters of a text.
#[derive(Clone, Debug)]
pub(super) struct Folded {
    /// The characters in one spelling.
    pub chars: Vec<char>,
    /// The characters as they were written, one for each.
    pub raw: Vec<char>,
    /// For each, the byte behind it in the source.
    pub ends: Vec<usize>,
}

impl Folded {
    /// Folds at most `limit` characters of the text.
    pub fn new(text: &str, limit: usize) -> Self {
        let mut folded = Self { chars: Vec::new(), raw: Vec::new(), ends: Vec::new() };
        for (start, c) in text.char_indices().take(limit) {
            let end = start + c.len_utf8();
            match fold(c) {
                Fold::Drop => {
                    if let Some(last) = folded.ends.last_mut() {
                        *last = end;
                    }
                }
                Fold::One(plain) => folded.push(plain, c, end),
                Fold::Many(plain) => {
                    for each in plain.chars() {
                        folded.push(each, c, end);
                    }
                }
            }
        }
        folded.repair();
        folded
    }

    fn push(&mut self, plain: char, raw: char, end: usize) {
        self.chars.push(plain);
        self.raw.push(raw);
        self.ends.push(end);
    }

    /// A ring behind a capital A is the ångström; a superscript zero before C is a degree sign.
    fn repair(&mut self) {
        let mut at = 0;
        while at + 1 < self.chars.len() {
            if self.chars[at] == 'A' && matches!(self.raw[at + 1], '˚' | '\u{30a}') {
                self.chars[at] = '\u{c5}';
                self.chars.remove(at + 1);
                self.raw.remove(at + 1);
                self.ends.remove(at);
            } else if self.chars[at] == '⁰'
                && matches!(self.chars[at + 1], 'C' | 'F')
                && !self.chars.get(at + 2).is_some_and(|next| next.is_alphanumeric())
            {
                self.chars[at] = '°';
            }
            at += 1;
        }
    }
}

enum Fold {
    Drop,
    One(char),
    Many(&'static str),
}

fn fold(c: char) -> Fold {
    Fold::One(match c {
        '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => return Fold::Drop,
        '−' | '‐' | '‑' | '‒' | '–' | '﹣' | '－' | '˗' => '-',
        'μ' => 'µ',
        '\u{212b}' => '\u{c5}',
        '\u{2126}' => 'Ω',
        '\t' | '\n' | '\r' | '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => ' ',
        '·' | '⋅' | '•' | '∙' | '・' | '‧' | '●' | '˙' => '·',
        '×' | '✕' | '⨯' | '╳' => '×',
        '∗' | '＊' => '*',
        '⁄' | '∕' | '／' => '/',
        'º' | '˚' | '∘' | '◦' => '°',
        '％' => '%',
        '₀'..='₉' => char::from_digit(u32::from(c) - u32::from('₀'), 10).unwrap_or(c),
        '℃' => return Fold::Many("°C"),
        '℉' => return Fold::Many("°F"),
        'ﬂ' => return Fold::Many("fl"),
        'ﬁ' => return Fold::Many("fi"),
        '㎎' => return Fold::Many("mg"),
        '㎏' => return Fold::Many("kg"),
        '㎍' => return Fold::Many("µg"),
        '㎜' => return Fold::Many("mm"),
        '㎝' => return Fold::Many("cm"),
        '㎞' => return Fold::Many("km"),
        '㎖' => return Fold::Many("mL"),
        '㎕' => return Fold::Many("µL"),
        '㎡' => return Fold::Many("m²"),
        '㎥' => return Fold::Many("m³"),
        '㎠' => return Fold::Many("cm²"),
        '㎤' => return Fold::Many("cm³"),
        '㎐' => return Fold::Many("Hz"),
        '㎑' => return Fold::Many("kHz"),
        '㎒' => return Fold::Many("MHz"),
        other => other,
    })
}

/// The value of a superscript digit.
pub(super) fn superscript(c: char) -> Option<i8> {
    Some(match c {
        '⁰' => 0,
        '¹' => 1,
        '²' => 2,
        '³' => 3,
        '⁴' => 4,
        '⁵' => 5,
        '⁶' => 6,
        '⁷' => 7,
        '⁸' => 8,
        '⁹' => 9,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_fold_to_one() {
        let fold = |text: &str| Folded::new(text, 100).chars.into_iter().collect::<String>();
        assert_eq!(fold("μg\u{a0}m−3"), "µg m-3");
        assert_eq!(fold("A˚"), "\u{c5}");
        assert_eq!(fold("⁰C"), "°C");
        assert_eq!(fold("m\u{ad}g"), "mg");
    }

    #[test]
    fn ends_are_bytes_of_the_source() {
        let folded = Folded::new("℃/㎎", 100);
        assert_eq!(folded.ends, [3, 3, 4, 7, 7]);
    }
}
