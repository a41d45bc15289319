//! The page of one record: its fields, its customer or people, its history.

use askama::Template;
use kartoteka_access::Access;
use kartoteka_directory::{Action, Found, Kind, Object, Search, SourceInfo, ValidFilter};
use kartoteka_model::email::in_letters;
use kartoteka_model::{Field, FieldKind, Shown};
use kartoteka_reviews::Subject;

use super::changes::{Event, Words};
use super::criteria::Criteria;
use super::key::Key;
use super::links::link;
use super::people::{PeopleCard, people_card};
use super::relations::{RelationsCard, relations_card};
use super::rows::{Badge, Mark, badge, validity};
use super::screen::{CUSTOMERS, GROUPS, SERVICES, Screen};
use super::tree::{TreeRow, tree_rows};
use super::{edit, fields, moving, preferences, title};
use crate::context::{Ctx, Outcome};
use crate::failure::Failure;
use crate::format;
use crate::frame::Frame;
use crate::input::Query;
use crate::opened;
use crate::permissions::{Card, card, person_card};
use crate::reviews;

/// So many entries of the history are shown.
const HISTORY: u32 = 20;

/// A field with its value.
pub struct Fact {
    pub label: String,
    pub value: String,
    /// Where the value leads.
    pub href: Option<String>,
    /// Classes of the link, as configured.
    pub class: String,
    /// Where the link opens; empty for here.
    pub target: String,
}

/// A preference with its value.
struct Setting {
    label: String,
    value: String,
    set: bool,
}

/// The customer of a person.
struct CustomerCard {
    href: String,
    id: String,
    name: String,
    mark: Mark,
    facts: Vec<Fact>,
}

/// The services below a service.
struct BelowCard {
    branches: Vec<TreeRow>,
    /// Where one is added below it.
    add: Option<String>,
}

#[derive(Template)]
#[template(path = "records/show.html")]
struct ShowPage {
    page: Frame,
    mark: Mark,
    source: Badge,
    facts: Vec<Fact>,
    /// A person's preferences; one without a value says what holds without it.
    preferences: Vec<Setting>,
    customer: Option<CustomerCard>,
    /// The ID of a customer that nobody knows.
    unknown_customer: Option<String>,
    people: Option<PeopleCard>,
    /// A person's customers and services.
    relations: Option<RelationsCard>,
    events: Vec<Event>,
    version: String,
    writable: bool,
    /// The visitor may change records of this kind.
    may_write: bool,
    /// The services below a service.
    below: Option<BelowCard>,
    /// Where more is done with it: address and text.
    more: Vec<(String, String)>,
    /// What it may see, or who may see it, and why.
    permissions: Option<Card>,
    screen: Screen,
    /// Why the record's fields can't be changed.
    locked: Option<String>,
    /// That this is what was last known of a source that does not answer.
    copy: Option<String>,
    /// How old that is.
    as_of: Option<i64>,
    edit: String,
    password: Option<String>,
    /// Where the person can be moved to another source.
    moving: Option<String>,
}

/// Where more is done with a record: address and text.
fn more(page: &Frame, screen: Screen, key: &str) -> Vec<(String, String)> {
    let name = || key.to_owned();
    let reviewed = match screen {
        GROUPS => Some(Subject::Group(name())),
        CUSTOMERS => Some(Subject::Customer(name())),
        _ => None,
    };
    let review = reviewed.filter(|_| page.may_edit()).map(|subject| {
        let path = reviews::begin_path(&subject);
        (page.url(&path), page.t("reviews-link"))
    });
    let many = (screen.is_people() && page.may_edit()).then(|| {
        let path = format!("/jobs/new?login={}", page.part(key));
        (page.url(&path), page.t("jobs-link-template"))
    });
    many.into_iter().chain(review).collect()
}

/// `GET /customer-users/{login}`, `GET /customers/{id}`, `GET /groups/{name}`, `GET /services/{name}`.
pub async fn show(ctx: Ctx, Key(key): Key, Query(query): Query, screen: Screen) -> Outcome {
    let found = match ctx.directory.find(&ctx.actor, screen.kind, &key).await {
        Ok(found) => found,
        Err(error) => return super::missing::show(&ctx, screen, &key, error).await,
    };
    let sources = ctx.directory.sources(screen.kind);
    let from = Criteria::parse(&query, &fields::searchable_names(&sources), ctx.page_size());
    let page = frame(&ctx, screen, &found, &from);
    let history = ctx
        .directory
        .history(&ctx.actor, screen.kind, &found.key, HISTORY)
        .await?;
    let words = Words {
        page: &page,
        sources: &sources,
    };
    let events = history.iter().map(|entry| words.event(entry)).collect();
    let info = sources.iter().find(|source| source.id == found.source);
    let facts = info
        .map(|info| facts(&page, &sources, info, &found))
        .unwrap_or_default();
    let preferences = info.map(|info| settings(&page, info, &found));
    let keeps_passwords = info.is_some_and(|info| {
        info.fields
            .iter()
            .any(|shape| super::form::is_password(&shape.field.name))
    });
    let customer_id = found.record.get("UserCustomerID");
    let customer = if screen.is_people() {
        customer_card(&ctx, &page, &found)
    } else {
        None
    };
    let people = if screen == CUSTOMERS {
        Some(people_card(&ctx, &page, &found.key).await?)
    } else {
        None
    };
    let may_write = page.may_change(screen.kind);
    let below = if screen == SERVICES {
        Some(below_card(&ctx, &page, &found.key).await?)
    } else {
        None
    };
    let more = more(&page, screen, &found.key);
    let (permissions, relations) = match screen.is_people() {
        true => {
            let access = Access::of(&ctx.directory).permissions_of(&ctx.actor, &found.key);
            let access = access.await?;
            let relations = relations_card(&ctx, &page, &access).await?;
            (Some(person_card(&ctx, access).await?), Some(relations))
        }
        false => (card(&ctx, screen.kind, &found.key).await?, None),
    };
    let key = found.key.clone();
    let shown = ctx.render(&ShowPage {
        more,
        permissions,
        relations,
        may_write,
        below,
        screen,
        mark: validity(&page, found.record.get("ValidID")),
        source: badge(&sources, &found.source),
        facts,
        preferences: preferences.unwrap_or_default(),
        locked: info
            .filter(|_| !found.writable)
            .map(|info| edit::locked_reason(&page, info)),
        copy: found.unavailable_since.map(|since| {
            let since = format::clock(&page.site.options().time_zone, since);
            page.with("records-last-known", "since", since)
        }),
        as_of: found.as_of,
        unknown_customer: (customer.is_none() && !customer_id.is_empty())
            .then(|| customer_id.to_owned()),
        customer,
        people,
        events,
        version: found.version.0.clone(),
        writable: found.writable,
        edit: page.url(&from.address(&screen.edit(&found.key))),
        moving: (screen.is_people() && moving::is_offered(&page, &sources, &found.source))
            .then(|| page.url(&screen.moving(&found.key))),
        password: (screen.is_people() && keeps_passwords)
            .then(|| page.url(&screen.password(&found.key))),
        page,
    })?;
    Ok(opened::remember(&ctx, screen, &key, shown))
}

