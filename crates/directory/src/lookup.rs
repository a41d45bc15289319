//! Looking people up by one property, as mail, forms and the terminal do.

use kartoteka_model::search::wildcard;
use kartoteka_model::{Condition, FieldKind, Part, Pattern};

use crate::directory::Directory;
use crate::kind::Kind;
use crate::search::Lookup;

impl Directory {
    pub(crate) fn lookup_condition(&self, lookup: &Lookup) -> Condition {
        let matches = |field: String, text: &str| Condition::Matches {
            fields: vec![field],
            pattern: wildcard(text),
        };
        let mut conditions = vec![];
        for handle in self.handles(Kind::CustomerUser) {
            let Some(source) = &handle.people else {
                continue;
            };
            let customer = || {
                source
                    .spec
                    .map
                    .find_column(&source.customer_id)
                    .map_or("UserCustomerID", |f| &f.name)
            };
            let condition = match lookup {
                Lookup::Sender(address) => Condition::Any(
                    source
                        .spec
                        .field_names(&source.sender_fields)
                        .map(|field| Condition::OneOf {
                            field: field.to_owned(),
                            values: [address.clone()].into(),
                        })
                        .collect(),
                ),
                // OTOBO compares a whole-number login as a number.
                Lookup::Login(text) if login_is_number(source) => {
                    let number = text.parse::<i64>().is_ok() && text.len() <= 16;
                    match number {
                        true => matches(source.spec.key_field().to_owned(), text),
                        false => Condition::Nothing,
                    }
                }
                Lookup::Login(text) => {
                    let mut parts = vec![Part::Any];
                    parts.extend(wildcard(text).0);
                    parts.push(Part::Any);
                    let pattern = Pattern(parts).simplified();
                    Condition::Matches {
                        fields: vec![source.spec.key_field().to_owned()],
                        pattern,
                    }
                }
                Lookup::Customer(text) => matches(customer().to_owned(), text),
                Lookup::CustomerExactly(id) => Condition::OneOf {
                    field: customer().to_owned(),
                    values: [id.clone()].into(),
                },
            };
            conditions.push((handle.spec.id.clone(), condition));
        }
        Condition::per_source(conditions)
    }
}

fn login_is_number(source: &kartoteka_model::CustomerUserSource) -> bool {
    source
        .spec
        .map
        .find(source.spec.key_field())
        .is_some_and(|field| field.kind == FieldKind::Int)
}
