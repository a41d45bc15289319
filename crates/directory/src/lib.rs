//! The directory: what sources say and what the index holds, found and told, and what every save is made of.
//!
//! Every door (pages, REST, terminal) holds a [`Directory`] and calls it, or a room over it, with an [`Actor`]. Records are
//! written by a room, `kartoteka-records`; what rooms need is [`inside`]. Start with [`search`], then [`saving`].

mod actor;
mod agents;
mod bounds;
mod bulk;
mod confirm;
mod customers;
mod definitions;
mod error;
mod failures;
mod find_row;
mod generation;
mod handle;
mod hashing;
mod identities;
mod index;
pub mod inside;
mod job_change;
mod journal;
mod kind;
mod layout;
mod live;
mod log_ins;
mod lookup;
mod losses;
mod maintenance;
mod named;
mod names;
mod open;
mod partition;
mod passwords;
mod plan;
mod preferences;
mod presence;
mod references;
mod relation;
mod replies;
mod rights;
mod saving;
mod sealed;
mod search;
mod source_conflicts;
mod source_doctor;
mod source_precedence;
mod source_states;
mod sources;
mod work;
mod written;

pub use actor::{Actor, Door, Principal};
pub use agents::Agent;
pub use error::{Error, FieldError, FieldProblem, Result, Stale};
pub use generation::Reloaded;
pub use identities::decide::{HeldBack, HeldBackList, HeldBackOf, Whose};
pub use index::pace::Pace;
pub use job_change::{JobChange, JobRelation, Template};
pub use journal::history::{HistoryEntry, JournalFault, JournalFilter, JournalVerdict};
pub use journal::topic::Topic;
pub use kartoteka_passwords::policy::{Policy, Violation};
pub use kartoteka_settings::SetIn;
pub use kartoteka_sources::doctor;
pub use kartoteka_store::own::principal::{PrincipalKey, PrincipalKind};
pub use kartoteka_store::private::make_private_folder;
pub use kind::Kind;
pub use losses::decide::HeldRefresh;
pub use losses::missing::{Missing, MissingList};
pub use maintenance::Maintenance;
pub use open::{Clock, Directory, OpenError, Options, Readiness, SystemClock};
pub use plan::{Change, Effect, Fields, Version};
pub use preferences::Preference;
pub use relation::{Relation, RelationChange};
pub use replies::Request;
pub use rights::{Action, Object, Role};
pub use sealed::Sealed;
pub use search::{
    Criterion, Direction, IndexState, Lookup, Order, Page, Row, Search, SourceStatus, Total,
    ValidFilter,
};
pub use source_conflicts::{Conflict, Conflicts};
pub use source_doctor::test_of_settings;
pub use source_states::{LastError, SourceState, Telling};
pub use sources::{FieldShape, Found, MissingColumn, SourceInfo};
pub use written::RefusedFields;
