//! Changing a record: the form, its preview, and saving.

use askama::Template;
use axum::http::StatusCode;
use kartoteka_access::Access;
use kartoteka_directory::{Action, Error, FieldError, Fields, Found, Object, SourceInfo, Version};
use kartoteka_records::{Applied, Plan, Records};

use super::changes::{Difference, Event, Words};
use super::criteria::Criteria;
use super::form::{Blank, Control, Input, Mistake, Purpose, summary};
use super::key::Key;
use super::rows::{Badge, Mark, badge, validity};
use super::screen::{CUSTOMERS, Screen};
use super::typed::{Typed, Wish, remembered, stored};
use super::{conflict, effective, fields, gone, parents, people, shown_once, suggest, title};
use crate::context::{Ctx, Outcome};
use crate::failure::Failure;
use crate::frame::{Flash, Frame};
use crate::input::{Form, Query};
use crate::permissions::Card;

/// What saving would do.
pub struct Preview {
    pub differences: Vec<Difference>,
    pub effects: Vec<String>,
}

/// What adding and changing have in common.
#[derive(Template)]
#[template(path = "records/form.html")]
pub struct FormPage {
    pub page: Frame,
    /// Where the form is sent.
    pub action: String,
    /// Where *Cancel* leads.
    pub cancel: String,
    pub inputs: Vec<Input>,
    /// The inputs of a person's preferences.
    pub preferences: Vec<Input>,
    pub mistakes: Vec<Mistake>,
    pub preview: Option<Preview>,
    /// A password was typed; it is not sent back, so it has to be typed again.
    pub password_again: bool,
    /// The source of a new record.
    pub source: Option<String>,
    pub version: String,
    pub was: String,
    pub from: String,
    /// Why the record's fields can't be changed.
    pub locked: Option<String>,
    pub mark: Option<Mark>,
    /// Where it is stored; none for what is always in the same place.
    pub badge: Option<Badge>,
    /// What happened to the record lately.
    pub events: Vec<Event>,
    /// What a person may do with these values, and why; and where scripts ask for it anew.
    pub permissions: Option<Card>,
    pub permissions_at: String,
    /// Where the first person of a customer is added.
    pub first_person: Option<String>,
}

impl FormPage {
    /// Whether there is anything to save: preferences can be changed where the record can't.
    fn can_save(&self) -> bool {
        self.locked.is_none() || !self.preferences.is_empty()
    }
}

/// The value that messages after saving mention.
pub const NAME: &str = "name";

/// So many entries of the history stand beside the form.
const HISTORY: u32 = 5;

/// The record that is changed, with its source.
pub struct Subject {
    pub found: Found,
    pub source: SourceInfo,
}

impl Subject {
    /// Finds the record, valid or not.
    pub async fn find(ctx: &Ctx, screen: Screen, key: &str) -> Result<Self, Failure> {
        let found = ctx.directory.find(&ctx.actor, screen.kind, key).await?;
        let source = ctx
            .directory
            .sources(screen.kind)
            .into_iter()
            .find(|source| source.id == found.source);
        let source = source
            .ok_or_else(|| Failure::internal(format!("source {} has no settings", found.source)))?;
        Ok(Self { found, source })
    }
}

/// `GET /customer-users/{login}/edit`.
pub async fn show(ctx: Ctx, Key(key): Key, Query(query): Query, screen: Screen) -> Outcome {
    ctx.require(Action::Change, Object::Records(screen.kind))?;
    let subject = Subject::find(&ctx, screen, &key).await?;
    if ctx.wants(effective::FRAGMENT) {
        let mut values = stored(&subject.found, &subject.source);
        values.extend(Typed::read(&query, &subject.source).values);
        let (login, source) = (Some(subject.found.key.as_str()), &subject.source.id);
        return effective::fragment(&ctx, screen, login, source, &values).await;
    }
    let from = Criteria::parse(
        &query,
        &fields::searchable_names(&ctx.directory.sources(screen.kind)),
        ctx.page_size(),
    )
    .query();
    let values = stored(&subject.found, &subject.source);
    let page = form_page(&ctx, screen, &subject, &values, &[], &from).await?;
    ctx.render(&page)
}

