//! A directory in which everything there is to list is there so many times.

use std::time::Duration;

use axum::http::Method;
use kartoteka_access::{Access, Wanted};
use kartoteka_directory::{Actor, Fields, JobChange, JobRelation, Kind, Maintenance, Role};
use kartoteka_jobs::{Advance, Jobs, Selection, Worker};
use kartoteka_login::Logins;
use kartoteka_model::access::Context;
use kartoteka_records::Records;
use kartoteka_reviews::{Reviews, Subject};
use kartoteka_web::WebOptions;
use secrecy::ExposeSecret;
use serde_json::{Value, json};

use super::app::{Page, TestApp};

/// Addresses of pages that list what is there so many times.
pub const PAGES: [&str; 44] = [
    "/permissions?search=osoba",
    "/customer-users/p0",
    "/customer-users/p0/edit",
    "/customer-users/p0/permissions",
    "/customer-users/p0/permissions/explain?group=g0&permission=rw",
    "/customer-users/p0/permissions/customers",
    "/customer-users/p0/customers",
    "/customer-users/p0/customers?search=c",
    "/customer-users/p0/services",
    "/customer-users/p0/past?day=2030-03-17",
    "/customers/C0",
    "/customers/C0/edit",
    "/customers/C0/permissions",
    "/customers/C1/people",
    "/customers/C1/people?search=p",
    "/customers/C0/past?day=2030-03-17",
    "/groups",
    "/groups/g0",
    "/groups/g0/edit",
    "/groups/g0/permissions",
    "/groups/g0/permissions?search=p",
    "/groups/g0/permissions/customers",
    "/groups/g0/permissions/customers?search=c",
    "/groups/g0/permissions/who?permission=ro",
    "/groups/g0/permissions/who?permission=ro&of=customers",
    "/groups/g0/permissions/who?permission=ro&of=customers&context=other",
    "/groups/g0/past?day=2030-03-17",
    "/groups/g0/past?day=2030-03-17&of=customers",
    "/services",
    "/services/s0",
    "/services/s0/people",
    "/services/s0/people?search=p",
    "/default-services",
    "/settings/access",
    "/jobs",
    "/jobs/1",
    "/jobs/new?login=p0",
    "/jobs/templates",
    "/reviews",
    "/reviews/1",
    "/reviews/1/sign-off",
    "/reviews/1/export",
    "/reviews/new?group=g0",
    "/journal",
];

pub struct World {
    pub app: TestApp,
    /// The value of `Authorization`.
    pub bearer: String,
    /// The first of many entries that are taken back together.
    pub batch: i64,
    size: usize,
}

const DAY: i64 = 86_400;

async fn create(directory: &Maintenance, kind: Kind, fields: &[(&str, &str)]) {
    let fields: Fields = fields
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    let actor = Actor::operator();
    let plan = Records::of(directory).plan_create(&actor, kind, None, fields);
    let plan = plan.await.unwrap();
    Records::of(directory).apply(plan).await.unwrap();
}

async fn relate(directory: &Maintenance, wanted: Vec<Wanted>) -> i64 {
    let plan = Access::of(directory)
        .plan_relations(&Actor::operator(), wanted)
        .await;
    let plan = plan.unwrap();
    assert!(plan.errors.is_empty(), "{:?}", plan.errors);
    let applied = Access::of(directory).apply_relations(plan).await.unwrap();
    applied.journal.unwrap().0
}

fn of_person(login: usize, group: usize, permission: &str, given: bool) -> Wanted {
    Wanted::PersonGroup {
        login: format!("p{login}"),
        group: format!("g{group}"),
        permission: permission.into(),
        given,
    }
}

fn of_customer(customer: usize, group: usize, context: Context) -> Wanted {
    Wanted::CustomerGroup {
        customer: format!("C{customer}"),
        group: format!("g{group}"),
        permission: "ro".into(),
        context,
        given: true,
    }
}

fn further(login: usize, customer: usize, given: bool) -> Wanted {
    Wanted::Customer {
        login: format!("p{login}"),
        customer: format!("C{customer}"),
        given,
    }
}

fn service(login: usize, service: usize) -> Wanted {
    Wanted::Service {
        login: format!("p{login}"),
        service: format!("s{service}"),
        given: true,
    }
}

fn change(at: usize) -> Vec<JobChange> {
    vec![JobChange {
        relation: JobRelation::Service {
            service: format!("s{at}"),
        },
        given: true,
    }]
}

