//! A job may no more than whoever ordered it, from the first portion to the last.

use kartoteka_directory::{Actor, Error, Role};
use kartoteka_jobs::{ItemState, JobProblem, JobState, Jobs};
use kartoteka_login::Logins;
use kartoteka_testbed::Engine;

use super::crowd::{Crowd, everybody, group, operator, people};

#[tokio::test]
async fn an_editor_gives_what_they_could_give_by_hand() {
    for engine in Engine::all() {
        let crowd = Crowd::of(engine, 30).await;
        let directory = &crowd.desk.directory;
        let editor = crowd.agent("person.0003", Role::Editor, &["support"]).await;
        let other = vec![group("sales", "ro", true)];
        let refused = Jobs::of(directory)
            .make_job(&editor, everybody(), other)
            .await;
        let Err(Error::Invalid(errors)) = refused else {
            panic!("{refused:?}")
        };
        assert_eq!(errors[0].field, "0.Group");
        assert_eq!(errors[0].problem.code(), "not-your-group");

        let own = vec![group("support", "ro", true)];
        let job = Jobs::of(directory)
            .order_job(&editor, everybody(), own.clone())
            .await
            .unwrap();
        let job = crowd.finish(job.id).await;
        assert_eq!((job.changed, job.refused), (29, 1), "{}", engine.name());
        let items = crowd.items(job.id, Some(ItemState::Refused)).await;
        assert_eq!(items[0].login, "person.0003");
        assert_eq!(items[0].problems[0].problem.code(), "own-rights");
        crowd.assert_consistent(job.id).await;

        // Nobody starts what somebody else planned, since it would do what that one may do.
        let planned = Jobs::of(directory)
            .make_job(&operator(), everybody(), vec![group("sales", "ro", true)])
            .await
            .unwrap();
        crowd.finish(planned.id).await;
        let started = Jobs::of(directory).start_job(&editor, planned.id).await;
        assert!(matches!(started, Err(Error::Forbidden { .. })));
        let stopped = Jobs::of(directory).stop_job(&editor, planned.id).await;
        assert!(matches!(stopped, Err(Error::Forbidden { .. })));
        let reader = crowd.agent("reader", Role::Reader, &[]).await;
        for refused in [
            Jobs::of(directory)
                .make_job(&reader, everybody(), own.clone())
                .await,
            Jobs::of(directory).job(&reader, job.id).await,
            Jobs::of(directory).undo_job(&reader, job.id, true).await,
        ] {
            assert!(matches!(refused, Err(Error::Forbidden { .. })));
        }
    }
}

#[tokio::test]
async fn a_job_stops_when_whoever_ordered_it_may_no_longer_do_that() {
    for engine in Engine::all() {
        let crowd = Crowd::of_many(engine).await;
        let directory = &crowd.desk.directory;
        let editor = crowd.agent("ewa", Role::Editor, &["support"]).await;
        let job = Jobs::of(directory)
            .order_job(&editor, everybody(), vec![group("support", "ro", true)])
            .await
            .unwrap();
        crowd.a_portion(job.id).await;
        crowd.desk.wait(31);
        crowd.a_portion(job.id).await;
        assert_eq!(crowd.job(job.id).await.done, 500);
        crowd.update_agent("ewa", &[("Role", "reader")]).await;
        crowd.desk.wait(31);
        let stopped = crowd.finish(job.id).await;
        assert_eq!(stopped.state, JobState::Stopped, "{}", engine.name());
        assert_eq!(stopped.problem, Some(JobProblem::RightsGone));
        assert_eq!(stopped.done, 500);
        crowd.assert_consistent(job.id).await;

        let token = Logins::of(directory)
            .create_token(&operator(), "import", Role::Editor, None)
            .await
            .unwrap();
        let program = Logins::of(directory)
            .authenticate(&token.secret)
            .await
            .unwrap();
        let job = Jobs::of(directory)
            .order_job(&program, everybody(), vec![group("users", "ro", true)])
            .await
            .unwrap();
        crowd.a_portion(job.id).await;
        Logins::of(directory)
            .revoke_token(&operator(), token.token.id)
            .await
            .unwrap();
        crowd.desk.wait(31);
        let stopped = crowd.finish(job.id).await;
        assert_eq!(stopped.problem, Some(JobProblem::RightsGone));
        assert_eq!(stopped.done, 0, "it was only collected");
    }
}

#[tokio::test]
async fn an_agent_who_is_gone_gets_nothing_done() {
    let crowd = Crowd::of(Engine::Sqlite, 5).await;
    let ghost = Actor::agent(4711, "ghost", Role::Admin);
    let directory = &crowd.desk.directory;
    let some = people(&["person.0001"]);
    let changes = vec![group("support", "ro", true)];
    let job = Jobs::of(directory)
        .order_job(&ghost, some, changes)
        .await
        .unwrap();
    let job = crowd.finish(job.id).await;
    assert_eq!((job.state, job.done), (JobState::Stopped, 0));
    assert!(crowd.relations().await.is_empty());
}
