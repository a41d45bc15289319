//! Whatever is searched for makes a filter that the server's grammar has (RFC 4515), of bounded length; a value in it
//! means itself and nothing else.

#![no_main]

use kartoteka_model::ldap::LdapTree;
use kartoteka_model::search::{Affixes, Blanks, Grammar, parse};
use kartoteka_model::{Condition, CustomerUserSource, Pattern};
use kartoteka_sources::ldap::{filter, filter_of};
use libfuzzer_sys::fuzz_target;

/// As `OpenLDAP` describes them.
const ATTRIBUTES: [&str; 3] = [
    "( 2.5.4.41 NAME 'name' EQUALITY caseIgnoreMatch SUBSTR caseIgnoreSubstringsMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 )",
    "( 2.5.4.42 NAME ( 'givenName' 'gn' ) SUP name )",
    "( 0.9.2342.19200300.100.1.3 NAME 'mail' EQUALITY caseIgnoreIA5Match SUBSTR caseIgnoreIA5SubstringsMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.26 )",
];

/// The bytes that a value of a filter stands for; none where a sign in it would mean something.
fn meant(value: &str) -> Option<Vec<u8>> {
    let mut bytes = value.bytes();
    let mut meant = vec![];
    while let Some(byte) = bytes.next() {
        meant.push(match byte {
            b'*' | b'(' | b')' | 0 => return None,
            b'\\' => {
                let digits = [bytes.next()?, bytes.next()?];
                u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?
            }
            byte => byte,
        });
    }
    Some(meant)
}

fuzz_target!(|texts: (String, Vec<String>)| {
    let (text, values) = texts;
    let source = CustomerUserSource::of_ldap();
    let tree = LdapTree::default();
    let fields: Vec<String> = source.spec.map.0.iter().map(|field| field.name.clone()).collect();
    let ask = |condition: &Condition| {
        let types = ATTRIBUTES.into_iter().map(str::to_owned);
        if let Some(asked) = filter_of(condition, &source.spec, &tree, types) {
            assert!(filter::is_filter(&asked), "{asked}");
            assert!(asked.len() <= 64 << 10, "{}", asked.len());
        }
    };
    for value in values.iter().chain([&text]) {
        assert_eq!(meant(&filter::escaped(value)).as_deref(), Some(value.as_bytes()));
        assert!(filter::is_filter(&filter::equals("cn", value)));
    }
    let affixes = Affixes { prefix: "*".into(), suffix: "*".into() };
    for grammar in [Grammar::Words, Grammar::Full] {
        if let Ok(condition) = parse(&text, grammar, Blanks::Join, &affixes, &fields) {
            ask(&condition);
            ask(&condition.negate());
        }
    }
    let of = |value: &String| Condition::Matches { fields: fields.clone(), pattern: Pattern::contains(value.clone()) };
    ask(&Condition::Any(values.iter().map(of).collect()));
    let one_of = Condition::OneOf { field: fields[0].clone(), values: values.into_iter().collect() };
    ask(&one_of);
});
