//! How a server compares attributes, as its schema says (RFC 4512): what a filter may ask of them without leaving
//! anybody out.

use std::collections::HashMap;

use super::connection::Servers;
use super::error::LdapFailure;
use super::records::Mapping;
use kartoteka_boxed::boxed;

/// Descriptions of attributes that are read at most.
const MOST: usize = 20_000;

/// How far a chain of attributes that are kinds of others is followed.
const KINDS: usize = 10;

/// How parts of an attribute's values are found, in all cases without regard to case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rule {
    /// In values of all characters.
    Text,
    /// In values that have no others than those of ASCII.
    Ascii,
}

impl Rule {
    fn named(name: &str) -> Option<Self> {
        match name {
            "caseignoresubstringsmatch" => Some(Self::Text),
            "caseignoreia5substringsmatch" | "telephonenumbersubstringsmatch" => Some(Self::Ascii),
            _ => None,
        }
    }
}

/// `Directory String`. Active Directory names no rules, and compares it without regard to case.
const DIRECTORY_STRING: &str = "1.3.6.1.4.1.1466.115.121.1.15";

/// What is said of an attribute.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Described {
    kind_of: Option<String>,
    substrings: Option<String>,
    equality: bool,
    syntax: Option<String>,
}

/// The attributes of a server, by their names in lower case.
#[derive(Debug, Default)]
pub(super) struct Schema(HashMap<String, Described>);

impl Schema {
    /// What the server says; nothing is known of any attribute where it does not.
    #[boxed]
    pub async fn read(servers: &Servers, mapping: &Mapping) -> Result<Self, LdapFailure> {
        let asked = async |dn: &str, attribute: &str| {
            let query = mapping.query_entry(dn, &[attribute]);
            match servers.search(&query).await {
                Ok(found) => Ok(found.entries.into_iter().next().unwrap_or_default()),
                Err(LdapFailure::NoEntry(_) | LdapFailure::Refused(_)) => Ok(Default::default()),
                Err(error) => Err(error),
            }
        };
        let root = asked("", "subschemaSubentry").await?;
        let Some(place) = root.first("subschemaSubentry", false) else {
            return Ok(Self::default());
        };
        let entry = asked(&place, "attributeTypes").await?;
        Ok(Self::of(entry.texts("attributeTypes", false).take(MOST)))
    }

    pub(super) fn of(descriptions: impl Iterator<Item = String>) -> Self {
        let mut known = HashMap::new();
        for description in descriptions {
            let (names, described) = described(&description);
            known.extend(names.into_iter().map(|name| (name, described.clone())));
        }
        Self(known)
    }

    /// How parts of an attribute's values are found; none where they are not, or case counts.
    pub fn rule(&self, attribute: &str) -> Option<Rule> {
        let name = attribute.split(';').next().unwrap_or_default();
        let mut described = self.0.get(&name.to_lowercase());
        for _ in 0..KINDS {
            let known = described?;
            if let Some(rule) = &known.substrings {
                return Rule::named(rule);
            }
            described = match &known.kind_of {
                Some(kind) => self.0.get(kind),
                None => {
                    let is_text = known.syntax.as_deref() == Some(DIRECTORY_STRING);
                    return (is_text && !known.equality).then_some(Rule::Text);
                }
            };
        }
        None
    }
}

/// The names of a described attribute, and what is said of it. What is no description has no names.
fn described(description: &str) -> (Vec<String>, Described) {
    let spaced = description.replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let plain = |word: &&str| word.trim_matches('\'').to_lowercase();
    let after = |word: &str| {
        let at = words.iter().position(|one| *one == word)?;
        words.get(at + 1)
    };
    let mut names: Vec<String> = words.get(1).iter().map(|oid| plain(oid)).collect();
    if let Some(at) = words.iter().position(|word| *word == "NAME") {
        let of = words[at + 1..].iter();
        let several = words.get(at + 1) == Some(&"(");
        let of = of.skip(usize::from(several));
        let of = of.take(if several { usize::MAX } else { 1 });
        names.extend(of.take_while(|word| word.starts_with('\'')).map(plain));
    }
    let syntax = after("SYNTAX").map(plain);
    let described = Described {
        kind_of: after("SUP").map(plain),
        substrings: after("SUBSTR").map(plain),
        equality: after("EQUALITY").is_some(),
        syntax: syntax.and_then(|syntax| syntax.split('{').next().map(str::to_owned)),
    };
    (names, described)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_compared_as_described() {
        let schema = Schema::of(
            [
                "( 2.5.4.41 NAME 'name' EQUALITY caseIgnoreMatch SUBSTR caseIgnoreSubstringsMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15{32768} )",
                "( 2.5.4.3 NAME ( 'cn' 'commonName' ) DESC 'a (common) name' SUP name )",
                "( 1.2.3 NAME 'exact' EQUALITY caseExactMatch SUBSTR caseExactSubstringsMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 )",
                "( 1.2.4 NAME 'displayName' SYNTAX '1.3.6.1.4.1.1466.115.121.1.15' SINGLE-VALUE )",
                "( 1.2.5 NAME 'loop' SUP loop )",
                "( 1.2.6 NAME 'whole' EQUALITY caseIgnoreMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 )",
                "", "(", "( 1.2.7 NAME", "NAME ( ( (",
            ]
            .map(str::to_owned)
            .into_iter(),
        );
        for found in [
            "cn",
            "CommonName",
            "name",
            "2.5.4.3",
            "displayname",
            "cn;lang-pl",
        ] {
            assert_eq!(schema.rule(found), Some(Rule::Text), "{found}");
        }
        for not in ["exact", "loop", "whole", "unknown", "1.2.7"] {
            assert_eq!(schema.rule(not), None, "{not}");
        }
    }
}
