//! When a certificate ends, read out of its DER: what a handshake that went well does not tell.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;

const SEQUENCE: u8 = 0x30;
const UTC_TIME: u8 = 0x17;
const GENERALIZED_TIME: u8 = 0x18;
/// The explicit tag of the version, which may be left out.
const VERSION: u8 = 0xa0;

/// When it ends, in seconds since 1970.
pub(super) fn end(certificate: &[u8]) -> Option<i64> {
    let (_, certificate, _) = element(certificate)?;
    let (_, mut signed, _) = element(certificate)?;
    let (first, _, rest) = element(signed)?;
    if first == VERSION {
        signed = rest;
    }
    // The number, the algorithm, and who made it out.
    for _ in 0..3 {
        (_, _, signed) = element(signed)?;
    }
    let (SEQUENCE, validity, _) = element(signed)? else {
        return None;
    };
    let (_, _, validity) = element(validity)?;
    let (kind, time, _) = element(validity)?;
    seconds(kind, std::str::from_utf8(time).ok()?)
}

/// The first element: its tag, what is in it, and what comes after it.
fn element(bytes: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (tag, rest) = bytes.split_first()?;
    let (length, rest) = rest.split_first()?;
    let (length, rest) = match length {
        0..=0x7f => (usize::from(*length), rest),
        0x81..=0x84 => {
            let (number, rest) = rest.split_at_checked(usize::from(length & 0x7f))?;
            let length = number
                .iter()
                .fold(0, |sum, byte| (sum << 8) | usize::from(*byte));
            (length, rest)
        }
        _ => return None,
    };
    let (inside, after) = rest.split_at_checked(length)?;
    Some((*tag, inside, after))
}

fn seconds(kind: u8, time: &str) -> Option<i64> {
    let full = match kind {
        // Two digits of the year: the turn is at 50 (RFC 5280, 4.1.2.5.1).
        UTC_TIME if time.as_bytes().first()? >= &b'5' => format!("19{time}"),
        UTC_TIME => format!("20{time}"),
        GENERALIZED_TIME => time.to_owned(),
        _ => return None,
    };
    let time = DateTime::strptime("%Y%m%d%H%M%SZ", full).ok()?;
    Some(TimeZone::UTC.to_timestamp(time).ok()?.as_second())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_of_times_are_read() {
        assert_eq!(seconds(UTC_TIME, "700101000100Z"), Some(60));
        assert_eq!(
            seconds(GENERALIZED_TIME, "20500101000000Z"),
            Some(2_524_608_000)
        );
        assert_eq!(seconds(UTC_TIME, "x"), None);
        assert_eq!(seconds(4, "700101000100Z"), None);
    }

    proptest::proptest! {
        #[test]
        fn whatever_is_sent_is_no_more_than_refused(bytes: Vec<u8>) {
            let _ = end(&bytes);
        }
    }
}
