//! The journal as a file for spreadsheets.

use futures::stream;
use kartoteka_directory::{Action, HistoryEntry, JournalFilter, Object};

use super::asked::Asked;
use crate::context::{Ctx, Outcome};
use crate::download;
use crate::frame::Frame;
use crate::input::Query;

/// Entries read at a time.
const PORTION: u32 = 1000;

/// `GET /journal.csv`, with the filters of the page.
pub async fn download(ctx: Ctx, query: Query) -> Outcome {
    ctx.require(Action::See, Object::Journal)?;
    let asked = Asked::read(&ctx, &query.0);
    let page = ctx.frame(String::new());
    let columns = [
        "number", "time", "who", "door", "action", "kind", "source", "key", "what", "job",
    ];
    let heads = columns.map(|name| page.t(&format!("journal-column-{name}")));
    let (directory, actor, of_rows) = (ctx.directory.clone(), ctx.actor.clone(), page.clone());
    let first = JournalFilter {
        limit: PORTION,
        ..asked.filter
    };
    let rows = stream::try_unfold(Some(first), move |filter: Option<JournalFilter>| {
        let (directory, actor, page) = (directory.clone(), actor.clone(), of_rows.clone());
        async move {
            let Some(filter) = filter else {
                return Ok::<_, kartoteka_directory::Error>(None);
            };
            let entries = directory.journal(&actor, &filter).await?;
            let text: String = entries.iter().map(|entry| row(&page, entry)).collect();
            let last = entries.last().filter(|_| entries.len() == PORTION as usize);
            let next = last.map(|last| JournalFilter {
                before: Some(last.id),
                ..filter
            });
            Ok(Some((text, next)))
        }
    });
    Ok(download::csv(&page, "journal.csv", &heads, rows))
}

fn row(page: &Frame, entry: &HistoryEntry) -> String {
    let change = |change: &kartoteka_directory::Change| {
        let value = |value: &str| page.value_of(&entry.kind, &change.field, value);
        let (before, after) = (value(&change.before), value(&change.after));
        format!("{}: {before} → {after}", page.field_name(&change.field))
    };
    let mut what: Vec<String> = entry.changes.iter().map(change).collect();
    what.extend(entry.relations.iter().map(|one| page.relation_of(one)));
    what.extend(page.effects_beside(&entry.effects, &entry.changes));
    let job = entry.job.map(|job| job.to_string());
    let cells = [
        entry.id.to_string(),
        page.iso(&entry.at),
        page.who(entry),
        page.door_name(&entry.door),
        page.action_name(&entry.action),
        page.subject(entry),
        entry.source.clone(),
        page.key_of(entry).to_owned(),
        what.join("; "),
        job.unwrap_or_default(),
    ];
    download::line(page, &cells)
}
