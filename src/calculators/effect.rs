//! An effect size against the statistic, the means or the counts that it comes from.
//!
//! Several formulas are in use under one name. The stated value is consistent where one that the row's columns allow gives
//! it; the reason names the formula. Of d, g, r and φ the sign does not count.

use crate::arithmetic::{RealSet, Value, rational};

use super::answer::{Answer, Verdict, derive, magnitudes};
use super::row::{Row, shown};
use super::settings::Settings;
use super::{Column, needed, optional};

pub(super) const COLUMNS: &[Column] = &[
    needed("effect", "d, dz, g, r, eta2p (or eta2), omega2, epsilon2, f, phi, V, OR or RR"),
    needed("value", "the effect size as printed"),
    optional("t", "for d, dz, g, r and eta2p: the t as printed"),
    optional("z", "for r: the z of a rank test, with n"),
    optional("F", "for d and g (two groups), eta2p, omega2, epsilon2 and f"),
    optional("chi2", "for phi and V"),
    optional("df", "the degrees of freedom of t"),
    optional("df1", "the first degrees of freedom of F"),
    optional("df2", "the second degrees of freedom of F"),
    optional("n", "for dz the pairs; for r, phi and V all people"),
    optional("n1", "for d and g: the size of the first group; n2 of the second"),
    optional("m1", "for d and g: mean and SD of the first group, m1 and sd1; m2 and sd2 of the second"),
    optional("k", "for V: the lesser of the numbers of rows and columns"),
    optional("a", "for OR and RR: those with the event in the first group; b without; c and d in the second"),
];

/// A formula that the columns allow: its words and the set of its values.
type Formula = (&'static str, RealSet);

struct Inputs<'r> {
    row: &'r Row<'r>,
    settings: &'r Settings,
}

