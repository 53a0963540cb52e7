//! The published schema of the JSON report.

use schemars::Schema;

use super::model::Report;

/// The schema of [`Report`] as `--format json` writes it; it is published as `reports/schema/report-1.0.json`.
pub fn schema() -> Schema {
    schemars::schema_for!(Report)
}
