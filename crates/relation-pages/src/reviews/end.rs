//! Signing off, with what it would do; and cancelling.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use kartoteka_directory::{Action, Error, FieldError, FieldProblem, Object};
use kartoteka_reviews::{Review, ReviewState, Reviews, SignOffPlan};

use super::decide::closed;
use super::{frame, path};
use crate::context::{Ctx, Outcome};
use crate::frame::{Flash, Frame};
use crate::input::Form;

/// Revocations, and mistakes, that are listed one by one.
const LISTED: usize = 50;

#[derive(Template)]
#[template(path = "reviews/sign_off.html")]
struct SignOffPage {
    page: Frame,
    review: Review,
    plan: SignOffPlan,
    note: String,
    errors: Vec<FieldError>,
}

impl SignOffPage {
    fn url(&self, end: &str) -> String {
        self.page.url(&format!("{}{end}", path(self.review.id)))
    }

    /// What is wrong, each with the way to its item.
    fn mistakes(&self) -> Vec<(String, Option<String>)> {
        let wrong = self.errors.iter().filter(|error| error.field != "note");
        let line = |error: &FieldError| {
            let text = self.page.problem(&error.problem);
            let item = error.field.split_once('.');
            match item.and_then(|(item, _)| item.parse::<i64>().ok()) {
                Some(item) => {
                    let href = self.url(&format!("?show=all&after={}", item - 1));
                    let item = self.page.with("reviews-item", "number", item);
                    (format!("{item}: {text}"), Some(href))
                }
                None => {
                    let undecided = matches!(error.problem, FieldProblem::Undecided { .. });
                    (text, undecided.then(|| self.url("?show=undecided")))
                }
            }
        };
        wrong.take(LISTED).map(line).collect()
    }

    /// Mistakes that are not listed.
    fn more_mistakes(&self) -> usize {
        let all = self.errors.iter().filter(|error| error.field != "note");
        all.count().saturating_sub(LISTED)
    }

    fn lines(&self) -> Vec<String> {
        let changes = self.plan.relations.changes.iter().take(LISTED);
        changes
            .map(|change| self.page.relation_of(change))
            .collect()
    }

    fn more(&self) -> usize {
        self.plan.relations.changes.len().saturating_sub(LISTED)
    }

    fn effects(&self) -> Vec<String> {
        let effects = &self.plan.relations.effects;
        let lines = self.page.access_effects(effects).into_iter();
        lines.map(|line| line.text).collect()
    }
}

#[derive(Template)]
#[template(path = "reviews/cancel.html")]
struct CancelPage {
    page: Frame,
    review: Review,
    note: String,
    errors: Vec<FieldError>,
}

impl CancelPage {
    fn url(&self, end: &str) -> String {
        self.page.url(&format!("{}{end}", path(self.review.id)))
    }

    fn obstacles(&self) -> Vec<String> {
        let all = self.errors.iter().filter(|error| error.field != "note");
        all.map(|error| self.page.problem(&error.problem)).collect()
    }
}

/// `GET /reviews/{id}/sign-off`.
pub async fn preview(ctx: Ctx, Path(id): Path<i64>) -> Outcome {
    ctx.require(Action::Change, Object::Reviews)?;
    shown(&ctx, id, "", vec![]).await
}

async fn shown(ctx: &Ctx, id: i64, note: &str, wrong: Vec<FieldError>) -> Outcome {
    let review = Reviews::of(&ctx.directory).review(&ctx.actor, id).await?;
    if review.state != ReviewState::Open {
        return ctx.redirect(&path(id));
    }
    let plan = Reviews::of(&ctx.directory)
        .plan_sign_off(&ctx.actor, id)
        .await?;
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
    let page = SignOffPage {
        page: frame(ctx, &review, ctx.t("reviews-sign-off-title")),
        review,
        plan,
        note: note.to_owned(),
        errors,
    };
    ctx.render_with(status, &page)
}

/// `POST /reviews/{id}/sign-off`: `seen` says what the preview showed.
pub async fn sign_off(ctx: Ctx, Path(id): Path<i64>, Form(form): Form) -> Outcome {
    ctx.require(Action::Change, Object::Reviews)?;
    let note = form.get("note");
    let plan = match Reviews::of(&ctx.directory)
        .plan_sign_off(&ctx.actor, id)
        .await
    {
        Ok(plan) => plan,
        Err(Error::Invalid(_)) => return closed(&ctx, id),
        Err(error) => return Err(error.into()),
    };
    let seen = form.get("seen");
    match Reviews::of(&ctx.directory)
        .sign_off(plan, Some(seen), note)
        .await
    {
        Ok(review) => {
            let revoked = review.result.map_or(0, |result| result.revoked);
            let flash = Flash::new("flash-review-signed").with("count", revoked.to_string());
            ctx.redirect_with(&path(id), flash)
        }
        Err(Error::Invalid(errors)) => shown(&ctx, id, note, errors).await,
        Err(error) => Err(error.into()),
    }
}

/// `GET /reviews/{id}/cancel`.
pub async fn ask(ctx: Ctx, Path(id): Path<i64>) -> Outcome {
    ctx.require(Action::Change, Object::Reviews)?;
    asked(&ctx, id, "", vec![]).await
}

async fn asked(ctx: &Ctx, id: i64, note: &str, errors: Vec<FieldError>) -> Outcome {
    let review = Reviews::of(&ctx.directory).review(&ctx.actor, id).await?;
    if review.state != ReviewState::Open {
        return ctx.redirect(&path(id));
    }
    let status = match errors.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let page = CancelPage {
        page: frame(ctx, &review, ctx.t("reviews-cancel-title")),
        review,
        note: note.to_owned(),
        errors,
    };
    ctx.render_with(status, &page)
}

/// `POST /reviews/{id}/cancel`.
pub async fn cancel(ctx: Ctx, Path(id): Path<i64>, Form(form): Form) -> Outcome {
    ctx.require(Action::Change, Object::Reviews)?;
    let note = form.get("note");
    match Reviews::of(&ctx.directory)
        .cancel_review(&ctx.actor, id, note)
        .await
    {
        Ok(_) => ctx.redirect_with(&path(id), Flash::new("flash-review-cancelled")),
        Err(Error::Invalid(errors)) => asked(&ctx, id, note, errors).await,
        Err(error) => Err(error.into()),
    }
}
