//! The published schema of the JSON report.

use schemars::Schema;

use super::model::Report;

/// The schema of [`Report`] as `--format json` writes it; it is published as `reports/schema/report-1.0.json`.
pub fn schema() -> Schema {
    let mut schema = schemars::schema_for!(Report);
    // Some features of the build keep the order in which members were put in; the published one has that of the alphabet.
    let mut value = schema.as_value().clone();
    value.sort_all_objects();
    if let Ok(sorted) = Schema::try_from(value) {
        schema = sorted;
    }
    schema
}
