//! Times as LDAP writes them: generalized time (RFC 4517).

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

/// Seconds since 1970 of a time such as `20261130081500Z` or `20261130081500.0Z`. Others, in other zones, are not read.
pub(super) fn seconds(time: &str) -> Option<i64> {
    let digits = time.strip_suffix('Z')?;
    let digits = digits.split(['.', ',']).next()?;
    let read = DateTime::strptime("%Y%m%d%H%M%S", digits).ok()?;
    Some(TimeZone::UTC.to_timestamp(read).ok()?.as_second())
}

/// As it stands in records.
pub(super) fn text(seconds: i64) -> String {
    kartoteka_store::time::text(seconds)
}

/// As it stands in filters.
pub(super) fn generalized(seconds: i64) -> String {
    let time = Timestamp::from_second(seconds.max(0)).unwrap_or_default();
    format!("{}Z", time.strftime("%Y%m%d%H%M%S"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_and_written() {
        assert_eq!(seconds("19700101000010Z"), Some(10));
        assert_eq!(seconds("19700101000010.0Z"), Some(10));
        assert_eq!(seconds("19700101000010+0100"), None);
        assert_eq!(seconds("yesterday"), None);
        assert_eq!(generalized(10), "19700101000010Z");
        assert_eq!(text(10), "1970-01-01 00:00:10");
    }
}
