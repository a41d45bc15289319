//! Adding people and changing them: acknowledged when it is on disk.

use anyhow::{Result, ensure};
use kartoteka_directory::{Actor, Clock, Fields, Kind, Maintenance, SystemClock};
use kartoteka_records::Records;
use serde_json::json;

use super::Bench;
use crate::client::escape;
use crate::doors::{Doors, submit};
use crate::measure::{measure, measure_in};
use crate::report::Door;

/// Where people are added by REST.
pub(super) const ADDED: &str = "/api/v1/customer-users";

const ADD: &str = "add";
const CHANGE: &str = "change";
const ADD_WITH_PASSWORD: &str = "add, with a generated password";

/// The fields of a new person.
pub(super) fn person<'a>(
    login: &'a str,
    email: &'a str,
    customer: &'a str,
) -> [(&'static str, &'a str); 6] {
    [
        ("UserLogin", login),
        ("UserFirstname", "Anna"),
        ("UserLastname", login),
        ("UserEmail", email),
        ("UserCustomerID", customer),
        ("ValidID", "1"),
    ]
}

/// Logins that nobody has: a directory may be measured again.
pub(super) struct Newcomers(String);

impl Newcomers {
    pub(super) fn new(door: &str) -> Self {
        Self(format!("bench.{door}{}", SystemClock.now_ms()))
    }

    pub(super) fn login(&self, run: usize) -> String {
        format!("{}.{run}", self.0)
    }
}

pub(super) fn email(login: &str) -> String {
    format!("{login}@bench-lab.org")
}

/// By the use cases: plan, and apply.
pub async fn in_process(bench: &mut Bench, directory: &Maintenance) -> Result<()> {
    let actor = Actor::operator();
    let newcomers = Newcomers::new("p");
    let fields = |pairs: &[(&str, &str)]| -> Fields {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        pairs.iter().map(owned).collect()
    };
    let customer = bench.sample.customer(0).to_owned();
    let times = measure(bench.runs, async |run| {
        let login = newcomers.login(run);
        let fields = fields(&person(&login, &email(&login), &customer));
        let plan = Records::of(directory)
            .plan_create(&actor, Kind::CustomerUser, None, fields)
            .await?;
        Records::of(directory).apply(plan).await?;
        Ok(())
    });
    bench.report.times(ADD, Door::Process, times.await?);
    let times = measure(bench.runs, async |run| {
        let phone = format!("42 {run}");
        let fields = fields(&[("UserPhone", &phone)]);
        let login = newcomers.login(run);
        let plan = Records::of(directory)
            .plan_update(&actor, Kind::CustomerUser, &login, fields, None)
            .await?;
        Records::of(directory).apply(plan).await?;
        Ok(())
    });
    bench.report.times(CHANGE, Door::Process, times.await?);
    Ok(())
}

/// By REST and by the form, which has a password generated and hashed.
pub async fn over_http(bench: &mut Bench, doors: &mut Doors) -> Result<()> {
    let process = doors.program.process();
    let newcomers = Newcomers::new("r");
    let customer = bench.sample.customer(0).to_owned();
    let collection = ADDED;
    let times = measure_in(process, bench.runs, async |run| {
        let login = newcomers.login(run);
        let body: serde_json::Map<_, _> = person(&login, &email(&login), &customer)
            .map(|(name, value)| (name.to_owned(), json!(value)))
            .into_iter()
            .collect();
        send(doors, "POST", collection, &json!(body).to_string(), 201).await
    });
    let times = times.await?;
    bench.report.times(ADD, Door::Rest, times);
    let times = measure_in(process, bench.runs, async |run| {
        let path = format!("{collection}/{}", escape(&newcomers.login(run)));
        let body = json!({"UserPhone": format!("42 {run}")}).to_string();
        send(doors, "PATCH", &path, &body, 200).await
    });
    let times = times.await?;
    bench.report.times(CHANGE, Door::Rest, times);

    let newcomers = Newcomers::new("f");
    // Hashing is slow on purpose.
    let times = measure_in(process, bench.runs / 10, async |run| {
        let login = newcomers.login(run);
        let email = email(&login);
        let form = person(&login, &email, &customer);
        submit(&mut doors.page, "/customer-users/new", &form).await
    });
    let times = times.await?;
    bench.report.times(ADD_WITH_PASSWORD, Door::Page, times);
    Ok(())
}

async fn send(
    doors: &mut Doors,
    method: &str,
    path: &str,
    body: &str,
    expected: u16,
) -> Result<()> {
    let body = Some(("application/json", body));
    let answer = doors.rest.send(method, path, body).await?;
    ensure!(
        answer.status == expected,
        "{method} {path}: {} {}",
        answer.status,
        String::from_utf8_lossy(&answer.body)
    );
    Ok(())
}
