//! The colours of the pages, light and dark, in one table: the style is made from it, and the contrasts are computed
//! from it in the tests. No meaning hangs on a colour alone.

/// A colour by its name in the style, as `#rrggbb` on light and on dark ground.
pub(super) struct Colour {
    /// The name of the custom property, without the dashes.
    pub(super) name: &'static str,
    /// On light ground.
    pub(super) light: &'static str,
    /// On dark ground.
    pub(super) dark: &'static str,
}

const fn colour(name: &'static str, light: &'static str, dark: &'static str) -> Colour {
    Colour { name, light, dark }
}

/// All colours.
pub(super) const COLOURS: &[Colour] = &[
    colour("page", "#fbfbf9", "#15171a"),
    colour("card", "#ffffff", "#1d2024"),
    colour("sunk", "#f3f3ef", "#25292e"),
    colour("text", "#1c1d1f", "#e8e8e4"),
    colour("quiet", "#565a60", "#a9aeb6"),
    colour("line", "#d9d9d3", "#3a3f46"),
    colour("edge", "#80858c", "#7d848d"),
    colour("link", "#1b57a6", "#8ab8f2"),
    colour("error", "#a3201d", "#f4978f"),
    colour("warning", "#7a4b00", "#e8b75f"),
    colour("note", "#1f5673", "#8cc4e0"),
    colour("mark", "#fbe9a9", "#5b4a12"),
    colour("stated", "#a3201d", "#f4978f"),
    colour("derived", "#1f5673", "#8cc4e0"),
];

/// The custom properties of both grounds, as style.
pub(super) fn properties() -> String {
    let list = |pick: fn(&Colour) -> &'static str| -> String {
        let all: Vec<String> = COLOURS.iter().map(|colour| format!("--{}:{};", colour.name, pick(colour))).collect();
        all.concat()
    };
    format!(
        ":root{{color-scheme:light dark;{}}}\n@media (prefers-color-scheme:dark){{:root{{{}}}}}\n",
        list(|colour| colour.light),
        list(|colour| colour.dark)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The relative luminance of WCAG 2.2.
    fn luminance(colour: &str) -> f64 {
        let channel = |at: usize| {
            let value = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).expect("two hexadecimal digits")) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { libm::pow((value + 0.055) / 1.055, 2.4) }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    }

    fn contrast(a: &str, b: &str) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn every_pair_in_use_has_enough_contrast() {
        let find = |name: &str| COLOURS.iter().find(|colour| colour.name == name).expect(name);
        let words = ["text", "quiet", "link", "error", "warning", "note"];
        let mut pairs: Vec<(&str, &str, f64)> = Vec::new();
        for ground in ["page", "card", "sunk"] {
            pairs.extend(words.iter().map(|word| (*word, ground, 4.5)));
            pairs.extend(["stated", "derived", "edge"].iter().map(|shape| (*shape, ground, 3.0)));
        }
        pairs.push(("text", "mark", 4.5));
        for (front, ground, least) in pairs {
            let (front, ground) = (find(front), find(ground));
            for (a, b, side) in [(front.light, ground.light, "light"), (front.dark, ground.dark, "dark")] {
                let contrast = contrast(a, b);
                assert!(contrast >= least, "{} on {} ({side}): {contrast:.2} < {least}", front.name, ground.name);
            }
        }
    }

    #[test]
    fn the_measure_is_the_one_of_the_guidelines() {
        assert!((contrast("#000000", "#ffffff") - 21.0).abs() < 1e-9);
        assert!((contrast("#777777", "#ffffff") - 4.48).abs() < 0.01);
    }
}
