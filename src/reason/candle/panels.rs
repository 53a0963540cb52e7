//! How the work of a product is shared: weights lie in panels of 16 outputs, and rows go through a panel in groups.
//!
//! Which rows make a group hangs on how many there are; what comes of a row must not.

use std::ops::Range;

use rayon::prelude::*;

use super::lanes::{Lanes, PANEL};

/// So few rows are not split among threads; the panels are.
const FEW: usize = 8;

/// The most rows whose numbers stay near the processor while all panels go by.
const NEAR: usize = 64;

/// Takes the number of a row and its 16 products.
pub(super) type Put<'p> = &'p mut dyn FnMut(usize, &[f32; PANEL]);

/// How many of the rows that are left go together: as many as the registers hold, then four, then one.
pub(super) const fn group<L: Lanes>(left: usize) -> usize {
    match left {
        8.. if L::ROWS >= 8 => 8,
        4.. => 4,
        _ => 1,
    }
}

/// All products `[count, outputs]`, where `of` puts those of a panel with some of the rows, numbered from the first of them.
pub(super) fn by_panels(count: usize, outputs: usize, of: impl Fn(usize, Range<usize>, Put) + Sync) -> Vec<f32> {
    let mut products = vec![0.0; count * outputs];
    if count == 1 {
        products.par_chunks_mut(PANEL).enumerate().with_min_len(8).for_each(|(panel, products)| {
            of(panel, 0..1, &mut |_, own| products.copy_from_slice(own));
        });
    } else if count <= FEW {
        let mut apart = vec![0.0; count * outputs];
        apart.par_chunks_mut(count * PANEL).enumerate().with_min_len(8).for_each(|(panel, apart)| {
            of(panel, 0..count, &mut |row, own| apart[row * PANEL..(row + 1) * PANEL].copy_from_slice(own));
        });
        for (panel, apart) in apart.chunks(count * PANEL).enumerate() {
            for (row, own) in apart.chunks(PANEL).enumerate() {
                let start = row * outputs + panel * PANEL;
                products[start..start + PANEL].copy_from_slice(own);
            }
        }
    } else {
        let near = count.div_ceil(rayon::current_num_threads()).next_multiple_of(FEW).min(NEAR);
        products.par_chunks_mut(near * outputs).enumerate().for_each(|(at, products)| {
            let rows = at * near..at * near + products.len() / outputs;
            for panel in 0..outputs / PANEL {
                of(panel, rows.clone(), &mut |row, own| {
                    let start = row * outputs + panel * PANEL;
                    products[start..start + PANEL].copy_from_slice(own);
                });
            }
        });
    }
    products
}
