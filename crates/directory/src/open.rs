//! Opening the directory: databases, sources, search index.

use std::sync::Arc;

use kartoteka_settings::Settings;

use crate::error::Result;

/// Where time comes from.
pub trait Clock: Send + Sync {
    /// Now, in milliseconds since 1970 UTC.
    fn now_ms(&self) -> i64;

    /// Now, in seconds since 1970 UTC.
    fn now(&self) -> i64 {
        self.now_ms() / 1000
    }
}

/// The clock of the machine.
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place where time comes in")]
    fn now_ms(&self) -> i64 {
        std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .map_or(0, |since| since.as_millis() as i64)
    }
}

/// What a door hands in.
pub struct Options {
    pub clock: Arc<dyn Clock>,
}

/// Why the directory could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error("placeholder")]
    Placeholder,
}

/// The directory: cheap to clone, shared by all doors.
#[derive(Clone)]
pub struct Directory {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub settings: Settings,
    pub clock: Arc<dyn Clock>,
}

impl Directory {
    /// Opens databases and index; creates what is missing in an empty database.
    pub async fn open(settings: Settings, options: Options) -> Result<Self, OpenError> {
        Ok(Self { inner: Arc::new(Inner { settings, clock: options.clock }) })
    }

    /// The settings in force.
    pub fn settings(&self) -> &Settings {
        &self.inner.settings
    }

    /// Whether requests can be answered now: the database answers.
    pub async fn ready(&self) -> Result<()> {
        todo!()
    }

    /// Waits for work in progress and closes connections.
    pub async fn close(&self) {
        todo!()
    }
}
