//! The adapter of hayro: a page's drawing instructions to our own glyphs, rules and images.
//!
//! It decides nothing about the layout. Pixels are never touched: an image is a box.

use std::collections::BTreeMap;

use hayro_interpret::font::{Glyph as HayroGlyph, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, RenderContent, SoftMask, interpret_page,
};
use hayro_syntax::page::Rotation;
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use kurbo::{Affine, BezPath, PathEl, Point, Rect, Shape};

use super::ground::Ground;
use super::hayro_codes::Interpreter;
use super::hayro_fonts::{Fonts, Repair};
use super::ink::Signs;
use super::source::{Area, FontFacts, FontId, Glyph, GlyphText, PageError, PageGeom, PageSink, PageSource};
use crate::document::Concealment;
use crate::read::error::ReadError;

/// An opened file.
pub struct HayroFile(Pdf);

/// The pages of an opened file.
pub struct HayroSource<'f> {
    file: &'f Pdf,
    cache: InterpreterCache<'f>,
    settings: InterpreterSettings,
    fonts: Fonts<'f>,
    signs: Signs,
}

/// The matrices (a, b, c, d, e, f) from the pages as shown to the user space of the file, by page number from 1; a page that
/// does not exist has none.
pub fn to_user(bytes: &[u8], pages: &[u32]) -> BTreeMap<u32, [f64; 6]> {
    let Ok(file) = HayroFile::open(bytes) else { return BTreeMap::new() };
    let way = |page: &u32| {
        let shown = file.shown((*page as usize).checked_sub(1)?)?;
        (shown.determinant() != 0.0).then(|| (*page, shown.inverse().as_coeffs()))
    };
    pages.iter().filter_map(way).collect()
}

impl HayroFile {
    /// Opens the file in `bytes`, with the empty password where it is encrypted.
    pub fn open(bytes: &[u8]) -> Result<Self, ReadError> {
        match Pdf::new(bytes.to_vec()) {
            Ok(file) => Ok(Self(file)),
            Err(LoadPdfError::Decryption(DecryptionError::PasswordProtected)) => Err(ReadError::Encrypted),
            Err(LoadPdfError::Decryption(_)) => Err(ReadError::UnsupportedEncryption),
            Err(LoadPdfError::Invalid) => Err(ReadError::Broken),
        }
    }

    /// The matrix from the user space of page `index` (from 0) to the page as shown.
    pub fn shown(&self, index: usize) -> Option<Affine> {
        let page = self.0.pages().get(index)?;
        Some(Affine::new(page.initial_transform(true).as_coeffs()))
    }

    /// The file itself, for what draws its pages.
    #[cfg(feature = "crops")]
    pub(super) const fn pdf(&self) -> &Pdf {
        &self.0
    }

    /// Its pages.
    pub fn source(&self) -> HayroSource<'_> {
        let settings = InterpreterSettings { render_content: RenderContent::PAGE, ..InterpreterSettings::default() };
        HayroSource {
            file: &self.0,
            cache: InterpreterCache::new(),
            settings,
            fonts: Fonts::new(),
            signs: Signs::default(),
        }
    }
}

impl PageSource for HayroSource<'_> {
    fn page_count(&self) -> usize {
        self.file.pages().len()
    }

    fn page(&mut self, index: usize, sink: &mut dyn PageSink) -> Result<PageGeom, PageError> {
        let page = self.file.pages().get(index).ok_or(PageError("the page does not exist"))?;
        let (width, height) = page.render_dimensions();
        let initial = Affine::new(page.initial_transform(true).as_coeffs());
        if !(width.is_finite() && height.is_finite()) || initial.determinant() == 0.0 {
            return Err(PageError("the page has no usable size"));
        }
        let bounds = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let mut context = Context::new(initial, bounds, &self.cache, self.file.xref(), self.settings.clone());
        self.fonts.begin(page.resources().clone());
        let interpreter = Interpreter { cache: &self.cache, xref: self.file.xref(), settings: &self.settings };
        let ground = Ground::default();
        let mut device = Collector { sink, fonts: &mut self.fonts, signs: &mut self.signs, interpreter, ground };
        interpret_page(page, &mut context, &mut device);
        let rotate = match page.rotation() {
            Rotation::None => 0,
            Rotation::Horizontal => 90,
            Rotation::Flipped => 180,
            Rotation::FlippedHorizontal => 270,
        };
        Ok(PageGeom { width, height, rotate, to_user: initial.inverse().as_coeffs() })
    }

    fn font(&self, font: FontId) -> FontFacts {
        self.fonts.facts(font)
    }

    fn repaired(&self, font: FontId, code: u32) -> Option<String> {
        self.fonts.repaired(font, code).map(Repair::words)
    }
}

