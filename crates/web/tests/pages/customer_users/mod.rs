//! Pages of customer users.

mod add;
mod conflict;
mod edit;
mod examples;
mod list;
mod odd;
mod preferences;
mod sources;
