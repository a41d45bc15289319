//! Sources that are LDAP trees: what OTOBO says of them, as a section of settings.

use kartoteka_model::{CustomerUserSource, Field};

use super::{Reading, entry};
use crate::document::{Table, Value};
use crate::findings::At;
use crate::key::{Key, Kind};
use kartoteka_perl as perl;

/// What OTOBO calls the parts of an LDAP source, besides what all sources have.
const PARAMS: [(&str, Kind); 9] = [
    ("BaseDN", Kind::Text),
    ("SSCOPE", Kind::Text),
    ("UserDN", Kind::Text),
    ("UserPw", Kind::Text),
    ("GroupDN", Kind::Text),
    ("AlwaysFilter", Kind::Text),
    ("SourceCharset", Kind::Text),
    ("Die", Kind::Switch),
    ("StartTLS", Kind::Text),
];

/// Whether `Params` of a source have a key of this name.
fn takes(keys: &[Key], name: &str) -> bool {
    keys.iter().any(|key| match key.kind {
        Kind::Table(params) => key.name == "Params" && params.iter().any(|key| key.name == name),
        _ => false,
    })
}

/// The map of the LDAP source that OTOBO gives as a sample. What of it stands in for a field that was left out is shown.
pub(super) fn usual_map() -> Vec<Field> {
    let sample = CustomerUserSource::of_ldap().spec.map.0.into_iter();
    // It searches `cn` without a field for it.
    let fields = sample.filter(|field| field.name != "cn");
    let shown = |field: Field| Field::new(&field.name, &field.label, &field.column);
    fields.map(shown).collect()
}

impl Reading<'_> {
    /// `Params` of an LDAP source: host or hosts, where and how to search, and how to connect.
    pub(super) fn ldap_params(&self, params: &perl::Value, keys: &[Key], at: &At) -> Table {
        let mut table = Table::new();
        for (name, kind) in PARAMS {
            let Some(value) = params.get(name) else {
                continue;
            };
            if let Some(node) = self.node(value, kind, at) {
                table.insert(name.to_owned(), entry(node.at, node.value));
            }
        }
        for name in ["Host", "Params"] {
            let Some(value) = params.get(name) else {
                continue;
            };
            let whole = self.whole(value, at);
            if !matches!(&whole, Value::Text(text) if text.is_empty()) {
                let at = value
                    .at
                    .map_or_else(|| at.clone(), |own| self.at(Some(own)));
                table.insert(name.to_owned(), entry(at, whole));
            }
        }
        // What only OTOBO has is no mistake.
        table.retain(|name, _| takes(keys, name));
        table
    }
}
