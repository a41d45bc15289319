//! Pages that are no lists: records, forms, home.

use anyhow::Result;

use super::Bench;
use crate::client::escape;
use crate::doors::Doors;
use crate::measure::measure_in;
use crate::report::Door;
use crate::sample::Sample;

/// A page, and its address in each run.
type Page = (&'static str, fn(&Sample, usize) -> String);

const PAGES: [Page; 6] = [
    ("page, home", |_, _| "/".into()),
    ("page, person", |sample, run| person(sample, run, "")),
    ("page, form of a person", |sample, run| {
        person(sample, run, "/edit")
    }),
    ("page, form for a new person", |_, _| {
        "/customer-users/new".into()
    }),
    ("page, customer with people", |sample, run| {
        format!("/customers/{}", escape(sample.customer(run)))
    }),
    ("page, people of a customer", |sample, run| {
        format!("/customer-users?customer={}", escape(sample.customer(run)))
    }),
];

fn person(sample: &Sample, run: usize, form: &str) -> String {
    format!("/customer-users/{}{form}", escape(sample.login(run)))
}

/// Each page as an agent's browser asks for it.
pub async fn over_http(bench: &mut Bench, doors: &mut Doors) -> Result<()> {
    let process = doors.program.process();
    for (name, address) in PAGES {
        let times = measure_in(process, bench.runs, async |run| {
            doors.page.get(&address(&bench.sample, run)).await?;
            Ok(())
        });
        let times = times.await?;
        bench.report.times(name, Door::Page, times);
    }
    Ok(())
}
