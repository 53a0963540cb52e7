//! The header of a table: which rows name the columns, and over which columns a name stands.

use super::rows::{Piece, Row};
use super::rules::{LevelRule, parted};

/// Where the body of a column stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Column {
    /// The left end.
    pub left: f32,
    /// The right end.
    pub right: f32,
    /// Whether it holds values rather than labels.
    pub values: bool,
}

/// How many rows a header has at most.
const MOST: usize = 8;

/// How many rows at the top name the columns.
pub fn header_rows(rows: &[Row], rules: &[LevelRule], left: f32, right: f32) -> usize {
    let named = rows.iter().take(MOST).take_while(|row| !has_values(row)).count();
    let parted_after = |count: usize| parted(rules, left, right, (rows[count - 1].base, rows[count].base));
    let under_rule = (1..rows.len().min(MOST + 1)).find(|&count| parted_after(count));
    // A rule under every row says nothing about the first.
    let between = (1..rows.len()).filter(|&count| parted_after(count)).count();
    let all_ruled = if rows.len() > 3 { between * 2 > rows.len() } else { between >= 2 };
    let nameless = |from: usize, to: usize| rows[from..to].iter().all(|row| !has_values(row));
    let mut count = match under_rule {
        Some(count) if !all_ruled && nameless(1, count) => {
            // Names of groups may stand under a rule of their own, the names of the columns under a second one.
            let second =
                (count + 1..rows.len().min(count + 4)).find(|&more| parted_after(more) && nameless(count, more));
            second.unwrap_or(count)
        }
        _ => named,
    };
    if count >= rows.len() {
        // Nothing but words: the first row names the columns, unless rules are drawn and none parts it from the rest.
        let first = usize::from(under_rule.is_some() || !ruled_over(rows, rules, left, right));
        count = under_rule.filter(|_| !all_ruled).unwrap_or(first).min(rows.len().saturating_sub(1));
    }
    // A name alone at the left right above the values is the heading of their rows.
    while count > 1 && rows[count - 1].is_label() {
        count -= 1;
    }
    count
}

/// Whether a rule is drawn over the first row and the row looks like the next one.
fn ruled_over(rows: &[Row], rules: &[LevelRule], left: f32, right: f32) -> bool {
    let [first, second, ..] = rows else { return false };
    let height = first.base - first.top;
    first.bold == second.bold && parted(rules, left, right, (first.top - 1.5 * height, first.top + 0.3 * height))
}

/// Whether a row has a value beside its label that is more than a year or a number of the column.
fn has_values(row: &Row) -> bool {
    let values: Vec<&Piece> = row.pieces.iter().filter(|piece| piece.column > 0 && piece.is_value()).collect();
    !values.is_empty() && !values.iter().all(|piece| is_year(&piece.text)) && !counts_columns(&values, row)
}

fn is_year(text: &str) -> bool {
    text.len() == 4
        && text.bytes().all(|byte| byte.is_ascii_digit())
        && (text.starts_with("19") || text.starts_with("20"))
}

/// "1, 2, 3": the columns are numbered.
fn counts_columns(values: &[&Piece], row: &Row) -> bool {
    let number = |piece: &&Piece| piece.text.trim_matches(['(', ')', '.']).parse::<usize>().ok();
    let numbers: Vec<Option<usize>> = values.iter().map(number).collect();
    let named = row.pieces.iter().any(|piece| piece.column == 0);
    !named && values.len() >= 3 && numbers.iter().enumerate().all(|(at, number)| *number == Some(at + 1))
}

/// Joins names of several lines: a name goes on in the piece right under it that is set to the same left end or middle,
/// where no rule is drawn between them and nothing else stands under it. Gives the number of header rows that are left.
pub fn join_names(rows: &mut Vec<Row>, header: usize, rules: &[LevelRule], size: f32) -> usize {
    for at in 1..header.min(rows.len()) {
        let (above, below) = rows.split_at_mut(at);
        let mut rest = Vec::new();
        for piece in std::mem::take(&mut below[0].pieces) {
            match name_above(above, &piece, rules, size) {
                Some((row, name)) => above[row].pieces[name].append(piece),
                None => rest.push(piece),
            }
        }
        below[0].pieces = rest;
    }
    let before = rows.len();
    let mut at = 0;
    rows.retain(|row| {
        at += 1;
        at > header || !row.pieces.is_empty()
    });
    header - (before - rows.len())
}

/// The name that a piece goes on with, as its row and its place there.
fn name_above(above: &[Row], piece: &Piece, rules: &[LevelRule], size: f32) -> Option<(usize, usize)> {
    for (row, names) in above.iter().enumerate().rev() {
        let mut over = names.pieces.iter().enumerate().filter(|(_, name)| overlaps(name, piece));
        match (over.next(), over.next()) {
            (None, _) => {}
            (Some((at, name)), None) => {
                let close = piece.top - name.base < 0.6 * size && piece.base > name.base;
                return (close && goes_on(name, piece, size) && !ruled_off(name, piece, rules)).then_some((row, at));
            }
            _ => return None,
        }
    }
    None
}

fn overlaps(a: &Piece, b: &Piece) -> bool {
    a.left < b.right && b.left < a.right
}

