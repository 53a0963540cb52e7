//! The SI prefixes, as symbols and as names, and which of them a unit takes.

/// Which prefixes a unit takes in print.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Prefixes {
    /// None.
    None,
    /// All of them.
    All,
    /// Those from kilo upward.
    Up,
    /// Those from deci downward.
    Down,
}

/// Symbols, name and power of ten. `mc` for micro is medical usage, `u` is typewriter usage; µ is U+00B5 here.
const PREFIXES: &[(&[&str], &str, i32)] = &[
    (&["Q"], "quetta", 30),
    (&["R"], "ronna", 27),
    (&["Y"], "yotta", 24),
    (&["Z"], "zetta", 21),
    (&["E"], "exa", 18),
    (&["P"], "peta", 15),
    (&["T"], "tera", 12),
    (&["G"], "giga", 9),
    (&["M"], "mega", 6),
    (&["k"], "kilo", 3),
    (&["h"], "hecto", 2),
    (&["da"], "deca", 1),
    (&["d"], "deci", -1),
    (&["c"], "centi", -2),
    (&["m"], "milli", -3),
    (&["µ", "u"], "micro", -6),
    (&["n"], "nano", -9),
    (&["p"], "pico", -12),
    (&["f"], "femto", -15),
    (&["a"], "atto", -18),
    (&["z"], "zepto", -21),
    (&["y"], "yocto", -24),
    (&["r"], "ronto", -27),
    (&["q"], "quecto", -30),
];

/// The units that take `mc` for micro.
const MEDICAL: &[&str] = &["g", "L", "l", "mol", "M", "Ci", "IU"];

impl Prefixes {
    /// Whether a unit of this class takes the power of ten.
    pub fn take(self, exponent: i32) -> bool {
        match self {
            Self::None => false,
            Self::All => true,
            Self::Up => exponent >= 3,
            Self::Down => exponent < 0,
        }
    }
}

/// The ways in which a symbol is a prefix and something: power of ten and rest.
pub(super) fn split_symbol(symbol: &str) -> Vec<(i32, &str)> {
    let mut splits = Vec::new();
    for (symbols, _, exponent) in PREFIXES {
        for prefix in *symbols {
            if let Some(rest) = symbol.strip_prefix(prefix).filter(|rest| !rest.is_empty()) {
                splits.push((*exponent, rest));
            }
        }
    }
    if let Some(rest) = symbol.strip_prefix("mc").filter(|rest| MEDICAL.contains(rest)) {
        splits.push((-6, rest));
    }
    splits
}

/// The way in which a lower-case name is the name of a prefix and something.
pub(super) fn split_name(name: &str) -> Option<(i32, &str)> {
    let alternative = [("deka", 1), ("mega-", 6), ("micro-", -6), ("milli-", -3), ("kilo-", 3)];
    let names = PREFIXES.iter().map(|(_, name, exponent)| (*name, *exponent)).chain(alternative);
    names
        .filter_map(|(prefix, exponent)| Some((exponent, name.strip_prefix(prefix)?)))
        .find(|(_, rest)| rest.len() >= 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbols_split_in_every_way() {
        assert_eq!(split_symbol("mmol"), [(-3, "mol")]);
        assert_eq!(split_symbol("mcg"), [(-3, "cg"), (-6, "g")]);
        assert_eq!(split_name("milligram"), Some((-3, "gram")));
        assert_eq!(split_name("meter"), None);
    }
}
