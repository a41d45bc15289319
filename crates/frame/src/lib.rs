//! What all pages share: who asks and in which language, the frame with its navigation and words, what is refused or
//! failed as a page, and the parts of pages that several screens show.
//!
//! A page's handler takes [`context::Ctx`] and its input, calls the directory, builds a page struct with a
//! [`frame::Frame`] in it and [renders](context::Visit::render) it; a failed use case is passed on with `?` and
//! rendered once, in [`error`].

// A handler's future holds those of all use cases behind it, and the optimiser looks through them.
#![recursion_limit = "256"]

pub mod assignments;
pub mod context;
pub mod error;
pub mod frame;
pub mod navigation;
pub mod permissions;
pub mod records;
pub mod relations;
pub mod reviews;
pub mod unsent_form;
pub mod wording;

use kartoteka_door::{
    assets, cookies, encoding, failure, input, network, observe, security, state,
};
use kartoteka_texts::{format, language, problems};
