use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use super::*;
use kartoteka_store::db::Db;

fn logins(records: impl IntoIterator<Item = usize>) -> Vec<String> {
    let logins = records.into_iter().map(|number| upsert(number).record);
    let mut logins: Vec<String> = logins.map(|one| one.get("UserLogin").to_owned()).collect();
    logins.sort();
    logins
}

async fn found(index: &SearchIndex, limit: u32) -> Vec<String> {
    let query = Query {
        condition: Condition::Everything,
        partition: Partition::All,
        sort: Sort::Natural,
        limit,
        offset: 0,
        after: None,
        count_to: 10,
    };
    let found = index.search(&query).await.unwrap();
    found.hits.into_iter().map(|hit| hit.key).collect()
}

#[tokio::test]
async fn one_answers_while_another_is_made_and_every_process_goes_over() {
    let folder = tempfile::tempdir().unwrap();
    let files = || IndexFiles::new(folder.path(), "people", layout());
    let mine = made(&files(), vec![upsert(1)]).await;
    let theirs = files().open().await.unwrap();
    let mut builder = files().build().await.unwrap();
    builder.add(vec![upsert(2)], "some".into()).await.unwrap();
    mine.write(&[upsert(3)], &[], Some(5)).await.unwrap();
    assert_eq!(found(&theirs, 9).await, logins([1, 3]));
    let new = builder.make(&[]).await.unwrap();
    assert!(!theirs.progress().await.unwrap().is_replaced);
    files().replace(&mine, &new).await.unwrap();
    builder.finish().await.unwrap();

    // What they have open is gone from the folder, and answers still.
    for old in [&mine, &theirs] {
        assert_eq!(found(old, 9).await, logins([1, 3]));
        let progress = old.progress().await.unwrap();
        assert!(progress.is_replaced && progress.position == Some(5));
    }
    let newer = files().newer(&theirs).await.unwrap().unwrap();
    assert!(newer.is_newer(&theirs) && !newer.is_newer(&new));
    assert_eq!(found(&newer, 9).await, logins([2]));
    assert!(files().newer(&newer).await.unwrap().is_none());
    let names: Vec<String> = sizes(folder.path()).into_keys().collect();
    let of_new = |name: &&String| name.contains(".3.index");
    let locks = [".index.lock", ".index.opening", ".index.used"];
    let rest = names.iter().filter(|name| !of_new(name));
    assert!(
        rest.clone().count() == 3
            && rest
                .clone()
                .all(|name| locks.iter().any(|lock| name.ends_with(lock))),
        "{names:?}"
    );
    #[cfg(unix)]
    for name in names.iter().filter(of_new) {
        let of_file = std::fs::metadata(folder.path().join(name)).unwrap();
        let mode = std::os::unix::fs::PermissionsExt::mode(&of_file.permissions());
        assert_eq!(mode & 0o077, 0, "{name} is for nobody else");
    }
    // Nothing of it comes back.
    mine.close().await;
    theirs.close().await;
    assert_eq!(sizes(folder.path()).into_keys().collect::<Vec<_>>(), names);
}

#[tokio::test]
async fn files_of_other_settings_go_unless_one_is_being_made_or_used() {
    let folder = tempfile::tempdir().unwrap();
    let mut other = layout();
    other.fields.push("UserCity".into());
    let other = IndexFiles::new(folder.path(), "people", other);
    let files = IndexFiles::new(folder.path(), "people", layout());
    for name in ["people.index", "people.index-wal", "persons.index"] {
        std::fs::write(folder.path().join(name), "of an older version").unwrap();
    }
    let theirs = made(&other, vec![upsert(1)]).await;
    let builder = other.build().await.unwrap();
    other.let_go();
    let mine = made(&files, vec![upsert(2)]).await;
    let has = |part: &str| sizes(folder.path()).keys().any(|name| name.contains(part));
    let stem = |files: &IndexFiles| files.layout.fingerprint()[..8].to_owned();
    assert!(has(&stem(&other)) && has(&stem(&files)) && has("persons"));
    assert!(!has("people.index"), "{:?}", sizes(folder.path()));
    let again = other.open().await.unwrap();
    drop(builder);
    made(&files, vec![upsert(2)]).await;
    assert!(has(&stem(&other)), "it is open");
    assert_eq!(found(&again, 9).await, logins([1]));
    other.let_go();
    files.tidy().unwrap();
    assert!(!has(&stem(&other)), "{:?}", sizes(folder.path()));
    assert_eq!(found(&theirs, 9).await, logins([1]));
    drop(mine);
}

#[tokio::test]
async fn a_file_that_cannot_be_read_gets_another_one_beside_it() {
    let folder = tempfile::tempdir().unwrap();
    let files = IndexFiles::new(folder.path(), "people", layout());
    made(&files, vec![upsert(1)]).await.close().await;
    let name = sizes(folder.path())
        .into_keys()
        .find(|name| name.ends_with(".2.index"));
    std::fs::write(folder.path().join(name.unwrap()), "-".repeat(9000)).unwrap();
    let index = files.open().await.unwrap();
    assert_eq!(index.meta("built").await.unwrap(), None);
    assert_eq!(found(&index, 9).await, logins([]));
}

