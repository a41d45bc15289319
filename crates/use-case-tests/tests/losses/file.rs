//! The same of a file.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use kartoteka_access::Access;
use kartoteka_directory::{Actor, Error, Maintenance, Options, ValidFilter};
use kartoteka_model::source::CsvFile;
use kartoteka_model::{CustomerUserSource, Field, FieldMap};
use kartoteka_testbed::Engine;

use super::{KIND, everybody, held, look, sweep};
use crate::Desk;

/// How long a changed file has to stay as it is, and a little more.
const SETTLED: Duration = Duration::from_millis(3300);

const SOURCE: &str = "CustomerUser1";

fn source(file: &Path) -> CustomerUserSource {
    let mut source = CustomerUserSource::shipped();
    let spec = &mut source.spec;
    spec.id = SOURCE.into();
    spec.name = "Rada".into();
    let file = file.to_owned();
    spec.origin = CsvFile { file }.into();
    spec.key = "login".into();
    spec.valid = Some("valid".into());
    spec.list_fields = ["first", "last", "mail"].map(str::to_owned).to_vec();
    spec.search_fields = ["login", "first", "last"].map(str::to_owned).to_vec();
    spec.map = FieldMap(vec![
        Field::new("UserLogin", "Login", "login").required(),
        Field::new("UserFirstname", "First", "first"),
        Field::new("UserLastname", "Last", "last"),
        Field::new("UserEmail", "E-Mail", "mail"),
        Field::new("UserCustomerID", "Firm", "firm"),
    ]);
    source.customer_id = "firm".into();
    source.sender_fields = vec!["mail".into()];
    source.name_fields = ["first", "last"].map(str::to_owned).to_vec();
    source
}

fn logins(numbers: impl Iterator<Item = usize>) -> Vec<String> {
    numbers.map(|number| format!("p{number:03}")).collect()
}

/// A file of people with these numbers, those from one on not valid.
fn write(file: &Path, numbers: impl Iterator<Item = usize>, invalid_from: usize) {
    let mut text = String::from("login,first,last,mail,firm,valid\n");
    for number in numbers {
        let valid = if number < invalid_from { 1 } else { 2 };
        text += &format!("p{number:03},Anna,N{number},p{number}@rada.pl,ACME,{valid}\n");
    }
    fs::write(file, text).unwrap();
}

async fn desk(engine: Engine, people: usize) -> (Desk, PathBuf) {
    let desk = Desk::with_customers(engine).await;
    let file = desk.file("people.csv");
    write(&file, 0..people, people);
    let desk = desk.again(|settings| settings.customer_users.push(source(&file)));
    (desk.await, file)
}

/// Writes it, and looks when it has settled.
async fn replace(
    desk: &Desk,
    file: &Path,
    numbers: impl Iterator<Item = usize>,
    invalid_from: usize,
) {
    write(file, numbers, invalid_from);
    look(desk).await;
    tokio::time::sleep(SETTLED).await;
    look(desk).await;
}

