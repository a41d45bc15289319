//! Help: the search language and the keys.

use askama::Template;
use axum::Router;
use axum::routing::get;

use crate::context::{Outcome, Visit};
use crate::frame::Frame;
use crate::state::Site;

/// `/help`.
pub fn routes() -> Router<Site> {
    Router::new().route("/help", get(help))
}

#[derive(Template)]
#[template(path = "help.html")]
struct HelpPage {
    page: Frame,
    /// What can be typed, and the key of what it finds.
    search: [(&'static str, &'static str); 9],
    /// Keys, and the key of what they do.
    shortcuts: [(&'static str, &'static str); 20],
}

async fn help(visit: Visit) -> Outcome {
    let page = HelpPage {
        page: visit.frame(visit.t("help-title")),
        search: [
            ("nowak", "help-search-part"),
            ("nowak anna", "help-search-words"),
            ("nowak+anna", "help-search-and"),
            ("nowak OR kowal", "help-search-or"),
            ("!nowak", "help-search-not"),
            ("(orion||solar)&&gmbh", "help-search-group"),
            ("\"anna.nowak\"", "help-search-phrase"),
            ("now*k", "help-search-wildcard"),
            ("602 162 407", "help-search-number"),
        ],
        shortcuts: [
            ("/", "help-key-search"),
            ("Ctrl K", "help-key-find"),
            ("n", "help-key-new"),
            ("e", "help-key-edit"),
            ("j k", "help-key-rows"),
            ("x", "help-key-select"),
            ("Shift click", "help-key-select-range"),
            ("Ctrl Enter", "help-key-save"),
            ("Esc", "help-key-close"),
            ("?", "help-key-help"),
            ("g h", "help-key-home"),
            ("g u", "help-key-customer-users"),
            ("g c", "help-key-customers"),
            ("g o", "help-key-groups"),
            ("g s", "help-key-services"),
            ("g p", "help-key-permissions"),
            ("g r", "help-key-reviews"),
            ("g t", "help-key-jobs"),
            ("g a", "help-key-agents"),
            ("g j", "help-key-journal"),
        ],
    };
    visit.render(&page)
}
