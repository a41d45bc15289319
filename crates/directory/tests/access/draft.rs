//! What would be if a form were saved, who has what in a group in one go, and finding records and places again.

use kartoteka_directory::{FieldProblem, Kind, Wanted};
use kartoteka_model::access::Context;
use kartoteka_testbed::Engine;

use super::world::World;
use crate::fields_of;

fn person(login: &str, group: &str, permission: &str) -> Wanted {
    Wanted::PersonGroup {
        login: login.into(),
        group: group.into(),
        permission: permission.into(),
        given: true,
    }
}

fn customer(customer: &str, group: &str, permission: &str, context: Context) -> Wanted {
    Wanted::CustomerGroup {
        customer: customer.into(),
        group: group.into(),
        permission: permission.into(),
        context,
        given: true,
    }
}

/// Something of every kind.
async fn furnished(engine: Engine) -> World {
    let world = World::on(engine).await;
    let wanted = vec![
        person("anna", "support", "ro"),
        person("BERTA", "support", "rw"),
        person("ewa", "sales", "create"),
        customer("ACME", "support", "create", Context::Same),
        customer("CHILD", "support", "ro", Context::Same),
        customer("CHILD", "sales", "rw", Context::Other),
        customer("Łódź-1", "sales", "rw", Context::Same),
        Wanted::Customer {
            login: "celina".into(),
            customer: "Łódź-1".into(),
            given: true,
        },
    ];
    let admin = World::actor();
    let plan = world
        .directory
        .plan_relations(&admin, wanted)
        .await
        .unwrap();
    assert_eq!(plan.errors, []);
    world.directory.apply_relations(plan).await.unwrap();
    world
}

#[tokio::test]
async fn a_draft_comes_to_what_saving_comes_to() {
    for engine in Engine::ALL {
        let world = furnished(engine).await;
        let admin = World::actor();
        for (login, fields) in [
            ("anna", vec![("UserCustomerID", "CHILD")]),
            (
                "celina",
                vec![("UserCustomerID", "ACME"), ("UserFirstname", "C")],
            ),
            ("BERTA", vec![("ValidID", "2")]),
            ("ewa", vec![("UserLogin", "ewa.nowa")]),
            ("dorota", vec![]),
        ] {
            let fields = fields_of(&fields);
            let draft = world
                .directory
                .permissions_if_changed(&admin, login, &fields)
                .await
                .unwrap();
            let before = world.directory.permissions_of(&admin, login).await.unwrap();
            assert_eq!(before.login, login, "nothing was saved");
            let key = match fields.is_empty() {
                true => login.to_owned(),
                false => world
                    .update(Kind::CustomerUser, login, fields)
                    .await
                    .unwrap(),
            };
            let after = world.directory.permissions_of(&admin, &key).await.unwrap();
            assert_eq!(draft.effective, after.effective, "{login}");
        }
        let fields = [
            ("UserLogin", "zofia"),
            ("UserFirstname", "Z"),
            ("UserLastname", "Z"),
            ("UserEmail", "zofia@acme-lab.org"),
            ("UserCustomerID", "acme"),
        ];
        let draft = world
            .directory
            .permissions_if_added(&admin, "CustomerUser", &fields_of(&fields))
            .await
            .unwrap();
        assert!(
            draft
                .effective
                .groups
                .iter()
                .any(|one| one.group.name == "support")
        );
        world.create(Kind::CustomerUser, &fields).await;
        let after = world
            .directory
            .permissions_of(&admin, "zofia")
            .await
            .unwrap();
        assert_eq!(draft.effective, after.effective);
        let nothing = world
            .directory
            .permissions_if_added(&admin, "CustomerUser", &fields_of(&[("ValidID", "")]))
            .await
            .unwrap();
        let names = nothing
            .effective
            .groups
            .iter()
            .map(|one| one.group.name.as_str());
        assert_eq!(names.collect::<Vec<_>>(), ["users"], "what everybody has");
    }
}

