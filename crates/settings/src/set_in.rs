//! Who says what a setting is.

/// Where a setting stands that holds whatever is saved elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SetIn {
    /// `kartoteka.toml`.
    File,
    /// OTOBO's pages, which wrote it into its database.
    Otobo,
    /// The environment: this variable.
    Variable(String),
}
