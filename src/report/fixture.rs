//! A report with one of everything, for the tests of the formats.

use crate::derive::{Confidence, Level, Witness};
use crate::document::{DOCUMENT_SCHEMA, Document, Place, Quad, SourceFacts, SourceFormat, Span, TextRange};

use super::exhibits::Exhibits;
use super::finding::{CauseReport, Finding, OperandReport, OutcomeName, Proposer, ReportedSets, SetText};
use super::model::{Coverage, PaperReport, PaperStatus, Report, RunSettings};
use super::sink::Header;
use super::summary::count_reasons;

fn set(tight: &str, wide: &str, unit: &str) -> ReportedSets {
    let text = |text: &str| SetText { exact: text.to_owned(), short: text.to_owned() };
    ReportedSets { tight: text(tight), wide: text(wide), unit: unit.to_owned() }
}

fn operand(role: &str, quote: &str, in_quote: &str, start: usize, sets: ReportedSets) -> OperandReport {
    let at = in_quote.find(quote).map_or(0, |byte| in_quote[..byte].chars().count()) + start;
    let range = TextRange::new(at, at + quote.chars().count());
    let places = vec![Place::Box { page: 3, quad: Quad::upright(300.5, 120.0, 351.25, 131.5) }];
    OperandReport {
        role: role.to_owned(),
        span: Span { range, quote: quote.to_owned(), places },
        literal: quote.to_owned(),
        sets,
        around: None,
    }
}

fn dose() -> Finding {
    let quote =
        "At the reference dose of 7,000 ng/kg/day an adult of 60 kg may take in 42,\n000 ng/day over a lifetime.";
    let start = 1000;
    let stated = set("[41999.5, 42000.5]", "[41500, 42500]", "ng/day");
    Finding {
        code: "UN101".into(),
        level: Some(Level::Error),
        confidence: Confidence::Medium,
        outcome: OutcomeName::Inconsistent,
        fingerprint: "v1:UN101:000102030405060708090a0b".into(),
        message: "the stated amount does not follow from the dose and the body mass".into(),
        help: "check the power of ten of the stated amount".into(),
        places: vec![Place::Box { page: 3, quad: Quad::upright(300.5, 120.0, 540.0, 131.5) }],
        section: Some("Risk assessment".into()),
        operands: vec![
            operand(
                "reference dose",
                "7,000 ng/kg/day",
                quote,
                start,
                set("[6999.5, 7000.5]", "[6500, 7500]", "ng/kg/day"),
            ),
            operand("body mass", "60 kg", quote, start, set("[59.5, 60.5]", "[55, 65]", "kg")),
            operand("stated amount", "42,\n000 ng/day", quote, start, stated.clone()),
        ],
        quote: quote.into(),
        range: TextRange::new(start, start + quote.chars().count()),
        relation: "60 kg * 7000 ng/kg/day = 42000 ng/day".into(),
        eval: "rederive eval --printed '60 kg * 7000 ng/kg/day = 42000 ng/day'".into(),
        stated,
        derived: set("[416470.25, 423530.25]", "[357500, 487500]", "ng/day"),
        readings_tried: 2,
        cause: Some(CauseReport {
            name: "power-of-ten".into(),
            factor: Some("10".into()),
            words: "a factor of 10".into(),
        }),
        reason: None,
        witness: Witness::Unavailable,
        innocent: vec!["another body mass is meant".into()],
        proposer: Proposer::Rule("UN101".into()),
        decision: None,
        shared: None,
        part_of: None,
    }
}

