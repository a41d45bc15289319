//! A renamed record takes along all that refers to it, however the rows spell its key (D07, D08, D14, D25).

use std::collections::BTreeMap;

use kartoteka_directory::{Actor, Effect, Kind};
use kartoteka_model::source::{Address, Table};
use kartoteka_model::text::lower;
use kartoteka_model::{CustomerUserSource, FieldMap};
use kartoteka_records::Records;
use kartoteka_reviews::{Reviews, Subject};
use kartoteka_store::{Db, args};
use kartoteka_testbed::{Engine, fresh_database};

use crate::{Desk, fields_of};

/// Where a key stands: table, column, what else the row says, and how often it can stand there.
struct Place {
    table: &'static str,
    column: &'static str,
    rest: &'static [(&'static str, &'static str)],
    prefix: &'static str,
    once: bool,
}

const fn place(table: &'static str, column: &'static str) -> Place {
    Place {
        table,
        column,
        rest: &[],
        prefix: "",
        once: false,
    }
}

const OF_CUSTOMER: [Place; 5] = [
    place("customer_user_customer", "customer_id"),
    Place {
        rest: &[
            ("permission_key", "ro"),
            ("permission_context", "Ticket::CustomerID::Same"),
        ],
        ..place("group_customer", "customer_id")
    },
    place("ticket", "customer_id"),
    Place {
        rest: &[("object_type", "CustomerCompany")],
        once: true,
        ..place("dynamic_field_obj_id_name", "object_name")
    },
    place("customer_user", "customer_id"),
];

const OF_LOGIN: [Place; 7] = [
    place("customer_preferences", "user_id"),
    place("customer_user_customer", "user_id"),
    Place {
        rest: &[("permission_key", "ro")],
        ..place("group_customer_user", "user_id")
    },
    place("service_customer_user", "customer_user_login"),
    place("ticket", "customer_user_id"),
    Place {
        rest: &[("object_type", "CustomerUser")],
        once: true,
        ..place("dynamic_field_obj_id_name", "object_name")
    },
    Place {
        prefix: "CustomerTicketSearch::",
        ..place("search_profile", "login")
    },
];

/// Puts rows with these keys into a place.
async fn put(desk: &Desk, place: &Place, keys: &[String]) {
    for (number, key) in keys.iter().enumerate() {
        let key = format!("{}{key}", place.prefix);
        let number = format!("{}-{number}", place.column);
        let mut named = vec![(place.column, key.as_str())];
        // What has to be another in each row.
        match place.table {
            "ticket" => named.push(("tn", &number)),
            "customer_user" => named.push(("login", &number)),
            _ => {}
        }
        named.extend(place.rest);
        desk.row(place.table, &named).await;
    }
}

async fn carries_all(engine: Engine, kind: Kind, places: &[Place], from: &str, to: &str) {
    let desk = Desk::with_customers(engine).await;
    desk.create(Kind::Service, &[("Name", "Support")])
        .await
        .unwrap();
    if kind == Kind::Customer {
        let fields = [("CustomerID", from), ("CustomerCompanyName", "Textile")];
        desk.create(kind, &fields).await.unwrap();
    } else {
        let fields = [
            ("UserLogin", from),
            ("UserFirstname", "Anna"),
            ("UserLastname", "Nowak"),
            ("UserEmail", "anna@acme-lab.org"),
            ("UserCustomerID", "ACME"),
        ];
        desk.create(kind, &fields).await.unwrap();
    }
    let small = lower(from);
    let mixed: String = from.chars().take(1).chain(small.chars().skip(1)).collect();
    let spelled = [from.to_owned(), small, mixed.clone()];
    // Accents and blanks make another key, and so does what comes after it.
    let plain = from.replace('Ó', "O").replace('Й', "И");
    let others = [plain, format!("{from} "), format!("{from}1")];
    let others: Vec<String> = others.into_iter().filter(|key| key != from).collect();
    let mut wanted: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for place in places {
        // Of what an engine takes for the same there may be one only.
        let (mine, others) = match place.once {
            true => (std::slice::from_ref(&mixed), &others[others.len() - 1..]),
            false => (&spelled[..], &others[..]),
        };
        put(&desk, place, &[mine, others].concat()).await;
        let after = others.iter().map(String::as_str);
        let after = after.chain(std::iter::repeat_n(to, mine.len()));
        let mut after: Vec<String> = after.map(|key| format!("{}{key}", place.prefix)).collect();
        if place.once {
            after.push("stranger".into());
        }
        after.sort();
        wanted.insert(place.table, after);
    }
    // Something else by the same name.
    let stranger = [("object_name", from), ("object_type", "Stranger")];
    desk.row("dynamic_field_obj_id_name", &stranger).await;

    let fields = fields_of(&[(kind.key_field(), to)]);
    let actor = Actor::operator();
    let plan = Records::of(&desk.directory).plan_update(&actor, kind, from, fields, None);
    let plan = plan.await.unwrap();
    let told = plan.effects.iter().filter_map(|effect| match effect {
        Effect::Carries { table, rows } => Some((table.as_str(), *rows)),
        _ => None,
    });
    let rows = places
        .iter()
        .map(|one| (one.table, if one.once { 1 } else { 3 }));
    assert_eq!(
        told.collect::<BTreeMap<_, _>>(),
        rows.collect(),
        "{engine}: {from}"
    );
    Records::of(&desk.directory).apply(plan).await.unwrap();

    let sql = "UPDATE dynamic_field_obj_id_name SET object_name = 'stranger' WHERE object_type = 'Stranger' \
               AND object_name = ?";
    desk.db.execute(sql, &args![from]).await.unwrap();
    for place in places {
        let stands = desk.column(place.table, place.column).await;
        let table = place.table;
        assert_eq!(stands, wanted[table], "{engine}: {table} of {from}");
    }
}

