//! `SU121`: a percentage in a table against its count and the whole that the table's structure gives.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use crate::derive::{Outcome, Proposal, Proposals};
use crate::extract::Mentions;
use crate::extract::patterns::compile;
use crate::rules::declare::rule;
use crate::rules::{Page, Prose, Rule, RuleContext, RuleMetadata, wording};

use super::bound::{self, Bound, TableDoubts};
use super::filler_zero;
use super::named_sizes::{Far, NamedSizes};
use super::shares;
use super::words;

rule! {
    /// # SU121 cell-percentage-mismatch
    ///
    /// ## What it checks
    ///
    /// Counts in a table with their percentages: "55 (56.1)" below or beside "n (%)", a column "Frequency" with a column
    /// "Percent", or a row of counts above a row of percentages. What the percentages are of is taken from the table: the
    /// N over the column ("Control (N = 99)"), a row or column of totals, the number that stands before the count in its
    /// row, the row at 100 %, the N of the caption, or the sum of the counts of the group or the row.
    ///
    /// ## Why it matters
    ///
    /// Tables of counts and percentages are the part of a paper that others copy into reviews and meta-analyses. A
    /// percentage that no count gives means that one of the numbers is of something else, or mistyped.
    ///
    /// ## How it is derived
    ///
    /// Count and whole are points. Their quotient is compared with every value that prints as the percentage. The whole
    /// is the one that the structure names and the other rows of the column bear out: a relation that holds in at least
    /// three other rows, and fails in no more than one of ten, is evidence about the one. A row of totals at 100 % to
    /// which the counts add up is evidence by itself.
    ///
    /// ## When it stays silent
    ///
    /// - Nothing says that the numbers are a count and a percentage, neither words nor the other rows: "46 (11)" without "n (%)" by it may be a mean with
    ///   its standard deviation.
    /// - It is the total at 100 % that the others are of.
    /// - The percentage is of something else: a change, a cumulative percentage, "% of target".
    /// - The heading names the bracket otherwise: "deaths (numbers tested)", "positive (range)". Or the number in it is
    ///   above 100, or the count is larger than every N over the column.
    /// - It follows from a number of the table, but not from the N of a heading whose equals sign came out as a digit
    ///   ("n52276").
    /// - The table's rows and columns are not known.
    ///
    /// It is undecided where twice the whole gives the percentage, as of alleles or eyes; where a smaller whole does, as where data are missing, unless the counts
    /// of the group add up to the whole, or where other cells of the row show that data are missing in it; where another
    /// number of the table can be the whole; where the other rows do not bear the whole out; where the whole is a sum,
    /// and the percentages of the group do not add up to 100; where the rows are studies of others; where the percentages
    /// may be weighted, or adjusted so that they add up to 100.
    ///
    /// ## Example (flagged)
    ///
    /// ```text
    /// Table 1. Damage to the boats
    ///
    /// Damage | Frequency | Percent
    /// ---
    /// None | 18 | 45.0
    /// Light | 12 | 30.0
    /// Heavy | 7 | 15.7
    /// Total loss | 3 | 7.5
    /// Total | 40 | 100.0
    /// ```
    ///
    /// ## Example (clean)
    ///
    /// ```text
    /// Table 1. Damage to the boats
    ///
    /// Damage | Frequency | Percent
    /// ---
    /// None | 18 | 45.0
    /// Light | 12 | 30.0
    /// Heavy | 7 | 17.5
    /// Total loss | 3 | 7.5
    /// Total | 40 | 100.0
    /// ```
    ///
    /// ## Limits
    ///
    /// A whole that stands only in the running text is not found. Percentages without counts are not looked at.
    ///
    /// ## Options
    ///
    /// None.
    ///
    /// ## References
    ///
    /// - Georgescu and Wren 2018, *Bioinformatics* 34:1758, on how often percentages and ratios do not agree:
    ///   <https://doi.org/10.1093/bioinformatics/btx811>
    pub struct TablePercentage {
        code: "SU121",
        name: "cell-percentage-mismatch",
        summary: "a percentage in a table is not that of its count",
        family: Sums,
        since: "0.1.0",
        status: Preview,
        grounds: PLAIN,
        needs: Tables,
        references: ["https://doi.org/10.1093/bioinformatics/btx811"],
    }
}

/// Words that speak of weighted percentages.
static WEIGHTS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(concat!(
        r"(?i)\bweighted\s+(?:n\b|percent|proportion|prevalence|frequenc|sample|data|%|\(%\))|\b(?:survey|sampl(?:e|ing)|population|design)\s+weights?\b|",
        r"\b(?:age|sex)[\s-](?:adjusted|standardi[sz]ed)\s+(?:percent|prevalence|proportion)"
    ))
});

impl Rule for TablePercentage {
    fn metadata(&self) -> &'static RuleMetadata {
        &Self::METADATA
    }

    fn page(&self) -> Page {
        Self::PAGE
    }

    fn propose(&self, mentions: &Mentions, context: RuleContext<'_>, proposals: &mut Proposals) {
        let says = |text: &str| WEIGHTS.as_ref().is_some_and(|pattern| pattern.is_match(text));
        if mentions.tables.is_empty() {
            return;
        }
        let everywhere = says(&context.document.text);
        let sizes = NamedSizes::new(mentions);
        shares::each_grid(mentions, context, &mut |grid| {
            let table = grid.content;
            let words = table.headings.iter().chain(&table.labels).chain([&table.caption]);
            let weighted = everywhere || words.into_iter().any(|words| words.to_lowercase().contains("weighted"));
            let mut found: Vec<Proposal> = Vec::new();
            let doubts = TableDoubts { weighted, of_studies: words::is_of_studies(grid) };
            let all = grid.series();
            let bounds: Vec<Bound<'_>> = all.iter().map(|series| Bound::new(grid, series, doubts)).collect();
            let gaps: Vec<BTreeSet<usize>> = bounds.iter().map(|bound| bound.rows_with_gaps().collect()).collect();
            for (own, (series, bound)) in all.iter().zip(&bounds).enumerate() {
                for (at, share) in series.shares.iter().enumerate() {
                    let mut others = gaps.iter().enumerate().filter(|(other, _)| *other != own);
                    let gap = others.any(|(_, rows)| rows.contains(&share.row));
                    let proposal = bound.proposal(at, Self::METADATA.code, gap);
                    let proposal = proposal.map(filler_zero::with_shorter);
                    found.extend(proposal.map(|proposal| sizes.weigh(proposal, Far::BorneOut)));
                }
            }
            found.sort_by_key(|proposal| proposal.quote);
            proposals.list.extend(found);
        });
    }

    fn explain(&self, proposal: &Proposal, outcome: &Outcome) -> Prose {
        let whole = bound::whole_in_words(proposal);
        let formula = format!("{} of {whole}", wording::operand(proposal, 0));
        Prose {
            message: wording::message(proposal, outcome, &formula),
            help: "look whether the percentage is of another whole, or one of the numbers is mistyped".to_owned(),
        }
    }
}
