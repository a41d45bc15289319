//! The directory: the use cases of Kartoteka. The only way in, and the only way to write.
//!
//! Every door (pages, REST, terminal) holds a [`Directory`] and calls it with an [`Actor`]. Reads answer
//! at once; each write is a [`Plan`] first, which can be shown, and is then [applied](Directory::apply) in
//! one transaction with its journal entry. Start with [`search`], then [`save`].

mod access;
mod actor;
mod agents;
mod agents_save;
mod apply;
mod bounds;
mod bulk;
mod column_values;
mod confirm;
mod customers;
mod error;
mod generation;
mod handle;
mod index;
mod jobs;
mod journal;
mod kind;
mod login;
mod looks;
mod lookup;
mod maintenance;
mod named;
mod names;
mod open;
mod partition;
mod plan;
mod preferences;
mod presence;
mod private;
mod replies;
mod review;
mod rights;
mod save;
mod saving;
mod sealed;
mod search;
mod sources;
mod speaking;
mod stored;
mod transactions;
mod validate;

pub use access::{
    AccessDifference, AccessEffects, AccessSetting, CustomerAccess, CustomerDifference,
    CustomerEffect, CustomerHolder, CustomerHoldersPage, CustomerPeoplePage, CustomerPerson,
    CustomersDifferencePage, Explanation, GivenCustomer, GivenPage, GivenPerson, GroupEffect,
    GroupHolding, Held, Holder, HolderDifference, HoldersDifferencePage, HoldersPage, PastCustomer,
    PastCustomersPage, PastHolder, PastHoldersPage, PermissionEffect, PersonAccess, PersonServices,
    Reach, ReachedCustomer, Relation, RelationChange, RelationPlan, RelationsApplied,
    RelationsPlanned, ServiceEffect, ServicePeoplePage, ServicePerson, SettingOrigin,
    SettingsApplied, SettingsPlan, SettingsPlanned, SettingsWanted, Ticket, Tie, TiePage, TieRow,
    UndoApplied, UndoPlan, Wanted,
};
pub use actor::{Actor, Door, Principal};
pub use agents::Agent;
pub use error::{Error, FieldError, FieldProblem, Result, Stale};
pub use generation::Reloaded;
pub use index::pace::Pace;
pub use jobs::{
    Advance, EffectCount, EffectOf, ItemState, Job, JobChange, JobClaim, JobItem, JobPreview,
    JobProblem, JobRelation, JobState, ProblemCount, RowProblem, Selected, Selection, Template,
};
pub use journal::history::{HistoryEntry, JournalFault, JournalFilter, JournalVerdict};
pub use journal::topic::Topic;
pub use kartoteka_passwords::policy::{Policy, Violation};
pub use kartoteka_settings::SetIn;
pub use kind::Kind;
pub use login::locks::Lock;
pub use login::log_in::{Login, NewSession};
pub use login::sessions::Session;
pub use login::tokens::{NewToken, Token};
pub use looks::{Look, Looks};
pub use maintenance::Maintenance;
pub use open::{Clock, Directory, OpenError, Options, Readiness, SystemClock};
pub use plan::{Applied, Change, Effect, Fields, Plan, RecordPlan, Version};
pub use preferences::Preference;
pub use private::make_private_folder;
pub use replies::Request;
pub use review::{
    Also, Beside, BesideWhy, Counts, Decide, DecidedAll, DecidedItems, Decision, Drift, ItemFilter,
    ItemPage, Outcome, Overruled, PastDecision, Review, ReviewExport, ReviewFilter, ReviewItem,
    ReviewPage, ReviewPlan, ReviewPlanned, ReviewResult, ReviewState, SignOffPlan, SignOffPlanned,
    Subject, TakenAway,
};
pub use rights::{Action, Object, Role};
pub use sealed::Sealed;
pub use search::{
    Criterion, Direction, IndexState, Lookup, Order, Page, Row, Search, SourceStatus, Total,
    ValidFilter,
};
pub use sources::{FieldShape, Found, MissingColumn, SourceInfo};
