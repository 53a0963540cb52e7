//! Claims of a sentence over the numbers of a row or column: "ranged from 12 to 19", "the highest (19)", "all above 12",
//! "7 of the 9 values were below .05", "best on 5 of 8 data sets".
//!
//! The line is known by what fits: both ends of a range, the place of a number in its line. A claim that fits no line is
//! held against the paper only where the sentence points to the table and names the line in full, so that no other can be
//! meant; elsewhere it is of something else.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use crate::arithmetic::{Printed, Rational};
use crate::derive::{Comparison, Expression, Proposal};
use crate::document::TextRange;
use crate::extract::{Amount, Comparator, Mentions, Passage, Quantity, Slip, shared};
use crate::rules::binding;
use crate::rules::pattern::{Match, Pattern};
use crate::rules::repeats::places::{Digits, Entry};
use crate::rules::skeleton::Skeleton;

use super::lines::{Axis, Line, Tables, quantities};
use super::ordered::{BOUND, Claim, Stated, point};
use super::words::{Direction, is_unstated, may_be_of_some, words_of};

/// "ranged from a to b".
static RANGES: LazyLock<Vec<Pattern>> = LazyLock::new(|| {
    let verb = r"\b(?:rang(?:ed|es|ing|e)|var(?:ied|ies|ying)|spann(?:ed|ing)|were|was|are|is|lay|lie|lies)\b…";
    [
        format!(r"{verb} (?:from|between|within|in the range(?: of)?)_‹ab›"),
        format!(r"{verb} (?:from|between)_‹a›…,? (?:to|and)_‹b›"),
        r"\b(?:range|ranging|ranges|ranged)_[:=,]?_(?:from|of|between)?_‹ab›".to_owned(),
        r"\b(?:in|within|at|over) the (?:range|region|interval)s?,?_(?:from|of|between)?_‹ab›".to_owned(),
    ]
    .map(|notation| Pattern::new(&notation))
    .into()
});

/// "the highest value, 19", "a maximum of 19", "second highest (17)".
static EXTREMES: LazyLock<Vec<(Direction, Pattern)>> = LazyLock::new(|| {
    let mut patterns = Vec::new();
    for direction in Direction::ALL {
        let superlative = direction.superlative();
        let place = r"(?:\b(?P<place>second|third|2nd|3rd)[ -])?";
        patterns.extend([
            (
                direction,
                Pattern::new(&format!(
                    r"{place}\b{superlative}(?P<what>⋯),?_\(?(?:(?:M|mean|of|was|were|is|at|with|reached)_)?[=:]?_‹x›"
                )),
            ),
            (direction, Pattern::new(&format!(r"‹x›…,? (?:was|is|being|were|as) the {place}{superlative}(?P<what>)"))),
        ]);
    }
    patterns
});

/// "all below x", "in all cases ≥ x"; the sign stands at the number.
static ALL: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(r"\b(?:all|each|every)\b[^.;()\x{F0000}-\x{FFFFC}]{0,100}\(?[^.;()\x{F0000}-\x{FFFFC}]{0,20}‹x›")
});
/// "7 of the 9 values were below x".
static COUNTS: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(
        r"‹k› (?:out )?of (?:the |all )?‹n›[^.;()\x{F0000}-\x{FFFFC}]{0,80}\(?[^.;()\x{F0000}-\x{FFFFC}]{0,20}‹x›",
    )
});
/// "best on 5 of 8 data sets".
static BEST: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(
        r"\b(?:best|highest|lowest|top|first|wins?|won|superior|better|outperform(?:s|ed)|leads?|smallest|largest)\b⋯ (?:on|in|for|at)_‹k› (?:out )?of (?:the |all )?‹n›",
    )
});

/// In how many lines a sentence that points nowhere may find its numbers by chance: digits of both ends together.
const TELLING: usize = 4;
/// How many digits both ends have together where one line of the paper ends there, and needs no words.
const ALONE: usize = 6;
/// How many numbers a line has where one that does not fit is held against the paper.
const FOR_ERROR: usize = 4;