/// The device that hands marks on to a sink.
struct Collector<'s, 'f> {
    sink: &'s mut dyn PageSink,
    fonts: &'s mut Fonts<'f>,
    signs: &'s mut Signs,
    interpreter: Interpreter<'s, 'f>,
    ground: Ground,
}

impl Collector<'_, '_> {
    /// A box or stroke, handed on where it is thin enough to be a rule; whether it is.
    fn thin(&mut self, bounds: Rect, stroke: f64) -> bool {
        const THIN: f64 = 2.5;
        let grown = bounds.inflate(stroke / 2.0, stroke / 2.0);
        if grown.width().min(grown.height()) <= THIN && grown.width().max(grown.height()) > THIN {
            self.sink.rule(area(grown));
            return true;
        }
        false
    }
}

impl<'a> Device<'a> for Collector<'_, '_> {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        const LONGEST: usize = 64;
        let placed = props.transform * path;
        self.ground.path(&placed, &props, mode, scale_of(props.transform));
        if path.elements().len() > LONGEST {
            return;
        }
        let stroke = match mode {
            DrawMode::Stroke(stroke) => f64::from(stroke.line_width) * scale_of(props.transform),
            _ => 0.0,
        };
        if self.thin(placed.bounding_box(), stroke) {
            return;
        }
        // All rules of a table may be drawn by one path of many pieces.
        for piece in pieces(&placed) {
            self.thin(piece.bounding_box(), stroke);
        }
    }

    fn draw_rect(&mut self, rect: &Rect, props: DrawProps<'a>, mode: &DrawMode) {
        self.ground.path(&(props.transform * rect.to_path(0.1)), &props, mode, scale_of(props.transform));
        if matches!(mode, DrawMode::Fill(_)) {
            self.thin(props.transform.transform_rect_bbox(*rect), 0.0);
        }
    }

    fn push_clip_path(&mut self, path: &ClipPath) {
        self.ground.clip(path);
    }

    fn push_transparency_group(&mut self, opacity: f32, mask: Option<SoftMask<'a>>, blend: BlendMode) {
        self.ground.begin_group(opacity, mask.is_some(), blend);
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        let ink = self.ground.ink(&props);
        let concealed = match mode {
            DrawMode::Invisible => Some(Concealment::RenderMode),
            _ => ink.is_clear.then_some(Concealment::Transparent),
        };
        let Some(first) = run.glyphs().first() else { return };
        let font = self.fonts.of(first, &self.interpreter);
        let doubtful = self.fonts.is_doubtful(font);
        for positioned in run.glyphs() {
            let transform = props.transform * positioned.transform();
            let glyph: &HayroGlyph<'_> = positioned;
            if let Some(mut mark) = placed(glyph, transform, font, concealed) {
                if doubtful {
                    mark.text = self.fonts.repair(font, glyph, mark.text);
                }
                if let HayroGlyph::Outline(outline) = glyph {
                    mark.text = self.signs.mended(font, outline, mark.text);
                }
                // What a glyph of a Type 3 font paints, and in which colour, its own instructions say.
                let ink = ink.colour.filter(|_| matches!(glyph, HayroGlyph::Outline(_)));
                let (bounds, size) = (bounds_of(&mark), f64::from(mark.size));
                mark.concealed = mark.concealed.or_else(|| is_tiny(&mark).then_some(Concealment::Size));
                if mark.concealed.is_none() {
                    let hidden = ink.is_some_and(|ink| self.ground.hides(ink, bounds, size));
                    mark.concealed = hidden.then_some(Concealment::Colour);
                }
                if mark.concealed.is_none() {
                    self.ground.glyph(bounds, size);
                }
                self.sink.glyph(mark);
            }
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        let size = Rect::new(0.0, 0.0, f64::from(image.width()), f64::from(image.height()));
        let bounds = props.transform.transform_rect_bbox(size);
        self.ground.picture(bounds);
        // Some drivers draw a rule as one pixel that is stretched.
        if image.width() == 1 && image.height() == 1 && self.thin(bounds, 0.0) {
            return;
        }
        self.sink.image(area(bounds));
    }

    fn pop_clip(&mut self) {
        self.ground.unclip();
    }

    fn pop_transparency_group(&mut self) {
        self.ground.end_group();
    }
}

