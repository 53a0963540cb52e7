//! What `rederive score` writes for people: tables of shares with their intervals.

use std::collections::BTreeSet;
use std::io::{self, Write};

use crate::derive::Level;
use crate::report::{one_line, plural};
use crate::score::{Factors, FalseAlarms, LabelScore, PlantedScore, ReachScore, Recall, Score, Share};

use super::score::Measured;

/// Writes all that was measured; with `list` single slips and findings too.
pub(super) fn text(measured: &Measured, list: bool, out: &mut dyn Write) -> io::Result<()> {
    let mut first = true;
    let mut part = |out: &mut dyn Write| if std::mem::take(&mut first) { Ok(()) } else { writeln!(out) };
    if let Some(score) = &measured.truth {
        part(out)?;
        truth(score, out)?;
    }
    match (&measured.reach, &measured.planted) {
        (Some(reach), Some(_)) => {
            part(out)?;
            factors(&measured.factors, out)?;
            absent(reach, out)?;
        }
        (Some(reach), None) => {
            part(out)?;
            reached(reach, out)?;
        }
        (None, Some(score)) => {
            part(out)?;
            recalls(score, out)?;
        }
        (None, None) => {}
    }
    if let Some(score) = &measured.planted {
        part(out)?;
        cells(score, out)?;
        missed(score, list, out)?;
    }
    if let Some(score) = &measured.labels {
        part(out)?;
        labels(score, list, out)?;
    }
    Ok(())
}

fn truth(score: &Score, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{:8}  {:34}  {:34}  coverage", "code", "precision", "recall")?;
    for code in &score.codes {
        let name = if code.code.is_empty() { "(none)" } else { &code.code };
        let (precision, recall) = (share(&code.precision), share(&code.recall));
        writeln!(out, "{name:8}  {precision:34}  {recall:34}  {}", share(&code.coverage))?;
    }
    if score.causes.of > 0 {
        writeln!(out, "\nThe cause is the one of the truth file in {}.", share(&score.causes))?;
    }
    if !score.false_flags.is_empty() {
        writeln!(out, "\n{}:", plural(score.false_flags.len(), "false flag"))?;
        for flag in &score.false_flags {
            let listed = if flag.listed { "listed as right" } else { "not listed" };
            writeln!(out, "  {} {} ({listed}): {}", flag.paper, flag.code, one_line(&flag.quote))?;
        }
    }
    if !score.missed.is_empty() {
        writeln!(out, "\n{}:", plural(score.missed.len(), "missed error"))?;
        for missed in &score.missed {
            let row = &missed.row;
            let right =
                if row.right_value.is_empty() { String::new() } else { format!(", right: {}", row.right_value) };
            writeln!(out, "  {} {} ({}{right}): {}", row.paper, row.code, missed.reason, one_line(&row.quote))?;
        }
    }
    if !score.absent.is_empty() {
        writeln!(out, "\nIn the truth file but not among the inputs: {}.", score.absent.join(", "))?;
    }
    if !score.unlabelled.is_empty() {
        writeln!(out, "\nNot counted, since the truth file does not name them: {}.", score.unlabelled.join(", "))?;
    }
    Ok(())
}

/// The three factors, the sums first, then the kinds of slips, then the rules.
fn factors(rows: &[Factors], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{:18}  {:32}  {:32}  product", "slip, rule", "reached", "recall among planted")?;
    for row in rows {
        let reach = row.reach.as_ref().map_or_else(|| "none listed".to_owned(), share);
        let product = match (row.product, row.ends) {
            (Some(product), Some((low, high))) => {
                format!("{:.1} % [{:.1}, {:.1}]", product * 100.0, low * 100.0, high * 100.0)
            }
            _ => "none".to_owned(),
        };
        writeln!(out, "{:18}  {reach:32}  {:32}  {product}", row.name, share(&row.recall))?;
    }
    Ok(())
}

fn reached(reach: &ReachScore, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{:18}  reached", "rule")?;
    writeln!(out, "{:18}  {}", "all", share(&reach.all))?;
    for (code, own) in &reach.rules {
        let name = if code.is_empty() { "(none)" } else { code };
        writeln!(out, "{name:18}  {}", share(own))?;
    }
    absent(reach, out)
}

fn absent(reach: &ReachScore, out: &mut dyn Write) -> io::Result<()> {
    if reach.elsewhere > 0 {
        let values = plural(reach.elsewhere, "listed value");
        writeln!(out, "\n{values} not counted, on papers that are not among the inputs.")?;
    }
    Ok(())
}

