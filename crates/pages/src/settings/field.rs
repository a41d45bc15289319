//! Adding a field to a source, and changing one.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use kartoteka_directory::{Action, Error, FieldError, Object};
use kartoteka_fields::{
    FieldEffect, FieldMaps, FieldPlan, FieldRow, FieldStep, FieldWish, SourceFields,
};
use kartoteka_model::{FieldKind, Shown};
use kartoteka_texts::language::Language;

use super::fields::{PATH, kind, origin, path_of, shown};
use crate::context::{Ctx, Outcome};
use crate::failure::Failure;
use crate::frame::{Flash, Frame};
use crate::input::Form;

const KINDS: [FieldKind; 2] = [FieldKind::Var, FieldKind::Int];
const SHOWN: [Shown; 3] = [Shown::Always, Shown::Never, Shown::AlsoLite];

/// What the form holds, by the names of its inputs.
type Typed = BTreeMap<String, String>;

#[derive(Template)]
#[template(path = "settings/field.html")]
struct FieldPage {
    page: Frame,
    source: SourceFields,
    /// None when it is added.
    field: Option<FieldRow>,
    action: String,
    typed: Typed,
    errors: Vec<FieldError>,
    preview: Option<FieldPlan>,
}

impl FieldPage {
    fn value(&self, name: &str) -> &str {
        self.typed.get(name).map_or("", String::as_str)
    }

    fn label_in(&self, language: &Language) -> &str {
        self.value(&format!("label_{}", language.code()))
    }

    fn is_on(&self, name: &str) -> bool {
        self.value(name) == "on"
    }

    fn has(&self, name: &str) -> bool {
        self.errors.iter().any(|error| error.field == name)
    }

    fn is_fixed(&self) -> bool {
        self.field
            .as_ref()
            .is_some_and(|field| !field.is_changeable())
    }

    fn stands(&self) -> String {
        let field = self.field.as_ref();
        field.map_or_else(String::new, |field| origin(&self.page, field))
    }

    fn kinds(&self) -> Vec<(&'static str, String)> {
        let name = |kind| if kind == FieldKind::Int { "int" } else { "var" };
        let kinds = KINDS.into_iter();
        kinds
            .map(|one| (name(one), kind(&self.page, one)))
            .collect()
    }

    fn shown(&self) -> Vec<(&'static str, String)> {
        let all = SHOWN.into_iter();
        all.map(|one| (shown_name(one), shown(&self.page, one)))
            .collect()
    }

    fn label(&self, member: &str) -> String {
        self.page
            .t(&format!("fieldmap-{}", member.replace('_', "-")))
    }

    /// A change by its member, in words.
    fn member(&self, field: &str) -> String {
        let member = field.split_once('.').map_or(field, |(_, member)| member);
        self.label(member)
    }

    fn effect(&self, effect: &FieldEffect) -> String {
        match effect {
            FieldEffect::AddsColumn { table, .. } => {
                self.page.with("fieldmap-effect-adds", "table", table)
            }
            FieldEffect::TakesColumn { table, column } => {
                self.page
                    .with2("fieldmap-effect-takes", "table", table, "column", column)
            }
            FieldEffect::KeepsData { table, column } => {
                self.page
                    .with2("fieldmap-effect-keeps", "table", table, "column", column)
            }
            FieldEffect::MakesIndex => self.page.t("fieldmap-effect-index"),
        }
    }

    fn sql<'e>(&self, effect: &'e FieldEffect) -> &'e str {
        match effect {
            FieldEffect::AddsColumn { sql, .. } => sql,
            _ => "",
        }
    }
}

fn shown_name(shown: Shown) -> &'static str {
    match shown {
        Shown::Never => "never",
        Shown::Always => "always",
        Shown::AlsoLite => "also-lite",
    }
}

/// Where a source and its field are shown.
async fn find(ctx: &Ctx, source: &str, name: &str) -> Result<(SourceFields, FieldRow), Failure> {
    let source = source_of(ctx, source).await?;
    let field = source.fields.iter().find(|field| field.name == name);
    let unknown = || Error::Unknown {
        what: "field",
        key: name.to_owned(),
    };
    let field = field.cloned().ok_or_else(unknown)?;
    Ok((source, field))
}

