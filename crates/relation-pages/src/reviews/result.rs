//! A review that was signed off or cancelled: what it came to, and who decided what; nothing changes any more.

use askama::Template;
use fluent_templates::fluent_bundle::FluentValue;
use kartoteka_directory::{Action, Object};
use kartoteka_reviews::{
    Decision, ItemFilter, Outcome as Became, Review, ReviewState, Reviews, TakenAway,
};

use super::item::{Row, row};
use super::{frame, path};
use crate::context::{Ctx, Outcome};
use crate::frame::Frame;
use crate::input::Pairs;
use crate::records::address;

/// Items on a page.
const PAGE: u32 = 50;

/// A choice above the items.
struct Choice {
    label: String,
    href: String,
    current: bool,
}

#[derive(Template)]
#[template(path = "reviews/result.html")]
struct ResultPage {
    page: Frame,
    review: Review,
    search: String,
    /// The word of the choice that is shown.
    shown: &'static str,
    choices: Vec<Choice>,
    rows: Vec<Row>,
    total: u64,
    first: Option<String>,
    next: Option<String>,
    /// Where the revocations are taken back.
    undo: Option<String>,
}

impl ResultPage {
    fn url(&self, end: &str) -> String {
        self.page.url(&format!("{}{end}", path(self.review.id)))
    }

    fn subject(&self) -> String {
        self.page.url(&super::subject_path(&self.review.subject))
    }

    fn is_signed(&self) -> bool {
        self.review.state == ReviewState::SignedOff
    }

    fn begun(&self) -> String {
        let (at, by) = (&self.review.started, &self.review.started_by);
        self.page
            .with2("reviews-begun-by", "when", self.page.when(at), "who", by)
    }

    fn ended(&self) -> String {
        let key = match self.is_signed() {
            true => "reviews-signed-by",
            false => "reviews-cancelled-by",
        };
        let at = self.review.ended.unwrap_or_default();
        self.page.with2(
            key,
            "when",
            self.page.when(&at),
            "who",
            &self.review.ended_by,
        )
    }

    fn beside(&self) -> Vec<String> {
        let beside = self.review.beside.iter();
        beside.map(|one| self.page.beside(one)).collect()
    }

    /// What people lost by it.
    fn lost(&self) -> Vec<String> {
        let lost = self.review.result.iter().flat_map(|result| &result.lost);
        let line = |one: &TakenAway| {
            let values = [
                ("count", FluentValue::from(one.people as i64)),
                ("permission", FluentValue::from(one.permission.as_str())),
                ("group", FluentValue::from(one.group.as_str())),
            ];
            self.page.language.text("reviews-effect-lost", &values)
        };
        lost.map(line).collect()
    }

    fn decision(&self, row: &Row) -> String {
        let key = format!("reviews-decided-{}", row.decision.name());
        self.page.t(&key)
    }

    fn mark(&self, row: &Row) -> &'static str {
        match row.decision {
            Decision::Confirm => "success",
            Decision::Revoke => "danger",
            Decision::Undecided => "",
        }
    }
}

/// `GET /reviews/{id}?show=revoked&search=…&after=50` of a closed review.
pub async fn show(ctx: &Ctx, review: Review, query: &Pairs) -> Outcome {
    let id = review.id;
    let outcome = Became::parse(query.get("show"));
    let shown = outcome.map_or("all", Became::name);
    let filter = ItemFilter {
        decision: None,
        outcome,
        search: query.get("search").trim().to_owned(),
    };
    let after: Option<i64> = query.number("after");
    let found = Reviews::of(&ctx.directory)
        .review_items(&ctx.actor, id, &filter, after, PAGE)
        .await?;
    let title = ctx
        .frame(String::new())
        .reviewed(&review.subject, &review.text);
    let page = frame(ctx, &review, title);
    let to = |shown: &str, after: Option<i64>| {
        let after = after.map(|after| after.to_string());
        let mut pairs = vec![("show", shown), ("search", filter.search.as_str())];
        pairs.extend(after.as_deref().map(|after| ("after", after)));
        page.url(&format!("{}?{}", path(id), address::query(pairs)))
    };
    let mut choices = vec![];
    if review.state == ReviewState::SignedOff {
        for name in ["all", "revoked", "kept", "gone"] {
            choices.push(Choice {
                label: ctx.t(&format!("reviews-outcome-{name}")),
                href: to(name, None),
                current: shown == name,
            });
        }
    }
    let undo = review
        .entry
        .filter(|_| page.may(Action::Change, Object::Reviews))
        .filter(|_| {
            let result = review.result.as_ref();
            result.is_some_and(|result| result.journal.is_some())
        })
        .map(|entry| page.url(&format!("/journal/{entry}/undo")));
    ctx.render(&ResultPage {
        rows: found.items.iter().map(|item| row(&page, item)).collect(),
        total: found.total,
        first: after.is_some().then(|| to(shown, None)),
        next: found.next.map(|next| to(shown, Some(next))),
        search: filter.search.clone(),
        shown,
        choices,
        undo,
        review,
        page,
    })
}
