//! Papers and claims for the tests of this folder.
#![cfg(test)]

use crate::derive::Level;
use crate::report::{Coverage, Exhibits, Finding, OutcomeName, PaperReport, PaperStatus};

fn sets() -> serde_json::Value {
    serde_json::json!({ "tight": { "exact": "", "short": "" }, "wide": { "exact": "", "short": "" }, "unit": "" })
}

/// A claim with one operand, its stated value, at the first characters of the text.
pub(super) fn claim(code: &str, outcome: OutcomeName, level: Option<Level>, quote: &str, stated: &str) -> Finding {
    // The type has many fields that do not matter here, so it is read from a report.
    let claim = serde_json::json!({
        "code": code, "level": level, "confidence": "high", "outcome": outcome, "fingerprint": "",
        "message": "", "help": "", "places": [], "section": null, "quote": quote,
        "range": { "start": 0, "end": quote.chars().count() }, "relation": "", "eval": "",
        "operands": [{ "role": "stated", "literal": "", "sets": sets(),
            "span": { "range": { "start": 0, "end": 1 }, "quote": stated, "places": [] } }],
        "stated": sets(), "derived": sets(), "readings_tried": 1, "cause": null, "reason": null,
        "witness": "not-needed", "innocent": [], "proposer": { "rule": code },
    });
    serde_json::from_value(claim).expect("a claim")
}

/// A paper that was checked.
pub(super) fn paper(source: &str, findings: Vec<Finding>) -> PaperReport {
    PaperReport {
        key: String::new(),
        source: source.to_owned(),
        status: PaperStatus::Checked,
        reason: None,
        notes: Vec::new(),
        coverage: Coverage::default(),
        findings,
        model: None,
        exhibits: Exhibits::default(),
    }
}
