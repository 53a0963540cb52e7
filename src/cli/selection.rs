//! Which rules run: `--select` and `--ignore`, by code, family or ALL.

use crate::rules;

use super::exit::CliError;

/// The codes of the rules that run, sorted. Without `--select` all do; `--ignore` takes away.
pub(super) fn codes(select: &[String], ignore: &[String]) -> Result<Vec<String>, CliError> {
    let mut known: Vec<&'static str> = rules::all().iter().map(|rule| rule.metadata().code).collect();
    known.sort_unstable();
    let mut chosen = if select.is_empty() { known.clone() } else { matching(&known, select)? };
    let ignored = matching(&known, ignore)?;
    chosen.retain(|code| !ignored.contains(code));
    if chosen.is_empty() && !known.is_empty() {
        return Err(CliError::Usage("no rule is left by --select and --ignore".to_owned()));
    }
    Ok(chosen.into_iter().map(str::to_owned).collect())
}

/// The known codes that one of the words names: a whole code, the letters of a family, or ALL.
fn matching(known: &[&'static str], words: &[String]) -> Result<Vec<&'static str>, CliError> {
    let mut named = Vec::new();
    for word in words {
        let upper = word.trim().to_ascii_uppercase();
        let matches = |code: &str| upper == "ALL" || code == upper || code.get(..2) == Some(upper.as_str());
        let before = named.len();
        named.extend(known.iter().filter(|code| matches(code)));
        if named.len() == before {
            return Err(CliError::Usage(format!(
                "no rule or family is called {word}; the codes are {}",
                known.join(", ")
            )));
        }
    }
    named.sort_unstable();
    named.dedup();
    Ok(named)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_chosen_by_code_family_and_all() {
        let known = ["CN101", "EQ101", "ST101"];
        let words = |list: &[&str]| list.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        assert_eq!(matching(&known, &words(&["st", "CN101"])).expect("known"), ["CN101", "ST101"]);
        assert_eq!(matching(&known, &words(&["ALL"])).expect("known"), known);
        assert!(matching(&known, &words(&["S"])).is_err());
        assert!(matching(&known, &words(&["ST102"])).is_err());
    }
}
