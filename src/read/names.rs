//! What a section is for, by the words of its heading: "2. Materials and Methods", "R E S U L T S", "Background: we …".
//!
//! Only words count here. Where a section begins and ends is decided in `read::sections`.

use std::sync::LazyLock;

use regex::Regex;

use crate::document::SectionName;

/// The number or letter before a heading.
static NUMBER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let parts = r"(?:\d{1,2}|[A-H])(?:\.\d{1,2})+\s*[.):|—–-]*\s+";
    let marked = r"(?:\d{1,2}|[IVXivx]{1,5}|[A-H])\s*[.):|—–-]+\s*";
    Regex::new(&format!(r"^\s*(?:§\s*)?(?:{parts}|{marked}|\d{{1,2}}\s+|[IVX]{{1,5}}\s+)")).ok()
});

/// A heading that runs on into its paragraph: a capital letter, a few words, and a mark that parts.
static RUN_IN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^\s*(\p{Lu}[\p{L}/&,\-]*(?:\s+[\p{L}/&(),\-]+){0,5}?)\s*(:|\.|—|–|\s-\s|\|)\s*\S").ok()
});

/// Whole headings, by their letters alone, that name a section.
const WHOLE: &[(&str, SectionName)] = &[
    ("abstract", SectionName::Abstract),
    ("summary", SectionName::Abstract),
    ("synopsis", SectionName::Abstract),
    ("significance", SectionName::Other),
    ("introduction", SectionName::Introduction),
    ("background", SectionName::Introduction),
    ("theory", SectionName::Other),
    ("preliminaries", SectionName::Other),
    ("method", SectionName::Methods),
    ("methods", SectionName::Methods),
    ("methodology", SectionName::Methods),
    ("experimental", SectionName::Methods),
    ("experimentalsection", SectionName::Methods),
    ("experimentalsetup", SectionName::Methods),
    ("experimentaldesign", SectionName::Methods),
    ("studydesign", SectionName::Methods),
    ("statisticalanalysis", SectionName::Methods),
    ("statisticalanalyses", SectionName::Methods),
    ("dataanalysis", SectionName::Methods),
    ("participants", SectionName::Methods),
    ("materials", SectionName::Methods),
    ("procedure", SectionName::Methods),
    ("observations", SectionName::Methods),
    ("results", SectionName::Results),
    ("result", SectionName::Results),
    ("findings", SectionName::Results),
    ("discussion", SectionName::Discussion),
    ("discussions", SectionName::Discussion),
    ("generaldiscussion", SectionName::Discussion),
    ("limitations", SectionName::Discussion),
    ("comment", SectionName::Discussion),
    ("conclusion", SectionName::Conclusion),
    ("conclusions", SectionName::Conclusion),
    ("concludingremarks", SectionName::Conclusion),
    ("closingremarks", SectionName::Conclusion),
    ("references", SectionName::References),
    ("reference", SectionName::References),
    ("referencesandnotes", SectionName::References),
    ("referencescited", SectionName::References),
    ("citedreferences", SectionName::References),
    ("bibliography", SectionName::References),
    ("literaturecited", SectionName::References),
    ("literature", SectionName::References),
    ("workscited", SectionName::References),
    ("funding", SectionName::Acknowledgements),
    ("notes", SectionName::Acknowledgements),
    ("disclosure", SectionName::Acknowledgements),
    ("disclosures", SectionName::Acknowledgements),
    ("openpractices", SectionName::Acknowledgements),
    ("consentforpublication", SectionName::Acknowledgements),
    ("additionalinformation", SectionName::Acknowledgements),
    ("publishersnote", SectionName::Acknowledgements),
];

/// The labels of structured abstracts beside the names of sections.
const LABELS: &[(&str, SectionName)] = &[
    ("objective", SectionName::Introduction),
    ("objectives", SectionName::Introduction),
    ("aim", SectionName::Introduction),
    ("aims", SectionName::Introduction),
    ("purpose", SectionName::Introduction),
    ("context", SectionName::Introduction),
    ("importance", SectionName::Introduction),
    ("rationale", SectionName::Introduction),
    ("backgroundandobjectives", SectionName::Introduction),
    ("backgroundandpurpose", SectionName::Introduction),
    ("backgroundandaims", SectionName::Introduction),
    ("hypothesis", SectionName::Introduction),
    ("design", SectionName::Methods),
    ("setting", SectionName::Methods),
    ("settings", SectionName::Methods),
    ("designandsetting", SectionName::Methods),
    ("designsettingandparticipants", SectionName::Methods),
    ("patients", SectionName::Methods),
    ("subjects", SectionName::Methods),
    ("intervention", SectionName::Methods),
    ("interventions", SectionName::Methods),
    ("exposures", SectionName::Methods),
    ("measurements", SectionName::Methods),
    ("maincomponents", SectionName::Methods),
    ("mainoutcomemeasures", SectionName::Methods),
    ("mainoutcomesandmeasures", SectionName::Methods),
    ("outcomemeasures", SectionName::Methods),
    ("methodsandfindings", SectionName::Results),
    ("methodologyprincipalfindings", SectionName::Results),
    ("principalfindings", SectionName::Results),
    ("mainresults", SectionName::Results),
    ("interpretation", SectionName::Conclusion),
    ("conclusionssignificance", SectionName::Conclusion),
    ("conclusionsandrelevance", SectionName::Conclusion),
    ("trialregistration", SectionName::Other),
    ("registration", SectionName::Other),
];

