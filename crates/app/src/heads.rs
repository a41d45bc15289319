//! Watches the heads of the requests on a connection as they came in.
//!
//! What reads requests after us drops a second `Content-Length` and one beside `Transfer-Encoding` without a word; a
//! proxy in front may have believed the other. So heads are looked at here, before. It also knows how long a head has
//! been coming.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// As much of a line as has to be known: names of headers, and a length.
const KEPT: usize = 64;

/// Which request of a connection is the first that can be read in two ways; shared with what answers them.
#[derive(Debug, Clone)]
pub struct Verdict {
    first: Arc<AtomicU64>,
    answered: Arc<AtomicU64>,
}

impl Verdict {
    fn new() -> Self {
        Self {
            first: Arc::new(AtomicU64::new(u64::MAX)),
            answered: Arc::default(),
        }
    }

    /// Asked once for each request, in their order: whether it, or one before it, is ambiguous.
    pub fn next(&self) -> bool {
        let number = self.answered.fetch_add(1, Ordering::Relaxed);
        number >= self.first.load(Ordering::Acquire)
    }
}

/// The lines of a head, as far as they matter.
#[derive(Debug, Default)]
struct Head {
    line: Vec<u8>,
    /// The line is longer than what is kept of it.
    cut: bool,
    /// Something of it has come.
    begun: bool,
    /// A line of it has ended.
    lines: bool,
    hosts: u32,
    codings: u32,
    lengths: u32,
    length: Option<u64>,
}

#[derive(Debug)]
enum State {
    Head(Head),
    /// So many bytes of a body are to come.
    Body(u64),
    /// No further request is answered on this connection.
    Last,
}

/// Follows the bytes of a connection.
#[derive(Debug)]
pub struct Heads {
    state: State,
    number: u64,
    verdict: Verdict,
}

impl Heads {
    pub fn new() -> Self {
        Self {
            state: State::Head(Head::default()),
            number: 0,
            verdict: Verdict::new(),
        }
    }

    pub fn verdict(&self) -> Verdict {
        self.verdict.clone()
    }

    /// Whether a head has begun and not ended; the first is awaited from the beginning.
    pub fn is_coming(&self) -> bool {
        matches!(&self.state, State::Head(head) if head.begun || self.number == 0)
    }

    /// Whether bytes of a body may still be on their way.
    pub fn is_open(&self) -> bool {
        matches!(self.state, State::Body(_) | State::Last)
    }

    /// Takes what came in.
    pub fn feed(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            match &mut self.state {
                State::Last => return,
                State::Body(left) => {
                    let here = bytes
                        .len()
                        .min(usize::try_from(*left).unwrap_or(usize::MAX));
                    *left -= here as u64;
                    bytes = &bytes[here..];
                    if *left == 0 {
                        self.state = State::Head(Head::default());
                    }
                }
                State::Head(head) => {
                    head.begun = true;
                    let (line, ends) = match bytes.iter().position(|byte| *byte == b'\n') {
                        Some(end) => (&bytes[..end], true),
                        None => (bytes, false),
                    };
                    bytes = &bytes[(line.len() + usize::from(ends))..];
                    head.keep(line);
                    if ends && head.end_line() {
                        self.end_head();
                    }
                }
            }
        }
    }

    fn end_head(&mut self) {
        let State::Head(head) = &self.state else {
            return;
        };
        let number = self.number;
        self.number += 1;
        self.state = match (head.codings, head.length) {
            _ if head.is_ambiguous() => {
                self.verdict.first.fetch_min(number, Ordering::Release);
                State::Last
            }
            // Whoever answers ends the connection, so that nobody has to find the end of the body here.
            (1, _) => State::Last,
            (_, Some(length)) if length > 0 => State::Body(length),
            _ => State::Head(Head::default()),
        };
    }
}

impl Head {
    fn keep(&mut self, bytes: &[u8]) {
        let room = KEPT - self.line.len().min(KEPT);
        self.cut |= bytes.len() > room;
        self.line.extend_from_slice(&bytes[..bytes.len().min(room)]);
    }

