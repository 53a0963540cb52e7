//! What pages show of a paper beside its claims, gathered where the paper is: title, the text around each claim, the
//! places of findings that want a picture; and the pictures themselves.

use std::cmp::Reverse;

use crate::document::{Document, Place, TextRange};
use crate::read::pdf::{self, Area};
use crate::report::{Crop, Exhibits, Finding, OutcomeName, Passage, Standing, TableView, base64};

use super::paper::Paper;
use super::{standing, table_view};

/// How many characters of text are shown on either side of a claim.
const AROUND: usize = 240;
/// The most pictures of a paper, so that a page stays below its size: 80 of at most 40,000 bytes.
const MOST_CROPS: usize = 80;
/// The most pictures of one place of a finding, and of all its places.
const MOST_OF_ONE: usize = 3;
const MOST_OF_ALL: usize = 4;
/// The most tables of a paper that are shown as cells.
const MOST_TABLES: usize = 60;
/// Boxes of one page that are farther apart than this, in points, have pictures of their own.
const APART: f32 = 90.0;
/// How much of the page is shown above and below the boxes, in heights of a line.
const LINES_AROUND: f32 = 2.4;
/// The least room above the boxes, where their numbers stand.
const HEADROOM: f32 = 9.0;
/// The tallest picture, in points.
const TALLEST: f32 = 260.0;

/// Everything but the pixels of the pictures.
pub(super) fn gather(paper: &Paper, claims: &[Finding]) -> Exhibits {
    let document = &paper.document;
    let mut missing = Vec::new();
    let mut order: Vec<usize> = (0..claims.len()).filter(|at| claims[*at].level.is_some()).collect();
    // The sort is stable, so that findings of one weight keep the order of the text.
    order.sort_by_key(|at| Reverse((claims[*at].level, claims[*at].confidence)));
    let places: Vec<Vec<Standing>> = order.iter().map(|at| standing::of(paper, *at, &claims[*at])).collect();
    let planned = order.iter().zip(&places).map(|(at, places)| crops(document, &claims[*at], places));
    let (mut kept, mut left_out) = (Vec::new(), 0);
    for crops in planned.filter(|crops| !crops.is_empty()) {
        if kept.len() + crops.len() > MOST_CROPS {
            left_out += 1;
        } else {
            kept.extend(crops);
        }
    }
    if left_out > 0 {
        missing.push(format!("{left_out} findings have no picture, so that the page stays small"));
    }
    if !order.is_empty() && document.pages.is_empty() && holds_elements(document) {
        missing.push(
            "the paper is XML without pages, so its findings are placed by element and have no pictures".to_owned(),
        );
    }
    Exhibits {
        title: document.source.title.clone(),
        doi: document.source.doi.clone(),
        passages: claims.iter().map(|claim| passage(paper, claim)).collect(),
        crops: kept,
        tables: places.iter().flatten().filter_map(|place| table(paper, claims, place)).take(MOST_TABLES).collect(),
        places: places.concat(),
        missing,
        marked: None,
        document: None,
    }
}

/// Whether the places of a document are elements of XML.
fn holds_elements(document: &Document) -> bool {
    document.lines.first().is_some_and(|line| matches!(line.place, Place::Element { .. }))
}

/// The text of the same block before and after the quote of a claim, cut at words; none where the quote is no part of the text.
fn passage(paper: &Paper, claim: &Finding) -> Passage {
    if claim.outcome == OutcomeName::Observed {
        return Passage::default();
    }
    let range = claim.range;
    let leaves = paper.document.leaves();
    let Some(block) = leaves.iter().find(|block| block.range.start <= range.start && range.start < block.range.end)
    else {
        return Passage::default();
    };
    let slice =
        |start: usize, end: usize| paper.index.slice(&paper.document.text, TextRange::new(start, end.max(start)));
    let start = block.range.start.max(range.start.saturating_sub(AROUND));
    let end = block.range.end.min(range.end + AROUND);
    let (before, after) = (slice(start, range.start), slice(range.end, end));
    let before = match before.split_once(char::is_whitespace) {
        Some((_, rest)) if start > block.range.start => format!("… {rest}"),
        _ => before.to_owned(),
    };
    let after = match after.rsplit_once(char::is_whitespace) {
        Some((rest, _)) if end < block.range.end => format!("{rest} …"),
        _ => after.to_owned(),
    };
    Passage { before, after }
}

/// A box on a page, as its upright bounds.
#[derive(Clone, Copy)]
struct Bounds([f32; 4]);

