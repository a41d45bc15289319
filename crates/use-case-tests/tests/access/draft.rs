//! What would be if a form were saved, who has what in a group in one go, and finding records and places again.

use kartoteka_access::{Access, Wanted};
use kartoteka_directory::{FieldProblem, Kind, Relation};
use kartoteka_model::Record;
use kartoteka_model::access::{Context, Permission};
use kartoteka_records::Records;
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
    let plan = Access::of(&world.directory)
        .plan_relations(&admin, wanted)
        .await
        .unwrap();
    assert_eq!(plan.errors, []);
    Access::of(&world.directory)
        .apply_relations(plan)
        .await
        .unwrap();
    world
}

#[tokio::test]
async fn a_draft_comes_to_what_saving_comes_to() {
    for engine in Engine::all() {
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
            let draft = Access::of(&world.directory)
                .permissions_if_changed(&admin, login, &fields)
                .await
                .unwrap();
            let before = Access::of(&world.directory)
                .permissions_of(&admin, login)
                .await
                .unwrap();
            assert_eq!(before.login, login, "nothing was saved");
            let key = match fields.is_empty() {
                true => login.to_owned(),
                false => world
                    .update(Kind::CustomerUser, login, fields)
                    .await
                    .unwrap(),
            };
            let after = Access::of(&world.directory)
                .permissions_of(&admin, &key)
                .await
                .unwrap();
            assert_eq!(draft.effective, after.effective, "{login}");
        }
        let fields = [
            ("UserLogin", "zofia"),
            ("UserFirstname", "Z"),
            ("UserLastname", "Z"),
            ("UserEmail", "zofia@acme-lab.org"),
            ("UserCustomerID", "acme"),
        ];
        let draft = Access::of(&world.directory)
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
        let after = Access::of(&world.directory)
            .permissions_of(&admin, "zofia")
            .await
            .unwrap();
        assert_eq!(draft.effective, after.effective);
        let nothing = Access::of(&world.directory)
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
    for engine in Engine::all() {
        let world = furnished(engine).await;
        let admin = World::actor();
        world
            .update(Kind::Group, "vip", fields_of(&[("ValidID", "2")]))
            .await;
        for group in ["support", "sales", "vip", "users", "stats"] {
            let found = Access::of(&world.directory)
                .group_holders(&admin, group, 2)
                .await
                .unwrap();
            assert_eq!(found.held.len(), found.settings.permissions.len());
            for held in found.held {
                let name = held.permission.as_str();
                let holders = Access::of(&world.directory).holders(&admin, group, name, None, 2);
                assert_eq!(
                    held.people,
                    holders.await.unwrap().holders,
                    "{group} {name}"
                );
                let count = Access::of(&world.directory).count_holders(&admin, group, name);
                assert_eq!(held.count, Some(count.await.unwrap()), "{group} {name}");
                let customers = Access::of(&world.directory)
                    .customer_holders(&admin, group, name, Context::Same, None, 2)
                    .await
                    .unwrap();
                assert_eq!(held.customers, customers.holders, "{group} {name}");
            }
        }
    }
}

/// Who has what in *support*, page by page and in one go; and the customers to which something is given there.
async fn all_in_support(world: &World) -> Vec<String> {
    let (admin, directory) = (World::actor(), &world.directory);
    let mut all = vec![];
    for permission in ["ro", "create", "rw"] {
        let mut after: Option<String> = None;
        loop {
            let page =
                Access::of(directory).holders(&admin, "support", permission, after.as_deref(), 2);
            let page = page.await.unwrap();
            all.extend(
                page.holders
                    .iter()
                    .map(|one| format!("{permission} {one:?}")),
            );
            after = page.next;
            if after.is_none() {
                break;
            }
        }
    }
    for held in Access::of(directory)
        .group_holders(&admin, "support", 2)
        .await
        .unwrap()
        .held
    {
        all.push(format!(
            "{} {:?} {:?}",
            held.permission, held.people, held.customers
        ));
    }
    let mut after: Option<String> = None;
    loop {
        let page = Access::of(directory).given_to_customers(&admin, "support", after.as_deref(), 1);
        let page = page.await.unwrap();
        let known = page.given.iter().filter(|one| one.known);
        all.extend(known.map(|one| format!("{one:?}")));
        after = page.next;
        if after.is_none() {
            return all;
        }
    }
}

