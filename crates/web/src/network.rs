//! Where a request comes from: networks of trusted proxies, and what their headers say.

use std::net::{IpAddr, SocketAddr};
use std::str::FromStr;

use axum::extract::ConnectInfo;
use axum::http::Uri;
use axum::http::request::Parts;

use crate::state::WebOptions;

/// An address or a range of addresses: `10.0.0.0/8`, `::1`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    address: IpAddr,
    bits: u8,
}

/// A text that is no address and no range of addresses.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("{0:?} is not an address or a network such as 10.0.0.0/8")]
pub struct NetworkError(String);

impl FromStr for Network {
    type Err = NetworkError;

    fn from_str(text: &str) -> Result<Self, NetworkError> {
        let error = || NetworkError(text.to_owned());
        let (address, bits) = match text.trim().split_once('/') {
            Some((address, bits)) => (address, Some(bits.parse::<u8>().map_err(|_| error())?)),
            None => (text.trim(), None),
        };
        let address: IpAddr = address.parse().map_err(|_| error())?;
        let most = if address.is_ipv4() { 32 } else { 128 };
        let bits = bits.unwrap_or(most);
        if bits > most {
            Err(error())
        } else {
            Ok(Self::new(address, bits))
        }
    }
}

impl Network {
    /// The network of all addresses whose first `bits` are those of `address`; too many bits are cut to all.
    pub fn new(address: IpAddr, bits: u8) -> Self {
        Self {
            address,
            bits: bits.min(if address.is_ipv4() { 32 } else { 128 }),
        }
    }

    /// Whether the address is in this network.
    pub fn contains(&self, address: IpAddr) -> bool {
        let number = |address: IpAddr| match address {
            IpAddr::V4(address) => (32, u128::from(u32::from(address))),
            IpAddr::V6(address) => (128, u128::from(address)),
        };
        let ((size, own), (other_size, other)) =
            (number(self.address), number(address.to_canonical()));
        let free = u32::from(size as u8 - self.bits);
        size == other_size
            && own.checked_shr(free).unwrap_or(0) == other.checked_shr(free).unwrap_or(0)
    }
}

/// Where a request came from, as far as it can be believed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The client's address; empty when it is not known.
    pub address: String,
    pub https: bool,
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
                .any(|network| network.contains(address))
        };
        let trusted = peer.is_some_and(believed);
        let header = |name: &str| {
            parts
                .headers
                .get(name)
                .and_then(|value| value.to_str().ok())
                .map(str::trim)
        };
        let forwarded = |name: &str| {
            if trusted {
                header(name).filter(|value| !value.is_empty())
            } else {
                None
            }
        };
        let mut address = peer;
        if let Some(list) = forwarded("x-forwarded-for") {
            // From the right: the first address that is not one of our proxies.
            for hop in list.rsplit(',') {
                let Ok(hop) = hop.trim().parse::<IpAddr>() else {
                    break;
                };
                address = Some(hop.to_canonical());
                if !believed(hop) {
                    break;
                }
            }
        }
        let own_host = parts
            .uri
            .authority()
            .map(|host| host.as_str())
            .or_else(|| header("host"));
        Self {
            address: address
                .map(|address| address.to_string())
                .unwrap_or_default(),
            https: forwarded("x-forwarded-proto")
                .is_some_and(|proto| proto.eq_ignore_ascii_case("https")),
            host: forwarded("x-forwarded-host")
                .or(own_host)
                .unwrap_or_default()
                .to_owned(),
            trusted,
            uri: parts.uri.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn networks_contain_their_addresses() {
        let network = |text: &str| text.parse::<Network>().unwrap();
        let address = |text: &str| text.parse::<IpAddr>().unwrap();
        assert!(network("10.0.0.0/8").contains(address("10.255.0.1")));
        assert!(!network("10.0.0.0/8").contains(address("11.0.0.1")));
        assert!(network("0.0.0.0/0").contains(address("1.2.3.4")));
        assert!(!network("0.0.0.0/0").contains(address("::1")));
        assert!(network("::1").contains(address("::1")));
        assert!(network("127.0.0.1").contains(address("::ffff:127.0.0.1")));
        assert!("10.0.0.0/33".parse::<Network>().is_err());
        assert!("proxy".parse::<Network>().is_err());
    }
}
