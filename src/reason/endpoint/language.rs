//! The language of a written derivation as servers take it: a JSON schema with a pattern, and a grammar in the notation of
//! llama.cpp. How many values it takes and what dimension it has is held against the answer here.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::search::{Constant, Language, MOST_BRACKETS, MOST_LEAVES, NONE};

/// The schema of an object with the one member `derivation`.
pub(super) fn schema(language: &Language) -> Value {
    json!({
        "type": "object",
        "properties": { "derivation": { "type": "string", "pattern": pattern(language) } },
        "required": ["derivation"],
        "additionalProperties": false,
    })
}

/// A regular expression of the plain kind that every server reads: the brackets are written out as deep as they go.
fn pattern(language: &Language) -> String {
    let numbers: Vec<&str> = language.constants().map(Constant::written).collect();
    let leaf = format!("q[0-9]{{1,2}}|{}", numbers.join("|"));
    let joined = |part: &str| format!("({part})( [-+*/] ({part})){{0,{}}}", MOST_LEAVES - 1);
    let inner = (0..MOST_BRACKETS).fold(joined(&leaf), |inner, _| joined(&format!("{leaf}|[(]{inner}[)]")));
    format!("^({NONE}|{inner})$")
}

/// The same in the notation of llama.cpp.
pub(super) fn grammar(language: &Language) -> String {
    let leaves: Vec<String> = language.leaves().into_iter().map(|(written, _)| format!("\"{written}\"")).collect();
    let mut text = format!(
        "root ::= \"{{\\\"derivation\\\": \\\"\" (\"{NONE}\" | sum0) \"\\\"}}\"\nleaf ::= {}\n",
        leaves.join(" | ")
    );
    for depth in 0..=MOST_BRACKETS {
        let brackets = if depth < MOST_BRACKETS { format!(" | \"(\" sum{} \")\"", depth + 1) } else { String::new() };
        let _ = writeln!(text, "sum{depth} ::= part{depth} (\" \" [-+*/] \" \" part{depth})*");
        let _ = writeln!(text, "part{depth} ::= leaf{brackets}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::ValueKind;

    #[test]
    fn the_pattern_takes_the_language_and_no_prose() {
        let language = Language { target: ValueKind::Percentage, values: vec![ValueKind::Count; 12] };
        let pattern = regex::Regex::new(&pattern(&language)).expect("a pattern");
        for text in ["none", "q1 / q2", "(q1 - q12) / (q3 * (q4 + q5))", "100% - q1 / q2", "q1 * 12 / 365"] {
            assert!(pattern.is_match(text), "{text}");
        }
        for text in ["", "q1 and q2", "none.", "q1 / q2 in %", "(((q1 + q2)))", "q1 + + q2", "1611", "q1\nq2"] {
            assert!(!pattern.is_match(text), "{text}");
        }
        assert!(grammar(&language).contains("| \"q12\" | \"2\" | \"100%\""));
    }
}
