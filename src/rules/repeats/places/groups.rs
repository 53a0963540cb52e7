//! Tests, estimates, means and shares that stand in two places: they are one where what stands beside the number is the
//! same to the last digit, and the words agree.

use std::collections::{BTreeMap, BTreeSet};

use crate::extract::{
    Likeness, Measure, Mentions, Passage, Role, Slip, SpreadKind, Standing, Statistic, Subject, Subjects, Word, shared,
};

use super::claim::{Claim, Meeting};
use super::numbers::Digits;

/// The most places of one number that are held against each other: what stands more often tells nothing.
const MOST_PLACES: usize = 16;
/// The most pairs that are looked at in one paper.
const MOST_PAIRS: usize = 20_000;
/// How many partners, and how many digits of them, are no chance.
const PARTNERS: usize = 2;
const DIGITS: usize = 5;
/// How many digits show two groups to be one whose words agree too.
const FEW_DIGITS: usize = 4;

/// Why a mismatch without the mark of a slip is left open.
const TWO_THINGS: &str = "the two places may speak of two things that share these values";

/// How two subjects compare.
#[derive(Debug)]
struct Comparison {
    /// How many of the roles are printed identically, degrees of freedom left aside.
    identical: usize,
    /// How many digits these have together.
    digits: usize,
    /// The roles that no one value can print as in both.
    differing: Vec<(Role, Option<Slip>)>,
    /// Whether the estimate and its p-value are both printed identically.
    is_whole: bool,
    /// How many words the passages share.
    words: usize,
    /// What the labels of rows say.
    labels: Labels,
}

/// Whether the label of a row, which names what its numbers are of, fits the other place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Labels {
    /// Every word of it stands there.
    Fit,
    /// Some do, or it has no words.
    Open,
    /// None does.
    Apart,
    /// Neither place is a row.
    None,
}

impl Comparison {
    const fn is_no_chance(&self) -> bool {
        self.identical >= PARTNERS && self.digits >= DIGITS
    }

    /// Whether everything that both print agrees, and enough of it to say that the two are one.
    fn agrees(&self) -> bool {
        let told = self.is_no_chance() || (self.identical >= 1 && self.digits >= FEW_DIGITS) || self.is_whole;
        let words = match self.labels {
            Labels::Fit => 1,
            Labels::Open => 2,
            Labels::None => 3,
            Labels::Apart => return false,
        };
        self.differing.is_empty() && self.words >= words && told
    }

    /// Whether the number that differs follows from those that are the same: a percentage from its count and its whole.
    /// Then it has to be one wherever the two stand.
    fn is_determined(&self, a: &Subject, b: &Subject) -> bool {
        let same = |role| a.member(role).zip(b.member(role)).is_some_and(|(a, b)| a.compare(b) == Likeness::Identical);
        a.statistic == Statistic::Share
            && matches!(self.differing.as_slice(), [(Role::Percentage, _)])
            && same(Role::Count)
            && same(Role::Size)
            && self.words >= 3
    }

    /// Whether the two places are so surely one that a difference between them is held against the paper.
    fn is_certain(&self) -> bool {
        let named = self.labels == Labels::Fit || (self.labels == Labels::None && self.words >= 3);
        self.is_no_chance() && named
    }
}

/// The claims of groups whose places meet so.
pub(super) fn claims(mentions: &Mentions, meeting: Meeting) -> Vec<Claim> {
    let subjects = &mentions.subjects;
    let mut found = Found::default();
    for (first, second) in pairs(subjects) {
        let (a, b) = (&subjects.list[first], &subjects.list[second]);
        let Some((own, in_order)) = Meeting::of(a.standing, b.standing) else { continue };
        let Some(compared) = compare(subjects, a, b) else { continue };
        let (stated, other) = if in_order { (first, second) } else { (second, first) };
        if compared.agrees() {
            found.repeated.extend([first, second]);
        }
        if own == meeting {
            found.take(stated, other, &compared, compared.is_determined(a, b));
        }
    }
    found.claims(subjects)
}

