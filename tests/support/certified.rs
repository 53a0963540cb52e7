//! Certificates for the address that tests listen at, and connections that show them. They are made when a test starts, so that
//! no key is kept anywhere.

use std::net::{IpAddr, Ipv4Addr, TcpStream};
use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, KeyUsagePurpose, SanType};
use rustls::crypto::ring;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// An authority of our own and what a server shows that it has certified.
pub struct Certified {
    authority: String,
    config: Arc<ServerConfig>,
}

impl Certified {
    /// A certificate for the loopback address by an authority of that name.
    pub fn loopback(authority: &str) -> Self {
        Self::for_name(authority, SanType::IpAddress(IpAddr::V4(Ipv4Addr::LOCALHOST)))
    }

    /// A certificate for a name.
    pub fn for_name(authority: &str, name: SanType) -> Self {
        let mut parameters = CertificateParams::default();
        parameters.distinguished_name.push(DnType::CommonName, authority);
        parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        parameters.key_usages = vec![KeyUsagePurpose::KeyCertSign];
        let key = KeyPair::generate().expect("a key");
        let authority = parameters.self_signed(&key).expect("an authority").pem();
        let issuer = Issuer::new(parameters, key);
        let mut parameters = CertificateParams::default();
        parameters.subject_alt_names = vec![name];
        let key = KeyPair::generate().expect("a key");
        let certificate = parameters.signed_by(&key, &issuer).expect("a certificate");
        let shown: Vec<CertificateDer<'static>> = vec![certificate.der().clone()];
        let key = PrivateKeyDer::try_from(key.serialize_der()).expect("a key");
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_no_client_auth()
            .with_single_cert(shown, key)
            .expect("a certificate with its key");
        Self { authority, config: Arc::new(config) }
    }

    /// The authority as a file of certificates has it.
    pub fn authority(&self) -> &str {
        &self.authority
    }

    /// What makes a connection a secure one.
    pub fn over(&self) -> impl Fn(TcpStream) -> StreamOwned<ServerConnection, TcpStream> + Send + Sync + 'static {
        let config = Arc::clone(&self.config);
        move |stream| StreamOwned::new(ServerConnection::new(Arc::clone(&config)).expect("a connection"), stream)
    }
}
