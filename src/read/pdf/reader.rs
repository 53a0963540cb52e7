//! All pages of a source to a document.

use std::collections::BTreeMap;

use super::captions;
use super::facts;
use super::hayro::HayroFile;
use super::hidden::{MOST_CHARACTERS, hidden_text};
use super::layout::blocks::{Around, LineBlock, blocks};
use super::layout::columns::Gutters;
use super::layout::frame::Frame;
use super::layout::furniture;
use super::layout::page::{PageLines, PageMarks, TextLine, lay_out};
use super::layout::side::mark_side_notes;
use super::layout::spacing::Placed;
use super::layout::tables::rules::Drawn;
use super::source::{FontId, PageSource};
use crate::document::{
    BlockKind, Concealment, DOCUMENT_SCHEMA, Document, HiddenText, Note, PageSize, SourceFacts, TextRange,
    VariationCause,
};
use crate::read::citation::{citations, doubt_powers};
use crate::read::compose::{Doubt, DraftBlock, DraftLine, compose};
use crate::read::error::ReadError;
use crate::read::flow::{FlowBlock, rejoin};
use crate::read::limits::ReadLimits;
use crate::read::sections;
use crate::read::structure;

/// Reads a PDF.
pub fn read_pdf(bytes: &[u8], limits: &ReadLimits) -> Result<Document, ReadError> {
    if bytes.len() > limits.pdf_bytes {
        return Err(ReadError::TooLarge { bytes: bytes.len(), limit: limits.pdf_bytes });
    }
    let file = HayroFile::open(bytes)?;
    let mut source = file.source();
    let mut notes = Vec::new();
    let pages = checked_pages(&source, limits)?;
    let facts = facts::facts(bytes, pages, &mut notes);
    read_pages(&mut source, facts, notes, limits)
}

fn checked_pages(source: &dyn PageSource, limits: &ReadLimits) -> Result<usize, ReadError> {
    match source.page_count() {
        0 => Err(ReadError::NoPages),
        pages if pages > limits.pages => Err(ReadError::TooManyPages { pages, limit: limits.pages }),
        pages => Ok(pages),
    }
}

/// Reads the pages of any source; `facts` and `notes` are what is known about the file already.
pub fn read_pages(
    source: &mut dyn PageSource,
    facts: SourceFacts,
    mut notes: Vec<Note>,
    limits: &ReadLimits,
) -> Result<Document, ReadError> {
    let count = checked_pages(source, limits)?;
    let mut pages = Vec::with_capacity(count);
    let mut room = limits.glyphs;
    let mut gutters = Gutters::default();
    let mut hidden: Vec<HiddenText> = Vec::new();
    let mut hidden_room = MOST_CHARACTERS;
    for index in 0..count {
        let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
        let mut marks = PageMarks { room, most_rules: limits.rules, ..PageMarks::default() };
        let geom = match source.page(index, &mut marks) {
            Ok(geom) => geom,
            Err(error) => {
                notes.push(Note { page: Some(number), message: error.to_string() });
                continue;
            }
        };
        if marks.overfull {
            return Err(ReadError::TooManyGlyphs { limit: limits.glyphs });
        }
        room -= marks.glyphs.len();
        // Where all text of a page is hidden over an image, it is the text of a scan.
        hidden.extend(hidden_text(&marks.glyphs, &marks.images, &geom, number, hidden_room));
        hidden_room = MOST_CHARACTERS.saturating_sub(hidden.iter().map(|own| own.text.len()).sum());
        let page = lay_out(&marks, geom, number, &|font| source.font(font), &mut gutters);
        note_page(&page, number, &mut notes);
        note_repairs(&page, number, source, &mut notes);
        pages.push(page);
    }
    let document = document(pages, facts, notes, source)?;
    Ok(Document { hidden, ..document })
}

/// Notes on what a user should know about a page.
fn note_page(page: &PageLines, number: u32, notes: &mut Vec<Note>) {
    let mut note = |message: String| notes.push(Note { page: Some(number), message });
    if page.recognised {
        note("the page's text is invisible, as in a scan with recognised text".to_owned());
    }
    for (how, count) in &page.hidden {
        note(match how {
            Concealment::RenderMode => format!("{count} invisible glyphs were left out"),
            how => format!("{count} glyphs {} were left out", how.words()),
        });
    }
    let unknown: usize = page
        .lines
        .iter()
        .map(|line| line.characters.iter().filter(|placed| placed.character == '\u{FFFD}').count())
        .sum();
    if unknown > 0 {
        note(format!("{unknown} glyphs stand for unknown characters"));
    }
    if page.lines.is_empty() && page.images > 0 {
        note("the page holds images and no text".to_owned());
    }
}

/// Notes on which glyphs of a page stand for another character than the file gives.
fn note_repairs(page: &PageLines, number: u32, source: &dyn PageSource, notes: &mut Vec<Note>) {
    let mut counts: BTreeMap<(FontId, String), usize> = BTreeMap::new();
    for placed in page.lines.iter().flat_map(|line| &line.characters) {
        if let Some(what) = repaired(placed, source) {
            *counts.entry((placed.font, what)).or_default() += 1;
        }
    }
    for ((font, what), count) in counts {
        let font = source.font(font).name.unwrap_or_default();
        notes.push(Note { page: Some(number), message: format!("{count} glyphs of {font} were repaired: {what}") });
    }
}

