//! The list of functions.

use crate::arithmetic::rational::Rational;
use crate::arithmetic::set::RealSet;
use crate::arithmetic::value::Value;

use super::{
    Refusal, aggregate, bounds, contingency, effects, elementary_calls, extremes, granularity, grimmer, intervals,
    odds, operators, order, summaries, tails,
};

/// Which of the two sets of every printed number an evaluation works on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    /// What the digits say under plain rounding.
    Tight,
    /// What they can say under any rounding habit in use.
    Wide,
}

/// How many arguments a function takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arity {
    /// The fewest.
    pub least: usize,
    /// The most.
    pub most: usize,
}

impl Arity {
    /// Exactly `count` arguments.
    pub const fn exactly(count: usize) -> Self {
        Self { least: count, most: count }
    }

    /// From `least` to `most` arguments.
    pub const fn between(least: usize, most: usize) -> Self {
        Self { least, most }
    }
}

/// The most arguments that any function takes.
pub const MAX_ARGUMENTS: usize = 1000;

/// The most bits in the numerator or denominator of an end of a result; beyond it a value is no printed quantity.
const MAX_BITS: u64 = 16_384;

/// A function of the language.
#[derive(Clone, Copy, Debug)]
pub struct Function {
    /// Its name, or the operator's sign.
    pub name: &'static str,
    /// Its arguments and what it gives, for people.
    pub signature: &'static str,
    /// What it is, in one line.
    pub summary: &'static str,
    /// Where the formula or the enclosure comes from.
    pub source: &'static str,
    /// How many arguments it takes.
    pub arity: Arity,
    pub(super) enclosure: fn(&[Value], Precision) -> Result<Value, Refusal>,
}

impl Function {
    /// The enclosure of the function over the arguments.
    pub fn apply(&self, arguments: &[Value], precision: Precision) -> Result<Value, Refusal> {
        if arguments.len() < self.arity.least || arguments.len() > self.arity.most {
            let expected = if self.arity.least == self.arity.most {
                self.arity.least.to_string()
            } else if self.arity.most == MAX_ARGUMENTS {
                format!("{} or more", self.arity.least)
            } else {
                format!("{} to {}", self.arity.least, self.arity.most)
            };
            return Err(Refusal::Program(format!("{} takes {expected} arguments, not {}", self.name, arguments.len())));
        }
        let value = (self.enclosure)(arguments, precision)?;
        if value.set.is_empty() {
            return Err(Refusal::Domain(format!("{} has no value for these arguments", self.name)));
        }
        if too_long(&value.set) {
            return Err(Refusal::Range(format!("{} gives numbers with too many digits", self.name)));
        }
        Ok(value)
    }
}

fn too_long(set: &RealSet) -> bool {
    let long = |value: &Rational| value.bits() > MAX_BITS;
    set.parts().iter().flat_map(|part| [part.lo().value(), part.hi().value()]).flatten().any(long)
}

/// The function with the given name or operator sign.
pub fn find(name: &str) -> Option<&'static Function> {
    FUNCTIONS.iter().find(|function| function.name == name)
}

const ARITHMETIC: &str = "exact interval arithmetic over rationals";
const ORDER: &str =
    "order statistics of sets: the ends in the same place; David and Nagaraja 2003, doi 10.1002/0471722162";
const LIBM: &str = "libm, the argument rounded outward and the value widened by 4 units in the last place";
const TAIL: &str = "statrs survival functions, monotone at the ends of the arguments, widened by 1e-7 relative";

const GRIM: &str = "Brown and Heathers 2017, doi 10.1177/1948550616673876";
const GRIMMER: &str = "Anaya 2016, doi 10.7287/peerj.preprints.2400v1; all totals, exact over each domain";
const ATTAINED: &str = "one number at each end, the others equal for the least SD and at the ends for the greatest: Popoviciu 1935, Bhatia and Davis 2000, doi 10.1080/00029890.2000.12005203";
const SUMMARY: &str = "exact over intervals of means and SDs, one root by libm";
const EFFECT: &str = "monotone in each argument: exact at vertices, roots by libm";
const WALD: &str = "exp(ln ratio ± z SE) with Woolf's or Katz's standard error, enclosed by libm";
const QUANTILE: &str = "halving on the enclosed tail, so that each end is proven";
const CI: &str = "Georgescu and Wren 2018, doi 10.1093/bioinformatics/btx811";

