//! What a preview says, the job does; mistakes are said at once, and row by row.

use kartoteka_access::Access;
use kartoteka_directory::{Error, FieldProblem, Search};
use kartoteka_jobs::{EffectOf, ItemState, JobPreview, JobState, Jobs, Selection, Worker};
use kartoteka_testbed::Engine;

use super::crowd::{Crowd, MANY, customer, everybody, group, login, operator, people, service};

fn counts(preview: &JobPreview) -> (u64, u64, u64, u64) {
    (
        preview.total,
        preview.changed,
        preview.already,
        preview.refused,
    )
}

fn people_of(preview: &JobPreview, of: &EffectOf, gained: bool) -> u64 {
    let found = preview.effects.iter();
    let found = found.filter(|effect| effect.of == *of && effect.gained == gained);
    found.map(|effect| effect.people).sum()
}

#[tokio::test]
async fn a_job_over_a_search_does_exactly_its_preview() {
    for engine in Engine::all() {
        let crowd = Crowd::of_many(engine).await;
        let directory = &crowd.desk.directory;
        // Some have all of it before.
        let changes = vec![group("support", "ro", true), service("Mail", true)];
        let some: Vec<String> = (0..50).map(login).collect();
        let first = Jobs::of(directory)
            .order_job(&operator(), Selection::Logins(some), changes.clone())
            .await
            .unwrap();
        let first = crowd.finish(first.id).await;
        assert_eq!((first.state, first.changed), (JobState::Done, 50));
        let have = changes.clone();
        let changes = [changes, vec![customer("LODZ", true)]].concat();
        let expected = Jobs::of(directory)
            .preview_job(&operator(), everybody(), changes.clone())
            .await
            .unwrap();
        let invalid = MANY as u64 / 100;
        assert_eq!(
            counts(&expected),
            (MANY as u64, MANY as u64 - invalid, 0, invalid),
            "{}",
            engine.name()
        );
        assert_eq!(expected.problems.len(), 1);
        assert_eq!(expected.problems[0].people, invalid);
        assert_eq!(
            expected.problems[0].problem.problem,
            FieldProblem::InvalidPerson
        );
        let ro = EffectOf::Permission {
            group: "support".into(),
            permission: "ro".into(),
        };
        let lodz = EffectOf::Customer {
            customer: "LODZ".into(),
        };
        let mail = EffectOf::Service {
            service: "Mail".into(),
        };
        let valid = MANY as u64 - invalid;
        assert_eq!(people_of(&expected, &ro, true), valid - 50);
        assert_eq!(people_of(&expected, &mail, true), valid - 50);
        assert_eq!(people_of(&expected, &lodz, true), valid);

        let job = Jobs::of(directory)
            .make_job(&operator(), everybody(), changes)
            .await
            .unwrap();
        assert_eq!(job.state, JobState::Collecting);
        let job = crowd.finish(job.id).await;
        assert_eq!((job.state, &job.preview), (JobState::Planned, &expected));
        let before = crowd.relations().await;
        assert!(
            Worker::of(directory)
                .claim_job(Some(job.id))
                .await
                .unwrap()
                .is_none()
        );
        // Whoever comes later is not part of it.
        crowd.desk.person("later").await;
        Jobs::of(directory)
            .start_job(&operator(), job.id)
            .await
            .unwrap();
        let done = crowd.finish(job.id).await;
        assert_eq!(done.state, JobState::Done);
        assert_eq!(
            (done.total, done.changed, done.already, done.refused),
            counts(&expected)
        );
        let rows = 3 * valid - 100;
        let after = crowd.relations().await;
        assert_eq!((after.len() - before.len()) as u64, rows);
        assert!(!after.iter().any(|row| row.contains(" later ")));
        crowd.assert_consistent(job.id).await;

        // Once more: everybody has it already.
        let again = Jobs::of(directory)
            .order_job(&operator(), everybody(), have)
            .await
            .unwrap();
        let again = crowd.finish(again.id).await;
        assert_eq!((again.changed, again.already), (1, valid));
        assert_eq!(crowd.relations().await.len(), after.len() + 2);
        crowd.assert_consistent(again.id).await;
    }
}

