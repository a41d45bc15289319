//! Two records whose keys differ in their case only, as PostgreSQL lets others write them.

use super::*;

fn person(login: &str, name: &str, valid: bool, source: usize) -> Upsert {
    let mut record = Record::default();
    record.set("UserLogin", login);
    record.set("UserLastname", name);
    record.set("ValidID", if valid { "1" } else { "2" });
    Upsert {
        source,
        record,
        id: None,
    }
}

fn of_two_sources() -> IndexLayout {
    let mut layout = layout();
    layout.sources.push(layout.sources[0].clone());
    layout.sources[1].id = "CustomerUser1".into();
    layout.sources[0].valid_field = Some("ValidID".into());
    layout.fields.push("UserLastname".into());
    layout.order = vec!["UserLastname".into()];
    layout
}

fn query(sort: Sort, after: Option<&str>) -> Query {
    Query {
        condition: Condition::Everything,
        partition: Partition::All,
        sort,
        limit: 1,
        offset: 0,
        after: after.map(str::to_owned),
        count_to: 10,
    }
}

/// All keys, a page of one at a time.
async fn paged(index: &SearchIndex, sort: &Sort) -> Vec<String> {
    let mut keys: Vec<String> = vec![];
    loop {
        let query = query(sort.clone(), keys.last().map(String::as_str));
        let found = index.search(&query).await.unwrap();
        keys.extend(found.hits.into_iter().map(|hit| hit.key));
        if !found.more {
            return keys;
        }
        assert!(keys.len() < 20, "{keys:?}");
    }
}

/// All keys by the cursor of jobs, one at a time.
async fn walked(index: &SearchIndex) -> Vec<String> {
    let mut keys = vec![];
    let mut place = None;
    loop {
        let page = index
            .keys(
                &Condition::Everything,
                Partition::All,
                None,
                place.as_ref(),
                1,
            )
            .await
            .unwrap();
        keys.extend(page.keys);
        place = page.next;
        if place.is_none() {
            return keys;
        }
        assert!(keys.len() < 20, "{keys:?}");
    }
}

fn sorted(mut keys: Vec<String>) -> Vec<String> {
    keys.sort();
    keys
}

#[tokio::test]
async fn both_are_found_listed_and_told_apart() {
    let everybody = || {
        vec![
            person("K1", "Same", true, 0),
            person("k1", "Same", true, 0),
            person("kB", "Other", true, 0),
            person("Kb", "Same", false, 0),
            person("kb", "Same", false, 0),
            // Their keys are those of the first source.
            person("k1", "Theirs", true, 1),
            person("KB", "Theirs", true, 1),
        ]
    };
    let all = ["K1", "Kb", "k1", "kB", "kb"];
    let folder = tempfile::tempdir().unwrap();
    let at_once = built(folder.path(), of_two_sources(), everybody()).await;
    let folder = tempfile::tempdir().unwrap();
    let one_by_one = built(folder.path(), of_two_sources(), vec![]).await;
    let first = everybody().into_iter().filter(|upsert| upsert.source == 0);
    one_by_one
        .write(&first.collect::<Vec<_>>(), &[], None)
        .await
        .unwrap();
    let by = |field: &str, down| Sort::Fields(vec![(field.to_owned(), down)]);
    for index in [at_once, one_by_one] {
        for sort in [
            Sort::Natural,
            by("UserLogin", false),
            by("UserLogin", true),
            by("UserLastname", false),
            by("UserLastname", true),
        ] {
            assert_eq!(sorted(paged(&index, &sort).await), all, "{sort:?}");
        }
        assert_eq!(sorted(walked(&index).await), all);
        for key in all {
            assert_eq!(index.find(key).await.unwrap().unwrap().key, key);
        }
        assert!(index.find("KB").await.unwrap().is_some());
        assert_eq!(
            index.count(0).await.unwrap() + index.count(1).await.unwrap(),
            5
        );

        // What is put in is all there is of a key, in any case.
        index
            .write(
                &[person("k1", "New", true, 0), person("K1", "Same", true, 0)],
                &[],
                None,
            )
            .await
            .unwrap();
        assert_eq!(sorted(paged(&index, &Sort::Natural).await), all);
        index
            .write(&[person("K1", "Same", true, 0)], &[], None)
            .await
            .unwrap();
        assert_eq!(
            sorted(paged(&index, &Sort::Natural).await),
            ["K1", "Kb", "kB", "kb"]
        );
        assert_eq!(index.find("k1").await.unwrap().unwrap().key, "K1");
        index.write(&[], &["kb".into()], None).await.unwrap();
        assert_eq!(paged(&index, &Sort::Natural).await, ["K1"]);
    }
}
