//! Many save at once, through one process: all of them are saved, and whoever reads meanwhile is answered.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use kartoteka_access::{Access, Wanted};
use kartoteka_directory::{Actor, Kind, Maintenance, Readiness, Result, Search};
use kartoteka_jobs::{Jobs, Selection, Worker};
use kartoteka_records::Records;
use kartoteka_testbed::Engine;
use tokio::task::JoinSet;

use crate::fields_of;
use crate::jobs::crowd::{Crowd, customer, login};

const AT_ONCE: usize = 128;

async fn add(directory: &Maintenance, kind: Kind, fields: &[(&str, &str)]) -> Result<()> {
    let actor = Actor::operator();
    let plan = Records::of(directory).plan_create(&actor, kind, None, fields_of(fields));
    Records::of(directory).apply(plan.await?).await.map(|_| ())
}

async fn one(directory: Maintenance, number: usize) -> Result<()> {
    let actor = Actor::operator();
    let name = format!("new.{number:03}");
    let email = format!("{name}@acme-lab.org");
    let person = [
        ("UserLogin", name.as_str()),
        ("UserFirstname", "Bea"),
        ("UserLastname", "Lis"),
        ("UserEmail", &email),
        ("UserCustomerID", "ACME"),
    ];
    match number % 16 {
        0 => {
            let fields = [
                ("UserLogin", name.as_str()),
                ("UserFirstname", "Ewa"),
                ("UserLastname", "Lis"),
                ("UserPassword", "pies w budzie 8"),
                ("Role", "reader"),
            ];
            add(&directory, Kind::Agent, &fields).await
        }
        1 => {
            let person = login(150 + number);
            let plan =
                Records::of(&directory).plan_password(&actor, Kind::CustomerUser, &person, None);
            Records::of(&directory).apply(plan.await?).await.map(|_| ())
        }
        2 => add(&directory, Kind::Group, &[("Name", &name)]).await,
        3..6 => {
            let wanted = vec![Wanted::PersonGroup {
                login: login(150 + number),
                group: "sales".into(),
                permission: "ro".into(),
                given: true,
            }];
            let plan = Access::of(&directory)
                .plan_relations(&actor, wanted)
                .await?;
            Access::of(&directory)
                .apply_relations(plan)
                .await
                .map(|_| ())
        }
        6 => {
            let fields = fields_of(&[("UserPhone", "1"), ("UserLanguage", "pl")]);
            let (kind, person) = (Kind::CustomerUser, login(150 + number));
            let plan = Records::of(&directory).plan_update(&actor, kind, &person, fields, None);
            Records::of(&directory).apply(plan.await?).await.map(|_| ())
        }
        _ => add(&directory, Kind::CustomerUser, &person).await,
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_saves_at_once_is_saved_and_whoever_reads_does_not_wait_for_them() {
    for engine in Engine::all() {
        let crowd = Crowd::of(engine, 300).await;
        let directory = &crowd.desk.directory;
        // A job gives rights to everybody meanwhile.
        let actor = Actor::operator();
        let everybody = Selection::Logins((0..300).map(login).collect());
        let job = Jobs::of(directory)
            .order_job(&actor, everybody, vec![customer("LODZ", true)])
            .await
            .unwrap();
        let working = {
            let directory = directory.clone();
            tokio::spawn(async move {
                let claim = Worker::of(&directory).claim_job(Some(job.id)).await?;
                let claim = claim.expect("nobody else works on it");
                while Worker::of(&directory).advance_job(&claim).await?
                    == kartoteka_jobs::Advance::More
                {}
                Ok::<(), kartoteka_directory::Error>(())
            })
        };
        let over = Arc::new(AtomicBool::new(false));
        let reading = {
            let (directory, over) = (directory.clone(), Arc::clone(&over));
            tokio::spawn(async move {
                let mut read = 0;
                while !over.load(Ordering::Relaxed) {
                    assert_eq!(directory.ready().await?, Readiness::Ready);
                    let search = Search::default();
                    directory
                        .search(&Actor::operator(), Kind::CustomerUser, &search)
                        .await?;
                    read += 1;
                }
                Ok::<u32, kartoteka_directory::Error>(read)
            })
        };
        let mut saves = JoinSet::new();
        for number in 0..AT_ONCE {
            saves.spawn(one(directory.clone(), number));
        }
        while let Some(saved) = saves.join_next().await {
            saved
                .unwrap()
                .unwrap_or_else(|error| panic!("{engine}: {error:?}"));
        }
        working.await.unwrap().unwrap();
        over.store(true, Ordering::Relaxed);
        let read = reading.await.unwrap().unwrap();
        assert!(read > 3, "{engine}: {read} reads");
        let verdict = directory.verify_journal(&actor).await.unwrap();
        assert!(verdict.fault.is_none(), "{engine}: {verdict:?}");
    }
}
