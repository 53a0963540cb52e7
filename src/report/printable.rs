//! Text of a paper made safe and short for a terminal or a table. Formats for programs keep the text as it is.

/// Joins white space to single spaces and replaces what could steer a terminal or hide text: control characters,
/// escape sequences, marks of writing direction, characters without width.
pub fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_whitespace() {
            if !line.ends_with(' ') && !line.is_empty() {
                line.push(' ');
            }
        } else {
            line.push(safe(character));
        }
    }
    line.truncate(line.trim_end().len());
    line
}

/// The character, or the replacement character where it could steer a terminal or hide text.
pub fn safe(character: char) -> char {
    let steers = character.is_control()
        || matches!(character, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}'
                | '\u{61c}' | '\u{e0000}'..='\u{e007f}');
    if steers { '\u{fffd}' } else { character }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_paper_steers_the_terminal() {
        assert_eq!(one_line("  a\r\n b\u{1b}[31m \u{202e}c\t"), "a b\u{fffd}[31m \u{fffd}c");
        assert_eq!(one_line("7,000\u{a0}ng/kg"), "7,000 ng/kg");
    }
}
