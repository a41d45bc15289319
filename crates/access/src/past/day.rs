//! Moments of the past as people name them.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use kartoteka_boxed::boxed;
use kartoteka_directory::{Error, FieldProblem, Result, span_of_day};
use kartoteka_store::own::journal;

use crate::Access;

impl Access<'_> {
    /// The moment that a text names, in milliseconds since 1970: the end of a day in this zone (`2026-03-01`), or a
    /// time with a zone of its own (`2026-03-01T12:00:00Z`). Today stands for now. What is wrong is said of `field`.
    ///
    /// # Errors
    /// `Invalid` for what is neither, for the future, and for the time before the journal begins, of which nothing
    /// is known.
    #[boxed]
    pub async fn moment(self, field: &str, text: &str, zone: &TimeZone) -> Result<i64> {
        let now = self.directory.clock().now_ms();
        let (begins, ends) =
            span_of_day(text, zone).ok_or_else(|| Error::field(field, FieldProblem::NotADay))?;
        if begins > now {
            return Err(Error::field(field, FieldProblem::InTheFuture));
        }
        let first = journal::beginning(self.directory.home())
            .await
            .map_err(Error::home)?
            .unwrap_or(now);
        if ends < first {
            let begins = Timestamp::from_millisecond(first).map_or_else(
                |_| String::new(),
                |at| at.to_zoned_datetime(zone.clone()).date().to_string(),
            );
            return Err(Error::field(field, FieldProblem::BeforeJournal { begins }));
        }
        Ok(ends.min(now))
    }
}
