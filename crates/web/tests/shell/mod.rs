//! The frame of all pages: who gets in, what protects them, which languages they speak.

mod agents;
mod app;
mod door;
mod headers;
mod kept;
mod language;
mod map;
mod pages;
mod past;
mod refusals;
mod sessions;
mod settings;
mod texts;
mod ties;
