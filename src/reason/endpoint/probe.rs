//! What an endpoint can do, found by asking.
//!
//! Servers take fields that they do not know and go on without them, so a capability is what shows in an answer: asked for
//! prose under a schema, a server that heeds the schema gives a number all the same.

use super::Question;
use super::answer::{Reply, reply};
use super::client::{Endpoint, Sampling};
use super::error::EndpointError;

/// What a server was seen to do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Capabilities {
    /// It keeps to a JSON schema; not looked at where it keeps to a grammar.
    pub schema: bool,
    /// It keeps to a grammar in the notation of llama.cpp.
    pub grammar: bool,
    /// It tells the logarithms of likelihoods.
    pub logprobs: bool,
}

impl Endpoint {
    /// Finds out whether the server has the model and what it can do, in up to four requests.
    ///
    /// # Errors
    /// A server that does not answer, refuses, or has no such model. A capability that it refuses is one that it lacks.
    pub fn probe(&mut self) -> Result<Capabilities, EndpointError> {
        self.check_model()?;
        let none = Capabilities::default();
        // A schema lets white space in, which weak models make much of: under a grammar an answer is the few tokens that it has to be.
        let grammar = self.keeps_to(Capabilities { grammar: true, ..none })?;
        let schema = !grammar && self.keeps_to(Capabilities { schema: true, ..none })?;
        let logprobs = match self.complete(&question(), sampling(), Capabilities { logprobs: true, ..none }) {
            Ok(completion) => completion.has_logprobs,
            Err(EndpointError::Refused { status: 400 | 422 | 501, .. }) => false,
            Err(error) => return Err(error),
        };
        self.capabilities = Capabilities { schema, grammar, logprobs };
        Ok(self.capabilities)
    }

    fn keeps_to(&self, with: Capabilities) -> Result<bool, EndpointError> {
        match self.complete(&question(), sampling(), with) {
            Ok(completion) => Ok(matches!(reply(&completion.content, OPTIONS), Reply::Chosen(_))),
            Err(EndpointError::Refused { status: 400 | 422 | 501, .. }) => Ok(false),
            Err(error) => Err(error),
        }
    }
}

const OPTIONS: usize = 3;

/// A question that nobody answers with a number who is free to write.
fn question() -> Question {
    Question {
        system: "You greet people.".to_owned(),
        text: "Greet me with one short sentence.".to_owned(),
        options: OPTIONS,
        language: None,
    }
}

/// Room for an object with all the white space that a schema lets in, at which weak models take their time (llama.cpp allows
/// twenty blanks in each of four places); prose that is free ends after its sentence.
const fn sampling() -> Sampling {
    Sampling { temperature: 0.0, seed: 1, tokens: 256 }
}
