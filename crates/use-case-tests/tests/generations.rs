//! Settings that change while the directory is asked.

use std::time::Duration;

use kartoteka_directory::{Actor, Criterion, Error, IndexState, Kind, Maintenance, Search};
use kartoteka_model::{CustomerUserSource, Field};
use kartoteka_records::Records;
use kartoteka_settings::Settings;
use kartoteka_testbed::Engine;

use crate::{Desk, fields_of};

const PEOPLE: Kind = Kind::CustomerUser;

/// A desk whose table of people has a column that the settings do not know yet, and settings that do.
async fn desk(engine: Engine) -> (Desk, Settings) {
    let desk = Desk::with_customers(engine).await;
    for login in ["anna", "bolek", "celina"] {
        desk.person(login).await;
    }
    let sql = "ALTER TABLE customer_user ADD COLUMN room VARCHAR(100)";
    desk.db.execute(sql, &[]).await.unwrap();
    let mut settings = desk.settings.clone();
    with_room(&mut settings.customer_users[0]);
    (desk, settings)
}

fn with_room(source: &mut CustomerUserSource) {
    source
        .spec
        .map
        .0
        .push(Field::new("UserRoom", "Room", "room"));
    source.spec.search_fields.push("room".into());
}

async fn found(directory: &Maintenance, text: &str) -> Vec<String> {
    let search = Search {
        text: Some(text.into()),
        ..Search::default()
    };
    let found = directory.search(&Actor::operator(), PEOPLE, &search).await;
    found.unwrap().rows.into_iter().map(|row| row.key).collect()
}

async fn set_room(directory: &Maintenance, login: &str, room: &str) -> Result<(), Error> {
    change(directory, login, "UserRoom", room).await
}

async fn change(
    directory: &Maintenance,
    login: &str,
    field: &str,
    value: &str,
) -> Result<(), Error> {
    let (actor, fields) = (Actor::operator(), fields_of(&[(field, value)]));
    let plan = Records::of(directory).plan_update(&actor, PEOPLE, login, fields, None);
    Records::of(directory).apply(plan.await?).await.map(|_| ())
}

#[tokio::test]
async fn whoever_began_before_ends_as_they_began() {
    for engine in Engine::all() {
        let (desk, settings) = desk(engine).await;
        let before = &desk.directory;
        let reloaded = before.reload(settings.clone()).await.unwrap();
        assert!(reloaded.is_new && reloaded.after_restart.is_empty());
        assert_eq!(reloaded.generation, before.generation() + 1);
        let now = before.current();
        assert_eq!(now.generation(), reloaded.generation);
        assert_eq!(now.settings(), &settings);

        set_room(&now, "anna", "Zamek 7").await.unwrap();
        assert_eq!(found(&now, "zamek").await, ["anna"], "{engine}");
        assert_eq!(found(before, "zamek").await, [""; 0], "{engine}");
        let unknown = set_room(before, "bolek", "Zamek 8").await;
        assert!(matches!(unknown, Err(Error::Invalid(_))), "{unknown:?}");
        // What one of them saves both find.
        change(before, "bolek", "UserCity", "Sopot").await.unwrap();
        let by_city = Search {
            fields: vec![("UserCity".into(), Criterion::Like("Sopot".into()))],
            ..Search::default()
        };
        for directory in [before, &now] {
            let page = directory.search(&Actor::operator(), PEOPLE, &by_city).await;
            let keys: Vec<String> = page.unwrap().rows.into_iter().map(|row| row.key).collect();
            assert_eq!(keys, ["bolek"], "{engine}");
        }

        // The same again is no other generation; and back again finds what was saved meanwhile.
        let same = before.reload(settings).await.unwrap();
        assert_eq!((same.is_new, same.generation), (false, reloaded.generation));
        let back = before.reload(desk.settings.clone()).await.unwrap();
        assert!(back.is_new);
        assert_eq!(found(&before.current(), "sopot").await, [""; 0]);
        assert_eq!(found(&before.current(), "bolek").await, ["bolek"]);
    }
}

#[tokio::test]
async fn an_index_that_was_left_lacks_nothing_that_others_wrote_meanwhile() {
    for engine in Engine::servers() {
        let (desk, with_room) = desk(engine).await;
        desk.directory.reload(with_room).await.unwrap();
        let sql = "INSERT INTO customer_user (login, email, customer_id, first_name, last_name, valid_id, create_time, \
                   create_by, change_time, change_by) VALUES ('ola', 'ola@acme-lab.org', 'ACME', 'Ola', 'Nowak', 1, \
                   CURRENT_TIMESTAMP, 1, CURRENT_TIMESTAMP, 1)";
        desk.db.execute(sql, &[]).await.unwrap();
        desk.directory.reload(desk.settings.clone()).await.unwrap();
        let found = found(&desk.directory.current(), "ola").await;
        assert_eq!(found, ["ola"], "{engine}");
    }
}