#[tokio::test]
async fn a_renamed_customer_takes_everything_along() {
    for engine in Engine::all() {
        for from in ["TEXTILE-1", "ŁÓDŹ-01", "РОМАШКА-ЮГ"] {
            carries_all(engine, Kind::Customer, &OF_CUSTOMER, from, "Łódź 2").await;
        }
    }
}

#[tokio::test]
async fn a_renamed_person_takes_everything_along() {
    for engine in Engine::all() {
        for from in ["ANNA", "ŁÓDŹ-ANNA", "АЛЕКСАНДРА"] {
            carries_all(engine, Kind::CustomerUser, &OF_LOGIN, from, "anna.nowak").await;
        }
    }
}

/// Adds a source of people of others: a table in this database, or in a new one of the same engine. Answers its database.
async fn register(engine: Engine, desk: Desk, elsewhere: bool) -> (Desk, Db) {
    let address = match elsewhere {
        true => fresh_database(engine).await.unwrap(),
        false => desk.settings.database.url.expose().to_owned(),
    };
    let db = Db::open(&address).await.unwrap();
    let sql = "CREATE TABLE register (uname VARCHAR(100) PRIMARY KEY, cid VARCHAR(100))";
    db.execute(sql, &[]).await.unwrap();
    let desk = desk.again(|settings| {
        let mut source = CustomerUserSource::shipped();
        source.spec.id = "CustomerUser1".into();
        let table = Table::foreign("register");
        source.spec.origin = match elsewhere {
            true => table.of(Address::new(&address)).into(),
            false => table.into(),
        };
        source.spec.key = "uname".into();
        source.spec.valid = None;
        source.spec.list_fields = vec!["uname".into()];
        source.spec.search_fields = vec!["uname".into()];
        let fields = [("UserLogin", "uname"), ("UserCustomerID", "cid")];
        let field = |(name, column)| kartoteka_model::Field::new(name, name, column);
        source.spec.map = FieldMap(fields.map(field).into());
        source.customer_id = "cid".into();
        source.sender_fields = vec![];
        source.name_fields = vec!["uname".into()];
        source.email_unique = false;
        settings.customer_users.push(source);
    });
    (desk.await, db)
}

async fn in_register(db: &Db) -> Vec<String> {
    let sql = "SELECT cid FROM register ORDER BY uname";
    let rows = db.fetch(sql, &[]).await.unwrap();
    rows.iter().map(|row| row.text(0).to_owned()).collect()
}

/// People in another database have a transaction of their own, which is committed when all else has been written.
#[tokio::test]
async fn people_in_another_database_follow_when_all_else_can() {
    for engine in Engine::ALL {
        for elsewhere in [true, false] {
            let desk = Desk::with_customers(engine).await;
            let (desk, db) = register(engine, desk, elsewhere).await;
            for (login, customer) in [("a", "ACME"), ("b", "acme"), ("c", "LODZ")] {
                let sql = "INSERT INTO register VALUES (?, ?)";
                db.execute(sql, &args![login, customer]).await.unwrap();
            }
            let rename = || desk.update(Kind::Customer, "ACME", &[("CustomerID", "ACME-2")]);
            desk.refuse("INSERT", "kt_journal").await;
            assert!(rename().await.is_err(), "{engine}");
            assert_eq!(in_register(&db).await, ["ACME", "acme", "LODZ"], "{engine}");
            let customers = desk.column("customer_company", "customer_id").await;
            assert_eq!(customers, ["ACME", "LODZ"], "{engine}");

            desk.accept("INSERT", "kt_journal").await;
            rename().await.unwrap();
            let carried = ["ACME-2", "ACME-2", "LODZ"];
            assert_eq!(in_register(&db).await, carried, "{engine}");
        }
    }
}

