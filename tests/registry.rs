//! The registry of rules against the files of the rules: `UPDATE=1 cargo test --test registry` writes it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use rederive::rules;

/// What `rule!` declares in a file: the code, and the path of the type.
fn declared(folder: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for family in std::fs::read_dir(folder).expect("the folder of the rules").flatten() {
        if !family.path().is_dir() {
            continue;
        }
        let family_name = family.file_name().into_string().expect("a name");
        for file in std::fs::read_dir(family.path()).expect("the folder of a family").flatten() {
            let path = file.path();
            // A folder of a family holds what its rules share, and no rule.
            if path.is_dir() {
                continue;
            }
            let source = std::fs::read_to_string(&path).expect("a source file");
            let Some((_, declaration)) = source.split_once("\nrule! {") else { continue };
            let rule = declaration.split_once("pub struct ").and_then(|(_, rest)| rest.split_once(" {"));
            let (rule, rest) = rule.expect("a rule declares a struct");
            let code = rest.split_once("code: \"").and_then(|(_, rest)| rest.split_once('"')).expect("a code").0;
            let module = path.file_stem().and_then(|stem| stem.to_str()).expect("a name");
            let earlier = found.insert(code.to_owned(), format!("super::{family_name}::{module}::{rule}"));
            assert_eq!(earlier, None, "two rules have the code {code}");
        }
    }
    found
}

/// The registry's source for the rules that were found.
fn registry(rules: &BTreeMap<String, String>) -> String {
    let mut list = String::new();
    for path in rules.values() {
        let _ = writeln!(list, "    &{path},");
    }
    TEMPLATE.replace("{count}", &rules.len().to_string()).replace("{list}", &list)
}

const TEMPLATE: &str = r"//! All rules by code. Generated from the rule files by `tests/registry.rs`: `UPDATE=1` writes it, never edit it by hand.

use super::rule::Rule;

/// Every rule, sorted by code.
static RULES: [&dyn Rule; {count}] = [
{list}];

/// Every rule, sorted by code.
pub fn all() -> &'static [&'static dyn Rule] {
    &RULES
}

/// The rule with the given code.
pub fn by_code(code: &str) -> Option<&'static dyn Rule> {
    RULES.iter().copied().find(|rule| rule.metadata().code == code)
}
";

#[test]
fn the_registry_is_fresh() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/rules");
    let expected = registry(&declared(&root));
    let file = root.join("registry.rs");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&file, &expected).expect("the registry can be written");
    }
    let written = std::fs::read_to_string(&file).expect("the registry");
    assert_eq!(written, expected, "src/rules/registry.rs is stale: UPDATE=1 cargo test --test registry writes it");
}

#[test]
fn codes_and_names_are_unique_and_well_formed() {
    let mut names = Vec::new();
    let mut codes = Vec::new();
    for rule in rules::all() {
        let facts = rule.metadata();
        let (letters, digits) = facts.code.split_at(2);
        assert!(letters.bytes().all(|byte| byte.is_ascii_uppercase()), "{}", facts.code);
        assert!(digits.len() == 3 && digits.bytes().all(|byte| byte.is_ascii_digit()), "{}", facts.code);
        let kebab = facts.name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
        assert!(kebab, "{} is not in kebab case", facts.name);
        assert!(!facts.summary.ends_with('.') && !facts.summary.is_empty(), "{}", facts.code);
        assert_eq!(rules::by_code(facts.code).map(|found| found.metadata().code), Some(facts.code));
        names.push(facts.name);
        codes.push(facts.code);
    }
    let mut sorted = codes.clone();
    sorted.sort_unstable();
    assert_eq!(codes, sorted, "the registry is sorted by code");
    sorted.dedup();
    assert_eq!(sorted.len(), codes.len());
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), codes.len());
}
