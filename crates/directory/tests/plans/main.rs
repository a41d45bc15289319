//! No page reads a whole table, and none asks once for each row: what the engines say that they will do for the
//! statements that are really run.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

mod explain;
mod recorder;
mod rename;

use std::path::Path;

use explain::scans;
use kartoteka_directory::{
    Actor, Criterion, Direction, Directory, Fields, Kind, Lookup, Options, Order, Search,
    ValidFilter,
};
use kartoteka_model::source::Address;
use kartoteka_model::{CustomerUserSource, Record};
use kartoteka_settings::Settings;
use kartoteka_store::own::{self, review_items::ItemRow};
use kartoteka_store::source::TableStore;
use kartoteka_store::{Db, Engine as Dialect};
use kartoteka_testbed::{Engine, fresh_database};
use recorder::statements;

struct Desk {
    directory: Directory,
    db: Db,
    index: Db,
    /// All of them are told at once.
    faults: std::sync::Mutex<Vec<String>>,
    _data: tempfile::TempDir,
}

fn person(number: usize) -> Record {
    let names = ["Kowalski", "Nowak", "Müller", "Schmidt", "Wiśniewska"];
    let last = names[number % names.len()];
    Record::from_iter([
        ("UserLogin", format!("login{number}")),
        ("UserFirstname", format!("Anna{}", number % 7)),
        ("UserLastname", format!("{last}{}", number % 50)),
        ("UserEmail", format!("login{number}@acme-lab.org")),
        ("UserCustomerID", format!("C{}", number % 40)),
        ("UserCity", format!("City{}", number % 30)),
        (
            "ValidID",
            if number.is_multiple_of(9) { "2" } else { "1" }.to_owned(),
        ),
    ])
}

/// The file of the index of people.
async fn people_index(folder: &Path) -> Db {
    let files = std::fs::read_dir(folder).unwrap();
    let paths = files.map(|file| file.unwrap().path());
    let is_index = |path: &std::path::PathBuf| path.to_string_lossy().ends_with("people.index");
    Db::open_index(&paths.into_iter().find(is_index).unwrap())
        .await
        .unwrap()
}

impl Desk {
    async fn on(engine: Engine) -> Self {
        let address = fresh_database(engine).await.unwrap();
        let data = tempfile::tempdir().unwrap();
        let mut settings = Settings {
            data_dir: data.path().to_path_buf(),
            ..Settings::default()
        };
        settings.database.url = Address::new(&address);
        let directory = Directory::open(settings, Options::default()).await.unwrap();
        let desk = Self {
            directory,
            db: Db::open(&address).await.unwrap(),
            index: people_index(data.path()).await,
            faults: std::sync::Mutex::default(),
            _data: data,
        };
        let actor = Actor::operator();
        let customers = (0..40).map(|number| {
            Record::from_iter([
                ("CustomerID", format!("C{number}")),
                ("CustomerCompanyName", format!("Company {number}")),
                ("ValidID", "1".to_owned()),
            ])
        });
        let made = &desk.directory;
        made.bulk_create(&actor, Kind::Customer, customers, |_| {})
            .await
            .unwrap();
        made.bulk_create(&actor, Kind::CustomerUser, (0..2000).map(person), |_| {})
            .await
            .unwrap();
        made.settle().await.unwrap();
        desk.fill_reviews().await;
        desk
    }

    /// Adds items to a review that ended long ago: MySQL reads the little that an empty table has as a whole.
    async fn fill_reviews(&self) {
        let item = |seq| ItemRow {
            review: 1_000_000 + seq % 10,
            seq,
            kind: "customer".into(),
            holder: format!("login{seq}"),
            holder_named: String::new(),
            holder_text: String::new(),
            other: "C1".into(),
            group_id: 0,
            permission: String::new(),
            context: String::new(),
            known: true,
            valid: true,
            reach: 1,
            also: String::new(),
            search: String::new(),
            decision: "confirm".into(),
            remark: String::new(),
            decided: None,
            decided_by: String::new(),
            past: String::new(),
            version: 1,
            outcome: String::new(),
        };
        let items: Vec<ItemRow> = (0..2000).map(item).collect();
        let mut tx = self.db.begin().await.unwrap();
        own::review_items::insert(&mut tx, &items).await.unwrap();
        tx.commit().await.unwrap();
        if self.db.engine() == Dialect::MySql {
            let sql = "ANALYZE TABLE kt_review_item";
            self.db.execute(sql, &[]).await.unwrap();
        }
    }

