//! Stopping, and taking back.

use kartoteka_access::{Access, Wanted};
use kartoteka_directory::{Error, Kind};
use kartoteka_jobs::{ItemState, JobState, Jobs, Selection, Worker};
use kartoteka_testbed::Engine;

use super::crowd::{Crowd, customer, everybody, group, login, operator, service};

#[tokio::test]
async fn a_stopped_job_keeps_what_is_done_and_does_nothing_more() {
    for engine in Engine::all() {
        let crowd = Crowd::of_many(engine).await;
        let directory = &crowd.desk.directory;
        let job = Jobs::of(directory)
            .order_job(&operator(), everybody(), vec![group("support", "ro", true)])
            .await
            .unwrap();
        // The first portion collects, the second one changes.
        let claim = crowd.a_portion(job.id).await;
        Worker::of(directory).advance_job(&claim).await.unwrap();
        let unfinished = Jobs::of(directory)
            .undo_job(&operator(), job.id, true)
            .await;
        assert!(matches!(unfinished, Err(Error::Invalid(_))));
        let asked = Jobs::of(directory)
            .stop_job(&operator(), job.id)
            .await
            .unwrap();
        assert_eq!(asked.state, JobState::Stopping);
        while Worker::of(directory).advance_job(&claim).await.unwrap()
            == kartoteka_jobs::Advance::More
        {}
        let stopped = crowd.job(job.id).await;
        assert_eq!((stopped.state, stopped.done), (JobState::Stopped, 500));
        assert!(stopped.finished.is_some());
        crowd.assert_consistent(job.id).await;
        assert!(
            Worker::of(directory)
                .claim_job(None)
                .await
                .unwrap()
                .is_none()
        );
        // What is over stays as it is.
        let again = Jobs::of(directory)
            .stop_job(&operator(), job.id)
            .await
            .unwrap();
        assert_eq!(again, stopped);

        // One on which nobody works stops at once, and what was done of it is taken back.
        let idle = Jobs::of(directory)
            .order_job(&operator(), everybody(), vec![group("sales", "ro", true)])
            .await
            .unwrap();
        crowd.a_portion(idle.id).await;
        crowd.desk.wait(31);
        let idle = Jobs::of(directory)
            .stop_job(&operator(), idle.id)
            .await
            .unwrap();
        assert_eq!(idle.state, JobState::Stopped);
        let undo = Jobs::of(directory)
            .undo_job(&operator(), job.id, true)
            .await
            .unwrap();
        let undo = crowd.finish(undo.id).await;
        assert_eq!(
            (undo.state, undo.changed),
            (JobState::Done, stopped.changed)
        );
        assert!(crowd.relations().await.is_empty());
    }
}

#[tokio::test]
async fn taking_back_leads_to_the_relations_before() {
    for engine in Engine::all() {
        let crowd = Crowd::of_many(engine).await;
        let directory = &crowd.desk.directory;
        // They differ before: nothing, some, all, and what rw includes.
        let beginnings = [
            (
                0..100,
                vec![
                    group("support", "ro", true),
                    group("support", "create", true),
                ],
            ),
            (50..150, vec![service("Mail", true)]),
            (
                100..200,
                vec![customer("LODZ", true), group("support", "rw", true)],
            ),
        ];
        for (range, changes) in beginnings {
            let logins = Selection::Logins(range.map(login).collect());
            let job = Jobs::of(directory)
                .order_job(&operator(), logins, changes)
                .await;
            crowd.finish(job.unwrap().id).await;
        }
        let before = crowd.relations().await;
        let changes = vec![
            group("support", "rw", true),
            customer("LODZ", true),
            service("Mail", false),
        ];
        let job = Jobs::of(directory)
            .order_job(&operator(), everybody(), changes)
            .await
            .unwrap();
        let job = crowd.finish(job.id).await;
        let after = crowd.relations().await;
        assert_ne!(before, after);
        let preview = Jobs::of(directory)
            .preview_job_undo(&operator(), job.id)
            .await
            .unwrap();
        assert_eq!((preview.total, preview.changed), (job.changed, job.changed));
        let undo = Jobs::of(directory)
            .undo_job(&operator(), job.id, false)
            .await
            .unwrap();
        let planned = crowd.finish(undo.id).await;
        assert_eq!(planned.preview, preview);
        Jobs::of(directory)
            .start_job(&operator(), undo.id)
            .await
            .unwrap();
        let undone = crowd.finish(undo.id).await;
        assert_eq!(
            (undone.state, undone.changed, undone.refused),
            (JobState::Done, job.changed, 0),
            "{}",
            engine.name()
        );
        assert_eq!(crowd.relations().await, before);
        crowd.assert_consistent(undo.id).await;
        let undoing = Jobs::of(directory)
            .jobs_undoing(&operator(), job.id)
            .await
            .unwrap();
        assert_eq!(undoing.len(), 1);
        assert_eq!(undoing[0].undoes, Some(job.id));

        // And back again.
        let redo = Jobs::of(directory)
            .undo_job(&operator(), undo.id, true)
            .await
            .unwrap();
        crowd.finish(redo.id).await;
        assert_eq!(crowd.relations().await, after);
        crowd.assert_consistent(redo.id).await;
    }
}

