//! Estimates whose interval, standard error, test and p-value stand in cells of one row, under headings that name them.
//!
//! A column of estimates takes the columns behind it up to the next one, an effect size also the p-value before it. Where a
//! heading stands over several columns, none is taken from beside it. Where two columns could be the same thing, nothing is
//! bound.

use std::sync::LazyLock;

use regex::Regex;

use crate::arithmetic::Printed;
use crate::document::{Document, TextRange};
use crate::extract::build::Registry;
use crate::extract::estimates::{self, Estimate, EstimateTest, Measure, RawBounds};
use crate::extract::mentions::Sentence;
use crate::extract::number::{Habits, Number, NumberReading};
use crate::extract::patterns::compile;
use crate::extract::results::{self, Sign};
use crate::extract::source::Source;
use crate::extract::statistic::{Reported, TestKind};

use super::content::TableContent;
use super::rows::{PValue, Rows, rows_of};

/// What stands in the bracket behind an estimate in the same cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Inner {
    Nothing,
    Interval,
    Error,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Estimate(Measure, Inner),
    /// A standardised coefficient, perhaps beside the other one.
    Standardised,
    Interval,
    Low,
    High,
    Deviation,
    Error,
    Test(TestKind),
    P,
}

static ROLES: LazyLock<Vec<(Role, Regex)>> = LazyLock::new(|| {
    let ratio = r"(?:(?:[Aa]djusted|[Uu]nadjusted|[Cc]rude|[Mm]ultivaria(?:ble|te)|[Uu]nivaria(?:ble|te)|[Pp]ooled)\s+)?(?:[aAcCuUms]|adj\.?\s?)?(?:ORs?|HRs?|RRs?|IRRs?|PRs?|SMRs?|(?i:odds|hazards?|risk|rate|prevalence)[\s-]+ratios?|(?i:relative\s+risks?)|[Ee]xp\s?\([BbΒβ]\))(?:\s*[\(\[][A-Za-z]{2,4}[\)\]])?";
    let coefficient =
        r"(?:[bB]|[Ee]st(?:imate)?s?\.?|[Cc]oef(?:f|\.|ficient)?s?\.?|[Uu]nstandardi[sz]ed\s+(?:[bB]|coefficients?|β))";
    let difference = r"(?:(?:[Ww]eighted\s+)?[Mm]ean\s+differences?|W?MDs?|[Rr]isk\s+differences?|RDs?|[Dd]ifferences?(?:\s+between\s+[\w-]+)?|(?:(?:[Ss]ummary|[Pp]ooled)\s+)?[Ee]stimates?\s*[\(\[]W?MD[\)\]])";
    let interval = r"\s*[,;]?\s*[\(\[]?\s*(?:\d\d(?:\.\d)?\s*%\s*)?(?:CIs?|[Cc]onfidence\s+[Ii]ntervals?|C\.I\.)\s*(?:\d\d\s*%)?\s*[\)\]]?";
    let error = r"\s*[\(\[]\s*(?:SEs?|S\.E\.|s\.e\.|[Ss]tandard\s+[Ee]rrors?)\s*[\)\]]";
    // In brackets behind the name the unit may stand, or what the estimate is one per.
    let unit = r"(?:\s*[\(\[][^()\[\]%]{1,15}[\)\]])?";
    let standardised = r"(?:β|[Bb]eta|[Ss]tandardi[sz]ed\s+(?:β|[Bb]eta|coefficients?))";
    let size =
        r"(?:(?:Cohen(?:['’]?s)?\s+)?d[zs]?|(?:Hedges(?:['’]s?)?\s*)?g|SMDs?|[Ss]tandardi[sz]ed\s+mean\s+differences?)";
    let mut roles = Vec::new();
    let greek = format!("^{standardised}{unit}{interval}$");
    roles.push((Role::Estimate(Measure::Coefficient, Inner::Interval), greek));
    roles.push((Role::Standardised, format!("^{standardised}$")));
    for (measure, name) in [
        (Measure::Ratio, ratio),
        (Measure::Coefficient, coefficient),
        (Measure::Difference, difference),
        (Measure::StandardisedDifference, size),
        (Measure::Correlation, r"(?:Pearson(?:['’]s)?\s+)?r"),
    ] {
        roles.push((Role::Estimate(measure, Inner::Interval), format!("^{name}{unit}{interval}$")));
        roles.push((Role::Estimate(measure, Inner::Interval), format!("^{name}{interval}$")));
        roles.push((Role::Estimate(measure, Inner::Error), format!("^{name}{error}$")));
        roles.push((Role::Estimate(measure, Inner::Nothing), format!("^{name}$")));
    }
    let mean = r"(?:M|[Mm]eans?|X̄)(?:\s+(?:scores?|ratings?|values?|differences?))?";
    roles.push((Role::Estimate(Measure::Mean, Inner::Interval), format!("^{mean}{interval}$")));
    roles.push((Role::Estimate(Measure::Mean, Inner::Nothing), format!("^{mean}$")));
    let plain = [
        (Role::Deviation, r"^[(\[]?(?:SDs?|S\.\s?D\.|s\.d\.|[Ss]tandard\s+[Dd]eviations?)[)\]]?$"),
        (
            Role::Low,
            r"^(?:\d\d\s*%\s*)?(?:CI\s*)?[\(\[]?(?:[Ll]ower(?:\s+(?:[Bb]ound|[Ll]imit|CI))?|LL|LCI|LB|2\.5\s*%)[\)\]]?$",
        ),
        (
            Role::High,
            r"^(?:\d\d\s*%\s*)?(?:CI\s*)?[\(\[]?(?:[Uu]pper(?:\s+(?:[Bb]ound|[Ll]imit|CI))?|UL|UCI|UB|97\.5\s*%)[\)\]]?$",
        ),
        (
            Role::Error,
            r"^(?:SEs?|S\.\s?E\.|s\.e\.|SE\s?_?\(?[bB]\)?|SE\s?\((?:(?i:hc)\s?[0-5]|(?i:robust|clustered|boot(?:strap(?:ped)?)?))\)|[Ss]td\.?\s?[Ee]rr(?:or)?\.?|[Ss]tandard\s+[Ee]rrors?)$",
        ),
        (Role::Test(TestKind::T), r"^t(?:[\s-]*(?:values?|statistics?|stat\.?|ratio))?$"),
        (Role::Test(TestKind::Z), r"^[zZ](?:[\s-]*(?:values?|statistics?|scores?|stat\.?))?$"),
        (Role::P, r"^[pP](?:[\s-]*[vV]al(?:ue)?s?\.?)?$|^Sig\.?$|^Pr\s?\(?>\s?\|?[zt]\|?\)?$"),
    ];
    roles.push((Role::Interval, format!("^{interval}$")));
    roles.extend(plain.into_iter().map(|(role, form)| (role, form.to_owned())));
    roles.into_iter().filter_map(|(role, form)| compile(&form).map(|form| (role, form))).collect()
});

