//! Pointers: the tables of the paper that a sentence names ("Table 2"), and sentences that speak of other papers.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use crate::document::Document;
use crate::extract::patterns::compile;
use crate::extract::source::Source;

/// "Table 2", "Tables 2 and 3", "Tab. S1".
static TABLE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(
        r"\b(?:[Tt]ables?|TABLES?|Tab\.)\s*(?P<first>[SA]?\d{1,2}|[IVX]{1,4})(?:[a-z]?\b)(?:\s*(?:,|and|&|–|-|to)\s*(?P<second>[SA]?\d{1,2}|[IVX]{1,4})\b)?",
    )
});

/// Words before the number of a table that stands in another file: "Supplementary Table 2", "Additional file 1: Table 2".
static ELSEWHERE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(
        r"(?i)\b(?:suppl\w*\.?|supporting|appendix|online|web|extended(?: data)?|additional(?: file \d+:?)?|file \w+:)\s*$",
    )
});

/// Words and signs that name another paper: "\[12\]", "(Smith, 2010)", "et al.", a raised number behind a word.
static CITATION: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(concat!(
        r"\[\s*\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*\s*\]|\bet al\b|\b(?:19|20)\d\d[a-z]?\s*[);]|\(\s*(?:19|20)\d\d[a-z]?\s*\)|",
        r"(?:\p{L}{3}|\))[.,]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}(?:[,–-][⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})*(?:\s|[.,;]|$)|\b(?:previous|earlier|prior) (?:stud|work|report|finding|research|trial)"
    ))
});

/// The tables of a document by the number in their captions.
#[derive(Debug, Default)]
pub(super) struct Tables(BTreeMap<String, Vec<usize>>);

impl Tables {
    /// The numbered tables. A table that goes on over a page has its number twice.
    pub(super) fn of(source: &Source<'_>, document: &Document) -> Self {
        let mut found: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, table) in document.tables.iter().enumerate() {
            let Some(caption) = table.caption.map(|range| source.slice(range)) else { continue };
            let number = TABLE.as_ref().and_then(|pattern| pattern.captures(caption));
            let leads = |number: &regex::Captures<'_>| number.get(0).is_some_and(|all| all.start() < 16);
            if let Some(number) = number.filter(leads).and_then(|number| number.name("first")) {
                found.entry(number.as_str().to_owned()).or_default().push(at);
            }
        }
        Self(found)
    }

    /// The tables that a text points to, sorted.
    pub(super) fn pointed(&self, text: &str) -> Vec<usize> {
        if self.0.is_empty() || !(text.contains("Tab") || text.contains("tab") || text.contains("TAB")) {
            return Vec::new();
        }
        let mut tables = Vec::new();
        let elsewhere = |hit: &regex::Captures<'_>| {
            let before = hit.get(0).map_or("", |all| &text[..all.start()]);
            ELSEWHERE.as_ref().is_some_and(|pattern| pattern.is_match(before))
        };
        for hit in TABLE.iter().flat_map(|pattern| pattern.captures_iter(text)).filter(|hit| !elsewhere(hit)) {
            for number in ["first", "second"].iter().filter_map(|name| hit.name(name)) {
                tables.extend(self.0.get(number.as_str()).into_iter().flatten());
            }
        }
        tables.sort_unstable();
        tables.dedup();
        tables
    }
}

/// Whether a sentence speaks of another paper.
pub(super) fn cites(text: &str) -> bool {
    CITATION.as_ref().is_some_and(|pattern| pattern.is_match(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn citations_are_told_by_their_form() {
        for (text, expected) in [
            ("Others found 12 mg [4, 5].", true),
            ("Smith et al. found 12 mg.", true),
            ("It was 12 mg (Miller, 2010).", true),
            ("Miller (2010) found 12 mg.", true),
            ("It was 12 mg in earlier studies.", true),
            ("It was higher,¹² as expected.", true),
            ("It was 12 mg, 95% CI [4.1, 5.2].", false),
            ("It was 12 mg (t(58) = 2.3).", false),
            ("The area was 12 m² and fell.", false),
        ] {
            assert_eq!(cites(text), expected, "{text}");
        }
    }

    #[test]
    fn a_table_of_a_supplement_is_none_of_the_paper() {
        let tables = Tables(BTreeMap::from([("2".to_owned(), vec![1])]));
        for text in ["Roach grew (Table 2).", "See Table 2 of the paper.", "Roach grew (Tables 1 and 2)."] {
            assert_eq!(tables.pointed(text), [1], "{text}");
        }
        for text in [
            "Roach grew (Supplementary Table 2).",
            "See Additional file 1: Table 2.",
            "Roach grew (Extended Data Table 2).",
        ] {
            assert!(tables.pointed(text).is_empty(), "{text}");
        }
    }
}
