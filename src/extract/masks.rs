//! What looks like a quantity and is not: citations, labels, identifiers, addresses, dates, versions.
//!
//! Each pattern says what its digits are instead. All run in linear time; a number that touches a mask is not read.

use std::sync::LazyLock;

use regex::Regex;

use crate::document::BlockKind;

use super::needles::{Haystack, Needles};
use super::passages::Passage;
use super::patterns::{ascii_boundaries, compile};
use super::source::Source;
use super::unit_after;

/// Names of parts of a paper: the number behind one is never a quantity.
const PARTS: &str = r"(?:Supplementa(?:ry|l)[^\S\t]+|Suppl?\.[^\S\t]*|Extended[^\S\t]+Data[^\S\t]+|Online[^\S\t]+)?(?:Fig(?:ure|\.)?s?\.?|FIG(?:URE)?S?\.?|figs?\.|figures?|Tab(?:les?|s?\.)|TABLES?|tables?|Eq(?:uation|n)?s?\.?|eqn?s?\.|equations?|[Ss]ections?|[Ss]ect?s?\.|[Ss]ubsections?|§+|[Cc]hap(?:ter|\.)s?|[Aa]ppendi(?:x|ces)|[Aa]lgorithms?|[Tt]heorems?|[Ll]emmas?|[Pp]ropositions?|[Cc]orollar(?:y|ies)|[Dd]efinitions?|[Rr]emarks?|[Bb]ox(?:es)?|[Ss]chemes?|[Pp]lates?|[Pp]anels?|[Rr]efs?\.?|[Rr]eferences?|[Vv]ersions?|[Vv]ol(?:ume|s?\.)|[Ii]ssue|[Nn]os?\.|[Pp]ages?|pp?\.|[Ll]ines?|[Cc]hromosomes?|[Ee]xons?|[Ii]ntrons?|[Rr]esidues?|[Cc]odons?|[Ff]ootnotes?|[Gg]rants?|[Cc]ontract)";

/// Common nouns before a number that make it a name ("type 2", "Experiment 1"), unless a unit or a percent sign follows.
const NAMED: &str = r"(?:[Ee]xperiments?|[Ee]xpts?\.|[Ss]tud(?:y|ies)|[Pp]hases?|[Tt]ypes?|[Ss]tages?|[Gg]rades?|[Gg]roups?|[Cc]lass(?:es)?|[Mm]odels?|[Cc]ases?|[Pp]atients?|[Pp]articipants?|[Ss]ubjects?|[Ss]ites?|[Ss]tations?|[Ss]amples?|[Ss]pecimens?|[Tt]asks?|[Cc]onditions?|[Bb]locks?|[Ii]tems?|[Qq]uestions?|[Hh]ypothes[ie]s|[Cc]lusters?|[Cc]omponents?|[Ff]actors?|[Aa]xis|[Aa]xes|[Ss]eries|[Ss]cenarios?|[Ss]teps?|[Tt]iers?|[Zz]ones?|[Uu]nits?|[Cc]ycles?|[Nn]umbers?|[Rr]ows?|[Cc]olumns?|[Pp]ositions?|[Ss]erotypes?|[Ss]ubtypes?|[Ss]trains?|[Ii]solates?|[Cc]lones?|[Ll]ot|[Bb]atch(?:es)?|[Gg]enotypes?|[Hh]aplogroups?|[Ll]evels?|[Ll]ayers?|[Vv]isits?|[Ww]aves?|[Rr]ounds?|[Pp]rotocols?|[Gg]oals?|[Aa]rticles?|[Pp]art|[Nn]otes?|[Ss]upplement|[Cc]ode|[Ff]iles?|[Pp]roject|[Aa]wards?|[Cc]harts?|[Cc]omplex(?:es)?|[Cc]ompounds?|[Ff]ractions?|[Ll]istings?|[Nn]umbered|[Ww]ells?|[Bb]oreholes?|[Pp]eaks?|[Bb]ands?|[Ll]anes?|[Aa]nimals?|[Dd]ays?|[Ww]eeks?|[Mm]onths?|[Yy]ears?)";

