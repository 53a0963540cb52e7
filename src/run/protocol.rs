//! The messages between the program and its workers, and how they travel over standard input and output.
//!
//! A frame is a length of the header (four bytes, little-endian), a length of the payload (eight bytes), the header as
//! JSON and the payload as raw bytes. Only a paper's bytes travel as payload. The stages themselves are in `paper`.

use std::io::{self, Read, Write};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::marks::PlannedMark;
use crate::document::Document;
use crate::reason::Questions;
use crate::report::{Coverage, Crop, Exhibits, Finding, PaperStatus};
use crate::search::Selection;

/// The version of the messages. Program and worker are one binary, so a difference means that the file was replaced
/// while a run was going on; the worker is refused by name then.
pub const PROTOCOL: u32 = 4;

/// The longest header that is taken: beyond it, the sender is not what it says.
const MAX_HEADER: u32 = 1 << 30;
/// The longest payload that is taken.
const MAX_PAYLOAD: u64 = 1 << 32;

/// What the program asks of a worker. The worker keeps a paper between messages, until the next one is read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Request {
    /// Read the paper whose bytes are the payload: the *read* stage.
    Read,
    /// Propose and evaluate over the paper just read: the *evaluate* stage.
    Evaluate {
        /// The codes of the rules to run.
        rules: Vec<String>,
        /// Whether pages are wanted, which show more than claims.
        exhibits: bool,
    },
    /// Draw the planned crops of the paper whose bytes are the payload: the *picture* stage. It needs no paper that was
    /// read, so that a worker lost over a drawing costs no finding.
    Picture {
        /// The crops without their pictures.
        crops: Vec<Crop>,
    },
    /// Mark the paper whose bytes are the payload: the *mark* stage. Like *picture*, it costs no finding.
    Mark {
        /// The marks.
        marks: Vec<PlannedMark>,
    },
    /// Give the document of the paper just read: for slips to be planted in.
    Document,
    /// Have a second reader look at the operands of what is inconsistent: the *confirm* stage. The payload is the paper's
    /// bytes once more; the answer is that of *evaluate*, with the witness's word.
    Confirm {
        /// The codes of the rules to run.
        rules: Vec<String>,
        /// Whether pages are wanted.
        exhibits: bool,
    },
    /// Ask about the values of the paper just evaluated for which nothing was proposed.
    Questions,
    /// Judge what a reasoning model chose: the *evaluate* stage once more, of these proposals alone. The payload is the paper's bytes,
    /// for the second reader; the answer is that of *evaluate* with what was judged before as it was.
    Reasoned {
        /// What was chosen.
        selections: Vec<Selection>,
        /// Whether pages are wanted.
        exhibits: bool,
    },
}

/// What a worker answers. The kind stands around the answer, not within it: else all of it is kept twice while it is read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Response {
    /// The first message of a worker, unasked.
    Ready {
        /// Its [`PROTOCOL`].
        protocol: u32,
        /// Its version.
        version: String,
    },
    /// The answer to [`Request::Read`].
    Read(ReadAnswer),
    /// The answer to [`Request::Questions`].
    Questions(Questions),
    /// The answer to [`Request::Evaluate`], [`Request::Confirm`] and [`Request::Reasoned`].
    Evaluated(Box<EvaluateAnswer>),
    /// The answer to [`Request::Picture`].
    Pictured {
        /// The crops with their pictures.
        crops: Vec<Crop>,
        /// What is missing, as lower-case fragments.
        missing: Vec<String>,
    },
    /// The answer to [`Request::Mark`].
    Marked {
        /// What a marked copy has behind the bytes of the file; or why there is none, as a lower-case fragment.
        tail: Result<Vec<u8>, String>,
    },
    /// The answer to [`Request::Document`].
    Document(Box<Document>),
    /// A stage panicked: the paper is lost, the worker goes on.
    Panicked {
        /// What the panic said.
        message: String,
    },
}

/// How reading ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadAnswer {
    /// `Checked` where the paper can be evaluated now; else why not.
    pub status: PaperStatus,
    /// Why it cannot, as a lower-case fragment.
    pub reason: Option<String>,
    /// What the reader wants the user to know.
    pub notes: Vec<String>,
    /// Pages, quantities and statistics; the outcomes are still zero.
    pub coverage: Coverage,
}

/// What evaluation gave.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EvaluateAnswer {
    /// Everything that was counted.
    pub coverage: Coverage,
    /// Every outcome by place, findings and others.
    pub claims: Vec<Finding>,
    /// What pages show beside them, the pictures still without pixels; nothing where no page is wanted.
    pub exhibits: Exhibits,
}

/// Sends one frame and flushes.
pub fn send<T: Serialize>(out: &mut impl Write, header: &T, payload: &[u8]) -> io::Result<()> {
    let header = serde_json::to_vec(header)?;
    let header_length = u32::try_from(header.len()).map_err(|_| invalid("the message is too long"))?;
    out.write_all(&header_length.to_le_bytes())?;
    out.write_all(&(payload.len() as u64).to_le_bytes())?;
    out.write_all(&header)?;
    out.write_all(payload)?;
    out.flush()
}

/// Receives one frame; `None` where the other side has closed the stream between two frames.
pub fn receive<T: DeserializeOwned>(input: &mut impl Read) -> io::Result<Option<(T, Vec<u8>)>> {
    let mut first = [0; 4];
    if input.read(&mut first[..1])? == 0 {
        return Ok(None);
    }
    input.read_exact(&mut first[1..])?;
    let mut second = [0; 8];
    input.read_exact(&mut second)?;
    let (header_length, payload_length) = (u32::from_le_bytes(first), u64::from_le_bytes(second));
    if header_length > MAX_HEADER || payload_length > MAX_PAYLOAD {
        return Err(invalid("a message of this length is not one of ours"));
    }
    let header = exactly(input, u64::from(header_length))?;
    let payload = exactly(input, payload_length)?;
    Ok(Some((serde_json::from_slice(&header)?, payload)))
}

/// Reads `length` bytes. The buffer grows with what arrives, so a false length costs no memory.
fn exactly(input: &mut impl Read, length: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    input.take(length).read_to_end(&mut bytes)?;
    if bytes.len() as u64 == length { Ok(bytes) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}

fn invalid(message: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_come_back_as_they_went() {
        let mut wire = Vec::new();
        send(&mut wire, &Request::Read, b"%PDF-1.7").expect("a vector takes everything");
        send(&mut wire, &Request::Evaluate { rules: vec!["EQ101".into()], exhibits: false }, b"")
            .expect("a vector takes everything");
        let mut input = wire.as_slice();
        assert_eq!(receive(&mut input).expect("whole"), Some((Request::Read, b"%PDF-1.7".to_vec())));
        let (request, payload) = receive::<Request>(&mut input).expect("whole").expect("a second frame");
        assert_eq!(request, Request::Evaluate { rules: vec!["EQ101".into()], exhibits: false });
        assert!(payload.is_empty());
        assert_eq!(receive::<Request>(&mut input).expect("a clean end"), None);
    }

    #[test]
    fn cut_and_foreign_streams_are_errors() {
        let mut wire = Vec::new();
        send(&mut wire, &Request::Read, b"bytes").expect("a vector takes everything");
        for cut in 1..wire.len() {
            assert!(receive::<Request>(&mut &wire[..cut]).is_err(), "cut at {cut}");
        }
        assert!(receive::<Request>(&mut &b"Hello, this is a line of text"[..]).is_err());
    }
}
