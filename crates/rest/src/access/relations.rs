//! `/api/v1/relations`: giving and taking customers, permissions and services.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use kartoteka_access::{Access, RelationPlan, RelationsApplied, Wanted};
use kartoteka_directory::{Actor, Directory, Error};
use serde_json::json;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::super::caller::Editor;
use super::super::problem::{Problem, mistakes};
use super::super::records::answer;
use super::super::reply::Reply;
use super::super::request::{LargeWrite, Write};
use super::super::schema::{PostHeaders, RelationsAnswer, RelationsWanted, WriteParameters};
use super::{changes, effects};
use crate::language::Language;
use crate::state::Site;

/// The route of relations.
pub fn routes() -> OpenApiRouter<Site> {
    OpenApiRouter::new().routes(routes!(relate))
}

/// Gives and takes further customers, permissions in groups and services, all of it or nothing.
///
/// What is so already is left out. Giving `rw` leaves exactly `rw`. The login `<DEFAULT>` stands for everybody
/// without services of their own. With `dry_run` nothing is written, and `errors` lists what a save would be refused
/// for. Giving permissions in a group needs `rw` in it or the scope `admin`; nobody but an admin changes what a
/// person of their own login has.
#[utoipa::path(
    post, path = "/api/v1/relations", tag = "access", operation_id = "change_relations",
    params(WriteParameters, PostHeaders), request_body = RelationsWanted, security(("token" = ["editor"])),
    responses(
        (status = 200, description = "What was changed, and what it came to; or what it would come to", body = RelationsAnswer),
        (status = 413, description = "The body has more than 4 MiB", body = super::super::schema::Problem,
            content_type = "application/problem+json"),
    ),
)]
async fn relate(
    State(site): State<Site>,
    Editor(actor): Editor,
    LargeWrite(write): LargeWrite,
) -> Result<Response, Problem> {
    let Write {
        dry_run,
        mut body,
        fingerprint,
        language,
        ..
    } = write;
    let wanted = changes::take(&mut body)?;
    let directory = &site.directory;
    let acting = &actor;
    let work = |directory: Directory| async move {
        change(&directory, acting, wanted, dry_run, language).await
    };
    answer(directory, &actor, dry_run, &fingerprint, work).await
}

async fn change(
    directory: &Directory,
    actor: &Actor,
    wanted: Vec<Wanted>,
    dry_run: bool,
    language: Language,
) -> Result<Reply, Problem> {
    let plan = Access::of(directory).plan_relations(actor, wanted).await?;
    if dry_run {
        return Ok(preview(plan, language));
    }
    match Access::of(directory).apply_relations(plan).await {
        Ok(applied) => Ok(done(&applied)),
        Err(Error::Invalid(errors)) => Err(Problem::invalid(changes::places(errors))),
        Err(error) => Err(error.into()),
    }
}

fn preview(plan: RelationPlan, language: Language) -> Reply {
    let errors = mistakes(&changes::places(plan.errors.clone()), language);
    let body = effects::answer(&plan.changes, &plan.effects, errors, None);
    Reply::new(StatusCode::OK, body)
}

fn done(applied: &RelationsApplied) -> Reply {
    let (changes, effects) = (&applied.changes, &applied.effects);
    let body = effects::answer(changes, effects, json!([]), applied.journal);
    Reply::new(StatusCode::OK, body)
}
