//! Whole pages of the fixture report: a snapshot, the structure that a browser and a screen reader rely on, counts that
//! add up, and papers that try to become markup.

#[path = "../../../tests/support/pages.rs"]
mod structure;

use crate::derive::Level;
use crate::report::base64;
use crate::report::exhibits::{CellKind, Crop, Exhibits, Passage, Standing, TableView, ViewCell};
use crate::report::finding::{Around, OutcomeName, SharedKind, SharedReport};
use crate::report::fixture::report;
use crate::report::model::{Coverage, PaperReport, PaperStatus, Report};
use crate::report::sink::{Format, Header, write};
use crate::report::summary::Totals;

use self::structure::{assert_sound, tags};
use super::frame::{SCRIPT, STYLE};
use super::index::{self, Row};
use super::{paper, policy, wording};

fn header() -> Header {
    let report = report();
    Header { schema_version: report.schema_version, tool: report.tool, settings: report.settings }
}

/// The fixture's papers, the first with exhibits.
fn papers() -> Vec<PaperReport> {
    let mut papers = report().papers;
    papers[0].exhibits = Exhibits {
        title: Some("Intake of a flame retardant".into()),
        doi: Some("10.1234/bde.209".into()),
        passages: vec![Passage { before: "It is known. ".into(), after: " Nothing else is.".into() }],
        crops: vec![Crop {
            claim: 0,
            place: 0,
            page: 3,
            area: [290.0, 100.0, 550.0, 150.0],
            picture: "iVBORw0KGgo=".into(),
        }],
        ..Exhibits::default()
    };
    papers
}

fn page(paper: &PaperReport) -> String {
    paper::page(&header(), paper, None)
}

/// The page without what is the same on every page and stands in files of its own.
fn masked(page: &str) -> String {
    let policy = policy::policy(&STYLE, SCRIPT).replace('\'', "&#39;");
    page.replace(&*STYLE, "…").replace(SCRIPT, "…").replace(&policy, "…")
}

#[test]
fn a_checked_paper() {
    insta::assert_snapshot!(masked(&page(&papers()[0])));
}

#[test]
fn a_paper_that_failed() {
    insta::assert_snapshot!(masked(&page(&papers()[2])));
}

#[test]
fn the_index() {
    insta::assert_snapshot!(masked(&index_of(&papers())));
}

fn index_of(papers: &[PaperReport]) -> String {
    let rows: Vec<Row> =
        papers.iter().map(|paper| Row::of(paper, Some(format!("papers/{}.html", paper.key)))).collect();
    index::page(&header(), &rows, &Totals::of(papers))
}

#[test]
fn every_page_is_sound() {
    for paper in papers() {
        assert_sound(&page(&paper), base64::encode);
    }
    assert_sound(&index_of(&papers()), base64::encode);
    let nothing = PaperReport { findings: Vec::new(), coverage: Coverage::default(), ..papers().swap_remove(0) };
    let page = page(&nothing);
    assert_sound(&page, base64::encode);
    assert!(page.contains("No checkable claim was found."));
}

#[test]
fn style_and_script_cannot_end_early_and_load_nothing() {
    for text in [STYLE.as_str(), SCRIPT] {
        assert!(!text.contains("</") && !text.contains("<!--"));
        assert!(!text.contains("url(") && !text.contains("@import") && !text.contains("http"));
    }
    for name in ["fetch", "XMLHttpRequest", "WebSocket", "sendBeacon", "import(", "innerHTML", "eval("] {
        assert!(!SCRIPT.contains(name), "{name}");
    }
}

/// The number behind `data-count="NAME"`.
fn counted(page: &str, name: &str) -> usize {
    let after = page.split_once(&format!("data-count=\"{name}\">")).expect(name).1;
    let text = after.split_once("</dd>").expect("an end").0;
    let text = text.split_once('>').map_or(text, |(_, inner)| inner.split('<').next().unwrap_or_default());
    text.parse().expect("a number")
}

#[test]
fn the_counts_of_the_verdict_add_up() {
    let paper = &papers()[0];
    let page = page(paper);
    let parts = ["inconsistent", "consistent", "undecided", "not checked"].map(|name| counted(&page, name));
    assert_eq!(parts.iter().sum::<usize>(), counted(&page, "all"));
    assert_eq!(parts, [2, 1, 1, 1]);
    assert_eq!(page.matches("<article class=\"card").count(), parts[0], "a card for each finding");
}

