//! Several nodes, and nodes that break down.

use std::time::Duration;

use kartoteka_directory::Maintenance;
use kartoteka_jobs::{Advance, JobState, Jobs, Worker};
use kartoteka_testbed::Engine;

use super::crowd::{Crowd, MANY, everybody, group, operator, service};

#[tokio::test]
async fn another_node_goes_on_where_one_broke_down_and_nobody_is_done_twice() {
    for engine in Engine::all() {
        let crowd = Crowd::of_many(engine).await;
        let (other, _data) = crowd.desk.other_node().await;
        let directory = &crowd.desk.directory;
        let changes = vec![group("support", "rw", true), service("Mail", true)];
        let job = Jobs::of(directory)
            .order_job(&operator(), everybody(), changes)
            .await
            .unwrap();
        let lost = crowd.a_portion(job.id).await;
        Worker::of(directory).advance_job(&lost).await.unwrap();
        assert_eq!(crowd.job(job.id).await.done, 500);
        assert!(
            Worker::of(&other).claim_job(None).await.unwrap().is_none(),
            "too early"
        );
        crowd.desk.wait(31);
        let claim = Worker::of(&other).claim_job(None).await.unwrap().unwrap();
        assert_eq!(claim.id, job.id);
        // Whoever comes back late does nothing more.
        assert_eq!(
            Worker::of(directory).advance_job(&lost).await.unwrap(),
            Advance::Lost
        );
        Jobs::of(directory).give_job_back(&lost).await.unwrap();
        while Worker::of(&other).advance_job(&claim).await.unwrap() == Advance::More {}
        let done = crowd.job(job.id).await;
        assert_eq!((done.state, done.done), (JobState::Done, MANY as u64));
        let valid = done.changed as usize;
        assert_eq!(crowd.relations().await.len(), 2 * valid);
        crowd.assert_consistent(job.id).await;
        other.close().await;
    }
}

#[tokio::test]
async fn work_that_is_cut_off_anywhere_loses_and_doubles_nothing() {
    for engine in Engine::all() {
        let crowd = Crowd::of_many(engine).await;
        let directory = &crowd.desk.directory;
        let job = Jobs::of(directory)
            .order_job(&operator(), everybody(), vec![group("sales", "rw", true)])
            .await
            .unwrap();
        let mut cut = 0;
        for step in 0.. {
            let Some(claim) = Worker::of(directory).claim_job(Some(job.id)).await.unwrap() else {
                break;
            };
            // A little longer each time, so that it is cut off at other places.
            let patience = Duration::from_micros(200 * (step + 1) * (step + 1));
            let advance = Worker::of(directory).advance_job(&claim);
            cut += u32::from(tokio::time::timeout(patience, advance).await.is_err());
            crowd.desk.wait(31);
        }
        assert!(cut > 0);
        let done = crowd.job(job.id).await;
        assert_eq!(done.state, JobState::Done, "{}", engine.name());
        assert_eq!(crowd.relations().await.len() as u64, done.changed);
        crowd.assert_consistent(job.id).await;
    }
}

#[tokio::test]
async fn of_many_who_want_a_job_one_gets_it() {
    for engine in Engine::all() {
        let crowd = Crowd::of(engine, 10).await;
        let directory = &crowd.desk.directory;
        let job = Jobs::of(directory)
            .order_job(&operator(), everybody(), vec![group("support", "ro", true)])
            .await
            .unwrap();
        let claims = (0..8).map(|_| {
            let directory = directory.clone();
            tokio::spawn(async move {
                Worker::of(&directory)
                    .claim_job(Some(job.id))
                    .await
                    .unwrap()
            })
        });
        let mut got = 0;
        for claim in claims.collect::<Vec<_>>() {
            got += usize::from(claim.await.unwrap().is_some());
        }
        assert_eq!(got, 1, "{}", engine.name());
    }
}

#[tokio::test]
async fn two_servers_share_jobs_and_give_them_back_when_they_stop() {
    for engine in Engine::all() {
        let crowd = Crowd::of_many(engine).await;
        let (other, _data) = crowd.desk.other_node().await;
        let directory = &crowd.desk.directory;
        let mut jobs = vec![];
        for change in [
            group("support", "rw", true),
            group("sales", "ro", true),
            service("Mail", true),
        ] {
            let job = Jobs::of(directory)
                .order_job(&operator(), everybody(), vec![change])
                .await;
            jobs.push(job.unwrap().id);
        }
        let work = |node: &Maintenance| {
            let node = node.clone();
            tokio::spawn(async move { Worker::of(&node).work_on_jobs().await })
        };
        let (here, there) = (work(directory), work(&other));
        // One of them stops in the middle of it: what it worked on goes on without waiting for it to be given up.
        tokio::time::sleep(Duration::from_millis(30)).await;
        other.close().await;
        there.await.unwrap();
        let begun = tokio::time::Instant::now();
        for id in &jobs {
            while !crowd.job(*id).await.state.is_over() {
                assert!(begun.elapsed() < Duration::from_secs(25), "it is stuck");
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            assert_eq!(crowd.job(*id).await.state, JobState::Done);
            crowd.assert_consistent(*id).await;
        }
        let valid = MANY - MANY / 100;
        assert_eq!(crowd.relations().await.len(), 3 * valid);
        directory.close().await;
        here.await.unwrap();
    }
}
