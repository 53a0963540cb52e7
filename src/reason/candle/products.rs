//! Products with weights of the type `Q4_K` on processors of the x86 family: rows of eight-bit numbers against panels of
//! four-bit weights.
//!
//! The sums over a block of 256 weights are whole numbers and exact, and what is added after them is added in the order of
//! the blocks. So a row comes out the same to the last bit, however many rows are multiplied with it. The weights are held
//! once, in the order in which they are read, in the place of the file's.

#![expect(clippy::inline_always, reason = "what is not inlined is not compiled for the instructions at hand")]

use pulp::NullaryFnOnce;
use rayon::prelude::*;

use super::error::ModelError;
use super::lanes::{Instructions, Lanes, PANEL};
use super::panels::{Put, by_panels, group};

/// Weights of a block, as the format has it.
pub(super) const BLOCK: usize = 256;

/// Bytes of a block in a file: two scales of half precision, twelve bytes of packed scales, the weights.
const BYTES: usize = 144;

/// Block of the same columns in 16 rows of weights.
#[derive(Clone)]
pub(super) struct Tile {
    /// Eight columns at a time, four bytes a row: the first four columns in the low halves, the others in the high ones.
    pub(super) weights: [[u8; 4 * PANEL]; BLOCK / 8],
    /// The scale of each 32 columns.
    pub(super) scales: [[u8; PANEL]; BLOCK / 32],
    /// What is taken away for each 32 columns, two of them beside each other.
    pub(super) offsets: [[u8; 2 * PANEL]; BLOCK / 64],
    /// The scale of the scales.
    pub(super) scale: [f32; PANEL],
    /// The scale of the offsets.
    pub(super) offset: [f32; PANEL],
}

/// 256 numbers of a row, rounded to eight bits.
#[derive(Clone)]
pub(super) struct Rounded {
    /// What one step is worth.
    pub(super) step: f32,
    /// Sums of 32 numbers each, two in one word.
    pub(super) sums: [i32; BLOCK / 64],
    /// The numbers, four in one word.
    pub(super) fours: [i32; BLOCK / 4],
}

/// A matrix of weights.
pub struct Panels {
    tiles: Vec<Tile>,
    inputs: usize,
    outputs: usize,
    with: Instructions,
}

impl std::fmt::Debug for Panels {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Panels[{}, {}]", self.outputs, self.inputs)
    }
}

impl Panels {
    /// Whether a matrix of this shape can be brought into panels.
    pub const fn fit(outputs: usize, inputs: usize) -> bool {
        outputs > 0 && inputs > 0 && outputs.is_multiple_of(PANEL) && inputs.is_multiple_of(BLOCK)
    }

    /// Brings the bytes of a matrix `[outputs, inputs]` of the type `Q4_K` into panels.
    ///
    /// # Errors
    /// A shape that does not [`fit`](Self::fit), or another number of bytes.
    pub fn new(bytes: &[u8], outputs: usize, inputs: usize, with: Instructions) -> Result<Self, ModelError> {
        if !Self::fit(outputs, inputs) || bytes.len() != outputs * inputs / BLOCK * BYTES {
            return Err(ModelError::Call(format!("{} bytes for panels of {outputs} times {inputs}", bytes.len())));
        }
        let blocks = inputs / BLOCK;
        let tiles = (0..outputs / PANEL * blocks)
            .into_par_iter()
            .map(|at| {
                let (panel, block) = (at / blocks, at % blocks);
                let mut tile = Tile::empty();
                for row in 0..PANEL {
                    let start = ((panel * PANEL + row) * blocks + block) * BYTES;
                    tile.put(row, &bytes[start..start + BYTES]);
                }
                tile
            })
            .collect();
        Ok(Self { tiles, inputs, outputs, with })
    }

