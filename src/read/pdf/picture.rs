//! Pictures of places on the pages of a PDF, each within a size.
//!
//! Built without the feature `crops`, the program makes none and says so.

use super::source::Area;

/// The picture of one place as a PNG, or why there is none, as a lower-case fragment.
pub type Picture = Result<Vec<u8>, &'static str>;

/// The largest picture, in bytes of PNG.
pub const MOST_BYTES: usize = 40_000;

/// The pictures of the places, each a page (from 0) and an area of it as shown, in their order.
#[cfg(feature = "crops")]
pub fn pictures(bytes: &[u8], places: &[(usize, Area)]) -> Vec<Picture> {
    use super::hayro::HayroFile;
    use super::hayro_raster::HayroRaster;
    let Ok(file) = HayroFile::open(bytes) else {
        return places.iter().map(|_| Err("the file could not be opened for a picture")).collect();
    };
    let mut raster = HayroRaster::new(&file);
    places.iter().map(|(index, area)| picture(&mut raster, *index, *area)).collect()
}

/// Without the feature there is no picture of any place.
#[cfg(not(feature = "crops"))]
pub fn pictures(_: &[u8], places: &[(usize, Area)]) -> Vec<Picture> {
    places.iter().map(|_| Err("this build makes no pictures of pages")).collect()
}

/// The sharpest picture within the size: two pixels a point, then fewer.
#[cfg(feature = "crops")]
fn picture(raster: &mut dyn super::raster::Rasterizer, index: usize, area: Area) -> Picture {
    for scale in [2.0, 1.5, 1.0] {
        let drawn = raster.crop(index, area, scale).map_err(|error| error.0)?;
        let png = super::png::encode(&drawn).ok_or("the picture could not be written")?;
        if png.len() <= MOST_BYTES {
            return Ok(png);
        }
    }
    Err("the picture would be too large")
}

#[cfg(all(test, feature = "crops"))]
mod tests {
    use super::*;
    use crate::read::pdf::raster::{Raster, Rasterizer, pixels};
    use crate::read::pdf::source::PageError;

    /// Noise, which no compression makes small, or white.
    struct Drawn {
        noise: bool,
        scales: Vec<f32>,
    }

    impl Rasterizer for Drawn {
        fn crop(&mut self, _: usize, area: Area, scale: f32) -> Result<Raster, PageError> {
            self.scales.push(scale);
            let (width, height) = pixels(area, scale)?;
            let mut state: u32 = 1;
            let mut next = || {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                state.to_be_bytes()[0]
            };
            let count = 3 * usize::from(width) * usize::from(height);
            let rgb = (0..count).map(|_| if self.noise { next() } else { 255 }).collect();
            Ok(Raster { width: u32::from(width), height: u32::from(height), rgb })
        }
    }

    #[test]
    fn a_picture_that_is_too_large_is_drawn_smaller_and_then_left_out() {
        let area = Area { left: 0.0, top: 0.0, right: 400.0, bottom: 200.0 };
        let mut white = Drawn { noise: false, scales: Vec::new() };
        assert!(picture(&mut white, 0, area).is_ok_and(|png| png.len() < 1000));
        assert_eq!(white.scales.len(), 1);
        let mut noise = Drawn { noise: true, scales: Vec::new() };
        assert_eq!(picture(&mut noise, 0, area), Err("the picture would be too large"));
        assert_eq!(noise.scales.len(), 3);
    }

    #[test]
    fn what_is_no_pdf_has_no_picture() {
        let area = Area { left: 0.0, top: 0.0, right: 1.0, bottom: 1.0 };
        assert!(pictures(b"no file", &[(0, area)])[0].is_err());
    }
}
