//! A t or F, and its p, against means, SDs and sizes of groups.
//!
//! The SDs or standard errors of every group are read as printed; over all that they can stand for, the statistic has exact
//! bounds. A t of two groups is consistent where the pooled or Welch's form gives it, unless `test` says which; an F is the classical one.

use crate::arithmetic::{RealSet, Value, elementary, rational};

use super::answer::{Answer, Verdict, derive, magnitudes};
use super::p_value::{decision, stated_p};
use super::row::{Row, shown};
use super::settings::{Deviation, Settings};
use super::{Column, needed, optional};

/// The most groups of a row.
const MAX_GROUPS: usize = 64;

pub(super) const COLUMNS: &[Column] = &[
    needed("m1", "the mean of the first group as printed; m2, m3 … of the others, as many as there are"),
    optional("sd1", "its SD as printed; sd2, sd3 …"),
    optional("se1", "instead of the SD, its standard error; se2, se3 …"),
    needed("n1", "its size; n2, n3 …"),
    optional("F", "the F as printed"),
    optional("t", "the t of two groups as printed; its sign does not count"),
    optional("p", "the p as printed; judged where F or t is not given or fits"),
    optional("test", "pooled, welch or oneway; empty is oneway for F, and pooled or welch for t"),
    optional("r", "the correlation of two measurements of the same n1 people: a paired t"),
];

/// The groups of a row as arguments: mean, SD, size of each.
fn groups(row: &Row, settings: &Settings, population: bool) -> Result<Vec<Value>, String> {
    let mut groups = Vec::new();
    for at in 1..=MAX_GROUPS {
        let name = |what: &str| format!("{what}{at}");
        if !row.has(&name("m")) {
            break;
        }
        let n = row.count(&name("n"))?;
        if n < 2 {
            return Err(format!("n{at} is below 2"));
        }
        let root = |number| elementary::sqrt(&RealSet::point(number)).ok_or("there is no root".to_owned());
        let sd = if row.has(&name("sd")) {
            let sd = row.value(&name("sd"), settings.rounding)?.set;
            if population { sd.mul(&root(rational::ratio(n, n - 1))?) } else { sd }
        } else if row.has(&name("se")) {
            row.value(&name("se"), settings.rounding)?.set.mul(&root(rational::whole(n))?)
        } else {
            return Err(format!("sd{at} is missing"));
        };
        groups.extend([row.value(&name("m"), settings.rounding)?, Value::number(sd), Value::whole(n)]);
    }
    if groups.len() < 6 { Err("there are no two groups".to_owned()) } else { Ok(groups) }
}

/// A form of the test: its name, the set of |t| or F, and the arguments of its p-value.
struct Form {
    words: &'static str,
    is_t: bool,
    statistic: RealSet,
    degrees: Vec<Value>,
}

impl Form {
    fn p(&self) -> Result<RealSet, String> {
        let mut arguments = vec![Value::number(self.statistic.clone())];
        arguments.extend(self.degrees.iter().cloned());
        derive(if self.is_t { "p_t" } else { "p_f" }, &arguments)
    }

    /// The same as F: of a t its square.
    fn squared(&self) -> RealSet {
        if self.is_t { self.statistic.map(|part| [part.powi(2)]) } else { self.statistic.clone() }
    }
}

