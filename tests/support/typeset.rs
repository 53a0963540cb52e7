//! A small typesetter: paragraphs to a real PDF, with the standard fonts, so that rules and the reader can be tried on
//! pages whose words are known.
//!
//! Words are wrapped by the widths of the fonts; a line break in a paragraph is kept. Raised and lowered digits of
//! Unicode ("10⁻³", "F₂") are set as small shifted digits, Greek letters and most signs in the Symbol font, which is how
//! papers do it. The caller's text must use characters that the fonts have.
#![expect(clippy::cast_precision_loss, reason = "columns and words of a test page are few")]

use std::fmt::Write as _;

use lopdf::{Dictionary, Document, Object, Stream, dictionary};

/// The typeface of the running text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Face {
    /// Times-Roman.
    Times,
    /// Helvetica.
    Helvetica,
}

/// How spaces between words are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spaces {
    /// As glyphs of the font, as word processors do.
    Drawn,
    /// As distance only, as TeX does.
    Distance,
}

/// How a paper looks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Style<'s> {
    /// The typeface.
    pub face: Face,
    /// The font size in points.
    pub size: f32,
    /// One or two columns.
    pub columns: usize,
    /// Whether lines are stretched to the width of the column.
    pub justified: bool,
    /// How spaces are made.
    pub spaces: Spaces,
    /// Whether "fi" and "fl" are set as one glyph.
    pub ligatures: bool,
    /// A line at the top of every page, followed by the page's number.
    pub running_head: Option<&'s str>,
    /// The turn of the pages as `/Rotate` says it, in degrees; the text is set as if there were none.
    pub rotate: i64,
}

impl Style<'static> {
    /// One column, ragged, spaces drawn: a manuscript from a word processor.
    pub const MANUSCRIPT: Self = Self {
        face: Face::Times,
        size: 11.0,
        columns: 1,
        justified: false,
        spaces: Spaces::Drawn,
        ligatures: false,
        running_head: None,
        rotate: 0,
    };
    /// Two justified columns, spaces as distance, ligatures, a running head: a journal set with TeX.
    pub const JOURNAL: Self = Self {
        size: 9.5,
        columns: 2,
        justified: true,
        spaces: Spaces::Distance,
        ligatures: true,
        running_head: Some("Journal of Tests 12 (2024)"),
        ..Self::MANUSCRIPT
    };
    /// One justified column in a sans serif face, spaces drawn.
    pub const REPORT: Self = Self { face: Face::Helvetica, size: 10.0, justified: true, ..Self::MANUSCRIPT };
}

const PAGE: (f32, f32) = (595.0, 842.0);
const MARGIN: f32 = 60.0;
const GUTTER: f32 = 22.0;

/// One glyph: the font (`F` text, `S` symbol), its code, its width in thousandths of its size, its scale and shift.
#[derive(Clone, Copy)]
struct Set {
    symbol: bool,
    code: u8,
    width: f32,
    scale: f32,
    rise: f32,
}

impl Set {
    /// Whether two glyphs share font, size and baseline, to the bit.
    fn set_alike(&self, other: &Self) -> bool {
        let bits = |set: &Self| (set.symbol, set.scale.to_bits(), set.rise.to_bits());
        bits(self) == bits(other)
    }
}

