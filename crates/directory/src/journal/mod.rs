//! The journal: what was done to what, as people read it, and whether it is whole.

pub(crate) mod draft;
pub(crate) mod history;
pub(crate) mod renamed;
pub mod sign_off;
pub(crate) mod topic;
pub(crate) mod verify;
