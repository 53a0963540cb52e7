//! Pages with lines that are seen and lines that are not: in brackets before a line stands how it is painted.

use lopdf::{Dictionary, Document, Object, Stream, dictionary};

/// A page of A4 with a line of text for each line of `text`. Without brackets a line is painted black on paper; else as
/// `white`, `pale` (as good as white), `grey` (light, and seen), `invisible`, `clear`, `tiny`, `small` (and seen), `beside` the page,
/// `black on black`, `white on black`, `white on disc` (a shape that is no box), `white on image`, `scan` (invisible over an image),
/// `outlined` (white with a black rim), `in a clip` (white, where a black box is cut away), `up` (white, and running upwards).
pub fn page(text: &str) -> Vec<u8> {
    let mut file = Document::with_version("1.5");
    let times = dictionary! {
        "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Times-Roman", "Encoding" => "WinAnsiEncoding",
    };
    let times = file.add_object(times);
    let image = dictionary! {
        "Type" => "XObject", "Subtype" => "Image", "Width" => 2, "Height" => 2, "BitsPerComponent" => 8,
        "ColorSpace" => "DeviceGray",
    };
    let image = file.add_object(Stream::new(image, vec![90, 120, 150, 180]));
    let clear = dictionary! { "Type" => "ExtGState", "ca" => 0.0, "CA" => 0.0 };
    let mut content = Vec::new();
    for (at, line) in text.lines().enumerate() {
        content.extend(painted(line, 780 - 24 * i32::try_from(at).expect("few lines")));
    }
    let content = file.add_object(Stream::new(Dictionary::new(), content));
    let tree = file.new_object_id();
    let page = file.add_object(dictionary! {
        "Type" => "Page", "Parent" => tree, "Contents" => content,
        "MediaBox" => [0, 0, 595, 842].map(Object::Integer).to_vec(),
        "Resources" => dictionary! {
            "Font" => dictionary! { "T" => times },
            "XObject" => dictionary! { "I" => image },
            "ExtGState" => dictionary! { "G" => clear },
        },
    });
    let kids: Vec<Object> = vec![page.into()];
    file.objects.insert(tree, dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => 1 }.into());
    let catalog = file.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    file.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).expect("writing to memory");
    bytes
}

/// The instructions that paint a line of text on a baseline.
fn painted(line: &str, base: i32) -> Vec<u8> {
    let (how, words) = match line.strip_prefix('[').and_then(|rest| rest.split_once("] ")) {
        Some((how, words)) => (how, words),
        None => ("", line),
    };
    let strip = format!("60 {} 480 18 re", base - 5);
    let (before, size, x) = match how {
        "" => ("0 g".to_owned(), 10.0, 70),
        "white" => ("1 g".to_owned(), 10.0, 70),
        "pale" => ("0.985 g".to_owned(), 10.0, 70),
        "grey" => ("0.85 g".to_owned(), 10.0, 70),
        "invisible" => ("3 Tr".to_owned(), 10.0, 70),
        "clear" => ("/G gs".to_owned(), 10.0, 70),
        "tiny" => ("0 g".to_owned(), 0.7, 70),
        "small" => ("0 g".to_owned(), 3.0, 70),
        "beside" => ("0 g".to_owned(), 10.0, 620),
        "black on black" => (format!("0 g {strip} f"), 10.0, 70),
        "white on black" => (format!("0 g {strip} f 1 g"), 10.0, 70),
        "white on disc" => (format!("0 g 40 {base} m 60 {} 540 {} 560 {base} c f 1 g", base + 90, base + 90), 10.0, 70),
        "white on image" => (format!("q 480 0 0 18 60 {} cm /I Do Q 1 g", base - 5), 10.0, 70),
        "scan" => (format!("q 480 0 0 18 60 {} cm /I Do Q 3 Tr", base - 5), 10.0, 70),
        "outlined" => ("1 g 0 G 2 Tr".to_owned(), 10.0, 70),
        "in a clip" => (format!("q 0 0 9 9 re W n 0 g {strip} f Q 1 g"), 10.0, 70),
        "up" => {
            return [b"q 1 g BT /T 8 Tf 0 1 -1 0 40 200 Tm ".to_vec(), shown(words), b" ET Q\n".to_vec()].concat();
        }
        other => panic!("nothing is painted {other}"),
    };
    [format!("q {before} BT /T {size} Tf {x} {base} Td ").into_bytes(), shown(words), b" ET Q\n".to_vec()].concat()
}

/// The instruction that shows words; a letter beyond ASCII is not set here.
fn shown(words: &str) -> Vec<u8> {
    let mut out = b"<".to_vec();
    words.bytes().for_each(|byte| out.extend(format!("{byte:02x}").into_bytes()));
    out.extend(b"> Tj");
    out
}
