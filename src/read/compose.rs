//! Blocks of lines to a document: one text, the range of every line and block in it, and the doubts that joining left.

use crate::document::{Block, BlockKind, Cell, Line, Place, Table, TextRange, Variation, VariationCause};

use super::join::{Joint, Words, joint};

/// Characters of a line that may be read otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// The characters, as indices into the line.
    pub range: TextRange,
    /// What they may say instead.
    pub alternatives: Vec<String>,
    /// Why.
    pub cause: VariationCause,
}

/// A line as a reader found it.
#[derive(Clone, Debug)]
pub struct DraftLine {
    /// Its characters.
    pub characters: Vec<char>,
    /// For a line on a page: where each character starts and the last one ends, as fractions of its length.
    pub edges: Vec<f32>,
    /// Where it stands.
    pub place: Place,
    /// Other readings of its characters.
    pub doubts: Vec<Doubt>,
}

/// A cell as a reader found it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DraftCell {
    /// Its first row.
    pub row: u32,
    /// Its first column.
    pub column: u32,
    /// How many rows it covers, at least one.
    pub row_span: u32,
    /// How many columns it covers, at least one.
    pub column_span: u32,
    /// How many of the block's lines it holds, at least one; the lines come in the order of the cells.
    pub lines: usize,
}

impl DraftLine {
    /// The characters of `range` with their place and their doubts.
    pub fn part(&self, range: TextRange) -> Self {
        let TextRange { start, end } = range;
        let edge = |at: usize, or: f32| self.edges.get(at).copied().unwrap_or(or);
        let (from, to) = (edge(start, 0.0), edge(end, 1.0));
        let length = (to - from).max(f32::EPSILON);
        let own = self.edges.get(start..=end).unwrap_or_default();
        let place = match &self.place {
            Place::Box { page, quad } => Place::Box { page: *page, quad: quad.part(from, to) },
            Place::Line { line, column } => {
                Place::Line { line: *line, column: column.saturating_add(u32::try_from(start).unwrap_or(u32::MAX)) }
            }
            other => other.clone(),
        };
        let inside = self.doubts.iter().filter(|doubt| range.contains(doubt.range));
        let doubts = inside.map(|doubt| Doubt {
            range: TextRange::new(doubt.range.start - start, doubt.range.end - start),
            ..doubt.clone()
        });
        Self {
            characters: self.characters.get(start..end).unwrap_or_default().to_vec(),
            edges: own.iter().map(|edge| (edge - from) / length).collect(),
            place,
            doubts: doubts.collect(),
        }
    }
}

/// The grid of a table as a reader found it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DraftGrid {
    /// How many rows it has.
    pub rows: u32,
    /// How many columns it has.
    pub columns: u32,
    /// How many rows at the top name the columns.
    pub header_rows: u32,
    /// The cells by row, then by column; together they hold all lines of the block.
    pub cells: Vec<DraftCell>,
}

/// The blocks around one table that belong to it, as indices of the blocks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Surroundings {
    /// Its caption.
    pub caption: Option<usize>,
    /// Its notes, in the order of the text.
    pub notes: Vec<usize>,
}

/// A block as a reader found it.
#[derive(Clone, Debug)]
pub struct DraftBlock {
    /// What it is.
    pub kind: BlockKind,
    /// Its lines; one at least.
    pub lines: Vec<DraftLine>,
    /// The grid of a table whose rows and columns are known; its lines are those of its cells.
    pub grid: Option<DraftGrid>,
}

impl DraftBlock {
    /// A block without a grid.
    pub const fn plain(kind: BlockKind, lines: Vec<DraftLine>) -> Self {
        Self { kind, lines, grid: None }
    }

    /// Its text with lines parted by spaces, for patterns.
    pub fn text(&self) -> String {
        let mut out = String::new();
        for line in &self.lines {
            if !out.is_empty() {
                out.push(' ');
            }
            out.extend(&line.characters);
        }
        out
    }
}

