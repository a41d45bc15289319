//! Who may do what in a review, and that a refusal leaves everything as it was.

use kartoteka_directory::{Actor, Error, Role};
use kartoteka_reviews::{Decide, Decision, ItemFilter, Reviews, Subject};
use kartoteka_testbed::Engine;

use super::{
    codes, customer, decide, decide_rest, editor, further, given, group, items, person, refusal,
    relate, sign_off, start,
};
use crate::access::world::World;

fn one(item: i64, decision: Decision) -> Vec<Decide> {
    vec![Decide {
        item,
        decision,
        comment: None,
        version: None,
    }]
}

#[tokio::test]
async fn an_editor_reviews_groups_of_their_own_and_never_what_they_have_themselves() {
    for engine in Engine::all() {
        let world = given(engine).await;
        // The first agent has rw in users, admin and stats, and in no other group.
        relate(
            &world,
            vec![
                customer("ACME", "stats", "ro", true),
                person("anna", "stats", "ro", true),
                person("celina", "stats", "ro", true),
            ],
        )
        .await;
        let anna = editor("ANNA");
        let plan = Reviews::of(&world.directory)
            .plan_review(&anna, group("support"))
            .await;
        assert_eq!(codes(&plan.unwrap().errors), ["Group not-your-group"]);
        let plan = Reviews::of(&world.directory)
            .plan_review(&anna, group("stats"))
            .await;
        let review = Reviews::of(&world.directory)
            .start_review(plan.unwrap(), "")
            .await;
        let review = review.unwrap().id;
        let filter = ItemFilter::default();
        let page = Reviews::of(&world.directory).review_items(&anna, review, &filter, None, 50);
        let said: Vec<_> = page
            .await
            .unwrap()
            .items
            .iter()
            .map(|item| item.refused.as_ref().map(|problem| problem.code()))
            .collect();
        // Her customer, herself, somebody else.
        assert_eq!(said, [Some("own-rights"), Some("own-rights"), None]);
        let refused =
            Reviews::of(&world.directory).decide(&anna, review, one(2, Decision::Confirm));
        assert_eq!(refusal(refused.await), ["0.item own-rights"]);
        let refused =
            Reviews::of(&world.directory).decide(&anna, review, one(9, Decision::Confirm));
        assert_eq!(refusal(refused.await), ["0.item not-a-choice"]);
        let done = Reviews::of(&world.directory)
            .decide_all(&anna, review, &filter, Decision::Revoke, None)
            .await
            .unwrap();
        assert_eq!((done.changed, done.left), (1, 2));
        // Somebody else confirms hers; then she may sign.
        let admin = World::actor();
        decide(&world, &admin, review, &[2], Decision::Confirm).await;
        decide(&world, &admin, review, &[1], Decision::Revoke).await;
        let before = world.picture().await;
        let plan = Reviews::of(&world.directory)
            .plan_sign_off(&anna, review)
            .await
            .unwrap();
        assert_eq!(codes(&plan.errors), ["1.CustomerID own-rights"]);
        let refused = Reviews::of(&world.directory).sign_off(plan, None, "").await;
        assert_eq!(refusal(refused), ["1.CustomerID own-rights"]);
        assert_eq!(world.picture().await, before);
        let counts = Reviews::of(&world.directory)
            .review(&admin, review)
            .await
            .unwrap()
            .counts;
        assert_eq!(
            (counts.confirm, counts.revoke),
            (1, 2),
            "decisions are kept"
        );
        sign_off(&world, &admin, review).await.unwrap();
    }
}

