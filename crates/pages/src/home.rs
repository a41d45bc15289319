//! The home page: the groups of screens, and how many records there are.

use askama::Template;
use axum::Router;
use axum::routing::get;
use kartoteka_directory::{Action, IndexState, Kind, Object};

use super::records::{CUSTOMER_USERS, CUSTOMERS};
use crate::context::{Ctx, Outcome};
use crate::frame::Frame;
use crate::navigation::Place;
use crate::state::Site;

/// `/`.
pub fn routes() -> Router<Site> {
    Router::new().route("/", get(home))
}

#[derive(Template)]
#[template(path = "home.html")]
struct HomePage {
    page: Frame,
    /// The address of a list, and how many valid and other records it has.
    counts: Vec<(String, u64, u64)>,
    /// How many sources lost so much that an admin is asked.
    held: usize,
    /// Logins that are other people's than before, of whom it is asked.
    held_back: u64,
}

impl HomePage {
    /// `12 431 valid, 103 invalid`; nothing for places that count nothing.
    fn count(&self, place: &Place) -> Option<String> {
        let (_, valid, others) = self.counts.iter().find(|(href, ..)| *href == place.href)?;
        let mut text = self.page.count("home-valid", valid);
        if *others > 0 {
            text = format!("{text}, {}", self.page.count("home-invalid", others));
        }
        Some(text)
    }
}

async fn home(ctx: Ctx) -> Outcome {
    let mut counts = Vec::new();
    for (kind, screen) in [
        (Kind::CustomerUser, CUSTOMER_USERS),
        (Kind::Customer, CUSTOMERS),
    ] {
        let (valid, others) = ctx.directory.count(kind).await?;
        // Half an index would count half of them.
        if ctx.directory.index_state(kind) == IndexState::Current {
            counts.push((ctx.url(&screen.list()), valid, others));
        }
    }
    let page = HomePage {
        page: ctx.frame(ctx.t("home-title")),
        counts,
        held_back: match ctx.actor.may(Action::Change, Object::AnyAccess) {
            true => ctx.directory.held_back_count().await?,
            false => 0,
        },
        held: match ctx.actor.may(Action::Change, Object::Settings) {
            true => ctx.directory.held_count(),
            false => 0,
        },
    };
    ctx.render(&page)
}
