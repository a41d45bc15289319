//! One group by people or customers: those who have something of their own there, or those who were searched for.

use std::collections::BTreeSet;

use kartoteka_access::{Access, GivenCustomer, GivenPerson};
use kartoteka_directory::{Action, Error, Kind, Object, Search, ValidFilter};
use kartoteka_model::access::{AccessSettings, Context, Group, Why};

use super::base::{Base, BaseRow, Note, View};
use super::columns::columns;
use super::reasons::reasons;
use super::side::{Side, explain_path};
use crate::context::Ctx;
use crate::failure::Failure;
use crate::frame::Frame;
use crate::records::{CUSTOMER_USERS, CUSTOMERS, GROUPS, name_of, suggest};

/// So many stand on one page.
const PAGE: u32 = 50;

/// Everybody on one page.
struct Found {
    people: Vec<GivenPerson>,
    customers: Vec<GivenCustomer>,
    next: Option<String>,
    count: Option<String>,
    left_out: u64,
}

pub async fn read(
    ctx: &Ctx,
    side: &Side,
    view: &View,
    wanted: &BTreeSet<&str>,
) -> Result<Base, Failure> {
    let directory = &ctx.directory;
    let (groups, mine, settings) = futures::try_join!(
        Access::of(directory).all_groups(&ctx.actor),
        Access::of(directory).groups_to_give_in(&ctx.actor),
        Access::of(directory).access_in_force(&ctx.actor),
    )?;
    let group = groups.into_iter().find(|group| group.name == side.key());
    let group = group.ok_or_else(|| Error::Unknown {
        what: "group",
        key: side.key().to_owned(),
    })?;
    let title = format!("permissions-{}-title", side.word());
    let page = ctx
        .frame_of(&title, &group.name)
        .crumb("/groups", ctx.t("groups-title"))
        .crumb(&GROUPS.record(&group.name), group.name.clone())
        .tabs_of(Kind::Group, &group.name);
    let always = match side.is_of_customers() {
        true => settings.is_company_always(&group.name),
        false => settings.is_always(&group.name),
    };
    let context_always = match always && group.valid {
        true => vec![Context::Same],
        false => vec![],
    };
    let mut notes = vec![];
    let (found, restarted) = match find(ctx, &page, side, view, wanted).await {
        Err(failure) if failure.is_of_cursor() => {
            notes.push(Note {
                text: page.t("relations-first-page"),
                warns: true,
            });
            let first = View {
                after: None,
                ..view.clone()
            };
            (find(ctx, &page, side, &first, wanted).await?, true)
        }
        found => (found?, false),
    };
    if !group.valid {
        notes.push(Note {
            text: page.t("permissions-note-group-invalid"),
            warns: true,
        });
    }
    if always {
        let key = format!("permissions-note-always-{}", side.word());
        notes.push(Note {
            text: page.t(&key),
            warns: false,
        });
    }
    if found.left_out > 0 {
        notes.push(Note {
            text: page.count("permissions-note-left-out", found.left_out),
            warns: true,
        });
    }
    let row = Row {
        page: &page,
        group: &group,
        always: &context_always,
        own: (!page.may(Action::Change, Object::AnyAccess)).then(|| ctx.login()),
    };
    let people = found.people.iter().map(|person| row.person(person));
    let customers = found.customers.iter().map(|one| row.customer(one));
    let rows: Vec<BaseRow> = people.chain(customers).collect();
    let may = mine.is_none_or(|mine| mine.contains(&group.id));
    let locked = if !page.may_edit() {
        Some(page.t("permissions-locked-reader"))
    } else if !may {
        Some(page.problem(&kartoteka_directory::FieldProblem::NotYourGroup))
    } else {
        None
    };
    Ok(Base {
        side: side.of(group.name.clone()),
        columns: group_columns(side, &settings, &rows),
        rows,
        notes,
        support: settings.customer_group_support,
        locked,
        next: found.next,
        count: found.count,
        restarted,
        page,
    })
}

fn group_columns(
    side: &Side,
    settings: &AccessSettings,
    rows: &[BaseRow],
) -> Vec<super::columns::Column> {
    let stored = rows.iter().flat_map(|row| row.explicit.iter());
    let stored = stored.map(|(context, permission)| (*context, permission.name()));
    let contexts = match side.is_of_customers() {
        true => settings.contexts(),
        false => &[Context::Same],
    };
    columns(settings, contexts, stored)
}

