//! How people and customers are named.

use kartoteka_boxed::boxed;
use kartoteka_index::Hit;
use kartoteka_model::membership::{push_new, split_customer_ids};
use kartoteka_model::source::Origin;
use kartoteka_model::{CustomerUserSource, Record, SourceSpec};

use crate::directory::Inside;
use crate::error::{Error, FieldProblem, Result};
use crate::kind::Kind;

/// OTOBO's `UserMailString`, the display text of lists: list fields joined by blanks; a trailing e-mail address is
/// set in angle brackets after the name in quotes.
pub fn display_text(spec: &SourceSpec, record: &Record) -> String {
    // What OTOBO takes where the list is empty; a customer's table has other columns.
    let shipped = ["first_name", "last_name", "email", "customer_id", "name"].map(str::to_owned);
    let columns = match spec.list_fields.as_slice() {
        [] if spec.key == "customer_id" => &shipped[3..],
        [] => &shipped[..3],
        columns => columns,
    };
    let values: Vec<&str> = spec
        .field_names(columns)
        .map(|field| record.get(field))
        .filter(|value| !value.is_empty())
        .collect();
    let text = values.join(" ");
    let blanks: Vec<(usize, char)> = text
        .char_indices()
        .filter(|(_, c)| c.is_whitespace())
        .collect();
    for (at, blank) in blanks.into_iter().rev() {
        let rest = &text[at + blank.len_utf8()..];
        if is_address_like(rest) {
            return format!("\"{}\" <{rest}>", &text[..at]);
        }
    }
    text
}

/// The display text as searches give it: OTOBO puts a blank after each value of an entry in an LDAP tree, which stays
/// where no address follows.
pub(crate) fn listed(spec: &SourceSpec, record: &Record) -> String {
    let mut text = display_text(spec, record);
    if matches!(spec.origin, Origin::Ldap(_)) && !text.ends_with('>') && !text.is_empty() {
        text.push(' ');
    }
    text
}

/// An `@` with something before it, and later a full stop with something on both sides.
fn is_address_like(text: &str) -> bool {
    let Some(at) = text
        .char_indices()
        .skip(1)
        .find(|(_, c)| *c == '@')
        .map(|(at, _)| at)
    else {
        return false;
    };
    let domain = &text[at + 1..];
    let stop = domain
        .char_indices()
        .skip(1)
        .find(|(_, c)| *c == '.')
        .map(|(at, _)| at);
    stop.is_some_and(|stop| stop + 1 < domain.len())
}

/// OTOBO's `UserFullname`: name fields, empty ones left out.
///
/// # Errors
/// `Invalid` when a configured name field is none of the map.
pub(crate) fn full_name(source: &CustomerUserSource, record: &Record) -> Result<String> {
    let fields: Vec<&str> = source.spec.field_names(&source.name_fields).collect();
    if fields.len() < source.name_fields.len() {
        return Err(Error::field(
            "CustomerUserNameFields",
            FieldProblem::UnknownField,
        ));
    }
    let values: Vec<&str> = fields
        .iter()
        .map(|field| record.get(field))
        .filter(|value| !value.is_empty())
        .collect();
    Ok(values.join(&source.name_join))
}

/// The IDs that a person's own record names: those in a column of several, then the primary one (D23).
pub fn own_customer_ids(source: &CustomerUserSource, record: &Record) -> Vec<String> {
    let mut ids = split_customer_ids(record.get("UserCustomerIDs"));
    if !source.exclude_primary_customer {
        push_new(&mut ids, record.get("UserCustomerID"));
    }
    ids
}

impl Inside<'_> {
    /// The display texts of records, by key, as the index knows them.
    ///
    /// # Errors
    /// When the index can't be read.
    #[boxed]
    pub async fn texts(self, kind: Kind, keys: &[String]) -> Result<Vec<(String, String)>> {
        let hits = self
            .index_sync(kind)
            .index()
            .records(keys)
            .await
            .map_err(Error::internal)?;
        let handles = self.handles(kind);
        let text = |hit: Hit| {
            let text = handles.get(hit.source).map_or_else(
                || hit.key.clone(),
                |handle| display_text(&handle.spec, &hit.record),
            );
            (hit.key, text)
        };
        Ok(hits.into_iter().map(text).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(first: &str, last: &str, email: &str) -> String {
        let record = Record::from_iter([
            ("UserFirstname", first),
            ("UserLastname", last),
            ("UserEmail", email),
        ]);
        display_text(&CustomerUserSource::shipped().spec, &record)
    }

    #[test]
    fn an_address_at_the_end_is_set_off() {
        assert_eq!(text("Ann", "Lee", "ann@x.org"), "\"Ann Lee\" <ann@x.org>");
        assert_eq!(text("", "", "ann@x.org"), "ann@x.org");
        assert_eq!(text("Ann", "Lee", ""), "Ann Lee");
    }
}
