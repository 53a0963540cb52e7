//! From glyphs to lines, columns, paragraphs and the order in which they are read, without any PDF.
//!
//! The steps: [`frame`] parts the text by its direction and drops what was drawn twice; [`chunks`] joins neighbours on
//! one baseline; [`margin`] and [`side`] set apart what stands in the margins; [`columns`] cuts a page at its gutters;
//! [`lines`] builds lines with their sub- and superscripts; [`spacing`] finds the gaps between words; [`tables`] finds
//! tables and their cells; [`blocks`] builds paragraphs with what `displays` and `lists` tell of formulas and items; and
//! [`furniture`] sets apart what repeats from page to page. What the words mean is not decided here, see
//! `read::structure`.

pub mod accents;
pub mod blocks;
pub mod chunks;
pub mod columns;
mod displays;
pub mod frame;
pub mod furniture;
pub mod lines;
mod lists;
pub mod margin;
pub mod page;
pub mod side;
pub mod spacing;
pub mod tables;