fn frame(ctx: &Ctx, screen: Screen, found: &Found, from: &Criteria) -> Frame {
    ctx.frame(title(found))
        .about(screen.kind.name())
        .crumb(&from.address(&screen.list()), ctx.t(&screen.text("title")))
        .tabs_of(screen.kind, &found.key)
}

/// The fields that the map shows, and the key in any case.
fn facts(page: &Frame, sources: &[SourceInfo], info: &SourceInfo, found: &Found) -> Vec<Fact> {
    let words = Words { page, sources };
    let key = if info
        .fields
        .iter()
        .any(|shape| shape.field.name == "CustomerID")
    {
        "CustomerID"
    } else {
        "UserLogin"
    };
    let shapes = info.fields.iter().filter(|shape| {
        let shown = shape.field.shown != Shown::Never || shape.field.name == key;
        shown
            && !shape.secret
            && shape.field.kind != FieldKind::DynamicField
            && !fields::is_validity(&shape.field.name)
    });
    let fact = |shape: &kartoteka_directory::FieldShape| {
        let field = &shape.field;
        let href = link(field, &found.record);
        Fact {
            label: page.field_label(field),
            value: match field.name.as_str() {
                "UserEmail" => in_letters(found.record.get(&field.name)),
                name => words.value(name, found.record.get(name)),
            },
            target: target(field, href.as_deref()),
            href,
            class: field.link_class.clone(),
        }
    };
    shapes.map(fact).collect()
}

fn settings(page: &Frame, info: &SourceInfo, found: &Found) -> Vec<Setting> {
    let setting = |one: &kartoteka_directory::Preference| {
        let stored = found.preferences.get(one.key());
        Setting {
            label: preferences::label(page, *one),
            value: preferences::value(page, *one, stored.map_or("", String::as_str)),
            set: stored.is_some(),
        }
    };
    let preferences = info.preferences.iter();
    preferences
        .filter(|_| info.preferences_in_pages)
        .map(setting)
        .collect()
}

/// Where a field's link opens: as the map says, else whatever leads away from here in a place of its own.
fn target(field: &Field, href: Option<&str>) -> String {
    match href {
        Some(_) if !field.link_target.is_empty() => field.link_target.clone(),
        Some(href) if href.starts_with("http") => "_blank".to_owned(),
        _ => String::new(),
    }
}

fn customer_card(ctx: &Ctx, page: &Frame, found: &Found) -> Option<CustomerCard> {
    let record = found.customer.as_ref()?;
    let id = match record.get("CustomerID") {
        "" => found.record.get("UserCustomerID"),
        id => id,
    };
    let sources = ctx.directory.sources(Kind::Customer);
    let info = found.customer_source.as_ref();
    let info = sources.iter().find(|source| Some(&source.id) == info)?;
    let mut as_found = found.clone();
    as_found.record = record.clone();
    let mut facts = facts(page, &sources, info, &as_found);
    facts.retain(|fact| {
        !fact.value.is_empty()
            && fact.value != id
            && fact.value != record.get("CustomerCompanyName")
    });
    Some(CustomerCard {
        href: page.url(&CUSTOMERS.record(id)),
        id: id.to_owned(),
        name: match record.get("CustomerCompanyName") {
            "" => id.to_owned(),
            name => name.to_owned(),
        },
        mark: validity(page, record.get("ValidID")),
        facts,
    })
}

async fn below_card(ctx: &Ctx, page: &Frame, service: &str) -> Result<BelowCard, Failure> {
    let search = Search {
        valid: ValidFilter::All,
        limit: 10_000,
        ..Search::default()
    };
    let mut found = ctx
        .directory
        .search(&ctx.actor, Kind::Service, &search)
        .await?;
    found
        .rows
        .retain(|row| kartoteka_model::service::is_below(&row.key, service));
    let mut branches = tree_rows(page, SERVICES, &found.rows, &[], "");
    for tree_row in &mut branches {
        tree_row.place_below(service);
    }
    let add = format!(
        "{}?{}",
        SERVICES.new_record(),
        super::address::query([(super::parents::FIELD, service)])
    );
    Ok(BelowCard {
        branches,
        add: page
            .may(Action::Change, Object::Records(Kind::Service))
            .then(|| page.url(&add)),
    })
}
