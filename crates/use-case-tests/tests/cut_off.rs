//! Statements that nobody waits for any more, as when a browser hangs up.

use kartoteka_store::args;
use kartoteka_store::db::Db;
use kartoteka_testbed::{Engine, fresh_database};

#[tokio::test]
async fn a_transaction_that_is_cut_off_while_it_begins_swallows_no_later_write() {
    for engine in Engine::all() {
        let address = fresh_database(engine).await.unwrap();
        let (db, other) = (
            Db::open(&address).await.unwrap(),
            Db::open(&address).await.unwrap(),
        );
        db.execute("CREATE TABLE written (n INTEGER)", &[])
            .await
            .unwrap();
        let mut cut = 0;
        // A server on the same machine may answer before it can be cut off.
        for polls in (1..8).cycle().take(300) {
            // There is a connection, so that it is not opened first.
            db.fetch("SELECT 1", &[]).await.unwrap();
            let mut begin = Box::pin(db.begin());
            let mut begun = false;
            for _ in 0..polls {
                begun = begun || futures::poll!(&mut begin).is_ready();
                tokio::task::yield_now().await;
            }
            cut += u32::from(!begun);
            drop(begin);
            if cut == 7 {
                break;
            }
            if begun {
                // It is undone, and the next one is not cut off while it waits for that.
                db.begin().await.unwrap().commit().await.unwrap();
            }
        }
        assert!(cut > 0 || engine == Engine::Sqlite, "{}", engine.name());
        for n in 0..50 {
            db.execute("INSERT INTO written (n) VALUES (?)", &args![n])
                .await
                .unwrap();
        }
        let sql = format!("SELECT {} FROM written", other.engine().counted());
        let found = other.fetch(&sql, &[]);
        assert_eq!(
            found.await.unwrap()[0].maybe_int(0).unwrap(),
            Some(50),
            "{}",
            engine.name()
        );
        other.close().await;
    }
}

/// The server ends by itself what nobody waits for any more; a migration may take long all the same.
#[tokio::test]
async fn no_statement_on_a_server_is_without_an_end() {
    for engine in Engine::servers() {
        let address = fresh_database(engine).await.unwrap();
        let db = Db::open(&address).await.unwrap();
        let limit = match engine {
            Engine::Postgres => "SELECT current_setting('statement_timeout')",
            Engine::Mysql => "SELECT CAST(@@max_execution_time AS CHAR)",
            _ => "SELECT CAST(@@max_statement_time AS CHAR)",
        };
        let set = |rows: Vec<kartoteka_store::TextRow>| rows[0].text(0).to_owned();
        let before = set(db.fetch(limit, &[]).await.unwrap());
        assert!(before.starts_with("12"), "{}: {before}", engine.name());
        let mut tx = db.begin().await.unwrap();
        tx.execute_patiently("CREATE TABLE patient (n INTEGER)")
            .await
            .unwrap();
        tx.commit().await.unwrap();
        for _ in 0..20 {
            let after = set(db.fetch(limit, &[]).await.unwrap());
            assert_eq!(after, before, "{}", engine.name());
        }
        db.close().await;
    }
}
