//! What a run may spend on a model: tokens that are counted before they are spent, seconds, money.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// What a run may spend. Without a number there is no limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Budget {
    /// Tokens, as they are counted before a question is asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tokens: Option<u64>,
    /// Seconds that are spent on asking.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seconds: Option<u64>,
    /// Money, in millionths of a unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost: Option<u64>,
    /// What a million tokens cost, in millionths of the same unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<u64>,
}

/// Why words are no budget.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum BudgetError {
    /// A word is not a name with a number.
    #[error("`{0}` is none of tokens=N, seconds=N, cost=AMOUNT, price=AMOUNT")]
    Word(String),
    /// Tokens have no price.
    #[error("cost=AMOUNT needs price=AMOUNT, what a million tokens cost")]
    NoPrice,
}

impl Budget {
    /// The budget in words such as `tokens=200000`, `cost=0.50`, `price=0.15`.
    pub fn parse(words: &[String]) -> Result<Self, BudgetError> {
        let mut budget = Self::default();
        for word in words {
            let wrong = || BudgetError::Word(word.clone());
            let (name, number) = word.split_once('=').ok_or_else(wrong)?;
            let whole = || number.trim().parse::<u64>().map_err(|_| wrong());
            let amount = || millionths(number.trim()).ok_or_else(wrong);
            match name.trim() {
                "tokens" => budget.tokens = Some(whole()?),
                "seconds" => budget.seconds = Some(whole()?),
                "cost" => budget.cost = Some(amount()?),
                "price" => budget.price = Some(amount()?),
                _ => return Err(wrong()),
            }
        }
        if budget.cost.is_some() && budget.price.is_none() { Err(BudgetError::NoPrice) } else { Ok(budget) }
    }

    /// Whether the same run asks the same questions again: time and what a server charges are not the same twice.
    pub const fn is_reproducible(&self) -> bool {
        self.seconds.is_none() && self.cost.is_none()
    }

    /// The budget in the words that give it.
    pub fn words(&self) -> Vec<String> {
        let mut words = Vec::new();
        words.extend(self.tokens.map(|tokens| format!("tokens={tokens}")));
        words.extend(self.seconds.map(|seconds| format!("seconds={seconds}")));
        words.extend(self.cost.map(|cost| format!("cost={}", decimal(cost))));
        words.extend(self.price.map(|price| format!("price={}", decimal(price))));
        words
    }
}

/// A decimal number in millionths.
fn millionths(text: &str) -> Option<u64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(fraction) || fraction.len() > 6 || (whole.is_empty() && fraction.is_empty()) {
        return None;
    }
    let parsed = |text: &str| if text.is_empty() { Some(0) } else { text.parse::<u64>().ok() };
    parsed(whole)?.checked_mul(1_000_000)?.checked_add(parsed(&format!("{fraction:0<6}"))?)
}

/// Millionths as a decimal number.
fn decimal(millionths: u64) -> String {
    let text = format!("{}.{:06}", millionths / 1_000_000, millionths % 1_000_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn budgets_are_read_and_written() {
        let words = |list: &[&str]| list.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        let budget = Budget::parse(&words(&["tokens=200000", "cost=0.5", "price=.15"])).expect("a budget");
        assert_eq!(budget, Budget { tokens: Some(200_000), seconds: None, cost: Some(500_000), price: Some(150_000) });
        assert_eq!(budget.words(), ["tokens=200000", "cost=0.5", "price=0.15"]);
        assert!(!budget.is_reproducible() && Budget::parse(&words(&["tokens=1"])).expect("one").is_reproducible());
        for wrong in ["tokens", "tokens=x", "tokens=-1", "cost=1e3", "cost=1.2345678", "apples=3", "cost=."] {
            assert!(matches!(Budget::parse(&words(&[wrong])), Err(BudgetError::Word(_))), "{wrong}");
        }
        assert_eq!(Budget::parse(&words(&["cost=1"])), Err(BudgetError::NoPrice));
    }
}
