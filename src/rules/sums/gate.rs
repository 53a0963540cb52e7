//! When the cells of a series are evidence enough to hold a percentage against a table.

/// How many other cells must follow from the same whole.
const LEAST: usize = 3;
/// Of so many other cells one may fail.
const MOST_FAIL: usize = 10;

/// Whether the other cells of a series bear a relation out: it holds in at least three of them, and no more than one in
/// ten fails. A series with more misfits is read wrongly, or of something else.
pub(in crate::rules) const fn is_borne_out(holds: usize, fails: usize) -> bool {
    holds >= LEAST && fails * MOST_FAIL <= holds + fails
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_cells_and_one_misfit_in_ten() {
        assert!(is_borne_out(3, 0) && is_borne_out(9, 1));
        assert!(!is_borne_out(2, 0) && !is_borne_out(8, 1) && !is_borne_out(0, 0));
    }
}
