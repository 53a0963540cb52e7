//! Endpoints over `https`: the program trusts what the system trusts and nothing else.
//!
//! The program is started anew each time, with a store of certificates of the test's own (`SSL_CERT_FILE`, which is read where
//! the store is a file).

#![cfg(all(unix, not(target_vendor = "apple")))]

#[path = "support/certified.rs"]
mod certified;
#[expect(dead_code, reason = "the tests of the client let it misbehave")]
#[path = "support/chat_server.rs"]
mod chat_server;

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use certified::Certified;
use chat_server::{Action, Server};
use rcgen::SanType;
use serde_json::Value;

const KEY: &str = "sk-very-secret";

const PAPER: &str = "The hold took 1,243 kg of rope and 368 kg of tar. The whole load weighed 1,655 kg at the quay.\n";

/// A server that takes the first option of everything, and how many connections came to it.
fn server(certified: Option<&Certified>) -> (Server, Arc<AtomicUsize>) {
    let count: Arc<AtomicUsize> = Arc::default();
    let (counted, over) = (Arc::clone(&count), certified.map(Certified::over));
    let answer = |request: &chat_server::Request, _| {
        if request.line.starts_with("GET") {
            return Action::status(200, "{\"data\": [{\"id\": \"small\"}]}");
        }
        Action::say("{\"choice\": 1}")
    };
    let server = Server::start_over(
        move |mut stream| {
            counted.fetch_add(1, Ordering::SeqCst);
            if let Some(over) = &over {
                return Box::new(over(stream));
            }
            // What a server of plain HTTP makes of the beginning of TLS.
            let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n");
            Box::new(stream)
        },
        answer,
    );
    (server, count)
}

/// Runs `check` with the key and a store of certificates; gives the code, standard output and standard error.
fn check(folder: &Path, address: &str, store: &str, more: &[&str]) -> (Option<i32>, String, String) {
    let store_file = folder.join("store.pem");
    fs::write(&store_file, store).expect("written");
    fs::write(folder.join("paper.txt"), PAPER).expect("written");
    let mut command = Command::new(env!("CARGO_BIN_EXE_rederive"));
    command.current_dir(folder).args(["check", "paper.txt", "--format", "json", "--all", "--exit-zero"]);
    command.args(["--progress", "none", "--timeout-per-paper", "3600", "--no-model-cache", "--model", address]);
    command.args(more).env("REDERIVE_MODEL_KEY", KEY).env("SSL_CERT_FILE", &store_file).env_remove("SSL_CERT_DIR");
    let Output { status, stdout, stderr } = command.stdin(Stdio::null()).output().expect("the program starts");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    let (out, err) = (text(stdout), text(stderr));
    assert!(!out.contains(KEY) && !err.contains(KEY), "{out}{err}");
    (status.code(), out, err)
}

fn secure(server: &Server) -> String {
    format!("https://{}/v1", server.address)
}

#[test]
fn a_certificate_of_a_private_authority_in_the_store_is_trusted() {
    let certified = Certified::loopback("one");
    let (server, _) = server(Some(&certified));
    let folder = tempfile::tempdir().expect("a folder");
    let (code, out, err) = check(folder.path(), &secure(&server), certified.authority(), &[]);
    assert_eq!(code, Some(0), "{err}");
    let report: Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(report["settings"]["model"]["endpoint"], secure(&server).as_str());
    assert!(report["papers"][0]["model"]["questions"].as_u64().is_some_and(|count| count > 0), "{out}");
    assert!(!err.contains("gave no answer"), "{err}");
    let sent = server.requests();
    assert!(sent.iter().all(|request| request.headers.iter().any(|header| header.ends_with(KEY))), "{sent:?}");
}

#[test]
fn a_certificate_that_is_not_trusted_is_the_end() {
    let (certified, other) = (Certified::loopback("one"), Certified::loopback("another"));
    let elsewhere = Certified::for_name("one", SanType::DnsName("example.org".try_into().expect("a name")));
    for (certified, store, why) in [
        (&certified, other.authority(), "invalid peer certificate: UnknownIssuer"),
        (&elsewhere, elsewhere.authority(), "invalid peer certificate: certificate not valid for name"),
    ] {
        let (server, connections) = server(Some(certified));
        let folder = tempfile::tempdir().expect("a folder");
        let (code, out, err) = check(folder.path(), &secure(&server), store, &[]);
        assert_eq!((code, out.as_str()), (Some(2), ""), "{err}");
        assert!(err.contains("no secure connection to the endpoint: ") && err.contains(why), "{err}");
        assert_eq!(connections.load(Ordering::SeqCst), 1, "it is tried once");
        assert!(server.requests().is_empty(), "nothing is sent");
        // Where the model is named, it is asked first when a paper has a question: the rest of the report is there, and says why.
        let (code, out, err) = check(folder.path(), &secure(&server), store, &["--model-name", "small"]);
        assert_eq!(code, Some(0), "{err}");
        assert!(out.contains("\"papers\"") && err.contains("the model gave no answer: no secure connection"), "{err}");
        assert_eq!(connections.load(Ordering::SeqCst), 2);
        assert!(server.requests().is_empty());
    }
}

#[test]
fn what_does_not_speak_tls_is_not_spoken_to_without_it() {
    let (server, connections) = server(None);
    let folder = tempfile::tempdir().expect("a folder");
    let store = Certified::loopback("one");
    let (code, _, err) = check(folder.path(), &secure(&server), store.authority(), &[]);
    assert_eq!(code, Some(2), "{err}");
    assert!(err.contains("no secure connection to the endpoint: "), "{err}");
    assert_eq!((connections.load(Ordering::SeqCst), server.requests().len()), (1, 0));
}

#[test]
fn a_store_without_certificates_trusts_nobody() {
    let certified = Certified::loopback("one");
    let (server, _) = server(Some(&certified));
    let folder = tempfile::tempdir().expect("a folder");
    let (code, _, err) = check(folder.path(), &secure(&server), "", &[]);
    assert_eq!(code, Some(2), "{err}");
    assert!(err.contains("no secure connection to the endpoint: "), "{err}");
    assert!(server.requests().is_empty());
}
