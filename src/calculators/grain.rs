//! Means, percentages and SDs of whole numbers: GRIM, GRIMMER, DEBIT, and the bounds of an SD on a scale.

use crate::arithmetic::samples::Domain;
use crate::arithmetic::{Printed, RealSet, Value, rational};

use super::answer::{Answer, Verdict, derive};
use super::row::{Row, printed};
use super::settings::Settings;
use super::{Column, needed, optional};

const N: Column = needed("n", "how many people the mean is of, a whole number");
const MEAN: Column = needed("mean", "the mean as printed: its digits carry its precision");
const SD: Column = needed("sd", "the SD as printed");
const ITEMS: Column =
    optional("items", "how many whole numbers each person's value is the mean of; instead of --items");
const LOW: Column = optional("scale_low", "the least answer of the scale, a whole number; instead of --domain");
const MIN: Column = optional("min", "the least answer that anyone gave, a whole number; with max");
const MAX: Column = optional("max", "the greatest answer that anyone gave, a whole number; with min");
const HIGH: Column = optional("scale_high", "the greatest answer of the scale, a whole number; instead of --domain");

pub(super) const GRIM: &[Column] = &[
    optional("mean", "the mean as printed: its digits carry its precision"),
    optional("percent", "instead of the mean, a percentage of the n people as printed, with or without %"),
    N,
    ITEMS,
];
pub(super) const GRIMMER: &[Column] = &[MEAN, SD, N, ITEMS, LOW, HIGH, MIN, MAX];
pub(super) const DEBIT: &[Column] = &[MEAN, SD, N];
pub(super) const SD_RANGE: &[Column] =
    &[MEAN, N, optional("sd", "the SD as printed; without it only the bounds are given"), LOW, HIGH, ITEMS];

/// The items of a row.
fn items(row: &Row, settings: &Settings) -> Result<i64, String> {
    if row.has("items") { row.count("items") } else { Ok(settings.items) }
}

/// The scale of a row.
fn domain(row: &Row, settings: &Settings) -> Result<Domain, String> {
    let end = |name: &str, other: Option<i64>| if row.has(name) { row.count(name).map(Some) } else { Ok(other) };
    if !row.has("scale_low") && !row.has("scale_high") {
        return Ok(settings.domain);
    }
    Ok(Domain { low: end("scale_low", None)?, high: end("scale_high", None)? })
}

/// Mean and SD of a scale that is turned over where it has only an upper end, so that functions that take a lower end do.
fn turned(domain: Domain, mean: &RealSet) -> (Domain, RealSet) {
    match domain {
        Domain { low: None, high: Some(high) } => {
            (Domain { low: Some(-high), high: None }, mean.map(|part| [part.neg()]))
        }
        other => (other, mean.clone()),
    }
}

fn ends(domain: Domain) -> Vec<Value> {
    domain.low.into_iter().chain(domain.high).map(Value::whole).collect()
}

fn words(domain: Domain) -> String {
    match (domain.low, domain.high) {
        (None, None) => "whole numbers".to_owned(),
        (Some(0), None) => "whole numbers from 0 on".to_owned(),
        (Some(low), None) => format!("whole numbers from {low} on"),
        (None, Some(high)) => format!("whole numbers up to {high}"),
        (Some(low), Some(high)) => format!("whole numbers from {low} to {high}"),
    }
}

/// The reason why a value is out of reach, with what would reconcile it.
fn out_of_reach(what: String, wide: Option<bool>) -> String {
    if wide == Some(true) {
        format!("{what}; it is possible if the number was truncated or rounded twice")
    } else {
        what
    }
}

