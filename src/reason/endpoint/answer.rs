//! What an answer says, held against the options or the language.

use serde_json::Value;

use crate::search::{Language, NONE};

use super::error::{EndpointError, shortened};

/// What came back for a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// A number that is an option, or 0 for none of them.
    Chosen(usize),
    /// A derivation of the language, or "none".
    Written(String),
    /// Words that are nothing of it; nothing is made of them.
    Unusable(String),
}

/// What a completion holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Completion {
    pub content: String,
    pub has_logprobs: bool,
    /// The tokens of prompt and answer, as the server counts them.
    pub tokens: Option<u64>,
}

/// Reads the body of a chat completion.
pub(super) fn completion(body: &str) -> Result<Completion, EndpointError> {
    let body: Value = serde_json::from_str(body)
        .map_err(|_| EndpointError::Protocol(format!("no JSON but `{}`", shortened(body))))?;
    let choice = &body["choices"][0];
    // A server that ran out of tokens within the thinking gives no content at all.
    let content = match &choice["message"]["content"] {
        Value::String(content) => content.clone(),
        Value::Null if choice["message"].is_object() => String::new(),
        _ => return Err(EndpointError::Protocol(format!("no message in `{}`", shortened(&body.to_string())))),
    };
    let has_logprobs = choice["logprobs"]["content"].as_array().is_some_and(|list| !list.is_empty());
    Ok(Completion { content, has_logprobs, tokens: body["usage"]["total_tokens"].as_u64() })
}

/// Reads an answer: an object with the one member `choice`, or a bare number, in a code fence or not, thinking before it
/// or not. Everything else is unusable: a number is never searched for in prose.
pub(super) fn reply(content: &str, options: usize) -> Reply {
    let number = match said(content) {
        Some(Value::Number(number)) => number.as_u64(),
        Some(Value::Object(members)) if members.len() == 1 => members.get("choice").and_then(Value::as_u64),
        _ => None,
    };
    match number.and_then(|number| usize::try_from(number).ok()) {
        Some(number) if number <= options => Reply::Chosen(number),
        _ => Reply::Unusable(shortened(content)),
    }
}

/// Reads an answer that is written: an object with the one member `derivation`, of the language or "none". Everything else is
/// unusable.
pub(super) fn derivation(content: &str, language: &Language) -> Reply {
    let text = match said(content) {
        Some(Value::Object(members)) if members.len() == 1 => {
            members.get("derivation").and_then(Value::as_str).map(|text| text.trim().to_owned())
        }
        _ => None,
    };
    match text {
        Some(text) if text == NONE || language.read(&text).is_some() => Reply::Written(text),
        _ => Reply::Unusable(shortened(content)),
    }
}

/// The JSON of an answer, without what was thought before it and the fence around it.
fn said(content: &str) -> Option<Value> {
    let said = content.rsplit_once("</think>").map_or(content, |(_, after)| after).trim();
    let inner = match said.strip_prefix("```") {
        Some(rest) => rest.strip_prefix("json").unwrap_or(rest).strip_suffix("```")?.trim(),
        None => said,
    };
    serde_json::from_str(inner).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_number_of_the_options_is_an_answer() {
        for (content, number) in [
            ("{\"choice\": 3}", 3),
            (" 0\n", 0),
            ("```json\n{\"choice\":1}\n```", 1),
            ("```\n2\n```", 2),
            ("<think>1 or 2? {\"choice\": 1}</think>\n{\"choice\": 2}", 2),
        ] {
            assert_eq!(reply(content, 3), Reply::Chosen(number), "{content}");
        }
        for content in [
            "",
            "4",
            "-1",
            "1.5",
            "The answer is 2.",
            "{\"choice\": 4}",
            "{\"choice\": \"2\"}",
            "{\"choice\": 2, \"note\": \"x\"}",
            "{\"answer\": 2}",
            "[2]",
            "```json\n{\"choice\": 2}",
            "<think>{\"choice\": 2}",
            "99999999999999999999999",
        ] {
            assert!(matches!(reply(content, 3), Reply::Unusable(_)), "{content}");
        }
    }

    #[test]
    fn only_a_derivation_of_the_language_is_one() {
        use crate::search::ValueKind::Count;
        let language = Language { target: Count, values: vec![Count; 3] };
        for (content, text) in [
            ("{\"derivation\": \"q1 * (q2 + q3)\"}", "q1 * (q2 + q3)"),
            ("<think>q1 + q2?</think>```json\n{\"derivation\": \" none \"}\n```", "none"),
        ] {
            assert_eq!(derivation(content, &language), Reply::Written(text.to_owned()), "{content}");
        }
        for content in [
            "q1 + q2",
            "{\"derivation\": \"q1 + q4\"}",
            "{\"derivation\": \"q1\"}",
            "{\"derivation\": \"q1 + 1611\"}",
            "{\"derivation\": \"TARGET = q1 + q2\"}",
            "{\"derivation\": \"((((q1 + q2))))\"}",
            "{\"derivation\": 3}",
            "{\"derivation\": \"q1 + q2\", \"verdict\": \"consistent\"}",
        ] {
            assert!(matches!(derivation(content, &language), Reply::Unusable(_)), "{content}");
        }
    }

    #[test]
    fn bodies_that_are_no_completion_are_told() {
        let told = |body: &str| completion(body).expect_err("refused").to_string();
        assert!(told("<html>").ends_with("no JSON but `<html>`"));
        assert!(told("{\"choices\": []}").ends_with("no message in `{\"choices\":[]}`"));
        assert!(told("7").contains("no message"));
        let empty = completion("{\"choices\":[{\"message\":{\"content\":null}}]}").expect("a completion");
        assert_eq!(empty.content, "");
    }
}
