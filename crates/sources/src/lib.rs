//! Where people and customers come from: tables of databases, files, and trees of LDAP servers. A [`Source`] is asked by what it can do, whatever
//! it is: find records by their keys, go through all of them in portions, and tell what changed since a [`Watermark`].
//! What is written goes to tables only ([`Source::table`]).

mod changes;
pub mod csv;
pub mod doctor;
mod error;
pub mod ldap;
mod source;

pub use changes::{Changes, Watermark};
pub use error::SourceError;
pub use kartoteka_store::source::{Seen, SourceRow};
pub use source::{Cursor, Matching, Portion, Source, Verified};
