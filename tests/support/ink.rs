//! Pages as pixels, before and after marks were put over them: where something changed, and where the ink of words stands.

use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::vello_cpu::{Pixmap, RasterizerSettings, RenderContext, Resources, TargetInit};
use hayro::{RenderCache, RenderSettings, render_into};
use hayro_interpret::InterpreterSettings;
use hayro_syntax::Pdf;
use kurbo::Affine;

/// Pixels a point.
pub const SCALE: f64 = 2.0;

/// A page with its annotations, as grey and as colours.
pub struct Picture {
    pub width: usize,
    pub height: usize,
    rgb: Vec<[u8; 3]>,
}

/// A part of a picture in pixels: left, top, and right and bottom behind it.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    pub left: usize,
    pub top: usize,
    pub right: usize,
    pub bottom: usize,
}

impl Part {
    pub fn holds(&self, x: usize, y: usize) -> bool {
        (self.left..self.right).contains(&x) && (self.top..self.bottom).contains(&y)
    }

    fn places(self) -> impl Iterator<Item = (usize, usize)> {
        (self.top..self.bottom).flat_map(move |y| (self.left..self.right).map(move |x| (x, y)))
    }
}

impl Picture {
    /// Page `index` of a file, from 0, with what is drawn over it.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "pages of papers are small")]
    pub fn of(file: &Pdf, index: usize) -> Self {
        let page = &file.pages()[index];
        let (width, height) = page.render_dimensions();
        let [width, height] = [width, height].map(|side| (f64::from(side) * SCALE).ceil() as u16);
        let way = Affine::scale(SCALE) * Affine::new(page.initial_transform(true).as_coeffs());
        let mut context = RenderContext::new(width, height);
        let look = RenderSettings { hinting: false, ..RenderSettings::default() };
        render_into(page, &RenderCache::new(), &InterpreterSettings::default(), &look, &mut context, way);
        context.flush();
        let mut pixels = Pixmap::new(width, height);
        let ground = RasterizerSettings { target_init: TargetInit::Clear(WHITE), ..RasterizerSettings::default() };
        context.render_with(&mut pixels, &mut Resources::default(), ground);
        let rgb = pixels.data_as_u8_slice().chunks_exact(4).map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
        Self { width: usize::from(width), height: usize::from(height), rgb }
    }

    /// The part that a box in points covers, grown by `room` points.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "as above"
    )]
    pub fn part(&self, bounds: [f32; 4], room: f64) -> Part {
        let [left, top, right, bottom] = bounds.map(f64::from);
        let pixel = |place: f64, most: usize| place.clamp(0.0, most as f64) as usize;
        Part {
            left: pixel(((left - room) * SCALE).floor(), self.width),
            top: pixel(((top - room) * SCALE).floor(), self.height),
            right: pixel(((right + room) * SCALE).ceil(), self.width),
            bottom: pixel(((bottom + room) * SCALE).ceil(), self.height),
        }
    }

    fn at(&self, x: usize, y: usize) -> [u8; 3] {
        self.rgb[y * self.width + x]
    }

    fn grey(&self, x: usize, y: usize) -> u8 {
        let sum: u16 = self.at(x, y).iter().map(|value| u16::from(*value)).sum();
        u8::try_from(sum / 3).unwrap_or(u8::MAX)
    }

    /// The pixels that differ from those of another picture of the page.
    pub fn changed(&self, other: &Self) -> Vec<(usize, usize)> {
        let whole = Part { left: 0, top: 0, right: self.width, bottom: self.height };
        let differs =
            |x, y| self.at(x, y).iter().zip(other.at(x, y)).any(|(one, another): (&u8, u8)| one.abs_diff(another) > 8);
        whole.places().filter(|(x, y)| differs(*x, *y)).collect()
    }

    /// The share of the words' ink that lies in `own`: the ink well within it and all that hangs together with that, as far
    /// as `window` reaches. Nothing where there is no ink.
    pub fn ink_within(&self, core: Part, own: Part, window: Part) -> Option<f64> {
        let mut greys: Vec<u8> = window.places().map(|(x, y)| self.grey(x, y)).collect();
        greys.sort_unstable();
        // Most of a page is its ground, whatever its colour.
        let ground = *greys.get(greys.len() / 2)?;
        let is_ink = |x: usize, y: usize| self.grey(x, y).abs_diff(ground) > 60;
        let mut seen = vec![false; self.rgb.len()];
        let mut open: Vec<(usize, usize)> = core.places().filter(|(x, y)| is_ink(*x, *y)).collect();
        for (x, y) in &open {
            seen[y * self.width + x] = true;
        }
        let (mut all, mut within) = (0_u32, 0_u32);
        while let Some((x, y)) = open.pop() {
            all += 1;
            within += u32::from(own.holds(x, y));
            for (x, y) in (y.saturating_sub(1)..=y + 1).flat_map(|y| (x.saturating_sub(1)..=x + 1).map(move |x| (x, y)))
            {
                if window.holds(x, y) && is_ink(x, y) && !std::mem::replace(&mut seen[y * self.width + x], true) {
                    open.push((x, y));
                }
            }
        }
        (all > 0).then(|| f64::from(within) / f64::from(all))
    }
}
