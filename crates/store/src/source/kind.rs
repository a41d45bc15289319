//! What columns hold beside text: which values fit, and how each is written so that equal ones are the same text.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};

/// What a column holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ColumnKind {
    Text,
    /// Whole numbers from `least` to `most`.
    Whole {
        least: i64,
        most: i64,
    },
    /// Numbers of as many digits before and after the point, where the column says.
    Decimal {
        size: Option<(u32, u32)>,
        signed: bool,
    },
    Float,
    Boolean,
    Date,
    /// Day and time, with so many digits of the second's fraction.
    Time {
        zone: bool,
        digits: usize,
        /// The last one that fits, where that is soon.
        latest: Option<&'static str>,
    },
    Uuid,
    OneOf(Vec<String>),
    /// Something else, by the engine's name for it. Only the engine knows what fits.
    Other(String),
}

/// Why a value does not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Misfit {
    NotWhole,
    /// Not a number, or one of more than so many decimal places.
    NotDecimal {
        places: Option<u32>,
    },
    OutOfRange {
        least: String,
        most: String,
    },
    NotADate,
    NotATime,
    NotAUuid,
    NoneOf(Vec<String>),
}

impl ColumnKind {
    /// Any whole number that Kartoteka counts with.
    pub const WHOLE: Self = Self::Whole {
        least: i64::MIN,
        most: i64::MAX,
    };

    /// Whether it is text, as nearly all are.
    pub fn is_text(&self) -> bool {
        *self == Self::Text
    }

    /// A value as it is stored.
    ///
    /// # Errors
    /// When it does not fit.
    pub fn read(&self, value: &str) -> Result<String, Misfit> {
        match self {
            Self::Text | Self::Other(_) => Ok(value.to_owned()),
            Self::Whole { least, most } => whole(value, *least, *most),
            Self::Decimal { size, signed } => decimal(value, *size, *signed),
            Self::Float => match value.parse::<f64>() {
                Ok(number) if number.is_finite() => Ok(value.to_owned()),
                _ => Err(Misfit::NotDecimal { places: None }),
            },
            Self::Boolean => match value.to_lowercase().as_str() {
                "1" | "true" | "t" | "yes" | "y" | "on" => Ok("true".into()),
                "0" | "false" | "f" | "no" | "n" | "off" => Ok("false".into()),
                _ => Err(Misfit::NoneOf(vec!["true".into(), "false".into()])),
            },
            Self::Date => date(value)
                .map(|date| date.to_string())
                .ok_or(Misfit::NotADate),
            Self::Time {
                zone,
                digits,
                latest,
            } => time(value, *zone, *digits, *latest),
            Self::Uuid => uuid(value).ok_or(Misfit::NotAUuid),
            Self::OneOf(choices) => {
                let exact = choices.iter().find(|choice| *choice == value);
                let lower = value.to_lowercase();
                let like = || choices.iter().find(|one| one.to_lowercase() == lower);
                let choice = exact.or_else(like).cloned();
                choice.ok_or_else(|| Misfit::NoneOf(choices.clone()))
            }
        }
    }

    /// Whether two texts are the same value.
    pub fn is_same(&self, one: &str, other: &str) -> bool {
        if one == other {
            return true;
        }
        let (Ok(one), Ok(other)) = (self.read(one), self.read(other)) else {
            return false;
        };
        match self {
            Self::Decimal { .. } => shortest(&one) == shortest(&other),
            // Columns may hold fewer digits than a text has.
            Self::Float => match (one.parse::<f64>(), other.parse::<f64>()) {
                (Ok(one), Ok(other)) => one as f32 == other as f32 && (one - other).abs() <= 1e-6,
                _ => false,
            },
            _ => one == other,
        }
    }
}

fn whole(value: &str, least: i64, most: i64) -> Result<String, Misfit> {
    let digits = value.strip_prefix(['-', '+']).unwrap_or(value);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Misfit::NotWhole);
    }
    match value.parse::<i64>() {
        Ok(number) if (least..=most).contains(&number) => Ok(number.to_string()),
        _ => Err(Misfit::OutOfRange {
            least: least.to_string(),
            most: most.to_string(),
        }),
    }
}

