//! Times as OTOBO writes them: UTC, to the second, `YYYY-MM-DD HH:MM:SS`.

/// The text of a time in seconds since 1970.
pub fn text(seconds: i64) -> String {
    match jiff::Timestamp::from_second(seconds) {
        Ok(time) => time.strftime("%Y-%m-%d %H:%M:%S").to_string(),
        Err(_) => "1970-01-01 00:00:00".into(),
    }
}