    /// Rows `[rows, inputs]` times the transposed matrix: `[rows, outputs]`.
    pub fn multiply(&self, rows: &[f32]) -> Vec<f32> {
        let blocks = self.inputs / BLOCK;
        let count = rows.len() / self.inputs;
        let mut rounded = vec![Rounded::zero(); count * blocks];
        rounded.par_chunks_mut(16).zip(rows.par_chunks(16 * BLOCK)).for_each(|(rounded, numbers)| {
            for (own, numbers) in rounded.iter_mut().zip(numbers.chunks(BLOCK)) {
                own.round(numbers);
            }
        });
        by_panels(count, self.outputs, |panel, rows, put| {
            let tiles = &self.tiles[panel * blocks..(panel + 1) * blocks];
            let rounded = &rounded[rows.start * blocks..rows.end * blocks];
            match self.with {
                Instructions::V3(with) => with.vectorize(OfPanel { with, tiles, rounded, put }),
                Instructions::V4(with) => with.vectorize(OfPanel { with, tiles, rounded, put }),
            }
        })
    }
}

/// The rows of one panel, as a step that is compiled for the instructions at hand.
struct OfPanel<'a, 'p, L> {
    with: L,
    tiles: &'a [Tile],
    rounded: &'a [Rounded],
    put: Put<'p>,
}

impl<L: Lanes> NullaryFnOnce for OfPanel<'_, '_, L> {
    type Output = ();

    #[inline(always)]
    fn call(mut self) {
        let mut first = 0;
        let count = self.rounded.len() / self.tiles.len();
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
        let blocks = self.tiles.len();
        let rows: [&[Rounded]; N] =
            std::array::from_fn(|row| &self.rounded[(first + row) * blocks..(first + row + 1) * blocks]);
        let mut products = [[0.0; PANEL]; N];
        for part in 0..PANEL / L::COUNT {
            let sums = of_tiles(self.with, self.tiles, &rows, part);
            for (products, sums) in products.iter_mut().zip(sums) {
                self.with.store(sums, &mut products[part * L::COUNT..(part + 1) * L::COUNT]);
            }
        }
        for (row, products) in products.iter().enumerate() {
            (self.put)(first + row, products);
        }
    }
}

/// N rows against the rows of weights from `part` times the width of the instructions on.
#[inline(always)]
fn of_tiles<L: Lanes, const N: usize>(with: L, tiles: &[Tile], rows: &[&[Rounded]; N], part: usize) -> [L::Floats; N] {
    let mut sums = [with.no_floats(); N];
    for (block, tile) in tiles.iter().enumerate() {
        let rows: [&Rounded; N] = std::array::from_fn(|row| &rows[row][block]);
        let mut total = [with.no_words(); N];
        for (scale, (weights, at)) in tile.scales.iter().zip(tile.weights.chunks_exact(4).zip((0..).step_by(8))) {
            // At most 8 times 2 times 15 times 127 in sixteen bits: no sum overflows.
            let mut own = [with.no_words(); N];
            for (eight, at) in weights.iter().zip((at..).step_by(2)) {
                let (low, high) = with.halves(eight, part);
                for (own, row) in own.iter_mut().zip(rows) {
                    *own = with.add_pairs(*own, low, row.fours[at]);
                    *own = with.add_pairs(*own, high, row.fours[at + 1]);
                }
            }
            let scale = with.scale(scale, part);
            for (total, own) in total.iter_mut().zip(own) {
                *total = with.add_scaled(*total, own, scale);
            }
        }
        let mut away = [with.no_words(); N];
        for (at, offsets) in tile.offsets.iter().enumerate() {
            let offsets = with.widened(offsets, part);
            for (away, row) in away.iter_mut().zip(rows) {
                *away = with.add_scaled(*away, offsets, with.word(row.sums[at]));
            }
        }
        let (scale, offset) = (with.load(&tile.scale, part), with.load(&tile.offset, part));
        for (row, sum) in sums.iter_mut().enumerate() {
            *sum = with.add_product(*sum, total[row], scale, rows[row].step);
            *sum = with.take_product(*sum, away[row], offset, rows[row].step);
        }
    }
    sums
}

impl Tile {
    const fn empty() -> Self {
        Self {
            weights: [[0; 4 * PANEL]; BLOCK / 8],
            scales: [[0; PANEL]; BLOCK / 32],
            offsets: [[0; 2 * PANEL]; BLOCK / 64],
            scale: [0.0; PANEL],
            offset: [0.0; PANEL],
        }
    }