#[tokio::test]
async fn a_half_nothing_and_everything_again() {
    let actor = Actor::operator();
    for engine in Engine::all() {
        let (desk, file) = desk(engine, 40).await;
        let all = (logins(0..40), 40);
        assert_eq!(everybody(&desk).await, all, "{engine}");
        let access = Access::of(&desk.directory);
        let given = access.relate_customer(&actor, "p030", "LODZ", true).await;
        given.unwrap();

        // Whoever asks meanwhile is never told that somebody is gone.
        write(&file, 0..20, 40);
        let began = Instant::now();
        while began.elapsed() < SETTLED {
            assert_eq!(everybody(&desk).await, all, "{engine}");
            let asked = (0..128).map(|number| {
                let (directory, actor) = (&desk.directory, &actor);
                async move {
                    let login = format!("p{:03}", number % 40);
                    directory.find(actor, KIND, &login).await.unwrap()
                }
            });
            futures::future::join_all(asked).await;
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        look(&desk).await;
        let asked = held(&desk).await;
        let [one] = asked.as_slice() else {
            panic!("{engine}: {asked:?}")
        };
        assert_eq!((one.known, one.there, one.gone), (40, 20, 20), "{engine}");
        assert_eq!((one.invalid, &one.kept_by), (0, &None));
        assert_eq!(everybody(&desk).await, all, "{engine}");
        let p030 = desk.directory.find(&actor, KIND, "p030").await.unwrap();
        assert!(p030.unavailable_since.is_some());
        sweep(&desk).await;
        desk.directory.rebuild_index(KIND).await.unwrap();
        assert_eq!(everybody(&desk).await, all, "{engine}");

        // Also after a start.
        let desk = desk.again(|_| {}).await;
        look(&desk).await;
        sweep(&desk).await;
        assert_eq!(everybody(&desk).await, all, "{engine}");
        assert_eq!(held(&desk).await.len(), 1);
        replace(&desk, &file, 0..0, 40).await;
        assert_eq!(everybody(&desk).await, all, "{engine}");
        let asked = held(&desk).await;
        assert_eq!((asked[0].there, asked[0].gone), (0, 40), "{engine}");
        assert_eq!(asked[0].since, one.since, "{engine}");

        // Everybody is there again, and nobody has to be asked.
        replace(&desk, &file, 0..40, 40).await;
        assert_eq!(held(&desk).await, []);
        assert_eq!(everybody(&desk).await, all, "{engine}");
        let p030 = desk.directory.find(&actor, KIND, "p030").await.unwrap();
        assert_eq!(p030.unavailable_since, None);
        assert_eq!(desk.directory.missing(&actor, KIND).await.unwrap(), []);

        // An admin goes on with what was known, and then lets it through.
        replace(&desk, &file, 0..20, 40).await;
        desk.directory.keep(&actor, SOURCE).await.unwrap();
        look(&desk).await;
        let (by, _) = held(&desk).await[0].kept_by.clone().unwrap();
        assert_eq!(by, "operator");
        assert_eq!(everybody(&desk).await, all, "{engine}");
        desk.directory.let_through(&actor, SOURCE).await.unwrap();
        look(&desk).await;
        look(&desk).await;
        assert_eq!(everybody(&desk).await, (logins(0..20), 20), "{engine}");
        assert_eq!(held(&desk).await, []);
        let again = desk.directory.let_through(&actor, SOURCE).await;
        assert!(matches!(again, Err(Error::Unknown { .. })), "{again:?}");
        let gone = desk.directory.find(&actor, KIND, "p030").await;
        assert!(matches!(gone, Err(Error::NotFound { .. })), "{gone:?}");
        let missing = desk.directory.find_missing(&actor, KIND, "P030").await;
        let missing = missing.unwrap().unwrap();
        assert_eq!(missing.record.get("UserLastname"), "N30");
        let lists = desk.directory.missing(&actor, KIND).await.unwrap();
        assert_eq!((lists[0].count, lists[0].records.len()), (20, 20));

        // What was let through is no leave for more of it.
        replace(&desk, &file, 0..3, 40).await;
        assert_eq!(held(&desk).await.len(), 1, "{engine}");
        assert_eq!(everybody(&desk).await, (logins(0..20), 20), "{engine}");

        // Who comes back has what they had.
        replace(&desk, &file, 0..40, 40).await;
        assert_eq!(everybody(&desk).await, all, "{engine}");
        assert_eq!(held(&desk).await, []);
        assert_eq!(desk.directory.missing(&actor, KIND).await.unwrap(), []);
        let access = Access::of(&desk.directory);
        let person = access.permissions_of(&actor, "p030").await.unwrap().person;
        let customers: Vec<&str> = person.customers.iter().map(|one| one.id.as_str()).collect();
        assert_eq!(customers, ["ACME", "LODZ"], "{engine}");
        let verdict = desk.directory.verify_journal(&actor).await.unwrap();
        assert!(verdict.fault.is_none(), "{verdict:?}");
    }
}

#[tokio::test]
async fn a_half_that_is_not_valid_any_more() {
    for engine in Engine::all() {
        let (desk, file) = desk(engine, 40).await;
        let all = (logins(0..40), 40);
        replace(&desk, &file, 0..40, 20).await;
        sweep(&desk).await;
        assert_eq!(everybody(&desk).await, all, "{engine}");
        let asked = held(&desk).await;
        assert_eq!((asked[0].gone, asked[0].invalid), (0, 20), "{engine}");
        let actor = Actor::operator();
        desk.directory.let_through(&actor, SOURCE).await.unwrap();
        look(&desk).await;
        assert_eq!(everybody(&desk).await, (logins(0..40), 20), "{engine}");
    }
}

#[tokio::test]
async fn a_few_may_go_but_not_all() {
    let (desk, file) = desk(Engine::Sqlite, 8).await;
    replace(&desk, &file, 0..6, 40).await;
    assert_eq!(everybody(&desk).await, (logins(0..6), 6));
    replace(&desk, &file, 0..0, 40).await;
    assert_eq!(everybody(&desk).await, (logins(0..6), 6));
    assert_eq!(held(&desk).await.len(), 1);
}

#[tokio::test]
async fn a_part_that_never_asks() {
    let (desk, file) = desk(Engine::Sqlite, 40).await;
    let mut settings = desk.directory.settings().clone();
    settings.customer_users[1].spec.loss_limit = 100;
    desk.directory.reload(settings).await.unwrap();
    replace(&desk, &file, 0..0, 40).await;
    assert_eq!(held(&desk).await, []);
    assert_eq!(everybody(&desk).await, (vec![], 0));
}

#[tokio::test]
async fn an_index_that_is_made_anew_of_a_half_has_everybody() {
    let (desk, file) = desk(Engine::Sqlite, 40).await;
    desk.directory.close().await;
    write(&file, 0..20, 40);
    tokio::time::sleep(SETTLED).await;
    let desk = desk.again(|_| {}).await;
    desk.directory.rebuild_index(KIND).await.unwrap();
    assert_eq!(everybody(&desk).await, (logins(0..40), 40));
    assert_eq!(held(&desk).await[0].gone, 20);
}

#[tokio::test]
async fn a_node_that_knows_nobody_does_not_let_it_through() {
    for engine in Engine::all() {
        let (desk, file) = desk(engine, 40).await;
        replace(&desk, &file, 0..20, 40).await;
        let other = tempfile::tempdir().unwrap();
        let mut settings = desk.settings.clone();
        settings.data_dir = other.path().to_path_buf();
        let node = Maintenance::open(settings, Options::default())
            .await
            .unwrap();
        node.wait_for_index().await.unwrap();
        for _ in 0..2 {
            node.sync_external_changes(KIND).await.unwrap();
        }
        let actor = Actor::operator();
        // It has the half: nothing else is known there.
        let search = kartoteka_directory::Search {
            valid: ValidFilter::All,
            limit: 100,
            ..Default::default()
        };
        let page = node.search(&actor, KIND, &search).await.unwrap();
        assert_eq!(page.rows.len(), 20, "{engine}");
        look(&desk).await;
        assert_eq!(held(&desk).await.len(), 1, "{engine}");
        assert_eq!(everybody(&desk).await, (logins(0..40), 40), "{engine}");
        // What is said there holds here.
        node.let_through(&actor, SOURCE).await.unwrap();
        look(&desk).await;
        assert_eq!(everybody(&desk).await, (logins(0..20), 20), "{engine}");
        node.close().await;
    }
}