/// Typesets the paragraphs and gives the bytes of a PDF.
///
/// # Panics
/// When a paragraph has a character that the fonts lack.
pub fn typeset(paragraphs: &[&str], style: Style) -> Vec<u8> {
    let columns = style.columns as f32;
    let width = (PAGE.0 - 2.0 * MARGIN - GUTTER * (columns - 1.0)) / columns;
    let mut pages: Vec<String> = Vec::new();
    let (mut column, mut y) = (style.columns, 0.0_f32);
    let leading = style.size * 1.2;
    for paragraph in paragraphs {
        let lines = wrap(paragraph, &style, width);
        let count = lines.len();
        for (at, line) in lines.into_iter().enumerate() {
            if column >= style.columns || y < MARGIN {
                column = if column + 1 < style.columns { column + 1 } else { style.columns };
                if column >= style.columns || pages.is_empty() {
                    column = 0;
                    pages.push(head(&style, pages.len() + 1));
                }
                y = PAGE.1 - MARGIN - style.size;
            }
            let x = MARGIN + column as f32 * (width + GUTTER) + if at == 0 { style.size } else { 0.0 };
            let room = width - (x - MARGIN - column as f32 * (width + GUTTER));
            let last = at + 1 == count || line.forced;
            set_line(pages.last_mut().expect("a page was begun"), &line.words, x, y, room, last, &style);
            y -= leading;
        }
        y -= leading * 0.5;
    }
    if pages.is_empty() {
        pages.push(head(&style, 1));
    }
    file(&pages, &style)
}

fn head(style: &Style, number: usize) -> String {
    let mut content = String::new();
    if let Some(head) = style.running_head {
        let text = format!("{head} {number}");
        let words: Vec<Vec<Set>> = text.split(' ').map(|word| glyphs(word, style)).collect();
        set_line(&mut content, &words, MARGIN, PAGE.1 - 36.0, 0.0, true, &Style { size: 8.0, ..*style });
    }
    content
}

struct SetLine {
    words: Vec<Vec<Set>>,
    forced: bool,
}

fn wrap(paragraph: &str, style: &Style, width: f32) -> Vec<SetLine> {
    let space = text_width(' ', style.face) * style.size / 1000.0;
    let mut lines = Vec::new();
    for piece in paragraph.split('\n') {
        let mut line: Vec<Vec<Set>> = Vec::new();
        let mut used = if lines.is_empty() { style.size } else { 0.0 };
        for word in piece.split(' ').filter(|word| !word.is_empty()) {
            let word = glyphs(word, style);
            let length = width_of(&word, style.size);
            if !line.is_empty() && used + space + length > width {
                lines.push(SetLine { words: std::mem::take(&mut line), forced: false });
                used = 0.0;
            }
            used += length + if line.is_empty() { 0.0 } else { space };
            line.push(word);
        }
        lines.push(SetLine { words: line, forced: true });
    }
    lines
}

fn width_of(word: &[Set], size: f32) -> f32 {
    word.iter().map(|set| set.width * set.scale * size / 1000.0).sum()
}

/// Writes one line as text operators.
fn set_line(content: &mut String, words: &[Vec<Set>], x: f32, y: f32, room: f32, last: bool, style: &Style) {
    let space = text_width(' ', style.face) * style.size / 1000.0;
    let natural: f32 = words.iter().map(|word| width_of(word, style.size)).sum();
    let gaps = words.len().saturating_sub(1) as f32;
    let stretched = if style.justified && !last && gaps > 0.0 { (room - natural) / gaps } else { space };
    let mut at = x;
    for (index, word) in words.iter().enumerate() {
        for run in word.chunk_by(Set::set_alike) {
            let font = if run[0].symbol { "S" } else { "F" };
            let hex = run.iter().fold(String::new(), |mut hex, set| {
                let _ = write!(hex, "{:02x}", set.code);
                hex
            });
            let baseline = y + run[0].rise * style.size;
            let size = style.size * run[0].scale;
            let _ = writeln!(content, "BT /{font} {size:.3} Tf 1 0 0 1 {at:.3} {baseline:.3} Tm <{hex}> Tj ET");
            at += width_of(run, style.size);
        }
        if index + 1 < words.len() {
            if style.spaces == Spaces::Drawn {
                let _ = writeln!(content, "BT /F {:.3} Tf 1 0 0 1 {at:.3} {y:.3} Tm <20> Tj ET", style.size);
            }
            at += stretched;
        }
    }
}

