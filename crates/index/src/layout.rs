//! Which tables and columns an index has for the sources that it covers.

use kartoteka_model::field::is_phone;
use kartoteka_model::text::digits;
use kartoteka_model::{Collation, Record, TextMode, Validity};
use sha2::{Digest, Sha256};

/// Between the bounds of a value and around it: no text of a record holds it.
pub const EDGE: char = '\u{1f}';

/// Records that are not valid have their places above this number.
pub const INVALID_FROM: i64 = 1 << 44;

/// The full-text tables: the words of the fields that searches look in by themselves, and those of the others.
pub(super) const FULL_TEXT: [&str; 2] = ["free", "rest"];

/// Orders other than the default one that an index serves without sorting, by the end of the field's name.
const SORTED: [&str; 3] = ["Login", "Email", "CustomerID"];

/// A source, as the index sees it. Sources are numbered in their order; the first one wins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexedSource {
    pub id: String,
    /// Differs where its records are read from elsewhere.
    pub origin: String,
    pub mode: TextMode,
    /// The field that holds the validity; without one everybody is valid.
    pub valid_field: Option<String>,
    /// The fields that name the customers a record belongs to: the one that may hold several, then the primary one.
    pub customers: Customers,
}

/// Where a record of a source names its customers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Customers {
    /// The field of the primary customer, unless it does not count.
    pub primary: Option<String>,
    /// The field that may hold several IDs (D23).
    pub several: Option<String>,
}

/// What an index is made for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexLayout {
    pub sources: Vec<IndexedSource>,
    /// Fields of the records, without secrets.
    pub fields: Vec<String>,
    /// Those of them that the free search looks at.
    pub free: Vec<String>,
    /// The field that holds the key.
    pub key: String,
    /// The default order; ties by key.
    pub order: Vec<String>,
    /// How texts compare in every order.
    pub collation: Collation,
}

impl IndexLayout {
    /// Changes whenever an index made before no longer fits.
    pub fn fingerprint(&self) -> String {
        hex::encode(Sha256::digest(format!("15 {self:?}")))
    }

    /// The number of a field, as its columns are named.
    pub fn number(&self, field: &str) -> Option<usize> {
        self.fields.iter().position(|name| name == field)
    }

    /// Fields with an index of their own for ordering.
    pub fn sorted(&self) -> impl Iterator<Item = usize> {
        let wanted = |name: &String| SORTED.iter().any(|end| name.ends_with(end));
        self.fields
            .iter()
            .enumerate()
            .filter(move |(_, name)| wanted(name))
            .map(|(at, _)| at)
    }

    /// Fields of phone numbers, whose digits are kept beside their texts.
    pub(super) fn phones(&self) -> impl Iterator<Item = (usize, &String)> {
        let fields = self.fields.iter().enumerate();
        fields.filter(|(_, name)| is_phone(name))
    }

    /// The column by which records are in the order of a field: a key of the collation, or the folded text, which is one.
    pub(super) fn order_column(&self, at: usize) -> String {
        match self.collation.is_folded() {
            true => format!("f{at}"),
            false => format!("k{at}"),
        }
    }

    /// The keys by which fields are in order, where the texts that are compared anyway are none.
    pub(super) fn order_keys(&self, record: &Record) -> Vec<String> {
        let keys = self.fields.iter();
        let keys = keys.filter(|_| !self.collation.is_folded());
        keys.map(|field| self.collation.key(record.get(field)))
            .collect()
    }

    /// The text by which a record is ordered by default (D05, D28). What stands between the fields comes before everything
    /// with which a key goes on.
    pub fn order_key(&self, record: &Record) -> String {
        let parts: Vec<String> = self
            .order
            .iter()
            .map(|field| self.collation.key(record.get(field)))
            .collect();
        parts.join("\u{1}")
    }

    /// The part of the order that a record of a source belongs to: 0 for valid ones, 1 for the others.
    pub(super) fn part(&self, source: usize, record: &Record) -> i64 {
        let valid_field = self
            .sources
            .get(source)
            .and_then(|source| source.valid_field.as_deref());
        let valid =
            valid_field.is_none_or(|field| record.get(field) == Validity::Valid.id().to_string());
        i64::from(!valid)
    }

