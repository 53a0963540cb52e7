//! The tree of a paper: sections around headings and their blocks, lists around their items.
//!
//! Blocks come as a flat row in reading order and keep their order; nothing is moved, and what stands before the first
//! section (title, authors) stays outside. A section is named by its heading (`read::names`), else by its place: the
//! prose before the introduction or the key words is the abstract, and what goes on behind an abstract without a
//! heading of its own is the introduction.

use crate::document::{Block, BlockKind, SectionName, TextIndex};

use super::names;

/// How many words an abstract has at most.
const LONGEST_ABSTRACT: usize = 500;
/// How many words the first paragraph of an abstract or of a text without a heading has at least.
const PARAGRAPH: usize = 40;
/// How many words a part of an abstract has at most that has a heading of its own.
const LONGEST_PART: usize = 250;

/// Builds the tree over the blocks of a paper, which come in the order of `text`.
pub fn tree(blocks: Vec<Block>, text: &str) -> Vec<Block> {
    let outline = Outline::of(&blocks, text);
    let plan = outline.plan();
    let mut tree = Tree::default();
    for (block, step) in blocks.into_iter().zip(plan) {
        match step {
            Step::Stay => {}
            Step::Close => tree.close(1),
            Step::Open { level, name } => tree.open(level, name),
        }
        tree.push(block);
    }
    lists(tree.finish())
}

/// What happens before a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// It belongs to the section that is open.
    Stay,
    /// All sections end.
    Close,
    /// A section begins with it.
    Open {
        /// How deep it stands, from 1.
        level: usize,
        /// What it is for.
        name: SectionName,
    },
}

/// How a block begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Opening {
    /// A heading, with its name and the depth that its number gives.
    Heading(SectionName, Option<usize>),
    /// A paragraph that begins with its heading.
    RunIn(SectionName),
    /// The key words.
    KeyWords,
    /// An entry of the reference list.
    Reference,
    /// Anything else.
    Plain,
}

/// What the sections are told by.
struct Outline {
    openings: Vec<Opening>,
    /// The words of running text in each block.
    words: Vec<usize>,
    /// Whether the block is a paragraph of prose and no list of names and places.
    prose: Vec<bool>,
}

impl Outline {
    fn of(blocks: &[Block], text: &str) -> Self {
        let index = TextIndex::new(text);
        let mut outline = Self { openings: Vec::new(), words: Vec::new(), prose: Vec::new() };
        for block in blocks {
            let text = index.slice(text, block.range);
            let runs = matches!(block.kind, BlockKind::Paragraph | BlockKind::ListItem);
            let words = if runs { text.split_whitespace().count() } else { 0 };
            outline.openings.push(opening(block.kind, text));
            outline.words.push(words);
            outline.prose.push(block.kind == BlockKind::Paragraph && words >= PARAGRAPH && is_prose(text));
        }
        outline
    }

    fn plan(&self) -> Vec<Step> {
        let mut plan = vec![Step::Stay; self.openings.len()];
        let from = self.plan_abstract(&mut plan);
        let mut top = None;
        let mut level = 0;
        for (at, planned) in plan.iter_mut().enumerate().skip(from) {
            let step = self.step(at, top, level);
            if let Step::Open { level: deep, name } = step {
                level = if matches!(self.openings[at], Opening::Heading(..)) { deep } else { level };
                top = if deep == 1 { Some(name) } else { top };
                *planned = step;
            }
        }
        plan
    }

    /// Plans the abstract and what follows it without a heading; gives where the rest begins.
    fn plan_abstract(&self, plan: &mut [Step]) -> usize {
        let first = self.first_of_body();
        let Some((start, end)) = self.headed_abstract(first).or_else(|| self.bare_abstract(first)) else {
            return first.unwrap_or(plan.len());
        };
        plan[start] = Step::Open { level: 1, name: SectionName::Abstract };
        for (at, planned) in plan.iter_mut().enumerate().take(end).skip(start) {
            let part = match self.openings[at] {
                Opening::RunIn(name) if name != SectionName::Abstract => Some(name),
                Opening::Heading(name, _) if at > start => Some(name),
                _ => None,
            };
            // A part at the very start has the abstract around it by the next line: only one section can open at a block.
            if let Some(name) = part.filter(|_| at > start) {
                *planned = Step::Open { level: 2, name };
            }
        }
        let Some(step) = plan.get_mut(end) else { return end };
        *step = Step::Close;
        // Without a heading the text goes on at the first prose, and some section of the paper has one.
        let heading = |opening: &Opening| matches!(opening, Opening::Heading(..) | Opening::Reference);
        let Some(next) = self.openings[end..].iter().position(heading).map(|next| end + next) else { return end };
        if let Some(body) = (end..next).find(|at| self.prose[*at]) {
            plan[body] = Step::Open { level: 1, name: SectionName::Introduction };
        }
        next
    }