/// Whatever table refuses: neither the record nor what was carried before is changed.
#[tokio::test]
async fn a_rename_that_fails_half_way_changes_nothing() {
    for engine in Engine::ALL {
        let desk = Desk::with_customers(engine).await;
        desk.create(Kind::Service, &[("Name", "Support")])
            .await
            .unwrap();
        desk.person("anna").await;
        for (kind, places, key) in [
            (Kind::Customer, &OF_CUSTOMER[..], "LODZ"),
            (Kind::CustomerUser, &OF_LOGIN[..], "anna"),
        ] {
            for place in places {
                put(&desk, place, &[key.to_owned()]).await;
            }
            let fields = [(kind.key_field(), "new")];
            let rename = || desk.update(kind, key, &fields);
            let before = desk.everything(&[]).await;
            for place in places {
                desk.refuse("UPDATE", place.table).await;
                assert!(rename().await.is_err(), "{} on {engine}", place.table);
                let now = desk.everything(&[]).await;
                assert_eq!(now, before, "{} on {engine}", place.table);
                desk.accept("UPDATE", place.table).await;
            }
            rename().await.unwrap();
        }
    }
}

/// What a review took in while the key was spelled otherwise.
#[tokio::test]
async fn a_review_follows_a_renamed_customer_however_it_spells_it() {
    for engine in Engine::all() {
        let desk = Desk::set(engine, |settings| {
            settings.groups.customer_group_support = true;
        });
        let desk = desk.await.customers().await;
        let fields = [
            ("CustomerID", "ŁÓDŹ-01"),
            ("CustomerCompanyName", "Textile"),
        ];
        desk.create(Kind::Customer, &fields).await.unwrap();
        let given = [
            ("customer_id", "łódź-01"),
            ("permission_key", "ro"),
            ("permission_context", "Ticket::CustomerID::Same"),
        ];
        desk.row("group_customer", &given).await;
        let actor = Actor::operator();
        for subject in [
            Subject::Group("users".into()),
            Subject::Customer("ŁÓDŹ-01".into()),
        ] {
            let plan = Reviews::of(&desk.directory)
                .plan_review(&actor, subject)
                .await
                .unwrap();
            Reviews::of(&desk.directory)
                .start_review(plan, "")
                .await
                .unwrap();
        }
        for (table, column) in [("kt_review_item", "holder"), ("kt_review", "subject")] {
            let sql = format!("UPDATE {table} SET {column} = ? WHERE {column} = ?");
            let done = desk.db.execute(&sql, &args!["łódź-01", "ŁÓDŹ-01"]).await;
            assert!(done.unwrap() > 0, "{engine}: {table}");
        }
        desk.update(Kind::Customer, "łÓDŹ-01", &[("CustomerID", "LODZ-2")])
            .await
            .unwrap();
        assert_eq!(
            desk.column("kt_review_item", "holder").await,
            ["LODZ-2", "LODZ-2"],
            "{engine}"
        );
        assert_eq!(
            desk.column("kt_review", "subject").await,
            ["LODZ-2", "users"],
            "{engine}"
        );
    }
}

/// PostgreSQL lets others write keys that differ in case only.
#[tokio::test]
async fn of_two_records_with_one_key_each_keeps_its_own() {
    let desk = Desk::with_customers(Engine::Postgres).await;
    let fields = [("CustomerID", "K1"), ("CustomerCompanyName", "First")];
    desk.create(Kind::Customer, &fields).await.unwrap();
    let twin = [("customer_id", "k1"), ("name", "Second")];
    desk.row("customer_company", &twin).await;
    for (login, customer) in [("anna", "K1"), ("jan", "k1")] {
        desk.person(login).await;
        let sql = "UPDATE customer_user SET customer_id = ? WHERE login = ?";
        desk.db.execute(sql, &args![customer, login]).await.unwrap();
        let row = [("user_id", login), ("customer_id", customer)];
        desk.row("customer_user_customer", &row).await;
    }
    let fields = fields_of(&[("CustomerID", "second")]);
    let actor = Actor::operator();
    let plan = Records::of(&desk.directory).plan_update(&actor, Kind::Customer, "k1", fields, None);
    let plan = plan.await.unwrap();
    let carried = |table: &str| Effect::Carries {
        table: table.to_owned(),
        rows: 1,
    };
    for table in ["customer_user", "customer_user_customer"] {
        assert!(plan.effects.contains(&carried(table)), "{:?}", plan.effects);
    }
    Records::of(&desk.directory).apply(plan).await.unwrap();
    for table in [
        "customer_company",
        "customer_user",
        "customer_user_customer",
    ] {
        let now = desk.column(table, "customer_id").await;
        let mine: Vec<&String> = now
            .iter()
            .filter(|one| *one != "ACME" && *one != "LODZ")
            .collect();
        assert_eq!(mine, ["K1", "second"], "{table}");
    }
    let spec = desk.settings.customers[0].spec.clone();
    let table = kartoteka_store::source::TableStore::open(desk.db.clone(), spec);
    let table = table.await.unwrap();
    assert_eq!(table.count_twins().await.unwrap(), 0);
    desk.row(
        "customer_company",
        &[("customer_id", "k1"), ("name", "Third")],
    )
    .await;
    assert_eq!(table.count_twins().await.unwrap(), 1);
}
