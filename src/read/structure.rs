//! What a block is by what it says: heading, caption, entry of the reference list, footnote.
//!
//! Shared by all readers. Looks (sizes, gaps) are judged where they are known, in the layout.

use std::sync::LazyLock;

use regex::Regex;

use crate::document::BlockKind;

/// A pattern that is part of the program.
#[expect(clippy::expect_used, reason = "the patterns are constants and tried by the tests")]
fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("the pattern is a constant")
}

static CAPTION: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?i:supplement(?:ary|al)\s+|extended\s+data\s+|appendix\s+|online\s+)?(?:Fig(?:ure|\.)?|FIG(?:URE|\.)?|Table|TABLE|Scheme|SCHEME|Box|Chart|Plate|Algorithm|Listing)\s*(?:[A-Z]{0,2}\.?\d{1,3}|[IVX]{1,5})[a-z]?(?:\s*[.:|–—\-](?:\s|$)|\s*$|\s+[A-Z(])",
    )
});

static TABLE_CAPTION: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^(?i:supplement(?:ary|al)\s+|extended\s+data\s+|appendix\s+|online\s+)?(?:Table|TABLE)")
});

static NOTE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^(?i:notes?\s?[.:]|note\s*[—–-]|abbreviations?\s?:|source\s?:|values\s+(?:are|in)\s|data\s+(?:are|is)\s)")
});

static LETTER_MARK: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(?:[a-h]|[ᵃ-ᵏ])(?:\)|\.)?\s*[\p{Lu}(]"));

static HEADING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:(?:\d{1,2}|[IVX]{1,5}|[A-H])(?:\.\d{1,2})*\s*[.):|]?\s+)?(?:abstract|summary|key\s?words|introduction|background|(?:materials?|patients|subjects|participants)\s+and\s+methods?|methods?(?:\s+and\s+materials?)?|methodology|experimental(?:\s+(?:section|procedures?|methods?|setup))?|results?(?:\s+and\s+discussions?)?|discussions?(?:\s+and\s+conclusions?)?|(?:general\s+|concluding\s+)?(?:conclusions?|remarks)|limitations|statistical\s+analys[ei]s|acknowledge?ments?|references?(?:\s+cited|\s+and\s+notes)?|bibliography|literature\s+cited|works\s+cited|appendi(?:x|ces)(?:\s+[A-Z0-9])?|supplementary\s+(?:material|information|data)s?|supporting\s+information|author\s+contributions?|competing\s+interests?|conflicts?\s+of\s+interests?|funding|data\s+availability(?:\s+statement)?|open\s+practices|notes|declarations?|abbreviations)\s*[.:]?\s*$",
    )
});

static NUMBERED: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\d{1,2}(?:\.\d{1,2}){0,3}\.?\s+\p{Lu}[^.!?;=]{2,90}$"));

static REFERENCES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:(?:\d{1,2}|[IVX]{1,5})\s*[.):]?\s+)?(?:references?(?:\s+(?:cited|and\s+notes))?|bibliography|literature(?:\s+cited)?|works\s+cited|cited\s+references)\s*[.:]?\s*$",
    )
});

static AFTER_REFERENCES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:[A-Z]|\d{1,2})?\.?\s*(?:appendi|suppl|supporting|acknowledg|author|about\s+the|funding|figure\s+(?:captions|legends)|tables?\b|notes?\b|biograph|data\s+availab|methods\b|online\s+methods|declaration|conflict|competing|[A-H][.:]?\s+\p{Lu})",
    )
});

static ITEM: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^(?:\[\d{1,3}\]|\(\d{1,3}\)|\d{1,3}[.)]\s|[•·▪◦‣–*]\s|\p{Lu}[\p{L}'’\-]+,?\s+(?:\p{Lu}\.|\p{Lu}{1,3}\b))")
});

static FIRST_ENTRY: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\[1\]\s+\p{Lu}"));

static EQUATION_NUMBER: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"[\t ]\(\p{Lu}?\.?\d{1,3}(?:\.\d{1,2})?[a-z]?\)\s*$"));

static MARK: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(?:[¹²³⁴⁵⁶⁷⁸⁹*†‡§¶∗]|\d{1,2}\s?\p{L})"));

/// Whether a block that begins so is the caption of a figure or table.
pub fn is_caption(text: &str) -> bool {
    CAPTION.is_match(head(text))
}

/// Whether a caption is that of a table.
pub fn is_table_caption(text: &str) -> bool {
    is_caption(text) && TABLE_CAPTION.is_match(head(text))
}

/// Whether a block announces itself as a note: "Note. …", "Abbreviations: …".
pub fn is_note(text: &str) -> bool {
    NOTE.is_match(head(text))
}

/// Whether a block begins with the letter or sign by which a table refers to a note: "a Adjusted for …", "* p < .05".
pub fn starts_with_letter_mark(text: &str) -> bool {
    LETTER_MARK.is_match(head(text)) || starts_with_mark(text)
}

/// Whether a line or block is a heading by its words alone: one of the usual names, or a numbered title.
pub fn is_heading(text: &str) -> bool {
    let text = text.trim();
    text.len() <= 150 && (HEADING.is_match(text) || (NUMBERED.is_match(text) && text.split(' ').count() <= 12))
}