#[tokio::test]
async fn where_many_have_a_group_the_answers_are_the_same() {
    for engine in Engine::all() {
        let world = furnished(engine).await;
        let before = all_in_support(&world).await;
        assert!(before.len() > 8, "{before:?}");
        let groups = Access::of(&world.directory)
            .all_groups(&World::actor())
            .await
            .unwrap();
        let support = groups.iter().find(|group| group.name == "support").unwrap();
        // So many that everybody is walked through: customers that no source knows.
        let given = (0..1600).map(|number| Relation::CustomerGroup {
            customer: format!("gone {number:04}"),
            group: support.name.clone(),
            group_id: support.id,
            permission: Permission::new("rw"),
            context: Context::Same,
        });
        Access::of(&world.directory)
            .bulk_relate(&World::actor(), given)
            .await
            .unwrap();
        assert_eq!(all_in_support(&world).await, before);
    }
}

/// Many have the group, but none of the first twelve hundred customers: walking does not come by them.
#[tokio::test]
async fn customers_that_are_far_apart_are_found_all_the_same() {
    for engine in Engine::all() {
        let world = furnished(engine).await;
        let (admin, directory) = (World::actor(), &world.directory);
        let id = |number: usize| format!("A{number:04}");
        let customers = (0..2900).map(|number| {
            Record::from_iter([
                ("CustomerID", id(number)),
                ("CustomerCompanyName", format!("A {number:04}")),
                ("ValidID", "1".to_owned()),
            ])
        });
        Records::of(directory)
            .bulk_create(&admin, Kind::Customer, customers, |_| {})
            .await
            .unwrap();
        directory.wait_for_index().await.unwrap();
        let groups = Access::of(directory).all_groups(&admin).await.unwrap();
        let sales = groups.iter().find(|group| group.name == "sales").unwrap();
        let given = (1300..2900).map(|number| Relation::CustomerGroup {
            customer: id(number),
            group: sales.name.clone(),
            group_id: sales.id,
            permission: Permission::new("ro"),
            context: Context::Same,
        });
        Access::of(directory)
            .bulk_relate(&admin, given)
            .await
            .unwrap();
        let found = Access::of(directory)
            .group_holders(&admin, "sales", 2)
            .await
            .unwrap();
        let held = found.held.iter().find(|held| held.permission == "ro");
        let held = held.unwrap();
        assert!(held.customers.is_empty() && held.more_customers, "{held:?}");
        let first = [id(1300), id(1301)];
        let page =
            Access::of(directory).customer_holders(&admin, "sales", "ro", Context::Same, None, 2);
        let page = page.await.unwrap().holders;
        assert_eq!(
            page.iter().map(|one| &one.customer).collect::<Vec<_>>(),
            first.iter().collect::<Vec<_>>()
        );
        let page = Access::of(directory)
            .given_to_customers(&admin, "sales", None, 2)
            .await
            .unwrap();
        assert_eq!(
            page.given
                .iter()
                .map(|one| &one.customer)
                .collect::<Vec<_>>(),
            first.iter().collect::<Vec<_>>()
        );
        assert_eq!(page.next.as_deref(), Some(first[1].as_str()));
    }
}

#[tokio::test]
async fn a_cursor_of_nobody_is_refused_and_of_somebody_invalid_is_a_place() {
    for engine in Engine::all() {
        let world = furnished(engine).await;
        let (admin, directory) = (World::actor(), &world.directory);
        let holders = Access::of(directory).holders(&admin, "support", "ro", Some("nobody"), 5);
        assert!(holders.await.unwrap_err().is_of_cursor());
        let everybody = Access::of(directory).holders(&admin, "users", "ro", Some("nobody"), 5);
        assert!(everybody.await.unwrap_err().is_of_cursor());
        let given = Access::of(directory).given_to_people(&admin, "support", Some("nobody"), 5);
        assert!(given.await.unwrap_err().is_of_cursor());
        let people = Access::of(directory).people_of_customer(&admin, "ACME", Some("nobody"), 5);
        let refused = people.await.unwrap_err();
        let kartoteka_directory::Error::Invalid(errors) = &refused else {
            panic!("{refused:?}")
        };
        assert_eq!(errors[0].field, "after");
        assert_eq!(errors[0].problem, FieldProblem::NotAChoice);
        // The first of the page before became invalid: the list goes on from their place.
        let first = Access::of(directory).holders(&admin, "users", "ro", None, 1);
        let next = first.await.unwrap().next.unwrap();
        world
            .update(Kind::CustomerUser, &next, fields_of(&[("ValidID", "2")]))
            .await;
        let rest = Access::of(directory).holders(&admin, "users", "ro", Some(&next), 50);
        assert_eq!(rest.await.unwrap().holders.len(), 5);
    }
}

#[tokio::test]
async fn a_record_is_found_under_the_key_that_it_has_since() {
    for engine in Engine::all() {
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
