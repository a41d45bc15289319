//! A matrix as a page: shown, filtered, previewed, saved.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use axum::http::StatusCode;
use kartoteka_directory::{Error, FieldError, RelationPlan, Wanted};

use super::base::{Base, Note, View};
use super::cell::CellKey;
use super::changes::{forget_what_is_so, toggle_column, toggle_row};
use super::matrix::{Matrix, Mistakes};
use super::preview::{ChangeLine, Preview};
use super::reasons;
use super::side::Side;
use super::ticks::Ticks;
use crate::context::{Ctx, Outcome};
use crate::frame::{Flash, Frame};
use crate::input::{Form, Query};
use crate::pages::error::Failure;

/// A place beside this one: the record, or the other direction.
struct Beside {
    label: String,
    href: String,
    current: bool,
}

#[derive(Template)]
#[template(path = "permissions/matrix.html")]
struct MatrixPage {
    page: Frame,
    side: Side,
    action: String,
    record: String,
    view: View,
    beside: Vec<Beside>,
    notes: Vec<Note>,
    locked: Option<String>,
    support: bool,
    /// Where permissions by group are switched on, for those who may.
    settings: Option<String>,
    /// Changes that were not saved since there are no permissions by group any more.
    unsaved: Vec<ChangeLine>,
    matrix: Matrix,
    preview: Option<Preview>,
    mistakes: usize,
    next: Option<String>,
    count: Option<String>,
}

/// `GET` of a matrix.
pub async fn show(ctx: Ctx, side: Side, Query(query): Query) -> Outcome {
    let view = View::read(&query);
    let base = Base::read(&ctx, &side, &view, &BTreeSet::new()).await?;
    let page = page(base, &view, &Ticks::default(), &Mistakes::new(), None);
    ctx.render(&page)
}

/// `POST` of a matrix: what the button that was pressed asks for.
pub async fn submit(ctx: Ctx, side: Side, Form(form): Form) -> Outcome {
    let mut ticks = Ticks::read(&form);
    let wish = form.get("_do");
    let mut view = View::read(&form);
    match wish {
        "search" => view.after = None,
        "next" => view.after = form.filled("_next").map(str::to_owned),
        "first" => view.after = None,
        // The text in the box that nobody searched for yet is not what is shown.
        _ => form.get("_shown").clone_into(&mut view.search),
    }
    let browsing = matches!(wish, "search" | "next" | "first");
    if browsing && ticks.is_empty() {
        return ctx.redirect(&view.address(&side.path()));
    }
    if browsing || wish.starts_with("column ") || wish.starts_with("row ") {
        let base = read(&ctx, &side, &view, &ticks, &Mistakes::new()).await?;
        forget_what_is_so(&base, &mut ticks);
        match wish.split_once(' ') {
            Some(("column", name)) => toggle_column(&base, name, &mut ticks),
            Some((_, key)) => toggle_row(&base, key, &mut ticks),
            None => {}
        }
        return ctx.render(&page(base, &view, &ticks, &Mistakes::new(), None));
    }
    decide(&ctx, side, &view, ticks, wish).await
}

/// Previews or saves.
async fn decide(ctx: &Ctx, side: Side, view: &View, ticks: Ticks, wish: &str) -> Outcome {
    let settings = ctx.directory.access_in_force(&ctx.actor).await?;
    if !settings.customer_group_support {
        let base = read(ctx, &side, view, &ticks, &Mistakes::new()).await?;
        let page = page(base, view, &ticks, &Mistakes::new(), None);
        return ctx.render_with(StatusCode::CONFLICT, &page);
    }
    let cells: Vec<(CellKey, bool)> = ticks
        .iter()
        .map(|(cell, given)| (cell.clone(), given))
        .collect();
    let wanted: Vec<Wanted> = cells
        .iter()
        .map(|(cell, given)| side.wanted(cell, *given))
        .collect();
    let plan = ctx.directory.plan_relations(&ctx.actor, wanted).await?;
    if !plan.errors.is_empty() {
        return refused(ctx, &side, view, ticks, &cells, &plan.errors).await;
    }
    if wish == "preview" {
        let base = read(ctx, &side, view, &ticks, &Mistakes::new()).await?;
        return ctx.render(&page(base, view, &ticks, &Mistakes::new(), Some(&plan)));
    }
    match ctx.directory.apply_relations(plan).await {
        Ok(applied) => {
            let flash = match applied.changes.len() {
                0 => Flash::new("flash-permissions-unchanged"),
                count => Flash::new("flash-permissions-saved").with("count", count.to_string()),
            };
            let path = match wish {
                "finish" => side.record(),
                _ => view.address(&side.path()),
            };
            ctx.redirect_with(&path, flash)
        }
        Err(Error::Invalid(errors)) => refused(ctx, &side, view, ticks, &cells, &errors).await,
        Err(error) => Err(error.into()),
    }
}

