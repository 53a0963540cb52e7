//! Which characters of a paper are shown by their names: those that could steer the text around them or hide in it.

/// A character as a page shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    /// As itself.
    Plain(char),
    /// By its code point, `U+202E`.
    Named(String),
}

/// The characters of a text as they are shown. White space of any kind is a space, which keeps words apart and nothing
/// else.
pub(super) fn shown(text: &str) -> impl Iterator<Item = Shown> + '_ {
    text.chars().map(|character| match character {
        '\u{a0}' | '\u{202f}' | '\u{2009}' => Shown::Plain(character),
        _ if character.is_whitespace() => Shown::Plain(' '),
        _ if steers(character) => Shown::Named(format!("U+{:04X}", u32::from(character))),
        _ => Shown::Plain(character),
    })
}

/// Control characters, marks of writing direction, characters without width, tags and non-characters.
fn steers(character: char) -> bool {
    let code = u32::from(character);
    character.is_control()
        || matches!(character,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{fdd0}'..='\u{fdef}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e0fff}')
        || code & 0xFFFE == 0xFFFE
}

/// The text as plain characters, for places that take no elements: those that are named stand in brackets.
pub(super) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for shown in shown(text) {
        match shown {
            Shown::Plain(character) => plain.push(character),
            Shown::Named(name) => {
                plain.push('[');
                plain.push_str(&name);
                plain.push(']');
            }
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_or_hides_is_named_and_the_rest_is_not() {
        assert_eq!(plain("a\u{202e}b\u{200b}c\u{e0041}\u{ffff}"), "a[U+202E]b[U+200B]c[U+E0041][U+FFFF]");
        assert_eq!(plain("7,000\u{a0}ng\n\tµg −5 ≤ χ² 北 א"), "7,000\u{a0}ng  µg −5 ≤ χ² 北 א");
    }
}