const SOME: &str = "the claim may be of some of these numbers";
const OTHERS: &str = "the numbers of the claim may be of another line";

/// A sentence over tables.
pub(super) struct View<'m, 'v> {
    pub skeleton: &'v Skeleton,
    pub passage: &'v Passage,
    pub mentions: &'m Mentions,
    pub tables: &'v Tables<'m>,
    /// The lines of each table.
    pub lines: &'v [Vec<Line<'v>>],
    /// The tables that its paragraph points to.
    pub near: &'v BTreeSet<usize>,
}

/// A line with its table.
struct Found<'v> {
    table: usize,
    line: &'v Line<'v>,
}

impl<'m> View<'m, '_> {
    /// The lines of the tables that the sentence points to, or of all tables.
    fn lines(&self, pointed: bool) -> Vec<Found<'_>> {
        let all: Vec<usize> =
            if pointed { self.passage.points_to.clone() } else { (0..self.tables.grids.len()).collect() };
        all.into_iter()
            .flat_map(|table| self.lines.get(table).into_iter().flatten().map(move |line| Found { table, line }))
            .filter(|found| !self.contradicts(found))
            .collect()
    }

    /// Whether labels or the caption speak of another group or time than the sentence.
    fn contradicts(&self, found: &Found<'_>) -> bool {
        let first = found.line.entries.first();
        let words = self.tables.grids[found.table].words;
        let line = first.and_then(|entry| match found.line.axis {
            Axis::Column(_) => words.column_contrasts.get(entry.column),
            Axis::Row(_) => words.row_contrasts.get(entry.row),
        });
        words.caption_contrasts.contradict(&self.passage.contrasts)
            || line.is_some_and(|line| line.contradict(&self.passage.contrasts))
    }

    fn points(&self) -> bool {
        !self.passage.points_to.is_empty()
    }

    fn claim(
        &self,
        line: &Line<'_>,
        formula: Expression,
        stated: (&'static str, Stated<'m>),
        quote: TextRange,
    ) -> Claim<'m> {
        Claim {
            numbers: quantities(line, self.mentions),
            stated: Some(stated),
            formulas: vec![("", formula)],
            op: Comparison::Equal,
            right: None,
            doubt: None,
            quote,
        }
    }
}

/// The claims of a sentence over the lines of tables.
pub(super) fn proposals(view: &View<'_, '_>) -> Vec<Proposal> {
    let mut found: Vec<Proposal> = Vec::new();
    let mut add = |more: Vec<Proposal>| {
        for proposal in more {
            let stated =
                |own: &Proposal| (own.operands.get(own.stated).map(|operand| operand.range), own.variants.clone());
            if !found.iter().any(|old| stated(old) == stated(&proposal)) {
                found.push(proposal);
            }
        }
    };
    for pattern in RANGES.iter() {
        pattern.matches(view.skeleton).iter().for_each(|hit| add(range(view, hit)));
    }
    for (direction, pattern) in EXTREMES.iter() {
        pattern.matches(view.skeleton).iter().for_each(|hit| add(extreme(view, *direction, hit).into_iter().collect()));
    }
    if view.points() {
        COUNTS.matches(view.skeleton).iter().for_each(|hit| add(count(view, hit).into_iter().collect()));
        BEST.matches(view.skeleton).iter().for_each(|hit| add(best(view, hit).into_iter().collect()));
        ALL.matches(view.skeleton).iter().for_each(|hit| add(bound(view, hit).into_iter().collect()));
    }
    found
}

/// The numbers of a line as operands of a function.
fn over(function: &str, line: &Line<'_>) -> Expression {
    Expression::call(function, (0..line.entries.len()).map(Expression::operand))
}

/// The greatest or the least number of a line, or the one in another place.
fn at_place<'g>(line: &Line<'g>, direction: Direction, place: usize) -> Option<&'g Entry> {
    let mut ordered: Vec<&Entry> = line.entries.clone();
    ordered.sort_by_key(|entry| entry.member.printed.point());
    if direction == Direction::Up {
        ordered.reverse();
    }
    ordered.get(place).copied()
}

