//! Pages given as plain data, so that the layout can be tested without any PDF.

use serde::{Deserialize, Serialize};

use super::source::{Area, FontFacts, FontId, Glyph, GlyphText, PageError, PageGeom, PageSink, PageSource};

/// One page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FixturePage {
    /// Its size.
    pub geom: PageGeom,
    /// Its glyphs in drawing order.
    pub glyphs: Vec<Glyph>,
    /// Its drawn rules.
    #[serde(default)]
    pub rules: Vec<Area>,
    /// Its images.
    #[serde(default)]
    pub images: Vec<Area>,
}

/// Pages in memory, readable from JSON.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Fixture {
    /// The pages.
    pub pages: Vec<FixturePage>,
    /// The fonts by their index.
    #[serde(default)]
    pub fonts: Vec<FontFacts>,
}

impl FixturePage {
    /// An empty page of the given size in points.
    pub const fn new(width: f32, height: f32) -> Self {
        let to_user = [1.0, 0.0, 0.0, -1.0, 0.0, height as f64];
        Self {
            geom: PageGeom { width, height, rotate: 0, to_user },
            glyphs: Vec::new(),
            rules: Vec::new(),
            images: Vec::new(),
        }
    }

    /// Sets `text` from `x` on the baseline `y`, each character half an em wide, a space a quarter of an em and not drawn.
    /// Returns where the next character would start.
    pub fn set(&mut self, x: f32, y: f32, size: f32, text: &str) -> f32 {
        let mut at = x;
        for character in text.chars() {
            let advance = if character == ' ' { size * 0.25 } else { size * 0.5 };
            if character != ' ' {
                self.glyphs.push(Glyph {
                    text: GlyphText::One(character),
                    code: character as u32,
                    font: FontId(0),
                    x: at,
                    y,
                    dx: advance,
                    dy: 0.0,
                    size,
                    concealed: None,
                });
            }
            at += advance;
        }
        at
    }
}

impl PageSource for Fixture {
    fn page_count(&self) -> usize {
        self.pages.len()
    }

    fn page(&mut self, index: usize, sink: &mut dyn PageSink) -> Result<PageGeom, PageError> {
        let page = self.pages.get(index).ok_or(PageError("the page does not exist"))?;
        for glyph in &page.glyphs {
            sink.glyph(glyph.clone());
        }
        for rule in &page.rules {
            sink.rule(*rule);
        }
        for image in &page.images {
            sink.image(*image);
        }
        Ok(page.geom)
    }

    fn font(&self, font: FontId) -> FontFacts {
        self.fonts.get(font.0 as usize).cloned().unwrap_or_default()
    }
}
