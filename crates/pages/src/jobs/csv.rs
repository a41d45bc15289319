//! What became of everybody in a job, as a file for spreadsheets.

use axum::extract::Path;
use futures::stream;
use kartoteka_directory::{Action, Object};
use kartoteka_jobs::{ItemState, JobItem, Jobs};

use super::show::number;
use crate::context::{Ctx, Outcome};
use crate::download;
use crate::frame::Frame;
use crate::input::Query;

/// People read at a time.
const PORTION: u32 = 2000;

/// `GET /jobs/{id}/result.csv`.
pub async fn download(ctx: Ctx, Path(id): Path<String>, query: Query) -> Outcome {
    ctx.require(Action::See, Object::Jobs)?;
    let id = number(&id)?;
    Jobs::of(&ctx.directory).job(&ctx.actor, id).await?;
    let state = ItemState::parse(query.get("state"));
    let page = ctx.frame(String::new());
    let columns = ["person", "state", "why", "entry"];
    let heads = columns.map(|name| page.t(&format!("jobs-column-{name}")));
    let (directory, actor, of_rows) = (ctx.directory.clone(), ctx.actor.clone(), page.clone());
    let rows = stream::try_unfold(Some(0), move |after: Option<i64>| {
        let (directory, actor, page) = (directory.clone(), actor.clone(), of_rows.clone());
        async move {
            let Some(after) = after else {
                return Ok::<_, kartoteka_directory::Error>(None);
            };
            let items = Jobs::of(&directory)
                .job_items(&actor, id, state, after, PORTION)
                .await?;
            let text: String = items.iter().map(|item| row(&page, item)).collect();
            let next = items.last().map(|item| item.number);
            Ok(Some((text, next)).filter(|_| next.is_some()))
        }
    });
    Ok(download::csv(&page, &format!("job-{id}.csv"), &heads, rows))
}

fn row(page: &Frame, item: &JobItem) -> String {
    let why: Vec<String> = item
        .problems
        .iter()
        .map(|problem| page.job_problem(problem))
        .collect();
    let state = page.t(&format!("jobs-item-{}", item.state.name()));
    let entry = item.entry.map(|entry| entry.to_string());
    let cells = [
        item.login.clone(),
        state,
        why.join("; "),
        entry.unwrap_or_default(),
    ];
    download::line(page, &cells)
}