macro_rules! functions {
    ($($name:literal $signature:literal $summary:literal $source:expr, $arity:expr, $enclosure:path;)*) => {
        &[$(Function { name: $name, signature: $signature, summary: $summary, source: $source, arity: $arity,
            enclosure: $enclosure }),*]
    };
}

/// Every function, operators first.
pub static FUNCTIONS: &[Function] = functions![
    "+" "a + b" "the sum of two values of one kind" ARITHMETIC, Arity::exactly(2), operators::add;
    "-" "a - b" "the difference of two values of one kind" ARITHMETIC, Arity::exactly(2), operators::subtract;
    "*" "a * b" "the product" ARITHMETIC, Arity::exactly(2), operators::multiply;
    "/" "a / b" "the quotient" ARITHMETIC, Arity::exactly(2), operators::divide;
    "^" "a ^ b" "a power; of a value with a unit a whole one" ARITHMETIC, Arity::exactly(2), operators::power;
    "neg" "-a" "the value below zero" ARITHMETIC, Arity::exactly(1), operators::negate;
    "in" "a in UNIT" "the same value, checked to be of the unit's kind" ARITHMETIC, Arity::exactly(2), operators::convert;
    "rounded" "rounded(a)" "a step of a calculation that may have been rounded to three digits: in the wide set times [0.995, 1.005]"
        "a rounding to three significant digits moves a value by at most 0.5 %", Arity::exactly(1), operators::rounded;
    "abs" "abs(a)" "the magnitude" ARITHMETIC, Arity::exactly(1), operators::magnitude;
    "sum" "sum(a, …)" "the sum of values of one kind" ARITHMETIC, Arity::between(1, MAX_ARGUMENTS), aggregate::sum;
    "mean" "mean(a, …)" "the arithmetic mean of values of one kind" ARITHMETIC, Arity::between(1, MAX_ARGUMENTS), aggregate::mean;
    "percent" "percent(part, whole)" "part / whole, as a ratio" ARITHMETIC, Arity::exactly(2), aggregate::percent;
    "percent_change" "percent_change(from, to)" "(to - from) / from, as a ratio, with `from` taken once"
        "to / from - 1, monotone in both", Arity::exactly(2), aggregate::percent_change;
    "ln" "ln(a)" "the natural logarithm of a pure number" LIBM, Arity::exactly(1), elementary_calls::ln;
    "log10" "log10(a)" "the decimal logarithm of a pure number" LIBM, Arity::exactly(1), elementary_calls::log10;
    "exp" "exp(a)" "e to a pure number" LIBM, Arity::exactly(1), elementary_calls::exp;
    "sqrt" "sqrt(a)" "the square root" LIBM, Arity::exactly(1), elementary_calls::sqrt;
    "p_t" "p_t(t, df)" "the two-sided p-value of Student's t" TAIL, Arity::exactly(2), tails::t;
    "p_t_one" "p_t_one(t, df)" "the one-sided p-value of Student's t, on the side of t" TAIL, Arity::exactly(2), tails::t_one;
    "p_f" "p_f(F, df1, df2)" "the upper p-value of Fisher's F" TAIL, Arity::exactly(3), tails::f;
    "p_f_one" "p_f_one(F, df1, df2)" "half the upper p-value of F: one-sided for df1 = 1" TAIL, Arity::exactly(3), tails::f_one;
    "p_chi2" "p_chi2(x, df)" "the upper p-value of chi-squared" TAIL, Arity::exactly(2), tails::chi2;
    "p_chi2_one" "p_chi2_one(x, df)" "half the upper p-value of chi-squared: one-sided for df = 1" TAIL, Arity::exactly(2), tails::chi2_one;
    "p_q" "p_q(Q, df)" "the upper p-value of Cochran's Q, referred to chi-squared" TAIL, Arity::exactly(2), tails::chi2;
    "p_z" "p_z(z)" "the two-sided p-value of the standard normal" TAIL, Arity::exactly(1), tails::z;
    "p_z_one" "p_z_one(z)" "the one-sided p-value of the standard normal, on the side of z" TAIL, Arity::exactly(1), tails::z_one;
    "p_r" "p_r(r, df)" "the two-sided p-value of a correlation with df = n - 2, by t = r sqrt(df / (1 - r^2))" TAIL, Arity::exactly(2), tails::r;
    "p_r_one" "p_r_one(r, df)" "the one-sided p-value of a correlation, on the side of r" TAIL, Arity::exactly(2), tails::r_one;
    "between" "between(a, b)" "every value from a to b" ARITHMETIC, Arity::exactly(2), bounds::between;
    "any_of" "any_of(a, …)" "one of several values, where the text does not say which of them it prints" ARITHMETIC,
        Arity::between(1, MAX_ARGUMENTS), bounds::any_of;
    "greatest" "greatest(a, …)" "the greatest of several values of one kind" ORDER, Arity::between(1, MAX_ARGUMENTS), order::greatest;
    "least" "least(a, …)" "the least of several values of one kind" ORDER, Arity::between(1, MAX_ARGUMENTS), order::least;
    "kth_greatest" "kth_greatest(k, a, …)" "the value in place k from above" ORDER, Arity::between(2, MAX_ARGUMENTS), order::kth_greatest;
    "kth_least" "kth_least(k, a, …)" "the value in place k from below" ORDER, Arity::between(2, MAX_ARGUMENTS), order::kth_least;
    "count_above" "count_above(bound, a, …)" "how many values are above the bound: from those that are to those that can be"
        ORDER, Arity::between(2, MAX_ARGUMENTS), order::count_above;
    "count_below" "count_below(bound, a, …)" "how many values are below the bound: from those that are to those that can be"
        ORDER, Arity::between(2, MAX_ARGUMENTS), order::count_below;
    "count_greatest" "count_greatest(width, a, …)" "in how many groups of so many values the first is the greatest, ties left open"
        ORDER, Arity::between(3, MAX_ARGUMENTS), order::count_greatest;
    "count_least" "count_least(width, a, …)" "in how many groups of so many values the first is the least, ties left open"
        ORDER, Arity::between(3, MAX_ARGUMENTS), order::count_least;
    "p_by_interval" "p_by_interval(value, low, high, alpha)" "the p-values that a two-sided test of the value can have by its interval of level 1 - alpha"
        "an interval holds the values that its test does not reject: Cox and Hinkley 1974, section 7.2", Arity::exactly(4), bounds::p_by_interval;
    "grim" "grim(mean, n, items = 1)" "the means of n·items whole numbers next to and within the given mean"
        GRIM, Arity::between(2, 3), granularity::grim;
    "grim_percent" "grim_percent(share, n, items = 1)" "the shares k / (n·items) next to and within the given share, a ratio from 0 to 1"
        GRIM, Arity::between(2, 3), granularity::grim_percent;
    "grimmer" "grimmer(mean, sd, n, items = 1, low, high)"
        "the sample SDs of whole numbers, from low to high where these are given, whose mean prints as given, next to and within the given SD"
        GRIMMER, Arity::between(3, 6), grimmer::grimmer;
    "grimmer_population" "grimmer_population(mean, sd, n, items = 1, low, high)" "the same with the SD of a population, divided by n"
        GRIMMER, Arity::between(3, 6), grimmer::grimmer_population;
    "grimmer_attained" "grimmer_attained(mean, sd, n, least, greatest)"
        "the sample SDs of n whole numbers with these extremes whose mean prints as given, next to and within the given SD"
        GRIMMER, Arity::exactly(5), grimmer::grimmer_attained;
    "grimmer_attained_population" "grimmer_attained_population(mean, sd, n, least, greatest)" "the same with the SD of a population, divided by n"
        GRIMMER, Arity::exactly(5), grimmer::grimmer_attained_population;
    "sd_range" "sd_range(mean, n, low, high, items = 1)"
        "the sample SDs from the least to the greatest that n whole numbers on the scale low:high can have with the mean"
        "as equal as possible, and as many as possible at the ends", Arity::between(4, 5), grimmer::sd_range;
    "sd_range_population" "sd_range_population(mean, n, low, high, items = 1)" "the same with the SD of a population"
        "as equal as possible, and as many as possible at the ends", Arity::between(4, 5), grimmer::sd_range_population;
    "sd_limit" "sd_limit(mean, n, low, high)" "the sample SDs that n numbers between low and high, whole or not, can have with the mean"
        "up to sqrt((m - low) (high - m) n / (n - 1))", Arity::exactly(4), grimmer::sd_limit;
    "sd_limit_population" "sd_limit_population(mean, n, low, high)" "the same with the SD of a population"
        "up to sqrt((m - low) (high - m))", Arity::exactly(4), grimmer::sd_limit_population;
    "mean_attained" "mean_attained(n, least, greatest)" "the means of n numbers with these extremes"
        ATTAINED, Arity::exactly(3), extremes::mean_attained;
    "sd_attained" "sd_attained(mean, n, least, greatest)" "the sample SDs that n numbers with these extremes, whole or not, can have with the mean"
        ATTAINED, Arity::exactly(4), extremes::sd_attained;
    "sd_attained_population" "sd_attained_population(mean, n, least, greatest)" "the same with the SD of a population"
        ATTAINED, Arity::exactly(4), extremes::sd_attained_population;
    "debit" "debit(mean, n)" "the sample SDs of n zeros and ones whose mean prints as given"
        "Heathers and Brown 2019; sqrt(k (n - k) / (n (n - 1)))", Arity::exactly(2), granularity::debit;
    "debit_population" "debit_population(mean, n)" "the same with the SD of a population"
        "sqrt(k (n - k)) / n", Arity::exactly(2), granularity::debit_population;
    "t_pooled" "t_pooled(m1, sd1, n1, m2, sd2, n2)" "Student's t of two groups; df = n1 + n2 - 2"
        SUMMARY, Arity::exactly(6), summaries::t_pooled;
    "t_welch" "t_welch(m1, sd1, n1, m2, sd2, n2)" "Welch's t of two groups" SUMMARY, Arity::exactly(6), summaries::t_welch;
    "df_welch" "df_welch(sd1, n1, sd2, n2)" "the degrees of freedom of Welch's t"
        "Welch 1947, doi 10.1093/biomet/34.1-2.28; a function of one ratio with one maximum", Arity::exactly(4), summaries::df_welch;
    "t_paired" "t_paired(m1, sd1, m2, sd2, r, n)" "the t of n pairs whose two values correlate by r; df = n - 1"
        SUMMARY, Arity::exactly(6), summaries::t_paired;
    "f_oneway" "f_oneway(m1, sd1, n1, m2, sd2, n2, …)" "the one-way F of groups; df1 = groups - 1, df2 = sum of n - groups"
        "least sum of squares between by a convex function of one variable, greatest at a vertex", Arity::between(6, MAX_ARGUMENTS),
        summaries::f_oneway;
    "chi2_table" "chi2_table(rows, count, …)" "Pearson's chi-squared of a table of counts, row after row"
        ARITHMETIC, Arity::between(5, MAX_ARGUMENTS), contingency::chi2_table;
    "chi2_table_yates" "chi2_table_yates(2, a, b, c, d)" "chi-squared of a table of two by two with Yates' correction"
        "Yates 1934, doi 10.2307/2983604; a distance below one half taken both ways in use", Arity::exactly(5), contingency::chi2_table_yates;
    "p_fisher" "p_fisher(a, b, c, d)" "Fisher's exact two-sided p of a table of two by two"
        "Fisher 1935, doi 10.2307/2342435; the tables no likelier, and twice the smaller tail, by whole numbers", Arity::exactly(4),
        contingency::p_fisher;
    "chi2_equal" "chi2_equal(count, …)" "chi-squared of counts against equal shares; df = classes - 1"
        ARITHMETIC, Arity::between(2, MAX_ARGUMENTS), contingency::chi2_equal;
    "chi2_fit" "chi2_fit(count, expected, …)" "chi-squared of counts, each followed by what was expected"
        ARITHMETIC, Arity::between(4, MAX_ARGUMENTS), contingency::chi2_fit;
    "d_from_t" "d_from_t(t, n1, n2)" "Cohen's d of two groups: t sqrt(1/n1 + 1/n2)" EFFECT, Arity::exactly(3), effects::d_from_t;
    "d_equal_n" "d_equal_n(t, df)" "Cohen's d of two groups of one size: 2 t / sqrt(df + 2)" EFFECT, Arity::exactly(2), effects::d_equal_n;
    "d_from_df" "d_from_df(t, df)" "the short form of d in wide use: 2 t / sqrt(df)"
        "Rosenthal and Rosnow; larger than d_equal_n by the root of 1 + 2 / df", Arity::exactly(2), effects::d_from_df;
    "dz_from_t" "dz_from_t(t, n)" "the d of n pairs: t / sqrt(n)" EFFECT, Arity::exactly(2), effects::dz_from_t;
    "d_pooled" "d_pooled(m1, sd1, n1, m2, sd2, n2)" "Cohen's d by the pooled SD" EFFECT, Arity::exactly(6), effects::d_pooled;
    "d_average" "d_average(m1, sd1, m2, sd2)" "d by the root of the mean of the two variances" EFFECT, Arity::exactly(4), effects::d_average;
    "d_glass" "d_glass(m1, m2, sd)" "the difference by the SD of one group" EFFECT, Arity::exactly(3), effects::d_glass;
    "g_hedges" "g_hedges(d, df)" "d times Hedges' correction, from its exact form to 1 - 3 / (4 df - 1)"
        "Hedges 1981, doi 10.3102/10769986006002107; libm's gamma function widened by 1e-9", Arity::exactly(2), effects::g_hedges;
    "r_from_t" "r_from_t(t, df)" "the correlation of a t: t / sqrt(t^2 + df)" EFFECT, Arity::exactly(2), effects::r_from_t;
    "r_from_z" "r_from_z(z, n)" "the r of a rank test: z / sqrt(N)" EFFECT, Arity::exactly(2), effects::r_from_z;
    "z_fisher" "z_fisher(r)" "Fisher's transform of a correlation: ln((1 + r) / (1 - r)) / 2" LIBM, Arity::exactly(1), effects::z_fisher;
    "eta2_partial" "eta2_partial(F, df1, df2)" "partial eta squared: F df1 / (F df1 + df2)" EFFECT, Arity::exactly(3), effects::eta2_partial;
    "omega2_partial" "omega2_partial(F, df1, df2)" "omega squared of one factor between subjects: df1 (F - 1) / (df1 F + df2 + 1)"
        EFFECT, Arity::exactly(3), effects::omega2_partial;
    "epsilon2_partial" "epsilon2_partial(F, df1, df2)" "epsilon squared: df1 (F - 1) / (df1 F + df2)" EFFECT, Arity::exactly(3), effects::epsilon2_partial;
    "f_cohen" "f_cohen(F, df1, df2)" "Cohen's f: sqrt(F df1 / df2)" EFFECT, Arity::exactly(3), effects::f_cohen;
    "phi" "phi(chi2, n)" "phi of a table of two by two: sqrt(chi2 / N)" EFFECT, Arity::exactly(2), effects::phi;
    "cramers_v" "cramers_v(chi2, n, k)" "Cramer's V, k the lesser of rows and columns: sqrt(chi2 / (N (k - 1)))" EFFECT, Arity::exactly(3), effects::cramers_v;
    "odds_ratio" "odds_ratio(a, b, c, d)" "a d / (b c): events and others of one group, then of the other" ARITHMETIC, Arity::exactly(4), odds::odds_ratio;
    "odds_ratio_low" "odds_ratio_low(a, b, c, d, level)" "the lower limit of Wald's interval of the odds ratio" WALD, Arity::exactly(5), odds::odds_ratio_low;
    "odds_ratio_high" "odds_ratio_high(a, b, c, d, level)" "the upper limit of Wald's interval of the odds ratio" WALD, Arity::exactly(5), odds::odds_ratio_high;
    "risk_ratio" "risk_ratio(a, b, c, d)" "a / (a + b) over c / (c + d)" ARITHMETIC, Arity::exactly(4), odds::risk_ratio;
    "risk_ratio_low" "risk_ratio_low(a, b, c, d, level)" "the lower limit of Wald's interval of the risk ratio" WALD, Arity::exactly(5), odds::risk_ratio_low;
    "risk_ratio_high" "risk_ratio_high(a, b, c, d, level)" "the upper limit of Wald's interval of the risk ratio" WALD, Arity::exactly(5), odds::risk_ratio_high;
    "z_quantile" "z_quantile(level)" "the z of a two-sided interval at a level of confidence such as 0.95" QUANTILE, Arity::exactly(1), intervals::z_quantile;
    "t_quantile" "t_quantile(level, df)" "the t of a two-sided interval at a level of confidence" QUANTILE, Arity::exactly(2), intervals::t_quantile;
    "ci_centre" "ci_centre(low, high)" "the middle of an interval" ARITHMETIC, Arity::exactly(2), intervals::ci_centre;
    "ci_centre_ratio" "ci_centre_ratio(low, high)" "the geometric middle of an interval of a ratio" LIBM, Arity::exactly(2), intervals::ci_centre_ratio;
    "ci_se" "ci_se(low, high, level, df = ∞)" "the standard error of a symmetric interval: its width over twice z, or over twice t with df"
        CI, Arity::between(3, 4), intervals::ci_se;
    "ci_se_ratio" "ci_se_ratio(low, high, level, df = ∞)" "the standard error of the logarithm of a ratio, by its interval"
        CI, Arity::between(3, 4), intervals::ci_se_ratio;
    "p_from_ci" "p_from_ci(estimate, low, high, level, df = ∞)" "the two-sided p of an estimate against 0, by its interval"
        CI, Arity::between(4, 5), intervals::p_from_ci;
    "p_from_ci_ratio" "p_from_ci_ratio(estimate, low, high, level, df = ∞)" "the two-sided p of a ratio against 1, by its interval"
        CI, Arity::between(4, 5), intervals::p_from_ci_ratio;
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_every_entry_says_what_it_is() {
        for (at, function) in FUNCTIONS.iter().enumerate() {
            assert!(FUNCTIONS[..at].iter().all(|other| other.name != function.name), "{}", function.name);
            assert!(!function.summary.is_empty() && !function.source.is_empty() && !function.signature.is_empty());
            assert!(function.arity.least >= 1 && function.arity.least <= function.arity.most);
        }
    }

    #[test]
    fn a_wrong_number_of_arguments_is_refused() {
        let one = Value::whole(1);
        for (name, count) in [("+", 1), ("p_f", 2), ("sum", 0), ("grim", 4)] {
            let arguments = vec![one.clone(); count];
            let refusal = find(name).expect(name).apply(&arguments, Precision::Tight).expect_err(name);
            assert!(matches!(refusal, Refusal::Program(_)), "{refusal}");
        }
    }

    #[test]
    fn numbers_that_grow_without_end_are_refused() {
        let mut value = Value::point(crate::arithmetic::rational::power_of_ten(400));
        let square = find("*").expect("product");
        let mut refused = false;
        for _ in 0..20 {
            match square.apply(&[value.clone(), value.clone()], Precision::Tight) {
                Ok(next) => value = next,
                Err(refusal) => {
                    assert!(matches!(refusal, Refusal::Range(_)));
                    refused = true;
                    break;
                }
            }
        }
        assert!(refused);
    }
}
