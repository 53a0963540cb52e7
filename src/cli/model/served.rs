//! `rederive model check URL`: what a server can do of that which is asked of it, before papers are put to it.

use std::io::Write;

use super::super::exit::{CliError, ExitStatus};
use super::super::reasoning::{self, CalledArgs};

/// Writes what was found; the status is that of findings where a question of numbered options gets no usable answer.
#[cfg(feature = "endpoint")]
pub fn run(address: &str, args: &CalledArgs, out: &mut dyn Write) -> Result<ExitStatus, CliError> {
    use crate::reason::endpoint::{Question, Reply, Sampling};

    let (mut endpoint, name) = reasoning::called(address, args)?;
    let failed = |error: &dyn std::fmt::Display| CliError::Usage(format!("{address}: {error}"));
    let found = endpoint.probe().map_err(|error| failed(&error))?;
    let question = Question {
        system: "You choose one of numbered options. The answer is a JSON object like {\"choice\": 1}, and 0 stands for none."
            .to_owned(),
        text: "Which of these is a mass?\n1. 12 kg\n2. 3 m\n3. 7 s".to_owned(),
        options: 3,
        language: None,
    };
    let sampling = Sampling { temperature: 0.0, seed: 1, tokens: 1024 };
    let reply = endpoint.ask(&question, sampling).map_err(|error| failed(&error))?;
    let word = |has: bool| if has { "yes" } else { "no" };
    // A server that keeps to a grammar is asked for nothing else, so whether it knows schemas is not looked at.
    let schema = if found.grammar { "not asked" } else { word(found.schema) };
    writeln!(out, "model      {name}")?;
    writeln!(out, "grammar    {}", word(found.grammar))?;
    writeln!(out, "schema     {schema}")?;
    writeln!(out, "logprobs   {}", word(found.logprobs))?;
    let (told, status) = match reply {
        Reply::Chosen(number) => (format!("option {number}"), ExitStatus::Success),
        Reply::Written(said) | Reply::Unusable(said) => {
            (format!("none that can be used: `{said}`"), ExitStatus::Findings)
        }
    };
    writeln!(out, "answer     {told}")?;
    Ok(status)
}

/// Says that this program opens no connections.
#[cfg(not(feature = "endpoint"))]
pub fn run(address: &str, _: &CalledArgs, _: &mut dyn Write) -> Result<ExitStatus, CliError> {
    Err(reasoning::without_endpoints(address))
}