/// The number of a part: "3", "S2", "4.1", "3a", "(5)".
const LABEL: &str = r"\(?[A-Z]{0,2}\d+(?:\.\d+)*(?:[a-zA-Z](?:[-–][a-zA-Z])?\b)?\)?";

/// Further numbers behind the first.
const MORE: &str = r"(?:(?:[^\S\t]*[,;][^\S\t]*(?:and[^\S\t]+|or[^\S\t]+)?|[^\S\t]+(?:and|&|or|to|through|vs\.?|versus)[^\S\t]+|[^\S\t]*[-–—/+][^\S\t]*)\(?[A-Z]?\d+(?:\.\d+)*(?:[a-zA-Z]\b)?\)?)*";

/// Software whose number is a version.
const SOFTWARE: &str = r"(?:SPSS|STATA|Stata|SAS|MATLAB|Matlab|Python|Windows|Prism|Excel|ImageJ|GraphPad|Java|CUDA|PyTorch|TensorFlow|Ubuntu|Android|iOS|AMOS|Mplus|NVivo|JASP|Minitab|OriginPro|Origin|LabVIEW|ArcGIS|QGIS|Release|release|build|SPM|FSL|AFNI|EEGLAB|E-Prime|G\*Power)";

const MONTHS: &str = r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?";

/// A pattern with what every match of it has, as most passages have nothing of the kind.
struct Mask {
    regex: Regex,
    needles: Needles,
}

impl Mask {
    fn new(pattern: &str) -> Option<Self> {
        Some(Self { regex: compile(pattern)?, needles: Needles::of_pattern(&ascii_boundaries(pattern)) })
    }
}

/// Whole matches that hold no quantity.
static PATTERNS: LazyLock<Vec<Mask>> = LazyLock::new(|| {
    [
        // Addresses of the web and of the literature.
        r"(?:https?://|ftp://|www\.)\S+".to_owned(),
        r"\b(?:doi|DOI)\s*[:.]?\s*(?:org/)?\S*10\.\d{4,9}/\S+".to_owned(),
        r"\b10\.\d{4,9}/\S+".to_owned(),
        r"\S+@\S+\.\w+".to_owned(),
        r"(?i)\barxiv\s*:?\s*[\w.-]*/?\d{4}\.?\d{3,5}(?:v\d+)?".to_owned(),
        r"\b(?:PMID|PMCID|PMC|ISSN|ISBN|ORCID|NCT|ISRCTN|GSE|PRJNA|CAS|EC|RRID|OMIM|PROSPERO|CRD|HGNC|ATCC|DSM|CCDC|PDB|GenBank|UniProt|Tel|Phone|Fax|Cat|cat|Catalog|catalog|Catalogue|catalogue|Ref\.\s*No|ZIP)\b[\s.:#]*(?:[Nn]o\.?|[Nn]umber|[Nn]os\.)?[\s:#]*[A-Z]{0,4}[-\s]?\d[\dXx.-]*(?:[-\s]\d+)*".to_owned(),
        r"\b(?:et al\.?,?|ibid\.?)\s*\(?\s*(?:1[6-9]|20)\d\d[a-z]?(?:\s*[,;&]\s*(?:1[6-9]|20)\d\d[a-z]?)*".to_owned(),
        r"\+\d{1,3}[\s.-]?\(?\d{1,4}\)?(?:[\s.-]\d{1,4}){2,5}\b".to_owned(),
        r"\(\d{3}\)\s?\d{3}-\d{4}|\b\d{3}-\d{3}-\d{4}\b".to_owned(),
        // Brackets that cite.
        r"\[\s*\d{1,3}[a-z]?(?:\s*[,;–—-]\s*\d{1,3}[a-z]?)*\s*\]".to_owned(),
        // Dates and times of day.
        format!(r"\b\d{{1,2}}(?:st|nd|rd|th)?(?:\s*[-–]\s*\d{{1,2}})?\s+(?:of\s+)?{MONTHS}(?:,?\s+\d{{4}})?\b"),
        format!(r"\b\d{{1,2}}\s+(?:and|to|or)\s+\d{{1,2}}\s+{MONTHS}\b"),
        format!(r"\b{MONTHS}\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?:\s*[-–]\s*\d{{1,2}}\b)?(?:,?\s+\d{{4}}\b)?"),
        format!(r"\b{MONTHS},?\s+(?:of\s+)?(?:1[5-9]|20)\d\d\b"),
        r"\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}/\d{1,2}/(?:\d{4}|\d{2})\b|\b\d{1,2}\.\d{1,2}\.(?:19|20)\d\d\b".to_owned(),
        r"\b\d+(?::\d+)+\b".to_owned(),
        r"\b(?:1[0-2]|[1-9])(?:[.:]\d{2})?\s?(?:a\.m\.|p\.m\.|(?:am|pm|AM|PM)\b)".to_owned(),
        r"\b(?:1[5-9]|20)\d0s\b|\b(?:1[5-9]|20)\d\d[-–/](?:(?:1[5-9]|20)\d\d|\d\d)\b".to_owned(),
        // Versions, chapters and other numbers with several points, but not those in groups of three ("1.234.567"), which
        // only a document's decimal mark can tell from a version; scores of issues and pages.
        r"\b\d+(?:\.\d+)+\.(?:\d{1,2}|\d{4,})\b".to_owned(),
        r"\b\d+(?:\.\d+)*\.(?:\d{1,2}|\d{4,})(?:\.\d+)+\b|\b(?:0\d*|\d{4,})(?:\.\d+){2,}\b".to_owned(),
        r"\b[vV](?:er)?\.?\s{0,2}\d+(?:\.\d+)*\b".to_owned(),
        format!(r"\b{SOFTWARE}\s+(?:[vV]ersion\s+|[vV]\.?\s*)?\d+(?:\.\d+)*[a-z]?\b(?:\s*\))?"),
        r"\b\d+\s?\(\d+\)\s?:\s?[A-Za-z]?\d+(?:[-–]\d+)?|\b\d+:\s?\d+[-–]\d+\b".to_owned(),
        format!(r"(?:^|\s)#\s?{LABEL}(?:(?:,\d{{2,3}})+\b)?"),
        r"\bR\s+(?:version\s+)?\d\.\d+\b".to_owned(),
        r"\bn°\s*\d+".to_owned(),
        // Statistical names that hold a digit behind a space in damaged text.
        r"\b(?:[Oo]mega|[Vv]itamin|[Ii]nterleukin|[Cc]aspase|[Cc]ollagen|[Cc]ytochrome|[Ss]chedule|[Rr]oute|[Hh]ighway|[Aa]pollo|[Vv]oyager|[Ll]andsat|[Ss]entinel|[Tt]itle)[\s-]+\d+[A-Za-z]?\b".to_owned(),
    ]
    .iter()
    .filter_map(|pattern| Mask::new(pattern))
    .collect()
});

