//! `check --model`, `--replay` and what belongs to them: who is asked, how often, for how much, and where answers are kept.

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;

use crate::reason::{Budget, Cached, Reasoner, RecordHeader, RecordState, Recording, Replay, Session, TEMPLATE};
use crate::report::ModelSettings;
use crate::run::{Interrupt, Reasoning};

use super::exit::CliError;

/// Arguments about a reasoning model.
#[derive(Args, Clone, Debug)]
pub struct ReasoningArgs {
    // The address stands here as it is typed, and not as a link of the documentation.
    #[arg(
        long,
        value_name = "PATH|URL",
        help_heading = "Model",
        conflicts_with = "replay",
        help = "Ask a reasoning model about the values that no rule and no search reaches: a GGUF file, or the address of a \
                server with the usual protocol of chats (http://localhost:8080/v1, https://…). What it proposes is MD102, a \
                warning at most"
    )]
    model: Option<String>,
    #[command(flatten)]
    called: CalledArgs,
    /// How often to ask each question, the options in another order each time, or what is written drawn anew; voting stops where the rest
    /// changes nothing
    #[arg(long, value_name = "N", default_value_t = 1, help_heading = "Model", conflicts_with = "replay")]
    #[arg(value_parser = clap::value_parser!(u32).range(1..=25))]
    votes: u32,
    /// What the run may spend: tokens=N, which are counted; seconds=N and cost=AMOUNT,price=AMOUNT (of a million tokens),
    /// under which no run is like another
    #[arg(long, value_name = "KIND=N", value_delimiter = ',', help_heading = "Model", requires = "model")]
    budget: Vec<String>,
    /// Write every answer of the model to a file, which --replay takes
    #[arg(long, value_name = "FILE", help_heading = "Model", requires = "model")]
    record: Option<PathBuf>,
    /// Take the answers of a recorded run, with its settings and without its model
    #[arg(long, value_name = "FILE", help_heading = "Model")]
    replay: Option<PathBuf>,
    /// The folder of answers that are not asked for again [default: rederive/answers in the user's folder for caches]
    #[arg(long, value_name = "DIR", help_heading = "Model", requires = "model")]
    model_cache: Option<PathBuf>,
    /// Ask everything again, and keep no answer
    #[arg(long, help_heading = "Model", requires = "model", conflicts_with = "model_cache")]
    no_model_cache: bool,
}

/// Arguments about a model behind an endpoint.
#[derive(Args, Clone, Debug)]
pub struct CalledArgs {
    /// The name of the model at the endpoint [default: the only one that it has]
    #[arg(long, value_name = "NAME", help_heading = "Model", requires = "model")]
    model_name: Option<String>,
    /// Give a question to an endpoint up after so many seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 300, help_heading = "Model")]
    #[arg(value_parser = clap::value_parser!(u64).range(1..=86_400))]
    model_timeout: u64,
}

/// A model that is ready to be asked in a run.
pub(super) struct Asking {
    /// The model of the run.
    pub(super) reasoning: Arc<Reasoning>,
    /// What the report says of it.
    pub(super) settings: ModelSettings,
    record: Option<(PathBuf, RecordState)>,
}

/// The variable of the environment with the key of an endpoint.
#[cfg(feature = "endpoint")]
const KEY: &str = "REDERIVE_MODEL_KEY";

/// Opens the model or the record that the arguments name; nothing where they name none.
pub(super) fn open(args: &ReasoningArgs, papers: usize, interrupt: &Interrupt) -> Result<Option<Asking>, CliError> {
    let (reasoner, votes, budget, recorded) = match (&args.replay, &args.model) {
        (Some(path), _) => {
            let replay = replay(path)?;
            let (votes, budget) = (replay.header().votes, replay.header().budget);
            (Box::new(replay) as Box<dyn Reasoner>, votes, budget, None)
        }
        (None, Some(name)) => {
            let budget = Budget::parse(&args.budget).map_err(|error| CliError::Usage(error.to_string()))?;
            let (reasoner, record) = recorded(args, cached(args, model(name, &args.called)?), budget)?;
            (reasoner, args.votes, budget, record)
        }
        (None, None) => return Ok(None),
    };
    let identity = reasoner.identity().clone();
    let settings = ModelSettings {
        name: identity.name,
        sha256: identity.sha256,
        endpoint: identity.endpoint,
        template: TEMPLATE,
        votes,
        budget: budget.words(),
        reproducible: budget.is_reproducible(),
    };
    // A record says what the budget left out; a replay needs none of its own.
    let own = if args.replay.is_some() { Budget::default() } else { budget };
    let reasoning = Reasoning::new(Session::new(reasoner, votes, own), papers, interrupt.clone());
    Ok(Some(Asking { reasoning: Arc::new(reasoning), settings, record: recorded }))
}

impl Asking {
    /// What the user should know at the end: why a model gave no answer, that a record was not written whole.
    pub(super) fn troubles(&self) -> Vec<String> {
        let model = self.reasoning.trouble().map(|why| format!("note: the model gave no answer: {why}"));
        let record = self.record.as_ref().and_then(|(path, state)| {
            Some(format!("note: {}: the record could not be written: {}", path.display(), state.error()?))
        });
        model.into_iter().chain(record).collect()
    }
}

