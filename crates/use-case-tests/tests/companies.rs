//! Several sources of customers: the first that has a customer speaks for it, each can be chosen to add to, and a rename
//! in any of them takes along what refers to the customer (D05, D08, D10, D19).

use kartoteka_access::Access;
use kartoteka_directory::{Actor, Error, Kind, Search, ValidFilter};
use kartoteka_model::source::{Address, Table};
use kartoteka_model::{CustomerSource, Field, FieldMap};
use kartoteka_records::Records;
use kartoteka_store::{Db, args};
use kartoteka_testbed::{Engine, fresh_database};

use crate::{Desk, fields_of};

/// A source over a table of others: `cid`, `cname`, `town`.
fn source(id: &str, table: &str) -> CustomerSource {
    let mut source = CustomerSource::shipped();
    let spec = &mut source.spec;
    spec.id = id.into();
    spec.name = id.into();
    spec.origin = Table::foreign(table).into();
    spec.key = "cid".into();
    spec.valid = None;
    spec.list_fields = vec!["cid".into(), "cname".into()];
    spec.search_fields = vec!["cid".into(), "cname".into(), "town".into()];
    spec.map = FieldMap(vec![
        Field::new("CustomerID", "ID", "cid").required(),
        Field::new("CustomerCompanyName", "Name", "cname").required(),
        Field::new("CustomerCompanyCity", "City", "town"),
    ]);
    source
}

async fn table(db: &Db, name: &str, rows: &[[&str; 3]]) {
    let sql = format!(
        "CREATE TABLE {name} (cid VARCHAR(100) PRIMARY KEY, cname VARCHAR(100), town VARCHAR(100))"
    );
    db.execute(&sql, &[]).await.unwrap();
    for [id, company, town] in rows {
        let sql = format!("INSERT INTO {name} VALUES (?, ?, ?)");
        db.execute(&sql, &args![*id, *company, *town])
            .await
            .unwrap();
    }
}

/// `CustomerCompany` with `ACME` and `LODZ`, `CustomerCompany1` here, `CustomerCompany2` in another database, and
/// `CustomerCompany3` there, which is read only.
async fn desk(engine: Engine) -> (Desk, Db) {
    let desk = Desk::with_customers(engine).await;
    let partners = [
        ["PART-1", "Partner Łódź", "Łódź"],
        // In an earlier source as well, otherwise spelled.
        ["acme", "Another ACME", "Kraków"],
    ];
    table(&desk.db, "partners", &partners).await;
    let address = fresh_database(engine).await.unwrap();
    let other = Db::open(&address).await.unwrap();
    let branches = [["BRANCH-1", "Branch", "Łódź"], ["part-1", "x", "y"]];
    table(&other, "branches", &branches).await;
    table(&other, "register", &[["REG-1", "Registered", "Gdynia"]]).await;
    let desk = desk.again(|settings| {
        let mut elsewhere = [
            source("CustomerCompany2", "branches"),
            source("CustomerCompany3", "register"),
        ];
        for one in &mut elsewhere {
            let table = one.spec.origin.table().unwrap().clone();
            one.spec.origin = table.of(Address::new(&address)).into();
        }
        elsewhere[1].spec.read_only = true;
        settings
            .customers
            .push(source("CustomerCompany1", "partners"));
        settings.customers.extend(elsewhere);
    });
    (desk.await, other)
}

async fn found(desk: &Desk, text: Option<&str>) -> Vec<String> {
    let search = Search {
        text: text.map(str::to_owned),
        valid: ValidFilter::All,
        limit: 50,
        ..Search::default()
    };
    let actor = Actor::operator();
    let page = desk.directory.search(&actor, Kind::Customer, &search);
    let page = page.await.unwrap();
    assert_eq!(page.total.count, page.rows.len() as u64);
    let rows = page.rows.into_iter();
    rows.map(|row| format!("{} {}", row.source, row.key))
        .collect()
}

#[tokio::test]
async fn the_first_source_speaks_and_lists_merge() {
    for engine in Engine::all() {
        let (desk, _other) = desk(engine).await;
        // By name.
        let all = [
            "CustomerCompany ACME",
            "CustomerCompany2 BRANCH-1",
            "CustomerCompany LODZ",
            "CustomerCompany1 PART-1",
            "CustomerCompany3 REG-1",
        ];
        assert_eq!(found(&desk, None).await, all, "{engine}");
        let in_lodz = [
            "CustomerCompany2 BRANCH-1",
            "CustomerCompany LODZ",
            "CustomerCompany1 PART-1",
        ];
        assert_eq!(found(&desk, Some("lodz")).await, in_lodz, "{engine}");
        // What an earlier source has is not found by what a later one says of it.
        for text in ["krakow", "another"] {
            assert_eq!(found(&desk, Some(text)).await, [""; 0], "{engine}: {text}");
        }
        let actor = Actor::operator();
        for (key, source) in [("acme", "CustomerCompany"), ("Part-1", "CustomerCompany1")] {
            let one = desk.directory.find(&actor, Kind::Customer, key).await;
            assert_eq!(one.unwrap().source, source, "{engine}: {key}");
        }
        let sources = desk.directory.sources(Kind::Customer);
        let writable: Vec<bool> = sources.iter().map(|source| source.writable).collect();
        assert_eq!(writable, [true, true, true, false]);
    }
}

