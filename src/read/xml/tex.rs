//! Small TeX as a line of text, for files that give a formula in no other form.
//!
//! Only what stands in results is known: signs, Greek letters, scripts, fractions. The name of any other command stays in
//! the text, so that nothing is read that was not understood. Nothing is expanded.

use super::raised::{lowered, raised};

/// Commands and what they print.
const COMMANDS: &[(&str, &str)] = &[
    ("times", " × "),
    ("cdot", " · "),
    ("pm", " ± "),
    ("mp", " ∓ "),
    ("div", " ÷ "),
    ("ast", " ∗ "),
    ("leq", " ≤ "),
    ("le", " ≤ "),
    ("leqslant", " ≤ "),
    ("geq", " ≥ "),
    ("ge", " ≥ "),
    ("geqslant", " ≥ "),
    ("neq", " ≠ "),
    ("ne", " ≠ "),
    ("approx", " ≈ "),
    ("simeq", " ≃ "),
    ("sim", "∼"),
    ("equiv", " ≡ "),
    ("propto", " ∝ "),
    ("lt", " < "),
    ("gt", " > "),
    ("ll", " ≪ "),
    ("gg", " ≫ "),
    ("in", " ∈ "),
    ("to", " → "),
    ("rightarrow", " → "),
    ("infty", "∞"),
    ("sum", "∑"),
    ("prod", "∏"),
    ("int", "∫"),
    ("partial", "∂"),
    ("nabla", "∇"),
    ("circ", "°"),
    ("degree", "°"),
    ("prime", "′"),
    ("percent", "%"),
    ("alpha", "α"),
    ("beta", "β"),
    ("gamma", "γ"),
    ("delta", "δ"),
    ("epsilon", "ε"),
    ("varepsilon", "ε"),
    ("zeta", "ζ"),
    ("eta", "η"),
    ("theta", "θ"),
    ("kappa", "κ"),
    ("lambda", "λ"),
    ("mu", "µ"),
    ("upmu", "µ"),
    ("nu", "ν"),
    ("xi", "ξ"),
    ("pi", "π"),
    ("rho", "ρ"),
    ("sigma", "σ"),
    ("tau", "τ"),
    ("phi", "φ"),
    ("varphi", "φ"),
    ("chi", "χ"),
    ("psi", "ψ"),
    ("omega", "ω"),
    ("Gamma", "Γ"),
    ("Delta", "Δ"),
    ("Theta", "Θ"),
    ("Lambda", "Λ"),
    ("Pi", "Π"),
    ("Sigma", "Σ"),
    ("Phi", "Φ"),
    ("Psi", "Ψ"),
    ("Omega", "Ω"),
    ("ldots", "…"),
    ("dots", "…"),
    ("cdots", "…"),
    ("log", "log "),
    ("ln", "ln "),
    ("exp", "exp"),
    ("min", "min"),
    ("max", "max"),
    ("quad", " "),
    ("qquad", " "),
    ("left", ""),
    ("right", ""),
    ("displaystyle", ""),
    ("textstyle", ""),
    ("limits", ""),
    ("nolimits", ""),
    ("big", ""),
    ("Big", ""),
    ("bigg", ""),
    ("Bigg", ""),
    ("rm", ""),
    ("it", ""),
    ("bf", ""),
    ("nonumber", ""),
    ("hfill", " "),
    ("langle", "⟨"),
    ("rangle", "⟩"),
];

/// Commands that only set the look of their argument.
const LOOKS: &[&str] = &[
    "mathrm",
    "mathit",
    "mathbf",
    "mathsf",
    "mathtt",
    "mathcal",
    "mathbb",
    "boldsymbol",
    "text",
    "textit",
    "textbf",
    "textrm",
    "mbox",
    "hbox",
    "operatorname",
    "bar",
    "hat",
    "tilde",
    "overline",
    "vec",
    "ensuremath",
    "boldmath",
    "begin",
    "end",
    "mathop",
    "mathrel",
];

/// How deep groups are followed; deeper ones are left as they are.
const DEEPEST: usize = 24;

/// The text of a formula in TeX.
pub fn flatten(source: &str) -> String {
    // Some files wrap each formula in a document of its own.
    let body = source.split_once("\\begin{document}").map_or(source, |(_, rest)| rest);
    let body = body.split_once("\\end{document}").map_or(body, |(inner, _)| inner);
    let characters: Vec<char> = body.trim().chars().filter(|character| *character != '$').collect();
    let mut reader = Reader { characters: &characters, at: 0 };
    let text = reader.until_end(0);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

struct Reader<'c> {
    characters: &'c [char],
    at: usize,
}

