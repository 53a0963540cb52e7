//! A window as the training sees it: the signs of its programs, and which of them are right.

use crate::document::{Document, TextIndex};
use crate::extract::Mentions;
use crate::search::ranker::{Features, features, none_features};
use crate::search::{Enclosure, Enumeration, Limits, Program, Scene, Window, programs};

/// How many sentences away operands may stand.
pub(in crate::score) const REACH: usize = 1;

/// Windows with more programs are left out of the training: they are few, and would take most of its time.
const MOST_PROGRAMS: usize = 400;

/// A window with what is right in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// The signs of its programs.
    pub programs: Vec<Features>,
    /// The signs of "none".
    pub none: Features,
    /// The programs that give the value.
    pub right: Vec<usize>,
    /// How likely the value is where it follows from none of the programs, beside 1 where it follows from one that gives it: 1 where
    /// none gives it, 0 where one is known to be right.
    pub chance: f64,
    /// How much it counts.
    pub weight: f64,
}

impl Case {
    /// The case of a window, of whose programs some give the value; `None` where it has none, or too many for the training. `chance`
    /// is looked at where some do.
    pub fn of(
        scene: &Scene,
        window: &Window,
        derived: &[(&Program, Enclosure)],
        right: Vec<usize>,
        chance: f64,
        weight: f64,
    ) -> Option<Self> {
        if derived.is_empty() || derived.len() > MOST_PROGRAMS {
            return None;
        }
        let signs = derived.iter().map(|(program, value)| features(scene, window, program, *value)).collect();
        let chance = if right.is_empty() { 1.0 } else { chance };
        let none = none_features(scene, window, derived.len());
        Some(Self { programs: signs, none, right, chance, weight })
    }
}

/// A window with its scene and its programs.
pub(super) fn looked_at(
    document: &Document,
    index: &TextIndex,
    mentions: &Mentions,
    window: &Window,
) -> (Scene, Enumeration) {
    let found = programs(window, &Limits::default());
    // Nothing may be said of a window whose programs were cut off.
    let found = if found.cut { Enumeration::default() } else { found };
    (Scene::of(document, index, mentions, window), found)
}