impl Bounds {
    fn hull(self, other: Self) -> Self {
        let (own, other) = (self.0, other.0);
        Self([own[0].min(other[0]), own[1].min(other[1]), own[2].max(other[2]), own[3].max(other[3])])
    }

    fn is_within(self, area: [f32; 4]) -> bool {
        let own = self.0;
        area[0] <= own[0] && area[1] <= own[1] && own[2] <= area[2] && own[3] <= area[3]
    }

    fn height(self) -> f32 {
        self.0[3] - self.0[1]
    }
}

/// The table that values at a place stand in.
fn table(paper: &Paper, claims: &[Finding], place: &Standing) -> Option<TableView> {
    table_view::view(&paper.document, &paper.index, &claims[place.claim], place)
}

/// The places of a finding that want a picture: the boxes of each place in groups that stand together, with the lines around
/// them. A place that is in a picture of another one has none of its own.
fn crops(document: &Document, finding: &Finding, places: &[Standing]) -> Vec<Crop> {
    let mut crops: Vec<Crop> = Vec::new();
    for place in places {
        // What was observed has no operands, and stands where its quote does.
        let own = if finding.operands.is_empty() { finding.places.as_slice() } else { &[] };
        let spans = place.operands.iter().flat_map(|at| &finding.operands[*at].span.places).chain(own);
        let boxes: Vec<(u32, Bounds)> = spans.filter_map(bounds).collect();
        let is_shown =
            |(page, own): &(u32, Bounds)| crops.iter().any(|crop| crop.page == *page && own.is_within(crop.area));
        if boxes.iter().all(is_shown) {
            continue;
        }
        let room = MOST_OF_ALL.saturating_sub(crops.len()).min(MOST_OF_ONE);
        crops.extend(crops_at(document, (place.claim, place.place), finding, boxes).into_iter().take(room));
    }
    crops
}

fn crops_at(
    document: &Document,
    (claim, place): (usize, usize),
    finding: &Finding,
    mut boxes: Vec<(u32, Bounds)>,
) -> Vec<Crop> {
    boxes.sort_by(|(page, a), (other, b)| {
        (page, a.0[1]).partial_cmp(&(other, b.0[1])).unwrap_or(std::cmp::Ordering::Equal)
    });
    let mut groups: Vec<(u32, Bounds, f32)> = Vec::new();
    for (page, own) in boxes {
        match groups.last_mut() {
            Some((same, hull, line)) if *same == page && own.0[1] - hull.0[3] <= APART => {
                *hull = hull.hull(own);
                *line = line.min(own.height());
            }
            _ => groups.push((page, own, own.height())),
        }
    }
    let crops = groups.into_iter().filter_map(|(page, hull, line)| {
        let area = widened(document, page, with_names(document, finding, page, hull), line)?;
        Some(Crop { claim, place, page, area, picture: String::new() })
    });
    crops.collect()
}

/// The boxes of a finding in a table with the names of their rows, and of their columns where these stand near enough;
/// other boxes as they are.
fn with_names(document: &Document, finding: &Finding, page: u32, hull: Bounds) -> Bounds {
    let inside = |range: TextRange| finding.operands.iter().any(|operand| range.contains(operand.span.range));
    let Some(table) = document.tables.iter().find(|table| inside(table.range)) else { return hull };
    let lines = document.lines.iter().filter(|line| table.range.contains(line.range));
    let whole = lines.filter_map(|line| bounds(&line.place)).filter(|(of, _)| *of == page).map(|(_, own)| own);
    let Some(Bounds([left, top, right, _])) = whole.reduce(Bounds::hull) else { return hull };
    let [_, own_top, _, bottom] = hull.0;
    let top = if bottom - top <= TALLEST { top.min(own_top) } else { own_top };
    hull.hull(Bounds([left, top, right, bottom]))
}

fn bounds(place: &Place) -> Option<(u32, Bounds)> {
    match place {
        Place::Box { page, quad } => {
            let bounds = quad.bounds();
            bounds.iter().all(|side| side.is_finite()).then_some((*page, Bounds(bounds)))
        }
        _ => None,
    }
}