pub(super) fn grim(row: &Row, settings: &Settings) -> Result<Answer, String> {
    let (number, function, hundredths) = if row.has("mean") {
        (row.number("mean")?, "grim", false)
    } else if let Some(text) = row.text("percent") {
        let number = printed(text.trim_end_matches('%').trim_end());
        (number.ok_or_else(|| format!("percent is not a plain decimal number: {text}"))?, "grim_percent", true)
    } else {
        return Err("mean or percent is missing".to_owned());
    };
    let (n, items) = (row.count("n")?, items(row, settings)?);
    let factor = rational::ratio(1, if hundredths { 100 } else { 1 });
    let reached = |set: &RealSet| -> Result<RealSet, String> {
        let arguments = [Value::number(set.scale(&factor)), Value::whole(n), Value::whole(items)];
        Ok(derive(function, &arguments)?.scale(&factor.recip()))
    };
    let stated = settings.rounding.set(&number);
    let possible = reached(&stated)?;
    let what = if hundredths { "share" } else { "mean" };
    let all = n.saturating_mul(items);
    if possible.meets(&stated) {
        let spaced =
            number.unit_in_last_place() * rational::whole(all) >= rational::whole(if hundredths { 100 } else { 1 });
        let reason = if spaced {
            format!("every {what} of {all} whole numbers would print: the digits are too few to tell")
        } else {
            format!("a {what} of {all} whole numbers prints so")
        };
        return Ok(Answer::with_nearest(Verdict::Consistent, &possible, &stated, reason));
    }
    let wide = number.wide();
    let wide = reached(&wide).map(|possible| possible.meets(&wide)).ok();
    let reason = out_of_reach(format!("no {what} of {all} whole numbers prints as {}", number.text), wide);
    Ok(Answer::with_nearest(Verdict::Inconsistent, &possible, &stated, reason))
}

/// A printed mean and SD and the sets that they stand for.
struct Pair {
    mean: Printed,
    sd: Printed,
}

impl Pair {
    fn read(row: &Row) -> Result<Self, String> {
        let sd = row.number("sd")?;
        if sd.negative {
            return Err("an SD is not below zero".to_owned());
        }
        Ok(Self { mean: row.number("mean")?, sd })
    }

    /// Judges the SD against what a function says for each kind of SD that it may be.
    fn judge(
        &self,
        settings: &Settings,
        possible: impl Fn(&str, &RealSet, &RealSet) -> Result<RealSet, String>,
        whose: &str,
    ) -> Result<Answer, String> {
        let (mean, sd) = (settings.rounding.set(&self.mean), settings.rounding.set(&self.sd));
        let mut all = RealSet::empty();
        for (kind, word) in settings.sd.kinds() {
            let set = possible(kind, &mean, &sd)?;
            if set.meets(&sd) {
                let reason = format!("{whose} have this mean and {word} SD");
                return Ok(Answer::with_nearest(Verdict::Consistent, &set, &sd, reason));
            }
            all = all.union(&set);
        }
        let (mean, wide) = (self.mean.wide(), self.sd.wide());
        let met =
            settings.sd.kinds().iter().any(|(kind, _)| possible(kind, &mean, &wide).is_ok_and(|set| set.meets(&wide)));
        let reason =
            out_of_reach(format!("no {whose} have mean {} and SD {}", self.mean.text, self.sd.text), Some(met));
        Ok(Answer::with_nearest(Verdict::Inconsistent, &all, &sd, reason))
    }
}

pub(super) fn grimmer(row: &Row, settings: &Settings) -> Result<Answer, String> {
    let (pair, n) = (Pair::read(row)?, row.count("n")?);
    let (items, scale) = (items(row, settings)?, domain(row, settings)?);
    if row.has("min") || row.has("max") {
        return of_extremes(row, settings, &pair, (n, items), scale);
    }
    let reached = |kind: &str, mean: &RealSet, sd: &RealSet| {
        let (scale, mean) = turned(scale, mean);
        let mut arguments = vec![Value::number(mean), Value::number(sd.clone()), Value::whole(n), Value::whole(items)];
        arguments.extend(ends(scale));
        derive(&format!("grimmer{kind}"), &arguments)
    };
    let whose =
        if items == 1 { format!("{n} {}", words(scale)) } else { format!("{n} means of {items} {}", words(scale)) };
    no_mean(row, settings, n, items, scale).map_or_else(|| pair.judge(settings, reached, &whose), Ok)
}

