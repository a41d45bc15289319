//! Backup while the server runs, and restoring.

use tempfile::tempdir;

use crate::run::{Server, bare, done, run, token};

#[test]
fn a_backup_restores_into_an_empty_directory() {
    let (data, elsewhere) = (tempdir().unwrap(), tempdir().unwrap());
    let server = Server::start(data.path(), &["demo", "--people", "50"]);
    let token = token(data.path(), "kept", "reader");
    let file = elsewhere.path().join("copy.db");
    let file = file.to_str().unwrap();
    let made = done(data.path(), &["backup", file, "--json"]).json();
    assert_eq!(made["file"], file);
    assert_eq!(made["bytes"], std::fs::metadata(file).unwrap().len());
    let refused = run(data.path(), &["backup", file, "--json"]);
    assert_eq!(refused.exit, 4);
    // What comes after the backup is not in it.
    done(
        data.path(),
        &["customer", "add", "later", "--name", "Later"],
    );
    drop(server);

    let new = elsewhere.path().join("new");
    std::fs::create_dir(&new).unwrap();
    let said = done(&new, &["restore", file]);
    assert!(said.out.contains("unbroken"), "{said:?}");
    assert_eq!(run(&new, &["restore", file]).exit, 4);
    let restored = Server::start(&new, &["serve"]);
    let people = restored.get("/api/v1/customer-users?valid=all", Some(&token));
    assert_eq!(people.json()["total"], 50);
    assert_eq!(
        restored.get("/api/v1/customers/later", Some(&token)).status,
        404
    );
}

#[test]
fn a_directory_gets_a_file_with_the_time() {
    let (data, folder) = (tempdir().unwrap(), tempdir().unwrap());
    done(data.path(), &["migrate"]);
    done(data.path(), &["backup", folder.path().to_str().unwrap()]);
    let names: Vec<_> = folder
        .path()
        .read_dir()
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(names.len(), 1);
    assert!(
        names[0].to_string_lossy().starts_with("kartoteka-20"),
        "{names:?}"
    );
}

#[test]
fn what_is_no_backup_or_damaged_is_refused_and_nothing_is_left() {
    let (data, elsewhere) = (tempdir().unwrap(), tempdir().unwrap());
    let file = elsewhere.path().join("x.db");
    std::fs::write(&file, "no database at all").unwrap();
    assert_eq!(
        run(data.path(), &["restore", file.to_str().unwrap()]).exit,
        1
    );

    let good = tempdir().unwrap();
    done(good.path(), &["migrate"]);
    let copy = elsewhere.path().join("good.db");
    done(good.path(), &["backup", copy.to_str().unwrap()]);
    let mut bytes = std::fs::read(&copy).unwrap();
    bytes[8192..40_000].fill(0x5a);
    std::fs::write(&file, bytes).unwrap();
    assert_eq!(
        run(data.path(), &["restore", file.to_str().unwrap()]).exit,
        1
    );
    assert_eq!(data.path().read_dir().unwrap().count(), 0);
}

#[test]
fn other_databases_are_left_to_their_own_tools() {
    let data = tempdir().unwrap();
    let said = run(
        data.path(),
        &[
            "backup",
            "x",
            "--database",
            "postgres://nobody@127.0.0.1:1/none",
        ],
    );
    assert_eq!(said.exit, 1);
    assert!(said.err.contains("pg_dump"), "{said:?}");
}

#[test]
fn indexes_of_an_earlier_database_do_not_answer_for_the_restored_one() {
    let (data, elsewhere) = (tempdir().unwrap(), tempdir().unwrap());
    let data = data.path();
    done(data, &["customer", "add", "kept", "--name", "Kept"]);
    let file = elsewhere.path().join("copy.db");
    done(data, &["backup", file.to_str().unwrap()]);
    done(data, &["customer", "add", "later", "--name", "Later"]);
    assert_eq!(
        done(data, &["customer", "list", "--json"]).json()["total"],
        2
    );
    std::fs::remove_file(data.join("kartoteka.db")).unwrap();
    done(data, &["restore", file.to_str().unwrap()]);
    assert_eq!(
        done(data, &["customer", "list", "--json"]).json()["total"],
        1
    );
    let again = tempdir().unwrap();
    let said = done(again.path(), &["restore", file.to_str().unwrap(), "--json"]).json();
    assert_eq!(
        said["journal"]["broken_at"],
        serde_json::Value::Null,
        "{said}"
    );
    assert!(said["journal"]["entries"].as_u64().unwrap() > 0, "{said}");
}

/// Whoever made the file may have put anything into it.
#[tokio::test]
async fn what_does_not_belong_into_a_backup_is_refused_and_nothing_is_left() {
    use kartoteka_store::Db;
    let (source, elsewhere) = (tempdir().unwrap(), tempdir().unwrap());
    let add = ["customer", "add", "kept", "--name", "Kept"];
    done(source.path(), &add);
    let good = elsewhere.path().join("good.db");
    done(source.path(), &["backup", good.to_str().unwrap()]);
    for (statement, named) in [
        (
            "CREATE TRIGGER evil AFTER INSERT ON kt_journal BEGIN DELETE FROM kt_journal; END",
            "trigger \"evil\"",
        ),
        ("CREATE VIEW shown AS SELECT 1 AS one", "view \"shown\""),
        ("CREATE TABLE theirs (a TEXT)", "table \"theirs\""),
        ("CREATE VIRTUAL TABLE found USING fts5 (a)", "table \"found"),
        (
            "UPDATE customer_company SET name = CAST(x'4bff70' AS TEXT)",
            "table customer_company holds a text in row 1",
        ),
        ("DROP TABLE kt_state", "no directory"),
    ] {
        let bad = elsewhere.path().join("bad.db");
        std::fs::copy(&good, &bad).unwrap();
        let db = Db::open(&format!("sqlite://{}", bad.display()))
            .await
            .unwrap();
        db.execute(statement, &[]).await.unwrap();
        db.close().await;
        let data = tempdir().unwrap();
        for folder in [data.path().to_owned(), data.path().join("new")] {
            let mut restore = bare();
            restore.current_dir(data.path()).arg("--data").arg(&folder);
            let said = restore.arg("restore").arg(&bad).output().unwrap();
            assert_eq!(said.status.code(), Some(1), "{said:?}");
            let told = String::from_utf8_lossy(&said.stderr);
            assert!(told.contains(named), "{statement}: {told}");
            assert_eq!(data.path().read_dir().unwrap().count(), 0, "{statement}");
        }
    }
    // What is of a later version is found only when it is opened.
    let db = Db::open(&format!("sqlite://{}", good.display()))
        .await
        .unwrap();
    let later = "UPDATE kt_state SET value = '99999' WHERE name = 'version'";
    db.execute(later, &[]).await.unwrap();
    db.close().await;
    let data = tempdir().unwrap();
    let said = run(data.path(), &["restore", good.to_str().unwrap()]);
    assert_eq!(said.exit, 1, "{said:?}");
    assert_eq!(data.path().read_dir().unwrap().count(), 0, "{said:?}");
}