/// Whether `piece` is set as the next line of `name`.
fn goes_on(name: &Piece, piece: &Piece, size: f32) -> bool {
    let middle = |piece: &Piece| f32::midpoint(piece.left, piece.right);
    (name.left - piece.left).abs() < 0.5 * size
        || (middle(name) - middle(piece)).abs() < 0.7 * size
        || (name.right - piece.right).abs() < 0.3 * size
}

/// Whether a rule is drawn between a name and the piece below it.
fn ruled_off(name: &Piece, piece: &Piece, rules: &[LevelRule]) -> bool {
    let between = |rule: &&LevelRule| rule.at > name.base && rule.at < piece.top + 2.0;
    rules.iter().filter(between).any(|rule| rule.left < name.right && rule.right > name.left)
}

/// Widens names that stand over several columns: by the rule drawn under the name, else as long as it stands better in
/// the middle of the columns it takes. Only places are taken that no other name of the row holds, and no column that has
/// a name of its own further up.
pub fn spread(rows: &mut [Row], header: usize, columns: &[Column], rules: &[LevelRule]) {
    let before = rows[..header.min(rows.len())].to_vec();
    for at in 0..header.min(rows.len()) {
        let below = rows.get(at + 1).map_or(f32::INFINITY, |next| next.base);
        let base = rows[at].base;
        for index in 0..rows[at].pieces.len() {
            let piece = &before[at].pieces[index];
            if piece.column == 0 {
                continue;
            }
            // The name before has taken its places already.
            let free = index
                .checked_sub(1)
                .map_or(1, |last| (rows[at].pieces[last].column + rows[at].pieces[last].span).max(1));
            let room = room(&rows[..at], &before[at], index, columns, free as usize);
            let under = |rule: &&LevelRule| {
                rule.at > base && rule.at < below && rule.left < piece.right && rule.right > piece.left
            };
            let (column, span) = match rules.iter().find(under) {
                Some(rule) => along(piece, rule, columns, &room),
                None => centred(piece, columns, &room),
            };
            let piece = &mut rows[at].pieces[index];
            (piece.column, piece.span) = (column, span);
        }
    }
}

/// The columns that a name may take: from behind the name before it up to the next one, and no further than a column
/// with a name of its own in a row above, alone or with others, or with labels in it.
fn room(above: &[Row], row: &Row, index: usize, columns: &[Column], free: usize) -> std::ops::Range<usize> {
    let own = &row.pieces[index];
    let covers =
        |piece: &Piece, column: usize| (piece.column as usize..(piece.column + piece.span) as usize).contains(&column);
    let named = |column: usize| {
        let mut above = above.iter().flat_map(|row| &row.pieces);
        above.any(|piece| covers(piece, column) && (piece.span == 1 || !covers(piece, own.column as usize)))
            || columns.get(column).is_none_or(|column| !column.values)
    };
    let last_free = row.pieces.get(index + 1).map_or(columns.len(), |next| next.column as usize);
    let (mut from, mut to) = (own.column as usize, (own.column + own.span) as usize);
    while from > free && !named(from - 1) {
        from -= 1;
    }
    while to < last_free && !named(to) {
        to += 1;
    }
    from..to
}

/// The columns whose middle lies over the rule.
fn along(piece: &Piece, rule: &LevelRule, columns: &[Column], room: &std::ops::Range<usize>) -> (u32, u32) {
    let inside = |column: &usize| {
        let middle = f32::midpoint(columns[*column].left, columns[*column].right);
        rule.left <= middle && middle <= rule.right
    };
    let covered: Vec<usize> = room.clone().filter(|column| *column < columns.len()).filter(inside).collect();
    match (covered.first(), covered.last()) {
        (Some(first), Some(last)) if last - first + 1 >= piece.span as usize => {
            (index(*first), index(last - first + 1))
        }
        _ => (piece.column, piece.span),
    }
}

/// The columns over whose middle the piece stands best.
fn centred(piece: &Piece, columns: &[Column], room: &std::ops::Range<usize>) -> (u32, u32) {
    let middle = f32::midpoint(piece.left, piece.right);
    let off = |from: usize, to: usize| (f32::midpoint(columns[from].left, columns[to].right) - middle).abs();
    let (mut from, mut to) = (piece.column as usize, (piece.column + piece.span - 1) as usize);
    if to >= columns.len() {
        return (piece.column, piece.span);
    }
    loop {
        let now = off(from, to);
        let left = (from > room.start).then(|| off(from - 1, to));
        let right = (to + 1 < room.end.min(columns.len())).then(|| off(from, to + 1));
        // A step must bring the name clearly closer to the middle: names of one column are rarely set exactly.
        let gain = |next: Option<f32>| next.filter(|next| *next + 2.0 < now);
        match (gain(left), gain(right)) {
            (Some(left), Some(right)) if left <= right => from -= 1,
            (_, Some(_)) => to += 1,
            (Some(_), None) => from -= 1,
            (None, None) => return (index(from), index(to - from + 1)),
        }
    }
}

fn index(column: usize) -> u32 {
    u32::try_from(column).unwrap_or(u32::MAX)
}
