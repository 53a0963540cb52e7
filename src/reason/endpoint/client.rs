//! The client: one request at a time, with patience that ends.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use ureq::Agent;

use super::Question;
use super::answer::{Completion, Reply, completion, derivation, reply};
use super::connection::{address, agent, insecure};
use super::error::{EndpointError, shortened};
use super::key::Key;
use super::language;
use super::probe::Capabilities;

/// The first pause after a failure; each later one is twice as long.
const PAUSE: Duration = Duration::from_millis(500);

/// The longest part of a name of a model in a list, and the most names shown.
const NAMES_SHOWN: usize = 8;

/// How long, how often and how much.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// The longest time of one request.
    pub request: Duration,
    /// The longest time of a question, attempts and pauses together.
    pub question: Duration,
    /// The most attempts at a question.
    pub attempts: u32,
    /// The most questions at once.
    pub jobs: usize,
    /// The longest answer in bytes.
    pub longest: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            request: Duration::from_mins(2),
            question: Duration::from_mins(5),
            attempts: 4,
            jobs: 4,
            longest: 1 << 20,
        }
    }
}

/// How an answer is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sampling {
    /// 0 takes the likeliest token.
    pub temperature: f32,
    /// The seed, for servers that heed it.
    pub seed: u32,
    /// The most tokens of an answer, thinking included.
    pub tokens: u32,
}

/// A model at an address.
#[derive(Debug)]
pub struct Endpoint {
    agent: Agent,
    base: String,
    model: String,
    key: Option<Key>,
    settings: Settings,
    pub(super) capabilities: Capabilities,
}

/// A reply with the tokens of prompt and answer, where the server counts them; or why there is none.
pub type Counted = Result<(Reply, Option<u64>), EndpointError>;

/// How one attempt ended without an answer.
enum Failure {
    /// Another attempt makes no sense.
    Final(EndpointError),
    /// It may work later; the server may have said when.
    Passing { told: String, after: Option<Duration> },
}

impl Endpoint {
    /// An endpoint of which nothing is known yet; nothing is sent. The address is that of the interface, such as
    /// `http://localhost:8080/v1` or `https://example.org/v1`.
    ///
    /// # Errors
    /// [`EndpointError::Address`].
    pub fn new(base: &str, model: &str, key: Option<Key>, settings: Settings) -> Result<Self, EndpointError> {
        Ok(Self {
            agent: agent(),
            base: address(base)?,
            model: model.to_owned(),
            key,
            settings,
            capabilities: Capabilities::default(),
        })
    }

    /// How many questions are asked at once.
    pub(super) fn jobs(&self) -> usize {
        self.settings.jobs.max(1)
    }

    /// What the endpoint has been found to do.
    pub const fn capabilities(&self) -> Capabilities {
        self.capabilities
    }