fn forms(row: &Row, groups: &[Value]) -> Result<Vec<Form>, String> {
    let size = |at: usize| groups.get(3 * at + 2).cloned().unwrap_or_else(|| Value::whole(0));
    let count = i64::try_from(groups.len() / 3).unwrap_or(0);
    let t = |name: &str, words, arguments: &[Value], degrees| -> Result<Form, String> {
        Ok(Form { words, is_t: true, statistic: magnitudes(derive(name, arguments)?)?, degrees: vec![degrees] })
    };
    if row.has("r") {
        if count != 2 || size(0) != size(1) {
            return Err("a paired t has two measurements of the same number of people".to_owned());
        }
        let r = row.number("r")?;
        let arguments = [&groups[..2], &groups[3..5], &[Value::number(r.tight()), size(0)]].concat();
        let degrees = derive("-", &[size(0), Value::whole(1)])?;
        return Ok(vec![t("t_paired", "a paired t", &arguments, Value::number(degrees))?]);
    }
    let all = groups.iter().skip(2).step_by(3).cloned().collect::<Vec<_>>();
    let within = derive("-", &[Value::number(derive("sum", &all)?), Value::whole(count)])?;
    let oneway = || -> Result<Form, String> {
        let degrees = vec![Value::whole(count - 1), Value::number(within.clone())];
        Ok(Form { words: "a one-way F", is_t: false, statistic: derive("f_oneway", groups)?, degrees })
    };
    let pooled = || t("t_pooled", "a pooled t", groups, Value::number(within.clone()));
    let welch = || {
        let degrees = derive("df_welch", &[groups[1].clone(), size(0), groups[4].clone(), size(1)])?;
        t("t_welch", "Welch's t", groups, Value::number(degrees))
    };
    match (row.text("test").map(str::to_lowercase).as_deref(), count) {
        // An F of two groups is the classical one unless the row says otherwise; of a t both forms are in use.
        (None, 2) if row.has("F") => Ok(vec![pooled()?]),
        (None, 2) => Ok(vec![pooled()?, welch()?]),
        (None | Some("oneway"), _) => Ok(vec![oneway()?]),
        (Some("pooled"), 2) => Ok(vec![pooled()?]),
        (Some("welch"), 2) => Ok(vec![welch()?]),
        (Some("pooled" | "welch"), _) => Err("a t compares two groups".to_owned()),
        (Some(other), _) => Err(format!("test is not pooled, welch or oneway: {}", shown(other))),
    }
}

/// A statistic or p that a row states, and what the forms give for it.
struct Claim {
    name: &'static str,
    stated: RealSet,
}

fn claims(row: &Row, settings: &Settings) -> Result<Vec<Claim>, String> {
    let mut claims = Vec::new();
    for name in ["F", "t"] {
        if row.has(name) {
            let stated = row.stated(name, settings.rounding)?.set;
            claims.push(Claim { name, stated: if name == "t" { magnitudes(stated)? } else { stated } });
        }
    }
    if row.has("p") {
        claims.push(Claim { name: "p", stated: stated_p(row, settings)? });
    }
    if claims.is_empty() { Err("neither F nor t nor p is stated".to_owned()) } else { Ok(claims) }
}

pub(super) fn judge(row: &Row, settings: &Settings) -> Result<Answer, String> {
    let claims = claims(row, settings)?;
    let sds: &[bool] = match settings.sd {
        Deviation::Sample => &[false],
        Deviation::Population => &[true],
        Deviation::Either => &[false, true],
    };
    let mut found = Vec::new();
    for population in sds {
        found.extend(forms(row, &groups(row, settings, *population)?)?);
    }
    let mut answer: Option<Answer> = None;
    for claim in &claims {
        if claim.name == "t" && found.iter().any(|form| !form.is_t && form.degrees.first() != Some(&Value::whole(1))) {
            return Err("a t compares two groups".to_owned());
        }
        let of = |form: &Form| match claim.name {
            "p" => form.p(),
            "t" if !form.is_t => derive("sqrt", &[Value::number(form.statistic.clone())]),
            "t" => Ok(form.statistic.clone()),
            _ => Ok(form.squared()),
        };
        let sets = found.iter().map(of).collect::<Result<Vec<_>, _>>()?;
        let fits = sets.iter().position(|set| set.meets(&claim.stated));
        let all = sets.iter().fold(RealSet::empty(), |all, set| all.union(set));
        let Some(at) = fits else {
            let change = if claim.name == "p" { decision(&claim.stated, &all) } else { "" };
            let reason = format!("{} does not follow from means, SDs and sizes{change}", claim.name);
            return Ok(Answer::with_hull(Verdict::Inconsistent, &all, reason));
        };
        let words = found.get(at).map_or("", |form| form.words);
        let next = Answer::with_hull(Verdict::Consistent, &all, format!("{} follows by {words}", claim.name));
        answer = answer.or(Some(next));
    }
    answer.ok_or_else(|| "nothing is stated".to_owned())
}
