//! An open review: how far it is, what happened meanwhile, its items to decide on.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use kartoteka_access::Access;
use kartoteka_directory::{Action, FieldProblem, Object, RelationChange};
use kartoteka_reviews::{Decision, Drift, ItemFilter, Review, ReviewState, Reviews, Subject};

use super::item::{Row, Typed, row};
use super::{frame, path, result};
use crate::context::{Ctx, Outcome};
use crate::failure::Failure;
use crate::frame::Frame;
use crate::input::{Pairs, Query};
use crate::records::address;

/// Items on a page.
pub const PAGE: u32 = 50;

/// So many grants are listed that came since.
const ADDED: usize = 10;

/// Which part of a review is looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// None for all.
    pub decision: Option<Decision>,
    pub search: String,
    pub after: Option<i64>,
}

impl View {
    /// Reads an address or a form; without a word for it, what is undecided is shown.
    pub fn read(pairs: &Pairs) -> Self {
        Self {
            decision: match pairs.get("show") {
                "all" => None,
                name => Some(Decision::parse(name).unwrap_or(Decision::Undecided)),
            },
            search: pairs.get("search").trim().to_owned(),
            after: pairs.number("after"),
        }
    }

    pub fn filter(&self) -> ItemFilter {
        ItemFilter {
            decision: self.decision,
            outcome: None,
            search: self.search.clone(),
        }
    }

    /// The word in addresses.
    pub fn shown(&self) -> &'static str {
        self.decision.map_or("all", Decision::name)
    }

    /// The address of this part.
    pub fn address(&self, review: i64) -> String {
        let after = self.after.map(|after| after.to_string());
        let mut pairs = vec![("show", self.shown())];
        if !self.search.is_empty() {
            pairs.push(("search", &self.search));
        }
        if let Some(after) = &after {
            pairs.push(("after", after));
        }
        format!("{}?{}", path(review), address::query(pairs))
    }

    /// The first page of the same.
    pub fn beginning(&self) -> Self {
        Self {
            after: None,
            ..self.clone()
        }
    }
}

/// A choice above the items.
struct Choice {
    label: String,
    count: String,
    href: String,
    current: bool,
}

/// What a form came back with: what was typed, and what is wrong, by item.
#[derive(Debug, Default)]
pub struct Returned {
    pub typed: BTreeMap<i64, Typed>,
    pub wrong: BTreeMap<i64, Vec<FieldProblem>>,
    pub all_comment: String,
    /// What is wrong with the comment for all.
    pub all_wrong: Option<FieldProblem>,
}

#[derive(Template)]
#[template(path = "reviews/show.html")]
struct ReviewPage {
    page: Frame,
    review: Review,
    view: View,
    choices: Vec<Choice>,
    rows: Vec<Row>,
    total: u64,
    drift: Option<Drift>,
    /// The visitor may start and end reviews of this.
    may_end: bool,
    /// The visitor may decide on something here.
    may_decide: bool,
    all_comment: String,
    all_wrong: Option<String>,
    mistakes: usize,
    first: Option<String>,
    next: Option<i64>,
}

impl ReviewPage {
    fn url(&self, end: &str) -> String {
        self.page.url(&format!("{}{end}", path(self.review.id)))
    }

    fn decisions(&self) -> [Decision; 3] {
        Decision::ALL
    }

    fn decision_name(&self, decision: &Decision) -> String {
        self.page.t(&format!("reviews-choice-{}", decision.name()))
    }

    fn progress(&self) -> String {
        self.page.with2(
            "reviews-progress",
            "decided",
            self.page.number(self.review.counts.decided()),
            "items",
            self.page.number(self.review.counts.items),
        )
    }

    /// What a full bar stands for.
    fn most(&self) -> u64 {
        self.review.counts.items.max(1)
    }

    fn subject(&self) -> String {
        self.page.url(&super::subject_path(&self.review.subject))
    }

    /// Under which name the review began, if that is another one now.
    fn was(&self) -> Option<String> {
        let now = self.review.subject.key();
        (self.review.named != now).then(|| self.page.with("reviews-was", "key", &self.review.named))
    }

    fn begun(&self) -> String {
        let (at, by) = (&self.review.started, &self.review.started_by);
        self.page
            .with2("reviews-begun-by", "when", self.page.when(at), "who", by)
    }

