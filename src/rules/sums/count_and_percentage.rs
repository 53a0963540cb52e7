//! `SU101`: a count, its whole and the percentage printed with them.

use std::sync::LazyLock;

use num_traits::Signed;
use regex::Regex;

use crate::arithmetic::{Printed, rational};
use crate::derive::{Expression, Outcome, Proposal, Proposals};
use crate::document::TextRange;
use crate::extract::patterns::compile;
use crate::extract::{CellIx, Mentions, Quantity, QuantityIx, QuantityKind};
use crate::rules::binding::{self, Binding};
use crate::rules::declare::rule;
use crate::rules::pattern::{Match, Pattern};
use crate::rules::skeleton::{head, is_placeholder, tail};
use crate::rules::{Page, Prose, Rule, RuleContext, RuleMetadata, Skeleton, wording};

use super::averages::Averages;
use super::coarse_steps;
use super::filler_zero;
use super::implied_whole::ImpliedWhole;
use super::in_cell;
use super::named_sizes::{Far, NamedSizes};
use super::next_sentence;
use super::no_share;
use super::sized::{SIZE_OF, Sign};

rule! {
    /// # SU101 percentage-mismatch
    ///
    /// ## What it checks
    ///
    /// A percentage that stands beside a count and the whole that the count is a part of: "42 of 46 (93%)",
    /// "42/46 (91.3%)", "12 (60%) of 20", "60% (12/20)", "60% (n = 12) of 20", "12 of 20 (response rate 60%)". Where only
    /// the count stands beside the percentage ("12 (60%)", "60% (n = 12)"), the numbers before it that can be its whole
    /// are tried: one of the things that the sentence names ("of these results"), one of the same things, the nearest.
    /// The percentage of two counts may stand in the next sentence ("The percentage of clear plates was thus 24%").
    ///
    /// ## Why it matters
    ///
    /// Percentages are typed by hand more often than any other derived number. A percentage that is not that of the
    /// counts beside it means that one of three numbers is of something else, and a reader who computes with it takes
    /// the mistake along.
    ///
    /// ## How it is derived
    ///
    /// Both counts are points. Their quotient is compared with every value that prints as the stated percentage: half a
    /// unit in the last place to each side, a whole unit upwards where authors may have cut digits off.
    ///
    /// ## When it stays silent
    ///
    /// - The bracket holds anything but one percentage, with or without a confidence interval behind it: a standard
    ///   deviation, a range, a concentration ("5 of 20 mL (5% v/v)"), or two percentages for two fractions.
    /// - In a table, the heading names the bracket otherwise ("positive / total (range)"), or another cell of the column
    ///   has a range in its place.
    /// - The part is larger than the whole, one of them has decimals or a unit, or is a range or a bound.
    /// - The percentage has a minus, which is that of a range ("79% -70%").
    /// - A simple fraction in words comes near the percentage and may stand for it in round terms ("3 out of 4 (76%)").
    /// - The percentage names its own whole ("12 of 20 patients (60% of the deaths)"), or the count does ("of 20 girls, 9 (45%)
    ///   of 22 boys").
    ///
    /// It is undecided where the sentence speaks of weights, where the counts before it may share the percentage, where
    /// the whole is not named beside it and the likeliest number does not fit, where the percentage ends in a zero without
    /// which it fits ("65.80%" of 65.8), and where the equals sign behind "n" came
    /// out as another character ("n 5 12"), and where the second number may be a size ("two groups of 25"). It is undecided too where a verb or "and" stands before the bracket with the
    /// fraction, where the words before speak of survival or another estimate over time, where the paper prints the same percentage elsewhere as an average, and in a table where fewer than three
    /// other cells of the column or the row bear the reading out, or more than one in ten does not.
    ///
    /// It is a note where another number of things that the paper names gives the percentage, and where a paragraph prints its
    /// percentages in halves; and a warning where the percentage is above one and a half times that of the fraction or below two
    /// thirds of it with no slip to explain it.
    ///
    /// ## Example (flagged)
    ///
    /// ```text
    /// Symptoms were gone after a week in 42 of 46 patients (83%).
    /// ```
    ///
    /// ## Example (clean)
    ///
    /// ```text
    /// Symptoms were gone after a week in 42 of 46 patients (91%), and 12 of them (26%) had no rash.
    /// ```
    ///
    /// ## Limits
    ///
    /// Of tables, only a cell that holds count, whole and percentage is looked at; the others are for SU121. A whole that
    /// stands further away than three sentences is found only where it counts the same things.
    ///
    /// ## Options
    ///
    /// None.
    ///
    /// ## References
    ///
    /// - Georgescu and Wren 2018, *Bioinformatics* 34:1758, on percentages and ratios in abstracts:
    ///   <https://doi.org/10.1093/bioinformatics/btx811>
    pub struct CountAndPercentage {
        code: "SU101",
        name: "percentage-mismatch",
        summary: "a percentage is not that of the counts beside it",
        family: Sums,
        since: "0.1.0",
        status: Preview,
        grounds: PLAIN,
        needs: Text,
        references: ["https://doi.org/10.1093/bioinformatics/btx811"],
    }
}

