//! The texts of pages and REST in Polish, English and German, and numbers and dates as each language writes them.

pub mod findings;
pub mod format;
pub mod language;
pub mod problems;

#[cfg(test)]
mod glossary;
