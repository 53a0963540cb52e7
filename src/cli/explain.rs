//! `rederive explain CODE`: the page of a rule, as its file holds it.

use std::io::Write;

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::exit::{CliError, ExitStatus};
use crate::rules::{self, Rule, RuleMetadata};

/// Arguments of `rederive explain`.
#[derive(Args, Clone, Debug)]
pub struct ExplainArgs {
    /// The codes or names of rules, such as EQ101 or percentage-mismatch
    #[arg(required_unless_present = "all", conflicts_with = "all", value_name = "CODE")]
    codes: Vec<String>,
    /// The pages of all rules
    #[arg(long)]
    all: bool,
    /// The format of the pages
    #[arg(long, value_enum, default_value_t = PageFormat::Text, value_name = "FORMAT")]
    format: PageFormat,
}

/// How a page is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum PageFormat {
    /// Markdown with its headings made plain, for reading in a terminal
    Text,
    /// Markdown
    Md,
    /// A JSON array with the facts about each rule and its page
    Json,
}

/// A rule as JSON.
#[derive(Serialize)]
struct RulePage<'r> {
    #[serde(flatten)]
    facts: &'r RuleMetadata,
    page: String,
}

/// Writes the pages of the rules that were asked for.
pub fn run(args: &ExplainArgs, out: &mut dyn Write) -> Result<ExitStatus, CliError> {
    let chosen = chosen(args)?;
    if args.format == PageFormat::Json {
        let pages: Vec<RulePage<'_>> =
            chosen.iter().map(|rule| RulePage { facts: rule.metadata(), page: rule.page().markdown() }).collect();
        serde_json::to_writer_pretty(&mut *out, &pages).map_err(std::io::Error::from)?;
        writeln!(out)?;
        return Ok(ExitStatus::Success);
    }
    for (at, rule) in chosen.iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        let page = rule.page().markdown();
        match args.format {
            PageFormat::Text => write_text(&page, rule.metadata(), out)?,
            _ => out.write_all(page.as_bytes())?,
        }
    }
    Ok(ExitStatus::Success)
}

/// The rules with the given codes or names, in the order asked for.
fn chosen(args: &ExplainArgs) -> Result<Vec<&'static dyn Rule>, CliError> {
    if args.all {
        return Ok(rules::all().to_vec());
    }
    args.codes
        .iter()
        .map(|asked| {
            let fits = |rule: &&&dyn Rule| {
                rule.metadata().code.eq_ignore_ascii_case(asked) || rule.metadata().name.eq_ignore_ascii_case(asked)
            };
            rules::all().iter().find(fits).copied().ok_or_else(|| {
                let known: Vec<&str> = rules::all().iter().map(|rule| rule.metadata().code).collect();
                CliError::Usage(format!("no rule is called {asked}; there are {}", known.join(", ")))
            })
        })
        .collect()
}

/// A page for a terminal: the heading with the facts, the other headings without their marks, the text indented.
fn write_text(page: &str, facts: &RuleMetadata, out: &mut dyn Write) -> std::io::Result<()> {
    writeln!(out, "\x1b[1m{} {}\x1b[0m", facts.code, facts.name)?;
    writeln!(out, "{}", facts.summary)?;
    writeln!(out, "a mismatch can be an error where {}", facts.grounds.words())?;
    let mut in_block = false;
    for line in page.lines().skip(1) {
        if line.starts_with("```") {
            in_block = !in_block;
        } else if let Some(heading) = line.strip_prefix("## ") {
            writeln!(out, "\x1b[1m{heading}\x1b[0m")?;
        } else if line.is_empty() {
            writeln!(out)?;
        } else {
            writeln!(out, "{}{line}", if in_block { "      " } else { "  " })?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(codes: &[&str], all: bool, format: PageFormat) -> Result<String, CliError> {
        let codes = codes.iter().map(|code| (*code).to_owned()).collect();
        let mut out = Vec::new();
        run(&ExplainArgs { codes, all, format }, &mut out)?;
        Ok(String::from_utf8(out).expect("pages are text"))
    }

    #[test]
    fn a_page_is_found_by_code_and_by_name() {
        let by_code = text(&["su101"], false, PageFormat::Text).expect("a page");
        assert_eq!(by_code, text(&["percentage-mismatch"], false, PageFormat::Text).expect("a page"));
        assert!(by_code.contains("When it stays silent") && !by_code.contains("```"));
        assert!(
            by_code.contains("where at least 3 claims of the same kind hold in the paper, or the digits show the slip")
        );
        assert!(
            matches!(text(&["ZZ999"], false, PageFormat::Text), Err(CliError::Usage(message)) if message.contains("SU101"))
        );
    }

    #[test]
    fn all_pages_are_written_in_each_format() {
        let markdown = text(&[], true, PageFormat::Md).expect("pages");
        assert_eq!(markdown.matches("## Limits").count(), rules::all().len());
        let json: serde_json::Value =
            serde_json::from_str(&text(&[], true, PageFormat::Json).expect("pages")).expect("JSON");
        assert_eq!(json.as_array().map(Vec::len), Some(rules::all().len()));
        assert_eq!(json[0]["code"], "CN101");
    }
}
