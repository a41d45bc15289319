//! Taking a change back: what that would do, then doing it.

use askama::Template;
use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::routing::get;
use kartoteka_access::{Access, UndoPlan};
use kartoteka_directory::{Action, Error, FieldError, HistoryEntry, Object};

use crate::context::{Ctx, Outcome};
use crate::frame::{Flash, Frame};
use crate::input::Form;
use crate::relations::Preview;
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
    /// What a plan of relations does, and to whom.
    preview: Option<Preview>,
    errors: Vec<FieldError>,
    /// Where the entry is listed among others.
    back: String,
}

impl UndoPage {
    /// Everything that the plan would do, a line each.
    fn lines(&self) -> Vec<String> {
        let field = |change: &kartoteka_directory::Change| {
            let empty = self.page.t("history-empty-value");
            let value = |text: &str| match text {
                "" => empty.clone(),
                text => self.page.value_of(&self.entry.kind, &change.field, text),
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
                let effects = self.page.effects_beside(&plan.effects, &plan.changes);
                changes.chain(effects).collect()
            }
            Some(UndoPlan::Settings(plan)) => plan.changes.iter().map(field).collect(),
            // The preview says it.
            Some(UndoPlan::Relations(_)) => vec![],
        }
    }

    fn does_nothing(&self) -> bool {
        let said = self.preview.as_ref();
        let said = said.is_some_and(|preview| !preview.changes.is_empty());
        self.errors.is_empty() && !said && self.lines().is_empty()
    }
}

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

async fn shown(ctx: &Ctx, number: i64) -> Result<UndoPage, crate::failure::Failure> {
    let entry = Access::of(&ctx.directory)
        .journal_entry_of(&ctx.actor, number)
        .await?;
    let mut errors = Vec::new();
    let plan = match Access::of(&ctx.directory)
        .plan_undo(&ctx.actor, number)
        .await
    {
        Ok(plan) => Some(Access::of(&ctx.directory).preview_undo(plan).await?),
        Err(Error::Invalid(wrong)) => {
            errors = wrong;
            None
        }
        Err(error) => return Err(error.into()),
    };
    let page = ctx
        .frame(ctx.t("undo-title"))
        .crumb("/journal", ctx.t("journal-title"));
    let mut preview = None;
    match &plan {
        Some(UndoPlan::Record(plan)) => errors.extend(plan.errors.iter().cloned()),
        Some(UndoPlan::Settings(plan)) => errors.extend(plan.errors.iter().cloned()),
        Some(UndoPlan::Relations(plan)) => {
            errors.extend(plan.errors.iter().cloned());
            preview = Some(Preview::new(&page, plan));
        }
        None => {}
    }
    Ok(UndoPage {
        back: ctx.url(&place(ctx, &entry)),
        page,
        entry,
        plan,
        preview,
        errors,
    })
}

async fn show(ctx: Ctx, Path(number): Path<i64>) -> Outcome {
    ctx.require(Action::Change, Object::Access)?;
    let page = shown(&ctx, number).await?;
    ctx.render(&page)
}

async fn apply(ctx: Ctx, Path(number): Path<i64>, _form: Form) -> Outcome {
    ctx.require(Action::Change, Object::Access)?;
    let entry = Access::of(&ctx.directory)
        .journal_entry_of(&ctx.actor, number)
        .await?;
    let plan = Access::of(&ctx.directory)
        .plan_undo(&ctx.actor, number)
        .await;
    let done = match plan {
        Ok(plan) => Access::of(&ctx.directory).apply_undo(plan).await,
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
