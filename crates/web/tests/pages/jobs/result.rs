//! Previews, progress, results, and the way back.

use kartoteka_directory::{Actor, JobChange, JobRelation, Role};
use kartoteka_jobs::{Jobs, Selection};

use super::{open, serve, shown};
use crate::pages::reception::Reception;

fn service(given: bool) -> Vec<JobChange> {
    vec![JobChange {
        relation: JobRelation::Service {
            service: "Poczta".into(),
        },
        given,
    }]
}

async fn ordered(pages: &Reception, logins: &[&str]) -> String {
    let logins = logins.iter().map(|login| (*login).to_owned()).collect();
    let job = Jobs::of(&pages.directory)
        .order_job(&Actor::operator(), Selection::Logins(logins), service(true))
        .await
        .expect("a job");
    format!("/jobs/{}", job.id)
}

#[tokio::test]
async fn a_running_job_shows_how_far_it_is_and_is_stopped() {
    let pages = open().await;
    let path = ordered(&pages, &["jan", "zaneta"]).await;
    let running = pages.get(&path).await;
    assert!(
        running.has("<progress") && running.has("max=\"2\" value=\"0\""),
        "{}",
        running.text
    );
    assert!(
        running.has("<noscript><meta http-equiv=\"refresh\""),
        "without scripts it loads itself"
    );
    assert!(running.has("data-poll=\"1500\""));
    let part = pages.fragment(&path, "job").await;
    assert!(part.has("<progress") && !part.has("<main"), "{}", part.text);
    let list = pages.get("/jobs").await;
    assert!(list.has("w toku") && list.has("0 / 2") && list.has(&format!("href=\"{path}\"")));
    let stopped = pages.post(&format!("{path}/stop"), &[]).await;
    assert_eq!(stopped.location(), "/jobs");
    let stopped = pages.get(&path).await;
    assert!(
        stopped.has("data-state=\"stopped\"") && stopped.has("2 niewykonane"),
        "{}",
        stopped.text
    );
    assert!(!stopped.has("http-equiv") && !stopped.has(&format!("{path}/undo")));
}

#[tokio::test]
async fn results_are_filtered_downloaded_and_taken_back() {
    let pages = open().await;
    serve(&pages);
    let path = ordered(&pages, &["jan", "=1+1", "zaneta"]).await;
    let done = shown(&pages, &path, "data-state=\"done\"").await;
    assert!(
        done.has("zmieniono 2 osoby") && done.has("jedna odrzucona"),
        "{}",
        done.text
    );
    let refused = pages.get(&format!("{path}?state=refused")).await;
    assert!(
        refused.has("=1+1") && !refused.has("zaneta"),
        "{}",
        refused.text
    );
    let file = pages.get(&format!("{path}/result.csv")).await;
    let disposition = file.headers["content-disposition"]
        .to_str()
        .expect("a text");
    assert!(disposition.contains(".csv"));
    let lines: Vec<&str> = file.text.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(lines.len(), 4, "{}", file.text);
    assert!(lines[0].starts_with("\"Nazwa użytkownika\";\"Stan\""));
    assert!(
        lines[2].starts_with("\"'=1+1\";\"odrzucone\";"),
        "{}",
        lines[2]
    );
    let some = pages.get(&format!("{path}/result.csv?state=changed")).await;
    assert_eq!(some.text.lines().count(), 3);

    let undo = pages.post(&format!("{path}/undo"), &[]).await;
    let undoing = undo.location().to_owned();
    let preview = pages.get(&undoing).await;
    assert!(
        preview.has("<strong>2</strong> osoby zostaną zmienione"),
        "{}",
        preview.text
    );
    assert!(preview.has(&format!("href=\"{path}\"")));
    pages.post(&format!("{undoing}/start"), &[]).await;
    shown(&pages, &undoing, "data-state=\"done\"").await;
    let first = pages.get(&path).await;
    assert!(first.has(&format!("href=\"{undoing}\"")), "{}", first.text);
    let journal = pages.get("/journal").await;
    assert!(journal.has("rozpoczęto · zadanie"), "{}", journal.text);
    assert!(
        journal.has(&format!("href=\"{path}\">Zadanie 1")),
        "{}",
        journal.text
    );
    // What a job did is one entry for everybody, and of one person an entry of theirs.
    let of_job = format!("href=\"{path}\">Zadanie 1</a> · 2 wpisy");
    assert!(journal.has(&of_job), "{}", journal.text);
    let of_one = pages.get("/journal?key=jan&kind=relation").await;
    assert!(!of_one.has("wpisy</div>"), "{}", of_one.text);
    let file = pages.get("/journal.csv?who=ewa&since=2020-01-01").await;
    assert_eq!(file.header("content-type"), "text/csv; charset=utf-8");
    let by_job = file.text.lines().filter(|line| line.ends_with(";\"2\""));
    assert_eq!(by_job.count(), 2, "{}", file.text);
    assert!(file.text.contains("Poczta"), "{}", file.text);
    let wrong = pages.get("/journal?since=2020-13-01&who=ewa").await;
    assert!(
        wrong.has("since-error") && wrong.has("value=\"ewa\""),
        "{}",
        wrong.text
    );
    let only = pages.get("/journal?kind=job").await;
    assert!(
        only.has("rozpoczęto · zadanie") && !only.has("użytkownik klienta <a"),
        "{}",
        only.text
    );
}

#[tokio::test]
async fn only_whoever_planned_a_job_starts_it() {
    let pages = open().await;
    let operator = Actor::operator();
    let logins = Selection::Logins(vec!["jan".into()]);
    let job = Jobs::of(&pages.directory)
        .make_job(&operator, logins, service(true))
        .await
        .expect("a job");
    let within = std::time::Duration::from_secs(30);
    let prepared = Jobs::of(&pages.directory).prepare_job(&operator, job.id, within);
    prepared.await.expect("a preview");
    let path = format!("/jobs/{}", job.id);
    let shown = pages.get(&path).await;
    assert!(shown.has("może rozpocząć tylko osoba") && !shown.has(&format!("{path}/start")));
    let start = pages.post(&format!("{path}/start"), &[]).await;
    assert_eq!(start.status, axum::http::StatusCode::FORBIDDEN);
    let editor = pages.colleague("ola", Role::Editor).await;
    let stop = editor.post(&format!("{path}/stop"), &[]).await;
    assert_eq!(stop.status, axum::http::StatusCode::FORBIDDEN);
    let discarded = pages.post(&format!("{path}/stop"), &[]).await;
    assert_eq!(discarded.location(), "/jobs");
    // It was never at work, so nothing stopped it.
    for path in ["/jobs", path.as_str()] {
        let shown = pages.get(path).await;
        let said = shown.has("odrzucone") && !shown.has("zatrzymane");
        assert!(said, "{path}: {}", shown.text);
    }
}
