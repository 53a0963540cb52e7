//! The table of a finding as a table: the row and the column of its stated value, with the values of the derivation marked
//! and numbered as in the picture and in the steps.

use crate::derive::Source;
use crate::report::exhibits::{CellKind, Exhibits, TableView, ViewCell};
use crate::report::finding::Finding;

use super::operands::{self, Shown};
use super::wording;
use super::writer::Html;

/// The table at a place of the claim at position `claim`, as far as there is one.
pub(super) fn write(
    html: &mut Html,
    at: (usize, usize),
    finding: &Finding,
    source: Option<&Source>,
    exhibits: &Exhibits,
) {
    let Some(view) = exhibits.tables.iter().find(|view| (view.claim, view.place) == at) else { return };
    let numbers = Numbers { finding, shown: operands::shown(finding, source) };
    let caption = wording::one_line(&view.caption);
    let region = [("class", "wide-table"), ("tabindex", "0"), ("role", "region"), ("aria-label", caption.as_str())];
    html.element("div", &region, |html| {
        html.element("table", &[("class", "grid"), ("translate", "no")], |html| {
            html.leaf("caption", &[], &caption);
            let (head, body) = view.rows.split_at(view.head.min(view.rows.len()));
            if !head.is_empty() {
                html.element("thead", &[], |html| rows(html, head, &numbers));
            }
            html.element("tbody", &[], |html| rows(html, body, &numbers));
        });
    });
    legend(html, view);
}

/// The numbers of the operands that are shown.
struct Numbers<'f> {
    finding: &'f Finding,
    shown: Vec<Shown<'f>>,
}

impl Numbers<'_> {
    /// The numbers of the operands in a cell, and whether one of them is the stated value.
    fn of(&self, cell: &ViewCell) -> (Vec<usize>, bool) {
        let own = |shown: &&Shown<'_>| {
            let is_it = |at: &usize| self.finding.operands.get(*at).is_some_and(|own| std::ptr::eq(own, shown.operand));
            cell.operands.iter().any(is_it)
        };
        let own: Vec<&Shown<'_>> = self.shown.iter().filter(own).collect();
        (own.iter().map(|shown| shown.number).collect(), own.iter().any(|shown| shown.stated))
    }
}

fn rows(html: &mut Html, rows: &[Vec<ViewCell>], numbers: &Numbers<'_>) {
    for row in rows {
        html.element("tr", &[], |html| {
            for own in row {
                cell(html, own, numbers);
            }
        });
    }
}

fn cell(html: &mut Html, cell: &ViewCell, numbers: &Numbers<'_>) {
    let (own, is_stated) = numbers.of(cell);
    let mut classes = Vec::new();
    if cell.kind == CellKind::Gap {
        classes.push("gap");
    }
    if cell.in_line {
        classes.push("in-line");
    }
    if !own.is_empty() {
        classes.push("operand");
    }
    if is_stated {
        classes.push("stated");
    }
    if cell.is_shared {
        classes.push("shared");
    }
    let (class, rows, columns) = (classes.join(" "), cell.rows.to_string(), cell.columns.to_string());
    let mut attributes: Vec<(&'static str, &str)> = Vec::new();
    if !class.is_empty() {
        attributes.push(("class", &class));
    }
    if cell.rows > 1 {
        attributes.push(("rowspan", &rows));
    }
    if cell.columns > 1 {
        attributes.push(("colspan", &columns));
    }
    let name = match cell.kind {
        CellKind::ColumnHead if !cell.text.is_empty() => {
            attributes.push(("scope", if cell.columns > 1 { "colgroup" } else { "col" }));
            "th"
        }
        CellKind::RowHead if !cell.text.is_empty() => {
            attributes.push(("scope", "row"));
            "th"
        }
        _ => "td",
    };
    html.element(name, &attributes, |html| {
        html.text(&wording::one_line(&cell.text));
        for number in own {
            html.markup(" ").element("span", &[("class", "number")], |html| {
                html.count(number);
            });
        }
        if is_stated {
            html.markup("<span class=\"sr\"> (the stated value)</span>");
        }
    });
}

/// What the marks say.
fn legend(html: &mut Html, view: &TableView) {
    let cells = || view.rows.iter().flatten();
    html.element("p", &[("class", "legend")], |html| {
        html.markup(
            "As read from the document. The numbers are those of the derivation; the stated value has a double line.",
        );
        if cells().any(|cell| cell.is_shared) {
            html.markup(" The value that the claims share has a dashed line.");
        }
        if cells().any(|cell| cell.kind == CellKind::Gap) {
            html.markup(" Rows or columns are left out at the dots.");
        }
    });
}
