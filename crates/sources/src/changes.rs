//! What a source tells of changes that others made to it.

use jiff::Timestamp;
use kartoteka_store::StoreError;
use kartoteka_store::source::{Seen, TableStore};
use kartoteka_store::time::text;

/// Seconds by which a change may be dated ahead of its database, by a server whose clock is in another time zone. What is
/// dated later would be looked at for ever; it is found as what has no time at all.
const AHEAD: i64 = 14 * 3600;

/// How far the changes of a source are known. Only the source knows what it says: for a table it is a time of its
/// database in seconds since 1970, for a file a digest of what is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Watermark(String);

impl Watermark {
    /// One as it was kept.
    pub fn kept(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// As it is kept.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What changed since a watermark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Changes {
    /// The source does not tell: only comparing everything does.
    Untold,
    /// These records, and perhaps some that did not change; all changes until another watermark are among them, but for
    /// those that are gone. Of these the source may tell some, by [`SourceRow::id`](crate::SourceRow::id).
    Of {
        seen: Vec<Seen>,
        gone: Vec<i64>,
        until: Watermark,
    },
    /// There are some until another watermark, and the source does not tell which.
    Somewhere { until: Watermark },
    /// More than is worth telling.
    TooMany,
}

/// The time of a table's database.
pub(crate) async fn now(table: &TableStore) -> Result<i64, StoreError> {
    let now = table.now().await?;
    let time: Option<Timestamp> = format!("{now}Z").parse().ok();
    let unreadable = || StoreError::Unreadable(format!("no time: {now}"));
    Ok(time.ok_or_else(unreadable)?.as_second())
}

pub(crate) fn watermark(seconds: i64) -> Watermark {
    Watermark(seconds.to_string())
}

/// What changed in a table. What can't be read counts as no watermark: all changes are looked at again.
pub(crate) async fn of_table(
    table: &TableStore,
    since: Option<&Watermark>,
    back: &[(i64, u32)],
) -> Result<Changes, StoreError> {
    if !table.has_change_time() {
        return Ok(Changes::Untold);
    }
    let since = since.and_then(|since| since.0.parse().ok()).unwrap_or(0);
    let now = now(table).await?;
    let until = text(now + AHEAD);
    for (seconds, most) in back {
        let from = text(i64::max(since - seconds, 0));
        let seen = table.changed_between(&from, &until, *most).await?;
        if seen.len() < *most as usize {
            let until = watermark(now);
            return Ok(Changes::Of {
                seen,
                gone: vec![],
                until,
            });
        }
    }
    Ok(Changes::TooMany)
}