fn replay(path: &Path) -> Result<Replay, CliError> {
    let failed = |error: &dyn std::fmt::Display| CliError::Unreadable(format!("{}: {error}", path.display()));
    let file = File::open(path).map_err(|error| failed(&error))?;
    Replay::read(BufReader::new(file)).map_err(|error| failed(&error))
}

/// The model that a word names: an address or a file.
pub(super) fn model(name: &str, args: &CalledArgs) -> Result<Box<dyn Reasoner>, CliError> {
    if name.contains("://") {
        return endpoint(name, args);
    }
    if args.model_name.is_some() {
        return Err(CliError::Usage("--model-name is for endpoints; a file has its name".to_owned()));
    }
    weights(Path::new(name))
}

#[cfg(feature = "endpoint")]
fn endpoint(address: &str, args: &CalledArgs) -> Result<Box<dyn Reasoner>, CliError> {
    let (endpoint, name) = called(address, args)?;
    Ok(Box::new(crate::reason::endpoint::EndpointReasoner::new(endpoint, &name, address)))
}

/// The endpoint at an address, and the name of its model: the one that is named, or the only one that the server has.
#[cfg(feature = "endpoint")]
pub(super) fn called(
    address: &str,
    args: &CalledArgs,
) -> Result<(crate::reason::endpoint::Endpoint, String), CliError> {
    use std::time::Duration;

    use crate::reason::endpoint::{Endpoint, Key, Settings};

    let question = Duration::from_secs(args.model_timeout);
    let settings = Settings { question, request: Settings::default().request.min(question), ..Settings::default() };
    let failed = |error: &dyn std::fmt::Display| CliError::Usage(format!("{address}: {error}"));
    let named = |name: &str| Endpoint::new(address, name, Key::from_environment(KEY), settings);
    let name = match &args.model_name {
        Some(name) => name.clone(),
        None => match named("").and_then(|endpoint| endpoint.models()).map_err(|error| failed(&error))?.as_deref() {
            Some([only]) => only.clone(),
            Some(several) if !several.is_empty() => {
                let known = several.iter().take(8).map(String::as_str).collect::<Vec<_>>().join(", ");
                return Err(failed(&format!("it has several models, so --model-name has to say which: {known}")));
            }
            _ => return Err(failed(&"it does not say which models it has, so --model-name has to name one")),
        },
    };
    let endpoint = named(&name).map_err(|error| failed(&error))?;
    Ok((endpoint, name))
}

#[cfg(not(feature = "endpoint"))]
fn endpoint(address: &str, _: &CalledArgs) -> Result<Box<dyn Reasoner>, CliError> {
    Err(without_endpoints(address))
}

/// What a program says that opens no connections.
#[cfg(not(feature = "endpoint"))]
pub(super) fn without_endpoints(address: &str) -> CliError {
    CliError::Usage(format!(
        "{address}: this program was built without endpoints; `cargo build --release --features endpoint` builds one with them"
    ))
}

#[cfg(feature = "model")]
fn weights(path: &Path) -> Result<Box<dyn Reasoner>, CliError> {
    use crate::reason::candle::{CandleReasoner, Options};

    let opened = CandleReasoner::open(path, &Options::default());
    opened.map(|model| Box::new(model) as Box<dyn Reasoner>).map_err(|error| super::model::failed(path, &error))
}

#[cfg(not(feature = "model"))]
fn weights(path: &Path) -> Result<Box<dyn Reasoner>, CliError> {
    Err(CliError::Usage(format!(
        "--model {}: this program was built without models; `cargo build --release --features model` builds one with them",
        path.display()
    )))
}

/// The model with the answers of earlier runs before it.
fn cached(args: &ReasoningArgs, model: Box<dyn Reasoner>) -> Box<dyn Reasoner> {
    let folder = if args.no_model_cache { None } else { args.model_cache.clone().or_else(user_cache) };
    match folder {
        Some(folder) => Box::new(Cached::new(model, &folder)),
        None => model,
    }
}

/// The folder for answers in that of the user's caches, as the system's custom has it; none where it is not known.
fn user_cache() -> Option<PathBuf> {
    let variable = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let caches = if cfg!(windows) {
        variable("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        variable("HOME").map(|home| home.join("Library/Caches"))
    } else {
        variable("XDG_CACHE_HOME")
            .filter(|folder| folder.is_absolute())
            .or_else(|| variable("HOME").map(|home| home.join(".cache")))
    };
    caches.map(|caches| caches.join("rederive").join("answers"))
}

/// A record with the file that it goes to.
type Record = Option<(PathBuf, RecordState)>;

/// The model with a record of what it answers, where one is asked for.
fn recorded(
    args: &ReasoningArgs,
    model: Box<dyn Reasoner>,
    budget: Budget,
) -> Result<(Box<dyn Reasoner>, Record), CliError> {
    let Some(path) = &args.record else { return Ok((model, None)) };
    let file = File::create(path)
        .map_err(|error| CliError::Usage(format!("--record {}: it cannot be written ({error})", path.display())))?;
    let header = RecordHeader::new(model.identity().clone(), args.votes, budget);
    let (recording, state) = Recording::new(model, &header, Box::new(file));
    Ok((Box::new(recording), Some((path.clone(), state))))
}