#[tokio::test]
async fn what_others_changed_since_is_left_alone_and_named() {
    for engine in Engine::all() {
        let crowd = Crowd::of(engine, 60).await;
        let directory = &crowd.desk.directory;
        let changes = vec![group("support", "ro", true), customer("LODZ", true)];
        let job = Jobs::of(directory)
            .order_job(&operator(), everybody(), changes)
            .await
            .unwrap();
        let job = crowd.finish(job.id).await;
        let person = |login: &str, permission: &str, given| Wanted::PersonGroup {
            login: login.into(),
            group: "support".into(),
            permission: permission.into(),
            given,
        };
        // One got more since, one lost it and got it again, one lost it behind Kartoteka's back, one has another name.
        for wanted in [
            vec![person("person.0001", "create", true)],
            vec![
                person("person.0002", "ro", false),
                Wanted::Customer {
                    login: "person.0002".into(),
                    customer: "LODZ".into(),
                    given: false,
                },
            ],
            vec![
                person("person.0002", "ro", true),
                Wanted::Customer {
                    login: "person.0002".into(),
                    customer: "LODZ".into(),
                    given: true,
                },
            ],
        ] {
            let plan = Access::of(directory)
                .plan_relations(&operator(), wanted)
                .await
                .unwrap();
            Access::of(directory).apply_relations(plan).await.unwrap();
        }
        let gone = ["customer_user_customer", "group_customer_user"];
        for table in gone {
            let sql = format!("DELETE FROM {table} WHERE user_id = 'person.0003'");
            crowd.desk.db.execute(&sql, &[]).await.unwrap();
        }
        crowd
            .desk
            .update(Kind::CustomerUser, "person.0004", &[("UserLogin", "ewa")])
            .await
            .unwrap();
        let undo = Jobs::of(directory)
            .undo_job(&operator(), job.id, true)
            .await
            .unwrap();
        let undo = crowd.finish(undo.id).await;
        assert_eq!(
            (undo.changed, undo.already, undo.refused),
            (job.changed - 2, 1, 1),
            "{}",
            engine.name()
        );
        let items = crowd.items(undo.id, None).await;
        let of = |login: &str| items.iter().find(|item| item.login == login).unwrap();
        let told = |login: &str| {
            let problems = of(login).problems.iter();
            let told = problems.map(|one| format!("{} {}", one.what, one.problem.code()));
            (of(login).state, told.collect::<Vec<_>>().join(", "))
        };
        let since = "support changed-since";
        assert_eq!(told("person.0001"), (ItemState::Changed, since.to_owned()));
        let both = told("person.0002");
        assert_eq!(both.0, ItemState::Refused);
        assert!(
            both.1.contains(since) && both.1.contains("LODZ"),
            "{}",
            both.1
        );
        assert_eq!(of("person.0003").state, ItemState::Already);
        assert_eq!(of("ewa").state, ItemState::Changed);
        let rows: Vec<String> = crowd.relations().await.into_iter().collect();
        let left: Vec<&str> = rows
            .iter()
            .map(|row| row.split(' ').nth(1).unwrap())
            .collect();
        let expected = ["person.0002", "person.0001", "person.0001", "person.0002"];
        assert_eq!(left, expected, "{rows:?}");
        crowd.assert_consistent(undo.id).await;
    }
}
