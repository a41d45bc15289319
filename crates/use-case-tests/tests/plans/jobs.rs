//! Jobs: made, previewed, done, looked at and taken back.

use std::time::Duration;

use kartoteka_directory::{Actor, JobChange, JobRelation, Maintenance, Search};
use kartoteka_jobs::{Advance, ItemState, JobState, Jobs, Selection, Worker};

use super::desk::Desk;

fn changes() -> Vec<JobChange> {
    let relations = [
        JobRelation::PersonGroup {
            group: "g3".into(),
            permission: "create".into(),
        },
        JobRelation::Customer {
            customer: "C301".into(),
        },
        JobRelation::Service {
            service: "s3".into(),
        },
    ];
    let given = relations.into_iter();
    given
        .map(|relation| JobChange {
            relation,
            given: true,
        })
        .collect()
}

async fn work(directory: &Maintenance) {
    while let Some(claim) = Worker::of(directory).claim_job(None).await.unwrap() {
        while Worker::of(directory).advance_job(&claim).await.unwrap() == Advance::More {}
    }
}

pub async fn jobs(desk: &Desk) {
    let actor = Actor::operator();
    let directory = &desk.directory;
    let search = Search {
        text: Some("nowak4".into()),
        ..Search::default()
    };
    let found = Jobs::of(directory).count_found(&actor, &search);
    let found = desk.no_scan("counted for a job", found).await.unwrap();
    assert!(found > 20);
    let selection = || Selection::Search(Box::new(search.clone()));
    let preview = Jobs::of(directory).preview_job(&actor, selection(), changes());
    desk.no_scan("a preview", preview).await.unwrap();
    let made = Jobs::of(directory).make_job(&actor, selection(), changes());
    let job = desk.no_scan("making a job", made).await.unwrap().id;
    let prepared = Jobs::of(directory).prepare_job(&actor, job, Duration::from_secs(60));
    let prepared = desk.no_scan("preparing a job", prepared).await.unwrap();
    assert_eq!(prepared.state, JobState::Planned);
    let started = Jobs::of(directory).start_job(&actor, job);
    desk.no_scan("starting a job", started).await.unwrap();
    desk.no_scan("working on a job", work(directory)).await;
    let done = desk
        .no_scan("a job", Jobs::of(directory).job(&actor, job))
        .await;
    let done = done.unwrap();
    assert_eq!(done.state, JobState::Done);
    assert_eq!(done.changed, found);
    for state in [None, Some(ItemState::Changed), Some(ItemState::Refused)] {
        let items = Jobs::of(directory).job_items(&actor, job, state, 0, 20);
        desk.no_scan("people of a job", items).await.unwrap();
    }
    let listed = Jobs::of(directory).jobs(&actor, None, 20);
    desk.no_scan("jobs", listed).await.unwrap();
    let preview = Jobs::of(directory).preview_job_undo(&actor, job);
    desk.no_scan("a preview of taking back", preview)
        .await
        .unwrap();
    let undo = Jobs::of(directory).undo_job(&actor, job, true);
    let undo = desk.no_scan("taking a job back", undo).await.unwrap().id;
    desk.no_scan("working on taking back", work(directory))
        .await;
    let undone = Jobs::of(directory).job(&actor, undo).await.unwrap();
    assert_eq!(undone.changed, found);
    let undoing = Jobs::of(directory).jobs_undoing(&actor, job);
    let undoing = desk.no_scan("jobs that take one back", undoing).await;
    assert_eq!(undoing.unwrap().len(), 1);
    let stopped = Jobs::of(directory).stop_job(&actor, undo);
    desk.no_scan("stopping a job", stopped).await.unwrap();
    let housekeeping = async {
        let working = Worker::of(directory).work_on_jobs();
        let _ = tokio::time::timeout(Duration::from_millis(500), working).await;
    };
    desk.no_scan("housekeeping", housekeeping).await;
}
