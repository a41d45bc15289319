//! Jobs as JSON.

use kartoteka_directory::{Criterion, Lookup, Search, Template};
use kartoteka_jobs::{
    EffectCount, Job, JobItem, JobPreview, JobState, ProblemCount, RowProblem, Selected,
};
use serde_json::{Map, Value, json};

use crate::language::Language;
use crate::messages::Mistake;
use crate::places::member;
use crate::time;

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
        "fields": job.fields,
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
fn item(item: &JobItem, language: Language) -> Value {
    let problems = item.problems.iter();
    json!({
        "number": item.number,
        "UserLogin": item.login,
        "state": item.state.name(),
        "errors": problems.map(|one| problem(one, language)).collect::<Vec<_>>(),
        "journal": item.entry,
    })
}

/// A page of jobs, of so many at most.
pub fn page(jobs: &[Job], limit: u32, language: Language) -> Value {
    let next = jobs.last().filter(|_| jobs.len() == limit as usize);
    json!({
        "items": jobs.iter().map(|one| job(one, language)).collect::<Vec<_>>(),
        "next": next.map(|job| job.id),
    })
}

/// A page of the people in a job, of so many at most.
pub fn items(items: &[JobItem], limit: u32, language: Language) -> Value {
    let next = items.last().filter(|_| items.len() == limit as usize);
    json!({
        "items": items.iter().map(|one| item(one, language)).collect::<Vec<_>>(),
        "next": next.map(|item| item.number),
    })
}

/// A template.
pub fn template(template: &Template) -> Value {
    json!({
        "id": template.id,
        "name": template.name,
        "changes": template.changes,
        "changed": time::text(template.changed),
        "changed_by": template.changed_by,
    })
}

/// All templates.
pub fn templates(templates: &[Template]) -> Value {
    json!({"items": templates.iter().map(template).collect::<Vec<_>>()})
}
