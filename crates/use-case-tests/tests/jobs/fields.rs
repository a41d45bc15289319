//! Jobs that change fields: each person as by hand, and nothing half done.

use kartoteka_directory::{Error, JournalFilter, Kind};
use kartoteka_jobs::{Advance, FieldChange, FieldEdit, ItemState, JobState, Jobs, Worker};
use kartoteka_records::Records;
use kartoteka_testbed::Engine;

use super::crowd::{Crowd, everybody, login, operator, people};
use crate::fields_of;

fn set(field: &str, value: &str) -> FieldChange {
    let edit = FieldEdit::Set {
        value: value.into(),
    };
    FieldChange {
        field: field.into(),
        edit,
    }
}

fn replace(field: &str, text: &str, by: &str) -> FieldChange {
    let edit = FieldEdit::Replace {
        replace: text.into(),
        by: by.into(),
    };
    FieldChange {
        field: field.into(),
        edit,
    }
}

impl Crowd {
    async fn value(&self, number: usize, field: &str) -> String {
        let directory = &self.desk.directory;
        let found = directory
            .find(&operator(), Kind::CustomerUser, &login(number))
            .await;
        found.unwrap().record.get(field).to_owned()
    }

    async fn change(&self, number: usize, field: &str, value: &str) {
        let records = Records::of(&self.desk.directory);
        let fields = fields_of(&[(field, value)]);
        let plan = records
            .plan_update(
                &operator(),
                Kind::CustomerUser,
                &login(number),
                fields,
                None,
            )
            .await
            .unwrap();
        records.apply(plan).await.unwrap();
    }
}

#[tokio::test]
async fn fields_change_and_change_back_but_for_what_others_changed() {
    for engine in Engine::all() {
        let crowd = Crowd::of(engine, 130).await;
        let jobs = Jobs::of(&crowd.desk.directory);
        let wanted = vec![
            set("UserCity", "Łódź"),
            replace("UserEmail", "@ACME-lab.org", "@acme-work.org"),
        ];
        let preview = jobs
            .preview_field_job(&operator(), everybody(), wanted.clone())
            .await
            .unwrap();
        assert_eq!(
            (preview.total, preview.changed),
            (130, 130),
            "{preview:?} on {engine}"
        );
        let job = jobs
            .make_field_job(&operator(), everybody(), wanted, false)
            .await
            .unwrap();
        let job = crowd.finish(job.id).await;
        assert_eq!((job.state, job.preview.changed), (JobState::Planned, 130));
        let planned = jobs
            .planned_changes(&operator(), job.id, 0, 2)
            .await
            .unwrap();
        let (item, changes) = &planned[0];
        assert_eq!((planned.len(), item.number, changes.len()), (2, 1, 2));
        assert_eq!(crowd.value(0, "UserCity").await, "", "nothing is done yet");
        jobs.start_job(&operator(), job.id).await.unwrap();
        let done = crowd.finish(job.id).await;
        assert_eq!(
            (done.state, done.changed, done.refused),
            (JobState::Done, 130, 0)
        );
        crowd.assert_consistent(job.id).await;
        assert_eq!(
            crowd.value(99, "UserEmail").await,
            "person.0099@acme-work.org"
        );
        let filter = JournalFilter {
            key: Some(login(7)),
            limit: 1,
            ..JournalFilter::default()
        };
        let entries = crowd.desk.directory.journal(&operator(), &filter).await;
        assert_eq!(entries.unwrap()[0].job, Some(job.id), "{engine}");

        crowd.change(7, "UserCity", "Gdynia").await;
        let undo = jobs.undo_job(&operator(), job.id, true).await.unwrap();
        let undo = crowd.finish(undo.id).await;
        assert_eq!(
            (undo.state, undo.changed),
            (JobState::Done, 130),
            "{engine}"
        );
        assert_eq!(crowd.value(7, "UserCity").await, "Gdynia");
        assert_eq!(
            crowd.value(7, "UserEmail").await,
            "person.0007@acme-lab.org"
        );
        assert_eq!(crowd.value(8, "UserCity").await, "");
        let told = crowd.items(undo.id, None).await;
        let left: Vec<_> = told
            .iter()
            .filter(|item| !item.problems.is_empty())
            .collect();
        assert_eq!(left.len(), 1, "{engine}");
        assert_eq!(left[0].problems[0].problem.code(), "changed-since");

        // And forth again.
        let again = jobs.undo_job(&operator(), undo.id, true).await.unwrap();
        let again = crowd.finish(again.id).await;
        assert_eq!(again.changed, 130, "{engine}");
        assert_eq!(crowd.value(8, "UserCity").await, "Łódź");
    }
}