fn prints_as(printed: &Printed, entry: &Entry) -> bool {
    Digits::of(printed) == Digits::of(&entry.member.printed) && printed.negative == entry.member.printed.negative
}

/// The two ends of a range with the quantities they stand in.
fn ends<'m>(found: &Match<'_>, mentions: &'m Mentions) -> Option<[Stated<'m>; 2]> {
    if let Some(at) = found.quantity("ab") {
        let own = binding::quantity(mentions, at)?;
        return matches!(own.first().amount, Amount::Range(..)).then_some([Stated::From(own), Stated::To(own)]);
    }
    let single = |name: &str| {
        let own = binding::quantity(mentions, found.quantity(name)?)?;
        own.single().is_some().then_some(Stated::Number(own))
    };
    Some([single("a")?, single("b")?])
}

/// "ranged from a to b": the least and the greatest number of a line.
fn range(view: &View<'_, '_>, found: &Match<'_>) -> Vec<Proposal> {
    let Some([a, b]) = ends(found, view.mentions) else { return Vec::new() };
    let [low, high] = if a.printed().point() <= b.printed().point() { [a, b] } else { [b, a] };
    if is_unstated(found.text()) || low.printed().point() == high.printed().point() {
        return Vec::new();
    }
    let words = &view.passage.words;
    let fit = |line: &Line<'_>| {
        let least = at_place(line, Direction::Down, 0).is_some_and(|entry| prints_as(low.printed(), entry));
        let greatest = at_place(line, Direction::Up, 0).is_some_and(|entry| prints_as(high.printed(), entry));
        (least, greatest)
    };
    let lines = view.lines(view.points());
    let both = lines.iter().filter(|found| fit(found.line) == (true, true));
    let both = both.max_by_key(|found| (found.line.shared(words), !found.line.is_part));
    if let Some(Found { line, table }) = both {
        let digits = low.printed().telling_digits().len() + high.printed().telling_digits().len();
        let near = view.near.contains(table) && digits + 1 >= TELLING && line.shared(words) >= 2;
        let alone = digits >= ALONE && lines.iter().filter(|found| fit(found.line) == (true, true)).count() == 1;
        let enough = view.points() || near || alone || (digits >= TELLING && line.shared(words) >= 1);
        return if enough { ends_of(view, line, [low, high], None, found.range()) } else { Vec::new() };
    }
    if !view.points() {
        return Vec::new();
    }
    let one = |found: &&Found<'_>| {
        let (least, greatest) = fit(found.line);
        let met = if least { low } else { high };
        (least || greatest) && found.line.shared(words) >= 1 && met.printed().telling_digits().len() >= 2
    };
    let half: Vec<&Found<'_>> = lines.iter().filter(one).collect();
    let [only] = half.as_slice() else { return Vec::new() };
    let (least, _) = fit(only.line);
    let (missed, direction) = if least { (high, Direction::Up) } else { (low, Direction::Down) };
    let is_slip = at_place(only.line, direction, 0)
        .and_then(|entry| Slip::between(missed.printed(), &entry.member.printed))
        .is_some_and(Slip::is_sharp);
    let stands = lines.iter().any(|found| found.line.entries.iter().any(|entry| prints_as(missed.printed(), entry)));
    let doubt = match (is_slip, stands) {
        (_, true) => Some(SOME),
        (false, _) => Some(OTHERS),
        _ if only.line.entries.len() < FOR_ERROR => Some(OTHERS),
        _ => None,
    };
    ends_of(view, only.line, [low, high], doubt, found.range())
}

/// The proposals of both ends of a range over a line.
fn ends_of<'m>(
    view: &View<'m, '_>,
    line: &Line<'_>,
    [low, high]: [Stated<'m>; 2],
    doubt: Option<&'static str>,
    quote: TextRange,
) -> Vec<Proposal> {
    let of = |function: &str, role: &'static str, stated: Stated<'m>| {
        let claim = view.claim(line, over(function, line), (role, stated), quote);
        Claim { doubt, ..claim }.proposal()
    };
    [of("least", "stated lower end", low), of("greatest", "stated upper end", high)].into_iter().flatten().collect()
}

