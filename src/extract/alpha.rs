//! The level of significance that a paper states for its tests: "alpha was set at .01", "p < .005 was considered
//! statistically significant", "a significance level of 5%".
//!
//! It finds statements and the text that they may hold for; it does not say which tests are significant. A reliability is
//! written with the same letter (Cronbach's α = .85), the stars of tables have levels too ("*p < .05"), and a result may
//! name the level that it reaches ("significant at the .01 level"): none of these is a level that tests are judged at.

use std::sync::LazyLock;

use regex::Regex;
use serde::{Deserialize, Serialize};

use crate::arithmetic::rational::{self, Rational};
use crate::document::{Block, BlockKind, Document, TextRange};

use super::patterns::{compile, is_match};
use super::source::Source;

/// What the words of a condition of the kind [`Alpha`](super::ConditionKind::Alpha) say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alpha {
    /// The levels, as decimals or fractions: more than one where the words name several, and for "α = .05/3" the quotient.
    pub levels: Vec<String>,
    /// Whether the words may mean some of the tests alone: those after a correction, of one kind, of a power analysis, or
    /// those reported in the same sentence.
    pub partial: bool,
}

/// A level as printed: above 0 and, as the value says, at most .2. "p < .05" has its sign before it.
const NUMBER: &str = r"(?:[0O]?[.,·]\d{1,4}|\d{1,2}(?:[.,]\d+)?\s?%)";

/// The levels that tests are mostly judged at.
const USUAL: &[&str] = &["0.1", "0.05", "0.025", "0.01", "0.005", "0.001", "0.0001"];

/// Words that may stand between a name and its level. They are those of the statement itself: a noun among them would make
/// the number one of something else.
const BETWEEN: &str = concat!(
    r"(?:(?:was|were|is|are|be|been|being|set|fixed|held|kept|chosen|specified|defined|established|adopted|maintained|determined|",
    r"declared|accepted|assumed|assessed|evaluated|inferred|considered|taken|adjusted|reduced|lowered|corrected|selected|used|at|to|as|of|",
    r"by|if|when|for|with|using|all|both|the|an?|in|this|tests?|analys[ei]s|study|level|levels|value|values|rate|criterion|threshold|",
    r"probability|error|alpha|α|p|P|p-values?|P-values?|less|lower|smaller|below|under|than|or|equal|conventional|usual|standard|",
    r"customary|nominal|overall|critical|more|conservative|two-tailed|two-sided|one-tailed|one-sided|statistical|statistically)\b|α|",
    r"=|<|≤|⩽|:|\(|,|\s)+"
);

/// What introduces a level: the letter or its name, or the level, criterion or threshold of significance.
const NAME: &str = concat!(
    r"(?:\balpha\b|α|\b(?:level|threshold|criterion|criteria|limit|cut-?off)s?\s+(?:of|for)\s+(?:statistical\s+)?significance\b|",
    r"\bsignificance\s+(?:level|threshold|criterion|cut-?off)s?\b|\btype[\s-](?:I|1|one)\s+error(?:\s+rate)?)"
);

/// The forms of a statement: in each the level is the only group.
static FORMS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let verb = r"(?:set|fixed|defined|accepted|considered|determined|declared|established|assessed|inferred|assumed|taken|evaluated|tested|adopted|indicated)";
    let judged = r"(?:considered|regarded|taken|deemed|defined|accepted|judged|interpreted|designated|treated|chosen|used|set|adopted)";
    [
        // "Alpha was set at .01", "a significance level of .005 was used", "α = .05".
        format!(r"(?i){NAME}{BETWEEN}({NUMBER})"),
        // "Statistical significance was set at p < .01".
        format!(r"(?i)\bsignificance\s+(?:\w+\s+){{0,3}}?(?:was|were|is|are)\s+{verb}\b{BETWEEN}({NUMBER})"),
        // "p values below .01 were considered significant".
        format!(
            r"(?i)\bp(?:[\s-]?values?)?\s*(?:of|below|under|less|lower|smaller|than|or|equal|to|<|≤|=|\s)+({NUMBER})\s*(?:\([^)]{{0,30}}\)\s*|or\s+(?:less|lower|below|smaller)\s+|\(?two-(?:tailed|sided)\)?,?\s+)?(?:was|were|is|are|being)\s+(?:\w+\s+)?{judged}\s+(?:to\s+be\s+|to\s+indicate\s+|as\s+|an?\s+|the\s+|indicative\s+of\s+|evidence\s+of\s+)*(?:statistical(?:ly)?\s+)?(?:significan|level|threshold|criterion|cut)"
        ),
        // "results were considered significant at p < .01".
        format!(
            r"(?i)\b(?:considered|regarded|deemed|judged|defined|treated|accepted|declared)\s+(?:to\s+be\s+|as\s+)*(?:statistically\s+)?significant\b(?:{BETWEEN})({NUMBER})"
        ),
        // "tests were conducted at the .01 level", "we used a .005 significance level", "a 1% alpha level".
        format!(
            r"(?i)\b(?:tests?|tested|analys[ei]s|comparisons|hypothes[ei]s)\b[^.;%]{{0,50}}\bat\s+(?:an?|the)\s+({NUMBER})\s+(?:(?:alpha|α|significance)\s+)?level"
        ),
        format!(
            r"(?i)\b(?:used|using|adopted|adopting|applied|set|chose|employed|with)\s+(?:an?|the)\s+({NUMBER})\s+(?:two-tailed\s+)?(?:(?:alpha|α|significance)\s+(?:level|criterion|threshold|cut-?off)|level\s+of\s+(?:statistical\s+)?significance)"
        ),
    ]
    .iter()
    .filter_map(|pattern| compile(pattern))
    .collect()
});