/// How headings that say more begin, after which they may go on with "and", "of" or "for".
const OPENINGS: &[(&str, SectionName)] = &[
    ("materialsand", SectionName::Methods),
    ("materialand", SectionName::Methods),
    ("methodsand", SectionName::Methods),
    ("patientsand", SectionName::Methods),
    ("subjectsand", SectionName::Methods),
    ("participantsand", SectionName::Methods),
    ("dataandmethod", SectionName::Methods),
    ("resultsand", SectionName::Results),
    ("resultand", SectionName::Results),
    ("resultsof", SectionName::Results),
    ("discussionand", SectionName::Discussion),
    ("discussionof", SectionName::Discussion),
    ("conclusionsand", SectionName::Conclusion),
    ("conclusionand", SectionName::Conclusion),
    ("summaryand", SectionName::Conclusion),
    ("introductionand", SectionName::Introduction),
    ("backgroundand", SectionName::Introduction),
    ("acknowledg", SectionName::Acknowledgements),
    ("authorcontribution", SectionName::Acknowledgements),
    ("authorscontribution", SectionName::Acknowledgements),
    ("authorinformation", SectionName::Acknowledgements),
    ("competinginterest", SectionName::Acknowledgements),
    ("competingfinancial", SectionName::Acknowledgements),
    ("conflictofinterest", SectionName::Acknowledgements),
    ("conflictsofinterest", SectionName::Acknowledgements),
    ("declaration", SectionName::Acknowledgements),
    ("dataavailability", SectionName::Acknowledgements),
    ("availabilityofdata", SectionName::Acknowledgements),
    ("codeavailability", SectionName::Acknowledgements),
    ("ethicsstatement", SectionName::Acknowledgements),
    ("ethicsapproval", SectionName::Acknowledgements),
    ("fundingsource", SectionName::Acknowledgements),
    ("fundingstatement", SectionName::Acknowledgements),
    ("financialsupport", SectionName::Acknowledgements),
    ("authordetails", SectionName::Acknowledgements),
    ("abouttheauthor", SectionName::Acknowledgements),
    ("appendi", SectionName::Appendix),
    ("supplement", SectionName::Appendix),
    ("supportinginformation", SectionName::Appendix),
    ("additionalfile", SectionName::Appendix),
];

/// How a heading ends that names methods, results or a discussion of something.
const ENDINGS: &[(&str, SectionName)] = &[
    ("materialsandmethods", SectionName::Methods),
    ("andmethods", SectionName::Methods),
    ("experimentalmethods", SectionName::Methods),
    ("onlinemethods", SectionName::Methods),
    ("methodsummary", SectionName::Methods),
    ("experimentalprocedures", SectionName::Methods),
    ("experimentalresults", SectionName::Results),
    ("anddiscussion", SectionName::Discussion),
    ("andconclusions", SectionName::Conclusion),
    ("andconclusion", SectionName::Conclusion),
];

/// What a section is for by its heading; [`SectionName::Other`] where the words name none.
pub fn name_of(heading: &str) -> SectionName {
    // The first letter of a heading in small capitals may look like a number: "I NTRODUCTION".
    let own = || named(&letters(heading), false);
    named(&letters(without_number(heading)), false).or_else(own).unwrap_or(SectionName::Other)
}

/// The heading that a paragraph begins with, if it is the name of a section or the label of a structured abstract: its
/// name, and how many characters it has with the mark behind it.
pub fn run_in(paragraph: &str) -> Option<(SectionName, usize)> {
    let found = RUN_IN.as_ref()?.captures(paragraph)?;
    let (label, mark) = (found.get(1)?, found.get(2)?);
    let name = named(&letters(label.as_str()), true)?;
    // "Notes. …" under a table and "Materials. …" in a list of parts are no sections.
    let own = !matches!(letters(label.as_str()).as_str(), "notes" | "note" | "reference" | "theory" | "comment");
    own.then(|| (name, paragraph[..mark.end()].chars().count()))
}

