//! Pages in fonts of our own that lie: their codes, names, encodings and maps to Unicode are the test's to choose.
//!
//! A font is assembled here as a program in the Compact Font Format, its glyphs drawn as boxes. A page shows the text of
//! standard fonts and of such fonts at given places, within boxes and turns of the test's choice.

use std::fmt::Write as _;

use lopdf::{Dictionary, Document, Object, Stream, dictionary};

/// A box of ink in thousandths of the size: left, bottom, right, top.
pub type Ink = [i16; 4];

/// A glyph of a font program.
#[derive(Clone, Copy)]
pub struct Drawn<'t> {
    /// Its code in the encoding of the program.
    pub code: u8,
    /// Its name in the program.
    pub name: &'t str,
    /// Its boxes.
    pub ink: &'t [Ink],
}

/// A font and what the file says of it.
#[derive(Clone, Copy, Default)]
pub struct Lying<'t> {
    /// The name of the font.
    pub name: &'t str,
    /// Its glyphs, each half an em wide.
    pub glyphs: &'t [Drawn<'t>],
    /// The differences of the encoding: codes and names; none where there is no encoding.
    pub names: &'t [(u8, &'t str)],
    /// The map to Unicode; none where there is none.
    pub unicode: &'t [(u8, &'t str)],
}

/// The ink of a letter, where it does not matter.
pub const LETTER: &[Ink] = &[[50, 0, 450, 700]];

/// A page and the boxes around it.
pub struct Sheet {
    document: Document,
    fonts: Dictionary,
    content: String,
    /// The media box.
    pub media: [i64; 4],
    /// The crop box.
    pub crop: Option<[i64; 4]>,
    /// The turn.
    pub rotate: i64,
}

impl Sheet {
    /// An empty page in A4 with Times-Roman as font T.
    pub fn new() -> Self {
        let mut document = Document::with_version("1.5");
        let times = dictionary! {
            "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Times-Roman", "Encoding" => "WinAnsiEncoding",
        };
        let times = document.add_object(times);
        let fonts = dictionary! { "T" => times };
        Self { document, fonts, content: String::new(), media: [0, 0, 595, 842], crop: None, rotate: 0 }
    }

    /// Adds a font under a name of the page.
    pub fn font(&mut self, key: &str, font: &Lying<'_>) {
        let program = Stream::new(dictionary! { "Subtype" => "Type1C" }, program(font));
        let program = self.document.add_object(program);
        let descriptor = self.document.add_object(dictionary! {
            "Type" => "FontDescriptor", "FontName" => font.name, "Flags" => 4, "FontFile3" => program,
            "FontBBox" => vec![0.into(), Object::Integer(-250), 1000.into(), 1000.into()],
            "ItalicAngle" => 0, "Ascent" => 800, "Descent" => -200, "CapHeight" => 700, "StemV" => 80,
        });
        let widths: Vec<Object> = (0..=255).map(|_| 500.into()).collect();
        let mut dict = dictionary! {
            "Type" => "Font", "Subtype" => "Type1", "BaseFont" => font.name, "FontDescriptor" => descriptor,
            "FirstChar" => 0, "LastChar" => 255, "Widths" => widths,
        };
        if !font.names.is_empty() {
            let of = |&(code, name): &(u8, &str)| [i64::from(code).into(), Object::Name(name.as_bytes().to_vec())];
            let differences: Vec<Object> = font.names.iter().flat_map(of).collect();
            dict.set("Encoding", dictionary! { "Type" => "Encoding", "Differences" => differences });
        }
        if !font.unicode.is_empty() {
            let map = Stream::new(Dictionary::new(), to_unicode(font.unicode).into_bytes());
            dict.set("ToUnicode", self.document.add_object(map));
        }
        self.object(key, dict);
    }

    /// Adds any font under a name of the page.
    pub fn object(&mut self, key: &str, font: Dictionary) {
        let font = self.document.add_object(font);
        self.fonts.set(key, font);
    }

    /// Sets codes of a font at a place of user space.
    pub fn set(&mut self, font: &str, size: f32, (x, y): (f32, f32), codes: &[u8]) {
        self.turned(font, size, (x, y), (1, 0), codes);
    }

    /// Sets codes of a font that run in a direction: (1, 0) to the right, (0, 1) upwards.
    pub fn turned(&mut self, font: &str, size: f32, (x, y): (f32, f32), (along, up): (i8, i8), codes: &[u8]) {
        let hex = codes.iter().fold(String::new(), |mut hex, code| {
            let _ = write!(hex, "{code:02x}");
            hex
        });
        let matrix = format!("{along} {up} {} {along}", -up);
        let _ = writeln!(self.content, "BT /{font} {size} Tf {matrix} {x} {y} Tm <{hex}> Tj ET");
    }

    /// Strokes a line.
    pub fn line(&mut self, from: (f32, f32), to: (f32, f32)) {
        let _ = writeln!(self.content, "0.5 w {} {} m {} {} l S", from.0, from.1, to.0, to.1);
    }

