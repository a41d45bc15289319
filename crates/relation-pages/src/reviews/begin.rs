//! Choosing what is reviewed, and beginning.

use askama::Template;
use axum::http::StatusCode;
use kartoteka_access::Access;
use kartoteka_directory::{Action, Error, FieldError, Kind, Object, Search, ValidFilter};
use kartoteka_reviews::{ReviewPlan, Reviews, Subject};

use super::{begin_path, path};
use crate::context::{Ctx, Outcome};
use crate::frame::{Flash, Frame};
use crate::input::{Form, Pairs, Query};
use crate::records::{name_of, suggest};

/// So many customers are offered.
const OFFERED: u32 = 20;

/// One to choose.
struct Choice {
    text: String,
    /// Beside a text that is something else.
    key: Option<String>,
    href: String,
    valid: bool,
}

#[derive(Template)]
#[template(path = "reviews/choose.html")]
struct ChoosePage {
    page: Frame,
    search: String,
    groups: Vec<Choice>,
    /// None before anything was searched for.
    customers: Option<Vec<Choice>>,
    more: bool,
}

#[derive(Template)]
#[template(path = "reviews/begin.html")]
struct BeginPage {
    page: Frame,
    plan: ReviewPlan,
    note: String,
    errors: Vec<FieldError>,
}

impl BeginPage {
    fn name(&self) -> String {
        self.page.reviewed(&self.plan.subject, &self.plan.text)
    }

    /// What is in the way, but for a note that is too long.
    fn obstacles(&self) -> Vec<String> {
        let all = self.errors.iter().filter(|error| error.field != "note");
        all.map(|error| self.page.problem(&error.problem)).collect()
    }

    fn open(&self) -> Option<String> {
        self.plan.open.map(|review| self.page.url(&path(review)))
    }

    fn may_begin(&self) -> bool {
        self.plan.errors.is_empty()
    }
}

fn subject(pairs: &Pairs) -> Option<Subject> {
    let group = pairs
        .filled("group")
        .map(|name| Subject::Group(name.into()));
    let customer = pairs.filled("customer");
    group.or(customer.map(|id| Subject::Customer(id.into())))
}

/// `GET /reviews/new?search=…`, then `GET /reviews/new?group=support`.
pub async fn show(ctx: Ctx, Query(query): Query) -> Outcome {
    ctx.require(Action::Change, Object::Reviews)?;
    match subject(&query) {
        Some(subject) => begin(&ctx, subject, "", vec![]).await,
        None => choose(&ctx, query.get("search").trim()).await,
    }
}

async fn choose(ctx: &Ctx, search: &str) -> Outcome {
    let page = ctx
        .frame(ctx.t("reviews-choose-title"))
        .group(ctx.t("nav-group-people"))
        .crumb("/reviews", ctx.t("reviews-title"));
    let wanted = kartoteka_model::text::fold(search);
    let groups = Access::of(&ctx.directory).all_groups(&ctx.actor).await?;
    let mine = Access::of(&ctx.directory)
        .groups_to_give_in(&ctx.actor)
        .await?;
    let groups = groups
        .into_iter()
        .filter(|group| mine.as_ref().is_none_or(|mine| mine.contains(&group.id)))
        .filter(|group| kartoteka_model::text::fold(&group.name).contains(&wanted))
        .map(|group| Choice {
            href: page.url(&begin_path(&Subject::Group(group.name.clone()))),
            key: None,
            valid: group.valid,
            text: group.name,
        });
    let groups = groups.collect();
    let (mut customers, mut more) = (None, false);
    if !search.is_empty() {
        let search = Search {
            text: Some(suggest::all_words(search)),
            valid: ValidFilter::All,
            limit: OFFERED,
            ..Search::default()
        };
        let found = ctx.directory.search(&ctx.actor, Kind::Customer, &search);
        let found = found.await?;
        more = found.next.is_some();
        let choice = |row: kartoteka_directory::Row| Choice {
            href: page.url(&begin_path(&Subject::Customer(row.key.clone()))),
            valid: ["", "1"].contains(&row.record.get("ValidID")),
            text: name_of(&row.text, &row.key),
            key: Some(row.key),
        };
        customers = Some(found.rows.into_iter().map(choice).collect());
    }
    ctx.render(&ChoosePage {
        search: search.to_owned(),
        groups,
        customers,
        more,
        page,
    })
}

/// The form that begins a review, with what is wrong.
async fn begin(ctx: &Ctx, subject: Subject, note: &str, wrong: Vec<FieldError>) -> Outcome {
    let plan = Reviews::of(&ctx.directory)
        .plan_review(&ctx.actor, subject)
        .await?;
    let page = ctx
        .frame(ctx.t("reviews-begin-title"))
        .group(ctx.t("nav-group-people"))
        .crumb("/reviews", ctx.t("reviews-title"))
        .crumb("/reviews/new", ctx.t("reviews-choose-title"));
    let status = match wrong.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let mut errors = wrong;
    for error in &plan.errors {
        if !errors.contains(error) {
            errors.push(error.clone());
        }
    }
    let begin = BeginPage {
        page,
        plan,
        note: note.to_owned(),
        errors,
    };
    ctx.render_with(status, &begin)
}

/// `POST /reviews/new`.
pub async fn submit(ctx: Ctx, Form(form): Form) -> Outcome {
    ctx.require(Action::Change, Object::Reviews)?;
    let Some(subject) = subject(&form) else {
        return choose(&ctx, "").await;
    };
    let plan = Reviews::of(&ctx.directory)
        .plan_review(&ctx.actor, subject.clone())
        .await?;
    match Reviews::of(&ctx.directory)
        .start_review(plan, form.get("note"))
        .await
    {
        Ok(review) => {
            let flash = Flash::new("flash-review-begun");
            let flash = flash.with("count", review.counts.items.to_string());
            ctx.redirect_with(&path(review.id), flash)
        }
        Err(Error::Invalid(errors)) => begin(&ctx, subject, form.get("note"), errors).await,
        Err(error) => Err(error.into()),
    }
}
