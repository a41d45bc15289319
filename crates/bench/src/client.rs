//! As much HTTP/1.1 as measuring needs: one connection that stays open.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

/// The program closes connections that were silent for longer.
const SILENCE: Duration = Duration::from_secs(30);

/// A connection to the program, and what every request on it says.
pub struct Client {
    stream: BufReader<TcpStream>,
    address: String,
    /// When the last answer was read.
    heard: Instant,
    /// Header lines, each with its line break.
    headers: String,
}

/// An answer.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    /// The status line and the headers.
    pub head: String,
    pub body: Vec<u8>,
}

impl Answer {
    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(':'));
        let (_, value) = lines.find(|(found, _)| found.eq_ignore_ascii_case(name))?;
        Some(value.trim())
    }
}

impl Client {
    /// Connects to `127.0.0.1:PORT`; each request will have these headers.
    ///
    /// # Errors
    /// When nobody listens there.
    pub async fn connect(address: &str, headers: &[(&str, &str)]) -> Result<Self> {
        let mut lines = format!("Host: {address}\r\n");
        for (name, value) in headers {
            lines.push_str(&format!("{name}: {value}\r\n"));
        }
        Ok(Self {
            stream: open(address).await?,
            address: address.to_owned(),
            heard: Instant::now(),
            headers: lines,
        })
    }

    /// One more connection whose requests say the same.
    ///
    /// # Errors
    /// When nobody listens there any more.
    pub async fn another(&self) -> Result<Self> {
        Ok(Self {
            stream: open(&self.address).await?,
            address: self.address.clone(),
            heard: Instant::now(),
            headers: self.headers.clone(),
        })
    }

    /// Asks for a path and reads the whole answer, which has to be 200.
    ///
    /// # Errors
    /// When the connection breaks, and for another status.
    pub async fn get(&mut self, path: &str) -> Result<Answer> {
        let answer = self.send("GET", path, None).await?;
        ensure!(
            answer.status == 200,
            "GET {path}: {} {}",
            answer.status,
            String::from_utf8_lossy(&answer.body)
        );
        Ok(answer)
    }

    /// Sends a request, with a body and its type if there is one, and reads the whole answer.
    ///
    /// # Errors
    /// When the connection breaks.
    pub async fn send(
        &mut self,
        method: &str,
        path: &str,
        body: Option<(&str, &str)>,
    ) -> Result<Answer> {
        let mut request = format!("{method} {path} HTTP/1.1\r\n{}", self.headers);
        if let Some((kind, text)) = body {
            request.push_str(&format!(
                "Content-Type: {kind}\r\nContent-Length: {}\r\n\r\n{text}",
                text.len()
            ));
        } else {
            request.push_str("\r\n");
        }
        // Only where another connection was measured meanwhile, so before a first run, which does not count.
        if self.heard.elapsed() > SILENCE {
            self.stream = open(&self.address).await?;
        }
        self.stream.write_all(request.as_bytes()).await?;
        let answer = self.answer().await;
        self.heard = Instant::now();
        answer.with_context(|| format!("no answer to {method} {path}"))
    }

    async fn answer(&mut self) -> Result<Answer> {
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            let read = self.stream.read_line(&mut head).await?;
            ensure!(read > 0, "the connection was closed");
        }
        let status = head.split(' ').nth(1).context("no status")?.parse()?;
        let mut answer = Answer {
            status,
            head,
            body: vec![],
        };
        answer.body = if let Some(length) = answer.header("content-length") {
            let length = length.parse()?;
            self.bytes(length).await?
        } else if answer.header("transfer-encoding") == Some("chunked") {
            self.chunks().await?
        } else {
            bail!("an answer without length: {}", answer.head)
        };
        Ok(answer)
    }

    async fn bytes(&mut self, length: usize) -> Result<Vec<u8>> {
        let mut bytes = vec![0; length];
        self.stream.read_exact(&mut bytes).await?;
        Ok(bytes)
    }

    async fn chunks(&mut self) -> Result<Vec<u8>> {
        let mut body = vec![];
        loop {
            let mut size = String::new();
            self.stream.read_line(&mut size).await?;
            let size = usize::from_str_radix(size.trim(), 16).context("no chunk size")?;
            let chunk = self.bytes(size + 2).await?;
            if size == 0 {
                return Ok(body);
            }
            body.extend_from_slice(&chunk[..size]);
        }
    }
}

async fn open(address: &str) -> Result<BufReader<TcpStream>> {
    let stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    Ok(BufReader::with_capacity(64 * 1024, stream))
}

/// A text as addresses and forms write it.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                escaped.push(char::from(byte));
            }
            _ => escaped.push_str(&format!("%{byte:02X}")),
        }
    }
    escaped
}

/// Names and values as a query or a form writes them.
pub fn pairs<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let written = pairs
        .into_iter()
        .map(|(name, value)| format!("{}={}", escape(name), escape(value)));
    written.collect::<Vec<_>>().join("&")
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::net::TcpListener;

    #[tokio::test]
    async fn one_connection_takes_many_answers() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let serve = tokio::spawn(async move {
            let (stream, _) = listener.accept().await.unwrap();
            let mut stream = BufReader::new(stream);
            for answer in [
                "HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\none",
                "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\ntwo\r\nA\r\n and three\r\n0\r\n\r\n",
                "HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n",
            ] {
                let mut request = String::new();
                while !request.ends_with("\r\n\r\n") {
                    stream.read_line(&mut request).await.unwrap();
                }
                assert!(request.contains("Cookie: a=b\r\n"), "{request}");
                stream.write_all(answer.as_bytes()).await.unwrap();
            }
        });
        let mut client = Client::connect(&address, &[("Cookie", "a=b")])
            .await
            .unwrap();
        assert_eq!(client.get("/").await.unwrap().body, b"one");
        assert_eq!(client.get("/").await.unwrap().body, b"two and three");
        assert!(client.get("/").await.is_err());
        serve.await.unwrap();
    }

    #[test]
    fn every_sign_reaches_the_program_as_it_is() {
        assert_eq!(pairs([("search", "a+ł &\"")]), "search=a%2B%C5%82%20%26%22");
    }
}
