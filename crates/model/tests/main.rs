//! The model held to the recorded cases and to its laws.

#![allow(
    clippy::unwrap_used,
    reason = "a broken case file has to fail the test"
)]

mod cases;
mod collation;
mod conformance;
mod emails;
mod folding;
mod patterns;
mod searches;
mod services;
mod texts;
