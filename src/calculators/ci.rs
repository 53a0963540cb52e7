//! An estimate, its confidence interval, its standard error and its p against each other.
//!
//! A symmetric interval has its estimate in the middle; of odds, risk and hazard ratios this holds of the logarithms. Without
//! degrees of freedom the normal quantile is used, and what Student's t of some degrees of freedom would reconcile is
//! undecided. Exact, profile, bootstrap and credible intervals are no such intervals.

use crate::arithmetic::{Interval, RealSet, Value, rational};

use super::answer::{Answer, Verdict, derive};
use super::p_value::{decision, stated_p};
use super::row::{Row, shown};
use super::settings::Settings;
use super::{Column, needed, optional};

pub(super) const COLUMNS: &[Column] = &[
    needed("estimate", "the estimate as printed"),
    needed("low", "the lower limit as printed"),
    needed("high", "the upper limit as printed"),
    optional("level", "the level of confidence in percent; empty is 95"),
    optional("measure", "linear or ratio; empty is either, as far as the numbers are above zero"),
    optional("se", "the standard error as printed; of a ratio that of its logarithm"),
    optional("p", "the two-sided p as printed, against 0, of a ratio against 1"),
    optional("df", "degrees of freedom, where the interval is by Student's t"),
];

/// Degrees of freedom between which Student's t is tried where none are given.
const TRIED: [i64; 12] = [1, 2, 3, 4, 6, 9, 14, 22, 40, 80, 200, 1000];

/// The row's numbers.
struct Numbers {
    estimate: Value,
    limits: [Value; 2],
    level: Value,
    degrees: Option<Value>,
}

/// What a row says under one measure, and why.
struct Finding {
    verdict: Verdict,
    possible: RealSet,
    reason: String,
}

impl Numbers {
    fn read(row: &Row, settings: &Settings) -> Result<Self, String> {
        let value = |name: &str| row.value(name, settings.rounding);
        let level = if row.has("level") { row.number("level")?.point() } else { rational::whole(95) };
        let level = if level > rational::whole(1) { level / rational::whole(100) } else { level };
        Ok(Self {
            estimate: value("estimate")?,
            limits: [value("low")?, value("high")?],
            level: Value::point(level),
            degrees: row.has("df").then(|| row.degrees("df", settings.rounding)).transpose()?,
        })
    }

    fn derive(&self, name: &str, with_estimate: bool, degrees: Option<&Value>) -> Result<RealSet, String> {
        let mut arguments = Vec::new();
        if with_estimate {
            arguments.push(self.estimate.clone());
        }
        arguments.extend(self.limits.iter().cloned());
        arguments.push(self.level.clone());
        arguments.extend(degrees.cloned());
        derive(name, &arguments)
    }

    /// Whether a quantity under some Student's t could be the stated one: it changes one way with the degrees of freedom from
    /// one of [`TRIED`] to the next, so the hulls of neighbours hold what is between.
    fn by_student(&self, name: &str, with_estimate: bool, stated: &RealSet) -> bool {
        let sets: Vec<RealSet> =
            TRIED.iter().filter_map(|df| self.derive(name, with_estimate, Some(&Value::whole(*df))).ok()).collect();
        sets.windows(2).any(|pair| pair[0].union(&pair[1]).hull().is_some_and(|hull| RealSet::from(hull).meets(stated)))
    }

