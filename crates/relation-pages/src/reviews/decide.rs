//! What the form of an open review asks for: decisions on rows, on the page, on all that the filter leaves.

use std::collections::BTreeMap;

use axum::extract::Path;
use kartoteka_directory::{Action, Error, FieldError, Object};
use kartoteka_reviews::{Decide, Decision, ReviewState, Reviews};

use super::item::Typed;
use super::path;
use super::show::{Returned, View, open};
use crate::context::{Ctx, Outcome};
use crate::frame::Flash;
use crate::input::{Form, Pairs};

/// What stood in one row, and what it was when the form was made.
struct Shown {
    item: i64,
    version: Option<i64>,
    was: Typed,
    now: Typed,
}

impl Shown {
    fn is_changed(&self) -> bool {
        self.now.decision != self.was.decision || self.now.comment != self.was.comment
    }
}

/// The rows of a form: `row` names each, `d7` is its decision, `c7` its comment; `was7` and `cw7` say what they were.
fn rows(form: &Pairs) -> Vec<Shown> {
    let rows = form.all("row").filter_map(|row| row.parse::<i64>().ok());
    let row = |item: i64| {
        let decision = |name: String| Decision::parse(form.get(&name));
        let was = decision(format!("was{item}")).unwrap_or(Decision::Undecided);
        let text = |name: String| form.get(&name).trim().to_owned();
        Shown {
            item,
            version: form.number(&format!("v{item}")),
            was: Typed {
                decision: was,
                comment: text(format!("cw{item}")),
            },
            now: Typed {
                decision: decision(format!("d{item}")).unwrap_or(was),
                comment: text(format!("c{item}")),
            },
        }
    };
    rows.map(row).collect()
}

/// `POST /reviews/{id}`: the button that was pressed says what is meant.
pub async fn submit(ctx: Ctx, Path(id): Path<i64>, Form(form): Form) -> Outcome {
    ctx.require(Action::Change, Object::Reviews)?;
    let view = View::read(&form);
    let wish = form.get("_do");
    if let Some(decision) = wish.strip_prefix("all-").and_then(Decision::parse) {
        return all(&ctx, id, view, decision, &form).await;
    }
    let mut shown = rows(&form);
    if let Some(decision) = wish.strip_prefix("page-").and_then(Decision::parse) {
        for row in &mut shown {
            row.now.decision = decision;
        }
    }
    let changed: Vec<&Shown> = shown.iter().filter(|row| row.is_changed()).collect();
    let wanted = changed.iter().map(|row| Decide {
        item: row.item,
        decision: row.now.decision,
        comment: (row.now.comment != row.was.comment).then(|| row.now.comment.clone()),
        version: row.version,
    });
    match Reviews::of(&ctx.directory)
        .decide(&ctx.actor, id, wanted.collect())
        .await
    {
        Ok(decided) => {
            let to = match (wish, form.number("_next")) {
                ("next", Some(next)) => View {
                    after: Some(next),
                    ..view
                },
                _ => view,
            };
            let flash = match decided.overruled.first() {
                None => Flash::new("flash-review-decided"),
                Some(first) => Flash::new("flash-review-overruled").with("name", &first.by),
            };
            let count = match decided.overruled.len() {
                0 => decided.changed,
                count => count as u64,
            };
            ctx.redirect_with(&to.address(id), flash.with("count", count.to_string()))
        }
        Err(Error::Invalid(errors)) => {
            let items: Vec<i64> = changed.iter().map(|row| row.item).collect();
            let typed = changed.iter().map(|row| (row.item, row.now.clone()));
            let typed: BTreeMap<i64, Typed> = typed.collect();
            refused(&ctx, id, view, errors, &items, typed).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn all(ctx: &Ctx, id: i64, view: View, decision: Decision, form: &Pairs) -> Outcome {
    let comment = form.filled("all_comment");
    let done = Reviews::of(&ctx.directory)
        .decide_all(&ctx.actor, id, &view.filter(), decision, comment)
        .await;
    match done {
        Ok(done) => {
            let flash = match done.left {
                0 => Flash::new("flash-review-decided"),
                left => Flash::new("flash-review-decided-some").with("detail", left.to_string()),
            };
            let flash = flash.with("count", done.changed.to_string());
            ctx.redirect_with(&view.beginning().address(id), flash)
        }
        Err(Error::Invalid(mut errors)) => {
            let review = Reviews::of(&ctx.directory).review(&ctx.actor, id).await?;
            if review.state != ReviewState::Open {
                return closed(ctx, id);
            }
            let returned = Returned {
                all_comment: form.get("all_comment").to_owned(),
                all_wrong: errors.pop().map(|error| error.problem),
                ..Returned::default()
            };
            open(ctx, review, view, returned).await
        }
        Err(error) => Err(error.into()),
    }
}

/// The form again with everything that was typed, and what is wrong at its row.
async fn refused(
    ctx: &Ctx,
    id: i64,
    view: View,
    errors: Vec<FieldError>,
    items: &[i64],
    typed: BTreeMap<i64, Typed>,
) -> Outcome {
    let review = Reviews::of(&ctx.directory).review(&ctx.actor, id).await?;
    if review.state != ReviewState::Open {
        return closed(ctx, id);
    }
    let mut returned = Returned {
        typed,
        ..Returned::default()
    };
    for error in errors {
        let place = error.field.split('.').next();
        let item = place.and_then(|at| items.get(at.parse::<usize>().ok()?));
        if let Some(item) = item {
            let wrong = returned.wrong.entry(*item).or_default();
            wrong.push(error.problem);
        }
    }
    open(ctx, review, view, returned).await
}

/// Somebody ended the review meanwhile: nothing was decided.
pub fn closed(ctx: &Ctx, id: i64) -> Outcome {
    ctx.redirect_with(&path(id), Flash::new("flash-review-closed"))
}

/// `POST /reviews/{id}/take-in`.
pub async fn take_in(ctx: Ctx, Path(id): Path<i64>, _form: Form) -> Outcome {
    ctx.require(Action::Change, Object::Reviews)?;
    match Reviews::of(&ctx.directory)
        .take_in_added(&ctx.actor, id)
        .await
    {
        Ok(count) => {
            let flash = Flash::new("flash-review-taken-in").with("count", count.to_string());
            ctx.redirect_with(&path(id), flash)
        }
        Err(Error::Invalid(errors)) => match errors.into_iter().next() {
            Some(error) => {
                let detail = ctx.frame(String::new()).problem(&error.problem);
                let flash = Flash::new("flash-review-refused").with("detail", detail);
                ctx.redirect_with(&path(id), flash)
            }
            None => closed(&ctx, id),
        },
        Err(error) => Err(error.into()),
    }
}
