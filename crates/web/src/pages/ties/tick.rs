//! Showing, previewing and saving ticks.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use kartoteka_directory::{Error, FieldError, RelationPlan, Tie, TiePage, TieRow};
use kartoteka_model::access::Belonging;

use super::pending::Pending;
use super::side;
use crate::context::{Ctx, Outcome};
use crate::format::escape;
use crate::frame::{Flash, Frame};
use crate::input::{Form, Query};
use crate::pages::error::Failure;

/// Lines of a preview.
const LISTED: usize = 30;

#[derive(Template)]
#[template(path = "ties/tick.html")]
struct TickPage {
    page: Frame,
    tie: Tie,
    ties: TiePage,
    pending: Pending,
    search: String,
    /// A malformed search, with what is wrong.
    malformed: Option<String>,
    may: bool,
    /// What is wrong, with the key of its row.
    errors: Vec<(String, FieldError)>,
    preview: Option<RelationPlan>,
}

impl TickPage {
    fn text(&self, end: &str) -> String {
        self.page.t(&format!("{}-{end}", side::texts(&self.tie)))
    }

    fn action(&self) -> String {
        self.page.url(&side::path(&self.tie))
    }

    fn finish(&self) -> String {
        self.page.url(&side::home(&self.tie))
    }

    fn href(&self, row: &TieRow) -> Option<String> {
        row.known
            .then(|| self.page.url(&side::row(&self.tie, &row.key)))
    }

    /// Rows that the search found and that are not among the ticked ones on the page.
    fn found(&self) -> Vec<&TieRow> {
        let shown = |row: &&TieRow| !self.ties.ticked.iter().any(|one| one.key == row.key);
        self.ties.found.iter().filter(shown).collect()
    }

    /// Changes on rows that are not in view.
    fn kept(&self) -> Vec<(&String, bool)> {
        let in_view = |key: &String| {
            let mut rows = self.ties.ticked.iter().chain(&self.ties.found);
            rows.any(|row| row.key == *key)
        };
        let kept = self.pending.iter().filter(|(key, _)| !in_view(key));
        kept.collect()
    }

    fn note(&self, row: &TieRow) -> Option<String> {
        let key = match row.fixed {
            Some(Belonging::Primary) => "ties-primary",
            Some(_) => "ties-mapped",
            None if !row.known => "ties-unknown",
            None if !row.valid => "ties-invalid",
            None => return None,
        };
        Some(self.page.t(key))
    }

    fn problem_of(&self, key: &str) -> Option<String> {
        let found = self.errors.iter().find(|(row, _)| row == key);
        found.map(|(_, error)| self.page.problem(&error.problem))
    }

    /// What saving would do, in words.
    fn lines(&self) -> Vec<String> {
        let Some(plan) = &self.preview else {
            return vec![];
        };
        let changes = plan.changes.iter().take(LISTED);
        changes
            .map(|change| self.page.relation_of(change))
            .collect()
    }

    /// Who gains and loses what by it.
    fn effects(&self) -> Vec<String> {
        self.preview
            .as_ref()
            .map(|plan| self.page.access_effects(&plan.effects))
            .unwrap_or_default()
    }

    fn left_out(&self) -> usize {
        let changes = self.preview.as_ref().map_or(0, |plan| plan.changes.len());
        changes.saturating_sub(LISTED)
    }

    fn next(&self) -> Option<String> {
        let next = self.ties.next.as_ref()?;
        Some(format!(
            "{}?search={}&after={}",
            self.action(),
            escape(&self.search),
            escape(next)
        ))
    }
}

async fn page(ctx: &Ctx, tie: Tie, search: &str, after: Option<&str>) -> Result<TickPage, Failure> {
    let asked = ctx
        .directory
        .ties(&ctx.actor, &tie, Some(search), after)
        .await;
    let (ties, malformed) = match asked {
        Ok(ties) => (ties, None),
        // The search is wrong, not the page: what is ticked is shown all the same.
        Err(Error::Syntax(_)) => {
            let ties = ctx.directory.ties(&ctx.actor, &tie, None, after).await?;
            (ties, Some(ctx.t("ties-malformed")))
        }
        Err(error) => return Err(error.into()),
    };
    let tie = side::spelled(tie, &ties.key);
    Ok(TickPage {
        page: side::frame(ctx, &tie, &ties),
        may: ctx.actor.may(side::role(&tie)),
        tie,
        ties,
        pending: Pending::default(),
        search: search.to_owned(),
        malformed,
        errors: Vec::new(),
        preview: None,
    })
}

