//! `/api/v1/journal/{id}/undo`: taking a change back.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use kartoteka_access::{Access, RelationPlan, UndoApplied, UndoPlan};
use kartoteka_directory::{Actor, Directory, Error};
use kartoteka_wire::access_settings as settings;
use kartoteka_wire::places::without_places;
use serde_json::{Value, json};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::super::caller::Editor;
use super::super::key::Key;
use super::super::problem::{Problem, in_body, mistakes};
use super::super::records::{answer, meanwhile};
use super::super::reply::Reply;
use super::super::request::{BareWrite, Write};
use super::super::schema::{PostHeaders, UndoAnswer, WriteParameters};
use super::effects;
use crate::language::Language;
use crate::state::Site;

/// The route of undo.
pub fn routes() -> OpenApiRouter<Site> {
    OpenApiRouter::new().routes(routes!(undo))
}

/// Takes back what an entry of the journal says, with all that was written together with it.
///
/// It leads back to what was before, as a change of its own with an entry of its own; what was created becomes
/// invalid. What can't be taken back, such as a password, is refused (`cannot-undo`). The scope has to be that of
/// the change itself. No body is needed. With `dry_run` nothing is written, and `errors` lists what a save would be
/// refused for.
#[utoipa::path(
    post, path = "/api/v1/journal/{id}/undo", tag = "journal", operation_id = "undo_entry",
    params(("id" = i64, Path, description = "The entry's number"), WriteParameters, PostHeaders),
    security(("token" = ["editor"])),
    responses((status = 200, description = "What was taken back, or would be", body = inline(UndoAnswer))),
)]
async fn undo(
    State(site): State<Site>,
    Editor(actor): Editor,
    Key(id): Key,
    BareWrite(write): BareWrite,
) -> Result<Response, Problem> {
    let number = id.parse().map_err(|_| Error::Unknown {
        what: "journal entry",
        key: id,
    })?;
    let Write {
        dry_run,
        mut body,
        fingerprint,
        language,
        ..
    } = write;
    body.finish()?;
    let directory = &site.directory;
    let acting = &actor;
    let work = |directory: Directory| async move {
        take_back(&directory, acting, number, dry_run, language).await
    };
    answer(directory, &actor, dry_run, &fingerprint, work).await
}

async fn take_back(
    directory: &Directory,
    actor: &Actor,
    entry: i64,
    dry_run: bool,
    language: Language,
) -> Result<Reply, Problem> {
    let plan = Access::of(directory).plan_undo(actor, entry).await?;
    let body = match dry_run {
        true => preview(Access::of(directory).preview_undo(plan).await?, language),
        false => {
            let of_relations = matches!(plan, UndoPlan::Relations(_));
            match Access::of(directory).apply_undo(plan).await {
                Ok(applied) => done(applied),
                Err(Error::Invalid(errors)) if of_relations => {
                    return Err(Problem::invalid(without_places(errors)));
                }
                Err(error) => return Err(meanwhile(error.into(), false)),
            }
        }
    };
    Ok(Reply::new(StatusCode::OK, body))
}

fn preview(plan: UndoPlan, language: Language) -> Value {
    match plan {
        UndoPlan::Relations(plan) => of_relations(plan, language),
        UndoPlan::Record(plan) => json!({
            "undoes": "record",
            "kind": plan.kind,
            "key": plan.key,
            "changes": plan.changes,
            "effects": plan.effects,
            "errors": mistakes(&in_body(plan.errors.clone()), language),
            "journal": null,
        }),
        UndoPlan::Settings(plan) => tagged("settings", settings::preview(&plan, language)),
    }
}

fn of_relations(plan: RelationPlan, language: Language) -> Value {
    let errors = mistakes(&without_places(plan.errors.clone()), language);
    let answer = effects::answer(&plan.changes, &plan.effects, errors, None);
    tagged("relations", answer)
}

fn done(applied: UndoApplied) -> Value {
    match applied {
        UndoApplied::Relations(applied) => {
            let (changes, effects) = (&applied.changes, &applied.effects);
            let answer = effects::answer(changes, effects, json!([]), applied.journal);
            tagged("relations", answer)
        }
        UndoApplied::Record(changes, applied) => json!({
            "undoes": "record",
            "kind": applied.kind,
            "key": applied.key,
            "changes": changes,
            "effects": applied.effects,
            "errors": [],
            "journal": applied.journal.map(|entry| effects::entries((entry, 1))),
        }),
        UndoApplied::Settings(applied) => tagged("settings", settings::done(&applied)),
    }
}

fn tagged(undoes: &str, mut document: Value) -> Value {
    document["undoes"] = undoes.into();
    document
}
