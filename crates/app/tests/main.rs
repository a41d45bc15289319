//! The program as people and scripts meet it: started for real, on a free port, in a directory of its own.

#![allow(clippy::unwrap_used, reason = "a test that is surprised fails")]

#[path = "program/access.rs"]
mod access;
#[path = "program/backup.rs"]
mod backup;
#[path = "program/check.rs"]
mod check;
#[path = "program/cluster/mod.rs"]
mod cluster;
#[path = "program/crash.rs"]
mod crash;
#[path = "program/demo.rs"]
mod demo;
#[path = "program/deploy.rs"]
mod deploy;
#[path = "program/documents.rs"]
mod documents;
#[path = "program/exit_codes.rs"]
mod exit_codes;
#[path = "program/folder.rs"]
mod folder;
#[path = "program/http.rs"]
mod http;
#[path = "program/jobs.rs"]
mod jobs;
#[path = "program/journal.rs"]
mod journal;
#[path = "program/logs.rs"]
mod logs;
#[path = "program/metrics.rs"]
mod metrics;
#[path = "program/mistyped.rs"]
mod mistyped;
#[path = "program/network.rs"]
mod network;
#[path = "program/nodes.rs"]
mod nodes;
#[path = "program/otobo.rs"]
mod otobo;
#[path = "program/otobo_settings.rs"]
mod otobo_settings;
#[path = "program/outage.rs"]
mod outage;
#[path = "program/reload.rs"]
mod reload;
#[path = "program/review.rs"]
mod review;
#[path = "program/room.rs"]
mod room;
#[path = "program/run.rs"]
mod run;
#[path = "program/secrets.rs"]
mod secrets;
#[path = "program/serve.rs"]
mod serve;
#[path = "program/soak/mod.rs"]
mod soak;
#[path = "program/sources.rs"]
mod sources;
#[path = "program/terminal.rs"]
mod terminal;
#[path = "program/typed.rs"]
mod typed;
#[path = "program/watched.rs"]
mod watched;