/// Stops the making at each stage, as the end of the program does, and goes on.
#[tokio::test]
async fn what_was_read_and_written_stays_when_the_making_is_cut_off() {
    const MANY: usize = 60_000;
    const PORTION: usize = 5_000;
    let folder = tempfile::tempdir().unwrap();
    let files = IndexFiles::new(folder.path(), "people", layout());
    files.open().await.unwrap();
    let mut builder = files.build().await.unwrap();
    assert_eq!(builder.note(), None);
    for number in 0..5 {
        let some = (number * PORTION..(number + 1) * PORTION).map(upsert);
        builder
            .add(some.collect(), number.to_string())
            .await
            .unwrap();
    }
    drop(builder);
    let mut builder = files.build().await.unwrap();
    // The last portion was in a transaction that is lost.
    assert_eq!((builder.note(), builder.read()), (Some("3"), 20_000));
    for number in 4..MANY / PORTION {
        let some = (number * PORTION..(number + 1) * PORTION).map(upsert);
        builder
            .add(some.collect(), number.to_string())
            .await
            .unwrap();
    }
    let made = files.beside("made");
    let written = async || {
        let db = Db::open_making(&made).await.unwrap();
        let rows = db
            .fetch("SELECT CAST(count(*) AS TEXT) FROM doc", &[])
            .await;
        db.close().await;
        // Cut off before there was a table.
        rows.map_or(0, |rows| rows[0].int(0).unwrap())
    };
    let longest_log = AtomicU64::new(0);
    let until = async |size: u64| {
        loop {
            tokio::time::sleep(Duration::from_millis(5)).await;
            let files = sizes(folder.path());
            let is_log = |name: &str| name.ends_with("-journal") || name.ends_with("-wal");
            let logs = files.iter().filter(|(name, _)| is_log(name));
            let longest = logs.map(|(_, size)| *size).max().unwrap_or(0);
            longest_log.fetch_max(longest, Ordering::Relaxed);
            let made = files.iter().find(|(name, _)| name.ends_with("made"));
            if made.is_some_and(|(_, made)| *made > size) {
                return;
            }
        }
    };
    let mut seen = vec![];
    let mut size = 0;
    let index = loop {
        tokio::select! {
            index = builder.make(&[]) => break index.unwrap(),
            () = until(size) => {}
        }
        size += 4 << 20;
        drop(builder);
        builder = files.build().await.unwrap();
        assert_eq!(builder.read(), MANY as u64);
        seen.push(written().await);
    };
    builder.finish().await.unwrap();
    assert!(
        seen.is_sorted() && seen.iter().any(|rows| *rows > 0),
        "{seen:?}"
    );
    let longest_log = longest_log.into_inner();
    assert!(longest_log < 16 << 20, "{longest_log}");
    let mut keys = found(&index, MANY as u32 + 1).await;
    assert!(keys.is_sorted());
    keys.dedup();
    assert_eq!(keys.len(), MANY);
    let like = Query {
        condition: Condition::Matches {
            fields: vec!["UserLogin".into()],
            pattern: Pattern::contains("user1234"),
        },
        partition: Partition::Valid,
        sort: Sort::Natural,
        limit: 1000,
        offset: 0,
        after: None,
        count_to: 10,
    };
    let hits = index.search(&like).await.unwrap().hits;
    let expected = logins(0..MANY)
        .into_iter()
        .filter(|login| login.contains("user1234"));
    assert_eq!(
        hits.into_iter().map(|hit| hit.key).collect::<Vec<_>>(),
        expected.collect::<Vec<_>>()
    );
    assert_eq!(index.count(0).await.unwrap(), MANY as u64);
    // Nothing is left of it.
    assert!(
        sizes(folder.path())
            .keys()
            .all(|name| !name.ends_with("made") && !name.ends_with("stage"))
    );
}

#[tokio::test]
async fn files_of_what_was_read_so_far_answer_meanwhile() {
    let folder = tempfile::tempdir().unwrap();
    let files = IndexFiles::new(folder.path(), "people", layout());
    files.open().await.unwrap();
    let mut builder = files.build().await.unwrap();
    builder
        .add((0..100).map(upsert).collect(), "some".into())
        .await
        .unwrap();
    let some = builder.make(&[]).await.unwrap();
    assert_eq!(found(&some, 500).await, logins(0..100));
    builder
        .add((50..300).map(upsert).collect(), "all".into())
        .await
        .unwrap();
    let all = builder.make(&[]).await.unwrap();
    assert_eq!(found(&all, 500).await, logins(0..300));
    assert!(all.is_newer(&some));
    builder.restart().await.unwrap();
    assert_eq!((builder.note(), builder.read()), (None, 0));
}
