//! Jobs for programs.

use kartoteka_directory::{Job, JobItem, JobPreview, ProblemCount, RowProblem, Selected};
use serde_json::{Value, json};

use super::told::reason;
use crate::output::instant;

/// A job.
pub fn job(job: &Job) -> Value {
    json!({
        "id": job.id,
        "state": job.state.name(),
        "who": job.who,
        "door": job.door,
        "created": instant(job.created),
        "started": job.started.map(instant),
        "finished": job.finished.map(instant),
        "undoes": job.undoes,
        "select": select(&job.selected),
        "changes": job.changes,
        "total": job.total,
        "done": job.done,
        "changed": job.changed,
        "already": job.already,
        "refused": job.refused,
        "problem": job.problem.map(|problem| problem.name()),
        "items_kept": job.items_kept,
    })
}

/// Whom a job is for.
fn select(selected: &Selected) -> Value {
    match selected {
        Selected::Logins => json!({"by": "logins"}),
        Selected::Undo => json!({"by": "undo"}),
        Selected::Search { search } => json!({
            "by": "search", "search": search.text, "valid": search.valid, "source": search.source,
            "fields": search.fields, "lookup": search.lookup,
        }),
    }
}

/// What a job would do.
pub fn preview(preview: &JobPreview) -> Value {
    let counted = |count: &ProblemCount| {
        let mut document = problem(&count.problem);
        document["people"] = count.people.into();
        document
    };
    json!({
        "dry_run": true,
        "total": preview.total,
        "looked": preview.looked,
        "changed": preview.changed,
        "already": preview.already,
        "refused": preview.refused,
        "errors": preview.problems.iter().map(counted).collect::<Vec<_>>(),
        "effects": preview.effects,
    })
}

fn problem(problem: &RowProblem) -> Value {
    json!({
        "field": problem.field,
        "what": Some(&problem.what).filter(|what| !what.is_empty()),
        "code": problem.problem.code(),
        "detail": reason(problem),
    })
}

/// A person in a job.
pub fn item(item: &JobItem) -> Value {
    json!({
        "number": item.number,
        "UserLogin": item.login,
        "state": item.state.name(),
        "errors": item.problems.iter().map(problem).collect::<Vec<_>>(),
        "journal": item.entry,
    })
}
