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
    /// The most bytes of a text, of XML or of a document as JSON.
    pub text_bytes: usize,
    /// The most elements, attributes and stretches of text in XML.
    pub xml_nodes: usize,
    /// How deep the elements of XML may be nested.
    pub xml_depth: usize,
}

impl Default for ReadLimits {
    fn default() -> Self {
        Self {
            pages: 2_000,
            glyphs: 5_000_000,
            rules: 50_000,
            pdf_bytes: 512 << 20,
            text_bytes: 64 << 20,
            xml_nodes: 4_000_000,
            xml_depth: 128,
        }
    }
}
