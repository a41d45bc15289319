//! Past days, and taking changes back.

use kartoteka_access::{Access, UndoPlan};
use kartoteka_directory::{Actor, JournalFilter, Kind};
use kartoteka_model::access::Context;

use super::desk::Desk;
use super::relations::Days;

pub async fn days(desk: &Desk, days: Days) {
    let actor = Actor::operator();
    let directory = &desk.directory;
    let Days {
        before,
        between,
        after,
    } = days;
    for (at, login) in [
        (before, "login7"),
        (between, "login7"),
        (between, "once"),
        (between, "login12"),
    ] {
        let then = Access::of(directory).permissions_as_of(&actor, login, at);
        desk.no_scan("a person on a past day", then).await.unwrap();
    }
    let changed = Access::of(directory).access_between(&actor, "login7", between, after);
    let changed = desk.no_scan("a person between days", changed).await;
    assert!(!changed.unwrap().is_empty());
    for customer in ["C7", "C39b"] {
        let then = Access::of(directory).customer_permissions_as_of(&actor, customer, between);
        desk.no_scan("a customer on a past day", then)
            .await
            .unwrap();
    }
    let changed = Access::of(directory).customer_access_between(&actor, "C7", between, after);
    let changed = desk.no_scan("a customer between days", changed).await;
    assert!(!changed.unwrap().is_empty());
    for permission in ["ro", "rw"] {
        let then =
            Access::of(directory).holders_as_of(&actor, "g0", permission, between, (None, 20));
        let then = desk.no_scan("a group on a past day", then).await.unwrap();
        assert!(then.total > 0);
        let moments = (between, after);
        let changed =
            Access::of(directory).holders_between(&actor, "g0", permission, moments, (None, 20));
        desk.no_scan("a group between days", changed).await.unwrap();
        for context in Context::ALL {
            let what = (permission, context);
            let then = Access::of(directory).customer_holders_as_of(
                &actor,
                "g1",
                what,
                between,
                (None, 20),
            );
            desk.no_scan("customers of a group on a past day", then)
                .await
                .unwrap();
            let changed = Access::of(directory).customer_holders_between(
                &actor,
                "g1",
                what,
                moments,
                (None, 20),
            );
            desk.no_scan("customers of a group between days", changed)
                .await
                .unwrap();
        }
    }
    for (kind, key) in [
        (Kind::CustomerUser, "login7"),
        (Kind::Customer, "C7"),
        (Kind::Group, "g0"),
        (Kind::Service, "s29"),
    ] {
        let history = directory.history(&actor, kind, key, 50);
        let history = desk.no_scan(&format!("history of {key}"), history).await;
        assert!(!history.unwrap().is_empty(), "{key}");
        let seen = directory.key_since(&actor, kind, key, 3);
        desk.no_scan("where a record is by now", seen)
            .await
            .unwrap();
    }
    for (kind, key) in [
        (None, None),
        (Some(Kind::Customer), None),
        (Some(Kind::Customer), Some("C7".to_owned())),
    ] {
        let filter = JournalFilter {
            topic: kind.map(Into::into),
            key,
            who: Some("jan".into()),
            since: Some(1),
            limit: 50,
            ..JournalFilter::default()
        };
        let page = directory.journal(&actor, &filter);
        desk.no_scan("the journal", page).await.unwrap();
    }
    let entries = directory.history(&actor, Kind::CustomerUser, "login7", 50);
    let relations = entries.await.unwrap();
    let last = relations.iter().find(|entry| entry.batch.is_some());
    let last = last.unwrap().id;
    let entry = Access::of(directory).journal_entry_of(&actor, last);
    desk.no_scan("an entry", entry).await.unwrap();
    let undo = Access::of(directory).plan_undo(&actor, last);
    let plan = desk.no_scan("taking back", undo).await.unwrap();
    match &plan {
        UndoPlan::Relations(plan) => assert!(!plan.changes.is_empty()),
        other => panic!("{other:?}"),
    }
    let undone = Access::of(directory).apply_undo(plan);
    desk.no_scan("taken back", undone).await.unwrap();
}