fn decimal(value: &str, size: Option<(u32, u32)>, signed: bool) -> Result<String, Misfit> {
    let wrong = Misfit::NotDecimal {
        places: size.map(|(_, places)| places),
    };
    let (minus, digits) = match value.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, value.strip_prefix('+').unwrap_or(value)),
    };
    let (before, after) = digits.split_once('.').unwrap_or((digits, ""));
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if before.len() + after.len() == 0 || !is_digits(before) || !is_digits(after) {
        return Err(wrong);
    }
    let before = before.trim_start_matches('0');
    let mut after = after.to_owned();
    if let Some((room, places)) = size {
        let places = places as usize;
        if after.trim_end_matches('0').len() > places {
            return Err(wrong);
        }
        after = format!("{after:0<places$}");
        after.truncate(places);
        let is_negative = minus && format!("{before}{after}").bytes().any(|byte| byte != b'0');
        if before.len() > room as usize || (is_negative && !signed) {
            let point = if places > 0 { "." } else { "" };
            let nines = |count: usize| "9".repeat(count);
            let whole = match room {
                0 => "0".into(),
                room => nines(room as usize),
            };
            let most = format!("{whole}{point}{}", nines(places));
            let least = match signed {
                true => format!("-{most}"),
                false => "0".into(),
            };
            return Err(Misfit::OutOfRange { least, most });
        }
    }
    let before = if before.is_empty() { "0" } else { before };
    let is_zero = before == "0" && after.bytes().all(|byte| byte == b'0');
    let sign = if minus && !is_zero { "-" } else { "" };
    let point = if after.is_empty() { "" } else { "." };
    Ok(format!("{sign}{before}{point}{after}"))
}

/// A number without what does not count.
fn shortest(number: &str) -> &str {
    match number.contains('.') {
        true => number.trim_end_matches('0').trim_end_matches('.'),
        false => number,
    }
}

fn date(value: &str) -> Option<Date> {
    if value.len() != 10 {
        return None;
    }
    value.parse().ok()
}

fn time(
    value: &str,
    zone: bool,
    digits: usize,
    latest: Option<&'static str>,
) -> Result<String, Misfit> {
    let (day, rest) = value.split_at_checked(10).unwrap_or((value, ""));
    date(day).ok_or(Misfit::NotATime)?;
    let has_zone = rest.contains(['+', '-', 'Z', 'z']);
    if rest.contains('[') || (has_zone && !zone) {
        return Err(Misfit::NotATime);
    }
    // Tables are read and written in UTC.
    let time: DateTime = match has_zone {
        true => {
            let time: Result<Timestamp, _> = value.parse();
            let time = time.map_err(|_| Misfit::NotATime)?;
            jiff::tz::TimeZone::UTC.to_datetime(time)
        }
        false => value.parse().map_err(|_| Misfit::NotATime)?,
    };
    let mut text = time.strftime("%Y-%m-%d %H:%M:%S%.f").to_string();
    let fraction = text.split_once('.').map_or(0, |(_, after)| after.len());
    if fraction > digits {
        return Err(Misfit::NotATime);
    }
    if let Some(latest) = latest
        && (text.as_str() > latest || text.as_str() < "1970-01-01 00:00:01")
    {
        return Err(Misfit::OutOfRange {
            least: "1970-01-01 00:00:01".into(),
            most: latest.into(),
        });
    }
    if zone {
        text.push_str("+00");
    }
    Ok(text)
}

