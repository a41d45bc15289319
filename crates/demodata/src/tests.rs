use std::collections::HashSet;

use kartoteka_model::source::{CustomerSource, CustomerUserSource};
use kartoteka_model::{FieldMap, Record};

use crate::{DemoData, SEED};

fn check_fields(record: &Record, map: &FieldMap) {
    for (name, value) in record.iter() {
        assert!(map.find(name).is_some(), "{name}");
        assert!(!value.is_empty() && value.len() <= 150, "{name}: {value:?}");
    }
    for field in map.visible().filter(|field| field.required) {
        assert!(
            !record.get(&field.name).is_empty(),
            "{} is required: {record:?}",
            field.name
        );
    }
}

#[test]
fn the_default_directory_has_four_hundred_people_in_forty_customers() {
    let data = DemoData::new(400, SEED);
    assert_eq!((data.people().count(), data.customers().count()), (400, 40));
    let people: Vec<Record> = data.people().collect();
    for country in ["Polska", "Deutschland", "United Kingdom"] {
        let there = people
            .iter()
            .filter(|person| person.get("UserCountry") == country)
            .count();
        assert!(there > 40, "{country}: {there}");
    }
    let invalid = people
        .iter()
        .filter(|person| person.get("ValidID") != "1")
        .count();
    assert!((5..60).contains(&invalid), "{invalid}");
}

#[test]
fn the_same_seed_gives_the_same_people() {
    let first: Vec<Record> = DemoData::new(300, 7).people().collect();
    let again: Vec<Record> = DemoData::new(300, 7).people().collect();
    let other: Vec<Record> = DemoData::new(300, 8).people().collect();
    assert_eq!(first, again);
    assert_ne!(first, other);
}

#[test]
fn keys_and_addresses_are_unique_and_fields_fit_the_shipped_sources() {
    let data = DemoData::new(100_000, SEED);
    let map = CustomerSource::shipped().spec.map;
    let (mut ids, mut names) = (HashSet::new(), HashSet::new());
    for customer in data.customers() {
        check_fields(&customer, &map);
        assert!(
            ids.insert(customer.get("CustomerID").to_owned()),
            "{customer:?}"
        );
        assert!(
            names.insert(customer.get("CustomerCompanyName").to_owned()),
            "{customer:?}"
        );
    }
    assert_eq!(ids.len(), 5_000);
    let map = CustomerUserSource::shipped().spec.map;
    let (mut logins, mut addresses) = (HashSet::new(), HashSet::new());
    for person in data.people() {
        check_fields(&person, &map);
        assert!(
            logins.insert(person.get("UserLogin").to_owned()),
            "{person:?}"
        );
        assert!(
            addresses.insert(person.get("UserEmail").to_owned()),
            "{person:?}"
        );
        assert!(ids.contains(person.get("UserCustomerID")), "{person:?}");
    }
}

#[test]
fn small_directories_have_a_customer() {
    for people in [0, 1, 9, 25] {
        let data = DemoData::new(people, SEED);
        assert_eq!(data.people().count() as u64, people);
        assert!(data.customers().count() >= 1);
    }
}
