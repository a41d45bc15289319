//! What rooms need of the directory and doors must not call: its home database, saves, sources and indexes.
//!
//! A room is a crate of use cases over the directory, as reviews are. It is given a [`Directory`](crate::Directory) as doors are, and looks
//! [`Inside`] it. Doors may not name this module, which `cargo xtask checks` holds them to; without it there is no way here:
//!
//! ```compile_fail
//! async fn door(directory: &kartoteka_directory::Directory) -> bool {
//!     directory.begin_locked().await.is_ok()
//! }
//! ```
//!
//! Here it is only named: each stands where it is done, and files of this crate take it from there.

pub use crate::bulk::BulkLoadGuard;
pub use crate::confirm::{Confirming, Gone};
pub use crate::definitions::Opened;
pub use crate::directory::Inside;
pub use crate::failures::not_found;
pub use crate::found::version;
pub use crate::handle::{SourceHandle, is_valid};
pub use crate::identities::known::KnownIdentity;
pub use crate::journal::draft::{JournalDraft, entry_of};
pub use crate::journal::history::{Body, body, readable};
pub use crate::journal::sign_off;
pub use crate::log_ins::NotedLogIn;
pub use crate::names::{display_text, own_customer_ids};
pub use crate::passwords::{Hashes, PasswordOwner};
pub use crate::references::update_references;
pub use crate::rights::role_of;
pub use crate::source_doctor::FirstRecord;
pub use crate::written::written_fields;

/// Groups and services as they are kept.
pub mod named {
    pub use crate::kind::FULL_NAME;
    pub use crate::named::{
        COMMENT_LENGTH, NAME_LENGTH, fields, found, full_name, table, version_of,
    };
}