/// The form again, with what is wrong at the cells, and every tick kept.
async fn refused(
    ctx: &Ctx,
    side: &Side,
    view: &View,
    ticks: Ticks,
    cells: &[(CellKey, bool)],
    errors: &[FieldError],
) -> Outcome {
    let mut mistakes: Mistakes = BTreeMap::new();
    for error in errors {
        let at = error.field.split('.').next().and_then(|at| at.parse().ok());
        let cell = at.and_then(|at: usize| cells.get(at));
        let (cell, _) = cell.ok_or_else(|| Failure::internal(&error.field))?;
        let problems = mistakes.entry(cell.clone()).or_default();
        if !problems.contains(&error.problem) {
            problems.push(error.problem.clone());
        }
    }
    let base = read(ctx, side, view, &ticks, &mistakes).await?;
    let page = page(base, view, &ticks, &mistakes, None);
    ctx.render_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

/// The matrix with all rows in it that have to be seen.
async fn read(
    ctx: &Ctx,
    side: &Side,
    view: &View,
    ticks: &Ticks,
    mistakes: &Mistakes,
) -> Result<Base, Failure> {
    let mut rows: BTreeSet<&str> = mistakes.keys().map(|cell| cell.row.as_str()).collect();
    if side.has_all_rows() {
        rows.extend(ticks.rows());
    }
    let mut base = Base::read(ctx, side, view, &rows).await?;
    base.add_columns(ticks.iter().map(|(cell, _)| cell));
    Ok(base)
}

fn page(
    base: Base,
    view: &View,
    ticks: &Ticks,
    mistakes: &Mistakes,
    plan: Option<&RelationPlan>,
) -> MatrixPage {
    let matrix = Matrix::new(&base, ticks, mistakes);
    let frame = &base.page;
    let unsaved = ticks.iter().filter(|_| !base.support);
    let unsaved = unsaved.map(|(cell, given)| ChangeLine {
        given,
        text: format!("{}: {}", cell.row, frame.permission_name(&cell.permission)),
    });
    MatrixPage {
        unsaved: unsaved.collect(),
        action: frame.url(&base.side.path()),
        record: frame.url(&base.side.record()),
        beside: beside(frame, &base.side),
        settings: reasons::settings(frame),
        preview: plan.map(|plan| Preview::new(frame, plan)),
        mistakes: mistakes.values().map(Vec::len).sum(),
        matrix,
        view: view.clone(),
        side: base.side,
        notes: base.notes,
        locked: base.locked,
        support: base.support,
        next: base.next,
        count: base.count,
        page: base.page,
    }
}

fn beside(page: &Frame, side: &Side) -> Vec<Beside> {
    let place = |key: &str, side_at: Side| Beside {
        label: page.t(key),
        href: page.url(&side_at.path()),
        current: side_at == *side,
    };
    match side {
        Side::Person(_) | Side::Customer(_) => vec![
            Beside {
                label: page.t(&format!("permissions-direction-{}", side.word())),
                href: page.url(&side.path()),
                current: true,
            },
            Beside {
                label: page.t(&format!("permissions-direction-other-{}", side.word())),
                href: page.url("/permissions#groups"),
                current: false,
            },
        ],
        Side::GroupPeople(group) | Side::GroupCustomers(group) => vec![
            place(
                "permissions-direction-group-people",
                Side::GroupPeople(group.clone()),
            ),
            place(
                "permissions-direction-group-customers",
                Side::GroupCustomers(group.clone()),
            ),
        ],
    }
}
