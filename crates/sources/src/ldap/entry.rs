//! Entries as a server sends them: nothing that it sends can do more than be refused.

use std::collections::HashMap;

use ldap3::ResultEntry;
use ldap3::asn1::{PL, StructureTag};

use super::error::LdapFailure;

/// What a value may have at most to be of use as text, in bytes.
const LONGEST: usize = 64 << 10;

/// An entry: its name in the tree, and the values of its attributes in the server's order.
#[derive(Debug, Clone, Default)]
pub(super) struct Entry {
    pub dn: String,
    /// By the attribute's name in lower case.
    attributes: HashMap<String, Vec<Vec<u8>>>,
}

/// The rest of an attribute of which a server sent a part only, as Active Directory does with long ones.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Rest {
    pub attribute: String,
    /// The number of the first value that is missing.
    pub from: usize,
}

impl Entry {
    /// Reads what a server sent.
    pub fn read(sent: ResultEntry) -> Result<Self, LdapFailure> {
        let parts = sent.0.match_id(4).and_then(children);
        let mut parts = parts
            .ok_or(LdapFailure::Unreadable("no entry"))?
            .into_iter();
        let dn = parts.next().and_then(bytes);
        let dn = dn.ok_or(LdapFailure::Unreadable("an entry without a name"))?;
        let given = parts.next().and_then(children);
        let given = given.ok_or(LdapFailure::Unreadable("an entry without attributes"))?;
        let mut attributes = HashMap::with_capacity(given.len());
        for attribute in given {
            let read = || {
                let mut parts = children(attribute)?.into_iter();
                let name = String::from_utf8(parts.next().and_then(bytes)?).ok()?;
                let values = children(parts.next()?)?;
                let values: Option<Vec<_>> = values.into_iter().map(bytes).collect();
                Some((name.to_lowercase(), values?))
            };
            let (name, values) = read().ok_or(LdapFailure::Unreadable("an attribute"))?;
            attributes.insert(name, values);
        }
        Ok(Self {
            dn: String::from_utf8_lossy(&dn).into_owned(),
            attributes,
        })
    }

    /// The values of an attribute as they are.
    pub fn values(&self, attribute: &str) -> &[Vec<u8>] {
        let attribute = attribute.to_lowercase();
        self.attributes.get(&attribute).map_or(&[], Vec::as_slice)
    }

    /// The first value of an attribute as text.
    pub fn first(&self, attribute: &str, latin1: bool) -> Option<String> {
        self.values(attribute)
            .first()
            .and_then(|value| text(value, latin1))
    }

    /// All values of an attribute as texts.
    pub fn texts(&self, attribute: &str, latin1: bool) -> impl Iterator<Item = String> {
        let values = self.values(attribute).iter();
        values.filter_map(move |value| text(value, latin1))
    }

    /// The attributes of which there is more. What came of them stands under their names from now on.
    pub fn rests(&mut self) -> Vec<Rest> {
        let names: Vec<String> = self.attributes.keys().cloned().collect();
        let ranges = names.into_iter().filter_map(|name| {
            let (attribute, range) = name.split_once(";range=")?;
            let (attribute, last) = (attribute.to_owned(), range.split_once('-')?.1.to_owned());
            let values = self.attributes.remove(&name)?;
            self.attributes
                .entry(attribute.clone())
                .or_default()
                .extend(values);
            let from = last.parse::<usize>().ok()?.checked_add(1)?;
            Some(Rest { attribute, from })
        });
        ranges.collect()
    }

    /// Takes over the values of an attribute of another part of the same entry.
    pub fn extend(&mut self, attribute: &str, part: &Self) {
        let values = self.attributes.entry(attribute.to_lowercase()).or_default();
        values.extend_from_slice(part.values(attribute));
    }
}

/// A value as text. One that is no text (a picture, a certificate) is none.
pub(super) fn text(value: &[u8], latin1: bool) -> Option<String> {
    if value.len() > LONGEST {
        return None;
    }
    match std::str::from_utf8(value) {
        Ok(text) => Some(text.to_owned()),
        Err(_) if latin1 => Some(value.iter().copied().map(char::from).collect()),
        Err(_) => None,
    }
}

fn children(tag: StructureTag) -> Option<Vec<StructureTag>> {
    match tag.payload {
        PL::C(children) => Some(children),
        PL::P(_) => None,
    }
}

fn bytes(tag: StructureTag) -> Option<Vec<u8>> {
    match tag.payload {
        PL::P(bytes) => Some(bytes),
        PL::C(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(attribute: &str, values: &[&[u8]]) -> Entry {
        let values = values.iter().map(|value| value.to_vec()).collect();
        Entry {
            dn: "uid=anna".into(),
            attributes: HashMap::from([(attribute.to_owned(), values)]),
        }
    }

    #[test]
    fn what_is_no_text_is_none() {
        let entry = entry("photo", &[b"\xff\xd8"]);
        assert_eq!(entry.first("photo", false), None);
        assert_eq!(entry.first("PHOTO", true), Some("ÿØ".into()));
    }

    #[test]
    fn ranges_are_parts_of_one_attribute() {
        let mut first = entry("member;range=0-1", &[b"a", b"b"]);
        let rest = Rest {
            attribute: "member".into(),
            from: 2,
        };
        assert_eq!(first.rests(), [rest]);
        let mut last = entry("member;range=2-*", &[b"c"]);
        assert_eq!(last.rests(), []);
        first.extend("member", &last);
        let all: Vec<String> = first.texts("member", false).collect();
        assert_eq!(all, ["a", "b", "c"]);
    }
}
