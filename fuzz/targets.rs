//! What the fuzz targets do with bytes, and what must hold. Shared with the tests, which replay the seeds on stable.

use rederive::arithmetic::units::{self, Parsed};
use rederive::arithmetic::{Printed, rational};
use rederive::derive;
use rederive::document::{Concealment, Document, Place, SourceFacts, SourceFormat, TextIndex, TextRange};
use rederive::extract;
use rederive::read::pdf::{Area, Fixture, FixturePage, FontId, Glyph, GlyphText, read_pages};
use rederive::read::{self, ReadLimits};

/// The reader of printed numbers: any text gives mentions that lie in it.
pub fn number(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    if let Some(value) = rational::parse(&text) {
        assert_eq!(rational::parse(&rational::to_text(&value)), Some(value), "a rational is read back");
    }
    if let Some(printed) = Printed::parse(&text) {
        let (tight, wide) = (printed.tight(), printed.wide());
        assert!(tight.contains(&printed.point()) && tight.intersection(&wide) == tight, "tight lies in wide");
    }
    let Ok(document) = read::read(data, &ReadLimits::default()) else { return };
    let mentions = extract::extract(&document);
    let length = TextIndex::new(&document.text).len();
    let inside = |range: TextRange| range.start <= range.end && range.end <= length;
    let mut end = 0;
    for quantity in &mentions.quantities {
        assert!(inside(quantity.range) && quantity.range.contains(quantity.number), "a quantity lies in the text");
        assert!(!quantity.readings.is_empty(), "a quantity has a reading");
        assert!(quantity.range.start >= end, "quantities come in order without overlap");
        assert!(quantity.sentence < mentions.sentences.len());
        end = quantity.range.end;
    }
    assert!(mentions.statistics.iter().all(|statistic| inside(statistic.range)));
    assert!(mentions.variations.iter().all(|variation| inside(variation.range)));
}

/// The reader of units: a meaning has a positive factor inside its bounds.
pub fn unit(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let parsed = units::parse(text);
    if let Parsed::Rejected(reason) = &parsed {
        assert!(!reason.is_empty(), "a rejection has a reason");
    }
    for unit in parsed.units() {
        let factor = &unit.factor;
        assert!(factor.lo <= factor.conventional && factor.conventional <= factor.hi, "{text}");
        assert!(factor.lo > rational::whole(0), "{text}");
    }
}

/// The reader of expressions: what it understands is written so that it is read again to the same.
pub fn expression(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    for printed in [false, true] {
        // The sets themselves are held against references elsewhere; here, nothing may go wrong on the way.
        let first = derive::replay(text, printed).map(|replay| format!("{replay:?}"));
        let second = derive::replay(text, printed).map(|replay| format!("{replay:?}"));
        assert_eq!(first.ok(), second.ok(), "the same text gives the same");
    }
}

/// The layout of PDF pages: any glyphs anywhere give a document whose lines lie in its text and on its pages.
pub fn layout(data: &[u8]) {
    let mut fixture = pages(data);
    let facts =
        SourceFacts { format: SourceFormat::Pdf, sha256: String::new(), title: None, producer: None, doi: None };
    let Ok(document) = read_pages(&mut fixture, facts, Vec::new(), &ReadLimits::default()) else { return };
    holds(&document);
}

/// What holds for every document.
fn holds(document: &Document) {
    let length = TextIndex::new(&document.text).len();
    let mut start = 0;
    for line in &document.lines {
        assert!(line.range.start >= start && line.range.end <= length, "lines come in the order of the text");
        start = line.range.start;
        if let Place::Box { page, quad } = &line.place {
            assert!((1..=document.pages.len()).contains(&(*page as usize)), "a line is on a page");
            assert!(quad.bounds().iter().all(|edge| edge.is_finite()), "a box has finite edges");
        }
    }
    for leaf in document.leaves() {
        assert!(leaf.range.end <= length);
    }
    assert!(document.variations.iter().all(|variation| variation.range.end <= length));
}

/// The characters that glyphs of [`layout`] have.
const CHARACTERS: &str = "0123456789.,-−–×·±%()[]=<>≤≥ ekgmnμµdayLABCpFtr²³⁻¹½ﬁﬂ\u{ad}\u{a0}\u{fffd}ا";

/// Pages from bytes: ten bytes are a glyph, a rule, an image or a new page.
fn pages(data: &[u8]) -> Fixture {
    let characters: Vec<char> = CHARACTERS.chars().collect();
    let mut fixture = Fixture { pages: vec![FixturePage::new(600.0, 800.0)], ..Fixture::default() };
    for chunk in data.chunks_exact(10) {
        let &[tag, character, x0, x1, y0, y1, size, dx, dy, flags] = chunk else { continue };
        let (x, y) = (f32::from(i16::from_le_bytes([x0, x1])) / 32.0, f32::from(i16::from_le_bytes([y0, y1])) / 32.0);
        let (width, height) = (f32::from(dx) / 4.0, f32::from(dy.cast_signed()) / 4.0);
        if tag % 32 == 0 {
            fixture.pages.push(FixturePage::new(600.0, 800.0));
        }
        let Some(page) = fixture.pages.last_mut() else { continue };
        match tag % 32 {
            1 => page.rules.push(Area { left: x, top: y, right: x + width * 8.0, bottom: y + height }),
            2 => page.images.push(Area { left: x, top: y, right: x + width * 8.0, bottom: y + height * 8.0 }),
            _ => page.glyphs.push(Glyph {
                text: match flags % 16 {
                    0 => GlyphText::Unknown,
                    1 => GlyphText::Many("ffi".into()),
                    _ => GlyphText::One(characters[usize::from(character) % characters.len()]),
                },
                code: u32::from(character),
                font: FontId(u32::from(flags / 64)),
                x,
                y,
                dx: width,
                dy: if flags % 8 == 7 { height } else { 0.0 },
                size: f32::from(size) / 4.0,
                concealed: (flags % 32 == 31).then_some(Concealment::RenderMode),
            }),
        }
    }
    fixture
}

/// The reader of JATS: any bytes give a document whose ranges hold, or a reason. What is no XML is put into a paragraph.
pub fn jats(data: &[u8]) {
    markup(data, ("<article><body><sec>", "</sec></body></article>"));
}

/// The reader of TEI, in the same way.
pub fn tei(data: &[u8]) {
    markup(data, ("<TEI><text><body><div>", "</div></body></text></TEI>"));
}

fn markup(data: &[u8], (before, after): (&str, &str)) {
    let wrapped = [before.as_bytes(), data, after.as_bytes()].concat();
    for bytes in [data, &wrapped] {
        match read::read(bytes, &ReadLimits::default()) {
            Ok(document) => {
                holds(&document);
                let json = serde_json::to_vec(&document).expect("a document is JSON");
                assert_eq!(read::read(&json, &ReadLimits::default()).as_ref(), Ok(&document), "it reads back");
                let _ = extract::extract(&document);
            }
            Err(error) => assert!(!error.to_string().is_empty(), "an error has a reason"),
        }
    }
}
