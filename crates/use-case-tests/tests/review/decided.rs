//! Deciding, alone and in two; signing off, and taking it back.

use std::collections::BTreeSet;

use kartoteka_access::Access;
use kartoteka_directory::JournalFilter;
use kartoteka_reviews::{Decide, Decision, ItemFilter, Outcome, ReviewState, Reviews};
use kartoteka_testbed::Engine;

use super::{decide, decide_rest, given, group, items, sign_off, start};
use crate::access::world::{Picture, World};

fn lost(before: &Picture, after: &Picture) -> BTreeSet<(String, String, String)> {
    let of = |picture: &Picture| -> BTreeSet<(String, String, String)> {
        let pairs = picture.iter().flat_map(|(login, held)| {
            let held = held.iter().cloned();
            held.map(|(group, permission)| (group, permission, login.clone()))
        });
        pairs.collect()
    };
    &of(before) - &of(after)
}

#[tokio::test]
async fn signing_off_takes_what_was_revoked_and_nothing_else() {
    for engine in Engine::all() {
        let world = given(engine).await;
        let admin = World::actor();
        let before = world.picture().await;
        let review = start(&world, group("support")).await;
        decide(&world, &admin, review.id, &[1], Decision::Revoke).await;
        decide(&world, &admin, review.id, &[3], Decision::Revoke).await;
        assert_eq!(
            super::refusal(sign_off(&world, &admin, review.id).await),
            ["items undecided"]
        );
        decide_rest(&world, review.id, Decision::Confirm).await;
        let plan = Reviews::of(&world.directory)
            .plan_sign_off(&admin, review.id)
            .await;
        let plan = plan.unwrap();
        assert_eq!((plan.confirmed, plan.revoked.len(), plan.gone), (3, 2, 0));
        let said: BTreeSet<_> = plan
            .relations
            .effects
            .permissions
            .iter()
            .flat_map(|effect| {
                assert!(!effect.gained);
                let of = |login: &String| {
                    let (group, permission) = (effect.group.clone(), effect.permission.clone());
                    (group, permission, login.clone())
                };
                effect.people.iter().map(of)
            })
            .collect();
        assert_eq!(world.picture().await, before, "a preview changes nothing");
        world.tick();
        let seen = plan.seen.clone();
        let signed = Reviews::of(&world.directory)
            .sign_off(plan, Some(&seen), "gotowe")
            .await;
        let signed = signed.unwrap();
        let after = world.picture().await;
        assert_eq!(lost(&before, &after), said);
        assert_eq!(lost(&after, &before), BTreeSet::new());
        // anna keeps ro by herself; BERTA and łucja have it no more.
        assert!(after["anna"].contains(&("support".into(), "ro".into())));
        let ro = ("support".to_owned(), "ro".to_owned());
        assert!(!after["BERTA"].contains(&ro) && !after["łucja"].contains(&ro));
        assert_eq!(signed.state, ReviewState::SignedOff);
        assert_eq!(
            (signed.ended_by.as_str(), signed.remark.as_str()),
            ("operator", "gotowe")
        );
        let result = signed.result.unwrap();
        assert_eq!((result.confirmed, result.revoked, result.gone()), (3, 2, 0));
        let outcomes: Vec<_> = items(&world, review.id, "").await.items;
        let outcomes: Vec<_> = outcomes.iter().map(|item| item.outcome).collect();
        let (kept, revoked) = (Some(Outcome::Kept), Some(Outcome::Revoked));
        assert_eq!(outcomes, [revoked, kept, revoked, kept, kept]);
        // The journal has it, and it is taken back as one.
        let entry = signed.entry.unwrap();
        let filter = JournalFilter::default();
        let entries = world.directory.journal(&admin, &filter);
        let entries = entries.await.unwrap();
        assert_eq!(
            (entries[0].id, entries[0].action.as_str()),
            (entry, "sign-off-review")
        );
        assert_eq!(entries[0].batch, Some((entry - 2, 2)));
        let undo = Access::of(&world.directory)
            .plan_undo(&admin, entry)
            .await
            .unwrap();
        Access::of(&world.directory).apply_undo(undo).await.unwrap();
        assert_eq!(world.picture().await, before);
        assert!(
            Reviews::of(&world.directory)
                .verify_review(&admin, review.id)
                .await
                .unwrap()
        );
    }
}

#[tokio::test]
async fn of_two_reviewers_the_later_one_counts_and_nothing_is_lost() {
    for engine in Engine::all() {
        let world = given(engine).await;
        let admin = kartoteka_directory::Role::Admin;
        let (one, other) = (
            World::actor(),
            kartoteka_directory::Actor::agent(1, "ewelina", admin),
        );
        let review = start(&world, group("support")).await.id;
        let shown = items(&world, review, "łódź").await.items.remove(0);
        let wanted = |decision, comment: &str| {
            vec![Decide {
                item: shown.seq,
                decision,
                comment: Some(comment.into()),
                version: Some(shown.version),
            }]
        };
        let said = wanted(Decision::Confirm, "potrzebne");
        let first = Reviews::of(&world.directory)
            .decide(&one, review, said)
            .await
            .unwrap();
        assert_eq!((first.changed, first.overruled.len()), (1, 0));
        let said = wanted(Decision::Revoke, "");
        let second = Reviews::of(&world.directory)
            .decide(&other, review, said)
            .await
            .unwrap();
        assert_eq!(second.overruled.len(), 1);
        assert_eq!(second.overruled[0].by, "operator");
        assert_eq!(second.overruled[0].decision, Decision::Confirm);
        assert_eq!((second.counts.revoke, second.counts.decided()), (1, 1));
        let item = items(&world, review, "łódź").await.items.remove(0);
        assert_eq!(
            (item.decision, item.decided_by.as_str()),
            (Decision::Revoke, "ewelina")
        );
        assert_eq!(item.past[0].comment, "potrzebne");
        // The same again is nothing new.
        let said = wanted(Decision::Revoke, "");
        let third = Reviews::of(&world.directory)
            .decide(&other, review, said)
            .await
            .unwrap();
        assert_eq!(third.changed, 0);
    }
}

#[tokio::test]
async fn items_are_found_paged_and_decided_together() {
    for engine in Engine::all() {
        let world = given(engine).await;
        let admin = World::actor();
        let review = start(&world, group("support")).await.id;
        let mut found = vec![];
        let mut after = None;
        loop {
            let filter = ItemFilter::default();
            let page =
                Reviews::of(&world.directory).review_items(&admin, review, &filter, after, 2);
            let page = page.await.unwrap();
            assert_eq!(page.total, 5);
            found.extend(page.items.iter().map(|item| item.seq));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(found, [1, 2, 3, 4, 5]);
        // Without accents and case; a percent sign is only a percent sign.
        assert_eq!(items(&world, review, "lodz RW").await.total, 1);
        assert_eq!(items(&world, review, "%").await.total, 0);
        let filter = ItemFilter {
            search: "anna".into(),
            ..ItemFilter::default()
        };
        let done = Reviews::of(&world.directory)
            .decide_all(&admin, review, &filter, Decision::Revoke, Some("odeszła"))
            .await
            .unwrap();
        assert_eq!((done.changed, done.left, done.counts.revoke), (2, 0, 2));
        let filter = ItemFilter {
            decision: Some(Decision::Undecided),
            ..ItemFilter::default()
        };
        let page = Reviews::of(&world.directory).review_items(&admin, review, &filter, None, 50);
        assert_eq!(page.await.unwrap().total, 3);
        assert_eq!(
            items(&world, review, "anna").await.items[0].comment,
            "odeszła"
        );
    }
}
