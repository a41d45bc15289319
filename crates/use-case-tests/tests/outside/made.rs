//! Indexes that are made from the beginning while people search.

use std::path::PathBuf;

use kartoteka_directory::{Actor, IndexState, Kind, Maintenance, Search, ValidFilter};
use kartoteka_records::Records;
use kartoteka_testbed::Engine;

use super::world::{World, eventually, listed};

/// So many that reading them takes a while.
const MANY: usize = 30_000;

/// Fills the table, and forgets the index.
async fn filled(world: &mut World, many: usize) {
    world.stop().await;
    world.otobo.add_many("p", many).await;
    for file in files(world) {
        std::fs::remove_file(file).unwrap();
    }
}

fn files(world: &World) -> Vec<PathBuf> {
    let entries = world.settings.data_dir.read_dir().unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    paths
        .filter(|path| path.to_string_lossy().contains("-people."))
        .collect()
}

async fn total(directory: &Maintenance) -> (u64, IndexState) {
    let search = Search {
        valid: ValidFilter::All,
        ..Search::default()
    };
    let actor = Actor::operator();
    let page = directory.search(&actor, Kind::CustomerUser, &search).await;
    let page = page.unwrap();
    (page.total.count, page.index)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn some_are_found_while_the_others_are_read() {
    for engine in Engine::servers() {
        let mut world = World::set(engine, |world| {
            world.looks_away();
            world.pace.first = 500;
        })
        .await;
        filled(&mut world, 9_000).await;
        world.start().await;
        let directory = world.directory();
        let mut seen = vec![];
        let mut added = false;
        loop {
            let (some, state) = total(directory).await;
            seen.push(some);
            if state == IndexState::Current {
                break;
            }
            if some > 0 && !added {
                added = true;
                world.otobo.add("neu", -3600).await;
                let fields = [("UserFirstname".to_owned(), "Ola".to_owned())].into();
                let actor = Actor::operator();
                let plan = Records::of(directory).plan_update(
                    &actor,
                    Kind::CustomerUser,
                    "neu",
                    fields,
                    None,
                );
                Records::of(directory)
                    .apply(plan.await.unwrap())
                    .await
                    .unwrap();
                assert_eq!(found(directory, "Ola").await, ["neu"]);
            }
        }
        assert!(
            added,
            "what is saved meanwhile is found as soon as some are: {seen:?}"
        );
        assert!(seen.is_sorted(), "{seen:?}");
        seen.dedup();
        assert!(seen.len() > 2, "of some parts: {seen:?}");
        assert_eq!(seen.last(), Some(&9_003));
        assert_eq!(found(directory, "Ola").await, ["neu"]);
    }
}

async fn found(directory: &Maintenance, text: &str) -> Vec<String> {
    let search = Search {
        text: Some(text.into()),
        ..Search::default()
    };
    let actor = Actor::operator();
    let page = directory.search(&actor, Kind::CustomerUser, &search).await;
    page.unwrap().rows.into_iter().map(|row| row.key).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_read_is_not_read_again_by_the_next_start() {
    for engine in Engine::servers() {
        let mut world = World::set(engine, |world| {
            world.looks_away();
            world.pace.first = u64::MAX;
        })
        .await;
        filled(&mut world, MANY).await;
        world.start().await;
        let done = |world: &World| match world.directory().index_state(Kind::CustomerUser) {
            IndexState::Building { done } => done,
            IndexState::Current => panic!("it is made already"),
        };
        eventually("most are read", async || match done(&world) {
            read if read > 20_500 => Ok(()),
            read => Err(read.to_string()),
        })
        .await;
        world.stop().await;
        // Written while nobody looked: OTOBO renames one whom reading has passed by, and deletes another.
        world.otobo.update("p00001", "q00001", 1).await;
        world.otobo.delete("p00002").await;
        world.start().await;
        eventually("it goes on", async || match done(&world) {
            0 => Err("nothing is known yet".to_owned()),
            read => {
                assert!(read >= 20_000, "{read}");
                Ok(())
            }
        })
        .await;
        world.directory().wait_for_index().await.unwrap();
        world
            .directory()
            .sync_external_changes(Kind::CustomerUser)
            .await
            .unwrap();
        assert_eq!(found(world.directory(), "q00001").await, ["q00001"]);
        // Whoever is shown is there.
        let shown = found(world.directory(), "p0000").await;
        assert!(shown.contains(&"p00000".to_owned()), "{shown:?}");
        let gone = |login: &String| ["p00001", "p00002"].contains(&login.as_str());
        assert!(!shown.iter().any(gone), "{shown:?}");
        assert_eq!(total(world.directory()).await.0, MANY as u64 + 1);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_process_goes_over_to_the_index_that_one_made() {
    for engine in Engine::servers() {
        let world = World::set(engine, |world| world.looks_away()).await;
        let other = world.another().await;
        assert_eq!(listed(&other).await, ["anna", "olek"]);
        for login in ["ewa", "jan", "ula"] {
            // Dated long ago: only who reads everything finds it.
            world.otobo.add(login, -48 * 3600).await;
            let before = files(&world);
            let maker = if login == "jan" {
                &other
            } else {
                world.directory()
            };
            maker.rebuild_index(Kind::CustomerUser).await.unwrap();
            let gone = before.iter().filter(|file| !file.exists()).count();
            assert!(gone > 0, "{before:?}");
            for directory in [world.directory(), &other] {
                let listed = listed(directory).await;
                assert!(listed.contains(&login.to_owned()), "{listed:?}");
            }
        }
        let found = listed(&other).await;
        assert_eq!(found, ["anna", "ewa", "jan", "olek", "ula"]);
        other.close().await;
    }
}

#[tokio::test]
async fn two_logins_that_differ_in_their_case_are_both_there() {
    // MariaDB takes them for one.
    let mut world = World::on(Engine::Postgres).await;
    let both = ["Anna", "anna"];
    world.otobo.add("Anna", 0).await;
    let sorted = async |directory: &Maintenance| {
        let mut listed = listed(directory).await;
        listed.sort();
        listed
    };
    eventually("both are listed", async || {
        let listed = sorted(world.directory()).await;
        (listed == ["Anna", "anna", "olek"])
            .then_some(())
            .ok_or(format!("{listed:?}"))
    })
    .await;
    let actor = Actor::operator();
    let names_of = async |world: &World| {
        let mut names = vec![];
        for login in both {
            let find = world.directory().find(&actor, Kind::CustomerUser, login);
            let found = find.await.unwrap();
            assert_eq!(found.key, login);
            names.push(found.record.get("UserLastname").to_owned());
        }
        names
    };
    // OTOBO saves one of them.
    world.otobo.rename("Anna", "Nowak").await;
    eventually("it is taken in", async || {
        let found = world.found("Nowak").await;
        (found == ["Nowak"])
            .then_some(())
            .ok_or(format!("{found:?}"))
    })
    .await;
    assert_eq!(names_of(&world).await, ["Nowak", "anna"]);
    world
        .directory()
        .rebuild_index(Kind::CustomerUser)
        .await
        .unwrap();
    assert_eq!(sorted(world.directory()).await, ["Anna", "anna", "olek"]);
    world.stop().await;
    world.start().await;
    world.otobo.delete("anna").await;
    eventually("one is gone", async || {
        let listed = sorted(world.directory()).await;
        (listed == ["Anna", "olek"])
            .then_some(())
            .ok_or(format!("{listed:?}"))
    })
    .await;
}
