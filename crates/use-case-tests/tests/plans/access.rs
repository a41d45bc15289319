//! What somebody has, who has something, and the pages on which it is ticked.

use kartoteka_access::{Access, AssignmentSide, Ticket};
use kartoteka_directory::{Actor, Role};
use kartoteka_model::access::Context;

use super::desk::Desk;
use super::relations::fields;

/// The pages on which further customers, services and permissions are given.
pub async fn pages(desk: &Desk) {
    let actor = Actor::operator();
    let directory = &desk.directory;
    let assignments = [
        AssignmentSide::CustomersOf("login7".into()),
        AssignmentSide::PeopleOf("C47".into()),
        AssignmentSide::ServicesOf("login7".into()),
        AssignmentSide::PeopleWith("s7".into()),
        AssignmentSide::DefaultServices,
    ];
    for side in assignments {
        for search in [None, Some("7")] {
            let asked = Access::of(directory).assignments(&actor, &side, search, None);
            let page = desk.no_scan(&format!("{side:?} {search:?}"), asked).await;
            let page = page.unwrap();
            assert!(
                page.total > 0 || side == AssignmentSide::DefaultServices,
                "{side:?}"
            );
        }
    }
    // However many there are, a page of them is read.
    for side in [
        AssignmentSide::PeopleOf("C47".into()),
        AssignmentSide::PeopleWith("s7".into()),
    ] {
        let asked = Access::of(directory).assignments(&actor, &side, None, None);
        let (page, run) = kartoteka_testbed::statements(asked).await;
        page.unwrap();
        let of_people = run.iter().filter(|sql| {
            sql.starts_with(
                "SELECT user_id, customer_id FROM customer_user_customer WHERE customer_id",
            ) || sql.starts_with(
                "SELECT customer_user_login FROM service_customer_user WHERE service_id",
            )
        });
        let limits = of_people.map(|sql| sql.rsplit_once(" LIMIT ").map(|(_, limit)| limit.trim()));
        let limits: Vec<Option<&str>> = limits.collect();
        let small = |limit: &Option<&str>| {
            limit.is_some_and(|limit| limit.parse().is_ok_and(|limit: u32| limit < 110))
        };
        assert!(
            !limits.is_empty() && limits.iter().all(small),
            "{side:?}: {run:?}"
        );
    }
    let people = Access::of(directory).given_to_people(&actor, "g1", None, 20);
    let people = desk.no_scan("given to people", people).await.unwrap();
    let after = people.next.unwrap();
    let more = Access::of(directory).given_to_people(&actor, "g1", Some(&after), 20);
    desk.no_scan("more given to people", more).await.unwrap();
    let customers = Access::of(directory).given_to_customers(&actor, "g1", None, 20);
    let customers = desk.no_scan("given to customers", customers).await.unwrap();
    assert_eq!(customers.given.len(), 20);
    for count in [2, 20] {
        let logins: Vec<String> = (0..count).map(|at| format!("login{at}")).collect();
        let found = Access::of(directory).people_in_group(&actor, "g1", &logins);
        let found = desk.no_scan("people in a group", found).await.unwrap();
        assert_eq!(found.len(), count);
        let ids: Vec<String> = (0..count).map(|at| format!("C{at}")).collect();
        let found = Access::of(directory).customers_in_group(&actor, "g1", &ids);
        let found = desk.no_scan("customers in a group", found).await.unwrap();
        assert_eq!(found.len(), count);
    }
    let agent = Actor::agent(1, "root@localhost", Role::Editor);
    let groups = Access::of(directory).groups_to_give_in(&agent);
    desk.no_scan("groups to give in", groups).await.unwrap();
    let people = Access::of(directory).people_of_customer(&actor, "C7", None, 20);
    let people = desk.no_scan("people of a customer", people).await.unwrap();
    assert_eq!(people.people.len(), 20);
    let people = Access::of(directory).people_of_service(&actor, "s7", None, 20);
    let people = desk.no_scan("people of a service", people).await.unwrap();
    assert_eq!(people.people.len(), 20);
    let services = Access::of(directory).services_of(&actor, "login7");
    desk.no_scan("services", services).await.unwrap();
    let services = Access::of(directory).offered_services(&actor, "login7");
    desk.no_scan("offered services", services).await.unwrap();
}

/// Effective permissions, who has one, and why.
pub async fn answers(desk: &Desk) {
    let actor = Actor::operator();
    let directory = &desk.directory;
    for login in ["login7", "LOGIN7"] {
        let access = Access::of(directory).permissions_of(&actor, login);
        let access = desk.no_scan("permissions", access).await.unwrap();
        assert!(!access.effective.groups.is_empty());
    }
    let access = Access::of(directory).customer_permissions_of(&actor, "C7");
    desk.no_scan("permissions of a customer", access)
        .await
        .unwrap();
    let explained = Access::of(directory).explain(&actor, "login7", "g1", "rw");
    desk.no_scan("explain", explained).await.unwrap();
    let reach = Access::of(directory).reach_after(&actor, "login7", Some("C7"), 20);
    let reach = desk.no_scan("reach", reach).await.unwrap();
    assert_eq!(reach.customers.len(), 20);
    let typed = fields(&[("UserCustomerID", "C8"), ("ValidID", "2")]);
    let changed = Access::of(directory).permissions_if_changed(&actor, "login7", &typed);
    desk.no_scan("permissions if changed", changed)
        .await
        .unwrap();
    let added = Access::of(directory).permissions_if_added(&actor, "CustomerUser", &typed);
    desk.no_scan("permissions if added", added).await.unwrap();
    let ticket = Ticket {
        customer_id: "C7".into(),
        login: "login8".into(),
        group: "g1".into(),
    };
    let tickets =
        Access::of(directory).ticket_access(&actor, "login7", "ro", std::slice::from_ref(&ticket));
    desk.no_scan("ticket access", tickets).await.unwrap();
    let holding = Access::of(directory).group_holders(&actor, "g1", 5);
    let holding = desk.no_scan("who has a group", holding).await.unwrap();
    assert!(holding.held.iter().any(|held| !held.people.is_empty()));
    for permission in ["ro", "rw"] {
        let holders = Access::of(directory).holders(&actor, "g1", permission, None, 20);
        let page = desk.no_scan("holders", holders).await.unwrap();
        if let Some(after) = page.next {
            let more = Access::of(directory).holders(&actor, "g1", permission, Some(&after), 20);
            desk.no_scan("more holders", more).await.unwrap();
        }
        let count = Access::of(directory).count_holders(&actor, "g1", permission);
        desk.no_scan("counted holders", count).await.unwrap();
        for context in Context::ALL {
            let holders =
                Access::of(directory).customer_holders(&actor, "g1", permission, context, None, 20);
            desk.no_scan("customers with a group", holders)
                .await
                .unwrap();
        }
    }
    // Everybody has it.
    let holders = Access::of(directory).holders(&actor, "users", "ro", None, 20);
    let holders = desk.no_scan("holders of an always-group", holders).await;
    assert_eq!(holders.unwrap().holders.len(), 20);
}
