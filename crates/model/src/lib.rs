//! The nouns and rules of Kartoteka: customers, customer users, field maps, records, validity and
//! the search language. Pure: no I/O, no async, no clock, no randomness.
//!
//! Start with [`source`] (what a configured source looks like), [`record`] (what it holds) and
//! [`condition`] (the one tree that every search becomes).

pub mod access;
mod address;
pub mod collation;
pub mod condition;
pub mod csv;
pub mod email;
pub mod field;
pub mod job_change;
pub mod ldap;
pub mod link;
pub mod membership;
mod nearest;
mod origin;
pub mod record;
pub mod regexp;
pub mod search;
pub mod service;
pub mod source;
pub mod text;
pub mod validity;

pub use collation::Collation;
pub use condition::{Condition, Part, Pattern};
pub use field::{Field, FieldKind, FieldMap, Shown};
pub use nearest::nearest;
pub use record::Record;
pub use regexp::RegExp;
pub use source::{CustomerSource, CustomerUserSource, Selections, SourceSpec};
pub use text::TextMode;
pub use validity::Validity;
