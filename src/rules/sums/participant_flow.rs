//! `SU130`: the flow of participants: groups to their whole, and what is left of those who were excluded.

use std::sync::LazyLock;

use crate::arithmetic::{Printed, Rational};
use crate::derive::{Expression, Operand, Operation, Outcome, Proposal, Proposals};
use crate::extract::{Mentions, QuantityIx};
use crate::rules::binding::{self, Binding};
use crate::rules::declare::rule;
use crate::rules::nouns::Things;
use crate::rules::pattern::{Match, Pattern};
use crate::rules::{Page, Prose, Rule, RuleContext, RuleMetadata, Skeleton, wording};

use super::{group_sizes, told};

rule! {
    /// # SU130 participant-flow
    ///
    /// ## What it checks
    ///
    /// Numbers of people (or animals, samples, studies) that prose tells as a flow: women and men of a sample in one
    /// bracket, groups of a whole that are told to be all of it, groups to which a sample was assigned, the reasons why some
    /// were excluded, and how many are left when they are taken away: "We recruited 85 participants. Five were excluded,
    /// leaving 80." Parts that are listed behind their whole, "24 genes, 14 of one kind and 10 of another", or told in its
    /// paragraph, and groups of one size, "two groups of six". In a table the numbers of cases of a row, "n" under the head of each group, against the sizes of the groups.
    ///
    /// ## Why it matters
    ///
    /// The flow tells whose data stand in the tables. A group that does not add up means that somebody is counted twice or
    /// left out without a word, and every percentage below it has an unclear whole.
    ///
    /// ## How it is derived
    ///
    /// Counts are points. The parts are added up, or taken away from their whole, and compared with the printed number. A row of
    /// a table may have fewer cases than its group, but no more. The sizes of the groups stand in the heads of the columns, or
    /// in a sentence that parts the sample in groups of their names.
    ///
    /// ## When it stays silent
    ///
    /// - The words do not say that the numbers are groups of one whole, or what was taken away. A list behind a number that
    ///   does not add up to it may be of other things.
    /// - A list goes on with further groups than the three that are read.
    /// - A part is larger than the whole, which is then a number of other things.
    /// - Between the whole and the rest stand further numbers, which may have been taken away too.
    ///
    /// It is undecided where the parts are fewer than the whole, as some may not be told of; where reasons of exclusion do not add
    /// up, as one person may have several; where groups of one size are not all of the whole; where groups are not told to be apart and add up to more; where couples, families
    /// or teams are counted, each of several people; and where a row has more cases than the head of its
    /// group says. Sizes that the text tells are those of the columns only where every row fits them.
    ///
    /// ## Example (flagged)
    ///
    /// ```text
    /// Of the 240 patients screened, 38 were excluded, leaving 212 for the trial.
    /// ```
    ///
    /// ## Example (clean)
    ///
    /// ```text
    /// Of the 240 patients screened, 38 were excluded, leaving 202 for the trial.
    /// ```
    ///
    /// ## Limits
    ///
    /// Diagrams, and flows that are spread over more than two sentences, are not read.
    ///
    /// ## Options
    ///
    /// None.
    ///
    /// ## References
    ///
    /// - Schulz, Altman and Moher 2010, *BMJ* 340:c332 (CONSORT), item 13: <https://doi.org/10.1136/bmj.c332>
    pub struct ParticipantFlow {
        code: "SU130",
        name: "participant-flow",
        summary: "groups of people do not add up to their whole, or what is left of them is another number",
        family: Sums,
        since: "0.1.0",
        status: Preview,
        grounds: PLAIN,
        needs: Text,
        references: ["https://doi.org/10.1136/bmj.c332"],
    }
}

/// What the words of a passage say of its numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Flow {
    /// Women and men of a whole, in a bracket behind it.
    Sexes,
    /// Groups that are told to make up a whole.
    Split,
    /// Groups to which a whole was assigned.
    Groups,
    /// Parts of a whole that may not be all, or not be apart.
    Parts,
    /// Reasons why a number were excluded.
    Reasons,
    /// What is left of a whole.
    Rest,
}

/// Words for being taken out of a study.
const OUT: &str = r"(?:(?:had to be |were |was |had been |have been )?(?:\p{L}+ly )?(?:excluded|removed|dropped(?: out)?|discarded|eliminated|omitted|lost(?: to follow-?up)?|withdrawn)|withdrew|dropped out|declined(?: to participate)?|did not [\p{L} -]{3,40}|failed [\p{L} -]{3,40})";

