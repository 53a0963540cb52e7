//! What a page may do, told to the browser: nothing but its own style and its own script, both named by their hash.

use sha2::{Digest, Sha256};

use crate::report::base64;

/// The policy of a page with the given style and script: no request of any kind, pictures from the page alone.
pub(super) fn policy(style: &str, script: &str) -> String {
    let hash = |text: &str| base64::encode(&Sha256::digest(text.as_bytes()));
    format!(
        "default-src 'none'; img-src data:; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        hash(style),
        hash(script)
    )
}
