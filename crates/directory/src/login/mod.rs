//! Who somebody is: logging in, sessions, tokens, passwords, and who has to wait after wrong ones.
//!
//! [`log_in`] holds the way in: limits, the comparison of the password, the role. Another method proves who somebody is in
//! its own way and begins a session ([`sessions`]) from there.

pub(crate) mod hashing;
pub(crate) mod locks;
pub(crate) mod log_in;
pub(crate) mod own_password;
pub(crate) mod passwords;
pub(crate) mod sessions;
pub(crate) mod setup;
pub(crate) mod tokens;