/// Words before what is left.
const LEAVING: &str = r"(?:leaving|which left|this left|resulting in|yielding)(?: us with| data (?:of|from)| a (?:final |total )?sample (?:size )?of)*";

/// The patterns, each with what it says. Only words stand between the numbers, so that no other number is passed over.
static PATTERNS: LazyLock<Vec<(Flow, Pattern)>> = LazyLock::new(|| {
    [
        // 230 respondents (207 male, 12 female, 11 with unreported gender).
        (
            Flow::Sexes,
            r"‹whole›(?P<what>…)_[(\[]_‹a›(?P<first>…)(?:[,;]| and| and,)_‹b›(?P<second>…)(?:(?:[,;]| and|, and|; and)_‹c›(?P<third>…))?_[)\]]"
                .to_owned(),
        ),
        // 202 patients were randomly assigned to yoga (n = 101) or waiting (n = 101).
        (
            Flow::Groups,
            concat!(
                r"‹whole›(?P<what>…) (?:were|was)(?: [\p{L}-]+){0,2} (?:assigned|allocated|randomi[sz]ed|divided|split|separated)…",
                r"(?:[:,])?…_[(\[]_n_=_‹a›_[)\]](?:,|;| and| or|,? and|,? or)…_[(\[]_n_=_‹b›_[)\]](?:(?:,|;| and| or|,? and|,? or)…_[(\[]_n_=_‹c›_[)\]])?"
            )
            .to_owned(),
        ),
        // The sample comprised 46 patients, of whom 35 received one drug and 11 another.
        (
            Flow::Parts,
            r"‹whole›(?P<what>…),? of (?:whom|which) ‹a›…(?:,? and|,|;) ‹b›…(?:(?:,? and|,|;) ‹c›…)?(?:[.;]|$)".to_owned(),
        ),
        // 237 children, specifically 164 of one kind and 73 of the other.
        (
            Flow::Split,
            r"‹whole›(?P<what>…)(?:,|:|;|,? \()_(?:specifically|namely|i\.e\.,?|that is,?|comprising|comprised of|consisting of|composed of|made up of|including|divided into)_‹a›(?P<first>…)(?:,? and|,|;|,? as well as) ‹b›(?P<second>…)(?:(?:,? and|,|;) ‹c›(?P<third>…))?(?:[.;,)]|$)".to_owned(),
        ),
        // 38 patients were excluded (20 declined, 18 did not meet the criteria).
        (
            Flow::Reasons,
            format!(
                r"‹whole›(?P<what>…) {OUT}…_[(\[]_‹a›⋯(?:[,;]| and|, and|; and)_‹b›⋯(?:(?:[,;]| and|, and|; and)_‹c›⋯)?_[)\]]"
            ),
        ),
        // Of the 240 patients screened, 38 were excluded, leaving 202.
        (
            Flow::Rest,
            format!(r"(?:\bof|\bfrom)(?: the| these| our| a total of)*_‹whole›(?P<what>⋯),? ‹a›(?P<first>…) {OUT}⋯,? {LEAVING} ‹rest›(?P<left>…)"),
        ),
        // Of 120 participants, 7 were lost to follow-up and 5 withdrew, leaving 108.
        (
            Flow::Rest,
            format!(
                r"(?:\bof|\bfrom)(?: the| these| our| a total of)*_‹whole›(?P<what>⋯),? ‹a›(?P<first>…) {OUT}⋯(?:,? and|,|;) ‹b›… {OUT}⋯,? {LEAVING} ‹rest›(?P<left>…)"
            ),
        ),
    ]
    .into_iter()
    .map(|(flow, notation)| (flow, Pattern::new(&notation)))
    .collect()
});

/// "We recruited 85 participants." or "85 participants took part." before "Five were excluded, leaving 80."
static RECRUITED: LazyLock<[Pattern; 2]> = LazyLock::new(|| {
    let verbs = r"(?:recruited|enrolled|tested|included|collected|obtained|comprised|consisted of|participated|completed|took part)";
    [format!(r"\b{verbs}⋯ ‹whole›(?P<what>…)"), format!(r"‹whole›(?P<what>…) (?:were |was )?{verbs}\b")]
        .map(|notation| Pattern::new(&notation))
});

/// The sentence behind it.
static THEN: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(&format!(
        r"^(?:of these,? |data (?:of|from) |however, |then, )*‹a›(?P<first>…) {OUT}⋯,? {LEAVING} ‹rest›(?P<left>…)"
    ))
});

const FEWER: &str = "some of the whole may not be told of";
const OVERLAP: &str = "one person may have several reasons, or not all of them are told";
const NOT_APART: &str = "the parts may not be apart, or not all of the whole";
const OF_SEVERAL: &str = "the whole may be one of several people each";
const OTHERS: &str = "the numbers may be of different things";