#[tokio::test]
async fn each_refused_person_is_named_with_the_reason_and_the_others_change() {
    for engine in Engine::all() {
        let crowd = Crowd::of(engine, 100).await;
        let directory = &crowd.desk.directory;
        let give = |login: &str, permission: &str| kartoteka_access::Wanted::PersonGroup {
            login: login.into(),
            group: "support".into(),
            permission: permission.into(),
            given: true,
        };
        let plan = Access::of(directory)
            .plan_relations(&operator(), vec![give(&login(1), "rw")])
            .await
            .unwrap();
        Access::of(directory).apply_relations(plan).await.unwrap();
        let selection = people(&[
            "PERSON.0000",
            "nobody",
            "person.0001",
            "person.0099",
            "person.0000",
            "",
        ]);
        let changes = vec![group("support", "ro", false), group("sales", "ro", true)];
        let job = Jobs::of(directory)
            .order_job(&operator(), selection, changes)
            .await
            .unwrap();
        assert_eq!((job.state, job.total), (JobState::Running, 4));
        let job = crowd.finish(job.id).await;
        assert_eq!((job.changed, job.refused), (1, 3));
        let items = crowd.items(job.id, Some(ItemState::Refused)).await;
        let told: Vec<(String, String, &str)> = items
            .iter()
            .map(|item| {
                assert_eq!(item.problems.len(), 1);
                let problem = &item.problems[0];
                (
                    item.login.clone(),
                    problem.what.clone(),
                    problem.problem.code(),
                )
            })
            .collect();
        let expected = [
            ("nobody", "", "unknown-person"),
            ("person.0001", "support", "take-rw-first"),
            ("person.0099", "", "invalid-person"),
        ]
        .map(|(login, what, code)| (login.to_owned(), what.to_owned(), code));
        assert_eq!(told, expected, "{}", engine.name());
        // Nothing of a refused person is done, not even what would have been right.
        let rows = crowd.relations().await;
        assert_eq!(rows.len(), 2, "{rows:?}");
        assert!(rows.iter().any(|row| row.contains("person.0000 ro")));
        crowd.assert_consistent(job.id).await;
    }
}

#[tokio::test]
async fn what_nobody_can_be_given_is_refused_before_a_job_is_made() {
    let crowd = Crowd::of(Engine::Sqlite, 5).await;
    let directory = &crowd.desk.directory;
    let actor = operator();
    let changes = vec![
        group("support", "ro", true),
        group("nothing", "ro", true),
        group("support", "fly", true),
        customer("NOBODY", true),
        service("Nothing", true),
    ];
    let refused = Jobs::of(directory)
        .make_job(&actor, everybody(), changes)
        .await;
    let Err(Error::Invalid(errors)) = refused else {
        panic!("{refused:?}")
    };
    let places: Vec<&str> = errors.iter().map(|error| error.field.as_str()).collect();
    assert_eq!(
        places,
        ["1.Group", "2.Permission", "3.CustomerID", "4.Service"]
    );
    let one = vec![group("support", "ro", true)];
    let nobody = Jobs::of(directory).make_job(&actor, people(&[" "]), one.clone());
    assert!(matches!(nobody.await, Err(Error::Invalid(_))));
    let nothing = Jobs::of(directory).make_job(&actor, everybody(), vec![]);
    assert!(matches!(nothing.await, Err(Error::Invalid(_))));
    let malformed = Selection::Search(Box::new(Search {
        text: Some("a AND OR b".into()),
        ..Search::default()
    }));
    let malformed = Jobs::of(directory)
        .make_job(&actor, malformed, one.clone())
        .await;
    assert!(matches!(malformed, Err(Error::Syntax(_))), "{malformed:?}");
    assert!(
        Jobs::of(directory)
            .jobs(&actor, None, 10)
            .await
            .unwrap()
            .is_empty()
    );
    // A search that finds nobody is none that breaks.
    let none = Selection::Search(Box::new(Search {
        text: Some("zzzzzz".into()),
        ..Search::default()
    }));
    let job = Jobs::of(directory)
        .order_job(&actor, none, one)
        .await
        .unwrap();
    let job = crowd.finish(job.id).await;
    assert_eq!((job.state, job.total), (JobState::Done, 0));
}

#[tokio::test]
async fn a_preview_that_nobody_starts_is_prepared_at_once_and_dropped_after_a_day() {
    let crowd = Crowd::of(Engine::Sqlite, 5).await;
    let directory = &crowd.desk.directory;
    let changes = vec![group("support", "ro", true)];
    let job = Jobs::of(directory)
        .make_job(&operator(), everybody(), changes)
        .await
        .unwrap();
    let within = std::time::Duration::from_secs(60);
    let job = Jobs::of(directory)
        .prepare_job(&operator(), job.id, within)
        .await
        .unwrap();
    assert_eq!((job.state, job.preview.changed), (JobState::Planned, 5));
    crowd.desk.wait(25 * 60 * 60);
    let working = tokio::spawn({
        let directory = directory.clone();
        async move { Worker::of(&directory).work_on_jobs().await }
    });
    while crowd.job(job.id).await.state == JobState::Planned {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    let job = crowd.job(job.id).await;
    let problem = job.problem.map(|problem| problem.name());
    assert_eq!((job.state, problem), (JobState::Stopped, Some("expired")));
    directory.close().await;
    working.await.unwrap();
}