/// A heading of words with the name of an interval in brackets behind them.
static ENDS_WITH_INTERVAL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(r"^\D{3,80}[\(\[]\s*\d\d(?:\.\d)?\s*%\s*(?:CIs?|[Cc]onfidence\s+[Ii]ntervals?)\s*[\)\]]$")
});

/// The level in a heading, beside the name of an interval: another percentage there is of what was measured ("radius (50%)").
static LEVEL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(
        r"\b(\d\d(?:\.\d)?)\s*%\s*(?:[Cc]\.?[Ii]|[Cc]onf|[Ii]nterval|[Cc]redible|HPD|HDI)|(?:CIs?|[Ii]ntervals?)\W{0,3}(\d\d(?:\.\d)?)\s*%",
    )
});

/// Adds the estimates of the rows of tables to those of the text, which stand by place.
pub(in crate::extract) fn find(
    source: &Source<'_>,
    document: &Document,
    tables: &[TableContent],
    sentences: &[Sentence],
    habits: &[Habits],
    estimates: &mut Vec<Estimate>,
    registry: &mut Registry,
) {
    let mut added = Vec::new();
    for rows in rows_of(source, document, tables, sentences, habits) {
        for group in groups(&rows) {
            for row in rows.table.body() {
                added.extend(bind(&rows, row as usize, &group, registry));
            }
        }
    }
    // What a cell says by itself ("OR 1.48 (95% CI …)") stands in the text already.
    added.retain(|new: &Estimate| !estimates.iter().any(|own| new.range.contains(own.range)));
    estimates.extend(added);
    estimates.sort_by_key(|estimate| estimate.range);
}

