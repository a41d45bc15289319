//! A matrix as a page: shown, filtered, previewed, saved.

use std::collections::BTreeSet;

use askama::Template;
use axum::http::StatusCode;
use kartoteka_access::{Access, RelationPlan, Wanted};
use kartoteka_directory::{Error, FieldError};
use kartoteka_model::access::Context;

use super::base::{Base, Note, View};
use super::cell::CellKey;
use super::changes::{forget_what_is_so, toggle_column, toggle_row};
use super::matrix::{Matrix, Mistakes};
use super::reasons;
use super::side::Side;
use super::ticks::Ticks;
use crate::context::{Ctx, Outcome};
use crate::failure::Failure;
use crate::frame::{Flash, Frame};
use crate::input::{Form, Pairs, Query};
use crate::relations::{ChangeLine, FormRecord, Preview, find_form_record, lost};

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
    /// What is wrong with the record itself, and so with every tick.
    own_mistakes: BTreeSet<String>,
    /// The journal's latest entry when this was read.
    seen: i64,
    next: Option<String>,
    count: Option<String>,
}

/// What of the form is shown again.
#[derive(Default)]
struct Shown<'a> {
    ticks: Ticks,
    mistakes: Mistakes,
    /// What is wrong with every tick.
    own_mistakes: BTreeSet<String>,
    plan: Option<&'a RelationPlan>,
}

impl Shown<'_> {
    fn of(ticks: Ticks) -> Self {
        Self {
            ticks,
            ..Self::default()
        }
    }
}

/// `GET` of a matrix.
pub async fn show(ctx: Ctx, side: Side, Query(query): Query) -> Outcome {
    let view = View::read(&query);
    let page = page(&ctx, &side, &view, Shown::default()).await?;
    ctx.render(&page)
}

/// `POST` of a matrix: what the button that was pressed asks for. Where the record is gone or has another key by now
/// nothing is done, and what was ticked is shown.
pub async fn submit(ctx: Ctx, side: Side, Form(form): Form) -> Outcome {
    let place = find_form_record(&ctx, side.kind(), side.key(), &form).await?;
    if !matches!(place, FormRecord::Here) {
        return elsewhere(&ctx, &side, &form, place).await;
    }
    match act(&ctx, side.clone(), &form).await {
        // It may get another key even between this look and saving.
        Err(failure) if failure.status() == StatusCode::NOT_FOUND => {
            match find_form_record(&ctx, side.kind(), side.key(), &form).await? {
                FormRecord::Here => Err(failure),
                place => elsewhere(&ctx, &side, &form, place).await,
            }
        }
        outcome => outcome,
    }
}

/// The matrix under its record's new key with all ticks; or what was ticked, if there is no record any more.
async fn elsewhere(ctx: &Ctx, side: &Side, form: &Pairs, place: FormRecord) -> Outcome {
    let ticks = Ticks::read(form);
    let FormRecord::Moved(key) = place else {
        let frame = ctx.frame(String::new());
        return lost(ctx, &side.list(), side.key(), lines(&frame, &ticks));
    };
    let mut view = View::read(form);
    form.get("_shown").clone_into(&mut view.search);
    let moved = side.of(key);
    let mut page = page(ctx, &moved, &view, Shown::of(ticks)).await?;
    page.notes.insert(
        0,
        Note {
            text: page
                .page
                .with2("relations-moved", "from", side.key(), "to", moved.key()),
            warns: true,
        },
    );
    ctx.render_with(StatusCode::CONFLICT, &page)
}

async fn act(ctx: &Ctx, side: Side, form: &Pairs) -> Outcome {
    let mut ticks = Ticks::read(form);
    let wish = form.get("_do");
    let mut view = View::read(form);
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
        let seen = ctx.directory.journal_position(&ctx.actor).await?;
        let base = read(ctx, &side, &view, &ticks, &Mistakes::new()).await?;
        forget_what_is_so(&base, &mut ticks);
        match wish.split_once(' ') {
            Some(("column", name)) => toggle_column(&base, name, &mut ticks),
            Some((_, key)) => toggle_row(&base, key, &mut ticks),
            None => {}
        }
        return ctx.render(&filled(base, seen, &view, Shown::of(ticks)));
    }
    decide(ctx, side, &view, ticks, wish).await
}