/// Whether a paragraph lists key words, which stand behind the abstract.
pub fn is_key_words(text: &str) -> bool {
    let letters: String = text.chars().filter(|letter| letter.is_alphabetic()).take(20).collect();
    let letters = letters.to_lowercase();
    ["keyword", "indexterm", "mathematicssubject", "subjectclassification", "ccsconcepts", "jelclass"]
        .iter()
        .any(|start| letters.starts_with(start))
}

/// How deep a numbered heading stands: 1 for "2" and "II", 2 for "2.1" and "A.1"; nothing without a number.
pub fn depth(heading: &str) -> Option<usize> {
    let found = NUMBER.as_ref()?.find(heading)?;
    let number = found.as_str().trim_matches(|edge: char| !edge.is_alphanumeric());
    let lettered = number.len() == 1 && number.chars().all(|letter| ('A'..='H').contains(&letter));
    Some(number.split('.').filter(|part| !part.is_empty()).count().max(1) + usize::from(lettered))
}

fn without_number(heading: &str) -> &str {
    NUMBER.as_ref().and_then(|number| number.find(heading)).map_or(heading, |found| &heading[found.end()..])
}

/// The letters alone, small: spaced capitals and small capitals are words again.
fn letters(text: &str) -> String {
    text.chars().take(120).filter(|letter| letter.is_alphabetic()).flat_map(char::to_lowercase).collect()
}

fn named(letters: &str, labels: bool) -> Option<SectionName> {
    let whole = |table: &[(&str, SectionName)]| table.iter().find(|(name, _)| *name == letters).map(|(_, name)| *name);
    let opens = || OPENINGS.iter().find(|(start, _)| letters.starts_with(start)).map(|(_, name)| *name);
    let ends = || ENDINGS.iter().find(|(end, _)| letters.ends_with(end)).map(|(_, name)| *name);
    // A title may begin or end so as well; headings are short.
    let short = letters.len() <= 45;
    whole(WHOLE)
        .or_else(|| labels.then(|| whole(LABELS)).flatten())
        .or_else(|| short.then(opens).flatten())
        .or_else(|| short.then(ends).flatten())
}

#[cfg(test)]
mod tests {
    use super::*;
    use SectionName::{Abstract, Acknowledgements, Appendix, Conclusion, Discussion, Introduction, Methods, Other};
    use SectionName::{References, Results};

    #[test]
    fn headings_are_named_with_and_without_numbers() {
        for (heading, name) in [
            ("Abstract", Abstract),
            ("A B S T R A C T", Abstract),
            ("1 Introduction", Introduction),
            ("I. INTRODUCTION", Introduction),
            ("I NTRODUCTION", Introduction),
            ("2. Materials and Methods", Methods),
            ("Experimental procedures", Methods),
            ("III. RESULTS AND DISCUSSION", Results),
            ("General Discussion", Discussion),
            ("Summary and Conclusions", Conclusion),
            ("Literature Cited", References),
            ("Acknowledgments", Acknowledgements),
            ("Declaration of competing interest", Acknowledgements),
            ("Appendix B: Proofs", Appendix),
            ("Results of a visit to an island that nobody had seen before it", Other),
            ("Fox counts by season", Other),
            ("Methodical doubt", Other),
        ] {
            assert_eq!(name_of(heading), name, "{heading}");
        }
    }

    #[test]
    fn a_paragraph_may_begin_with_its_heading() {
        assert_eq!(run_in("Background: Foxes sleep."), Some((Introduction, 11)));
        assert_eq!(run_in("Methods. We took ten foxes."), Some((Methods, 8)));
        assert_eq!(run_in("Abstract—We count foxes."), Some((Abstract, 9)));
        assert_eq!(run_in("Main Outcome Measures: sleep"), Some((Methods, 22)));
        for text in ["Results were clear: ten foxes slept.", "methods: small letters", "Foxes: an overview", "Results"]
        {
            assert_eq!(run_in(text), None, "{text}");
        }
    }

    #[test]
    fn the_number_of_a_heading_tells_how_deep_it_stands() {
        assert_eq!(depth("2 Methods"), Some(1));
        assert_eq!(depth("2.1 Study site"), Some(2));
        assert_eq!(depth("3.2.1. Foxes"), Some(3));
        assert_eq!(depth("IV. RESULTS"), Some(1));
        assert_eq!(depth("A. Study site"), Some(2));
        assert_eq!(depth("Methods"), None);
    }

    #[test]
    fn key_words_are_known_in_any_dress() {
        assert!(
            is_key_words("Keywords: fox, sleep") && is_key_words("KEY WORDS fox") && is_key_words("Index Terms—fox")
        );
        assert!(!is_key_words("The keywords are") && !is_key_words("Key results"));
    }
}