#[tokio::test]
async fn customers_are_added_to_the_source_that_is_chosen_and_changed_where_they_are() {
    for engine in Engine::all() {
        let (desk, other) = desk(engine).await;
        let actor = Actor::operator();
        let add = async |source: Option<&str>, id: &str| {
            let name = format!("New {id}");
            let fields = fields_of(&[("CustomerID", id), ("CustomerCompanyName", &name)]);
            let directory = &desk.directory;
            let plan = Records::of(directory).plan_create(&actor, Kind::Customer, source, fields);
            Records::of(directory).apply(plan.await?).await
        };
        for (source, id) in [
            (None, "N-0"),
            (Some("CustomerCompany1"), "N-1"),
            (Some("CustomerCompany2"), "N-2"),
        ] {
            let added = add(source, id).await.unwrap();
            assert_eq!(
                added.source,
                source.unwrap_or("CustomerCompany"),
                "{engine}"
            );
        }
        for (db, name, id) in [
            (&desk.db, "customer_company", "N-0"),
            (&desk.db, "partners", "N-1"),
            (&other, "branches", "N-2"),
        ] {
            let column = if name == "customer_company" {
                "customer_id"
            } else {
                "cid"
            };
            let sql = format!("SELECT {column} FROM {name} WHERE {column} = ?");
            let rows = db.fetch(&sql, &args![id]).await.unwrap();
            assert_eq!(rows.len(), 1, "{engine}: {name}");
        }
        // Free in all sources, and never to one that is read only.
        let taken = add(Some("CustomerCompany2"), "Acme").await;
        assert!(
            matches!(taken, Err(Error::Invalid(_))),
            "{engine}: {taken:?}"
        );
        let refused = add(Some("CustomerCompany3"), "N-3").await;
        assert!(
            matches!(refused, Err(Error::ReadOnly { .. })),
            "{engine}: {refused:?}"
        );

        desk.update(
            Kind::Customer,
            "branch-1",
            &[("CustomerCompanyCity", "Opole")],
        )
        .await
        .unwrap();
        let sql = "SELECT town FROM branches WHERE cid = 'BRANCH-1'";
        let rows = other.fetch(sql, &[]).await.unwrap();
        assert_eq!(rows[0].text(0), "Opole", "{engine}");
        assert_eq!(
            found(&desk, Some("opole")).await,
            ["CustomerCompany2 BRANCH-1"]
        );
        let refused = desk.update(Kind::Customer, "REG-1", &[("CustomerCompanyCity", "x")]);
        assert!(
            matches!(refused.await, Err(Error::ReadOnly { .. })),
            "{engine}"
        );
    }
}

#[tokio::test]
async fn a_rename_in_any_source_takes_everything_along() {
    for engine in Engine::all() {
        let (desk, other) = desk(engine).await;
        let actor = Actor::operator();
        for (login, customer) in [("anna", "PART-1"), ("bea", "BRANCH-1")] {
            desk.person(login).await;
            desk.update(Kind::CustomerUser, login, &[("UserCustomerID", customer)])
                .await
                .unwrap();
        }
        let relate = Access::of(&desk.directory).relate_customer(&actor, "anna", "BRANCH-1", true);
        relate.await.unwrap();
        desk.row("ticket", &[("tn", "1"), ("customer_id", "branch-1")])
            .await;
        for (from, to) in [("PART-1", "PART-9"), ("BRANCH-1", "BRANCH-9")] {
            desk.update(Kind::Customer, from, &[("CustomerID", to)])
                .await
                .unwrap();
        }
        let ids = desk.directory.customer_ids(&actor, "anna").await.unwrap();
        assert_eq!(ids, ["PART-9", "BRANCH-9"], "{engine}");
        let people = desk.column("customer_user", "customer_id").await;
        assert_eq!(people, ["BRANCH-9", "PART-9"], "{engine}");
        let tickets = desk.column("ticket", "customer_id").await;
        assert_eq!(tickets, ["BRANCH-9"], "{engine}");
        let sql = "SELECT cid FROM branches ORDER BY cid";
        let rows = other.fetch(sql, &[]).await.unwrap();
        let rows: Vec<&str> = rows.iter().map(|row| row.text(0)).collect();
        assert_eq!(rows, ["BRANCH-9", "part-1"], "{engine}");
    }
}
