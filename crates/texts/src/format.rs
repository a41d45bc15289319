//! Numbers, dates and addresses as each language writes them.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use crate::language::Language;

/// A whole number with the language's grouping: `1 234 567`, `1.234.567`, `1,234,567`. Polish leaves four
/// digits together.
pub fn number(language: Language, value: i64) -> String {
    let digits = value.unsigned_abs().to_string();
    let separator = match language {
        Language::Pl => '\u{a0}',
        Language::De => '.',
        Language::En => ',',
    };
    let sign = if value < 0 { "-" } else { "" };
    if language == Language::Pl && digits.len() <= 4 {
        return format!("{sign}{digits}");
    }
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(separator);
        }
        grouped.push(digit);
    }
    format!("{sign}{grouped}")
}

const MONTHS_PL: [&str; 12] = [
    "sty", "lut", "mar", "kwi", "maj", "cze", "lip", "sie", "wrz", "paź", "lis", "gru",
];
const MONTHS_EN: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// A moment (seconds since 1970) as `3 lis 2026, 14:05`, `03.11.2026, 14:05`, `3 Nov 2026, 14:05`.
pub fn date_time(language: Language, zone: &TimeZone, seconds: i64) -> String {
    let Some(time) = local(zone, seconds) else {
        return "—".into();
    };
    format!(
        "{}, {:02}:{:02}",
        date_of(language, time),
        time.hour(),
        time.minute()
    )
}

/// A moment's date alone.
pub fn date(language: Language, zone: &TimeZone, seconds: i64) -> String {
    local(zone, seconds).map_or_else(|| "—".into(), |time| date_of(language, time))
}

/// A moment as `<time datetime>` wants it.
pub fn iso(seconds: i64) -> String {
    Timestamp::from_second(seconds)
        .map(|time| time.to_string())
        .unwrap_or_default()
}

/// How many days ago a moment was: 0 is today.
pub fn days_ago(zone: &TimeZone, now: i64, seconds: i64) -> Option<i64> {
    let (now, then) = (local(zone, now)?, local(zone, seconds)?);
    now.date()
        .since(then.date())
        .ok()
        .map(|span| i64::from(span.get_days()))
}

/// The time of day: `14:05`.
pub fn clock(zone: &TimeZone, seconds: i64) -> String {
    local(zone, seconds).map_or_else(
        || "—".into(),
        |time| format!("{:02}:{:02}", time.hour(), time.minute()),
    )
}

fn local(zone: &TimeZone, seconds: i64) -> Option<DateTime> {
    Timestamp::from_second(seconds)
        .ok()
        .map(|time| zone.to_datetime(time))
}

fn date_of(language: Language, time: DateTime) -> String {
    let month = usize::try_from(time.month())
        .unwrap_or(1)
        .saturating_sub(1)
        .min(11);
    match language {
        Language::De => format!("{:02}.{:02}.{}", time.day(), time.month(), time.year()),
        Language::Pl => format!("{} {} {}", time.day(), MONTHS_PL[month], time.year()),
        Language::En => format!("{} {} {}", time.day(), MONTHS_EN[month], time.year()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_as_each_language_does() {
        assert_eq!(number(Language::Pl, 1234), "1234");
        assert_eq!(number(Language::Pl, 1_234_567), "1\u{a0}234\u{a0}567");
        assert_eq!(number(Language::De, 12_431), "12.431");
        assert_eq!(number(Language::En, -1234), "-1,234");
        assert_eq!(number(Language::En, 0), "0");
    }

    #[test]
    fn dates_are_written_as_each_language_does() {
        let at = 1_793_714_700; // 2026-11-03 14:05 UTC
        assert_eq!(
            date_time(Language::Pl, &TimeZone::UTC, at),
            "3 lis 2026, 14:05"
        );
        assert_eq!(
            date_time(Language::De, &TimeZone::UTC, at),
            "03.11.2026, 14:05"
        );
        assert_eq!(
            date_time(Language::En, &TimeZone::UTC, at),
            "3 Nov 2026, 14:05"
        );
        assert_eq!(days_ago(&TimeZone::UTC, at + 86_400, at), Some(1));
        assert_eq!(date_time(Language::En, &TimeZone::UTC, i64::MAX), "—");
    }
}
