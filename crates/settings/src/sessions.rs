//! `[sessions]`: how long a login lasts.

use crate::key::{Key, Kind};
use crate::mistake::Mistake;
use crate::section::Section;

/// A year; nothing should last longer.
const LONGEST: i64 = 31_536_000;

pub(crate) const KEYS: &[Key] = &[
    Key::new(
        "idle",
        Kind::Whole(60, LONGEST),
        "7200",
        "Seconds without a request after which a session ends (SessionMaxIdleTime).",
    ),
    Key::new(
        "absolute",
        Kind::Whole(60, LONGEST),
        "57600",
        "Seconds after which a session ends in any case (SessionMaxTime).",
    ),
];

/// `[sessions]`, in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sessions {
    pub idle: u32,
    pub absolute: u32,
}

impl Default for Sessions {
    fn default() -> Self {
        Self {
            idle: 7200,
            absolute: 57_600,
        }
    }
}

impl Sessions {
    pub(crate) fn read(section: &Section<'_>) -> Self {
        let shipped = Self::default();
        let sessions = Self {
            idle: section.number("idle").unwrap_or(shipped.idle),
            absolute: section.number("absolute").unwrap_or(shipped.absolute),
        };
        let written = section.get("absolute").or_else(|| section.get("idle"));
        if let Some(node) = written
            && sessions.absolute < sessions.idle
        {
            section.findings.push(
                section
                    .findings
                    .error(&node.at, Mistake::TooShort)
                    .param("key", "absolute")
                    .param("other", "idle")
                    .found(sessions.absolute.to_string())
                    .remedy(format!("absolute = {}", sessions.idle)),
            );
        }
        sessions
    }
}
