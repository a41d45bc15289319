//! Jobs at the terminal: worked on in this process, with progress, and told.

mod render;

use std::time::Duration;

use kartoteka_directory::{Actor, Maintenance};
use kartoteka_jobs::{Advance, Job, JobState, Jobs, Worker};
use kartoteka_texts::language::Language;
use kartoteka_wire::jobs as wire;
use tokio_util::sync::CancellationToken;

use crate::exit::Exit;
use crate::output::{print, print_json};
use crate::progress;

pub use render::{show, show_list, show_preview, show_templates};

/// How often a job that another process works on is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(300);

/// Works on a job to its end, or waits while a server does; a signal stops it.
///
/// # Errors
/// As the use cases. What is done by then stays, and a server goes on with the rest.
pub async fn follow(
    directory: &Maintenance,
    id: i64,
    stop: &CancellationToken,
    as_json: bool,
) -> anyhow::Result<Exit> {
    let operator = Actor::operator();
    let bar = progress::bar(0, "people");
    let mut claim = None;
    let mut asked = false;
    let job = loop {
        if stop.is_cancelled() && !asked {
            asked = true;
            Jobs::of(directory).stop_job(&operator, id).await?;
        }
        if claim.is_none() {
            claim = Worker::of(directory).claim_job(Some(id)).await?;
        }
        match &claim {
            Some(held) => match Worker::of(directory).advance_job(held).await? {
                Advance::More => {}
                Advance::Ready | Advance::Lost => claim = None,
            },
            None => tokio::time::sleep(LOOK_EVERY).await,
        }
        let job = Jobs::of(directory).job(&operator, id).await?;
        bar.set_length(job.total);
        bar.set_position(job.done);
        if job.state.is_over() {
            break job;
        }
    };
    bar.finish_and_clear();
    show_outcome(&job, as_json)
}

fn show_outcome(job: &Job, as_json: bool) -> anyhow::Result<Exit> {
    match as_json {
        true => print_json(&wire::job(job, Language::En))?,
        false => print(&render::outcome(job))?,
    }
    Ok(match job.state {
        JobState::Done if job.refused == 0 => Exit::Ok,
        _ => Exit::Refused,
    })
}
