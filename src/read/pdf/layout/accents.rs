//! Accents drawn as glyphs of their own over or before their letter, as typesetters without accented letters do.
//!
//! A letter and an accent that make one letter become that letter. An accent over anything else stays a sign of its own:
//! marks of means and vectors are not letters of a language.

use super::spacing::Placed;

/// Accents with the letters that they change, each followed by what it becomes.
const ACCENTS: &[(char, &str)] = &[
    ('\u{B4}', "AÁEÉIÍıíOÓUÚYÝaáeéiíoóuúyýCĆcćNŃnńSŚsśZŹzźLĹlĺRŔrŕ"),
    ('`', "AÀEÈIÌıìOÒUÙaàeèiìoòuù"),
    ('\u{A8}', "AÄEËIÏıïOÖUÜYŸaäeëiïoöuüyÿ"),
    ('\u{2C6}', "AÂEÊIÎıîOÔUÛaâeêiîoôuûCĈcĉ"),
    ('\u{2DC}', "AÃNÑOÕaãnñoõIĨiĩıĩUŨuũ"),
    ('\u{2C7}', "CČcčSŠsšZŽzžEĚeěRŘrřNŇnňDĎTŤGǦgǧ"),
    ('\u{B8}', "CÇcçSŞsşTŢtţ"),
    ('\u{2DA}', "AÅaåUŮuů"),
];
/// How far, in widths of the letter, the middle of an accent may stand beside the letter.
const BESIDE: f32 = 0.1;

/// Puts the accents of a line on their letters.
pub fn compose(line: &mut Vec<Placed>) {
    let mut at = 0;
    while at < line.len() {
        let accent = line[at];
        let own = at.checked_sub(1).into_iter().chain([at + 1]);
        let letter = own
            .filter_map(|index| line.get(index).map(|letter| (index, letter)))
            .find_map(|(index, letter)| composed(letter, &accent).map(|character| (index, character)));
        match letter {
            Some((index, character)) => {
                line[index].character = character;
                line.remove(at);
            }
            None => at += 1,
        }
    }
}

fn composed(letter: &Placed, accent: &Placed) -> Option<char> {
    let (_, pairs) = ACCENTS.iter().find(|(sign, _)| *sign == accent.character)?;
    let (middle, slack) = (f32::midpoint(accent.left, accent.right), BESIDE * (letter.right - letter.left));
    if middle < letter.left - slack || middle > letter.right + slack {
        return None;
    }
    let mut pairs = pairs.chars();
    while let (Some(plain), Some(with)) = (pairs.next(), pairs.next()) {
        if plain == letter.character {
            return Some(with);
        }
    }
    None
}