async fn source_of(ctx: &Ctx, id: &str) -> Result<SourceFields, Failure> {
    let maps = FieldMaps::of(&ctx.directory);
    let shown = maps.fields_shown(&ctx.actor).await?;
    let unknown = || Error::Unknown {
        what: "source",
        key: id.to_owned(),
    };
    let mut sources = shown.sources.into_iter();
    Ok(sources.find(|source| source.id == id).ok_or_else(unknown)?)
}

fn page(ctx: &Ctx, source: SourceFields, field: Option<FieldRow>, typed: Typed) -> FieldPage {
    let title = match &field {
        Some(field) => field.name.clone(),
        None => ctx.t("fieldmap-add"),
    };
    let page = ctx
        .frame(title)
        .group(ctx.t("nav-group-system"))
        .crumb(PATH, ctx.t("fieldmap-title"));
    let action = match &field {
        Some(field) => path_of(&page, &source.id, &field.name),
        None => format!("{PATH}/add/{}", page.part(&source.id)),
    };
    FieldPage {
        action: page.url(&action),
        page,
        source,
        field,
        typed,
        errors: vec![],
        preview: None,
    }
}

/// Shows the empty form; `?name=UserFax` is one that was taken out and is to come back.
pub(super) async fn new(
    ctx: Ctx,
    Path(source): Path<String>,
    Query(mut back): Query<Typed>,
) -> Outcome {
    ctx.require(Action::Change, Object::Settings)?;
    let source = source_of(&ctx, &source).await?;
    let mut typed: Typed = [("shown".to_owned(), "always".to_owned())].into();
    typed.insert("name".into(), back.remove("name").unwrap_or_default());
    ctx.render(&page(&ctx, source, None, typed))
}

pub(super) async fn add(ctx: Ctx, Path(source): Path<String>, form: Form) -> Outcome {
    ctx.require(Action::Change, Object::Settings)?;
    let source = source_of(&ctx, &source).await?;
    let name = form.get("name").trim().to_owned();
    let (wish, mistakes) = wished(&form, None);
    let page = page(&ctx, source, None, typed(&form));
    finish(&ctx, page, &name, FieldStep::Add(wish), mistakes, &form).await
}

pub(super) async fn show(ctx: Ctx, Path((source, name)): Path<(String, String)>) -> Outcome {
    ctx.require(Action::Change, Object::Settings)?;
    let (source, field) = find(&ctx, &source, &name).await?;
    let typed = held(&field);
    ctx.render(&page(&ctx, source, Some(field), typed))
}

pub(super) async fn save(
    ctx: Ctx,
    Path((source, name)): Path<(String, String)>,
    form: Form,
) -> Outcome {
    ctx.require(Action::Change, Object::Settings)?;
    let (source, field) = find(&ctx, &source, &name).await?;
    let position = match form.get("_then") {
        "up" => Some(field.position.saturating_sub(1).max(1)),
        "down" => Some(field.position + 1),
        _ => None,
    };
    let (step, mistakes, filled) = match (form.get("_then"), position) {
        (_, Some(position)) => {
            let wish = FieldWish {
                position: Some(position),
                ..FieldWish::default()
            };
            (FieldStep::Change(wish), vec![], held(&field))
        }
        ("remove", None) => (FieldStep::Remove, vec![], held(&field)),
        _ => {
            let (wish, mistakes) = wished(&form, Some(&field));
            (FieldStep::Change(wish), mistakes, typed(&form))
        }
    };
    let page = page(&ctx, source, Some(field), filled);
    finish(&ctx, page, &name, step, mistakes, &form).await
}