#[tokio::test]
async fn whom_a_value_does_not_fit_is_refused_and_the_others_change() {
    for engine in Engine::all() {
        let crowd = Crowd::of(engine, 5).await;
        let jobs = Jobs::of(&crowd.desk.directory);
        let wanted = vec![
            replace("UserEmail", "person.0003@", "nobody.here("),
            set("UserCity", "Łódź"),
        ];
        let mut selected: Vec<String> = (0..5).map(login).collect();
        selected.push("vanished".into());
        let selected: Vec<&str> = selected.iter().map(String::as_str).collect();
        let job = jobs
            .make_field_job(&operator(), people(&selected), wanted, true)
            .await
            .unwrap();
        let job = crowd.finish(job.id).await;
        assert_eq!((job.changed, job.refused), (4, 2), "{engine}");
        crowd.assert_consistent(job.id).await;
        let refused = crowd.items(job.id, Some(ItemState::Refused)).await;
        let told: Vec<(&str, &str)> = refused
            .iter()
            .map(|item| (item.login.as_str(), item.problems[0].field.as_str()))
            .collect();
        let third = login(3);
        assert_eq!(
            told,
            [(third.as_str(), "UserEmail"), ("vanished", "UserLogin")],
            "{engine}"
        );
        assert_eq!(crowd.value(3, "UserCity").await, "", "nothing half");
    }
}

#[tokio::test]
async fn two_jobs_over_the_same_people_lose_nothing() {
    for engine in Engine::all() {
        let crowd = Crowd::of(engine, 120).await;
        let directory = &crowd.desk.directory;
        let jobs = Jobs::of(directory);
        let mut ids = vec![];
        for change in [set("UserCity", "Łódź"), set("UserCountry", "Polska")] {
            let job = jobs
                .make_field_job(&operator(), everybody(), vec![change], true)
                .await
                .unwrap();
            ids.push(job.id);
        }
        let work = async |id| {
            let claim = crowd.claim(directory, id).await;
            while Worker::of(directory).advance_job(&claim).await.unwrap() == Advance::More {}
        };
        tokio::join!(work(ids[0]), work(ids[1]));
        for id in &ids {
            let job = crowd.job(*id).await;
            assert_eq!((job.state, job.changed), (JobState::Done, 120), "{engine}");
            crowd.assert_consistent(*id).await;
        }
        for number in [0, 60, 119] {
            assert_eq!(crowd.value(number, "UserCity").await, "Łódź", "{engine}");
            assert_eq!(
                crowd.value(number, "UserCountry").await,
                "Polska",
                "{engine}"
            );
        }
    }
}

#[tokio::test]
async fn nobody_changes_without_the_entry_and_the_count() {
    for engine in Engine::ALL {
        let crowd = Crowd::of(engine, 10).await;
        let directory = &crowd.desk.directory;
        let job = Jobs::of(directory)
            .make_field_job(
                &operator(),
                everybody(),
                vec![set("UserCity", "Łódź")],
                true,
            )
            .await
            .unwrap();
        crowd.a_portion(job.id).await;
        crowd.desk.wait(31);
        let of_job = ["kt_job", "kt_job_item"];
        for (way, table) in [("INSERT", "kt_journal"), ("INSERT", "kt_job_item")] {
            crowd.desk.refuse(way, table).await;
            let before = crowd.desk.everything(&of_job).await;
            let claim = crowd.claim(directory, job.id).await;
            let failed = Worker::of(directory).advance_job(&claim).await.is_err();
            assert!(failed, "{table} on {engine}");
            assert_eq!(
                crowd.desk.everything(&of_job).await,
                before,
                "{table} on {engine}"
            );
            assert_eq!(crowd.job(job.id).await.done, 0, "{table} on {engine}");
            crowd.desk.accept(way, table).await;
            Jobs::of(directory).give_job_back(&claim).await.unwrap();
        }
        assert_eq!(crowd.finish(job.id).await.changed, 10, "{engine}");
    }
}

#[tokio::test]
async fn what_can_be_changed_for_nobody_is_refused_at_once() {
    let crowd = Crowd::of(Engine::Sqlite, 1).await;
    let jobs = Jobs::of(&crowd.desk.directory);
    let made = async |changes| {
        let made = jobs
            .make_field_job(&operator(), everybody(), changes, true)
            .await;
        let Err(Error::Invalid(errors)) = made else {
            panic!("{made:?}")
        };
        let told = errors
            .iter()
            .map(|one| format!("{} {}", one.field, one.problem.code()));
        told.collect::<Vec<_>>()
    };
    assert_eq!(made(vec![]).await, ["changes required"]);
    let wrong = vec![
        set("UserLogin", "x"),
        set("UserPassword", "x"),
        set("Nothing", "x"),
        replace("UserCity", "", "x"),
    ];
    let told = [
        "0.field unknown-field",
        "1.field unknown-field",
        "2.field unknown-field",
        "3.replace required",
    ];
    assert_eq!(made(wrong).await, told);
}
