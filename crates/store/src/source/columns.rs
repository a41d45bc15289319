//! What columns a table has, asked of the database itself.

use super::kind::ColumnKind;
use crate::args;
use crate::db::{Db, Engine, TextRow};
use crate::error::StoreError;
use kartoteka_boxed::boxed;

/// A column of an existing table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableColumn {
    pub name: String,
    pub kind: ColumnKind,
    /// The most characters it holds; none for what is not text, and for unlimited texts.
    pub max_length: Option<usize>,
    pub nullable: bool,
    /// What stands in it where nothing is given, as the engine writes it.
    pub default: Option<String>,
    /// The type, as a value has to be cast to it; where the engine asks for that.
    pub(super) cast: Option<String>,
    /// How its text is encoded, where that can't hold all characters.
    pub charset: Option<String>,
}

/// The columns of a table of the connection's own database or schema, in their order; none if there is no such table.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn columns(db: &Db, table: &str) -> Result<Vec<TableColumn>, StoreError> {
    let (sql, column): (&str, fn(&TextRow) -> TableColumn) = match db.engine() {
        Engine::Sqlite => (SQLITE, in_sqlite),
        Engine::Postgres => (POSTGRES, in_postgres),
        Engine::MySql => (MYSQL, in_mysql),
    };
    let rows = db.fetch(sql, &args![table]).await?;
    Ok(rows.iter().map(column).collect())
}

const SQLITE: &str = "SELECT name, type, CAST(\"notnull\" AS TEXT), dflt_value, CAST(pk AS TEXT) \
                      FROM pragma_table_info(?)";

const POSTGRES: &str = "SELECT CAST(c.column_name AS TEXT), CAST(c.data_type AS TEXT), \
    CAST(c.character_maximum_length AS TEXT), CAST(c.is_nullable AS TEXT), \
    CAST(CASE WHEN c.is_identity = 'YES' THEN 'identity' ELSE c.column_default END AS TEXT), \
    CAST(c.numeric_precision AS TEXT), CAST(c.numeric_scale AS TEXT), \
    quote_ident(c.udt_schema) || '.' || quote_ident(c.udt_name), CAST(c.udt_name AS TEXT), \
    CAST((SELECT json_agg(e.enumlabel ORDER BY e.enumsortorder) FROM pg_catalog.pg_enum e \
    JOIN pg_catalog.pg_type t ON t.oid = e.enumtypid JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace \
    WHERE n.nspname = c.udt_schema AND t.typname = c.udt_name) AS TEXT), \
    current_setting('server_encoding'), CAST(c.datetime_precision AS TEXT) \
    FROM information_schema.columns c WHERE c.table_schema = ANY (current_schemas(false)) \
    AND c.table_name = ? ORDER BY c.ordinal_position";

const MYSQL: &str = "SELECT CAST(column_name AS CHAR), CAST(data_type AS CHAR), \
    CAST(character_maximum_length AS CHAR), CAST(is_nullable AS CHAR), CAST(column_default AS CHAR), \
    CAST(numeric_precision AS CHAR), CAST(numeric_scale AS CHAR), CAST(column_type AS CHAR), \
    CAST(extra AS CHAR), CAST(character_set_name AS CHAR), CAST(datetime_precision AS CHAR) \
    FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = ? ORDER BY ordinal_position";

fn given(row: &TextRow, at: usize) -> Option<String> {
    row.0.get(at).cloned().flatten()
}

fn number<T: TryFrom<i64>>(row: &TextRow, at: usize) -> Option<T> {
    let number: Option<i64> = given(row, at)?.parse().ok();
    T::try_from(number?).ok()
}

/// A signed or unsigned whole number of so many bytes, as far as Kartoteka counts.
fn whole(bytes: u32, signed: bool) -> ColumnKind {
    let bits = bytes * 8;
    let most = match signed {
        true => (1_i128 << (bits - 1)) - 1,
        false => (1_i128 << bits) - 1,
    };
    let least = if signed { -most - 1 } else { 0 };
    ColumnKind::Whole {
        least: i64::try_from(least).unwrap_or(i64::MIN),
        most: i64::try_from(most).unwrap_or(i64::MAX),
    }
}

fn decimal(precision: Option<u32>, places: Option<u32>, signed: bool) -> ColumnKind {
    let size = precision.map(|precision| {
        let places = places.unwrap_or_default().min(precision);
        (precision - places, places)
    });
    ColumnKind::Decimal { size, signed }
}

fn in_sqlite(row: &TextRow) -> TableColumn {
    let declared = row.text(1).to_lowercase();
    let (word, sizes) = declared.split_once('(').unwrap_or((&declared, ""));
    let mut sizes = sizes
        .trim_end()
        .trim_end_matches(')')
        .split(',')
        .map(|size| size.trim().parse::<u32>().ok());
    let (first, second) = (sizes.next().flatten(), sizes.next().flatten());
    let word = word.trim();
    let is = |part: &str| word.contains(part);
    let kind = if is("char") || is("text") || is("clob") {
        ColumnKind::Text
    } else if is("int") || is("serial") {
        ColumnKind::WHOLE
    } else if is("datetime") || is("timestamp") {
        ColumnKind::Time {
            zone: false,
            digits: 6,
            latest: None,
        }
    } else {
        match word {
            "date" => ColumnKind::Date,
            "bool" | "boolean" => ColumnKind::Boolean,
            "uuid" => ColumnKind::Uuid,
            "numeric" | "decimal" => decimal(first, second, true),
            "real" | "float" | "double" | "double precision" => ColumnKind::Float,
            _ => ColumnKind::Text,
        }
    };
    // Counted by itself.
    let counted = kind == ColumnKind::WHOLE && row.text(4) == "1";
    TableColumn {
        name: row.text(0).to_owned(),
        max_length: first.filter(|_| kind.is_text()).map(|size| size as usize),
        nullable: row.text(2) == "0" && !counted,
        default: given(row, 3).or_else(|| counted.then(|| "NULL".into())),
        cast: None,
        charset: None,
        kind,
    }
}

