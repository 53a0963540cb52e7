//! Diagnostic measures against the counts of a table of two by two.
//!
//! Each is a quotient of counts, so its exact value is compared.

use num_traits::Zero;

use crate::arithmetic::{Interval, Rational, RealSet, rational};

use super::answer::{Answer, Verdict};
use super::row::{Row, printed, shown};
use super::settings::Settings;
use super::{Column, needed, optional};

pub(super) const COLUMNS: &[Column] = &[
    needed("tp", "true positives, a count"),
    needed("fp", "false positives"),
    needed("fn", "false negatives"),
    needed("tn", "true negatives"),
    optional("sensitivity", "tp / (tp + fn), as a ratio or with %; also called recall"),
    optional("specificity", "tn / (tn + fp)"),
    optional("ppv", "tp / (tp + fp); also called precision"),
    optional("npv", "tn / (tn + fn)"),
    optional("accuracy", "(tp + tn) / all"),
    optional("prevalence", "(tp + fn) / all"),
    optional("f1", "2 tp / (2 tp + fp + fn)"),
    optional("lr_plus", "sensitivity / (1 - specificity)"),
    optional("lr_minus", "(1 - sensitivity) / specificity"),
    optional("dor", "the diagnostic odds ratio, tp tn / (fp fn)"),
];

struct Counts {
    tp: i64,
    fp: i64,
    r#fn: i64,
    tn: i64,
}

impl Counts {
    /// Numerator and denominator of a measure.
    fn measure(&self, name: &str) -> Option<(Rational, Rational)> {
        let w = rational::whole;
        let (tp, fp, lost, tn) = (w(self.tp), w(self.fp), w(self.r#fn), w(self.tn));
        let all = &tp + &fp + &lost + &tn;
        Some(match name {
            "sensitivity" | "recall" => (tp.clone(), tp + lost),
            "specificity" => (tn.clone(), tn + fp),
            "ppv" | "precision" => (tp.clone(), tp + fp),
            "npv" => (tn.clone(), tn + lost),
            "accuracy" => (tp + tn, all),
            "prevalence" => (tp + lost, all),
            "f1" => (w(2) * &tp, w(2) * tp + fp + lost),
            "lr_plus" => (&tp * (&tn + &fp), (tp + lost) * fp),
            "lr_minus" => (&lost * (&tn + fp), (tp + lost) * tn),
            "dor" => (tp * tn, fp * lost),
            _ => return None,
        })
    }
}

const MEASURES: [&str; 12] = [
    "sensitivity",
    "recall",
    "specificity",
    "ppv",
    "precision",
    "npv",
    "accuracy",
    "prevalence",
    "f1",
    "lr_plus",
    "lr_minus",
    "dor",
];

/// The values of a stated measure: with a percent sign, or above 1 where it is a share, it is a percentage.
fn stated(row: &Row, name: &str, settings: &Settings) -> Result<Option<RealSet>, String> {
    let Some(text) = row.text(name) else { return Ok(None) };
    let bare = text.trim_end_matches('%').trim_end();
    let number = printed(bare).ok_or_else(|| format!("{name} is not a plain decimal number: {}", shown(text)))?;
    let is_share = !matches!(name, "lr_plus" | "lr_minus" | "dor");
    let percent = bare.len() < text.len() || (is_share && number.point() > rational::whole(1));
    let set = settings.rounding.set(&number);
    Ok(Some(if percent { set.scale(&rational::ratio(1, 100)) } else { set }))
}

pub(super) fn judge(row: &Row, settings: &Settings) -> Result<Answer, String> {
    let count = |name: &str| {
        row.count(name).and_then(|count| {
            if (0..=1_000_000_000).contains(&count) { Ok(count) } else { Err(format!("{name} is not a count")) }
        })
    };
    let counts = Counts { tp: count("tp")?, fp: count("fp")?, r#fn: count("fn")?, tn: count("tn")? };
    let (mut fits, mut wrong, mut none) = (Vec::new(), Vec::new(), Vec::new());
    let mut first: Option<Rational> = None;
    for name in MEASURES {
        let Some(stated) = stated(row, name, settings)? else { continue };
        let Some((numerator, denominator)) = counts.measure(name) else { continue };
        if denominator.is_zero() {
            none.push(name);
            continue;
        }
        let exact = numerator / denominator;
        if stated.contains(&exact) {
            fits.push(name);
        } else {
            wrong.push(format!("{name} is {}", rational::to_short_text(&exact, 4)));
            first = first.or(Some(exact));
        }
    }
    let (verdict, reason) = if !wrong.is_empty() {
        (Verdict::Inconsistent, format!("does not follow from the counts: {}", wrong.join(", ")))
    } else if !fits.is_empty() {
        (Verdict::Consistent, format!("{} from the counts", if fits.len() == 1 { "follows" } else { "all follow" }))
    } else if let Some(name) = none.first() {
        return Err(format!("{name} has no value for these counts"));
    } else {
        return Err("no measure is stated".to_owned());
    };
    let possible = first.map_or_else(RealSet::empty, |exact| RealSet::from(Interval::point(exact)));
    Ok(Answer::with_hull(verdict, &possible, reason))
}