impl Reader<'_> {
    fn next(&mut self) -> Option<char> {
        let next = self.characters.get(self.at).copied();
        self.at += usize::from(next.is_some());
        next
    }

    /// What stands up to the end of the group.
    fn until_end(&mut self, depth: usize) -> String {
        let mut out = String::new();
        while let Some(character) = self.next() {
            match character {
                '}' if depth > 0 => break,
                '{' | '}' if depth >= DEEPEST => out.push(character),
                '{' => out.push_str(&self.until_end(depth + 1)),
                '}' | '&' => {}
                '~' => out.push(' '),
                '-' => out.push('−'),
                '=' | '<' | '>' => {
                    out.push(' ');
                    out.push(character);
                    out.push(' ');
                }
                '\\' => self.command(&mut out, depth),
                '^' => {
                    let text = self.argument(depth);
                    let up = raised(&text, out.chars().next_back());
                    let plain = up == text.trim() && up.chars().any(char::is_alphanumeric);
                    let [open, close] = if plain { ["^(", ")"] } else { ["", ""] };
                    out.extend([open, up.as_str(), close]);
                }
                '_' => {
                    let text = self.argument(depth);
                    out.push_str(&lowered(&text));
                }
                other => out.push(other),
            }
        }
        out
    }

    /// The group or the single thing that comes next.
    fn argument(&mut self, depth: usize) -> String {
        while self.characters.get(self.at).is_some_and(|next| next.is_whitespace()) {
            self.at += 1;
        }
        match self.next() {
            Some('{') if depth < DEEPEST => self.until_end(depth + 1),
            Some('\\') => {
                let mut out = String::new();
                self.command(&mut out, depth + 1);
                out
            }
            Some('-') => "−".to_owned(),
            Some(other) => other.to_string(),
            None => String::new(),
        }
    }

    /// What a command prints.
    fn command(&mut self, out: &mut String, depth: usize) {
        let start = self.at;
        while self.characters.get(self.at).is_some_and(char::is_ascii_alphabetic) {
            self.at += 1;
        }
        if self.at == start {
            match self.next() {
                Some('\\') => out.push_str("; "),
                Some(',' | ';' | ':' | ' ' | '!' | '/') | None => out.push(' '),
                Some(other) => out.push(other),
            }
            return;
        }
        let name: String = self.characters[start..self.at].iter().collect();
        if depth >= DEEPEST {
            out.push_str(&name);
        } else if let Some((_, text)) = COMMANDS.iter().find(|(known, _)| *known == name) {
            out.push_str(text);
        } else if matches!(name.as_str(), "frac" | "dfrac" | "tfrac") {
            let (above, below) = (self.argument(depth), self.argument(depth));
            out.extend(["(", above.trim(), ")/(", below.trim(), ")"]);
        } else if name == "sqrt" {
            let inner = self.argument(depth);
            out.extend(["√(", inner.trim(), ")"]);
        } else if matches!(name.as_str(), "begin" | "end" | "label" | "tag" | "hspace" | "vspace") {
            self.argument(depth);
        } else if LOOKS.contains(&name.as_str()) {
            let inner = self.argument(depth);
            out.push_str(&inner);
        } else {
            out.extend([" ", name.as_str(), " "]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_read_as_in_print() {
        for (source, expected) in [
            ("\\chi^{2}(1) = 4.2,\\ p \\lt .05", "χ²(1) = 4.2, p < .05"),
            ("$3\\times 10^{-5}$", "3 × 10⁻⁵"),
            ("\\documentclass{minimal} \\begin{document}$$R_{0}=2.5$$\\end{document}", "R₀ = 2.5"),
            ("\\frac{a+b}{2}", "(a+b)/(2)"),
            ("10^{x}", "10^(x)"),
            ("\\mathrm{kg}\\,\\text{m}^{-2}", "kg m⁻²"),
            ("5\\%", "5%"),
            ("\\nobody{3}", "nobody 3"),
            ("-0.5", "−0.5"),
        ] {
            assert_eq!(flatten(source), expected, "{source}");
        }
    }

    #[test]
    fn broken_and_deep_groups_end() {
        for source in
            ["{".repeat(100_000), "^".repeat(1_000), "\\frac".repeat(5_000), "}}}5".to_owned(), "\\".to_owned()]
        {
            flatten(&source);
        }
    }
}
