//! Jobs for people.

use kartoteka_directory::{FieldError, JobChange, JobRelation, Template};
use kartoteka_jobs::{
    EffectCount, EffectOf, FieldChange, FieldEdit, Job, JobItem, JobPreview, JobProblem, JobState,
    RowProblem, Selected,
};
use kartoteka_texts::language::Language;
use kartoteka_wire::jobs as wire;

use crate::exit::Exit;
use crate::output::{Table, print, print_json, time};
use crate::problems::sentence;
use crate::relations::people;

/// Why somebody is refused.
pub fn reason(problem: &RowProblem) -> String {
    let field = match problem.what.as_str() {
        "" => problem.field.clone(),
        what => format!("{} {what:?}", problem.field),
    };
    sentence(&FieldError {
        field,
        problem: problem.problem.clone(),
    })
}

/// What a job came to.
pub fn outcome(job: &Job) -> String {
    let mut text = format!(
        "job {}: {} changed, {} so already, {} refused",
        job.id, job.changed, job.already, job.refused
    );
    if job.done < job.total {
        text.push_str(&format!(", {} not done", job.total - job.done));
    }
    match (job.state, job.problem) {
        (_, Some(JobProblem::RightsGone)) => {
            text.push_str("\nstopped: whoever ordered it may no longer do that");
        }
        (_, Some(JobProblem::Expired)) => text.push_str("\nit was never started"),
        (_, Some(JobProblem::Internal)) => text.push_str("\nfailed: the server's log says why"),
        (JobState::Stopped, None) => text.push_str("\nstopped"),
        _ => {}
    }
    if job.refused > 0 && job.items_kept {
        text.push_str(&format!("\nwho and why: kartoteka job show {}", job.id));
    }
    if !job.items_kept {
        text.push_str("\nwhat it did for each person is not kept any more; it can't be taken back");
    } else if job.changed > 0 && job.state.is_over() {
        text.push_str(&format!("\ntake it back: kartoteka job undo {}", job.id));
    }
    text
}

/// Shows what a job would do.
///
/// # Errors
/// When standard output can't be written.
pub fn show_preview(preview: &JobPreview, as_json: bool) -> anyhow::Result<Exit> {
    let exit = match preview.refused {
        0 => Exit::Ok,
        _ => Exit::Refused,
    };
    if as_json {
        print_json(&wire::preview(preview, Language::En))?;
        return Ok(exit);
    }
    let mut lines = vec![format!(
        "of {}: {} would change, {} so already, {} would be refused",
        people(preview.total as usize),
        preview.changed,
        preview.already,
        preview.refused
    )];
    if preview.looked < preview.total {
        let left = preview.total - preview.looked;
        lines.push(format!("there was no time to look at {left} of them"));
    }
    lines.extend(
        preview
            .effects
            .iter()
            .map(|count| format!("- {}", effect(count))),
    );
    lines.extend(preview.problems.iter().map(|count| {
        let who = people(count.people as usize);
        format!("refused: {who}: {}", reason(&count.problem))
    }));
    print(&lines.join("\n"))?;
    Ok(exit)
}

fn effect(count: &EffectCount) -> String {
    let who = people(count.people as usize);
    let one = count.people == 1;
    let verb = match (count.gained, one) {
        (true, true) => "gets",
        (true, false) => "get",
        (false, true) => "loses",
        (false, false) => "lose",
    };
    match &count.of {
        EffectOf::Permission { group, permission } => {
            format!("{who} {verb} {permission} in group {group:?}")
        }
        EffectOf::Customer { customer } => format!("{who} {verb} customer {customer:?}"),
        EffectOf::Service { service } => format!("{who} {verb} service {service:?}"),
    }
}

/// What a job is for, in few words.
fn what(job: &Job) -> String {
    if let Some(undone) = job.undoes {
        return format!("take back job {undone}");
    }
    let mut changes = changes(&job.changes);
    let field = |change: &FieldChange| match &change.edit {
        FieldEdit::Set { value } => format!("set {} to {value:?}", change.field),
        FieldEdit::Replace { replace, by } => {
            format!("replace {replace:?} by {by:?} in {}", change.field)
        }
    };
    changes.push_str(&job.fields.iter().map(field).collect::<Vec<_>>().join(", "));
    let whom = match &job.selected {
        Selected::Search { search } => match &search.text {
            Some(text) => format!(" to all found by {text:?}"),
            None => " to all found".into(),
        },
        _ => String::new(),
    };
    format!("{changes}{whom}")
}

fn changes(changes: &[JobChange]) -> String {
    let change = |change: &JobChange| {
        let verb = if change.given { "give" } else { "take" };
        match &change.relation {
            JobRelation::Customer { customer } => format!("{verb} customer {customer:?}"),
            JobRelation::PersonGroup { group, permission } => {
                format!("{verb} {permission} in {group:?}")
            }
            JobRelation::Service { service } => format!("{verb} service {service:?}"),
        }
    };
    let changes: Vec<String> = changes.iter().map(change).collect();
    changes.join(", ")
}

/// Lists templates.
///
/// # Errors
/// When standard output can't be written.
pub fn show_templates(templates: &[Template], as_json: bool) -> anyhow::Result<Exit> {
    if as_json {
        print_json(&wire::templates(templates))?;
        return Ok(Exit::Ok);
    }
    let mut table = Table::new(&["Template", "What"]);
    for one in templates {
        table.row([one.name.clone(), changes(&one.changes)]);
    }
    print(&match templates.is_empty() {
        true => "there are no templates; they are made in the pages or by REST".into(),
        false => table.to_string(),
    })?;
    Ok(Exit::Ok)
}

/// Lists jobs.
///
/// # Errors
/// When standard output can't be written.
pub fn show_list(jobs: &[Job], limit: u32, as_json: bool) -> anyhow::Result<Exit> {
    if as_json {
        print_json(&wire::page(jobs, limit, Language::En))?;
        return Ok(Exit::Ok);
    }
    let mut table = Table::new(&["Job", "State", "Done", "Who", "When", "What"]);
    for job in jobs {
        table.row([
            job.id.to_string(),
            job.state.name().into(),
            format!("{} of {}", job.done, job.total),
            job.who.clone(),
            time(job.created),
            what(job),
        ]);
    }
    print(&match jobs.is_empty() {
        true => "there are no jobs yet; see kartoteka bulk --help".into(),
        false => table.to_string(),
    })?;
    Ok(Exit::Ok)
}

/// Shows a job and what became of its people.
///
/// # Errors
/// When standard output can't be written.
pub fn show(job: &Job, items: &[JobItem], limit: u32, as_json: bool) -> anyhow::Result<Exit> {
    if as_json {
        let mut document = wire::job(job, Language::En);
        let mut page = wire::items(items, limit, Language::En);
        for part in ["items", "next"] {
            document[part] = page[part].take();
        }
        print_json(&document)?;
        return Ok(Exit::Ok);
    }
    let mut text = format!(
        "{} ({})\nordered by {} on {}\n{}",
        what(job),
        job.state.name(),
        job.who,
        time(job.created),
        outcome(job)
    );
    if !items.is_empty() {
        let mut table = Table::new(&["UserLogin", "State", "Why"]);
        for item in items {
            let why: Vec<String> = item.problems.iter().map(reason).collect();
            table.row([item.login.clone(), item.state.name().into(), why.join("; ")]);
        }
        text.push_str(&format!("\n\n{table}"));
    }
    let last = items.last().filter(|_| items.len() == limit as usize);
    if let Some(last) = last {
        text.push_str(&format!("\nmore with --after {}", last.number));
    }
    print(&text)?;
    Ok(Exit::Ok)
}
