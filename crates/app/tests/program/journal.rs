//! A journal that somebody wrote to: what is said of it, and how programs end.

use std::path::Path;

use kartoteka_store::Db;
use tempfile::tempdir;

use crate::run::{done, run};

/// Runs a statement on an embedded database that nobody serves.
fn tamper(data: &Path, sql: &str) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let file = data.join("kartoteka.db");
        let db = Db::open(&format!("sqlite://{}", file.display()))
            .await
            .unwrap();
        db.execute(sql, &[]).await.unwrap();
        db.close().await;
    });
}

/// A directory with three entries in its journal.
fn written(data: &Path) {
    for customer in ["acme", "bono", "ceko"] {
        done(data, &["customer", "add", customer, "--name", customer]);
    }
}

#[test]
fn verify_names_the_last_entry_of_a_sound_journal() {
    let data = tempdir().unwrap();
    let data = data.path();
    written(data);
    let said = done(data, &["journal", "verify", "--json"]).json();
    assert_eq!(said["entries"], 3);
    assert_eq!(said["fault"], serde_json::Value::Null);
    assert_eq!(said["last"]["entry"], 3);
    let hash = said["last"]["hash"].as_str().unwrap();
    assert_eq!(hash.len(), 64);
    let said = done(data, &["journal", "verify"]).out;
    assert!(said.contains("3 entries, unbroken"), "{said}");
    assert!(
        said.contains(&format!("entry 3 with the hash {hash}")),
        "{said}"
    );
}

#[test]
fn verify_and_restore_refuse_a_faulty_journal() {
    for (sql, entry, fault, text) in [
        (
            "UPDATE kt_journal SET who = 'x' WHERE id = 2",
            2,
            "tampered",
            "entry 2 was tampered with",
        ),
        (
            "DELETE FROM kt_journal WHERE id = 2",
            2,
            "missing",
            "entry 2 does not follow its predecessor",
        ),
        (
            "DELETE FROM kt_journal WHERE id = 3",
            3,
            "end-missing",
            "entry 3 is missing, and so is all that followed it",
        ),
        (
            "DELETE FROM kt_journal",
            1,
            "end-missing",
            "entry 1 is missing, and so is all that followed it",
        ),
    ] {
        let (data, elsewhere) = (tempdir().unwrap(), tempdir().unwrap());
        let data = data.path();
        written(data);
        tamper(data, sql);
        let said = run(data, &["journal", "verify"]);
        assert_eq!(said.exit, 1, "{sql}: {said:?}");
        assert!(said.out.contains(text), "{sql}: {said:?}");
        let said = run(data, &["journal", "verify", "--json"]);
        assert_eq!(said.exit, 1, "{sql}: {said:?}");
        let wanted = serde_json::json!({"entry": entry, "fault": fault});
        assert_eq!(said.json()["fault"], wanted, "{sql}");

        let copy = elsewhere.path().join("copy.db");
        let copy = copy.to_str().unwrap();
        done(data, &["backup", copy]);
        let new = elsewhere.path().join("new");
        std::fs::create_dir(&new).unwrap();
        let said = run(&new, &["restore", copy]);
        assert_eq!(said.exit, 1, "{sql}: {said:?}");
        let broken = format!("the journal is broken at entry {entry}");
        assert!(said.out.contains(&broken), "{sql}: {said:?}");
    }
}
