//! Conditions that tests stand under: tails, corrections, other distributions; with the text they may hold for.
//!
//! A condition holds for its paragraph. It may hold for the whole paper where its sentence announces so for the tests
//! in general ("all tests were one-tailed", "we used Welch tests") and reports none itself; a method with a distribution
//! of its own ("bootstrap") does only where the sentence says "all" or "throughout".

use std::sync::LazyLock;

use regex::Regex;

use crate::document::{Block, Document, Table, TextRange};

use super::mentions::{Condition, ConditionKind, Sentence};
use super::patterns::compile;
use super::source::Source;
use super::statistic::TestStatistic;

const ONE_TAILED: &str = r"(?i)\b(?:one|1|single)[\s\-‐‑–—]{0,2}(?:tail(?:ed)?|side(?:d)?)\b|\b(?:uni)?directional\s+(?:tests?|hypothes[ie]s|predictions?|t[\s-]tests?|p[\s-]values?)\b";

const TWO_TAILED: &str = r"(?i)\b(?:two|2|both)[\s\-‐‑–—]{0,2}(?:tail(?:ed|s)?|side(?:d|s)?)\b";

const CORRECTED_P: &str = concat!(
    r"(?i)\bBonferroni|\bHolm\b|[SŠ]id[aá]k\b|\bBenjamini|\bHochberg\b|\bFDR\b|\bfalse[\s-]discovery|\bfamily[\s-]?wise|\bFWER?\b|",
    r"\bTukey|\bScheff[eé]|\bDunn(?:ett)?\b|\bNewman[-–\s]+Keuls|\bGames[-–\s]+Howell|\bmultiple[\s-](?:comparison|testing|test)s?|",
    r"\bmultiplicity|\b(?:correct|adjust)ed\s+(?:p\b|p[\s-]values?|alpha|α|significance)|\bp[\s-]values?\s+(?:were|was|are)\s+(?:correct|adjust)ed|",
    r"\bcluster[\s-](?:level|wise)?[\s-]?correct|\bp[\s_{]{0,2}(?:adj|corr|fdr|fwe|bonf|holm|tukey)"
);

const CORRECTED_DEGREES: &str = concat!(
    r"(?i)\bGreenhouse(?:[-‐–\s]+Geisser)?|\bHuynh(?:[-‐–\s]+Feldt)?|\bWelch|\bSatterthwaite|\bKenward|\bsphericity|\bunequal\s+variances?|",
    r"\b(?:correct|adjust)ed\s+(?:degrees\s+of\s+freedom|df\b|F\b)|\b(?:degrees\s+of\s+freedom|dfs?)\s+(?:were|was|are|is)?\s*(?:correct|adjust)ed"
);

const OTHER_DISTRIBUTION: &str = concat!(
    r"(?i)\bpermut(?:ation|ed)|\bbootstrap|\bMonte[\s-]Carlo|\brandomi[sz]ation\s+tests?|\bexact\s+(?:tests?|p\b|probabilit)|",
    r"\bBayes(?:ian)?\b|\bMarkov\s+chain|\bMCMC\b|\bresampl"
);

const RANK_TEST: &str = concat!(
    r"(?i)\bMann[-‐–\s]+Whitney|\bWilcoxon|\brank[-‐–\s]?sums?\b|\bsigned[-‐–\s]ranks?\b|\bKruskal|\bFriedman(?:['’]s)?\s+(?:test|anova|χ)|",
    r"\bnon[-‐–\s]?parametric\s+(?:tests?|comparisons?|analys[ei]s)"
);

/// What makes a sentence speak of all tests.
static ALL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(concat!(
        r"(?i)\b(?:all|every|each|any)\b.{0,60}\b(?:tests?|p|p[\s-]values?|analyses|comparisons|contrasts|statistic\w*|significance)\b|",
        r"\bthroughout\b|\bunless\s+(?:otherwise|stated|noted|specified|indicated)|\botherwise\s+(?:stated|noted)|",
        r"\bp[\s-]?values\s+(?:were|are)\b"
    ))
});

/// What makes a sentence announce a method.
static ANNOUNCED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(concat!(
        r"(?i)\b(?:tests?|p[\s-]?values?|analyses|comparisons|contrasts|significance|alpha|thresholds?|values|degrees\s+of\s+freedom)",
        r"\s+(?:\w+\s+){0,2}(?:were|was|are|is)\b|\b(?:we|was|were|is|are)\s+(?:\w+\s+)?(?:used?|appl(?:y|ied)|employed|",
        r"performed|conducted|report(?:ed)?|correct(?:ed)?|adjust(?:ed)?|controlled|held|set)\b"
    ))
});

static PATTERNS: LazyLock<Vec<(ConditionKind, Regex)>> = LazyLock::new(|| {
    [
        (ConditionKind::OneTailed, ONE_TAILED),
        (ConditionKind::TwoTailed, TWO_TAILED),
        (ConditionKind::CorrectedP, CORRECTED_P),
        (ConditionKind::CorrectedDegrees, CORRECTED_DEGREES),
        (ConditionKind::OtherDistribution, OTHER_DISTRIBUTION),
        (ConditionKind::RankTest, RANK_TEST),
    ]
    .into_iter()
    .filter_map(|(kind, pattern)| compile(pattern).map(|regex| (kind, regex)))
    .collect()
});

/// The conditions of a paper, by place.
pub(super) fn find(
    source: &Source<'_>,
    document: &Document,
    leaves: &[&Block],
    sentences: &[Sentence],
    statistics: &[TestStatistic],
) -> Vec<Condition> {
    let tested: Vec<bool> = {
        let mut tested = vec![false; sentences.len()];
        for statistic in statistics {
            if let Some(flag) = tested.get_mut(statistic.sentence) {
                *flag = true;
            }
        }
        tested
    };
    let mut found = Vec::new();
    for (index, sentence) in sentences.iter().enumerate() {
        let base = source.index.byte(sentence.range.start);
        let text = source.slice(sentence.range);
        let paper = TextRange::new(0, source.chars.len());
        let leaf = leaves.get(sentence.leaf).map_or(sentence.range, |leaf| leaf.range);
        let says = |pattern: &Option<Regex>| pattern.as_ref().is_some_and(|pattern| pattern.is_match(text));
        let reports = tested.get(index) == Some(&true);
        for (kind, pattern) in PATTERNS.iter() {
            for hit in pattern.find_iter(text) {
                let own = *kind == ConditionKind::OtherDistribution;
                let general = says(&ALL) || (!reports && !own && says(&ANNOUNCED));
                let reach = if general { paper } else { with_table(document, sentence.range, leaf) };
                let range = source.index.range(base + hit.start(), base + hit.end());
                found.push(Condition { kind: *kind, range, reach });
            }
        }
    }
    found.sort_by_key(|condition| (condition.range, condition.kind));
    found
}

/// The reach of a sentence: what the caption or a note of a table says holds for its cells.
fn with_table(document: &Document, sentence: TextRange, leaf: TextRange) -> TextRange {
    let about = |table: &&Table| table.caption.iter().chain(&table.notes).any(|part| part.overlaps(sentence));
    document.tables.iter().find(about).map_or(leaf, |table| leaf.hull(table.range))
}
