//! What is refused: unknown and invalid ones, other people's groups, one's own rights, what changed meanwhile.

use kartoteka_access::{Access, Wanted};
use kartoteka_directory::{Actor, Error, Kind, Role};
use kartoteka_model::access::Context;
use kartoteka_testbed::Engine;

use super::world::World;
use crate::fields_of;

fn give(login: &str, group: &str, permission: &str) -> Wanted {
    Wanted::PersonGroup {
        login: login.into(),
        group: group.into(),
        permission: permission.into(),
        given: true,
    }
}

fn editor(login: &str) -> Actor {
    Actor::agent(1, login, Role::Editor)
}

async fn codes(world: &World, actor: &Actor, wanted: Vec<Wanted>) -> Vec<String> {
    let plan = Access::of(&world.directory)
        .plan_relations(actor, wanted)
        .await
        .unwrap();
    let errors = plan.errors.iter();
    errors
        .map(|error| format!("{} {}", error.field, error.problem.code()))
        .collect()
}

#[tokio::test]
async fn every_mistake_has_its_place() {
    for engine in Engine::all() {
        let world = World::on(engine).await;
        let admin = World::actor();
        world
            .update(Kind::CustomerUser, "ewa", fields_of(&[("ValidID", "2")]))
            .await;
        world
            .update(Kind::Group, "vip", fields_of(&[("ValidID", "2")]))
            .await;
        let service = |login: &str, service: &str| Wanted::Service {
            login: login.into(),
            service: service.into(),
            given: true,
        };
        let wanted = vec![
            give("nobody", "support", "ro"),
            give("ewa", "support", "ro"),
            give("anna", "nothing", "ro"),
            give("anna", "vip", "ro"),
            give("anna", "support", "fly"),
            give("", "support", "ro"),
            service("anna", "Nothing"),
            Wanted::Customer {
                login: "anna".into(),
                customer: "NOBODY".into(),
                given: true,
            },
        ];
        let expected = [
            "0.UserLogin unknown-person",
            "1.UserLogin invalid-person",
            "2.Group unknown-group",
            "3.Group invalid-group",
            "4.Permission unknown-permission",
            "5.UserLogin required",
            "6.Service unknown-service",
            "7.CustomerID unknown-customer",
        ];
        assert_eq!(codes(&world, &admin, wanted).await, expected);
    }
}

#[tokio::test]
async fn an_editor_gives_in_groups_of_their_own_and_never_to_themselves() {
    for engine in Engine::all() {
        let world = World::on(engine).await;
        // The first agent has rw in users, admin and stats, and in no other group.
        let wanted = || vec![give("anna", "support", "ro"), give("anna", "stats", "ro")];
        let found = codes(&world, &editor("jan"), wanted()).await;
        assert_eq!(found, ["0.Group not-your-group"]);
        let found = codes(&world, &editor("ANNA"), vec![give("anna", "stats", "ro")]).await;
        assert_eq!(found, ["0.UserLogin own-rights"]);
        let to_own_customer = Wanted::CustomerGroup {
            customer: "ACME".into(),
            group: "stats".into(),
            permission: "ro".into(),
            context: Context::Same,
            given: true,
        };
        let found = codes(&world, &editor("anna"), vec![to_own_customer]).await;
        assert_eq!(found, ["0.CustomerID own-rights"]);
        assert!(codes(&world, &World::actor(), wanted()).await.is_empty());
        let reader = Actor::agent(1, "jan", Role::Reader);
        let refused = Access::of(&world.directory)
            .plan_relations(&reader, wanted())
            .await;
        assert!(matches!(refused, Err(Error::Forbidden { .. })));
    }
}

#[tokio::test]
async fn what_changed_between_plan_and_save_is_an_error_and_nothing_is_saved() {
    for engine in Engine::all() {
        let world = World::on(engine).await;
        let admin = World::actor();
        let both = vec![give("anna", "support", "ro"), give("celina", "sales", "rw")];
        let plan = Access::of(&world.directory)
            .plan_relations(&admin, both)
            .await
            .unwrap();
        world
            .update(
                Kind::CustomerUser,
                "celina",
                fields_of(&[("UserLogin", "celina.nowa")]),
            )
            .await;
        let before = world.picture().await;
        let refused = Access::of(&world.directory).apply_relations(plan).await;
        let Err(Error::Invalid(errors)) = refused else {
            panic!("{refused:?}")
        };
        assert_eq!(errors[0].field, "1.UserLogin");
        assert_eq!(world.picture().await, before);
    }
}

#[tokio::test]
async fn of_two_admins_each_keeps_what_the_other_did() {
    for engine in Engine::all() {
        let world = World::on(engine).await;
        let admin = World::actor();
        let plan = |wanted| Access::of(&world.directory).plan_relations(&admin, vec![wanted]);
        let one = plan(give("anna", "support", "ro")).await.unwrap();
        let other = plan(give("anna", "support", "create")).await.unwrap();
        let same = plan(give("anna", "support", "ro")).await.unwrap();
        Access::of(&world.directory)
            .apply_relations(one)
            .await
            .unwrap();
        Access::of(&world.directory)
            .apply_relations(other)
            .await
            .unwrap();
        let again = Access::of(&world.directory)
            .apply_relations(same)
            .await
            .unwrap();
        assert!(again.changes.is_empty() && again.journal.is_none());
        let held = world.picture().await;
        for permission in ["ro", "create"] {
            assert!(held["anna"].contains(&("support".into(), permission.into())));
        }
        let take = Wanted::PersonGroup {
            login: "anna".into(),
            group: "support".into(),
            permission: "ro".into(),
            given: false,
        };
        let rw = plan(give("anna", "support", "rw")).await.unwrap();
        Access::of(&world.directory)
            .apply_relations(rw)
            .await
            .unwrap();
        let refused = plan(take).await.unwrap();
        assert_eq!(refused.errors[0].problem.code(), "take-rw-first");
    }
}
