//! Keys in the spellings that rows have: rows name a login or customer ID in whatever case, and engines differ in what
//! they take for the same text. So the spellings that occur are looked up first, by what an index answers and perhaps a
//! few too many, and [`same_key`] decides which of them are meant.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use kartoteka_boxed::boxed;
use kartoteka_model::text::{key_forms, lower, same_key};

use crate::args;
use crate::db::{Arg, Db, Engine, TextRow, Tx};
use crate::error::StoreError;

/// Values that one condition of [`same`] may have.
const MOST: usize = 64;

/// A column that holds keys.
#[derive(Debug, Clone, Copy)]
pub(crate) struct KeyColumn<'a> {
    pub table: &'a str,
    pub column: &'a str,
    /// A condition on the rows that are meant; empty for all.
    pub only: &'a str,
}

/// A key that becomes another.
#[derive(Debug, Clone, Copy)]
pub struct Renamed<'a> {
    /// The key as its record spells it.
    pub from: &'a str,
    /// What it becomes.
    pub to: &'a str,
    /// Another record has the key in another case: what spells it in a third way is not known to mean this one.
    pub twin: bool,
}

/// What is written beside a key that changes.
pub(crate) struct ExtraColumns<'a> {
    pub sql: &'a str,
    pub args: &'a [Arg],
}

impl ExtraColumns<'_> {
    pub const NOTHING: Self = Self { sql: "", args: &[] };
}

