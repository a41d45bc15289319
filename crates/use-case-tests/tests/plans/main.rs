//! No page reads a whole table, and none asks once for each row: what the engines say that they will do for the
//! statements that are really run.

#![recursion_limit = "256"]
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

mod access;
mod changes;
mod desk;
mod explain;
mod jobs;
mod past;
mod relations;
mod rename;
mod reviews;

use desk::Desk;
use kartoteka_directory::{
    Actor, Criterion, Direction, Fields, Kind, Lookup, Order, Search, ValidFilter,
};
use kartoteka_model::CustomerUserSource;
use kartoteka_records::Records;
use kartoteka_store::Engine as Dialect;
use kartoteka_store::own;
use kartoteka_store::own::log_ins::{Attempt, Of};
use kartoteka_store::own::principal::{PrincipalKey, PrincipalKind};
use kartoteka_store::own::sessions::Tried;
use kartoteka_store::source::TableStore;
use kartoteka_testbed::{Engine, statements};

fn shapes() -> Vec<Search> {
    let text = |text: &str| Search {
        text: Some(text.into()),
        limit: 20,
        ..Search::default()
    };
    let texts = [
        "kowalsk",
        "owal",
        "wiśniewska4",
        "anna+kowalsk",
        "nowak OR müller",
        "!nowak",
        "k",
        "ow",
        "ski",
        "qxzqxz",
        "ski5",
    ];
    let mut shapes: Vec<Search> = texts.into_iter().map(text).collect();
    let by = |field: &str, direction| Order {
        field: field.into(),
        direction,
    };
    let field = |field: &str, criterion| Search {
        fields: vec![(field.to_owned(), criterion)],
        limit: 20,
        valid: ValidFilter::All,
        ..Search::default()
    };
    let lookup = |lookup| Search {
        lookup: Some(lookup),
        limit: 20,
        ..Search::default()
    };
    shapes.extend([
        text("").without_text(),
        Search {
            order: vec![by("UserLogin", Direction::Down)],
            ..text("kowalsk")
        },
        Search {
            order: vec![by("UserEmail", Direction::Up)],
            ..text("").without_text()
        },
        field("UserCity", Criterion::Like("City7".into())),
        field("UserCity", Criterion::Like("*ity7*".into())),
        field(
            "UserCity",
            Criterion::OneOf(vec!["City7".into(), "City9".into()]),
        ),
        field("UserLogin", Criterion::OneOf(vec!["LOGIN5".into()])),
        field(
            "UserEmail",
            Criterion::OneOf(vec!["LOGIN5@acme-lab.org".into()]),
        ),
        lookup(Lookup::Sender("login5@acme-lab.org".into())),
        lookup(Lookup::Login("gin5".into())),
        lookup(Lookup::Customer("C7".into())),
        lookup(Lookup::CustomerExactly("c7".into())),
    ]);
    shapes
}

trait WithoutText {
    fn without_text(self) -> Self;
}

impl WithoutText for Search {
    fn without_text(self) -> Self {
        Self { text: None, ..self }
    }
}

/// One test, since the recorder hears all that the process runs.
#[tokio::test]
async fn nothing_reads_a_whole_table_or_asks_once_per_row() {
    for engine in Engine::all() {
        let desk = Desk::on(engine).await;
        searches(&desk).await;
        single_records(&desk).await;
        log_ins(&desk).await;
        saves(&desk).await;
        no_statement_per_row(&desk).await;
        let days = relations::given(&desk).await;
        access::pages(&desk).await;
        access::answers(&desk).await;
        past::days(&desk, days).await;
        changes::plans(&desk).await;
        jobs::jobs(&desk).await;
        reviews::reviews(&desk).await;
        rename::a_crowd_follows_in_portions(&desk).await;
        desk.end().await;
    }
}

async fn searches(desk: &Desk) {
    let actor = Actor::operator();
    for search in shapes() {
        let search = &search;
        let asked = desk.directory.search(&actor, Kind::CustomerUser, search);
        let page = desk.no_scan(&format!("{search:?}"), asked).await.unwrap();
        if search.text.as_deref() != Some("qxzqxz") {
            assert!(!page.rows.is_empty(), "{search:?} finds somebody");
        }
    }
}

async fn single_records(desk: &Desk) {
    let actor = Actor::operator();
    for login in ["login7", "LOGIN7", "nobody"] {
        let found = desk.directory.find(&actor, Kind::CustomerUser, login);
        let found = desk.no_scan(login, found).await;
        assert_eq!(found.is_ok(), login != "nobody");
    }
    let history = desk
        .directory
        .history(&actor, Kind::CustomerUser, "login7", 50);
    desk.no_scan("history", history).await.unwrap();
    for login in ["root@localhost", "ROOT@localhost", "nobody"] {
        let agent = own::agents::find(&desk.db, login);
        let agent = desk.no_scan("agent", agent).await.unwrap();
        assert_eq!(agent.is_some(), login != "nobody");
    }
    let further = own::relations::customers_of(&desk.db, "login7");
    desk.no_scan("further customers", further).await.unwrap();
    let people = own::relations::people_of(&desk.db, "C7");
    desk.no_scan("further people", people).await.unwrap();
    let preferences = own::preferences::of(&desk.db, "login7");
    desk.no_scan("preferences", preferences).await.unwrap();
    // Nobody asks an embedded database for what others changed.
    if desk.db.engine() != kartoteka_store::Engine::Sqlite {
        let table = CustomerUserSource::shipped().spec;
        let table = TableStore::open(desk.db.clone(), table).await.unwrap();
        let (from, until) = ("2099-01-01 00:00:00", "2099-01-01 14:00:00");
        let changed = table.changed_between(from, until, 1000);
        desk.no_scan("changes by others", changed).await.unwrap();
    }
}