#[tokio::test]
async fn a_group_in_one_go_is_what_it_is_asked_for_one_by_one() {
    for engine in Engine::ALL {
        let world = furnished(engine).await;
        let admin = World::actor();
        world
            .update(Kind::Group, "vip", fields_of(&[("ValidID", "2")]))
            .await;
        for group in ["support", "sales", "vip", "users", "stats"] {
            let found = world
                .directory
                .group_holding(&admin, group, 2)
                .await
                .unwrap();
            assert_eq!(found.held.len(), found.settings.permissions.len());
            for held in found.held {
                let name = held.permission.as_str();
                let holders = world.directory.holders(&admin, group, name, None, 2);
                assert_eq!(
                    held.people,
                    holders.await.unwrap().holders,
                    "{group} {name}"
                );
                let count = world.directory.count_holders(&admin, group, name);
                assert_eq!(held.count, count.await.unwrap(), "{group} {name}");
                let customers = world
                    .directory
                    .customer_holders(&admin, group, name, Context::Same, None, 2)
                    .await
                    .unwrap();
                assert_eq!(held.customers, customers.holders, "{group} {name}");
            }
        }
    }
}

#[tokio::test]
async fn a_cursor_of_nobody_is_refused_and_of_somebody_invalid_is_a_place() {
    for engine in Engine::ALL {
        let world = furnished(engine).await;
        let (admin, directory) = (World::actor(), &world.directory);
        let holders = directory.holders(&admin, "support", "ro", Some("nobody"), 5);
        assert!(holders.await.unwrap_err().is_of_cursor());
        let everybody = directory.holders(&admin, "users", "ro", Some("nobody"), 5);
        assert!(everybody.await.unwrap_err().is_of_cursor());
        let given = directory.given_to_people(&admin, "support", Some("nobody"), 5);
        assert!(given.await.unwrap_err().is_of_cursor());
        let people = directory.people_of_customer(&admin, "ACME", Some("nobody"), 5);
        let refused = people.await.unwrap_err();
        let kartoteka_directory::Error::Invalid(errors) = &refused else {
            panic!("{refused:?}")
        };
        assert_eq!(errors[0].field, "after");
        assert_eq!(errors[0].problem, FieldProblem::NotAChoice);
        // The first of the page before became invalid: the list goes on from their place.
        let first = directory.holders(&admin, "users", "ro", None, 1);
        let next = first.await.unwrap().next.unwrap();
        world
            .update(Kind::CustomerUser, &next, fields_of(&[("ValidID", "2")]))
            .await;
        let rest = directory.holders(&admin, "users", "ro", Some(&next), 50);
        assert_eq!(rest.await.unwrap().holders.len(), 5);
    }
}

#[tokio::test]
async fn a_record_is_found_under_the_key_that_it_has_since() {
    for engine in Engine::ALL {
        let world = World::on(engine).await;
        let (admin, directory) = (World::actor(), &world.directory);
        let position = directory.journal_position(&admin).await.unwrap();
        let since = async |kind, key: &str, position| {
            let found = directory.key_since(&admin, kind, key, position);
            found.await.unwrap()
        };
        for (kind, key, field) in [
            (Kind::CustomerUser, "anna", "UserLogin"),
            (Kind::Customer, "CHILD", "CustomerID"),
            (Kind::Group, "support", "Name"),
            (Kind::Service, "Mail", "Name"),
        ] {
            assert_eq!(since(kind, key, position).await.as_deref(), Some(key));
            let once = format!("{key}.1");
            world.update(kind, key, fields_of(&[(field, &once)])).await;
            let twice = format!("{key}.2");
            world
                .update(kind, &once, fields_of(&[(field, &twice)]))
                .await;
            assert_eq!(since(kind, key, position).await, Some(twice));
            let later = directory.journal_position(&admin).await.unwrap();
            assert_eq!(since(kind, key, later).await, None, "nobody has it now");
        }
    }
}