/// The place that an ordinal names, 0 for none.
fn place(found: &Match<'_>) -> usize {
    match found.words("place").map(str::to_lowercase).as_deref() {
        Some("second" | "2nd") => 1,
        Some("third" | "3rd") => 2,
        _ => 0,
    }
}

/// "the highest value was x": the number in its place of a line.
fn extreme(view: &View<'_, '_>, direction: Direction, found: &Match<'_>) -> Option<Proposal> {
    let quantity = binding::quantity(view.mentions, found.quantity("x")?)?;
    let printed = quantity.single().filter(|printed| printed.decimals > 0 || printed.telling_digits().len() >= 2)?;
    let place = place(found);
    (!is_unstated(found.text())).then_some(())?;
    let words = &view.passage.words;
    let lines = view.lines(view.points());
    let words_told = |found: &Found<'_>, entry: &Entry| {
        let across = view.tables.across(found.table, found.line, entry);
        (found.line.shared(words), shared(across, words))
    };
    let function = match (direction, place) {
        (Direction::Up, 0) => "greatest",
        (Direction::Down, 0) => "least",
        (Direction::Up, _) => "kth_greatest",
        (Direction::Down, _) => "kth_least",
    };
    let claim = |line: &Line<'_>, doubt: Option<&'static str>| {
        let numbers = (0..line.entries.len()).map(Expression::operand);
        let k = (place > 0).then(|| Expression::constant(&(place + 1).to_string(), "the place that the words name"));
        let formula = Expression::call(function, k.into_iter().chain(numbers));
        let claim = view.claim(line, formula, ("stated value", Stated::Number(quantity)), found.range());
        Claim { doubt, ..claim }.proposal()
    };
    let fitting = lines.iter().filter_map(|found| {
        let entry = at_place(found.line, direction, place).filter(|entry| prints_as(printed, entry))?;
        let (own, across) = words_told(found, entry);
        // The same cell may be the greatest of its row and of its column: the words that name the line tell which is meant,
        // and of two that they name alike the longer one is.
        Some((
            (own + across, !found.line.is_part, own, found.line.entries.len()),
            (found.table, entry.cell),
            own,
            across,
            found,
        ))
    });
    let fitting: Vec<_> = fitting.collect();
    if let Some((rank, cell, own, across, found)) = fitting.iter().max_by_key(|(rank, ..)| *rank).copied() {
        // Of two columns that fit alike neither is known to be the one.
        if fitting.iter().any(|(other, place, ..)| *other == rank && *place != cell) {
            return None;
        }
        let enough = if view.points() {
            own + across >= 1
        } else {
            own >= 1 && across >= 1 && printed.telling_digits().len() >= 2
        };
        return if enough { claim(found.line, None) } else { None };
    }
    // It stands in the line, but in another place of it.
    let holding: Vec<&Found<'_>> = lines
        .iter()
        .filter(|found| found.line.entries.iter().any(|entry| prints_as(printed, entry)))
        .filter(|found| found.line.is_named(words) && found.line.entries.len() >= FOR_ERROR)
        .collect();
    let [only] = holding.as_slice() else { return None };
    let own = only.line.entries.iter().find(|entry| prints_as(printed, entry))?;
    let across = view.tables.across(only.table, only.line, own);
    let whole = !across.is_empty() && shared(across, words) == across.len();
    // The words behind the superlative have to be those of the column, and its numbers of one measure.
    let is_told = only.line.shared(&words_of(found.words("what").unwrap_or_default())) == only.line.words.len();
    let alike = only.line.entries.iter().all(|entry| entry.member.printed.decimals == printed.decimals);
    let signs = only.line.entries.iter().any(|entry| entry.member.printed.negative);
    let sentence = view.skeleton.text.as_str();
    let doubt = (!view.points() || !whole || !is_told || !alike || signs || may_be_of_some(sentence)).then_some(SOME);
    claim(only.line, doubt)
}

