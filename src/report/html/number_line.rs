//! A number line with the stated and the derived set, drawn to scale. Everything that it shows stands as text in the
//! table above it.

use num_traits::ToPrimitive;

use crate::arithmetic::{Interval, RealSet, set_text};
use crate::report::finding::{Finding, ReportedSets};

use super::writer::Html;

const LEFT: f64 = 68.0;
const RIGHT: f64 = 468.0;
/// A set narrower than this is drawn as wide as this, so that it can be seen.
const LEAST: f64 = 3.0;
/// From which ratio of the largest to the smallest end on the scale is logarithmic.
const LOGARITHMIC_FROM: f64 = 20.0;

/// The line, or nothing where a set has no end that could be drawn.
pub(super) fn write(html: &mut Html, finding: &Finding) {
    let (Some(stated), Some(derived)) = (Row::of(&finding.stated), Row::of(&finding.derived)) else { return };
    let Some(scale) = Scale::over(&[&stated, &derived]) else { return };
    let relation = if stated.tight_set.meets(&derived.tight_set) { "meet" } else { "do not meet" };
    let label = format!(
        "Number line{}: stated {} and derived {} {relation}; the table above has the same sets.",
        if scale.logarithmic { " with a logarithmic scale" } else { "" },
        finding.stated.tight.short,
        finding.derived.tight.short
    );
    html.element("figure", &[("class", "number-line")], |html| {
        let attributes = [("viewBox", "0 0 480 88"), ("role", "img"), ("aria-label", label.as_str())];
        html.element("svg", &attributes, |html| {
            row(html, "stated", 20.0, &stated, &scale);
            row(html, "derived", 44.0, &derived, &scale);
            axis(html, &scale, finding);
        });
    });
}

/// One side: its sets as intervals of floating-point numbers, which is enough for a drawing.
struct Row {
    tight_set: RealSet,
    tight: Vec<(f64, f64)>,
    wide: Vec<(f64, f64)>,
}

/// The most parts of a set that are drawn one by one.
const MAX_PARTS: usize = 60;

impl Row {
    fn of(sets: &ReportedSets) -> Option<Self> {
        let (tight_set, wide) = (set_text::parse(&sets.tight.exact)?, set_text::parse(&sets.wide.exact)?);
        let (tight, wide) = (pieces(&tight_set), pieces(&wide));
        (!tight.is_empty()).then_some(Self { tight_set, tight, wide })
    }

    fn ends(&self) -> impl Iterator<Item = f64> + '_ {
        self.tight.iter().chain(&self.wide).flat_map(|(low, high)| [*low, *high]).filter(|end| end.is_finite())
    }
}

fn pieces(set: &RealSet) -> Vec<(f64, f64)> {
    let piece = |part: &Interval| {
        let low = part.lo().value().map_or(Some(f64::NEG_INFINITY), ToPrimitive::to_f64);
        let high = part.hi().value().map_or(Some(f64::INFINITY), ToPrimitive::to_f64);
        Some((low?, high?))
    };
    if set.parts().len() <= MAX_PARTS {
        return set.parts().iter().filter_map(piece).collect();
    }
    set.hull().as_ref().and_then(piece).into_iter().collect()
}

/// From values to places.
struct Scale {
    logarithmic: bool,
    low: f64,
    high: f64,
}

impl Scale {
    fn over(rows: &[&Row]) -> Option<Self> {
        let ends: Vec<f64> = rows.iter().flat_map(|row| row.ends()).collect();
        let least = ends.iter().copied().fold(f64::INFINITY, f64::min);
        let most = ends.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        if !least.is_finite() || !most.is_finite() {
            return None;
        }
        let positive = least > 0.0 && rows.iter().all(|row| row.tight.iter().all(|(low, _)| *low > 0.0));
        let logarithmic = positive && most / least >= LOGARITHMIC_FROM;
        let (low, high) = if logarithmic { (libm::log10(least), libm::log10(most)) } else { (least, most) };
        let room = if high > low { (high - low) * 0.08 } else { (high.abs() * 0.05).max(1.0) };
        let (low, high) = (low - room, high + room);
        (low.is_finite() && high.is_finite() && high > low).then_some(Self { logarithmic, low, high })
    }