    /// Takes the line that has ended; whether the head ended with it.
    fn end_line(&mut self) -> bool {
        let line = std::mem::take(&mut self.line);
        let cut = std::mem::take(&mut self.cut);
        let line = line.strip_suffix(b"\r").unwrap_or(&line);
        if line.is_empty() && !cut {
            // Empty lines before a request mean nothing.
            return self.lines;
        }
        let first = !std::mem::replace(&mut self.lines, true);
        let Some(colon) = line
            .iter()
            .position(|byte| *byte == b':')
            .filter(|_| !first)
        else {
            return false;
        };
        let (name, value) = (line[..colon].trim_ascii(), line[colon + 1..].trim_ascii());
        if name.eq_ignore_ascii_case(b"host") {
            self.hosts += 1;
        } else if name.eq_ignore_ascii_case(b"transfer-encoding") {
            self.codings += 1;
        } else if name.eq_ignore_ascii_case(b"content-length") {
            self.lengths += 1;
            let digits = !cut && value.iter().all(u8::is_ascii_digit);
            self.length = std::str::from_utf8(value)
                .ok()
                .filter(|_| digits)
                .and_then(|value| value.parse().ok());
        }
        false
    }

    fn is_ambiguous(&self) -> bool {
        self.hosts > 1
            || self.codings > 1
            || self.lengths > 1
            || (self.lengths == 1 && (self.codings > 0 || self.length.is_none()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Which of the requests are ambiguous, however the bytes are cut.
    fn seen(bytes: &str, requests: usize) -> Vec<bool> {
        let of = |size: usize| {
            let mut heads = Heads::new();
            for part in bytes.as_bytes().chunks(size) {
                heads.feed(part);
            }
            let verdict = heads.verdict();
            (0..requests).map(|_| verdict.next()).collect::<Vec<_>>()
        };
        let whole = of(bytes.len());
        for size in [1, 2, 3, 7, 64] {
            assert_eq!(of(size), whole, "{bytes:?} by {size}");
        }
        whole
    }

    #[test]
    fn what_can_be_read_in_two_ways_is_found() {
        for twice in [
            "Content-Length: 5\r\nTransfer-Encoding: chunked",
            "transfer-encoding: chunked\r\ncontent-length:5",
            "Content-Length: 5\r\nContent-Length: 5",
            "Content-Length: 5\nX: y\nCONTENT-LENGTH: 6",
            "Content-Length: 5, 5",
            "Content-Length: +5",
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
            "Host: a\r\nHost: a",
        ] {
            assert_eq!(
                seen(&format!("POST / HTTP/1.1\r\n{twice}\r\n\r\nhello"), 1),
                [true],
                "{twice}"
            );
        }
    }

    #[test]
    fn what_is_plain_passes_and_bodies_are_no_heads() {
        let body = "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n";
        let post = format!(
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        let get = "\r\nGET /?Host:Host: HTTP/1.1\r\nHost: a\r\nX-Host: b\r\n\r\n";
        let long = format!(
            "GET / HTTP/1.1\r\nHost: a\r\nCookie: {}Host: b\r\n\r\n",
            "x".repeat(500)
        );
        assert_eq!(seen(&format!("{post}{get}{long}{post}"), 4), [false; 4]);
        assert_eq!(seen(&format!("{post}{body}{get}"), 3), [false, true, true]);
    }

    #[test]
    fn it_knows_when_a_head_is_coming() {
        let mut heads = Heads::new();
        assert!(heads.is_coming());
        heads.feed(b"GET / HTTP/1.1\r\nHost: a\r\n");
        assert!(heads.is_coming() && !heads.is_open());
        heads.feed(b"\r\n");
        assert!(!heads.is_coming() && !heads.is_open());
        heads.feed(b"POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\n1");
        assert!(!heads.is_coming() && heads.is_open());
        heads.feed(b"2");
        assert!(!heads.is_coming() && !heads.is_open());
        heads.feed(b"G");
        assert!(heads.is_coming());
    }
}