/// How many numbers of a line are on the side of a bound that its sign says.
fn on_side(line: &Line<'_>, bound: &Quantity) -> usize {
    let at = point(bound);
    let fits = |value: &Rational| match bound.comparator {
        Comparator::Less => *value < at,
        Comparator::AtMost => *value <= at,
        Comparator::Greater => *value > at,
        Comparator::AtLeast => *value >= at,
        Comparator::Equal => false,
    };
    line.entries.iter().filter(|entry| fits(&entry.member.printed.point())).count()
}

/// Whether a bound says that numbers are below it; `None` for a number that is no bound.
const fn is_below(bound: &Quantity) -> Option<bool> {
    match bound.comparator {
        Comparator::Less | Comparator::AtMost => Some(true),
        Comparator::Greater | Comparator::AtLeast => Some(false),
        Comparator::Equal => None,
    }
}

/// "all below x": the greatest number of a line is.
fn bound(view: &View<'_, '_>, found: &Match<'_>) -> Option<Proposal> {
    let bound = binding::quantity(view.mentions, found.quantity("x")?)?;
    let below = is_below(bound)?;
    bound.single()?;
    let open = is_unstated(found.text());
    let words = &view.passage.words;
    let lines = view.lines(true);
    let (function, op) = match (below, bound.comparator) {
        (true, Comparator::Less) => ("greatest", Comparison::Less),
        (true, _) => ("greatest", Comparison::AtMost),
        (false, Comparator::Greater) => ("least", Comparison::Greater),
        (false, _) => ("least", Comparison::AtLeast),
    };
    let claim = |line: &Line<'_>, doubt: Option<&'static str>| {
        let claim = view.claim(line, over(function, line), ("stated bound", Stated::Number(bound)), found.range());
        Claim { op, doubt, ..claim }.proposal()
    };
    let all = lines.iter().filter(|found| on_side(found.line, bound) == found.line.entries.len() && !open);
    // Where several lines lie on that side, the one is meant whose extreme is the bound itself.
    let direction = if below { Direction::Up } else { Direction::Down };
    let ends_there = |line: &Line<'_>| {
        let printed = bound.single();
        at_place(line, direction, 0).is_some_and(|entry| printed.is_some_and(|printed| prints_as(printed, entry)))
    };
    let rank = |found: &Found<'_>| (ends_there(found.line), found.line.shared(words), !found.line.is_part);
    let all: Vec<&Found<'_>> = all.filter(|found| found.line.shared(words) >= 1).collect();
    if let Some(found) = all.iter().max_by_key(|found| rank(found)) {
        let alike = all.iter().filter(|other| rank(other) == rank(found)).count();
        return if alike == 1 { claim(found.line, None) } else { None };
    }
    let near: Vec<&Found<'_>> = lines
        .iter()
        .filter(|found| found.line.is_named(words) && found.line.entries.len() > FOR_ERROR)
        .filter(|found| on_side(found.line, bound) + 1 == found.line.entries.len())
        .collect();
    let [only] = near.as_slice() else { return None };
    let some = open || may_be_of_some(found.text()) || may_be_of_some(found.before());
    claim(only.line, some.then_some(SOME))
}

