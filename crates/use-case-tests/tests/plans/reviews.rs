//! Access reviews: begun, gone through, signed off and kept.

use kartoteka_directory::Actor;
use kartoteka_reviews::{
    Decide, Decision, ItemFilter, ReviewFilter, ReviewState, Reviews, Subject,
};

use super::desk::Desk;

pub async fn reviews(desk: &Desk) {
    let actor = Actor::operator();
    let directory = &desk.directory;
    for subject in [Subject::Group("g2".into()), Subject::Customer("C47".into())] {
        let planned = Reviews::of(directory).plan_review(&actor, subject.clone());
        let plan = desk.no_scan("planning a review", planned).await.unwrap();
        let started = Reviews::of(directory).start_review(plan, "yearly");
        let review = desk.no_scan("beginning a review", started).await.unwrap();
        assert!(review.counts.items > 5, "{subject:?}");
        let review = review.id;
        let open = Reviews::of(directory).open_review_of(&actor, &subject);
        let open = desk.no_scan("an open review", open).await.unwrap();
        assert_eq!(open, Some(review));
        for (decision, search) in [
            (None, ""),
            (Some(Decision::Undecided), ""),
            (None, "login2"),
        ] {
            let filter = ItemFilter {
                decision,
                search: search.into(),
                ..ItemFilter::default()
            };
            let items = Reviews::of(directory).review_items(&actor, review, &filter, None, 20);
            desk.no_scan("items of a review", items).await.unwrap();
        }
        let decide = |item| Decide {
            item,
            decision: Decision::Revoke,
            comment: Some("left".into()),
            version: None,
        };
        let decided = Reviews::of(directory).decide(&actor, review, vec![decide(1), decide(2)]);
        desk.no_scan("deciding", decided).await.unwrap();
        let filter = ItemFilter {
            decision: Some(Decision::Undecided),
            ..ItemFilter::default()
        };
        let decided =
            Reviews::of(directory).decide_all(&actor, review, &filter, Decision::Confirm, None);
        desk.no_scan("deciding on the rest", decided).await.unwrap();
        let added = Reviews::of(directory).take_in_added(&actor, review);
        desk.no_scan("taking in what was added", added)
            .await
            .unwrap();
        let drift = Reviews::of(directory).review_drift(&actor, review, 5);
        desk.no_scan("what changed meanwhile", drift).await.unwrap();
        let planned = Reviews::of(directory).plan_sign_off(&actor, review);
        let plan = desk.no_scan("planning to sign off", planned).await;
        let signed = Reviews::of(directory).sign_off(plan.unwrap(), None, "");
        let signed = desk.no_scan("signing off", signed).await.unwrap();
        assert_eq!(signed.state, ReviewState::SignedOff);
        let one = Reviews::of(directory).review(&actor, review);
        desk.no_scan("a review", one).await.unwrap();
        let export = Reviews::of(directory).export_review(&actor, review);
        desk.no_scan("an export", export).await.unwrap();
        let verified = Reviews::of(directory).verify_review(&actor, review);
        assert!(desk.no_scan("verifying", verified).await.unwrap());
    }
    for state in [None, Some(ReviewState::Open)] {
        let filter = ReviewFilter {
            state,
            before: None,
            limit: 20,
        };
        let listed = Reviews::of(directory).reviews(&actor, &filter);
        desk.no_scan("reviews", listed).await.unwrap();
    }
}
