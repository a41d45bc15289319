//! What a matrix shows before anything is ticked: stored permissions, and those that are there anyway.

use std::collections::BTreeSet;

use kartoteka_model::access::{Context, Permission};

use super::cell::CellKey;
use super::columns::Column;
use super::reasons::Reason;
use super::side::Side;
use crate::context::Ctx;
use crate::failure::Failure;
use crate::frame::Frame;
use crate::input::Pairs;

/// What of the rows is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct View {
    /// Groups whose names hold this; or the search for people or customers.
    pub search: String,
    /// The cursor of the page before.
    pub after: Option<String>,
}

impl View {
    pub fn read(pairs: &Pairs) -> Self {
        Self {
            search: pairs.get("search").trim().to_owned(),
            after: pairs.filled("after").map(str::to_owned),
        }
    }

    /// A path with this view.
    pub fn address(&self, path: &str) -> String {
        let mut pairs = vec![];
        if !self.search.is_empty() {
            pairs.push(("search", self.search.as_str()));
        }
        if let Some(after) = &self.after {
            pairs.push(("after", after));
        }
        match pairs.is_empty() {
            true => path.to_owned(),
            false => format!("{path}?{}", crate::records::address::query(pairs)),
        }
    }
}

/// A message above the matrix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    pub text: String,
    pub warns: bool,
}

/// One row as it is stored.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BaseRow {
    /// Login, customer ID or group.
    pub key: String,
    pub label: String,
    /// Where the row's record is; none if there is none.
    pub href: Option<String>,
    /// Why it counts for nothing: not valid, not known.
    pub badge: Option<String>,
    /// What is given explicitly.
    pub explicit: BTreeSet<(Context, Permission)>,
    /// What is there anyway, by other ways.
    pub inherited: Vec<(Context, Permission)>,
    pub reasons: Vec<Reason>,
    /// Contexts in which everything is there always, so that nothing can be changed.
    pub always: Vec<Context>,
    /// Nothing can be given here, only taken.
    pub only_taken: bool,
    /// Why the visitor may not change the row.
    pub locked: Option<String>,
    /// Where it is explained.
    pub explain: Option<String>,
    /// The filter leaves it out of what is seen.
    pub hidden: bool,
}

/// Everything that a matrix is made of.
pub struct Base {
    pub side: Side,
    pub page: Frame,
    pub columns: Vec<Column>,
    pub rows: Vec<BaseRow>,
    pub notes: Vec<Note>,
    /// Permissions by group are on; without them there is nothing to tick.
    pub support: bool,
    /// Why nothing can be changed here.
    pub locked: Option<String>,
    pub next: Option<String>,
    /// How many were found.
    pub count: Option<String>,
    /// The place in the list that was asked for is gone, so this is the first page.
    pub restarted: bool,
}

impl Base {
    /// Reads the matrix; rows with these keys are in it in any case.
    pub async fn read(
        ctx: &Ctx,
        side: &Side,
        view: &View,
        wanted: &BTreeSet<&str>,
    ) -> Result<Self, Failure> {
        match side {
            Side::Person(login) => super::person_rows::read(ctx, login, view, wanted).await,
            Side::Customer(id) => super::customer_rows::read(ctx, id, view, wanted).await,
            Side::GroupPeople(_) | Side::GroupCustomers(_) => {
                super::group_rows::read(ctx, side, view, wanted).await
            }
        }
    }

    /// Adds columns for cells that have none: a permission or context that is not offered any more.
    pub fn add_columns<'a>(&mut self, cells: impl Iterator<Item = &'a CellKey>) {
        for cell in cells {
            let is_of = |column: &Column| {
                column.context == cell.context && column.permission == cell.permission
            };
            if !self.columns.iter().any(is_of) {
                self.columns.push(Column {
                    context: cell.context,
                    permission: cell.permission.clone(),
                    offered: false,
                });
            }
        }
        self.columns.sort_by_key(|column| column.context);
    }

    /// The row of this key.
    pub fn row(&self, key: &str) -> Option<&BaseRow> {
        self.rows.iter().find(|row| row.key == key)
    }
}

/// A row of a group that is there no more.
pub fn vanished(page: &Frame, key: &str) -> BaseRow {
    BaseRow {
        key: key.to_owned(),
        label: key.to_owned(),
        badge: Some(page.t("permissions-group-unknown")),
        only_taken: true,
        ..BaseRow::default()
    }
}

/// Whether a filter leaves a name out.
pub fn is_filtered(search: &str, name: &str) -> bool {
    use kartoteka_model::text::fold;
    !search.is_empty() && !fold(name).contains(&fold(search))
}
