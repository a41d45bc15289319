//! The pages in Chromium: the program is started for real, and a browser is led through it by WebDriver.

#![allow(clippy::unwrap_used, reason = "a test that is surprised fails")]

#[path = "browser/access_pages.rs"]
mod access_pages;
#[path = "browser/axe.rs"]
mod axe;
#[path = "browser/checks.rs"]
mod checks;
#[path = "browser/driver.rs"]
mod driver;
#[path = "browser/editors.rs"]
mod editors;
#[path = "browser/finding.rs"]
mod finding;
#[path = "browser/http.rs"]
mod http;
#[path = "browser/jobs.rs"]
mod jobs;
#[path = "browser/keyboard.rs"]
mod keyboard;
#[path = "browser/keys.rs"]
mod keys;
#[path = "browser/moments.rs"]
mod moments;
#[path = "browser/named.rs"]
mod named;
#[path = "browser/office.rs"]
mod office;
#[path = "browser/pictures.rs"]
mod pictures;
#[path = "browser/program.rs"]
mod program;
#[path = "browser/relations.rs"]
mod relations;
#[path = "browser/reviews.rs"]
mod reviews;
#[path = "browser/room.rs"]
mod room;
#[path = "browser/tab.rs"]
mod tab;
#[path = "browser/three_sources.rs"]
mod three_sources;
#[path = "browser/typing.rs"]
mod typing;
#[path = "browser/walk.rs"]
mod walk;
