//! OTOBO's calls of access: groups, permissions, services, tickets.

mod services;

use std::collections::BTreeMap;

use kartoteka_access::{Access, Ticket, Wanted};
use kartoteka_directory::{Error, Maintenance};
use kartoteka_model::access::{Context, Group, effective_permissions};
use serde_json::{Map, Value, json};

use crate::input::{ACTOR, Input, Outcome, kind_of, text};
use crate::writes::acting;

fn failed(error: Error) -> &'static str {
    kind_of(&error)
}

/// Calls a use case of access; none for a call that is not known.
pub(crate) async fn call(directory: &Maintenance, call: &str, input: &Input) -> Option<Outcome> {
    let outcome = match call {
        "CustomerGroup.GroupMemberList" => members(directory, input).await,
        "CustomerGroup.GroupCustomerList" => customers(directory, input).await,
        "CustomerGroup.GroupContextCustomers" => reach(directory, input).await,
        "CustomerGroup.GroupLookup" => lookup(directory, input).await,
        "CustomerGroup.PermissionCheck" => check(directory, input).await,
        "CustomerGroup.GroupContextNameGet" => context_name(directory, input).await,
        "CustomerGroup.GroupContextNameList" => context_names(directory).await,
        "CustomerGroup.GroupMemberAdd" => give_person(directory, input).await,
        "CustomerGroup.GroupCustomerAdd" => give_customer(directory, input).await,
        "Service.CustomerUserServiceMemberList" => services::services(directory, input).await,
        "Service.CustomerUserServiceMemberAdd" => services::give_service(directory, input).await,
        "Ticket.TicketServiceList" => services::ticket_services(directory, input).await,
        "Ticket.TicketCustomerPermission" => tickets(directory, input).await,
        _ => return None,
    };
    Some(outcome)
}

fn needed<'a>(input: &'a Input, key: &str) -> Result<&'a str, &'static str> {
    text(input, key)
        .filter(|value| !value.is_empty())
        .ok_or("needed")
}

/// Pairs in the form that `Result` asks for.
fn shaped(input: &Input, pairs: BTreeMap<String, String>) -> Outcome {
    let mut list: Vec<String> = match text(input, "Result") {
        Some("HASH") => return Ok(json!(pairs)),
        Some("ID") => pairs.into_keys().collect(),
        Some("Name") => pairs.into_values().collect(),
        _ => return Err("invalid"),
    };
    list.sort();
    Ok(json!(list))
}

fn number(input: &Input, key: &str) -> Result<Option<i64>, &'static str> {
    match text(input, key).filter(|value| !value.is_empty()) {
        None => Ok(None),
        Some(value) => value.parse().map(Some).map_err(|_| "invalid"),
    }
}

async fn group_with(directory: &Maintenance, id: i64) -> Result<Option<Group>, &'static str> {
    let groups = Access::of(directory)
        .all_groups(ACTOR())
        .await
        .map_err(failed)?;
    Ok(groups.into_iter().find(|group| group.id == id))
}

fn by_number<'a>(groups: impl Iterator<Item = &'a Group>) -> BTreeMap<String, String> {
    groups
        .map(|group| (group.id.to_string(), group.name.clone()))
        .collect()
}

