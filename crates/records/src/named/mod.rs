//! Groups and services: planning and saving them.
//!
//! There are hundreds of them, so all that concerns their names (is one free, what is below, who is above) is
//! decided over the whole table, once for the plan and again behind the lock for the save.

mod apply;
mod check;
mod save;
