//! Whether bytes are XML, and whether XML is a paper, by its beginning.

use super::vocabulary::is_root;

/// Whether bytes begin as XML does: with its declaration, or with the root of a vocabulary that is read.
pub fn is_xml(bytes: &[u8]) -> bool {
    let head = narrow(bytes);
    let start = head.trim_start();
    (start.starts_with("<?xml") && start[5..].starts_with(char::is_whitespace)) || root(start).is_some_and(is_root)
}

/// Whether the beginning of a file is that of a paper in a vocabulary that is read. `head` holds the root's name.
pub fn is_paper(head: &[u8]) -> bool {
    root(narrow(head).trim_start()).is_some_and(is_root)
}

/// The first characters; those of two bytes as far as they are plain.
fn narrow(bytes: &[u8]) -> String {
    const MOST: usize = 16 << 10;
    let head = &bytes[..bytes.len().min(MOST)];
    let wide = head.starts_with(b"\xFF\xFE")
        || head.starts_with(b"\xFE\xFF")
        || head.get(..2).is_some_and(|two| two == [b'<', 0] || two == [0, b'<']);
    let plain: Vec<u8> =
        if wide { head.iter().copied().filter(|byte| *byte != 0 && *byte < 0x80).collect() } else { head.to_vec() };
    String::from_utf8_lossy(plain.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&plain)).into_owned()
}

/// The name of the root without its prefix, behind declarations, comments and a document type.
fn root(text: &str) -> Option<&str> {
    let mut rest = text.trim_start();
    loop {
        let inner = rest.strip_prefix('<')?;
        rest = if inner.starts_with('?') {
            inner.split_once("?>")?.1
        } else if inner.starts_with("!--") {
            inner.split_once("-->")?.1
        } else if inner.starts_with("!DOCTYPE") {
            past_doctype(inner)?
        } else {
            let end = inner.find(|letter: char| letter.is_whitespace() || letter == '>' || letter == '/')?;
            return Some(inner[..end].rsplit(':').next().unwrap_or_default());
        }
        .trim_start();
    }
}

/// What follows a document type with its declarations.
fn past_doctype(text: &str) -> Option<&str> {
    let mut depth = 0_i32;
    let at = text.char_indices().find(|(_, character)| {
        depth += match character {
            '[' => 1,
            ']' => -1,
            _ => 0,
        };
        *character == '>' && depth <= 0
    });
    at.map(|(at, _)| &text[at + 1..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn papers_are_told_by_their_root() {
        let article = "<?xml version=\"1.0\"?>\n<!-- a > b -->\n<!DOCTYPE article [<!ENTITY x \"<y>\">]>\n<article >";
        assert!(is_xml(article.as_bytes()) && is_paper(article.as_bytes()));
        assert!(is_paper("\u{FEFF}<TEI xmlns=\"x\">".as_bytes()) && is_xml(b"<tei:TEI>"));
        let wide: Vec<u8> = article.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(is_xml(&wide) && is_paper(&wide));
        assert!(is_xml(b"<?xml version='1.0'?><svg/>") && !is_paper(b"<?xml version='1.0'?><svg/>"));
        for other in ["<p>5 mg</p>", "plain text <article>", "", "<", "<?xml-stylesheet?>", "<!DOCTYPE"] {
            assert!(!is_xml(other.as_bytes()) && !is_paper(other.as_bytes()), "{other}");
        }
    }
}
