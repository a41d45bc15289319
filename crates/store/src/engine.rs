//! The engines, and what is written differently for each.

/// The engines that Kartoteka speaks to. MariaDB and MySQL are one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Engine {
    Sqlite,
    Postgres,
    MySql,
}

impl Engine {
    /// Puts an identifier in the engine's quotes.
    pub fn quote(self, identifier: &str) -> String {
        match self {
            Self::MySql => format!("`{}`", identifier.replace('`', "``")),
            Self::Sqlite | Self::Postgres => format!("\"{}\"", identifier.replace('"', "\"\"")),
        }
    }

    /// A column of a select list read as text, whatever its type. It gets a name of its own, so that an `ORDER BY` of
    /// the column means the column and not its text.
    pub fn as_text(self, column: &str) -> String {
        let kind = if self == Self::MySql { "CHAR" } else { "TEXT" };
        format!(
            "CAST({} AS {kind}) AS {}",
            self.quote(column),
            self.quote(&format!("text_{column}"))
        )
    }

    /// How many rows there are, read as text.
    pub fn counted(self) -> &'static str {
        match self {
            Self::MySql => "CAST(COUNT(*) AS CHAR)",
            Self::Sqlite | Self::Postgres => "CAST(COUNT(*) AS TEXT)",
        }
    }

    /// A placeholder for a time given as `YYYY-MM-DD HH:MM:SS`.
    pub fn time_placeholder(self) -> &'static str {
        match self {
            Self::Postgres => "CAST(? AS timestamp)",
            Self::Sqlite | Self::MySql => "?",
        }
    }

    /// Writes `?` as the engine numbers its placeholders. Statements hold no `?` in literals.
    pub(crate) fn placeholders(self, sql: &str) -> String {
        if self != Self::Postgres {
            return sql.to_owned();
        }
        let mut numbered = String::with_capacity(sql.len() + 16);
        let mut number = 0;
        for c in sql.chars() {
            if c == '?' {
                number += 1;
                numbered.push('$');
                numbered.push_str(&number.to_string());
            } else {
                numbered.push(c);
            }
        }
        numbered
    }
}
