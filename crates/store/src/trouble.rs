//! Why a database does not do what it is asked, to whoever set it up.

use crate::error::{Number, StoreError, number_of};

/// What has to be mended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// The address is none.
    Address,
    /// It does not answer.
    Silent,
    /// The user or the password.
    Login,
    /// There is no such database or file.
    NoDatabase,
    /// The user may not read it.
    NotAllowed,
    NoTable,
    Other,
}

impl StoreError {
    /// What has to be mended.
    pub fn trouble(&self) -> Trouble {
        let cause = match self {
            Self::Address(_) => return Trouble::Address,
            Self::NoTable { .. } => return Trouble::NoTable,
            Self::Unavailable(cause) | Self::Database(cause) => cause,
            _ => return Trouble::Other,
        };
        let sqlx::Error::Database(error) = cause else {
            return match self {
                Self::Unavailable(_) => Trouble::Silent,
                _ => Trouble::Other,
            };
        };
        match number_of(error.as_ref()) {
            // Can't open; what is there is no database.
            Number::Sqlite(number) if matches!(number & 0xff, 14 | 26) => Trouble::NoDatabase,
            Number::Sqlite(_) => Trouble::Other,
            Number::MySql(number) => match number {
                1045 | 1698 => Trouble::Login,
                1049 => Trouble::NoDatabase,
                1044 | 1142 | 1143 | 1227 => Trouble::NotAllowed,
                1146 => Trouble::NoTable,
                _ => Trouble::Other,
            },
            Number::Postgres(code) => match &*code {
                "28P01" | "28000" => Trouble::Login,
                "3D000" => Trouble::NoDatabase,
                "42501" => Trouble::NotAllowed,
                "42P01" => Trouble::NoTable,
                _ => Trouble::Other,
            },
        }
    }
}