fn uuid(value: &str) -> Option<String> {
    let bare: String = value.chars().filter(|c| *c != '-').collect();
    let parts: Vec<usize> = value.split('-').map(str::len).collect();
    let shaped = parts == [32] || parts == [8, 4, 4, 4, 12];
    if !shaped || !bare.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let bare = bare.to_lowercase();
    let (a, rest) = bare.split_at(8);
    let (b, rest) = rest.split_at(4);
    let (c, rest) = rest.split_at(4);
    let (d, e) = rest.split_at(4);
    Some(format!("{a}-{b}-{c}-{d}-{e}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: ColumnKind = ColumnKind::Whole {
        least: -32_768,
        most: 32_767,
    };
    const MONEY: ColumnKind = ColumnKind::Decimal {
        size: Some((6, 2)),
        signed: true,
    };
    const TIME: ColumnKind = ColumnKind::Time {
        zone: false,
        digits: 6,
        latest: None,
    };
    const ZONED: ColumnKind = ColumnKind::Time {
        zone: true,
        digits: 6,
        latest: None,
    };

    #[test]
    fn equal_values_are_written_the_same() {
        let plain = ColumnKind::Decimal {
            size: None,
            signed: true,
        };
        for (kind, value, written) in [
            (SMALL, "007", "7"),
            (SMALL, "+7", "7"),
            (SMALL, "-0", "0"),
            (MONEY, "12.5", "12.50"),
            (MONEY, "0012", "12.00"),
            (MONEY, "-.5", "-0.50"),
            (MONEY, "-0.00", "0.00"),
            (MONEY, "1.500", "1.50"),
            (plain.clone(), "1.500", "1.500"),
            (ColumnKind::Boolean, "Yes", "true"),
            (ColumnKind::Boolean, "0", "false"),
            (ColumnKind::Date, "2026-02-28", "2026-02-28"),
            (TIME, "2026-03-01", "2026-03-01 00:00:00"),
            (TIME, "2026-03-01T12:30", "2026-03-01 12:30:00"),
            (TIME, "2026-03-01 12:30:00.50", "2026-03-01 12:30:00.5"),
            (ZONED, "2026-03-01 12:30:00+02:00", "2026-03-01 10:30:00+00"),
            (ZONED, "2026-03-01 12:30", "2026-03-01 12:30:00+00"),
            (
                ColumnKind::Uuid,
                "0A0A0A0A0b0b0c0c0d0d0e0e0e0e0e0e",
                "0a0a0a0a-0b0b-0c0c-0d0d-0e0e0e0e0e0e",
            ),
            (
                ColumnKind::OneOf(vec!["Gold".into(), "gold".into()]),
                "gold",
                "gold",
            ),
            (ColumnKind::OneOf(vec!["Gold".into()]), "gold", "Gold"),
        ] {
            assert_eq!(kind.read(value).unwrap(), written, "{kind:?}");
            assert!(kind.is_same(value, written), "{kind:?} {value}");
        }
        assert!(plain.is_same("1.5", "01.500"));
        assert!(!plain.is_same("1.5", "1.51"));
        assert!(ColumnKind::Float.is_same("1.5", "1.50"));
        assert!(!ColumnKind::Float.is_same("1.5", "1.6"));
        // What does not fit is itself, and nothing else.
        assert!(SMALL.is_same("B 12", "B 12"));
        assert!(!SMALL.is_same("B 12", "12"));
    }

    #[test]
    fn what_does_not_fit_is_told_apart() {
        let range = |least: &str, most: &str| Misfit::OutOfRange {
            least: least.into(),
            most: most.into(),
        };
        let places = |places| Misfit::NotDecimal { places };
        let short = ColumnKind::Time {
            zone: false,
            digits: 0,
            latest: Some("2038-01-19 03:14:07"),
        };
        for (kind, value, misfit) in [
            (SMALL, "7a", Misfit::NotWhole),
            (SMALL, "1.5", Misfit::NotWhole),
            (SMALL, "-", Misfit::NotWhole),
            (SMALL, "40000", range("-32768", "32767")),
            (SMALL, "99999999999999999999", range("-32768", "32767")),
            (MONEY, "12,5", places(Some(2))),
            (MONEY, "12.345", places(Some(2))),
            (MONEY, "1e3", places(Some(2))),
            (MONEY, ".", places(Some(2))),
            (MONEY, "NaN", places(Some(2))),
            (MONEY, "1000000", range("-999999.99", "999999.99")),
            (ColumnKind::Float, "inf", places(None)),
            (
                ColumnKind::Decimal {
                    size: Some((0, 2)),
                    signed: false,
                },
                "-0.5",
                range("0", "0.99"),
            ),
            (ColumnKind::Date, "2026-02-29", Misfit::NotADate),
            (ColumnKind::Date, "01.03.2026", Misfit::NotADate),
            (ColumnKind::Date, "20260301", Misfit::NotADate),
            (TIME, "2026-03-01 25:00", Misfit::NotATime),
            (TIME, "2026-03-01 12:00+02:00", Misfit::NotATime),
            (short.clone(), "2026-03-01 12:00:00.5", Misfit::NotATime),
            (
                short,
                "2040-01-01",
                range("1970-01-01 00:00:01", "2038-01-19 03:14:07"),
            ),
            (
                ColumnKind::Uuid,
                "0a0a0a0a-0b0b-0c0c-0d0d-0e0e0e0e0e0g",
                Misfit::NotAUuid,
            ),
            (
                ColumnKind::OneOf(vec!["a".into()]),
                "b",
                Misfit::NoneOf(vec!["a".into()]),
            ),
        ] {
            assert_eq!(kind.read(value), Err(misfit), "{kind:?} {value}");
        }
    }
}