/// What follows a level where the same words name more: a division, or a list.
static MORE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(&format!(
        r"^(?:\s*(?:/|÷|divided\s+by)\s*(?P<by>\d{{1,3}})\b|\s*(?:,|,?\s*(?:and|or)\b|/)\s*(?:p\s*)?[<=≤]?\s*(?P<next>{NUMBER}))"
    ))
});

/// A level may be named in any sentence with one of these words; all others are passed over.
static CUE: LazyLock<Option<Regex>> =
    LazyLock::new(|| compile(r"(?i)\balpha\b|α|significan|\btype[\s-](?:I|1|one)\b|\blevel\b"));

/// Sentences that speak of another α or of other levels: of reliability, of stars, of tendencies.
static OTHER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(
        r"(?i)cronbach|krippendorff?|reliabilit|internal\s+consisten|coefficient\s+(?:alpha|α)|(?:alpha|α)\s+coefficient|marginal|tendenc|\btrends?\b|\*\s*p\b|†\s*p\b|\bp\s*<\s*0?\.\d+\s*\*",
    )
});

/// Words that make a statement one of some tests.
static PARTIAL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(concat!(
        r"(?i)bonferroni|\bholm\b|[sš]id[aá]k|benjamini|\bfdr\b|false[\s-]discovery|family[\s-]?wise|\bcorrect(?:ed|ion|ing)|\badjust|",
        r"multiple\s|post[\s-]hoc|pairwise|follow-?up|\bpower\b|sample\s+size|explorator|interaction|secondary|interim|covariate|stepwise|",
        r"model\s+fit|\bentry\b|\bremoval\b|univaria|screening|cluster|voxel|whole[\s-]brain|genome|heterogeneity|homogeneity|normality|",
        r"levene|assumption|outlier|publication\s+bias|equivalence|simulat|replicat|typical|conventional(?:ly)?\b|justify|researchers\b|",
        r"non-?inferiority|\bdetect\b|respectively"
    ))
});

/// A heading that opens one of several studies of a paper.
static STUDY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(r"(?i)^\s*(?:\d+(?:\.\d+)*\.?\s+)?(?:study|experiment|exp\.?|trial|sample)\s+(?:\d+[a-z]?|[IVX]+)\b")
});

/// The statements in the text of a sentence, each with its bytes; `reports` says that the sentence holds a test too.
pub(super) fn stated(text: &str, reports: bool) -> Vec<(std::ops::Range<usize>, Alpha)> {
    if !is_match(CUE.as_ref(), text) || is_match(OTHER.as_ref(), text) {
        return Vec::new();
    }
    let partial = reports || is_match(PARTIAL.as_ref(), text);
    let mut found: Vec<(std::ops::Range<usize>, Alpha)> = Vec::new();
    for form in FORMS.iter() {
        for groups in form.captures_iter(text) {
            let (Some(all), Some(number)) = (groups.get(0), groups.get(1)) else { continue };
            let Some((levels, end)) = levels(text, number.start(), number.end()) else { continue };
            // The letter with a sign alone may be a parameter of a model, or the level of one test.
            let bare = !text[all.start()..number.start()].trim_start_matches(is_name).contains(char::is_alphabetic);
            if bare && levels.iter().any(|level| !USUAL.contains(&level.as_str())) {
                continue;
            }
            let partial = partial || bare;
            let range = all.start()..end;
            if found.iter().all(|(other, _)| other.end <= range.start || range.end <= other.start) {
                found.push((range, Alpha { levels, partial }));
            }
        }
    }
    found.sort_by_key(|(range, _)| range.start);
    found
}

/// Whether a character may be one of the name of α.
const fn is_name(c: char) -> bool {
    matches!(c, 'a' | 'A' | 'l' | 'p' | 'h' | 'α')
}

