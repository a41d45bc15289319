//! Taking the time.

use std::time::Instant;

use anyhow::Result;

use crate::machine::processor;

/// What an operation took, each time, in milliseconds; never none.
#[derive(Debug, Clone)]
pub struct Times {
    sorted: Vec<f64>,
    /// What each run cost on average in processor time: on a machine that is busy with other things, what it would
    /// take at least on one that is not. Without the database server's.
    pub processor: Option<f64>,
}

impl Times {
    /// How often it was done.
    pub fn runs(&self) -> usize {
        self.sorted.len()
    }

    /// The time that this part of the runs kept below: 0.5 is the median.
    pub fn at(&self, part: f64) -> f64 {
        let place = (self.sorted.len() as f64 * part).ceil() as usize;
        let place = place.clamp(1, self.sorted.len().max(1));
        self.sorted.get(place - 1).copied().unwrap_or_default()
    }

    pub fn min(&self) -> f64 {
        self.at(0.0)
    }

    pub fn max(&self) -> f64 {
        self.at(1.0)
    }
}

impl FromIterator<f64> for Times {
    fn from_iter<T: IntoIterator<Item = f64>>(times: T) -> Self {
        let mut sorted: Vec<f64> = times.into_iter().collect();
        sorted.sort_by(f64::total_cmp);
        Self {
            sorted,
            processor: None,
        }
    }
}

/// Does something so often and takes the time of each. The first run is not counted: it fills caches and, on
/// PostgreSQL, prepares statements, as the first request of a day does.
///
/// # Errors
/// Whatever the operation meets.
pub async fn measure(runs: usize, step: impl AsyncFnMut(usize) -> Result<()>) -> Result<Times> {
    measure_in(std::process::id(), runs, step).await
}

/// The same, where another process does the work.
///
/// # Errors
/// Whatever the operation meets.
pub async fn measure_in(
    process: u32,
    runs: usize,
    mut step: impl AsyncFnMut(usize) -> Result<()>,
) -> Result<Times> {
    step(0).await?;
    let before = processor(process);
    let mut taken = Vec::with_capacity(runs);
    for run in 1..=runs {
        let began = Instant::now();
        step(run).await?;
        taken.push(milliseconds(began));
    }
    let mut times: Times = taken.into_iter().collect();
    let spent = before.and_then(|before| Some(processor(process)? - before));
    times.processor = spent.map(|spent| spent / runs as f64);
    Ok(times)
}

/// Milliseconds since then.
pub fn milliseconds(began: Instant) -> f64 {
    began.elapsed().as_secs_f64() * 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_times_that_were_taken() {
        let times: Times = (1..=200).rev().map(f64::from).collect();
        let found = [0.0, 0.5, 0.95, 0.99, 1.0].map(|part| times.at(part));
        assert_eq!(found, [1.0, 100.0, 190.0, 198.0, 200.0]);
        assert_eq!(Times::from_iter([7.0]).at(0.99), 7.0);
    }

    #[tokio::test]
    async fn the_first_run_does_not_count() {
        let mut done = vec![];
        let times = measure(3, async |run| {
            done.push(run);
            Ok(())
        });
        assert_eq!(times.await.unwrap().runs(), 3);
        assert_eq!(done, [0, 1, 2, 3]);
    }
}