    /// Puts a block of the file into a row. The layout is that of the format: of each 64 weights the first 32 are the low
    /// halves of 32 bytes, and the others the high ones; scales and offsets have six bits.
    fn put(&mut self, row: usize, block: &[u8]) {
        let half = |at: usize| half::f16::from_le_bytes([block[at], block[at + 1]]).to_f32();
        (self.scale[row], self.offset[row]) = (half(0), half(2));
        let packed = &block[4..16];
        for part in 0..BLOCK / 32 {
            let (scale, offset) = if part < 4 {
                (packed[part] & 63, packed[part + 4] & 63)
            } else {
                let (low, tops) = (packed[part + 4], (packed[part - 4] >> 6, packed[part] >> 6));
                (low & 15 | tops.0 << 4, low >> 4 | tops.1 << 4)
            };
            self.scales[part][row] = scale;
            self.offsets[part / 2][2 * row + part % 2] = offset;
        }
        let weight = |column: usize| {
            let byte = block[16 + column / 64 * 32 + column % 32];
            if column % 64 < 32 { byte & 15 } else { byte >> 4 }
        };
        for (eight, weights) in self.weights.iter_mut().enumerate() {
            for column in 0..4 {
                weights[4 * row + column] = weight(8 * eight + column) | weight(8 * eight + 4 + column) << 4;
            }
        }
    }
}

impl Rounded {
    const fn zero() -> Self {
        Self { step: 0.0, sums: [0; BLOCK / 64], fours: [0; BLOCK / 4] }
    }

    /// Rounds 256 numbers to steps of the largest over 127.
    fn round(&mut self, numbers: &[f32]) {
        let most = numbers.iter().fold(0.0_f32, |most, number| most.max(number.abs()));
        self.step = most / 127.0;
        let steps = if most > 0.0 { 127.0 / most } else { 0.0 };
        let mut whole = [0_i8; BLOCK];
        for (whole, number) in whole.iter_mut().zip(numbers) {
            *whole = nearest(number * steps);
        }
        for (four, whole) in self.fours.iter_mut().zip(whole.as_chunks::<4>().0) {
            *four = i32::from_le_bytes(whole.map(i8::cast_unsigned));
        }
        let sum = |part: &[i8]| part.iter().map(|whole| i16::from(*whole)).sum::<i16>();
        for (sums, part) in self.sums.iter_mut().zip(whole.chunks_exact(64)) {
            let (low, high) = (sum(&part[..32]).to_le_bytes(), sum(&part[32..]).to_le_bytes());
            *sums = i32::from_le_bytes([low[0], low[1], high[0], high[1]]);
        }
    }
}

/// The nearest whole number of one up to 127 in size: behind 1.5 times 2^23 a number of single precision has no places left.
#[expect(clippy::cast_possible_truncation, reason = "the eight bits that are left are the number")]
const fn nearest(number: f32) -> i8 {
    (number + 12_582_912.0).to_bits() as i8
}

#[cfg(test)]
mod tests {
    use super::*;
    use candle_core::quantized::{GgmlDType, QTensor};
    use candle_core::{Device, Tensor};

    /// Numbers from -1 to 1 whose size differs from place to place, by the generator of Knuth's MMIX.
    fn numbers(count: usize, mut seed: u64) -> Vec<f32> {
        let mut next = || {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            f32::from(u16::try_from(seed >> 48).expect("16 bits")) / 32_768.0 - 1.0
        };
        (0..count).map(|at| next() * if at % 37 == 5 { 4.0 } else { 0.5 }).collect()
    }

