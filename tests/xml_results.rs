//! Tests and estimates in tables of XML whose headings cover several columns or stand on several lines.

use rederive::arithmetic::rational;
use rederive::document::Document;
use rederive::extract::{Estimate, Reported, TestStatistic, extract};
use rederive::read::{ReadLimits, read};

/// A paper with one table, its rows and cells as given: "2*words" is a cell over two columns.
fn paper(rows: &[&str]) -> Document {
    captioned("Spoons.", rows)
}

/// The same with a caption.
fn captioned(caption: &str, rows: &[&str]) -> Document {
    let cell = |cell: &str| match cell.trim().split_once('*') {
        Some((span, words)) if span.parse::<u32>().is_ok() => format!("<td colspan=\"{span}\">{words}</td>"),
        _ => format!("<td>{}</td>", cell.trim()),
    };
    let row = |row: &&str| format!("<tr>{}</tr>", row.split('|').map(cell).collect::<String>());
    let text = format!(
        "<article><body><sec><p>Spoons were bent.</p><table-wrap><label>Table 1</label><caption><p>{caption}</p></caption>\
         <table>{}</table></table-wrap></sec></body></article>",
        rows.iter().map(row).collect::<String>()
    );
    read(text.as_bytes(), &ReadLimits::default()).expect("the paper can be read")
}

fn number(reported: &Reported) -> String {
    reported.readings.first().map(|(_, _, printed)| rational::to_text(&printed.point())).unwrap_or_default()
}

/// Degrees of freedom, statistic and p of a test.
fn test(test: &TestStatistic) -> String {
    let degrees: Vec<String> = test.degrees.iter().map(number).collect();
    format!("({}) {} {}", degrees.join(", "), number(&test.value), test.p.as_ref().map(number).unwrap_or_default())
}

fn tests(rows: &[&str]) -> Vec<String> {
    extract(&paper(rows)).statistics.iter().map(test).collect()
}

