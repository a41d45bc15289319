//! The name of a cell of a matrix, as forms carry it.

use kartoteka_model::access::{Context, RW};

use crate::encoding::escape;
use crate::input::Pairs;

/// A permission of whoever or whatever a row stands for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct CellKey {
    /// The login, customer ID or group of the row.
    pub row: String,
    pub context: Context,
    pub permission: String,
}

impl CellKey {
    pub fn new(row: &str, context: Context, permission: &str) -> Self {
        Self {
            row: row.to_owned(),
            context,
            permission: permission.to_owned(),
        }
    }

    /// `same/ro/stats`.
    pub fn encode(&self) -> String {
        let permission = escape(&self.permission);
        format!("{}/{permission}/{}", self.context.name(), self.row)
    }

    /// The opposite of [`CellKey::encode`]; none for what no form sends.
    pub fn parse(text: &str) -> Option<Self> {
        let (context, rest) = text.split_once('/')?;
        let (permission, row) = rest.split_once('/')?;
        let permission = Pairs::parse(format!("p={permission}").as_bytes())?;
        Some(Self {
            row: row.to_owned(),
            context: Context::parse(context)?,
            permission: permission.get("p").to_owned(),
        })
    }

    /// The cell of `rw` in the same row and context, which includes this one.
    pub fn of_rw(&self) -> Self {
        Self::new(&self.row, self.context, RW)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_row_and_permission_comes_back() {
        for (row, permission) in [("a/b c", "ro"), ("żółć", "move_into"), ("", "x/y=&")] {
            let key = CellKey::new(row, Context::Other, permission);
            assert_eq!(CellKey::parse(&key.encode()), Some(key));
        }
        assert_eq!(CellKey::parse("nowhere/ro/x"), None);
        assert_eq!(CellKey::parse("same"), None);
    }
}
