//! Lists of groups, and the tree of services.

use std::cmp::Reverse;

use kartoteka_model::search::{Affixes, Blanks, Grammar, parse};
use kartoteka_model::{Collation, Condition, TextMode, Validity, service};
use kartoteka_store::own::named::{self, NamedRow, NamedTable};

use super::{fields, record};
use crate::bounds::within_bounds;
use crate::criterion::condition_of;
use crate::directory::Directory;
use crate::error::{Error, FieldProblem, Result};
use crate::kind::{FULL_NAME, Kind};
use crate::search::{
    Direction, IndexState, MAX_LIMIT, Order, Page, Row, Search, Total, ValidFilter, cursor_key,
};

impl Directory {
    /// A page of groups by name, or of services in the order of their tree. Searches look at the whole name.
    pub(crate) async fn search_named(
        &self,
        kind: Kind,
        table: NamedTable,
        search: &Search,
    ) -> Result<Page> {
        let condition = condition(kind, table, search, self.generation.settings.lists.blanks)?;
        for Order { field, .. } in &search.order {
            known(kind, table, field)?;
        }
        let after = search.after.as_deref().map(cursor_key).transpose()?;
        let rows = named::all(&self.inner.home, table)
            .await
            .map_err(Error::home)?;
        let valid = i64::from(Validity::Valid.id());
        let row = |row: &NamedRow| Row {
            key: row.name.clone(),
            source: table.name().into(),
            record: record(table, row),
            text: row.name.clone(),
        };
        let wanted = rows.iter().filter(|row| match search.valid {
            ValidFilter::Valid => row.valid_id == valid,
            ValidFilter::Invalid => row.valid_id != valid,
            ValidFilter::All => true,
        });
        let mut found: Vec<Row> = wanted
            .map(row)
            .filter(|row| condition.matches(&row.record, TextMode::Folded))
            .collect();
        let count = found.len() as u64;
        if let Some(after) = &after
            && !found.iter().any(|row| row.key == *after)
        {
            // It may not fit the search any more, and is a place in the order still.
            let place = rows.iter().find(|row| row.name == *after);
            found.push(row(place.ok_or_else(Error::no_place)?));
        }
        let collation = self.collation();
        found.sort_by_cached_key(|row| natural(collation, table, &row.key));
        for Order { field, direction } in search.order.iter().rev() {
            let by = |row: &Row| collation.key(row.record.get(field));
            match direction {
                Direction::Up => found.sort_by_cached_key(by),
                Direction::Down => found.sort_by_cached_key(|row| Reverse(by(row))),
            }
        }
        if let Some(after) = after {
            let place = found.iter().position(|row| row.key == after);
            found.drain(..=place.ok_or_else(Error::no_place)?);
        }
        let limit = match search.limit {
            0 => self.generation.settings.lists.page_size,
            limit => limit.min(MAX_LIMIT),
        };
        let mut rows: Vec<Row> = found
            .into_iter()
            .skip(search.offset as usize)
            .take(limit as usize + 1)
            .collect();
        let more = rows.len() > limit as usize;
        rows.truncate(limit as usize);
        let next = rows
            .last()
            .filter(|_| more)
            .map(|row| hex::encode(&row.key));
        Ok(Page {
            rows,
            total: Total { count, exact: true },
            next,
            sources: vec![],
            index: IndexState::Current,
        })
    }

    /// How many valid and other rows there are.
    pub(crate) async fn count_named(&self, table: NamedTable) -> Result<(u64, u64)> {
        let rows = named::all(&self.inner.home, table)
            .await
            .map_err(Error::home)?;
        let valid = i64::from(Validity::Valid.id());
        let valid = rows.iter().filter(|row| row.valid_id == valid).count();
        Ok((valid as u64, (rows.len() - valid) as u64))
    }
}

fn natural(collation: &Collation, table: NamedTable, key: &str) -> Vec<(String, String)> {
    match table {
        NamedTable::Groups => vec![(collation.key(key), key.to_owned())],
        NamedTable::Services => service::tree_key(collation, key),
    }
}

fn known(kind: Kind, table: NamedTable, field: &str) -> Result<()> {
    if fields(table).contains(&field) || field == kind.key_field() {
        Ok(())
    } else {
        Err(Error::field(field, FieldProblem::UnknownField))
    }
}

fn condition(kind: Kind, table: NamedTable, search: &Search, blanks: Blanks) -> Result<Condition> {
    within_bounds(search)?;
    let mut condition = Condition::Everything;
    if let Some(text) = &search.text {
        let contained = Affixes {
            prefix: "*".into(),
            suffix: "*".into(),
        };
        let grammar = search.grammar.unwrap_or(Grammar::Words);
        let name = match table {
            NamedTable::Groups => "Name",
            NamedTable::Services => FULL_NAME,
        };
        condition =
            parse(text, grammar, blanks, &contained, &[name.to_owned()]).map_err(Error::Syntax)?;
    }
    for (field, criterion) in &search.fields {
        known(kind, table, field)?;
        condition = condition.and(condition_of(field, criterion));
    }
    Ok(condition)
}