/// A part of a paper or a named thing with its numbers: the first number is a group of its own.
static LABELLED: LazyLock<Vec<Mask>> = LazyLock::new(|| {
    let named = LABEL.replace(r"\(?", "");
    [format!(r"(?:\b|^){PARTS}[^\S\t]*({LABEL}){MORE}"), format!(r"\b{NAMED}[^\S\t]({named}){MORE}")]
        .iter()
        .filter_map(|pattern| Mask::new(pattern))
        .collect()
});

/// A number in round brackets alone: an equation's number or a citation, unless a number stands before it.
static BRACKETED: LazyLock<Option<Regex>> =
    LazyLock::new(|| compile(r"\(\s*\d{1,3}[a-z]?(?:\s*[,;–-]\s*\d{1,3}[a-z]?)*\s*\)"));

/// The number of a displayed equation, at the end of its line.
static EQUATION: LazyLock<Option<Regex>> =
    LazyLock::new(|| compile(r"(?m)\(\p{Lu}?\.?\d{1,3}(?:\.\d{1,2})?[a-z]?\)\s*$"));

/// The number of a list entry or heading at the start of a leaf.
static LEADING: LazyLock<Option<Regex>> =
    LazyLock::new(|| compile(r"^\s*(?:\(?\d{1,2}[.)]|\d{1,2}(?:\.\d{1,2})+\.?)\s"));

/// Which characters of the text belong to something that is no quantity.
#[derive(Debug)]
pub(super) struct Masks(Vec<bool>);

