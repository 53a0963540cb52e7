//! Text that a page holds and does not show. It is no part of the canonical text, so that no claim is read from it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::place::Place;

/// Why text of a page cannot be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Concealment {
    /// It is set in a render mode that paints nothing (ISO 32000-2, 9.3.6: mode 3, or 7 where nothing shows through it).
    RenderMode,
    /// It is painted without any opacity.
    Transparent,
    /// It is painted in the colour of what lies under it.
    Colour,
    /// It is set smaller than anyone can read.
    Size,
    /// It stands outside the page as shown, which the crop box cuts.
    OffPage,
}

impl Concealment {
    /// In words, as what is said of text.
    pub const fn words(self) -> &'static str {
        match self {
            Self::RenderMode => "in a render mode that paints nothing",
            Self::Transparent => "without any opacity",
            Self::Colour => "in the colour of what lies under it",
            Self::Size => "of 1 pt or less",
            Self::OffPage => "outside the page as shown",
        }
    }
}

/// Characters that follow each other as they are drawn and are hidden in one way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct HiddenText {
    /// The page, counted from 1.
    pub page: u32,
    /// How they are hidden.
    pub how: Concealment,
    /// The characters, their lines joined by spaces.
    pub text: String,
    /// Where they stand, a place for each line.
    pub places: Vec<Place>,
}
