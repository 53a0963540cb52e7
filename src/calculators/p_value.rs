//! A p-value against its test statistic.

use crate::arithmetic::{Interval, RealSet, Value, rational};

use super::answer::{Answer, Verdict, derive};
use super::row::{Row, shown};
use super::settings::Settings;
use super::{Column, needed, optional};

pub(super) const COLUMNS: &[Column] = &[
    needed("test", "t, F, chi2, z, r or Q"),
    needed("statistic", "its value as printed; \"< 1\" is read as a bound"),
    optional("df1", "degrees of freedom; of t, r, chi2 and Q the only ones; also called df"),
    optional("df2", "the second degrees of freedom of F"),
    needed("p", "as printed: .03, = .03, < .001, > .05, or ns, which is read as p > .05"),
    optional("tails", "1 or 2; empty is 2, and then a p that would be one-sided is undecided"),
];

/// The name of the function of a test, and how many degrees of freedom it has.
fn function(test: &str) -> Result<(&'static str, usize), String> {
    match test.to_lowercase().as_str() {
        "t" => Ok(("p_t", 1)),
        "f" => Ok(("p_f", 2)),
        "chi2" | "chisq" | "x2" | "χ2" | "χ²" => Ok(("p_chi2", 1)),
        "q" => Ok(("p_q", 1)),
        "z" => Ok(("p_z", 0)),
        "r" => Ok(("p_r", 1)),
        _ => Err(format!("the test is not one of t, F, chi2, z, r, Q: {}", shown(test))),
    }
}

/// The printed p; "ns" is above one in twenty.
pub(super) fn stated_p(row: &Row, settings: &Settings) -> Result<RealSet, String> {
    let text = row.text("p").ok_or("p is missing")?;
    let p = if matches!(text.to_lowercase().as_str(), "ns" | "n.s." | "n.s") {
        RealSet::from(Interval::above(rational::ratio(1, 20), false))
    } else {
        row.stated("p", settings.rounding)?.set
    };
    let all = RealSet::from(Interval::closed(rational::whole(0), rational::whole(1)));
    let p = p.intersection(&all);
    if p.is_empty() { Err(format!("p is not between 0 and 1: {}", shown(text))) } else { Ok(p) }
}

/// "; significant at .05 as printed, not as derived", where one is and the other is not.
pub(super) fn decision(stated: &RealSet, derived: &RealSet) -> &'static str {
    let alpha = rational::ratio(1, 20);
    let (low, high) = (
        RealSet::from(Interval::closed(rational::whole(0), alpha.clone())),
        RealSet::from(Interval::above(alpha, false)),
    );
    let (stated_low, stated_high) = (stated.meets(&low), stated.meets(&high));
    let (derived_low, derived_high) = (derived.meets(&low), derived.meets(&high));
    match (stated_low, stated_high, derived_low, derived_high) {
        (true, false, false, true) => "; significant at .05 as printed, not as derived",
        (false, true, true, false) => "; significant at .05 as derived, not as printed",
        _ => "",
    }
}

pub(super) fn judge(row: &Row, settings: &Settings) -> Result<Answer, String> {
    let test = row.text("test").ok_or("test is missing")?;
    let (name, degrees) = function(test)?;
    let statistic = row.stated("statistic", settings.rounding)?.set;
    // A bound below a two-sided statistic is one of its magnitude.
    let statistic =
        match statistic.hull().and_then(|hull| Some((hull.lo().value().cloned(), hull.hi().value()?.clone()))) {
            Some((None, high)) if matches!(name, "p_t" | "p_z" | "p_r") => {
                statistic.intersection(&RealSet::from(Interval::above(-high, false)))
            }
            _ => statistic,
        };
    let mut arguments = vec![Value::number(statistic)];
    if degrees > 0 {
        arguments.push(row.degrees(row.first(&["df1", "df"]).unwrap_or("df1"), settings.rounding)?);
    }
    if degrees > 1 {
        arguments.push(row.degrees("df2", settings.rounding)?);
    }
    let stated = stated_p(row, settings)?;
    let two = derive(name, &arguments)?;
    let one = two.scale(&rational::ratio(1, 2));
    let can_be_one_sided = matches!(name, "p_t" | "p_z" | "p_r")
        || arguments.get(1).is_some_and(|df| name == "p_f" && df.set.contains(&rational::whole(1)));
    let (derived, other) = match row.text("tails") {
        None => (&two, can_be_one_sided.then_some(&one)),
        Some("2") => (&two, None),
        Some("1") => (&one, None),
        Some(other) => return Err(format!("tails is not 1 or 2: {}", shown(other))),
    };
    let (verdict, reason) = if derived.meets(&stated) {
        (Verdict::Consistent, "the p-value follows from the statistic".to_owned())
    } else if other.is_some_and(|other| other.meets(&stated)) {
        (Verdict::Undecided, "the p-value would follow one-sided; tails does not say".to_owned())
    } else {
        let reason = format!("the p-value does not follow from the statistic{}", decision(&stated, derived));
        (Verdict::Inconsistent, reason)
    };
    Ok(Answer::with_hull(verdict, derived, reason))
}