/// The pieces of a path that are drawn apart from each other; nothing where it is of one piece.
fn pieces(path: &BezPath) -> Vec<BezPath> {
    let starts = |element: &&PathEl| matches!(element, PathEl::MoveTo(_));
    if path.elements().iter().filter(starts).count() < 2 {
        return Vec::new();
    }
    let each = path.elements().chunk_by(|_, next| !matches!(next, PathEl::MoveTo(_)));
    each.map(|elements| BezPath::from_vec(elements.to_vec())).collect()
}

/// A glyph at its place, or nothing where its numbers are no place.
fn placed(glyph: &HayroGlyph<'_>, transform: Affine, font: FontId, concealed: Option<Concealment>) -> Option<Glyph> {
    const EM: f64 = 1000.0;
    let origin = transform * Point::ZERO;
    let [ax, ay, ux, uy, _, _] = transform.as_coeffs();
    let along = ax.hypot(ay);
    let size = if along > 0.0 { (ax * uy - ay * ux).abs() / along * EM } else { 0.0 };
    let width = match glyph {
        HayroGlyph::Outline(outline) => outline.advance_width().map(f64::from),
        HayroGlyph::Type3(type3) => type3.advance_width().map(f64::from),
    };
    let width = width.unwrap_or(EM / 2.0);
    let numbers = [origin.x, origin.y, ax * width, ay * width, size];
    if !numbers.iter().all(|number| number.is_finite() && number.abs() < 1e6) || size < SMALLEST {
        return None;
    }
    let [x, y, dx, dy, size] = numbers.map(as_f32);
    Some(Glyph { text: text_of(glyph), code: glyph.char_code(), font, x, y, dx, dy, size, concealed })
}

/// The smallest size that a glyph may have, in points. What is smaller has no room for a place of its own.
const SMALLEST: f64 = 0.005;
/// The largest size that nobody can read, in points, with room for the points of TeX.
const TINY: f32 = 1.05;

/// Whether a glyph is too small to be read: in its size, and in its width, as fonts of their own measure tell their size badly.
fn is_tiny(glyph: &Glyph) -> bool {
    glyph.size < TINY && glyph.dx.hypot(glyph.dy) < TINY
}

/// The box that a glyph's ink may fill.
fn bounds_of(glyph: &Glyph) -> Rect {
    let [x, y, dx, dy, size] = [glyph.x, glyph.y, glyph.dx, glyph.dy, glyph.size].map(f64::from);
    let length = dx.hypot(dy).max(f64::EPSILON);
    // Across the line, upwards, where y grows downwards.
    let (up_x, up_y) = (dy / length * size, -dx / length * size);
    let corner = |along: f64, up: f64| Point::new(x + along * dx + up * up_x, y + along * dy + up * up_y);
    Rect::from_points(corner(0.1, 0.0), corner(0.9, 0.6))
}

/// What the glyph says. A Type 3 font without names falls back on codes of printable ASCII, which is how such fonts are
/// made by the tools that make them.
fn text_of(glyph: &HayroGlyph<'_>) -> GlyphText {
    match glyph.as_unicode() {
        Some(BfString::Char(one)) => GlyphText::One(one),
        Some(BfString::String(many)) => {
            let mut characters = many.chars();
            match (characters.next(), characters.next()) {
                (Some(one), None) => GlyphText::One(one),
                (None, _) => GlyphText::Unknown,
                _ => GlyphText::Many(many.into_boxed_str()),
            }
        }
        None => match (glyph, u8::try_from(glyph.char_code())) {
            (HayroGlyph::Type3(_), Ok(code)) if code.is_ascii_graphic() || code == b' ' => {
                GlyphText::One(char::from(code))
            }
            _ => GlyphText::Unknown,
        },
    }
}

/// How much a matrix scales, as the root of its area.
fn scale_of(transform: Affine) -> f64 {
    transform.determinant().abs().sqrt()
}

fn area(rect: Rect) -> Area {
    Area { left: as_f32(rect.x0), top: as_f32(rect.y0), right: as_f32(rect.x1), bottom: as_f32(rect.y1) }
}

#[expect(clippy::cast_possible_truncation, reason = "a place on a page needs no more than single precision")]
const fn as_f32(value: f64) -> f32 {
    value as f32
}
