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
    /// The places of findings, by finding.
    pub places: Vec<Standing>,
    /// The tables of findings whose values stand in cells.
    pub tables: Vec<TableView>,
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

/// A place that values of a finding stand at: its passage, a table, a value elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// The claim that it belongs to, by its position in the row.
    pub claim: usize,
    /// Which of the finding's places, counted from 0: that of its quote.
    pub place: usize,
    /// What it is called: `abstract, p. 1`; empty where it has no name.
    pub name: String,
    /// The operands that stand there, by their positions.
    pub operands: Vec<usize>,
}

/// A table, or the part of it that a finding is about, as cells.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableView {
    /// The claim that it belongs to, by its position in the row.
    pub claim: usize,
    /// Which of the finding's places.
    pub place: usize,
    /// The caption, cut to a line or two.
    pub caption: String,
    /// How many of the rows name the columns.
    pub head: usize,
    /// The rows. A cell stands in the row that it begins in.
    pub rows: Vec<Vec<ViewCell>>,
}

/// A cell of a view.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ViewCell {
    /// Its characters, cut to what fits.
    pub text: String,
    /// How many rows of the view it covers.
    pub rows: usize,
    /// How many columns of the view it covers.
    pub columns: usize,
    /// What it is.
    pub kind: CellKind,
    /// Whether it stands in the row or in the column of the stated value.
    pub in_line: bool,
    /// The operands of the finding that stand in it, by their positions.
    pub operands: Vec<usize>,
    /// Whether it holds the value that this claim shares with others of the finding.
    pub is_shared: bool,
}

/// What a cell of a view is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CellKind {
    /// It names a column.
    ColumnHead,
    /// It names a row.
    RowHead,
    /// It holds what it holds.
    Value,
    /// Rows or columns are left out here.
    Gap,
}

/// A picture of a part of a page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Crop {
    /// The claim that it belongs to, by its position in the row.
    pub claim: usize,
    /// Which of the finding's places.
    pub place: usize,
    /// The page, counted from 1.
    pub page: u32,
    /// Left, top, right and bottom on the page, in points from its top left corner.
    pub area: [f32; 4],
    /// The PNG as Base64; empty while it is only planned.
    pub picture: String,
}
