//! Setting up a source: a form for each kind, the field map as a table, a test and a preview before it is saved.

mod inputs;
mod page;
mod rows;

use std::collections::BTreeMap;

use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::routing::get;
use kartoteka_directory::{Action, Error, Kind, Object};
use kartoteka_settings::Document;
use kartoteka_source_setup::{SetupShown, SetupStep, SetupWish, SourceSetup, kind_of};
use serde_json::{Value, json};

use self::inputs::{MODULES, Take};
use self::page::{SetupPage, module_of};
use self::rows::Row;
use crate::context::{Ctx, Outcome};
use crate::encoding::escape_key;
use crate::frame::Flash;
use crate::input::{Form, Query};
use crate::sources::PATH;
use crate::state::Site;

/// `/sources/new` and `/sources/{id}/settings`.
pub fn routes() -> Router<Site> {
    Router::new()
        .route("/sources/new", get(new).post(add))
        .route("/sources/{id}/settings", get(show).post(save))
}

async fn free(ctx: &Ctx, kind: Kind) -> Result<Vec<String>, Error> {
    let places = SourceSetup::of(&ctx.directory).places(&ctx.actor).await?;
    let free = places.into_iter();
    let free = free.filter(|place| place.kind == kind && place.is_free());
    Ok(free.map(|place| place.id).collect())
}

/// The page of a source that a document describes.
fn page_of(ctx: &Ctx, title: String, kind: Kind, document: Document) -> SetupPage {
    let module = module_of(&document);
    SetupPage {
        page: ctx
            .frame(title)
            .group(ctx.t("nav-group-system"))
            .crumb(PATH, ctx.t("sources-title")),
        language: ctx.language,
        kind,
        module,
        id: String::new(),
        free: vec![],
        version: None,
        rows: rows::with_empty(rows::rows(&document, kind, module)),
        document,
        secrets: vec![],
        held: BTreeMap::new(),
        errors: vec![],
        said: None,
        plan: None,
        steps: vec![],
        removes: false,
    }
}

/// The page of a new source.
async fn blank(ctx: &Ctx, kind: Kind, module: &'static str) -> Result<SetupPage, Error> {
    let mut document = Document::default();
    document.set("Module", module.into());
    let free = free(ctx, kind).await?;
    // The first of all is there in any case, and what it has would not be found any more.
    let id = free
        .iter()
        .find(|id| id.ends_with(|sign: char| sign.is_ascii_digit()));
    Ok(SetupPage {
        id: id.cloned().unwrap_or_default(),
        free,
        ..page_of(ctx, ctx.t("sources-setup-title"), kind, document)
    })
}

/// The page of one that is set up here.
fn held(ctx: &Ctx, shown: SetupShown) -> SetupPage {
    let kind = kind_of(&shown.id).unwrap_or(Kind::CustomerUser);
    let title = ctx.t_args(
        "sources-setup-title-of",
        &[("id", shown.id.as_str().into())],
    );
    SetupPage {
        version: Some(shown.version),
        secrets: shown.secrets,
        said: shown.said,
        id: shown.id,
        ..page_of(ctx, title, kind, shown.document)
    }
}

/// Which kind of source, and of what.
fn chosen(of: &str, module: &str) -> (Kind, &'static str) {
    let kind = match of {
        "customers" => Kind::Customer,
        _ => Kind::CustomerUser,
    };
    let known = MODULES.into_iter().find(|known| *known == module);
    let usual = if kind == Kind::Customer { "DB" } else { "LDAP" };
    (kind, known.unwrap_or(usual))
}

async fn new(ctx: Ctx, query: Query) -> Outcome {
    ctx.require(Action::Change, Object::Settings)?;
    let (kind, module) = chosen(query.get("of"), query.get("module"));
    ctx.render(&blank(&ctx, kind, module).await?)
}

async fn add(ctx: Ctx, form: Form) -> Outcome {
    ctx.require(Action::Change, Object::Settings)?;
    let (kind, module) = chosen(form.get("of"), form.get("module"));
    let mut page = blank(&ctx, kind, module).await?;
    page.id = form.get("id").to_owned();
    finish(&ctx, page, &form).await
}

async fn show(ctx: Ctx, Path(id): Path<String>) -> Outcome {
    let shown = SourceSetup::of(&ctx.directory)
        .shown(&ctx.actor, &id)
        .await?;
    ctx.render(&held(&ctx, shown))
}