    fn place(&self, value: f64) -> f64 {
        let value = match (self.logarithmic, value > 0.0) {
            (false, _) => value,
            (true, true) => libm::log10(value),
            (true, false) => f64::NEG_INFINITY,
        };
        LEFT + (RIGHT - LEFT) * ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0)
    }

    /// Round values to name under the line, three to seven of them, as text that says them exactly.
    fn ticks(&self) -> Vec<(f64, String)> {
        #[expect(clippy::cast_possible_truncation, reason = "exponents of floating-point numbers are small")]
        let whole = |value: f64| value as i32;
        if self.logarithmic {
            let (first, last) = (whole(self.low.ceil()), whole(self.high.floor()));
            let step = ((last - first) / 6).max(1);
            let steps = usize::try_from(step).unwrap_or(1);
            let decades: Vec<_> = (first..=last).step_by(steps).map(|power| decimal(1, power)).collect();
            if decades.len() >= 2 {
                return decades;
            }
            let fine = (first - 1..=last).flat_map(|power| [1, 2, 5].map(|digit| decimal(digit, power)));
            return fine.filter(|(value, _)| (self.low..=self.high).contains(&libm::log10(*value))).collect();
        }
        let rough = (self.high - self.low) / 5.0;
        let power = whole(libm::log10(rough).floor());
        let unit = libm::pow(10.0, f64::from(power));
        let digit = [1, 2, 5].into_iter().find(|digit| f64::from(*digit) * unit >= rough).unwrap_or(10);
        let step = f64::from(digit) * unit;
        let (first, last) = ((self.low / step).ceil(), (self.high / step).floor());
        #[expect(clippy::cast_possible_truncation, reason = "a wild quotient has no ticks, by the next line")]
        let (first, last) = (first as i64, last as i64);
        if first.abs() > 1_000_000 || last - first > 20 {
            return Vec::new();
        }
        (first..=last).map(|count| decimal(count * i64::from(digit), power)).collect()
    }
}

/// `digits` · 10^`power` with its text.
fn decimal(digits: i64, power: i32) -> (f64, String) {
    let value = crate::arithmetic::rational::whole(digits) * crate::arithmetic::rational::power_of_ten(power);
    let text = crate::arithmetic::rational::to_short_text(&value, 7).replace('-', "\u{2212}");
    (value.to_f64().unwrap_or(0.0), text)
}

fn row(html: &mut Html, name: &'static str, y: f64, row: &Row, scale: &Scale) {
    label(html, 0.0, y + 4.0, "start", name);
    for (class, height, pieces) in [("wide", 2.0, &row.wide), ("tight", 12.0, &row.tight)] {
        for (low, high) in pieces {
            let (mut left, mut right) = (scale.place(*low), scale.place(*high));
            if right - left < LEAST {
                let middle = f64::midpoint(left, right);
                (left, right) = (middle - LEAST / 2.0, middle + LEAST / 2.0);
            }
            let class = format!("{class} {name}");
            let [x, top, width, height] = [left, y - height / 2.0, right - left, height].map(number);
            let attributes =
                [("class", class.as_str()), ("x", &x), ("y", &top), ("width", &width), ("height", &height)];
            html.void("rect", &attributes).markup("</rect>");
        }
    }
    for (low, high) in &row.tight {
        // A set without an end goes on beyond the drawing.
        if low.is_infinite() {
            label(html, LEFT - 4.0, y + 4.0, "end", "←");
        }
        if high.is_infinite() {
            label(html, RIGHT + 4.0, y + 4.0, "start", "→");
        }
    }
}

fn axis(html: &mut Html, scale: &Scale, finding: &Finding) {
    line(html, "axis", [LEFT, 62.0, RIGHT, 62.0]);
    for (value, text) in scale.ticks() {
        let x = scale.place(value);
        line(html, "axis", [x, 62.0, x, 66.0]);
        label(html, x, 80.0, "middle", &text);
    }
    // What a p-value is compared with decides more than its digits.
    let is_p = finding.operands.last().is_some_and(|operand| operand.role.ends_with("p-value"));
    let threshold = if scale.logarithmic { libm::log10(0.05) } else { 0.05 };
    if is_p && (scale.low..=scale.high).contains(&threshold) {
        let x = scale.place(0.05);
        line(html, "threshold", [x, 10.0, x, 62.0]);
        label(html, x, 8.0, "middle", ".05");
    }
}

fn line(html: &mut Html, class: &'static str, ends: [f64; 4]) {
    let [x1, y1, x2, y2] = ends.map(number);
    let attributes = [("class", class), ("x1", x1.as_str()), ("y1", &y1), ("x2", &x2), ("y2", &y2)];
    html.void("line", &attributes).markup("</line>");
}

fn label(html: &mut Html, x: f64, y: f64, anchor: &'static str, text: &str) {
    let [x, y] = [x, y].map(number);
    html.leaf("text", &[("x", x.as_str()), ("y", &y), ("text-anchor", anchor)], text);
}

/// A place of a drawing, to a tenth.
pub(super) fn number(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}
