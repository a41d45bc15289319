//! What somebody has, who has something, and why.

use kartoteka_access::Access;
use kartoteka_directory::{Actor, Directory};
use kartoteka_model::access::{Belonging, Context, Effective, Obstacle, Permission, Remedy, Why};
use kartoteka_wire::access::{
    ExplainedPermission, PermissionCount, PermissionCounts, PermissionsOfCustomer,
    PermissionsOfPerson,
};
use kartoteka_wire::time;

use super::Of;
use crate::exit::{Ended, Exit};
use crate::output::{Table, print, print_json};

/// Shows what a person or customer has, or how many have what in a group.
///
/// # Errors
/// As the use cases.
pub async fn show(directory: &Directory, of: Of, as_json: bool) -> anyhow::Result<Exit> {
    match of {
        Of {
            login: Some(login), ..
        } => person(directory, &login, as_json).await,
        Of {
            customer: Some(customer),
            ..
        } => customer_has(directory, &customer, as_json).await,
        Of {
            group: Some(group), ..
        } => counts(directory, &group, as_json).await,
        _ => Err(Ended::usage("give a login, --customer or --group").into()),
    }
}

async fn person(directory: &Directory, login: &str, as_json: bool) -> anyhow::Result<Exit> {
    let access = Access::of(directory)
        .permissions_of(&Actor::operator(), login)
        .await?;
    if as_json {
        print_json(&PermissionsOfPerson::now(&access))?;
        return Ok(Exit::Ok);
    }
    let mut table = Table::new(&["Group", "Permission", "Why"]);
    rows(&mut table, "", &access.effective);
    let note = match access.effective.groups.is_empty() {
        true if !access.person.valid => format!("{:?} is not valid and has nothing", access.login),
        true => format!("{:?} has nothing", access.login),
        false => table.to_string(),
    };
    print(&note)?;
    if let Some(since) = access.unavailable_since {
        let since = time::text(since);
        print(&format!(
            "The source has not answered since {since}: this follows from what was last known."
        ))?;
    }
    print_held_back(access.held_back_since)?;
    Ok(Exit::Ok)
}

/// Says that what a login had is held back.
fn print_held_back(since: Option<i64>) -> anyhow::Result<()> {
    let Some(since) = since else { return Ok(()) };
    print(&format!(
        "What was given to this login is held back since {}: the source says that it is another person's now. \
         An admin says whose it is (kartoteka source held-back).",
        time::text(since)
    ))
}

pub(super) fn rows(table: &mut Table, before: &str, effective: &Effective) {
    for access in &effective.groups {
        for (permission, why) in &access.given {
            let group = format!("{before}{}", access.group.name);
            table.row([group, permission.to_string(), why_text(why)]);
        }
    }
}

async fn customer_has(directory: &Directory, id: &str, as_json: bool) -> anyhow::Result<Exit> {
    let access = Access::of(directory)
        .customer_permissions_of(&Actor::operator(), id)
        .await?;
    if as_json {
        print_json(&PermissionsOfCustomer::now(&access))?;
        return Ok(Exit::Ok);
    }
    let mut table = Table::new(&["Group", "Permission", "Why"]);
    for (context, effective) in &access.effective {
        let before = match context {
            Context::Same => "",
            Context::Other => "tickets of other customers: ",
        };
        rows(&mut table, before, effective);
    }
    let none = access
        .effective
        .iter()
        .all(|(_, held)| held.groups.is_empty());
    print(&match none {
        true => format!("customer {:?} has nothing", access.customer),
        false => table.to_string(),
    })?;
    Ok(Exit::Ok)
}

async fn counts(directory: &Directory, group: &str, as_json: bool) -> anyhow::Result<Exit> {
    let operator = Actor::operator();
    let settings = Access::of(directory).access_in_force(&operator).await?;
    let mut found = vec![];
    for permission in &settings.permissions {
        let people = Access::of(directory)
            .count_holders(&operator, group, permission)
            .await?;
        found.push(PermissionCount {
            permission: permission.clone(),
            people,
        });
    }
    if as_json {
        print_json(&PermissionCounts {
            group: group.to_owned(),
            permissions: found,
        })?;
        return Ok(Exit::Ok);
    }
    let mut table = Table::new(&["Permission", "People"]);
    for one in found {
        table.row([one.permission, one.people.to_string()]);
    }
    print(&format!(
        "{table}\n\nwho they are: kartoteka permissions who {group:?} PERMISSION"
    ))?;
    Ok(Exit::Ok)
}