impl Inputs<'_> {
    fn has(&self, names: &[&str]) -> bool {
        names.iter().all(|name| self.row.has(name))
    }

    fn value(&self, name: &str) -> Result<Value, String> {
        self.row.value(name, self.settings.rounding)
    }

    fn degrees(&self, name: &str) -> Result<Value, String> {
        self.row.degrees(name, self.settings.rounding)
    }

    fn counts(&self, names: &[&str]) -> Result<Vec<Value>, String> {
        names.iter().map(|name| self.row.count(name).map(Value::whole)).collect()
    }

    /// The t of the row, or the root of an F of two groups, with its degrees of freedom where they are given.
    fn t(&self) -> Result<Option<(Value, Option<Value>)>, String> {
        if self.has(&["t"]) {
            let degrees = self.has(&["df"]).then(|| self.degrees("df")).transpose()?;
            return Ok(Some((self.value("t")?, degrees)));
        }
        if self.has(&["F"]) && (!self.has(&["df1"]) || self.row.text("df1") == Some("1")) {
            let t = derive("sqrt", &[self.value("F")?])?;
            let degrees = self.has(&["df2"]).then(|| self.degrees("df2")).transpose()?;
            return Ok(Some((Value::number(t), degrees)));
        }
        Ok(None)
    }

    /// Cohen's d of two groups, with the degrees of freedom where they are known.
    fn d(&self) -> Result<(Vec<Formula>, Option<Value>), String> {
        let mut found = Vec::new();
        let mut degrees = None;
        if self.has(&["m1", "sd1", "m2", "sd2"]) {
            let group = |m: &str, sd: &str| Ok::<_, String>(vec![self.value(m)?, self.value(sd)?]);
            let (first, second) = (group("m1", "sd1")?, group("m2", "sd2")?);
            if self.has(&["n1", "n2"]) {
                let sizes = self.counts(&["n1", "n2"])?;
                let arguments = [&first[..], &sizes[..1], &second[..], &sizes[1..]].concat();
                found.push(("the pooled SD", derive("d_pooled", &arguments)?));
            }
            found.push(("the mean of the variances", derive("d_average", &[&first[..], &second[..]].concat())?));
            for (words, sd) in [("the SD of the first group", &first[1]), ("the SD of the second group", &second[1])] {
                let glass = derive("d_glass", &[first[0].clone(), second[0].clone(), sd.clone()]);
                found.extend(glass.ok().map(|set| (words, set)));
            }
        }
        if let Some((t, df)) = self.t()? {
            if self.has(&["n1", "n2"]) {
                let arguments = [&[t.clone()][..], &self.counts(&["n1", "n2"])?].concat();
                found.push(("t and the sizes", derive("d_from_t", &arguments)?));
            }
            if let Some(df) = &df {
                found.push(("t and two groups of one size", derive("d_equal_n", &[t.clone(), df.clone()])?));
                found.push(("2 t / sqrt(df)", derive("d_from_df", &[t, df.clone()])?));
            }
            degrees = df;
        }
        if degrees.is_none() && self.has(&["n1", "n2"]) {
            let sizes = self.counts(&["n1", "n2"])?;
            degrees = Some(Value::number(derive("-", &[Value::number(derive("sum", &sizes)?), Value::whole(2)])?));
        }
        Ok((found, degrees))
    }

    /// The F of the row with its degrees of freedom, or the square of a t.
    fn f(&self) -> Result<Vec<Value>, String> {
        if self.has(&["F", "df1", "df2"]) {
            return Ok(vec![self.value("F")?, self.degrees("df1")?, self.degrees("df2")?]);
        }
        let t = self.value("t").map_err(|_| "F with df1 and df2, or t with df, is missing".to_owned())?;
        let square = magnitudes(t.set)?.map(|part| [part.powi(2)]);
        Ok(vec![Value::number(square), Value::whole(1), self.degrees("df")?])
    }

    fn formulas(&self, effect: &str) -> Result<Vec<Formula>, String> {
        let of_f = |name: &str, words| Ok(vec![(words, derive(name, &self.f()?)?)]);
        match effect {
            "d" => Ok(self.d()?.0),
            "g" => {
                let (found, degrees) = self.d()?;
                let degrees = degrees.ok_or("df, or n1 and n2, is missing")?;
                let corrected =
                    |(words, d): Formula| Ok((words, derive("g_hedges", &[Value::number(d), degrees.clone()])?));
                found.into_iter().map(corrected).collect()
            }
            "dz" => {
                let t = self.value("t")?;
                let n = if self.has(&["n"]) { self.row.count("n")? } else { self.row.count("df")?.saturating_add(1) };
                Ok(vec![("t / sqrt(n)", derive("dz_from_t", &[t, Value::whole(n)])?)])
            }
            "r" if self.has(&["z"]) => {
                let n = Value::whole(self.row.count("n")?);
                Ok(vec![("z / sqrt(N)", derive("r_from_z", &[self.value("z")?, n])?)])
            }
            "r" => {
                let (t, df) = self.t()?.ok_or("t with df, or z with n, is missing")?;
                Ok(vec![("t and df", derive("r_from_t", &[t, df.ok_or("df is missing")?])?)])
            }
            "eta2p" | "eta2" | "np2" => of_f("eta2_partial", "F and its degrees of freedom"),
            "omega2" => of_f("omega2_partial", "F and its degrees of freedom"),
            "epsilon2" => of_f("epsilon2_partial", "F and its degrees of freedom"),
            "f" => of_f("f_cohen", "F and its degrees of freedom"),
            "phi" => {
                let n = Value::whole(self.row.count("n")?);
                Ok(vec![("chi2 and N", derive("phi", &[self.value("chi2")?, n])?)])
            }
            "v" => {
                let sizes = self.counts(&["n", "k"])?;
                Ok(vec![("chi2, N and k", derive("cramers_v", &[&[self.value("chi2")?][..], &sizes].concat())?)])
            }
            "or" => Ok(vec![("the counts", derive("odds_ratio", &self.counts(&["a", "b", "c", "d"])?)?)]),
            "rr" => Ok(vec![("the counts", derive("risk_ratio", &self.counts(&["a", "b", "c", "d"])?)?)]),
            other => Err(format!(
                "effect is not one of d, dz, g, r, eta2p, omega2, epsilon2, f, phi, V, OR, RR: {}",
                shown(other)
            )),
        }
    }
}

pub(super) fn judge(row: &Row, settings: &Settings) -> Result<Answer, String> {
    let name = row.text("effect").ok_or("effect is missing")?;
    let effect = name.to_lowercase();
    let stated = row.stated("value", settings.rounding)?.set;
    let formulas = Inputs { row, settings }.formulas(&effect)?;
    if formulas.is_empty() {
        return Err("the columns do not hold what the effect is made of".to_owned());
    }
    let signed = !matches!(effect.as_str(), "d" | "dz" | "g" | "r" | "phi");
    let stated = if signed { stated } else { magnitudes(stated)? };
    let mut all = RealSet::empty();
    let mut fits = None;
    for (words, set) in formulas {
        let set = if signed { set } else { magnitudes(set)? };
        if fits.is_none() && set.meets(&stated) {
            fits = Some(words);
        }
        all = all.union(&set);
    }
    let zero = stated.contains(&rational::whole(0)) && effect == "omega2" && fits.is_none();
    Ok(match fits {
        Some(words) => Answer::with_hull(Verdict::Consistent, &all, format!("{name} follows by {words}")),
        None if zero
            && all.hull().is_some_and(|hull| hull.hi().value().is_some_and(|high| *high < rational::whole(0))) =>
        {
            Answer::with_hull(Verdict::Consistent, &all, "omega2 below zero is written as zero".to_owned())
        }
        None => {
            Answer::with_hull(Verdict::Inconsistent, &all, format!("{name} does not follow from the printed values"))
        }
    })
}
