//! How often and how far back it is looked for what others write to the sources, when reading everything anew is better, and
//! when an index of some of them answers.

use std::time::Duration;

/// Records that one renamed customer or a few seconds of others change above which reading everything anew is better: a
/// search waits while they are followed.
pub(crate) const REBUILD_ABOVE_RECORDS: u32 = 20_000;

/// Changes taken in above which reading everything anew is quicker than the others one after the other, as after an
/// import of many.
pub(crate) const REBUILD_ABOVE_CHANGES: usize = 5_000;

/// How the search indexes keep up with the sources. The defaults are what people run; tests are quicker.
#[derive(Debug, Clone)]
pub struct Pace {
    /// Rows with a new `change_time` are looked for this often.
    pub look: Duration,
    /// How far before the watermark it is looked, in seconds, and how many changes are too many for that: then it is
    /// looked less far. Transactions are kept long after their rows were dated, and OTOBO dates them by its own clock in
    /// its own time zone. What the index has already is passed over.
    pub back: [(i64, u32); 3],
    /// Rows that a sweep compares at a time.
    pub portion: u32,
    /// How long a sweep rests at least after each portion, and after the last one.
    pub rest: [Duration; 2],
    /// So many records are read of those that are searched for the first time before some of them are found.
    pub first: u64,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            look: Duration::from_secs(5),
            back: [
                (14 * 3600, 2_000),
                (15 * 60, REBUILD_ABOVE_RECORDS),
                (5, REBUILD_ABOVE_RECORDS),
            ],
            portion: 1_000,
            rest: [Duration::from_secs(1), Duration::from_secs(60)],
            first: 20_000,
        }
    }
}
