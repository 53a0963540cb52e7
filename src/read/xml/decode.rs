//! The bytes of an XML file to text, by their mark, their declaration, or what they can be.
//!
//! The mark at the beginning outweighs the declaration, as the Encoding Standard has it. Whatever cannot be decoded is
//! replaced and said in a note; only an encoding that nobody knows is an error.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::document::Note;
use crate::read::error::ReadError;

/// How many bytes a declaration can have.
const DECLARATION: usize = 512;

/// The text of `bytes`, without a mark of byte order.
pub fn decode(bytes: &[u8], notes: &mut Vec<Note>) -> Result<String, ReadError> {
    let (encoding, mark) = match Encoding::for_bom(bytes) {
        Some((encoding, length)) => (encoding, length),
        None => (without_mark(bytes)?, 0),
    };
    let body = &bytes[mark..];
    let (text, broken) = encoding.decode_without_bom_handling(body);
    let mut note = |message: String| notes.push(Note { page: None, message });
    if encoding != UTF_8 {
        note(format!("the text was decoded from {}", encoding.name()));
    }
    if !broken {
        return Ok(text.into_owned());
    }
    if encoding == UTF_8 && !holds_utf_8(body) {
        note("the text is no valid UTF-8 and was decoded as windows-1252".to_owned());
        return Ok(WINDOWS_1252.decode_without_bom_handling(body).0.into_owned());
    }
    note(format!("the text is no valid {}, undecodable bytes were replaced", encoding.name()));
    Ok(text.into_owned())
}

/// The encoding of bytes without a mark.
fn without_mark(bytes: &[u8]) -> Result<&'static Encoding, ReadError> {
    // Characters of two bytes show themselves at the first "<".
    match bytes {
        [b'<', 0, ..] => return Ok(UTF_16LE),
        [0, b'<', ..] => return Ok(UTF_16BE),
        _ => {}
    }
    let Some(label) = declared(bytes) else { return Ok(UTF_8) };
    let unknown = || ReadError::Xml { reason: "it declares an encoding that is not known".to_owned() };
    let encoding = Encoding::for_label_no_replacement(label).ok_or_else(unknown)?;
    // A declaration that can be read byte by byte is not in characters of two bytes, whatever it says.
    Ok(if encoding == UTF_16LE || encoding == UTF_16BE { UTF_8 } else { encoding })
}

/// What the declaration at the beginning names as the encoding.
fn declared(bytes: &[u8]) -> Option<&[u8]> {
    let head = bytes[..bytes.len().min(DECLARATION)].trim_ascii_start();
    let end = head.windows(2).position(|pair| pair == b"?>")?;
    let declaration = head[..end].strip_prefix(b"<?xml")?;
    let at = declaration.windows(8).position(|word| word == b"encoding")?;
    let value = declaration[at + 8..].trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let (quote, rest) = value.split_first()?;
    let length = rest.iter().position(|byte| byte == quote)?;
    matches!(quote, b'"' | b'\'').then_some(&rest[..length])
}

/// Whether bytes that are no valid UTF-8 hold characters of several bytes all the same, so that they are damaged UTF-8.
fn holds_utf_8(bytes: &[u8]) -> bool {
    bytes.windows(2).any(|pair| (0xC2..0xF5).contains(&pair[0]) && (0x80..0xC0).contains(&pair[1]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8]) -> (String, usize) {
        let mut notes = Vec::new();
        let text = decode(bytes, &mut notes).expect("a text");
        (text, notes.len())
    }

    #[test]
    fn marks_and_declarations_tell_the_encoding() {
        let text = "<?xml version='1.0'?><p>5 µg − 3</p>";
        assert_eq!(decoded(text.as_bytes()), (text.to_owned(), 0));
        assert_eq!(decoded(format!("\u{FEFF}{text}").as_bytes()), (text.to_owned(), 0));
        for unit in [u16::to_le_bytes as fn(u16) -> [u8; 2], u16::to_be_bytes] {
            let marked: Vec<u8> = "\u{FEFF}".encode_utf16().chain(text.encode_utf16()).flat_map(unit).collect();
            assert_eq!(decoded(&marked), (text.to_owned(), 1));
            assert_eq!(decoded(&marked[2..]), (text.to_owned(), 1));
        }
        let latin = b"<?xml version=\"1.0\" encoding = 'ISO-8859-1'?><p>5 \xB5g \x96 3</p>";
        assert!(decoded(latin).0.contains("5 µg – 3"));
        assert!(decoded(b"<?xml version='1.0' encoding='UTF-16'?><p>5</p>").0.contains("<p>5"));
    }

    #[test]
    fn wrong_declarations_are_told() {
        let (text, notes) = decoded(b"<?xml version='1.0' encoding='UTF-8'?><p>5 \xB5g</p>");
        assert!(text.contains("5 µg") && notes == 1);
        let (text, notes) = decoded(b"<p>\xC2\xB5g \xFF</p>");
        assert!(text.contains("µg \u{FFFD}") && notes == 1);
        let unknown = decode(b"<?xml version='1.0' encoding='x-nobody'?><p/>", &mut Vec::new());
        assert!(matches!(unknown, Err(ReadError::Xml { .. })));
    }
}