    /// Runs some work, and says which of its statements read a whole table.
    async fn no_scan<T>(&self, what: &str, work: impl Future<Output = T>) -> T {
        let (done, run) = statements(work).await;
        assert!(!run.is_empty(), "{what} asks something");
        for sql in &run {
            let words: Vec<&str> = sql.split_whitespace().collect();
            let in_index = ["doc", "belongs", "meta", "counts", "free", "rest"];
            let db = match words.iter().any(|word| in_index.contains(word)) {
                true => &self.index,
                false => &self.db,
            };
            let scans = scans(db, sql).await;
            if !scans.is_empty() {
                let engine = self.db.engine();
                let fault = format!("{what} on {engine:?}: {scans:?}\n    {sql}");
                self.faults.lock().unwrap().push(fault);
            }
        }
        done
    }
}

fn shapes() -> Vec<Search> {
    let text = |text: &str| Search {
        text: Some(text.into()),
        limit: 20,
        ..Search::default()
    };
    let texts = [
        "kowalsk",
        "owal",
        "wiśniewska4",
        "anna+kowalsk",
        "nowak OR müller",
        "!nowak",
        "k",
        "ow",
        "ski",
        "qxzqxz",
        "ski5",
    ];
    let mut shapes: Vec<Search> = texts.into_iter().map(text).collect();
    let by = |field: &str, direction| Order {
        field: field.into(),
        direction,
    };
    let field = |field: &str, criterion| Search {
        fields: vec![(field.to_owned(), criterion)],
        limit: 20,
        valid: ValidFilter::All,
        ..Search::default()
    };
    let lookup = |lookup| Search {
        lookup: Some(lookup),
        limit: 20,
        ..Search::default()
    };
    shapes.extend([
        text("").without_text(),
        Search {
            order: vec![by("UserLogin", Direction::Down)],
            ..text("kowalsk")
        },
        Search {
            order: vec![by("UserEmail", Direction::Up)],
            ..text("").without_text()
        },
        field("UserCity", Criterion::Like("City7".into())),
        field("UserCity", Criterion::Like("*ity7*".into())),
        field(
            "UserCity",
            Criterion::OneOf(vec!["City7".into(), "City9".into()]),
        ),
        field("UserLogin", Criterion::OneOf(vec!["LOGIN5".into()])),
        field(
            "UserEmail",
            Criterion::OneOf(vec!["LOGIN5@acme-lab.org".into()]),
        ),
        lookup(Lookup::Sender("login5@acme-lab.org".into())),
        lookup(Lookup::Login("gin5".into())),
        lookup(Lookup::Customer("C7".into())),
        lookup(Lookup::CustomerExactly("c7".into())),
    ]);
    shapes
}

trait WithoutText {
    fn without_text(self) -> Self;
}

impl WithoutText for Search {
    fn without_text(self) -> Self {
        Self { text: None, ..self }
    }
}

/// One test, since the recorder hears all that the process runs.
#[tokio::test]
async fn nothing_reads_a_whole_table_or_asks_once_per_row() {
    for engine in Engine::all() {
        let desk = Desk::on(engine).await;
        searches(&desk).await;
        single_records(&desk).await;
        saves(&desk).await;
        no_statement_per_row(&desk).await;
        rename::a_crowd_follows_in_portions(&desk).await;
        desk.directory.close().await;
        let faults = desk.faults.lock().unwrap();
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }
}