fn in_postgres(row: &TextRow) -> TableColumn {
    let choices: Option<Vec<String>> =
        given(row, 9).and_then(|labels| serde_json::from_str(&labels).ok());
    let kind = match (row.text(1), choices) {
        (_, Some(choices)) => ColumnKind::OneOf(choices),
        ("character varying" | "character" | "text" | "name", _) => ColumnKind::Text,
        ("smallint", _) => whole(2, true),
        ("integer", _) => whole(4, true),
        ("bigint", _) => whole(8, true),
        ("numeric", _) => decimal(number(row, 5), number(row, 6), true),
        ("real" | "double precision", _) => ColumnKind::Float,
        ("boolean", _) => ColumnKind::Boolean,
        ("date", _) => ColumnKind::Date,
        ("uuid", _) => ColumnKind::Uuid,
        (time @ ("timestamp without time zone" | "timestamp with time zone"), _) => {
            ColumnKind::Time {
                zone: time.contains("with time"),
                digits: number(row, 11).unwrap_or(6),
                latest: None,
            }
        }
        _ if row.text(8) == "citext" => ColumnKind::Text,
        (other, _) => ColumnKind::Other(match other {
            "USER-DEFINED" | "ARRAY" => row.text(8).to_owned(),
            other => other.to_owned(),
        }),
    };
    let encoding = Some(row.text(10)).filter(|one| !matches!(*one, "UTF8" | "SQL_ASCII" | ""));
    TableColumn {
        name: row.text(0).to_owned(),
        max_length: number(row, 2).filter(|_| kind.is_text()),
        nullable: row.text(3) == "YES",
        default: given(row, 4),
        cast: (!kind.is_text()).then(|| row.text(7).to_owned()),
        charset: encoding.filter(|_| kind.is_text()).map(str::to_owned),
        kind,
    }
}

fn in_mysql(row: &TextRow) -> TableColumn {
    let declared = row.text(7);
    let signed = !declared.contains("unsigned");
    let digits = number(row, 10).unwrap_or(0);
    let kind = match row.text(1).to_lowercase().as_str() {
        "char" | "varchar" | "tinytext" | "text" | "mediumtext" | "longtext" => ColumnKind::Text,
        "tinyint" => whole(1, signed),
        "smallint" => whole(2, signed),
        "mediumint" => whole(3, signed),
        "int" => whole(4, signed),
        "bigint" => whole(8, signed),
        "decimal" => decimal(number(row, 5), number(row, 6), signed),
        "float" | "double" => ColumnKind::Float,
        "date" => ColumnKind::Date,
        "datetime" => ColumnKind::Time {
            zone: false,
            digits,
            latest: None,
        },
        "timestamp" => ColumnKind::Time {
            zone: false,
            digits,
            latest: Some("2038-01-19 03:14:07"),
        },
        "uuid" => ColumnKind::Uuid,
        "enum" => ColumnKind::OneOf(quoted(declared)),
        other => ColumnKind::Other(other.to_owned()),
    };
    let nullable = row.text(3) == "YES";
    // MariaDB writes NULL for what MySQL has nothing for.
    let default = given(row, 4).filter(|default| default != "NULL");
    let counted = row.text(8).to_lowercase().contains("auto_increment");
    let charset = given(row, 9).filter(|charset| is_narrow(charset));
    TableColumn {
        name: row.text(0).to_owned(),
        max_length: number(row, 2).filter(|_| kind.is_text()),
        nullable,
        default: default.or_else(|| counted.then(|| "auto_increment".into())),
        cast: None,
        charset: charset.filter(|_| kind.is_text()),
        kind,
    }
}

fn is_narrow(charset: &str) -> bool {
    let plain = charset.bytes().all(|byte| byte.is_ascii_alphanumeric());
    plain
        && !matches!(
            charset,
            "utf8mb4" | "utf16" | "utf32" | "utf16le" | "binary"
        )
}

/// The texts of `enum('a','it''s')`.
fn quoted(declared: &str) -> Vec<String> {
    let mut texts = vec![];
    let mut rest = declared;
    while let Some((_, after)) = rest.split_once('\'') {
        let mut text = String::new();
        let mut chars = after.char_indices().peekable();
        let mut end = after.len();
        while let Some((at, c)) = chars.next() {
            match c {
                '\'' if chars.peek().is_some_and(|(_, next)| *next == '\'') => {
                    chars.next();
                    text.push('\'');
                }
                '\'' => {
                    end = at + 1;
                    break;
                }
                c => text.push(c),
            }
        }
        texts.push(text);
        rest = after.get(end..).unwrap_or_default();
    }
    texts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_texts_of_an_enum_may_hold_quotes_and_commas() {
        assert_eq!(
            quoted("enum('a','it''s','b,c','')"),
            ["a", "it's", "b,c", ""]
        );
    }

    #[test]
    fn whole_numbers_are_as_large_as_their_bytes() {
        let range = |least, most| ColumnKind::Whole { least, most };
        assert_eq!(whole(1, true), range(-128, 127));
        assert_eq!(whole(3, false), range(0, 16_777_215));
        assert_eq!(whole(8, true), ColumnKind::WHOLE);
        assert_eq!(whole(8, false), range(0, i64::MAX));
    }
}
