//! Starting the program on a directory that is there.

use anyhow::Result;

use super::{Bench, note_memory};
use crate::measure::Times;
use crate::place::Place;
use crate::program::Program;
use crate::report::Door;

/// Starts the program again and again, each time until it says that it is ready.
pub async fn by_starting(bench: &mut Bench, place: &Place) -> Result<()> {
    let mut times = vec![];
    let mut memory = None;
    for _ in 0..(bench.runs / 10).max(5) {
        let program = Program::serve(place).await?;
        times.push(program.start);
        memory = memory.max(program.resident());
        program.stop().await?;
    }
    let times: Times = times.into_iter().collect();
    bench
        .report
        .times("start until ready", Door::Program, times);
    note_memory(bench, "memory, after start", Door::Program, memory);
    Ok(())
}
