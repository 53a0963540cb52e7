//! Three hundred damaged files, made from one small PDF: each must give a document or a reason, never a panic.
//!
//! Files that can keep a reader busy for ever (content that draws itself many times over) are given apart by
//! [`endless`]: only a worker with a deadline can be trusted with them.

use lopdf::{Dictionary, Document, Object, Stream, dictionary};

#[path = "by_hand.rs"]
mod by_hand;

/// A damaged file with a name that says what was done to it.
pub struct Damaged {
    /// What was done.
    pub name: String,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// A small source of numbers that are the same on every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % below.max(1) as u64).expect("below a usize")
    }
}

/// Three hundred files made from `whole`, which must be a PDF of a few pages.
pub fn damaged(whole: &[u8]) -> Vec<Damaged> {
    let mut all = Vec::new();
    let mut add = |name: String, bytes: Vec<u8>| all.push(Damaged { name, bytes });
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    for at in 0..80 {
        add(format!("cut-{at}"), whole[..whole.len() * (at + 1) / 81].to_vec());
    }
    for at in 0..20 {
        add(format!("headless-{at}"), whole[whole.len() * (at + 1) / 40..].to_vec());
    }
    for at in 0..100 {
        let mut bytes = whole.to_vec();
        for _ in 0..=at {
            let place = dice.roll(bytes.len());
            bytes[place] ^= 1 << dice.roll(8);
        }
        add(format!("flipped-{at}"), bytes);
    }
    for at in 0..30 {
        let mut bytes = whole.to_vec();
        let from = dice.roll(bytes.len());
        let to = (from + dice.roll(400)).min(bytes.len());
        if at % 2 == 0 {
            bytes.drain(from..to);
        } else {
            bytes[from..to].fill(b" \0<[("[at % 5]);
        }
        add(format!("hole-{at}"), bytes);
    }
    for at in 0..20 {
        let mut bytes = b"%PDF-1.7\n".to_vec();
        bytes.extend((0..200 * (at + 1)).map(|_| u8::try_from(dice.roll(256)).expect("below 256")));
        add(format!("noise-{at}"), bytes);
    }
    for made in made() {
        add(made.name, made.bytes);
    }
    let mut at = 0;
    while all.len() < 300 {
        // Two parts of the file change places.
        let mut bytes = whole.to_vec();
        bytes.rotate_left(dice.roll(whole.len()));
        all.push(Damaged { name: format!("turned-{at}"), bytes });
        at += 1;
    }
    all
}

/// Files that are built wrong on purpose.
fn made() -> Vec<Damaged> {
    let mut all: Vec<Damaged> = Vec::new();
    let mut add = |name: &str, bytes: Vec<u8>| all.push(Damaged { name: name.to_owned(), bytes });
    add("empty", Vec::new());
    add("blank", b" \n\t\n".to_vec());
    add("zeros", vec![0; 10_000]);
    add("header-only", b"%PDF-1.7".to_vec());
    add("archive", b"PK\x03\x04 not a paper".to_vec());
    add("picture", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec());
    add("web-page", b"<!DOCTYPE html><html><body>no paper</body></html>".to_vec());
    add("object-without-schema", b"{\"text\": \"no schema\"}".to_vec());
    add("object-of-another-schema", b"{\"schema\": 99, \"text\": \"later\"}".to_vec());
    for levels in [1_000, 10_000, 100_000] {
        add(&format!("nested-arrays-in-catalog-{levels}"), nested_in_catalog("[", "]", levels));
        add(&format!("nested-dictionaries-in-catalog-{levels}"), nested_in_catalog("<</A ", ">>", levels));
        add(&format!("open-arrays-in-catalog-{levels}"), nested_in_catalog("[", "", levels));
        add(&format!("nested-arrays-in-content-{levels}"), with_content(&nested("[", "]", levels)));
        add(&format!("open-dictionaries-in-content-{levels}"), with_content(&nested("<</A ", "", levels)));
        add(&format!("saved-states-{levels}"), with_content(&"q ".repeat(levels)));
        add(&format!("open-brackets-in-string-{levels}"), with_content(&format!("BT {} Tj", "(".repeat(levels))));
        add(&format!("json-nested-{levels}"), format!("{{\"schema\":{}", "[".repeat(levels)).into_bytes());
    }
    add("declares-100000-pages", declares_pages(100_000));
    add("holds-100000-pages", holds_pages(100_000));
    add("no-pages", holds_pages(0));
    add("page-tree-in-a-circle", circle_of_pages());
    add("form-that-draws-itself", form_that_draws_itself());
    add("huge-stream-length", with_text_replaced("/Length 0", "/Length 99999999999"));
    add("negative-stream-length", with_text_replaced("/Length 0", "/Length -5"));
    add("huge-numbers", with_content("BT /F 1e38 Tf 1e38 0 0 1e38 1e38 -1e38 Tm (a) Tj 1e300 0 0 1 0 0 cm (b) Tj ET"));
    add("no-numbers", with_content("BT /F nan Tf inf 0 0 inf 0 0 Tm (a) Tj ET"));
    add("huge-page", with_text_replaced("[0 0 600 800]", "[-1e30 -1e30 1e30 1e30]"));
    add("flat-page", with_text_replaced("[0 0 600 800]", "[0 0 0 0]"));
    add("unknown-filter", with_text_replaced("/Length 0", "/Filter /NoSuchDecode /Length 0"));
    all
}

