//! Access on three engines: both directions agree with the rules, plans do what they list, the past is what it was.

mod assignments;
mod customers;
mod draft;
mod refusals;
mod settings;
mod walk;
pub mod world;