/// `POST /customer-users/{login}/edit`.
pub async fn submit(ctx: Ctx, Key(key): Key, Form(form): Form, screen: Screen) -> Outcome {
    ctx.require(Action::Change, Object::Records(screen.kind))?;
    let subject = match Subject::find(&ctx, screen, &key).await {
        Err(failure) if failure.status() == StatusCode::NOT_FOUND => {
            return gone::show(&ctx, screen, &key, &form);
        }
        found => found?,
    };
    let typed = Typed::read(&form, &subject.source);
    // A form without a version is as stale as one with an old one.
    let had = typed
        .version
        .clone()
        .unwrap_or_else(|| Version(String::new()));
    let planned = Records::of(&ctx.directory)
        .plan_update(&ctx.actor, screen.kind, &key, typed.wanted(), Some(had))
        .await;
    let plan = match planned {
        Ok(plan) => plan,
        Err(Error::Conflict(stale)) => {
            return conflict::show(&ctx, screen, &typed, &stale, &subject.source).await;
        }
        Err(error) => return Err(error.into()),
    };
    if !plan.errors.is_empty() {
        return again(&ctx, screen, &subject, &typed, &plan.errors, None).await;
    }
    if typed.wish == Wish::Preview {
        let plan = Access::of(&ctx.directory).preview(plan).await?;
        return again(&ctx, screen, &subject, &typed, &[], Some(&plan)).await;
    }
    match Records::of(&ctx.directory).apply(plan).await {
        Ok(applied) => saved(&ctx, screen, &typed, &applied, false),
        Err(Error::Invalid(errors)) => again(&ctx, screen, &subject, &typed, &errors, None).await,
        Err(Error::Conflict(stale)) => {
            conflict::show(&ctx, screen, &typed, &stale, &subject.source).await
        }
        Err(error) => Err(error.into()),
    }
}

/// After saving: on to the record's form or the list; a generated password is shown first.
pub fn saved(
    ctx: &Ctx,
    screen: Screen,
    typed: &Typed,
    applied: &Applied,
    created: bool,
) -> Outcome {
    if let Some(password) = &applied.password {
        return shown_once::show(ctx, screen, applied, password, created);
    }
    let flash = if created {
        Flash::new("flash-record-added")
    } else if applied.journal.is_some() {
        Flash::new("flash-record-saved")
    } else {
        Flash::new("flash-record-unchanged")
    };
    let query = if typed.from.is_empty() {
        String::new()
    } else {
        format!("?{}", from(ctx, screen, &typed.from))
    };
    let path = match typed.wish {
        Wish::Finish => screen.list(),
        _ => screen.edit(&applied.key),
    };
    ctx.redirect_with(
        &format!("{path}{query}"),
        flash.with(NAME, applied.key.as_str()),
    )
}

/// The list's criteria as they came back from a form, read anew: nothing else gets into an address.
fn from(ctx: &Ctx, screen: Screen, sent: &str) -> String {
    let searchable = fields::searchable_names(&ctx.directory.sources(screen.kind));
    crate::input::Pairs::parse(sent.as_bytes())
        .map(|pairs| Criteria::parse(&pairs, &searchable, ctx.page_size()).query())
        .unwrap_or_default()
}

async fn again(
    ctx: &Ctx,
    screen: Screen,
    subject: &Subject,
    typed: &Typed,
    errors: &[FieldError],
    plan: Option<&Plan>,
) -> Outcome {
    let mut values = stored(&subject.found, &subject.source);
    values.extend(typed.values.clone());
    let mut page = form_page(ctx, screen, subject, &values, errors, &typed.from).await?;
    // What the form began with stays what it began with, or a stale save would go unnoticed.
    page.version = typed
        .version
        .as_ref()
        .map(|Version(version)| version.clone())
        .unwrap_or_default();
    page.was = remembered(&typed.was);
    page.password_again = typed.has_password();
    page.preview = plan.map(|plan| preview(ctx, screen, &page.page, plan));
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    ctx.render_with(status, &page)
}

