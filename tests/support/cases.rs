//! Literate cases: prose with fenced blocks, each a passage with the outcomes that a rule must reach on it.
//!
//! The fence's first line is ```` ```text ```` and the outcomes in the order of the text, parted by commas:
//! `consistent`, `note`, `warning`, `error`, `undecided`, `not-checked`, or `silent` where nothing may be proposed. Behind an
//! outcome may stand `(decides otherwise)` or `(decides alike)`, for a p-value at the level of significance in question.

/// A passage and what is expected of it.
pub struct Case {
    /// The heading above it.
    pub title: String,
    /// The line of its fence, counted from 1.
    pub line: usize,
    /// The passage.
    pub text: String,
    /// The outcomes by name, sorted by place; empty for `silent`.
    pub expected: Vec<String>,
}

/// The cases of a file.
pub fn parse(markdown: &str) -> Vec<Case> {
    let mut cases = Vec::new();
    let mut title = String::new();
    let mut lines = markdown.lines().enumerate();
    while let Some((at, line)) = lines.next() {
        if let Some(heading) = line.strip_prefix("## ") {
            heading.clone_into(&mut title);
        }
        let Some(names) = line.strip_prefix("```text") else { continue };
        let expected = names.split(',').map(str::trim).filter(|name| *name != "silent").map(str::to_owned).collect();
        let body: Vec<&str> = lines.by_ref().map(|(_, line)| line).take_while(|line| *line != "```").collect();
        cases.push(Case { title: title.clone(), line: at + 1, text: body.join("\n"), expected });
    }
    cases
}
