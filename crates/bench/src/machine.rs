//! What it was measured on, and how busy that was.

use std::fs;

use serde_json::{Value, json};

/// The commit that was built, as `cargo xtask bench` tells the compiler, with a mark if there was more.
const REVISION: Option<&str> = option_env!("KARTOTEKA_REVISION");

/// The machine and the program at the beginning of the measurements.
#[derive(Debug, Clone)]
pub struct Machine {
    cores: usize,
    processor: String,
    memory: Option<u64>,
    load_before: Option<f64>,
}

impl Machine {
    /// Looks at the machine before anything is measured.
    pub fn look() -> Self {
        let processor = line("/proc/cpuinfo", "model name");
        Self {
            cores: std::thread::available_parallelism().map_or(1, Into::into),
            processor: processor.unwrap_or_default(),
            memory: line("/proc/meminfo", "MemTotal").and_then(|text| megabytes(&text)),
            load_before: load(),
        }
    }

    /// One line for people; the load is that of now, too.
    pub fn text(&self) -> String {
        let load =
            |load: Option<f64>| load.map_or("unknown".to_owned(), |load| format!("{load:.1}"));
        format!(
            "Kartoteka {} ({}), {} cores ({}), load {} before and {} after.",
            env!("CARGO_PKG_VERSION"),
            REVISION.unwrap_or("unknown revision"),
            self.cores,
            self.processor,
            load(self.load_before),
            load(self::load()),
        )
    }

    /// For programs; the load is that of now, too.
    pub fn json(&self) -> Value {
        json!({
            "cores": self.cores, "processor": self.processor, "memory_mb": self.memory,
            "load_before": self.load_before, "load_after": load(),
            "version": env!("CARGO_PKG_VERSION"), "revision": REVISION,
        })
    }
}

/// The memory that a process holds now, in megabytes.
pub fn resident(process: u32) -> Option<u64> {
    megabytes(&line(&format!("/proc/{process}/status"), "VmRSS")?)
}

/// The most memory that a process held, in megabytes.
pub fn most_resident(process: u32) -> Option<u64> {
    megabytes(&line(&format!("/proc/{process}/status"), "VmHWM")?)
}

/// The processor time that a process has used, in milliseconds; the system counts in steps of ten.
pub fn processor(process: u32) -> Option<f64> {
    let text = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The name, in parentheses, may hold anything; after it the state is the third value, `utime` the 14th.
    let (_, values) = text.rsplit_once(')')?;
    let mut values = values.split_whitespace().skip(11);
    let mut ticks = || values.next()?.parse::<u64>().ok();
    Some((ticks()? + ticks()?) as f64 * 10.0)
}

/// The average of the last minute.
fn load() -> Option<f64> {
    let text = fs::read_to_string("/proc/loadavg").ok()?;
    text.split(' ').next()?.parse().ok()
}

/// What follows `NAME:` in one of the system's lists.
fn line(file: &str, name: &str) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    let mut pairs = text.lines().filter_map(|line| line.split_once(':'));
    let (_, value) = pairs.find(|(key, _)| key.trim() == name)?;
    Some(value.trim().to_owned())
}

/// `12345 kB` in megabytes.
fn megabytes(text: &str) -> Option<u64> {
    let kilobytes: u64 = text.split(' ').next()?.parse().ok()?;
    Some(kilobytes / 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_holds_memory() {
        let own = std::process::id();
        let (now, most) = (resident(own).unwrap(), most_resident(own).unwrap());
        assert!(now > 0 && now <= most, "{now} of {most}");
    }

    #[test]
    fn work_costs_processor_time() {
        let own = std::process::id();
        let before = processor(own).unwrap();
        let began = std::time::Instant::now();
        while processor(own).unwrap() < before + 20.0 {
            assert!(began.elapsed().as_secs() < 60, "no time was counted");
        }
    }
}