async fn save(ctx: Ctx, Path(id): Path<String>, form: Form) -> Outcome {
    let shown = SourceSetup::of(&ctx.directory)
        .shown(&ctx.actor, &id)
        .await?;
    finish(&ctx, held(&ctx, shown), &form).await
}

/// Shows what would be done, does it, or says what is wrong with it. What was typed stays.
async fn finish(ctx: &Ctx, mut page: SetupPage, form: &Form) -> Outcome {
    let then = match form.find("_remove") {
        Some(_) => "rows",
        None => form.get("_then"),
    };
    let removes = then.starts_with("remove");
    let (document, typed) = document_of(&page, form);
    for input in page.inputs() {
        if let Some(sealed) = form.filled(&format!("held-{}", input.name())) {
            page.held.insert(input.path.to_owned(), sealed.to_owned());
        }
    }
    if then == "rows" {
        // Secrets that were typed are not sent back; what was sealed before is.
        let mut document = document;
        document.take_secrets();
        page.document = document;
        page.rows = rows::with_empty(typed);
        return ctx.render(&page);
    }
    let step = match (page.is_new(), removes) {
        (_, true) => SetupStep::Remove,
        (true, false) => SetupStep::Add(document.clone()),
        (false, false) => SetupStep::Change(document.clone()),
    };
    let wish = SetupWish {
        had: form.number("version"),
        although_it_fails: then == "test" || form.get("although") == "on",
        held: page.held.clone(),
        ..SetupWish::of(page.id.clone(), step)
    };
    let setup = SourceSetup::of(&ctx.directory);
    let plan = setup.plan_setup(&ctx.actor, wish).await?;
    if plan.errors.is_empty() && (then == "save" || then == "remove-now") {
        let flash = match removes {
            true => "flash-source-removed",
            false => "flash-source-saved",
        };
        match setup.apply_setup(plan).await {
            Ok(_) => {
                let flash = Flash::new(flash).with("id", page.id.clone());
                return ctx.redirect_with(PATH, flash);
            }
            Err(Error::Invalid(errors)) => page.errors = errors,
            Err(error) => return Err(error.into()),
        }
    } else {
        page.errors.clone_from(&plan.errors);
        page.steps.clone_from(&plan.looked.steps);
        page.removes = removes;
        if !removes {
            page.held = setup.held(&plan)?;
            page.secrets.clone_from(&plan.secrets);
        }
        page.plan = Some(plan);
    }
    if !removes {
        let mut document = document;
        document.take_secrets();
        page.document = document;
        page.rows = rows::with_empty(typed);
    }
    if page.errors.is_empty() {
        return ctx.render(&page);
    }
    ctx.render_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

/// What a form says, over what the source is set up as: keys that the form does not ask for stay.
fn document_of(page: &SetupPage, form: &Form) -> (Document, Vec<Row>) {
    let mut document = page.document.clone();
    document.set("Module", page.module.into());
    for input in page.inputs() {
        let name = input.name();
        let text = form.get(&name).trim();
        let value: Option<Value> = match input.take {
            Take::Secret => Some(form.get(&name))
                .filter(|secret| !secret.is_empty())
                .map(Into::into),
            Take::Text => Some(text).filter(|text| !text.is_empty()).map(Into::into),
            Take::Choice(choices) => {
                let known = choices.iter().find(|choice| **choice == text);
                known
                    .filter(|choice| **choice != choices[0])
                    .map(|one| json!(one))
            }
            Take::Switch(usual) => Some(text == "on").filter(|on| *on != usual).map(Into::into),
            Take::List => {
                let texts = text.split(',').map(str::trim);
                let texts: Vec<&str> = texts.filter(|text| !text.is_empty()).collect();
                (!texts.is_empty()).then(|| json!(texts))
            }
        };
        match value {
            Some(value) => document.set(input.path, value),
            None => drop(document.remove(input.path)),
        }
    }
    let before: Vec<Row> = rows::rows(&page.document, page.kind, page.module);
    let typed = rows::typed(form, &before);
    rows::write(&mut document, &typed, page.kind, page.module);
    (document, typed)
}

/// The address of what a source is set up as.
pub(crate) fn settings_of(id: &str) -> String {
    format!("{PATH}/{}/settings", escape_key(id))
}