/// Previews or saves.
async fn decide(ctx: &Ctx, side: Side, view: &View, ticks: Ticks, wish: &str) -> Outcome {
    let settings = Access::of(&ctx.directory)
        .access_in_force(&ctx.actor)
        .await?;
    if !settings.customer_group_support {
        let page = page(ctx, &side, view, Shown::of(ticks)).await?;
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
    let plan = Access::of(&ctx.directory)
        .plan_relations(&ctx.actor, wanted)
        .await?;
    if !plan.errors.is_empty() {
        return refused(ctx, &side, view, ticks, &cells, &plan.errors).await;
    }
    if wish == "preview" {
        let shown = Shown {
            plan: Some(&plan),
            ..Shown::of(ticks)
        };
        return ctx.render(&page(ctx, &side, view, shown).await?);
    }
    match Access::of(&ctx.directory).apply_relations(plan).await {
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

/// The form again, with what is wrong at the cells, and every tick kept. What is wrong with the record itself is said
/// once, not at each cell.
async fn refused(
    ctx: &Ctx,
    side: &Side,
    view: &View,
    ticks: Ticks,
    cells: &[(CellKey, bool)],
    errors: &[FieldError],
) -> Outcome {
    let mut shown = Shown::of(ticks);
    let frame = ctx.frame(String::new());
    for error in errors {
        let place = error.field.split_once('.');
        let cell =
            place.and_then(|(at, field)| Some((cells.get(at.parse::<usize>().ok()?)?, field)));
        let ((cell, _), field) = cell.ok_or_else(|| Failure::internal(&error.field))?;
        if field == side.field() {
            shown.own_mistakes.insert(frame.problem(&error.problem));
            continue;
        }
        let problems = shown.mistakes.entry(cell.clone()).or_default();
        if !problems.contains(&error.problem) {
            problems.push(error.problem.clone());
        }
    }
    let page = page(ctx, side, view, shown).await?;
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

async fn page(
    ctx: &Ctx,
    side: &Side,
    view: &View,
    shown: Shown<'_>,
) -> Result<MatrixPage, Failure> {
    // Before anything else is read: what is renamed from now on is found again.
    let seen = ctx.directory.journal_position(&ctx.actor).await?;
    let base = read(ctx, side, view, &shown.ticks, &shown.mistakes).await?;
    Ok(filled(base, seen, view, shown))
}

fn filled(base: Base, seen: i64, view: &View, shown: Shown<'_>) -> MatrixPage {
    let Shown {
        ticks,
        mistakes,
        own_mistakes,
        plan,
    } = shown;
    let matrix = Matrix::new(&base, &ticks, &mistakes);
    let frame = &base.page;
    let unsaved = match base.support {
        true => vec![],
        false => lines(frame, &ticks),
    };
    MatrixPage {
        seen,
        unsaved,
        action: frame.url(&base.side.path()),
        record: frame.url(&base.side.record()),
        beside: beside(frame, &base.side),
        settings: reasons::settings(frame),
        preview: plan.map(|plan| Preview::new(frame, plan)),
        mistakes: own_mistakes.len() + mistakes.values().map(Vec::len).sum::<usize>(),
        own_mistakes,
        matrix,
        view: View {
            after: view.after.clone().filter(|_| !base.restarted),
            ..view.clone()
        },
        side: base.side,
        notes: base.notes,
        locked: base.locked,
        support: base.support,
        next: base.next,
        count: base.count,
        page: base.page,
    }
}

/// What was ticked and unticked, where there is no matrix to show it in.
fn lines(page: &Frame, ticks: &Ticks) -> Vec<ChangeLine> {
    let line = |(cell, given): (&CellKey, bool)| {
        let permission = page.permission_name(&cell.permission);
        let text = format!("{}: {permission}", cell.row);
        ChangeLine {
            given,
            text: match cell.context {
                Context::Same => text,
                Context::Other => format!("{text} ({})", page.context_name(cell.context)),
            },
        }
    };
    ticks.iter().map(line).collect()
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