/// The boxes with a little of the page above and below, as wide as the lines that they stand in.
fn widened(document: &Document, page: u32, hull: Bounds, line: f32) -> Option<[f32; 4]> {
    let size = document.pages.get(usize::try_from(page).ok()?.checked_sub(1)?)?;
    let room = line.clamp(6.0, 20.0) * LINES_AROUND;
    let [left, top, right, bottom] = hull.0;
    let (top, bottom) = (top - room, (bottom + room).min(top + TALLEST));
    // Lines are shown whole or not at all.
    let near = document.lines.iter().filter_map(|line| bounds(&line.place)).filter(|(of, own)| {
        let [l, t, r, b] = own.0;
        let middle = f32::midpoint(t, b);
        *of == page && own.height() < TALLEST && top < middle && middle < bottom && l < right && r > left
    });
    let [left, top, right, bottom] = near.fold(hull, |hull, (_, own)| hull.hull(own)).0;
    let (top, bottom) = (top.min(hull.0[1] - HEADROOM), bottom.max(hull.0[3] + HEADROOM / 2.0));
    let bottom = bottom.min(top + 1.2 * TALLEST);
    let area = [left - 8.0, top - 1.5, right + 8.0, bottom + 1.5];
    let area = [area[0].max(0.0), area[1].max(0.0), area[2].min(size.width), area[3].min(size.height)].map(f32::round);
    (area[2] - area[0] >= 1.0 && area[3] - area[1] >= 1.0).then_some(area)
}

/// The planned crops with their pictures, and what is missing. The stage needs nothing but the bytes.
pub(super) fn pictures(bytes: &[u8], mut crops: Vec<Crop>) -> (Vec<Crop>, Vec<String>) {
    let place = |crop: &Crop| {
        let [left, top, right, bottom] = crop.area;
        let index = usize::try_from(crop.page).unwrap_or(usize::MAX).saturating_sub(1);
        (index, Area { left, top, right, bottom })
    };
    let places: Vec<(usize, Area)> = crops.iter().map(place).collect();
    let mut missing: Vec<(&str, usize)> = Vec::new();
    for (crop, picture) in crops.iter_mut().zip(pdf::pictures(bytes, &places)) {
        match picture {
            Ok(png) => crop.picture = base64::encode(&png),
            Err(reason) => match missing.iter_mut().find(|(same, _)| *same == reason) {
                Some((_, count)) => *count += 1,
                None => missing.push((reason, 1)),
            },
        }
    }
    crops.retain(|crop| !crop.picture.is_empty());
    let words = |(reason, count): (&str, usize)| match count {
        1 => format!("one picture is missing: {reason}"),
        _ => format!("{count} pictures are missing: {reason}"),
    };
    (crops, missing.into_iter().map(words).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules;

    fn exhibits(text: &str) -> Exhibits {
        let codes: Vec<String> = rules::all().iter().map(|rule| rule.metadata().code.to_owned()).collect();
        Paper::read(text.as_bytes()).1.expect("text is read").evaluate(&codes, true).exhibits
    }

    #[test]
    fn the_text_around_a_claim_ends_at_words_and_at_the_paragraph() {
        let text = format!(
            "First paragraph.\n\n{}Of the participants, 42 of 46 (83%) agreed. Nobody else did.\n\nLast.\n",
            "Many words stand here. ".repeat(30)
        );
        let passage = exhibits(&text).passages.swap_remove(0);
        assert!(passage.before.starts_with("… ") && passage.before.ends_with("participants, "), "{passage:?}");
        assert!(passage.before.chars().count() <= AROUND + 2);
        assert_eq!(passage.after.trim_end(), " agreed. Nobody else did.");
    }

    #[test]
    fn what_has_no_page_has_no_picture() {
        let exhibits = exhibits("Of the participants, 42 of 46 (83%) agreed.");
        assert_eq!((exhibits.passages.len(), exhibits.crops.len(), exhibits.missing.len()), (1, 0, 0));
    }

    #[test]
    fn xml_says_that_it_has_no_pictures() {
        let exhibits = exhibits("<article><body><p>Of the participants, 42 of 46 (83%) agreed.</p></body></article>");
        assert_eq!((exhibits.passages.len(), exhibits.crops.len()), (1, 0));
        assert!(exhibits.missing[0].contains("without pages"), "{:?}", exhibits.missing);
    }

    #[test]
    fn a_picture_that_cannot_be_drawn_is_counted_with_its_reason() {
        let crop = Crop { claim: 0, place: 0, page: 1, area: [0.0, 0.0, 10.0, 10.0], picture: String::new() };
        let (crops, missing) = pictures(b"no PDF", vec![crop.clone(), crop]);
        assert!(crops.is_empty());
        assert_eq!(missing.len(), 1);
        assert!(missing[0].starts_with("2 pictures are missing: "), "{missing:?}");
    }
}
