//! Papers as XML: JATS of publishers, TEI as GROBID writes it, and Elsevier's own.
//!
//! Bytes are decoded, parsed under limits to a tree without any declaration of the file taken at its word, and walked by
//! the roles that a vocabulary gives its elements. Places are paths of elements. What the text means is decided nowhere
//! here; a table's grid is as the file says it, and what it does not say (which rows name the columns) is told by looks.

mod decode;
mod elsevier;
mod glued;
mod inline;
mod jats;
mod math;
mod merged;
mod path;
mod raised;
mod reader;
mod sniff;
mod table;
mod tei;
mod tex;
mod tree;
mod turned;
mod vocabulary;
mod walk;

pub use reader::read_xml;
pub use sniff::{is_paper, is_xml};