/// Shows what would be done, does it, or says what is wrong with it.
async fn finish(
    ctx: &Ctx,
    mut page: FieldPage,
    name: &str,
    step: FieldStep,
    mistakes: Vec<FieldError>,
    form: &Form,
) -> Outcome {
    let maps = FieldMaps::of(&ctx.directory);
    let removes = step == FieldStep::Remove;
    let plan = maps
        .plan_field(&ctx.actor, &page.source.id, name, step)
        .await?;
    page.errors = mistakes;
    page.errors.extend(plan.errors.iter().cloned());
    if page.errors.is_empty() && form.get("_then") == "preview" {
        page.preview = Some(plan);
        return ctx.render(&page);
    }
    if page.errors.is_empty() {
        match maps.apply_field(plan).await {
            Ok(_) => {
                let flash = match removes {
                    true => "flash-field-removed",
                    false => "flash-field-saved",
                };
                return ctx.redirect_with(PATH, Flash::new(flash).with("name", name));
            }
            Err(Error::Invalid(errors)) => page.errors = errors,
            Err(error) => return Err(error.into()),
        }
    }
    ctx.render_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

const INPUTS: [&str; 9] = [
    "name",
    "column",
    "size",
    "type",
    "label",
    "shown",
    "required",
    "read_only",
    "link",
];

fn typed(form: &Form) -> Typed {
    let languages = Language::ALL.map(|language| format!("label_{}", language.code()));
    let inputs = INPUTS.map(str::to_owned).into_iter().chain(languages);
    let inputs = inputs.chain(["choices".to_owned()]);
    inputs
        .map(|name| {
            let value = form.get(&name).to_owned();
            (name, value)
        })
        .collect()
}

/// What a field holds, as the form has it.
fn held(field: &FieldRow) -> Typed {
    let on = |is: bool| if is { "on" } else { "" }.to_owned();
    let choices = field.choices.iter();
    let choices: Vec<String> = choices
        .map(|(value, label)| format!("{value} = {label}"))
        .collect();
    let mut typed: Typed = [
        ("label", field.label.clone()),
        ("shown", shown_name(field.shown).to_owned()),
        ("required", on(field.required)),
        ("read_only", on(field.read_only)),
        ("link", field.link.clone()),
        ("choices", choices.join("\n")),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into();
    for (code, label) in &field.labels {
        typed.insert(format!("label_{code}"), label.clone());
    }
    typed
}

/// What the form asks for. What is as it was is not asked for, so that what the file says is no mistake.
fn wished(form: &Form, before: Option<&FieldRow>) -> (FieldWish, Vec<FieldError>) {
    let mut mistakes = vec![];
    let text = |name: &str| form.get(name).trim().to_owned();
    let size = match text("size") {
        size if size.is_empty() => None,
        size => size.parse::<u32>().map_or_else(
            |_| {
                let problem = kartoteka_directory::FieldProblem::NotANumber;
                mistakes.push(FieldError::new("size", problem));
                None
            },
            Some,
        ),
    };
    let mut labels = before.map_or_else(BTreeMap::new, |field| field.labels.clone());
    for language in Language::ALL {
        let code = language.code();
        match text(&format!("label_{code}")) {
            label if label.is_empty() => drop(labels.remove(code)),
            label => drop(labels.insert(code.to_owned(), label)),
        }
    }
    let mut choices = BTreeMap::new();
    for line in form
        .get("choices")
        .lines()
        .filter(|line| !line.trim().is_empty())
    {
        let (value, label) = line.split_once('=').unwrap_or((line, line));
        choices.insert(value.trim().to_owned(), label.trim().to_owned());
    }
    let shown = SHOWN
        .into_iter()
        .find(|one| shown_name(*one) == form.get("shown"));
    let some = |text: String| (before.is_some() || !text.is_empty()).then_some(text);
    let wish = FieldWish {
        label: some(text("label")).filter(|label| !label.is_empty()),
        labels: (before.is_some() || !labels.is_empty()).then_some(labels),
        column: before
            .is_none()
            .then(|| text("column"))
            .filter(|one| !one.is_empty()),
        kind: before.is_none().then(|| match form.get("type") {
            "int" => FieldKind::Int,
            _ => FieldKind::Var,
        }),
        size: size.filter(|_| before.is_none()),
        shown,
        required: Some(form.get("required") == "on"),
        read_only: Some(form.get("read_only") == "on"),
        link: some(text("link")),
        choices: (before.is_some() || !choices.is_empty()).then_some(choices),
        position: None,
    };
    (wish, mistakes)
}