/// The first paper with its second finding as a part of the first, both in a table.
fn shared() -> PaperReport {
    let mut paper = papers().swap_remove(0);
    let part = paper.findings[1].fingerprint.clone();
    paper.findings[1].part_of = Some(paper.findings[0].fingerprint.clone());
    paper.findings[0].shared = Some(SharedReport {
        kind: SharedKind::Line,
        words: "the same relation fails in every row of the table that has it: 2 claims".into(),
        value: None,
        number: None,
        parts: vec![part],
    });
    let cell = |text: &str, kind, operands: &[usize]| ViewCell {
        text: text.into(),
        rows: 1,
        columns: 1,
        kind,
        in_line: !operands.is_empty(),
        operands: operands.to_vec(),
        is_shared: false,
    };
    let head = vec![cell("", CellKind::ColumnHead, &[]), cell("Dose", CellKind::ColumnHead, &[])];
    let row = vec![cell("Adults", CellKind::RowHead, &[]), cell("42,000", CellKind::Value, &[0, 2])];
    let gap = vec![ViewCell { columns: 2, ..cell("…", CellKind::Gap, &[]) }];
    paper.exhibits.tables =
        vec![TableView { claim: 0, place: 0, caption: "Table 2. Doses".into(), head: 1, rows: vec![head, row, gap] }];
    paper
}

#[test]
fn claims_of_one_reason_share_a_card_and_none_is_lost() {
    let paper = shared();
    let page = page(&paper);
    assert_sound(&page, base64::encode);
    assert_eq!(page.matches("<article class=\"card").count(), 1);
    assert_eq!(page.matches("<details class=\"part\"").count(), 1);
    for finding in &paper.findings[..2] {
        assert!(page.contains(&wording::sentence(&finding.message)), "{}", finding.message);
    }
    assert_eq!(page.matches("rederive eval --printed").count(), 2, "a part has its own line");
    assert!(page.contains("(1 error, one more claim for the same reason)"), "the headline counts findings");
}

#[test]
fn a_table_marks_its_cells_by_number_and_word() {
    let page = page(&shared());
    let table = page.split_once("<table class=\"grid\"").expect("a table").1;
    let table = table.split_once("</table>").expect("an end").0;
    assert!(table.contains("<th scope=\"col\">Dose</th>") && table.contains("<th scope=\"row\">Adults</th>"));
    let cell = "<td class=\"in-line operand stated\">42,000 <span class=\"number\">1</span> \
                <span class=\"number\">3</span><span class=\"sr\"> (the stated value)</span></td>";
    assert!(table.contains(cell), "{table}");
    assert!(table.contains("<td class=\"gap\" colspan=\"2\">…</td>"));
}

#[test]
fn two_places_stand_side_by_side_each_with_its_name_and_words() {
    let mut paper = papers().swap_remove(0);
    let around = Around { before: "It is known that ".into(), after: " is taken in".into() };
    paper.findings[0].operands[0].around = Some(around);
    let place = |place, name: &str, operands: &[usize]| Standing {
        claim: 0,
        place,
        name: name.into(),
        operands: operands.to_vec(),
    };
    paper.exhibits.places = vec![place(0, "abstract, p. 1", &[1, 2]), place(1, "Table 2, p. 3", &[0])];
    let page = page(&paper);
    assert_sound(&page, base64::encode);
    let places = page.split_once("<div class=\"places\">").expect("two places").1;
    let (first, second) = places.split_once("<h5>Table 2, p. 3</h5>").expect("the second");
    assert!(first.contains("<h5>Abstract, p. 1</h5>") && first.contains("<figure"), "{first}");
    assert!(second.contains("It is known that "));
}

#[test]
fn cards_come_by_consequence() {
    let mut paper = papers().swap_remove(0);
    // A note before the error in the text comes after it on the page.
    paper.findings.swap(0, 1);
    let page = page(&paper);
    let at = |needle: &str| page.find(needle).unwrap_or_else(|| panic!("{needle}"));
    assert!(at("<article class=\"card error\"") < at("<article class=\"card note\""));
}

