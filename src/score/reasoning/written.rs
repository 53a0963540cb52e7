//! Passages with what is right in them, as files of `corpora/windows`: prose with fences.
//!
//! The first line of a fence names the derivation of the value, or `none`. Lines of a key and a value follow, then an empty line and
//! the passage, in which `{= 12 kg}` is the value in question and `{a: 3 kg}` a value with a letter.

use std::collections::BTreeMap;

use thiserror::Error;

use crate::document::TextRange;

use super::derivation::Derivation;

/// How a fence begins.
const FENCE: &str = "```window ";

/// A passage, where the value in question and the others stand in it, and what it follows from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenWindow {
    /// The line of the file at which it begins.
    pub line: usize,
    /// The passage without its marks, on one line.
    pub text: String,
    /// The characters of the value in question.
    pub target: TextRange,
    /// The characters of the values with letters.
    pub letters: BTreeMap<char, TextRange>,
    /// The derivation; nothing where the value follows from none of the others.
    pub derivation: Option<Derivation>,
    /// Derivations that a hasty reader might take.
    pub wrong: Vec<Derivation>,
    /// The value as a slip would print it.
    pub slip: Option<String>,
    /// Why it is as it is.
    pub note: Option<String>,
}

/// Why a file of passages cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("line {line}: {message}")]
pub struct WrittenError {
    /// The line at which the fence begins.
    pub line: usize,
    /// What is amiss, as a lower-case fragment.
    pub message: String,
}

/// The passages of a file, in their order.
pub fn written_windows(text: &str) -> Result<Vec<WrittenWindow>, WrittenError> {
    let mut found = Vec::new();
    let mut lines = text.lines().enumerate();
    while let Some((at, line)) = lines.next() {
        let Some(derivation) = line.strip_prefix(FENCE) else { continue };
        let line = at + 1;
        let body: Vec<&str> = lines.by_ref().map(|(_, line)| line).take_while(|line| *line != "```").collect();
        found.push(window(derivation, &body).map_err(|message| WrittenError { line, message })?.at(line));
    }
    Ok(found)
}

impl WrittenWindow {
    fn at(self, line: usize) -> Self {
        Self { line, ..self }
    }

    /// The same passage with the slip in the place of the value; nothing where it has none.
    pub fn slipped(&self) -> Option<Self> {
        let slip = self.slip.as_ref()?;
        let (before, rest): (String, String) =
            (self.text.chars().take(self.target.start).collect(), self.text.chars().skip(self.target.end).collect());
        let longer = slip.chars().count();
        let moved = |range: TextRange| {
            let shift = |place: usize| {
                if place > self.target.start { place + longer + self.target.start - self.target.end } else { place }
            };
            TextRange::new(shift(range.start), shift(range.end))
        };
        Some(Self {
            text: [&before, slip.as_str(), &rest].concat(),
            target: TextRange::new(self.target.start, self.target.start + longer),
            letters: self.letters.iter().map(|(letter, range)| (*letter, moved(*range))).collect(),
            ..self.clone()
        })
    }
}

fn window(derivation: &str, body: &[&str]) -> Result<WrittenWindow, String> {
    let end = body.iter().position(|line| line.is_empty()).ok_or("no empty line before the passage")?;
    let parsed = |text: &str| Derivation::parse(text.trim()).map_err(|error| format!("`{text}`: {error}"));
    let derivation = if derivation.trim() == "none" { None } else { Some(parsed(derivation)?) };
    let (mut wrong, mut slip, mut note) = (Vec::new(), None, None);
    for line in &body[..end] {
        match line.split_once(": ") {
            Some(("wrong", list)) => wrong = list.split(';').map(parsed).collect::<Result<_, _>>()?,
            Some(("slip", text)) => slip = Some(text.to_owned()),
            Some(("note", text)) => note = Some(text.to_owned()),
            _ => return Err(format!("`{line}` is not understood")),
        }
    }
    let (text, target, letters) = unmarked(&body[end..].join(" "))?;
    let used = derivation.iter().chain(&wrong).flat_map(Derivation::letters);
    if let Some(letter) = used.into_iter().find(|letter| !letters.contains_key(letter)) {
        return Err(format!("no value has the letter {letter}"));
    }
    let target = target.ok_or("no value is in question")?;
    Ok(WrittenWindow { line: 0, text, target, letters, derivation, wrong, slip, note })
}

/// A passage without its marks, and where they stood, in characters.
#[expect(clippy::type_complexity, reason = "three things that are found in one pass, named where they are taken apart")]
fn unmarked(passage: &str) -> Result<(String, Option<TextRange>, BTreeMap<char, TextRange>), String> {
    let (mut text, mut target, mut letters) = (String::new(), None, BTreeMap::new());
    let mut rest = passage.trim();
    while let Some((before, marked)) = rest.split_once('{') {
        let (inner, after) = marked.split_once('}').ok_or("a mark does not end")?;
        text.push_str(before);
        let start = text.chars().count();
        let (letter, shown) = if let Some(shown) = inner.strip_prefix("= ") {
            (None, shown)
        } else {
            let (letter, shown) = inner.split_once(": ").ok_or_else(|| format!("`{inner}` is no mark"))?;
            (Some(letter.parse::<char>().map_err(|_| format!("`{letter}` is no letter"))?), shown)
        };
        text.push_str(shown);
        let range = TextRange::new(start, text.chars().count());
        let twice = match letter {
            None => target.replace(range).is_some(),
            Some(letter) => letters.insert(letter, range).is_some(),
        };
        if twice {
            return Err(format!("`{inner}` stands for what another mark stands for"));
        }
        rest = after;
    }
    text.push_str(rest);
    Ok((text, target, letters))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "# Loads\n\n```window a + b\nwrong: a - b\nslip: 16 kg\n\nRope of {a: 3 kg} and\ntar of {b: 4 kg} weigh {= 7 kg}.\n```\n";

    #[test]
    fn a_passage_is_read_with_its_marks() {
        let windows = written_windows(FILE).expect("a file");
        let window = &windows[0];
        assert_eq!((window.line, window.text.as_str()), (3, "Rope of 3 kg and tar of 4 kg weigh 7 kg."));
        let shown = |range: TextRange| &window.text[range.start..range.end];
        assert_eq!((shown(window.target), shown(window.letters[&'b'])), ("7 kg", "4 kg"));
        let slipped = window.slipped().expect("a slip");
        assert_eq!(slipped.text, "Rope of 3 kg and tar of 4 kg weigh 16 kg.");
        assert_eq!(&slipped.text[slipped.target.start..slipped.target.end], "16 kg");
    }

    #[test]
    fn what_is_wrong_in_a_file_is_told_with_its_line() {
        let told = |from: &str, to: &str| written_windows(&FILE.replace(from, to)).expect_err("an error").to_string();
        assert_eq!(told("{b: 4 kg}", "4 kg"), "line 3: no value has the letter b");
        assert_eq!(told("{= 7 kg}", "7 kg"), "line 3: no value is in question");
        assert_eq!(told("{b:", "{a:"), "line 3: `a: 4 kg` stands for what another mark stands for");
        assert_eq!(told("slip:", "slop:"), "line 3: `slop: 16 kg` is not understood");
        assert!(told("a + b", "a +").starts_with("line 3: `a +`: "));
    }
}
