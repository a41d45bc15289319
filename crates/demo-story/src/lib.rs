//! Thirty days in the life of a help desk, told over the made-up people of the demonstration: groups and services,
//! colleagues of each role, grants and who lost them again, a bulk change, a review that was signed off and one that is
//! open, people who left, some who are there twice, and a second source. All of it by the use cases that pages use, at
//! the times of a clock that is moved on, so that the journal tells it.
//!
//! Start with [`tell`]; [`cast`] has who and what there is.

mod cast;
mod clock;
mod partners;
mod places;

use std::path::Path;

use cast::{AGENTS, Colleague, GROUPS, SERVICES};
pub use clock::StoryClock;
use kartoteka_access::{Access, Wanted};
use kartoteka_directory::{
    Actor, Fields, JobChange, JobRelation, Kind, Maintenance, Result, Role, Search,
};
use kartoteka_jobs::{Advance, Jobs, Selection, Worker};
use kartoteka_model::access::Context;
use kartoteka_records::Records;
use kartoteka_reviews::{Decision, ItemFilter, Reviews, Subject};
pub use places::{first_people, places};
use serde_json::json;

/// The people and customers that the story is about.
const PEOPLE: u32 = 60;
const CUSTOMERS: u32 = 12;

/// So many are added a second time.
const TWINS: usize = 3;

struct Story<'d> {
    directory: &'d Maintenance,
    clock: &'d StoryClock,
    people: Vec<String>,
    customers: Vec<String>,
}

/// Tells the story to a directory that has people, ending now. The second source is a file in the data folder.
///
/// # Errors
/// When a use case refuses something, or the folder can't be written.
pub async fn tell(directory: &Maintenance, clock: &StoryClock, data: &Path) -> Result<()> {
    let keys = async |kind, limit| -> Result<Vec<String>> {
        let search = Search {
            limit,
            ..Search::default()
        };
        let found = directory.search(&Actor::operator(), kind, &search).await?;
        Ok(found.rows.into_iter().map(|row| row.key).collect())
    };
    let story = Story {
        directory,
        clock,
        people: keys(Kind::CustomerUser, PEOPLE).await?,
        customers: keys(Kind::Customer, CUSTOMERS).await?,
    };
    story.furnish().await?;
    story.give().await?;
    story.everyday().await?;
    story.review().await?;
    story.leave().await?;
    story.partners(data).await
}