    /// The first block that must belong to a section: a heading with a name or a number, or the reference list.
    fn first_of_body(&self) -> Option<usize> {
        self.openings.iter().position(|opening| match opening {
            Opening::Heading(name, depth) => *name != SectionName::Other || *depth == Some(1),
            Opening::RunIn(name) => *name == SectionName::Abstract,
            Opening::Reference => true,
            Opening::KeyWords | Opening::Plain => false,
        })
    }

    /// An abstract that says what it is, or whose parts do: its first block and the one behind it.
    fn headed_abstract(&self, first: Option<usize>) -> Option<(usize, usize)> {
        let before = first.unwrap_or(self.openings.len());
        let labelled = |at: &usize| matches!(self.openings[*at], Opening::RunIn(_));
        let named = |at: &usize| {
            let (Opening::Heading(name, _) | Opening::RunIn(name)) = self.openings[*at] else { return false };
            name == SectionName::Abstract
        };
        // One label may be a sentence; an abstract in parts has several.
        let parts = (0..before).filter(labelled).count() >= 2;
        let start = first.filter(named).or_else(|| (0..before).find(labelled).filter(|_| parts))?;
        Some((start, self.abstract_end(start)))
    }

    /// Where an abstract ends that begins at `start`: at the key words, the next heading, or behind its first prose.
    fn abstract_end(&self, start: usize) -> usize {
        let all = self.openings.len();
        let ends = |at: &usize| match self.openings[*at] {
            Opening::KeyWords | Opening::Reference => true,
            Opening::Heading(name, depth) => depth.is_some() || !self.is_part(*at, name),
            Opening::RunIn(_) | Opening::Plain => false,
        };
        let stop = (start + 1..all).find(ends).unwrap_or(all);
        if self.words[start..stop].iter().sum::<usize>() <= LONGEST_ABSTRACT && stop < all {
            return stop;
        }
        let mut words = 0;
        for at in start..stop {
            let goes_on = matches!(self.openings[at], Opening::RunIn(_));
            if words >= PARAGRAPH && self.words[at] > 0 && !goes_on {
                return at;
            }
            words += self.words[at];
        }
        stop
    }

    /// Whether a heading within an abstract is one of its parts: the paper has it once more, or its introduction is
    /// still to come.
    fn is_part(&self, at: usize, name: SectionName) -> bool {
        use SectionName::{Conclusion, Discussion, Introduction, Methods, Results};
        let again = |opening: &Opening| matches!(opening, Opening::Heading(other, _) if *other == name || *other == Introduction);
        let next = self.openings[at + 1..].iter().position(|opening| matches!(opening, Opening::Heading(..)));
        let end = next.map_or(self.words.len(), |next| at + 1 + next);
        matches!(name, Introduction | Methods | Results | Discussion | Conclusion)
            && self.words[at..end].iter().sum::<usize>() <= LONGEST_PART
            && self.openings[at + 1..].iter().any(again)
    }

    /// The abstract of a paper that does not head it: the prose right before the introduction or the key words.
    fn bare_abstract(&self, first: Option<usize>) -> Option<(usize, usize)> {
        let first = first?;
        let introduces = |opening: Opening| matches!(opening, Opening::Heading(name, depth) if name == SectionName::Introduction || depth == Some(1));
        let key_words = self.openings[..first].iter().position(|opening| *opening == Opening::KeyWords);
        let end = key_words.or_else(|| introduces(self.openings[first]).then_some(first))?;
        let last = (0..end).rev().find(|at| self.prose[*at])?;
        let mut start = last;
        let mut words = self.words[last];
        while start > 0 && self.prose[start - 1] && words + self.words[start - 1] <= LONGEST_ABSTRACT {
            start -= 1;
            words += self.words[start];
        }
        (words <= LONGEST_ABSTRACT).then_some((start, last + 1))
    }

