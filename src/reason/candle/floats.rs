//! Products with weights of single precision on processors of the x86 family, in panels like those of `products`.
//!
//! Each product is added to the sum before it, column by column, so a row comes out the same to the last bit in any company.

#![expect(clippy::inline_always, reason = "what is not inlined is not compiled for the instructions at hand")]

use pulp::NullaryFnOnce;
use rayon::prelude::*;

use super::error::ModelError;
use super::lanes::{Instructions, Lanes, PANEL};
use super::panels::{Put, by_panels, group};

/// A matrix of weights.
pub struct Floats {
    /// The columns of each panel.
    columns: Vec<[f32; PANEL]>,
    inputs: usize,
    outputs: usize,
    with: Instructions,
}

impl std::fmt::Debug for Floats {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Floats[{}, {}]", self.outputs, self.inputs)
    }
}

impl Floats {
    /// Whether a matrix of this shape can be brought into panels.
    pub const fn fit(outputs: usize, inputs: usize) -> bool {
        outputs > 0 && inputs > 0 && outputs.is_multiple_of(PANEL)
    }

    /// Brings a matrix `[outputs, inputs]` into panels.
    ///
    /// # Errors
    /// A shape that does not [`fit`](Self::fit), or another number of weights.
    pub fn new(weights: &[f32], outputs: usize, inputs: usize, with: Instructions) -> Result<Self, ModelError> {
        if !Self::fit(outputs, inputs) || weights.len() != outputs * inputs {
            return Err(ModelError::Call(format!("{} weights for panels of {outputs} times {inputs}", weights.len())));
        }
        let mut columns = vec![[0.0; PANEL]; weights.len() / PANEL];
        columns.par_chunks_mut(inputs).zip(weights.par_chunks(PANEL * inputs)).for_each(|(columns, weights)| {
            for (row, weights) in weights.chunks_exact(inputs).enumerate() {
                for (column, weight) in columns.iter_mut().zip(weights) {
                    column[row] = *weight;
                }
            }
        });
        Ok(Self { columns, inputs, outputs, with })
    }

    /// Rows `[rows, inputs]` times the transposed matrix: `[rows, outputs]`.
    pub fn multiply(&self, rows: &[f32]) -> Vec<f32> {
        by_panels(rows.len() / self.inputs, self.outputs, |panel, range, put| {
            let columns = &self.columns[panel * self.inputs..(panel + 1) * self.inputs];
            let rows = &rows[range.start * self.inputs..range.end * self.inputs];
            match self.with {
                Instructions::V3(with) => with.vectorize(OfPanel { with, columns, rows, put }),
                Instructions::V4(with) => with.vectorize(OfPanel { with, columns, rows, put }),
            }
        })
    }
}

/// The rows of one panel, as a step that is compiled for the instructions at hand.
struct OfPanel<'a, 'p, L> {
    with: L,
    columns: &'a [[f32; PANEL]],
    rows: &'a [f32],
    put: Put<'p>,
}

impl<L: Lanes> NullaryFnOnce for OfPanel<'_, '_, L> {
    type Output = ();

    #[inline(always)]
    fn call(mut self) {
        let count = self.rows.len() / self.columns.len();
        let mut first = 0;
        while first < count {
            let group = group::<L>(count - first);
            match group {
                8 => self.rows::<8>(first),
                4 => self.rows::<4>(first),
                _ => self.rows::<1>(first),
            }
            first += group;
        }
    }
}

impl<L: Lanes> OfPanel<'_, '_, L> {
    #[inline(always)]
    fn rows<const N: usize>(&mut self, first: usize) {
        let inputs = self.columns.len();
        let rows: [&[f32]; N] =
            std::array::from_fn(|row| &self.rows[(first + row) * inputs..(first + row + 1) * inputs]);
        let mut products = [[0.0; PANEL]; N];
        for part in 0..PANEL / L::COUNT {
            let mut sums = [self.with.no_floats(); N];
            for (at, column) in self.columns.iter().enumerate() {
                let weights = self.with.load(column, part);
                for (sum, row) in sums.iter_mut().zip(rows) {
                    *sum = self.with.add_times(*sum, weights, row[at]);
                }
            }
            for (products, sums) in products.iter_mut().zip(sums) {
                self.with.store(sums, &mut products[part * L::COUNT..(part + 1) * L::COUNT]);
            }
        }
        for (row, products) in products.iter().enumerate() {
            (self.put)(first + row, products);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_are_right_and_the_same_in_any_company() {
        let (outputs, inputs, rows) = (48, 77, 13);
        let number = |at: usize| f32::from(u16::try_from(at * 7919 % 1009).expect("small")) / 504.5 - 1.0;
        let weights: Vec<f32> = (0..outputs * inputs).map(number).collect();
        let numbers: Vec<f32> = (0..rows * inputs).map(|at| number(at + 500)).collect();
        let mut all = Vec::new();
        for with in Instructions::all() {
            let floats = Floats::new(&weights, outputs, inputs, with).expect("panels");
            let together = floats.multiply(&numbers);
            for (found, numbers) in together.chunks(outputs).zip(numbers.chunks(inputs)) {
                for (found, weights) in found.iter().zip(weights.chunks(inputs)) {
                    let pairs = numbers.iter().zip(weights);
                    let expected: f64 = pairs.map(|(number, weight)| f64::from(*number) * f64::from(*weight)).sum();
                    assert!((f64::from(*found) - expected).abs() < 1e-5, "{found} for {expected}");
                }
            }
            for count in [1, 2, 5, 9] {
                for (part, numbers) in together.chunks(count * outputs).zip(numbers.chunks(count * inputs)) {
                    let alone = floats.multiply(numbers);
                    assert!(alone.iter().zip(part).all(|(one, two)| one.to_bits() == two.to_bits()), "{count} rows");
                }
            }
            all.push(together.iter().map(|product| product.to_bits()).collect::<Vec<u32>>());
            assert!(Floats::new(&weights, outputs - 1, inputs, with).is_err());
        }
        assert!(all.windows(2).all(|pair| pair[0] == pair[1]));
    }
}
