//! Moments of the past as people name them.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use kartoteka_boxed::boxed;
use kartoteka_directory::{Error, FieldProblem, Result};
use kartoteka_store::own::journal;

use crate::Access;

/// How long the text of a day is: `2026-03-01`.
const DAY: usize = 10;

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
            span(text, zone).ok_or_else(|| Error::field(field, FieldProblem::NotADay))?;
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

/// The first and the last millisecond of a day, or twice that of a time.
fn span(text: &str, zone: &TimeZone) -> Option<(i64, i64)> {
    if text.len() != DAY {
        let at = text.parse::<Timestamp>().ok()?.as_millisecond();
        return Some((at, at));
    }
    let day: Date = text.parse().ok()?;
    let begins = |day: Date| {
        let moment = zone.to_timestamp(day.at(0, 0, 0, 0)).ok()?;
        Some(moment.as_millisecond())
    };
    Some((begins(day)?, begins(day.tomorrow().ok()?)? - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_ends_where_it_ends_in_its_zone() {
        let warsaw = TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").unwrap();
        // The clocks go forward on that day: it has 23 hours.
        let (begins, ends) = span("2026-03-29", &warsaw).unwrap();
        assert_eq!(ends + 1 - begins, 23 * 3_600_000);
        let (begins, ends) = span("2026-03-01", &TimeZone::UTC).unwrap();
        assert_eq!(
            (begins, ends),
            (1_772_323_200_000, 1_772_323_200_000 + 86_400_000 - 1)
        );
        let at = span("2026-03-01T01:00:00+01:00", &warsaw).unwrap();
        assert_eq!(at, (1_772_323_200_000, 1_772_323_200_000));
        for wrong in [
            "",
            "yesterday",
            "2026-02-30",
            "01.03.2026",
            "2026-03-01T12:00:00",
            "9999-12-31",
        ] {
            assert_eq!(span(wrong, &warsaw), None, "{wrong}");
        }
    }
}