    /// The file.
    pub fn bytes(mut self) -> Vec<u8> {
        let content = self.document.add_object(Stream::new(Dictionary::new(), self.content.into_bytes()));
        let tree = self.document.new_object_id();
        let sides = |sides: [i64; 4]| sides.map(Object::Integer).to_vec();
        let mut page = dictionary! {
            "Type" => "Page", "Parent" => tree, "Contents" => content, "MediaBox" => sides(self.media),
            "Rotate" => self.rotate, "Resources" => dictionary! { "Font" => self.fonts },
        };
        if let Some(crop) = self.crop {
            page.set("CropBox", sides(crop));
        }
        let page = self.document.add_object(page);
        let kids: Vec<Object> = vec![page.into()];
        self.document.objects.insert(tree, dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => 1 }.into());
        let catalog = self.document.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
        self.document.trailer.set("Root", catalog);
        let mut bytes = Vec::new();
        self.document.save_to(&mut bytes).expect("writing to memory");
        bytes
    }
}

fn to_unicode(map: &[(u8, &str)]) -> String {
    let mut out = String::from(
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Own def /CMapType 2 def\n\
         1 begincodespacerange <00> <ff> endcodespacerange\n",
    );
    let _ = writeln!(out, "{} beginbfchar", map.len());
    for (code, text) in map {
        let _ = write!(out, "<{code:02x}> <");
        for unit in text.encode_utf16() {
            let _ = write!(out, "{unit:04x}");
        }
        out.push_str(">\n");
    }
    out.push_str("endbfchar endcmap CMapName currentdict /CMap defineresource pop end end");
    out
}

/// How many strings the format has by itself.
const STANDARD_STRINGS: u16 = 391;

/// The program of a font.
fn program(font: &Lying<'_>) -> Vec<u8> {
    let count = u16::try_from(font.glyphs.len()).expect("few glyphs");
    let mut charset = vec![0];
    charset.extend((0..count).flat_map(|at| (STANDARD_STRINGS + at).to_be_bytes()));
    let mut encoding = vec![0, u8::try_from(count).expect("few glyphs")];
    encoding.extend(font.glyphs.iter().map(|glyph| glyph.code));
    let mut outlines = vec![outline(&[])];
    outlines.extend(font.glyphs.iter().map(|glyph| outline(glyph.ink)));
    let outlines = index(&outlines);
    let private = [number(500), vec![20]].concat();
    let strings: Vec<Vec<u8>> = font.glyphs.iter().map(|glyph| glyph.name.as_bytes().to_vec()).collect();
    let head = [vec![1, 0, 4, 4], index(&[font.name.as_bytes().to_vec()])].concat();
    let tail = [index(&strings), vec![0, 0]].concat();
    // Offsets are written in five bytes each, so that the dictionary's size does not depend on them.
    let top = |[charset, encoding, outlines, private]: [usize; 4], size: usize| {
        let entries = [(charset, 15), (encoding, 16), (outlines, 17)];
        let mut dict: Vec<u8> = entries.iter().flat_map(|&(at, key)| [offset(at), vec![key]].concat()).collect();
        dict.extend([offset(size), offset(private), vec![18]].concat());
        index(&[dict])
    };
    let mut at = head.len() + top([0; 4], 0).len() + tail.len();
    let mut next = |part: &[u8]| {
        let start = at;
        at += part.len();
        start
    };
    let offsets = [next(&charset), next(&encoding), next(&outlines), next(&private)];
    [head, top(offsets, private.len()), tail, charset, encoding, outlines, private].concat()
}

/// The outline of boxes in the charstrings of the format.
fn outline(ink: &[Ink]) -> Vec<u8> {
    let mut out = Vec::new();
    let (mut x, mut y) = (0, 0);
    for &[left, bottom, right, top] in ink {
        let (width, height) = (right - left, top - bottom);
        out.extend([number(left - x), number(bottom - y), vec![21]].concat());
        // Lines to the right, up, and back to the left; the path closes itself.
        out.extend([number(width), number(height), number(-width), vec![6]].concat());
        (x, y) = (left, top);
    }
    out.push(14);
    out
}

fn number(value: i16) -> Vec<u8> {
    let [high, low] = value.to_be_bytes();
    vec![28, high, low]
}

fn offset(at: usize) -> Vec<u8> {
    let mut out = vec![29];
    out.extend(u32::try_from(at).expect("a small program").to_be_bytes());
    out
}

fn index(items: &[Vec<u8>]) -> Vec<u8> {
    let mut out = u16::try_from(items.len()).expect("few items").to_be_bytes().to_vec();
    out.push(2);
    let mut at: u16 = 1;
    out.extend(at.to_be_bytes());
    for item in items {
        at += u16::try_from(item.len()).expect("short items");
        out.extend(at.to_be_bytes());
    }
    out.extend(items.iter().flatten());
    out
}
