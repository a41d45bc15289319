//! Connections that are lent by PgBouncer.

use std::process::Stdio;
use std::time::Duration;

use kartoteka_testbed::{Engine, PgBouncer, Pooling, fresh_database};

use super::desk::{Node, at_port, holds, port, runtime, while_written};
use crate::run::{pause, program};

#[test]
#[ignore = "cargo xtask cluster"]
fn a_pool_that_lends_connections_for_a_session_is_used_as_a_server() {
    let address = runtime()
        .block_on(fresh_database(Engine::Postgres))
        .unwrap();
    let pool = PgBouncer::start(Pooling::Session, port(&address)).unwrap();
    let node = Node::start(&at_port(&address, pool.port()));
    let token = node.prepare();
    let told = while_written(&[&node.server.address], &token, 4, "w", || {
        pause(Duration::from_secs(3));
    });
    assert_eq!(told.other, []);
    holds(&node, &token, &told.kept);
}

#[test]
#[ignore = "cargo xtask cluster"]
fn a_pool_that_lends_them_for_a_transaction_is_refused_by_name() {
    let address = runtime()
        .block_on(fresh_database(Engine::Postgres))
        .unwrap();
    let pool = PgBouncer::start(Pooling::Transaction, port(&address)).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let mut command = program(folder.path());
    let address = at_port(&address, pool.port());
    command.args(["check", "--database", &address]);
    let said = command.stdin(Stdio::null()).output().unwrap();
    let words =
        String::from_utf8_lossy(&said.stdout).into_owned() + &String::from_utf8_lossy(&said.stderr);
    assert!(!said.status.success(), "{words}");
    assert!(words.contains("session"), "{words}");
}