impl Masks {
    /// Looks through the passages.
    pub(super) fn new(source: &Source<'_>, passages: &[Passage]) -> Self {
        let mut masks = Self(vec![false; source.chars.len()]);
        for passage in passages {
            masks.passage(source, passage);
        }
        masks
    }

    /// Whether the character at a position is masked.
    pub(super) fn covers(&self, position: usize) -> bool {
        self.0.get(position).copied().unwrap_or(false)
    }

    fn cover(&mut self, source: &Source<'_>, start: usize, end: usize) {
        let range = source.index.range(start, end);
        let end = range.end.min(self.0.len());
        self.0[range.start.min(end)..end].fill(true);
    }

    fn passage(&mut self, source: &Source<'_>, passage: &Passage) {
        let base = source.index.byte(passage.range.start);
        let text = source.slice(passage.range);
        // A cell of values without words holds no name, no citation and no number of a heading: "1.5 (12)", "[9; 20]".
        if passage.value && !has_word(text) {
            return;
        }
        let haystack = Haystack::new(text);
        let likely = |mask: &&Mask| mask.needles.may_match(&haystack);
        for mask in PATTERNS.iter().filter(likely) {
            for found in mask.regex.find_iter(text) {
                self.cover(source, base + found.start(), base + found.end());
            }
        }
        let labelled = LABELLED.iter().enumerate().filter(|(_, mask)| likely(mask));
        let labelled = labelled.flat_map(|(at, mask)| mask.regex.captures_iter(text).map(move |found| (at, found)));
        for (pattern, found) in labelled {
            let (Some(whole), Some(label)) = (found.get(0), found.get(1)) else { continue };
            // "Of the 226 residues (54%)": a percentage is no number of a part.
            let percentage = text[label.end()..].trim_start().starts_with(['%', '‰']);
            let part = pattern == 0 && !percentage;
            // "Levels of type 2 and 10 mg": the number before a unit is a quantity, whatever stands further left.
            let measured = |end: usize| unit_after::follows(source, source.index.scalar(base + end), passage.range.end);
            if !measured(whole.end()) {
                self.cover(source, base + whole.start(), base + whole.end());
            } else if part || (label.end() < whole.end() && !measured(label.end())) {
                self.cover(source, base + whole.start(), base + label.end());
            }
        }
        for found in BRACKETED.iter().flat_map(|pattern| pattern.find_iter(text)) {
            if cites(text, found.start(), found.end()) {
                self.cover(source, base + found.start(), base + found.end());
            }
        }
        if let Some(found) = LEADING.as_ref().and_then(|pattern| pattern.find(text)) {
            self.cover(source, base + found.start(), base + found.end());
        }
        // "= 42,000 (3)" in running text may be a number with its spread; at the margin it is the number of the equation.
        let numbers = EQUATION.as_ref().filter(|_| passage.block == BlockKind::DisplayMath);
        for found in numbers.iter().flat_map(|pattern| pattern.find_iter(text)) {
            self.cover(source, base + found.start(), base + found.end());
        }
        if passage.block == BlockKind::Heading {
            let digits = text.find(|c: char| !(c.is_ascii_digit() || c == '.' || c == ' ')).unwrap_or(text.len());
            self.cover(source, base, base + digits);
        }
    }
}

/// Whether three letters stand together.
fn has_word(text: &str) -> bool {
    let mut run = 0;
    text.chars().any(|c| {
        run = if c.is_alphabetic() { run + 1 } else { 0 };
        run == 3
    })
}

/// Whether a bracket with a bare whole number is a citation or an equation's number: not where it stands glued to a
/// number ("6.67430(15)") or a function ("ln(2)"), behind a number ("45 (37)") or before a unit, and never for a count with its sign ("(n = 5)").
fn cites(text: &str, start: usize, end: usize) -> bool {
    let before = text[..start].chars().next_back();
    let word = text[..start].trim_end().chars().next_back();
    let after = text[end..].chars().next();
    let argument = ["exp", "ln", "log", "sqrt"].iter().any(|function| text[..start].ends_with(function));
    if argument || after.is_some_and(|c| matches!(c, '×' | '·')) {
        return false;
    }
    !before.is_some_and(|c| c.is_ascii_digit()) && !word.is_some_and(|c| c.is_ascii_digit() || c == '%')
}
