//! Times as OTOBO writes them (UTC, to the second, `YYYY-MM-DD HH:MM:SS`), and days as people name them.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// How long the text of a day is: `2026-03-01`.
const DAY: usize = 10;

/// The text of a time in seconds since 1970.
pub fn text(seconds: i64) -> String {
    match Timestamp::from_second(seconds) {
        Ok(time) => time.strftime("%Y-%m-%d %H:%M:%S").to_string(),
        Err(_) => "1970-01-01 00:00:00".into(),
    }
}

/// The first and the last millisecond of a day in a zone (`2026-03-01`), or twice that of a time with a zone of its own
/// (`2026-03-01T12:00:00Z`), since 1970. None for what is neither.
pub fn span_of_day(text: &str, zone: &TimeZone) -> Option<(i64, i64)> {
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
        let (begins, ends) = span_of_day("2026-03-29", &warsaw).unwrap();
        assert_eq!(ends + 1 - begins, 23 * 3_600_000);
        let (begins, ends) = span_of_day("2026-03-01", &TimeZone::UTC).unwrap();
        assert_eq!(
            (begins, ends),
            (1_772_323_200_000, 1_772_323_200_000 + 86_400_000 - 1)
        );
        let at = span_of_day("2026-03-01T01:00:00+01:00", &warsaw).unwrap();
        assert_eq!(at, (1_772_323_200_000, 1_772_323_200_000));
        for wrong in [
            "",
            "yesterday",
            "2026-02-30",
            "01.03.2026",
            "2026-03-01T12:00:00",
            "9999-12-31",
        ] {
            assert_eq!(span_of_day(wrong, &warsaw), None, "{wrong}");
        }
    }
}
