//! Fingerprints: the same claim has the same one after re-typesetting, in another version of the paper, and after a
//! change of the tool's wording. Page, place, level and tool version are not in it.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::derive::{Comparison, Expression, Proposal};

/// The version of what is hashed.
const VERSION: &str = "rederive/v1";

/// Gives each claim of one paper its fingerprint, in the order of the text.
#[derive(Debug, Default)]
pub struct Fingerprints {
    occurrences: BTreeMap<String, usize>,
}

impl Fingerprints {
    /// The fingerprint of the next claim: `v1:CODE:` and 24 hexadecimal digits.
    ///
    /// `printed` are the characters of the proposal's operands, in their order.
    pub fn next(&mut self, proposal: &Proposal, printed: &[&str]) -> String {
        self.numbered(&proposal.code, &canonical(proposal, printed))
    }

    /// The fingerprint of the next thing that a rule saw in the file itself, by its characters.
    pub fn observed(&mut self, code: &str, quote: &str) -> String {
        let mut claim = format!("{VERSION}\n{code}\nobserved\n");
        claim.extend(plain(quote));
        self.numbered(code, &claim)
    }

    /// The claim's own fingerprint, told from those of equal claims before it.
    fn numbered(&mut self, code: &str, claim: &str) -> String {
        let occurrence = self.occurrences.entry(claim.to_owned()).and_modify(|count| *count += 1).or_insert(1);
        let digest = Sha256::digest(format!("{claim}\n{occurrence}").as_bytes());
        format!("v1:{code}:{}", hexadecimal(&digest[..12]))
    }
}

/// Bytes in lower-case hexadecimal.
pub fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        for half in [byte >> 4, byte & 15] {
            text.extend(char::from_digit(u32::from(half), 16));
        }
        text
    })
}

/// The claim in a form that another typesetting does not change: version, code, the plain formula, and the operands
/// as printed, without white space and with one kind of hyphen and minus sign.
fn canonical(proposal: &Proposal, printed: &[&str]) -> String {
    let formula = proposal.variants.first().map_or_else(String::new, |variant| {
        let relation = &variant.relation;
        format!("{} {} {}", shape(&relation.left, 0), sign(relation.op), shape(&relation.right, 0))
    });
    let mut claim = format!("{VERSION}\n{}\n{formula}", proposal.code);
    for text in printed {
        claim.push('\n');
        claim.extend(plain(text));
    }
    claim
}

/// Characters without white space and with one kind of hyphen and minus sign.
fn plain(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|character| !character.is_whitespace()).map(|character| match character {
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        other => other,
    })
}

/// The deepest expression that is written out; a deeper one is cut there, the same way each time.
const DEEPEST: usize = 64;

/// An expression by its functions, constants and the numbers of its operands.
fn shape(expression: &Expression, depth: usize) -> String {
    match expression {
        _ if depth > DEEPEST => "…".to_owned(),
        Expression::Operand(index) => format!("#{}", index.0),
        Expression::Constant { literal, .. } => literal.clone(),
        Expression::Call { function, arguments } => {
            let arguments: Vec<String> = arguments.iter().map(|argument| shape(argument, depth + 1)).collect();
            format!("{function}({})", arguments.join(","))
        }
    }
}

const fn sign(op: Comparison) -> &'static str {
    match op {
        Comparison::Equal => "=",
        Comparison::Less => "<",
        Comparison::Greater => ">",
        Comparison::AtMost => "≤",
        Comparison::AtLeast => "≥",
        Comparison::In => "∈",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::derive::Relation;

    fn proposal(code: &str) -> Proposal {
        let relation = Relation {
            left: Expression::call("*", [Expression::operand(0), Expression::operand(1)]),
            op: Comparison::Equal,
            right: Expression::operand(2),
        };
        Proposal::new(code, Vec::new(), 2, relation)
    }

    #[test]
    fn typesetting_does_not_change_a_fingerprint_and_occurrence_does() {
        let printed = ["60 kg", "7,000 ng/kg/day", "42,000 ng/day"];
        let broken = ["60\u{a0}kg", "7,000 ng/kg/day", "42,\n000 ng/day"];
        let first = Fingerprints::default().next(&proposal("UN101"), &printed);
        let mut other = Fingerprints::default();
        assert_eq!(other.next(&proposal("UN101"), &broken), first);
        assert_ne!(other.next(&proposal("UN101"), &printed), first);
        assert_ne!(Fingerprints::default().next(&proposal("EQ101"), &printed), first);
        assert_ne!(Fingerprints::default().next(&proposal("UN101"), &["70 kg", printed[1], printed[2]]), first);
        // The hash is part of the format: a change of it is a change of the version.
        assert_eq!(first, "v1:UN101:ab48208b8077b00255771635");
    }
}
