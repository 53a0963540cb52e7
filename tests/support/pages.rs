//! What a browser, a screen reader and the policy of a page rely on, checked on its text. Shared by the tests of the
//! writer and those of whole runs, so it knows nothing of the crate.

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};

/// A start tag with its attributes, as our writer makes them.
pub struct Tag {
    /// Its name.
    pub name: String,
    /// Names and values, as written.
    pub attributes: Vec<(String, String)>,
}

impl Tag {
    /// The value of an attribute.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.attributes.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str())
    }
}

const VOID: [&str; 4] = ["meta", "img", "br", "input"];

/// The start tags of a page; elements that are not closed in their order are a failure.
pub fn tags(page: &str) -> Vec<Tag> {
    let (page, _) = without(page, "style");
    let (page, _) = without(&page, "script");
    let mut rest = page.strip_prefix("<!DOCTYPE html>").expect("a document type");
    let (mut tags, mut open) = (Vec::new(), Vec::new());
    while let Some((_, after)) = rest.split_once('<') {
        let (inner, next) = after.split_once('>').expect("a tag ends");
        rest = next;
        if let Some(name) = inner.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(name), "elements end in their order");
            continue;
        }
        let (name, attributes) = inner.split_once(' ').unwrap_or((inner, ""));
        assert!(name.bytes().all(|byte| byte.is_ascii_alphanumeric()), "<{inner}>");
        if !VOID.contains(&name) {
            open.push(name.to_owned());
        }
        tags.push(Tag { name: name.to_owned(), attributes: attributes_of(attributes) });
    }
    assert!(open.is_empty(), "{open:?} is not closed");
    tags
}

fn attributes_of(mut text: &str) -> Vec<(String, String)> {
    let mut attributes = Vec::new();
    loop {
        text = text.trim_start();
        if text.is_empty() {
            return attributes;
        }
        let end = text.find([' ', '=']).unwrap_or(text.len());
        let name = text[..end].to_owned();
        text = &text[end..];
        let value = text.strip_prefix("=\"").map(|quoted| quoted.split_once('"').expect("a closing quote"));
        if let Some((value, after)) = value {
            attributes.push((name, value.to_owned()));
            text = after;
        } else {
            attributes.push((name, String::new()));
        }
    }
}

/// The page without the content of its one element of that name, and that content.
fn without(page: &str, name: &str) -> (String, String) {
    let (open, close) = (format!("<{name}>"), format!("</{name}>"));
    let (before, rest) = page.split_once(&open).unwrap_or_else(|| panic!("no {open}"));
    let (content, after) = rest.split_once(&close).unwrap_or_else(|| panic!("no {close}"));
    (format!("{before}{open}{close}{after}"), content.to_owned())
}

/// What holds of every page. `encode` writes bytes in Base64.
pub fn assert_sound(page: &str, encode: fn(&[u8]) -> String) {
    let tags = tags(page);
    let mut ids = BTreeSet::new();
    for id in tags.iter().filter_map(|tag| tag.get("id")) {
        assert!(ids.insert(id), "the id {id} is there twice");
    }
    let policy = tags.iter().find(|tag| tag.get("http-equiv") == Some("Content-Security-Policy")).expect("a policy");
    let policy = policy.get("content").expect("a policy");
    assert!(policy.starts_with("default-src &#39;none&#39;; img-src data:; style-src &#39;sha256-"), "{policy}");
    for name in ["style", "script"] {
        let hash = encode(&Sha256::digest(without(page, name).1.as_bytes()));
        assert!(policy.contains(&format!("{name}-src &#39;sha256-{hash}&#39;")), "the policy names the {name}");
    }
    for tag in &tags {
        assert!(tag.attributes.iter().all(|(name, _)| name != "style" && !name.starts_with("on")), "<{}>", tag.name);
        for address in ["href", "src", "action", "srcset", "data"].iter().filter_map(|name| tag.get(name)) {
            let inside = address.strip_prefix('#').is_some_and(|id| ids.contains(id));
            let own = address == "../index.html" || address.starts_with("papers/");
            assert!(inside || own || address.starts_with("data:image/png;base64,"), "{address}");
        }
        if tag.name == "img" {
            assert!(tag.get("alt").is_some_and(|alt| !alt.is_empty()), "a picture without its words");
        }
        if tag.name == "svg" {
            assert!(tag.get("aria-hidden").is_some() || tag.get("aria-label").is_some(), "a drawing without its words");
        }
        if tag.name == "math" {
            assert!(tag.get("aria-label").is_some_and(|words| !words.is_empty()), "a formula without its words");
        }
        for reference in ["aria-labelledby", "data-copy"].iter().filter_map(|name| tag.get(name)) {
            assert!(ids.contains(reference), "{reference} is nowhere");
        }
        if tag.name == "th" {
            assert!(tag.get("scope").is_some(), "a head without its scope");
        }
    }
    let count = |name: &str| tags.iter().filter(|tag| tag.name == name).count();
    assert_eq!((count("h1"), count("main"), count("title"), count("script"), count("style")), (1, 1, 1, 1, 1));
    assert_eq!(count("table"), count("caption"), "every table has a caption");
}
