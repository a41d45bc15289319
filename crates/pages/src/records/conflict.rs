//! Somebody else saved first: both versions side by side, and a choice for each field.

use askama::Template;
use axum::http::StatusCode;
use kartoteka_directory::{Error, HistoryEntry, SourceInfo};

use super::changes::Words;
use super::screen::Screen;
use super::title;
use super::typed::{Typed, remembered, stored};
use crate::context::{Ctx, Outcome};
use crate::frame::Frame;

/// A field that differs between what was typed and what is stored now.
struct Choice {
    name: String,
    label: String,
    /// What was typed, and how it reads.
    mine: (String, String),
    /// What is stored now, and how it reads.
    stored: (String, String),
    /// What the form began with, if both sides left it.
    was: Option<String>,
    /// Who changed it meanwhile, and when.
    who: Option<(String, String)>,
    /// What was typed is chosen to begin with: where only the other side changed, it is not.
    take_mine: bool,
}

#[derive(Template)]
#[template(path = "records/conflict.html")]
struct ConflictPage {
    page: Frame,
    action: String,
    cancel: String,
    /// Who saved last, and when.
    last: Option<(String, String)>,
    choices: Vec<Choice>,
    /// Fields in which both agree.
    same: Vec<(String, String)>,
    version: String,
    was: String,
    from: String,
    password_again: bool,
}

/// The page for a save that came too late.
pub async fn show(
    ctx: &Ctx,
    screen: Screen,
    typed: &Typed,
    stale: &kartoteka_directory::Stale,
    source: &SourceInfo,
) -> Outcome {
    let found = &stale.current;
    let history = match ctx
        .directory
        .history(&ctx.actor, screen.kind, &found.key, 20)
        .await
    {
        Ok(history) => history,
        // Both versions are worth more than who made the one.
        Err(Error::NotFound { .. }) => Vec::new(),
        Err(error) => return Err(error.into()),
    };
    let page = ctx
        .frame(ctx.t("records-conflict-title"))
        .about(screen.kind.name())
        .crumb(&screen.list(), ctx.t(&screen.text("title")))
        .crumb(&screen.record(&found.key), title(found));
    let now = stored(found, source);
    let sources = ctx.directory.sources(screen.kind);
    let words = Words {
        page: &page,
        sources: &sources,
    };
    let (mut choices, mut same) = (Vec::new(), Vec::new());
    for (name, mine) in &typed.values {
        let current = now.get(name).map(String::as_str).unwrap_or_default();
        if mine.trim() == current {
            same.push((name.clone(), current.to_owned()));
            continue;
        }
        let was = typed.was.get(name).map(String::as_str);
        choices.push(Choice {
            label: words.label(name),
            mine: (mine.clone(), words.value(name, mine)),
            stored: (current.to_owned(), words.value(name, current)),
            was: was
                .filter(|was| *was != mine && *was != current)
                .map(|was| words.value(name, was)),
            who: who_changed(&page, &history, name).filter(|_| was != Some(current)),
            take_mine: was != Some(mine.as_str()),
            name: name.clone(),
        });
    }
    // As the form has them: fields, then preferences.
    let order = |name: &str| {
        let fields = source.fields.iter().map(|shape| shape.field.name.as_str());
        fields
            .chain(source.preferences.iter().map(|one| one.key()))
            .position(|known| known == name)
    };
    choices.sort_by_key(|choice| order(&choice.name));
    let last = history
        .first()
        .map(|entry| (entry.who.clone(), page.when(&entry.at)));
    let conflict = ConflictPage {
        action: page.url(&screen.edit(&found.key)),
        cancel: page.url(&screen.record(&found.key)),
        last,
        choices,
        same,
        version: found.version.0.clone(),
        was: remembered(&now),
        from: typed.from.clone(),
        password_again: typed.has_password(),
        page,
    };
    ctx.render_with(StatusCode::CONFLICT, &conflict)
}

fn who_changed(page: &Frame, history: &[HistoryEntry], field: &str) -> Option<(String, String)> {
    let entry = history
        .iter()
        .find(|entry| entry.changes.iter().any(|change| change.field == field))?;
    Some((entry.who.clone(), page.when(&entry.at)))
}