    pub(super) fn create_statements(&self) -> Vec<String> {
        let mut columns = String::new();
        for at in 0..self.fields.len() {
            columns.push_str(&format!(", f{at} TEXT NOT NULL, g{at} TEXT"));
        }
        for (at, _) in self.phones() {
            columns.push_str(&format!(", p{at} TEXT NOT NULL"));
        }
        if !self.collation.is_folded() {
            for at in 0..self.fields.len() {
                columns.push_str(&format!(", k{at} TEXT NOT NULL"));
            }
        }
        let mut statements = vec![
            "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT)".into(),
            format!(
                "CREATE TABLE doc (id INTEGER PRIMARY KEY, source INTEGER NOT NULL, key TEXT NOT NULL, lkey TEXT NOT \
                 NULL, number INTEGER, okey TEXT NOT NULL, part INTEGER NOT NULL, raw TEXT NOT NULL, low TEXT NOT NULL, \
                 ckey TEXT{columns})"
            ),
            // Two records of a source may have keys that differ in their case only.
            "CREATE INDEX IF NOT EXISTS doc_lkey ON doc (lkey)".into(),
            "CREATE INDEX IF NOT EXISTS doc_okey ON doc (part, okey, lkey)".into(),
            "CREATE INDEX IF NOT EXISTS doc_ckey ON doc (ckey, part) WHERE ckey IS NOT NULL".into(),
            "CREATE INDEX IF NOT EXISTS doc_number ON doc (number) WHERE number IS NOT NULL".into(),
            "CREATE TABLE belongs (ckey TEXT NOT NULL, id INTEGER NOT NULL, PRIMARY KEY (ckey, id)) WITHOUT ROWID".into(),
            "CREATE UNIQUE INDEX IF NOT EXISTS belongs_id ON belongs (id, ckey)".into(),
            "CREATE TABLE shadowed (lkey TEXT NOT NULL, source INTEGER NOT NULL, PRIMARY KEY (lkey, source)) WITHOUT ROWID".into(),
            "CREATE TABLE counts (part INTEGER PRIMARY KEY, n INTEGER NOT NULL)".into(),
            "INSERT INTO counts VALUES (0, 0), (1, 0)".into(),
        ];
        if self.sources.len() > 1 {
            // Lists of one source are read in the order of their numbers, too.
            statements.push("CREATE INDEX IF NOT EXISTS doc_source ON doc (source)".into());
        }
        for at in self.sorted() {
            let column = self.order_column(at);
            let of_key = self.fields[at] == self.key;
            // Records with a value are found by the text that is compared; by key there is an index already.
            let found = (!self.collation.is_folded() && !of_key).then(|| format!("f{at}"));
            for column in found.into_iter().chain([column]) {
                statements.push(format!(
                    "CREATE INDEX IF NOT EXISTS doc_{column} ON doc ({column}, lkey)"
                ));
            }
        }
        for table in FULL_TEXT {
            statements.push(format!(
                "CREATE VIRTUAL TABLE {table} USING fts5 (t, content='', contentless_delete=1, detail=none, \
                 tokenize='ascii', prefix='1 2')"
            ));
        }
        statements
    }

    /// The value of a field between its edges, in its plain and, where it differs, its spelled form.
    pub(super) fn column_texts(&self, mode: TextMode, value: &str) -> (String, Option<String>) {
        let forms = mode.forms(value);
        (edged(&forms.plain), forms.spelled.as_deref().map(edged))
    }

    /// The digits of each field of phone numbers, between their edges.
    pub(super) fn digit_texts(&self, record: &Record) -> Vec<(&String, String)> {
        let phones = self.phones();
        phones
            .map(|(_, name)| (name, edged(&digits(record.get(name)))))
            .collect()
    }
}

/// A text between its edges.
fn edged(text: &str) -> String {
    format!("{EDGE}{}{EDGE}", text.replace(EDGE, ""))
}
