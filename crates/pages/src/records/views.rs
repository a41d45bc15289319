//! Saving a view of a list, and taking one away.

use axum::http::StatusCode;
use kartoteka_directory::{Action, Error, FieldError, Object};
use kartoteka_login::{Logins, ViewWanted};

use super::criteria::Criteria;
use super::fields;
use super::screen::Screen;
use crate::context::{Ctx, Outcome};
use crate::failure::Failure;
use crate::frame::{Flash, Frame};
use crate::input::{Form, Pairs};

/// A view above a list.
pub struct ViewLink {
    pub name: String,
    pub href: String,
    pub current: bool,
    pub shared: bool,
}

/// The form that saves a view.
#[derive(askama::Template)]
#[template(path = "records/views.html")]
struct ViewsPage {
    page: Frame,
    action: String,
    list: String,
    query: String,
    name: String,
    shared: bool,
    may_share: bool,
    errors: Vec<FieldError>,
    views: Vec<Listed>,
}

/// A view that can be taken away.
struct Listed {
    id: u64,
    name: String,
    href: String,
    shared: bool,
    own: bool,
}

/// The views of a list; the one whose query the list has is marked.
pub async fn links(
    ctx: &Ctx,
    page: &Frame,
    screen: Screen,
    criteria: &Criteria,
) -> Result<Vec<ViewLink>, Failure> {
    let views = Logins::of(&ctx.directory)
        .views(&ctx.actor, screen.kind)
        .await?;
    let here = Criteria {
        page: 1,
        ..criteria.clone()
    }
    .query();
    let list = page.url(&screen.list());
    Ok(views
        .into_iter()
        .map(|view| ViewLink {
            href: format!("{list}?{}", view.query),
            current: view.query == here,
            shared: view.shared,
            name: view.name,
        })
        .collect())
}

/// What of a list's address a view keeps: what still means something, without the page.
fn kept(ctx: &Ctx, screen: Screen, query: &str) -> String {
    let sources = ctx.directory.sources(screen.kind);
    let pairs = Pairs::parse(query.as_bytes()).unwrap_or_default();
    let known = fields::searchable_names(&sources);
    let criteria = Criteria::parse(&pairs, &known, ctx.page_size());
    Criteria {
        page: 1,
        ..criteria
    }
    .query()
}

async fn page(
    ctx: &Ctx,
    screen: Screen,
    typed: (&str, &str, bool),
    errors: Vec<FieldError>,
) -> Result<ViewsPage, Failure> {
    let page = ctx
        .frame(ctx.t("views-title"))
        .group(ctx.t("nav-group-people"))
        .crumb(&screen.list(), ctx.t(&screen.text("title")));
    let (query, name, shared) = typed;
    let views = Logins::of(&ctx.directory)
        .views(&ctx.actor, screen.kind)
        .await?;
    let list = page.url(&screen.list());
    Ok(ViewsPage {
        action: page.url(&screen.views()),
        views: views
            .into_iter()
            .map(|view| Listed {
                id: view.id,
                href: format!("{list}?{}", view.query),
                own: view.owner == ctx.login(),
                shared: view.shared,
                name: view.name,
            })
            .collect(),
        list: match query {
            "" => list,
            query => format!("{list}?{query}"),
        },
        query: query.to_owned(),
        name: name.to_owned(),
        shared,
        may_share: page.may_change(screen.kind),
        errors,
        page,
    })
}

/// `GET /customer-users/views?search=…`: saves the list that the address names.
pub async fn show(ctx: Ctx, screen: Screen) -> Outcome {
    let query = kept(&ctx, screen, &ctx.query);
    let page = page(&ctx, screen, (&query, "", false), Vec::new()).await?;
    ctx.render(&page)
}

/// `POST /customer-users/views`: saves a view, or takes one away.
pub async fn submit(ctx: Ctx, form: Form, screen: Screen) -> Outcome {
    let logins = Logins::of(&ctx.directory);
    if let Some(id) = form.number("delete") {
        let gone = logins.delete_view(&ctx.actor, id).await?;
        let flash = Flash::new("flash-view-deleted").with("name", gone.name);
        return ctx.redirect_with(&screen.views(), flash);
    }
    let query = kept(&ctx, screen, form.get("query"));
    let (name, shared) = (form.get("name").trim(), form.get("shared") == "on");
    let wanted = ViewWanted {
        kind: screen.kind,
        name: name.to_owned(),
        query: query.clone(),
        shared,
    };
    match logins.save_view(&ctx.actor, wanted).await {
        Ok(()) => {
            let flash = Flash::new("flash-view-saved").with("name", name);
            ctx.redirect_with(&format!("{}?{query}", screen.list()), flash)
        }
        Err(Error::Invalid(errors)) => {
            let page = page(&ctx, screen, (&query, name, shared), errors).await?;
            ctx.render_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(error) => Err(error.into()),
    }
}
