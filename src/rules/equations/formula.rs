//! Formulas in a skeleton: products, quotients, sums and brackets of quantities, read from the signs between them.
//!
//! A formula is read as a whole or not at all: a letter, a digit that is no quantity or a dangling sign beside it means
//! that something else is printed there (a model, a symbol, a design), and the reader gives nothing.

use crate::derive::Expression;
use crate::extract::QuantityIx;
use crate::rules::Skeleton;
use crate::rules::skeleton::is_placeholder;

/// How deep brackets may nest, and how many signs a formula may have.
const MOST_TOKENS: usize = 64;

/// A sign or a quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token {
    Quantity(QuantityIx),
    Plus,
    Minus,
    Times,
    Over,
    Open,
    Close,
    /// A function of mathematics, before its bracket.
    Function(&'static str),
}

/// The functions that formulas in running text use, by their names.
const FUNCTIONS: [&str; 3] = ["exp", "ln", "sqrt"];

/// Other names of functions: a formula behind one of them is only its argument.
const OTHER_FUNCTIONS: [&str; 23] = [
    "log", "lg", "lb", "sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh",
    "root", "cbrt", "median", "logit", "probit", "expit", "gamma", "erf",
];

/// What a text names a function of, in words: "the square root of 4/9".
const WORDED_FUNCTIONS: [&str; 12] = [
    "root",
    "roots",
    "logarithm",
    "log",
    "exponential",
    "square",
    "cube",
    "power",
    "inverse",
    "reciprocal",
    "mean",
    "average",
];

/// Short words of prose that may stand before a bracket; another short word there is the name of a function.
const SHORT_WORDS: [&str; 43] = [
    "a", "about", "after", "also", "and", "are", "as", "at", "be", "but", "by", "dose", "from", "gave", "get", "gives",
    "had", "has", "have", "here", "if", "in", "is", "only", "of", "on", "or", "over", "so", "than", "that", "the",
    "then", "this", "thus", "to", "total", "used", "was", "were", "where", "which", "with",
];

/// The longest name of a function that is not in the lists.
const LONGEST_NAME: usize = 5;

/// A formula with the quantities in it, in order: the expression's operands index this list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Formula {
    /// The program.
    pub expression: Expression,
    /// Its quantities.
    pub quantities: Vec<QuantityIx>,
    /// How many operators it has.
    pub operators: usize,
    /// Where it starts and ends in the skeleton's text, in bytes.
    pub bytes: (usize, usize),
}

/// The token that a character is by itself; letters `x` and `X` are a sign only between spaces, which the caller knows.
fn sign(character: char) -> Option<Token> {
    match character {
        '+' => Some(Token::Plus),
        '−' | '–' | '-' | '\u{2010}' | '\u{2012}' => Some(Token::Minus),
        '×' | '·' | '⋅' | '∙' | '*' | '∗' | '✕' | '•' => Some(Token::Times),
        '/' | '÷' | '∕' => Some(Token::Over),
        '(' | '[' => Some(Token::Open),
        ')' | ']' => Some(Token::Close),
        _ => None,
    }
}

/// The formula that ends right before byte `end` of the skeleton's text.
pub fn ending_at(skeleton: &Skeleton, end: usize) -> Option<Formula> {
    let text = &skeleton.text[..end];
    let (tokens, start) = collect(skeleton, text.char_indices().rev(), true)?;
    let before = text[..start].trim_end();
    if !may_stand_before(before, tokens.first() == Some(&Token::Open)) {
        return None;
    }
    finish(tokens, (start, end))
}

/// The formula that begins right after byte `start` of the skeleton's text.
pub fn starting_at(skeleton: &Skeleton, start: usize) -> Option<Formula> {
    let text = &skeleton.text;
    let indices = text[start..].char_indices().map(|(byte, character)| (start + byte, character));
    let (tokens, end) = collect(skeleton, indices, false)?;
    if !may_stand_behind(&text[end..]) {
        return None;
    }
    finish(tokens, (start, end))
}

