//! What became of everybody in a job, as a file for spreadsheets.

use axum::body::Body;
use axum::extract::Path;
use axum::http::header;
use axum::response::IntoResponse;
use futures::stream;
use kartoteka_directory::{ItemState, JobItem, Role};

use super::show::number;
use crate::context::{Ctx, Outcome};
use crate::frame::Frame;
use crate::input::Query;

/// People read at a time.
const PORTION: u32 = 2000;

/// `GET /jobs/{id}/result.csv`.
pub async fn download(ctx: Ctx, Path(id): Path<String>, query: Query) -> Outcome {
    ctx.require(Role::Editor)?;
    let id = number(&id)?;
    ctx.directory.job(&ctx.actor, id).await?;
    let state = ItemState::parse(query.get("state"));
    let page = ctx.frame(String::new());
    let columns = ["person", "state", "why", "entry"];
    let head = columns.map(|name| page.t(&format!("jobs-column-{name}")));
    // Spreadsheets take a file for UTF-8 by its first character.
    let head = format!("\u{feff}{}", line(&head));
    let (directory, actor) = (ctx.directory.clone(), ctx.actor.clone());
    let rows = stream::try_unfold(Some(0), move |after: Option<i64>| {
        let (directory, actor, page) = (directory.clone(), actor.clone(), page.clone());
        async move {
            let Some(after) = after else {
                return Ok::<_, kartoteka_directory::Error>(None);
            };
            let items = directory
                .job_items(&actor, id, state, after, PORTION)
                .await?;
            let text: String = items.iter().map(|item| row(&page, item)).collect();
            let next = items.last().map(|item| item.number);
            Ok(Some((text, next)).filter(|_| next.is_some()))
        }
    });
    let head = stream::once(async { Ok(head) });
    let body = Body::from_stream(futures::StreamExt::chain(head, rows));
    let name = format!("attachment; filename=\"job-{id}.csv\"");
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    Ok((headers, body).into_response())
}

fn row(page: &Frame, item: &JobItem) -> String {
    let why: Vec<String> = item
        .problems
        .iter()
        .map(|problem| page.job_problem(problem))
        .collect();
    let state = page.t(&format!("jobs-item-{}", item.state.name()));
    let entry = item.entry.map(|entry| entry.to_string());
    line(&[
        item.login.clone(),
        state,
        why.join("; "),
        entry.unwrap_or_default(),
    ])
}

fn line(cells: &[String]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| escaped(cell)).collect();
    format!("{}\r\n", cells.join(","))
}

/// A cell that no spreadsheet takes for a formula.
fn escaped(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let mark = if formula { "'" } else { "" };
    format!("\"{mark}{}\"", cell.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_text_and_no_formulas() {
        assert_eq!(escaped("=1+1"), "\"'=1+1\"");
        assert_eq!(escaped("-a \"b\""), "\"'-a \"\"b\"\"\"");
        assert_eq!(escaped("łucja, \n"), "\"łucja, \n\"");
        assert_eq!(line(&["a".into(), "@b".into()]), "\"a\",\"'@b\"\r\n");
    }
}
