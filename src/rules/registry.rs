//! All rules by code. Generated from the rule files by `tests/registry.rs`: `UPDATE=1` writes it, never edit it by hand.

use super::rule::Rule;

/// Every rule, sorted by code.
static RULES: [&dyn Rule; 41] = [
    &super::conversions::stated_conversion::StatedConversion,
    &super::equations::stated_arithmetic::StatedArithmetic,
    &super::equations::formula_column::FormulaColumn,
    &super::equations::composition_mismatch::CompositionMismatch,
    &super::granularity::mean_granularity::MeanGranularity,
    &super::granularity::deviation_granularity::DeviationGranularity,
    &super::granularity::binary_deviation::BinaryDeviation,
    &super::granularity::deviation_outside_scale::DeviationOutsideScale,
    &super::granularity::sample_granularity::SampleGranularity,
    &super::granularity::percentage_granularity::PercentageGranularity,
    &super::hidden::hidden_instruction::HiddenInstruction,
    &super::derivations::searched_value::SearchedValue,
    &super::derivations::reasoned_value::ReasonedValue,
    &super::statistics::p_value_mismatch::PValueMismatch,
    &super::statistics::impossible_value::ImpossibleValue,
    &super::statistics::median_outside_its_range::MedianOutsideItsRange,
    &super::statistics::mean_outside_its_range::MeanOutsideItsRange,
    &super::statistics::interval_mismatch::IntervalMismatch,
    &super::statistics::standard_error_mismatch::StandardErrorMismatch,
    &super::statistics::coefficient_test_mismatch::CoefficientTestMismatch,
    &super::statistics::effect_size_mismatch::EffectSizeMismatch,
    &super::statistics::degrees_of_freedom_mismatch::DegreesOfFreedomMismatch,
    &super::statistics::test_from_means::TestFromMeans,
    &super::statistics::test_from_counts::TestFromCounts,
    &super::statistics::effect_from_means::EffectFromMeans,
    &super::statistics::diagnostic_measure_mismatch::DiagnosticMeasureMismatch,
    &super::sums::count_and_percentage::CountAndPercentage,
    &super::sums::relative_change::RelativeChange,
    &super::sums::table_total::TableTotal,
    &super::sums::table_percentage::TablePercentage,
    &super::sums::whole_percentages::WholePercentages,
    &super::sums::derived_column::DerivedColumn,
    &super::sums::table_average::TableAverage,
    &super::sums::overall_mean::OverallMean,
    &super::sums::cell_parts::CellParts,
    &super::sums::participant_flow::ParticipantFlow,
    &super::units::dose_by_body_mass::DoseByBodyMass,
    &super::repeats::abstract_mismatch::AbstractMismatch,
    &super::repeats::text_and_table_mismatch::TextAndTableMismatch,
    &super::repeats::repeated_value_mismatch::RepeatedValueMismatch,
    &super::repeats::order_mismatch::OrderMismatch,
];

/// Every rule, sorted by code.
pub fn all() -> &'static [&'static dyn Rule] {
    &RULES
}

/// The rule with the given code.
pub fn by_code(code: &str) -> Option<&'static dyn Rule> {
    RULES.iter().copied().find(|rule| rule.metadata().code == code)
}
