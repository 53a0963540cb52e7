//! The few vector instructions that products with four-bit weights need, of two widths.

#![expect(clippy::inline_always, reason = "what is not inlined is not compiled for the instructions at hand")]

use pulp::cast;
use pulp::x86::{V3, V4};
use std::arch::x86_64::{__m128i, __m256, __m256i, __m512, __m512i};

/// Outputs of a panel of weights.
pub(super) const PANEL: usize = 16;

/// The vector instructions that the processor has.
#[derive(Clone, Copy, Debug)]
pub enum Instructions {
    /// AVX2 and FMA.
    V3(V3),
    /// AVX-512.
    V4(V4),
}

impl Instructions {
    /// The widest that there are; `None` on an older processor.
    pub fn found() -> Option<Self> {
        Self::all().pop()
    }

    /// All that there are, the widest last.
    pub fn all() -> Vec<Self> {
        V3::try_new().map(Self::V3).into_iter().chain(V4::try_new().map(Self::V4)).collect()
    }
}

/// Instructions over [`COUNT`](Self::COUNT) rows of weights at once. A word has 32 bits and belongs to one row; `part` says
/// which rows of a panel, in units of the width.
pub(super) trait Lanes: Copy {
    /// Rows at once.
    const COUNT: usize;
    /// Rows of numbers at once: as many as the registers hold sums of.
    const ROWS: usize;
    /// A word for each row.
    type Words: Copy;
    /// A number for each row.
    type Floats: Copy;

    /// Words of zero.
    fn no_words(self) -> Self::Words;
    /// Numbers of zero.
    fn no_floats(self) -> Self::Floats;
    /// The same word for all rows.
    fn word(self, word: i32) -> Self::Words;
    /// The low and the high halves of the bytes.
    fn halves(self, bytes: &[u8; 4 * PANEL], part: usize) -> (Self::Words, Self::Words);
    /// Adds the products of four bytes of each row with the four signed ones of the word, by pairs of 16 bits.
    fn add_pairs(self, sums: Self::Words, bytes: Self::Words, word: i32) -> Self::Words;
    /// A byte for each row, in both pairs of its word.
    fn scale(self, bytes: &[u8; PANEL], part: usize) -> Self::Words;
    /// Two bytes for each row, one in each pair of its word.
    fn widened(self, bytes: &[u8; 2 * PANEL], part: usize) -> Self::Words;
    /// Adds the products of both pairs to the word.
    fn add_scaled(self, sums: Self::Words, left: Self::Words, right: Self::Words) -> Self::Words;
    /// Reads a number for each row.
    fn load(self, numbers: &[f32; PANEL], part: usize) -> Self::Floats;
    /// Adds word times scale times step.
    fn add_product(self, sums: Self::Floats, words: Self::Words, scale: Self::Floats, step: f32) -> Self::Floats;
    /// Takes word times scale times step away.
    fn take_product(self, sums: Self::Floats, words: Self::Words, scale: Self::Floats, step: f32) -> Self::Floats;
    /// Adds the numbers times a factor.
    fn add_times(self, sums: Self::Floats, numbers: Self::Floats, factor: f32) -> Self::Floats;
    /// Writes a number for each row.
    fn store(self, numbers: Self::Floats, into: &mut [f32]);
}

impl Lanes for V4 {
    const COUNT: usize = 16;
    const ROWS: usize = 8;
    type Words = __m512i;
    type Floats = __m512;

    #[inline(always)]
    fn no_words(self) -> __m512i {
        self.avx512f._mm512_setzero_si512()
    }

    #[inline(always)]
    fn no_floats(self) -> __m512 {
        self.avx512f._mm512_setzero_ps()
    }

    #[inline(always)]
    fn word(self, word: i32) -> __m512i {
        cast([word; 16])
    }

    #[inline(always)]
    fn halves(self, bytes: &[u8; 4 * PANEL], _: usize) -> (__m512i, __m512i) {
        let (bytes, mask): (__m512i, __m512i) = (cast(*bytes), cast([15_u8; 64]));
        let high = self.avx512bw._mm512_srli_epi16::<4>(bytes);
        (self.avx512f._mm512_and_si512(bytes, mask), self.avx512f._mm512_and_si512(high, mask))
    }

    #[inline(always)]
    fn add_pairs(self, sums: __m512i, bytes: __m512i, word: i32) -> __m512i {
        self.avx512bw._mm512_add_epi16(sums, self.avx512bw._mm512_maddubs_epi16(bytes, self.word(word)))
    }

    #[inline(always)]
    fn scale(self, bytes: &[u8; PANEL], _: usize) -> __m512i {
        let one = self.avx512f._mm512_cvtepu8_epi32(cast::<_, __m128i>(*bytes));
        self.avx512f._mm512_or_si512(one, self.avx512f._mm512_slli_epi32::<16>(one))
    }

    #[inline(always)]
    fn widened(self, bytes: &[u8; 2 * PANEL], _: usize) -> __m512i {
        self.avx512bw._mm512_cvtepu8_epi16(cast::<_, __m256i>(*bytes))
    }