impl World {
    pub async fn of(size: usize) -> Self {
        let mut app = TestApp::set(WebOptions::default(), |settings| {
            settings.groups.customer_group_support = true;
            settings.groups.other_customers = true;
            settings.groups.always_groups = vec![];
            settings.groups.company_always_groups = vec![];
        })
        .await;
        app.add_agent("ewa", "admin").await;
        let directory = app.directory.clone();
        records(&directory, size).await;
        let all = 0..size;
        let mut wanted: Vec<Wanted> = vec![];
        for at in all.clone() {
            wanted.extend([of_person(0, at, "ro", true), service(0, at)]);
            wanted.push(of_person(at, 0, "rw", true));
            wanted.extend((at > 0).then(|| service(at, 0)));
            wanted.extend((at > 0).then(|| further(0, at, true)));
            wanted.extend((at > 1).then(|| further(at, 1, true)));
            for context in Context::ALL {
                wanted.push(of_customer(0, at, context));
                wanted.extend((at > 0).then(|| of_customer(at, 0, context)));
            }
        }
        relate(&directory, wanted).await;
        // What stands there now came and went since.
        app.wait(2 * DAY);
        let customers = |given| (1..size).map(move |at| further(0, at, given));
        relate(&directory, customers(false).collect()).await;
        let rights = |given| all.clone().map(move |at| of_person(at, 0, "rw", given));
        relate(&directory, rights(false).collect()).await;
        app.wait(3 * DAY);
        relate(&directory, customers(true).collect()).await;
        let batch = relate(&directory, rights(true).collect()).await;
        jobs(&directory, size).await;
        reviews(&directory, size).await;
        app.wait(DAY);
        app.become_agent("ewa").await;
        let token = Logins::of(&directory)
            .create_token(&Actor::operator(), "test", Role::Admin, None)
            .await
            .unwrap();
        Self {
            bearer: format!("Bearer {}", token.secret.expose_secret()),
            app,
            batch,
            size,
        }
    }

    pub async fn get(&self, path: &str) -> Page {
        let headers: &[(&str, &str)] = match path.starts_with("/api/") {
            true => &[("authorization", self.bearer.as_str())],
            false => &[],
        };
        self.app.send(Method::GET, path, headers, "").await
    }

    /// Changes of so many relations at once.
    pub fn dry_runs(&self) -> Vec<(&'static str, Value)> {
        let all = 0..self.size;
        let people = all.clone().map(|at| {
            json!({
                "relation": "person-group", "login": format!("p{at}"), "group": "g1", "permission": "rw", "given": true,
            })
        });
        let customers = all.clone().map(|at| {
            json!({
                "relation": "customer-group", "customer": format!("C{at}"), "group": "g1", "permission": "rw",
                "given": true,
            })
        });
        let further = all.clone().map(|at| {
            json!({"relation": "customer", "login": format!("p{at}"), "customer": "C2", "given": at != 0})
        });
        let services = all.map(
            |at| json!({"relation": "service", "login": format!("p{at}"), "service": "s1", "given": true}),
        );
        vec![
            ("/relations", changes(people)),
            ("/relations", changes(customers)),
            ("/relations", changes(further)),
            ("/relations", changes(services)),
        ]
    }
}

async fn records(directory: &Maintenance, size: usize) {
    for at in 0..size {
        let id = format!("C{at}");
        let fields = [("CustomerID", id.as_str()), ("CustomerCompanyName", &id)];
        create(directory, Kind::Customer, &fields).await;
        create(directory, Kind::Group, &[("Name", &format!("g{at}"))]).await;
        create(directory, Kind::Service, &[("Name", &format!("s{at}"))]).await;
    }
    for at in 0..size {
        let login = format!("p{at}");
        let email = format!("{login}@acme-lab.org");
        let fields = [
            ("UserLogin", login.as_str()),
            ("UserFirstname", "Osoba"),
            ("UserLastname", &login),
            ("UserEmail", &email),
            ("UserCustomerID", "C0"),
        ];
        create(directory, Kind::CustomerUser, &fields).await;
    }
}

async fn jobs(directory: &Maintenance, size: usize) {
    let actor = Actor::operator();
    let logins: Vec<String> = (0..size).map(|at| format!("p{at}")).collect();
    for at in 0..size {
        let selection = Selection::Logins(logins.clone());
        let made = match at {
            0 => {
                Jobs::of(directory)
                    .order_job(&actor, selection, change(at))
                    .await
            }
            _ => {
                Jobs::of(directory)
                    .make_job(&actor, selection, change(at))
                    .await
            }
        };
        let id = made.unwrap().id;
        let within = Duration::from_secs(30);
        Jobs::of(directory)
            .prepare_job(&actor, id, within)
            .await
            .unwrap();
        let name = format!("template {at}");
        Jobs::of(directory)
            .save_template(&actor, None, &name, change(at))
            .await
            .unwrap();
    }
    while let Some(claim) = Worker::of(directory).claim_job(Some(1)).await.unwrap() {
        while Worker::of(directory).advance_job(&claim).await.unwrap() == Advance::More {}
    }
}

async fn reviews(directory: &Maintenance, size: usize) {
    let actor = Actor::operator();
    for at in 0..size {
        let subject = Subject::Group(format!("g{at}"));
        let plan = Reviews::of(directory)
            .plan_review(&actor, subject)
            .await
            .unwrap();
        Reviews::of(directory).start_review(plan, "").await.unwrap();
    }
}

/// What changes in a dry run.
fn changes(of: impl Iterator<Item = serde_json::Value>) -> serde_json::Value {
    json!({"changes": of.collect::<Vec<_>>()})
}
