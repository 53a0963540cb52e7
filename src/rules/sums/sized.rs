//! "n = 12", the size of a sample in brackets, in the patterns of the family.
//!
//! Some fonts of journals give their equals sign as another character: "n 5 12", "n ¼ 12". The numbers are read all the
//! same; since the sign is not printed as one, a mismatch is left undecided.

use crate::extract::{Mentions, Quantity};
use crate::rules::binding;
use crate::rules::pattern::Match;

/// The letter and its sign, in the notation of patterns; a sign that came out as a number is captured.
pub(super) const SIZE_OF: &str = r"n(?:_[=¼⫽]_| ‹sign› )";

/// Why a mismatch is left undecided.
const LOST: &str = "the sign between n and its number may not be one of equality";

/// What stands where a size should have its sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    /// An equals sign, or there is no size in the match.
    Printed,
    /// A character that damaged fonts give for one.
    Lost,
    /// A number of its own.
    Other,
}

impl Sign {
    /// The sign of a match.
    pub(super) fn of(found: &Match<'_>, mentions: &Mentions) -> Self {
        let Some(at) = found.quantity("sign") else { return Self::Printed };
        let text = binding::quantity(mentions, at).and_then(Quantity::single).map(|number| number.text.as_str());
        if matches!(text, Some("5" | "¼")) { Self::Lost } else { Self::Other }
    }

    /// The doubt that it leaves.
    pub(super) fn doubt(self) -> Option<&'static str> {
        (self == Self::Lost).then_some(LOST)
    }
}