    /// The names of the models that the server has; `None` where it does not say.
    pub fn models(&self) -> Result<Option<Vec<String>>, EndpointError> {
        match self.persistently(None) {
            Ok(body) => {
                let body: Value = serde_json::from_str(&body)
                    .map_err(|_| EndpointError::Protocol(format!("no JSON but `{}`", shortened(&body))))?;
                let names = body["data"]
                    .as_array()
                    .map(|list| list.iter().filter_map(|model| model["id"].as_str()).map(str::to_owned).collect());
                Ok(names)
            }
            Err(EndpointError::Refused { status: 404 | 405 | 501, .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// That the server has the model.
    pub(super) fn check_model(&self) -> Result<(), EndpointError> {
        let Some(names) = self.models()? else { return Ok(()) };
        if names.is_empty() || names.contains(&self.model) {
            return Ok(());
        }
        let mut known: Vec<String> = names.iter().take(NAMES_SHOWN).map(|name| shortened(name)).collect();
        if names.len() > NAMES_SHOWN {
            known.push(format!("{} more", names.len() - NAMES_SHOWN));
        }
        Err(EndpointError::NoModel { model: self.model.clone(), known: known.join(", ") })
    }

    /// Asks one question.
    ///
    /// # Errors
    /// Everything but an answer that cannot be used, which is a reply.
    pub fn ask(&self, question: &Question, sampling: Sampling) -> Result<Reply, EndpointError> {
        Ok(self.ask_counted(question, sampling)?.0)
    }

    /// The same with the tokens of prompt and answer, where the server counts them.
    fn ask_counted(&self, question: &Question, sampling: Sampling) -> Result<(Reply, Option<u64>), EndpointError> {
        let completion = match self.complete(question, sampling, self.capabilities) {
            // A server may keep to a schema and not know patterns; what it writes freely is read all the same.
            Err(EndpointError::Refused { status: 400 | 422 | 501, .. }) if question.language.is_some() => {
                self.complete(question, sampling, Capabilities::default())?
            }
            other => other?,
        };
        let reply = match &question.language {
            Some(language) => derivation(&completion.content, language),
            None => reply(&completion.content, question.options),
        };
        Ok((reply, completion.tokens))
    }

    /// Asks many questions, some at once; the answers come in the order of the questions.
    pub fn ask_all(&self, questions: &[Question], sampling: Sampling) -> Vec<Result<Reply, EndpointError>> {
        let counted = self.ask_all_counted(questions, sampling);
        counted.into_iter().map(|answer| answer.map(|(reply, _)| reply)).collect()
    }

    /// The same with the tokens of prompt and answer, where the server counts them.
    pub fn ask_all_counted(&self, questions: &[Question], sampling: Sampling) -> Vec<Counted> {
        let next = AtomicUsize::new(0);
        let answers: Mutex<Vec<Option<Counted>>> = Mutex::new(questions.iter().map(|_| None).collect());
        std::thread::scope(|scope| {
            for _ in 0..self.settings.jobs.clamp(1, questions.len().max(1)) {
                scope.spawn(|| {
                    while let Some((at, question)) =
                        Some(next.fetch_add(1, Ordering::Relaxed)).and_then(|at| Some((at, questions.get(at)?)))
                    {
                        let answer = self.ask_counted(question, sampling);
                        if let Ok(mut answers) = answers.lock() {
                            answers[at] = Some(answer);
                        }
                    }
                });
            }
        });
        let answers = answers.into_inner().unwrap_or_default();
        let none = || Err(EndpointError::Protocol("the question was not asked".to_owned()));
        answers.into_iter().map(|answer| answer.unwrap_or_else(none)).collect()
    }

    /// Sends a question with what the capabilities allow.
    pub(super) fn complete(
        &self,
        question: &Question,
        sampling: Sampling,
        with: Capabilities,
    ) -> Result<Completion, EndpointError> {
        let mut body = json!({
            "model": self.model,
            "messages": [
                { "role": "system", "content": question.system },
                { "role": "user", "content": question.text },
            ],
            "temperature": sampling.temperature,
            "seed": sampling.seed,
            "max_tokens": sampling.tokens,
            "stream": false,
        });
        if with.schema {
            body["response_format"] = json!({
                "type": "json_schema",
                "json_schema": { "name": "choice", "strict": true, "schema": schema(question) },
            });
        } else if with.grammar {
            body["grammar"] = grammar(question).into();
        }
        if with.logprobs {
            body["logprobs"] = true.into();
        }
        completion(&self.persistently(Some(&body))?)
    }

    /// Posts a body to the completions, or gets the list of models, until there is an answer or no hope.
    fn persistently(&self, body: Option<&Value>) -> Result<String, EndpointError> {
        let start = Instant::now();
        let mut pause = PAUSE;
        let mut attempts = 0;
        loop {
            let left = self.settings.question.saturating_sub(start.elapsed());
            if left.is_zero() {
                return Err(EndpointError::Deadline(self.settings.question));
            }
            attempts += 1;
            match self.once(body, left.min(self.settings.request)) {
                Ok(text) => return Ok(text),
                Err(Failure::Final(error)) => return Err(error),
                Err(Failure::Passing { told, after }) => {
                    let wait = after.unwrap_or(pause);
                    if attempts >= self.settings.attempts {
                        return Err(EndpointError::Failing { attempts, last: told });
                    }
                    if start.elapsed() + wait >= self.settings.question {
                        return Err(EndpointError::Deadline(self.settings.question));
                    }
                    std::thread::sleep(wait);
                    pause = pause.saturating_mul(2);
                }
            }
        }
    }

    fn once(&self, body: Option<&Value>, time: Duration) -> Result<String, Failure> {
        let key = self.key.as_ref().map(Key::header);
        let sent = if let Some(body) = body {
            let mut request = self.agent.post(format!("{}/chat/completions", self.base));
            if let Some(key) = &key {
                request = request.header("Authorization", key);
            }
            let request = request.header("Content-Type", "application/json");
            request.config().timeout_global(Some(time)).build().send(body.to_string())
        } else {
            let mut request = self.agent.get(format!("{}/models", self.base));
            if let Some(key) = &key {
                request = request.header("Authorization", key);
            }
            request.config().timeout_global(Some(time)).build().call()
        };
        let mut response = sent.map_err(|error| self.failure(&error))?;
        let status = response.status().as_u16();
        let after = response
            .headers()
            .get("Retry-After")
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.trim().parse().ok())
            .map(Duration::from_secs);
        let read = response.body_mut().with_config().limit(self.settings.longest).lossy_utf8(true).read_to_string();
        match status {
            200..=299 => read.map_err(|error| self.failure(&error)),
            408 | 425 | 429 | 500 | 502 | 503 | 504 => {
                let told = format!("status {status}: {}", self.told(&read.unwrap_or_default()));
                Err(Failure::Passing { told, after })
            }
            _ => {
                let told = self.told(&read.unwrap_or_default());
                Err(Failure::Final(EndpointError::Refused { status, told }))
            }
        }
    }

    fn failure(&self, error: &ureq::Error) -> Failure {
        if let Some(told) = insecure(&self.base, error) {
            return Failure::Final(EndpointError::Insecure(self.told(&told)));
        }
        match error {
            ureq::Error::BodyExceedsLimit(limit) => {
                Failure::Final(EndpointError::Protocol(format!("an answer of more than {limit} bytes")))
            }
            ureq::Error::BadUri(_) | ureq::Error::HostNotFound => {
                Failure::Final(EndpointError::Address(self.base.clone()))
            }
            other => Failure::Passing { told: self.told(&other.to_string()), after: None },
        }
    }

    /// What a server says, fit for a message.
    fn told(&self, text: &str) -> String {
        let message = serde_json::from_str::<Value>(text).ok().and_then(|body| {
            let error = &body["error"];
            error["message"].as_str().or_else(|| error.as_str()).map(str::to_owned)
        });
        let text = message.unwrap_or_else(|| text.to_owned());
        shortened(&self.key.as_ref().map_or_else(|| text.clone(), |key| key.taken_out(&text)))
    }
}

/// A JSON schema that holds the numbers of the options alone, or what can be written.
fn schema(question: &Question) -> Value {
    if let Some(language) = &question.language {
        return language::schema(language);
    }
    let options = question.options;
    json!({
        "type": "object",
        "properties": { "choice": { "type": "integer", "enum": (0..=options).collect::<Vec<_>>() } },
        "required": ["choice"],
        "additionalProperties": false,
    })
}

/// The same in the notation of llama.cpp.
fn grammar(question: &Question) -> String {
    if let Some(language) = &question.language {
        return language::grammar(language);
    }
    let numbers: Vec<String> = (0..=question.options).map(|number| format!("\"{number}\"")).collect();
    format!("root ::= \"{{\\\"choice\\\": \" ({}) \"}}\"", numbers.join(" | "))
}
