//! Presentation `MathML` as a line of text: what was set in two dimensions gets brackets, so that no number closes up with
//! another.
//!
//! The tree is not kept: this is the text that extraction reads, not a formula to compute with.

use super::raised::{lowered, raised};
use super::tree::{Element, Node};

/// What a piece of a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Operand,
    /// A word: the name of a function, or text.
    Word,
    Fraction,
    /// A sign with spaces on both sides.
    Relation,
    /// A sign that may belong to the number behind it.
    Sign,
    Comma,
    Open,
    Close,
    /// A sign that closes up with both sides.
    Glued,
    Space,
}

struct Piece {
    text: String,
    kind: Kind,
}

/// The text of a formula.
pub fn flatten(element: &Element) -> String {
    let mut out = Vec::new();
    children(element, &mut out);
    join(&out)
}

fn children(element: &Element, out: &mut Vec<Piece>) {
    for child in element.elements() {
        pieces(child, out);
    }
}

/// The text of the child at a place; empty where there is none.
fn part(element: &Element, at: usize) -> String {
    let mut out = Vec::new();
    if let Some(child) = element.elements().nth(at) {
        pieces(child, &mut out);
    }
    join(&out)
}

/// Whether a length is nought, in whatever unit: "0", "0pt", "0.0em".
fn is_nothing(length: &str) -> bool {
    let number = length.trim().trim_end_matches(|c: char| c.is_alphabetic() || c == '%');
    number.parse::<f64>().is_ok_and(|number| number == 0.0)
}

fn pieces(element: &Element, out: &mut Vec<Piece>) {
    let mut push = |text: String, kind: Kind| out.push(Piece { text, kind });
    match element.name.as_str() {
        "mi" | "mn" | "ms" | "mtext" | "cn" | "ci" => {
            let text = characters(element);
            let word = text.chars().count() > 1 && text.chars().any(char::is_alphabetic);
            push(text, if word { Kind::Word } else { Kind::Operand });
        }
        "mo" => push_operator(&characters(element), out),
        "mspace" => push(String::new(), Kind::Space),
        // Without a line it is no fraction but a binomial coefficient.
        "mfrac" if element.attribute("linethickness").is_some_and(is_nothing) => {
            push(format!("{} choose {}", bracketed(&part(element, 0)), bracketed(&part(element, 1))), Kind::Word);
        }
        "mfrac" => push(format!("{}/{}", bracketed(&part(element, 0)), bracketed(&part(element, 1))), Kind::Fraction),
        "msup" => {
            let base = based(element);
            let exponent = raised_part(&part(element, 1), &base);
            push(base + &exponent, Kind::Operand);
        }
        "msub" => push(based(element) + &lowered(&part(element, 1)), Kind::Operand),
        "msubsup" => {
            let base = based(element) + &lowered(&part(element, 1));
            let exponent = raised_part(&part(element, 2), &base);
            push(base + &exponent, Kind::Operand);
        }
        "msqrt" => push(format!("√({})", flatten(element)), Kind::Operand),
        "mroot" => push(format!("({})√({})", part(element, 1), part(element, 0)), Kind::Operand),
        "mfenced" => push(fenced(element), Kind::Operand),
        "mover" | "munder" => push(over_or_under(element), Kind::Operand),
        "munderover" => {
            push(format!("{}_({})^({})", part(element, 0), part(element, 1), part(element, 2)), Kind::Word);
        }
        "mtable" => push(rows(element), Kind::Operand),
        "mmultiscripts" => push(scripts(element), Kind::Operand),
        "semantics" | "maction" => {
            if let Some(first) = element.elements().next() {
                pieces(first, out);
            }
        }
        "annotation" | "annotation-xml" | "mphantom" | "maligngroup" | "malignmark" | "mprescripts" | "none"
        | "mglyph" => {}
        _ => children(element, out),
    }
}

