//! Adding a record.

use askama::Template;
use axum::http::StatusCode;
use kartoteka_access::Access;
use kartoteka_directory::{
    Action, Error, FieldError, Fields, Kind, Object, SourceInfo, ValidFilter,
};
use kartoteka_records::{Plan, Records};

use super::edit::{FormPage, preview, saved};
use super::form::{Blank, Purpose, summary};
use super::refused::{self, Reason};
use super::rows::badge;
use super::screen::Screen;
use super::typed::{Typed, Wish};
use super::{address, effective, parents, suggest};
use crate::context::{Ctx, Outcome};
use crate::failure::Failure;
use crate::frame::Frame;
use crate::input::{Form, Pairs, Query};

/// Which source a new record goes to.
#[derive(Template)]
#[template(path = "records/choose_source.html")]
struct ChooseSourcePage {
    page: Frame,
    action: String,
    sources: Vec<SourceInfo>,
    /// What the form was called with, passed on.
    kept: Vec<(String, String)>,
}

/// Where adding begins: with a form, or with what has to come first.
enum Beginning {
    Form(SourceInfo),
    Choice(Vec<SourceInfo>),
    Refused(Reason),
}

async fn begin(ctx: &Ctx, screen: Screen, wanted: Option<&str>) -> Result<Beginning, Failure> {
    let mut sources = ctx.directory.sources(screen.kind);
    sources.retain(|source| source.writable);
    if sources.is_empty() {
        return Ok(Beginning::Refused(Reason::NoWritableSource));
    }
    let source = match wanted {
        Some(id) => sources.iter().position(|source| source.id == id),
        None if sources.len() == 1 => Some(0),
        None => None,
    };
    let Some(at) = source else {
        return Ok(Beginning::Choice(sources));
    };
    let source = sources.swap_remove(at);
    let needs_customer = screen.is_people() && source.customer_support;
    let valid = ValidFilter::Valid;
    if needs_customer
        && !ctx
            .directory
            .has_any(&ctx.actor, Kind::Customer, valid)
            .await?
    {
        return Ok(Beginning::Refused(Reason::NoCustomer));
    }
    Ok(Beginning::Form(source))
}

/// `GET /customer-users/new`; fields in the address are filled in.
pub async fn show(ctx: Ctx, Query(query): Query, screen: Screen) -> Outcome {
    ctx.require(Action::Change, Object::Records(screen.kind))?;
    match begin(&ctx, screen, query.filled("_source")).await? {
        Beginning::Refused(reason) => refused::show(&ctx, screen, reason),
        Beginning::Choice(sources) => choose(&ctx, screen, sources, &query),
        Beginning::Form(source) => {
            let values = Typed::read(&query, &source).values;
            if ctx.wants(effective::FRAGMENT) {
                return effective::fragment(&ctx, screen, None, &source.id, &values).await;
            }
            ctx.render(&form_page(&ctx, screen, &source, &values, &[]).await?)
        }
    }
}

/// `POST /customer-users/new`.
pub async fn submit(ctx: Ctx, Form(form): Form, screen: Screen) -> Outcome {
    ctx.require(Action::Change, Object::Records(screen.kind))?;
    let source = match begin(&ctx, screen, form.filled("_source")).await? {
        Beginning::Refused(reason) => return refused::show(&ctx, screen, reason),
        Beginning::Choice(sources) => return choose(&ctx, screen, sources, &form),
        Beginning::Form(source) => source,
    };
    // A new record has no version, whatever the form says.
    let mut typed = Typed::read(&form, &source);
    typed.version = None;
    let mut plan = Records::of(&ctx.directory)
        .plan_create(&ctx.actor, screen.kind, Some(&source.id), typed.wanted())
        .await?;
    if screen.is_people() && typed.knows_passwords() && !typed.has_password() {
        plan = Records::of(&ctx.directory).generate_password(plan);
    }
    if !plan.errors.is_empty() {
        return again(&ctx, screen, &source, &typed, &plan.errors, None).await;
    }
    if typed.wish == Wish::Preview {
        let plan = Access::of(&ctx.directory).preview(plan).await?;
        return again(&ctx, screen, &source, &typed, &[], Some(&plan)).await;
    }
    match Records::of(&ctx.directory).apply(plan).await {
        Ok(applied) => saved(&ctx, screen, &typed, &applied, true),
        Err(Error::Invalid(errors)) => again(&ctx, screen, &source, &typed, &errors, None).await,
        Err(error) => Err(error.into()),
    }
}

fn choose(ctx: &Ctx, screen: Screen, sources: Vec<SourceInfo>, sent: &Pairs) -> Outcome {
    let page = frame(ctx, screen);
    let kept = sent
        .iter()
        .filter(|(name, _)| !name.starts_with('_') && !super::form::is_password(name));
    let kept = kept
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    ctx.render(&ChooseSourcePage {
        action: page.url(&screen.new_record()),
        page,
        sources,
        kept,
    })
}

async fn again(
    ctx: &Ctx,
    screen: Screen,
    source: &SourceInfo,
    typed: &Typed,
    errors: &[FieldError],
    plan: Option<&Plan>,
) -> Outcome {
    let mut page = form_page(ctx, screen, source, &typed.values, errors).await?;
    page.password_again = typed.has_password();
    page.preview = plan.map(|plan| preview(ctx, screen, &page.page, plan));
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    ctx.render_with(status, &page)
}

fn frame(ctx: &Ctx, screen: Screen) -> Frame {
    ctx.frame(ctx.t(&screen.text("add")))
        .about(screen.kind.name())
        .crumb(&screen.list(), ctx.t(&screen.text("title")))
}

async fn form_page(
    ctx: &Ctx,
    screen: Screen,
    source: &SourceInfo,
    values: &Fields,
    errors: &[FieldError],
) -> Result<FormPage, Failure> {
    let page = frame(ctx, screen);
    let customers = if screen.is_people() && source.customer_support {
        suggest::first(ctx).await?
    } else {
        Vec::new()
    };
    let parents = parents::choices(ctx, screen, None).await?;
    let blank = Blank {
        page: &page,
        screen,
        purpose: Purpose::Add,
        source,
        values,
        errors,
        customers: &customers,
        parents: &parents,
    };
    let (inputs, preferences) = (blank.inputs(), blank.preferences());
    let permissions = effective::card(ctx, screen, None, &source.id, values).await?;
    let query = address::query([("_source", source.id.as_str())]);
    Ok(FormPage {
        first_person: None,
        permissions,
        permissions_at: page.url(&format!("{}?{query}", screen.new_record())),
        action: page.url(&screen.new_record()),
        cancel: page.url(&screen.list()),
        mistakes: summary(&page, &inputs, &preferences, errors),
        inputs,
        preferences,
        preview: None,
        password_again: false,
        source: Some(source.id.clone()),
        version: String::new(),
        was: String::new(),
        from: String::new(),
        locked: None,
        mark: None,
        badge: Some(badge(std::slice::from_ref(source), &source.id)),
        events: Vec::new(),
        page,
    })
}