/// The columns of one estimate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Group {
    estimate: Option<(usize, Measure, Inner)>,
    standardised: bool,
    interval: Option<usize>,
    low: Option<usize>,
    high: Option<usize>,
    deviation: Option<usize>,
    error: Option<usize>,
    test: Option<(usize, TestKind)>,
    p: Option<usize>,
    /// Whether two columns could be the same thing.
    doubled: bool,
}

impl Group {
    /// Adds a column behind the estimate.
    fn add(&mut self, role: Role, column: usize) {
        let place = match role {
            Role::Interval => &mut self.interval,
            Role::Low => &mut self.low,
            Role::High => &mut self.high,
            Role::Deviation => &mut self.deviation,
            Role::Error => &mut self.error,
            Role::P => &mut self.p,
            Role::Test(kind) => {
                self.doubled |= self.test.is_some();
                self.test = Some((column, kind));
                return;
            }
            Role::Estimate(..) | Role::Standardised => return,
        };
        self.doubled |= place.is_some();
        *place = Some(column);
    }

    /// Whether a column stands for something new: the test of an effect size stands before it.
    fn ends_before(&self, role: Role) -> bool {
        let sized = self.estimate.is_some_and(|(_, measure, _)| measure.is_effect_size());
        sized && (matches!(role, Role::Test(_)) || role == Role::P && self.p.is_some())
    }

    /// Whether it is an estimate alone, so that its interval may stand in the next column.
    fn waits(&self) -> bool {
        matches!(self.estimate, Some((_, _, Inner::Nothing))) && self.interval.is_none() && self.low.is_none()
    }

    const fn is_bound(&self) -> bool {
        let inner = matches!(self.estimate, Some((_, _, Inner::Interval | Inner::Error)));
        !self.doubled && (inner || self.interval.is_some() || self.low.is_some() || self.error.is_some())
    }
}

/// What the estimates of a column are, where its heading names some.
pub(super) fn measure_of(rows: &Rows<'_, '_>, column: usize) -> Option<Measure> {
    match role(rows, column)? {
        Role::Estimate(measure, _) => Some(measure),
        Role::Standardised => Some(Measure::Coefficient),
        _ => None,
    }
}

fn role(rows: &Rows<'_, '_>, column: usize) -> Option<Role> {
    let of = |words: &str| {
        let words =
            words.trim_end_matches(|c: char| "*†‡§,".contains(c) || crate::extract::source::is_raised_letter(c)).trim();
        ROLES.iter().find(|(_, form)| form.is_match(words)).map(|(role, _)| *role)
    };
    let mut headings = rows.content.heading(column);
    let lowest = headings.next()?;
    // "Cohen's d" over "[95% CI]" is one heading on two lines.
    let whole = headings.next().filter(|_| !rows.spans(column)).and_then(|above| of(&format!("{above} {lowest}")));
    whole.or_else(|| of(lowest)).or_else(|| end_of_interval(rows, column))
}

/// "Low" and "High" below a heading of intervals.
fn end_of_interval(rows: &Rows<'_, '_>, column: usize) -> Option<Role> {
    let mut headings = rows.content.heading(column);
    let (lowest, above) = (headings.next()?.to_lowercase(), headings.next()?);
    let interval = ROLES.iter().any(|(role, form)| *role == Role::Interval && form.is_match(above));
    match lowest.trim_matches(|c: char| !c.is_alphanumeric()) {
        "low" | "from" | "min" if interval => Some(Role::Low),
        "high" | "to" | "max" if interval => Some(Role::High),
        _ => None,
    }
}

/// "Success versus failure (95% CI)": a heading that says of what the intervals of the estimates before it are.
fn ends_with_interval(rows: &Rows<'_, '_>, column: usize) -> bool {
    let words = rows.content.heading(column).next().unwrap_or_default();
    ENDS_WITH_INTERVAL.as_ref().is_some_and(|form| form.is_match(words))
}

