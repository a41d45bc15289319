//! What is given and taken.

use std::time::Duration;

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use kartoteka_directory::{Error, FieldError, Kind, Role, Search, ValidFilter};

use super::rows::{RowKind, Rows};
use super::selection::Selected;
use crate::context::{Ctx, Outcome};
use crate::frame::Frame;
use crate::input::Form;
use crate::pages::error::Failure;

/// How long a page waits for a job's preview; the rest is done while it is looked at.
const PATIENCE: Duration = Duration::from_secs(2);

/// People named one by one.
const NAMED: usize = 10;

/// The most services to choose from.
const MOST_SERVICES: u32 = 10_000;

#[derive(Template)]
#[template(path = "jobs/choose.html")]
struct ChoosePage {
    page: Frame,
    selected: Selected,
    count: u64,
    list: String,
    rows: Rows,
    /// Groups and services to choose from, with whether they are valid.
    groups: Vec<(String, bool)>,
    services: Vec<(String, bool)>,
    permissions: Vec<String>,
    /// What is wrong with the form as a whole.
    errors: Vec<FieldError>,
}

impl ChoosePage {
    fn kinds(&self) -> [RowKind; 3] {
        RowKind::ALL
    }

    /// What can be chosen in a row of a kind; none where it is typed.
    fn choices(&self, kind: &RowKind) -> Option<&[(String, bool)]> {
        match kind {
            RowKind::Customer => None,
            RowKind::Group => Some(&self.groups),
            RowKind::Service => Some(&self.services),
        }
    }

    fn named(&self) -> Option<String> {
        let named = self.selected.logins.iter().take(NAMED + 1);
        let named: Vec<&str> = named.map(String::as_str).collect();
        (!self.selected.all && named.len() <= NAMED).then(|| named.join(", "))
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
    let groups = ctx.directory.all_groups(&ctx.actor).await?;
    let settings = ctx.directory.access_in_force(&ctx.actor).await?;
    let search = Search {
        valid: ValidFilter::All,
        limit: MOST_SERVICES,
        ..Search::default()
    };
    let services = ctx.directory.search(&ctx.actor, Kind::Service, &search);
    let services = services.await?.rows.into_iter();
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
        groups: groups
            .into_iter()
            .map(|group| (group.name, group.valid))
            .collect(),
        services: services
            .map(|row| {
                let valid = row.record.get("ValidID") == "1";
                (row.key, valid)
            })
            .collect(),
        permissions: settings.permissions,
        errors,
    })
}

/// `GET /jobs/new`: people are selected first.
pub async fn begin(ctx: Ctx) -> Outcome {
    ctx.require(Role::Editor)?;
    ctx.redirect("/customer-users?select=1")
}

/// `POST /jobs/new`: the selected people are here.
pub async fn show(ctx: Ctx, form: Form) -> Outcome {
    ctx.require(Role::Editor)?;
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
    ctx.require(Role::Editor)?;
    let selected = Selected::read(&ctx, &form);
    let rows = Rows::read(&form);
    if form.get("_then") == "more" {
        let page = page(&ctx, selected, rows.with_blank(3), Vec::new()).await?;
        return ctx.render(&page);
    }
    let selection = selected.selection(&ctx);
    let made = ctx
        .directory
        .make_job(&ctx.actor, selection, rows.changes())
        .await;
    let job = match made {
        Ok(job) => job,
        Err(Error::Invalid(errors)) => return mistakes(&ctx, selected, rows, errors).await,
        Err(error) => return Err(error.into()),
    };
    // What is not worked out by then is, while the page is looked at.
    let prepared = ctx.directory.prepare_job(&ctx.actor, job.id, PATIENCE);
    if let Err(error) = prepared.await {
        tracing::warn!(job = job.id, %error, "a preview has to wait");
    }
    ctx.redirect(&format!("/jobs/{}", job.id))
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
