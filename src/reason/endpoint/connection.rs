//! The connection: which addresses are taken, whose certificates are trusted, and what is never done on the way.
//!
//! A key and words of a paper go over it, so nothing stands between: no proxy, no redirection, and with `https` no
//! certificate that this machine does not trust. There is no way to switch that off: a server with a certificate of its own
//! is trusted by putting its authority into the system's store.

use std::io::ErrorKind;

use ureq::tls::{RootCerts, TlsConfig};
use ureq::{Agent, Error};

use super::error::{EndpointError, shortened};

/// How an address begins whose connection is a secure one.
const SECURE: &str = "https://";

/// An address without what stands at its end for nothing.
///
/// # Errors
/// [`EndpointError::Address`]: it is not one of `http` or `https`, or holds what no address of an interface has.
pub(super) fn address(given: &str) -> Result<String, EndpointError> {
    let base = given.trim_end_matches('/');
    let host = base.strip_prefix("http://").or_else(|| base.strip_prefix(SECURE)).unwrap_or_default();
    // A name before an @ would be sent as a password of the address.
    if host.is_empty() || host.starts_with('/') || base.contains(['@', '?', '#']) || base.contains(char::is_whitespace)
    {
        return Err(EndpointError::Address(shortened(base)));
    }
    Ok(base.to_owned())
}

/// The client of HTTP. Certificates are judged as the system judges them, so that an authority of one's own counts; the list
/// of authorities that comes with the library is not asked.
pub(super) fn agent() -> Agent {
    let certificates = TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build();
    Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .proxy(None)
        .tls_config(certificates)
        .user_agent(concat!("rederive/", env!("CARGO_PKG_VERSION")))
        .build()
        .new_agent()
}

/// Why no secure connection came about, where it was that: another attempt would find the same certificate. `None` for
/// everything else, and for an address that asks for none.
pub(super) fn insecure(base: &str, error: &Error) -> Option<String> {
    if !base.starts_with(SECURE) {
        return None;
    }
    match error {
        Error::Rustls(error) => Some(error.to_string()),
        Error::Tls(told) => Some((*told).to_owned()),
        // The way in which the library of TLS tells what is wrong with a certificate, or with what a server says.
        Error::Io(error) if error.kind() == ErrorKind::InvalidData => Some(error.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::*;

    #[test]
    fn addresses_are_of_http_or_https() {
        for (given, base) in [
            ("http://localhost:8080/v1/", "http://localhost:8080/v1"),
            ("https://example.org/v1", "https://example.org/v1"),
            ("https://[::1]:8443", "https://[::1]:8443"),
        ] {
            assert_eq!(address(given).as_deref(), Ok(base));
        }
        for given in ["https://", "https:///v1", "https://a@b", "ftp://host", "httpss://host", "HTTP", "https://a?b"] {
            assert!(matches!(address(given), Err(EndpointError::Address(_))), "{given}");
        }
    }

    #[test]
    fn only_what_is_wrong_with_a_secure_connection_is_final() {
        let told = |base: &str, kind| insecure(base, &Error::Io(io::Error::new(kind, "no")));
        assert_eq!(told("https://host", ErrorKind::InvalidData), Some("no".to_owned()));
        assert_eq!(told("https://host", ErrorKind::ConnectionRefused), None);
        assert_eq!(told("https://host", ErrorKind::UnexpectedEof), None);
        assert_eq!(told("http://host", ErrorKind::InvalidData), None);
    }
}
