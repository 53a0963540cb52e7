//! The gaps between words, and the text of a line.
//!
//! No one threshold fits: tight typesetting parts words by 0.12 em, mathematics and letter-spaced capitals have gaps
//! that wide within a word. So the threshold of a page is the valley in the histogram of its gaps, and a line that comes
//! out with words far too long or with single letters is tried again with a threshold of its own. Where a file draws
//! its spaces, those count.

use super::accents::compose;
use super::frame::Mark;
use super::lines::RawLine;
use crate::read::pdf::source::{FontId, GlyphText};
use crate::read::scripts::{Script, subscript, superscript, superscript_letter};

/// The gap, in ems, from which on two pieces of a line are cells of a row rather than words: a tab is set between them.
const TAB: f32 = 2.0;
/// The same beside a number: the columns of tables stand closer than words ever do.
const TAB_AT_NUMBER: f32 = 1.05;
/// The threshold in ems where a page has too few gaps to tell.
const USUAL: f32 = 0.13;

/// How far letters are spaced at most, in ems; wider gaps part the cells of a row that holds single signs.
const LETTER_SPACE: f32 = 0.8;

/// One character of a line with its left and right end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Placed {
    /// The character.
    pub character: char,
    /// Its left end in the frame.
    pub left: f32,
    /// Its right end in the frame.
    pub right: f32,
    /// Where it stands.
    pub script: Script,
    /// The font of its glyph.
    pub font: FontId,
    /// The code of its glyph.
    pub code: u32,
}

/// The threshold between gaps within and between words, in ems, for the lines of one page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Threshold(pub f32);

impl Threshold {
    /// Finds the threshold of a page.
    pub fn of<'l>(lines: impl Iterator<Item = &'l RawLine>) -> Self {
        let mut bins = [0_u32; BINS];
        let (mut drawn, mut bare) = (0_usize, 0_usize);
        for line in lines {
            for step in steps(line) {
                if step.space {
                    drawn += 1;
                } else {
                    count(&mut bins, step.gap);
                    bare += usize::from((0.18..TAB).contains(&step.gap));
                }
            }
        }
        if drawn > 20 && drawn > 2 * bare {
            // The file draws its spaces; a gap without one must be clearly wide.
            return Self(0.2);
        }
        Self(valley(&bins, 0.07, 0.22).unwrap_or(USUAL))
    }
}

/// How many bins of a hundredth of an em the histogram has.
const BINS: usize = 40;

fn count(bins: &mut [u32; BINS], gap: f32) {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the bins")]
    let bin = (gap * 100.0).clamp(0.0, 1000.0) as usize;
    if let Some(found) = bins.get_mut(bin) {
        *found += 1;
    }
}

/// The middle of the emptiest stretch of the histogram between two gaps, closest to the usual one; nothing where there
/// are too few gaps on either side of it.
fn valley(bins: &[u32; BINS], from: f32, to: f32) -> Option<f32> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "both are small and positive")]
    let bin = |gap: f32| (gap * 100.0).round() as usize;
    let mut best: Option<(u32, usize)> = None;
    for centre in bin(from)..=bin(to) {
        let depth: u32 = bins[centre.saturating_sub(2)..(centre + 3).min(BINS)].iter().sum();
        let off = centre.abs_diff(bin(USUAL));
        let better = best.is_none_or(|(least, at)| (depth, off) < (least, at.abs_diff(bin(USUAL))));
        if better {
            best = Some((depth, centre));
        }
    }
    let (_, centre) = best?;
    let (below, above): (u32, u32) = (bins[..centre].iter().sum(), bins[centre..].iter().sum());
    #[expect(clippy::cast_precision_loss, reason = "a bin is below 40")]
    (below >= 10 && above >= 5).then_some(centre as f32 / 100.0)
}

/// The step from one drawn glyph to the next.
#[derive(Clone, Copy)]
struct Step {
    /// The gap in ems of the line.
    gap: f32,
    /// Whether a space was drawn between them.
    space: bool,
    /// The change of height between them.
    shift: Option<Shift>,
}

/// A change of height between two glyphs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shift {
    /// From the line to a script, or from one script to another.
    Into,
    /// Back to the line.
    OutOf,
}

fn steps(line: &RawLine) -> Vec<Step> {
    let mut out = Vec::new();
    let mut previous: Option<(f32, Script)> = None;
    let mut space = false;
    for (mark, script) in line.marks() {
        if mark.is_space() {
            space = true;
            continue;
        }
        if let Some((right, before)) = previous {
            let gap = (mark.left - right) / line.size;
            let to = if script == Script::Base { Shift::OutOf } else { Shift::Into };
            out.push(Step { gap, space: space && gap > 0.04, shift: (before != script).then_some(to) });
        }
        previous = Some((previous.map_or(mark.right, |(right, _)| right.max(mark.right)), script));
        space = false;
    }
    out
}

/// The characters of a line, words parted by spaces and cells by tabs.
pub fn characters(line: &RawLine, threshold: Threshold) -> Vec<Placed> {
    let steps = steps(line);
    let mut threshold = threshold.0;
    if let Some(own) = own_threshold(&steps, threshold) {
        threshold = own;
    }
    let mut out: Vec<Placed> = Vec::new();
    let mut steps = steps.into_iter();
    for (mark, script) in line.marks().filter(|(mark, _)| !mark.is_space()) {
        if !out.is_empty()
            && let Some(step) = steps.next()
            && let Some(last) = out.last().copied()
            && let Some(between) = separator(step, threshold, last.character.is_ascii_digit() || opens_number(mark))
        {
            let (left, right) = (last.right, mark.left.max(last.right));
            out.push(Placed { character: between, left, right, script: Script::Base, font: mark.font, code: 0 });
        }
        push(&mut out, mark, script);
    }
    compose(&mut out);
    raise_and_lower(&mut out);
    out
}