/// The levels from the number at these bytes on, and where they end; `None` where one of them is no level of significance.
fn levels(text: &str, start: usize, end: usize) -> Option<(Vec<String>, usize)> {
    let mut last = level(&text[start..end])?;
    let mut found = vec![rational::to_text(&last)];
    let mut end = end;
    while let Some(more) = MORE.as_ref().and_then(|more| more.captures(&text[end..])) {
        if let Some(by) = more.name("by").and_then(|by| by.as_str().parse::<i64>().ok()).filter(|by| *by > 0) {
            last /= rational::whole(by);
            found.pop();
        } else {
            let Some(next) = more.name("next").and_then(|next| level(next.as_str())) else { break };
            last = next;
        }
        found.push(rational::to_text(&last));
        end += more.get(0).map_or(1, |all| all.end().max(1));
    }
    // A number that goes on was cut from a longer one.
    let goes_on = text[end..].chars().next().is_some_and(|c| c.is_ascii_digit());
    (!goes_on).then_some((found, end))
}

/// A printed level; `None` for what no test is judged at.
fn level(printed: &str) -> Option<Rational> {
    let digits = printed.replace([',', '·'], ".").replace('O', "0");
    let value = match digits.split_once('%') {
        Some((percent, _)) => rational::parse(percent.trim())? / rational::whole(100),
        None => rational::parse(&digits)?,
    };
    (value > rational::whole(0) && value <= rational::ratio(1, 5)).then_some(value)
}

/// The study around a character, where the paper has several and its sections say so.
pub(super) fn study(source: &Source<'_>, document: &Document, offset: usize) -> Option<TextRange> {
    let mut blocks = &document.blocks[..];
    while let Some(block) = blocks.iter().find(|block| (block.range.start..block.range.end).contains(&offset)) {
        if opens_study(source, block) {
            return Some(block.range);
        }
        blocks = &block.children;
    }
    None
}

fn opens_study(source: &Source<'_>, block: &Block) -> bool {
    let heading = block.children.first().filter(|first| first.kind == BlockKind::Heading);
    heading.is_some_and(|heading| is_match(STUDY.as_ref(), source.slice(heading.range)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn levels(text: &str) -> Vec<String> {
        stated(text, false).into_iter().flat_map(|(_, alpha)| alpha.levels).collect()
    }

    #[test]
    fn statements_of_a_level_in_many_words() {
        for (text, level) in [
            ("Alpha was set at .01.", "0.01"),
            ("The α level was set at .05.", "0.05"),
            ("An alpha level of .05 was used for all tests.", "0.05"),
            ("Statistical significance was set at p < .001.", "0.001"),
            ("The significance level was p < .05 (two-tailed).", "0.05"),
            ("Significance was evaluated at an α level of .01.", "0.01"),
            ("The level of significance was set to 5%.", "0.05"),
            ("The level of significance chosen was 0.10.", "0.1"),
            ("P < 0.01 was considered statistically significant.", "0.01"),
            ("A p value of less than 0.01 was considered to indicate statistical significance.", "0.01"),
            ("p values below .005 were regarded as significant.", "0.005"),
            ("Results were considered significant at p < .01.", "0.01"),
            ("All tests were conducted at the .01 level.", "0.01"),
            ("We used a .005 significance level.", "0.005"),
            ("We selected a more conservative critical alpha of p = .01.", "0.01"),
            ("The threshold for statistical significance was p < 0,01.", "0.01"),
            ("Type I error was set at 1%.", "0.01"),
        ] {
            assert_eq!(levels(text), [level], "{text}");
        }
    }

    #[test]
    fn reliabilities_stars_results_and_tendencies_are_no_levels() {
        for text in [
            "The scale was reliable (α = .85).",
            "Cronbach's alpha was .10 in the first wave.",
            "Values of p < .10 were considered marginally significant.",
            "The effect was significant at the .01 level.",
            "Differences reached significance, p = .03.",
            "The slope did not reach significance (p = .17).",
            "No comparison reached significance (ps > .018).",
            "* p < .05, ** p < .01.",
            "The significance of age was p = .03.",
            "The alpha band power rose by .12.",
        ] {
            assert_eq!(levels(text), [] as [&str; 0], "{text}");
        }
    }

    #[test]
    fn several_levels_a_division_and_words_of_some_tests() {
        assert_eq!(levels("Alpha levels of .05 and .01 were used."), ["0.05", "0.01"]);
        assert_eq!(levels("Alpha was set to .05/5."), ["0.01"]);
        assert_eq!(levels("Alpha was .05 / 3."), ["1/60"]);
        let partial = |text: &str, reports| stated(text, reports).iter().any(|(_, alpha)| alpha.partial);
        assert!(partial("The Bonferroni-corrected alpha was .0125.", false));
        assert!(partial("With α = .01 the power was .80.", false));
        assert!(partial("The shift was clear at an alpha of .01.", true));
        assert!(!partial("Alpha was set at .01.", false));
    }
}
