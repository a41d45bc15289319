//! Who somebody is: logging in, sessions, tokens, one's own password, the first agent, what agents chose for their
//! pages, and who has to wait after wrong passwords.
//!
//! [`log_in`] holds the way in: limits, the comparison of the password, the role. Another method proves who somebody is in
//! its own way and begins a session ([`sessions`]) from there.

mod locks;
mod log_in;
mod own_password;
mod sessions;
mod setup;
mod tokens;
mod ui_preferences;
mod views;

pub use locks::Lock;
pub use log_in::{Login, NewSession};
pub use sessions::{Session, begin_session, tidy};
pub use tokens::{NewToken, Token};
pub use ui_preferences::{UiPreference, UiPreferences};
pub use views::{View, ViewWanted};

use kartoteka_directory::Directory;
use kartoteka_directory::inside::Inside;

/// The log-ins of a directory, with sessions and tokens.
#[derive(Clone, Copy)]
pub struct Logins<'d> {
    directory: Inside<'d>,
}

impl<'d> Logins<'d> {
    /// Those of this one.
    pub fn of(directory: &'d Directory) -> Self {
        Self {
            directory: Inside::of(directory),
        }
    }
}
