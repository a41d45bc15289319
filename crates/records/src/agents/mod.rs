//! Agents: planning and saving them.

mod apply;
mod save;