/// What was done to the glyph of a character.
fn repaired(placed: &Placed, source: &dyn PageSource) -> Option<String> {
    let drawn = !placed.character.is_whitespace();
    drawn.then(|| source.repaired(placed.font, placed.code)).flatten()
}

fn document(
    mut pages: Vec<PageLines>,
    mut facts: SourceFacts,
    notes: Vec<Note>,
    source: &dyn PageSource,
) -> Result<Document, ReadError> {
    if pages.iter().all(|page| page.lines.is_empty()) {
        return Err(ReadError::NoText { images: pages.iter().any(|page| page.images > 0) });
    }
    furniture::mark(&mut pages);
    let body = body_size(&pages);
    let sizes = pages
        .iter()
        .map(|page| PageSize { width: page.geom.width, height: page.geom.height, recognised: page.recognised })
        .collect();
    let mut flow: Vec<FlowBlock> = Vec::new();
    for page in pages {
        page_blocks(page, body, source, &mut flow);
    }
    let texts: Vec<String> = flow.iter().map(|block| block.draft.text()).collect();
    structure::mark_references(flow.iter_mut().map(|block| &mut block.draft.kind).zip(texts));
    let flow: Vec<FlowBlock> = rejoin(flow).into_iter().flat_map(FlowBlock::parted).collect();
    let surroundings = captions::surroundings(&flow, body);
    let mut drafts: Vec<DraftBlock> = flow.into_iter().map(|block| block.draft).collect();
    doubt_powers(&mut drafts);
    let mut composed = compose(&drafts);
    composed.attach(&surroundings);
    let blocks = sections::tree(composed.blocks, &composed.text);
    if facts.doi.is_none() {
        let head: String = composed.text.chars().take(6_000).collect();
        facts.doi = facts::doi(&head);
    }
    Ok(Document {
        schema: DOCUMENT_SCHEMA,
        source: facts,
        text: composed.text,
        blocks,
        lines: composed.lines,
        pages: sizes,
        tables: composed.tables,
        variations: composed.variations,
        hidden: Vec::new(),
        notes,
    })
}

/// The font size of the running text: the one most characters of the paper have.
fn body_size(pages: &[PageLines]) -> f32 {
    let mut counts: BTreeMap<i32, usize> = BTreeMap::new();
    for line in pages.iter().flat_map(|page| &page.lines).filter(|line| line.tabs() == 0) {
        #[expect(clippy::cast_possible_truncation, reason = "font sizes are far below the limits of the type")]
        let class = (line.size * 4.0).round() as i32;
        *counts.entry(class).or_default() += line.characters.len();
    }
    let most = counts.into_iter().max_by_key(|&(class, count)| (count, class));
    #[expect(clippy::cast_precision_loss, reason = "font sizes are small")]
    most.map_or(10.0, |(class, _)| class as f32 / 4.0)
}

/// The blocks of one page, its furniture at the end.
fn page_blocks(page: PageLines, body: f32, source: &dyn PageSource, flow: &mut Vec<FlowBlock>) {
    let mut furniture: Vec<TextLine> = Vec::new();
    let mut regions: BTreeMap<usize, Vec<TextLine>> = BTreeMap::new();
    for line in page.lines {
        if line.furniture {
            furniture.push(line);
        } else {
            regions.entry(line.region).or_default().push(line);
        }
    }
    let mut found: Vec<LineBlock> = Vec::new();
    let opens = |line: &&TextLine| structure::is_table_caption(&line.text());
    let captions: Vec<(Frame, f32, f32, f32)> =
        regions.values().flatten().filter(opens).map(|line| (line.frame, line.left, line.right, line.base)).collect();
    for lines in regions.into_values() {
        let frame = lines.first().map_or(Frame::UPRIGHT, |line| line.frame);
        let own = captions.iter().filter(|caption| caption.0 == frame);
        let around = Around {
            drawn: Drawn::of(&page.rules, frame),
            captions: own.map(|&(_, left, right, base)| (left, right, base)).collect(),
        };
        found.extend(blocks(lines, &around, body));
    }
    mark_side_notes(&mut found, body);
    flow.extend(found.into_iter().map(|block| flow_block(block, source)));
    for line in furniture {
        flow.push(flow_block(LineBlock::plain(BlockKind::Furniture, vec![line]), source));
    }
}

fn flow_block(block: LineBlock, source: &dyn PageSource) -> FlowBlock {
    let indented = match &block.lines[..] {
        [first, second, ..] => first.left - second.left > 0.6 * first.size,
        _ => false,
    };
    let lines = block.lines.iter().map(|line| draft_line(line, source)).collect();
    FlowBlock {
        size: block.main_size(),
        page: block.lines.first().map_or(0, |line| line.page),
        indented,
        upright: block.lines.first().is_some_and(|line| line.frame.is_upright()),
        draft: DraftBlock { kind: block.kind, lines, grid: block.grid },
    }
}

fn draft_line(line: &TextLine, source: &dyn PageSource) -> DraftLine {
    let characters: Vec<char> = line.characters.iter().map(|placed| placed.character).collect();
    let mut doubts = citations(&characters);
    // Nothing else stays open for a glyph whose outline settled what it is; that it was repaired is kept beside the text.
    let mended = line.characters.iter().enumerate().filter(|(_, placed)| repaired(placed, source).is_some());
    doubts.extend(mended.map(|(at, _)| Doubt {
        range: TextRange::new(at, at + 1),
        alternatives: Vec::new(),
        cause: VariationCause::RepairedGlyph,
    }));
    DraftLine { doubts, characters, edges: line.edges(), place: line.place() }
}
