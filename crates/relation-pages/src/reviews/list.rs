//! The list of reviews.

use askama::Template;
use kartoteka_reviews::{Review, ReviewFilter, ReviewState, Reviews};

use super::path;
use crate::context::{Ctx, Outcome};
use crate::frame::Frame;
use crate::input::Query;

/// Reviews on a page.
const PAGE: u32 = 25;

/// A choice above the list.
struct Choice {
    label: String,
    href: String,
    current: bool,
}

#[derive(Template)]
#[template(path = "reviews/list.html")]
struct ListPage {
    page: Frame,
    states: Vec<Choice>,
    reviews: Vec<Review>,
    /// The list is not cut down to a state.
    all: bool,
    first: Option<String>,
    next: Option<String>,
}

impl ListPage {
    fn href(&self, review: &Review) -> String {
        self.page.url(&path(review.id))
    }

    fn name(&self, review: &Review) -> String {
        self.page.reviewed(&review.subject, &review.text)
    }

    fn state(&self, review: &Review) -> String {
        self.page
            .t(&format!("reviews-state-{}", review.state.name()))
    }

    fn mark(&self, review: &Review) -> &'static str {
        match review.state {
            ReviewState::Open => "warn",
            ReviewState::SignedOff => "success",
            ReviewState::Cancelled => "",
        }
    }

    /// How far it is, or what it came to.
    fn progress(&self, review: &Review) -> String {
        match &review.result {
            Some(result) => self.page.with2(
                "reviews-came-to",
                "kept",
                self.page.number(result.confirmed),
                "revoked",
                self.page.number(result.revoked),
            ),
            None => self.page.with2(
                "reviews-progress",
                "decided",
                self.page.number(review.counts.decided()),
                "items",
                self.page.number(review.counts.items),
            ),
        }
    }
}

/// `GET /reviews?state=open&before=7`.
pub async fn show(ctx: Ctx, query: Query) -> Outcome {
    let state = ReviewState::parse(query.get("state"));
    let filter = ReviewFilter {
        state,
        before: query.number("before"),
        limit: PAGE,
    };
    let found = Reviews::of(&ctx.directory)
        .reviews(&ctx.actor, &filter)
        .await?;
    let mut page = ctx
        .frame(ctx.t("reviews-title"))
        .group(ctx.t("nav-group-people"));
    if page.may_edit() {
        page = page.action("/reviews/new", ctx.t("reviews-begin"), Some("n"));
    }
    let address = |state: Option<ReviewState>| match state {
        None => page.url("/reviews"),
        Some(state) => page.url(&format!("/reviews?state={}", state.name())),
    };
    let mut states = vec![Choice {
        label: ctx.t("reviews-state-all"),
        href: address(None),
        current: state.is_none(),
    }];
    states.extend(ReviewState::ALL.map(|one| Choice {
        label: ctx.t(&format!("reviews-state-{}", one.name())),
        href: address(Some(one)),
        current: state == Some(one),
    }));
    let here = address(state);
    let mark = if state.is_some() { '&' } else { '?' };
    ctx.render(&ListPage {
        states,
        reviews: found.reviews,
        all: state.is_none(),
        first: filter.before.is_some().then(|| here.clone()),
        next: found.next.map(|next| format!("{here}{mark}before={next}")),
        page,
    })
}