/// A count, its whole, and the percentage.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fraction {
    pub part: QuantityIx,
    pub whole: QuantityIx,
    pub percentage: QuantityIx,
}

/// What may follow the percentage inside its bracket: the end, a confidence interval, or another clause.
const TAIL: &str = r"(?P<tail>_(?:\)|\]|,|;))";

static PATTERNS: LazyLock<Vec<Pattern>> = LazyLock::new(|| {
    let of = r"(?:_/_| of | out of | from among | among | from )(?:(?:the|a|all|these|our|those|total|of|its|their|his|her) ){0,3}";
    [
        // 42 of 46 patients (93%); 42/46 (93%); 42 of 46, 93%
        format!(r"‹part›(?P<counted>…){of}‹whole›…_(?:\(|\[|, or |, i\.e\.,? |_=_)(?:=_|i\.e\.,? |or )?‹percentage›{TAIL}"),
        // Of the 46 patients, 42 were well (91%); 46 patients, of whom 42 were well (91%)
        format!(r"\bof (?:the |all |these |our )?‹whole›…,_‹part›…_\(‹percentage›{TAIL}"),
        format!(r"‹whole›…,_of (?:which|whom|these|those)…,?_‹part›…_\(‹percentage›{TAIL}"),
        // 42/46 = 91.3%
        r"‹part›_/_‹whole›_=_‹percentage›(?P<tail>)".to_owned(),
        // 93% (42 of 46); 93% (n = 42/46)
        format!(r"‹percentage›(?P<between>…)_(?:\(|\[)(?:{SIZE_OF}|i\.e\.,? )?‹part›…{of}‹whole›…{TAIL}"),
        // 12 (60%) of 20; 12 patients (60%) of 20
        format!(r"‹part›…_\(‹percentage›\)…{of}‹whole›(?P<tail>)"),
        // 60% (n = 12) of 20 patients
        format!(r"‹percentage›…_\((?:{SIZE_OF})?‹part›…\)…{of}‹whole›(?P<tail>)"),
        // 12 of 20 patients answered (response rate 60%); …, giving a response rate of 60%
        format!(r"‹part›{of}‹whole›…_(?:\((?:an? |the )?|,? (?:giving|yielding|representing|corresponding to) (?:an? |the )?)(?:[\p{{L}}-]+ ){{1,2}}(?P<rate>rate|percentage|proportion|prevalence)(?: of| was|:| =)? ‹percentage›(?P<tail>_(?:\)|\.|,|;))"),
        // 60% of the 20 patients (n = 12)
        format!(r"‹percentage›{of}‹whole›…_\((?:{SIZE_OF})?‹part›\)(?P<tail>)"),
    ]
    .iter()
    .map(|notation| Pattern::new(notation))
    .collect()
});

/// What begins another statement between a percentage and the bracket with the fraction: "and", or a verb.
static BEGINS_ANEW: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(r"(?i)\b(?:and|or|but|then|is|are|was|were|be|been|has|have|had|did|do|does|\p{L}{2,}ed|\p{L}{3,}ing)\b")
});

