//! The filter against a real server: what it finds and the matcher keeps is what the matcher says of everybody.

use std::collections::BTreeSet;

use kartoteka_model::condition::SOURCE;
use kartoteka_model::ldap::LdapTree;
use kartoteka_model::search::{Affixes, Blanks, Grammar, parse};
use kartoteka_model::{Condition, Field, Part, Pattern, Record, TextMode};
use kartoteka_testbed::ldap::{Entry, SUFFIX, Slapd};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use super::super::records::Mapping;
use super::super::schema::Schema;
use super::super::tests::{Outcome, open, spec, tree};
use super::{LONGEST, Wider, wider};
use crate::ldap::LdapSource;

/// Pieces of values and texts that mean something to filters, names, or folding.
const PIECES: [&str; 45] = [
    "a", "A", "an", "Anna", "kow", "Kowalski", "l", "L", "ł", "Ł", "Łódź", "lodz", "ó", "o\u{301}",
    "ß", "ss", "ẞ", "ü", "ue", "u", "Æ", "é", "ж", "Й", "Σ", "ς", "\u{ad}", "\u{200b}", "İ",
    "\u{212a}", " ", "  ", "(", ")", "*", "\\", ",", "#", "-", "’", "'", "@", "1", "²", "\0",
];

fn value() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(&PIECES[..]), 1..5)
        .prop_map(|pieces| pieces.concat())
}

fn pattern() -> impl Strategy<Value = Pattern> {
    let part = prop_oneof![Just(Part::Any), value().prop_map(Part::Text)];
    prop::collection::vec(part, 0..4).prop_map(|parts| Pattern(parts).simplified())
}

fn fields() -> impl Strategy<Value = Vec<String>> {
    let asked = [
        "UserLogin",
        "UserFirstname",
        "UserLastname",
        "UserEmail",
        "UserPhone",
        "UserComment",
    ];
    let made = ["UserCustomerIDs", "ValidID", "Unknown"];
    let of = |names: &[&str]| {
        prop::sample::select(
            names
                .iter()
                .map(|name| (*name).to_owned())
                .collect::<Vec<_>>(),
        )
    };
    prop_oneof![
        4 => prop::collection::vec(of(&asked), 1..4),
        1 => prop::collection::vec(of(&[&asked[..], &made[..]].concat()), 1..4),
    ]
}

fn condition() -> impl Strategy<Value = Condition> {
    let leaf = prop_oneof![
        1 => Just(Condition::Everything),
        1 => Just(Condition::Nothing),
        16 => (fields(), pattern()).prop_map(|(fields, pattern)| Condition::Matches { fields, pattern }),
        8 => (fields(), value()).prop_map(|(fields, text)| Condition::Matches { fields, pattern: Pattern::contains(text) }),
        2 => ("[0-9]{1,4}", fields()).prop_map(|(text, fields)| Condition::Digits { fields, pattern: Pattern::contains(text) }),
        3 => (fields(), prop::collection::btree_set(value(), 0..4))
            .prop_map(|(fields, values)| Condition::OneOf { field: fields[0].clone(), values }),
        1 => Just(Condition::OneOf { field: SOURCE.into(), values: BTreeSet::from(["CustomerUser".into()]) }),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        let several = prop::collection::vec(inner.clone(), 0..4);
        prop_oneof![
            several.clone().prop_map(Condition::All),
            several.prop_map(Condition::Any),
            inner.prop_map(|one| Condition::Not(Box::new(one))),
        ]
    })
}

