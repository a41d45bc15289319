//! All jobs.

use askama::Template;
use kartoteka_directory::{Action, Object};
use kartoteka_jobs::{Job, JobState, Jobs};

use crate::context::{Ctx, Outcome};
use crate::frame::Frame;
use crate::input::Query;

/// Jobs on a page.
const PAGE: u32 = 50;

#[derive(Template)]
#[template(path = "jobs/list.html")]
struct JobsPage {
    page: Frame,
    jobs: Vec<Job>,
    older: Option<String>,
    paged: bool,
}

/// `GET /jobs`.
pub async fn show(ctx: Ctx, query: Query) -> Outcome {
    ctx.require(Action::See, Object::Jobs)?;
    let before = query.number("before");
    let mut jobs = Jobs::of(&ctx.directory)
        .jobs(&ctx.actor, before, PAGE + 1)
        .await?;
    let more = jobs.len() > PAGE as usize;
    jobs.truncate(PAGE as usize);
    let last = jobs.last().filter(|_| more);
    let page = JobsPage {
        page: ctx
            .frame(ctx.t("jobs-title"))
            .group(ctx.t("nav-group-people"))
            .action("/jobs/templates", ctx.t("jobs-templates-title"), None)
            .action("/customer-users", ctx.t("jobs-new"), None),
        older: last.map(|job| ctx.url(&format!("/jobs?before={}", job.id))),
        paged: before.is_some(),
        jobs,
    };
    ctx.render(&page)
}