/// What one passage says: the whole, its parts, and the rest where one is told.
struct Told {
    flow: Flow,
    whole: QuantityIx,
    parts: Vec<QuantityIx>,
    rest: Option<QuantityIx>,
    doubt: Option<&'static str>,
}

/// Whether words name a sex.
fn sex(words: &str) -> Option<bool> {
    let is = |list: &[&str]| {
        words.split(|c: char| !c.is_alphabetic()).any(|word| list.contains(&word.to_lowercase().as_str()))
    };
    let female = is(&["female", "females", "women", "woman", "girls", "girl"]);
    let male = is(&["male", "males", "men", "man", "boys", "boy"]);
    (female != male).then_some(female)
}

/// Why the parts may be of people while the whole is of couples, families or teams.
fn several_people(what: &str) -> Option<&'static str> {
    let stems = ["couple", "pair", "dyad", "triad", "twin", "famil", "household", "group", "team", "class", "school"];
    let what = what.to_lowercase();
    stems.iter().any(|stem| what.contains(stem)).then_some(OF_SEVERAL)
}

impl Told {
    /// What a match says, where its words fit.
    fn new(flow: Flow, found: &Match<'_>, mentions: &Mentions) -> Option<Self> {
        let parts: Vec<QuantityIx> = ["a", "b", "c"].into_iter().filter_map(|name| found.quantity(name)).collect();
        let told = Self {
            flow,
            whole: found.quantity("whole")?,
            parts,
            rest: found.quantity("rest"),
            doubt: found.words("what").and_then(several_people),
        };
        let named = |name: &str| found.words(name).and_then(sex);
        let fits = match flow {
            Flow::Sexes => named("first").zip(named("second")).is_some_and(|(a, b)| a != b) && told.parts.len() >= 2,
            Flow::Rest => told.rest.is_some(),
            _ => true,
        };
        // "5 cities, of whom 665 …", "2 groups of students (30 women, 20 men)": the whole is another.
        let within = |at: &QuantityIx| Self::point(mentions, *at) <= Self::point(mentions, told.whole);
        let fits = fits && (told.rest.is_some() || told.parts.iter().all(within));
        let goes_on = found.after().trim_start().starts_with([',', ';']) && flow == Flow::Groups;
        (fits && !goes_on).then_some(told)
    }

    fn point(mentions: &Mentions, at: QuantityIx) -> Option<Rational> {
        binding::quantity(mentions, at)?.single().map(Printed::point)
    }

    /// Why a mismatch may be none.
    fn reason(&self, mentions: &Mentions) -> Option<&'static str> {
        let sum: Option<Rational> = self.parts.iter().map(|part| Self::point(mentions, *part)).sum();
        let fewer = sum < Self::point(mentions, self.whole);
        self.doubt.or(match self.flow {
            Flow::Sexes | Flow::Groups => fewer.then_some(FEWER),
            Flow::Split | Flow::Parts => Some(NOT_APART),
            Flow::Reasons => Some(OVERLAP),
            Flow::Rest => None,
        })
    }

    fn binding(&self, mentions: &Mentions, found: &Match<'_>) -> Option<Binding> {
        let count = |role: &str, at: QuantityIx| {
            let quantity = binding::quantity(mentions, at).filter(|quantity| binding::is_whole(quantity))?;
            quantity.first().unit.is_none().then(|| binding::count(role, quantity)).flatten()
        };
        let (stated, role) = self.rest.map_or((self.whole, "stated whole"), |rest| (rest, "stated rest"));
        let mut operands: Vec<Operand> = Vec::new();
        if self.rest.is_some() {
            operands.push(count("whole", self.whole)?);
        }
        for part in &self.parts {
            operands.push(count(if self.rest.is_some() { "taken away" } else { "part" }, *part)?);
        }
        let all = (0..operands.len()).map(Expression::operand);
        let formula = if self.rest.is_some() {
            all.reduce(|left, part| Expression::call("-", [left, part]))?
        } else {
            Expression::call("sum", all)
        };
        operands.push(count(role, stated)?);
        let quote = operands.iter().fold(found.range(), |range, operand| range.hull(operand.range));
        let mut binding = Binding::stated(operands, formula, quote);
        if self.rest.is_none() {
            binding.operation = Operation::Implied;
        }
        binding.approximate = [self.whole]
            .iter()
            .chain(&self.parts)
            .chain(&self.rest)
            .any(|at| binding::quantity(mentions, *at).is_some_and(|quantity| quantity.approximate));
        binding.innocent.push("some are counted that the passage does not name".to_owned());
        Some(binding.doubted(self.reason(mentions)))
    }
}

