//! The journal: every change, who made it and what was before.

mod asked;
mod csv;

use askama::Template;
use axum::Router;
use axum::routing::{get, post};
use kartoteka_directory::{
    Action, Actor, DOORS, Directory, HistoryEntry, JournalFault, JournalFilter, JournalVerdict,
    Object, Result, Topic,
};

use self::asked::Asked;
use crate::context::{Ctx, Outcome};
use crate::frame::Frame;
use crate::input::{Pairs, Query};
use crate::state::Site;

/// `/journal`.
pub fn routes() -> Router<Site> {
    Router::new()
        .route("/journal", get(list))
        .route("/journal.csv", get(csv::download))
        .route("/journal/verify", post(verify))
}

/// What is on a page: entries, and jobs for all of theirs.
const PAGE: usize = 50;

/// Entries that are read at a time, and at most for one page.
const PORTION: u32 = 200;
const MOST: usize = 4000;

/// Agents that are offered as who made a change.
const AGENTS: usize = 200;

/// An entry, or what a job did.
pub struct Item {
    /// The latest entry.
    pub entry: HistoryEntry,
    /// The number of the earliest of the same job, and how many there are on this page; with one it is shown as it is.
    pub first: i64,
    pub count: usize,
}

#[derive(Template)]
#[template(path = "journal.html", blocks = ["list"])]
struct JournalPage {
    page: Frame,
    items: Vec<Item>,
    asked: Asked,
    topics: [Topic; 14],
    /// Logins of agents.
    agents: Vec<String>,
    /// The same question anew.
    newest: String,
    /// The address of the next page, if there is one.
    older: Option<String>,
    /// The address of everything that fits as a file.
    file: String,
    /// This is not the first page.
    paged: bool,
    verdict: Option<JournalVerdict>,
}

impl JournalPage {
    /// What is wrong with the journal, as a text key.
    fn fault_key(fault: &JournalFault) -> &'static str {
        match fault {
            JournalFault::Tampered => "journal-fault-tampered",
            JournalFault::Missing => "journal-fault-missing",
            JournalFault::Reordered => "journal-fault-reordered",
            JournalFault::EndMissing => "journal-fault-end",
            JournalFault::LinksAltered => "journal-fault-links",
            JournalFault::ReviewAltered => "journal-fault-review",
        }
    }
}

async fn list(ctx: Ctx, query: Query) -> Outcome {
    show(ctx, query.0, None).await
}

async fn verify(ctx: Ctx) -> Outcome {
    let verdict = ctx.directory.verify_journal(&ctx.actor).await?;
    show(ctx, Pairs::default(), Some(verdict)).await
}

async fn show(ctx: Ctx, query: Pairs, verdict: Option<JournalVerdict>) -> Outcome {
    ctx.require(Action::See, Object::Journal)?;
    let asked = Asked::read(&ctx, &query);
    let (items, last) = match asked.errors.is_empty() {
        true => items(&ctx.directory, &ctx.actor, &asked.filter, (PAGE, PORTION)).await?,
        false => (vec![], None),
    };
    let address = |path: &str, more: Option<String>| {
        let pairs = [asked.address(), more.unwrap_or_default()];
        let pairs: Vec<String> = pairs.into_iter().filter(|one| !one.is_empty()).collect();
        ctx.url(&format!("{path}?{}", pairs.join("&")))
    };
    let agents = match ctx.wants("list") {
        true => vec![],
        false => ctx.directory.agents(&ctx.actor).await?,
    };
    let agents = agents.into_iter().map(|agent| agent.login).take(AGENTS);
    let page = JournalPage {
        page: ctx
            .frame(ctx.t("journal-title"))
            .group(ctx.t("nav-group-system")),
        items,
        topics: Topic::ALL,
        agents: agents.collect(),
        newest: address("/journal", None),
        older: last.map(|last| address("/journal", Some(format!("before={last}")))),
        file: address("/journal.csv", None),
        paged: asked.filter.before.is_some(),
        asked,
        verdict,
    };
    if ctx.wants("list") {
        ctx.render(&page.as_list())
    } else {
        ctx.render(&page)
    }
}

/// The latest of what happened, so many; of a job that did more than is looked through, what is seen of it.
pub async fn latest(directory: &Directory, actor: &Actor, most: usize) -> Result<Vec<Item>> {
    let filter = JournalFilter::default();
    Ok(items(directory, actor, &filter, (most, 30)).await?.0)
}

/// What is on a page of so many, read in portions, and the number before which the next one begins, if there is one.
/// What jobs did is put together, wherever it stands, unless one record is asked for.
async fn items(
    directory: &Directory,
    actor: &Actor,
    filter: &JournalFilter,
    (page, portion): (usize, u32),
) -> Result<(Vec<Item>, Option<i64>)> {
    let mut items: Vec<Item> = vec![];
    let mut filter = JournalFilter {
        limit: portion,
        ..filter.clone()
    };
    let mut read = 0;
    loop {
        let entries = directory.journal(actor, &filter).await?;
        let is_last = entries.len() < portion as usize;
        read += entries.len();
        for entry in entries {
            let id = entry.id;
            let joins = entry.job.is_some() && filter.key.is_none();
            let of_job = |item: &Item| joins && item.entry.job == entry.job;
            match items.iter().position(of_job) {
                Some(known) => {
                    items[known].first = id;
                    items[known].count += 1;
                }
                None if items.len() == page => return Ok((items, filter.before)),
                None => items.push(Item {
                    entry,
                    first: id,
                    count: 1,
                }),
            }
            filter.before = Some(id);
        }
        if is_last || read >= MOST.min(page * portion as usize) {
            return Ok((items, filter.before.filter(|_| !is_last)));
        }
    }
}
