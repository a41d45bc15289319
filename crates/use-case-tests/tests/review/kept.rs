//! What a signed-off review says stays the same, can be taken along, and can be held to its digest.

use kartoteka_directory::JournalFault;
use kartoteka_reviews::{Decide, Decision, ReviewFilter, ReviewState, Reviews};
use kartoteka_testbed::Engine;

use super::{customer, decide_rest, given, group, items, person, relate, sign_off, start};
use crate::access::world::World;

#[tokio::test]
async fn a_result_stays_the_same_after_later_changes() {
    for engine in Engine::all() {
        let world = given(engine).await;
        let admin = World::actor();
        let review = start(&world, group("support")).await.id;
        let formula = vec![Decide {
            item: 1,
            decision: Decision::Revoke,
            comment: Some("=HYPERLINK(\"x\")".into()),
            version: None,
        }];
        Reviews::of(&world.directory)
            .decide(&admin, review, formula)
            .await
            .unwrap();
        decide_rest(&world, review, Decision::Confirm).await;
        let signed = sign_off(&world, &admin, review).await.unwrap();
        let exported = Reviews::of(&world.directory)
            .export_review(&admin, review)
            .await
            .unwrap();
        let csv = exported.csv(',');
        assert!(csv.starts_with("\u{feff}\"review\",\"item\","), "{csv}");
        assert!(csv.contains("\"'=HYPERLINK(\"\"x\"\")\""), "{csv}");
        assert_eq!(csv.lines().count(), 6);
        relate(
            &world,
            vec![
                customer("Łódź-1", "support", "rw", false),
                person("berta", "support", "rw", true),
            ],
        )
        .await;
        let again = Reviews::of(&world.directory)
            .export_review(&admin, review)
            .await
            .unwrap();
        assert_eq!(again.csv(','), csv);
        assert_eq!(again.review.result, signed.result);
        assert_eq!(again.review.digest, signed.digest);
        assert!(
            items(&world, review, "")
                .await
                .items
                .iter()
                .all(|item| item.given)
        );
        let filter = ReviewFilter {
            state: Some(ReviewState::SignedOff),
            limit: 10,
            ..ReviewFilter::default()
        };
        let listed = Reviews::of(&world.directory)
            .reviews(&admin, &filter)
            .await
            .unwrap();
        assert_eq!((listed.reviews.len(), listed.next), (1, None));
        assert_eq!(listed.reviews[0].counts, signed.counts);
    }
}

#[tokio::test]
async fn what_was_changed_in_the_tables_is_found_out() {
    for engine in Engine::all() {
        let world = given(engine).await;
        let admin = World::actor();
        let review = start(&world, group("support")).await.id;
        decide_rest(&world, review, Decision::Confirm).await;
        let signed = sign_off(&world, &admin, review).await.unwrap();
        let verdict = world.directory.verify_journal(&admin).await.unwrap();
        assert_eq!(verdict.fault, None);
        let forged = "UPDATE kt_review_item SET decision = 'revoke' WHERE seq = 3";
        world.db.execute(forged, &[]).await.unwrap();
        assert!(
            !Reviews::of(&world.directory)
                .verify_review(&admin, review)
                .await
                .unwrap()
        );
        let verdict = world.directory.verify_journal(&admin).await.unwrap();
        let fault = (signed.entry.unwrap(), JournalFault::ReviewAltered);
        assert_eq!(verdict.fault, Some(fault));
    }
}