/// Whether what is taken away and what is left are things of the whole, as far as nouns stand by.
fn alike(whole: &str, others: [Option<&str>; 2]) -> bool {
    let whole = Things::of(whole);
    others.into_iter().flatten().map(Things::of).all(|things| things.head().is_none() || things.are_among(&whole))
}

/// What a sentence says by itself.
fn of_sentence(skeleton: &Skeleton, mentions: &Mentions) -> Vec<Proposal> {
    let mut found: Vec<Proposal> = Vec::new();
    for (flow, pattern) in PATTERNS.iter() {
        for hit in pattern.matches(skeleton) {
            let told = Told::new(*flow, &hit, mentions).map(|told| {
                let fits = told.rest.is_none()
                    || alike(hit.words("what").unwrap_or_default(), [hit.words("first"), hit.words("left")]);
                Told { doubt: told.doubt.or((!fits).then_some(OTHERS)), ..told }
            });
            let proposal =
                told.and_then(|told| told.binding(mentions, &hit)).and_then(|binding| binding.proposal(CODE));
            found.extend(proposal.filter(|new| found.iter().all(|old| !old.quote.overlaps(new.quote))));
        }
    }
    found
}

/// What a sentence says of the one before it: a whole, then those taken away and the rest.
fn of_two(before: &Skeleton, skeleton: &Skeleton, mentions: &Mentions) -> Option<Proposal> {
    let hit = THEN.matches(skeleton).into_iter().next()?;
    let whole = RECRUITED.iter().find_map(|pattern| pattern.matches(before).into_iter().next())?;
    if before.quantities().len() != 1 {
        return None;
    }
    let fits = alike(whole.words("what")?, [hit.words("first"), hit.words("left")]);
    let told = Told {
        flow: Flow::Rest,
        whole: whole.quantity("whole")?,
        parts: vec![hit.quantity("a")?],
        rest: Some(hit.quantity("rest")?),
        doubt: (!fits).then_some(OTHERS),
    };
    told.binding(mentions, &hit)?.proposal(CODE)
}

const CODE: &str = ParticipantFlow::METADATA.code;

impl Rule for ParticipantFlow {
    fn metadata(&self) -> &'static RuleMetadata {
        &Self::METADATA
    }

    fn page(&self) -> Page {
        Self::PAGE
    }

    fn propose(&self, mentions: &Mentions, context: RuleContext<'_>, proposals: &mut Proposals) {
        let skeletons = context.skeletons(mentions);
        for (at, skeleton) in skeletons.iter().enumerate() {
            let mut found = of_sentence(skeleton, mentions);
            let before =
                at.checked_sub(1).and_then(|at| skeletons.get(at)).filter(|before| before.leads_to(skeleton, mentions));
            if found.is_empty() {
                found.extend(before.and_then(|before| of_two(before, skeleton, mentions)));
            }
            proposals.list.extend(found);
        }
        let mut more: Vec<Proposal> =
            skeletons.iter().flat_map(|skeleton| told::products(CODE, skeleton, mentions)).collect();
        let taken = |list: &[Proposal], at: QuantityIx| {
            let range = binding::quantity(mentions, at).map(|quantity| quantity.range);
            list.iter().flat_map(|old| &old.operands).any(|operand| Some(operand.range) == range)
        };
        let own: Vec<Proposal> = proposals.list.iter().filter(|old| old.code == CODE).chain(&more).cloned().collect();
        let lists = told::in_lists(CODE, skeletons, mentions, &|at| taken(&own, at));
        more.extend(told::scattered(CODE, skeletons, mentions, &|at| taken(&own, at) || taken(&lists, at)));
        more.extend(lists);
        more.sort_by_key(|proposal| proposal.quote);
        proposals.list.extend(more);
        proposals.list.extend(group_sizes::proposals(CODE, mentions, skeletons, context));
    }

    fn explain(&self, proposal: &Proposal, outcome: &Outcome) -> Prose {
        if let Some(prose) = group_sizes::explain(proposal, outcome) {
            return prose;
        }
        Prose {
            message: wording::message(proposal, outcome, &wording::own_formula(proposal)),
            help: "look whether somebody is counted twice or not named, or one of the numbers is mistyped".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_patterns_compile() {
        assert!(PATTERNS.iter().all(|(_, pattern)| pattern.is_valid()));
        assert!(RECRUITED.iter().chain([&*THEN]).all(Pattern::is_valid));
    }
}
