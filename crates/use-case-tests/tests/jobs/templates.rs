//! Templates: saved under a name, not overwritten unseen, journalled, and no way around what one may give.

use kartoteka_directory::{Error, JournalFilter, Kind, Result, Role};
use kartoteka_jobs::Jobs;
use kartoteka_testbed::Engine;

use super::crowd::{Crowd, customer, group, operator, service};

/// What is wrong, as `field code`.
fn wrong<T: std::fmt::Debug>(result: Result<T>) -> Vec<String> {
    let Err(Error::Invalid(errors)) = result else {
        panic!("{result:?}")
    };
    let errors = errors.iter();
    errors
        .map(|error| format!("{} {}", error.field, error.problem.code()))
        .collect()
}

#[tokio::test]
async fn templates_are_saved_changed_and_dropped_with_a_trace() {
    for engine in Engine::all() {
        let crowd = Crowd::of(engine, 5).await;
        let directory = &crowd.desk.directory;
        let actor = operator();
        let changes = vec![
            customer("LODZ", true),
            group("support", "ro", true),
            service("Mail", false),
        ];
        for name in ["Żuraw", "Support", " zażółć "] {
            Jobs::of(directory)
                .save_template(&actor, None, name, changes.clone())
                .await
                .unwrap();
        }
        let all = Jobs::of(directory).templates(&actor).await.unwrap();
        let names: Vec<&str> = all.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names, ["Support", "zażółć", "Żuraw"], "{}", engine.name());
        assert_eq!(all[0].changes, changes);
        let save = async |before: Option<(i64, &str)>, name: &str| {
            let changes = vec![group("support", "rw", true)];
            Jobs::of(directory)
                .save_template(&actor, before, name, changes)
                .await
        };
        assert_eq!(wrong(save(None, "SUPPORT").await), ["name taken"]);
        assert_eq!(wrong(save(None, " ").await), ["name required"]);
        let long = "x".repeat(101);
        assert_eq!(wrong(save(None, &long).await), ["name too-long"]);
        let first = &all[0];
        save(Some((first.id, &first.version)), "Second line")
            .await
            .unwrap();
        // Whoever had the one before does not overwrite it.
        let stale = save(Some((first.id, &first.version)), "Third line").await;
        assert_eq!(wrong(stale), ["template changed-since"]);
        let gone = save(Some((4711, "")), "x").await;
        assert!(matches!(gone, Err(Error::Unknown { .. })));
        let stored = Jobs::of(directory)
            .template(&actor, first.id)
            .await
            .unwrap();
        assert_eq!(stored.name, "Second line");
        Jobs::of(directory)
            .delete_template(&actor, first.id)
            .await
            .unwrap();
        let again = Jobs::of(directory).delete_template(&actor, first.id).await;
        assert!(matches!(again, Err(Error::Unknown { .. })));
        let filter = JournalFilter::default();
        let journal = directory.journal(&actor, &filter).await.unwrap();
        let told: Vec<String> = journal
            .into_iter()
            .filter(|entry| entry.kind == "template")
            .map(|entry| format!("{} {}", entry.action, entry.key))
            .collect();
        let expected = [
            "delete Second line",
            "update Second line",
            "create zażółć",
            "create Support",
            "create Żuraw",
        ];
        assert_eq!(told, expected);
    }
}

#[tokio::test]
async fn templates_follow_what_is_renamed() {
    for engine in Engine::all() {
        let crowd = Crowd::of(engine, 5).await;
        let desk = &crowd.desk;
        let directory = &desk.directory;
        let actor = operator();
        let fields = [("Name", "Post"), ("Parent", "Mail"), ("ValidID", "1")];
        desk.create(Kind::Service, &fields).await.unwrap();
        let changes = vec![
            customer("lodz", true),
            group("support", "ro", true),
            group("sales", "rw", false),
            service("Mail::Post", true),
        ];
        let others = vec![group("sales", "ro", true)];
        for (name, changes) in [("Newcomer", changes), ("Other", others.clone())] {
            Jobs::of(directory)
                .save_template(&actor, None, name, changes)
                .await
                .unwrap();
        }
        for (kind, key, field, to) in [
            (Kind::Customer, "LODZ", "CustomerID", "LODZ2"),
            (Kind::Group, "support", "Name", "Helpdesk"),
            // What is below it follows it.
            (Kind::Service, "Mail", "Name", "Letters"),
        ] {
            desk.update(kind, key, &[(field, to)]).await.unwrap();
        }
        let all = Jobs::of(directory).templates(&actor).await.unwrap();
        let expected = vec![
            customer("LODZ2", true),
            group("Helpdesk", "ro", true),
            group("sales", "rw", false),
            service("Letters::Post", true),
        ];
        assert_eq!(all[0].changes, expected, "{}", engine.name());
        assert_eq!(all[1].changes, others);
        let filter = JournalFilter::default();
        let journal = directory.journal(&actor, &filter).await.unwrap();
        let told: Vec<&str> = journal
            .iter()
            .filter(|entry| entry.kind == "template" && entry.action == "update")
            .map(|entry| entry.key.as_str())
            .collect();
        assert_eq!(told, ["Newcomer"; 3]);
    }
}

#[tokio::test]
async fn a_template_gives_nobody_more_than_they_may_give() {
    let crowd = Crowd::of(Engine::Sqlite, 5).await;
    let directory = &crowd.desk.directory;
    let editor = crowd.agent("ewa", Role::Editor, &["support"]).await;
    let sales = vec![group("support", "ro", true), group("sales", "ro", true)];
    let refused = Jobs::of(directory)
        .save_template(&editor, None, "All", sales)
        .await;
    assert_eq!(wrong(refused), ["1.Group not-your-group"]);
    let nothing = Jobs::of(directory)
        .save_template(&editor, None, "All", vec![])
        .await;
    assert_eq!(wrong(nothing), ["changes required"]);
    let reader = crowd.agent("ola", Role::Reader, &[]).await;
    for refused in [
        Jobs::of(directory).templates(&reader).await.map(|_| ()),
        Jobs::of(directory)
            .save_template(&reader, None, "x", vec![])
            .await,
        Jobs::of(directory).delete_template(&reader, 1).await,
    ] {
        assert!(matches!(refused, Err(Error::Forbidden { .. })));
    }
}