    fn beside(&self) -> Vec<String> {
        let beside = self.review.beside.iter();
        beside.map(|one| self.page.beside(one)).collect()
    }

    /// What was given since, a line each.
    fn added(&self) -> Vec<String> {
        let added = self.drift.iter().flat_map(|drift| &drift.added);
        let line = |relation: &kartoteka_directory::Relation| {
            self.page.relation_of(&RelationChange {
                relation: relation.clone(),
                given: true,
            })
        };
        added.map(line).collect()
    }

    fn added_more(&self) -> u64 {
        let drift = self.drift.as_ref();
        drift.map_or(0, |drift| drift.added_total - drift.added.len() as u64)
    }
}

/// `GET /reviews/{id}?show=undecided&search=…&after=50`.
pub async fn show(ctx: Ctx, Path(id): Path<i64>, Query(query): Query) -> Outcome {
    let review = Reviews::of(&ctx.directory).review(&ctx.actor, id).await?;
    if review.state != ReviewState::Open {
        return result::show(&ctx, review, &query).await;
    }
    open(&ctx, review, View::read(&query), Returned::default()).await
}

/// The page of an open review, with what a form came back with.
pub async fn open(ctx: &Ctx, review: Review, view: View, returned: Returned) -> Outcome {
    let id = review.id;
    let found = Reviews::of(&ctx.directory)
        .review_items(&ctx.actor, id, &view.filter(), view.after, PAGE)
        .await?;
    // What happened meanwhile is told at the beginning, not on every page.
    let drift = match view.after {
        None => Some(
            Reviews::of(&ctx.directory)
                .review_drift(&ctx.actor, id, ADDED)
                .await?,
        ),
        Some(_) => None,
    };
    let title = ctx
        .frame(String::new())
        .reviewed(&review.subject, &review.text);
    let page = frame(ctx, &review, title);
    let rows: Vec<Row> = found
        .items
        .iter()
        .map(|item| {
            let wrong = returned.wrong.get(&item.seq).into_iter().flatten();
            Row {
                typed: returned.typed.get(&item.seq).cloned(),
                problems: wrong.map(|problem| page.problem(problem)).collect(),
                ..row(&page, item)
            }
        })
        .collect();
    let may_end = may_end(ctx, &review.subject).await?;
    let mistakes = returned.wrong.values().map(Vec::len).sum::<usize>();
    let status = match mistakes == 0 && returned.all_wrong.is_none() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let open = ReviewPage {
        choices: choices(&page, &review, &view),
        may_decide: page.may_edit() && rows.iter().any(|row| row.refused.is_none()),
        first: view
            .after
            .is_some()
            .then(|| page.url(&view.beginning().address(id))),
        next: found.next,
        total: found.total,
        all_wrong: returned.all_wrong.map(|problem| page.problem(&problem)),
        all_comment: returned.all_comment,
        page,
        review,
        view,
        rows,
        drift,
        may_end,
        mistakes,
    };
    ctx.render_with(status, &open)
}

/// Whether the visitor may start, sign off and cancel reviews of this.
pub async fn may_end(ctx: &Ctx, subject: &Subject) -> Result<bool, Failure> {
    let mine = Access::of(&ctx.directory)
        .groups_to_give_in(&ctx.actor)
        .await?;
    let Subject::Group(name) = subject else {
        return Ok(ctx.actor.may(Action::Change, Object::Reviews));
    };
    let Some(mine) = mine else { return Ok(true) };
    let groups = Access::of(&ctx.directory).all_groups(&ctx.actor).await?;
    let group = groups.iter().find(|group| group.name == *name);
    Ok(group.is_some_and(|group| mine.contains(&group.id)))
}

fn choices(page: &Frame, review: &Review, view: &View) -> Vec<Choice> {
    let counts = &review.counts;
    let all = [
        (Some(Decision::Undecided), counts.undecided),
        (Some(Decision::Revoke), counts.revoke),
        (Some(Decision::Confirm), counts.confirm),
        (None, counts.items),
    ];
    let choice = |(decision, count): (Option<Decision>, u64)| {
        let to = View {
            decision,
            ..view.beginning()
        };
        Choice {
            label: page.t(&format!("reviews-show-{}", to.shown())),
            count: page.number(count),
            href: page.url(&to.address(review.id)),
            current: view.decision == decision,
        }
    };
    all.into_iter().map(choice).collect()
}
