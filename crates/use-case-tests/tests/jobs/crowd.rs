//! A directory with more people than a portion has.

use std::collections::BTreeSet;

use kartoteka_directory::{
    Actor, JobChange, JobRelation, Kind, Maintenance, Role, Search, ValidFilter,
};
use kartoteka_jobs::{Advance, ItemState, Job, JobClaim, JobItem, Jobs, Selection, Worker};
use kartoteka_model::Record;
use kartoteka_records::Records;
use kartoteka_store::Engine as Dialect;
use kartoteka_testbed::Engine;

use crate::{Desk, fields_of};

/// People in [`Crowd::of_many`]: more than two portions.
pub const MANY: usize = 1100;

pub struct Crowd {
    pub desk: Desk,
}

pub fn operator() -> Actor {
    Actor::operator()
}

pub fn login(number: usize) -> String {
    format!("person.{number:04}")
}

pub fn group(group: &str, permission: &str, given: bool) -> JobChange {
    JobChange {
        relation: JobRelation::PersonGroup {
            group: group.into(),
            permission: permission.into(),
        },
        given,
    }
}

pub fn customer(customer: &str, given: bool) -> JobChange {
    JobChange {
        relation: JobRelation::Customer {
            customer: customer.into(),
        },
        given,
    }
}

pub fn service(service: &str, given: bool) -> JobChange {
    JobChange {
        relation: JobRelation::Service {
            service: service.into(),
        },
        given,
    }
}

/// Everybody, valid or not.
pub fn everybody() -> Selection {
    Selection::Search(Box::new(Search {
        valid: ValidFilter::All,
        ..Search::default()
    }))
}

pub fn people(logins: &[&str]) -> Selection {
    Selection::Logins(logins.iter().map(|login| (*login).to_owned()).collect())
}

impl Crowd {
    pub async fn of(engine: Engine, people: usize) -> Self {
        let desk = Desk::set(engine, |settings| {
            settings.groups.customer_group_support = true;
            settings.groups.permissions = ["ro", "create", "rw"].map(str::to_owned).to_vec();
        })
        .await
        .customers()
        .await;
        for name in ["support", "sales"] {
            desk.create(Kind::Group, &[("Name", name)]).await.unwrap();
        }
        desk.create(Kind::Service, &[("Name", "Mail")])
            .await
            .unwrap();
        let record = |number: usize| {
            // Every hundredth one is not valid.
            let valid = if number % 100 == 99 { "2" } else { "1" };
            Record::from_iter([
                ("UserLogin", login(number)),
                ("UserFirstname", format!("Anna {number}")),
                ("UserLastname", "Nowak".to_owned()),
                ("UserEmail", format!("{}@acme-lab.org", login(number))),
                ("UserCustomerID", "ACME".to_owned()),
                ("ValidID", valid.to_owned()),
            ])
        };
        Records::of(&desk.directory)
            .bulk_create(
                &operator(),
                Kind::CustomerUser,
                (0..people).map(record),
                |_| {},
            )
            .await
            .unwrap();
        desk.directory.wait_for_index().await.unwrap();
        Self { desk }
    }

    pub async fn of_many(engine: Engine) -> Self {
        Self::of(engine, MANY).await
    }

    /// An agent with a role, and `rw` in these groups.
    pub async fn agent(&self, login: &str, role: Role, groups: &[&str]) -> Actor {
        let fields = [
            ("UserLogin", login),
            ("UserFirstname", "Ewa"),
            ("UserLastname", "Lis"),
            ("UserPassword", "four blue horses 7"),
            ("Role", role.name()),
        ];
        self.desk.create(Kind::Agent, &fields).await.unwrap();
        let db = &self.desk.db;
        let time = db.engine().time_placeholder();
        for group in groups {
            let sql = format!(
                "INSERT INTO group_user (user_id, group_id, permission_key, create_time, create_by, change_time, \
                 change_by) SELECT u.id, g.id, 'rw', {time}, 1, {time}, 1 FROM users u, groups_table g \
                 WHERE u.login = ? AND g.name = ?"
            );
            let now = "2026-01-01 00:00:00";
            db.execute(&sql, &kartoteka_store::args![now, now, login, *group])
                .await
                .unwrap();
        }
        let sql = format!("SELECT {} FROM users WHERE login = ?", self.text("id"));
        let rows = db.fetch(&sql, &kartoteka_store::args![login]).await;
        Actor::agent(rows.unwrap()[0].int(0).unwrap(), login, role)
    }

    fn text(&self, column: &str) -> String {
        match self.desk.db.engine() {
            Dialect::MySql => format!("CAST({column} AS CHAR)"),
            _ => format!("CAST({column} AS TEXT)"),
        }
    }