    fn judge(&self, suffix: &str, row: &Row, settings: &Settings) -> Result<Finding, String> {
        let centre = derive(&format!("ci_centre{suffix}"), &self.limits)?;
        if !centre.meets(&self.estimate.set) {
            let middle = if suffix.is_empty() { "the middle" } else { "the geometric middle" };
            let reason = format!("the estimate is not in {middle} of the interval");
            return Ok(Finding { verdict: Verdict::Inconsistent, possible: centre, reason });
        }
        let mut undecided = None;
        let stated_se = row.has("se").then(|| row.value("se", settings.rounding)).transpose()?.map(|value| value.set);
        let stated_p = row.has("p").then(|| stated_p(row, settings)).transpose()?;
        let checks =
            [("se", format!("ci_se{suffix}"), false, stated_se), ("p", format!("p_from_ci{suffix}"), true, stated_p)];
        for (what, name, with_estimate, stated) in checks {
            let Some(stated) = stated else { continue };
            let possible = self.derive(&name, with_estimate, self.degrees.as_ref())?;
            if possible.meets(&stated) {
                continue;
            }
            if self.degrees.is_none() && self.by_student(&name, with_estimate, &stated) {
                let reason = format!("{what} would follow by Student's t with few degrees of freedom; df does not say");
                undecided = Some(Finding { verdict: Verdict::Undecided, possible, reason });
                continue;
            }
            let change = if what == "p" { decision(&stated, &possible) } else { "" };
            let reason = format!("{what} does not follow from the interval{change}");
            return Ok(Finding { verdict: Verdict::Inconsistent, possible, reason });
        }
        Ok(undecided.unwrap_or_else(|| Finding {
            verdict: Verdict::Consistent,
            possible: centre,
            reason: format!("all fit as {}", if suffix.is_empty() { "a linear measure" } else { "a ratio" }),
        }))
    }

    /// What no measure allows: limits the wrong way round, the estimate outside them.
    fn disorder(&self) -> Option<&'static str> {
        let hull = |value: &Value| value.set.hull();
        let (low, estimate, high) = (hull(&self.limits[0])?, hull(&self.estimate)?, hull(&self.limits[1])?);
        let certainly_above = |a: &Interval, b: &Interval| matches!((a.lo().value(), b.hi().value()), (Some(low), Some(high)) if low > high);
        if certainly_above(&low, &high) {
            Some("the lower limit is above the upper one")
        } else if certainly_above(&low, &estimate) || certainly_above(&estimate, &high) {
            Some("the estimate is outside its interval")
        } else {
            None
        }
    }
}

pub(super) fn judge(row: &Row, settings: &Settings) -> Result<Answer, String> {
    let numbers = Numbers::read(row, settings)?;
    if let Some(reason) = numbers.disorder() {
        let hull = numbers.limits[0].set.union(&numbers.limits[1].set);
        return Ok(Answer::with_hull(Verdict::Inconsistent, &hull, reason.to_owned()));
    }
    let zero = RealSet::from(Interval::above(rational::whole(0), false));
    let all_positive =
        numbers.limits.iter().chain([&numbers.estimate]).all(|value| value.set.intersection(&zero) == value.set);
    let suffixes: &[&str] = match row.text("measure").map(str::to_lowercase).as_deref() {
        Some("ratio") if !all_positive => {
            return Err("a number can be zero or below, so there is no logarithm".to_owned());
        }
        Some("ratio") => &["_ratio"],
        None if all_positive => &["", "_ratio"],
        None | Some("linear") => &[""],
        Some(other) => return Err(format!("measure is not linear or ratio: {}", shown(other))),
    };
    let found = suffixes.iter().map(|suffix| numbers.judge(suffix, row, settings)).collect::<Result<Vec<_>, _>>()?;
    // Of two measures that are open the one that says least against the row counts.
    let rank = |finding: &Finding| match finding.verdict {
        Verdict::Consistent => 0,
        Verdict::Undecided | Verdict::NotChecked => 1,
        Verdict::Inconsistent => 2,
    };
    let mut reasons: Vec<&str> = found.iter().map(|finding| finding.reason.as_str()).collect();
    reasons.dedup();
    let all = reasons.join("; as a ratio ");
    let best = found.iter().min_by_key(|finding| rank(finding)).ok_or("nothing could be judged")?;
    let reason = if best.verdict == Verdict::Inconsistent { all } else { best.reason.clone() };
    Ok(Answer::with_hull(best.verdict, &best.possible, reason))
}
