//! What saves do to a large index, and how one is made.

mod making;
mod order;
mod twins;

use std::collections::BTreeMap;
use std::path::Path;

use kartoteka_model::{Collation, Condition, Pattern, Record, TextMode};

use super::layout::FULL_TEXT;
use super::{
    Customers, IndexFiles, IndexLayout, IndexedSource, Partition, Place, Query, SearchIndex, Sort,
    Totals, Upsert,
};

fn layout() -> IndexLayout {
    IndexLayout {
        sources: vec![IndexedSource {
            id: "CustomerUser".into(),
            origin: String::new(),
            mode: TextMode::Folded,
            valid_field: None,
            customers: Customers::default(),
        }],
        fields: vec!["UserLogin".into()],
        free: vec!["UserLogin".into()],
        key: "UserLogin".into(),
        order: vec!["UserLogin".into()],
        collation: Collation::default(),
    }
}

/// An index of these records.
async fn built(folder: &Path, layout: IndexLayout, records: Vec<Upsert>) -> SearchIndex {
    made(&IndexFiles::new(folder, "people", layout), records).await
}

/// The same in place of the one that is there.
async fn made(files: &IndexFiles, records: Vec<Upsert>) -> SearchIndex {
    let before = files.open().await.unwrap();
    let mut builder = files.build().await.unwrap();
    builder.add(records, "all".into()).await.unwrap();
    let built = ("built".to_owned(), "1".to_owned());
    let made = builder.make(&[built]).await.unwrap();
    files.replace(&before, &made).await.unwrap();
    builder.finish().await.unwrap();
    made
}

/// The sizes of the files of a folder.
fn sizes(folder: &Path) -> BTreeMap<String, u64> {
    let files = folder.read_dir().unwrap().map(|file| file.unwrap());
    files
        .filter_map(|file| {
            let size = file.metadata().ok()?.len();
            Some((file.file_name().to_string_lossy().into_owned(), size))
        })
        .collect()
}

fn upsert(number: usize) -> Upsert {
    let mut record = Record::default();
    record.set("UserLogin", format!("user{}", number * 7919 % 1_000_003));
    record.set("UserPhone", format!("{:04}", number % 10_000));
    Upsert {
        source: 0,
        record,
        id: None,
    }
}

/// The pages of each segment of a full-text table.
async fn segments(index: &SearchIndex, table: &str) -> BTreeMap<i64, i64> {
    let sql = format!(
        "SELECT CAST(id >> 37 AS TEXT), CAST(count(*) AS TEXT) FROM {table}_data WHERE id > 10 GROUP BY id >> 37"
    );
    let rows = index.db.fetch(&sql, &[]).await.unwrap();
    rows.iter()
        .map(|row| (row.int(0).unwrap(), row.int(1).unwrap()))
        .collect()
}

#[tokio::test]
async fn saves_make_few_segments_and_leave_the_large_one_alone() {
    let folder = tempfile::tempdir().unwrap();
    let mut layout = layout();
    layout.fields.push("UserPhone".into());
    // So many that the later segments are larger than the first ones, if nothing prevents it.
    let many = super::build::DEEPENING * 5;
    let index = built(folder.path(), layout, (0..many).map(upsert).collect()).await;
    let [free, rest] = FULL_TEXT;
    let built = [segments(&index, free).await, segments(&index, rest).await];
    let log = || {
        let sizes = sizes(folder.path()).into_iter();
        let logs = sizes.filter(|(name, _)| name.ends_with("-wal"));
        logs.map(|(_, size)| size).sum::<u64>()
    };
    for number in many..many + 1500 {
        index.write(&[upsert(number)], &[], None).await.unwrap();
    }
    assert!(log() <= 16 << 20, "{}", log());
    for (table, built) in FULL_TEXT.into_iter().zip(built) {
        assert_eq!(built.len(), 1, "{table}: {built:?}");
        let after = segments(&index, table).await;
        for (segment, pages) in built {
            assert_eq!(after.get(&segment), Some(&pages), "{table}: {after:?}");
        }
        assert!(after.len() <= 20, "{table}: {after:?}");
    }
}

#[tokio::test]
async fn what_is_there_already_is_not_written_again() {
    let folder = tempfile::tempdir().unwrap();
    let index = built(folder.path(), layout(), (0..100).map(upsert).collect()).await;
    let [free, rest] = FULL_TEXT;
    let state = async || {
        let pages = [segments(&index, free).await, segments(&index, rest).await];
        let sql = "SELECT CAST(id AS TEXT), raw FROM doc ORDER BY id";
        let docs = index.db.fetch(sql, &[]).await.unwrap();
        let docs = docs.iter().map(|row| row.text(1).to_owned());
        (pages, docs.collect::<Vec<_>>())
    };
    let before = state().await;
    let same: Vec<Upsert> = (0..100).map(upsert).collect();
    index.write(&same, &[], Some(1)).await.unwrap();
    assert_eq!(state().await, before);

    // Of two that speak for one key the last counts, also when it is what stands there.
    let mut other = upsert(7);
    other.record.set("UserPhone", "other");
    index
        .write(&[other.clone(), upsert(7)], &[], None)
        .await
        .unwrap();
    assert_eq!(state().await, before);
    index
        .write(&[upsert(7), other.clone(), upsert(8)], &[], None)
        .await
        .unwrap();
    let raw = index.layout.raw_of(&other.record).unwrap();
    let (pages, docs) = state().await;
    assert_ne!(pages, before.0);
    assert_eq!(docs.iter().filter(|doc| **doc == raw).count(), 1);
    assert_eq!(docs.len(), 100);

    // Another source that speaks for a key is a change.
    other.source = 1;
    index.write(&[other], &[], None).await.unwrap();
    let sql = "SELECT CAST(source AS TEXT) FROM doc WHERE source = 1";
    assert_eq!(index.db.fetch(sql, &[]).await.unwrap().len(), 1);
}