    #[inline(always)]
    fn add_scaled(self, sums: __m512i, left: __m512i, right: __m512i) -> __m512i {
        self.avx512f._mm512_add_epi32(sums, self.avx512bw._mm512_madd_epi16(left, right))
    }

    #[inline(always)]
    fn load(self, numbers: &[f32; PANEL], _: usize) -> __m512 {
        cast(*numbers)
    }

    #[inline(always)]
    fn add_product(self, sums: __m512, words: __m512i, scale: __m512, step: f32) -> __m512 {
        let words = self.avx512f._mm512_cvtepi32_ps(words);
        self.avx512f._mm512_fmadd_ps(words, self.avx512f._mm512_mul_ps(scale, cast([step; 16])), sums)
    }

    #[inline(always)]
    fn take_product(self, sums: __m512, words: __m512i, scale: __m512, step: f32) -> __m512 {
        let words = self.avx512f._mm512_cvtepi32_ps(words);
        self.avx512f._mm512_fnmadd_ps(words, self.avx512f._mm512_mul_ps(scale, cast([step; 16])), sums)
    }

    #[inline(always)]
    fn add_times(self, sums: __m512, numbers: __m512, factor: f32) -> __m512 {
        self.avx512f._mm512_fmadd_ps(numbers, cast([factor; 16]), sums)
    }

    #[inline(always)]
    fn store(self, numbers: __m512, into: &mut [f32]) {
        into.copy_from_slice(&cast::<_, [f32; 16]>(numbers));
    }
}

/// Some bytes of an array as an array.
#[inline(always)]
fn part_of<T: Copy + Default, const N: usize>(list: &[T], part: usize) -> [T; N] {
    let mut own = [T::default(); N];
    own.copy_from_slice(&list[part * N..(part + 1) * N]);
    own
}

impl Lanes for V3 {
    const COUNT: usize = 8;
    const ROWS: usize = 4;
    type Words = __m256i;
    type Floats = __m256;

    #[inline(always)]
    fn no_words(self) -> __m256i {
        self.avx._mm256_setzero_si256()
    }

    #[inline(always)]
    fn no_floats(self) -> __m256 {
        self.avx._mm256_setzero_ps()
    }

    #[inline(always)]
    fn word(self, word: i32) -> __m256i {
        cast([word; 8])
    }

    #[inline(always)]
    fn halves(self, bytes: &[u8; 4 * PANEL], part: usize) -> (__m256i, __m256i) {
        let (bytes, mask): (__m256i, __m256i) = (cast(part_of::<_, 32>(bytes, part)), cast([15_u8; 32]));
        let high = self.avx2._mm256_srli_epi16::<4>(bytes);
        (self.avx2._mm256_and_si256(bytes, mask), self.avx2._mm256_and_si256(high, mask))
    }

    #[inline(always)]
    fn add_pairs(self, sums: __m256i, bytes: __m256i, word: i32) -> __m256i {
        self.avx2._mm256_add_epi16(sums, self.avx2._mm256_maddubs_epi16(bytes, self.word(word)))
    }

    #[inline(always)]
    fn scale(self, bytes: &[u8; PANEL], part: usize) -> __m256i {
        let own = part_of::<_, 8>(bytes, part);
        let one = self.avx2._mm256_cvtepu8_epi32(cast::<_, __m128i>([u64::from_le_bytes(own), 0]));
        self.avx2._mm256_or_si256(one, self.avx2._mm256_slli_epi32::<16>(one))
    }

    #[inline(always)]
    fn widened(self, bytes: &[u8; 2 * PANEL], part: usize) -> __m256i {
        self.avx2._mm256_cvtepu8_epi16(cast::<_, __m128i>(part_of::<_, 16>(bytes, part)))
    }

    #[inline(always)]
    fn add_scaled(self, sums: __m256i, left: __m256i, right: __m256i) -> __m256i {
        self.avx2._mm256_add_epi32(sums, self.avx2._mm256_madd_epi16(left, right))
    }

    #[inline(always)]
    fn load(self, numbers: &[f32; PANEL], part: usize) -> __m256 {
        cast(part_of::<_, 8>(numbers, part))
    }

    #[inline(always)]
    fn add_product(self, sums: __m256, words: __m256i, scale: __m256, step: f32) -> __m256 {
        let words = self.avx._mm256_cvtepi32_ps(words);
        self.fma._mm256_fmadd_ps(words, self.avx._mm256_mul_ps(scale, cast([step; 8])), sums)
    }

    #[inline(always)]
    fn take_product(self, sums: __m256, words: __m256i, scale: __m256, step: f32) -> __m256 {
        let words = self.avx._mm256_cvtepi32_ps(words);
        self.fma._mm256_fnmadd_ps(words, self.avx._mm256_mul_ps(scale, cast([step; 8])), sums)
    }

    #[inline(always)]
    fn add_times(self, sums: __m256, numbers: __m256, factor: f32) -> __m256 {
        self.fma._mm256_fmadd_ps(numbers, cast([factor; 8]), sums)
    }

    #[inline(always)]
    fn store(self, numbers: __m256, into: &mut [f32]) {
        into.copy_from_slice(&cast::<_, [f32; 8]>(numbers));
    }
}