/// The characters of a token, runs of white space as one space.
fn characters(element: &Element) -> String {
    let text = element.children.iter().map(|node| match node {
        Node::Text(text) => text.clone(),
        Node::Element(child) => child.text(),
    });
    let text: String = text.collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn push_operator(text: &str, out: &mut Vec<Piece>) {
    let kind = match text {
        // Invisible signs of application, multiplication and separation.
        "" | "\u{2061}" | "\u{2062}" | "\u{2063}" | "\u{2064}" | "&InvisibleTimes;" => return,
        "-" | "−" | "–" | "\u{2010}" | "+" | "±" | "∓" => Kind::Sign,
        "(" | "[" | "{" | "⟨" | "⌊" | "⌈" => Kind::Open,
        ")" | "]" | "}" | "⟩" | "⌋" | "⌉" => Kind::Close,
        "," | ";" => Kind::Comma,
        "=" | "<" | ">" | "≤" | "≥" | "≈" | "≠" | "≡" | "∼" | "~" | "≃" | "≅" | "∝" | "→" | "←" | "↔" | "⇒" | "∈"
        | "∉" | "⊂" | "⊆" | "×" | "·" | "⋅" | "÷" | "∗" | "*" | "≪" | "≫" | "⩽" | "⩾" | "∪" | "∩" | "∧" | "∨" | "≔"
        | ":=" => Kind::Relation,
        _ => Kind::Glued,
    };
    // The sign of a formula is a minus, whatever was typed.
    let text = if matches!(text, "-" | "–" | "\u{2010}") { "−" } else { text };
    out.push(Piece { text: text.to_owned(), kind });
}

/// The base of scripts, in brackets where it is more than one thing.
fn based(element: &Element) -> String {
    bracketed(&part(element, 0))
}

fn raised_part(text: &str, base: &str) -> String {
    let up = raised(text, base.chars().next_back());
    // A letter on the line behind a number or another letter would be a factor.
    if up == text.trim() && up.chars().any(char::is_alphanumeric) { format!("^({up})") } else { up }
}

/// A part that holds an operation, in brackets.
fn bracketed(text: &str) -> String {
    let whole = text.starts_with('(') && text.find(')') == Some(text.len() - 1);
    let compound = text.contains([' ', '/', ',', '+', '±']) || text.chars().skip(1).any(|sign| sign == '−');
    if compound && !whole { format!("({text})") } else { text.to_owned() }
}

fn fenced(element: &Element) -> String {
    let open = element.attribute("open").unwrap_or("(");
    let close = element.attribute("close").unwrap_or(")");
    let separator = element.attribute("separators").unwrap_or(",").chars().next();
    let parts: Vec<String> = (0..element.elements().count()).map(|at| part(element, at)).collect();
    let separator = separator.map_or_else(String::new, |separator| format!("{separator} "));
    format!("{open}{}{close}", parts.join(&separator))
}

fn over_or_under(element: &Element) -> String {
    let (base, script) = (part(element, 0), part(element, 1));
    let accent = match script.as_str() {
        "¯" | "‾" | "\u{304}" | "\u{305}" | "_" | "−" | "—" => Some('\u{304}'),
        "^" | "ˆ" | "\u{302}" => Some('\u{302}'),
        "~" | "˜" | "∼" | "\u{303}" => Some('\u{303}'),
        "˙" | "." | "\u{307}" => Some('\u{307}'),
        "→" | "⃗" => Some('\u{20D7}'),
        _ => None,
    };
    match accent {
        Some(accent) if base.chars().count() == 1 && element.name == "mover" => format!("{base}{accent}"),
        Some(_) => base,
        None if script.is_empty() => base,
        None if element.name == "munder" => format!("{base}_({script})"),
        None => format!("{base}^({script})"),
    }
}

/// The rows of a matrix or of aligned formulas, parted by semicolons.
fn rows(element: &Element) -> String {
    let row = |row: &Element| {
        let cells: Vec<String> = row.elements().map(flatten).filter(|cell| !cell.is_empty()).collect();
        cells.join(" ")
    };
    element.elements().map(row).filter(|row| !row.is_empty()).collect::<Vec<_>>().join("; ")
}

/// A base with scripts on both sides: "¹⁴C".
fn scripts(element: &Element) -> String {
    let mut sides = [String::new(), String::new()];
    let (mut side, mut at) = (1, 0);
    for child in element.elements().skip(1) {
        if child.name == "mprescripts" {
            (side, at) = (0, 0);
            continue;
        }
        let mut out = Vec::new();
        pieces(child, &mut out);
        let text = join(&out);
        sides[side] += &if at % 2 == 0 { lowered(&text) } else { raised(&text, None) };
        at += 1;
    }
    let [before, after] = sides;
    format!("{before}{}{after}", based(element))
}

/// A row as text.
fn join(pieces: &[Piece]) -> String {
    let mut out = String::new();
    let (mut before, mut spaced) = (None, false);
    for (at, piece) in pieces.iter().enumerate() {
        let leads = matches!(before, None | Some(Kind::Relation | Kind::Sign | Kind::Open | Kind::Comma));
        match piece.kind {
            Kind::Space => {}
            Kind::Sign if leads => out.push_str(&piece.text),
            Kind::Relation | Kind::Sign => around(&mut out, &piece.text),
            Kind::Comma => {
                out.push_str(&piece.text);
                let grouped =
                    piece.text == "," && out.trim_end_matches(',').ends_with(|last: char| last.is_ascii_digit());
                if !grouped || pieces.get(at + 1).is_some_and(|next| next.kind == Kind::Space) {
                    out.push(' ');
                }
            }
            Kind::Fraction => {
                let after = pieces[at + 1..].iter().find(|piece| piece.kind != Kind::Space).map(|piece| piece.kind);
                let alone = |side| matches!(side, None | Some(Kind::Relation | Kind::Sign | Kind::Comma));
                let [open, close] = if alone(before) && alone(after) { ["", ""] } else { ["(", ")"] };
                out.extend([open, piece.text.as_str(), close]);
            }
            kind => {
                let ends_word = before == Some(Kind::Word) || kind == Kind::Word;
                let letters = |text: &str, last: bool| {
                    let edge = if last { text.chars().next_back() } else { text.chars().next() };
                    edge.is_some_and(char::is_alphanumeric)
                };
                // "log x", and a gap of the setter between two things that would close up.
                if (ends_word || spaced) && letters(&out, true) && letters(&piece.text, false) {
                    out.push(' ');
                }
                out.push_str(&piece.text);
            }
        }
        spaced = piece.kind == Kind::Space;
        if !spaced {
            before = Some(piece.kind);
        }
    }
    out.trim().to_owned()
}

fn around(out: &mut String, sign: &str) {
    if !out.is_empty() && !out.ends_with(' ') {
        out.push(' ');
    }
    out.push_str(sign);
    out.push(' ');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::limits::ReadLimits;
    use crate::read::xml::tree::parse;

    fn flat(inner: &str) -> String {
        let root = parse(&format!("<math>{inner}</math>"), &ReadLimits::default(), &mut Vec::new()).expect("XML");
        flatten(&root)
    }

    #[test]
    fn results_read_as_in_print() {
        for (inner, expected) in [
            ("<mi>p</mi><mo>&lt;</mo><mn>0.05</mn>", "p < 0.05"),
            ("<mi>t</mi><mo>(</mo><mn>28</mn><mo>)</mo><mo>=</mo><mo>-</mo><mn>2.20</mn>", "t(28) = −2.20"),
            ("<mi>F</mi><mo>(</mo><mn>1</mn><mo>,</mo><mn>28</mn><mo>)</mo><mo>=</mo><mn>4.2</mn>", "F(1,28) = 4.2"),
            ("<msup><mi>χ</mi><mn>2</mn></msup><mo>=</mo><mn>4.2</mn>", "χ² = 4.2"),
            ("<mn>3</mn><mo>×</mo><msup><mn>10</mn><mrow><mo>−</mo><mn>5</mn></mrow></msup>", "3 × 10⁻⁵"),
            ("<mn>5</mn><mo>&#x2062;</mo><mi>x</mi><mo>-</mo><mn>1</mn>", "5x − 1"),
            ("<msub><mi>R</mi><mn>0</mn></msub><mo>±</mo><mn>0.5</mn>", "R₀ ± 0.5"),
            ("<mn>0</mn><mo>.</mo><mn>05</mn>", "0.05"),
            ("<mi>log</mi><mi>x</mi>", "log x"),
        ] {
            assert_eq!(flat(inner), expected);
        }
    }

    #[test]
    fn two_dimensions_get_brackets() {
        for (inner, expected) in [
            ("<mfrac><mn>1</mn><mn>2</mn></mfrac>", "1/2"),
            ("<mn>2</mn><mfrac><mn>1</mn><mn>2</mn></mfrac>", "2(1/2)"),
            ("<mfenced><mfrac linethickness=\"0\"><mn>8</mn><mn>2</mn></mfrac></mfenced>", "(8 choose 2)"),
            ("<mfrac linethickness=\"0.5pt\"><mn>8</mn><mn>2</mn></mfrac>", "8/2"),
            (
                "<mi>y</mi><mo>=</mo><mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mi>c</mi></mfrac>",
                "y = (a + b)/c",
            ),
            ("<msup><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mn>2</mn></msup>", "(a + b)²"),
            ("<msup><mi>e</mi><mrow><mo>-</mo><mn>0.5</mn></mrow></msup>", "e^(−0.5)"),
            ("<msup><mn>10</mn><mi>x</mi></msup>", "10^(x)"),
            ("<msqrt><mi>n</mi></msqrt>", "√(n)"),
            ("<mover><mi>x</mi><mo>¯</mo></mover>", "x\u{304}"),
            ("<mfenced><mi>a</mi><mi>b</mi></mfenced>", "(a, b)"),
            (
                "<mtable><mtr><mtd><mi>a</mi></mtd><mtd><mo>=</mo><mn>1</mn></mtd></mtr><mtr><mtd><mi>b</mi></mtd></mtr></mtable>",
                "a = 1; b",
            ),
            ("<semantics><mn>5</mn><annotation>five</annotation></semantics>", "5"),
            ("<mmultiscripts><mi>C</mi><mprescripts/><none/><mn>14</mn></mmultiscripts>", "¹⁴C"),
        ] {
            assert_eq!(flat(inner), expected);
        }
    }
}
