//! Pages of customer users.

mod add;
mod conflict;
mod edit;
mod examples;
mod list;
mod moves;
mod odd;
mod preferences;
mod sources;
