//! Files for spreadsheets that are made while they are read.

use axum::body::Body;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use futures::{Stream, StreamExt, stream};
use kartoteka_directory::Error;
use kartoteka_model::csv;

use crate::frame::Frame;

/// A file of this name with a line of heads, and then lines as [`line`] makes them.
pub fn csv(
    page: &Frame,
    name: &str,
    heads: &[String],
    lines: impl Stream<Item = Result<String, Error>> + Send + 'static,
) -> Response {
    let head = format!("{}{}", csv::BOM, line(page, heads));
    let head = stream::once(async { Ok(head) });
    let name = format!("attachment; filename=\"{name}\"");
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    (headers, Body::from_stream(head.chain(lines))).into_response()
}

/// A line as spreadsheets of the page's language read it.
pub fn line(page: &Frame, cells: &[String]) -> String {
    let mut line = String::new();
    csv::line(&mut line, page.language.csv_separator(), cells.iter());
    line
}
