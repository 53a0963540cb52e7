//! The adapter of hayro's rasterizer.

use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::vello_cpu::{Pixmap, RasterizerSettings, RenderContext, Resources, TargetInit};
use hayro::{RenderCache, RenderSettings, render_into};
use hayro_interpret::{InterpreterSettings, RenderContent};
use kurbo::Affine;

use super::hayro::HayroFile;
use super::raster::{Raster, Rasterizer, pixels};
use super::source::{Area, PageError};

/// The pages of an opened file, for drawing.
pub struct HayroRaster<'f> {
    file: &'f HayroFile,
    cache: RenderCache<'f>,
    settings: InterpreterSettings,
}

impl<'f> HayroRaster<'f> {
    /// The pages of `file`.
    pub fn new(file: &'f HayroFile) -> Self {
        let settings = InterpreterSettings { render_content: RenderContent::PAGE, ..InterpreterSettings::default() };
        Self { file, cache: RenderCache::new(), settings }
    }
}

impl Rasterizer for HayroRaster<'_> {
    fn crop(&mut self, index: usize, area: Area, scale: f32) -> Result<Raster, PageError> {
        let (width, height) = pixels(area, scale)?;
        let page = self.file.pdf().pages().get(index).ok_or(PageError("the page does not exist"))?;
        let initial = Affine::new(page.initial_transform(true).as_coeffs());
        let shift = Affine::translate((-f64::from(area.left), -f64::from(area.top)));
        let transform = Affine::scale(f64::from(scale)) * shift * initial;
        let mut context = RenderContext::new(width, height);
        // Hinting moves outlines to the grid of pixels, which a page on paper does not have.
        let look = RenderSettings { hinting: false, ..RenderSettings::default() };
        render_into(page, &self.cache, &self.settings, &look, &mut context, transform);
        context.flush();
        let mut pixmap = Pixmap::new(width, height);
        let ground = RasterizerSettings { target_init: TargetInit::Clear(WHITE), ..RasterizerSettings::default() };
        context.render_with(&mut pixmap, &mut Resources::default(), ground);
        let rgb = pixmap.data_as_u8_slice().chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
        Ok(Raster { width: u32::from(width), height: u32::from(height), rgb })
    }
}
