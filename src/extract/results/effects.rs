//! The names of effect sizes that are printed with a test: "Cohen's d", "ηp²", "partial η²", "Cramér's V", "OR".
//!
//! Only the name is told here; the value behind it is read by the search. A single letter names an effect size only
//! within a result, where nothing else is called by it.

use crate::extract::statistic::EffectKind;

/// What the name before a relation sign measures, where it is that of an effect size.
pub(super) fn kind(name: &str) -> Option<EffectKind> {
    let plain = plain(name);
    let bare = ["cohen's ", "cohens ", "hedges' ", "hedge's ", "hedges's ", "hedges ", "pearson's ", "pearson "]
        .into_iter()
        .find_map(|author| plain.strip_prefix(author));
    let said = bare.unwrap_or(&plain).replace(' ', "");
    let partial = said.contains("partial") || said.contains('p') && !said.contains("phi") && !said.contains("eps");
    let of = |whole, part| Some(if partial { part } else { whole });
    match said.as_str() {
        "d" | "ds" | "dz" | "dav" | "drm" | "|d|" | "dcohen" => Some(EffectKind::D),
        "g" | "gs" | "gav" | "hedgesg" | "ghedges" => Some(EffectKind::G),
        "r" | "effectsizer" | "reffect" => Some(EffectKind::R),
        "r2" | "δr2" | "∆r2" | "adjustedr2" | "adj.r2" => Some(EffectKind::RSquared),
        "phi" | "φ" | "ϕ" | "cramer'sphi" | "cramér'sphi" => Some(EffectKind::Phi),
        "v" | "cramer'sv" | "cramér'sv" | "cramersv" | "cramérsv" | "φc" | "ϕc" | "cramerv" | "cramérv" => {
            Some(EffectKind::V)
        }
        "f2" => Some(EffectKind::FSquared),
        "f" if bare.is_some() => Some(EffectKind::F),
        "or" | "oddsratio" => Some(EffectKind::OddsRatio),
        _ if said.ends_with('2') || said.ends_with("squared") => {
            let stem = said.trim_end_matches('2').trim_end_matches("squared").trim_end_matches('-');
            if (stem.starts_with("ηg") || stem.starts_with("generalized") || stem.starts_with("generalised"))
                && (stem.contains('η') || stem.contains("eta"))
            {
                return Some(EffectKind::GeneralisedEtaSquared);
            }
            match stem {
                "η" | "eta" | "ηp" | "pη" | "partialη" | "partialeta" | "partial-eta" | "ηpartial" | "etap" => {
                    of(EffectKind::EtaSquared, EffectKind::PartialEtaSquared)
                }
                "ω" | "omega" | "ωp" | "partialω" | "partialomega" => {
                    of(EffectKind::OmegaSquared, EffectKind::PartialOmegaSquared)
                }
                "ε" | "ɛ" | "epsilon" => Some(EffectKind::EpsilonSquared),
                _ => None,
            }
        }
        "η2p" | "η2partial" | "eta2p" => Some(EffectKind::PartialEtaSquared),
        "η2g" | "eta2g" => Some(EffectKind::GeneralisedEtaSquared),
        "ω2p" | "omega2p" => Some(EffectKind::PartialOmegaSquared),
        _ => None,
    }
}

/// The name in lower case, with plain digits and apostrophes, without the marks of raised and lowered characters and
/// without the words before it.
fn plain(name: &str) -> String {
    let folded: String = name
        .trim()
        .chars()
        .filter(|c| !matches!(c, '_' | '{' | '}' | '^' | '\u{200b}'))
        .map(|c| match c {
            '²' | '₂' => '2',
            '’' | '‘' | 'ʼ' => '\'',
            'ₚ' | 'ᵖ' => 'p',
            '\u{1d43a}' => 'G',
            c if c.is_whitespace() => ' ',
            c => c,
        })
        .collect();
    let folded = folded.to_lowercase();
    let mut words = folded.as_str();
    for lead in ["with ", "an ", "a ", "and ", "effect size ", "effect size: ", "effect size, ", "the ", "size "] {
        words = words.strip_prefix(lead).unwrap_or(words);
    }
    words.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_effect_sizes() {
        for (name, expected) in [
            ("Cohen’s d", EffectKind::D),
            ("d", EffectKind::D),
            ("Hedges’ g", EffectKind::G),
            ("ηp²", EffectKind::PartialEtaSquared),
            ("ηp 2", EffectKind::PartialEtaSquared),
            ("η p 2", EffectKind::PartialEtaSquared),
            ("η2p", EffectKind::PartialEtaSquared),
            ("partial η²", EffectKind::PartialEtaSquared),
            ("partial eta squared", EffectKind::PartialEtaSquared),
            ("η²", EffectKind::EtaSquared),
            ("η_G^2", EffectKind::GeneralisedEtaSquared),
            ("ω²", EffectKind::OmegaSquared),
            ("r", EffectKind::R),
            ("ΔR²", EffectKind::RSquared),
            ("φ", EffectKind::Phi),
            ("Cramér’s V", EffectKind::V),
            ("f²", EffectKind::FSquared),
            ("Cohen’s f", EffectKind::F),
            ("OR", EffectKind::OddsRatio),
            ("with an effect size d", EffectKind::D),
        ] {
            assert_eq!(kind(name), Some(expected), "{name}");
        }
    }

    #[test]
    fn other_names_are_none() {
        for name in ["MSE", "N", "M", "SD", "BF10", "95% CI", "power", "f", "α", "Δ"] {
            assert_eq!(kind(name), None, "{name}");
        }
    }
}