async fn members(directory: &Maintenance, input: &Input) -> Outcome {
    let permission = needed(input, "Type")?;
    needed(input, "Result")?;
    if let Ok(login) = needed(input, "UserID") {
        let mut access = Access::of(directory)
            .permissions_of(ACTOR(), login)
            .await
            .map_err(failed)?;
        if text(input, "RawPermissions").is_some_and(|raw| raw == "1") {
            access.person.customers.clear();
            let groups = Access::of(directory)
                .all_groups(ACTOR())
                .await
                .map_err(failed)?;
            access.effective = effective_permissions(&access.person, &groups, &access.settings);
        }
        return shaped(input, by_number(access.effective.groups_with(permission)));
    }
    let id = number(input, "GroupID")?.ok_or("needed")?;
    let Some(group) = group_with(directory, id).await? else {
        return shaped(input, BTreeMap::new());
    };
    let mut found = BTreeMap::new();
    let mut after: Option<String> = None;
    loop {
        let page = Access::of(directory)
            .holders(ACTOR(), &group.name, permission, after.as_deref(), 7)
            .await
            .map_err(failed)?;
        let holders = page.holders.into_iter();
        found.extend(holders.map(|holder| (holder.login, group.name.clone())));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    let count = Access::of(directory)
        .count_holders(ACTOR(), &group.name, permission)
        .await
        .map_err(failed)?;
    assert_eq!(count, found.len() as u64, "the count is that of the list");
    shaped(input, found)
}

async fn customers(directory: &Maintenance, input: &Input) -> Outcome {
    let permission = needed(input, "Type")?;
    needed(input, "Result")?;
    let context = match text(input, "Context").filter(|context| !context.is_empty()) {
        None => Context::Same,
        Some(context) => match Context::from_stored(context) {
            Some(context) => context,
            None => return shaped(input, BTreeMap::new()),
        },
    };
    if let Ok(customer) = needed(input, "CustomerID") {
        let access = match Access::of(directory)
            .customer_permissions_of(ACTOR(), customer)
            .await
        {
            Ok(access) => access,
            Err(Error::NotFound { .. }) => return shaped(input, BTreeMap::new()),
            Err(error) => return Err(failed(error)),
        };
        let groups = Access::of(directory)
            .all_groups(ACTOR())
            .await
            .map_err(failed)?;
        let effective = access.facts.effective(&groups, context, &access.settings);
        return shaped(input, by_number(effective.groups_with(permission)));
    }
    let id = number(input, "GroupID")?.ok_or("needed")?;
    let Some(group) = group_with(directory, id).await? else {
        return shaped(input, BTreeMap::new());
    };
    let mut found = BTreeMap::new();
    let mut after: Option<String> = None;
    loop {
        let page = Access::of(directory).customer_holders(
            ACTOR(),
            &group.name,
            permission,
            context,
            after.as_deref(),
            5,
        );
        let page = page.await.map_err(failed)?;
        let holders = page.holders.into_iter();
        found.extend(holders.map(|holder| (holder.customer, group.name.clone())));
        after = page.next;
        if after.is_none() {
            return shaped(input, found);
        }
    }
}

async fn reach(directory: &Maintenance, input: &Input) -> Outcome {
    let login = needed(input, "CustomerUserID")?;
    let reach = Access::of(directory)
        .reach(ACTOR(), login, 10_000)
        .await
        .map_err(failed)?;
    let pairs = reach
        .customers
        .into_iter()
        .map(|one| (one.id, json!(one.text)));
    Ok(Value::Object(pairs.collect()))
}

async fn lookup(directory: &Maintenance, input: &Input) -> Outcome {
    let groups = Access::of(directory)
        .all_groups(ACTOR())
        .await
        .map_err(failed)?;
    if let Ok(name) = needed(input, "Group") {
        let found = groups.iter().find(|group| group.name == name);
        return found
            .map(|group| json!(group.id.to_string()))
            .ok_or("not_found");
    }
    let id = number(input, "GroupID")?.ok_or("needed")?;
    let found = groups.into_iter().find(|group| group.id == id);
    found.map(|group| json!(group.name)).ok_or("not_found")
}

async fn check(directory: &Maintenance, input: &Input) -> Outcome {
    let (login, name) = (needed(input, "UserID")?, needed(input, "GroupName")?);
    let permission = needed(input, "Type")?;
    let access = match Access::of(directory).permissions_of(ACTOR(), login).await {
        Ok(access) => access,
        Err(Error::NotFound { .. }) => return Ok(json!("0")),
        Err(error) => return Err(failed(error)),
    };
    let mut groups = access.effective.groups_with(permission);
    let holds = groups.any(|group| group.name == name);
    Ok(json!(if holds { "1" } else { "0" }))
}

async fn context_name(directory: &Maintenance, input: &Input) -> Outcome {
    let settings = Access::of(directory)
        .access_in_force(ACTOR())
        .await
        .map_err(failed)?;
    let context = match text(input, "SysConfigName").unwrap_or_default() {
        "" | "001-CustomerID-same" => Some(Context::Same),
        "100-CustomerID-other" => Some(Context::Other),
        _ => None,
    };
    let enabled = context.filter(|context| settings.contexts().contains(context));
    Ok(json!(enabled.map_or("", Context::stored)))
}

async fn context_names(directory: &Maintenance) -> Outcome {
    let settings = Access::of(directory)
        .access_in_force(ACTOR())
        .await
        .map_err(failed)?;
    let names = settings.contexts().iter().map(|context| context.stored());
    Ok(names.collect())
}

/// Permissions by name, each `1` or `0`.
fn switches(permissions: &Map<String, Value>) -> Result<BTreeMap<String, bool>, &'static str> {
    let switch = |(name, value): (&String, &Value)| match value.as_str() {
        Some("1") => Ok((name.clone(), true)),
        Some("0") => Ok((name.clone(), false)),
        _ => Err("invalid"),
    };
    permissions.iter().map(switch).collect()
}