/// The parts of a document that are made of its text.
#[derive(Clone, Debug, Default)]
pub struct Composed {
    /// The canonical text.
    pub text: String,
    /// Its blocks.
    pub blocks: Vec<Block>,
    /// Its tables, without captions and notes; each has the range of its block.
    pub tables: Vec<Table>,
    /// Its lines.
    pub lines: Vec<Line>,
    /// Its doubts, in the order of the text.
    pub variations: Vec<Variation>,
}

impl Composed {
    /// Writes the ranges of captions and notes into the tables; `surroundings` come in the order of the tables.
    pub fn attach(&mut self, surroundings: &[Surroundings]) {
        for (table, around) in self.tables.iter_mut().zip(surroundings) {
            let range = |at: &usize| self.blocks.get(*at).map(|block| block.range);
            table.caption = around.caption.as_ref().and_then(range);
            table.notes = around.notes.iter().filter_map(range).collect();
        }
    }
}

/// Joins blocks to a document's text.
pub fn compose(drafts: &[DraftBlock]) -> Composed {
    let mut words = Words::default();
    for line in drafts.iter().flat_map(|block| &block.lines) {
        words.add(&line.characters);
    }
    let mut writer = Writer { words, ..Writer::default() };
    for draft in drafts {
        if !writer.text.is_empty() {
            writer.text.extend(['\n', '\n']);
        }
        let start = writer.text.len();
        if let Some(grid) = &draft.grid {
            writer.grid(grid, &draft.lines);
        } else {
            for (at, line) in draft.lines.iter().enumerate() {
                writer.line(line, at > 0, draft.kind);
            }
            writer.settle(start);
        }
        writer.blocks.push(Block::leaf(draft.kind, TextRange::new(start, writer.text.len())));
    }
    let mut variations = writer.variations;
    variations.sort_by_key(|variation| (variation.range, variation.cause));
    Composed {
        text: writer.text.into_iter().collect(),
        blocks: writer.blocks,
        tables: writer.tables,
        lines: writer.lines,
        variations,
    }
}

/// How far back a joint is judged: a hyphen by its line, not by the whole block.
const BACK: usize = 200;

/// A joint to be written down once the block's text stands.
#[derive(Clone, Copy, Debug)]
struct Open {
    at: usize,
    joint: Joint,
}

#[derive(Default)]
struct Writer {
    words: Words,
    text: Vec<char>,
    blocks: Vec<Block>,
    tables: Vec<Table>,
    lines: Vec<Line>,
    variations: Vec<Variation>,
    open: Vec<Open>,
}

impl Writer {
    /// Writes a table cell after cell: cells are parted by tabs, rows by line ends, and the lines of a cell are joined as
    /// those of a paragraph are.
    fn grid(&mut self, grid: &DraftGrid, lines: &[DraftLine]) {
        let table_start = self.text.len();
        let mut cells: Vec<Cell> = Vec::with_capacity(grid.cells.len());
        let mut rest = lines;
        for draft in &grid.cells {
            if let Some(last) = cells.last() {
                self.text.push(if last.row == draft.row { '\t' } else { '\n' });
            }
            let start = self.text.len();
            let (own, others) = rest.split_at(draft.lines.min(rest.len()));
            rest = others;
            for (at, line) in own.iter().enumerate() {
                self.line(line, at > 0, BlockKind::Paragraph);
            }
            self.settle(start);
            cells.push(Cell {
                row: draft.row,
                column: draft.column,
                row_span: draft.row_span,
                column_span: draft.column_span,
                range: TextRange::new(start, self.text.len()),
            });
        }
        self.tables.push(Table {
            range: TextRange::new(table_start, self.text.len()),
            rows: grid.rows,
            columns: grid.columns,
            header_rows: grid.header_rows,
            cells,
            caption: None,
            notes: Vec::new(),
        });
    }

