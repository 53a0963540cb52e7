//! `rederive model info|bench FILE` and `model check|try MODEL`: what a model is, whether it computes here what it should, how fast, and
//! how good it is at choosing derivations.
//!
//! The models themselves are for `reason`; here are the arguments. A program without the feature `model` has the command,
//! too, and says that it can open none.

mod attempt;
#[cfg(feature = "model")]
mod bench;
#[cfg(feature = "model")]
mod check;
#[cfg(feature = "model")]
mod info;
#[cfg(feature = "model")]
mod open;
mod served;

#[cfg(feature = "model")]
pub(super) use open::failed;

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::choices::PassageArgs;
use super::exit::{CliError, ExitStatus};
use super::reasoning::CalledArgs;

/// Arguments of `rederive model`.
#[derive(Args, Clone, Debug)]
pub struct ModelArgs {
    #[command(subcommand)]
    command: ModelCommand,
}

#[derive(Clone, Debug, Subcommand)]
enum ModelCommand {
    /// Say what a model is: its kind, size, context, tokenizer
    Info(InfoArgs),
    /// Compare what a model computes with plain loops over its weights, or ask a server what it can do; exit code 1 where something
    /// is not as it should be
    Check(CheckArgs),
    /// Measure tokens per second and memory
    Bench(BenchArgs),
    /// Try a model on passages written for the purpose: how often it is right, how far its votes agree, what it costs
    Try(TryArgs),
}

/// Arguments of `rederive model info`.
#[derive(Args, Clone, Debug)]
pub struct InfoArgs {
    /// A GGUF file
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// How to write
    #[arg(long, value_enum, default_value_t = InfoFormat::Full, value_name = "FORMAT")]
    format: InfoFormat,
}

/// How facts about a model are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum InfoFormat {
    /// Lines for people
    Full,
    /// A JSON object
    Json,
}

/// How a model is opened.
#[derive(Args, Clone, Debug)]
pub struct OpenArgs {
    /// Most tokens of a sequence; the length that the model was first trained for where none is given
    #[arg(long, value_name = "TOKENS")]
    context: Option<usize>,
    /// Where to compute
    #[arg(long, value_enum, default_value_t = On::Cpu, value_name = "DEVICE")]
    device: On,
}

/// Where a model computes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum On {
    /// The processor
    Cpu,
    /// A card of NVIDIA, in a program built with the feature `cuda`
    Cuda,
    /// A card of Apple, in a program built with the feature `metal`
    Metal,
}

/// Arguments of `rederive model check`.
#[derive(Args, Clone, Debug)]
pub struct CheckArgs {
    /// A GGUF file, or the address of an endpoint
    #[arg(value_name = "PATH|URL")]
    model: PathBuf,
    #[command(flatten)]
    open: OpenArgs,
    #[command(flatten)]
    called: CalledArgs,
}

impl CheckArgs {
    /// The address, where it is one and no file.
    fn address(&self) -> Option<&str> {
        self.model.to_str().filter(|name| name.contains("://"))
    }
}

/// Arguments of `rederive model bench`.
#[derive(Args, Clone, Debug)]
pub struct BenchArgs {
    /// A GGUF file
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    open: OpenArgs,
    /// Tokens of the prompt
    #[arg(long, default_value_t = 256, value_name = "TOKENS")]
    prompt: usize,
    /// Tokens that follow one by one
    #[arg(long, default_value_t = 24, value_name = "TOKENS")]
    decode: usize,
    /// Continuations of ten tokens that are scored behind the prompt
    #[arg(long, default_value_t = 24, value_name = "COUNT")]
    candidates: usize,
}

/// Arguments of `rederive model try`.
#[derive(Args, Clone, Debug)]
pub struct TryArgs {
    /// A GGUF file, or the address of an endpoint
    #[arg(value_name = "PATH|URL")]
    model: String,
    #[command(flatten)]
    passages: PassageArgs,
    #[command(flatten)]
    called: CalledArgs,
    /// How often to ask about each value at most, the options in another order each time
    #[arg(long, value_name = "N", default_value_t = 1, help_heading = "Model")]
    #[arg(value_parser = clap::value_parser!(u32).range(1..=25))]
    votes: u32,
}

/// Runs the command.
#[cfg(feature = "model")]
pub fn run(args: &ModelArgs, out: &mut dyn Write) -> Result<ExitStatus, CliError> {
    match &args.command {
        ModelCommand::Info(args) => info::run(args, out),
        ModelCommand::Check(args) => match args.address() {
            Some(address) => served::run(address, &args.called, out),
            None => check::run(args, out),
        },
        ModelCommand::Bench(args) => bench::run(args, out),
        ModelCommand::Try(args) => attempt::run(args, out),
    }
}

/// Says that this program opens no models.
#[cfg(not(feature = "model"))]
pub fn run(args: &ModelArgs, out: &mut dyn Write) -> Result<ExitStatus, CliError> {
    let file = match &args.command {
        ModelCommand::Info(args) => &args.file,
        ModelCommand::Check(args) => match args.address() {
            Some(address) => return served::run(address, &args.called, out),
            None => &args.model,
        },
        ModelCommand::Bench(args) => &args.file,
        ModelCommand::Try(args) => return attempt::run(args, out),
    };
    Err(CliError::Usage(format!(
        "{}: this program was built without models; `cargo build --release --features model` builds one with them",
        file.display()
    )))
}
