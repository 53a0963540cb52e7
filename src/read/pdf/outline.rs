//! What the outline of a glyph looks like, for the few signs that are told by their ink.
//!
//! A shape is a coarse picture with its proportions and its height. It tells a bar from a cross; it is no recognition of
//! characters.

use kurbo::{BezPath, PathSeg, Point, Rect, Shape as _};

/// What an outline has to look like.
#[derive(Debug, PartialEq)]
pub struct Shape {
    /// Its box in cells, from the top: '#' holds ink, '.' holds none, '?' may.
    pub cells: &'static [&'static str],
    /// The least and the largest width in parts of the height.
    pub aspect: (f64, f64),
    /// Where the top may be, in thousandths of the size above the baseline.
    pub top: (f64, f64),
}

impl Shape {
    /// Whether an outline, in thousandths of the font size and with y upwards from the baseline, looks so.
    pub fn fits(&self, outline: &BezPath) -> bool {
        let bounds = outline.bounding_box();
        let within = |range: (f64, f64), value: f64| (range.0..=range.1).contains(&value);
        if !within(self.aspect, bounds.width() / bounds.height()) || !within(self.top, bounds.y1) {
            return false;
        }
        let rows = self.cells.len();
        let segments: Vec<(PathSeg, Rect)> = outline.segments().map(|part| (part, part.bounding_box())).collect();
        self.cells.iter().enumerate().all(|(down, cells)| {
            cells.bytes().enumerate().all(|(right, wanted)| {
                wanted == b'?' || (wanted == b'#') == inked(&segments, cell(bounds, (right, cells.len()), (down, rows)))
            })
        })
    }
}

/// A cell of a box, rows counted from the top, without its outermost tenth, where its neighbours' ink may reach.
fn cell(bounds: Rect, (right, columns): (usize, usize), (down, rows): (usize, usize)) -> Rect {
    #[expect(clippy::cast_precision_loss, reason = "a shape has a few cells")]
    let [right, columns, down, rows] = [right, columns, down, rows].map(|count| count as f64);
    let (width, height) = (bounds.width() / columns, bounds.height() / rows);
    let (left, top) = (bounds.x0 + right * width, bounds.y1 - down * height);
    Rect::new(left, top - height, left + width, top).inset((-0.1 * width, -0.1 * height))
}

/// How far beyond the box of a segment, in thousandths of the size, its rounding errors can reach: far less than this.
const SLACK: f64 = 1e-3;

/// Whether any of a hundred points of a box is inside the outline of these segments.
fn inked(segments: &[(PathSeg, Rect)], cell: Rect) -> bool {
    let steps = || (0..10).map(|step| (f64::from(step) + 0.5) / 10.0);
    steps().any(|down| {
        let y = cell.y0 + down * cell.height();
        // A point is inside by the segments that a ray to its left meets, and those are few at any one height.
        let met = segments.iter().filter(|(_, bounds)| !(y < bounds.y0 - SLACK || y > bounds.y1 + SLACK));
        let met = BezPath::from_path_segments(met.map(|(segment, _)| *segment));
        steps().any(|right| met.winding(Point::new(cell.x0 + right * cell.width(), y)) != 0)
    })
}
