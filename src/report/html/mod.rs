//! Reports as pages: self-contained HTML that is read from a file, without a server, without a network, without a
//! script.
//!
//! Everything that comes from a paper goes through `writer`, which escapes it by construction; the policy in the head
//! allows no request and no script but the page's own. The pages judge nothing: they show what is in the row. The
//! pictures in them are made elsewhere and come with the row.

mod card;
mod characters;
mod crop;
mod frame;
mod grid;
mod index;
mod lists;
mod marks;
mod mathml;
mod notices;
mod number_line;
mod operands;
mod order;
mod palette;
mod paper;
mod places;
mod policy;
mod quotation;
mod review;
mod sinks;
mod steps;
mod strip;
mod verdict;
mod wording;
mod writer;

#[cfg(test)]
mod tests;

pub use sinks::{Folder, Page};
