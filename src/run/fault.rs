//! Faults on demand: what the tests use to prove that a worker's death costs one row.
//!
//! A worker obeys them only when it was started with `--allow-faults`, a hidden option; otherwise such a file is plain
//! text like any other. The file's first line is `rederive-fault: KIND`.

use std::hint::black_box;
use std::time::Duration;

/// What the first line of a fault file starts with.
const MARK: &[u8] = b"rederive-fault: ";
/// What the last line of a PDF starts with that has the second reader fail.
const WITNESS_MARK: &[u8] = b"%rederive-witness-fault: ";
/// How long the name of a fault is at most.
const LONGEST: usize = 16;

/// Ways to end a worker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The process aborts.
    Abort,
    /// The process leaves on its own with a code.
    Exit,
    /// The work never ends.
    Hang,
    /// The work takes a second, so that a test can interrupt it.
    Slow,
    /// The work asks for memory without end.
    Memory,
    /// The work panics, which unwinds.
    Panic,
    /// The work recurses without end.
    Stack,
}

impl Fault {
    /// The fault that the bytes ask for, if any.
    pub fn asked(bytes: &[u8]) -> Option<Self> {
        Self::named(bytes.strip_prefix(MARK)?)
    }

    /// The fault that the end of the bytes asks of the second reader, if any.
    pub fn asked_of_witness(bytes: &[u8]) -> Option<Self> {
        let end = &bytes[bytes.len().saturating_sub(WITNESS_MARK.len() + LONGEST)..];
        let at = end.windows(WITNESS_MARK.len()).position(|window| window == WITNESS_MARK)?;
        Self::named(&end[at + WITNESS_MARK.len()..])
    }

    fn named(rest: &[u8]) -> Option<Self> {
        let word = rest.split(u8::is_ascii_whitespace).next()?;
        Some(match word {
            b"abort" => Self::Abort,
            b"exit" => Self::Exit,
            b"hang" => Self::Hang,
            b"slow" => Self::Slow,
            b"memory" => Self::Memory,
            b"panic" => Self::Panic,
            b"stack" => Self::Stack,
            _ => return None,
        })
    }

    /// Does it.
    ///
    /// # Panics
    /// For [`Fault::Panic`], as asked.
    pub fn happen(self) {
        match self {
            Self::Abort => std::process::abort(),
            Self::Exit => std::process::exit(17),
            Self::Hang => loop {
                std::thread::sleep(Duration::from_secs(1));
            },
            Self::Slow => std::thread::sleep(Duration::from_secs(1)),
            Self::Memory => {
                let mut kept: Vec<Vec<u8>> = Vec::new();
                loop {
                    kept.push(black_box(vec![1; 16 << 20]));
                }
            }
            Self::Panic => std::panic::panic_any("the fault that was asked for"),
            Self::Stack => {
                black_box(deeper(0));
            }
        }
    }
}

/// Recurses with a frame that the compiler cannot fold away.
fn deeper(level: u64) -> u64 {
    let frame = black_box([level; 512]);
    if black_box(level) == u64::MAX { frame[0] } else { deeper(level + 1) + black_box(frame)[511] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_mark_asks() {
        assert_eq!(Fault::asked(b"rederive-fault: abort\n"), Some(Fault::Abort));
        assert_eq!(Fault::asked(b"rederive-fault: stack"), Some(Fault::Stack));
        assert_eq!(Fault::asked(b"rederive-fault: other\n"), None);
        assert_eq!(Fault::asked(b"A paper about rederive-fault: abort"), None);
        assert_eq!(Fault::asked_of_witness(b"%PDF-1.7 ... %%EOF\n%rederive-witness-fault: hang\n"), Some(Fault::Hang));
        assert_eq!(Fault::asked_of_witness(b"%PDF-1.7 ... %%EOF\n"), None);
    }
}