/// Words for groups, behind which "of" tells how large each of them is: "two groups of 25 proteins".
static GROUPS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(concat!(
        r"(?i)\b(?:groups?|subgroups?|sets?|subsets?|batch(?:es)?|pairs?|clusters?|class(?:es)?|blocks?|cohorts?|series|samples?|teams?|pools?|panels?|",
        r"famil(?:y|ies)|litters?|lots?|rounds?|runs?|sequences?|combinations?|sessions?|stages?|periods?|trios?|dozens?)$"
    ))
});

/// Verbs of numbers that go "from" one to another: "seven values ranged from 15 (29%)".
static RANGES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(
        r"(?i)\b(?:rang(?:ed?|es|ing)|var(?:ied|ies|y|ying)|increased|decreased|rose|fell|dropped|declined|differed)\b",
    )
});

/// A second fraction behind the first that has no percentage of its own: "80 % (19/31) or something else (6/31)", "34 %
/// (14/100), who took one, and 20/100, who took both".
static SHARED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(concat!(
        r"^\s?(?:,[^.;()\x{F0000}-\x{FFFFC}]{0,60},\s?)?(?:or|and|plus)\b[^.;()\x{F0000}-\x{FFFFC}]{0,80}",
        r"(?:\((?:n ?= ?)?[\x{F0000}-\x{FFFFC}] ?/ ?[\x{F0000}-\x{FFFFC}]|[\x{F0000}-\x{FFFFC}] ?/ ?[\x{F0000}-\x{FFFFC}](?:[,.;]|$|\s\p{L}))",
    ))
});

const FROM: &str = "the second number may be the first of a range";
const SIZES: &str = "the second number may be how large each of the groups is";

/// Why a percentage before such words is left undecided.
const APART: &str = "the words before the bracket may begin another statement";

impl Fraction {
    /// Binds a match, where its numbers are counts and a percentage.
    fn bind(found: &Match<'_>, mentions: &Mentions) -> Option<Self> {
        let fraction = Self {
            part: found.quantity("part")?,
            whole: found.quantity("whole")?,
            percentage: found.quantity("percentage")?,
        };
        let sized = Sign::of(found, mentions) != Sign::Other;
        let measured = found.bytes_of("whole").is_some_and(|(at, _)| no_share::is_measure_of(&found.sentence()[..at]));
        let own = names_its_own_whole(found) || measured || fraction.is_a_turn_of_phrase(found, mentions);
        (fraction.is_one(mentions) && sized && !fraction.is_about(mentions) && !own).then_some(fraction)
    }

    /// Whether it is a simple fraction that stands for the percentage in round terms: "about 1/3 (32.6%)".
    fn is_about(self, mentions: &Mentions) -> bool {
        let simple = |whole: &Quantity| whole.single().is_some_and(|whole| whole.point() <= rational::whole(10));
        self.quantities(mentions).is_some_and(|[part, whole, _]| part.approximate && simple(whole))
    }

    /// Whether it is a simple fraction in words that only comes near the percentage: "3 out of 4 (76%)" of many more than four.
    fn is_a_turn_of_phrase(self, found: &Match<'_>, mentions: &Mentions) -> bool {
        let between = found.bytes_of("part").zip(found.bytes_of("whole"));
        let words = between.and_then(|((_, from), (to, _))| found.sentence().get(from..to)).unwrap_or_default();
        let Some([part, whole, percentage]) = self.quantities(mentions) else { return false };
        let (Some(part), Some(whole), Some(printed)) = (part.single(), whole.single(), percentage.single()) else {
            return false;
        };
        let (whole, hundred) = (whole.point(), rational::whole(100));
        if words.trim() != "out of" || whole > rational::whole(10) || whole <= rational::whole(0) {
            return false;
        }
        let off = (printed.point() - part.point() * &hundred / &whole).abs();
        &off * rational::whole(2) > printed.unit_in_last_place() && off * rational::whole(2) * whole <= hundred
    }