async fn give(directory: &Maintenance, wanted: Vec<Wanted>) -> Outcome {
    let access = Access::of(directory);
    let plan = access.plan_relations_of_anybody(ACTOR(), wanted).await;
    access
        .apply_relations(plan.map_err(failed)?)
        .await
        .map_err(failed)?;
    Ok(json!("1"))
}

/// OTOBO's calls name groups by number.
async fn named_group(directory: &Maintenance, input: &Input) -> Result<String, &'static str> {
    let id = number(input, "GID")?.ok_or("needed")?;
    let group = group_with(directory, id).await?;
    group.map(|group| group.name).ok_or("not_found")
}

async fn give_person(directory: &Maintenance, input: &Input) -> Outcome {
    let login = needed(input, "UID")?;
    needed(input, "GID")?;
    let permissions = input
        .get("Permission")
        .and_then(Value::as_object)
        .ok_or("needed")?;
    acting(input)?;
    let group = named_group(directory, input).await?;
    let wanted = switches(permissions)?
        .into_iter()
        .map(|(permission, given)| Wanted::PersonGroup {
            login: login.to_owned(),
            group: group.clone(),
            permission,
            given,
        });
    give(directory, wanted.collect()).await
}

async fn give_customer(directory: &Maintenance, input: &Input) -> Outcome {
    let customer = needed(input, "CustomerID")?;
    needed(input, "GID")?;
    let contexts = input
        .get("Permission")
        .and_then(Value::as_object)
        .ok_or("needed")?;
    acting(input)?;
    let group = named_group(directory, input).await?;
    let settings = Access::of(directory)
        .access_in_force(ACTOR())
        .await
        .map_err(failed)?;
    let mut wanted = vec![];
    for (context, permissions) in contexts {
        let context = Context::from_stored(context).ok_or("invalid")?;
        let permissions = permissions.as_object().ok_or("invalid")?;
        let mut switches = switches(permissions)?;
        if switches.is_empty() {
            continue;
        }
        // OTOBO replaces what the customer has in this context.
        for permission in &settings.permissions {
            switches.entry(permission.clone()).or_insert(false);
        }
        for (permission, given) in switches {
            wanted.push(Wanted::CustomerGroup {
                customer: customer.to_owned(),
                group: group.clone(),
                permission,
                context,
                given,
            });
        }
    }
    give(directory, wanted).await
}

async fn tickets(directory: &Maintenance, input: &Input) -> Outcome {
    let login = needed(input, "UserID")?;
    let given = input
        .get("tickets")
        .and_then(Value::as_object)
        .ok_or("needed")?;
    let part = |ticket: &Value, key: &str| ticket[key].as_str().unwrap_or_default().to_owned();
    let tickets: Vec<Ticket> = given
        .values()
        .map(|ticket| Ticket {
            customer_id: part(ticket, "CustomerID"),
            login: part(ticket, "CustomerUser"),
            group: part(ticket, "group_of_queue"),
        })
        .collect();
    let mut granted = Map::new();
    for permission in input
        .get("types")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
    {
        let access = Access::of(directory)
            .ticket_access(ACTOR(), login, permission, &tickets)
            .await
            .map_err(failed)?;
        let names = given.keys().zip(access).filter(|(_, access)| *access);
        let names: Vec<&String> = names.map(|(name, _)| name).collect();
        granted.insert(permission.to_owned(), json!(names));
    }
    // One rule for lists and single tickets (D20).
    Ok(json!({"TicketSearch_ro": granted.get("ro"), "granted": granted}))
}