/// Says why, or why not.
///
/// # Errors
/// As the use cases, and for a permission that there is not.
pub async fn explain(
    directory: &Directory,
    login: &str,
    group: &str,
    permission: &str,
    as_json: bool,
) -> anyhow::Result<Exit> {
    known(directory, permission).await?;
    let explained = Access::of(directory)
        .explain(&Actor::operator(), login, group, permission)
        .await?;
    let held = !explained.reasons.is_empty();
    if as_json {
        print_json(&ExplainedPermission::from(&explained))?;
        return Ok(Exit::Ok);
    }
    let name = &explained.group.name;
    let mut lines = vec![match held {
        true => format!("{:?} has {permission} in group {name:?}:", explained.login),
        false => format!(
            "{:?} has no {permission} in group {name:?}:",
            explained.login
        ),
    }];
    let reason = |(given, why): &(Permission, Why)| format!("- {given}: {}", why_text(why));
    lines.extend(explained.reasons.iter().map(reason));
    lines.extend(
        explained
            .obstacles
            .iter()
            .map(|one| format!("- {}", obstacle(one))),
    );
    if !explained.remedies.is_empty() {
        lines.push("Each of these would give it:".into());
    }
    for way in &explained.remedies {
        let steps: Vec<String> = way.iter().map(|step| remedy(step, permission)).collect();
        lines.push(format!("- {}", steps.join(" and ")));
    }
    print(&lines.join("\n"))?;
    print_held_back(explained.held_back_since)?;
    Ok(Exit::Ok)
}

/// Refuses a permission that there is not.
///
/// # Errors
/// When there is no such permission.
pub(super) async fn known(directory: &Directory, permission: &str) -> anyhow::Result<()> {
    let settings = Access::of(directory)
        .access_in_force(&Actor::operator())
        .await?;
    match settings.knows(permission) {
        true => Ok(()),
        false => {
            let given = settings.permissions.join(", ");
            let message = format!("there is no permission {permission:?}; there are {given}");
            Err(Ended::refused(message).into())
        }
    }
}

/// What is held in each group and why, as REST shows it.
pub(super) fn reasons_text(reasons: &[(Permission, Why)]) -> String {
    let text = |(given, why): &(Permission, Why)| format!("{given}: {}", why_text(why));
    reasons.iter().map(text).collect::<Vec<_>>().join("; ")
}

fn why_text(why: &Why) -> String {
    match why {
        Why::Direct => "given to the person".into(),
        Why::ViaCustomer {
            customer,
            belonging,
            context,
        } => {
            let how = match (belonging, context) {
                (_, Context::Other) => ", for tickets of other customers",
                (Belonging::Further, _) => ", a further customer",
                (Belonging::Mapped, _) => ", a customer of the record",
                (Belonging::Primary, _) => "",
            };
            format!("given to customer {customer:?}{how}")
        }
        Why::AlwaysGroup => "everybody has this group".into(),
        Why::CompanyAlwaysGroup { customer } => {
            format!("every customer has this group, {customer:?} too")
        }
        Why::SupportOff => "permissions by group are off, so everybody has everything".into(),
    }
}

fn obstacle(obstacle: &Obstacle) -> String {
    match obstacle {
        Obstacle::UnknownPerson => "no source knows the person".into(),
        Obstacle::InvalidPerson => "the person is not valid".into(),
        Obstacle::InvalidGroup => "the group is not valid".into(),
        Obstacle::NotGiven => "nothing gives it, neither to the person nor to a customer".into(),
        Obstacle::InvalidCustomer { customer } => {
            format!("customer {customer:?} has it, but is not valid")
        }
        Obstacle::UnknownCustomer { customer } => {
            format!("customer {customer:?} has it, but no source knows it")
        }
        Obstacle::OtherContextOnly { customer } => {
            format!("customer {customer:?} has it for tickets of other customers only")
        }
        Obstacle::HasOnly { permissions } => {
            let names: Vec<&str> = permissions.iter().map(Permission::name).collect();
            format!("the person has only {} there", names.join(", "))
        }
    }
}

fn remedy(remedy: &Remedy, permission: &str) -> String {
    match remedy {
        Remedy::ValidatePerson => "make the person valid".into(),
        Remedy::ValidateGroup => "make the group valid".into(),
        Remedy::GivePerson => format!("give {permission} to the person"),
        Remedy::ValidateCustomer { customer } => format!("make customer {customer:?} valid"),
        Remedy::GiveCustomer { customer } => {
            format!("give {permission} to customer {customer:?}, which reaches all its people")
        }
        Remedy::AlwaysGroup => "make the group an always-group, which reaches everybody".into(),
    }
}