    /// Whether the numbers are two counts, the part no larger than the whole, and a percentage.
    pub(super) fn is_one(self, mentions: &Mentions) -> bool {
        let Some([part, whole, percentage]) = self.quantities(mentions) else { return false };
        let counts = binding::is_whole(part) && binding::is_whole(whole);
        let percent =
            percentage.kind == QuantityKind::Percentage && binding::is_plain(percentage) && !is_tagged(percentage);
        let point = |count: &Quantity| count.single().map(Printed::point);
        // A share is not below nought: in "79% -70% (76 of 212)" the sign is that of a range.
        let share = point(percentage) >= Some(rational::whole(0));
        counts && percent && share && point(part) <= point(whole) && point(whole) > Some(rational::whole(0))
    }

    fn quantities(self, mentions: &Mentions) -> Option<[&Quantity; 3]> {
        Some([
            binding::quantity(mentions, self.part)?,
            binding::quantity(mentions, self.whole)?,
            binding::quantity(mentions, self.percentage)?,
        ])
    }

    /// The binding with the characters that state it.
    pub(super) fn binding(self, mentions: &Mentions, quote: TextRange) -> Option<Binding> {
        let [part, whole, percentage] = self.quantities(mentions)?;
        let operands = vec![
            binding::count("count", part)?,
            binding::count("whole", whole)?,
            binding::measured("stated percentage", percentage)?,
        ];
        let formula = Expression::call("/", [Expression::operand(0), Expression::operand(1)]);
        let mut binding = Binding::stated(operands, formula, quote);
        binding.approximate = [part, whole, percentage].iter().any(|quantity| quantity.approximate);
        binding.innocent = vec!["the percentage may be of another whole, such as those with data".to_owned()];
        Some(binding)
    }
}

/// Whether the percentage says of what kind of matter it is: "% (v/v)", "wt%". It is a concentration.
fn is_tagged(percentage: &Quantity) -> bool {
    let mut units = percentage.readings.iter().filter_map(|reading| reading.unit.as_ref());
    units.any(|unit| unit.unit.tags.iter().any(|(axis, _)| axis != "ratio:unspecified"))
}

/// The percentage of the others: "12 of 20 patients died (survival rate 40%)".
fn complement() -> (String, Expression) {
    let (part, whole) = (Expression::operand(0), Expression::operand(1));
    let others = Expression::call("-", [whole.clone(), part]);
    ("the percentage of the others".to_owned(), Expression::call("/", [others, whole]))
}

/// "of 187", "of the 187", behind a percentage in brackets.
static OWN_WHOLE: LazyLock<Option<Regex>> =
    LazyLock::new(|| compile(r"^\s?(?:out )?of (?:the |all |these |our )?[\x{F0000}-\x{FFFFC}]"));

/// Whether the percentage is followed by "of …" or by another percentage: it is of something else, or one of several.
fn names_its_own_whole(found: &Match<'_>) -> bool {
    let tail = found.words("tail").unwrap_or_default();
    // "of 277 girls, 99 (52.9%) of 187 boys": the count has a whole behind it.
    if tail.trim_end().ends_with([')', ']']) && OWN_WHOLE.as_ref().is_none_or(|own| own.is_match(found.after())) {
        return true;
    }
    if !tail.trim_end().ends_with([',', ';']) {
        return false;
    }
    // A confidence interval may follow; a second plain number in the bracket means a list.
    let rest = head(found.after(), 200);
    let bracket = rest.split([')', ']']).next().unwrap_or(rest);
    let bracket = bracket.to_lowercase();
    bracket.chars().any(is_placeholder) && !["ci", "confidence", "p =", "p <"].iter().any(|word| bracket.contains(word))
}

