//! The layers that settings in force are made of, and what of them was refused.

use kartoteka_settings::{Settings, WrittenFields};
use serde::Serialize;

/// Settings of file and environment, what pages wrote, and both together.
pub(crate) struct Layers {
    pub file: Settings,
    /// With sources that pages wrote.
    pub base: Settings,
    pub written: WrittenFields,
    pub settings: Settings,
}

/// What pages wrote and is not in force here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RefusedFields {
    /// Of which number it is.
    pub number: u64,
    /// What is wrong with it, for admins.
    pub mistakes: Vec<String>,
}
