//! Units that differ by a prefix, as far as papers take one for the other. The meaning of units is not here: see
//! `arithmetic::units`.

/// Families of units, the powers of ten by prefix. Only symbols that stand in papers are here.
const FAMILIES: [(&str, &[(&str, i32)]); 13] = [
    ("g", &[("n", -9), ("µ", -6), ("m", -3), ("", 0), ("k", 3)]),
    ("L", &[("µ", -6), ("m", -3), ("", 0)]),
    ("l", &[("µ", -6), ("m", -3), ("", 0)]),
    ("m", &[("n", -9), ("µ", -6), ("m", -3), ("c", -2), ("", 0), ("k", 3)]),
    ("s", &[("µ", -6), ("m", -3), ("", 0)]),
    ("mol", &[("n", -9), ("µ", -6), ("m", -3), ("", 0)]),
    ("M", &[("n", -9), ("µ", -6), ("m", -3), ("", 0)]),
    ("Pa", &[("", 0), ("k", 3), ("M", 6), ("G", 9)]),
    ("J", &[("m", -3), ("", 0), ("k", 3), ("M", 6)]),
    ("W", &[("m", -3), ("", 0), ("k", 3), ("M", 6)]),
    ("N", &[("m", -3), ("", 0), ("k", 3)]),
    ("Hz", &[("", 0), ("k", 3), ("M", 6), ("G", 9)]),
    ("V", &[("µ", -6), ("m", -3), ("", 0), ("k", 3)]),
];

/// The symbols that stand next to a unit's in its family, each with the power of ten by which it is larger.
pub fn neighbours(symbol: &str) -> Vec<(String, i32)> {
    let plain = symbol.replace('\u{3bc}', "µ");
    for (base, prefixes) in FAMILIES {
        let at = prefixes.iter().position(|(prefix, _)| format!("{prefix}{base}") == plain);
        let Some(at) = at else { continue };
        let beside = [at.checked_sub(1), Some(at + 1)].into_iter().flatten();
        let found = beside.filter_map(|other| prefixes.get(other));
        return found.map(|(prefix, power)| (format!("{prefix}{base}"), power - prefixes[at].1)).collect();
    }
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_are_a_prefix_away() {
        let of = |symbol: &str| neighbours(symbol);
        assert_eq!(of("mg"), [("µg".to_owned(), -3), ("g".to_owned(), 3)]);
        assert_eq!(of("\u{3bc}m"), [("nm".to_owned(), -3), ("mm".to_owned(), 3)]);
        assert_eq!(of("cm"), [("mm".to_owned(), -1), ("m".to_owned(), 2)]);
        assert_eq!(of("Pa"), [("kPa".to_owned(), 3)]);
        assert_eq!(of("weeks"), []);
    }
}
