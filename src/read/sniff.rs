//! Which format bytes are, by their content; a file's name may be wrong or missing.

use crate::document::Document;

use super::error::ReadError;
use super::json::read_json;
use super::limits::ReadLimits;
use super::pdf::read_pdf;
use super::text::read_text;
use super::xml::{is_xml, read_xml};

/// The version of reading: it changes when the same bytes may give another document.
pub const READ_VERSION: u32 = 1;

/// Where the header of a PDF may stand: some files carry other bytes before it, which viewers pass over.
const HEADER_WITHIN: usize = 1024;

/// Reads a paper from `bytes`.
pub fn read(bytes: &[u8], limits: &ReadLimits) -> Result<Document, ReadError> {
    let start = bytes.iter().position(|byte| !byte.is_ascii_whitespace() && *byte != 0).ok_or(ReadError::Empty)?;
    let head = &bytes[..bytes.len().min(HEADER_WITHIN)];
    if head.windows(5).any(|window| window == b"%PDF-") {
        return read_pdf(bytes, limits);
    }
    if is_xml(bytes) {
        return read_xml(bytes, limits);
    }
    if let Some(seen) = other_format(&bytes[start..]) {
        return Err(ReadError::UnknownFormat { seen });
    }
    if bytes[start] == b'{' && looks_like_a_document(&bytes[start..]) {
        return read_json(&bytes[start..], limits);
    }
    if looks_binary(head) {
        return Err(ReadError::UnknownFormat { seen: "binary data" });
    }
    read_text(bytes, limits)
}

/// A format that is known and not read.
fn other_format(start: &[u8]) -> Option<&'static str> {
    const KNOWN: &[(&[u8], &str)] = &[
        (b"PK\x03\x04", "a ZIP archive (an office document or an e-book)"),
        (b"\xD0\xCF\x11\xE0", "an old office document"),
        (b"\x1F\x8B", "compressed data (gzip)"),
        (b"%!PS", "PostScript"),
        (b"{\\rtf", "rich text"),
        (b"\x89PNG", "an image (PNG)"),
        (b"\xFF\xD8\xFF", "an image (JPEG)"),
        (b"GIF8", "an image (GIF)"),
        (b"II*\0", "an image (TIFF)"),
        (b"MM\0*", "an image (TIFF)"),
        (b"\x7FELF", "a program"),
        (b"<!DOCTYPE html", "HTML"),
        (b"<!doctype html", "HTML"),
        (b"<html", "HTML"),
    ];
    KNOWN.iter().find(|(magic, _)| start.starts_with(magic)).map(|(_, name)| *name)
}

/// Whether JSON that begins so states a schema, as a document does near its beginning.
fn looks_like_a_document(start: &[u8]) -> bool {
    let text = start[1..].trim_ascii_start();
    text.starts_with(b"\"") || text.starts_with(b"}")
}

/// Whether the bytes hold controls that no text has. Wide text has its own mark.
fn looks_binary(head: &[u8]) -> bool {
    if head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF") {
        return false;
    }
    let odd = head.iter().filter(|byte| **byte < 0x09 || (0x0E..0x1B).contains(*byte)).count();
    odd * 50 > head.len() || head.contains(&0)
}