    /// What happens at a block behind the abstract. `top` is the section at the first level, `level` the depth of the
    /// last heading.
    fn step(&self, at: usize, top: Option<SectionName>, level: usize) -> Step {
        use SectionName::{Abstract, Acknowledgements, Appendix, Conclusion, Other, References};
        // What stands behind these is no part of them.
        let outer = matches!(top, None | Some(Abstract | Acknowledgements | References | Appendix));
        match self.openings[at] {
            // A summary behind the text is its conclusion.
            Opening::Heading(Abstract, depth) => {
                Step::Open { level: depth.unwrap_or(1), name: if top.is_some() { Conclusion } else { Abstract } }
            }
            // "A. Proofs" behind the references is an appendix.
            Opening::Heading(Other, Some(_)) if matches!(top, Some(References | Appendix)) => {
                Step::Open { level: 1, name: Appendix }
            }
            Opening::Heading(Other, depth) => {
                let level = if outer && top != Some(Appendix) { 1 } else { depth.unwrap_or(2) };
                Step::Open { level, name: Other }
            }
            // Methods within the methods, as the statistical analysis is.
            Opening::Heading(name, None) if top == Some(name) && !outer => Step::Open { level: 2, name },
            Opening::Heading(name, depth) => Step::Open { level: depth.unwrap_or(1), name },
            Opening::Reference if top != Some(References) => Step::Open { level: 1, name: References },
            Opening::RunIn(name) if !matches!(top, Some(References)) => Step::Open { level: level.max(1) + 1, name },
            Opening::RunIn(_) | Opening::Reference | Opening::KeyWords | Opening::Plain => Step::Stay,
        }
    }
}

fn opening(kind: BlockKind, text: &str) -> Opening {
    match kind {
        BlockKind::Heading | BlockKind::Paragraph if names::is_key_words(text) => Opening::KeyWords,
        BlockKind::Heading => Opening::Heading(names::name_of(text), names::depth(text)),
        BlockKind::Paragraph => names::run_in(text).map_or(Opening::Plain, |(name, _)| Opening::RunIn(name)),
        BlockKind::Reference => Opening::Reference,
        _ => Opening::Plain,
    }
}

/// Whether a text has the small words of sentences, as lists of authors and addresses do not.
fn is_prose(text: &str) -> bool {
    const SMALL: [&str; 20] = [
        "the", "a", "an", "is", "are", "was", "were", "we", "to", "that", "this", "with", "by", "on", "for", "as",
        "be", "from", "which", "it",
    ];
    let (mut all, mut small) = (0, 0);
    for word in text.split_whitespace() {
        all += 1;
        small += usize::from(SMALL.contains(&word.to_lowercase().as_str()));
    }
    small * 8 >= all && !text.contains('@')
}

/// Sections as they are being built.
#[derive(Default)]
struct Tree {
    roots: Vec<Block>,
    open: Vec<(usize, SectionName, Vec<Block>)>,
}

impl Tree {
    fn push(&mut self, block: Block) {
        self.open.last_mut().map_or(&mut self.roots, |(_, _, blocks)| blocks).push(block);
    }

    /// Ends the sections at `level` and deeper.
    fn close(&mut self, level: usize) {
        while let Some((_, name, blocks)) = self.open.pop_if(|(deep, _, _)| *deep >= level) {
            self.push(Block::section(name, blocks));
        }
    }

    fn open(&mut self, level: usize, name: SectionName) {
        self.close(level);
        self.open.push((level, name, Vec::new()));
    }

    fn finish(mut self) -> Vec<Block> {
        self.close(0);
        self.roots
    }
}

