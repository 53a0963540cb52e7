//! How the ranker of the search is trained, and how good it is: its own frames of sentences, values of real papers that one program
//! hits where chance would not, and windows labelled by hand.
//!
//! Nothing here is used when papers are checked: what comes out is the file of weights that the search reads.

mod case;
mod frames;
mod labelled;
mod silver;
mod training;

pub use case::Case;
pub(in crate::score) use case::REACH;
pub use frames::framed;
pub use labelled::{LabelledWindow, LabelledWindows, WindowToLabel, windows_to_label};
pub use silver::{Silver, mine};
pub use training::{Settings, train};

#[cfg(test)]
mod tests {
    use crate::document::TextIndex;
    use crate::extract::{self, QuantityIx};
    use crate::read::{self, ReadLimits};
    use crate::search::ranker::{Features, features, none_features};
    use crate::search::{Ranker, Values, Window};

    use super::case::{REACH, looked_at};

    /// The signs of all programs and of "none", and the form that the ranker takes, for the value that stands at the first "#".
    fn signs(text: &str, stated: &str) -> (Vec<Features>, String, f64) {
        let place = text.find('#').expect("a place for the value");
        let text = text.replace('#', stated);
        let document = read::read(text.as_bytes(), &ReadLimits::default()).expect("text is read");
        let mentions = extract::extract(&document);
        let values = Values::of(&mentions);
        let index = TextIndex::new(&document.text);
        let target =
            mentions.quantities.iter().position(|quantity| quantity.number.start == place).expect("the target");
        let window = Window::around(&mentions, &values, QuantityIx(target), REACH).expect("a window");
        let (scene, found) = looked_at(&document, &index, &mentions, &window);
        let derived = found.derived(&window);
        let mut all: Vec<Features> =
            derived.iter().map(|(program, value)| features(&scene, &window, program, *value)).collect();
        all.push(none_features(&scene, &window, derived.len()));
        let best = Ranker::shipped().best(&scene, &window, &derived).expect("programs");
        let (program, _) = derived[best.program];
        (all, program.form.name().to_owned(), best.confidence)
    }

    #[test]
    fn no_sign_sees_the_stated_value() {
        let text = "We enrolled 250 patients in May. Of the 250 patients, 125 (#%) were treated and 125 were not.";
        let (right, form, sure) = signs(text, "50.0");
        for wrong in ["57.3", "99.9", "10.1"] {
            assert_eq!((right.clone(), form.clone(), sure), signs(text, wrong), "{wrong}");
        }
    }

    #[test]
    fn the_shipped_ranker_takes_what_plain_sentences_say() {
        for (text, form) in [
            ("Of the 387 patients, 121 (#%) were treated.", "a / b in %"),
            ("A total of # patients took part: 121 in the first group and 266 in the second.", "a + b"),
            ("Of the 387 patients, 121 were excluded, leaving # patients.", "a - b"),
            ("The pump ran at 12.5 L/min. It ran for 34.0 min. The volume was # L in total.", "a * b"),
        ] {
            let stated = if form == "a / b in %" { "31.3" } else { "387" };
            assert_eq!(signs(text, stated).1, form, "{text}");
        }
    }
}
