//! The words of order: comparatives, superlatives, verbs of rising and falling, and words that make a claim of order
//! another one than it seems.
//!
//! Only words whose direction is that of the number are here. What is "better" hangs on the measure.

use std::sync::LazyLock;

use regex::Regex;

use crate::extract::Word;
use crate::extract::patterns::compile;

/// Which of two numbers is the larger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Direction {
    /// The first.
    Up,
    /// The second.
    Down,
}

impl Direction {
    /// Both of them.
    pub const ALL: [Self; 2] = [Self::Up, Self::Down];

    /// The comparatives, as an alternation.
    pub const fn comparative(self) -> &'static str {
        match self {
            Self::Up => "(?:higher|greater|larger|longer|bigger|wider|thicker|heavier|taller|older|more)",
            Self::Down => "(?:lower|smaller|shorter|fewer|narrower|thinner|lighter|younger|less)",
        }
    }

    /// The comparatives whose direction is that of a time, as an alternation: what is faster takes less of it.
    pub const fn comparative_of_time(self) -> &'static str {
        match self {
            Self::Up => "(?:slower|later)",
            Self::Down => "(?:faster|quicker|earlier|sooner)",
        }
    }

    /// The superlatives, as an alternation.
    pub const fn superlative(self) -> &'static str {
        match self {
            Self::Up => "(?:highest|greatest|largest|longest|biggest|widest|thickest|heaviest|maximum|maximal)",
            Self::Down => "(?:lowest|smallest|shortest|fewest|narrowest|thinnest|lightest|minimum|minimal)",
        }
    }

    /// The verbs of a change that has happened or happens, as an alternation.
    pub const fn verb(self) -> &'static str {
        match self {
            Self::Up => {
                "(?:increase[sd]?|increasing|rises?|rose|risen|rising|grew|grows?|grown|growing|climb(?:s|ed)|jumped)"
            }
            Self::Down => {
                "(?:decrease[sd]?|decreasing|falls?|fell|fallen|falling|drop(?:s|ped|ping)?|decline[sd]?|declining|diminish(?:es|ed))"
            }
        }
    }
}

/// Words by which a comparison is not stated, or is stated of something that is not at hand.
static UNSTATED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(
        r"(?i)\b(?:not|no|nor|neither|never|without|cannot|rather|whether|if|unless|expect\w*|hypothes\w+|predict\w*|would|should|could|may|might|can|will|must|assum\w+|suppos\w+|prior|previous\w*|literature)\b|n['’]t\b",
    )
});

/// Words of which two in one clause leave open what is compared: "more in fewer", "a lower increase".
static POLAR: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(
        r"(?i)\b(?:higher|greater|larger|longer|bigger|wider|thicker|heavier|taller|older|more|lower|smaller|shorter|fewer|narrower|thinner|lighter|younger|less|least|most|worse|better|faster|slower|increas\w*|decreas\w*|reduc\w*|declin\w*|drops?|dropped|fall\w*|fell|rose|ris\w*|grow\w*|gain\w*|loss\w*|chang\w*|differ\w*|improve\w*|deficit\w*|negative\w*|inverse\w*|rank\w*|\p{L}{2,}(?:er|ier))\b",
    )
});

/// Words that take some of the numbers of a table out of a claim.
static SUBSET: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(
        r"(?i)\b(?:among|except\w*|exclud\w+|apart from|but|besides|other than|only|most|mostly|many|some|several|half|remaining|rest|other|others|of the|for the|in the|within|average|averaged|mean|across|absolute|magnitude|adjust\w*|generally|typically|mainly|nearly|almost|respectively|these|those|this|that)\b",
    )
});

/// Words by which a percentage is the share of what is counted.
static SHARES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(
        r"(?i)\b(?:common|commonly|frequent|frequently|frequency|often|likely|prevalent|prevalence|incidence|proportion\w*|percentage\w*|share|shares|fraction|rate|rates|probability|accuracy|number|numbers)\b",
    )
});

/// Words for what may be measured by a number that falls as it rises.
static WITHOUT_DIRECTION: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(
        r"(?i)\b(?:performance\w*|quality|abilit\w+|skill\w*|speed\w*|fitness|health\w*|impairment\w*|densit\w+|precision|efficien\w+|success\w*|strength\w*|sensitiv\w+|similar\w*|severe|severity|priority|status|degree\w*)\b",
    )
});

/// Whether a clause says that its percentages are shares.
pub(super) fn counts_shares(text: &str) -> bool {
    SHARES.as_ref().is_some_and(|pattern| pattern.is_match(text))
}

/// Whether a clause compares what may have a measure of the other direction.
pub(super) fn has_no_direction(text: &str) -> bool {
    WITHOUT_DIRECTION.as_ref().is_none_or(|pattern| pattern.is_match(text))
}

/// Whether a comparison is denied, expected or of other work.
pub(super) fn is_unstated(text: &str) -> bool {
    UNSTATED.as_ref().is_none_or(|pattern| pattern.is_match(text))
}

/// Whether a second word of direction stands in a clause.
pub(super) fn is_nested(text: &str) -> bool {
    POLAR.as_ref().is_none_or(|pattern| pattern.find_iter(text).nth(1).is_some())
}

/// Whether some of the numbers may be left out of a claim.
pub(super) fn may_be_of_some(text: &str) -> bool {
    SUBSET.as_ref().is_none_or(|pattern| pattern.is_match(text))
}

/// The end of a text from the last sign that ends a clause on, of at most 120 bytes.
pub(super) fn clause_before(text: &str) -> &str {
    let near = crate::rules::skeleton::tail(text, 120);
    near.rfind([',', ';', ':', '(', ')']).map_or(near, |at| &near[at + 1..])
}

/// The words of a few characters that tell something, sorted, each once.
pub(super) fn words_of(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = text.split(|c: char| !c.is_alphanumeric()).filter_map(Word::of).collect();
    words.sort_unstable();
    words.dedup();
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_leave_a_claim_open_are_found() {
        assert!(is_unstated("was not significantly") && is_unstated("it didn’t rise") && !is_unstated("was clearly"));
        assert!(is_nested("more money in fewer firms") && !is_nested("higher in the south"));
        assert!(is_nested("a greater decrease in weight") && is_nested("the more indulgent town was poorer"));
        assert!(counts_shares("were more common in") && !counts_shares("density was lower"));
        assert!(has_no_direction("performance was higher") && !has_no_direction("queues were longer"));
        assert!(may_be_of_some("of all fish except perch") && !may_be_of_some("perch had the highest value in spring"));
        assert_eq!(clause_before("Although it rained, the yield was"), " the yield was");
    }
}
