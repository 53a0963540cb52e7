//! How a sentence says that one value changed into another: "fell from a to b, a drop of p", "rose by p from a to b", "a k-fold gain
//! (from a to b)", "p lower than in the others (a vs b)", "doubled from a to b".
//!
//! Only the order of words and signs. What stands in the places is looked at elsewhere.

use std::sync::LazyLock;

use crate::rules::pattern::Pattern;

/// How the words tie a change to its two values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// The step from a to b is said to be the change.
    Copula,
    /// The change stands behind the step from a to b as another name of it.
    Apposition,
    /// A mere percentage stands in brackets behind the step.
    Bracketed,
    /// The change comes first: from a to b may be what it happened over.
    Before,
    /// How many times the larger end is the smaller one; which comes first is not said.
    Factor,
    /// The same, behind the step as another name of it.
    FactorBehind,
    /// a is so many times smaller than b.
    TimesSmaller,
    /// a is so many times larger than b.
    TimesLarger,
    /// Two values are compared, and either may be the base.
    Compared,
    /// A verb says how many times: doubled, halved.
    Verb,
}

impl Shape {
    /// Whether the change is a percentage, or points of one.
    pub const fn is_percentage(self) -> bool {
        matches!(self, Self::Copula | Self::Apposition | Self::Bracketed | Self::Before | Self::Compared)
    }

    /// Whether the words say that the change is that of these two values.
    pub const fn is_stated(self) -> bool {
        matches!(self, Self::Copula | Self::Apposition | Self::FactorBehind)
    }
}

/// The noun of a change.
const NOUN: &str =
    "(?:increase|rise|growth|gain|improvement|jump|decrease|reduction|drop|fall|decline|loss|change|speed-?up)";
/// The verb of a change.
const VERB: &str = r"\b(?:increas(?:e[sd]?|ing)|rises?|rose|risen|rising|grow(?:s|n|ing)?|grew|improv(?:e[sd]?|ing)|jump(?:s|ed)|rais(?:e[sd]?|ing)|gain(?:s|ed)?|climb(?:s|ed)|decreas(?:e[sd]?|ing)|falls?|fell|fallen|falling|drop(?:s|ped|ping)?|declin(?:e[sd]?|ing)|reduc(?:e[sd]?|ing)|lower(?:s|ed|ing)|los(?:es|t)|shr[aiu]nk|cut|went up|went down)";
/// A year, or two, behind a value.
const WHEN: &str = r"(?: \(?(?:in|by|at) (?:1[5-9]|20)\d\d\)?| between (?:1[5-9]|20)\d\d and (?:1[5-9]|20)\d\d)?";
/// The sign of a currency that stands apart from its number.
const CURRENCY: &str = "(?:[€$£¥] ?)?";
/// A remark in brackets that holds no quantity.
const REMARK: &str = r"(?: \([^()\x{F0000}-\x{FFFFC}]{0,80}\))?";
/// Comparatives of less and of more.
const SMALLER: &str = "(?:smaller|fewer|less|lower|shorter|slower|cheaper|narrower|lighter)";
const LARGER: &str = "(?:larger|more|higher|greater|bigger|longer|faster|wider|heavier)";
/// What may stand between a step and the other name of it.
const LINK: &str = r"(?:_[:–—=(\[]_|_- |, (?:which is |that is,? |i\.e\.,? |or |representing |corresponding to )?)";
/// An article with up to two words that say more of a change, or nothing.
const ARTICLE: &str = r"(?:(?:an? |the )(?:[\p{L}-]+ ){0,2})?";
/// Between two values that are compared in brackets.
const VERSUS: &str = r"(?:,? (?:vs\.?|versus|against|compared (?:to|with)) )";

