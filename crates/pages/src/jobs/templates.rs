//! Templates: named sets of changes.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use kartoteka_directory::{Action, Error, FieldError, Object};
use kartoteka_jobs::Jobs;

use super::offered::Offered;
use super::rows::Rows;
use super::show::number;
use crate::context::{Ctx, Outcome};
use crate::failure::Failure;
use crate::frame::{Flash, Frame};
use crate::input::Form;

const LIST: &str = "/jobs/templates";

#[derive(Template)]
#[template(path = "jobs/templates.html")]
struct TemplatesPage {
    page: Frame,
    templates: Vec<kartoteka_directory::Template>,
}

#[derive(Template)]
#[template(path = "jobs/template.html")]
struct TemplatePage {
    page: Frame,
    /// Where the form goes, and where the template is dropped.
    action: String,
    delete: Option<String>,
    version: String,
    name: String,
    rows: Rows,
    offered: Offered,
    errors: Vec<FieldError>,
}

impl TemplatePage {
    /// What is wrong beside the name and the rows.
    fn wrong(&self) -> Vec<String> {
        let others = self.errors.iter().filter(|error| error.field != "name");
        others
            .map(|error| match error.field.as_str() {
                "changes" => self.page.t("jobs-no-changes"),
                _ => self.page.problem(&error.problem),
            })
            .collect()
    }
}

/// What a form holds.
struct Typed {
    id: Option<i64>,
    version: String,
    name: String,
    rows: Rows,
}

impl Typed {
    fn read(id: Option<i64>, form: &Form) -> Self {
        Self {
            id,
            version: form.get("_version").to_owned(),
            name: form.get("name").to_owned(),
            rows: Rows::read(form),
        }
    }
}

async fn page(ctx: &Ctx, typed: Typed, errors: Vec<FieldError>) -> Result<TemplatePage, Failure> {
    let (title, action) = match typed.id {
        Some(id) => (ctx.t("jobs-template-edit"), format!("{LIST}/{id}")),
        None => (ctx.t("jobs-template-new"), format!("{LIST}/new")),
    };
    let (rows, errors) = typed.rows.with_errors(errors);
    Ok(TemplatePage {
        page: ctx
            .frame(title)
            .group(ctx.t("nav-group-people"))
            .crumb("/jobs", ctx.t("nav-jobs"))
            .crumb(LIST, ctx.t("jobs-templates-title")),
        delete: typed.id.map(|_| ctx.url(&format!("{action}/delete"))),
        action: ctx.url(&action),
        version: typed.version,
        name: typed.name,
        rows: rows.with_blank(1),
        offered: Offered::find(ctx).await?,
        errors,
    })
}

/// `GET /jobs/templates`.
pub async fn list(ctx: Ctx) -> Outcome {
    let templates = Jobs::of(&ctx.directory).templates(&ctx.actor).await?;
    let page = ctx
        .frame(ctx.t("jobs-templates-title"))
        .group(ctx.t("nav-group-people"))
        .crumb("/jobs", ctx.t("nav-jobs"))
        .action("/jobs/templates/new", ctx.t("jobs-template-new"), None);
    ctx.render(&TemplatesPage { page, templates })
}

/// `GET /jobs/templates/new`.
pub async fn add(ctx: Ctx) -> Outcome {
    ctx.require(Action::Change, Object::Jobs)?;
    let typed = Typed {
        id: None,
        version: String::new(),
        name: String::new(),
        rows: Rows(Vec::new()),
    };
    let page = page(&ctx, typed, Vec::new()).await?;
    ctx.render(&page)
}

/// `GET /jobs/templates/{id}`.
pub async fn edit(ctx: Ctx, Path(id): Path<String>) -> Outcome {
    let id = number(&id)?;
    let stored = Jobs::of(&ctx.directory).template(&ctx.actor, id).await?;
    let typed = Typed {
        id: Some(id),
        version: stored.version,
        name: stored.name,
        rows: Rows::of_changes(&stored.changes),
    };
    let page = page(&ctx, typed, Vec::new()).await?;
    ctx.render(&page)
}

/// `POST /jobs/templates/new`.
pub async fn create(ctx: Ctx, form: Form) -> Outcome {
    saved(&ctx, Typed::read(None, &form), &form).await
}

/// `POST /jobs/templates/{id}`.
pub async fn save(ctx: Ctx, Path(id): Path<String>, form: Form) -> Outcome {
    let id = number(&id)?;
    saved(&ctx, Typed::read(Some(id), &form), &form).await
}

async fn saved(ctx: &Ctx, typed: Typed, form: &Form) -> Result<Response, Failure> {
    ctx.require(Action::Change, Object::Jobs)?;
    if form.get("_then") == "more" {
        let mut page = page(ctx, typed, Vec::new()).await?;
        page.rows = page.rows.with_blank(2);
        return ctx.render(&page);
    }
    let before = typed.id.map(|id| (id, typed.version.as_str()));
    let changes = typed.rows.changes();
    let done = Jobs::of(&ctx.directory)
        .save_template(&ctx.actor, before, &typed.name, changes)
        .await;
    match done {
        Ok(()) => {
            let flash = Flash::new("flash-template-saved").with("name", typed.name.trim());
            ctx.redirect_with(LIST, flash)
        }
        Err(Error::Invalid(errors)) => {
            let page = page(ctx, typed, errors).await?;
            ctx.render_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /jobs/templates/{id}/delete`.
pub async fn delete(ctx: Ctx, Path(id): Path<String>, _form: Form) -> Outcome {
    Jobs::of(&ctx.directory)
        .delete_template(&ctx.actor, number(&id)?)
        .await?;
    ctx.redirect_with(LIST, Flash::new("flash-template-deleted"))
}
