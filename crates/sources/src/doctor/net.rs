//! Reaching a server: its name, a connection, and whether it is the one that its certificate says.

use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::{Duration, Instant};

use rustls::pki_types::ServerName;
use rustls::{CertificateError, ClientConfig, ClientConnection, Error as TlsError};

use super::certificate;
use super::finding::{Finding, What};
use super::steps::{Report, Said, StepName};

/// Addresses of a name that are tried and shown at most.
const ADDRESSES: usize = 4;

/// A certificate that ends before so many days is warned of.
const SOON: i64 = 21;

/// A server, as an address names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Host {
    pub name: String,
    pub port: u16,
}

impl Host {
    /// The server of an address `scheme://user@host:port/…`, with the port that it has where none is named.
    pub fn of(address: &str, port: u16) -> Option<Self> {
        let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
        let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
        let server = authority.rsplit('@').next().unwrap_or(authority);
        let (name, after) = match server.strip_prefix('[') {
            Some(inside) => inside.split_once(']')?,
            None => server
                .find(':')
                .map_or((server, ""), |at| server.split_at(at)),
        };
        let port = match after.strip_prefix(':') {
            Some(port) => port.parse().ok()?,
            None => port,
        };
        (!name.is_empty()).then(|| Self {
            name: name.to_owned(),
            port,
        })
    }

    /// Whether it is this machine.
    pub fn is_loopback(&self) -> bool {
        let address: Option<std::net::IpAddr> = self.name.parse().ok();
        address.is_some_and(|address| address.is_loopback())
            || self.name.eq_ignore_ascii_case("localhost")
    }
}

/// Resolves the name of a server, and connects; the address that answers.
pub(crate) async fn reach(report: &mut Report, host: &Host) -> Option<SocketAddr> {
    let on = format!("{}:{}", host.name, host.port);
    let resolving = async {
        let found = tokio::net::lookup_host((host.name.as_str(), host.port)).await;
        let found: Vec<SocketAddr> = found.into_iter().flatten().take(ADDRESSES).collect();
        let unknown = Finding::of(What::NoSuchHost, [("host", &host.name)]);
        if found.is_empty() {
            return Err(unknown);
        }
        let texts: Vec<String> = found.iter().map(|one| one.ip().to_string()).collect();
        let told = Finding::of(What::Resolved, [("addresses", texts.join(", "))]);
        Ok(Said::new(found, [told]))
    };
    let addresses = report
        .run(StepName::Resolve, (Some(&on), None), resolving)
        .await?;
    let connecting = async {
        let mut failed = Finding::of(What::Unreachable, [("address", &on)]);
        for address in addresses {
            match tokio::net::TcpStream::connect(address).await {
                Ok(_) => {
                    let told = Finding::of(What::Connected, [("address", address)]);
                    return Ok(Said::new(address, [told]));
                }
                Err(error) if error.kind() == ErrorKind::ConnectionRefused => {
                    failed = Finding::of(What::Refused, [("address", address)]);
                }
                Err(_) => {}
            }
        }
        Err(failed)
    };
    report
        .run(StepName::Connect, (Some(&on), None), connecting)
        .await
}

/// A connection whose reading and writing end in time, however slowly the other side sends.
struct Bounded {
    stream: TcpStream,
    until: Instant,
}

impl Bounded {
    fn left(&self) -> std::io::Result<Duration> {
        let left = self.until.checked_duration_since(Instant::now());
        left.filter(|left| !left.is_zero())
            .ok_or_else(|| ErrorKind::TimedOut.into())
    }
}

impl Read for Bounded {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        self.stream.set_read_timeout(Some(self.left()?))?;
        self.stream.read(buffer)
    }
}

impl Write for Bounded {
    fn write(&mut self, buffer: &[u8]) -> std::io::Result<usize> {
        self.stream.set_write_timeout(Some(self.left()?))?;
        self.stream.write(buffer)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.stream.flush()
    }
}

/// Makes a connection safe as it is set up, and tells what the certificate is worth.
pub(crate) async fn handshake(
    (address, host): (SocketAddr, String),
    start_tls: bool,
    config: Arc<ClientConfig>,
    (limit, now): (Duration, i64),
) -> Result<Vec<Finding>, Finding> {
    let until = Instant::now() + limit;
    let shaking = move || shake_hands((address, &host), start_tls, config, (until, now));
    let done = tokio::task::spawn_blocking(shaking).await;
    done.unwrap_or_else(|_| Err(Finding::new(What::NoTls)))
}

