//! Cells with a number and its two parts, over random tables: what adds up is never flagged, and a part put wrong is.

#[path = "support/judged.rs"]
mod judged;

use proptest::prelude::*;

use judged::{is_flagged, names};

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn parts_add_up_and_a_part_put_wrong_is_flagged(
        cells in proptest::collection::vec((1_u32..400, 1_u32..400), 5..12), by in 1_u32..60, at in 0_usize..5,
    ) {
        let table = |moved: Option<usize>| {
            let row = |(index, (first, second)): (usize, &(u32, u32))| {
                let more = if moved == Some(index) { by } else { 0 };
                format!("Study {} | {} ({}/{second}) | good", char::from(b'A' + u8::try_from(index).unwrap_or(0)), first + second, first + more)
            };
            let rows: Vec<String> = cells.iter().enumerate().map(row).collect();
            format!("Table 1. Samples of each study.\n\nStudy | Patients (men/women) | Quality\n---\n{}\n", rows.join("\n"))
        };
        let found = names("SU126", &table(None));
        prop_assert!(found.len() == cells.len() && !found.iter().any(|outcome| is_flagged(outcome)), "{found:?} {}", table(None));
        let found = names("SU126", &table(Some(at)));
        prop_assert!(found.len() == cells.len() && found.iter().filter(|outcome| is_flagged(outcome)).count() == 1, "{found:?} {}", table(Some(at)));
    }
}