/// The glyphs of a word.
fn glyphs(word: &str, style: &Style) -> Vec<Set> {
    let mut out = Vec::new();
    let mut rest = word;
    while let Some(first) = rest.chars().next() {
        let (taken, code) = match rest.get(..2) {
            Some("fi") if style.ligatures => (2, Some(3_u8)),
            Some("fl") if style.ligatures => (2, Some(4)),
            _ => (first.len_utf8(), None),
        };
        rest = &rest[taken..];
        if let Some(code) = code {
            out.push(Set { symbol: false, code, width: code_width(code, style.face), scale: 1.0, rise: 0.0 });
            continue;
        }
        let (plain, scale, rise) = shifted(first);
        let (symbol, code, width) = glyph(plain, style.face);
        out.push(Set { symbol, code, width, scale, rise });
    }
    out
}

/// The character of a raised or lowered digit, its scale and its rise.
fn shifted(character: char) -> (char, f32, f32) {
    const RAISED: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ";
    const LOWERED: &str = "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎";
    const PLAIN: &str = "0123456789+−=()ni";
    let nth = |set: &str| set.chars().position(|one| one == character).and_then(|at| PLAIN.chars().nth(at));
    if let Some(plain) = nth(RAISED) {
        return (plain, 0.7, 0.36);
    }
    nth(LOWERED).map_or((character, 1.0, 0.0), |plain| (plain, 0.7, -0.15))
}

/// Whether a character is set in Symbol, its code, and its width.
fn glyph(character: char, face: Face) -> (bool, u8, f32) {
    const SYMBOL: &[(char, u8, f32)] = &[
        ('α', b'a', 631.0),
        ('β', b'b', 549.0),
        ('γ', b'g', 411.0),
        ('δ', b'd', 494.0),
        ('ε', b'e', 439.0),
        ('η', b'h', 603.0),
        ('θ', b'q', 521.0),
        ('κ', b'k', 549.0),
        ('λ', b'l', 549.0),
        ('μ', b'm', 576.0),
        ('ν', b'n', 521.0),
        ('π', b'p', 549.0),
        ('ρ', b'r', 549.0),
        ('σ', b's', 603.0),
        ('τ', b't', 439.0),
        ('φ', b'f', 521.0),
        ('χ', b'c', 549.0),
        ('ω', b'w', 686.0),
        ('Δ', b'D', 612.0),
        ('Σ', b'S', 592.0),
        ('Ω', b'W', 768.0),
        ('≤', 0xA3, 549.0),
        ('≥', 0xB3, 549.0),
        ('≠', 0xB9, 549.0),
        ('≈', 0xBB, 549.0),
        ('∼', 0x7E, 549.0),
        ('∞', 0xA5, 713.0),
        ('→', 0xAE, 987.0),
        ('∑', 0xE5, 713.0),
        ('√', 0xD6, 549.0),
    ];
    if let Some(&(_, code, width)) = SYMBOL.iter().find(|(symbol, _, _)| *symbol == character) {
        return (true, code, width);
    }
    let code = text_code(character).unwrap_or_else(|| panic!("the fonts have no {character:?}"));
    (false, code, code_width(code, face))
}

/// The code of a character in the text fonts: `WinAnsi`, and a few glyphs below the space.
fn text_code(character: char) -> Option<u8> {
    const WIN: &[(char, u8)] = &[
        ('…', 0x85),
        ('‘', 0x91),
        ('’', 0x92),
        ('“', 0x93),
        ('”', 0x94),
        ('•', 0x95),
        ('–', 0x96),
        ('—', 0x97),
        ('−', 0x02),
    ];
    match character {
        ' '..='~' | '\u{A0}'..='\u{FF}' => u8::try_from(u32::from(character)).ok(),
        _ => WIN.iter().find(|(special, _)| *special == character).map(|(_, code)| *code),
    }
}

fn text_width(character: char, face: Face) -> f32 {
    code_width(text_code(character).expect("a character of the text fonts"), face)
}

