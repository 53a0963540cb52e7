//! How often the programs of the search hit a value that has nothing to do with them, against the E-value they are told with.
//!
//! Each target keeps its text and its window; its number is replaced by a drawn one of the same kind and precision, up to half a
//! decade away either way. What hits such a decoy hits by chance. The share of hits on the real values above it is the share of
//! values that do follow from their neighbours.

use std::collections::BTreeMap;

use crate::document::{Document, TextIndex};
use crate::extract;
use crate::search::{Beyond, Enclosure, Enumeration, Expectation, Form, Limits, Program, Values, Window, programs};

use super::plant::Draw;

/// The lower ends of the classes of E, the first of all that is below the second.
const EDGES: [f64; 9] = [0.0, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0];

/// The two families of programs that are counted apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FormFamily {
    /// Programs over one or two values.
    UpToTwo,
    /// All programs.
    UpToThree,
    /// All programs, where the passage names a value that it does not print: those over such values among them.
    Named,
}

/// Targets and how many of them were hit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hits {
    /// The targets.
    pub targets: usize,
    /// Those that a program hit.
    pub hit: usize,
}

impl Hits {
    fn add(&mut self, hit: bool) {
        self.targets += 1;
        self.hit += usize::from(hit);
    }

    /// The share that was hit, in per cent; 0 of none.
    pub fn percent(self) -> f64 {
        100.0 * number(self.hit) / number(self.targets.max(1))
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of targets are far below the precision of the type")]
const fn number(count: usize) -> f64 {
    count as f64
}

/// Hits on real values and on decoys.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pair {
    /// The values as printed.
    pub real: Hits,
    /// The drawn ones.
    pub decoy: Hits,
}

impl Pair {
    fn add(&mut self, hit: bool, decoy: bool) {
        let hits = if decoy { &mut self.decoy } else { &mut self.real };
        hits.add(hit);
    }
}

/// A program with what it gives.
struct Derived {
    form: Form,
    value: Enclosure,
    /// Whether it takes a value that the passage names and does not print.
    named: bool,
}

/// What the programs of a window give.
fn all_derived(window: &Window, found: &Enumeration) -> Vec<Derived> {
    let one = |(program, value): (&Program, Enclosure)| {
        let mut sources = program.operands.iter().map(|at| window.operands[*at].source);
        Derived { form: program.form, value, named: sources.any(|source| !source.is_here()) }
    };
    found.derived(window).into_iter().map(one).collect()
}

/// What was counted over papers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DecoyTally {
    /// The papers.
    pub papers: usize,
    /// The targets.
    pub targets: usize,
    /// Targets whose programs were cut off by the limit: nothing is counted for them.
    pub cut: usize,
    /// All programs of all targets.
    pub programs: usize,
    /// By family and class of E.
    pub by_expectation: BTreeMap<(FormFamily, usize), Pair>,
    /// By family and digits: two or fewer, three, four and more.
    pub by_digits: BTreeMap<(FormFamily, usize), Pair>,
    /// By the form that hit, real values and decoys.
    pub by_form: BTreeMap<Form, Pair>,
    /// Programs over a value that the passage names and does not print, each by whether it hits, real values and decoys.
    pub over_named: Pair,
}

impl DecoyTally {
    /// The classes of E: lower end, and upper end where there is one.
    pub fn classes() -> impl Iterator<Item = (usize, f64, Option<f64>)> {
        EDGES.iter().enumerate().map(|(at, from)| (at, *from, EDGES.get(at + 1).copied()))
    }

    /// Counts the targets of a paper, each with `draws` decoys. `key` is the paper's, so that no paper's draws depend on others.
    pub fn add(&mut self, document: &Document, key: &str, seed: u64, draws: usize) {
        let mentions = extract::extract(document);
        let values = Values::of(&mentions);
        let beyond = Beyond::of(document, &TextIndex::new(&document.text), &mentions, &values);
        self.papers += 1;
        for window in Window::all(&mentions, &values, 1) {
            let Some(value) = values.get(window.target.quantity) else { continue };
            self.targets += 1;
            let found = programs(&window, &Limits::default());
            if found.cut {
                self.cut += 1;
                continue;
            }
            self.programs += found.programs.len();
            let near = all_derived(&window, &found);
            let wider = Window::beyond(&mentions, &values, &beyond, window.target.quantity);
            let named = wider.map_or_else(Vec::new, |window| {
                let found = programs(&window, &Limits::default());
                if found.cut { Vec::new() } else { all_derived(&window, &found) }
            });
            let digits = window.target.digits.clamp(2, 4);
            let mut draw = Draw::new(seed, &[key, &window.target.range.start.to_string()]);
            for (target, grain, decoy) in std::iter::once((value.enclosure, value.grain, false)).chain(
                (0..draws).map(|_| drawn(value.enclosure, &mut draw)).map(|(target, grain)| (target, grain, true)),
            ) {
                self.count(&near, target, grain, digits, decoy);
                self.count_named(&named, target, grain, digits, decoy);
            }
        }
    }