#[test]
fn empty_states_have_their_own_words() {
    let checked = papers().swap_remove(0);
    let coverage = Coverage { inconsistent: 0, proposed: 3, ..checked.coverage.clone() };
    let findings = checked.findings.iter().filter(|finding| finding.level.is_none()).cloned().collect();
    let clean_coverage = coverage.clone();
    let clean = page(&PaperReport { coverage, findings, ..checked });
    assert!(clean.contains("No inconsistency among the 1 claim that could be re-derived."));
    assert!(clean.contains("does not make the paper right"));
    let coverage = Coverage { consistent: 0, ..clean_coverage };
    let open = page(&PaperReport { coverage, findings: Vec::new(), ..papers().swap_remove(0) });
    assert!(open.contains("None of the claims found could be decided.") && open.contains("Nothing is known of their"));
    for (status, words) in [
        (PaperStatus::NoText, "the file has no text"),
        (PaperStatus::Unreadable, "could not be read"),
        (PaperStatus::Failed, "--timeout-per-paper"),
        (PaperStatus::NotReached, "interrupted"),
    ] {
        let page = page(&PaperReport { status, ..papers().swap_remove(1) });
        assert!(page.contains(words), "{status:?}");
    }
}

/// Text that would be markup, end a comment, a style or a section, turn the writing direction, or hide.
const HOSTILE: &str = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>]]><!--</style></title>&lt;\u{202e}\u{0}\u{1b}[31m\u{200b}";

#[test]
fn nothing_of_a_paper_becomes_markup() {
    let mut paper = papers().swap_remove(0);
    let calm = tags(&page(&paper)).len();
    paper.source = HOSTILE.into();
    paper.notes = vec![HOSTILE.into()];
    paper.exhibits.title = Some(HOSTILE.into());
    paper.exhibits.doi = Some(HOSTILE.into());
    paper.exhibits.missing = vec![HOSTILE.into()];
    paper.exhibits.passages = vec![Passage { before: HOSTILE.into(), after: HOSTILE.into() }; 4];
    paper.exhibits.crops[0].picture = "\"><script>".into();
    paper.exhibits.tables = shared().exhibits.tables;
    paper.exhibits.tables[0].caption = HOSTILE.into();
    paper.exhibits.tables[0].rows[1][1].text = HOSTILE.into();
    let place = |place| Standing { claim: 0, place, name: HOSTILE.into(), operands: vec![place] };
    paper.exhibits.places = vec![place(0), place(1)];
    for finding in &mut paper.findings {
        for text in [&mut finding.message, &mut finding.help, &mut finding.quote, &mut finding.eval, &mut finding.code]
        {
            *text = HOSTILE.into();
        }
        finding.section = Some(HOSTILE.into());
        finding.innocent = vec![HOSTILE.into()];
        finding.reason = finding.reason.as_ref().map(|_| HOSTILE.into());
        for sets in [&mut finding.stated, &mut finding.derived] {
            sets.unit = HOSTILE.into();
        }
        for operand in &mut finding.operands {
            operand.role = HOSTILE.into();
            operand.span.quote = HOSTILE.into();
            operand.sets.unit = HOSTILE.into();
        }
    }
    let page = page(&paper);
    // The structure of the page is checked in full by the reader of tags: hostile text is text.
    let found = tags(&page);
    assert!(found.len() < 2 * calm + 2000);
    assert!(found.iter().filter(|tag| tag.name == "script").count() == 1);
    assert!(!page.contains("<script>alert") && !page.contains("<img src=x"));
    assert!(!page.chars().any(|character| character != '\n' && (character.is_control() || character == '\u{202e}')));
    assert!(page.contains("U+202E") && page.contains("U+0000"));
    let rows = [Row::of(&paper, None)];
    let index = index::page(&header(), &rows, &Totals::of(std::slice::from_ref(&paper)));
    assert_eq!(tags(&index).iter().filter(|tag| tag.name == "script").count(), 1);
}

#[test]
fn the_format_writes_one_paper_and_refuses_a_second() {
    let all = report();
    let one = Report { papers: all.papers[..1].to_vec(), ..all.clone() };
    let mut out = Vec::new();
    write(&one, Format::Html, 100, &mut out).expect("one paper");
    assert!(String::from_utf8(out).expect("UTF-8").starts_with("<!DOCTYPE html>"));
    assert!(write(&all, Format::Html, 100, &mut Vec::new()).is_err());
    assert!(all.papers[0].findings.iter().any(|finding| finding.level == Some(Level::Error)));
    assert!(all.papers[0].findings.iter().any(|finding| finding.outcome == OutcomeName::Undecided));
}