/// The columns of each estimate, from left to right.
fn groups(rows: &Rows<'_, '_>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut open: Option<(Group, usize)> = None;
    let first = rows.content.label_columns.min(rows.content.columns);
    let repeats = rows.repeats(first);
    // "p, OR, 95% CI" again and again: each p-value stands before its estimate.
    let leads = repeats && role(rows, first) == Some(Role::P);
    // A column of p-values that nothing before has taken.
    let mut loose = None;
    for column in first..rows.content.columns {
        let waits = open.as_ref().is_some_and(|(group, from)| *from + 1 == column && group.waits());
        let role = role(rows, column).or_else(|| (waits && ends_with_interval(rows, column)).then_some(Role::Interval));
        let Some(role) = role else {
            // What stands under a heading that is not known parts the columns.
            groups.extend(open.take().map(|(group, _)| group));
            continue;
        };
        // The ends of an interval stand under a heading of their own beside that of their estimate.
        let ends = matches!(role, Role::Low | Role::High) && end_of_interval(rows, column).is_some();
        let spanned = |from: usize| rows.spans(from) || (rows.spans(column) && !ends);
        let headed = !repeats && rows.table.header_rows > 1;
        let apart = |from: usize| headed && spanned(from) && rows.top(from) != rows.top(column);
        if open.as_ref().is_some_and(|(_, from)| apart(*from)) {
            groups.extend(open.take().map(|(group, _)| group));
        }
        if leads && role == Role::P {
            groups.extend(open.take().map(|(group, _)| group));
            loose = Some(column);
            continue;
        }
        let opens = match role {
            Role::Estimate(measure, inner) => Some((measure, inner, false)),
            Role::Standardised if open.is_none() => Some((Measure::Coefficient, Inner::Nothing, true)),
            _ => None,
        };
        if let Some((measure, inner, standardised)) = opens {
            groups.extend(open.take().map(|(group, _)| group));
            let p = loose.take().filter(|p| p + 1 == column && (leads || measure.is_effect_size()));
            let group = Group { estimate: Some((column, measure, inner)), standardised, p, ..Group::default() };
            open = Some((group, column));
        } else if let Some((group, _)) = open.as_mut().filter(|(group, _)| !group.ends_before(role)) {
            group.add(role, column);
        } else {
            groups.extend(open.take().map(|(group, _)| group));
            loose = (role == Role::P).then_some(column);
        }
    }
    groups.extend(open.map(|(group, _)| group));
    lend_p(&mut groups);
    // Of several means with one interval it may be that of their difference.
    let is_mean = |group: &Group| matches!(group.estimate, Some((_, Measure::Mean, _)));
    let several = groups.iter().any(|group| is_mean(group) && !group.is_bound());
    groups.retain(|group| group.is_bound() && !(several && is_mean(group)));
    groups
}

/// "b, SE, OR, p": the p-value behind a ratio is that of the coefficient right before it too, of which the ratio is the exponential.
fn lend_p(groups: &mut [Group]) {
    for at in 1..groups.len() {
        let (before, ratio) = groups.split_at_mut(at);
        let (Some(own), Some(ratio)) = (before.last_mut(), ratio.first()) else { continue };
        let (Some((_, Measure::Coefficient, _)), Some((column, Measure::Ratio, _))) = (own.estimate, ratio.estimate)
        else {
            continue;
        };
        let adjacent = own.error.is_some_and(|error| error + 1 == column);
        if adjacent && own.p.is_none() && own.test.is_none() && !ratio.doubled {
            own.p = ratio.p;
        }
    }
}

/// The number of a cell that holds nothing else.
fn number(rows: &Rows<'_, '_>, row: usize, column: usize) -> Option<(Sign, Number)> {
    let range = rows.range(row, column)?;
    let mut start = range.start;
    let mut end = range.end;
    if matches!(rows.source.at(start), Some('(' | '[')) && matches!(rows.source.before(end), Some(')' | ']')) {
        (start, end) = (start + 1, end - 1);
    }
    let sign = rows.sign(start, end);
    let number = results::value(rows.source, sign.end, end, rows.habits)?;
    (number.range.end == end).then_some((sign, number))
}

/// The interval of a cell that holds nothing else.
fn interval(rows: &Rows<'_, '_>, row: usize, column: usize) -> Option<RawBounds> {
    let range = rows.range(row, column)?;
    let found = estimates::pair(rows.source, range.start, range.end, rows.habits)?;
    (found.range.end == range.end && !found.several).then_some(found)
}

/// The two bounds in cells of their own.
fn two_bounds(rows: &Rows<'_, '_>, row: usize, group: &Group) -> Option<RawBounds> {
    let (low, high) = (number(rows, row, group.low?)?, number(rows, row, group.high?)?);
    Some(RawBounds {
        range: low.1.range.hull(high.1.range),
        level: None,
        low,
        high,
        names_its_own: false,
        announced: true,
        percent: false,
        several: false,
    })
}

