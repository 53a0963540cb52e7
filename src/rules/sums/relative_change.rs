//! `SU110`: a relative change that the text states between two values that it names.

use crate::derive::{Outcome, Proposal, Proposals};
use crate::document::BlockKind;
use crate::extract::Mentions;
use crate::rules::declare::rule;
use crate::rules::{Page, Prose, Rule, RuleContext, RuleMetadata, wording};

use super::changes;

rule! {
    /// # SU110 relative-change-mismatch
    ///
    /// ## What it checks
    ///
    /// A change in per cent, in percentage points or in times, with the two values that it is between: "rose by 24% from 600 kg to
    /// 744 kg", "fell from 120 to 90, a 25% reduction", "a 3-fold increase (from 2.0 to 6.1 mg)", "doubled from 12.1 to 24.3 t",
    /// "300 runs, 4.8 times fewer than the 1440 runs", "30% lower in the treated plots (14 vs 20 kg)".
    ///
    /// ## Why it matters
    ///
    /// The change is the number that is quoted and the two values are those that were measured. One of the three is easily left
    /// behind when a table is brought up to date.
    ///
    /// ## How it is derived
    ///
    /// (second − first) ÷ first, over everything that prints as the two values, has to meet what prints as the change. What else
    /// authors mean is tried before anything is said: the other value as base, one value as a part of the other, percentage points
    /// between two percentages, the mean of the two as base where they are compared, and "so many times more" for "so many times".
    ///
    /// ## When it stays silent
    ///
    /// - The change is one of each year, month or the like, is negative, a range or a bound.
    /// - A value is a range, a bound or a ±, a temperature in degrees, or part of a whole ("from 3 to 5 of 10").
    /// - The two values have units of different measures, or are years.
    ///
    /// It is undecided where another reading of the base fits; where the words speak of a model, an adjustment or a logarithm; where
    /// more values stand in a row; where something is said to rise while the values fall; and where the change comes first and the
    /// two values are round, multiples of each other, or of a thing that is named behind them: they may be what it happened over
    /// ("rose by 20% from 1.25 to 2.50 mM glucose").
    ///
    /// Only where the change stands behind its values as another name of their step, and no averages are spoken of, a plain mismatch
    /// counts. Elsewhere it needs the mark of a slip: a power of ten, two digits swapped.
    ///
    /// ## Example (flagged)
    ///
    /// ```text
    /// The load fell from 33.2 kg to 23.9 kg, a decrease of 82%.
    /// ```
    ///
    /// ## Example (clean)
    ///
    /// ```text
    /// The load fell from 33.2 kg to 23.9 kg, a decrease of 28%.
    /// ```
    ///
    /// ## Limits
    ///
    /// The change and its values have to stand in one sentence. Changes in tables are for `SU123`.
    ///
    /// ## Options
    ///
    /// None.
    ///
    /// ## References
    ///
    /// - Noordzij, van Diepen, Caskey and Jager 2017, *Nephrology Dialysis Transplantation* 32:ii13, on relative and absolute
    ///   changes: <https://doi.org/10.1093/ndt/gfw465>
    pub struct RelativeChange {
        code: "SU110",
        name: "relative-change-mismatch",
        summary: "a stated change is not that between its two values",
        family: Sums,
        since: "0.1.0",
        status: Preview,
        grounds: PLAIN,
        needs: Text,
        references: ["https://doi.org/10.1093/ndt/gfw465"],
    }
}

impl Rule for RelativeChange {
    fn metadata(&self) -> &'static RuleMetadata {
        &Self::METADATA
    }

    fn page(&self) -> Page {
        Self::PAGE
    }

    fn propose(&self, mentions: &Mentions, context: RuleContext<'_>, proposals: &mut Proposals) {
        for sentence in context.skeletons(mentions) {
            let displayed =
                mentions.sentences.get(sentence.sentence).is_some_and(|own| own.block == BlockKind::DisplayMath);
            if !displayed && !sentence.quantities().is_empty() {
                let bindings = changes::bindings(sentence, mentions).into_iter();
                proposals.list.extend(bindings.filter_map(|binding| binding.proposal(Self::METADATA.code)));
            }
        }
    }

    fn explain(&self, proposal: &Proposal, outcome: &Outcome) -> Prose {
        Prose {
            message: wording::message(proposal, outcome, &wording::own_formula(proposal)),
            help: "redo the change with the printed values, of the first one and of the other".to_owned(),
        }
    }
}
