//! Moving a person from one source to another.

use axum::http::StatusCode;
use axum::response::Response;
use kartoteka_access::Access;
use kartoteka_directory::{Actor, Directory, Kind};
use kartoteka_records::{MoveWanted, Records};

use super::problem::Problem;
use super::records::{answer, apply, had, meanwhile, preview, saved, take_fields, unknown_source};
use super::request::Write;
use super::version::Precondition;

/// Moves a person to another source, or shows what that would do.
pub async fn change_source(
    directory: &Directory,
    actor: &Actor,
    login: &str,
    write: Write,
) -> Result<Response, Problem> {
    let Write {
        dry_run,
        mut body,
        fingerprint,
        language,
        wanted,
    } = write;
    let to = body.required("Source");
    let ahead = body.flag("ahead");
    let (fields, wrong) = take_fields(directory, Kind::CustomerUser, &mut body);
    let Some(to) = to.filter(|_| wrong.is_empty()) else {
        return Err(Problem::invalid(wrong));
    };
    let conditional = wanted != Precondition::Nothing;
    let work = |directory: Directory| async move {
        let had = had(&directory, actor, Kind::CustomerUser, login, wanted).await?;
        let wanted = MoveWanted { to, fields, ahead };
        let planned = Records::of(&directory)
            .plan_move(actor, login, wanted, had)
            .await;
        let plan = planned.map_err(|error| meanwhile(unknown_source(error, true), conditional))?;
        if dry_run {
            return preview(Access::of(&directory).preview(plan).await?, wrong, language);
        }
        let applied = apply(&directory, plan, wrong).await;
        let applied = applied.map_err(|problem| meanwhile(problem, conditional))?;
        Ok(saved(StatusCode::OK, &applied))
    };
    answer(directory, actor, dry_run, &fingerprint, work).await
}