/// "7 of the 9 values were below x".
fn count<'m>(view: &View<'m, '_>, found: &Match<'_>) -> Option<Proposal> {
    let quantity = |name: &str| binding::quantity(view.mentions, found.quantity(name)?);
    let (count, whole, bound) = (quantity("k")?, quantity("n")?, quantity("x")?);
    let below = is_below(bound)?;
    let all = usize::try_from(point(whole).to_integer()).ok()?;
    let stated = usize::try_from(point(count).to_integer()).ok()?;
    (binding::is_whole(count) && binding::is_whole(whole)).then_some(())?;
    let words = &view.passage.words;
    let lines = view.lines(true);
    let of_all = lines.iter().filter(|found| found.line.entries.len() == all && found.line.shared(words) >= 1);
    let of_all: Vec<&Found<'_>> = of_all.collect();
    let claim = |line: &Line<'_>, doubt: Option<&'static str>| {
        let function = if below { "count_below" } else { "count_above" };
        let numbers: Vec<(&'static str, &'m Quantity)> =
            [(BOUND, bound)].into_iter().chain(quantities(line, view.mentions)).collect();
        let formula = Expression::call(function, (0..numbers.len()).map(Expression::operand));
        let claim = view.claim(line, formula, ("stated count", Stated::Number(count)), found.range());
        Claim { numbers, doubt, ..claim }.proposal()
    };
    let fits = |found: &&&Found<'_>| on_side(found.line, bound) == stated;
    let most = of_all.iter().filter(fits).map(|found| found.line.shared(words)).max();
    let best: Vec<&&Found<'_>> =
        of_all.iter().filter(fits).filter(|found| Some(found.line.shared(words)) == most).collect();
    if let [only] = best.as_slice() {
        return claim(only.line, None);
    }
    if !best.is_empty() {
        return None;
    }
    let named: Vec<&&Found<'_>> = of_all.iter().filter(|found| found.line.is_named(words)).collect();
    let [only] = named.as_slice() else { return None };
    claim(only.line, (is_unstated(found.text()) || all < FOR_ERROR).then_some(SOME))
}

/// "best on 5 of 8 data sets": a line of a method beside those of the others.
fn best<'m>(view: &View<'m, '_>, found: &Match<'_>) -> Option<Proposal> {
    let quantity = |name: &str| binding::quantity(view.mentions, found.quantity(name)?);
    let (count, whole) = (quantity("k")?, quantity("n")?);
    (binding::is_whole(count) && binding::is_whole(whole)).then_some(())?;
    let all = usize::try_from(point(whole).to_integer()).ok()?;
    let words = &view.passage.words;
    let lines = view.lines(true);
    let own: Vec<&Found<'_>> = lines
        .iter()
        .filter(|found| !found.line.is_part && found.line.is_named(words) && found.line.entries.len() == all)
        .collect();
    let [own] = own.as_slice() else { return None };
    let is_row = matches!(own.line.axis, Axis::Row(_));
    let across = |entry: &Entry| if is_row { entry.column } else { entry.row };
    let mut groups: BTreeMap<usize, Vec<&'m Quantity>> = BTreeMap::new();
    let beside = lines.iter().filter(|other| {
        other.table == own.table && !other.line.is_part && matches!(other.line.axis, Axis::Row(_)) == is_row
    });
    let others = beside.filter(|other| other.line.axis != own.line.axis);
    for line in [own.line].into_iter().chain(others.map(|found| found.line)) {
        for entry in &line.entries {
            groups.entry(across(entry)).or_default().push(view.mentions.quantities.get(entry.at.0)?);
        }
    }
    let width = groups.values().next()?.len();
    let square = width >= 2 && groups.len() == all && groups.values().all(|group| group.len() == width);
    square.then_some(())?;
    let numbers: Vec<(&'static str, &'m Quantity)> =
        groups.into_values().flatten().map(|quantity| ("value", quantity)).collect();
    let formula = |function: &str| {
        let width = Expression::constant(&width.to_string(), "the lines that are compared");
        Expression::call(function, [width].into_iter().chain((0..numbers.len()).map(Expression::operand)))
    };
    let formulas = vec![("", formula("count_greatest")), ("where less is better", formula("count_least"))];
    let claim = view.claim(own.line, Expression::operand(0), ("stated count", Stated::Number(count)), found.range());
    let doubt = (is_unstated(found.text()) || all < FOR_ERROR).then_some(SOME);
    Claim { numbers, formulas, doubt, ..claim }.proposal()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_patterns_compile() {
        assert!(RANGES.iter().chain([&*ALL, &*COUNTS, &*BEST]).all(Pattern::is_valid));
        assert!(EXTREMES.iter().all(|(_, pattern)| pattern.is_valid()));
    }
}
