//! Which fields of many people change: validity, customer, any field of the map, or a part of its text.

use askama::Template;
use axum::http::StatusCode;
use kartoteka_directory::{Action, Error, FieldError, Kind, Object, SourceInfo};
use kartoteka_jobs::{FieldChange, FieldEdit, Jobs};
use kartoteka_model::Validity;
use kartoteka_model::text::fold;

use super::choose::named;
use super::selection::Selected;
use crate::context::{Ctx, Outcome};
use crate::failure::Failure;
use crate::frame::Frame;
use crate::input::{Form, Pairs};
use crate::records::{fields_of_form, label_of, selections_of};

/// Rows for fields that get a value, and for parts of a text.
const SET: usize = 2;
const REPLACE: usize = 2;

/// A field to choose.
struct Choice {
    name: String,
    label: String,
}

/// A row as it was typed.
#[derive(Default)]
struct Row {
    id: String,
    field: String,
    /// The value, or the part of it that is replaced.
    text: String,
    by: String,
    errors: Vec<String>,
}

#[derive(Template)]
#[template(path = "jobs/fields.html")]
struct FieldsPage {
    page: Frame,
    selected: Selected,
    count: u64,
    list: String,
    fields: Vec<Choice>,
    validity: String,
    customer: String,
    customer_errors: Vec<String>,
    set: Vec<Row>,
    replace: Vec<Row>,
    errors: Vec<String>,
}

impl FieldsPage {
    fn named(&self) -> Option<String> {
        named(&self.selected)
    }

    fn validities(&self) -> [(i16, String); 3] {
        Validity::ALL.map(|one| (one.id(), self.page.validity(one.name())))
    }

    fn is_validity(&self, id: &i16) -> bool {
        self.validity == id.to_string()
    }
}

/// The fields that a row can choose: not what has a place of its own in the form.
fn choices(page: &Frame, sources: &[SourceInfo]) -> Vec<Choice> {
    fields_of_form(sources)
        .into_iter()
        .filter(|name| !["UserLogin", "UserCustomerID"].contains(&name.as_str()))
        .map(|name| Choice {
            label: label_of(page, sources, &name),
            name,
        })
        .collect()
}

/// The changes that a form asks for, with the input of each.
fn read(form: &Pairs, sources: &[SourceInfo]) -> Vec<(String, FieldChange)> {
    let mut changes = Vec::new();
    let mut set = |id: &str, field: &str, value: &str| {
        changes.push((
            id.to_owned(),
            FieldChange {
                field: field.to_owned(),
                edit: FieldEdit::Set {
                    value: value.to_owned(),
                },
            },
        ));
    };
    if let Some(validity) = form.filled("validity") {
        set("validity", "ValidID", validity);
    }
    if let Some(customer) = form.filled("customer") {
        set("customer", "UserCustomerID", customer);
    }
    for at in 0..SET {
        let id = format!("set.{at}");
        if let Some(field) = form.filled(&id) {
            let typed = form.get(&format!("{id}.value")).trim();
            // A value with a name is chosen by that, too.
            let known = selections_of(sources, field);
            let meant = known.iter().find(|(_, label)| fold(label) == fold(typed));
            set(&id, field, meant.map_or(typed, |(value, _)| value));
        }
    }
    for at in 0..REPLACE {
        let id = format!("replace.{at}");
        let part = form.get(&format!("{id}.text"));
        if let Some(field) = form.filled(&id).filter(|_| !part.is_empty()) {
            let edit = FieldEdit::Replace {
                replace: part.to_owned(),
                by: form.get(&format!("{id}.by")).to_owned(),
            };
            let field = field.to_owned();
            changes.push((id, FieldChange { field, edit }));
        }
    }
    changes
}

