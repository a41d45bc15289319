//! A mistake found in the settings, as the admin sees it.

use std::fmt;

use crate::mistake::Mistake;
use crate::places::Place;

/// How bad a mistake is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Kartoteka does not start.
    Error,
    /// Kartoteka starts; the admin should look.
    Warning,
}

/// One mistake: where, what, what was found there, and what to write instead.
///
/// Its display is `kartoteka.toml:12:5: error: …`, then indented lines for found and remedy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    pub severity: Severity,
    pub place: Place,
    pub mistake: Mistake,
    /// Parameters of the mistake's text.
    pub params: Vec<(&'static str, String)>,
    /// What stands there; never given where it may be a secret.
    pub found: Option<String>,
    /// What to write instead.
    pub remedy: Option<String>,
}

impl Diagnostic {
    /// An error.
    pub fn error(place: Place, mistake: Mistake) -> Self {
        Self {
            severity: Severity::Error,
            place,
            mistake,
            params: Vec::new(),
            found: None,
            remedy: None,
        }
    }

    /// A warning.
    pub fn warning(place: Place, mistake: Mistake) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::error(place, mistake)
        }
    }

    /// A column that the source's table does not have, found once the database is open. Without a
    /// place in the file (a shipped column) it speaks of the source as a whole.
    pub fn unknown_column(
        place: Option<&Place>,
        source: &str,
        column: &str,
        table: &str,
        nearest: Option<&str>,
    ) -> Self {
        let place = place
            .cloned()
            .unwrap_or_else(|| Place::whole(format!("[{source}]")));
        Self::error(place, Mistake::UnknownColumn)
            .param("table", table)
            .param("column", column)
            .remedy(nearest.map(|name| format!("{name:?}")))
    }

    /// The same with a parameter of its text.
    pub fn param(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.params.push((name, printable(&value.into())));
        self
    }

    /// The same with what was found.
    pub fn found(mut self, found: impl Into<Option<String>>) -> Self {
        self.found = found.into().map(|found| printable(&found));
        self
    }

    /// The same with what to write instead.
    pub fn remedy(mut self, remedy: impl Into<Option<String>>) -> Self {
        self.remedy = remedy.into();
        self
    }

    /// What to write instead.
    pub fn what_to_write(&self) -> Option<&str> {
        let usual = self.mistake.usual_remedy();
        self.remedy.as_deref().or(usual)
    }

    /// Whether this keeps Kartoteka from starting.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// The English text, without place and remedy.
    pub fn text(&self) -> String {
        let mut text = String::new();
        let mut rest = self.mistake.text();
        while let Some((before, after)) = rest.split_once('{') {
            text.push_str(before);
            let (name, after) = after.split_once('}').unwrap_or((after, ""));
            let value = self.params.iter().find(|(param, _)| *param == name);
            text.push_str(value.map_or("…", |(_, value)| value));
            rest = after;
        }
        text.push_str(rest);
        text
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        write!(f, "{}: {severity}: {}", self.place, self.text())?;
        if let Some(found) = &self.found {
            write!(f, "\n  found: {found}")?;
        }
        if let Some(remedy) = self.what_to_write() {
            write!(f, "\n  write instead: {remedy}")?;
        }
        Ok(())
    }
}

/// Short, and without characters that would play with a terminal.
fn printable(text: &str) -> String {
    const LONGEST: usize = 120;
    let mut short: String = text
        .chars()
        .take(LONGEST)
        .map(|c| if c.is_control() { '\u{fffd}' } else { c })
        .collect();
    if text.chars().nth(LONGEST).is_some() {
        short.push('…');
    }
    short
}