    fn line(&mut self, line: &DraftLine, goes_on: bool, kind: BlockKind) {
        let row = kind == BlockKind::Table;
        let mut skip = 0;
        if goes_on {
            // White space at a line end is part of the line end.
            skip = if row { 0 } else { line.characters.iter().take_while(|first| first.is_whitespace()).count() };
            self.link(&line.characters[skip..], kind);
        }
        let start = self.text.len();
        self.text.extend(&line.characters[skip..]);
        for doubt in &line.doubts {
            let range = TextRange::new(
                (start + doubt.range.start).saturating_sub(skip),
                (start + doubt.range.end).saturating_sub(skip),
            );
            let (alternatives, cause) = (doubt.alternatives.clone(), doubt.cause);
            self.variations.push(Variation { range, alternatives, cause });
        }
        let edges = line.edges.get(skip..).unwrap_or_default().to_vec();
        let place = match line.place {
            Place::Line { line, column } => {
                Place::Line { line, column: column.saturating_add(u32::try_from(skip).unwrap_or(u32::MAX)) }
            }
            ref other => other.clone(),
        };
        self.lines.push(Line { range: TextRange::new(start, self.text.len()), place, edges });
    }

    /// Joins what follows to the text so far.
    fn link(&mut self, after: &[char], kind: BlockKind) {
        if kind == BlockKind::Table || (kind == BlockKind::DisplayMath && !self.relates_on(after)) {
            self.text.push('\n');
            return;
        }
        while self.text.last().is_some_and(|last| last.is_whitespace()) {
            self.drop_last();
        }
        let joint = match joint(&self.text[self.text.len().saturating_sub(BACK)..], after, &self.words) {
            // "Nature 412," and "305": volumes, pages and years meet at line ends, and no claim is made.
            Joint::Number | Joint::MaybeNumber if kind == BlockKind::Reference => Joint::Space,
            other => other,
        };
        match joint {
            Joint::Space | Joint::MaybeNumber => self.text.push(' '),
            Joint::Close | Joint::Number => {}
            Joint::Undo { .. } => self.drop_last(),
        }
        if matches!(joint, Joint::Undo { doubtful: true } | Joint::Number | Joint::MaybeNumber) {
            self.open.push(Open { at: self.text.len(), joint });
        }
    }

    /// Whether a formula goes on from the last line to `after` as in running text: both have relations of their own. A line
    /// without one is a piece (a numerator, a limit), whose place in the formula is not told by the order of the lines.
    fn relates_on(&self, after: &[char]) -> bool {
        let relates =
            |characters: &[char]| characters.iter().any(|sign| matches!(sign, '=' | '≈' | '≤' | '≥' | '<' | '>'));
        let from = self.lines.last().map_or(0, |line| line.range.start);
        relates(&self.text[from..]) && relates(after)
    }

    /// Takes the last character off the text and off its line.
    fn drop_last(&mut self) {
        self.text.pop();
        let end = self.text.len();
        if let Some(line) = self.lines.last_mut()
            && line.range.end > end
        {
            line.range.end = end.max(line.range.start);
            if !line.edges.is_empty() {
                line.edges.truncate(line.range.len() + 1);
            }
        }
    }

    /// Writes down the doubts of a block whose text is complete.
    fn settle(&mut self, start: usize) {
        for Open { at, joint } in std::mem::take(&mut self.open) {
            let belongs: fn(&char) -> bool = match joint {
                Joint::Undo { .. } => |letter| letter.is_alphabetic() || *letter == '-',
                _ => |letter| letter.is_ascii_digit() || *letter == ',' || *letter == '.',
            };
            // The space of a number that may go on stands before `at`.
            let gap = usize::from(joint == Joint::MaybeNumber);
            let back = self.text[start..at - gap].iter().rev().take_while(|letter| belongs(letter)).count();
            let digits = |letter: &&char| {
                if gap == 1 || joint == Joint::Number { letter.is_ascii_digit() } else { belongs(letter) }
            };
            let on = self.text[at..].iter().take_while(digits).count();
            let (from, to) = (at - gap - back, at + on);
            let mut other: String = self.text[from..at - gap].iter().collect();
            other.push_str(match joint {
                Joint::Undo { .. } => "-",
                Joint::Number => " ",
                _ => "",
            });
            other.extend(&self.text[at..to]);
            let cause = if matches!(joint, Joint::Undo { .. }) {
                VariationCause::SoftHyphen
            } else {
                VariationCause::JoinedNumber
            };
            self.variations.push(Variation { range: TextRange::new(from, to), alternatives: vec![other], cause });
        }
    }
}
