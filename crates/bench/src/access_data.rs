//! Groups, services and relations for a made-up directory: permissions for every customer, direct ones for 5 % of
//! people, further customers for 10 %.

use anyhow::{Result, ensure};
use kartoteka_access::{Access, SettingsWanted};
use kartoteka_directory::{Actor, Fields, Kind, Maintenance, Relation};
use kartoteka_model::access::{Context, Group, Permission};
use kartoteka_records::Records;
use serde_json::json;

use crate::sample::data;

const GROUPS: usize = 200;
const SERVICES: usize = 500;

/// A group that a fifth of all customers have, and one that a thousandth has.
pub const COMMON: &str = "group 000";
pub const RARE: &str = "group 001";

/// Gives everything, unless it was given before.
pub async fn fill(directory: &Maintenance, people: u64) -> Result<()> {
    let access = Access::of(directory);
    let actor = Actor::operator();
    let there = access.all_groups(&actor).await?;
    if there.iter().any(|group| group.name == COMMON) {
        return Ok(());
    }
    let mut settings = SettingsWanted::new();
    settings.insert("customer_group_support".into(), json!(true));
    settings.insert("other_customers".into(), json!(true));
    settings.insert("permissions".into(), json!(["ro", "create", "rw"]));
    let plan = access.plan_access_settings(&actor, settings).await?;
    ensure!(plan.errors.is_empty(), "{:?}", plan.errors);
    access.apply_access_settings(plan).await?;
    for number in 0..GROUPS {
        create(directory, Kind::Group, &format!("group {number:03}")).await?;
    }
    for number in 0..SERVICES {
        create(directory, Kind::Service, &format!("service {number:03}")).await?;
    }
    let groups: Vec<Group> = access
        .all_groups(&actor)
        .await?
        .into_iter()
        .filter(|group| group.name.starts_with("group "))
        .collect();
    let services = access.all_services(&actor).await?;
    let made = data(people);
    let customers: Vec<String> = made
        .customers()
        .map(|customer| customer.get("CustomerID").to_owned())
        .collect();
    let grants = customers.iter().enumerate().flat_map(|(number, customer)| {
        let of = |group: &Group, permission: &str, context| Relation::CustomerGroup {
            customer: customer.clone(),
            group: group.name.clone(),
            group_id: group.id,
            permission: Permission::new(permission),
            context,
        };
        let mut grants = vec![
            of(&groups[2 + number % 198], "rw", Context::Same),
            of(&groups[2 + (number * 7 + 3) % 198], "ro", Context::Same),
        ];
        if number % 5 == 0 {
            grants.push(of(&groups[0], "ro", Context::Same));
        }
        if number % 1000 == 0 {
            grants.push(of(&groups[1], "ro", Context::Same));
        }
        if number % 50 == 0 {
            grants.push(of(&groups[2 + number % 100], "ro", Context::Other));
        }
        grants.sort();
        grants.dedup();
        grants
    });
    access.bulk_relate(&actor, grants).await?;
    let relations = made.people().enumerate().flat_map(|(number, person)| {
        let login = person.get("UserLogin").to_owned();
        let mut relations = vec![];
        if number % 20 == 3 {
            let group = &groups[2 + (number / 20) % 198];
            relations.push(Relation::PersonGroup {
                login: login.clone(),
                group: group.name.clone(),
                group_id: group.id,
                permission: Permission::new("rw"),
            });
        }
        if number % 10 == 7 {
            let customer = &customers[number * 31 % customers.len()];
            if customer != person.get("UserCustomerID") {
                relations.push(Relation::Customer {
                    login: login.clone(),
                    customer: customer.clone(),
                });
            }
        }
        if number % 10 == 1 {
            let service = &services[number / 10 % services.len()];
            relations.push(Relation::Service {
                login,
                service: service.name.clone(),
                service_id: service.id,
            });
        }
        relations
    });
    access.bulk_relate(&actor, relations).await?;
    Ok(())
}

async fn create(directory: &Maintenance, kind: Kind, name: &str) -> Result<()> {
    let fields = Fields::from([("Name".to_owned(), name.to_owned())]);
    let plan = Records::of(directory)
        .plan_create(&Actor::operator(), kind, None, fields)
        .await?;
    ensure!(plan.errors.is_empty(), "{name}: {:?}", plan.errors);
    Records::of(directory).apply(plan).await?;
    Ok(())
}