fn shake_hands(
    (address, host): (SocketAddr, &str),
    start_tls: bool,
    config: Arc<ClientConfig>,
    (until, now): (Instant, i64),
) -> Result<Vec<Finding>, Finding> {
    let broken = |error: std::io::Error| told(&error, host);
    let stream =
        TcpStream::connect_timeout(&address, until.saturating_duration_since(Instant::now()))
            .map_err(broken)?;
    let mut stream = Bounded { stream, until };
    if start_tls && !starts(&mut stream).map_err(broken)? {
        return Err(Finding::new(What::NoStartTls));
    }
    let name = ServerName::try_from(host.to_owned())
        .map_err(|_| Finding::of(What::WrongName, [("host", host)]))?;
    let connection = ClientConnection::new(config, name);
    let mut connection = connection.map_err(|error| of_tls(&error, host))?;
    while connection.is_handshaking() {
        connection.complete_io(&mut stream).map_err(broken)?;
    }
    let version = connection.protocol_version();
    let version = version
        .and_then(|version| version.as_str())
        .unwrap_or("TLS");
    let mut findings = vec![Finding::of(
        What::TlsFine,
        [("version", version.replace('_', "."))],
    )];
    let first = connection.peer_certificates().and_then(|all| all.first());
    let end = first.and_then(|first| certificate::end(first));
    if let Some(end) = end {
        let days = (end - now) / 86_400;
        let what = match days < SOON {
            true => What::ExpiresSoon,
            false => What::ValidFor,
        };
        findings.push(Finding::of(what, [("days", days)]));
    }
    Ok(findings)
}

/// Asks for `StartTLS` (RFC 4511, 4.14); whether the server lets it begin.
fn starts(stream: &mut Bounded) -> std::io::Result<bool> {
    const ASK: &[u8] = b"\x30\x1d\x02\x01\x01\x77\x18\x80\x161.3.6.1.4.1.1466.20037";
    /// More than any answer has.
    const MOST: usize = 4096;
    stream.write_all(ASK)?;
    let mut head = [0; 2];
    stream.read_exact(&mut head)?;
    let garbage = || std::io::Error::from(ErrorKind::InvalidData);
    let length = match head {
        [0x30, short] if short < 0x80 => usize::from(short),
        [0x30, long] if long & 0x7f <= 4 => {
            let mut bytes = vec![0; usize::from(long & 0x7f)];
            stream.read_exact(&mut bytes)?;
            bytes
                .iter()
                .fold(0, |sum, byte| (sum << 8) | usize::from(*byte))
        }
        _ => return Err(garbage()),
    };
    if length > MOST {
        return Err(garbage());
    }
    let mut answer = vec![0; length];
    stream.read_exact(&mut answer)?;
    // The number of the message, an extended response, and in it the code.
    let answer = answer.strip_prefix(&[2, 1, 1]).ok_or_else(garbage)?;
    let (tag, rest) = answer.split_first().ok_or_else(garbage)?;
    let rest = match rest {
        [long, rest @ ..] if *long >= 0x80 => rest.get(usize::from(long & 0x7f)..),
        [_, rest @ ..] => Some(rest),
        [] => None,
    };
    match (tag, rest) {
        (0x78, Some([0x0a, 1, code, ..])) => Ok(*code == 0),
        _ => Err(garbage()),
    }
}

fn told(error: &std::io::Error, host: &str) -> Finding {
    let inner = error.get_ref();
    if let Some(error) = inner.and_then(|inner| inner.downcast_ref::<TlsError>()) {
        return of_tls(error, host);
    }
    match error.kind() {
        ErrorKind::TimedOut | ErrorKind::WouldBlock => Finding::new(What::TlsSlow),
        _ => Finding::new(What::NoTls),
    }
}

fn of_tls(error: &TlsError, host: &str) -> Finding {
    use CertificateError::{
        Expired, ExpiredContext, NotValidForName, NotValidForNameContext, NotValidYet,
        NotValidYetContext, UnknownIssuer,
    };
    match error {
        TlsError::InvalidCertificate(cause) => match cause {
            UnknownIssuer => Finding::new(What::UnknownIssuer),
            Expired | ExpiredContext { .. } => Finding::new(What::Expired),
            NotValidYet | NotValidYetContext { .. } => Finding::new(What::NotValidYet),
            NotValidForName | NotValidForNameContext { .. } => {
                Finding::of(What::WrongName, [("host", host)])
            }
            _ => Finding::of(What::BadCertificate, [("cause", error.to_string())]),
        },
        TlsError::InvalidMessage(_) => Finding::new(What::NoTls),
        _ => Finding::of(What::BadCertificate, [("cause", error.to_string())]),
    }
}

#[cfg(test)]
mod tests {
    use super::Host;

    #[test]
    fn addresses_name_servers() {
        let of = |address| Host::of(address, 389).map(|host| (host.name, host.port));
        let is = |name: &str, port| Some((name.to_owned(), port));
        assert_eq!(of("ldap://a.example"), is("a.example", 389));
        assert_eq!(of("ldaps://a.example:636/x"), is("a.example", 636));
        assert_eq!(of("postgres://me:p@ss@[::1]:5432/db"), is("::1", 5432));
        assert_eq!(of("postgres:///db?host=/run"), None);
        assert_eq!(of("ldap://a:b"), None);
    }
}
