//! What saves do to a large index.

use std::collections::BTreeMap;

use kartoteka_model::{Record, TextMode};

use super::{Customers, IndexLayout, IndexedSource, Put, SearchIndex};

fn layout() -> IndexLayout {
    IndexLayout {
        sources: vec![IndexedSource {
            id: "CustomerUser".into(),
            mode: TextMode::Folded,
            valid_field: None,
            customers: Customers::default(),
        }],
        fields: vec!["UserLogin".into()],
        free: vec!["UserLogin".into()],
        key: "UserLogin".into(),
        order: vec!["UserLogin".into()],
    }
}

fn put(number: usize) -> Put {
    let mut record = Record::default();
    record.set("UserLogin", format!("user{}", number * 7919 % 1_000_003));
    Put { source: 0, record }
}

/// The pages of each segment of a full-text table.
async fn segments(index: &SearchIndex) -> BTreeMap<i64, i64> {
    let sql = "SELECT CAST(id >> 37 AS TEXT), CAST(count(*) AS TEXT) FROM free_data WHERE id > 10 GROUP BY id >> 37";
    let rows = index.db.fetch(sql, &[]).await.unwrap();
    rows.iter()
        .map(|row| (row.int(0).unwrap(), row.int(1).unwrap()))
        .collect()
}

#[tokio::test]
async fn saves_make_few_segments_and_leave_the_large_one_alone() {
    let folder = tempfile::tempdir().unwrap();
    let index = SearchIndex::open(&folder.path().join("people.index"), layout())
        .await
        .unwrap();
    let mut builder = index.build().await.unwrap();
    let many = super::build::DEEPENING + 3000;
    builder.add((0..many).map(put).collect()).await.unwrap();
    builder.finish(0, |_| {}).await.unwrap();
    let built = segments(&index).await;
    assert_eq!(built.len(), 1, "{built:?}");

    for number in many..many + 1500 {
        index.write(&[put(number)], &[], None).await.unwrap();
    }
    let after = segments(&index).await;
    for (segment, pages) in built {
        assert_eq!(after.get(&segment), Some(&pages), "{after:?}");
    }
    assert!(after.len() <= 20, "{after:?}");
}
