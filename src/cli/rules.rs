//! `rederive rules`: the list of all rules.

use std::io::Write;

use clap::{Args, ValueEnum};

use super::exit::{CliError, ExitStatus};
use crate::rules::{self, RuleMetadata};

/// Arguments of `rederive rules`.
#[derive(Args, Clone, Debug)]
pub struct RulesArgs {
    /// The format of the list
    #[arg(long, value_enum, default_value_t = ListFormat::Table, value_name = "FORMAT")]
    format: ListFormat,
}

/// How the list is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ListFormat {
    /// A table: code, name, family, status, summary
    Table,
    /// A JSON array with the facts about each rule
    Json,
}

/// Writes the list, sorted by code.
pub fn run(args: &RulesArgs, out: &mut dyn Write) -> Result<ExitStatus, CliError> {
    let facts: Vec<&RuleMetadata> = rules::all().iter().map(|rule| rule.metadata()).collect();
    match args.format {
        ListFormat::Table => {
            let width = facts.iter().map(|facts| facts.name.len()).max().unwrap_or(0);
            for facts in facts {
                let status = word(&facts.status);
                writeln!(out, "{}  {:width$}  {status:8}  {}", facts.code, facts.name, facts.summary)?;
            }
        }
        ListFormat::Json => {
            serde_json::to_writer_pretty(&mut *out, &facts).map_err(std::io::Error::from)?;
            writeln!(out)?;
        }
    }
    Ok(ExitStatus::Success)
}

/// The name of a value as JSON has it, without quotes.
fn word(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_has_a_line_for_each_rule() {
        let mut out = Vec::new();
        run(&RulesArgs { format: ListFormat::Table }, &mut out).expect("a list");
        let text = String::from_utf8(out).expect("text");
        assert_eq!(text.lines().count(), rules::all().len());
        assert!(text.lines().all(|line| line.contains("preview")));
        let mut out = Vec::new();
        run(&RulesArgs { format: ListFormat::Json }, &mut out).expect("a list");
        let json: serde_json::Value = serde_json::from_slice(&out).expect("JSON");
        assert_eq!(json.as_array().map(Vec::len), Some(rules::all().len()));
    }
}
