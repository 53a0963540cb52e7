//! How much of a file is read. All limits are counted, so that they stop at the same place on every machine.

/// Limits on one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ReadLimits {
    /// The most pages of a PDF.
    pub pages: usize,
    /// The most glyphs of a PDF, over all pages.
    pub glyphs: usize,
    /// The most drawn rules that are kept of one page; further ones are passed over.
    pub rules: usize,
    /// The most bytes of a PDF.
    pub pdf_bytes: usize,
    /// The most bytes of a text or of a document as JSON.
    pub text_bytes: usize,
}

impl Default for ReadLimits {
    fn default() -> Self {
        Self { pages: 2_000, glyphs: 5_000_000, rules: 50_000, pdf_bytes: 512 << 20, text_bytes: 64 << 20 }
    }
}
