//! How good choices are: counted with intervals, by how sure they are.

use crate::score::wilson::{Share, wilson};

use super::choice::Agreement;

/// A window with what was chosen for it.
#[expect(clippy::struct_excessive_bools, reason = "each can go with each")]
#[derive(Clone, Debug, PartialEq)]
pub struct AnsweredWindow {
    /// Where it is from and what value it is about.
    pub name: String,
    /// How it was drawn ("hit", "any"), or that it was "written".
    pub drawn: String,
    /// The derivation that is right; nothing where the value follows from none of the others.
    pub meant: Option<String>,
    /// Whether it is among those to choose from.
    pub enumerated: bool,
    /// Whether the likeliest program is right.
    pub right: bool,
    /// The likeliest program: its form and the printed numbers of the operands.
    pub taken: String,
    /// Whether there was nothing to choose from and the answer was written.
    pub written: bool,
    /// Whether it is held for likelier that the value follows from none.
    pub none: bool,
    /// How sure the choice of the program is; nothing without one.
    pub confidence: Option<f64>,
    /// The votes of a model.
    pub votes: Option<Agreement>,
    /// The tokens that were read and written.
    pub tokens: u64,
}

/// Choices on many windows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChoiceScore {
    rows: Vec<AnsweredWindow>,
}

impl ChoiceScore {
    /// Adds windows.
    pub fn add(&mut self, rows: impl IntoIterator<Item = AnsweredWindow>) {
        self.rows.extend(rows);
    }

    /// All windows, as they were added.
    pub fn rows(&self) -> &[AnsweredWindow] {
        &self.rows
    }

    /// Those that fit, of some.
    fn share(&self, of: impl Fn(&AnsweredWindow) -> bool, fits: impl Fn(&AnsweredWindow) -> bool) -> Share {
        let all = self.rows.iter().filter(|row| of(row));
        let (hits, all) = all.fold((0, 0), |(hits, all), row| (hits + usize::from(fits(row)), all + 1));
        wilson(hits, all)
    }

    /// How many have a program.
    pub fn derivable(&self) -> usize {
        self.rows.iter().filter(|row| row.meant.is_some()).count()
    }

    /// Of the windows with a program, those whose program was to choose from.
    pub fn enumerated(&self) -> Share {
        self.share(|row| row.meant.is_some(), |row| row.enumerated)
    }

    /// Of the windows with a program, those where it is put first.
    pub fn top(&self) -> Share {
        self.share(|row| row.meant.is_some(), |row| row.right)
    }

    /// Of the windows with a program, those where it is put first and before "none".
    pub fn taken(&self) -> Share {
        self.share(|row| row.meant.is_some(), |row| row.right && !row.none)
    }

    /// Of the windows without one, those where "none" is put first.
    pub fn none(&self) -> Share {
        self.share(|row| row.meant.is_none(), |row| row.none)
    }

    /// Of all windows, those where what is right is put first, program or "none".
    pub fn all(&self) -> Share {
        self.share(|_| true, |row| if row.meant.is_some() { row.right && !row.none } else { row.none })
    }

    /// Of the windows of which the choice is at least so sure, those where it is right; and how many of those with a program these
    /// are.
    pub fn above(&self, confidence: f64) -> (Share, Share) {
        let sure = |row: &AnsweredWindow| row.confidence.is_some_and(|own| own >= confidence);
        let precision = self.share(sure, |row| row.right);
        let coverage = wilson(precision.hits, self.derivable());
        (precision, coverage)
    }

    /// The windows with a confidence in a range: how sure the choice is on average, and how often it is right.
    pub fn between(&self, from: f64, to: f64) -> (f64, Share) {
        let within = |row: &AnsweredWindow| row.confidence.is_some_and(|own| own >= from && own < to);
        let sure = self.rows.iter().filter(|row| within(row)).filter_map(|row| row.confidence);
        let sum = sure.fold(0.0, |sum, own| sum + own);
        let right = self.share(within, |row| row.right);
        #[expect(clippy::cast_precision_loss, reason = "a few hundred windows")]
        let mean = sum / right.of.max(1) as f64;
        (mean, right)
    }

    /// The windows that were voted on, by whether all votes agree: how often what they say is right.
    pub fn agreement(&self) -> Option<[Share; 2]> {
        let right = |row: &AnsweredWindow| if row.meant.is_some() { row.right && !row.none } else { row.none };
        let voted = self.rows.iter().any(|row| row.votes.is_some_and(|votes| votes.cast > 1));
        let of = |wanted: bool| {
            self.share(|row| row.votes.is_some_and(|votes| (votes.agreeing == votes.cast) == wanted), right)
        };
        voted.then(|| [of(true), of(false)])
    }

    /// Of the windows whose answer was written, those where it is right, derivation or "none"; nothing where none was.
    pub fn written(&self) -> Option<Share> {
        let right = |row: &AnsweredWindow| if row.meant.is_some() { row.right && !row.none } else { row.none };
        self.rows.iter().any(|row| row.written).then(|| self.share(|row| row.written, right))
    }

    /// The tokens that all choices took.
    pub fn tokens(&self) -> u64 {
        self.rows.iter().map(|row| row.tokens).sum()
    }

    /// The same score over the windows that were drawn in one way ("hit", "any").
    #[must_use]
    pub fn drawn(&self, way: &str) -> Self {
        Self { rows: self.rows.iter().filter(|row| row.drawn == way).cloned().collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(meant: Option<&str>, confidence: f64, right: bool) -> AnsweredWindow {
        AnsweredWindow {
            name: "paper 10".to_owned(),
            drawn: "any".to_owned(),
            meant: meant.map(str::to_owned),
            enumerated: meant.is_some(),
            right,
            taken: String::new(),
            written: false,
            none: confidence < 0.5,
            confidence: Some(confidence),
            votes: None,
            tokens: 7,
        }
    }

    #[test]
    fn precision_counts_values_that_follow_from_nothing_against_the_choice() {
        let mut score = ChoiceScore::default();
        score.add([
            row(Some("a + b"), 0.9, true),
            row(Some("a + b"), 0.4, false),
            row(Some("a - b"), 0.4, true),
            row(None, 0.85, false),
            row(None, 0.1, false),
        ]);
        let counts = |share: Share| (share.hits, share.of);
        assert_eq!((counts(score.top()), counts(score.taken())), ((2, 3), (1, 3)));
        assert_eq!((counts(score.none()), counts(score.all())), ((1, 2), (2, 5)));
        let (precision, coverage) = score.above(0.8);
        assert_eq!((counts(precision), counts(coverage)), ((1, 2), (1, 3)));
        let (mean, share) = score.between(0.8, 1.01);
        assert!((mean - 0.875).abs() < 1e-12 && share.of == 2);
        assert_eq!(score.drawn("hit").rows().len(), 0);
        assert_eq!((score.tokens(), score.agreement()), (35, None));
    }

    #[test]
    fn agreement_parts_the_windows_by_whether_the_votes_are_one() {
        let voted = |agreeing, right| AnsweredWindow {
            votes: Some(Agreement { agreeing, cast: 5 }),
            ..row(Some("a + b"), 0.6, right)
        };
        let mut score = ChoiceScore::default();
        score.add([voted(5, true), voted(5, true), voted(3, false)]);
        let [one, many] = score.agreement().expect("votes");
        assert_eq!((one.hits, one.of, many.hits, many.of), (2, 2, 0, 1));
    }
}
