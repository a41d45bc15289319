//! Deciding on items: one by one, or on all that a filter leaves.

use axum::Json;
use axum::extract::State;
use kartoteka_directory::{Error, FieldError};
use kartoteka_reviews::{Decide, Decision, ItemFilter, Overruled, Reviews};
use serde_json::{Value, json};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::super::body::Body;
use super::super::caller::Editor;
use super::super::key::Key;
use super::super::messages::Mistake;
use super::super::problem::{Place, Problem};
use super::super::request::{LargeWrite, Write};
use super::super::schema::{ReviewDecided, ReviewDecisions, ReviewPath};
use super::changed::only_real;
use super::number;
use crate::state::Site;

/// The most items in one request; all that a filter leaves may be more.
const MOST: usize = 1000;

const DECISIONS: &str = "undecided, confirm, revoke";

/// The route of decisions.
pub fn routes() -> OpenApiRouter<Site> {
    OpenApiRouter::new().routes(routes!(decide))
}

/// Decides on items: on those in `items`, all of them or none, or with `all` on every one that a filter leaves and that
/// the caller may decide on.
///
/// Of two who decide on the same item the later one counts; what the other said stays with the item. With the item's
/// `version` the answer names in `overruled` what was decided since that version.
#[utoipa::path(
    patch, path = "/api/v1/reviews/{id}/items", tag = "reviews", operation_id = "decide_review_items",
    params(ReviewPath), request_body = ReviewDecisions, security(("token" = ["editor"])),
    responses(
        (status = 200, description = "What was changed", body = ReviewDecided),
        (status = 413, description = "The body has more than 4 MiB", body = super::super::schema::Problem,
            content_type = "application/problem+json"),
    ),
)]
async fn decide(
    State(site): State<Site>,
    Editor(actor): Editor,
    Key(id): Key,
    LargeWrite(write): LargeWrite,
) -> Result<Json<Value>, Problem> {
    only_real(&write)?;
    let id = number(&id)?;
    let Write { mut body, .. } = write;
    let directory = &site.directory;
    if !body.has("all") {
        let wanted = items(&mut body)?;
        let decided = Reviews::of(directory)
            .decide(&actor, id, wanted)
            .await
            .map_err(refused)?;
        return Ok(Json(json!({
            "changed": decided.changed,
            "left": 0,
            "overruled": decided.overruled.iter().map(overruled).collect::<Vec<_>>(),
            "counts": counts(&decided.counts),
        })));
    }
    let filter = body.object("all");
    let decision = decision(&mut body);
    let comment = body.nullable("comment");
    if body.has("items") {
        body.rest();
        body.mistake("items", Mistake::EitherOr { other: "all" });
    }
    let mut wrong = body.mistakes();
    let mut left = filter.unwrap_or_default();
    let filter = ItemFilter {
        decision: left
            .has("decision")
            .then(|| self::decision(&mut left))
            .flatten(),
        outcome: None,
        search: left.nullable("search").unwrap_or_default(),
    };
    wrong.extend(left.mistakes());
    let Some(decision) = decision.filter(|_| wrong.is_empty()) else {
        return Err(Problem::invalid(wrong));
    };
    let decided = Reviews::of(directory)
        .decide_all(&actor, id, &filter, decision, comment.as_deref())
        .await
        .map_err(refused)?;
    Ok(Json(json!({
        "changed": decided.changed,
        "left": decided.left,
        "overruled": [],
        "counts": counts(&decided.counts),
    })))
}

/// The items of a body, with every mistake at its place.
fn items(body: &mut Body) -> Result<Vec<Decide>, Problem> {
    let list = body.list("items", MOST);
    let mut wrong = body.mistakes();
    let mut wanted = vec![];
    for (at, one) in list.unwrap_or_default().into_iter().enumerate() {
        let place = |part: String| Place::Member {
            list: "items",
            at,
            part,
        };
        let Value::Object(members) = one else {
            wrong.push((place(String::new()), Mistake::Type { expected: "object" }));
            continue;
        };
        let mut one = Body::of(members);
        let item = one.required_number("item");
        let decision = decision(&mut one);
        let comment = one.nullable("comment");
        let version = one.has("version").then(|| one.required_number("version"));
        let mistakes = one.mistakes();
        if let (Some(item), Some(decision), true) = (item, decision, mistakes.is_empty()) {
            wanted.push(Decide {
                item,
                decision,
                comment,
                version: version.flatten(),
            });
        }
        wrong.extend(mistakes.into_iter().map(|(found, mistake)| {
            let part = match found {
                Place::Field(name) => name,
                _ => String::new(),
            };
            (place(part), mistake)
        }));
    }
    match wrong.is_empty() {
        true => Ok(wanted),
        false => Err(Problem::invalid(wrong)),
    }
}

fn decision(body: &mut Body) -> Option<Decision> {
    let name = body.required("decision")?;
    let decision = Decision::parse(&name);
    if decision.is_none() {
        body.mistake("decision", Mistake::Choice { of: DECISIONS });
    }
    decision
}

/// Mistakes in items at their places in the body.
fn refused(error: Error) -> Problem {
    let Error::Invalid(errors) = error else {
        return error.into();
    };
    let one = |error: FieldError| {
        let found = error.field.split_once('.');
        let found = found.and_then(|(at, part)| Some((at.parse().ok()?, part.to_owned())));
        let place = match found {
            Some((at, part)) => Place::Member {
                list: "items",
                at,
                part,
            },
            None => Place::Field(error.field),
        };
        (place, Mistake::Field(error.problem))
    };
    Problem::invalid(errors.into_iter().map(one).collect())
}

fn overruled(one: &Overruled) -> Value {
    json!({
        "item": one.item, "decision": one.decision.name(), "comment": one.comment, "decided_by": one.by,
    })
}

fn counts(counts: &kartoteka_reviews::Counts) -> Value {
    json!({
        "items": counts.items,
        "decided": counts.decided(),
        "undecided": counts.undecided,
        "confirm": counts.confirm,
        "revoke": counts.revoke,
    })
}
