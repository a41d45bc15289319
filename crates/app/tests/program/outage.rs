//! What happens when a database is not there: a clear answer in time, nothing half-written, and everything again once
//! it is back, without a restart.

use std::path::Path;
use std::time::{Duration, Instant};

use kartoteka_store::{Db, args};
use kartoteka_testbed::{Engine, Stoppable, fresh_database_on};
use serde_json::{Value, json};
use tempfile::tempdir;

use crate::http::Answer;
use crate::run::{Server, done, pause, program, token};

const PEOPLE: &str = "/api/v1/customer-users";

/// No request may take longer, whatever is down: the program's own patience, and some for a busy machine.
const LONGEST: Duration = Duration::from_secs(30);

fn person(login: &str) -> Value {
    json!({
        "UserLogin": login, "UserFirstname": "Anna", "UserLastname": "Nowak",
        "UserEmail": format!("{login}@acme-lab.org"), "UserCustomerID": "acme",
    })
}

/// Asks until the answer is as wished.
fn until(what: &str, asked: impl Fn() -> Answer, wished: impl Fn(&Answer) -> bool) -> Answer {
    let begun = Instant::now();
    loop {
        let answer = asked();
        if wished(&answer) {
            return answer;
        }
        assert!(
            begun.elapsed() < Duration::from_secs(90),
            "{what}: still {answer:?}"
        );
        pause(Duration::from_millis(200));
    }
}

/// A refusal that says what does not answer and when to come again, and came in time.
fn is_refused_in_time(asked: impl FnOnce() -> Answer) -> Answer {
    let begun = Instant::now();
    let answer = asked();
    assert!(
        begun.elapsed() < LONGEST,
        "{:?}: {answer:?}",
        begun.elapsed()
    );
    assert_eq!(answer.status, 503, "{answer:?}");
    assert!(!answer.header("retry-after").is_empty(), "{answer:?}");
    answer
}

/// Every one of them is there, found by a search, and the journal is whole.
fn holds(server: &Server, token: &str, logins: &[String]) {
    for login in logins {
        let found = server.get(&format!("{PEOPLE}/{login}"), Some(token));
        assert_eq!(found.status, 200, "{login} is lost: {found:?}");
    }
    let found = server.get(&format!("{PEOPLE}?search=nowak"), Some(token));
    assert!(
        found.json()["total"].as_u64() >= Some(logins.len() as u64),
        "{found:?}"
    );
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Runtime::new().unwrap()
}

fn whole_journal(data: &Path, options: &[&str]) {
    let verdict = done(data, &[&["journal", "verify", "--json"], options].concat()).json();
    assert_eq!(verdict["fault"], Value::Null, "{verdict}");
}

#[test]
fn a_database_server_that_goes_away_comes_back_without_a_restart() {
    for engine in Engine::servers() {
        let mut database = Stoppable::start(engine).unwrap().unwrap();
        let address = runtime().block_on(fresh_database_on(&database)).unwrap();
        let data = tempdir().unwrap();
        let data = data.path();
        let options = ["--database", address.as_str()];
        done(
            data,
            &[&["customer", "add", "acme", "--name", "Acme"], &options[..]].concat(),
        );
        let said = done(
            data,
            &[
                &["token", "add", "t", "--scope", "editor", "--json"],
                &options[..],
            ]
            .concat(),
        );
        let token = said.json()["token"].as_str().unwrap().to_owned();
        let server = Server::start(data, &["serve", "--database", &address]);
        let add = |login: &str| server.post(PEOPLE, &token, &person(login));

        // Somebody saves while it goes.
        let mut kept = vec![];
        std::thread::scope(|scope| {
            let writer = scope.spawn(|| {
                let mut kept = vec![];
                for number in 0.. {
                    let login = format!("w{number}");
                    match add(&login).status {
                        201 => kept.push(login),
                        503 => return kept,
                        status => panic!("{status} on {engine}"),
                    }
                }
                kept
            });
            pause(Duration::from_secs(2));
            database.stop().unwrap();
            kept.extend(writer.join().unwrap());
        });
        assert!(!kept.is_empty(), "{engine}");

        let refused = is_refused_in_time(|| add("x"));
        assert_eq!(
            refused.json()["type"],
            json!("urn:kartoteka:problem:unavailable")
        );
        is_refused_in_time(|| server.get("/health/ready", None));
        is_refused_in_time(|| server.get("/login", None));
        assert_eq!(server.get("/health/live", None).status, 200);

        database.start_again().unwrap();
        until(
            "ready again",
            || server.get("/health/ready", None),
            |answer| answer.status == 200,
        );
        holds(&server, &token, &kept);
        // What was refused is not there, so it can be sent again.
        assert_eq!(add("x").status, 201, "{engine}");
        whole_journal(data, &options);
    }
}

