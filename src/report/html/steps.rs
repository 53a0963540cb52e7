//! The derivation as a list of steps that a reader can redo by hand: given, assumed, applied, compared.

use crate::arithmetic::functions;
use crate::derive::{Expression, Literal, Program, Source};
use crate::report::finding::{Finding, OutcomeName};
use crate::report::summary::plural;

use super::operands::{self, Shown};
use super::writer::Html;
use super::{mathml, wording};

/// The list.
pub(super) fn write(html: &mut Html, finding: &Finding, source: Option<&Source>) {
    html.element("ol", &[("class", "steps")], |html| {
        for shown in operands::shown(finding, source) {
            let label = if shown.stated { "stated" } else { "given" };
            step(html, label, |html| given(html, shown));
        }
        for assumption in source.map(assumptions).unwrap_or_default() {
            step(html, "assumed", |html| {
                html.text(&assumption);
            });
        }
        step(html, "applied", |html| applied(html, finding, source));
        if finding.outcome != OutcomeName::NotChecked {
            step(html, "compared", |html| {
                html.text(&comparison(finding));
            });
        }
    });
}

fn step(html: &mut Html, label: &'static str, content: impl FnOnce(&mut Html)) {
    html.element("li", &[("class", label)], |html| {
        html.leaf("span", &[("class", "kind")], label).markup(" ");
        html.element("div", &[], content);
    });
}

fn given(html: &mut Html, shown: Shown<'_>) {
    let operand = shown.operand;
    html.element("span", &[("class", "number")], |html| {
        html.count(shown.number);
    });
    let role = operand.role.strip_prefix("stated ").unwrap_or(&operand.role);
    html.markup(" ").text(&wording::one_line(role)).markup(": ");
    html.leaf("q", &[("translate", "no")], &wording::one_line(&operand.span.quote));
    let tight = &operand.sets.tight.short;
    if tight.starts_with('{') && !tight.contains('∪') {
        html.markup(", which is exactly itself");
    } else {
        html.markup(", which stands for ").text(&wording::set_with_unit(&operand.sets.tight, &operand.sets));
    }
}

/// What the reading takes for granted and the characters alone do not say.
fn assumptions(source: &Source) -> Vec<String> {
    let mut list: Vec<String> = source.notes.iter().map(|note| wording::sentence(note)).collect();
    for literal in &source.literals {
        let number = number_with_unit(literal);
        for (axis, exponent) in literal.added.iter() {
            let thing = axis.split_once(':').map_or(axis, |(_, thing)| thing).replace('-', " ");
            list.push(match (exponent, axis.contains(':')) {
                (1, false) => format!("{number} is taken as {} {thing}", article(&thing)),
                (-1, false) => format!("{number} is taken as an amount for each unit of {thing}"),
                _ => format!("{number}: what it is of ({thing}) is left out of the comparison"),
            });
        }
    }
    if let Program::Relation(relation) = &source.program
        && let Expression::Call { function, .. } = &relation.left
    {
        if matches!(function.as_str(), "p_t" | "p_z" | "p_r") {
            list.push("the test is two-sided".to_owned());
        } else if function.ends_with("_one") {
            list.push("the test is one-sided".to_owned());
        }
    }
    list
}

fn article(word: &str) -> &'static str {
    if word.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" }
}

/// A literal as a reader would write it, without the annotations.
pub(super) fn number_with_unit(literal: &Literal) -> String {
    let number = crate::derive::number_text(&literal.number).replace('-', "−");
    if literal.unit.text.is_empty() { number } else { format!("{number} {}", literal.unit.text) }
}

fn applied(html: &mut Html, finding: &Finding, source: Option<&Source>) {
    let Some(source) = source else {
        html.leaf("code", &[], &wording::one_line(&finding.relation));
        return;
    };
    mathml::write(html, finding, source);
    let Program::Relation(relation) = &source.program else { return };
    let mut names = Vec::new();
    called(&relation.left, &mut names);
    for name in names {
        // The four operations need no source.
        if let Some(function) = functions::find(&name).filter(|function| function.name.len() > 1 && name != "in") {
            html.element("p", &[("class", "source")], |html| {
                html.leaf("code", &[], function.signature).markup(": ");
                html.text(function.summary).markup(" (").text(function.source).markup(")");
            });
        }
    }
}

/// The functions of an expression, each once, in their order.
fn called(expression: &Expression, names: &mut Vec<String>) {
    if let Expression::Call { function, arguments } = expression {
        if !names.contains(function) {
            names.push(function.clone());
        }
        for argument in arguments {
            called(argument, names);
        }
    }
}

/// How the two sides compare.
fn comparison(finding: &Finding) -> String {
    let (stated, derived) = (&finding.stated, &finding.derived);
    let tight = |verb: &str| {
        format!(
            "stated {} {verb} derived {}",
            wording::set_with_unit(&stated.tight, stated),
            wording::set_with_unit(&derived.tight, derived)
        )
    };
    match finding.outcome {
        OutcomeName::Consistent => tight("meets"),
        OutcomeName::Undecided | OutcomeName::NotChecked | OutcomeName::Observed => tight("stands beside"),
        OutcomeName::Inconsistent => format!(
            "{}; with every habit of rounding, stated {} and derived {}; {} tried",
            tight("does not meet"),
            wording::set_with_unit(&stated.wide, stated),
            wording::set_with_unit(&derived.wide, derived),
            plural(finding.readings_tried, "reading")
        ),
    }
}