/// A reason to leave the percentage undecided.
fn doubt(found: &Match<'_>, weighted: bool) -> Option<&'static str> {
    if weighted {
        return Some("the percentages may be weighted");
    }
    if found.words("between").is_some_and(|between| BEGINS_ANEW.as_ref().is_some_and(|new| new.is_match(between))) {
        return Some(APART);
    }
    if no_share::is_over_time(found.before()) || found.words("between").is_some_and(no_share::is_over_time) {
        return Some(no_share::OVER_TIME);
    }
    if SHARED.as_ref().is_none_or(|shared| shared.is_match(found.after())) {
        return Some("the percentage may be of several fractions together");
    }
    let counted = found.words("counted").unwrap_or_default();
    let says = |pattern: &LazyLock<Option<Regex>>| pattern.as_ref().is_none_or(|pattern| pattern.is_match(counted));
    if says(&GROUPS) || says(&RANGES) {
        return Some(if says(&GROUPS) { SIZES } else { FROM });
    }
    // "10/20 and 12/20 (55%)": the percentage may be of both fractions together.
    let before = tail(found.before(), 40).trim_end();
    let list = before.strip_suffix(',').or_else(|| before.strip_suffix(" and")).or_else(|| before.strip_suffix('+'));
    let shared = list.is_some_and(|list| {
        let mut back = list.trim_end().trim_end_matches(',').chars().rev();
        back.next().is_some_and(is_placeholder) && back.any(|c| c == '/' || is_placeholder(c))
    });
    shared.then_some("the percentage may be of several fractions together")
}

impl Rule for CountAndPercentage {
    fn metadata(&self) -> &'static RuleMetadata {
        &Self::METADATA
    }

    fn page(&self) -> Page {
        Self::PAGE
    }

    fn propose(&self, mentions: &Mentions, context: RuleContext<'_>, proposals: &mut Proposals) {
        let mut whole = ImpliedWhole::new(mentions);
        let skeletons = context.skeletons(mentions);
        let averages = Averages::new(mentions, context);
        let sizes = NamedSizes::new(mentions);
        let mut in_cells: Vec<(usize, CellIx)> = Vec::new();
        let first = proposals.list.len();
        let mut before: Option<&Skeleton> = None;
        for skeleton in skeletons {
            let earlier = before.replace(skeleton).filter(|before| before.leads_to(skeleton, mentions));
            if skeleton.quantities().is_empty() {
                continue;
            }
            let cell = in_cell::of(skeleton, mentions);
            if cell.is_some_and(|cell| in_cell::holds_other(cell, mentions, context)) {
                continue;
            }
            let weighted = ["weighted", "weighting"].iter().any(|word| skeleton.text.to_lowercase().contains(word));
            let mut taken: Vec<QuantityIx> = Vec::new();
            let mut bindings: Vec<Binding> = Vec::new();
            for pattern in PATTERNS.iter() {
                for found in pattern.matches(skeleton) {
                    let Some(fraction) = Fraction::bind(&found, mentions) else { continue };
                    whole.has_its_own(fraction.part);
                    if !taken.contains(&fraction.percentage) {
                        taken.push(fraction.percentage);
                        let sign = Sign::of(&found, mentions).doubt();
                        let stated = binding::quantity(mentions, fraction.percentage);
                        let average = stated.and_then(|percentage| averages.doubt(percentage));
                        let mut binding = fraction.binding(mentions, found.range());
                        if let (Some(binding), Some(_)) = (&mut binding, found.words("rate")) {
                            binding.formulas.push(complement());
                        }
                        bindings
                            .extend(binding.map(|b| b.doubted(doubt(&found, weighted)).doubted(sign).doubted(average)));
                    }
                }
            }
            if let Some((fraction, binding)) =
                earlier.and_then(|earlier| next_sentence::binding(skeleton, earlier, mentions))
                && !taken.contains(&fraction.percentage)
            {
                taken.push(fraction.percentage);
                bindings.push(binding);
            }
            bindings.extend(whole.bindings(skeleton, &mut taken, weighted));
            bindings.sort_by_key(|binding| binding.quote);
            for proposal in bindings.into_iter().filter_map(|binding| binding.proposal(Self::METADATA.code)) {
                in_cells.extend(cell.map(|cell| (proposals.list.len() - first, cell)));
                let proposal = sizes.weigh(filler_zero::with_shorter(proposal), Far::Doubtful);
                proposals.list.push(coarse_steps::weigh(proposal, skeleton, mentions));
            }
        }
        in_cell::confirm(&mut proposals.list[first..], &in_cells, context);
    }

    fn explain(&self, proposal: &Proposal, outcome: &Outcome) -> Prose {
        let formula = format!("{} of {}", wording::operand(proposal, 0), wording::operand(proposal, 1));
        Prose {
            message: wording::message(proposal, outcome, &formula),
            help: "look whether the percentage is of another whole, or one of the counts is mistyped".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_patterns_compile() {
        assert!(PATTERNS.iter().all(Pattern::is_valid));
    }
}