/// The answer where the least and the greatest answer are known: one of each is among the whole numbers.
fn of_extremes(
    row: &Row,
    settings: &Settings,
    pair: &Pair,
    (n, items): (i64, i64),
    scale: Domain,
) -> Result<Answer, String> {
    let (least, greatest) = (row.count("min")?, row.count("max")?);
    if items != 1 {
        return Err("min and max are those of single answers: leave out the items".to_owned());
    }
    let impossible = |reason: String| Ok(Answer { verdict: Verdict::Inconsistent, lower: None, upper: None, reason });
    if least > greatest {
        return impossible(format!("the least answer {least} is above the greatest {greatest}"));
    }
    let outside = scale.low.is_some_and(|low| least < low) || scale.high.is_some_and(|high| greatest > high);
    if outside {
        return impossible(format!("an answer from {least} to {greatest} is outside the scale"));
    }
    let whose = format!("{n} whole numbers from {least} to {greatest}, both among them,");
    let ends = [n, least, greatest].map(Value::whole);
    let stated = settings.rounding.set(&pair.mean);
    let within = derive("mean_attained", &ends)?.intersection(&stated);
    let totals = derive("grim", &[Value::number(stated.clone()), Value::whole(n)])?;
    if !totals.meets(&within) {
        return impossible(format!("no {whose} have mean {}", pair.mean.text));
    }
    let reached = |kind: &str, mean: &RealSet, sd: &RealSet| {
        let mut arguments = vec![Value::number(mean.clone()), Value::number(sd.clone())];
        arguments.extend(ends.iter().cloned());
        derive(&format!("grimmer_attained{kind}"), &arguments)
    };
    pair.judge(settings, reached, &whose)
}

/// The answer where the mean itself is out of reach, so that no SD can be right.
fn no_mean(row: &Row, settings: &Settings, n: i64, items: i64, scale: Domain) -> Option<Answer> {
    let number = row.number("mean").ok()?;
    let stated = settings.rounding.set(&number);
    let means = |set: &RealSet| derive("grim", &[Value::number(set.clone()), Value::whole(n), Value::whole(items)]);
    let reason = if means(&stated).ok()?.meets(&stated) {
        let hull = stated.hull()?;
        let low = scale.low.is_some_and(|low| hull.hi().value().is_some_and(|high| *high < rational::whole(low)));
        let high = scale.high.is_some_and(|high| hull.lo().value().is_some_and(|low| *low > rational::whole(high)));
        if !low && !high {
            return None;
        }
        format!("the mean {} is outside the scale", number.text)
    } else {
        let wide = number.wide();
        let wide = means(&wide).ok().map(|possible| possible.meets(&wide));
        let all = n.saturating_mul(items);
        out_of_reach(format!("no mean of {all} whole numbers prints as {}", number.text), wide)
    };
    Some(Answer { verdict: Verdict::Inconsistent, lower: None, upper: None, reason })
}

pub(super) fn debit(row: &Row, settings: &Settings) -> Result<Answer, String> {
    let (pair, n) = (Pair::read(row)?, row.count("n")?);
    let reached = |kind: &str, mean: &RealSet, _: &RealSet| {
        derive(&format!("debit{kind}"), &[Value::number(mean.clone()), Value::whole(n)])
    };
    let binary = Domain { low: Some(0), high: Some(1) };
    no_mean(row, settings, n, 1, binary)
        .map_or_else(|| pair.judge(settings, reached, &format!("{n} zeros and ones")), Ok)
}

pub(super) fn sd_range(row: &Row, settings: &Settings) -> Result<Answer, String> {
    let (n, items, scale) = (row.count("n")?, items(row, settings)?, domain(row, settings)?);
    let (Some(_), Some(_)) = (scale.low, scale.high) else {
        return Err("the scale has no two ends: give scale_low and scale_high or --domain A:B".to_owned());
    };
    let mean = row.number("mean")?;
    if let Some(answer) = no_mean(row, settings, n, items, scale) {
        return Ok(answer);
    }
    let range = |kind: &str, mean: &RealSet, _: &RealSet| {
        let mut arguments = vec![Value::number(mean.clone()), Value::whole(n)];
        arguments.extend(ends(scale));
        arguments.push(Value::whole(items));
        derive(&format!("sd_range{kind}"), &arguments)
    };
    let set = settings.rounding.set(&mean);
    let ranges = settings.sd.kinds().iter().map(|(kind, _)| range(kind, &set, &set)).collect::<Result<Vec<_>, _>>()?;
    let all = ranges.into_iter().reduce(|a, b| a.union(&b)).unwrap_or_else(RealSet::empty);
    let whose = format!("{n} {} with mean {}", words(scale), mean.text);
    if !row.has("sd") {
        return Ok(Answer::with_hull(
            Verdict::NotChecked,
            &all,
            format!("no SD is stated; the bounds are those of {whose}"),
        ));
    }
    let mut answer = Pair::read(row)?.judge(settings, range, &format!("{n} {}", words(scale)))?;
    if answer.verdict == Verdict::Consistent {
        answer.reason = format!("the SD is within the bounds of {whose}");
    }
    let Answer { lower, upper, .. } = Answer::with_hull(answer.verdict, &all, String::new());
    Ok(Answer { lower, upper, ..answer })
}