#[tokio::test]
async fn members_are_the_same_whether_few_or_thousands_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let customers = Customers {
        primary: Some("UserCustomerID".into()),
        several: None,
    };
    for several in [None, Some("UserCustomerIDs".to_owned())] {
        let mut layout = layout();
        let customers = Customers {
            several: several.clone(),
            ..customers.clone()
        };
        layout.sources[0].customers = customers;
        let records = (0..9000_usize).map(|number| {
            let mut record = Record::default();
            record.set("UserLogin", format!("user{number:04}"));
            record.set("UserCustomerID", format!("C{}", number % 3000));
            record.set("UserCustomerIDs", format!("C{}", number % 3000 + 1));
            Upsert {
                source: 0,
                record,
                id: None,
            }
        });
        let index = built(folder.path(), layout, records.collect()).await;

        let named: Vec<String> = vec!["C7".into(), "C2999".into()];
        let keys: Vec<String> = vec!["user0003".into(), "USER8999".into()];
        // More than are looked for one by one; nobody has them.
        let others = (0..1500).map(|number| format!("none{number}"));
        let many: Vec<String> = named.iter().cloned().chain(others).collect();
        for (after, limit) in [(None, 2), (None, 3), (Some("user0007"), 3), (None, 100)] {
            let few = index.members(&named, &keys, after, limit).await.unwrap();
            let has = |number: usize| {
                let further = several.is_some() && [6, 2998].contains(&(number % 3000));
                further || [7, 2999].contains(&(number % 3000)) || [3, 8999].contains(&number)
            };
            let logins = (0..9000).filter(|number| has(*number));
            let logins = logins.map(|number| format!("user{number:04}"));
            let next = logins.filter(|login| after.is_none_or(|after| login.as_str() > after));
            let next: Vec<String> = next.take(limit as usize).collect();
            assert_eq!(
                few.iter().map(|one| &one.key).collect::<Vec<_>>(),
                next.iter().collect::<Vec<_>>()
            );
            let found = index.members(&many, &keys, after, limit).await.unwrap();
            assert_eq!(found, few, "{after:?} {limit} {several:?}");
        }
        let few = index.count_members(&named, &keys).await.unwrap();
        let found = index.count_members(&many, &keys).await.unwrap();
        assert_eq!(found, few);
        let enough = index.count_members_up_to(&many, &keys, few).await.unwrap();
        assert_eq!(enough, Some(few));
        let more = index.count_members_up_to(&many, &keys, few - 1).await;
        assert_eq!(more.unwrap(), None);
    }
}

#[tokio::test]
async fn hits_that_lie_far_apart_are_counted_as_far_as_it_is_cheap() {
    let folder = tempfile::tempdir().unwrap();
    let mut layout = layout();
    layout.fields.push("UserCity".into());
    let records = (0..9000_usize).map(|number| {
        let mut record = Record::default();
        record.set("UserLogin", format!("user{number:04}"));
        let city = if number % 10 == 0 {
            "Kraków"
        } else {
            "Łódź"
        };
        record.set("UserCity", city);
        Upsert {
            source: 0,
            record,
            id: None,
        }
    });
    let index = built(folder.path(), layout, records.collect()).await;

    let like = |field: &str, text: &str| Condition::Matches {
        fields: vec![field.into()],
        pattern: Pattern::contains(text),
    };
    let totals = async |login: &str, limit: u32, after: Option<&str>| {
        let query = Query {
            condition: like("UserLogin", login).and(like("UserCity", "krak")),
            partition: Partition::Valid,
            sort: Sort::Natural,
            limit,
            offset: 0,
            after: after.map(str::to_owned),
            count_to: 1000,
        };
        let found = index.search(&query).await.unwrap();
        (found.hits.len(), found.more, found.totals)
    };
    let more_than = |count| Totals {
        count,
        exact: false,
    };
    let exactly = |count| Totals { count, exact: true };
    // Of 9000 rows with the login 900 have the city, 400 of them among those that are read for a count.
    assert_eq!(totals("user", 50, None).await, (50, true, more_than(300)));
    let far = Some("user7990");
    assert_eq!(totals("user", 50, far).await, (50, true, more_than(300)));
    assert_eq!(totals("user", 500, None).await, (500, true, more_than(500)));
    assert_eq!(totals("user", 900, None).await, (900, false, exactly(900)));
    // Fewer rows than that are counted to their end.
    assert_eq!(totals("user3", 50, None).await, (50, true, exactly(100)));
}

#[tokio::test]
async fn what_another_process_changed_since_is_not_put_over() {
    let folder = tempfile::tempdir().unwrap();
    let files = IndexFiles::new(folder.path(), "people", layout());
    let one = made(&files, vec![upsert(1)]).await;
    let other = files.open().await.unwrap();
    let turn = one.turn().await.unwrap();
    let written = other.write(&[upsert(2)], &[], Some(7)).await.unwrap();
    assert_eq!(written, 1);
    let late = one
        .write_in_turn(&[upsert(3)], &[], Some(5), Some(turn))
        .await;
    assert_eq!(late.unwrap(), None);
    let turn = one.turn().await.unwrap();
    // What is there already changes nothing.
    other.write(&[upsert(2)], &[], None).await.unwrap();
    let again = one
        .write_in_turn(&[upsert(3)], &[], Some(5), Some(turn))
        .await;
    assert_eq!(again.unwrap(), Some(1));
    let position = one.meta("position").await.unwrap();
    assert_eq!(position.as_deref(), Some("7"), "it does not go back");
}
