//! Wilson's interval for a share (E. B. Wilson, J. Am. Stat. Assoc. 22 (1927) 209–212).

use serde::Serialize;

/// The 97.5 % point of the standard normal distribution.
const Z: f64 = 1.959_963_984_540_054;

/// A share with its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Share {
    /// How many have the property.
    pub hits: usize,
    /// Out of how many.
    pub of: usize,
    /// `hits / of`; `None` where there is nothing to count.
    pub share: Option<f64>,
    /// The lower end of Wilson's 95 % interval.
    pub low: Option<f64>,
    /// Its upper end.
    pub high: Option<f64>,
}

/// The share `hits` of `of` with its interval.
#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
pub fn wilson(hits: usize, of: usize) -> Share {
    if of == 0 {
        return Share { hits, of, share: None, low: None, high: None };
    }
    let n = of as f64;
    let share = hits as f64 / n;
    let squared = Z * Z;
    let denominator = 1.0 + squared / n;
    let centre = (share + squared / (2.0 * n)) / denominator;
    let half = Z / denominator * (share * (1.0 - share) / n + squared / (4.0 * n * n)).sqrt();
    Share { hits, of, share: Some(share), low: Some((centre - half).max(0.0)), high: Some((centre + half).min(1.0)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_agree_with_published_values() {
        // Newcombe (Stat. Med. 17 (1998) 857–872), table I, method 3: 81/263, 15/148, 0/20, 1/29.
        for (hits, of, low, high) in
            [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)]
        {
            let share = wilson(hits, of);
            assert!((share.low.expect("counted") - low).abs() < 5e-5, "{share:?}");
            assert!((share.high.expect("counted") - high).abs() < 5e-5, "{share:?}");
        }
        assert_eq!(wilson(0, 0).share, None);
    }
}
