//! `rederive model bench`: how fast a model computes here, and what memory it takes.

use std::io::Write;
use std::time::{Duration, Instant};

use super::super::exit::{CliError, ExitStatus};
use super::BenchArgs;
use super::open::{failed, open};
use crate::reason::candle::{Decoder, KvCache, ModelError, selftest};

/// Tokens of a continuation: a derivation over places of the text has about so many.
const CONTINUATION: usize = 10;

/// Writes a line for each measurement.
pub fn run(args: &BenchArgs, out: &mut dyn Write) -> Result<ExitStatus, CliError> {
    if args.prompt == 0 {
        return Err(CliError::Usage("a prompt needs a token".to_owned()));
    }
    let start = Instant::now();
    let (_, decoder) = open(&args.file, &args.open)?;
    let loading = start.elapsed();
    let mut cache = decoder.sequence();
    let measured = measure(args, &decoder, &mut cache).map_err(|error| failed(&args.file, &error))?;
    writeln!(out, "load      {:.2} s", loading.as_secs_f64())?;
    for (name, tokens, time) in measured {
        let seconds = time.as_secs_f64();
        writeln!(out, "{name:8}  {:.1} tokens/s ({tokens} tokens in {seconds:.2} s)", rate(tokens, seconds))?;
    }
    match peak_memory() {
        Some(kibibytes) => writeln!(out, "memory    {} MiB at most", kibibytes / 1024)?,
        None => writeln!(out, "memory    not told by this system")?,
    }
    Ok(ExitStatus::Success)
}

/// The measurements: what, tokens, time. Weights are brought into the form of the kernels when they are first used, which
/// is part of loading and not of speed, so a pass of a few tokens goes before.
fn measure(
    args: &BenchArgs,
    decoder: &Decoder,
    cache: &mut KvCache,
) -> Result<Vec<(&'static str, usize, Duration)>, ModelError> {
    let tokens = selftest::tokens(args.prompt + args.decode, decoder.config());
    let (prompt, rest) = tokens.split_at(args.prompt);
    decoder.prefill(&mut decoder.sequence(), &prompt[..prompt.len().min(4)])?;
    decoder.prefill(&mut decoder.sequence(), &prompt[..1])?;
    let start = Instant::now();
    decoder.prefill(cache, prompt)?;
    let mut measured = vec![("prefill", prompt.len(), start.elapsed())];
    let candidates = selftest::tokens(args.candidates * CONTINUATION, decoder.config());
    let candidates: Vec<&[u32]> = candidates.chunks(CONTINUATION).collect();
    if !candidates.is_empty() {
        let start = Instant::now();
        decoder.score(cache, &candidates)?;
        measured.push(("score", candidates.len() * CONTINUATION, start.elapsed()));
    }
    if !rest.is_empty() {
        let start = Instant::now();
        for token in rest {
            decoder.prefill(cache, &[*token])?;
        }
        measured.push(("decode", rest.len(), start.elapsed()));
    }
    Ok(measured)
}

#[expect(clippy::cast_precision_loss, reason = "a count of tokens")]
fn rate(tokens: usize, seconds: f64) -> f64 {
    tokens as f64 / seconds.max(f64::MIN_POSITIVE)
}

/// The most memory that the program has had, in KiB, where the system tells it as Linux does.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}