impl KeyColumn<'_> {
    /// How often each spelling of a key occurs.
    #[boxed]
    pub async fn spellings(&self, db: &Db, key: &str) -> Result<Vec<(String, u64)>, StoreError> {
        let mut found = vec![];
        for form in key_forms(key) {
            let (sql, args) = self.occurring(db.engine(), &form);
            meant(&db.fetch(&sql, &args).await?, key, &mut found)?;
        }
        Ok(found)
    }

    /// Whether the key stands there in another case than this, in a column where each spelling stands once.
    #[boxed]
    pub async fn has_twin(&self, db: &Db, key: &str) -> Result<bool, StoreError> {
        let column = db.engine().quote(self.column);
        for form in key_forms(key) {
            let lowered: String = form.chars().flat_map(char::to_lowercase).collect();
            // An index answers for accents as well on MariaDB, and knows the case of ASCII alone in a locale C.
            let (in_lower_case, ways) = match (db.engine(), in_all_cases(&lowered)) {
                (Engine::MySql, _) => (column.clone(), vec![form]),
                (_, (ways, true)) => (format!("LOWER({column})"), ways),
                (_, (_, false)) => (format!("LOWER({column})"), vec![lowered]),
            };
            let sql = format!(
                "SELECT {} FROM {} WHERE {in_lower_case} IN ({})",
                db.engine().as_text(self.column),
                db.engine().quote(self.table),
                vec!["?"; ways.len()].join(", ")
            );
            let args: Vec<Arg> = ways.into_iter().map(Arg::from).collect();
            let rows = db.fetch(&sql, &args).await?;
            let twin = |row: &TextRow| row.text(0) != key && same_key(row.text(0), key);
            if rows.iter().any(twin) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The same within a transaction.
    #[boxed]
    pub async fn spellings_in(
        &self,
        tx: &mut Tx,
        key: &str,
    ) -> Result<Vec<(String, u64)>, StoreError> {
        let mut found = vec![];
        for form in key_forms(key) {
            let (sql, args) = self.occurring(tx.engine(), &form);
            meant(&tx.fetch(&sql, &args).await?, key, &mut found)?;
        }
        Ok(found)
    }

    /// Writes another key where this one stands, however it is spelled unless it has a twin; in how many rows.
    #[boxed]
    pub async fn update_references(
        &self,
        tx: &mut Tx,
        renamed: Renamed<'_>,
        extra: ExtraColumns<'_>,
    ) -> Result<u64, StoreError> {
        let Renamed { from, to, twin } = renamed;
        let mut spelled: Vec<String> = self
            .spellings_in(tx, from)
            .await?
            .into_iter()
            .map(|(one, _)| one)
            .collect();
        spelled.retain(|one| one != to && (!twin || one == from));
        if spelled.is_empty() {
            return Ok(0);
        }
        let engine = tx.engine();
        let column = engine.quote(self.column);
        let places = vec!["?"; spelled.len()].join(", ");
        let mut args = args![to].to_vec();
        args.extend(extra.args.iter().cloned());
        let exactly = match engine {
            // The index answers for accents and trailing blanks as well, which make another key.
            Engine::MySql => {
                let forms = key_forms(from);
                let same = vec![format!("{column} = ?"); forms.len()].join(" OR ");
                args.extend(forms.iter().map(Arg::from));
                format!("({same}) AND {} IN ({places})", bytes(&column))
            }
            Engine::Sqlite | Engine::Postgres => format!("{column} IN ({places})"),
        };
        args.extend(spelled.iter().map(Arg::from));
        let sql = format!(
            "UPDATE {} SET {column} = ?{} WHERE {exactly}{}",
            engine.quote(self.table),
            extra.sql,
            self.further()
        );
        tx.execute(&sql, &args).await
    }

    fn occurring(&self, engine: Engine, key: &str) -> (String, Vec<Arg>) {
        let column = engine.quote(self.column);
        let table = engine.quote(self.table);
        let KeyCondition { extra, same, args } = asked(engine, &column, key);
        let (spelled, group) = match engine {
            Engine::MySql => (format!("MIN({column})"), bytes(&column)),
            Engine::Sqlite | Engine::Postgres => (format!("CAST({column} AS TEXT)"), column),
        };
        let sql = format!(
            "SELECT {spelled}, {} FROM {extra}{table} WHERE {same}{} GROUP BY {group}",
            engine.counted(),
            self.further()
        );
        (sql, args)
    }

    fn further(&self) -> String {
        match self.only {
            "" => String::new(),
            only => format!(" AND {only}"),
        }
    }
}

/// The very bytes of a column on MariaDB and MySQL.
pub(crate) fn bytes(column: &str) -> String {
    format!("CAST(CONVERT({column} USING utf8mb4) AS BINARY)")
}

/// Adds the spellings of rows that mean the key to those found.
fn meant(rows: &[TextRow], key: &str, found: &mut Vec<(String, u64)>) -> Result<(), StoreError> {
    for row in rows.iter().filter(|row| same_key(row.text(0), key)) {
        let spelled = row.text(0);
        if found.iter().all(|(known, _)| known != spelled) {
            found.push((spelled.to_owned(), row.int(1)? as u64));
        }
    }
    Ok(())
}

/// How rows are asked for.
struct KeyCondition {
    /// What stands before the table.
    extra: String,
    same: String,
    args: Vec<Arg>,
}

/// The condition that all rows satisfy whose column is this key without regard to case, and perhaps others do. An index
/// of the column answers it on MariaDB and MySQL, one of `LOWER(column)` and one of the column elsewhere.
fn asked(engine: Engine, column: &str, key: &str) -> KeyCondition {
    let plainly = |same: String, args: Vec<Arg>| KeyCondition {
        extra: String::new(),
        same,
        args,
    };
    // As it stands, composed or not: each form is asked for.
    let lowered = match key.is_ascii() {
        true => lower(key),
        false => key.chars().flat_map(char::to_lowercase).collect(),
    };
    if engine == Engine::MySql {
        return plainly(format!("{column} = ?"), args![key].to_vec());
    }
    let in_lower_case = format!("LOWER({column})");
    if key.is_ascii() {
        return match engine {
            Engine::Sqlite => plainly(format!("{in_lower_case} = ?"), args![lowered].to_vec()),
            _ => plainly(
                format!("({column} = ? OR {in_lower_case} = ?)"),
                args![key, lowered].to_vec(),
            ),
        };
    }
    // SQLite knows the case of ASCII letters only, and so does PostgreSQL in a database of the locale C: the others are
    // asked for in each of their cases.
    let (begins, whole) = in_all_cases(&lowered);
    if whole {
        let places = vec!["?"; begins.len()].join(", ");
        let mut args = args![key].to_vec();
        args.extend(begins.into_iter().map(Arg::from));
        return plainly(
            format!("({column} = ? OR {in_lower_case} IN ({places}))"),
            args,
        );
    }
    if engine != Engine::Sqlite {
        return plainly(
            format!("({column} = ? OR {column} = ? OR {in_lower_case} = ?)"),
            args![key, key.to_uppercase(), lowered].to_vec(),
        );
    }
    // Ranges of the index, which SQLite would not look into if they stood in one condition.
    let mut ranges: Vec<(String, String)> = vec![];
    let exact = key.to_ascii_lowercase();
    if begins.iter().all(|begin| !exact.starts_with(begin)) {
        ranges.push((exact.clone(), exact));
    }
    let end = |begin: String| (begin.clone(), format!("{begin}{}", char::MAX));
    ranges.extend(begins.into_iter().map(end));
    KeyCondition {
        extra: format!(
            "(VALUES {}) asked CROSS JOIN ",
            vec!["(?, ?)"; ranges.len()].join(", ")
        ),
        same: format!("{in_lower_case} BETWEEN asked.column1 AND asked.column2"),
        args: ranges
            .into_iter()
            .flat_map(|(low, high)| args![low, high])
            .collect(),
    }
}

/// A text in lower case in all the ways in which its letters beyond ASCII can be large or small, and whether that is the
/// whole text: of one with many such letters it is the beginning.
fn in_all_cases(lowered: &str) -> (Vec<String>, bool) {
    let mut ways = vec![String::new()];
    for c in lowered.chars() {
        let large = match c.is_ascii() {
            true => None,
            false => LARGE.get(&c),
        };
        let Some(large) = large else {
            ways.iter_mut().for_each(|way| way.push(c));
            continue;
        };
        if ways.len() * (large.len() + 1) > MOST {
            return (ways, false);
        }
        ways = ways
            .iter()
            .flat_map(|way| {
                let cases = large.iter().chain([&c]);
                cases.map(move |case| format!("{way}{case}"))
            })
            .collect();
    }
    (ways, true)
}

/// The letters beyond ASCII whose lower case is this one letter.
static LARGE: LazyLock<BTreeMap<char, Vec<char>>> = LazyLock::new(|| {
    let mut large: BTreeMap<char, Vec<char>> = BTreeMap::new();
    for c in '\u{80}'..='\u{1ffff}' {
        let mut small = c.to_lowercase();
        if let (Some(one), None) = (small.next(), small.next())
            && one != c
        {
            large.entry(one).or_default().push(c);
        }
    }
    large
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_beyond_ascii_come_in_each_case() {
        let (ways, whole) = in_all_cases("łódź");
        assert!(whole);
        assert_eq!(ways.len(), 8);
        for way in ["łódź", "ŁÓdŹ", "Łódź"] {
            assert!(ways.iter().any(|one| one == way), "{way}: {ways:?}");
        }
    }

    #[test]
    fn of_many_letters_the_beginning_is_enough() {
        let (ways, whole) = in_all_cases("ромашка-1");
        assert!(!whole);
        assert_eq!(ways.len(), MOST);
        assert!(ways.iter().any(|one| one == "РоМашк"), "{ways:?}");
    }
}