async fn page(
    ctx: &Ctx,
    selected: Selected,
    form: &Pairs,
    wrong: Vec<(String, String)>,
) -> Result<FieldsPage, Failure> {
    let sources = ctx.directory.sources(Kind::CustomerUser);
    let page = ctx
        .frame(ctx.t("jobs-fields-title"))
        .group(ctx.t("nav-group-people"))
        .crumb("/customer-users", ctx.t("nav-customer-users"));
    let of = |id: &str| -> Vec<String> {
        let own = wrong.iter().filter(|(at, _)| at == id);
        own.map(|(_, text)| text.clone()).collect()
    };
    let row = |kind: &str, at: usize, text: &str| {
        let id = format!("{kind}.{at}");
        Row {
            field: form.get(&id).to_owned(),
            text: form.get(&format!("{id}.{text}")).to_owned(),
            by: form.get(&format!("{id}.by")).to_owned(),
            errors: of(&id),
            id,
        }
    };
    Ok(FieldsPage {
        count: selected.count(ctx).await?,
        list: selected.list(ctx),
        selected,
        fields: choices(&page, &sources),
        validity: form.get("validity").to_owned(),
        customer: form.get("customer").to_owned(),
        customer_errors: of("customer"),
        set: (0..SET).map(|at| row("set", at, "value")).collect(),
        replace: (0..REPLACE).map(|at| row("replace", at, "text")).collect(),
        errors: of(""),
        page,
    })
}

/// `POST /jobs/fields/new`: the selected people are here. With `preset=deactivate` the job is made at once.
pub async fn show(ctx: Ctx, form: Form) -> Outcome {
    ctx.require(Action::Change, Object::Jobs)?;
    let selected = Selected::read(&ctx, &form);
    if form.get("preset") == "deactivate" && !selected.is_nobody() {
        let invalid = Validity::Invalid.id().to_string();
        let change = FieldChange {
            field: "ValidID".to_owned(),
            edit: FieldEdit::Set { value: invalid },
        };
        return made(&ctx, selected, &form, vec![(String::new(), change)]).await;
    }
    let status = match selected.is_nobody() {
        true => StatusCode::UNPROCESSABLE_ENTITY,
        false => StatusCode::OK,
    };
    let page = page(&ctx, selected, &Pairs::default(), Vec::new()).await?;
    ctx.render_with(status, &page)
}

/// `POST /jobs/fields`: makes the job, whose page shows each value that would change.
pub async fn make(ctx: Ctx, form: Form) -> Outcome {
    ctx.require(Action::Change, Object::Jobs)?;
    let selected = Selected::read(&ctx, &form);
    let sources = ctx.directory.sources(Kind::CustomerUser);
    let changes = read(&form, &sources);
    made(&ctx, selected, &form, changes).await
}

async fn made(
    ctx: &Ctx,
    selected: Selected,
    form: &Pairs,
    changes: Vec<(String, FieldChange)>,
) -> Outcome {
    let (inputs, fields): (Vec<String>, Vec<FieldChange>) = changes.into_iter().unzip();
    let selection = selected.selection(ctx);
    let job = Jobs::of(&ctx.directory)
        .make_field_job(&ctx.actor, selection, fields, false)
        .await;
    let job = match job {
        Ok(job) => job,
        Err(Error::Invalid(errors)) => {
            let frame = ctx.frame(String::new());
            let place = |error: &FieldError| {
                let at = error.field.split('.').next().and_then(|at| at.parse().ok());
                let input = at.and_then(|at: usize| inputs.get(at)).cloned();
                let text = match error.field.as_str() {
                    "changes" => ctx.t("jobs-fields-none"),
                    "select" => ctx.t("jobs-nobody"),
                    _ => frame.problem(&error.problem),
                };
                (input.unwrap_or_default(), text)
            };
            let wrong = errors.iter().map(place).collect();
            let page = page(ctx, selected, form, wrong).await?;
            return ctx.render_with(StatusCode::UNPROCESSABLE_ENTITY, &page);
        }
        Err(error) => return Err(error.into()),
    };
    super::previewed(ctx, &job).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filled_rows_are_changes() {
        let form = "validity=2&customer=&set.0=UserCity&set.0.value=+%C5%81%C3%B3d%C5%BA+&set.1.value=x\
                    &replace.1=UserEmail&replace.1.text=%40a&replace.1.by=%40b&replace.0=UserEmail";
        let changes = read(&Pairs::parse(form.as_bytes()).unwrap(), &[]);
        let told: Vec<(String, Option<String>)> = changes
            .iter()
            .map(|(id, change)| (format!("{id}:{}", change.field), change.after("x@a")))
            .collect();
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(
            told,
            [
                ("validity:ValidID".to_owned(), some("2")),
                ("set.0:UserCity".to_owned(), some("Łódź")),
                ("replace.1:UserEmail".to_owned(), some("x@b")),
            ]
        );
    }
}