#[tokio::test]
async fn what_is_read_from_elsewhere_is_read_anew() {
    for engine in Engine::all() {
        let (desk, with_room) = desk(engine).await;
        desk.directory.reload(with_room.clone()).await.unwrap();
        set_room(&desk.directory.current(), "anna", "Zamek 7")
            .await
            .unwrap();
        let sql = "ALTER TABLE customer_user ADD COLUMN place VARCHAR(100)";
        desk.db.execute(sql, &[]).await.unwrap();
        let sql = "UPDATE customer_user SET place = 'Molo' WHERE login = 'bolek'";
        desk.db.execute(sql, &[]).await.unwrap();
        let mut settings = with_room;
        let table = &mut settings.customer_users[0].spec;
        let room = table.map.0.iter_mut().find(|one| one.name == "UserRoom");
        room.unwrap().column = "place".into();
        table.search_fields.pop();
        table.search_fields.push("place".into());
        desk.directory.reload(settings).await.unwrap();
        let now = desk.directory.current();
        assert_eq!(found(&now, "molo").await, ["bolek"], "{engine}");
        assert_eq!(found(&now, "zamek").await, [""; 0], "{engine}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn indexes_that_are_made_anew_meanwhile_are_whole() {
    let (desk, with_room) = desk(Engine::Sqlite).await;
    let mut limited = desk.settings.clone();
    limited.lists.page_size = 7;
    // One that has the same index, and one that needs another.
    for settings in [limited, with_room] {
        let before = desk.directory.current();
        let (made, reloaded) = tokio::join!(
            before.rebuild_index(PEOPLE),
            desk.directory.reload(settings)
        );
        made.unwrap();
        assert!(reloaded.unwrap().is_new);
        let now = desk.directory.current();
        for directory in [&before, &now] {
            let everybody = found(directory, "nowak").await;
            assert_eq!(everybody, ["anna", "bolek", "celina"]);
            assert_eq!(directory.index_state(PEOPLE), IndexState::Current);
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_search_finds_less_while_settings_change() {
    let (desk, with_room) = desk(Engine::Sqlite).await;
    let (directory, without) = (&desk.directory, &desk.settings);
    let changing = async {
        for round in 0..12 {
            let settings = [&with_room, without][round % 2].clone();
            directory.reload(settings).await.unwrap();
        }
    };
    let searching = async {
        let mut searches = 0_u32;
        loop {
            let found = found(&directory.current(), "nowak").await;
            assert_eq!(found, ["anna", "bolek", "celina"], "after {searches}");
            searches += 1;
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    };
    tokio::select! {
        () = changing => {}
        () = searching => {}
    }
}

#[tokio::test]
async fn two_at_once_are_put_in_force_one_after_the_other() {
    let (desk, with_room) = desk(Engine::Sqlite).await;
    let mut with_pages = with_room.clone();
    with_pages.lists.page_size = 7;
    let (one, two) = tokio::join!(
        desk.directory.reload(with_room),
        desk.directory.reload(with_pages.clone())
    );
    assert_eq!(two.unwrap().generation, one.unwrap().generation + 1);
    assert_eq!(desk.directory.current().settings(), &with_pages);
}

#[tokio::test]
async fn what_counts_from_the_next_start_only_is_said() {
    let (desk, with_room) = desk(Engine::Sqlite).await;
    let mut settings = with_room.clone();
    settings.data_dir = "elsewhere".into();
    settings.server.base_path = "/desk".into();
    let reloaded = desk.directory.reload(settings).await.unwrap();
    assert_eq!(reloaded.after_restart, ["data_dir", "server"]);
    assert!(reloaded.is_new);
    assert_eq!(desk.directory.current().settings(), &with_room);
}

#[tokio::test]
async fn what_cannot_be_put_in_force_leaves_everything_as_it_was() {
    let (desk, settings) = desk(Engine::Sqlite).await;
    // A table that is not there: its people can't be read into an index.
    let mut broken = settings;
    let nobody = kartoteka_model::source::Table::at_home("nobody");
    broken.customer_users[0].spec.origin = nobody.into();
    let refused = desk.directory.reload(broken).await;
    assert!(refused.is_err(), "{refused:?}");
    let now = desk.directory.current();
    assert_eq!(now.generation(), desk.directory.generation());
    assert_eq!(found(&now, "nowak").await, ["anna", "bolek", "celina"]);
}
