//! Something gets another name between the plan and saving it: all that was ticked is shown again, with what is wrong, and
//! nothing is half saved.

use axum::http::StatusCode;
use kartoteka_access::Access;
use kartoteka_directory::{Actor, Kind, Role};

use super::{direct, is_ticked, open};
use crate::pages::reception::{Reception, fields};

const GROUP: &str = "UPDATE groups_table SET name = 'Pomoc' WHERE name = 'Wsparcie'";
const PERSON: &str = "UPDATE customer_user SET login = 'jan.nowy' WHERE login = 'jan'";
const CUSTOMER: &str =
    "UPDATE customer_company SET customer_id = 'NOWA' WHERE customer_id = 'FILIA'";
const SERVICE: &str = "UPDATE service SET name = 'Internet' WHERE name = 'Sieć'";

#[tokio::test]
async fn a_group_with_another_name_is_told_at_its_row() {
    let pages = open(Role::Admin).await;
    let path = "/customer-users/zaneta/permissions";
    let ticks = [
        ("now", "same/ro/stats"),
        ("now", "same/create/Wsparcie"),
        ("_do", "save"),
    ];
    let refused = pages.post_while(path, &ticks, GROUP).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.has("Nie ma takiej grupy"), "{}", refused.text);
    for cell in ["same/ro/stats", "same/create/Wsparcie"] {
        assert!(is_ticked(&refused, cell), "{cell}: {}", refused.text);
    }
    assert_eq!(direct(&pages, "zaneta").await, [""; 0]);
}

#[tokio::test]
async fn a_person_with_another_login_is_told_at_their_row() {
    let pages = open(Role::Admin).await;
    let path = "/groups/stats/permissions";
    let ticks = [
        ("now", "same/ro/zaneta"),
        ("now", "same/rw/jan"),
        ("_shown", "an"),
        ("_do", "save"),
    ];
    let refused = pages.post_while(path, &ticks, PERSON).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.has("Nie ma takiego użytkownika klienta"),
        "{}",
        refused.text
    );
    for cell in ["same/ro/zaneta", "same/rw/jan"] {
        assert!(is_ticked(&refused, cell), "{cell}: {}", refused.text);
    }
    assert_eq!(direct(&pages, "zaneta").await, [""; 0]);
}

#[tokio::test]
async fn the_record_of_the_page_itself_is_told_with_all_ticks() {
    let pages = open(Role::Admin).await;
    let path = "/customer-users/jan/permissions";
    let ticks = [("now", "same/ro/stats"), ("_do", "finish")];
    let lost = pages.post_while(path, &ticks, PERSON).await;
    assert_eq!(lost.status, StatusCode::NOT_FOUND, "{}", lost.text);
    assert!(
        lost.has("nie ma już rekordu „jan”") && lost.has("stats: odczyt (ro)"),
        "{}",
        lost.text
    );
}

/// Further customers and services of a person.
async fn assignments(pages: &Reception) -> (Vec<String>, usize) {
    let operator = Actor::operator();
    let directory = &pages.directory;
    let customers = directory.customer_ids(&operator, "zaneta").await;
    let services = Access::of(directory).services_of(&operator, "zaneta").await;
    (
        customers.expect("customers"),
        services.expect("services").own.len(),
    )
}

#[tokio::test]
async fn customers_and_services_with_other_names_are_told() {
    let pages = open(Role::Admin).await;
    for (id, name) in [("FILIA", "Filia"), ("SKLEP", "Sklep")] {
        pages.customer(id, name).await;
    }
    for name in ["Sieć", "Poczta"] {
        let service = fields(&[("Name", name), ("ValidID", "1")]);
        pages.create(Kind::Service, None, service).await;
    }
    let had = assignments(&pages).await;
    for (path, keys, statement, said) in [
        (
            "/customer-users/zaneta/customers",
            ["FILIA", "SKLEP"],
            CUSTOMER,
            "Nie ma takiego klienta",
        ),
        (
            "/customer-users/zaneta/services",
            ["Sieć", "Poczta"],
            SERVICE,
            "Nie ma takiej usługi",
        ),
    ] {
        let sent = [
            ("shown", keys[0]),
            ("on", keys[0]),
            ("shown", keys[1]),
            ("on", keys[1]),
            ("_then", "stay"),
        ];
        let refused = pages.post_while(path, &sent, statement).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
        assert!(refused.has(said), "{path}: {}", refused.text);
        for key in keys {
            let kept = format!("name=\"give\" value=\"{key}\"");
            let ticked = format!("name=\"on\" value=\"{key}\" checked");
            assert!(
                refused.has(&kept) || refused.has(&ticked),
                "{key}: {}",
                refused.text
            );
        }
        assert_eq!(
            assignments(&pages).await,
            had,
            "{path}: nothing is half saved"
        );
    }
}