#[test]
fn a_database_server_that_hangs_holds_nobody_up() {
    for engine in Engine::servers() {
        let mut database = Stoppable::start(engine).unwrap().unwrap();
        let address = runtime().block_on(fresh_database_on(&database)).unwrap();
        let data = tempdir().unwrap();
        let server = Server::start(data.path(), &["serve", "--database", &address]);
        assert_eq!(server.get("/health/ready", None).status, 200);
        database.freeze().unwrap();
        is_refused_in_time(|| server.get("/health/ready", None));
        is_refused_in_time(|| server.get("/login", None));
        database.thaw().unwrap();
        until(
            "ready again",
            || server.get("/health/ready", None),
            |answer| answer.status == 200,
        );
    }
}

/// Makes a table that others keep their people in.
fn branch(address: &str) {
    runtime().block_on(async {
        let db = Db::open(address).await.unwrap();
        let sql = "CREATE TABLE branch (uname VARCHAR(100) PRIMARY KEY, fname VARCHAR(100), lname VARCHAR(100), \
                   mail VARCHAR(100), cid VARCHAR(100))";
        db.execute(sql, &[]).await.unwrap();
        let sql = "INSERT INTO branch VALUES (?, ?, ?, ?, ?)";
        let row = args!["bolek", "Bolek", "Filialny", "bolek@branch-lab.org", "acme"];
        db.execute(sql, &row).await.unwrap();
        db.close().await;
    });
}

#[test]
fn a_source_elsewhere_that_goes_away_leaves_the_others() {
    for engine in Engine::servers() {
        let mut elsewhere = Stoppable::start(engine).unwrap().unwrap();
        let address = runtime().block_on(fresh_database_on(&elsewhere)).unwrap();
        branch(&address);
        let data = tempdir().unwrap();
        let settings = format!(
            r#"[CustomerUser1]
Name = "Filia"
ReadOnly = true
CustomerKey = "uname"
CustomerID = "cid"
CustomerValid = ""
CustomerCompanySupport = false
CustomerUserListFields = ["fname", "lname", "mail"]
CustomerUserNameFields = ["fname", "lname"]
CustomerUserSearchFields = ["uname", "lname"]
CustomerUserPostMasterSearchFields = ["mail"]
Params = {{ Table = "branch", ForeignDB = true, DSN = "{address}" }}
Map = [["UserLogin", "Login", "uname", 1, 1], ["UserFirstname", "F", "fname", 1, 1], ["UserLastname", "L", "lname", 1, 1],
  ["UserEmail", "E", "mail", 1, 1], ["UserCustomerID", "C", "cid", 0, 1]]
"#
        );
        std::fs::write(data.path().join("kartoteka.toml"), settings).unwrap();
        let data = data.path();
        done(data, &["customer", "add", "acme", "--name", "Acme"]);
        let token = token(data, "t", "editor");
        let server = Server::start(data, &["serve"]);
        assert_eq!(server.post(PEOPLE, &token, &person("anna")).status, 201);
        let list = |search: &str| server.get(&format!("{PEOPLE}?search={search}"), Some(&token));
        let total = |answer: &Answer| answer.json()["total"].clone();
        until(
            "both are found",
            || list("*"),
            |answer| total(answer) == json!(2),
        );

        elsewhere.stop().unwrap();
        let answer = until(
            "it is missed",
            || list("nowak"),
            |answer| answer.json()["sources"][1]["unavailable_since"].is_string(),
        );
        assert_eq!(total(&answer), json!(1), "the others answer: {answer:?}");
        assert_eq!(
            answer.json()["sources"][0]["unavailable_since"],
            Value::Null
        );
        let begun = Instant::now();
        assert_eq!(
            server.get(&format!("{PEOPLE}/anna"), Some(&token)).status,
            200
        );
        assert!(
            begun.elapsed() < Duration::from_secs(3),
            "one that is known to be down is not waited for"
        );
        let change = json!({"UserPhone": "1"});
        let path = format!("{PEOPLE}/anna");
        let changed =
            crate::http::send(&server.address, "PATCH", &path, Some(&token), Some(&change));
        assert_eq!(changed.unwrap().status, 200, "the others are changed");
        assert_eq!(total(&list("nowak")), json!(1), "and searched");
        let known = server.get(&format!("{PEOPLE}/bolek"), Some(&token));
        assert_eq!(known.status, 200, "as last known: {known:?}");
        assert!(known.json()["unavailable_since"].is_string(), "{known:?}");
        // A login that it had is not given away, and one that it may have neither.
        let taken = server.post(PEOPLE, &token, &person("bolek"));
        assert_eq!(taken.status, 422, "{taken:?}");
        is_refused_in_time(|| server.post(PEOPLE, &token, &person("lolek")));

        // Started while it is down, with an index made from nothing.
        drop(server);
        for file in std::fs::read_dir(data).unwrap().flatten() {
            if file.file_name().to_string_lossy().contains(".index") {
                std::fs::remove_file(file.path()).unwrap();
            }
        }
        let server = Server::start(data, &["serve"]);
        let list = |search: &str| server.get(&format!("{PEOPLE}?search={search}"), Some(&token));
        until(
            "the others are found",
            || list("nowak"),
            |answer| total(answer) == json!(1),
        );

        elsewhere.start_again().unwrap();
        let found = until(
            "it is back",
            || list("filialny"),
            |answer| total(answer) == json!(1),
        );
        assert_eq!(
            found.json()["sources"][1]["unavailable_since"],
            Value::Null,
            "{engine}"
        );
        assert_eq!(
            server.get(&format!("{PEOPLE}/bolek"), Some(&token)).status,
            200
        );
    }
}