#[tokio::test]
async fn a_customers_review_asks_for_the_right_in_each_group() {
    for engine in Engine::all() {
        let world = given(engine).await;
        relate(&world, vec![customer("CHILD", "stats", "ro", true)]).await;
        relate(&world, vec![customer("CHILD", "sales", "ro", true)]).await;
        relate(&world, vec![further("dorota", "CHILD", true)]).await;
        let jan = editor("jan");
        let plan = Reviews::of(&world.directory)
            .plan_review(&jan, Subject::Customer("CHILD".into()))
            .await
            .unwrap();
        let review = Reviews::of(&world.directory)
            .start_review(plan, "")
            .await
            .unwrap()
            .id;
        let done = Reviews::of(&world.directory)
            .decide_all(&jan, review, &ItemFilter::default(), Decision::Revoke, None)
            .await
            .unwrap();
        // sales is somebody else's.
        assert_eq!((done.changed, done.left), (2, 1));
        let plan = Reviews::of(&world.directory)
            .plan_sign_off(&jan, review)
            .await
            .unwrap();
        assert_eq!(codes(&plan.errors), ["items undecided"]);
        decide_rest(&world, review, Decision::Confirm).await;
        sign_off(&world, &jan, review).await.unwrap();
        let held = world.picture().await;
        assert!(!held["celina"].contains(&("stats".into(), "ro".into())));
        assert!(held["celina"].contains(&("sales".into(), "ro".into())));
    }
}

#[tokio::test]
async fn readers_look_and_what_is_closed_stays() {
    for engine in Engine::all() {
        let world = given(engine).await;
        let reader = Actor::agent(1, "jan", Role::Reader);
        let review = start(&world, group("support")).await.id;
        let directory = &world.directory;
        assert!(Reviews::of(directory).review(&reader, review).await.is_ok());
        assert!(
            Reviews::of(directory)
                .export_review(&reader, review)
                .await
                .is_ok()
        );
        let filter = ItemFilter::default();
        let forbidden = |refused: Error| matches!(refused, Error::Forbidden { .. });
        let refused = Reviews::of(directory)
            .decide(&reader, review, one(1, Decision::Revoke))
            .await;
        assert!(forbidden(refused.unwrap_err()));
        let refused = Reviews::of(directory)
            .plan_review(&reader, group("sales"))
            .await;
        assert!(forbidden(refused.unwrap_err()));
        let refused = Reviews::of(directory)
            .cancel_review(&reader, review, "")
            .await;
        assert!(forbidden(refused.unwrap_err()));
        let refused = Reviews::of(directory).plan_sign_off(&reader, review).await;
        assert!(forbidden(refused.unwrap_err()));
        // Cancelled: kept, and nothing is taken away.
        let admin = World::actor();
        decide_rest(&world, review, Decision::Revoke).await;
        let before = world.picture().await;
        let cancelled = Reviews::of(directory)
            .cancel_review(&admin, review, "pomyłka")
            .await;
        assert_eq!(cancelled.unwrap().remark, "pomyłka");
        assert_eq!(world.picture().await, before);
        let closed = ["review review-closed"];
        let refused = Reviews::of(directory).decide(&admin, review, one(1, Decision::Confirm));
        assert_eq!(refusal(refused.await), closed);
        let refused =
            Reviews::of(directory).decide_all(&admin, review, &filter, Decision::Confirm, None);
        assert_eq!(refusal(refused.await), closed);
        assert_eq!(
            refusal(Reviews::of(directory).plan_sign_off(&admin, review).await),
            closed
        );
        assert_eq!(
            refusal(
                Reviews::of(directory)
                    .cancel_review(&admin, review, "")
                    .await
            ),
            closed
        );
        assert_eq!(
            refusal(Reviews::of(directory).take_in_added(&admin, review).await),
            closed
        );
        assert_eq!(items(&world, review, "").await.items.len(), 5);
        // Another one may begin now.
        start(&world, group("support")).await;
        let missing = Reviews::of(directory).review(&admin, 99).await;
        assert!(matches!(
            missing,
            Err(Error::Unknown { what: "review", .. })
        ));
    }
}

#[tokio::test]
async fn a_comment_that_is_too_long_decides_nothing() {
    for engine in Engine::all() {
        let world = given(engine).await;
        let admin = World::actor();
        let review = start(&world, group("support")).await.id;
        let mut wanted = one(1, Decision::Revoke);
        wanted.extend(one(2, Decision::Revoke));
        wanted[1].comment = Some("x".repeat(1001));
        let refused = Reviews::of(&world.directory)
            .decide(&admin, review, wanted)
            .await;
        assert_eq!(refusal(refused), ["1.comment too-long"]);
        let counts = Reviews::of(&world.directory)
            .review(&admin, review)
            .await
            .unwrap()
            .counts;
        assert_eq!(counts.decided(), 0);
    }
}
