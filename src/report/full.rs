//! The report for people: every finding with its quote, the steps of its derivation, and the line that replays it.

use std::io::{self, Write};

use crate::document::Place;

use super::concise::{not_checked, weight};
use super::finding::{Finding, OperandReport, OutcomeName, ReportedSets};
use super::model::PaperReport;
use super::sink::{Header, Sink};
use super::summary::{self, Totals};
use super::{gather, paint, place_text, printable, quote};

/// Writes findings paper by paper and the coverage line at the end.
pub(super) struct Full<'w> {
    out: Box<dyn Write + 'w>,
    width: usize,
    all: bool,
}

/// The space that the frame takes at the left.
const FRAME: usize = 5;
/// Under which label a wrapped step goes on.
const LABEL: usize = 8;

impl<'w> Full<'w> {
    /// Lines are wrapped to `width` characters.
    pub(super) fn new(out: Box<dyn Write + 'w>, width: usize) -> Self {
        Self { out, width: width.clamp(40, 160), all: false }
    }

    fn finding(&mut self, paper: &PaperReport, finding: &Finding) -> io::Result<()> {
        let name = match finding.level {
            Some(_) if finding.part_of.is_some() => "for the same reason ".to_owned(),
            Some(level) => paint::level_name(level).to_owned(),
            None => weight(finding),
        };
        let head = paint::level(finding.level, &format!("{name}[{}]", finding.code));
        let message = paint::strong(&printable::one_line(&finding.message));
        let confidence = paint::confidence_name(finding.confidence);
        writeln!(self.out, "{head}: {message}  (confidence: {confidence})")?;
        let place = place_text::words(finding);
        let source = paint::strong(&printable::one_line(&paper.source));
        writeln!(self.out, "  {} {source}  {place}", paint::quiet("╭▸"))?;
        let operands: Vec<_> = finding.operands.iter().map(|operand| operand.span.range).collect();
        let bar = paint::quiet("│");
        for line in quote::wrap(&finding.quote, finding.range, &operands, self.width - FRAME) {
            writeln!(self.out, "  {bar}  {}", line.text)?;
            if !line.marks.is_empty() {
                writeln!(self.out, "  {bar}  {}", paint::level(finding.level, &line.marks))?;
            }
        }
        for (label, text) in steps(finding) {
            self.step("├", label, &text)?;
        }
        // What a reader could look at is asked only where something does not follow.
        let help = if finding.level.is_some() { printable::one_line(&finding.help) } else { String::new() };
        let help = if help.is_empty() { String::new() } else { format!("{help}; ") };
        self.step("╰", "help", &format!("{help}see `rederive explain {}`", finding.code))?;
        writeln!(self.out)
    }

    /// A labelled step, wrapped.
    fn step(&mut self, corner: &str, label: &str, text: &str) -> io::Result<()> {
        let room = self.width.saturating_sub(FRAME + LABEL).max(20);
        // The `eval` line is for copying, so it stays in one piece.
        let lines = if label == "eval" { vec![text.to_owned()] } else { wrap(text, room) };
        for (at, line) in lines.iter().enumerate() {
            if at == 0 {
                writeln!(self.out, "  {} {} {line}", paint::quiet(corner), paint::quiet(&format!("{label:<LABEL$}")))?;
            } else {
                let bar = if corner == "╰" { " ".to_owned() } else { paint::quiet("│") };
                writeln!(self.out, "  {bar} {:LABEL$} {line}", "")?;
            }
        }
        Ok(())
    }
}

impl Sink for Full<'_> {
    fn begin(&mut self, header: &Header) -> io::Result<()> {
        self.all = header.settings.all;
        Ok(())
    }

    fn paper(&mut self, paper: &PaperReport) -> io::Result<()> {
        let all = self.all;
        let own = paper.findings.iter().filter(|finding| finding.part_of.is_none());
        for finding in own.filter(|finding| all || finding.level.is_some()) {
            self.finding(paper, finding)?;
            for (_, part) in gather::parts(&paper.findings, finding) {
                self.finding(paper, part)?;
            }
        }
        if let Some(line) = not_checked(paper) {
            writeln!(self.out, "{line}")?;
        }
        for note in &paper.notes {
            let source = printable::one_line(&paper.source);
            writeln!(self.out, "{source}: {}: {}", paint::quiet("note"), printable::one_line(note))?;
        }
        self.out.flush()
    }

    fn end(&mut self, totals: &Totals) -> io::Result<()> {
        for line in summary::coverage_lines(totals) {
            writeln!(self.out, "{line}")?;
        }
        self.out.flush()
    }
}