/// Whether a heading opens the reference list.
pub fn opens_references(text: &str) -> bool {
    REFERENCES.is_match(head(text).trim())
}

/// Whether a heading after the reference list closes it.
fn closes_references(text: &str) -> bool {
    AFTER_REFERENCES.is_match(head(text).trim())
}

/// Whether a sentence ends with the text.
pub fn ends_sentence(text: &str) -> bool {
    let text = text.trim_end().trim_end_matches(['"', '”', '’', '\'', ')', ']', '»', '⁾']);
    let text = text.trim_end_matches(|last| "⁰¹²³⁴⁵⁶⁷⁸⁹,⁻–".contains(last) && text.len() > 1);
    text.ends_with(['.', '!', '?', ':', ';'])
}

/// Whether a line opens an item of a list or an entry of a reference list.
pub fn starts_item(text: &str) -> bool {
    ITEM.is_match(head(text))
}

/// Whether a line ends with the number of an equation.
pub fn ends_with_number_in_brackets(text: &str) -> bool {
    EQUATION_NUMBER.is_match(text)
}

/// Whether a block begins with the mark of a footnote.
pub fn starts_with_mark(text: &str) -> bool {
    MARK.is_match(head(text))
}

/// How many characters at the beginning of a block the patterns look at.
pub const HEAD: usize = 200;

/// The first characters, all that the patterns look at.
fn head(text: &str) -> &str {
    text.char_indices().nth(HEAD).map_or(text, |(at, _)| &text[..at])
}

/// Gives the entries of the reference list the kind of references: the blocks between its heading and the next section,
/// or, where it has no heading, those from `[1]` on in the second half of the paper. `blocks` gives the kind and the text
/// of each block in reading order and takes the kind back.
pub fn mark_references<'b>(blocks: impl Iterator<Item = (&'b mut BlockKind, String)>) {
    let mut blocks: Vec<(&mut BlockKind, String)> = blocks.collect();
    let unheaded = if blocks.iter().any(|(_, text)| text.len() < 60 && opens_references(text)) {
        None
    } else {
        list_without_heading(&blocks)
    };
    let mut inside = false;
    for (at, (kind, text)) in blocks.iter_mut().enumerate() {
        inside |= unheaded == Some(at);
        match **kind {
            BlockKind::Furniture => {}
            _ if opens_references(text) && text.len() < 60 => {
                **kind = BlockKind::Heading;
                inside = true;
            }
            BlockKind::Heading if inside => {
                if closes_references(text) || HEADING.is_match(text.trim()) {
                    inside = false;
                } else {
                    **kind = BlockKind::Reference;
                }
            }
            BlockKind::Caption | BlockKind::Table | BlockKind::SideNote => {}
            _ if inside => **kind = BlockKind::Reference,
            _ => {}
        }
    }
}

/// The block that opens a list of numbered references without a heading: `[1]` and a name, followed by `[2]` and `[3]`.
fn list_without_heading(blocks: &[(&mut BlockKind, String)]) -> Option<usize> {
    const NEAR: usize = 12;
    (blocks.len() / 2..blocks.len()).rev().find(|&at| {
        FIRST_ENTRY.is_match(head(&blocks[at].1))
            && ["[2] ", "[3] "].iter().all(|mark| blocks[at..].iter().take(NEAR).any(|(_, text)| text.contains(mark)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use BlockKind::{Heading, Paragraph, Reference};

    #[test]
    fn captions_begin_with_a_name_and_a_number() {
        for text in
            ["Fig. 1. The effect", "Figure 2 Change in", "Table 3", "TABLE IV: Means", "Supplementary Table S2. x"]
        {
            assert!(is_caption(text), "{text}");
        }
        for text in ["Figures 2 and 3 show", "Table 2 shows", "Fig. 3 and", "Tables", "A table 2"] {
            assert!(!is_caption(text), "{text}");
        }
    }

    #[test]
    fn headings_have_usual_names_or_numbers() {
        for text in ["Abstract", "2. Materials and Methods", "RESULTS", "3.1 Study site and animals", "References"] {
            assert!(is_heading(text), "{text}");
        }
        for text in ["12 patients were excluded.", "Results of the trial were clear and surprising", "5 mg of X = 3"] {
            assert!(!is_heading(text), "{text}");
        }
    }

    #[test]
    fn the_reference_list_ends_with_the_next_section() {
        let texts =
            ["1 Introduction", "Some text.", "References", "Smith, J. (2001).", "Nature", "Appendix A", "More."];
        let mut kinds = [Heading, Paragraph, Heading, Paragraph, Heading, Heading, Paragraph];
        mark_references(kinds.iter_mut().zip(texts.map(str::to_owned)));
        assert_eq!(kinds, [Heading, Paragraph, Heading, Reference, Reference, Heading, Paragraph]);
    }

    #[test]
    fn sentences_end_before_citations_and_brackets() {
        for text in ["done.", "done.”", "done.¹²", "(done.)", "done:"] {
            assert!(ends_sentence(text), "{text}");
        }
        for text in ["the dose of", "10⁻³", "posi-", ""] {
            assert!(!ends_sentence(text), "{text}");
        }
    }
}
