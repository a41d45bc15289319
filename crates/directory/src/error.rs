//! What doors see when something is refused or fails, by what the caller can do about it.

use std::time::Duration;

use kartoteka_model::search::SyntaxError;
use kartoteka_passwords::policy::Violation;
use serde::{Deserialize, Serialize};
use thiserror::Error as ThisError;

use crate::found::Found;
use crate::kind::Kind;
use crate::plan::{Fields, Version};
use crate::rights::Role;

/// The result of every use case.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a use case did not do what was asked. Each door renders it once.
#[derive(Debug, ThisError)]
pub enum Error {
    /// There is no such record.
    #[error("{} {key:?} is not known", kind.name())]
    NotFound { kind: Kind, key: String },
    /// There is no such thing of another sort (`source`, `session`, `token`, `journal entry`, …).
    #[error("{what} {key:?} is not known")]
    Unknown { what: &'static str, key: String },
    /// The actor lacks a role.
    #[error("role {} is needed", needed.name())]
    Forbidden { needed: Role },
    /// Something is wrong with fields; all mistakes at once.
    #[error("invalid fields: {}", summary(.0))]
    Invalid(Vec<FieldError>),
    /// A malformed search, with the place.
    #[error("malformed search: {0}")]
    Syntax(SyntaxError),
    /// The record changed since the version that the caller had.
    #[error("{} {key:?} was changed meanwhile", .0.kind.name(), key = .0.key)]
    Conflict(Box<Stale>),
    /// The source of the record can't be written.
    #[error("source {source_id} is read-only")]
    ReadOnly { source_id: String },
    /// Login or password are wrong; which one is not said.
    #[error("wrong login or password")]
    WrongCredentials,
    /// The agent has to choose a new password before anything else.
    #[error("the password has to be changed first")]
    PasswordDue,
    /// Too many attempts.
    #[error("too many attempts; retry in {} s", retry_after.as_secs())]
    TooMany { retry_after: Duration },
    /// Too many log in at once: this one was not looked at.
    #[error("too many log in at once; retry in {} s", retry_after.as_secs())]
    Busy { retry_after: Duration },
    /// A source or the database does not answer.
    #[error("{source_id} is unavailable")]
    Unavailable {
        source_id: String,
        #[source]
        cause: Box<dyn std::error::Error + Send + Sync>,
    },
    /// A defect or a broken database; the cause is for the log.
    #[error("internal error")]
    Internal(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// What a save that came too late needs to show both versions.
#[derive(Debug)]
pub struct Stale {
    pub kind: Kind,
    pub key: String,
    /// What is stored now.
    pub current: Found,
    /// What the caller wanted to save.
    pub wanted: Fields,
    /// The version that the caller had.
    pub had: Version,
}

/// What is wrong with one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// The field's name as the outside sees it.
    pub field: String,
    pub problem: FieldProblem,
}

/// The ways in which a field can be wrong. Doors translate them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "problem", rename_all = "kebab-case")]
pub enum FieldProblem {
    /// Mandatory and missing or empty.
    Required,
    /// Longer than the column: at most this many characters.
    TooLong { max: usize },
    /// A pattern with more than so many `*`.
    TooManyWildcards { max: usize },
    /// More than so many values to compare with.
    TooMany { max: usize },
    /// Control characters or NUL.
    ControlCharacter,
    /// Invisible and format characters, which make keys that look alike.
    InvisibleCharacter,
    /// A login that stands for everybody: `<DEFAULT>`.
    Reserved,
    /// A character that an e-mail address can't have there.
    EmailCharacter { character: String },
    /// More characters before the `@` than an e-mail address may have.
    EmailLocalPart { max: usize },
    /// Not the syntax of an e-mail address.
    Email,
    /// An e-mail address that the settings refuse.
    EmailRefused,
    /// Not a whole number.
    NotANumber,
    /// Not a number, or one of more decimal places than are kept.
    NotADecimal { places: Option<u32> },
    /// A number or time that does not fit.
    OutOfRange { least: String, most: String },
    /// Not a day as `2026-03-01`.
    NotADate,
    /// Not a day with a time as `2026-03-01 12:30:00`.
    NotATime,
    /// Not a UUID.
    NotAUuid,
    /// None of the values that the column takes.
    NotOneOf { choices: String },
    /// Characters that the table's encoding does not have.
    UnstorableCharacter { characters: String },
    /// The database does not take it.
    NotAccepted,
    /// Not one of the values to choose from.
    NotAChoice,
    /// No such validity.
    UnknownValidity,
    /// There is no such customer.
    UnknownCustomer,
    /// The customer is there but not valid.
    InvalidCustomer,
    /// Another record has it: login, customer ID, customer name or e-mail address.
    Taken { by: String },
    /// The field map has no such field.
    UnknownField,
    /// This source stands before the one to move to, can't be written, and has the login.
    SpeaksFirst { source: String },
    /// The source can't be written and does not have the login.
    NotThere,
    /// The person is in this source, and in no other that can be written.
    AlreadyThere,
    /// Not what the password policy asks for.
    #[serde(skip)]
    Password { violations: Vec<Violation> },
    /// There is no valid customer to choose; one has to be added first.
    NoCustomerYet,
    /// Not a role.
    UnknownRole,
    /// The agent keeps a higher role through these roles of the help desk, by name.
    RightsThroughRoles { roles: String },
    /// No other admin could log in any more.
    LastAdmin,
    /// There is no such service to be below.
    UnknownParent,
    /// A service can't be below itself, or below one that is below it.
    BelowItself,
    /// `::` separates the levels of services; it can't be part of a name.
    Separator,
    /// Agents' rights come from this group: it keeps its name and stays valid.
    CarriesRights,
    /// No source knows this person.
    UnknownPerson,
    /// The person is there but not valid.
    InvalidPerson,
    /// There is no such group.
    UnknownGroup,
    /// The group is there but not valid.
    InvalidGroup,
    /// There is no such service.
    UnknownService,
    /// The service is there but not valid.
    InvalidService,
    /// Not one of the permissions that can be given.
    UnknownPermission,
    /// No such context, or one that is not enabled.
    UnknownContext,
    /// A permission was to be taken from somebody who has it through `rw`, which has to be taken first (D12).
    TakeRwFirst { permission: String },
    /// The agent has no right to give permissions in this group.
    NotYourGroup,
    /// The settings file names this key, so it holds there and can't be changed here.
    FixedByFile,
    /// It was set in the pages of OTOBO, so it holds there and can't be changed here.
    FixedByOtobo,
    /// This variable of the environment names the key, so it holds there and can't be changed here.
    FixedByVariable { variable: String },
    /// What this entry says can't be taken back: a password, for one.
    CannotUndo,
    /// Agents do not change what a person of their own login has, unless they are admins.
    OwnRights,
    /// Somebody changed it after what is to be taken back.
    ChangedSince { by: String },
    /// The person's source can't be written.
    ReadOnlySource,
    /// Not as long as the job is as it is now.
    NotNow,
    /// What the job did for each person was dropped, so many days after it ended.
    NoLongerKept { days: u32 },
    /// The review was signed off or cancelled: nothing in it changes any more.
    ReviewClosed,
    /// What is to be reviewed is in a review already.
    ReviewOpen { review: i64 },
    /// More grants than one review takes.
    TooManyGrants { max: usize },
    /// So many items of the review are not decided yet.
    Undecided { count: usize },
    /// The review is not any more what the preview showed.
    ReviewChanged,
    /// Neither a day (`2026-03-01`) nor a time with its zone.
    NotADay,
    /// A day that has not begun, or a time to come.
    InTheFuture,
    /// Before the journal begins nothing is known; the day on which it does.
    BeforeJournal { begins: String },
    /// Not a name that a field or column can have: letters without accents, digits and `_`.
    NotAName,
    /// The source has a field of this name.
    FieldThere,
    /// Another field shows this column.
    ColumnShown { by: String },
    /// The column is there and holds something else.
    ColumnOther { holds: String },
    /// There is no such column, and none can be added where the source is.
    NoColumn,
    /// Passwords and the like are never shown.
    SecretField,
    /// The source can't do without this field.
    NeededField,
    /// Not a link that pages show.
    NotALink { reason: String },
    /// It is said when the field is added, and stays.
    OnlyWhenAdded,
    /// Somebody keeps the table to themselves, so that no column could be added in time.
    TableBusy,
    /// What the settings would say of it in a file.
    Settings { text: String },
    /// The settings that stand there say how the source is.
    SourceElsewhere { place: String },
    /// The source would ask another server: the password is not told to it unless it is given once more.
    SecretAgain,
    /// There is no key here to what is sealed.
    NoSecretKey,
    /// What is sealed was sealed with another key.
    OtherSecretKey,
    /// The test of the source failed.
    TestFailed,
    /// Somebody changed it after it was looked at.
    DocumentChanged,
}

impl FieldProblem {
    /// A stable name for programs: `required`, `too-long`, ….
    pub fn code(&self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::TooLong { .. } => "too-long",
            Self::TooManyWildcards { .. } => "too-many-wildcards",
            Self::TooMany { .. } => "too-many",
            Self::ControlCharacter => "control-character",
            Self::InvisibleCharacter => "invisible-character",
            Self::Reserved => "reserved",
            Self::EmailCharacter { .. } => "email-character",
            Self::EmailLocalPart { .. } => "email-local-part",
            Self::Email => "email",
            Self::EmailRefused => "email-refused",
            Self::NotANumber => "not-a-number",
            Self::NotADecimal { .. } => "not-a-decimal",
            Self::OutOfRange { .. } => "out-of-range",
            Self::NotADate => "not-a-date",
            Self::NotATime => "not-a-time",
            Self::NotAUuid => "not-a-uuid",
            Self::NotOneOf { .. } => "not-one-of",
            Self::UnstorableCharacter { .. } => "unstorable-character",
            Self::NotAccepted => "not-accepted",
            Self::NotAChoice => "not-a-choice",
            Self::UnknownValidity => "unknown-validity",
            Self::UnknownCustomer => "unknown-customer",
            Self::InvalidCustomer => "invalid-customer",
            Self::Taken { .. } => "taken",
            Self::UnknownField => "unknown-field",
            Self::SpeaksFirst { .. } => "speaks-first",
            Self::NotThere => "not-there",
            Self::AlreadyThere => "already-there",
            Self::Password { .. } => "weak-password",
            Self::NoCustomerYet => "no-customer-yet",
            Self::UnknownRole => "unknown-role",
            Self::RightsThroughRoles { .. } => "rights-through-roles",
            Self::LastAdmin => "last-admin",
            Self::UnknownParent => "unknown-parent",
            Self::BelowItself => "below-itself",
            Self::Separator => "separator",
            Self::CarriesRights => "carries-rights",
            Self::UnknownPerson => "unknown-person",
            Self::InvalidPerson => "invalid-person",
            Self::UnknownGroup => "unknown-group",
            Self::InvalidGroup => "invalid-group",
            Self::UnknownService => "unknown-service",
            Self::InvalidService => "invalid-service",
            Self::UnknownPermission => "unknown-permission",
            Self::UnknownContext => "unknown-context",
            Self::TakeRwFirst { .. } => "take-rw-first",
            Self::NotYourGroup => "not-your-group",
            Self::FixedByFile => "fixed-by-file",
            Self::FixedByOtobo => "fixed-by-otobo",
            Self::FixedByVariable { .. } => "fixed-by-variable",
            Self::CannotUndo => "cannot-undo",
            Self::OwnRights => "own-rights",
            Self::ChangedSince { .. } => "changed-since",
            Self::ReadOnlySource => "read-only-source",
            Self::NotNow => "not-now",
            Self::NoLongerKept { .. } => "no-longer-kept",
            Self::ReviewClosed => "review-closed",
            Self::ReviewOpen { .. } => "review-open",
            Self::TooManyGrants { .. } => "too-many-grants",
            Self::Undecided { .. } => "undecided",
            Self::ReviewChanged => "review-changed",
            Self::NotADay => "not-a-day",
            Self::InTheFuture => "in-the-future",
            Self::BeforeJournal { .. } => "before-journal",
            Self::NotAName => "not-a-name",
            Self::FieldThere => "field-there",
            Self::ColumnShown { .. } => "column-shown",
            Self::ColumnOther { .. } => "column-other",
            Self::NoColumn => "no-column",
            Self::SecretField => "secret-field",
            Self::NeededField => "needed-field",
            Self::NotALink { .. } => "not-a-link",
            Self::OnlyWhenAdded => "only-when-added",
            Self::TableBusy => "table-busy",
            Self::Settings { .. } => "settings",
            Self::SourceElsewhere { .. } => "source-elsewhere",
            Self::SecretAgain => "secret-again",
            Self::NoSecretKey => "no-secret-key",
            Self::OtherSecretKey => "other-secret-key",
            Self::TestFailed => "test-failed",
            Self::DocumentChanged => "document-changed",
        }
    }
}

impl FieldError {
    /// A mistake in a field.
    pub fn new(field: impl Into<String>, problem: FieldProblem) -> Self {
        Self {
            field: field.into(),
            problem,
        }
    }
}

fn summary(errors: &[FieldError]) -> String {
    let one = |error: &FieldError| format!("{} {}", error.field, error.problem.code());
    errors.iter().map(one).collect::<Vec<_>>().join(", ")
}
