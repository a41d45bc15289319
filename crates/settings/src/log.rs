//! `[log]`: what is logged, and how.

use crate::key::{Key, Kind};
use crate::section::Section;

const LEVELS: [&str; 6] = ["off", "error", "warn", "info", "debug", "trace"];

pub(crate) const KEYS: &[Key] = &[
    Key::new(
        "format",
        Kind::Choice(&["text", "json"]),
        "\"text\"",
        "Lines for people, or one JSON object per line.",
    ),
    Key::new(
        "level",
        Kind::Text,
        "\"info\"",
        "off, error, warn, info, debug or trace; also by part: \"info,sqlx=warn\".",
    ),
];

/// How log lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LogFormat {
    #[default]
    Text,
    Json,
}

/// `[log]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Log {
    pub format: LogFormat,
    /// A filter such as `info` or `info,sqlx=warn`.
    pub level: String,
}

impl Default for Log {
    fn default() -> Self {
        Self {
            format: LogFormat::Text,
            level: "info".into(),
        }
    }
}

impl Log {
    pub(crate) fn read(section: &Section<'_>) -> Self {
        let shipped = Self::default();
        let expected = "a level (off, error, warn, info, debug, trace), also by part";
        Self {
            format: match section.choice("format") {
                Some("json") => LogFormat::Json,
                _ => LogFormat::Text,
            },
            level: section
                .parsed("level", expected, |text| {
                    is_filter(text).then(|| text.to_owned())
                })
                .unwrap_or(shipped.level),
        }
    }
}

fn is_filter(text: &str) -> bool {
    let part = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == ':';
    text.split(',').all(|directive| {
        let (target, level) = directive.split_once('=').unwrap_or(("", directive));
        LEVELS.contains(&level.trim().to_ascii_lowercase().as_str())
            && target.trim().chars().all(part)
    })
}
