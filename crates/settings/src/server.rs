//! `[server]`: where Kartoteka listens, and how it is seen from outside.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use ipnet::IpNet;

use crate::key::{Key, Kind};
use crate::mistake::Mistake;
use crate::section::Section;

pub(crate) const KEYS: &[Key] = &[
    Key::new(
        "listen",
        Kind::Text,
        "\"127.0.0.1:8080\"",
        "Address and port to listen on; port 0 takes a free one.",
    ),
    Key::new(
        "base_path",
        Kind::Text,
        "\"\"",
        "Path under which a reverse proxy shows Kartoteka, such as \"/kartoteka\".",
    ),
    Key::new(
        "trusted_proxies",
        Kind::Texts,
        "[]",
        "Addresses or networks of reverse proxies whose forwarded headers are believed.",
    ),
    Key::optional(
        "allowed_hosts",
        Kind::Texts,
        "[\"desk.example.org\"]",
        "Host names that requests may ask for; without the key any.",
    ),
];

/// `[server]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server {
    pub listen: SocketAddr,
    /// Empty, or `/path` without a slash at its end.
    pub base_path: String,
    /// Peers whose forwarded headers are believed.
    pub trusted_proxies: Vec<IpNet>,
    /// In lower case; `None` allows any.
    pub allowed_hosts: Option<Vec<String>>,
}

impl Default for Server {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 8080)),
            base_path: String::new(),
            trusted_proxies: Vec::new(),
            allowed_hosts: None,
        }
    }
}

impl Server {
    pub(crate) fn read(section: &Section<'_>) -> Self {
        let shipped = Self::default();
        Self {
            listen: section
                .parsed("listen", "an address and a port", |text| text.parse().ok())
                .unwrap_or(shipped.listen),
            base_path: section
                .parsed("base_path", "empty or a path such as \"/desk\"", base_path)
                .unwrap_or(shipped.base_path),
            trusted_proxies: networks(section).unwrap_or(shipped.trusted_proxies),
            allowed_hosts: section.texts("allowed_hosts").map(|hosts| {
                let lower = |(host, _): (String, _)| host.trim().to_lowercase();
                hosts.into_iter().map(lower).collect()
            }),
        }
    }
}

fn base_path(text: &str) -> Option<String> {
    let path = text.trim_end_matches('/');
    let plain = |c: char| c.is_ascii_alphanumeric() || "/-_.~".contains(c);
    let good = path.is_empty()
        || (path.starts_with('/') && path.chars().all(plain) && !path.contains("//"));
    (good && !path.split('/').any(|part| part == "..")).then(|| path.to_owned())
}

fn networks(section: &Section<'_>) -> Option<Vec<IpNet>> {
    let mut networks = Vec::new();
    for (text, at) in section.texts("trusted_proxies")? {
        match network(&text) {
            Some(network) => networks.push(network),
            None => section.findings.push(
                section
                    .findings
                    .error(at, Mistake::BadValue)
                    .param("key", "trusted_proxies")
                    .param("expected", "a list of addresses or networks")
                    .found(format!("{text:?}"))
                    .remedy("trusted_proxies = [\"127.0.0.1\", \"10.0.0.0/8\"]".to_owned()),
            ),
        }
    }
    Some(networks)
}

/// An address, or a network in CIDR notation: `10.0.0.0/8`, `::1`.
fn network(text: &str) -> Option<IpNet> {
    let text = text.trim();
    let address = text.parse::<IpAddr>().map(IpNet::from);
    address.ok().or_else(|| text.parse().ok())
}