#[test]
fn a_locked_database_is_waited_for_and_then_said_to_be_busy() {
    let data = tempdir().unwrap();
    let data = data.path();
    done(data, &["customer", "add", "acme", "--name", "Acme"]);
    let token = token(data, "t", "editor");
    let server = Server::start(data, &["serve"]);
    let add = |login: &str| server.post(PEOPLE, &token, &person(login));
    assert_eq!(add("before").status, 201);
    let file = data.join("kartoteka.db");
    assert!(file.is_file(), "the database is {}", file.display());
    let runtime = runtime();
    let db = runtime
        .block_on(Db::open(&format!("sqlite://{}", file.display())))
        .unwrap();
    let held = runtime.block_on(db.begin()).unwrap();

    let refused = is_refused_in_time(|| add("meanwhile"));
    assert_eq!(
        refused.json()["type"],
        json!("urn:kartoteka:problem:unavailable")
    );
    assert_eq!(
        server.get(&format!("{PEOPLE}/before"), Some(&token)).status,
        200,
        "reading goes on"
    );
    // One who lets go soon is waited for.
    std::thread::scope(|scope| {
        let waiting = scope.spawn(|| add("waiting").status);
        pause(Duration::from_secs(1));
        {
            let _entered = runtime.enter();
            drop(held);
        }
        runtime.block_on(db.close());
        assert_eq!(waiting.join().unwrap(), 201);
    });
    assert_eq!(add("meanwhile").status, 201);
    holds(
        &server,
        &token,
        &["before", "waiting", "meanwhile"].map(str::to_owned),
    );
    whole_journal(data, &[]);
}

/// The system lets the program's files grow no further, as a full disk does; later it lets them again.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_refuses_what_it_can_not_keep() {
    use std::process::Command;

    let data = tempdir().unwrap();
    let data = data.path();
    done(data, &["customer", "add", "acme", "--name", "Acme"]);
    let [token, unused] = ["t", "u"].map(|name| token(data, name, "editor"));
    let free = program(data);
    let mut command = Command::new("sh");
    // In blocks of 512 bytes; a write beyond fails instead of ending the program.
    command.args(["-c", "trap '' XFSZ; ulimit -S -f 3000; exec \"$0\" \"$@\""]);
    command.arg(free.get_program()).args(free.get_args());
    command.args(["serve", "--listen", "127.0.0.1:0", "--log", "off"]);
    command.current_dir(data);
    let server = Server::spawn(command);
    let add = |login: &str| {
        let mut person = person(login);
        person["UserComment"] = json!("x".repeat(250));
        server.post(PEOPLE, &token, &person)
    };
    let mut kept = vec![];
    let refused = loop {
        let login = format!("p{}", kept.len());
        let answer = add(&login);
        match answer.status {
            201 => kept.push(login),
            _ => break answer,
        }
        assert!(kept.len() < 20_000, "the disk does not get full");
    };
    assert!(kept.len() > 10, "{refused:?}");
    assert_eq!(refused.status, 503, "{refused:?}");
    assert_eq!(
        refused.json()["type"],
        json!("urn:kartoteka:problem:unavailable")
    );
    for login in [&kept[0], &kept[kept.len() - 1]] {
        let found = server.get(&format!("{PEOPLE}/{login}"), Some(&token));
        assert_eq!(found.status, 200, "reading goes on: {found:?}");
    }
    // The first use of a token can't be noted, nor a last one.
    let found = server.get(&format!("{PEOPLE}?search=nowak"), Some(&unused));
    assert_eq!(found.status, 200, "{found:?}");
    let readiness = || server.get("/health/ready", None);
    let ready = readiness();
    assert!(
        ready.status == 200 && ready.body.contains("read-only"),
        "{ready:?}"
    );

    let raised = Command::new("prlimit")
        .args(["--pid", &server.id().to_string(), "--fsize=unlimited"])
        .status()
        .expect("prlimit, of util-linux");
    assert!(raised.success());
    assert_eq!(
        until(
            "there is room again",
            || add("later"),
            |answer| answer.status != 503
        )
        .status,
        201
    );
    let ready = readiness();
    assert!(!ready.body.contains("read-only"), "{ready:?}");
    kept.push("later".into());
    holds(&server, &token, &kept);
    drop(server);
    whole_journal(data, &[]);
}