/// The pairs of one paper that are taken to be one.
#[derive(Debug, Default)]
struct Found {
    /// The groups that stand a second time just so, wherever that is.
    repeated: BTreeSet<usize>,
    /// For each stated group how well the place fits that repeats it best, and that place.
    agreeing: BTreeMap<usize, (usize, usize)>,
    /// Pairs that differ in one role: the stated group, the other, the role, and whether a slip shows it.
    differing: Vec<(usize, usize, Role, bool)>,
}

impl Found {
    fn take(&mut self, stated: usize, other: usize, compared: &Comparison, determined: bool) {
        if compared.agrees() {
            let rank = compared.words + compared.digits;
            let best = self.agreeing.entry(stated).or_insert((rank, other));
            // Of places that fit alike the first one in the text is taken.
            if rank > best.0 {
                *best = (rank, other);
            }
        } else if let [(role, slip)] = compared.differing.as_slice()
            && (compared.is_certain() || determined)
        {
            let shows = determined || slip.is_some_and(|slip| slip != Slip::Sign);
            self.differing.push((stated, other, *role, shows));
        }
    }

    fn claims(&self, subjects: &Subjects) -> Vec<Claim> {
        let mut claims = Vec::new();
        for (at, (stated, other, role, shows)) in self.differing.iter().enumerate() {
            // Two groups that both stand a second time just so are two things that share most of their values.
            let two = self.repeated.contains(stated) && self.repeated.contains(other);
            let mut others = self.differing.iter().enumerate().filter(|(place, _)| *place != at);
            let many = others.any(|(_, pair)| pair.0 == *stated || pair.1 == *other);
            if !two && !many {
                let doubt = (!shows).then_some(TWO_THINGS);
                claims.extend(member_claim(subjects, *stated, *other, *role, doubt));
            }
        }
        for (stated, (_, other)) in &self.agreeing {
            let roles = subjects.list[*stated].members.iter().map(|member| member.role);
            let values = roles.filter(|role| !matches!(role, Role::Degrees(_)));
            claims.extend(values.filter_map(|role| member_claim(subjects, *stated, *other, role, None)));
        }
        claims
    }
}

/// What the labels of the rows say of two passages.
fn labels(a: &Passage, b: &Passage) -> Labels {
    let held = |label: &[Word], other: &Passage| {
        let words = if other.label.is_empty() { &other.words } else { &other.label };
        match shared(label, words) {
            _ if label.is_empty() => None,
            0 => Some(Labels::Apart),
            all if all == label.len() => Some(Labels::Fit),
            _ => Some(Labels::Open),
        }
    };
    let in_row = |passage: &Passage| passage.run.is_empty();
    match (held(&a.label, b), held(&b.label, a)) {
        (None, None) if !in_row(a) && !in_row(b) => Labels::None,
        // A row without words beside one with words may be any.
        (Some(only), None) | (None, Some(only)) if !in_row(a) || !in_row(b) => only,
        (Some(own), Some(other)) if own == other => own,
        _ => Labels::Open,
    }
}

fn member_claim(
    subjects: &Subjects,
    stated: usize,
    other: usize,
    role: Role,
    doubt: Option<&'static str>,
) -> Option<Claim> {
    let (stated, other) = (&subjects.list[stated], &subjects.list[other]);
    Some(Claim::of_members((stated, stated.member(role)?), (other, other.member(role)?), doubt))
}

/// Pairs of groups that share a printed number, in order.
fn pairs(subjects: &Subjects) -> Vec<(usize, usize)> {
    let mut places: BTreeMap<(Role, Digits), Vec<usize>> = BTreeMap::new();
    for (at, subject) in subjects.list.iter().enumerate() {
        if subject.members.len() < 2 {
            continue;
        }
        let telling = subject.members.iter().filter(|member| member.digits() >= 2);
        for member in telling.filter(|member| !matches!(member.role, Role::Degrees(_))) {
            places.entry((member.role, Digits::of(&member.printed))).or_default().push(at);
        }
    }
    let mut pairs = BTreeSet::new();
    for list in places.values().filter(|list| list.len() <= MOST_PLACES) {
        for (at, first) in list.iter().enumerate() {
            pairs.extend(list[at + 1..].iter().filter(|second| *second != first).map(|second| (*first, *second)));
        }
        if pairs.len() >= MOST_PAIRS {
            break;
        }
    }
    pairs.into_iter().collect()
}