/// However much was guessed, a log-in reads no more of it than tells whether it is too much.
async fn log_ins(desk: &Desk) {
    let (login, network) = ("ewa", "203.0.113.7");
    let kind = PrincipalKind::Agent;
    let one = Attempt {
        kind,
        login: login.into(),
        network: network.into(),
        at: 7,
    };
    for number in 0..60 {
        own::log_ins::add(&desk.db, &one).await.unwrap();
        let other = Attempt {
            kind,
            login: format!("guess{number}"),
            network: format!("198.51.100.{number}"),
            at: 7,
        };
        own::log_ins::add(&desk.db, &other).await.unwrap();
    }
    for of in [
        Of::Both {
            kind,
            login,
            network,
        },
        Of::Login(kind, login),
        Of::Network(network),
    ] {
        let latest = own::log_ins::latest(&desk.db, of, (0, 9), 6);
        let latest = desk.no_scan("attempts to log in", latest).await;
        assert_eq!(latest.unwrap(), [7; 6]);
    }
    let owner = PrincipalKey::agent(7);
    let came = own::log_ins::came_from(&desk.db, &owner, network);
    desk.no_scan("networks", came).await.unwrap();
    let back = own::log_ins::take_back(&desk.db, &one);
    desk.no_scan("an attempt taken back", back).await.unwrap();
    let subject = Tried {
        what: "password",
        owner: Some(&owner),
    };
    for _ in 0..30 {
        let tried = own::sessions::attempt(&desk.db, subject, 7, (0, 9), 6);
        let tried = desk.no_scan("attempts at one subject", tried).await;
        assert!((1..=6).contains(&tried.unwrap().len()));
    }
    let back = own::sessions::take_back(&desk.db, subject, 7);
    desk.no_scan("an attempt taken back", back).await.unwrap();
    let forgotten = own::sessions::forget_attempts(&desk.db, subject);
    desk.no_scan("attempts forgotten", forgotten).await.unwrap();
    let sessions = own::sessions::of(&desk.db, &owner);
    desk.no_scan("sessions", sessions).await.unwrap();
}

async fn saves(desk: &Desk) {
    if desk.db.engine() == Dialect::Postgres {
        // Tables that it did not look at yet seem so small to it that it walks along their keys.
        desk.db
            .fetch("ANALYZE customer_company", &[])
            .await
            .unwrap();
    }
    let actor = Actor::operator();
    let fields = |pairs: &[(&str, &str)]| -> Fields {
        let owned = pairs.iter();
        owned
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect()
    };
    let new = fields(&[
        ("UserLogin", "new"),
        ("UserFirstname", "Anna"),
        ("UserLastname", "Nowak"),
        ("UserEmail", "new@acme-lab.org"),
        ("UserCustomerID", "C7"),
    ]);
    let add = async {
        let plan = Records::of(&desk.directory)
            .plan_create(&actor, Kind::CustomerUser, None, new)
            .await?;
        Records::of(&desk.directory).apply(plan).await
    };
    desk.no_scan("adding", add).await.unwrap();
    for (kind, key, change) in [
        (
            Kind::CustomerUser,
            "new",
            ("UserEmail", "newer@acme-lab.org"),
        ),
        (Kind::CustomerUser, "new", ("UserLogin", "renamed")),
        (Kind::Customer, "C8", ("CustomerID", "ŁÓDŹ-8")),
        (Kind::Customer, "ŁÓDŹ-8", ("CustomerID", "РОМАШКА-ЮГ")),
        (Kind::Customer, "РОМАШКА-ЮГ", ("CustomerID", "C8b")),
    ] {
        let change = async {
            let plan = Records::of(&desk.directory)
                .plan_update(&actor, kind, key, fields(&[change]), None)
                .await?;
            Records::of(&desk.directory).apply(plan).await
        };
        desk.no_scan(&format!("changing {kind:?} {key}"), change)
            .await
            .unwrap();
    }
}

async fn no_statement_per_row(desk: &Desk) {
    let actor = Actor::operator();
    // What was saved just now is followed first.
    desk.directory.wait_for_index().await.unwrap();
    let mut runs = vec![];
    for limit in [10, 500] {
        let search = Search {
            limit,
            ..Search::default()
        };
        let asked = desk.directory.search(&actor, Kind::CustomerUser, &search);
        let (page, run) = statements(asked).await;
        assert_eq!(page.unwrap().rows.len(), limit as usize);
        runs.push(run);
    }
    assert_eq!(
        runs[0].len(),
        runs[1].len(),
        "as many for 500 rows as for 10: {runs:#?}"
    );
}