    /// All rows of the relations that jobs change; a row that is there twice fails.
    pub async fn relations(&self) -> BTreeSet<String> {
        let tables = [
            ("customer_user_customer", "user_id", "customer_id"),
            ("group_customer_user", "user_id", "permission_key"),
            ("service_customer_user", "customer_user_login", "service_id"),
        ];
        let mut found = BTreeSet::new();
        for (table, holder, what) in tables {
            let group = match table {
                "group_customer_user" => self.text("group_id"),
                _ => "''".to_owned(),
            };
            let sql = format!("SELECT {holder}, {}, {group} FROM {table}", self.text(what));
            for row in self.desk.db.fetch(&sql, &[]).await.unwrap() {
                let row = format!("{table} {} {} {}", row.text(0), row.text(1), row.text(2));
                assert!(found.insert(row.clone()), "twice: {row}");
            }
        }
        found
    }

    pub async fn job(&self, id: i64) -> Job {
        Jobs::of(&self.desk.directory)
            .job(&operator(), id)
            .await
            .unwrap()
    }

    pub async fn items(&self, id: i64, state: Option<ItemState>) -> Vec<JobItem> {
        let directory = &self.desk.directory;
        Jobs::of(directory)
            .job_items(&operator(), id, state, 0, 10_000)
            .await
            .unwrap()
    }

    pub async fn claim(&self, directory: &Maintenance, id: i64) -> JobClaim {
        Worker::of(directory)
            .claim_job(Some(id))
            .await
            .unwrap()
            .unwrap()
    }

    /// Works on a job until there is nothing to do for now.
    pub async fn finish(&self, id: i64) -> Job {
        let directory = &self.desk.directory;
        let claim = self.claim(directory, id).await;
        while Worker::of(directory).advance_job(&claim).await.unwrap() == Advance::More {}
        self.job(id).await
    }

    /// Takes a portion of a job and leaves it as somebody who breaks down does.
    pub async fn a_portion(&self, id: i64) -> JobClaim {
        let claim = self.claim(&self.desk.directory, id).await;
        let more = Worker::of(&self.desk.directory)
            .advance_job(&claim)
            .await
            .unwrap();
        assert_eq!(more, Advance::More);
        claim
    }

    /// Holds a job to its numbers, its rows and the journal: everybody counts once, and has the entry that tells of it.
    pub async fn assert_consistent(&self, id: i64) {
        let job = self.job(id).await;
        let items = self.items(id, None).await;
        assert_eq!(items.len() as u64, job.total);
        let numbers: Vec<i64> = items.iter().map(|item| item.number).collect();
        assert_eq!(numbers, (1..=job.total as i64).collect::<Vec<_>>());
        let count = |state| items.iter().filter(|item| item.state == state).count() as u64;
        assert_eq!(count(ItemState::Changed), job.changed);
        assert_eq!(count(ItemState::Already), job.already);
        assert_eq!(count(ItemState::Refused), job.refused);
        assert_eq!(count(ItemState::Waiting), job.total - job.done);
        let mut entries = BTreeSet::new();
        for item in &items {
            assert_eq!(item.entry.is_some(), item.state == ItemState::Changed);
            entries.extend(item.entry.map(|entry| (entry, item.login.clone())));
        }
        assert_eq!(
            entries.len() as u64,
            job.changed,
            "each has an entry of its own"
        );
        let mut told = BTreeSet::new();
        let (mut before, mut more) = (None, true);
        while more {
            let filter = kartoteka_directory::JournalFilter {
                topic: Some(Kind::CustomerUser.into()),
                before,
                limit: 1000,
                ..Default::default()
            };
            let page = self.desk.directory.journal(&operator(), &filter).await;
            let page = page.unwrap();
            before = page.last().map(|entry| entry.id);
            more = page.len() == 1000;
            let own = page.into_iter().filter(|entry| entry.job == Some(id));
            told.extend(own.map(|entry| {
                assert!(!(entry.relations.is_empty() && entry.changes.is_empty()));
                (entry.id, entry.key)
            }));
        }
        assert_eq!(told, entries, "the journal tells of the same people");
        let verdict = self.desk.directory.verify_journal(&operator()).await;
        assert_eq!(verdict.unwrap().fault, None);
    }

    pub async fn update_agent(&self, login: &str, fields: &[(&str, &str)]) {
        let directory = &self.desk.directory;
        let plan = Records::of(directory)
            .plan_update(&operator(), Kind::Agent, login, fields_of(fields), None)
            .await
            .unwrap();
        Records::of(directory).apply(plan).await.unwrap();
    }
}
