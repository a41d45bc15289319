//! Keys that name columns: each must be a plain identifier, be in the map, and hold no secret.

use kartoteka_model::{FieldKind, FieldMap};

use crate::column::{at, is_secret_column};
use crate::findings::At;
use crate::mistake::Mistake;
use crate::places::Places;
use crate::section::Section;
use crate::source::Module;
use kartoteka_model::nearest;

/// Reads the keys of one source that name columns of its map.
pub(super) struct Columns<'a, 't> {
    pub(super) id: &'a str,
    pub(super) section: &'a Section<'t>,
    pub(super) map: &'a FieldMap,
    /// The map of the shipped source, which says what fields its columns are.
    pub(super) shipped: &'a FieldMap,
}

impl Columns<'_, '_> {
    /// A list of columns. Not given it is the columns that hold the fields of the shipped list here, or
    /// the key's if the map has none of them. A list that searches look into can't be empty: they would find nobody.
    pub(super) fn list(
        &self,
        key: &'static str,
        shipped: &[String],
        may_be_empty: bool,
        places: &mut Places,
    ) -> Vec<String> {
        let login = || self.map.find("UserLogin").map(|field| field.column.clone());
        let Some(texts) = self.section.texts(key) else {
            let columns: Vec<String> = shipped
                .iter()
                .filter_map(|column| self.shipped.find_column(column))
                .filter_map(|field| self.map.find(&field.name))
                .map(|field| field.column.clone())
                .collect();
            return if columns.is_empty() {
                login().into_iter().collect()
            } else {
                columns
            };
        };
        // OTOBO looks for the key then in an LDAP tree, and nowhere in a table.
        if texts.is_empty() && !may_be_empty && self.section.module == Module::Ldap {
            return login().into_iter().collect();
        }
        if texts.is_empty() && !may_be_empty {
            let findings = self.section.findings;
            let example = self.map.stored().next().map(|field| field.column.as_str());
            findings.push(
                findings
                    .error(&at(self.section.get(key)), Mistake::BadValue)
                    .param("key", key)
                    .param("expected", "a list of at least one column")
                    .remedy(example.map(|column| format!("{key} = [{column:?}]"))),
            );
        }
        texts
            .into_iter()
            .map(|(column, at)| (self.spelled(column), at))
            .filter(|(column, at)| self.check(key, column, at, places))
            .map(|(column, _)| column)
            .collect()
    }

    /// The column of the key; if it is not given, the column of its field.
    pub(super) fn one(
        &self,
        key: &'static str,
        field: &str,
        shipped: String,
        places: &mut Places,
    ) -> String {
        match self.section.text(key) {
            Some(column) => {
                let at = at(self.section.get(key));
                let column = self.spelled(column);
                self.check(key, &column, &at, places);
                column
            }
            None => self
                .map
                .find(field)
                .map_or(shipped, |field| field.column.clone()),
        }
    }

    /// The column of the validity. It need not be a field. Empty is none; not given it is the column of
    /// `ValidID`, if the map has that.
    pub(super) fn valid(&self, key: &'static str, places: &mut Places) -> Option<String> {
        let Some(column) = self.section.text(key) else {
            let field = self.map.find("ValidID");
            return field.map(|field| field.column.clone());
        };
        if column.is_empty() {
            return None;
        }
        let at = at(self.section.get(key));
        if self.section.check_column(&at, key, &column) {
            places.note_column(self.id, &column, self.section.findings.place(&at));
        }
        Some(column)
    }

    /// A column as the map spells it: attributes are the same in upper and lower case.
    fn spelled(&self, column: String) -> String {
        let mut fields = self.map.0.iter();
        let meant = fields.find(|field| field.column.eq_ignore_ascii_case(&column));
        match meant {
            Some(field) if self.section.module == Module::Ldap => field.column.clone(),
            _ => column,
        }
    }

    fn check(&self, key: &'static str, column: &str, at: &At, places: &mut Places) -> bool {
        let findings = self.section.findings;
        if findings.is_full() || !self.section.check_column(at, key, column) {
            return false;
        }
        // Dynamic fields are not columns of the table.
        let field = self
            .map
            .find_column(column)
            .filter(|field| field.kind != FieldKind::DynamicField);
        if is_secret_column(column) || field.is_some_and(|field| field.is_secret()) {
            findings.push(
                findings
                    .error(at, Mistake::SecretColumn)
                    .param("key", key)
                    .param("column", column)
                    .remedy("leave it out".to_owned()),
            );
            return false;
        }
        if field.is_none() {
            // Field names are taken for columns easily.
            let by_name = self.map.find(column).map(|field| field.column.as_str());
            let columns = self.map.stored().map(|field| field.column.as_str());
            let meant = by_name.or_else(|| nearest(column, columns));
            findings.push(
                findings
                    .error(at, Mistake::ColumnNotMapped)
                    .param("key", key)
                    .param("column", column)
                    .remedy(meant.map(|meant| format!("{meant:?}"))),
            );
            return false;
        }
        places.note_column(self.id, column, findings.place(at));
        true
    }
}