/// People with such values; those that the server has no entry for are left out.
fn entries(runner: &mut TestRunner, count: usize) -> Vec<Entry> {
    let ascii = prop::collection::vec(
        prop::sample::select(&["a", "an", "l", "1", "-", "22", "k"][..]),
        1..5,
    );
    let person = (value(), value(), value(), value(), ascii);
    let mut entries = Entry::tree();
    for number in 0..count {
        let (login, first, last, about, phone) =
            person.new_tree(runner).expect("a person").current();
        let trimmed = |text: &str| !kartoteka_model::text::trim(text).is_empty();
        // The sign keeps the numbers apart from what begins with digits.
        let login = format!("{number}-{}", login.replace('\0', "").trim());
        let mut attributes = vec![("employeeType", if number % 2 == 0 { "on" } else { "off" })];
        for (name, value) in [
            ("givenName", &first),
            ("sn", &last),
            ("description", &about),
        ] {
            if trimmed(value) {
                attributes.push((name, value));
            }
        }
        let phone = format!("+{}", phone.concat());
        let mail = format!("{}@lab.example", phone.trim_start_matches('+'));
        attributes.extend([
            ("telephoneNumber", phone.as_str()),
            ("mail", &mail),
            ("o", "one"),
            ("o", "two"),
        ]);
        entries.push(Entry::person(&login, &attributes));
    }
    entries
}

async fn everybody(source: &LdapSource) -> anyhow::Result<Vec<Record>> {
    let read = source.scan(None, 10_000).await?;
    Ok(read.records.into_iter().map(|row| row.record).collect())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_finds_whom_the_matcher_finds() -> Outcome {
    let seconds: u64 = std::env::var("KARTOTEKA_FUZZ_SECONDS")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(0);
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &rand::random::<[u8; 32]>());
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let slapd = Slapd::start(&entries(&mut runner, 120), ["", ""])?;
    let with_valid = LdapTree {
        valid_filter: Some("(employeeType=on)".into()),
        ..tree(&slapd)
    };
    let mut sources = vec![];
    for mode in [TextMode::Folded, TextMode::IgnoreCase, TextMode::Exact] {
        let mut spec = spec(with_valid.clone());
        spec.text = mode;
        spec.map.0.push(Field::new("UserCustomerIDs", "IDs", "o"));
        let source = LdapSource::open(spec, with_valid.clone()).await?;
        let all = everybody(&source).await?;
        assert_eq!(all.len(), 120);
        sources.push((mode, source, all));
    }
    let began = std::time::Instant::now();
    let (mut asked, mut narrow) = (0_u64, 0_u64);
    while asked < 60 || began.elapsed().as_secs() < seconds {
        let condition = condition()
            .new_tree(&mut runner)
            .map_err(anyhow::Error::msg)?
            .current();
        for (mode, source, all) in &sources {
            let schema = source.schema.get();
            narrow += u64::from(schema.is_some_and(|schema| {
                matches!(wider(&condition, &source.mapping, schema), Wider::Who(_))
            }));
            for valid in [false, true] {
                let expected: BTreeSet<&str> = all
                    .iter()
                    .filter(|record| {
                        let mut record = (*record).clone();
                        record.set(SOURCE, "CustomerUser");
                        condition.matches(&record, *mode)
                            && (!valid || record.get("ValidID") == "1")
                    })
                    .map(|record| record.get("UserLogin"))
                    .collect();
                let found = source.search(&condition, valid, 1_000).await?;
                let found: BTreeSet<&str> = found
                    .records
                    .iter()
                    .map(|row| row.record.get("UserLogin"))
                    .collect();
                let unlike: Vec<&&str> = found.symmetric_difference(&expected).collect();
                let mut records = all.iter();
                let record = records.find(|it| unlike.contains(&&it.get("UserLogin")));
                assert_eq!(found, expected, "{mode:?} {condition:?} {record:?}");
            }
        }
        asked += 1;
    }
    println!(
        "{asked} conditions, {narrow} filters narrower than everybody, {:?}",
        began.elapsed()
    );
    assert!(
        narrow > asked / 2,
        "filters that ask for nothing prove nothing"
    );
    Ok(())
}

fn mapping() -> Mapping {
    let tree = LdapTree::default();
    Mapping {
        spec: spec(tree.clone()),
        tree,
    }
}

fn schema() -> Schema {
    let of = |name| format!("( 1 NAME '{name}' SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 )");
    Schema::of(["uid", "cn", "mail", "givenname"].map(of).into_iter())
}

