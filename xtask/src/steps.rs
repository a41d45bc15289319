use std::{
    process::ExitCode,
    time::{Duration, Instant},
};

use anyhow::Result;

/// Steps of a long command: what each took, and which failed. Everything is told on the standard error, as the
/// standard output belongs to what we run.
#[derive(Debug, Default)]
pub struct Steps {
    done: Vec<Step>,
}

#[derive(Debug)]
struct Step {
    name: &'static str,
    took: Duration,
    passed: bool,
}

impl Steps {
    /// Takes a step; it passed when it returned true. One that fails doesn't keep the next from being taken.
    ///
    /// Says whether it passed, for those that can't go without it.
    pub fn take(&mut self, name: &'static str, step: impl FnOnce() -> Result<bool>) -> bool {
        eprintln!("==> {name}");
        let started = Instant::now();
        let passed = step().unwrap_or_else(|error| {
            eprintln!("error: {error:#}");
            false
        });
        self.done.push(Step {
            name,
            took: started.elapsed(),
            passed,
        });
        passed
    }

    /// Tells what each step took, and whether all passed.
    pub fn end(self) -> ExitCode {
        eprintln!();
        for step in &self.done {
            let mark = if step.passed { "ok" } else { "FAILED" };
            eprintln!(
                "{:>8.1} s  {mark:<6}  {}",
                step.took.as_secs_f64(),
                step.name
            );
        }
        if self.done.iter().all(|step| step.passed) {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        }
    }
}
