//! Exit codes and the errors that end a command. Nothing here writes: [`super::main`] reports.

use std::io;
use std::process::ExitCode;

use thiserror::Error;

/// How a command ended. The numbers are public: scripts rely on them, and no format or flag changes their meaning.
///
/// Where several apply, the first of 70, 2, 3, 5, 1, 4 wins: see [`ExitStatus::worst`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ExitStatus {
    /// 0: complete, and no finding at or above the level of `--fail-on`.
    Success,
    /// 1: complete, with findings at or above that level.
    Findings,
    /// 2: the command line cannot be understood, or the command has nothing to work on.
    Usage,
    /// 3: no input matched.
    NoInput,
    /// 4: complete, but an input that was named could not be processed (with `--strict`, any input).
    Unprocessed,
    /// 5: interrupted: what was finished is written, the rest is listed as not reached.
    Interrupted,
    /// 70: a fault of the program itself, outside any paper.
    Internal,
}

impl ExitStatus {
    /// The number that the process leaves with.
    pub const fn code(self) -> u8 {
        match self {
            Self::Success => 0,
            Self::Findings => 1,
            Self::Usage => 2,
            Self::NoInput => 3,
            Self::Unprocessed => 4,
            Self::Interrupted => 5,
            Self::Internal => 70,
        }
    }

    /// Of a command that is complete unless it was interrupted.
    pub const fn complete_unless(interrupted: bool) -> Self {
        if interrupted { Self::Interrupted } else { Self::Success }
    }

    /// The one of the two that a script must hear of.
    #[must_use]
    pub const fn worst(self, other: Self) -> Self {
        if self.rank() >= other.rank() { self } else { other }
    }

    const fn rank(self) -> u8 {
        match self {
            Self::Success => 0,
            Self::Unprocessed => 1,
            Self::Findings => 2,
            Self::Interrupted => 3,
            Self::NoInput => 4,
            Self::Usage => 5,
            Self::Internal => 6,
        }
    }
}

impl From<ExitStatus> for ExitCode {
    fn from(status: ExitStatus) -> Self {
        Self::from(status.code())
    }
}

/// Why a command could not be carried out.
#[derive(Debug, Error)]
pub enum CliError {
    /// The arguments make no sense together, or name something that does not exist: exit code 2.
    #[error("{0}")]
    Usage(String),
    /// No input matched: exit code 3.
    #[error("{0}")]
    NoInput(String),
    /// The input of a command that takes one could not be read: exit code 4.
    #[error("{0}")]
    Unreadable(String),
    /// Writing failed. A reader that went away (`| head`) is no failure.
    #[error("cannot write: {0}")]
    Write(#[from] io::Error),
    /// A fault of the program itself: exit code 70.
    #[error("{0}")]
    Internal(String),
}

impl CliError {
    /// The exit status that goes with the error.
    pub fn status(&self) -> ExitStatus {
        match self {
            Self::Write(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitStatus::Success,
            Self::Usage(_) => ExitStatus::Usage,
            Self::NoInput(_) => ExitStatus::NoInput,
            Self::Unreadable(_) | Self::Write(_) => ExitStatus::Unprocessed,
            Self::Internal(_) => ExitStatus::Internal,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn precedence_is_as_published() {
        let order = [
            ExitStatus::Internal,
            ExitStatus::Usage,
            ExitStatus::NoInput,
            ExitStatus::Interrupted,
            ExitStatus::Findings,
            ExitStatus::Unprocessed,
            ExitStatus::Success,
        ];
        assert_eq!(order.map(ExitStatus::code), [70, 2, 3, 5, 1, 4, 0]);
        for (at, first) in order.iter().enumerate() {
            for second in &order[at..] {
                assert_eq!(first.worst(*second), *first);
                assert_eq!(second.worst(*first), *first);
            }
        }
    }

    #[test]
    fn a_reader_that_goes_away_is_success() {
        let gone = CliError::from(io::Error::from(io::ErrorKind::BrokenPipe));
        assert_eq!(gone.status(), ExitStatus::Success);
        let full = CliError::from(io::Error::from(io::ErrorKind::StorageFull));
        assert_eq!(full.status(), ExitStatus::Unprocessed);
    }
}
