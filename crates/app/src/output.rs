//! Tables for people, JSON for programs.

use std::io::Write;

use anyhow::Context;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;
use serde_json::Value;

/// Prints to standard output. A reader that went away, as `head` does, is no failure.
///
/// # Errors
/// When standard output can't be written for another reason.
pub fn print(text: &str) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    let written = out
        .write_all(text.as_bytes())
        .and_then(|()| out.write_all(b"\n"))
        .and_then(|()| out.flush());
    match written {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        written => written.context("standard output can't be written"),
    }
}

/// Prints a document for programs.
///
/// # Errors
/// When standard output can't be written.
pub fn print_json(document: &impl Serialize) -> anyhow::Result<()> {
    print(&serde_json::to_string_pretty(document)?)
}

/// Rows under headings, in columns that line up.
pub struct Table {
    headings: Vec<&'static str>,
    rows: Vec<Vec<String>>,
}

impl Table {
    pub fn new(headings: &[&'static str]) -> Self {
        Self {
            headings: headings.to_vec(),
            rows: vec![],
        }
    }

    pub fn row(&mut self, cells: impl IntoIterator<Item = impl Into<String>>) {
        self.rows.push(
            cells
                .into_iter()
                .map(|cell| printable(&cell.into()))
                .collect(),
        );
    }
}

impl std::fmt::Display for Table {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let width = |at: usize| {
            let cells = self
                .rows
                .iter()
                .filter_map(|row| row.get(at))
                .map(String::as_str);
            cells
                .chain(self.headings.get(at).copied())
                .map(console::measure_text_width)
                .max()
                .unwrap_or(0)
        };
        let widths: Vec<usize> = (0..self.headings.len()).map(width).collect();
        let line = |cells: &[&str]| {
            let mut line = String::new();
            for (cell, width) in cells.iter().zip(&widths) {
                line.push_str(cell);
                let blanks = width.saturating_sub(console::measure_text_width(cell)) + 2;
                line.extend(std::iter::repeat_n(' ', blanks));
            }
            line.trim_end().to_owned()
        };
        if self.headings.iter().any(|heading| !heading.is_empty()) {
            f.write_str(&line(&self.headings))?;
            let rules: Vec<String> = widths.iter().map(|width| "─".repeat(*width)).collect();
            write!(
                f,
                "\n{}",
                line(&rules.iter().map(String::as_str).collect::<Vec<_>>())
            )?;
            if !self.rows.is_empty() {
                f.write_str("\n")?;
            }
        }
        let rows = self
            .rows
            .iter()
            .map(|row| line(&row.iter().map(String::as_str).collect::<Vec<_>>()));
        f.write_str(&rows.collect::<Vec<_>>().join("\n"))
    }
}

/// On one line, without characters that would play with the terminal.
fn printable(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

/// A time for people, in the zone of the machine.
pub fn time(seconds: i64) -> String {
    match Timestamp::from_second(seconds) {
        Ok(time) => time
            .to_zoned_datetime(TimeZone::system())
            .strftime("%Y-%m-%d %H:%M:%S")
            .to_string(),
        Err(_) => "?".into(),
    }
}

/// A time for programs: RFC 3339, UTC.
pub fn instant(seconds: i64) -> Value {
    Timestamp::from_second(seconds).map_or(Value::Null, |time| Value::String(time.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_and_hold_no_control_characters() {
        let mut table = Table::new(&["Login", "Name"]);
        table.row(["łukasz", "Łukasz\u{1b}[31m Żak"]);
        table.row(["o", "x\ny"]);
        let text = table.to_string();
        assert_eq!(
            text,
            "Login   Name\n──────  ──────────────\nłukasz  Łukasz [31m Żak\no       x y"
                .replace("──────────────", "───────────────")
        );
    }
}
