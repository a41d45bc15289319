//! What others wrote while Kartoteka could not look.

use kartoteka_directory::{Actor, IndexState, Kind};
use kartoteka_model::Record;
use kartoteka_records::Records;
use kartoteka_store::Db;
use kartoteka_testbed::{Engine, Stoppable, fresh_database_on};

use super::world::{Otobo, World, eventually};

const MINUTE: i64 = 60;
const HOUR: i64 = 3600;

#[tokio::test]
async fn who_was_added_while_it_was_stopped_is_found_by_the_first_search() {
    for engine in Engine::servers() {
        let mut world = World::on(engine).await;
        world.stop().await;
        world.otobo.add("while.stopped", 0).await;
        // Days may pass until it starts again.
        world.move_clock(50 * HOUR);
        world.start().await;
        let all = ["anna", "olek", "while.stopped"];
        assert_eq!(world.listed().await, all, "{engine}");
        // Also when it never ran for long.
        world.stop().await;
        world.otobo.add("zofia", 0).await;
        world.start().await;
        let all = ["anna", "olek", "while.stopped", "zofia"];
        assert_eq!(world.listed().await, all, "{engine}");
    }
}

#[tokio::test]
async fn who_was_added_while_the_database_was_out_of_reach_is_found() {
    for engine in Engine::servers() {
        let mut server = Stoppable::start(engine).unwrap().unwrap();
        let address = fresh_database_on(&server).await.unwrap();
        let mut world = World::at(&address).await;
        server.stop().unwrap();
        eventually("it notices", async || {
            let looked = world
                .directory()
                .sync_external_changes(Kind::CustomerUser)
                .await;
            looked.err().map(|_| ()).ok_or("it answers".into())
        })
        .await;
        world.move_clock(3 * HOUR);
        server.start_again().unwrap();
        world.otobo = Otobo::of(Db::open(&address).await.unwrap());
        // OTOBO reached it all the time.
        world.otobo.add("meanwhile", -10 * MINUTE).await;
        world.otobo.add("now", 0).await;
        eventually("it is back", async || {
            let looked = world
                .directory()
                .sync_external_changes(Kind::CustomerUser)
                .await;
            looked.map_err(|error| error.to_string())
        })
        .await;
        world.lists(&["anna", "meanwhile", "now", "olek"]).await;
        world.directory().close().await;
    }
}

/// So many that their index takes a while.
const MANY: usize = 8_000;

#[tokio::test]
async fn who_was_added_while_the_index_was_made_is_found() {
    for engine in Engine::servers() {
        let world = World::on(engine).await;
        let person = |number: usize| {
            Record::from_iter([
                ("UserLogin", format!("p{number}")),
                ("UserFirstname", "Ewa".into()),
                ("UserLastname", format!("p{number}")),
                ("UserEmail", format!("p{number}@acme-lab.org")),
                ("UserCustomerID", "ACME".into()),
                ("ValidID", "2".into()),
            ])
        };
        let people = (0..MANY).map(person);
        let directory = world.directory();
        Records::of(directory)
            .bulk_create(&Actor::operator(), Kind::CustomerUser, people, |_| {})
            .await
            .unwrap();
        // Reading so many anew is quicker than following the journal.
        world.listed().await;
        eventually("some are read", async || {
            match directory.index_state(Kind::CustomerUser) {
                IndexState::Building { done } if done > 0 => Ok(()),
                state => Err(format!("{state:?}")),
            }
        })
        .await;
        // Where reading has passed by, and long before it began by OTOBO's clock.
        world.otobo.add("aaa", -5 * MINUTE).await;
        world.otobo.update_at("anna", "anna", 2, -5 * MINUTE).await;
        directory.wait_for_index().await.unwrap();
        world.lists(&["aaa", "olek"]).await;
    }
}

#[tokio::test]
async fn what_is_kept_long_after_it_was_dated_is_found() {
    for engine in Engine::servers() {
        let world = World::on(engine).await;
        let mut tx = world.otobo.db.begin().await.unwrap();
        world.otobo.add_in(&mut tx, "late", -10 * MINUTE).await;
        // Others are taken in meanwhile.
        world.otobo.add("soon", 0).await;
        world.lists(&["anna", "olek", "soon"]).await;
        world.otobo.add("sooner", 0).await;
        world.lists(&["anna", "olek", "soon", "sooner"]).await;
        tx.commit().await.unwrap();
        world
            .lists(&["anna", "late", "olek", "soon", "sooner"])
            .await;
    }
}

#[tokio::test]
async fn clocks_and_time_zones_may_differ() {
    for engine in Engine::servers() {
        let mut world = World::on(engine).await;
        let mut logins = vec!["anna".to_owned(), "olek".to_owned()];
        for (otobo, own) in [(-10, 2), (10, -2), (-2, -30), (2, 30)] {
            world.otobo.ahead = otobo * HOUR;
            world.move_clock(own * HOUR);
            for stops in [false, true] {
                let login = format!("p{}", logins.len());
                if stops {
                    world.stop().await;
                }
                world.otobo.add(&login, 0).await;
                if stops {
                    world.start().await;
                }
                logins.push(login);
                let all: Vec<&str> = logins.iter().map(String::as_str).collect();
                world.lists(&all).await;
            }
        }
    }
}
