//! Making the directory: everybody at once, then the search index.

use std::time::Instant;

use anyhow::Result;
use kartoteka_directory::{Actor, IndexState, Kind, Maintenance, Search};
use kartoteka_records::Records;
use kartoteka_testbed::Engine;

use super::{Bench, note_memory};
use crate::machine::most_resident;
use crate::place::Place;
use crate::report::Door;
use crate::sample::data;

/// Adds everybody. To be called first: the memory is that of the whole process.
pub async fn fill(bench: &mut Bench, directory: &Maintenance, place: &Place) -> Result<()> {
    let actor = Actor::operator();
    let made = data(place.people);
    Records::of(directory)
        .bulk_create(&actor, Kind::Customer, made.customers(), |_| {})
        .await?;
    directory.wait_for_index().await?;
    let began = Instant::now();
    Records::of(directory)
        .bulk_create(&actor, Kind::CustomerUser, made.people(), |_| {})
        .await?;
    let rate = |began: Instant| place.people as f64 / began.elapsed().as_secs_f64();
    let alone = rate(began);
    directory.wait_for_index().await?;
    let indexed = rate(began);
    let report = &mut bench.report;
    report.value("bulk insert, table alone", Door::Process, alone, "people/s");
    report.value(
        "bulk insert, with the search index",
        Door::Process,
        indexed,
        "people/s",
    );
    let memory = most_resident(std::process::id());
    note_memory(
        bench,
        "memory, most in the bulk insert",
        Door::Process,
        memory,
    );
    sizes(bench, place)
}

/// Makes the search index of a directory that is there complete, if it is not: that of another version is made anew.
pub async fn catch_up(bench: &mut Bench, directory: &Maintenance, place: &Place) -> Result<()> {
    let one = Search {
        limit: 1,
        ..Search::default()
    };
    let page = directory
        .search(&Actor::operator(), Kind::CustomerUser, &one)
        .await?;
    let began = Instant::now();
    directory.wait_for_index().await?;
    if page.index == IndexState::Current {
        return Ok(());
    }
    let rate = place.people as f64 / began.elapsed().as_secs_f64();
    bench
        .report
        .value("search index, made anew", Door::Process, rate, "people/s");
    let memory = most_resident(std::process::id());
    note_memory(
        bench,
        "memory, most while making the index",
        Door::Process,
        memory,
    );
    sizes(bench, place)
}

fn sizes(bench: &mut Bench, place: &Place) -> Result<()> {
    let index = place.megabytes(".index")?;
    let report = &mut bench.report;
    report.value("search index on disk", Door::Process, index, "MB");
    if place.engine == Engine::Sqlite {
        let database = place.megabytes(".db")?;
        report.value("database on disk", Door::Process, database, "MB");
    }
    Ok(())
}
