//! Calculated analyses in running text: "Anal. Calcd for C12H10N2O (198.22): C, 72.71; H, 5.09; N, 14.13".
//!
//! Numbers behind "Found" are measured and left alone.

use std::sync::LazyLock;

use regex::Regex;

use crate::document::TextRange;
use crate::extract::patterns::compile;
use crate::extract::{Mentions, Reported};
use crate::rules::RuleContext;

use super::super::composition_mismatch::{Claim, Of};
use super::formula::Formula;

/// How many characters a list of shares has at most.
const LONGEST: usize = 160;

/// The words that announce calculated numbers, up to the formula that they are of, with a molar mass in a bracket behind it.
static ANNOUNCED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(concat!(
        r"(?:\b[Cc]alc(?:ulate)?d?\.?|\b[Tt]heor(?:etical(?:ly)?|\.))\s*(?:\(\s*%\s*\)|%)?\s*(?:for|of)?\s*[:,]?\s*",
        r"(?P<formula>[\[(]*[A-Z][A-Za-z\d₀-₉()\[\].·•⋅∙‧*]{3,80})",
        r"(?:\s*[,(]\s*(?:M(?:r|[Ww]t?)?\.?\s*[=:]?\s*|FW\s*[=:]?\s*)?(?P<mass>\d{2,4}\.\d{1,3})(?:\s*g(?:\s*/\s*|\s+)mol(?:[-−–⁻]?[1¹])?)?\s*\)?)?\s*[:;,.]?\s*(?:\(%\)\s*[:;,]?)?"
    ))
});

/// One share of the list at the start of a text.
static SHARE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(r"^[\s;,]*(?:and\s+)?%?(?P<element>[A-Z][a-z]?)\s*[,:=]?\s*(?P<number>\d{1,2}\.\d{1,3})\s*%?")
});

/// The claims of each calculated analysis of the text.
pub(in crate::rules::equations) fn find(mentions: &Mentions, context: RuleContext<'_>) -> Vec<Vec<Claim>> {
    let Some(announced) = ANNOUNCED.as_ref() else { return Vec::new() };
    let mut found = Vec::new();
    for sentence in
        mentions.sentences.iter().filter(|sentence| sentence.block.holds_claims() && sentence.cell.is_none())
    {
        let text = context.index.slice(&context.document.text, sentence.range);
        for hit in announced.captures_iter(text) {
            let (Some(all), Some(formula)) = (hit.get(0), hit.name("formula")) else { continue };
            // A full stop or a bracket that ends the passage is none of the formula.
            let written = formula.as_str().trim_end_matches(['.', '·', '*']);
            let Some(parsed) = Formula::parse(written) else { continue };
            let paper = Passage { mentions, context, start: sentence.range.start };
            let place = paper.range(formula.start(), formula.start() + written.len());
            let claim = |of: Of, stated: Reported| Claim { formula: parsed.clone(), place, of, stated };
            let mass = hit.name("mass").and_then(|mass| paper.number(mass.start(), mass.end()));
            let mut claims: Vec<Claim> = mass.map(|mass| claim(Of::Mass, mass)).into_iter().collect();
            let mut at = all.end();
            while let Some(share) = SHARE.as_ref().and_then(|share| share.captures(&text[at..])) {
                let (Some(element), Some(number)) = (share.name("element"), share.name("number")) else { break };
                if at + number.end() > all.end() + LONGEST || !parsed.holds(element.as_str()) {
                    break;
                }
                let stated = paper.number(at + number.start(), at + number.end());
                claims.extend(stated.map(|stated| claim(Of::Share(element.as_str().to_owned()), stated)));
                at += share.get(0).map_or(1, |all| all.end().max(1));
            }
            found.push(claims);
        }
    }
    found
}

/// A sentence of the paper.
struct Passage<'p> {
    mentions: &'p Mentions,
    context: RuleContext<'p>,
    start: usize,
}

impl Passage<'_> {
    /// The range of bytes of the sentence.
    fn range(&self, from: usize, to: usize) -> TextRange {
        let index = self.context.index;
        let scalar = |byte: usize| index.scalar(index.byte(self.start) + byte);
        TextRange::new(scalar(from), scalar(to))
    }

    /// The number whose digits stand at a range of bytes.
    fn number(&self, from: usize, to: usize) -> Option<Reported> {
        let range = self.range(from, to);
        let quantities = &self.mentions.quantities;
        let at = quantities.partition_point(|quantity| quantity.number.end <= range.start);
        quantities.get(at).filter(|quantity| quantity.number == range).and_then(Reported::of_quantity)
    }
}
