//! Which part of the search index a search has to look at: the valid records, the others, or both.

use kartoteka_index::Partition;
use kartoteka_model::Validity;

use crate::directory::{Directory, Inside};
use crate::kind::Kind;
use crate::search::{Criterion, Search, ValidFilter};

impl Directory {
    /// Whether every source keeps the validity in this field.
    fn says_validity(&self, kind: Kind, field: &str) -> bool {
        self.handles(kind).iter().all(|handle| {
            let column = handle.spec.valid.as_ref();
            column
                .and_then(|column| handle.spec.map.find_column(column))
                .is_some_and(|known| known.name == field)
        })
    }
}

impl Inside<'_> {
    /// The part that has everything the search can find. A detail search that names validities says it as much as the
    /// filter does; otherwise one for the few who are invalid would read all the others first.
    pub fn partition(self, kind: Kind, search: &Search) -> Partition {
        match search.valid {
            ValidFilter::Valid => Partition::Valid,
            ValidFilter::Invalid => Partition::Invalid,
            ValidFilter::All => {
                let criteria = search.fields.iter();
                let named = criteria
                    .filter(|(field, _)| self.says_validity(kind, field))
                    .find_map(|(_, criterion)| part_of(criterion));
                named.unwrap_or(Partition::All)
            }
        }
    }
}

/// The one part that has all records with such a validity, if there is one.
fn part_of(criterion: &Criterion) -> Option<Partition> {
    let valid = Validity::Valid.id().to_string();
    let one_of = |values: &[String]| {
        if values.is_empty() {
            None
        } else if values.iter().all(|value| *value == valid) {
            Some(Partition::Valid)
        } else {
            (!values.contains(&valid)).then_some(Partition::Invalid)
        }
    };
    match criterion {
        Criterion::OneOf(values) => one_of(values),
        Criterion::Like(text) if text.parse::<i64>().is_ok() => one_of(std::slice::from_ref(text)),
        Criterion::NoneOf(values) => values.contains(&valid).then_some(Partition::Invalid),
        Criterion::Like(_) | Criterion::Contains(_) => None,
    }
}
