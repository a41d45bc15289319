//! Measures Kartoteka on a made-up directory of any size: in process, and over HTTP on the program built for release.
//!
//! [`place`] is where the directory is, [`parts`] what is measured, one file each: a further part is a file there and
//! a word in [`parts::Part`]. [`measure`] takes the time, [`report`] keeps the figures.

mod access_data;
mod client;
mod doors;
mod journal;
mod keys;
mod machine;
mod measure;
mod options;
mod parts;
mod place;
mod program;
mod questions;
mod report;
mod sample;

use anyhow::{Context, Result, bail};
use clap::Parser;
use tokio::signal::unix::{SignalKind, signal};

use crate::doors::Doors;
use crate::keys::Keys;
use crate::machine::Machine;
use crate::options::Options;
use crate::parts::{Bench, Part, bulk};
use crate::place::Place;
use crate::program::Program;
use crate::report::Report;
use crate::sample::Sample;

#[tokio::main]
async fn main() -> Result<()> {
    let options = Options::parse();
    let machine = Machine::look();
    let place = Place::find(&options).await?;
    let mut bench = Bench {
        report: Report::new(place.engine, place.people),
        runs: options.runs as usize,
        sample: Sample::default(),
        people: place.people,
        journal: options.journal,
    };
    let parts = options.parts();
    tokio::select! {
        measured = measure_all(&mut bench, &place, &parts) => measured?,
        // Ended here and not by the signal, so that the program and the server end, too.
        stopped = stopped() => bail!("stopped by {}", stopped?),
    }
    println!("{}\n{}", bench.report.table(), machine.text());
    if let Some(file) = &options.json {
        let text = serde_json::to_string_pretty(&bench.report.json(&machine))?;
        std::fs::write(file, text).with_context(|| file.display().to_string())?;
    }
    Ok(())
}

async fn measure_all(bench: &mut Bench, place: &Place, parts: &[Part]) -> Result<()> {
    let directory = place.open().await?;
    if place.is_made {
        bulk::catch_up(bench, &directory, place).await?;
    } else {
        bulk::fill(bench, &directory, place).await?;
        place.note()?;
    }
    // Only now: what the sample needs is not memory of the bulk insert.
    bench.sample = Sample::take(place.people);
    for part in parts {
        part.in_process(bench, &directory, place).await?;
    }
    let keys = Keys::make(&directory).await?;
    directory.close().await;

    let program = Program::serve(place).await?;
    let mut doors = Doors::open(program, &keys).await?;
    for part in parts {
        part.over_http(bench, &mut doors).await?;
    }
    doors.program.stop().await?;
    for part in parts {
        part.by_starting(bench, place).await?;
    }
    Ok(())
}

/// Waits until somebody wants us to stop; with which signal.
async fn stopped() -> Result<&'static str> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(tokio::select! {
        _ = terminate.recv() => "SIGTERM",
        _ = interrupt.recv() => "SIGINT",
    })
}