    #[test]
    fn products_are_those_with_the_unpacked_weights() {
        let (outputs, inputs, rows) = (48, 768, 13);
        let weights = Tensor::from_vec(numbers(outputs * inputs, 3), (outputs, inputs), &Device::Cpu).expect("weights");
        let weights = QTensor::quantize(&weights, GgmlDType::Q4K).expect("quantised");
        let unpacked: Vec<Vec<f32>> =
            weights.dequantize(&Device::Cpu).and_then(|weights| weights.to_vec2()).expect("unpacked");
        let numbers = numbers(rows * inputs, 5);
        let mut rounded = vec![Rounded::zero(); numbers.len() / BLOCK];
        for (own, numbers) in rounded.iter_mut().zip(numbers.chunks(BLOCK)) {
            own.round(numbers);
        }
        for with in Instructions::all() {
            let panels = Panels::new(&weights.data().expect("bytes"), outputs, inputs, with).expect("panels");
            let found = panels.multiply(&numbers);
            for (row, (found, rounded)) in found.chunks(outputs).zip(rounded.chunks(inputs / BLOCK)).enumerate() {
                for (found, weights) in found.iter().zip(&unpacked) {
                    let fours = rounded.iter().flat_map(|own| own.fours.iter().map(move |four| (own.step, four)));
                    let numbers = fours.flat_map(|(step, four)| {
                        four.to_le_bytes().map(|byte| f64::from(step) * f64::from(byte.cast_signed()))
                    });
                    let expected: f64 = numbers.zip(weights).map(|(number, weight)| number * f64::from(*weight)).sum();
                    assert!((f64::from(*found) - expected).abs() < 2e-4, "{with:?} row {row}: {found} for {expected}");
                }
            }
        }
    }

    #[test]
    fn a_row_is_the_same_in_any_company_and_with_any_instructions() {
        let (outputs, inputs, rows) = (32, 512, 70);
        let weights = Tensor::from_vec(numbers(outputs * inputs, 7), (outputs, inputs), &Device::Cpu).expect("weights");
        let weights = QTensor::quantize(&weights, GgmlDType::Q4K).expect("quantised").data().expect("bytes").to_vec();
        let numbers = numbers(rows * inputs, 11);
        let bits = |products: &[f32]| products.iter().map(|product| product.to_bits()).collect::<Vec<u32>>();
        let mut all = Vec::new();
        for with in Instructions::all() {
            let panels = Panels::new(&weights, outputs, inputs, with).expect("panels");
            let together = panels.multiply(&numbers);
            for count in [1, 2, 5, 8, 9, 23] {
                for (part, numbers) in together.chunks(count * outputs).zip(numbers.chunks(count * inputs)) {
                    assert_eq!(bits(&panels.multiply(numbers)), bits(part), "{with:?}, {count} rows");
                }
            }
            all.push(bits(&together));
        }
        assert!(all.windows(2).all(|pair| pair[0] == pair[1]));
    }

    #[test]
    fn numbers_are_rounded_to_the_nearest_step() {
        let mut numbers = [0.0; BLOCK];
        (numbers[0], numbers[1], numbers[33], numbers[255]) = (-12.7, 6.34, 0.06, 12.66);
        let mut rounded = Rounded::zero();
        rounded.round(&numbers);
        assert!((rounded.step - 0.1).abs() < 1e-6);
        let found: Vec<i8> = rounded.fours.iter().flat_map(|four| four.to_le_bytes().map(u8::cast_signed)).collect();
        assert_eq!((found[0], found[1], found[33], found[255]), (-127, 63, 1, 127));
        let bytes = rounded.sums.iter().flat_map(|two| two.to_le_bytes()).collect::<Vec<u8>>();
        let sums: Vec<i16> = bytes.as_chunks::<2>().0.iter().map(|two| i16::from_le_bytes(*two)).collect();
        assert_eq!(sums, [-64, 1, 0, 0, 0, 0, 0, 127]);
        rounded.round(&[0.0; BLOCK]);
        assert_eq!((rounded.step, rounded.fours, rounded.sums), (0.0, [0; BLOCK / 4], [0; BLOCK / 64]));
    }

    #[test]
    fn what_is_no_matrix_of_panels_is_refused() {
        for (bytes, outputs, inputs) in [(144 * 16, 16, 255), (144 * 15, 15, 256), (144 * 16 - 1, 16, 256), (0, 0, 256)]
        {
            if let Some(with) = Instructions::found() {
                assert!(Panels::new(&vec![0; bytes], outputs, inputs, with).is_err());
            }
        }
    }
}
