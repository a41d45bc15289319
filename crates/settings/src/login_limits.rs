//! `[login_limits]`: how many wrong passwords are borne.

use crate::key::{Key, Kind};
use crate::section::Section;

pub(crate) const KEYS: &[Key] = &[
    Key::new(
        "per_login",
        Kind::Whole(1, 1000),
        "5",
        "Failed attempts for one login from one network within the window; then it has to wait there.",
    ),
    Key::new(
        "per_address",
        Kind::Whole(1, 100_000),
        "50",
        "Failed attempts from one network (an IPv4 address, or a /64 of IPv6) within the window; also those for one login from everywhere, beyond which each network has one left, and those from a network that an agent came from before.",
    ),
    Key::new(
        "window",
        Kind::Whole(1, 86_400),
        "900",
        "Length of the window in seconds.",
    ),
];

/// `[login_limits]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LoginLimits {
    /// Failed attempts for one login within the window.
    pub per_login: u32,
    /// Failed attempts from one address within the window.
    pub per_address: u32,
    /// In seconds.
    pub window: u32,
}

impl Default for LoginLimits {
    fn default() -> Self {
        Self {
            per_login: 5,
            per_address: 50,
            window: 900,
        }
    }
}

impl LoginLimits {
    pub(crate) fn read(section: &Section<'_>) -> Self {
        let shipped = Self::default();
        Self {
            per_login: section.number("per_login").unwrap_or(shipped.per_login),
            per_address: section.number("per_address").unwrap_or(shipped.per_address),
            window: section.number("window").unwrap_or(shipped.window),
        }
    }
}
