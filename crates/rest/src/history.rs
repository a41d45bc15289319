//! The journal in REST: what happened to a record, everything that happened, and whether the chain is whole.

use axum::Json;
use axum::extract::State;
use kartoteka_directory::{
    Actor, DOORS, Directory, FieldProblem, JournalFilter, Kind, Topic, span_of_day,
};
use kartoteka_wire::history::entry;
use serde_json::{Value, json};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::caller::Admin;
use super::messages::Mistake;
use super::problem::Problem;
use super::query::{NoQuery, Query};
use super::schema::{Journal, JournalParameters, JournalVerdict};
use crate::state::Site;

/// How many entries without a `limit`.
const USUAL: i64 = 100;
/// The most entries at once.
const MOST: i64 = 1000;
/// What the journal can be asked about.
const TOPICS: &str = "customer-user, customer, agent, group, service, review, job, template, settings, token, log-in, relation, source, view";

/// The ways by which changes come in.
const WAYS: &str = "page, rest, terminal, source";

/// The routes of the journal.
pub fn routes() -> OpenApiRouter<Site> {
    OpenApiRouter::new()
        .routes(routes!(journal))
        .routes(routes!(verify))
}

/// Answers with what happened to a record.
pub async fn of_record(
    directory: &Directory,
    actor: &Actor,
    kind: Kind,
    key: &str,
    mut query: Query,
) -> Result<Json<Value>, Problem> {
    let limit = query.number("limit", 1, MOST).unwrap_or(USUAL) as u32;
    query.finish()?;
    let entries = directory.history(actor, kind, key, limit).await?;
    if entries.is_empty() {
        // A record without history is there; another one is not found.
        directory.find(actor, kind, key).await?;
    }
    Ok(Json(
        json!({"items": entries.iter().map(entry).collect::<Vec<_>>()}),
    ))
}

/// Lists the journal, the latest entry first.
#[utoipa::path(
    get, path = "/api/v1/journal", tag = "journal", operation_id = "list_journal",
    params(JournalParameters),
    security(("token" = ["admin"])),
    responses((status = 200, description = "A page of the journal", body = Journal)),
)]
async fn journal(
    State(site): State<Site>,
    Admin(actor): Admin,
    mut query: Query,
) -> Result<Json<Value>, Problem> {
    let limit = query.number("limit", 1, MOST).unwrap_or(USUAL);
    let known = |door: &str| DOORS.contains(&door).then(|| door.to_owned());
    let (since, until) = (
        span(&site, &mut query, "since"),
        span(&site, &mut query, "until"),
    );
    let filter = JournalFilter {
        topic: query.choice("kind", TOPICS, Topic::parse),
        key: query.text("key"),
        who: query.text("who"),
        door: query.choice("door", WAYS, known),
        since: since.map(|(begins, _)| begins),
        until: until.map(|(_, ends)| ends),
        before: query.number("before", 0, i64::MAX),
        limit: limit as u32,
    };
    query.finish()?;
    let entries = site.directory.journal(&actor, &filter).await?;
    let full = entries.len() as i64 == limit;
    let next = entries.last().filter(|_| full).map(|entry| entry.id);
    Ok(Json(
        json!({"items": entries.iter().map(entry).collect::<Vec<_>>(), "next": next}),
    ))
}

/// The day or time that a parameter names.
fn span(site: &Site, query: &mut Query, name: &str) -> Option<(i64, i64)> {
    let text = query.text(name)?;
    let span = span_of_day(&text, &site.options().time_zone);
    if span.is_none() {
        query.mistake(name, Mistake::Field(FieldProblem::NotADay));
    }
    span
}

/// Checks the whole journal: each entry's hash, number and place in the chain, and that the reviews it signed off are as
/// they were.
#[utoipa::path(
    get, path = "/api/v1/journal/verify", tag = "journal", operation_id = "verify_journal",
    security(("token" = ["admin"])),
    responses((status = 200, description = "Whether the journal is intact, and else the first bad entry", body = JournalVerdict)),
)]
async fn verify(
    State(site): State<Site>,
    Admin(actor): Admin,
    _: NoQuery,
) -> Result<Json<Value>, Problem> {
    let verdict = site.directory.verify_journal(&actor).await?;
    let fault = verdict
        .fault
        .map(|(entry, problem)| json!({"entry": entry, "problem": problem}));
    Ok(Json(
        json!({"entries": verdict.entries, "intact": fault.is_none(), "fault": fault}),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_topic_is_named_where_another_one_is_refused() {
        assert_eq!(TOPICS, Topic::ALL.map(Topic::name).join(", "));
        assert_eq!(WAYS, DOORS.join(", "));
    }
}