/// The steps of the derivation, each with its label.
fn steps(finding: &Finding) -> Vec<(&'static str, String)> {
    let mut steps = Vec::new();
    if finding.outcome == OutcomeName::Observed {
        if !finding.innocent.is_empty() {
            steps.push(("unless", printable::one_line(&finding.innocent.join("; "))));
        }
        return steps;
    }
    if let Some((stated, given)) = finding.operands.split_last() {
        steps.extend(given.iter().map(|operand| ("given", operand_text(operand))));
        let text = operand_text(stated);
        steps.push(("stated", text.strip_prefix("stated ").unwrap_or(&text).to_owned()));
    }
    steps.push(("apply", printable::one_line(&finding.relation)));
    if finding.outcome != OutcomeName::NotChecked {
        steps.push(("compare", comparison(finding)));
    }
    if let Some(cause) = &finding.cause {
        steps.push(("cause", format!("would follow with {}", printable::one_line(&cause.words))));
    }
    if let Some(shared) = &finding.shared {
        steps.push(("shared", printable::one_line(&shared.words)));
    }
    if let Some(reason) = &finding.reason {
        steps.push(("because", printable::one_line(reason)));
    }
    if finding.level.is_some() && !finding.innocent.is_empty() {
        steps.push(("unless", printable::one_line(&finding.innocent.join("; "))));
    }
    steps.push(("eval", printable::one_line(&finding.eval)));
    steps
}

/// `body mass: 60 kg ∈ [59.5, 60.5]`.
fn operand_text(operand: &OperandReport) -> String {
    let quote = printable::one_line(&operand.span.quote);
    let role = printable::one_line(&operand.role);
    let tight = &operand.sets.tight.short;
    // A count is itself, so that its set would say nothing.
    if tight.starts_with('{') && !tight.contains('∪') {
        return format!("{role}: {quote}, exactly{}", elsewhere(operand));
    }
    format!("{role}: {quote} ∈ {}{}", set_text(tight, &operand.sets), elsewhere(operand))
}

/// Where an operand stands that is not in the quote, with the words around it; empty for any other.
fn elsewhere(operand: &OperandReport) -> String {
    let Some(around) = &operand.around else { return String::new() };
    let place = match operand.span.places.first() {
        Some(Place::Box { page, .. }) => format!("p. {page}, "),
        Some(Place::Line { line, .. }) => format!("line {line}, "),
        _ => String::new(),
    };
    let passage = format!("{}{}{}", around.before, operand.span.quote, around.after);
    format!("; {place}… {} …", printable::one_line(passage.trim()))
}

/// How the two sides compare, tight first; the wide sets too where they decide.
fn comparison(finding: &Finding) -> String {
    let (stated, derived) = (&finding.stated, &finding.derived);
    let pair = |stated_set: &str, derived_set: &str, verb: &str| {
        format!("stated {} {verb} derived {}", set_text(stated_set, stated), set_text(derived_set, derived))
    };
    match finding.outcome {
        OutcomeName::Consistent => pair(&stated.tight.short, &derived.tight.short, "meets"),
        OutcomeName::Inconsistent => format!(
            "{}; allowing for every rounding habit, stated {}, derived {}; {} tried",
            pair(&stated.tight.short, &derived.tight.short, "does not meet"),
            set_text(&stated.wide.short, stated),
            set_text(&derived.wide.short, derived),
            summary::plural(finding.readings_tried, "reading"),
        ),
        OutcomeName::Undecided | OutcomeName::NotChecked | OutcomeName::Observed => {
            pair(&stated.tight.short, &derived.tight.short, "beside")
        }
    }
}

/// A set with its unit.
fn set_text(set: &str, sets: &ReportedSets) -> String {
    if sets.unit.is_empty() { set.to_owned() } else { format!("{set} {}", printable::one_line(&sets.unit)) }
}

/// Breaks text at spaces into lines of at most `width` characters; a longer word has a line of its own.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut length = 0;
    for word in text.split(' ') {
        let word_length = word.chars().count();
        if length > 0 && length + 1 + word_length > width {
            lines.push(String::new());
            length = 0;
        }
        if let Some(line) = lines.last_mut() {
            if length > 0 {
                line.push(' ');
                length += 1;
            }
            line.push_str(word);
            length += word_length;
        }
    }
    lines
}