/// Value, bounds and p of an estimate.
fn estimate(estimate: &Estimate) -> String {
    let bounds = estimate.interval.as_ref();
    let bounds = bounds.map(|bounds| format!("[{}, {}]", number(&bounds.low), number(&bounds.high)));
    let numbers = [estimate.value.as_ref().map(number), bounds, estimate.p.as_ref().map(number)];
    numbers.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn estimates(rows: &[&str]) -> Vec<String> {
    extract(&paper(rows)).estimates.iter().map(estimate).collect()
}

#[test]
fn degrees_of_freedom_before_two_headings_are_those_of_both() {
    let rows = [
        "| | 2*With tea | 2*Without tea",
        "Effect | dfs | F | p | F | p",
        "Bend | (1, 39) | 0.158 | .693 | 0.513 | .478",
    ];
    assert_eq!(tests(&rows), ["(1, 39) 0.158 0.693", "(1, 39) 0.513 0.478"]);
    // Those below a heading are those of its tests alone.
    let rows = [
        "| 3*With tea | 2*Without tea",
        "Effect | dfs | F | p | F | p",
        "Bend | (1, 39) | 0.158 | .693 | 0.513 | .478",
    ];
    assert_eq!(tests(&rows), ["(1, 39) 0.158 0.693", "() 0.513 0.478"]);
}

#[test]
fn headings_in_the_same_order_tell_what_a_heading_that_covers_too_few_does_not() {
    let rows = [
        "| | | | | 3*Without tea |",
        "Effect | b | SE | t | p | b | SE | t | p",
        "Bend | 0.69 | 0.34 | 2.03 | .044 | 0.33 | 0.28 | 1.18 | .240",
    ];
    assert_eq!(tests(&rows), ["() 2.03 0.044", "() 1.18 0.24"]);
    assert_eq!(estimates(&rows), ["0.69 0.044", "0.33 0.24"]);
    // In another order they tell nothing.
    let rows = [
        "| | | | | 3*Without tea |",
        "Effect | b | SE | t | p | SE | b | t | p",
        "Bend | 0.69 | 0.34 | 2.03 | .044 | 0.28 | 0.33 | 1.18 | .240",
    ];
    assert_eq!(tests(&rows), ["() 2.03 0.044"]);
}

#[test]
fn columns_in_which_no_cell_begins_are_closed_up() {
    let rows = ["2*Term | 2*β | 2*SE | 2*F | 2*P-value", "2*Rope | 2*0.253 | 2*0.056 | 2*23.12 | 2*&lt;0.0001"];
    let document = paper(&rows);
    assert_eq!(document.tables.iter().map(|table| table.columns).collect::<Vec<_>>(), [5]);
    assert!(document.tables[0].cells.iter().all(|cell| cell.column_span == 1));
    assert_eq!(tests(&rows), ["() 23.12 0.0001"]);
    // A cell over two columns of which only one begins elsewhere covers one column.
    let rows = ["2*Term | 3*Bends", "2*Rope | 2*12 | 7"];
    let table = &paper(&rows).tables[0];
    assert_eq!(table.columns, 3);
    assert_eq!(
        table.cells.iter().map(|cell| (cell.column, cell.column_span)).collect::<Vec<_>>(),
        [(0, 1), (1, 2), (0, 1), (1, 1), (2, 1)]
    );
}

#[test]
fn a_heading_on_two_lines_is_one() {
    let rows = [
        "| 2*Spoons | | Cohen's d",
        "Measure | M | SD | p | [95% CI]",
        "Bend | 10.90 | 3.23 | .11 | 0.23 [-0.05, 0.51]",
        "Weight | 11.69 | 3.06 | .38 | 0.12 [-0.15, 0.40]",
    ];
    assert_eq!(paper(&rows).tables[0].header_rows, 2);
    assert_eq!(estimates(&rows), ["0.23 [-0.05, 0.51] 0.11", "0.12 [-0.15, 0.4] 0.38"]);
}

fn estimates_under(caption: &str, rows: &[&str]) -> Vec<String> {
    extract(&captioned(caption, rows)).estimates.iter().map(estimate).collect()
}

#[test]
fn cells_are_estimates_by_their_form_where_the_caption_names_intervals() {
    let announced = "Bends of spoons. Values in brackets are 95% confidence intervals.";
    let rows = [
        "Spoon | Silver | Tin",
        "Small | 0.69 [0.211, 1.177]** | -0.10 [-0.307, 0.118]",
        "Large | 1.07*** [0.456, 1.691] | 0.10 [-0.594, -0.394]",
        "Bent | 0.33 [-0.329, 0.991] | 0.24 (-0.072, 0.560)",
    ];
    let found = [
        "0.69 [0.211, 1.177]",
        "-0.1 [-0.307, 0.118]",
        "1.07 [0.456, 1.691]",
        "0.1 [-0.594, -0.394]",
        "0.33 [-0.329, 0.991]",
        "0.24 [-0.072, 0.56]",
    ];
    assert_eq!(estimates_under(announced, &rows), found);
    // Nothing says that these are intervals, or something says that they may be others.
    assert_eq!(estimates_under("Bends of spoons.", &rows), [""; 0]);
    assert_eq!(estimates_under("Bends with the range; CI: confidence interval.", &rows), [""; 0]);
    // Where many lie outside their brackets the form is that of something else.
    let rows = [
        "Spoon | Silver | Tin",
        "Small | 12 [3, 25] | 14 [8, 17]",
        "Large | 1.07 [4, 16] | 10 [59, 94]",
        "Bent | 0.33 [3, 9] | 9 [1, 9]",
    ];
    assert_eq!(estimates_under(announced, &rows), [""; 0]);
}

#[test]
fn a_heading_that_names_estimates_tells_what_stands_in_their_brackets() {
    let rows = [
        "Spoon | β | Weight",
        "Small | 0.087** [0.050, 0.124] | 12 [10, 14]",
        "Large | 0.035 [-0.002, 0.072] | 15 [11, 19]",
        "Bent | -0.277** [-0.331, -0.223] | 17 [15, 19]",
    ];
    let found = ["0.087 [0.05, 0.124]", "0.035 [-0.002, 0.072]", "-0.277 [-0.331, -0.223]"];
    assert_eq!(estimates(&rows), found);
}

#[test]
fn names_over_several_columns_above_values_head_the_rows_below() {
    let rows = [
        "Spoon | r | 95% CI | p",
        " | 3*Study 1 (by hand)",
        "Small | -.021 | [-.083, .041] | .510",
        "Large | .059 | [-.003, .121] | .062",
    ];
    assert_eq!(paper(&rows).tables[0].header_rows, 1);
    assert_eq!(estimates(&rows), ["-0.021 [-0.083, 0.041] 0.51", "0.059 [-0.003, 0.121] 0.062"]);
    assert_eq!(tests(&rows), ["() -0.021 0.51", "() 0.059 0.062"]);
}

#[test]
fn an_interval_below_its_estimate_belongs_to_it() {
    let rows = [
        "Spoon | Silver | Tin",
        "Small | 0.89*** | 0.90***",
        " | [0.85, 0.93] | [0.86, 0.94]",
        "Large | 1.05 | Yes",
        " | [0.99, 1.11] | ",
        "Cases | 4855 | 4855",
    ];
    let found = ["0.89 [0.85, 0.93]", "0.9 [0.86, 0.94]", "1.05 [0.99, 1.11]"];
    assert_eq!(estimates_under("Ratios with 95% CI.", &rows), found);
    // A row with a label of its own holds intervals of its own.
    let rows = [
        "Spoon | Silver | Tin",
        "Small | 0.89 | 0.90",
        "Large | [0.85, 0.93] | [0.86, 0.94]",
        "Other | [0.85, 0.93] | [0.86, 0.94]",
    ];
    assert_eq!(estimates_under("Ratios with 95% CI.", &rows), [""; 0]);
}

#[test]
fn a_letter_that_a_note_explains_is_no_part_of_the_value() {
    let rows = ["Spoon | One-sample t test | p", "Small | 16.35 a | &lt; .001", "Large | 2.29 b | .027"];
    let tests_under =
        |caption: &str| extract(&captioned(caption, &rows)).statistics.iter().map(test).collect::<Vec<_>>();
    assert_eq!(
        tests_under("Bends. a One spoon was lost. b Two spoons were lost."),
        ["() 16.35 0.001", "() 2.29 0.027"]
    );
    // Without a note it may be anything.
    assert_eq!(tests_under("Bends of a spoon."), [""; 0]);
}

#[test]
fn heterogeneity_is_a_chi_squared_whatever_became_of_its_letter() {
    let rows = [
        "Spoons | Summary estimate (WMD) | 95% CI | Heterogeneity (y²) | p Value*",
        "Small | 11.77 | 2.40 to 21.15 | 30.48 | &lt;0.0001",
        "Large | 15.11 | 7.87 to 22.35 | 0.43 | 0.51",
    ];
    assert_eq!(tests(&rows), ["() 30.48 0.0001", "() 0.43 0.51"]);
    // The p-value is that of the other test.
    assert_eq!(estimates(&rows), ["11.77 [2.4, 21.15]", "15.11 [7.87, 22.35]"]);
}
