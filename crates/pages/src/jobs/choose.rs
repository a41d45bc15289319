//! What is given and taken.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use kartoteka_directory::{Action, Error, FieldError, Object};
use kartoteka_jobs::Jobs;

use super::offered::Offered;
use super::rows::Rows;
use super::selection::Selected;
use crate::context::{Ctx, Outcome};
use crate::failure::Failure;
use crate::frame::Frame;
use crate::input::{Form, Query};

/// People named one by one.
const NAMED: usize = 10;

#[derive(Template)]
#[template(path = "jobs/choose.html")]
struct ChoosePage {
    page: Frame,
    selected: Selected,
    count: u64,
    list: String,
    rows: Rows,
    offered: Offered,
    templates: Vec<kartoteka_directory::Template>,
    /// What is wrong with the form as a whole.
    errors: Vec<FieldError>,
}

/// The people one by one, unless there are many.
pub fn named(selected: &Selected) -> Option<String> {
    let named = selected.logins.iter().take(NAMED + 1);
    let named: Vec<&str> = named.map(String::as_str).collect();
    (!selected.all && named.len() <= NAMED).then(|| named.join(", "))
}

impl ChoosePage {
    fn named(&self) -> Option<String> {
        named(&self.selected)
    }

    fn wrong(&self) -> Vec<String> {
        let one = |error: &FieldError| match error.field.as_str() {
            "changes" => self.page.t("jobs-no-changes"),
            "select" => self.page.t("jobs-nobody"),
            _ => self.page.problem(&error.problem),
        };
        self.errors.iter().map(one).collect()
    }
}

async fn page(
    ctx: &Ctx,
    selected: Selected,
    rows: Rows,
    errors: Vec<FieldError>,
) -> Result<ChoosePage, Failure> {
    let count = selected.count(ctx).await?;
    let list = selected.list(ctx);
    Ok(ChoosePage {
        page: ctx
            .frame(ctx.t("jobs-choose-title"))
            .group(ctx.t("nav-group-people"))
            .crumb("/customer-users", ctx.t("nav-customer-users")),
        selected,
        count,
        list,
        rows,
        offered: Offered::find(ctx).await?,
        templates: Jobs::of(&ctx.directory).templates(&ctx.actor).await?,
        errors,
    })
}

/// `GET /jobs/new`: people are selected first, unless the address names one.
pub async fn begin(ctx: Ctx, query: Query) -> Outcome {
    ctx.require(Action::Change, Object::Jobs)?;
    let selected = Selected::read(&ctx, &query);
    if selected.logins.is_empty() {
        return ctx.redirect("/customer-users");
    }
    let page = page(&ctx, selected, Rows::blank(), Vec::new()).await?;
    ctx.render(&page)
}

/// `POST /jobs/new`: the selected people are here.
pub async fn show(ctx: Ctx, form: Form) -> Outcome {
    ctx.require(Action::Change, Object::Jobs)?;
    let selected = Selected::read(&ctx, &form);
    let page = page(&ctx, selected, Rows::blank(), Vec::new()).await?;
    let status = match page.selected.is_nobody() {
        true => StatusCode::UNPROCESSABLE_ENTITY,
        false => StatusCode::OK,
    };
    ctx.render_with(status, &page)
}

/// `POST /jobs`: makes the job, whose page shows what it would do.
pub async fn make(ctx: Ctx, form: Form) -> Outcome {
    ctx.require(Action::Change, Object::Jobs)?;
    let selected = Selected::read(&ctx, &form);
    let rows = Rows::read(&form);
    let more = match form.get("_then") {
        "more" => Some(rows.clone().with_blank(3)),
        "template" => Some(with_template(&ctx, &form, rows.clone()).await?),
        _ => None,
    };
    if let Some(rows) = more {
        let page = page(&ctx, selected, rows, Vec::new()).await?;
        return ctx.render(&page);
    }
    let selection = selected.selection(&ctx);
    let made = Jobs::of(&ctx.directory)
        .make_job(&ctx.actor, selection, rows.changes())
        .await;
    let job = match made {
        Ok(job) => job,
        Err(Error::Invalid(errors)) => return mistakes(&ctx, selected, rows, errors).await,
        Err(error) => return Err(error.into()),
    };
    super::previewed(&ctx, &job).await
}

/// The rows with those of a template that was chosen.
async fn with_template(ctx: &Ctx, form: &Form, mut rows: Rows) -> Result<Rows, Failure> {
    if let Some(id) = form.number("template") {
        for change in Jobs::of(&ctx.directory)
            .template(&ctx.actor, id)
            .await?
            .changes
        {
            rows.add(&change);
        }
    }
    Ok(rows.with_blank(1))
}

async fn mistakes(
    ctx: &Ctx,
    selected: Selected,
    rows: Rows,
    errors: Vec<FieldError>,
) -> Result<Response, Failure> {
    let (rows, left) = rows.with_errors(errors);
    let page = page(ctx, selected, rows.with_blank(1), left).await?;
    ctx.render_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
}
