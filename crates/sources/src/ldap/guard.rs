//! What stands between a server and the library that reads what it sends: the library reads messages within messages by
//! calling itself, as deep as the server likes, and keeps a message of any length until it is whole. Here each message is
//! read as far as its lengths before the library gets it, without recursion; a connection over which comes what is too long,
//! too deep or no message ends. TLS is done here, too, so that what comes out of it is looked at as well, and what is said
//! before it.

use std::io::{Error, ErrorKind};
use std::sync::Arc;

use ldap3::StdStream;
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpStream, UnixStream};
use tokio_rustls::TlsConnector;

/// The longest message, in bytes: an entry with pictures of its own.
const LONGEST: usize = 32 << 20;

/// How deep messages may be nested. Entries need five, controls six.
const DEEPEST: usize = 16;

/// The most parts that a message may have.
const PARTS: usize = 1 << 20;

/// `StartTLS` (RFC 4511, 4.14) as the first message.
const START_TLS: [u8; 31] = *b"\x30\x1d\x02\x01\x01\x77\x18\x80\x161.3.6.1.4.1.1466.20037";

/// A connection to a server by whose end the library can be given the other one.
pub(super) async fn connect(
    address: &str,
    start_tls: bool,
    tls: &Arc<ClientConfig>,
) -> std::io::Result<StdStream> {
    let no_address = || Error::new(ErrorKind::InvalidInput, "no address of a server");
    let (scheme, rest) = address.split_once("://").ok_or_else(no_address)?;
    let is_secure = scheme == "ldaps";
    let port = if is_secure { 636 } else { 389 };
    // The colons of an IPv6 address stand in brackets.
    let behind = rest.rsplit_once(']').map_or(rest, |(_, behind)| behind);
    let (host, port) = match behind.rsplit_once(':') {
        Some((_, named)) => {
            let named = named.parse().map_err(|_| no_address())?;
            (&rest[..rest.rfind(':').unwrap_or(rest.len())], named)
        }
        None => (rest, port),
    };
    let host = host
        .trim_start_matches('[')
        .trim_end_matches(']')
        .to_owned();
    let mut stream = TcpStream::connect((host.as_str(), port)).await?;
    stream.set_nodelay(true)?;
    if !is_secure && !start_tls {
        return relay(stream);
    }
    if !is_secure {
        stream.write_all(&START_TLS).await?;
        let mut messages = Messages::default();
        let answer = messages.next(&mut stream).await?;
        let answer = answer.ok_or_else(|| Error::from(ErrorKind::UnexpectedEof))?;
        // What else came in the clear would be taken for something said in TLS.
        if !starts_tls(&answer) || !messages.read.is_empty() {
            return Err(Error::other("the server refuses StartTLS"));
        }
    }
    let name = ServerName::try_from(host).map_err(|_| no_address())?;
    let connector = TlsConnector::from(Arc::clone(tls));
    relay(connector.connect(name, stream).await?)
}

/// Whether an answer to `StartTLS` says that it begins: an extended response with the code of success.
fn starts_tls(answer: &[u8]) -> bool {
    let within = |message: &[u8], tag: u8| -> Option<Vec<u8>> {
        let (read, begin, length) = header(message).ok()??;
        (read == tag).then(|| message[begin..begin + length].to_vec())
    };
    let of_success = || {
        let message = within(answer, 0x30)?;
        let (_, begin, length) = header(&message).ok()??;
        let operation = within(&message[begin + length..], 0x78)?;
        Some(operation.starts_with(&[0x0a, 1, 0]))
    };
    is_sound(answer) && of_success().unwrap_or(false)
}

/// Passes on what is sent there and, message for message, what comes from there.
fn relay(server: impl AsyncRead + AsyncWrite + Send + 'static) -> std::io::Result<StdStream> {
    let (ours, theirs) = std::os::unix::net::UnixStream::pair()?;
    ours.set_nonblocking(true)?;
    let (mut asked, mut answered) = UnixStream::from_std(ours)?.into_split();
    let (mut from, mut to) = tokio::io::split(server);
    tokio::spawn(async move {
        let asking = async {
            let _ = tokio::io::copy(&mut asked, &mut to).await;
            let _ = to.shutdown().await;
        };
        let answering = async {
            let mut messages = Messages::default();
            loop {
                match messages.next(&mut from).await {
                    Ok(Some(message)) => {
                        if answered.write_all(&message).await.is_err() {
                            return;
                        }
                    }
                    Ok(None) => return,
                    Err(error) => {
                        tracing::debug!(
                            error = &error as &dyn std::error::Error,
                            "an LDAP connection is given up"
                        );
                        return;
                    }
                }
            }
        };
        // Where one ends the other has nothing left to do.
        tokio::select! {
            () = asking => {}
            () = answering => {}
        }
    });
    Ok(StdStream::Unix(theirs))
}

/// The messages that come over a connection.
#[derive(Default)]
struct Messages {
    read: Vec<u8>,
}

