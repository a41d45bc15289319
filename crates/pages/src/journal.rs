//! The journal: every change, who made it and what was before.

use askama::Template;
use axum::Router;
use axum::routing::{get, post};
use kartoteka_directory::{
    Action, HistoryEntry, JournalFault, JournalFilter, JournalVerdict, Object, Topic,
};

use crate::context::{Ctx, Outcome};
use crate::encoding::escape;
use crate::frame::Frame;
use crate::input::{Pairs, Query};
use crate::state::Site;

/// `/journal`.
pub fn routes() -> Router<Site> {
    Router::new()
        .route("/journal", get(list))
        .route("/journal/verify", post(verify))
}

/// Entries on a page.
const PAGE: u32 = 50;

#[derive(Template)]
#[template(path = "journal.html", blocks = ["list"])]
struct JournalPage {
    page: Frame,
    entries: Vec<HistoryEntry>,
    kind: String,
    key: String,
    topics: [Topic; 13],
    /// The address of the next page, if there is one.
    older: Option<String>,
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
    let filter = JournalFilter {
        topic: query.filled("kind").and_then(Topic::parse),
        key: query.filled("key").map(str::to_owned),
        before: query.number("before"),
        limit: PAGE + 1,
    };
    let mut entries = ctx.directory.journal(&ctx.actor, &filter).await?;
    let more = entries.len() > PAGE as usize;
    entries.truncate(PAGE as usize);
    let kind = filter.topic.map_or("", Topic::name).to_owned();
    let key = filter.key.unwrap_or_default();
    let older = entries.last().filter(|_| more).map(|last| {
        ctx.url(&format!(
            "/journal?kind={kind}&key={}&before={}",
            escape(&key),
            last.id
        ))
    });
    let page = JournalPage {
        page: ctx
            .frame(ctx.t("journal-title"))
            .group(ctx.t("nav-group-system")),
        entries,
        kind,
        key,
        topics: Topic::ALL,
        older,
        paged: filter.before.is_some(),
        verdict,
    };
    if ctx.wants("list") {
        ctx.render(&page.as_list())
    } else {
        ctx.render(&page)
    }
}
