//! Where characters stand: on a page, in an element of XML, on a line of a text file, in a cell.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::text::TextRange;

/// A point of a page in PDF points (1/72 inch), from the top left corner of the page as shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Point {
    /// Distance from the left edge.
    pub x: f32,
    /// Distance from the top edge.
    pub y: f32,
}

/// Four corners around characters, in reading direction: start top, end top, end bottom, start bottom.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Quad(pub [Point; 4]);

impl Quad {
    /// The upright box with the given edges.
    pub const fn upright(left: f32, top: f32, right: f32, bottom: f32) -> Self {
        Self([
            Point { x: left, y: top },
            Point { x: right, y: top },
            Point { x: right, y: bottom },
            Point { x: left, y: bottom },
        ])
    }

    /// The part between the fractions `from` and `to` of its length.
    #[must_use]
    pub fn part(&self, from: f32, to: f32) -> Self {
        let between = |a: Point, b: Point, t: f32| Point { x: a.x + (b.x - a.x) * t, y: a.y + (b.y - a.y) * t };
        let [start_top, end_top, end_bottom, start_bottom] = self.0;
        Self([
            between(start_top, end_top, from),
            between(start_top, end_top, to),
            between(start_bottom, end_bottom, to),
            between(start_bottom, end_bottom, from),
        ])
    }

    /// The smallest upright box around the quad: left, top, right, bottom.
    pub fn bounds(&self) -> [f32; 4] {
        let xs = self.0.map(|point| point.x);
        let ys = self.0.map(|point| point.y);
        let least = |values: [f32; 4]| values.into_iter().fold(f32::INFINITY, f32::min);
        let most = |values: [f32; 4]| values.into_iter().fold(f32::NEG_INFINITY, f32::max);
        [least(xs), least(ys), most(xs), most(ys)]
    }
}

/// A box on a page.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PageBox {
    /// The page's number, counted from 1.
    pub page: u32,
    /// Its corners on the page.
    pub quad: Quad,
}

/// One place where characters stand. A number broken over a line or page end has several.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Place {
    /// On a page.
    Box {
        /// The page's number, counted from 1.
        page: u32,
        /// Its corners on the page.
        quad: Quad,
    },
    /// In an element of an XML file.
    Element {
        /// The path of element names and positions below the root.
        path: String,
        /// Where the element stands on the pages of the file that the XML was made from, as far as it says so.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        boxes: Vec<PageBox>,
    },
    /// In a text file.
    Line {
        /// The line's number, counted from 1.
        line: u32,
        /// The column, counted in scalar values from 1.
        column: u32,
    },
    /// In a cell of a table.
    Cell {
        /// The table's index in the document.
        table: u32,
        /// The row, counted from 0.
        row: u32,
        /// The column, counted from 0.
        column: u32,
    },
}

/// Some characters of a paper with what they say and where they stand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Span {
    /// Their range in the canonical text.
    pub range: TextRange,
    /// The characters themselves.
    pub quote: String,
    /// Where they stand, in reading order.
    pub places: Vec<Place>,
}