/// Collects tokens in one direction until something else comes; gives them in text order with the outer end's byte.
fn collect(
    skeleton: &Skeleton,
    characters: impl Iterator<Item = (usize, char)>,
    backwards: bool,
) -> Option<(Vec<Token>, usize)> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut words = 0_usize;
    let mut outer = None;
    let mut depth = 0_i32;
    let mut letters = 0_usize;
    for (byte, character) in characters {
        if letters > 0 {
            letters -= 1;
            outer = Some(if backwards { byte } else { byte + character.len_utf8() });
            continue;
        }
        let token = if is_placeholder(character) {
            skeleton.quantity(character).map(Token::Quantity)
        } else if character == ' ' {
            continue;
        } else if matches!(character, 'x' | 'X') && is_sign_x(&skeleton.text, byte) {
            Some(Token::Times)
        } else {
            sign(character)
        };
        // The letters of a function stand before its bracket: going backwards, behind it.
        let function = if backwards {
            (token == Some(Token::Open)).then(|| function_before(&skeleton.text[..byte])).flatten()
        } else {
            function_at(&skeleton.text, byte)
        };
        let token = if backwards { token } else { token.or(function.map(|(name, _)| Token::Function(name))) };
        let Some(token) = token else {
            // Words may stand behind a quantity and before the next sign: "60 kg body weight × …".
            if is_label(character) && words < 30 && label_may_stand(&tokens, backwards) {
                words += 1;
                continue;
            }
            break;
        };
        if tokens.len() >= MOST_TOKENS {
            return None;
        }
        match (token, backwards) {
            (Token::Open, true) | (Token::Close, false) => depth -= 1,
            (Token::Open, false) | (Token::Close, true) => depth += 1,
            _ => {}
        }
        if depth < 0 {
            break;
        }
        // Labels that did not lead to another sign of this formula are no part of it.
        if words > 0 && !joins(token, backwards) {
            break;
        }
        words = 0;
        tokens.push(token);
        if let Some((name, length)) = function {
            letters = if backwards { length } else { length - 1 };
            if backwards {
                tokens.push(Token::Function(name));
            }
        }
        outer = Some(if backwards { byte } else { byte + character.len_utf8() });
    }
    if backwards {
        tokens.reverse();
    }
    Some((tokens, outer?))
}

/// The function whose letters end a text, with the number of characters to the text's end: "sqrt (4)" has a space.
fn function_before(text: &str) -> Option<(&'static str, usize)> {
    let trimmed = text.trim_end_matches(' ');
    let name = FUNCTIONS.into_iter().find(|name| {
        trimmed.strip_suffix(name).is_some_and(|before| !before.chars().next_back().is_some_and(char::is_alphanumeric))
    })?;
    Some((name, name.len() + text.len() - trimmed.len()))
}

/// The function whose letters and bracket stand at `byte`, with the number of characters up to the bracket.
fn function_at(text: &str, byte: usize) -> Option<(&'static str, usize)> {
    let free = !text[..byte].chars().next_back().is_some_and(char::is_alphanumeric);
    FUNCTIONS.into_iter().filter(|_| free).find_map(|name| {
        let rest = text[byte..].strip_prefix(name)?;
        let spaces = rest.len() - rest.trim_start_matches(' ').len();
        rest[spaces..].starts_with('(').then_some((name, name.len() + spaces))
    })
}

/// Whether an `x` at `byte` stands between spaces or quantities, so that it is a sign of multiplication.
fn is_sign_x(text: &str, byte: usize) -> bool {
    let before = text[..byte].chars().next_back();
    let after = text[byte + 1..].chars().next();
    let beside = |c: Option<char>| c.is_some_and(|c| c == ' ' || is_placeholder(c) || matches!(c, '(' | ')'));
    beside(before) && beside(after)
}

/// Whether a character may be part of a word that labels a quantity.
fn is_label(character: char) -> bool {
    character.is_alphabetic() || matches!(character, '\'' | '’')
}

/// Whether a word may come next: behind a quantity in text order, which going backwards means before a sign.
fn label_may_stand(tokens: &[Token], backwards: bool) -> bool {
    match tokens.last() {
        Some(Token::Quantity(_)) => !backwards,
        Some(Token::Plus | Token::Times | Token::Over | Token::Close) => backwards,
        _ => false,
    }
}

/// Whether a token may come after label words, going outward.
fn joins(token: Token, backwards: bool) -> bool {
    if backwards {
        matches!(token, Token::Quantity(_))
    } else {
        matches!(token, Token::Plus | Token::Times | Token::Over | Token::Close)
    }
}

