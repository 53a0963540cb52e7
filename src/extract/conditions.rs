//! Conditions that tests and intervals stand under: tails, corrections, other distributions and methods; with the text
//! they may hold for.
//!
//! A condition holds for its paragraph. It may hold for the whole paper where its sentence announces so for the tests
//! in general ("all tests were one-tailed", "we used Welch tests") and reports none itself; a method with a distribution
//! of its own ("bootstrap") does only where the sentence says "all" or "throughout". A method of intervals ("profile
//! likelihood intervals were computed") does where its sentence speaks of intervals and reports none. A level of
//! significance (`alpha`) holds for the paper, or for its study, unless its sentence reports a test.

use std::sync::LazyLock;

use regex::{Regex, RegexSet};

use crate::document::{Block, Document, Table, TextRange};

use super::alpha;
use super::estimates::Estimate;
use super::mentions::{Condition, ConditionKind, Sentence};
use super::patterns::{ascii_boundaries, compile};
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
    r"\bBayes(?:ian)?\b|\bMarkov\s+chain|\bMCMC\b|\bresampl|\bMantel\s+tests?|\bnormality\b|\bKolmogorov|\bShapiro|\bPERMANOVA\b|\bpseudo[-‐–\s]?F\b"
);

const RANK_TEST: &str = concat!(
    r"(?i)\bMann[-‐–\s]+Whitney|\bWilcoxon|\brank[-‐–\s]?sums?\b|\bsigned[-‐–\s]ranks?\b|\bKruskal|\bFriedman(?:['’]s)?\s+(?:test|anova|χ)|",
    r"\bnon[-‐–\s]?parametric\s+(?:tests?|comparisons?|analys[ei]s)"
);

const OTHER_INTERVAL: &str = concat!(
    r"(?i)\bbootstrap|\bbias[\s-]corrected|\bBCa\b|\bpercentile\s+(?:CIs?|intervals?)|\bprofile[\s-](?:likelihood|penali[sz]ed|CIs?|confidence)|",
    r"\bcredib(?:le|ility)\s|\bhighest[\s-](?:posterior|density)|\bHPDI?s?\b|\bHDIs?\b|\bCrIs?\b|\bBayes(?:ian)?\b|\bposterior\s|\bMCMC\b|",
    r"\bClopper|\bWilson\b|\bFieller|\bexact\s+(?:binomial\s+)?(?:\d\d\s?%\s+)?(?:CIs?|confidence|intervals?|logistic|binomial)|",
    r"\bindirect\s+effects?\b|\bmediat(?:ion|ed|or)|\bMonte[\s-]Carlo|\bFirth|\bpenali[sz]ed\b|\bback[\s-]transform|\bHodges"
);

const ONE_SIDED_INTERVAL: &str = concat!(
    r"(?i)\b(?:one|1)[\s\-‐–]sided\s+(?:\d\d(?:\.\d)?\s?%\s*)?(?:CIs?|confidence|intervals?|limits?|bounds?)|",
    r"\b(?:upper|lower)\s+(?:\d\d(?:\.\d)?\s?%\s+)?confidence\s+(?:bound|limit)"
);

const ADJUSTED: &str = concat!(
    r"(?i)\b(?:un)?adjust(?:ed|ing|ment)\b|\bpartial\s+(?:correlation|regression|r\b|η|eta)|\bcontroll(?:ed|ing)\s+for\b|\bcovariates?\b|",
    r"\bmultivaria(?:ble|te)\b"
);

const STANDARDISED: &str = r"(?i)\bstandardi[sz]ed\s+(?:regression\s+|path\s+)?(?:coefficients?|estimates?|betas?|β|effects?|loadings?|weights?|solution)";

const IMPUTED: &str =
    r"(?i)\bmultipl[ey][\s-]+imput|\bimputed\s+(?:data|values|sets)|\bRubin(?:['’]s)?\s+rules?|\bMICE\b";

const WEIGHTED: &str = concat!(
    r"(?i)\b(?:inverse[\s-](?:probability|variance)|propensity|survey|sampling|sample|post-?stratification)[\s-](?:score[\s-])?weight|\bIPT?W\b|",
    r"\bweighted\s+(?:least|regression|analys[ei]s|means?|estimates?|data)|\bweighted\s+by\b"
);