fn count() -> Finding {
    let quote = "42 of 46 (93%) agreed";
    let stated = set("[92.5, 93.5]", "[92.5, 94]", "%");
    Finding {
        code: "SU101".into(),
        level: Some(Level::Note),
        message: "the percentage follows only by another rounding".into(),
        help: String::new(),
        section: None,
        places: vec![Place::Line { line: 7, column: 3 }],
        operands: vec![
            operand("count", "42", quote, 40, set("{42}", "{42}", "")),
            operand("total", "46", quote, 40, set("{46}", "{46}", "")),
            operand("percentage", "93%", quote, 40, stated.clone()),
        ],
        quote: quote.into(),
        range: TextRange::new(40, 40 + quote.chars().count()),
        relation: "percent(exact(42), exact(46)) = 93 %".into(),
        eval: "rederive eval --printed 'percent(exact(42), exact(46)) = 93 %'".into(),
        stated,
        derived: set("{2100/23}", "{2100/23}", "%"),
        readings_tried: 1,
        cause: None,
        innocent: Vec::new(),
        witness: Witness::NotNeeded,
        fingerprint: "v1:SU101:0b0a09080706050403020100".into(),
        proposer: Proposer::Rule("SU101".into()),
        decision: None,
        ..dose()
    }
}

fn consistent() -> Finding {
    Finding {
        level: None,
        outcome: OutcomeName::Consistent,
        message: "the percentage follows".into(),
        fingerprint: "v1:SU101:aaaaaaaaaaaaaaaaaaaaaaaa".into(),
        ..count()
    }
}

fn undecided() -> Finding {
    Finding {
        level: None,
        outcome: OutcomeName::Undecided,
        message: "the p-value follows from a one-sided test".into(),
        reason: Some("a one-sided test is not excluded".into()),
        fingerprint: "v1:ST101:bbbbbbbbbbbbbbbbbbbbbbbb".into(),
        ..count()
    }
}

/// A document in which the claims' quotes stand at their places, and nothing else does.
pub fn document(claims: &[Finding]) -> Document {
    let end = claims.iter().map(|claim| claim.range.end).max().unwrap_or(0);
    let mut text = vec![' '; end];
    for claim in claims {
        for (at, character) in claim.quote.chars().enumerate() {
            text[claim.range.start + at] = character;
        }
    }
    let text: String = text.into_iter().collect();
    Document {
        schema: DOCUMENT_SCHEMA,
        source: SourceFacts {
            format: SourceFormat::Text,
            sha256: String::new(),
            title: None,
            producer: None,
            doi: None,
        },
        text,
        blocks: Vec::new(),
        lines: Vec::new(),
        pages: Vec::new(),
        tables: Vec::new(),
        variations: Vec::new(),
        hidden: Vec::new(),
        notes: Vec::new(),
    }
}

/// A checked paper, one without text, one that ended its worker; the first has claims of every outcome but one.
pub fn report() -> Report {
    let coverage = Coverage {
        pages: 4,
        quantities: 31,
        statistics: 1,
        in_derivations: 9,
        proposed: 5,
        consistent: 1,
        inconsistent: 2,
        undecided: 1,
        not_checked: 1,
        reasons: count_reasons([("a one-sided test is not excluded", 1), ("no degrees of freedom", 1)]),
    };
    let paper = |source: &str, status, reason: Option<&str>| PaperReport {
        key: "ab".repeat(32),
        source: source.into(),
        status,
        reason: reason.map(Into::into),
        notes: Vec::new(),
        coverage: Coverage::default(),
        findings: Vec::new(),
        model: None,
        exhibits: Exhibits::default(),
    };
    let checked = PaperReport {
        notes: vec!["page 2 could not be read: a broken content stream".into()],
        coverage,
        findings: vec![dose(), count(), consistent(), undecided()],
        ..paper("inbox/bde.pdf", PaperStatus::Checked, None)
    };
    let header = Header::new(RunSettings {
        rules: vec!["ST101".into(), "SU101".into(), "UN101".into()],
        all: false,
        model: None,
    });
    Report {
        schema_version: header.schema_version,
        tool: header.tool,
        settings: header.settings,
        papers: vec![
            checked,
            paper("inbox/scan.pdf", PaperStatus::NoText, Some("the pages hold images only")),
            paper("inbox/\u{1b}[31mhostile.pdf", PaperStatus::Failed, Some("the worker ran out of stack")),
        ],
    }
}
