//! A person on a past day, while the journal grows.

use anyhow::Result;
use kartoteka_access::Access;
use kartoteka_directory::{Actor, JournalFilter, Maintenance};

use super::Bench;
use crate::access_data::fill;
use crate::journal;
use crate::measure::measure;
use crate::place::Place;
use crate::report::Door;

/// Looks at the day before the journal grew, so all that was added to a person since has to be taken back: with ten
/// million entries in a directory of a million people, ten for each of them.
pub async fn in_process(bench: &mut Bench, directory: &Maintenance, place: &Place) -> Result<()> {
    fill(directory, bench.people).await?;
    let (mut entries, at) = latest(directory).await?;
    look(bench, directory, entries, at).await?;
    let end = bench.journal.unwrap_or_default();
    let mut step = 10_u64;
    while entries < end {
        step *= 10;
        let until = step.min(end);
        if until > entries {
            journal::grow(place, bench.people, until).await?;
            entries = until;
            look(bench, directory, entries, at).await?;
        }
    }
    Ok(())
}

async fn look(bench: &mut Bench, directory: &Maintenance, entries: u64, at: i64) -> Result<()> {
    let sample = &bench.sample;
    let actor = Actor::operator();
    let times = measure(bench.runs, async |run| {
        Access::of(directory)
            .permissions_as_of(&actor, sample.login(run), at)
            .await?;
        Ok(())
    });
    let name = format!("a person on a past day, {entries} entries");
    bench.report.times(&name, Door::Process, times.await?);
    Ok(())
}

/// How many entries there are, and when the latest one was written, in milliseconds since 1970.
async fn latest(directory: &Maintenance) -> Result<(u64, i64)> {
    let filter = JournalFilter {
        limit: 1,
        ..JournalFilter::default()
    };
    let entries = directory.journal(&Actor::operator(), &filter).await?;
    let latest = entries.first();
    Ok(latest.map_or((0, 0), |entry| {
        (entry.id.unsigned_abs(), entry.at * 1000 + 999)
    }))
}