fn recalls(score: &PlantedScore, out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "{:18}  {:32}  {:>10}  {:>11}  {:>8}",
        "slip, rule", "recall among planted", "with notes", "by own rule", "by habit"
    )?;
    for row in std::iter::once(&score.all).chain(&score.slips).chain(&score.rules) {
        let Recall { name, recall, with_notes, by_own_rule, possible_by_habit } = row;
        let recall = share(recall);
        writeln!(out, "{name:18}  {recall:32}  {with_notes:>10}  {by_own_rule:>11}  {possible_by_habit:>8}")?;
    }
    Ok(())
}

/// Kinds of slips by rules: found of planted.
fn cells(score: &PlantedScore, out: &mut dyn Write) -> io::Result<()> {
    let rules: BTreeSet<&str> = score.cells.iter().map(|cell| cell.rule.as_str()).collect();
    write!(out, "{:18}", "found of planted")?;
    rules.iter().try_for_each(|rule| write!(out, "  {rule:>9}"))?;
    writeln!(out)?;
    for slip in &score.slips {
        write!(out, "{:18}", slip.name)?;
        for rule in &rules {
            let cell = score.cells.iter().find(|cell| cell.slip == slip.name && cell.rule == *rule);
            let shown = cell.map_or_else(|| "-".to_owned(), |cell| format!("{}/{}", cell.recall.hits, cell.recall.of));
            write!(out, "  {shown:>9}")?;
        }
        writeln!(out)?;
    }
    Ok(())
}

fn missed(score: &PlantedScore, list: bool, out: &mut dyn Write) -> io::Result<()> {
    if score.missed.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{}, by reason:", plural(score.missed.len(), "missed slip"))?;
    for (reason, count) in &score.reasons {
        writeln!(out, "  {count:>5}  {reason}")?;
    }
    if list {
        writeln!(out)?;
        for missed in &score.missed {
            writeln!(out, "  {} {} {}: {}", missed.paper, missed.slip, missed.code, missed.reason)?;
        }
    }
    Ok(())
}

fn labels(score: &LabelScore, list: bool, out: &mut dyn Write) -> io::Result<()> {
    let FalseAlarms { papers, findings, labelled_true, unlabelled, per_paper } = &score.false_alarms;
    let per_paper = per_paper.map_or_else(|| "none".to_owned(), |value| format!("{value:.3}"));
    writeln!(
        out,
        "{} on {} as published, {labelled_true} labelled true, {unlabelled} without a label: false alarms a paper, \
         if all others are false: {per_paper}",
        plural(*findings, "finding"),
        plural(*papers, "paper"),
    )?;
    if !score.groups.is_empty() {
        writeln!(out, "\n{:8}  {:6}  {:32}  {:32}  {:30}  unlabelled", "level", "code", "true", "false", "arguable")?;
    }
    for group in &score.groups {
        let (right, wrong, arguable) = (share(&group.right), share(&group.wrong), share(&group.arguable));
        let (level, code) = (level_name(group.level), &group.code);
        writeln!(out, "{level:8}  {code:6}  {right:32}  {wrong:32}  {arguable:30}  {}", group.unlabelled)?;
    }
    // Without any label a list of all findings says nothing that `check` does not.
    let labelled = score.groups.iter().any(|group| group.right.of > 0);
    if !score.unlabelled.is_empty() && (list || labelled) {
        writeln!(out, "\nWithout a label:")?;
        for own in &score.unlabelled {
            let level = level_name(own.level);
            writeln!(out, "  {} {level} {}: {}", own.paper, own.fingerprint, one_line(&own.relation))?;
        }
    }
    if !score.stale.is_empty() {
        writeln!(out, "\n{} no finding of this run:", plural_verb(score.stale.len()))?;
        for label in &score.stale {
            let paper = label.paper_sha256.get(..12).unwrap_or(&label.paper_sha256);
            writeln!(out, "  {} (paper {paper}…)", label.fingerprint)?;
        }
    }
    if score.elsewhere > 0 {
        let labels = plural(score.elsewhere, "label");
        writeln!(out, "\n{labels} not counted, on papers that are not among the inputs.")?;
    }
    Ok(())
}

fn plural_verb(count: usize) -> String {
    if count == 1 { "1 label matches".to_owned() } else { format!("{count} labels match") }
}

const fn level_name(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "note",
    }
}

/// `5 of 6 = 83.3 % [43.6, 97.0]`.
fn share(share: &Share) -> String {
    match (share.share, share.low, share.high) {
        (Some(value), Some(low), Some(high)) => {
            format!("{} of {} = {:.1} % [{:.1}, {:.1}]", share.hits, share.of, value * 100.0, low * 100.0, high * 100.0)
        }
        _ => "none".to_owned(),
    }
}
