//! No page of access asks once for each row: as many statements for fifty as for five.
//!
//! A program of its own, since what it listens to is the whole process.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

#[path = "../shell/app.rs"]
#[allow(dead_code, reason = "the other tests need more of it")]
mod app;
#[path = "../race.rs"]
#[allow(dead_code, reason = "the other tests need it")]
mod race;
#[path = "../served.rs"]
#[allow(dead_code, reason = "the other tests need more of it")]
mod served;
mod world;

use axum::http::Method;
use kartoteka_testbed::statements;
use world::{PAGES, World};

/// Addresses in REST, below `/api/v1`.
const REST: [&str; 30] = [
    "/customer-users/p0/permissions",
    "/customer-users/p0/permissions?group=g0&permission=rw",
    "/customer-users/p0/permissions?as_of=2030-03-17",
    "/customer-users/p0/permissions?as_of=2030-03-17&compare=2030-03-22",
    "/customer-users/p0/customers",
    "/customer-users/p0/services",
    "/customer-users/p0/reach",
    "/customer-users/p0/history",
    "/customers/C0/permissions",
    "/customers/C0/permissions?as_of=2030-03-17",
    "/customers/C0/people",
    "/customers/C1/people",
    "/groups",
    "/groups/g0",
    "/groups/g0/history",
    "/groups/g0/permissions?permission=ro",
    "/groups/g0/permissions?permission=ro&as_of=2030-03-17",
    "/groups/g0/permissions?permission=ro&as_of=2030-03-17&compare=2030-03-22",
    "/groups/g0/customers?permission=ro",
    "/services",
    "/services/s0/people",
    "/default-services",
    "/settings/access",
    "/jobs",
    "/jobs/1/items",
    "/job-templates",
    "/reviews",
    "/reviews/1/items",
    "/reviews/1/export",
    "/journal",
];

/// How many statements each address runs.
async fn counted(world: &World) -> Vec<(String, Vec<String>)> {
    let mut counts = vec![];
    let rest = REST.map(|path| format!("/api/v1{path}"));
    let undo = format!("/journal/{}/undo", world.batch);
    let paths = PAGES.map(str::to_owned).into_iter().chain(rest);
    for path in paths.chain([undo]) {
        // What was saved just now is followed first.
        for _ in 0..2 {
            let (page, mut run) = statements(world.get(&path)).await;
            run.retain(|sql| !halves(sql));
            assert!(page.status.is_success(), "{path}: {}", page.text);
            counts.push((path.clone(), run));
        }
        let warm = counts.len() - 2;
        counts.remove(warm);
    }
    for (path, body) in world.dry_runs() {
        let headers = [
            ("authorization", world.bearer.as_str()),
            ("content-type", "application/json"),
            ("sec-fetch-site", "same-origin"),
        ];
        let path = format!("/api/v1{path}?dry_run=true");
        let sent = world
            .app
            .send(Method::POST, &path, &headers, body.to_string());
        let (reply, run) = statements(sent).await;
        assert!(reply.status.is_success(), "{path}: {}", reply.text);
        counts.push((format!("{path} {}", body["changes"][0]["relation"]), run));
    }
    counts
}

/// So many statements may be asked for fifty rows that are not asked for five.
const WAYS: usize = 5;

#[tokio::test]
async fn as_many_statements_for_fifty_rows_as_for_five() {
    let few = counted(&World::of(5).await).await;
    let many = counted(&World::of(50).await).await;
    let mut faults = vec![];
    for ((path, few), (_, many)) in few.iter().zip(&many) {
        // Some ways are only taken where there are enough rows; one statement for each would make forty-five more.
        if many.len() > few.len() + WAYS {
            let more = more(few, many);
            faults.push(format!("{path}: {} and {}{more}", few.len(), many.len()));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(few.iter().all(|(_, run)| !run.is_empty()), "all were heard");
}

/// Whether a statement is one of those that halve their way to a moment in the journal: there are more of them the longer
/// it is.
fn halves(sql: &str) -> bool {
    sql.ends_with("FROM kt_journal WHERE id <= ? ORDER BY id DESC LIMIT 1")
}

/// The statements that were run more often for many rows than for few.
fn more(few: &[String], many: &[String]) -> String {
    let mut times = std::collections::BTreeMap::new();
    let runs = few.iter().map(|sql| (sql, -1));
    for (sql, one) in runs.chain(many.iter().map(|sql| (sql, 1))) {
        *times.entry(sql).or_insert(0) += one;
    }
    let more = times.iter().filter(|(_, times)| **times > 0);
    more.map(|(sql, times)| format!("\n    {times} × {sql}"))
        .collect()
}
