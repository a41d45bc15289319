//! Sources that lost so much that an admin is asked, who is missing, and what is held back since logins are other people's.

use askama::Template;
use axum::Router;
use axum::extract::Path;
use axum::routing::{get, post};
use kartoteka_directory::{
    Action, HeldBack, HeldBackOf, HeldRefresh, Kind, MissingList, Object, Relation, Whose,
};

use crate::context::{Ctx, Outcome};
use crate::frame::{Flash, Frame};
use crate::input::Form;
use crate::records::{CUSTOMER_USERS, CUSTOMERS};
use crate::state::Site;

const ADDRESS: &str = "/sources/held";

/// `/sources/held`.
pub fn routes() -> Router<Site> {
    Router::new()
        .route(ADDRESS, get(list))
        .route("/sources/{id}/release", post(release))
        .route("/sources/{id}/keep", post(keep))
        .route("/sources/{id}/held-back", post(decide))
}

/// Who is missing from a source, each with the address of their page.
struct MissingCard {
    list: MissingList,
    addresses: Vec<String>,
}

/// What a login had, with the address of the person's page.
struct HeldBackCard {
    held: HeldBack,
    address: String,
    /// What was given, in words.
    given: Vec<String>,
}

#[derive(Template)]
#[template(path = "sources_held.html")]
struct HeldPage {
    page: Frame,
    held_back: Vec<HeldBackCard>,
    /// How many there are.
    held_back_count: u64,
    may_give: bool,
    held: Vec<HeldRefresh>,
    missing: Vec<MissingCard>,
    may_decide: bool,
}

async fn list(ctx: Ctx) -> Outcome {
    let (held, missing) = ctx.directory.held_and_missing(&ctx.actor).await?;
    let missing = missing.into_iter().map(|(kind, list)| {
        let screen = match kind {
            Kind::Customer => CUSTOMERS,
            _ => CUSTOMER_USERS,
        };
        let records = list.records.iter();
        MissingCard {
            addresses: records
                .map(|one| ctx.url(&screen.record(&one.key)))
                .collect(),
            list,
        }
    });
    let missing = missing.collect();
    let held_back = ctx.directory.held_back(&ctx.actor).await?;
    let cards = held_back.items.into_iter().map(|held| HeldBackCard {
        address: ctx.url(&CUSTOMER_USERS.record(&held.login)),
        given: given(&ctx, &held),
        held,
    });
    let cards: Vec<HeldBackCard> = cards.collect();
    let page = ctx
        .frame(ctx.t("sources-held-title"))
        .group(ctx.t("nav-group-system"));
    ctx.render(&HeldPage {
        may_decide: page.may(Action::Change, Object::Settings),
        may_give: page.may(Action::Change, Object::AnyAccess),
        held_back: cards,
        held_back_count: held_back.count,
        page,
        held,
        missing,
    })
}

async fn release(ctx: Ctx, Path(id): Path<String>) -> Outcome {
    ctx.directory.let_through(&ctx.actor, &id).await?;
    ctx.redirect_with(ADDRESS, Flash::new("flash-source-released"))
}

async fn keep(ctx: Ctx, Path(id): Path<String>) -> Outcome {
    ctx.directory.keep(&ctx.actor, &id).await?;
    ctx.redirect_with(ADDRESS, Flash::new("flash-source-kept"))
}

/// What was given, in words.
fn given(ctx: &Ctx, held: &HeldBack) -> Vec<String> {
    let relation = |relation: &Relation| {
        let (kind, name) = relation.in_words();
        ctx.t_args(
            &format!("held-back-{kind}"),
            &[("name", name.as_str().into())],
        )
    };
    let mut given: Vec<String> = held.relations.iter().map(relation).collect();
    if held.others > 0 {
        given.push(ctx.t_args("held-back-others", &[("count", held.others.into())]));
    }
    given
}

/// Says whose it is what a login had.
async fn decide(ctx: Ctx, Path(source): Path<String>, Form(form): Form) -> Outcome {
    let (whose, flash) = match form.get("whose") {
        "same" => (Whose::Same, "flash-held-back-given"),
        "another" => (Whose::Another, "flash-held-back-removed"),
        _ => return ctx.redirect(ADDRESS),
    };
    let of = HeldBackOf {
        source,
        login: Some(form.get("login").to_owned()),
        identity: form.get("identity").parse().ok(),
    };
    ctx.directory
        .decide_held_back(&ctx.actor, &of, whose)
        .await?;
    ctx.redirect_with(ADDRESS, Flash::new(flash))
}
