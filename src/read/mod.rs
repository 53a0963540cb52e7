//! From the bytes of a file to a [`Document`](crate::document::Document): PDF, XML, plain text, and a document as JSON.
//!
//! A reader decides what was printed and where it stands, never what it means. Content cannot make it fail by panic:
//! every file gives a document or a [`ReadError`] with a reason.

mod citation;
mod compose;
mod error;
mod flow;
mod items;
mod join;
mod json;
mod labels;
mod limits;
mod names;
pub mod pdf;
mod scripts;
mod sections;
mod sniff;
mod structure;
mod text;
mod xml;

pub use error::ReadError;
pub use limits::ReadLimits;
pub use sniff::{READ_VERSION, read};
pub use xml::is_paper as is_xml_paper;