/// The widths of the printable ASCII characters as the fonts' metrics state them.
const TIMES: [u16; 95] = [
    250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500, 500, 500, 500, 500, 500,
    500, 500, 500, 278, 278, 564, 564, 564, 444, 921, 722, 667, 667, 722, 611, 556, 722, 722, 333, 389, 722, 611, 889,
    722, 722, 556, 722, 667, 556, 611, 722, 722, 944, 722, 722, 611, 333, 278, 333, 469, 500, 333, 444, 500, 444, 500,
    444, 333, 500, 500, 278, 278, 500, 278, 778, 500, 500, 500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444, 480,
    200, 480, 541,
];
const HELVETICA: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
    556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
    260, 334, 584,
];

fn code_width(code: u8, face: Face) -> f32 {
    let times = face == Face::Times;
    let width = match code {
        0x20..=0x7E => {
            let at = usize::from(code - 0x20);
            if times { TIMES[at] } else { HELVETICA[at] }
        }
        0x02 | 0xB1 | 0xD7 | 0xF7 => [584, 564][usize::from(times)],
        0x03 | 0x04 => [500, 556][usize::from(times)],
        0x85 | 0x97 => 1000,
        0x91 | 0x92 => [222, 333][usize::from(times)],
        0x93 | 0x94 => [333, 444][usize::from(times)],
        0xB0 => 400,
        0xB7 => [278, 250][usize::from(times)],
        _ => [556, 500][usize::from(times)],
    };
    f32::from(width)
}

fn file(pages: &[String], style: &Style) -> Vec<u8> {
    let mut document = Document::with_version("1.5");
    let widths: Vec<Object> = (0..=255_u8).map(|code| Object::Real(code_width(code, style.face))).collect();
    let differences: Vec<Object> =
        vec![2.into(), Object::Name(b"minus".into()), Object::Name(b"fi".into()), Object::Name(b"fl".into())];
    let name = if style.face == Face::Times { "Times-Roman" } else { "Helvetica" };
    let text = document.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "Type1", "BaseFont" => name, "FirstChar" => 0, "LastChar" => 255,
        "Widths" => widths,
        "Encoding" => dictionary! {
            "Type" => "Encoding", "BaseEncoding" => "WinAnsiEncoding", "Differences" => differences,
        },
    });
    let symbol = document.add_object(dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Symbol" });
    let tree = document.new_object_id();
    let kids: Vec<Object> = pages
        .iter()
        .map(|content| {
            let content = document.add_object(Stream::new(Dictionary::new(), content.clone().into_bytes()));
            let page = dictionary! {
                "Type" => "Page", "Parent" => tree, "Contents" => content,
                "MediaBox" => vec![0.into(), 0.into(), Object::Real(PAGE.0), Object::Real(PAGE.1)],
                "Rotate" => style.rotate,
                "Resources" => dictionary! { "Font" => dictionary! { "F" => text, "S" => symbol } },
            };
            document.add_object(page).into()
        })
        .collect();
    let count = i64::try_from(kids.len()).expect("few pages");
    document.objects.insert(tree, dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count }.into());
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    document.trailer.set("Root", catalog);
    let info = document.add_object(dictionary! { "Title" => Object::string_literal("A typeset test") });
    document.trailer.set("Info", info);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("writing to memory");
    bytes
}

#[test]
fn every_style_reads_back() {
    let text = "The effect was significant, χ²(1, N = 90) = 4.21, p = .04, and fine at 2.5 × 10⁻³ mg/kg over 12 weeks.";
    for style in [Style::MANUSCRIPT, Style::JOURNAL, Style::REPORT] {
        let bytes = typeset(&[text], style);
        let document = rederive::read::read(&bytes, &rederive::read::ReadLimits::default()).expect("a document");
        assert!(document.text.contains(text), "{style:?}: {}", document.text);
    }
}