async fn find(
    ctx: &Ctx,
    page: &Frame,
    side: &Side,
    view: &View,
    wanted: &BTreeSet<&str>,
) -> Result<Found, Failure> {
    let (directory, actor, group) = (&ctx.directory, &ctx.actor, side.key());
    let mut found = Found {
        people: vec![],
        customers: vec![],
        next: None,
        count: None,
        left_out: 0,
    };
    let after = view.after.as_deref();
    let mut keys = vec![];
    if !view.search.is_empty() {
        let kind = match side.is_of_customers() {
            true => Kind::Customer,
            false => Kind::CustomerUser,
        };
        let search = Search {
            text: Some(suggest::all_words(&view.search)),
            valid: ValidFilter::Valid,
            limit: PAGE,
            after: view.after.clone(),
            ..Search::default()
        };
        let hits = directory.search(actor, kind, &search).await?;
        let count = match hits.total.exact {
            true => "permissions-found",
            false => "permissions-found-more",
        };
        found.count = Some(page.count(count, hits.total.count));
        found.next = hits.next;
        keys = hits.rows.into_iter().map(|row| row.key).collect();
    } else if side.is_of_customers() {
        let given = Access::of(directory).given_to_customers(actor, group, after, PAGE);
        let given = given.await?;
        (found.customers, found.next) = (given.given, given.next);
        found.left_out = given.left_out;
    } else {
        let given = Access::of(directory)
            .given_to_people(actor, group, after, PAGE)
            .await?;
        (found.people, found.next) = (given.given, given.next);
        found.left_out = given.left_out;
    }
    let shown = |key: &str| {
        found.people.iter().any(|one| one.login == key)
            || found.customers.iter().any(|one| one.customer == key)
    };
    let more: Vec<String> = wanted
        .iter()
        .filter(|key| !shown(key) && !keys.iter().any(|known| known == *key))
        .map(|key| (*key).to_owned())
        .collect();
    keys.extend(more);
    if !keys.is_empty() && side.is_of_customers() {
        let customers = Access::of(directory)
            .customers_in_group(actor, group, &keys)
            .await?;
        found.customers.extend(customers);
    } else if !keys.is_empty() {
        let people = Access::of(directory)
            .people_in_group(actor, group, &keys)
            .await?;
        found.people.extend(people);
    }
    Ok(found)
}

/// What the rows of one group have in common.
struct Row<'a> {
    page: &'a Frame,
    group: &'a Group,
    always: &'a [Context],
    /// The visitor's login, if they may not change what a person of it has.
    own: Option<&'a str>,
}

impl Row<'_> {
    fn badge(&self, known: bool, valid: bool) -> Option<String> {
        match (known, valid) {
            (true, true) => None,
            (true, false) => Some(self.page.t("permissions-row-invalid")),
            (false, _) => Some(self.page.t("permissions-row-unknown")),
        }
    }

    fn person(&self, person: &GivenPerson) -> BaseRow {
        let other: Vec<_> = person
            .access
            .iter()
            .filter(|(_, why)| *why != Why::Direct)
            .cloned()
            .collect();
        let side = Side::Person(person.login.clone());
        let own = self
            .own
            .is_some_and(|own| kartoteka_model::text::same_key(own, &person.login));
        let explain = explain_path(&person.login, &self.group.name, None);
        BaseRow {
            key: person.login.clone(),
            label: name_of(&person.text, &person.login),
            href: person
                .known
                .then(|| self.page.url(&CUSTOMER_USERS.record(&person.login))),
            badge: self.badge(person.known, person.valid),
            explicit: person
                .direct
                .iter()
                .map(|permission| (Context::Same, permission.clone()))
                .collect(),
            reasons: reasons(self.page, &side, &other),
            inherited: other
                .into_iter()
                .map(|(permission, _)| (Context::Same, permission))
                .collect(),
            always: match person.valid {
                true => self.always.to_vec(),
                false => vec![],
            },
            only_taken: !person.known || !person.valid || !self.group.valid,
            locked: own.then(|| {
                self.page
                    .problem(&kartoteka_directory::FieldProblem::OwnRights)
            }),
            explain: person.known.then(|| self.page.url(&explain)),
            hidden: false,
        }
    }

    fn customer(&self, customer: &GivenCustomer) -> BaseRow {
        let other: Vec<_> = customer
            .access
            .iter()
            .filter(|(_, _, why)| !matches!(why, Why::ViaCustomer { .. }))
            .collect();
        let pairs: Vec<_> = other
            .iter()
            .map(|(_, permission, why)| (permission.clone(), why.clone()))
            .collect();
        let side = Side::Customer(customer.customer.clone());
        BaseRow {
            key: customer.customer.clone(),
            label: name_of(&customer.text, &customer.customer),
            href: customer
                .known
                .then(|| self.page.url(&CUSTOMERS.record(&customer.customer))),
            badge: self.badge(customer.known, customer.valid),
            explicit: customer.grants.iter().cloned().collect(),
            reasons: reasons(self.page, &side, &pairs),
            inherited: other
                .into_iter()
                .map(|(context, permission, _)| (*context, permission.clone()))
                .collect(),
            always: match customer.valid {
                true => self.always.to_vec(),
                false => vec![],
            },
            only_taken: !customer.known || !customer.valid || !self.group.valid,
            locked: None,
            explain: None,
            hidden: false,
        }
    }
}
