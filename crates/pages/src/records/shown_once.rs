//! The page that shows a generated password, once: it is part of this response and of nothing else.

use askama::Template;
use kartoteka_records::Applied;
use secrecy::{ExposeSecret, SecretString};

use super::screen::Screen;
use crate::context::{Ctx, Outcome};
use crate::frame::Frame;

#[derive(Template)]
#[template(path = "records/shown_once.html")]
struct ShownOncePage {
    page: Frame,
    screen: Screen,
    key: String,
    password: SecretString,
    /// The record was just created.
    created: bool,
}

impl ShownOncePage {
    fn password(&self) -> &str {
        self.password.expose_secret()
    }
}

/// Shows the password that was generated for a record. `no-store` keeps it out of caches.
pub fn show(
    ctx: &Ctx,
    screen: Screen,
    applied: &Applied,
    password: &SecretString,
    created: bool,
) -> Outcome {
    let page = ctx
        .frame(ctx.t("records-shown-once-title"))
        .crumb(&screen.list(), ctx.t(&screen.text("title")))
        .crumb(&screen.record(&applied.key), applied.key.as_str())
        .showing_once();
    ctx.render(&ShownOncePage {
        page,
        screen,
        key: applied.key.clone(),
        password: password.clone(),
        created,
    })
}
