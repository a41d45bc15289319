//! What happens while a review is open: grants come and go, people and groups get other names.

use kartoteka_directory::Kind;
use kartoteka_reviews::{Decision, Outcome, Reviews, Subject};
use kartoteka_testbed::Engine;

use super::{
    customer, decide, decide_rest, given, group, items, listed, person, refusal, relate, sign_off,
    start,
};
use crate::access::world::World;
use crate::fields_of;

#[tokio::test]
async fn what_others_took_needs_no_decision_and_what_they_gave_can_be_taken_in() {
    for engine in Engine::all() {
        let world = given(engine).await;
        let admin = World::actor();
        let review = start(&world, group("support")).await.id;
        decide(&world, &admin, review, &[1], Decision::Revoke).await;
        relate(
            &world,
            vec![
                customer("ACME", "support", "ro", false),
                person("celina", "support", "rw", false),
                person("dorota", "support", "ro", true),
            ],
        )
        .await;
        let given: Vec<_> = items(&world, review, "").await.items;
        let given: Vec<_> = given.iter().map(|item| item.given).collect();
        assert_eq!(given, [false, true, true, true, false]);
        let drift = Reviews::of(&world.directory)
            .review_drift(&admin, review, 10)
            .await;
        let drift = drift.unwrap();
        assert_eq!(
            (drift.gone, drift.gone_undecided, drift.added_total),
            (2, 1, 1)
        );
        assert_eq!(drift.added[0].holder().1, "dorota");
        decide(&world, &admin, review, &[2], Decision::Confirm).await;
        decide(&world, &admin, review, &[3, 4], Decision::Confirm).await;
        // What a preview showed is not what is there any more.
        let seen = Reviews::of(&world.directory)
            .plan_sign_off(&admin, review)
            .await
            .unwrap();
        assert!(
            seen.errors.is_empty() && seen.revoked.is_empty(),
            "{seen:?}"
        );
        let taken = Reviews::of(&world.directory)
            .take_in_added(&admin, review)
            .await;
        assert_eq!(taken.unwrap(), 1);
        assert_eq!(
            refusal(Reviews::of(&world.directory).sign_off(seen, None, "").await),
            ["seen review-changed"]
        );
        assert_eq!(listed(&world, review).await[5], "dorota support ro");
        decide(&world, &admin, review, &[6], Decision::Revoke).await;
        let signed = sign_off(&world, &admin, review).await.unwrap();
        let result = signed.result.unwrap();
        assert_eq!(
            (
                result.confirmed,
                result.revoked,
                result.gone(),
                result.added
            ),
            (3, 1, 2, 0)
        );
        let outcomes: Vec<_> = items(&world, review, "").await.items;
        assert_eq!(outcomes[0].outcome, Some(Outcome::Gone));
        assert_eq!(outcomes[0].decision, Decision::Revoke);
        assert_eq!(outcomes[5].outcome, Some(Outcome::Revoked));
    }
}

#[tokio::test]
async fn items_follow_renames() {
    for engine in Engine::all() {
        let world = given(engine).await;
        let admin = World::actor();
        let of_group = start(&world, group("support")).await.id;
        let of_customer = start(&world, Subject::Customer("ACME".into())).await.id;
        for (kind, key, field, new) in [
            (Kind::CustomerUser, "celina", "UserLogin", "celina.nowa"),
            (Kind::Customer, "ACME", "CustomerID", "ACME-2"),
            (Kind::Group, "support", "Name", "first line"),
        ] {
            world
                .update(kind, key, fields_of(&[(field, new)]))
                .await
                .unwrap();
        }
        assert_eq!(
            listed(&world, of_group).await,
            [
                "ACME-2 first line ro same",
                "Łódź-1 first line rw same",
                "anna first line create",
                "anna first line ro",
                "celina.nowa first line rw",
            ]
        );
        let page = items(&world, of_group, "celina.nowa").await;
        assert_eq!((page.total, page.items[0].named.as_str()), (1, "celina"));
        assert!(page.items[0].given);
        let review = Reviews::of(&world.directory)
            .review(&admin, of_customer)
            .await
            .unwrap();
        assert_eq!(review.subject, Subject::Customer("ACME-2".into()));
        assert_eq!(review.named, "ACME");
        assert_eq!(
            listed(&world, of_customer).await,
            ["ACME-2 first line ro same", "celina.nowa of ACME-2"]
        );
        for review in [of_customer, of_group] {
            decide_rest(&world, review, Decision::Revoke).await;
            sign_off(&world, &admin, review).await.unwrap();
        }
        let held = world.picture().await;
        let left: Vec<_> = held
            .values()
            .flatten()
            .filter(|(group, _)| group == "first line")
            .collect();
        assert!(left.is_empty(), "{left:?}");
        // A closed review keeps its names.
        world
            .update(Kind::Group, "first line", fields_of(&[("Name", "third")]))
            .await
            .unwrap();
        world
            .update(
                Kind::Customer,
                "ACME-2",
                fields_of(&[("CustomerID", "ACME-3")]),
            )
            .await
            .unwrap();
        assert!(listed(&world, of_group).await[0].starts_with("ACME-2 "));
        for review in [of_customer, of_group] {
            assert!(
                Reviews::of(&world.directory)
                    .verify_review(&admin, review)
                    .await
                    .unwrap()
            );
        }
    }
}

#[tokio::test]
async fn rw_that_came_meanwhile_is_not_taken_with_what_it_includes() {
    for engine in Engine::all() {
        let world = given(engine).await;
        let admin = World::actor();
        let review = start(&world, group("support")).await.id;
        decide_rest(&world, review, Decision::Revoke).await;
        relate(&world, vec![person("anna", "support", "rw", true)]).await;
        let plan = Reviews::of(&world.directory)
            .plan_sign_off(&admin, review)
            .await
            .unwrap();
        // Giving rw took ro and create away: they are gone, and rw is new.
        assert_eq!((plan.gone, plan.added, plan.errors.len()), (2, 1, 0));
        Reviews::of(&world.directory)
            .sign_off(plan, None, "")
            .await
            .unwrap();
        let held = world.picture().await;
        assert!(held["anna"].contains(&("support".into(), "rw".into())));
        assert!(!held["dorota"].contains(&("support".into(), "ro".into())));
    }
}