/// What a plan would do, in words.
pub fn preview(ctx: &Ctx, screen: Screen, page: &Frame, plan: &Plan) -> Preview {
    let sources = ctx.directory.sources(screen.kind);
    let words = Words {
        page,
        sources: &sources,
    };
    let differences = plan
        .changes
        .iter()
        .filter(|change| change.before != change.after);
    Preview {
        differences: differences.map(|change| words.difference(change)).collect(),
        effects: page.effects_beside(&plan.effects, &plan.changes),
    }
}

async fn form_page(
    ctx: &Ctx,
    screen: Screen,
    subject: &Subject,
    values: &Fields,
    errors: &[FieldError],
    from: &str,
) -> Result<FormPage, Failure> {
    let Subject { found, source } = subject;
    let query = if from.is_empty() {
        String::new()
    } else {
        format!("?{from}")
    };
    let page = ctx
        .frame(title(found))
        .about(screen.kind.name())
        .crumb(
            &format!("{}{query}", screen.list()),
            ctx.t(&screen.text("title")),
        )
        .crumb(&screen.record(&found.key), found.key.as_str())
        .tabs_of(screen.kind, &found.key);
    let customers = if screen.is_people() && source.customer_support {
        suggest::first(ctx).await?
    } else {
        Vec::new()
    };
    let parents = parents::choices(ctx, screen, Some(&found.key)).await?;
    let blank = Blank {
        page: &page,
        screen,
        purpose: Purpose::Edit,
        source,
        values,
        errors,
        customers: &customers,
        parents: &parents,
    };
    let mut inputs = blank.inputs();
    name_customer(&mut inputs, found);
    let preferences = blank.preferences();
    let mistakes = summary(&page, &inputs, &preferences, errors);
    let locked = !found.writable || !source.writable;
    let sources = ctx.directory.sources(screen.kind);
    let words = Words {
        page: &page,
        sources: &sources,
    };
    let history = ctx
        .directory
        .history(&ctx.actor, screen.kind, &found.key, HISTORY)
        .await?;
    let events = history.iter().map(|entry| words.event(entry)).collect();
    let login = Some(found.key.as_str());
    let permissions = effective::card(ctx, screen, login, &source.id, values).await?;
    let first_person = match screen {
        CUSTOMERS => people::first_person(ctx, &page, found).await?,
        _ => None,
    };
    Ok(FormPage {
        first_person,
        permissions,
        permissions_at: page.url(&screen.edit(&found.key)),
        action: page.url(&screen.edit(&found.key)),
        cancel: page.url(&format!("{}{query}", screen.record(&found.key))),
        inputs,
        preferences,
        mistakes,
        preview: None,
        password_again: false,
        source: None,
        version: found.version.0.clone(),
        was: remembered(&stored(found, source)),
        from: from.to_owned(),
        locked: locked.then(|| locked_reason(&page, source)),
        mark: Some(validity(&page, found.record.get("ValidID"))),
        badge: (!screen.is_named()).then(|| badge(&sources, &found.source)),
        events,
        page,
    })
}

/// Why the fields of a read-only source's records can't be changed, and what can.
pub fn locked_reason(page: &Frame, source: &SourceInfo) -> String {
    let kept = page.t(match source.module {
        "LDAP" => "records-kept-ldap",
        "CSV" => "records-kept-csv",
        _ => "records-kept-db",
    });
    let reason = page.with("records-locked-source", "source", &source.name);
    let reason = format!("{reason} {kept}");
    if source.preferences.is_empty() || !source.preferences_in_pages {
        return reason;
    }
    format!("{reason} {}", page.t("records-locked-but-preferences"))
}

/// Says below the customer's ID whose it is.
fn name_customer(inputs: &mut [Input], found: &Found) {
    let name = found
        .customer
        .as_ref()
        .map(|customer| customer.get("CustomerCompanyName"))
        .unwrap_or_default();
    let stored = found.record.get("UserCustomerID");
    let input = inputs
        .iter_mut()
        .find(|input| matches!(input.control, Control::Customer(_)));
    if let Some(input) = input.filter(|input| !name.is_empty() && input.value == stored) {
        input.hint = Some(name.to_owned());
    }
}
