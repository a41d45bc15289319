//! Times in REST: RFC 3339 in UTC.

use jiff::Timestamp;

/// Seconds since 1970 as text; empty for times that no calendar has.
pub fn text(seconds: i64) -> String {
    Timestamp::from_second(seconds).map_or_else(|_| String::new(), |time| time.to_string())
}

/// Milliseconds since 1970 as text; empty for times that no calendar has.
pub fn moment(milliseconds: i64) -> String {
    Timestamp::from_millisecond(milliseconds)
        .map_or_else(|_| String::new(), |time| time.to_string())
}

/// Seconds since 1970 of a text such as `2030-01-31T12:00:00Z` or `2030-01-31T13:00:00+01:00`.
pub fn seconds(text: &str) -> Option<i64> {
    text.parse::<Timestamp>().ok().map(|time| time.as_second())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_go_there_and_back() {
        assert_eq!(text(1_893_456_000), "2030-01-01T00:00:00Z");
        assert_eq!(seconds("2030-01-01T01:00:00+01:00"), Some(1_893_456_000));
        assert_eq!(seconds("tomorrow"), None);
    }
}
