//! The validity counts also where the field map leaves its column out.

use kartoteka_access::Access;
use kartoteka_directory::{Actor, Error, Kind, Search, ValidFilter};
use kartoteka_model::Record;
use kartoteka_records::Records;
use kartoteka_settings::Settings;
use kartoteka_testbed::Engine;

use crate::Desk;

/// Nobody sees the validity, and nobody changes it.
fn unmapped(settings: &mut Settings) {
    let people = settings.customer_users.iter_mut().map(|one| &mut one.spec);
    let customers = settings.customers.iter_mut().map(|one| &mut one.spec);
    for source in people.chain(customers) {
        assert_eq!(source.valid.as_deref(), Some("valid_id"));
        source.map.0.retain(|field| field.column != "valid_id");
    }
}

async fn listed(desk: &Desk, kind: Kind, valid: ValidFilter) -> Vec<String> {
    let search = Search {
        valid,
        limit: 20,
        ..Search::default()
    };
    let actor = Actor::operator();
    let page = desk.directory.search(&actor, kind, &search);
    let mut keys: Vec<String> = page
        .await
        .unwrap()
        .rows
        .into_iter()
        .map(|row| row.key)
        .collect();
    keys.sort();
    keys
}

#[tokio::test]
async fn a_column_that_is_no_field_says_who_is_valid() {
    for engine in Engine::all() {
        let desk = Desk::with_customers(engine).await;
        for login in ["anna", "bea"] {
            desk.person(login).await;
        }
        for (kind, key) in [(Kind::CustomerUser, "bea"), (Kind::Customer, "LODZ")] {
            desk.update(kind, key, &[("ValidID", "2")]).await.unwrap();
        }
        let desk = desk.again(unmapped).await;
        let person = |login: &str, customer: &str| {
            let email = format!("{login}@acme-lab.org");
            let fields = [
                ("UserLogin", login.to_owned()),
                ("UserFirstname", "Cora".into()),
                ("UserLastname", "Nowak".into()),
                ("UserEmail", email),
                ("UserCustomerID", customer.into()),
            ];
            fields.map(|(name, value)| (name.to_owned(), value))
        };
        for (kind, valid, all) in [
            (Kind::CustomerUser, "anna", ["anna", "bea"]),
            (Kind::Customer, "ACME", ["ACME", "LODZ"]),
        ] {
            assert_eq!(
                listed(&desk, kind, ValidFilter::Valid).await,
                [valid],
                "{engine}"
            );
            assert_eq!(listed(&desk, kind, ValidFilter::All).await, all, "{engine}");
        }
        let actor = Actor::operator();
        for (login, valid) in [("anna", true), ("bea", false)] {
            let access = Access::of(&desk.directory)
                .permissions_of(&actor, login)
                .await;
            assert_eq!(access.unwrap().person.valid, valid, "{login} on {engine}");
        }

        // Whoever is added takes part, one by one and many at once.
        let add = |fields: [(String, String); 5]| async {
            let kind = Kind::CustomerUser;
            let fields = fields.into_iter().collect();
            let plan = Records::of(&desk.directory)
                .plan_create(&actor, kind, None, fields)
                .await?;
            Records::of(&desk.directory).apply(plan).await
        };
        let refused = add(person("cora", "LODZ")).await;
        let Err(Error::Invalid(errors)) = refused else {
            panic!("{refused:?} on {engine}");
        };
        assert_eq!(errors[0].problem.code(), "invalid-customer", "{engine}");
        add(person("cora", "ACME")).await.unwrap();
        let records = [Record::from_iter(person("dora", "ACME"))];
        Records::of(&desk.directory)
            .bulk_create(&actor, Kind::CustomerUser, records.into_iter(), |_| {})
            .await
            .unwrap();
        desk.directory.wait_for_index().await.unwrap();
        let valid = listed(&desk, Kind::CustomerUser, ValidFilter::Valid).await;
        assert_eq!(valid, ["anna", "cora", "dora"], "{engine}");
    }
}