const ROBUST_ERRORS: &str = concat!(
    r"(?i)\b(?:cluster[\s-])?robust\s+(?:standard\s+errors?|SEs?|variances?|estimat)|\bsandwich\b|\bcluster(?:ed)?[\s-](?:robust|standard)|",
    r"\bHuber[-–]White|\bGEEs?\b|\bgenerali[sz]ed\s+estimating|\bheterosc?k?edasticity[\s-](?:robust|consistent)|\bwithin[\s-]subjects?\s+(?:standard|SEs?|CIs?|confidence)"
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

/// The patterns of all kinds.
struct Patterns {
    /// All of them at once: most sentences hold none.
    any: Option<RegexSet>,
    /// Each with its kind, in the order of the set.
    each: Vec<(ConditionKind, Regex)>,
}

static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| {
    let kinds = [
        (ConditionKind::OneTailed, ONE_TAILED),
        (ConditionKind::TwoTailed, TWO_TAILED),
        (ConditionKind::CorrectedP, CORRECTED_P),
        (ConditionKind::CorrectedDegrees, CORRECTED_DEGREES),
        (ConditionKind::OtherDistribution, OTHER_DISTRIBUTION),
        (ConditionKind::RankTest, RANK_TEST),
        (ConditionKind::OtherInterval, OTHER_INTERVAL),
        (ConditionKind::OneSidedInterval, ONE_SIDED_INTERVAL),
        (ConditionKind::Adjusted, ADJUSTED),
        (ConditionKind::Standardised, STANDARDISED),
        (ConditionKind::Imputed, IMPUTED),
        (ConditionKind::Weighted, WEIGHTED),
        (ConditionKind::RobustErrors, ROBUST_ERRORS),
    ];
    Patterns {
        any: RegexSet::new(kinds.map(|(_, pattern)| ascii_boundaries(pattern))).ok(),
        each: kinds.into_iter().filter_map(|(kind, pattern)| compile(pattern).map(|regex| (kind, regex))).collect(),
    }
});

/// What makes a sentence speak of intervals.
static OF_INTERVALS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(r"\b(?:CIs?|CrIs?|HDIs?|HPDI?s?)\b|(?i:\bintervals?\b|\b(?:confidence|credible)\s+limits?\b)")
});

/// Which sentences report results of their own.
pub(super) struct Reporting {
    /// Those with a test.
    tests: Vec<bool>,
    /// Those with an estimate.
    estimates: Vec<bool>,
}

impl Reporting {
    /// Marks the sentences of tests and of estimates.
    pub(super) fn new(sentences: &[Sentence], statistics: &[TestStatistic], estimates: &[Estimate]) -> Self {
        let marked = |places: &mut dyn Iterator<Item = usize>| {
            let mut marked = vec![false; sentences.len()];
            for place in places {
                if let Some(flag) = marked.get_mut(place) {
                    *flag = true;
                }
            }
            marked
        };
        Self {
            tests: marked(&mut statistics.iter().map(|statistic| statistic.sentence)),
            estimates: marked(&mut estimates.iter().map(|estimate| estimate.sentence)),
        }
    }
}

/// Whether a condition is one of intervals, and not of tests.
const fn is_of_intervals(kind: ConditionKind) -> bool {
    matches!(kind, ConditionKind::OtherInterval | ConditionKind::OneSidedInterval)
}

/// The conditions of a paper, by place.
pub(super) fn find(
    source: &Source<'_>,
    document: &Document,
    leaves: &[&Block],
    sentences: &[Sentence],
    reporting: &Reporting,
) -> Vec<Condition> {
    let mut found = Vec::new();
    for (index, sentence) in sentences.iter().enumerate() {
        let base = source.index.byte(sentence.range.start);
        let text = source.slice(sentence.range);
        // Conditions are said in words, and most cells of tables hold none.
        if !text.contains(char::is_alphabetic) {
            continue;
        }
        let paper = TextRange::new(0, source.chars.len());
        let leaf = leaves.get(sentence.leaf).map_or(sentence.range, |leaf| leaf.range);
        let says = |pattern: &Option<Regex>| pattern.as_ref().is_some_and(|pattern| pattern.is_match(text));
        let tests = reporting.tests.get(index) == Some(&true);
        let estimates = reporting.estimates.get(index) == Some(&true);
        let present = PATTERNS.any.as_ref().map(|any| any.matches(text));
        for (place, (kind, pattern)) in PATTERNS.each.iter().enumerate() {
            if present.as_ref().is_some_and(|present| !present.matched(place)) {
                continue;
            }
            for hit in pattern.find_iter(text) {
                let own = *kind == ConditionKind::OtherDistribution;
                let general = if is_of_intervals(*kind) {
                    says(&OF_INTERVALS) && (says(&ALL) || (!tests && !estimates))
                } else {
                    says(&ALL) || (!tests && !own && says(&ANNOUNCED))
                };
                let reach = if general { paper } else { with_table(document, sentence.range, leaf) };
                let range = source.index.range(base + hit.start(), base + hit.end());
                found.push(Condition { kind: *kind, range, reach, general, alpha: None });
            }
        }
        for (bytes, alpha) in alpha::stated(text, tests) {
            let range = source.index.range(base + bytes.start, base + bytes.end);
            let reach = if tests {
                with_table(document, sentence.range, leaf)
            } else {
                alpha::study(source, document, range.start).unwrap_or(paper)
            };
            found.push(Condition { kind: ConditionKind::Alpha, range, reach, general: !tests, alpha: Some(alpha) });
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
