//! The names of levels and the colours they are shown in. Colour never carries a meaning that a word does not.

use crate::derive::{Confidence, Level};

/// Ends every colour.
const PLAIN: &str = "\x1b[0m";

/// A level as a word.
pub const fn level_name(level: Level) -> &'static str {
    match level {
        Level::Note => "note",
        Level::Warning => "warning",
        Level::Error => "error",
    }
}

/// A confidence as a word.
pub const fn confidence_name(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Low => "low",
        Confidence::Medium => "medium",
        Confidence::High => "high",
    }
}

/// Text in the colour of a level; plain for an outcome that is no finding.
pub fn level(level: Option<Level>, text: &str) -> String {
    match level {
        Some(Level::Error) => format!("\x1b[1;31m{text}{PLAIN}"),
        Some(Level::Warning) => format!("\x1b[1;33m{text}{PLAIN}"),
        Some(Level::Note) => format!("\x1b[1;36m{text}{PLAIN}"),
        None => text.to_owned(),
    }
}

/// Bold text.
pub fn strong(text: &str) -> String {
    format!("\x1b[1m{text}{PLAIN}")
}

/// Text that stands back: lines, labels.
pub fn quiet(text: &str) -> String {
    format!("\x1b[2m{text}{PLAIN}")
}
