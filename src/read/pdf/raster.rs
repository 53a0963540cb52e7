//! The seam between pictures of pages and what makes them: our own types, no library's.
//!
//! A picture is for people to look at. Nothing is read from its pixels.

use super::source::{Area, PageError};

/// Pixels from left to right and from top to bottom, red, green and blue, on white ground.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raster {
    /// Pixels of a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// Three bytes a pixel.
    pub rgb: Vec<u8>,
}

/// A file whose pages can be drawn.
pub trait Rasterizer {
    /// The part `area` of page `index` (from 0), as shown, with `scale` pixels a point.
    fn crop(&mut self, index: usize, area: Area, scale: f32) -> Result<Raster, PageError>;
}

/// The most pixels of one picture, so that no page can ask for a large one.
pub const MOST_PIXELS: u32 = 4_000_000;

/// The pixels of an area: width and height, both at least one.
pub fn pixels(area: Area, scale: f32) -> Result<(u16, u16), PageError> {
    let side = |from: f32, to: f32| {
        let length = ((to - from) * scale).ceil();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the range is checked")]
        (1.0..=f32::from(u16::MAX)).contains(&length).then_some(length as u16)
    };
    let (width, height) = (side(area.left, area.right), side(area.top, area.bottom));
    match (width, height) {
        (Some(width), Some(height)) if u32::from(width) * u32::from(height) <= MOST_PIXELS => Ok((width, height)),
        _ => Err(PageError("the place has no usable size")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_area_asks_for_a_large_picture() {
        let area = |right, bottom| Area { left: 0.0, top: 0.0, right, bottom };
        assert_eq!(pixels(area(100.0, 10.2), 2.0), Ok((200, 21)));
        for wrong in [area(0.0, 1.0), area(f32::NAN, 1.0), area(f32::INFINITY, 1.0), area(1e6, 1.0), area(2e4, 2e4)] {
            assert!(pixels(wrong, 2.0).is_err(), "{wrong:?}");
        }
    }
}