async fn show(ctx: Ctx, tie: Tie, query: Query) -> Outcome {
    let page = page(&ctx, tie, query.get("search"), query.filled("after")).await?;
    ctx.render(&page)
}

async fn save(ctx: Ctx, tie: Tie, form: Form) -> Outcome {
    ctx.require(side::role(&tie))?;
    let pending = Pending::read(&form);
    let then = form.get("_then");
    if then == "search" {
        let mut page = page(&ctx, tie, form.get("search"), None).await?;
        page.pending = pending;
        return ctx.render(&page);
    }
    let keys: Vec<String> = pending.iter().map(|(key, _)| key.clone()).collect();
    let wanted = pending
        .iter()
        .map(|(key, given)| tie.wanted(key, given))
        .collect();
    let plan = ctx.directory.plan_relations(&ctx.actor, wanted).await?;
    if !plan.errors.is_empty() {
        let errors = plan.errors;
        return mistakes(&ctx, tie, &form, pending, &keys, errors).await;
    }
    if then == "preview" {
        let mut page = page(&ctx, tie, form.get("search"), form.filled("after")).await?;
        page.pending = pending;
        page.preview = Some(plan);
        return ctx.render(&page);
    }
    match ctx.directory.apply_relations(plan).await {
        Ok(applied) => {
            let flash =
                Flash::new("flash-ties-saved").with("count", applied.changes.len().to_string());
            let path = match then {
                "finish" => side::home(&tie),
                _ => side::path(&tie),
            };
            ctx.redirect_with(&path, flash)
        }
        Err(Error::Invalid(errors)) => mistakes(&ctx, tie, &form, pending, &keys, errors).await,
        Err(error) => Err(error.into()),
    }
}

/// The page again with what was ticked, and what is wrong at its row.
async fn mistakes(
    ctx: &Ctx,
    tie: Tie,
    form: &Form,
    pending: Pending,
    keys: &[String],
    errors: Vec<FieldError>,
) -> Result<Response, Failure> {
    let mut page = page(ctx, tie, form.get("search"), form.filled("after")).await?;
    let placed = errors.into_iter().map(|error| {
        let place = error.field.split('.').next();
        let key = place.and_then(|at| keys.get(at.parse::<usize>().ok()?));
        (key.cloned().unwrap_or_default(), error)
    });
    page.errors = placed.collect();
    page.pending = pending;
    ctx.render_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

pub(super) async fn customers_of(ctx: Ctx, Path(login): Path<String>, query: Query) -> Outcome {
    show(ctx, Tie::CustomersOf(login), query).await
}

pub(super) async fn save_customers_of(ctx: Ctx, Path(login): Path<String>, form: Form) -> Outcome {
    save(ctx, Tie::CustomersOf(login), form).await
}

pub(super) async fn people_of(ctx: Ctx, Path(id): Path<String>, query: Query) -> Outcome {
    show(ctx, Tie::PeopleOf(id), query).await
}

pub(super) async fn save_people_of(ctx: Ctx, Path(id): Path<String>, form: Form) -> Outcome {
    save(ctx, Tie::PeopleOf(id), form).await
}

pub(super) async fn services_of(ctx: Ctx, Path(login): Path<String>, query: Query) -> Outcome {
    show(ctx, Tie::ServicesOf(login), query).await
}

pub(super) async fn save_services_of(ctx: Ctx, Path(login): Path<String>, form: Form) -> Outcome {
    save(ctx, Tie::ServicesOf(login), form).await
}

pub(super) async fn people_with(ctx: Ctx, Path(name): Path<String>, query: Query) -> Outcome {
    show(ctx, Tie::PeopleWith(name), query).await
}

pub(super) async fn save_people_with(ctx: Ctx, Path(name): Path<String>, form: Form) -> Outcome {
    save(ctx, Tie::PeopleWith(name), form).await
}

pub(super) async fn default_services(ctx: Ctx, query: Query) -> Outcome {
    show(ctx, Tie::DefaultServices, query).await
}

pub(super) async fn save_default_services(ctx: Ctx, form: Form) -> Outcome {
    save(ctx, Tie::DefaultServices, form).await
}
