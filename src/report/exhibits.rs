//! Exhibits: what a page shows of a paper beside its row. They are gathered only when pages are asked for, and no
//! other format has them.

use serde::{Deserialize, Serialize};

use crate::document::Document;

/// What is shown of one paper.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Exhibits {
    /// The title in the file's metadata.
    pub title: Option<String>,
    /// The DOI, where the file names one.
    pub doi: Option<String>,
    /// The text around each claim, in the order of the claims.
    pub passages: Vec<Passage>,
    /// Pictures of the places of findings.
    pub crops: Vec<Crop>,
    /// How many places have no picture, and why, as lower-case fragments.
    pub missing: Vec<String>,
    /// What a marked copy has behind the bytes of the file, or why there is none; nothing where none is wanted or needed.
    pub marked: Option<Result<Vec<u8>, String>>,
    /// The paper as it was read, where slips are to be planted in it.
    pub document: Option<Document>,
}

/// The text of the paragraph before and after a claim's quote.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// Before it.
    pub before: String,
    /// After it.
    pub after: String,
}

/// A picture of a part of a page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Crop {
    /// The claim that it belongs to, by its position in the row.
    pub claim: usize,
    /// The page, counted from 1.
    pub page: u32,
    /// Left, top, right and bottom on the page, in points from its top left corner.
    pub area: [f32; 4],
    /// The PNG as Base64; empty while it is only planned.
    pub picture: String,
}