/// The level that the heading of a column names.
fn level(rows: &Rows<'_, '_>, column: usize) -> Option<(Sign, Number)> {
    let words = rows.content.headings.get(column)?;
    let found = LEVEL.as_ref()?.captures(words)?;
    let found = found.get(1).or_else(|| found.get(2))?;
    let printed = Printed { exact: true, ..Printed::parse(found.as_str())? };
    let heading = (0..rows.table.header_rows as usize).find_map(|row| rows.content.at(row, column))?;
    let range = rows.table.cells.get(heading)?.range;
    let readings = vec![NumberReading { printed, edits: Vec::new() }];
    Some((estimates::plain(range.start), Number { range, readings, words: false }))
}

/// The estimate of a row.
fn bind(rows: &Rows<'_, '_>, row: usize, group: &Group, registry: &mut Registry) -> Option<Estimate> {
    let (column, measure, inner) = group.estimate?;
    let cell = rows.range(row, column)?;
    let sign = rows.sign(cell.start, cell.end);
    let mut value = results::value(rows.source, sign.end, cell.end, rows.habits)?;
    let mut bounds = None;
    let mut error = group.error.and_then(|column| number(rows, row, column));
    if value.range.end < cell.end {
        match inner {
            Inner::Interval => {
                let found = estimates::bare(rows.source, value.range.end, cell.end, rows.habits)?;
                bounds = (found.range.end == cell.end).then_some((found, column));
                bounds.as_ref()?;
            }
            Inner::Error => error = Some(in_bracket(rows, value.range.end, cell.end)?),
            Inner::Nothing => return None,
        }
    }
    let mut bounds = bounds
        .or_else(|| group.interval.and_then(|column| Some((interval(rows, row, column)?, column))))
        .or_else(|| Some((two_bounds(rows, row, group)?, group.low?)));
    match &mut bounds {
        Some((bounds, _)) if measure == Measure::Ratio => bounds.of_a_ratio(),
        Some((bounds, _)) => estimates::lost_minus(rows.source, &mut value, bounds.low.1.range),
        None => {}
    }
    let deviation = group.deviation.and_then(|column| number(rows, row, column));
    let p = group.p.and_then(|column| rows.p_value(rows.range(row, column)?)).and_then(|p| match p {
        PValue::Number(sign, number) => Some((sign, number)),
        PValue::NotSignificant => None,
    });
    let test = group.test.and_then(|(column, kind)| Some((kind, number(rows, row, column)?)));
    if bounds.is_none() && error.is_none() {
        return None;
    }
    let interval = bounds.map(|(mut raw, column)| {
        raw.announced = true;
        raw.level = level(rows, column);
        estimates::interval(raw, true, registry)
    });
    let mut reported = |found: Option<(Sign, Number)>| found.map(|found| results::reported_number(found, registry));
    let (standard_error, deviation) = (reported(error), reported(deviation));
    let p = reported(p);
    let test = test.and_then(|(kind, value)| {
        let value = reported(Some(value))?;
        Some(EstimateTest { range: value.range, kind, degrees: Vec::new(), value })
    });
    let value = reported(Some((sign, value)));
    let parts = [interval.as_ref().map(|interval| interval.range), test.as_ref().map(|test| test.range)];
    let numbers = [&standard_error, &deviation, &p].into_iter().flatten().map(|reported: &Reported| reported.range);
    let range = parts.into_iter().flatten().chain(numbers).fold(cell, TextRange::hull);
    Some(Estimate {
        range,
        measure,
        name: TextRange::new(cell.start, cell.start),
        value,
        percent: false,
        standardised: group.standardised,
        interval,
        standard_error,
        deviation,
        size: None,
        test,
        p,
        sentence: rows.sentences.partition_point(|sentence| sentence.range.end <= cell.start),
        in_row: true,
    })
}

/// The number of a bracket that ends the cell.
fn in_bracket(rows: &Rows<'_, '_>, at: usize, end: usize) -> Option<(Sign, Number)> {
    let open = rows.source.skip_spaces(at, end);
    let opens = matches!(rows.source.at(open), Some('(' | '['));
    let number = results::value(rows.source, open + 1, end, rows.habits)?;
    let closes = number.range.end + 1 == end && matches!(rows.source.at(number.range.end), Some(')' | ']'));
    (opens && closes).then_some((estimates::plain(open), number))
}
