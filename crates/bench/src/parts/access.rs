//! Who may see what: asked from both ends, previewed, saved, and looked at on a past day.

use std::time::Instant;

use anyhow::{Result, ensure};
use kartoteka_access::{Access, Wanted};
use kartoteka_directory::{Actor, Maintenance};
use kartoteka_model::access::Context as Tickets;

use super::Bench;
use crate::access_data::{COMMON, RARE, fill};
use crate::client::escape;
use crate::doors::Doors;
use crate::measure::{measure, measure_in, milliseconds};
use crate::report::Door;
use crate::sample::Sample;

/// People ticked at once.
const TICKS: usize = 10_000;

/// How often so many are saved.
const SAVES: usize = 6;

pub async fn in_process(bench: &mut Bench, directory: &Maintenance) -> Result<()> {
    let people = bench.people;
    let actor = Actor::operator();
    fill(directory, people).await?;
    reads(bench, directory, &actor).await?;
    let crowd = ticks(bench, directory, &actor, people).await?;
    let runs = bench.runs.min(20);
    let times = measure(runs, async |run| {
        let plan = Access::of(directory)
            .plan_relations(
                &actor,
                vec![Wanted::CustomerGroup {
                    customer: crowd.clone(),
                    group: format!("group {:03}", 20 + run % 100),
                    permission: "rw".into(),
                    context: Tickets::Same,
                    given: true,
                }],
            )
            .await?;
        ensure!(!plan.effects.is_empty(), "somebody gains something");
        Ok(())
    });
    let name = "preview, a customer with 10 000 people";
    bench.report.times(name, Door::Process, times.await?);
    Ok(())
}

async fn reads(bench: &mut Bench, directory: &Maintenance, actor: &Actor) -> Result<()> {
    let access = Access::of(directory);
    let sample = &bench.sample;
    let times = measure(bench.runs, async |run| {
        access.permissions_of(actor, sample.login(run)).await?;
        Ok(())
    });
    let times = times.await?;
    bench
        .report
        .times("permissions of a person, with why", Door::Process, times);
    let sample = &bench.sample;
    let times = measure(bench.runs, async |run| {
        access
            .explain(actor, sample.login(run), "group 042", "rw")
            .await?;
        Ok(())
    });
    let times = times.await?;
    bench
        .report
        .times("why a person lacks a permission", Door::Process, times);
    for (group, which) in [
        (COMMON, "a fifth of customers"),
        (RARE, "0.1 % of customers"),
    ] {
        let mut after: Option<String> = None;
        let times = measure(bench.runs, async |run| {
            let from = after.as_deref().filter(|_| run % 2 == 1);
            let page = access.holders(actor, group, "ro", from, 50).await?;
            ensure!(!page.holders.is_empty(), "somebody has it");
            after = page.next;
            Ok(())
        });
        let name = format!("who has a group of {which}, a page");
        bench.report.times(&name, Door::Process, times.await?);
        let times = measure(bench.runs.min(30), async |_| {
            access.count_holders(actor, group, "ro").await?;
            Ok(())
        });
        let name = format!("who has a group of {which}, exact count");
        bench.report.times(&name, Door::Process, times.await?);
    }
    Ok(())
}

/// Gives and takes a further customer of many people; the customer that has them in the end.
async fn ticks(
    bench: &mut Bench,
    directory: &Maintenance,
    actor: &Actor,
    people: u64,
) -> Result<String> {
    let access = Access::of(directory);
    let crowd = bench.sample.customer(0).to_owned();
    let every = (people as usize / TICKS).max(1);
    let logins: Vec<String> = crate::sample::data(people)
        .people()
        .step_by(every)
        .filter(|person| person.get("ValidID") == "1" && person.get("UserCustomerID") != crowd)
        .take(TICKS)
        .map(|person| person.get("UserLogin").to_owned())
        .collect();
    let mut plans = vec![];
    let mut saves = vec![];
    for save in 0..=SAVES {
        let wanted = |login: &String| Wanted::Customer {
            login: login.clone(),
            customer: crowd.clone(),
            given: save % 2 == 0,
        };
        let began = Instant::now();
        let plan = access
            .plan_relations(actor, logins.iter().map(wanted).collect())
            .await?;
        ensure!(plan.errors.is_empty(), "{:?}", plan.errors.first());
        plans.push(milliseconds(began));
        let began = Instant::now();
        access.apply_relations(plan).await?;
        saves.push(milliseconds(began));
    }
    let name = format!("saving {} ticks", logins.len());
    bench.report.times(
        &format!("{name}, the preview"),
        Door::Process,
        plans.into_iter().collect(),
    );
    bench
        .report
        .times(&name, Door::Process, saves.into_iter().collect());
    Ok(crowd)
}

/// A page of relations or permissions, and its address in each run.
type Address = fn(&Sample, usize) -> String;

const PAGES: [(&str, Address); 13] = [
    ("permissions of a person", |sample, run| {
        person(sample, run, "/permissions")
    }),
    ("why a person lacks a permission", |sample, run| {
        person(
            sample,
            run,
            "/permissions/explain?group=group%20042&permission=rw",
        )
    }),
    ("customers whose tickets a person reaches", |sample, run| {
        person(sample, run, "/permissions/customers")
    }),
    ("customers of a person", |sample, run| {
        person(sample, run, "/customers")
    }),
    ("services of a person", |sample, run| {
        person(sample, run, "/services")
    }),
    ("permissions of a customer", |sample, run| {
        format!("/customers/{}/permissions", escape(sample.customer(run)))
    }),
    ("further people of a customer", |sample, run| {
        format!("/customers/{}/people", escape(sample.customer(run)))
    }),
    ("people by permission in a group", |_, run| {
        group(run, "/permissions")
    }),
    (
        "people by permission in a group, searched",
        |sample, run| {
            let person = escape(sample.login(run));
            group(run, &format!("/permissions?search={person}"))
        },
    ),
    ("customers by permission in a group", |_, run| {
        group(run, "/permissions/customers")
    }),
    ("who has a group", |_, run| group(run, "/permissions/who")),
    ("a group", |_, run| group(run, "")),
    ("people of a service", |_, run| {
        format!("/services/service%20{:03}/people", run % 500)
    }),
];

fn person(sample: &Sample, run: usize, page: &str) -> String {
    format!("/customer-users/{}{page}", escape(sample.login(run)))
}

/// The group that a fifth of customers have in every second run, another one in the others.
fn group(run: usize, page: &str) -> String {
    let number = if run.is_multiple_of(2) { 0 } else { run % 200 };
    format!("/groups/group%20{number:03}{page}")
}

/// Each page as an agent's browser asks for it; and the permissions of a person over REST.
pub async fn over_http(bench: &mut Bench, doors: &mut Doors) -> Result<()> {
    let process = doors.program.process();
    for (name, address) in PAGES {
        let times = measure_in(process, bench.runs, async |run| {
            doors.page.get(&address(&bench.sample, run)).await?;
            Ok(())
        });
        let times = times.await?;
        bench
            .report
            .times(&format!("page, {name}"), Door::Page, times);
    }
    let times = measure_in(process, bench.runs, async |run| {
        let address = person(&bench.sample, run, "/permissions");
        doors.rest.get(&format!("/api/v1{address}")).await?;
        Ok(())
    });
    let times = times.await?;
    bench
        .report
        .times("permissions of a person, with why", Door::Rest, times);
    Ok(())
}