async fn searches(desk: &Desk) {
    let actor = Actor::operator();
    for search in shapes() {
        let search = &search;
        let asked = desk.directory.search(&actor, Kind::CustomerUser, search);
        let page = desk.no_scan(&format!("{search:?}"), asked).await.unwrap();
        if search.text.as_deref() != Some("qxzqxz") {
            assert!(!page.rows.is_empty(), "{search:?} finds somebody");
        }
    }
}

async fn single_records(desk: &Desk) {
    let actor = Actor::operator();
    for login in ["login7", "LOGIN7", "nobody"] {
        let found = desk.directory.find(&actor, Kind::CustomerUser, login);
        let found = desk.no_scan(login, found).await;
        assert_eq!(found.is_ok(), login != "nobody");
    }
    let history = desk
        .directory
        .history(&actor, Kind::CustomerUser, "login7", 50);
    desk.no_scan("history", history).await.unwrap();
    for login in ["root@localhost", "ROOT@localhost", "nobody"] {
        let agent = own::agents::find(&desk.db, login);
        let agent = desk.no_scan("agent", agent).await.unwrap();
        assert_eq!(agent.is_some(), login != "nobody");
    }
    let further = own::relations::customers_of(&desk.db, "login7");
    desk.no_scan("further customers", further).await.unwrap();
    let people = own::relations::people_of(&desk.db, "C7");
    desk.no_scan("further people", people).await.unwrap();
    let preferences = own::preferences::of(&desk.db, "login7");
    desk.no_scan("preferences", preferences).await.unwrap();
    // Nobody asks an embedded database for what others changed.
    if desk.db.engine() != kartoteka_store::Engine::Sqlite {
        let table = CustomerUserSource::shipped().table;
        let table = TableStore::open(desk.db.clone(), table).await.unwrap();
        let changed = table.changed_since("2099-01-01 00:00:00");
        desk.no_scan("changes by others", changed).await.unwrap();
    }
}

async fn saves(desk: &Desk) {
    let actor = Actor::operator();
    let fields = |pairs: &[(&str, &str)]| -> Fields {
        let owned = pairs.iter();
        owned
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect()
    };
    let new = fields(&[
        ("UserLogin", "new"),
        ("UserFirstname", "Anna"),
        ("UserLastname", "Nowak"),
        ("UserEmail", "new@acme-lab.org"),
        ("UserCustomerID", "C7"),
    ]);
    let add = async {
        let plan = desk
            .directory
            .plan_create(&actor, Kind::CustomerUser, None, new)
            .await?;
        desk.directory.apply(plan).await
    };
    desk.no_scan("adding", add).await.unwrap();
    for (kind, key, change) in [
        (
            Kind::CustomerUser,
            "new",
            ("UserEmail", "newer@acme-lab.org"),
        ),
        (Kind::CustomerUser, "new", ("UserLogin", "renamed")),
        (Kind::Customer, "C8", ("CustomerID", "C8b")),
    ] {
        let change = async {
            let plan = desk
                .directory
                .plan_update(&actor, kind, key, fields(&[change]), None)
                .await?;
            desk.directory.apply(plan).await
        };
        desk.no_scan(&format!("changing {kind:?} {key}"), change)
            .await
            .unwrap();
    }
}

async fn no_statement_per_row(desk: &Desk) {
    let actor = Actor::operator();
    // What was saved just now is followed first.
    desk.directory.settle().await.unwrap();
    let mut runs = vec![];
    for limit in [10, 500] {
        let search = Search {
            limit,
            ..Search::default()
        };
        let asked = desk.directory.search(&actor, Kind::CustomerUser, &search);
        let (page, run) = statements(asked).await;
        assert_eq!(page.unwrap().rows.len(), limit as usize);
        runs.push(run);
    }
    assert_eq!(
        runs[0].len(),
        runs[1].len(),
        "as many for 500 rows as for 10: {runs:#?}"
    );
}
