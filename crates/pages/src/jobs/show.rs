//! One job: what it would do, how far it is, what became of everybody.

use askama::Template;
use axum::extract::Path;
use kartoteka_directory::{Action, Change, Error, Object};
use kartoteka_jobs::{ItemState, Job, JobItem, JobState, Jobs};

use crate::context::{Ctx, Outcome};
use crate::encoding::escape;
use crate::failure::Failure;
use crate::frame::{Flash, Frame};
use crate::input::{Form, Query};
use crate::records::CUSTOMER_USERS;

/// The part of the page that scripts replace while the job runs.
const FRAGMENT: &str = "job";

/// People on a page.
const PAGE: u32 = 50;

#[derive(Template)]
#[template(path = "jobs/show.html", blocks = ["job"])]
struct JobPage {
    page: Frame,
    job: Job,
    /// Whoever looks ordered it.
    own: bool,
    /// Jobs that take it back.
    undone_by: Vec<Job>,
    filter: Option<ItemState>,
    items: Vec<JobItem>,
    /// What a planned job changes of the people on this page.
    planned: Vec<(JobItem, Vec<Change>)>,
    /// The first page of the results.
    first: String,
    next: Option<String>,
    /// This is not the first page.
    paged: bool,
}

impl JobPage {
    /// Something happens without the reader.
    fn moves(&self) -> bool {
        !self.job.state.is_over() && self.job.state != JobState::Planned
    }

    fn may_stop(&self) -> bool {
        self.own || self.page.may(Action::Change, Object::JobsOfOthers)
    }

    /// How far it is, for the bar: done and of how many; none while that is not known.
    fn progress(&self) -> Option<(u64, u64)> {
        match self.job.state {
            JobState::Collecting => None,
            JobState::Previewing => Some((self.job.looked, self.job.total)),
            _ => Some((self.job.done, self.job.total)),
        }
    }

    /// In tens of a hundred: what is said aloud from time to time.
    fn tens(&self) -> u64 {
        let (done, total) = self.progress().unwrap_or((0, 1));
        done * 10 / total.max(1) * 10
    }

    /// The filters of the results, with how many each finds.
    fn filters(&self) -> Vec<(Option<ItemState>, u64)> {
        let job = &self.job;
        let states = [
            (ItemState::Changed, job.changed),
            (ItemState::Already, job.already),
            (ItemState::Refused, job.refused),
            (ItemState::Waiting, job.total - job.done.min(job.total)),
        ];
        let some = states.into_iter().filter(|(_, count)| *count > 0);
        let all = std::iter::once((None, job.total));
        all.chain(some.map(|(state, count)| (Some(state), count)))
            .collect()
    }

    fn filter_href(&self, state: &Option<ItemState>) -> String {
        let path = self.page.url(&format!("/jobs/{}", self.job.id));
        match state {
            Some(state) => format!("{path}?state={}", state.name()),
            None => path,
        }
    }

    fn is_filter(&self, state: &Option<ItemState>) -> bool {
        *state == self.filter
    }

    fn filter_name(&self, state: &Option<ItemState>) -> String {
        let name = state.map_or("all", ItemState::name);
        self.page.t(&format!("jobs-item-{name}"))
    }

    fn person(&self, login: &str) -> String {
        self.page.url(&CUSTOMER_USERS.record(login))
    }

    fn can_undo(&self) -> bool {
        self.job.state.is_over() && self.job.changed > 0 && self.job.items_kept
    }
}

/// The number in an address.
pub fn number(id: &str) -> Result<i64, Failure> {
    let unknown = || Error::Unknown {
        what: "job",
        key: id.to_owned(),
    };
    Ok(id.parse().map_err(|_| unknown())?)
}

/// `GET /jobs/{id}`.
pub async fn show(ctx: Ctx, Path(id): Path<String>, query: Query) -> Outcome {
    ctx.require(Action::See, Object::Jobs)?;
    let id = number(&id)?;
    let job = Jobs::of(&ctx.directory).job(&ctx.actor, id).await?;
    let filter = ItemState::parse(query.get("state"));
    let after: i64 = query.number("after").unwrap_or(0);
    let mut items = match job.state.is_over() {
        true => {
            Jobs::of(&ctx.directory)
                .job_items(&ctx.actor, id, filter, after, PAGE + 1)
                .await?
        }
        false => Vec::new(),
    };
    let mut planned = match job.state == JobState::Planned && job.changes_records {
        true => {
            Jobs::of(&ctx.directory)
                .planned_changes(&ctx.actor, id, after, PAGE + 1)
                .await?
        }
        false => Vec::new(),
    };
    let more = items.len() > PAGE as usize || planned.len() > PAGE as usize;
    items.truncate(PAGE as usize);
    planned.truncate(PAGE as usize);
    let undone_by = Jobs::of(&ctx.directory)
        .jobs_undoing(&ctx.actor, id)
        .await?;
    let state = query.get("state");
    let base = ctx.url(&format!("/jobs/{id}?state={}", escape(state)));
    let shown = items.last().or(planned.last().map(|(item, _)| item));
    let next = shown.filter(|_| more);
    let page = JobPage {
        page: ctx
            .frame(ctx.t_args("jobs-job", &[("number", id.to_string().into())]))
            .group(ctx.t("nav-group-people"))
            .crumb("/jobs", ctx.t("nav-jobs")),
        own: job.is_of(&ctx.actor),
        undone_by,
        filter,
        next: next.map(|item| format!("{base}&after={}", item.number)),
        first: base,
        paged: after > 0,
        items,
        planned,
        job,
    };
    match ctx.wants(FRAGMENT) {
        true => ctx.render(&page.as_job()),
        false => ctx.render(&page),
    }
}

/// `POST /jobs/{id}/start`.
pub async fn start(ctx: Ctx, Path(id): Path<String>, _form: Form) -> Outcome {
    let job = Jobs::of(&ctx.directory)
        .start_job(&ctx.actor, number(&id)?)
        .await?;
    ctx.redirect(&format!("/jobs/{}", job.id))
}

/// `POST /jobs/{id}/stop`: also discards one that was not started.
pub async fn stop(ctx: Ctx, Path(id): Path<String>, _form: Form) -> Outcome {
    let job = Jobs::of(&ctx.directory)
        .stop_job(&ctx.actor, number(&id)?)
        .await?;
    let path = format!("/jobs/{}", job.id);
    match job.state {
        JobState::Stopped if job.done == 0 => {
            ctx.redirect_with("/jobs", Flash::new("flash-job-discarded"))
        }
        _ => ctx.redirect(&path),
    }
}

/// `POST /jobs/{id}/undo`: a job of its own, whose page shows what it would do.
pub async fn undo(ctx: Ctx, Path(id): Path<String>, _form: Form) -> Outcome {
    let job = Jobs::of(&ctx.directory)
        .undo_job(&ctx.actor, number(&id)?, false)
        .await?;
    super::previewed(&ctx, &job).await
}