/// The shapes, in the order in which they are tried. `‹a›` and `‹b›` are the ends, `‹ab›` is both of them as one range, `‹p›` a
/// percentage, `‹k›` a number of times; `gap` holds words between the change and its ends.
static SHAPES: LazyLock<Vec<(Shape, Pattern)>> = LazyLock::new(|| {
    let ends = format!("from {CURRENCY}(?:‹a›…{WHEN} to {CURRENCY}‹b›…{WHEN}|‹ab›…{WHEN})");
    let last = format!("from {CURRENCY}(?:‹a›…{WHEN} to {CURRENCY}‹b›|‹ab›)");
    let copula = " (?:is|was|represents|represented|corresponds to|corresponded to|equals) ";
    let fold = r"(?:_-?_fold|-times| times|_[x×])";
    let than = r"(?: compared (?:to|with)| than)(?: the| that of| those of| all){0,2}";
    let verb = r",?(?: which| that)?(?: is| was| are| were)?,?(?: about| only)?";
    let by = format!(r"(?:{NOUN}… of|{VERB}…(?: by)?)");
    let more = format!("(?:{LARGER}|{SMALLER})");
    let compared = format!(r"_[(\[]_‹a›…{VERSUS}‹b›…_[)\];,]");
    [
        (Shape::Copula, format!(r"{ends}{REMARK}{copula}{ARTICLE}{NOUN} of ‹p›")),
        (Shape::Copula, format!(r"{ends}{REMARK}{copula}{ARTICLE}‹p› (?:[\p{{L}}-]+ )?{NOUN}")),
        (Shape::Apposition, format!(r"{ends}{REMARK}{LINK}{ARTICLE}{NOUN} of ‹p›")),
        (Shape::Apposition, format!(r"{ends}{REMARK}{LINK}{ARTICLE}‹p› (?:[\p{{L}}-]+ )?{NOUN}")),
        (Shape::FactorBehind, format!(r"{ends}{REMARK}{LINK}{ARTICLE}‹k›{fold} (?:[\p{{L}}-]+ )?{NOUN}")),
        (Shape::Bracketed, format!(r"{VERB}⋯ {ends}_[(\[]_(?:by )?‹p›_[)\]]")),
        (Shape::Factor, format!(r"(?:multiplied by|divided by|by a factor of) ‹k›(?P<gap>⋯),?_[(\[]?{last}")),
        (Shape::Factor, format!(r"‹k›{fold} (?:[\p{{L}}-]+ )?{NOUN}(?P<gap>…),?_[(\[]?{last}")),
        (Shape::Factor, format!(r"{VERB}…(?: by)? ‹k›{fold}(?P<gap>…),?_[(\[]?{last}")),
        (Shape::Before, format!(r"{by} ‹p›(?P<gap>…),?_[(\[]?{last}")),
        (Shape::Before, format!(r"‹p› (?:[\p{{L}}-]+ )?{NOUN}(?P<gap>…),?_[(\[]?{last}")),
        (Shape::TimesSmaller, format!(r"‹a›…{verb} ‹k›{fold} {SMALLER}{than} ‹b›")),
        (Shape::TimesLarger, format!(r"‹a›…{verb} ‹k›{fold} {LARGER}{than} ‹b›")),
        (Shape::Compared, format!(r"‹p› (?:[\p{{L}}-]+ )?(?:{NOUN}|{more})⋯,?{compared}")),
        (Shape::Compared, format!(r"{by} ‹p›⋯,?{compared}")),
        (
            Shape::Compared,
            format!(r"[(\[]_‹a›…_[)\]](?: is| was| are| were)…(?: [∼~≈])? ‹p› {more}⋯ than⋯_[(\[]_‹b›…_[)\]]"),
        ),
        (Shape::Verb, format!(r"\b(?P<word>doubled|halved|tripled|trebled|quadrupled)(?P<gap>…),?_[(\[]?{last}")),
    ]
    .into_iter()
    .map(|(shape, notation)| (shape, Pattern::new(&notation)))
    .collect()
});

/// Words of which one stands in every shape: a sentence without them is not looked at, and a paper without such sentences does
/// not compile the shapes.
const SIGNS: [&str; 7] = ["from ", "From ", " than ", " vs", " versus ", " against ", "compared "];

/// The shapes, where a sentence can hold one of them.
pub(super) fn shapes(sentence: &str) -> &'static [(Shape, Pattern)] {
    if SIGNS.iter().any(|sign| sentence.contains(sign)) { &SHAPES } else { &[] }
}

/// How many times a verb says.
pub(super) fn times_of(verb: &str) -> &'static str {
    match verb.to_lowercase().as_str() {
        "doubled" | "halved" => "2",
        "quadrupled" => "4",
        _ => "3",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_patterns_compile() {
        assert!(SHAPES.iter().all(|(_, pattern)| pattern.is_valid()));
    }

    #[test]
    fn verbs_say_how_many_times() {
        assert_eq!(["Doubled", "halved", "trebled", "quadrupled"].map(times_of), ["2", "2", "3", "4"]);
    }
}
