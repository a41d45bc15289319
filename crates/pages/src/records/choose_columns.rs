//! Which columns a list has and in which order, as each agent wants them.

use askama::Template;
use axum::http::StatusCode;
use kartoteka_directory::Error;
use kartoteka_login::Logins;

use super::columns::{chosen, label, offered, preference};
use super::screen::Screen;
use crate::context::{Ctx, Outcome};
use crate::frame::{Flash, Frame};
use crate::input::Form;

/// A field that a column can show.
struct Choice {
    field: String,
    label: String,
    shown: bool,
}

#[derive(Template)]
#[template(path = "records/choose_columns.html")]
struct ColumnsPage {
    page: Frame,
    action: String,
    list: String,
    /// The chosen ones in their order, then the others in the order of the map.
    choices: Vec<Choice>,
    /// More were chosen than can be kept.
    too_many: bool,
}

fn page(ctx: &Ctx, screen: Screen, shown: &[String], too_many: bool) -> ColumnsPage {
    let sources = ctx.directory.sources(screen.kind);
    let page = ctx
        .frame(ctx.t("columns-title"))
        .group(ctx.t("nav-group-people"))
        .crumb(&screen.list(), ctx.t(&screen.text("title")));
    let offered = offered(screen, &sources);
    let others = offered.iter().filter(|name| !shown.contains(name));
    let choice = |(field, is_shown): (&String, bool)| Choice {
        label: label(&page, screen, &sources, field),
        field: field.clone(),
        shown: is_shown,
    };
    let choices = shown
        .iter()
        .map(|field| (field, true))
        .chain(others.map(|field| (field, false)))
        .map(choice)
        .collect();
    ColumnsPage {
        action: page.url(&screen.columns()),
        list: page.url(&screen.list()),
        choices,
        too_many,
        page,
    }
}

/// `GET /customer-users/columns`, `GET /customers/columns`.
pub async fn show(ctx: Ctx, screen: Screen) -> Outcome {
    let sources = ctx.directory.sources(screen.kind);
    let shown = chosen(screen, &sources, &ctx.preferences);
    ctx.render(&page(&ctx, screen, &shown, false))
}

/// `POST /customer-users/columns`: moves a column, or keeps them all.
pub async fn submit(ctx: Ctx, form: Form, screen: Screen) -> Outcome {
    let sources = ctx.directory.sources(screen.kind);
    let offered = offered(screen, &sources);
    let mut shown: Vec<String> = form.all("column").map(str::to_owned).collect();
    shown.retain(|name| offered.contains(name));
    shown.dedup();
    if let Some((way, field)) = form.get("_move").split_once(':')
        && let Some(at) = shown.iter().position(|name| name == field)
    {
        let to = match way {
            "up" => at.saturating_sub(1),
            _ => (at + 1).min(shown.len() - 1),
        };
        shown.swap(at, to);
        return ctx.render(&page(&ctx, screen, &shown, false));
    }
    let wanted = [(preference(screen), shown.join(","))].into();
    let kept = Logins::of(&ctx.directory).set_ui_preferences(&ctx.actor, &wanted);
    match kept.await {
        Ok(()) => ctx.redirect_with(&screen.list(), Flash::new("flash-columns-saved")),
        Err(Error::Invalid(_)) => {
            let page = page(&ctx, screen, &shown, true);
            ctx.render_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(error) => Err(error.into()),
    }
}