    /// How many values follow from their neighbours with an expectation below `limit`: those that programs over up to three values
    /// hit, less those that they would hit by chance at the rate of the decoys. With no limit, all of them.
    pub fn derivable(&self, limit: Option<f64>) -> f64 {
        let own = self.by_expectation.iter().filter(|((family, class), _)| {
            *family == FormFamily::UpToThree
                && limit.is_none_or(|limit| EDGES.get(class + 1).is_some_and(|to| *to <= limit))
        });
        own.map(|(_, pair)| (pair.real.percent() - pair.decoy.percent()) / 100.0 * number(pair.real.targets)).sum()
    }

    fn count(&mut self, derived: &[Derived], target: Enclosure, grain: f64, digits: usize, decoy: bool) {
        for family in [FormFamily::UpToTwo, FormFamily::UpToThree] {
            let own = |form: Form| family == FormFamily::UpToThree || form.arity() <= 2;
            let programs: Vec<Enclosure> = derived.iter().filter(|one| own(one.form)).map(|one| one.value).collect();
            self.count_family(family, &programs, target, grain, digits, decoy);
        }
        for Derived { form, value, .. } in derived {
            self.by_form.entry(*form).or_default().add(value.meets(target), decoy);
        }
    }

    /// Counts a target among programs of which some are over what its passage names.
    fn count_named(&mut self, derived: &[Derived], target: Enclosure, grain: f64, digits: usize, decoy: bool) {
        if derived.is_empty() {
            return;
        }
        let programs: Vec<Enclosure> = derived.iter().map(|one| one.value).collect();
        self.count_family(FormFamily::Named, &programs, target, grain, digits, decoy);
        for one in derived.iter().filter(|one| one.named) {
            self.over_named.add(one.value.meets(target), decoy);
        }
    }

    fn count_family(
        &mut self,
        family: FormFamily,
        programs: &[Enclosure],
        target: Enclosure,
        grain: f64,
        digits: usize,
        decoy: bool,
    ) {
        let hit = programs.iter().any(|enclosure| enclosure.meets(target));
        let Expectation(e) = Expectation::new(programs.iter().copied(), 1, target, grain);
        let class = EDGES.iter().rposition(|edge| e >= *edge).unwrap_or(0);
        self.by_expectation.entry((family, class)).or_default().add(hit, decoy);
        self.by_digits.entry((family, digits)).or_default().add(hit, decoy);
    }
}

/// A value of the same precision, up to half a decade away, with the unit of its last digit.
fn drawn(value: Enclosure, draw: &mut Draw) -> (Enclosure, f64) {
    const STEPS: usize = 1_000_000;
    #[expect(clippy::cast_precision_loss, reason = "a million steps are exact")]
    let share = draw.below(STEPS) as f64 / STEPS as f64;
    let moved = value.middle() * libm::pow(10.0, share - 0.5);
    let (unit, half) = if value.width() > 0.0 { (value.width(), value.width() / 2.0) } else { (1.0, 0.0) };
    let rounded = libm::round(moved / unit) * unit;
    (Enclosure { lo: rounded - half, hi: rounded + half }, unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_chance_hits_is_not_derivable() {
        let hits = |targets: usize, hit: usize| Hits { targets, hit };
        let mut tally = DecoyTally::default();
        let own = |class: usize| (FormFamily::UpToThree, class);
        tally.by_expectation.insert(own(1), Pair { real: hits(50, 10), decoy: hits(200, 4) });
        tally.by_expectation.insert(own(6), Pair { real: hits(100, 40), decoy: hits(400, 120) });
        tally.by_expectation.insert((FormFamily::UpToTwo, 1), Pair { real: hits(50, 50), decoy: hits(200, 0) });
        assert!((tally.derivable(Some(0.03)) - 9.0).abs() < 1e-9);
        assert!((tally.derivable(None) - 19.0).abs() < 1e-9);
    }

    #[test]
    fn a_decoy_keeps_its_precision_and_its_magnitude() {
        let mut draw = Draw::new(1, &["paper", "7"]);
        for _ in 0..50 {
            let (decoy, _) = drawn(Enclosure { lo: 2.195, hi: 2.205 }, &mut draw);
            assert!((decoy.width() - 0.01).abs() < 1e-9, "{decoy:?}");
            assert!(decoy.middle() > 0.68 && decoy.middle() < 7.0, "{decoy:?}");
            let (count, _) = drawn(Enclosure::point(240.0), &mut draw);
            assert!(count.width() == 0.0 && (count.lo - libm::round(count.lo)).abs() < 1e-9, "{count:?}");
        }
    }
}
