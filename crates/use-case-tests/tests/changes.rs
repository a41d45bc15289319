//! What others write to a shared table is found, few changes at once and many in the background.

use kartoteka_directory::{Actor, Clock, IndexState, Kind, Search, SystemClock};
use kartoteka_model::Record;
use kartoteka_records::Records;
use kartoteka_store::args;
use kartoteka_testbed::Engine;

use crate::Desk;

/// More than are taken in one by one.
const MANY: usize = 5_200;

async fn found(desk: &Desk, text: &str) -> u64 {
    let search = Search {
        text: Some(text.into()),
        ..Search::default()
    };
    let page = desk
        .directory
        .search(&Actor::operator(), Kind::CustomerUser, &search)
        .await
        .unwrap();
    page.total.count
}

fn person(number: usize) -> Record {
    let login = format!("login{number}");
    Record::from_iter([
        ("UserLogin", login.as_str()),
        ("UserFirstname", "Anna"),
        ("UserLastname", "Nowak"),
        ("UserEmail", &format!("{login}@acme-lab.org")),
        ("UserCustomerID", "acme"),
        ("ValidID", "1"),
    ])
}

#[tokio::test]
async fn many_changes_of_others_do_not_keep_searches_waiting() {
    for engine in Engine::servers() {
        let desk = Desk::with_customers(engine).await;
        let directory = &desk.directory;
        let people = (0..MANY).map(person);
        Records::of(directory)
            .bulk_create(&Actor::operator(), Kind::CustomerUser, people, |_| {})
            .await
            .unwrap();
        directory.wait_for_index().await.unwrap();
        desk.wait(100);
        directory.rebuild_index(Kind::CustomerUser).await.unwrap();
        directory.wait_for_index().await.unwrap();
        let look = async || {
            directory
                .sync_external_changes(Kind::CustomerUser)
                .await
                .unwrap();
        };
        // All of them changed since, but before the index was made.
        look().await;
        let current = IndexState::Current;
        assert_eq!(directory.index_state(Kind::CustomerUser), current);

        // All of them follow a rename that was made here.
        let renamed = [("CustomerID".to_owned(), "renamed".to_owned())].into();
        let operator = Actor::operator();
        let plan =
            Records::of(directory).plan_update(&operator, Kind::Customer, "acme", renamed, None);
        Records::of(directory)
            .apply(plan.await.unwrap())
            .await
            .unwrap();
        directory.wait_for_index().await.unwrap();
        look().await;
        assert_eq!(directory.index_state(Kind::CustomerUser), current);

        let later = jiff::Timestamp::from_second(SystemClock.now() + 600).unwrap();
        let later = later.strftime("%Y-%m-%d %H:%M:%S").to_string();
        let time = desk.db.engine().time_placeholder();
        let change = async |name: &str, which: &str| {
            let sql = format!(
                "UPDATE customer_user SET first_name = ?, change_time = {time} WHERE login LIKE ?"
            );
            let args = args![name, &later, which];
            desk.db.execute(&sql, &args).await.unwrap()
        };
        assert_eq!(change("Barbara", "login123%").await, 11);
        look().await;
        assert_eq!(found(&desk, "barbara").await, 11, "{}", engine.name());

        change("Cecylia", "%").await;
        look().await;
        let state = directory.index_state(Kind::CustomerUser);
        assert!(matches!(state, IndexState::Building { .. }), "{state:?}");
        // What was there before goes on to answer.
        assert_eq!(found(&desk, "nowak").await, 1000, "{}", engine.name());
        directory.wait_for_index().await.unwrap();
        assert_eq!(found(&desk, "barbara").await, 0, "{}", engine.name());
        assert_eq!(found(&desk, "cecylia").await, 1000, "{}", engine.name());
    }
}
