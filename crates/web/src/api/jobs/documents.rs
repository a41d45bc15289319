//! Jobs as JSON.

use kartoteka_directory::{
    Criterion, EffectCount, Job, JobItem, JobPreview, JobState, Lookup, ProblemCount, RowProblem,
    Search, Selected,
};
use serde_json::{Map, Value, json};

use super::super::access::member;
use super::super::messages::Mistake;
use super::super::time;
use crate::language::Language;

/// A job.
pub fn job(job: &Job, language: Language) -> Value {
    let looked_at = job.looked > 0 || job.state == JobState::Planned;
    json!({
        "id": job.id,
        "state": job.state.name(),
        "who": job.who,
        "door": job.door,
        "created": time::text(job.created),
        "started": job.started.map(time::text),
        "finished": job.finished.map(time::text),
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
        "preview": looked_at.then(|| preview(&job.preview, language)),
    })
}

fn select(selected: &Selected) -> Value {
    match selected {
        Selected::Logins => json!({"by": "logins"}),
        Selected::Undo => json!({"by": "undo"}),
        Selected::Search { search } => searched(search),
    }
}

fn searched(search: &Search) -> Value {
    let criterion = |(name, criterion): &(String, Criterion)| {
        let value = match criterion {
            Criterion::Like(text) => json!(text),
            Criterion::Contains(text) => json!(format!("*{text}*")),
            Criterion::OneOf(values) | Criterion::NoneOf(values) => json!(values),
        };
        (name.clone(), value)
    };
    let fields: Map<String, Value> = search.fields.iter().map(criterion).collect();
    let customer = match &search.lookup {
        Some(Lookup::CustomerExactly(id) | Lookup::Customer(id)) => Some(id),
        _ => None,
    };
    json!({
        "by": "search",
        "search": search.text.as_deref().unwrap_or_default(),
        "valid": search.valid,
        "source": search.source,
        "customer": customer,
        "fields": fields,
    })
}

/// What a job would do.
pub fn preview(preview: &JobPreview, language: Language) -> Value {
    let counted = |count: &ProblemCount| {
        let mut document = problem(&count.problem, language);
        document["people"] = count.people.into();
        document
    };
    let effect = |count: &EffectCount| {
        let mut document = json!(count.of);
        document["gained"] = count.gained.into();
        document["people"] = count.people.into();
        document
    };
    json!({
        "total": preview.total,
        "looked": preview.looked,
        "changed": preview.changed,
        "already": preview.already,
        "refused": preview.refused,
        "errors": preview.problems.iter().map(counted).collect::<Vec<_>>(),
        "effects": preview.effects.iter().map(effect).collect::<Vec<_>>(),
    })
}

fn problem(problem: &RowProblem, language: Language) -> Value {
    let what = Some(&problem.what).filter(|what| !what.is_empty());
    json!({
        "field": member(&problem.field),
        "what": what,
        "code": problem.problem.code(),
        "message": Mistake::Field(problem.problem.clone()).message(language),
    })
}

/// A person in a job.
pub fn item(item: &JobItem, language: Language) -> Value {
    let problems = item.problems.iter();
    json!({
        "number": item.number,
        "UserLogin": item.login,
        "state": item.state.name(),
        "errors": problems.map(|one| problem(one, language)).collect::<Vec<_>>(),
        "journal": item.entry,
    })
}