/// Compares two groups; `None` where they are of different kinds, contradict each other, speak of other papers, or are
/// one and the same place.
fn compare(subjects: &Subjects, a: &Subject, b: &Subject) -> Option<Comparison> {
    let (own, other) = (subjects.passage(a), subjects.passage(b));
    // An abstract may well repeat a sentence of the text.
    let twice = a.standing != Standing::Abstract && b.standing != Standing::Abstract && is_one_place(own, other);
    if !same_statistic(a.statistic, b.statistic) || twice || own.sentence == other.sentence || own.cites || other.cites
    {
        return None;
    }
    if a.level.as_ref().zip(b.level.as_ref()).is_some_and(|(a, b)| a.digits != b.digits) {
        return None;
    }
    if own.contrasts.contradict(&other.contrasts) || !same_unit(a, b) {
        return None;
    }
    let mut compared = Comparison {
        identical: 0,
        digits: 0,
        differing: Vec::new(),
        is_whole: is_whole(a, b),
        words: shared(&own.words, &other.words),
        labels: labels(own, other),
    };
    for member in &a.members {
        let Some(others) = b.member(member.role) else { continue };
        match member.compare(others) {
            // Degrees of freedom are those of the whole study: many of its tests share them.
            Likeness::Identical if matches!(member.role, Role::Degrees(_)) => {}
            Likeness::Identical => {
                compared.identical += 1;
                compared.digits += member.digits();
            }
            Likeness::Meets => {}
            Likeness::Differs(slip) => compared.differing.push((member.role, slip)),
        }
    }
    Some(compared)
}

/// Whether two estimates of the same name are the same to the last digit, their p-values too.
fn is_whole(a: &Subject, b: &Subject) -> bool {
    let same = |role| a.member(role).zip(b.member(role)).is_some_and(|(a, b)| a.compare(b) == Likeness::Identical);
    // In the text two effects of one size and significance are too common to be told apart by so few digits.
    let told = [a, b].iter().any(|own| matches!(own.standing, Standing::Abstract | Standing::Cell(_)));
    let named = told && matches!(a.statistic, Statistic::Estimate(measure) if measure != Measure::Unnamed);
    let digits = |role| a.member(role).map_or(0, |member| member.printed.significant_digits().len());
    named && a.statistic == b.statistic && same(Role::Value) && same(Role::P) && digits(Role::Value) >= 2
}

/// Whether the reader gives one sentence twice, as it may with captions and the text of tables.
fn is_one_place(a: &Passage, b: &Passage) -> bool {
    a.words == b.words && !a.run.is_empty() && a.run.len() == b.run.len()
}

/// Whether two ranges have one unit, and two others none that differ: a mean may have its unit in the heading.
fn same_unit(a: &Subject, b: &Subject) -> bool {
    match (&a.unit, &b.unit) {
        (Some(a), Some(b)) => a.same_measure(b),
        (None, None) => true,
        _ => a.statistic != Statistic::Range,
    }
}

fn same_statistic(a: Statistic, b: Statistic) -> bool {
    match (a, b) {
        (Statistic::Estimate(a), Statistic::Estimate(b)) => a == b || a == Measure::Unnamed || b == Measure::Unnamed,
        (Statistic::Mean(a), Statistic::Mean(b)) => a == b || a == SpreadKind::Unsaid || b == SpreadKind::Unsaid,
        (Statistic::Single(_), _) | (_, Statistic::Single(_)) => false,
        _ => a == b,
    }
}
