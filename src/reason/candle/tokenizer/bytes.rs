//! What tokens write: their bytes, as a grammar sees them.

use super::build::SPACE;
use super::{Kind, Tokenizer};

impl Tokenizer {
    /// The bytes that a token writes; `None` where it is no text.
    pub fn bytes(&self, token: u32) -> Option<Vec<u8>> {
        let written = self.token(token)?;
        match (self.kind(token)?, self.prefix) {
            (Kind::Control | Kind::Unknown | Kind::Unused, _) => None,
            (Kind::Byte, _) => {
                let digits = written.strip_prefix("<0x")?.strip_suffix('>')?;
                u8::from_str_radix(digits, 16).ok().map(|byte| vec![byte])
            }
            (Kind::UserDefined, None) => Some(written.into_bytes()),
            (_, Some(_)) => Some(written.replace(SPACE, " ").into_bytes()),
            (_, None) => written.chars().map(byte_of).collect(),
        }
    }

    /// The tokens of a text that goes on from another: without the space that some put before a text.
    pub fn encode_within(&self, text: &str) -> Option<Vec<u32>> {
        let text =
            if self.prefix.is_some() { text.replace(' ', SPACE.encode_utf8(&mut [0; 4])) } else { text.to_owned() };
        self.inner.encode(text, false).ok().map(|encoded| encoded.get_ids().to_vec())
    }

    /// A mark of the model by its name, where it has it as one token.
    pub fn mark(&self, name: &str) -> Option<u32> {
        let token = self.inner.token_to_id(name)?;
        self.kind(token).filter(|kind| kind.is_mark()).map(|_| token)
    }
}

/// The byte that a letter of a byte-level vocabulary stands for: bytes that show as a letter are that letter, and the others are
/// counted on from U+0100 (Radford et al. 2019, the code of GPT-2).
fn byte_of(letter: char) -> Option<u8> {
    let shows = |byte: u8| matches!(byte, 0x21..=0x7e | 0xa1..=0xac | 0xae..=0xff);
    if let Ok(byte) = u8::try_from(letter) {
        return shows(byte).then_some(byte);
    }
    let at = usize::try_from(u32::from(letter).checked_sub(0x100)?).ok()?;
    (0..=u8::MAX).filter(|byte| !shows(*byte)).nth(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_stand_for_all_bytes() {
        let letters = (0x21..=0x143).filter_map(char::from_u32);
        let mut bytes: Vec<u8> = letters.filter_map(byte_of).collect();
        bytes.sort_unstable();
        assert_eq!(bytes, (0..=u8::MAX).collect::<Vec<_>>());
        assert_eq!((byte_of('\u{120}'), byte_of('\u{10a}'), byte_of('\u{2581}')), (Some(b' '), Some(b'\n'), None));
    }
}