impl Messages {
    /// The next one; none at the end of the connection.
    async fn next(
        &mut self,
        from: &mut (impl AsyncRead + Unpin),
    ) -> std::io::Result<Option<Vec<u8>>> {
        loop {
            let wanted = match header(&self.read)? {
                // The first byte tells an answer from what is none, such as a page of the web.
                Some((tag, _, _)) if tag != 0x30 => return Err(unsound("no message")),
                Some((_, begin, length)) if length > LONGEST - begin => {
                    return Err(unsound("a message that is too long"));
                }
                Some((_, begin, length)) => begin + length,
                None => usize::MAX,
            };
            if self.read.len() >= wanted {
                let rest = self.read.split_off(wanted);
                let message = std::mem::replace(&mut self.read, rest);
                if !is_sound(&message) {
                    return Err(unsound("a message that is not sound"));
                }
                return Ok(Some(message));
            }
            if from.read_buf(&mut self.read).await? == 0 {
                return Ok(None);
            }
        }
    }
}

fn unsound(what: &'static str) -> Error {
    Error::new(ErrorKind::InvalidData, what)
}

/// The tag at the beginning of a part, where what is in it begins, and how long that is; none where more has to be read.
fn header(part: &[u8]) -> std::io::Result<Option<(u8, usize, usize)>> {
    let [tag, first, rest @ ..] = part else {
        return Ok(None);
    };
    // Numbers of tags that take more bytes, and parts without a length, are not used by LDAP.
    if tag & 0x1f == 0x1f || *first == 0x80 {
        return Err(unsound("no part of a message"));
    }
    if *first < 0x80 {
        return Ok(Some((*tag, 2, usize::from(*first))));
    }
    let bytes = usize::from(first & 0x7f);
    if bytes > 8 {
        return Err(unsound("a length that is too long"));
    }
    if rest.len() < bytes {
        return Ok(None);
    }
    let length = rest[..bytes]
        .iter()
        .fold(0_u64, |length, byte| (length << 8) | u64::from(*byte));
    let length = usize::try_from(length).unwrap_or(usize::MAX);
    Ok(Some((*tag, 2 + bytes, length)))
}

/// Whether a message is made of parts that fill each other, and not too deep.
fn is_sound(message: &[u8]) -> bool {
    // Where the parts end that are gone into.
    let mut ends: Vec<usize> = vec![];
    let (mut at, mut parts) = (0, 0);
    while at < message.len() {
        let end = *ends.last().unwrap_or(&message.len());
        if at == end {
            ends.pop();
            continue;
        }
        parts += 1;
        let Ok(Some((tag, begin, length))) = header(&message[at..end]) else {
            return false;
        };
        if parts > PARTS || length > end - at - begin {
            return false;
        }
        at += begin;
        if tag & 0x20 == 0 {
            at += length;
        } else if ends.len() == DEEPEST {
            return false;
        } else {
            ends.push(at + length);
        }
    }
    ends.iter().all(|end| *end == message.len())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A part within a part, so many times.
    fn nested(depth: usize) -> Vec<u8> {
        let mut message = vec![0x04, 0];
        for _ in 0..depth {
            let mut outer = vec![0x30, 0x84];
            let length = u32::try_from(message.len()).expect("a short one");
            outer.extend(length.to_be_bytes());
            outer.append(&mut message);
            message = outer;
        }
        message
    }

    async fn messages(mut sent: &[u8]) -> std::io::Result<Vec<Vec<u8>>> {
        let mut messages = Messages::default();
        let mut all = vec![];
        while let Some(message) = messages.next(&mut sent).await? {
            all.push(message);
        }
        Ok(all)
    }

    #[tokio::test]
    async fn messages_come_one_by_one() {
        let one = b"\x30\x05\x02\x01\x01\x64\x00";
        let sent = [&one[..], &nested(DEEPEST), one, &[0x30, 9]].concat();
        let all = messages(&sent).await.expect("sound ones");
        assert_eq!(all, [one.to_vec(), nested(DEEPEST), one.to_vec()]);
    }

    #[tokio::test]
    async fn what_is_deep_long_or_nothing_is_refused() {
        let wrong: [&[u8]; 8] = [
            &nested(DEEPEST + 1),
            &nested(2_000),
            b"HTTP/1.1 400 Bad Request",
            b"\x30\x80\x00\x00",
            b"\x30\x84\xff\xff\xff\xff",
            b"\x30\x89\x01\x01\x01\x01\x01\x01\x01\x01\x01",
            b"\x30\x03\x02\x09\x01",
            b"\x30\x04\x3f\x01\x01\x00",
        ];
        for sent in wrong {
            assert!(
                messages(sent).await.is_err(),
                "{:?}",
                &sent[..sent.len().min(16)]
            );
        }
    }

    #[test]
    fn only_success_starts_tls() {
        assert!(starts_tls(
            b"\x30\x0c\x02\x01\x01\x78\x07\x0a\x01\x00\x04\x00\x04\x00"
        ));
        for not in [
            &b"\x30\x0c\x02\x01\x01\x78\x07\x0a\x01\x02\x04\x00\x04\x00"[..],
            b"\x30\x0c\x02\x01\x01\x65\x07\x0a\x01\x00\x04\x00\x04\x00",
            b"\x30\x03\x02\x01\x01",
            b"\x30\x00",
        ] {
            assert!(!starts_tls(not), "{not:?}");
        }
    }

    proptest! {
        #[test]
        fn what_is_sound_does_not_depend_on_luck(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = is_sound(&bytes);
            let _ = starts_tls(&bytes);
            let _ = header(&bytes);
        }
    }
}