fn searched(text: &str) -> Condition {
    let affixes = Affixes {
        prefix: "*".into(),
        suffix: "*".into(),
    };
    let fields = ["UserLogin", "cn", "UserEmail"].map(str::to_owned);
    parse(text, Grammar::Words, Blanks::Join, &affixes, &fields).expect(text)
}

#[test]
fn filters_are_bounded() {
    let (mapping, schema) = (mapping(), schema());
    for text in [
        "kowalski ".repeat(90),
        "a".repeat(9_000),
        "anna nowak".into(),
    ] {
        match wider(&searched(&text), &mapping, &schema) {
            Wider::Who(filter) => {
                assert!(filter.len() <= LONGEST, "{}", filter.len());
                assert!(crate::ldap::filter::is_filter(&filter), "{text}");
            }
            other => assert_eq!(other, Wider::Everybody),
        }
    }
    let mut deep = searched("anna");
    for _ in 0..5_000 {
        deep = Condition::All(vec![deep]);
    }
    assert_eq!(wider(&deep, &mapping, &schema), Wider::Everybody);
    // It would be taken apart as deep as it is nested.
    while let Condition::All(mut parts) = deep {
        deep = parts.pop().expect("one");
    }
}

#[test]
fn what_a_filter_asks() {
    let mut mapping = mapping();
    mapping.spec.text = TextMode::Exact;
    let schema = schema();
    let filter = |condition: &Condition| wider(condition, &mapping, &schema);
    let is = |pattern: Pattern| Condition::Matches {
        fields: vec!["cn".into()],
        pattern,
    };
    let nul = r"(cn=*\00*)";
    let sorted = |text: &str| match format!("(cn={text})") {
        one if one.as_str() < nul => Wider::Who(format!("(|{one}{nul})")),
        _ => Wider::Who(format!("(|{nul}(cn={text}))")),
    };
    assert_eq!(
        filter(&is(Pattern::exact("an*(a)"))),
        sorted(r"an\2a\28a\29")
    );
    // What follows the last letter may be a mark that joins with it.
    assert_eq!(filter(&is(Pattern::contains("ab cd"))), sorted("*a*c*"));
    assert_eq!(filter(&is(Pattern::contains("Łu"))), sorted(r"*\c5\81*"));
    assert_eq!(filter(&is(Pattern::exact(""))), Wider::Everybody);
    assert_eq!(
        filter(&is(Pattern::contains("(-)"))),
        Wider::Who("(cn=*)".into())
    );
    assert_eq!(
        filter(&is(Pattern::contains("a")).negate()),
        Wider::Everybody
    );
}

proptest! {
    #[test]
    fn every_condition_makes_a_filter(condition in condition()) {
        for text in [TextMode::Folded, TextMode::IgnoreCase, TextMode::Exact] {
            let mut mapping = mapping();
            mapping.spec.text = text;
            if let Wider::Who(filter) = wider(&condition, &mapping, &schema()) {
                prop_assert!(crate::ldap::filter::is_filter(&filter), "{}", filter);
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tree_too_large_is_said_to_have_more() -> Outcome {
    let mut people = super::super::tests::people(40);
    people.push(Entry::person("łukasz", &[("mail", "l@lab.example")]));
    let slapd = Slapd::start(&people, ["", "limits anonymous size=20"])?;
    let source = open(tree(&slapd)).await?;
    let all = source.search(&Condition::Everything, false, 1_000).await?;
    assert_eq!(
        (all.records.len(), all.more),
        (20, true),
        "the server's limit"
    );
    let first = source.search(&Condition::Everything, false, 10).await?;
    assert_eq!((first.records.len(), first.more), (10, true), "ours");
    let one = source.search(&searched("lukasz"), false, 10).await?;
    assert_eq!((one.records.len(), one.more), (1, false));
    let base = format!("ou=people,{SUFFIX}");
    assert!(source.mapping.tree.base == base);
    Ok(())
}
