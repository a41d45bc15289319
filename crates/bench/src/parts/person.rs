//! One person by login.

use anyhow::Result;
use kartoteka_directory::{Actor, Kind, Maintenance};

use super::Bench;
use crate::client::escape;
use crate::doors::Doors;
use crate::measure::{measure, measure_in};
use crate::report::Door;

const NAME: &str = "one person by login";

/// By the use case.
pub async fn in_process(bench: &mut Bench, directory: &Maintenance) -> Result<()> {
    let actor = Actor::operator();
    let times = measure(bench.runs, async |run| {
        let login = bench.sample.login(run);
        directory.find(&actor, Kind::CustomerUser, login).await?;
        Ok(())
    });
    let times = times.await?;
    bench.report.times(NAME, Door::Process, times);
    Ok(())
}

/// By REST; the page of a person is among the pages.
pub async fn over_rest(bench: &mut Bench, doors: &mut Doors) -> Result<()> {
    let process = doors.program.process();
    let times = measure_in(process, bench.runs, async |run| {
        let login = escape(bench.sample.login(run));
        let path = format!("/api/v1/customer-users/{login}");
        doors.rest.get(&path).await?;
        Ok(())
    });
    let times = times.await?;
    bench.report.times(NAME, Door::Rest, times);
    Ok(())
}
