//! What has to be one's own is one's own, also while the search index is being made.

use kartoteka_directory::{Actor, FieldProblem, IndexState, Kind, Search};
use kartoteka_model::Record;
use kartoteka_records::Records;
use kartoteka_testbed::Engine;

use crate::{Desk, fields_of};

/// So many that their index takes a while.
const MANY: usize = 10_000;

fn people() -> impl Iterator<Item = Record> + Send {
    (0..MANY).map(|number| {
        Record::from_iter([
            ("UserLogin", format!("p{number}")),
            ("UserFirstname", "Ewa".into()),
            ("UserLastname", format!("Nowak {number}")),
            ("UserEmail", format!("P{number}@acme-lab.org")),
            ("UserCustomerID", "ACME".into()),
            ("ValidID", "1".into()),
        ])
    })
}

fn customers() -> impl Iterator<Item = Record> + Send {
    (0..2000).map(|number| {
        Record::from_iter([
            ("CustomerID", format!("C{number}")),
            ("CustomerCompanyName", format!("Łódzki Zakład {number}")),
            ("ValidID", "1".into()),
        ])
    })
}

#[tokio::test]
async fn a_twin_is_found_while_the_index_is_made() {
    for engine in Engine::all() {
        let desk = Desk::with_customers(engine).await;
        let actor = Actor::operator();
        let made =
            Records::of(&desk.directory).bulk_create(&actor, Kind::CustomerUser, people(), |_| {});
        made.await.unwrap();
        let made =
            Records::of(&desk.directory).bulk_create(&actor, Kind::Customer, customers(), |_| {});
        made.await.unwrap();

        let twin = [
            ("UserLogin", "twin"),
            ("UserFirstname", "Ewa"),
            ("UserLastname", "Twin"),
            ("UserEmail", "p77@ACME-lab.org"),
            ("UserCustomerID", "ACME"),
        ];
        let plan = Records::of(&desk.directory)
            .plan_create(&actor, Kind::CustomerUser, None, fields_of(&twin))
            .await
            .unwrap();
        assert!(
            is_made(&desk).await,
            "the index is made while this is asked"
        );
        let taken = |field: &str, by: &str| {
            let problem = FieldProblem::Taken { by: by.into() };
            vec![kartoteka_directory::FieldError::new(field, problem)]
        };
        assert_eq!(plan.errors, taken("UserEmail", "p77"), "{engine}");

        // Letters beyond ASCII in another case, which SQLite does not know to be the same.
        let twin = [
            ("CustomerID", "TWIN"),
            ("CustomerCompanyName", "ŁÓDZKI ZAKŁAD 77"),
        ];
        let plan = Records::of(&desk.directory)
            .plan_create(&actor, Kind::Customer, None, fields_of(&twin))
            .await
            .unwrap();
        assert_eq!(plan.errors, taken("CustomerCompanyName", "C77"), "{engine}");

        // One's own address is no twin's.
        let own = [("UserEmail", "p78@acme-lab.org"), ("UserFirstname", "Ola")];
        desk.update(Kind::CustomerUser, "p78", &own).await.unwrap();
    }
}

/// What the index of an embedded database lacks is looked for in the table only while the index is being made; it must
/// not count as complete because it is done by the time of the answer.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_key_is_found_in_another_case_however_often_the_index_is_made() {
    let desk = Desk::on(Engine::Sqlite).await;
    let (directory, actor) = (desk.directory.clone(), Actor::operator());
    let making = tokio::spawn(async move {
        loop {
            directory.rebuild_index(Kind::Customer).await.unwrap();
        }
    });
    for number in 0..100 {
        let id = format!("NEU{number}");
        let fields = [
            ("CustomerID", id.as_str()),
            ("CustomerCompanyName", id.as_str()),
        ];
        desk.create(Kind::Customer, &fields).await.unwrap();
        let asked = id.to_lowercase();
        let found = desk.directory.find(&actor, Kind::Customer, &asked).await;
        assert_eq!(found.unwrap().key, id);
        assert!(!making.is_finished(), "the index is made no more");
    }
    making.abort();
}

/// Whether the index of people is being made.
async fn is_made(desk: &Desk) -> bool {
    let search = Search::default();
    let page = desk
        .directory
        .search(&Actor::operator(), Kind::CustomerUser, &search)
        .await
        .unwrap();
    matches!(page.index, IndexState::Building { .. })
}
