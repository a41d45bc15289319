//! Taking a change back: what that would do, then doing it.

use askama::Template;
use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::routing::get;
use kartoteka_directory::{Error, FieldError, HistoryEntry, Role, UndoPlan};

use crate::context::{Ctx, Outcome};
use crate::frame::{Flash, Frame};
use crate::input::Form;
use crate::state::Site;

/// `/journal/{entry}/undo`.
pub fn routes() -> Router<Site> {
    Router::new().route("/journal/{entry}/undo", get(show).post(apply))
}

#[derive(Template)]
#[template(path = "undo.html")]
struct UndoPage {
    page: Frame,
    entry: HistoryEntry,
    plan: Option<UndoPlan>,
    errors: Vec<FieldError>,
}

impl UndoPage {
    /// Everything that the plan would do, a line each.
    fn lines(&self) -> Vec<String> {
        let field = |change: &kartoteka_directory::Change| {
            let empty = self.page.t("history-empty-value");
            let value = |text: &str| match text {
                "" => empty.clone(),
                text => self.page.value(&change.field, text),
            };
            format!(
                "{}: {} → {}",
                self.page.field_name(&change.field),
                value(&change.before),
                value(&change.after)
            )
        };
        match &self.plan {
            None => vec![],
            Some(UndoPlan::Record(plan)) => {
                let changes = plan.changes.iter().map(field);
                let effects = self.page.effects(plan.effects.iter());
                changes.chain(effects).collect()
            }
            Some(UndoPlan::Settings(plan)) => plan.changes.iter().map(field).collect(),
            Some(UndoPlan::Relations(plan)) => {
                let changes = plan.changes.iter().take(MOST_LINES);
                changes
                    .map(|change| self.page.relation_of(change))
                    .collect()
            }
        }
    }

    /// How many lines were left out.
    fn left_out(&self) -> usize {
        match &self.plan {
            Some(UndoPlan::Relations(plan)) => plan.changes.len().saturating_sub(MOST_LINES),
            _ => 0,
        }
    }

    fn nothing_to_do(&self) -> bool {
        self.errors.is_empty() && self.lines().is_empty()
    }
}

/// Relations that are listed one by one.
const MOST_LINES: usize = 50;

/// The page that history stands on.
fn place(ctx: &Ctx, entry: &HistoryEntry) -> String {
    let page = ctx.frame(String::new());
    let path = page.record_path(entry);
    let own = path.and_then(|path| {
        let base = ctx.url("");
        path.strip_prefix(&base).map(str::to_owned)
    });
    own.filter(|path| path.starts_with('/'))
        .unwrap_or_else(|| "/journal".into())
}

async fn shown(ctx: &Ctx, number: i64) -> Result<UndoPage, crate::pages::error::Failure> {
    let entry = ctx.directory.journal_entry_of(&ctx.actor, number).await?;
    let (plan, errors) = match ctx.directory.plan_undo(&ctx.actor, number).await {
        Ok(UndoPlan::Record(mut plan)) => {
            let errors = std::mem::take(&mut plan.errors);
            (Some(UndoPlan::Record(plan)), errors)
        }
        Ok(UndoPlan::Relations(mut plan)) => {
            let errors = std::mem::take(&mut plan.errors);
            (Some(UndoPlan::Relations(plan)), errors)
        }
        Ok(UndoPlan::Settings(mut plan)) => {
            let errors = std::mem::take(&mut plan.errors);
            (Some(UndoPlan::Settings(plan)), errors)
        }
        Err(Error::Invalid(errors)) => (None, errors),
        Err(error) => return Err(error.into()),
    };
    let page = ctx
        .frame(ctx.t("undo-title"))
        .crumb("/journal", ctx.t("journal-title"));
    Ok(UndoPage {
        page,
        entry,
        plan,
        errors,
    })
}

async fn show(ctx: Ctx, Path(number): Path<i64>) -> Outcome {
    ctx.require(Role::Editor)?;
    let page = shown(&ctx, number).await?;
    ctx.render(&page)
}

async fn apply(ctx: Ctx, Path(number): Path<i64>, _form: Form) -> Outcome {
    ctx.require(Role::Editor)?;
    let entry = ctx.directory.journal_entry_of(&ctx.actor, number).await?;
    let plan = ctx.directory.plan_undo(&ctx.actor, number).await;
    let done = match plan {
        Ok(plan) => ctx.directory.apply_undo(plan).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(_) => ctx.redirect_with(&place(&ctx, &entry), Flash::new("flash-undone")),
        Err(Error::Invalid(errors)) => {
            let mut page = shown(&ctx, number).await?;
            page.errors = errors;
            ctx.render_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(error) => Err(error.into()),
    }
}
