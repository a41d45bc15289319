//! A record that its source had and has no more: since when, and what was last known of it.

use askama::Template;
use axum::http::StatusCode;
use kartoteka_directory::{Error, Kind};
use kartoteka_model::Shown;

use super::screen::Screen;
use crate::context::{Ctx, Outcome};
use crate::frame::Frame;

#[derive(Template)]
#[template(path = "records/missing.html")]
struct MissingPage {
    page: Frame,
    text: String,
    key: String,
    source: String,
    /// Label and value of what was known.
    facts: Vec<(String, String)>,
}

/// Answers for a record that is not found: it may be missing from its source.
pub async fn show(ctx: &Ctx, screen: Screen, key: &str, error: Error) -> Outcome {
    let may_be = matches!(error, Error::NotFound { .. })
        && matches!(screen.kind, Kind::CustomerUser | Kind::Customer);
    let missing = match may_be {
        true => {
            ctx.directory
                .find_missing(&ctx.actor, screen.kind, key)
                .await?
        }
        false => None,
    };
    let Some(missing) = missing else {
        return Err(error.into());
    };
    let page = ctx
        .frame(missing.text.clone())
        .about(screen.kind.name())
        .crumb(&screen.list(), ctx.t(&screen.text("title")));
    let sources = ctx.directory.sources(screen.kind).into_iter();
    let of_it = sources.filter(|source| source.id == missing.source);
    let shapes = of_it.flat_map(|source| source.fields);
    let facts = shapes
        .filter(|shape| shape.field.shown != Shown::Never && !shape.secret)
        .map(|shape| {
            let value = missing.record.get(&shape.field.name).to_owned();
            (page.label(&shape.field.label), value)
        })
        .filter(|(_, value)| !value.is_empty());
    let shown = MissingPage {
        text: page.with2(
            "records-missing",
            "source",
            &missing.source_name,
            "since",
            page.when(&missing.since),
        ),
        facts: facts.collect(),
        key: missing.key,
        source: missing.source_name,
        page,
    };
    ctx.render_with(StatusCode::NOT_FOUND, &shown)
}
