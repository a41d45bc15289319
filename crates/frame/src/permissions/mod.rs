//! What somebody has and why: in short at the bottom of a record's page, and as the lists that it leads to.

pub mod cards;
pub mod cell;
pub mod reach;
pub mod reasons;
pub mod side;
pub mod who;

pub use cards::{Card, card, draft, person_card};
