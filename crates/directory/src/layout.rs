//! What the index of a kind has, as it follows from the sources.

use std::sync::Arc;

use kartoteka_index::{Customers, IndexLayout, IndexedSource};
use kartoteka_model::source::Origin;
use kartoteka_model::{Collation, FieldKind, SourceSpec};
use sha2::Digest;

use crate::handle::SourceHandle;
use crate::kind::Kind;

/// What an index of the records of these sources has.
pub(crate) fn layout(
    kind: Kind,
    handles: &[Arc<SourceHandle>],
    collation: &Collation,
) -> IndexLayout {
    let mut fields: Vec<String> = vec![];
    let mut free: Vec<String> = vec![];
    let mut sources = vec![];
    for handle in handles {
        let spec = &handle.spec;
        for field in spec
            .map
            .visible()
            .filter(|field| field.kind != FieldKind::DynamicField)
        {
            if !fields.contains(&field.name) {
                fields.push(field.name.clone());
            }
        }
        for name in spec.field_names(&spec.search_fields) {
            if !free.iter().any(|known| known == name) {
                free.push(name.to_owned());
            }
        }
        let customers = handle.people.as_ref().map(|people| Customers {
            primary: spec
                .map
                .find_column(&people.customer_id)
                .filter(|_| !people.exclude_primary_customer)
                .map(|field| field.name.clone()),
            several: spec.map.find("UserCustomerIDs").map(|f| f.name.clone()),
        });
        sources.push(IndexedSource {
            customers: customers.unwrap_or_default(),
            id: spec.id.clone(),
            origin: origin(spec),
            mode: spec.text,
            valid_field: spec.valid_entry().map(str::to_owned),
        });
    }
    let order: &[&str] = match kind {
        Kind::Customer => &["CustomerCompanyName"],
        _ => &["UserLastname", "UserFirstname"],
    };
    IndexLayout {
        sources,
        fields,
        free,
        key: kind.key_field().into(),
        order: order.iter().map(|field| (*field).to_owned()).collect(),
        collation: collation.clone(),
    }
}

/// What the records of a source are read from: with another table, or another column for a field, an index of it is of no
/// use. A password that changed makes no difference.
fn origin(spec: &SourceSpec) -> String {
    let place = match &spec.origin {
        Origin::Table(table) => {
            let database = table.database.as_ref().map(|address| address.masked());
            (database, table.name.clone())
        }
        Origin::Csv(csv) => (None, format!("file {}", csv.file.display())),
        // Whoever asks may see another part of the tree.
        Origin::Ldap(tree) => {
            let asks = tree.bind.as_ref().map(|bind| bind.name.clone());
            let filters = (&tree.always_filter, &tree.valid_filter, &tree.group);
            let shown = (&tree.manager, tree.latin1, &tree.identity);
            let place = (&tree.hosts, &tree.base, tree.scope);
            (asks, format!("tree {:?}", (place, filters, shown)))
        }
    };
    let columns: Vec<(&String, &String)> = spec
        .map
        .0
        .iter()
        .map(|field| (&field.name, &field.column))
        .collect();
    let mut read = format!("{:?}", (place.0, place.1, &spec.key, columns));
    if !spec.mirror {
        read.push_str(" not read");
    }
    hex::encode(&sha2::Sha256::digest(read)[..8])
}