/// Files that can keep a reader busy far longer than any deadline.
pub fn endless() -> Vec<Damaged> {
    vec![Damaged { name: "forms-that-draw-each-other".to_owned(), bytes: forms_that_draw_each_other() }]
}

fn nested(open: &str, close: &str, levels: usize) -> String {
    format!("{}1{}", open.repeat(levels), close.repeat(levels))
}

/// A page whose content is `content`, written by hand so that no writer's care stands between.
fn with_content(content: &str) -> Vec<u8> {
    one_page("", content)
}

fn nested_in_catalog(open: &str, close: &str, levels: usize) -> Vec<u8> {
    one_page(&format!("/Extra {}", nested(open, close, levels)), "BT /F 12 Tf 50 700 Td (a word or two) Tj ET")
}

fn with_text_replaced(from: &str, to: &str) -> Vec<u8> {
    let bytes = one_page("", "");
    let text = String::from_utf8(bytes).expect("written as text");
    assert!(text.contains(from), "nothing to replace: {from}");
    text.replacen(from, to, 1).into_bytes()
}

fn one_page(catalog: &str, content: &str) -> Vec<u8> {
    let objects = [
        format!("<</Type/Catalog/Pages 2 0 R {catalog}>>"),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox [0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>".to_owned(),
        by_hand::stream(content),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_owned(),
    ];
    by_hand::file(&objects)
}

fn saved(mut document: Document, pages: Dictionary, tree: lopdf::ObjectId) -> Vec<u8> {
    document.objects.insert(tree, Object::Dictionary(pages));
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    document.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("writing to memory");
    bytes
}

fn declares_pages(count: i64) -> Vec<u8> {
    let mut document = Document::with_version("1.5");
    let tree = document.new_object_id();
    let content = document.add_object(Stream::new(Dictionary::new(), b"BT ET".to_vec()));
    let page = document.add_object(dictionary! { "Type" => "Page", "Parent" => tree, "Contents" => content });
    saved(document, dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => count }, tree)
}

fn holds_pages(count: usize) -> Vec<u8> {
    let mut document = Document::with_version("1.5");
    let tree = document.new_object_id();
    let kids: Vec<Object> =
        (0..count).map(|_| document.add_object(dictionary! { "Type" => "Page", "Parent" => tree }).into()).collect();
    let stated = i64::try_from(count).expect("a small number");
    saved(document, dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => stated }, tree)
}

fn circle_of_pages() -> Vec<u8> {
    let mut document = Document::with_version("1.5");
    let tree = document.new_object_id();
    let inner = document.add_object(dictionary! { "Type" => "Pages", "Kids" => vec![tree.into()], "Count" => 1 });
    saved(document, dictionary! { "Type" => "Pages", "Kids" => vec![inner.into(), tree.into()], "Count" => 2 }, tree)
}

fn form_that_draws_itself() -> Vec<u8> {
    let mut document = Document::with_version("1.5");
    let form = document.new_object_id();
    let drawn = Stream::new(
        dictionary! {
            "Type" => "XObject", "Subtype" => "Form",
            "BBox" => vec![0.into(), 0.into(), 600.into(), 800.into()],
            "Resources" => dictionary! { "XObject" => dictionary! { "X" => form } },
        },
        b"/X Do".to_vec(),
    );
    document.objects.insert(form, drawn.into());
    page_that_draws(document, form)
}

/// Thirty forms of which each draws the next ten times: 10^30 drawings.
fn forms_that_draw_each_other() -> Vec<u8> {
    let mut document = Document::with_version("1.5");
    let forms: Vec<lopdf::ObjectId> = (0..30).map(|_| document.new_object_id()).collect();
    for (at, form) in forms.iter().enumerate() {
        let next = forms.get(at + 1).copied().unwrap_or(*form);
        let content = if at + 1 < forms.len() { "/X Do ".repeat(10) } else { "0 0 m 1 1 l S".to_owned() };
        let drawn = Stream::new(
            dictionary! {
                "Type" => "XObject", "Subtype" => "Form",
                "BBox" => vec![0.into(), 0.into(), 600.into(), 800.into()],
                "Resources" => dictionary! { "XObject" => dictionary! { "X" => next } },
            },
            content.into_bytes(),
        );
        document.objects.insert(*form, drawn.into());
    }
    page_that_draws(document, forms[0])
}

fn page_that_draws(mut document: Document, form: lopdf::ObjectId) -> Vec<u8> {
    let tree = document.new_object_id();
    let content = document.add_object(Stream::new(Dictionary::new(), b"/X Do".to_vec()));
    let page = document.add_object(dictionary! {
        "Type" => "Page", "Parent" => tree, "Contents" => content,
        "Resources" => dictionary! { "XObject" => dictionary! { "X" => form } },
    });
    saved(document, dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 }, tree)
}

#[test]
fn there_are_three_hundred_of_them_and_all_differ() {
    let whole = declares_pages(1);
    let files = damaged(&whole);
    assert_eq!(files.len(), 300);
    let names: std::collections::BTreeSet<&str> = files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names.len(), 300);
    assert!(endless().iter().all(|file| file.bytes.starts_with(b"%PDF-")));
}
