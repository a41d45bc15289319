//! A directory on an engine, which listens to its statements.

use std::collections::BTreeSet;
use std::ops::Deref;
use std::path::Path;
use std::sync::Mutex;

use kartoteka_directory::{Actor, Kind};
use kartoteka_model::Record;
use kartoteka_records::Records;
use kartoteka_store::{Db, Engine as Dialect};
use kartoteka_test_desk::{Begin, TestClock};
use kartoteka_testbed::{Engine, statements};

use super::explain::scans;

/// People `login0`, `login1`, …; one in nine is invalid.
pub const PEOPLE: usize = 2000;

/// Customers `C0`, `C1`, …; the first forty have people.
pub const CUSTOMERS: usize = 400;

/// A directory that is large enough for engines to look into indexes.
pub struct Desk {
    desk: kartoteka_test_desk::Desk,
    index: Db,
    /// All of them are told at once.
    faults: Mutex<Vec<String>>,
    /// Statements that were looked at.
    seen: Mutex<BTreeSet<String>>,
}

impl Deref for Desk {
    type Target = kartoteka_test_desk::Desk;

    fn deref(&self) -> &Self::Target {
        &self.desk
    }
}

/// The person of a number.
pub fn person(number: usize) -> Record {
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
    let is_index = |path: &std::path::PathBuf| {
        let name = path.to_string_lossy();
        name.contains("-people.") && name.ends_with(".index")
    };
    Db::open_index(&paths.into_iter().find(is_index).unwrap())
        .await
        .unwrap()
}

impl Desk {
    pub async fn on(engine: Engine) -> Self {
        // The recorder would hear it.
        let begin = Begin {
            looks_for_changes: false,
            ..Begin::default()
        };
        let desk =
            kartoteka_test_desk::Desk::begun(engine, TestClock::default(), begin, |settings| {
                settings.groups.customer_group_support = true;
                settings.groups.other_customers = true;
                settings.groups.permissions = ["ro", "create", "rw"].map(str::to_owned).to_vec();
            });
        let desk = desk.await;
        let desk = Self {
            index: people_index(desk.folder()).await,
            desk,
            faults: Mutex::default(),
            seen: Mutex::default(),
        };
        let actor = Actor::operator();
        let customers = (0..CUSTOMERS).map(|number| {
            Record::from_iter([
                ("CustomerID", format!("C{number}")),
                ("CustomerCompanyName", format!("Company {number}")),
                ("ValidID", "1".to_owned()),
            ])
        });
        let made = &desk.directory;
        Records::of(made)
            .bulk_create(&actor, Kind::Customer, customers, |_| {})
            .await
            .unwrap();
        Records::of(made)
            .bulk_create(&actor, Kind::CustomerUser, (0..PEOPLE).map(person), |_| {})
            .await
            .unwrap();
        made.wait_for_index().await.unwrap();
        desk
    }

    /// Runs some work, and says which of its statements read a whole table.
    pub async fn no_scan<T>(&self, what: &str, work: impl Future<Output = T>) -> T {
        let (done, run) = statements(work).await;
        assert!(!run.is_empty(), "{what} asks something");
        for sql in &run {
            if !self.seen.lock().unwrap().insert(sql.clone()) {
                continue;
            }
            let words: Vec<&str> = sql.split_whitespace().collect();
            let in_index = ["doc", "belongs", "meta", "counts", "free", "rest"];
            let db = match words.iter().any(|word| in_index.contains(word)) {
                true => &self.index,
                false => &self.db,
            };
            // Many keys of a table of few rows: MariaDB reads it whole.
            let excused = self.db.engine() == Dialect::MySql && sql.matches('?').count() > 100;
            if excused {
                continue;
            }
            let scans = scans(db, sql).await;
            if !scans.is_empty() {
                let engine = self.db.engine();
                let fault = format!("{what} on {engine:?}: {scans:?}\n    {sql}");
                self.faults.lock().unwrap().push(fault);
            }
        }
        done
    }

    /// Lets an engine that plans by what tables hold look at them.
    pub async fn analyzed(&self) {
        let sql = match self.db.engine() {
            Dialect::Sqlite => return,
            Dialect::Postgres => "ANALYZE",
            Dialect::MySql => {
                "ANALYZE TABLE customer_user, customer_company, customer_user_customer, \
                 group_customer_user, group_customer, service_customer_user, kt_journal, kt_journal_link"
            }
        };
        self.db.fetch(sql, &[]).await.unwrap();
    }

    /// Nothing read a whole table.
    pub async fn end(&self) {
        self.directory.close().await;
        let faults = self.faults.lock().unwrap();
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }
}
