//! Where a request comes from: networks of trusted proxies, and what their headers say.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use axum::extract::{ConnectInfo, Request};
use axum::http::request::Parts;
use axum::http::uri::Scheme;
use axum::http::{HeaderMap, HeaderName, Uri, header};

use crate::state::WebOptions;

/// A request whose end or whose host can be read in two ways, as its connection saw. Not every reader keeps both
/// lines, so what accepts connections says it with this extension.
#[derive(Debug, Clone, Copy)]
pub struct Ambiguous;

impl Ambiguous {
    /// Whether a proxy in front could read another request, or ask for another host, than we do.
    pub fn is(request: &Request) -> bool {
        let headers = request.headers();
        let many = |name: HeaderName| headers.get_all(name).iter().count() > 1;
        request.extensions().get::<Self>().is_some()
            || many(header::HOST)
            || many(header::CONTENT_LENGTH)
            || (headers.contains_key(header::CONTENT_LENGTH)
                && headers.contains_key(header::TRANSFER_ENCODING))
    }
}

/// Where a request came from, as far as it can be believed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The client's address; empty when it is not known.
    pub address: String,
    pub https: bool,
    /// The scheme that the client used, where that is known: a proxy that does not say it leaves it open.
    pub scheme: Option<Scheme>,
    /// The host asked for, with port if one was given.
    pub host: String,
    /// The request came through a proxy whose headers are believed.
    pub trusted: bool,
    /// The address asked for, with the base path.
    pub uri: Uri,
}

impl Origin {
    /// Reads where a request came from; `X-Forwarded-*` only when a trusted proxy sent it.
    pub fn of(parts: &Parts, options: &WebOptions) -> Self {
        let peer = parts
            .extensions
            .get::<ConnectInfo<SocketAddr>>()
            .map(|info| info.0.ip().to_canonical());
        let believed = |address: IpAddr| {
            options
                .trusted_proxies
                .iter()
                .any(|network| network.contains(&address.to_canonical()))
        };
        let trusted = peer.is_some_and(believed);
        // The proxy next to us wrote the last one; whatever stands before it came from its client.
        let forwarded = |name: &str| items(&parts.headers, name).next().filter(|_| trusted);
        let address = match peer {
            Some(peer) if trusted => Some(client(&parts.headers, peer, believed)),
            peer => peer,
        };
        let own_host = parts.uri.authority().map(|host| host.as_str()).or_else(|| {
            let host = parts.headers.get(header::HOST)?;
            host.to_str().ok().map(str::trim)
        });
        let scheme = match forwarded("x-forwarded-proto") {
            Some(proto) if proto.eq_ignore_ascii_case("https") => Some(Scheme::HTTPS),
            Some(proto) if proto.eq_ignore_ascii_case("http") => Some(Scheme::HTTP),
            // Without a proxy that is known to be there, what we speak is what the client speaks.
            _ => peer.filter(|_| !trusted).map(|_| Scheme::HTTP),
        };
        Self {
            address: address
                .map(|address| address.to_string())
                .unwrap_or_default(),
            https: scheme == Some(Scheme::HTTPS),
            scheme,
            host: forwarded("x-forwarded-host")
                .or(own_host)
                .unwrap_or_default()
                .to_owned(),
            trusted,
            uri: parts.uri.clone(),
        }
    }
}

/// The items of a list that may stand on several lines, from the last to the first; `?` for one that is no text.
fn items<'a>(headers: &'a HeaderMap, name: &str) -> impl Iterator<Item = &'a str> {
    let lines = headers.get_all(name).into_iter().rev();
    lines
        .flat_map(|line| line.as_bytes().rsplit(|byte| *byte == b','))
        .map(|item| {
            std::str::from_utf8(item)
                .ok()
                .filter(|text| text.is_ascii())
                .unwrap_or("?")
        })
        .map(str::trim)
        .filter(|item| !item.is_empty())
}

/// The client behind our proxies: from the right, the first address that is none of them. What can't be read ends the
/// walk: the proxy that passed it on is the last of which something is known.
fn client(headers: &HeaderMap, peer: IpAddr, believed: impl Fn(IpAddr) -> bool) -> IpAddr {
    let mut address = peer;
    for hop in items(headers, "x-forwarded-for").map_while(hop) {
        address = hop;
        if !believed(hop) {
            break;
        }
    }
    address
}

/// An address as proxies write it: `1.2.3.4`, `1.2.3.4:5678`, `2001:db8::1`, `[2001:db8::1]`, `[2001:db8::1]:5678`.
fn hop(text: &str) -> Option<IpAddr> {
    let bare = text
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    let address = match bare {
        Some(v6) => v6.parse::<Ipv6Addr>().ok().map(IpAddr::V6),
        None => text.parse().ok(),
    };
    let address = address.or_else(|| text.parse().ok().map(|peer: SocketAddr| peer.ip()))?;
    Some(address.to_canonical())
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    /// The client that a proxy at 10.0.0.1 tells of with these lines.
    fn told(lines: &[&'static [u8]]) -> String {
        let ours: ipnet::IpNet = "10.0.0.0/8".parse().unwrap();
        let mut headers = HeaderMap::new();
        for line in lines {
            let value = HeaderValue::from_bytes(line).unwrap();
            headers.append("x-forwarded-for", value);
        }
        let peer = "10.0.0.1".parse().unwrap();
        client(&headers, peer, |address: IpAddr| ours.contains(&address)).to_string()
    }

    #[test]
    fn forwarded_addresses_are_read_from_the_right() {
        // A proxy that adds a line of its own leaves the client's before it.
        assert_eq!(told(&[b"192.0.2.66", b"203.0.113.7"]), "203.0.113.7");
        assert_eq!(
            told(&[b"192.0.2.66, 203.0.113.7", b"10.0.0.2"]),
            "203.0.113.7"
        );
        assert_eq!(told(&[b"203.0.113.7,", b" "]), "203.0.113.7");
        assert_eq!(told(&[b"203.0.113.7:4711"]), "203.0.113.7");
        assert_eq!(
            told(&[b"192.0.2.66, 203.0.113.7, 10.0.0.2:80"]),
            "203.0.113.7"
        );
        assert_eq!(told(&[b"[2001:db8::1]:4711, 10.0.0.2"]), "2001:db8::1");
        assert_eq!(told(&[b"[2001:db8::1]"]), "2001:db8::1");
        assert_eq!(told(&[b"2001:db8::1"]), "2001:db8::1");
        assert_eq!(told(&[b"[::ffff:203.0.113.7]:1"]), "203.0.113.7");
        // What can't be read, and all before it, says nothing.
        for rubbish in [
            &b"unknown"[..],
            b"_hidden",
            b"1.2.3.4:port",
            b"1.2.3.4.5",
            b"[1.2.3.4]",
            b"fe80::1%eth0",
            b"\xff",
        ] {
            let line = [&b"192.0.2.66, "[..], rubbish, b", 10.0.0.2"].concat();
            assert_eq!(told(&[line.leak()]), "10.0.0.2", "{rubbish:?}");
            assert_eq!(told(&[rubbish]), "10.0.0.1", "{rubbish:?}");
        }
        assert_eq!(told(&[]), "10.0.0.1");
    }
}