/// What stands between two glyphs, if anything.
fn separator(step: Step, threshold: f32, number: bool) -> Option<char> {
    // A script is set close to its letter, and behind it stands a sliver at most.
    let limit = match step.shift {
        Some(Shift::Into) => threshold.max(0.22),
        Some(Shift::OutOf) => threshold.max(0.15),
        None => threshold,
    };
    if step.gap > if number { TAB_AT_NUMBER } else { TAB } {
        Some('\t')
    } else if step.space || step.gap > limit {
        Some(' ')
    } else {
        None
    }
}

/// Whether a number can begin with the glyph.
fn opens_number(mark: &Mark) -> bool {
    matches!(mark.text, GlyphText::One('0'..='9' | '−' | '–' | '.' | '<' | '±'))
}

/// A threshold for one line whose words come out implausible with the page's.
fn own_threshold(steps: &[Step], threshold: f32) -> Option<f32> {
    const ENOUGH: usize = 8;
    if steps.len() < ENOUGH || steps.iter().any(|step| step.space) {
        return None;
    }
    let parted = steps.iter().filter(|step| step.gap > threshold).count();
    let mut gaps: Vec<f32> = steps.iter().map(|step| step.gap).collect();
    gaps.sort_by(f32::total_cmp);
    let median = gaps[gaps.len() / 2];
    if parted * 10 > steps.len() * 6 && median < LETTER_SPACE {
        // Letter-spaced: what parts letters is the rule, what parts words is wider still.
        return Some(median * 1.7);
    }
    if steps.len() >= 30 && parted * 22 < steps.len() {
        // Glued: words of more than 22 letters on average. The widest step between sorted small gaps parts them.
        let small: Vec<f32> = gaps.into_iter().filter(|gap| (0.02..=threshold).contains(gap)).collect();
        let widest = small.windows(2).map(|pair| (pair[1] - pair[0], f32::midpoint(pair[0], pair[1])));
        return widest
            .filter(|(width, at)| *width >= 0.02 && *at >= 0.05)
            .max_by(|a, b| a.0.total_cmp(&b.0))
            .map(|(_, at)| at);
    }
    None
}

/// Adds the characters of one glyph; several share its width.
fn push(out: &mut Vec<Placed>, mark: &Mark, script: Script) {
    let mut one = [0; 4];
    let text: &str = match &mark.text {
        GlyphText::One(character) => expanded(*character).unwrap_or_else(|| cleaned(*character).encode_utf8(&mut one)),
        GlyphText::Many(many) => many,
        GlyphText::Unknown => "\u{FFFD}",
    };
    let text: Vec<char> = text.chars().filter(|character| !character.is_control()).collect();
    #[expect(clippy::cast_precision_loss, reason = "a glyph stands for a few characters")]
    let width = (mark.right - mark.left) / text.len().max(1) as f32;
    for (at, character) in text.into_iter().enumerate() {
        #[expect(clippy::cast_precision_loss, reason = "a glyph stands for a few characters")]
        let left = mark.left + width * at as f32;
        let character = if character.is_whitespace() { ' ' } else { character };
        out.push(Placed { character, left, right: left + width, script, font: mark.font, code: mark.code });
    }
}

/// The letters of a Latin ligature. Other compatibility forms stay: folding them would turn 10⁻³ into 10-3.
pub const fn expanded(character: char) -> Option<&'static str> {
    Some(match character {
        '\u{FB00}' => "ff",
        '\u{FB01}' => "fi",
        '\u{FB02}' => "fl",
        '\u{FB03}' => "ffi",
        '\u{FB04}' => "ffl",
        '\u{FB05}' | '\u{FB06}' => "st",
        _ => return None,
    })
}

/// A drawn soft hyphen is a hyphen: some fonts have no other. A character that was not drawn as itself is unknown.
const fn cleaned(character: char) -> char {
    match character {
        '\u{AD}' => '-',
        '\0'..='\u{1F}' | '\u{7F}'..='\u{9F}' => '\u{FFFD}',
        other => other,
    }
}

/// Replaces the characters of scripts by their raised and lowered forms.
fn raise_and_lower(line: &mut [Placed]) {
    let mut at = 0;
    while at < line.len() {
        let script = line[at].script;
        let end = at + line[at..].iter().take_while(|placed| placed.script == script).count();
        if script != Script::Base {
            let after_digit = at > 0 && line[at - 1].character.is_ascii_digit();
            let single = end - at == 1;
            let ordinal: String = line[at..end].iter().map(|placed| placed.character).collect();
            let ordinal = matches!(ordinal.as_str(), "st" | "nd" | "rd" | "th");
            for placed in &mut line[at..end] {
                let mapped = match script {
                    Script::Super if ordinal => None,
                    Script::Super => superscript(placed.character)
                        .or_else(|| superscript_letter(placed.character).filter(|_| after_digit && single)),
                    Script::Sub => subscript(placed.character),
                    Script::Base => None,
                };
                if let Some(mapped) = mapped {
                    placed.character = mapped;
                }
            }
        }
        at = end;
    }
}