/// Puts a list around items that follow each other.
pub fn lists(blocks: Vec<Block>) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::with_capacity(blocks.len());
    let mut items: Vec<Block> = Vec::new();
    for mut block in blocks {
        if block.kind == BlockKind::ListItem {
            items.push(block);
            continue;
        }
        if !items.is_empty() {
            out.push(Block::around(BlockKind::List, std::mem::take(&mut items)));
        }
        block.children = lists(std::mem::take(&mut block.children));
        out.push(block);
    }
    if !items.is_empty() {
        out.push(Block::around(BlockKind::List, items));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::TextRange;
    use BlockKind::{Furniture, Heading, ListItem, Paragraph, Reference};

    /// A tree in brackets: `name(child child)`, leaves by their first letter.
    fn draw(blocks: &[Block]) -> String {
        let one = |block: &Block| match (block.section, block.kind) {
            (Some(name), _) => format!("{name:?}({})", draw(&block.children)),
            (None, BlockKind::List) => format!("[{}]", draw(&block.children)),
            (None, kind) => format!("{kind:?}").chars().take(1).collect(),
        };
        blocks.iter().map(one).collect::<Vec<_>>().join(" ")
    }

    /// Blocks of the given kinds and texts, as a tree in brackets: `name(child child)`, leaves by their first letter.
    fn drawn(parts: &[(BlockKind, &str)]) -> String {
        let mut text = String::new();
        let mut blocks = Vec::new();
        for (kind, words) in parts {
            let start = text.chars().count();
            text.push_str(words);
            blocks.push(Block::leaf(*kind, TextRange::new(start, text.chars().count())));
            text.push_str("\n\n");
        }
        draw(&tree(blocks, &text))
    }

    const PROSE: &str = "The fox that we saw was asleep by the river, and it is the habit of the fox to sleep where the \
                         sun is warm, as was told to us by a man who lives on the hill with a view over the whole of \
                         the valley that is named for it.";

    #[test]
    fn headings_make_sections_and_numbers_their_depth() {
        let parts = [
            (Heading, "On the sleep of foxes"),
            (Paragraph, "A. Fox, B. Hare"),
            (Heading, "Abstract"),
            (Paragraph, PROSE),
            (Heading, "1 Introduction"),
            (Paragraph, PROSE),
            (Heading, "2 Methods"),
            (Heading, "2.1 Study site"),
            (Paragraph, PROSE),
            (Furniture, "3"),
            (Heading, "3 Results"),
            (Paragraph, PROSE),
            (Heading, "References"),
            (Reference, "Fox A (2001)"),
            (Heading, "A. Proofs"),
            (Paragraph, PROSE),
        ];
        assert_eq!(
            drawn(&parts),
            "H P Abstract(H P) Introduction(H P) Methods(H Other(H P F)) Results(H P) References(H R) Appendix(H P)"
        );
    }

    #[test]
    fn an_abstract_is_found_without_a_heading() {
        let with = |last: (BlockKind, &'static str)| {
            drawn(&[
                (Heading, "On the sleep of foxes"),
                (
                    Paragraph,
                    "Department of Foxes, University of the Valley, Hill Road, Riverton, and Institute of Hares",
                ),
                (Paragraph, PROSE),
                last,
                (Paragraph, PROSE),
                (Heading, "Methods"),
                (Paragraph, PROSE),
            ])
        };
        assert_eq!(with((Heading, "1. Introduction")), "H P Abstract(P) Introduction(H P) Methods(H P)");
        assert_eq!(with((Paragraph, "Keywords: fox, sleep")), "H P Abstract(P) P Introduction(P) Methods(H P)");
        // Without an introduction or key words nothing tells an abstract from the text.
        assert_eq!(with((Paragraph, PROSE)), "H P P P P Methods(H P)");
    }

    #[test]
    fn an_abstract_ends_before_a_text_without_a_heading() {
        let long = PROSE.repeat(12);
        let parts = [
            (Heading, "Abstract"),
            (Paragraph, PROSE),
            (Paragraph, long.as_str()),
            (Heading, "Results"),
            (Paragraph, PROSE),
            (Heading, "Foxes by the river"),
            (Paragraph, PROSE),
            (Heading, "Acknowledgements"),
            (Paragraph, PROSE),
            (Heading, "Orcid"),
        ];
        assert_eq!(
            drawn(&parts),
            "Abstract(H P) Introduction(P) Results(H P Other(H P)) Acknowledgements(H P) Other(H)"
        );
    }

    #[test]
    fn structured_abstracts_have_parts() {
        let run_in = [
            (Heading, "Abstract"),
            (Paragraph, "Background: foxes sleep."),
            (Paragraph, "Methods: we looked."),
            (Paragraph, "Results: they did."),
            (Heading, "Introduction"),
            (Paragraph, PROSE),
        ];
        assert_eq!(drawn(&run_in), "Abstract(H Introduction(P) Methods(P) Results(P)) Introduction(H P)");
        assert_eq!(drawn(&run_in[1..]), "Abstract(P Methods(P) Results(P)) Introduction(H P)");
        let headed = [
            (Heading, "Abstract"),
            (Heading, "Background"),
            (Paragraph, "Foxes sleep."),
            (Heading, "Conclusions"),
            (Paragraph, "They do."),
            (Heading, "Background"),
            (Paragraph, PROSE),
        ];
        assert_eq!(drawn(&headed), "Abstract(H Introduction(H P) Conclusion(H P)) Introduction(H P)");
    }

    #[test]
    fn items_that_follow_each_other_make_a_list() {
        let parts = [(Paragraph, "We saw:"), (ListItem, "• foxes"), (ListItem, "• hares"), (Paragraph, "and slept.")];
        assert_eq!(drawn(&parts), "P [L L] P");
    }

    #[test]
    fn a_paragraph_with_its_heading_is_a_section_below_the_last() {
        let parts = [
            (Heading, "Introduction"),
            (Paragraph, PROSE),
            (Heading, "Experiment 1"),
            (Paragraph, "Methods. We took ten foxes."),
            (Paragraph, "Results. All slept."),
            (Heading, "References"),
            (Paragraph, "Results: a journal. 2001."),
        ];
        assert_eq!(drawn(&parts), "Introduction(H P Other(H Methods(P) Results(P))) References(H P)");
    }
}
