//! What a job did for each person is forgotten some time after it ended; what it came to stays.

use std::time::Duration;

use kartoteka_directory::Error;
use kartoteka_jobs::{JobState, Jobs, Worker};
use kartoteka_settings::Settings;
use kartoteka_testbed::Engine;

use super::crowd::{Crowd, group, operator, people};

const DAY: i64 = 24 * 60 * 60;

/// Lets a server look after jobs until some job has no people any more, or for a while.
async fn housekeeping(crowd: &Crowd, job: i64) {
    let directory = crowd.desk.directory.clone();
    let server = tokio::spawn(async move { Worker::of(&directory).work_on_jobs().await });
    for _ in 0..100 {
        tokio::time::sleep(Duration::from_millis(20)).await;
        if crowd.items(job, None).await.is_empty() {
            break;
        }
    }
    server.abort();
    let _ = server.await;
}

/// Whether a job can be taken back, as a preview and as a job.
async fn refusals(crowd: &Crowd, job: i64) -> Vec<Option<&'static str>> {
    let directory = &crowd.desk.directory;
    let actor = operator();
    let code = |error: Error| match error {
        Error::Invalid(errors) => errors[0].problem.code(),
        other => panic!("{other:?}"),
    };
    let preview = Jobs::of(directory)
        .preview_job_undo(&actor, job)
        .await
        .err();
    let undo = Jobs::of(directory).undo_job(&actor, job, false).await;
    if let Ok(undo) = &undo {
        Jobs::of(directory).stop_job(&actor, undo.id).await.unwrap();
    }
    vec![preview.map(code), undo.err().map(code)]
}

#[tokio::test]
async fn people_of_old_jobs_are_dropped_and_their_counts_stay() {
    for engine in Engine::ALL {
        let crowd = Crowd::of(engine, 12).await;
        let directory = &crowd.desk.directory;
        let actor = operator();
        let order = async |permission: &str| {
            let changes = vec![group("support", permission, true)];
            let selection = people(&["person.0001", "person.0002", "nobody"]);
            let job = Jobs::of(directory)
                .order_job(&actor, selection, changes)
                .await;
            crowd.finish(job.unwrap().id).await
        };
        let old = order("ro").await;
        assert_eq!((old.changed, old.refused), (2, 1));
        crowd.desk.wait(60 * DAY);
        let young = order("rw").await;
        crowd.desk.wait(30 * DAY - 600);
        housekeeping(&crowd, old.id).await;
        assert_eq!(crowd.items(old.id, None).await.len(), 3, "not yet");
        assert_eq!(refusals(&crowd, old.id).await, [None, None]);

        // From one moment on it can't be taken back; what is being read by then is dropped a little later.
        crowd.desk.wait(601);
        let gone = Some("no-longer-kept");
        assert_eq!(refusals(&crowd, old.id).await, [gone, gone]);
        assert_eq!(crowd.items(old.id, None).await.len(), 3);
        assert!(!crowd.job(old.id).await.items_kept);
        crowd.desk.wait(2 * 60 * 60);
        housekeeping(&crowd, old.id).await;
        assert_eq!(crowd.items(old.id, None).await, [], "{}", engine.name());
        assert_eq!(refusals(&crowd, old.id).await, [gone, gone]);
        let kept = crowd.job(old.id).await;
        assert_eq!((kept.state, kept.total), (JobState::Done, 3));
        assert_eq!((kept.changed, kept.refused), (2, 1));

        assert_eq!(crowd.items(young.id, None).await.len(), 3);
        assert!(crowd.job(young.id).await.items_kept);
        assert_eq!(refusals(&crowd, young.id).await, [None, None]);
    }
}

#[tokio::test]
async fn what_was_dropped_stays_dropped_when_more_days_are_configured() {
    let crowd = Crowd::of(Engine::Sqlite, 5).await;
    let changes = vec![group("support", "ro", true)];
    let selection = people(&["person.0001"]);
    let directory = &crowd.desk.directory;
    let job = Jobs::of(directory)
        .order_job(&operator(), selection, changes)
        .await;
    let job = crowd.finish(job.unwrap().id).await.id;
    crowd.desk.wait(100 * DAY);
    housekeeping(&crowd, job).await;
    let forever = |settings: &mut Settings| settings.jobs.kept_days = 0;
    let crowd = Crowd {
        desk: crowd.desk.again(forever).await,
    };
    let gone = Some("no-longer-kept");
    assert_eq!(refusals(&crowd, job).await, [gone, gone]);
    // From now on everything is kept.
    let changes = vec![group("support", "rw", true)];
    let selection = people(&["person.0001"]);
    let directory = &crowd.desk.directory;
    let job = Jobs::of(directory)
        .order_job(&operator(), selection, changes)
        .await;
    let job = crowd.finish(job.unwrap().id).await.id;
    crowd.desk.wait(1000 * DAY);
    housekeeping(&crowd, job).await;
    assert_eq!(crowd.items(job, None).await.len(), 1);
    assert_eq!(refusals(&crowd, job).await, [None, None]);
}
