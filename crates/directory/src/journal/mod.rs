//! The journal: what was done to what, as people read it, and whether it is whole.

pub(crate) mod history;
pub(crate) mod topic;
pub(crate) mod verify;
