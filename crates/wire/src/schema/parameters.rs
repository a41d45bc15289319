//! Parameters and headers as OpenAPI describes them.
#![allow(dead_code, reason = "types that only describe parameters")]

use utoipa::IntoParams;

use super::{ContextName, DoorName, KindName, TopicName};

/// Parameters of writes.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct WriteParameters {
    /// Shows the plan and writes nothing.
    #[param(required = false)]
    dry_run: bool,
}

/// Headers of `POST`.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
pub struct PostHeaders {
    /// Names the request: sent again under its key within a day, it does nothing twice and gets the same answer,
    /// but for passwords and tokens, which are answered once.
    #[param(
        rename = "Idempotency-Key",
        required = false,
        min_length = 1,
        max_length = 120,
        pattern = "^[!-~]+$"
    )]
    idempotency_key: String,
}

/// Headers of `PATCH`.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
pub struct PatchHeaders {
    /// The version (`ETag`) that the change was made from; 412 if the record has another one.
    #[param(rename = "If-Match", required = false, pattern = r#"^(\*|"[!#-~]*")$"#)]
    if_match: String,
}

/// Headers of `GET` for one record.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
pub struct GetHeaders {
    /// The version (`ETag`) that the caller has; 304 if it is still the record's.
    #[param(
        rename = "If-None-Match",
        required = false,
        pattern = r#"^(\*|"[!#-~]*")$"#
    )]
    if_none_match: String,
}

/// The address of a customer user.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub struct LoginPath {
    /// The login, percent-encoded (`/` as `%2F`).
    #[param(min_length = 1, example = "anna.nowak")]
    login: String,
}

/// The address of a customer.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub struct CustomerPath {
    /// The customer ID, percent-encoded (`/` as `%2F`).
    #[param(min_length = 1, example = "MUSTER")]
    customer_id: String,
}

/// The address of a group.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub struct GroupPath {
    /// The name, percent-encoded (`/` as `%2F`).
    #[param(min_length = 1, example = "users")]
    name: String,
}

/// The address of a service.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub struct ServicePath {
    /// The full name, percent-encoded (`::` may stay, `/` as `%2F`).
    #[param(min_length = 1, example = "IT::Network")]
    name: String,
}

/// How many entries of a history.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct HistoryParameters {
    /// At most so many entries, the latest first; 100 without it.
    #[param(required = false, minimum = 1, maximum = 1000)]
    limit: u32,
}

/// Which entries of the journal.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct JournalParameters {
    /// Only entries on this kind of record, or on what Kartoteka keeps beside them.
    #[param(required = false, inline)]
    kind: TopicName,
    /// Only entries on the record with this key.
    #[param(required = false)]
    key: String,
    /// Only what this agent, token or program did, as entries name them: `ewa`, `token:import`, `operator`.
    #[param(required = false)]
    who: String,
    /// Only what came in by this way.
    #[param(required = false, inline)]
    door: DoorName,
    /// Not before this day, in the zone of the machine (`2026-03-01`), or this time (`2026-03-01T12:00:00Z`).
    #[param(required = false)]
    since: String,
    /// Not after this day or time.
    #[param(required = false)]
    until: String,
    /// Only entries before this number.
    #[param(required = false, minimum = 0)]
    before: i64,
    /// At most so many entries, the latest first; 100 without it.
    #[param(required = false, minimum = 1, maximum = 1000)]
    limit: u32,
}

/// Which field maps.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct FieldsParameters {
    /// The kind of record; `customer-user` without it.
    #[param(required = false, inline)]
    kind: KindName,
}

/// Which permission to explain.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ExplainParameters {
    /// The group of the permission to explain; only together with `permission`.
    #[param(required = false, example = "support")]
    group: String,
    /// The permission to explain; only together with `group`.
    #[param(required = false, example = "rw")]
    permission: String,
}

/// Which past day, and which other day to compare it with.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PastParameters {
    /// A past day, at whose end (in the server's time zone) things are shown, or a time such as
    /// `2026-03-01T12:00:00Z`. Today stands for now.
    #[param(required = false, example = "2026-03-01")]
    as_of: String,
    /// Another day or time, to tell what was gained and lost until then; only together with `as_of`.
    #[param(required = false, example = "2026-06-01")]
    compare: String,
}

/// Which page.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PageParameters {
    /// At most so many on the page; 50 without it.
    #[param(required = false, minimum = 1, maximum = 1000)]
    limit: u32,
    /// The `next` of the page before.
    #[param(required = false)]
    after: String,
}

/// Which permission, and which page.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct HolderParameters {
    /// The permission asked about; `ro` without it. Who has `rw` has every one.
    #[param(required = false, example = "ro")]
    permission: String,
    /// At most so many on the page; 50 without it.
    #[param(required = false, minimum = 1, maximum = 1000)]
    limit: u32,
    /// The `next` of the page before.
    #[param(required = false)]
    after: String,
}

/// Which context.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ContextParameters {
    /// Which tickets the permission speaks of; `same` without it. `other` has to be enabled.
    #[param(required = false, inline)]
    context: ContextName,
}