impl Story<'_> {
    fn person(&self, number: usize) -> String {
        self.people[number % self.people.len()].clone()
    }

    fn customer(&self, number: usize) -> String {
        self.customers[number % self.customers.len()].clone()
    }

    /// An agent on pages; who is not there is the operator.
    async fn agent(&self, colleague: &Colleague) -> Result<Actor> {
        let agents = self.directory.agents(&Actor::operator()).await?;
        let found = agents.into_iter().find(|one| one.login == colleague.login);
        Ok(found.map_or_else(Actor::operator, |one| {
            let role = Role::parse(colleague.role).unwrap_or(Role::Reader);
            Actor::agent(one.id, one.login, role)
        }))
    }

    async fn create(&self, actor: &Actor, kind: Kind, fields: &[(&str, &str)]) -> Result<()> {
        let records = Records::of(self.directory);
        let plan = records
            .plan_create(actor, kind, None, named(fields))
            .await?;
        let plan = match kind {
            Kind::Agent => records.generate_password(plan),
            _ => plan,
        };
        records.apply(plan).await.map(|_| ())
    }

    async fn change(&self, actor: &Actor, login: &str, fields: &[(&str, &str)]) -> Result<()> {
        let records = Records::of(self.directory);
        let plan = records
            .plan_update(actor, Kind::CustomerUser, login, named(fields), None)
            .await?;
        records.apply(plan).await.map(|_| ())
    }

    async fn relate(&self, actor: &Actor, wanted: Vec<Wanted>) -> Result<()> {
        let access = Access::of(self.directory);
        let plan = access.plan_relations(actor, wanted).await?;
        access.apply_relations(plan).await.map(|_| ())
    }

    fn person_group(&self, person: usize, group: &str, permission: &str, given: bool) -> Wanted {
        Wanted::PersonGroup {
            login: self.person(person),
            group: group.to_owned(),
            permission: permission.to_owned(),
            given,
        }
    }

    /// The first days: colleagues, groups, services, permissions by groups.
    async fn furnish(&self) -> Result<()> {
        let operator = Actor::operator();
        self.clock.go_to(30, 9, 0);
        for colleague in &AGENTS {
            let fields = [
                ("UserLogin", colleague.login),
                ("UserFirstname", colleague.first_name),
                ("UserLastname", colleague.last_name),
                ("Role", colleague.role),
            ];
            self.create(&operator, Kind::Agent, &fields).await?;
        }
        let admin = self.agent(&AGENTS[0]).await?;
        self.clock.go_to(29, 10, 12);
        for (name, comment) in GROUPS {
            let fields = [("Name", name), ("Comment", comment)];
            self.create(&admin, Kind::Group, &fields).await?;
        }
        let wanted = [
            ("customer_group_support".to_owned(), json!(true)),
            (
                "permissions".to_owned(),
                json!(["ro", "create", "note", "rw"]),
            ),
            ("other_customers".to_owned(), json!(true)),
        ];
        let access = Access::of(self.directory);
        let plan = access.plan_access_settings(&admin, wanted.into()).await?;
        access.apply_access_settings(plan).await?;
        self.clock.go_to(28, 9, 40);
        for (parent, name) in SERVICES {
            let fields = [("Name", name), ("Parent", parent)];
            self.create(&admin, Kind::Service, &fields).await?;
        }
        let defaults = ["IT::E-mail", "IT::Workplace"].map(|service| Wanted::Service {
            login: "<DEFAULT>".into(),
            service: service.into(),
            given: true,
        });
        self.relate(&admin, defaults.into()).await
    }

    /// What customers and people are given.
    async fn give(&self) -> Result<()> {
        let admin = self.agent(&AGENTS[0]).await?;
        self.clock.go_to(26, 11, 5);
        let of_customer = |number, group: &str, permission: &str, context| Wanted::CustomerGroup {
            customer: self.customer(number),
            group: group.to_owned(),
            permission: permission.to_owned(),
            context,
            given: true,
        };
        let mut wanted = vec![];
        for number in 0..8 {
            wanted.push(of_customer(number, "Support", "ro", Context::Same));
            wanted.push(of_customer(number, "Support", "create", Context::Same));
        }
        for number in 0..3 {
            wanted.push(of_customer(number, "Billing", "ro", Context::Same));
        }
        wanted.push(of_customer(0, "Projects", "ro", Context::Other));
        self.relate(&admin, wanted).await?;
        self.clock.go_to(25, 14, 30);
        let mut wanted = vec![];
        for person in 0..6 {
            wanted.push(self.person_group(person, "Support", "rw", true));
        }
        for person in 3..9 {
            wanted.push(self.person_group(person, "Network", "create", true));
        }
        for person in [2, 7, 11] {
            wanted.push(self.person_group(person, "VIP", "rw", true));
        }
        self.relate(&admin, wanted).await?;
        self.clock.go_to(23, 15, 10);
        let editor = self.agent(&AGENTS[1]).await?;
        let mut wanted = vec![];
        for person in 0..8 {
            wanted.push(Wanted::Customer {
                login: self.person(person * 3),
                customer: self.customer(person + 3),
                given: true,
            });
        }
        for (person, service) in [
            (1, "IT::Network::VPN"),
            (1, "Office::Access cards"),
            (4, "Finance::Invoices"),
            (9, "Projects"),
        ] {
            wanted.push(Wanted::Service {
                login: self.person(person),
                service: service.to_owned(),
                given: true,
            });
        }
        self.relate(&editor, wanted).await
    }

    /// Numbers and addresses that change, somebody who marries, a bulk change.
    async fn everyday(&self) -> Result<()> {
        let editor = self.agent(&AGENTS[1]).await?;
        let admin = self.agent(&AGENTS[0]).await?;
        let numbers = [
            "+48 42 630 11 02",
            "+48 22 510 77 30",
            "+49 30 901820 14",
            "+44 20 7946 0991",
        ];
        for (at, phone) in (0_u8..).zip(numbers.into_iter().cycle().take(10)) {
            self.clock
                .go_to(21 - i64::from(at), 9 + i64::from(at) % 7, 17);
            let actor = if at % 3 == 0 { &admin } else { &editor };
            let login = self.person(usize::from(at) * 5 + 1);
            self.change(actor, &login, &[("UserPhone", phone)]).await?;
        }
        self.clock.go_to(10, 13, 45);
        let logins = (20..45).map(|person| self.person(person)).collect();
        let change = JobChange {
            relation: JobRelation::PersonGroup {
                group: "Network".into(),
                permission: "ro".into(),
            },
            given: true,
        };
        let jobs = Jobs::of(self.directory);
        let job = jobs
            .order_job(&admin, Selection::Logins(logins), vec![change])
            .await?;
        let worker = Worker::of(self.directory);
        while let Some(claim) = worker.claim_job(Some(job.id)).await? {
            while worker.advance_job(&claim).await? == Advance::More {}
        }
        Ok(())
    }

    /// A review that was signed off, and one that waits.
    async fn review(&self) -> Result<()> {
        let admin = self.agent(&AGENTS[0]).await?;
        let reviews = Reviews::of(self.directory);
        self.clock.go_to(8, 10, 0);
        let group = Subject::Group("VIP".to_owned());
        let plan = reviews.plan_review(&admin, group).await?;
        let review = reviews.start_review(plan, "every quarter").await?;
        self.clock.go_to(7, 16, 20);
        let all = ItemFilter {
            decision: None,
            outcome: None,
            search: String::new(),
        };
        reviews
            .decide_all(&admin, review.id, &all, Decision::Confirm, None)
            .await?;
        let mut one = all.clone();
        one.search = self.person(11);
        let comment = Some("moved to another department");
        reviews
            .decide_all(&admin, review.id, &one, Decision::Revoke, comment)
            .await?;
        let plan = reviews.plan_sign_off(&admin, review.id).await?;
        reviews.sign_off(plan, None, "").await?;
        self.clock.go_to(2, 9, 30);
        let customer = Subject::Customer(self.customer(0));
        let plan = reviews.plan_review(&admin, customer).await?;
        reviews
            .start_review(plan, "asked for by the customer")
            .await?;
        Ok(())
    }

    /// People who left, and some who were added a second time.
    async fn leave(&self) -> Result<()> {
        let editor = self.agent(&AGENTS[1]).await?;
        for (at, person) in [(0, 13), (1, 22), (2, 37), (3, 48), (4, 55)] {
            self.clock.go_to(6 - at, 11 + at, 8);
            let validity = if at == 3 { "3" } else { "2" };
            let login = self.person(person);
            self.change(&editor, &login, &[("ValidID", validity)])
                .await?;
        }
        self.clock.go_to(1, 15, 25);
        let records = Records::of(self.directory);
        let mut again = 0;
        for login in self.people.iter().skip(5).step_by(7) {
            let operator = Actor::operator();
            let found = self
                .directory
                .find(&operator, Kind::CustomerUser, login)
                .await?;
            let record = found.record;
            let twin = format!("{login}.new");
            let domain = record
                .get("UserEmail")
                .rsplit('@')
                .next()
                .unwrap_or_default();
            let email = format!("{twin}@{domain}");
            let fields = named(&[
                ("UserLogin", twin.as_str()),
                ("UserFirstname", record.get("UserFirstname")),
                ("UserLastname", record.get("UserLastname")),
                ("UserEmail", email.as_str()),
                ("UserCustomerID", record.get("UserCustomerID")),
            ]);
            let plan = records
                .plan_create(&editor, Kind::CustomerUser, None, fields)
                .await?;
            // Nobody is added to a customer that is not valid any more.
            if plan.errors.is_empty() && again < TWINS {
                records.apply(plan).await?;
                again += 1;
            }
        }
        Ok(())
    }
}

fn named(fields: &[(&str, &str)]) -> Fields {
    fields
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}
