//! A small server of the chat protocol for tests, which answers as it is told and can misbehave in many ways.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

/// A request as it came.
#[derive(Clone, Debug)]
pub struct Request {
    /// Method and path.
    pub line: String,
    /// Header lines.
    pub headers: Vec<String>,
    /// The body, null where there is none.
    pub body: Value,
}

/// What the server does with a request.
#[derive(Clone, Debug)]
pub enum Action {
    /// Status, header lines, body.
    Respond(u16, Vec<String>, String),
    /// Nothing for so long, then it hangs up.
    Hang(Duration),
    /// A body without an end, of so many bytes at a time.
    Endless(usize, Duration),
    /// It hangs up at once.
    Drop,
}

impl Action {
    /// A completion with these words.
    pub fn say(content: &str) -> Self {
        let body = json!({ "choices": [{ "message": { "role": "assistant", "content": content } }] });
        Self::Respond(200, Vec::new(), body.to_string())
    }

    pub fn status(status: u16, body: &str) -> Self {
        Self::Respond(status, Vec::new(), body.to_owned())
    }
}

/// Both ends of a connection, whatever it goes over.
pub trait Connection: Read + Write {}

impl<T: Read + Write> Connection for T {}

/// A server on a free port, which stops when it is dropped.
pub struct Server {
    /// Where it listens.
    pub address: SocketAddr,
    requests: Arc<Mutex<Vec<Request>>>,
    stop: Arc<AtomicBool>,
}

impl Server {
    /// Starts a server; the handler is given each request and its number.
    pub fn start(handler: impl Fn(&Request, usize) -> Action + Send + Sync + 'static) -> Self {
        Self::start_over(|stream| Box::new(stream), handler)
    }

    /// The same over connections that are made of those that come, as TLS does.
    pub fn start_over(
        over: impl Fn(TcpStream) -> Box<dyn Connection> + Send + Sync + 'static,
        handler: impl Fn(&Request, usize) -> Action + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        let requests: Arc<Mutex<Vec<Request>>> = Arc::default();
        let stop: Arc<AtomicBool> = Arc::default();
        let (seen, stopped, handler) = (Arc::clone(&requests), Arc::clone(&stop), Arc::new((over, handler)));
        thread::spawn(move || {
            for stream in listener.incoming() {
                if stopped.load(Ordering::Relaxed) {
                    break;
                }
                let (seen, handler, stopped) = (Arc::clone(&seen), Arc::clone(&handler), Arc::clone(&stopped));
                thread::spawn(move || {
                    if let Ok(stream) = stream {
                        serve(handler.0(stream), &seen, &handler.1, &stopped);
                    }
                });
            }
        });
        Self { address, requests, stop }
    }

    pub fn base(&self) -> String {
        format!("http://{}/v1", self.address)
    }

    pub fn requests(&self) -> Vec<Request> {
        self.requests.lock().expect("the list").clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        // The loop waits for a connection, so it gets one.
        let _ = TcpStream::connect(self.address);
    }
}

fn serve(
    connection: Box<dyn Connection>,
    seen: &Mutex<Vec<Request>>,
    handler: &dyn Fn(&Request, usize) -> Action,
    stop: &AtomicBool,
) {
    let mut reader = BufReader::new(connection);
    while let Some(request) = read(&mut reader) {
        let stream = reader.get_mut();
        let number = {
            let mut seen = seen.lock().expect("the list");
            seen.push(request.clone());
            seen.len() - 1
        };
        match handler(&request, number) {
            Action::Respond(status, headers, body) => {
                let mut head = format!("HTTP/1.1 {status} Status\r\nContent-Length: {}\r\n", body.len());
                for header in headers {
                    head.push_str(&header);
                    head.push_str("\r\n");
                }
                if stream.write_all(format!("{head}\r\n{body}").as_bytes()).is_err() {
                    return;
                }
            }
            Action::Hang(time) => {
                thread::sleep(time);
                return;
            }
            Action::Endless(size, pause) => {
                let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
                let chunk = format!("{size:x}\r\n{}\r\n", " ".repeat(size));
                while !stop.load(Ordering::Relaxed) && stream.write_all(chunk.as_bytes()).is_ok() {
                    thread::sleep(pause);
                }
                return;
            }
            Action::Drop => return,
        }
    }
}

fn read(reader: &mut impl BufRead) -> Option<Request> {
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        let line = line.trim_end().to_owned();
        if line.is_empty() {
            break;
        }
        lines.push(line);
    }
    let length = lines.iter().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse::<usize>().ok()).flatten()
    });
    let mut body = vec![0; length.unwrap_or(0)];
    reader.read_exact(&mut body).ok()?;
    let line = lines.remove(0);
    Some(Request { line, headers: lines, body: serde_json::from_slice(&body).unwrap_or(Value::Null) })
}
