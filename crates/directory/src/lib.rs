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
mod changes;
mod column_values;
mod confirm;
mod customers;
mod error;
mod generation;
mod handle;
mod hashing;
mod history;
mod index;
mod jobs;
mod kind;
mod locks;
mod log_in;
mod looks;
mod lookup;
mod named;
mod names;
mod open;
mod own_password;
mod pace;
mod partition;
mod passwords;
mod plan;
mod preferences;
mod presence;
mod private;
mod replies;
mod reread;
mod review;
mod save;
mod saving;
mod sealed;
mod search;
mod sessions;
mod setup;
mod sources;
mod speaking;
mod stored;
mod sweep;
mod time;
mod tokens;
mod topic;
mod transactions;
mod validate;
mod verify;
mod watermark;

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
pub use actor::{Actor, Door, Role, Who};
pub use agents::Agent;
pub use error::{Error, FieldError, FieldProblem, Result, Stale};
pub use generation::Reloaded;
pub use history::{HistoryEntry, JournalFault, JournalFilter, JournalVerdict};
pub use jobs::{
    Advance, EffectCount, EffectOf, ItemState, Job, JobChange, JobClaim, JobItem, JobPreview,
    JobProblem, JobRelation, JobState, ProblemCount, RowProblem, Selected, Selection, Template,
};
pub use kartoteka_passwords::policy::{Policy, Violation};
pub use kartoteka_settings::SetIn;
pub use kind::Kind;
pub use locks::Lock;
pub use log_in::{Login, NewSession};
pub use looks::{Look, Looks};
pub use open::{Clock, Directory, OpenError, Options, Readiness, SystemClock};
pub use pace::Pace;
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
pub use sealed::Sealed;
pub use search::{
    Criterion, Direction, IndexState, Lookup, Order, Page, Row, Search, SourceStatus, Total,
    ValidFilter,
};
pub use sessions::Session;
pub use sources::{FieldShape, Found, MissingColumn, SourceInfo};
pub use tokens::{NewToken, Token};
pub use topic::Topic;