/// Whether a formula may begin behind this text: behind a word, an opening bracket, an equals sign or nothing, but not
/// behind a letter, digit, sign or name of a function that would be part of it.
fn may_stand_before(before: &str, in_bracket: bool) -> bool {
    let Some(last) = before.chars().next_back() else { return true };
    if matches!(last, '=' | '≈' | ':' | ',' | ';' | '(' | '[' | '{' | '"' | '“') {
        return true;
    }
    if last.is_alphabetic() {
        // A word of two letters or more, or "a" and "I" of prose; a single letter is a symbol.
        let mut words = before.rsplit(|c: char| !(c.is_alphanumeric() || c == '_'));
        let word = words.next().unwrap_or_default();
        let is_word = word.chars().count() > 1 && word.chars().all(char::is_alphabetic) || word == "a";
        return is_word && !is_function(word, words.next().unwrap_or_default(), in_bracket);
    }
    false
}

/// Whether a word takes the formula behind it as its argument: by its name, as the end of "the square root of", or as a
/// short word in small letters before a bracket that is no word of prose.
fn is_function(word: &str, word_before: &str, in_bracket: bool) -> bool {
    let lower = word.to_lowercase();
    let named = |list: &[&str], name: &str| list.contains(&name);
    let in_words = lower == "of" && named(&WORDED_FUNCTIONS, &word_before.to_lowercase());
    let short = in_bracket && word == lower && word.chars().count() <= LONGEST_NAME && !named(&SHORT_WORDS, &lower);
    in_words || short || named(&FUNCTIONS, &lower) || named(&OTHER_FUNCTIONS, &lower)
}

/// Whether a formula may end before this text.
fn may_stand_behind(after: &str) -> bool {
    let Some(first) = after.trim_start().chars().next() else { return true };
    let adjacent = !after.starts_with(' ');
    if matches!(first, '.' | ',' | ';' | ':' | ')' | ']' | '}' | '(' | '[' | '"' | '”' | '?' | '=' | '—') {
        return true;
    }
    first.is_alphabetic() && !adjacent
}

/// Reads the tokens as a formula with the usual precedence.
fn finish(tokens: Vec<Token>, bytes: (usize, usize)) -> Option<Formula> {
    let mut parser = Parser { tokens, at: 0, quantities: Vec::new(), operators: 0 };
    let expression = parser.sum()?;
    let whole = parser.at == parser.tokens.len();
    whole.then_some(Formula { expression, quantities: parser.quantities, operators: parser.operators, bytes })
}

struct Parser {
    tokens: Vec<Token>,
    at: usize,
    quantities: Vec<QuantityIx>,
    operators: usize,
}

impl Parser {
    fn peek(&self) -> Option<Token> {
        self.tokens.get(self.at).copied()
    }

    fn sum(&mut self) -> Option<Expression> {
        let mut left = self.product()?;
        while let Some(token @ (Token::Plus | Token::Minus)) = self.peek() {
            self.at += 1;
            self.operators += 1;
            let right = self.product()?;
            left = Expression::call(if token == Token::Plus { "+" } else { "-" }, [left, right]);
        }
        Some(left)
    }

    fn product(&mut self) -> Option<Expression> {
        let mut left = self.atom()?;
        while let Some(token @ (Token::Times | Token::Over)) = self.peek() {
            self.at += 1;
            self.operators += 1;
            let right = self.atom()?;
            left = Expression::call(if token == Token::Times { "*" } else { "/" }, [left, right]);
        }
        Some(left)
    }

    /// A quantity or a bracket; the depth is bounded by the number of tokens.
    fn atom(&mut self) -> Option<Expression> {
        let token = self.peek()?;
        self.at += 1;
        match token {
            Token::Quantity(quantity) => {
                self.quantities.push(quantity);
                Some(Expression::operand(self.quantities.len() - 1))
            }
            Token::Open => {
                let inside = self.sum()?;
                let closed = self.peek() == Some(Token::Close);
                self.at += 1;
                closed.then_some(inside)
            }
            Token::Function(name) => {
                self.operators += 1;
                let opens = self.peek() == Some(Token::Open);
                let argument = opens.then(|| self.atom()).flatten()?;
                Some(Expression::call(name, [argument]))
            }
            _ => None,
        }
    }
}
