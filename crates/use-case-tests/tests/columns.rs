//! Columns that are not text, and tables that can't hold all texts.

use kartoteka_access::Access;
use kartoteka_directory::{Actor, Error, Kind, Search, ValidFilter};
use kartoteka_model::Field;
use kartoteka_model::source::Address;
use kartoteka_records::Records;
use kartoteka_settings::Settings;
use kartoteka_testbed::{Engine, fresh_database};

use crate::Desk;

const KIND: Kind = Kind::CustomerUser;

/// A column, what a form gives and what the table holds then, and what is refused.
struct Column {
    declared: &'static str,
    /// As it is without anything given.
    empty: &'static str,
    good: &'static [(&'static str, &'static str)],
    bad: &'static [(&'static str, &'static str)],
}

fn columns(engine: Engine) -> Vec<Column> {
    let column = |declared, empty, good, bad| Column {
        declared,
        empty,
        good,
        bad,
    };
    let date: (&[_], &[_]) = (
        &[("2026-03-01", "2026-03-01")],
        &[
            ("1.3.2026", "not-a-date"),
            ("2026-02-29", "not-a-date"),
            ("soon", "not-a-date"),
        ],
    );
    let number: (&[_], &[_]) = (
        &[("12.5", "12.50"), (" 007 ", "7.00"), ("-0.25", "-0.25")],
        &[
            ("12,5", "not-a-decimal"),
            ("1.234", "not-a-decimal"),
            ("many", "not-a-decimal"),
            ("1234567", "out-of-range"),
        ],
    );
    let whole: (&[_], &[_]) = (
        &[("007", "7"), ("-3", "-3")],
        &[
            ("7a", "not-a-number"),
            ("99999999999999999999", "out-of-range"),
        ],
    );
    let time: (&[_], &[_]) = (
        &[
            ("2026-03-01T12:30", "2026-03-01 12:30:00"),
            ("2026-03-01", "2026-03-01 00:00:00"),
        ],
        &[("12:30", "not-a-time"), ("2026-03-01 25:00", "not-a-time")],
    );
    let uuid: (&[_], &[_]) = (
        &[(
            "0A1B2C3D-0a1b-2c3d-4e5f-0a1b2c3d4e5f",
            "0a1b2c3d-0a1b-2c3d-4e5f-0a1b2c3d4e5f",
        )],
        &[("0a1b", "not-a-uuid")],
    );
    let mut all = vec![
        column("date", "NULL", date.0, date.1),
        column("numeric(8,2)", "NULL", number.0, number.1),
        column("int not null default 0", "0", whole.0, whole.1),
        column("int default 5", "5", whole.0, whole.1),
        column("int", "NULL", whole.0, whole.1),
        column(
            "smallint",
            "NULL",
            &[("32767", "32767")],
            if engine == Engine::Sqlite {
                &[]
            } else {
                &[("32768", "out-of-range")]
            },
        ),
        column(
            "double precision",
            "NULL",
            &[("1.5", "1.5")],
            &[("x", "not-a-decimal")],
        ),
        column(
            "varchar(20) not null default 'none'",
            "",
            &[("x", "x")],
            &[],
        ),
    ];
    match engine {
        Engine::Sqlite => {
            all.push(column("timestamp", "NULL", time.0, time.1));
            all.push(column("uuid", "NULL", uuid.0, uuid.1));
            all.push(column(
                "boolean not null default 0",
                "0",
                &[("yes", "1"), ("false", "0")],
                &[("perhaps", "not-one-of")],
            ));
        }
        Engine::Postgres => {
            all.push(column("timestamp", "NULL", time.0, time.1));
            all.push(column("uuid", "NULL", uuid.0, uuid.1));
            all.push(column(
                "boolean",
                "NULL",
                &[("yes", "true"), ("0", "false")],
                &[("perhaps", "not-one-of")],
            ));
            all.push(column(
                "mood",
                "NULL",
                &[("glad", "glad"), ("Sad", "sad")],
                &[("bored", "not-one-of")],
            ));
            all.push(column(
                "inet",
                "NULL",
                &[("10.0.0.1", "10.0.0.1/32")],
                &[("10.0.0", "not-accepted"), ("here", "not-accepted")],
            ));
            all.push(column(
                "int check (column_13 < 10)",
                "NULL",
                &[("9", "9")],
                &[("11", "not-accepted")],
            ));
        }
        Engine::Mariadb | Engine::Mysql => {
            all.push(column("datetime", "NULL", time.0, time.1));
            all.push(column(
                "enum('glad','it''s so')",
                "NULL",
                &[("glad", "glad"), ("it's so", "it's so")],
                &[("bored", "not-one-of")],
            ));
            all.push(column(
                "int unsigned",
                "NULL",
                &[("4294967295", "4294967295")],
                &[("-1", "out-of-range")],
            ));
            all.push(column(
                "year",
                "NULL",
                &[("2026", "2026")],
                &[("x", "not-accepted")],
            ));
        }
    }
    if engine == Engine::Mariadb {
        all.push(column("uuid", "NULL", uuid.0, uuid.1));
    }
    all
}

fn person(login: &str) -> Vec<(String, String)> {
    [
        ("UserLogin", login),
        ("UserFirstname", "Anna"),
        ("UserLastname", "Nowak"),
        ("UserEmail", &format!("{login}@acme-lab.org")),
        ("UserCustomerID", "ACME"),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .into()
}

async fn create(
    desk: &Desk,
    fields: Vec<(String, String)>,
) -> kartoteka_directory::Result<kartoteka_records::Applied> {
    let actor = Actor::operator();
    let fields = fields.into_iter().collect();
    let plan = Records::of(&desk.directory)
        .plan_create(&actor, KIND, None, fields)
        .await?;
    Records::of(&desk.directory).apply(plan).await
}

fn mistakes<T: std::fmt::Debug>(refused: Result<T, Error>) -> Vec<(String, &'static str)> {
    let Err(Error::Invalid(errors)) = refused else {
        panic!("{refused:?}");
    };
    let errors = errors.into_iter();
    errors
        .map(|error| (error.field, error.problem.code()))
        .collect()
}

async fn stored(desk: &Desk, column: &str, login: &str) -> String {
    let sql = format!(
        "SELECT {} FROM customer_user WHERE login = ?",
        desk.db.engine().as_text(column)
    );
    let args = kartoteka_store::args![login];
    let rows = desk.db.fetch(&sql, &args).await.unwrap();
    rows[0].0[0].clone().unwrap_or_else(|| "NULL".into())
}

/// A text as a number, where it is one: SQLite keeps `12.50` as `12.5`.
fn number(text: &str) -> String {
    text.parse::<f64>()
        .map_or_else(|_| text.to_owned(), |number| number.to_string())
}

#[tokio::test]
async fn columns_of_any_type_take_what_fits_and_refuse_the_rest_at_the_field() {
    for engine in Engine::all() {
        let desk = Desk::with_customers(engine).await;
        if engine == Engine::Postgres {
            let sql = "CREATE TYPE mood AS ENUM ('glad', 'sad')";
            desk.db.execute(sql, &[]).await.unwrap();
        }
        let columns = columns(engine);
        for (at, column) in columns.iter().enumerate() {
            let sql = format!(
                "ALTER TABLE customer_user ADD COLUMN column_{at} {}",
                column.declared
            );
            desk.db.execute(&sql, &[]).await.unwrap();
        }
        let fields = (0..columns.len()).map(|at| {
            let field = Field::new(&format!("Field{at}"), "Field", &format!("column_{at}"));
            // The map may say what the column says.
            if at == 2 { field.int() } else { field }
        });
        let fields: Vec<Field> = fields.collect();
        let desk = desk.again(|settings| settings.customer_users[0].spec.map.0.extend(fields));
        let desk = desk.await;
        create(&desk, person("empty")).await.unwrap();
        let mut bulk = kartoteka_model::Record::from_iter(person("bulk"));
        bulk.set("ValidID", "1");
        let bulk = [bulk].into_iter();
        Records::of(&desk.directory)
            .bulk_create(&Actor::operator(), KIND, bulk, |_| {})
            .await
            .unwrap();
        desk.directory.wait_for_index().await.unwrap();
        for (at, column) in columns.iter().enumerate() {
            let what = format!("{} on {engine}", column.declared);
            let (field, name) = (format!("Field{at}"), format!("column_{at}"));
            assert_eq!(stored(&desk, &name, "empty").await, column.empty, "{what}");
            for (value, problem) in column.bad {
                let mut fields = person("wrong");
                fields.push((field.clone(), (*value).into()));
                let expected = [(field.clone(), *problem)];
                let refused = create(&desk, fields).await;
                assert_eq!(mistakes(refused), expected, "{value:?}: {what}");
                let refused = desk.update(KIND, "empty", &[(&field, value)]).await;
                assert_eq!(mistakes(refused), expected, "{value:?}: {what}");
            }
            for (number_of, (value, is)) in column.good.iter().enumerate() {
                let login = format!("good{at}n{number_of}");
                let mut fields = person(&login);
                fields.push((field.clone(), (*value).into()));
                create(&desk, fields).await.unwrap();
                let stored_now = stored(&desk, &name, &login).await;
                assert_eq!(number(&stored_now), number(is), "{value:?}: {what}");
                let set = [(field.as_str(), *value)];
                desk.update(KIND, "empty", &set).await.unwrap();
                let found = stored(&desk, &name, "empty").await;
                assert_eq!(number(&found), number(is), "{value:?}: {what}");
                // What is there already, in this spelling or in that of the table, is no change.
                for same in [*value, stored_now.as_str()] {
                    let fields = crate::fields_of(&[(&field, same)]);
                    let actor = Actor::operator();
                    let plan = Records::of(&desk.directory)
                        .plan_update(&actor, KIND, &login, fields, None);
                    let plan = plan.await.unwrap();
                    assert!(
                        plan.errors.is_empty(),
                        "{same:?}: {what}: {:?}",
                        plan.errors
                    );
                    assert_eq!(plan.changes, [], "{same:?}: {what}");
                }
            }
            // Emptied again.
            desk.update(KIND, "empty", &[(&field, "")]).await.unwrap();
            let emptied = stored(&desk, &name, "empty").await;
            let expected = match column.declared {
                "int default 5" => "NULL",
                _ => column.empty,
            };
            assert_eq!(emptied, expected, "{what}");
        }
    }
}

#[tokio::test]
async fn a_column_that_needs_a_value_is_required() {
    for engine in Engine::all() {
        let desk = Desk::with_customers(engine).await;
        let sql = "CREATE TABLE staff (login varchar(100) primary key, name varchar(100), joined date not null, \
                   valid_id smallint)";
        desk.db.execute(sql, &[]).await.unwrap();
        let desk = desk.again(|settings| {
            let source = &mut settings.customer_users[0];
            source.customer_support = false;
            source.customer_id = "name".into();
            source.email_unique = false;
            source.sender_fields = vec![];
            source.name_fields = vec!["name".into()];
            let table = &mut source.spec;
            table.origin = kartoteka_model::source::Table::foreign("staff").into();
            table.list_fields = vec!["name".into()];
            table.search_fields = vec!["name".into()];
            table.map.0 = vec![
                Field::new("UserLogin", "Login", "login").required(),
                Field::new("UserLastname", "Name", "name"),
                Field::new("UserJoined", "Joined", "joined"),
                Field::new("ValidID", "Valid", "valid_id").int(),
            ];
        });
        let desk = desk.await;
        let required = [("UserJoined".to_owned(), "required")];
        let refused = desk.create(KIND, &[("UserLogin", "anna")]).await;
        assert_eq!(mistakes(refused), required, "{engine}");
        let fields = [("UserLogin", "anna"), ("UserJoined", "2026-03-01")];
        desk.create(KIND, &fields).await.unwrap();
        let refused = desk.update(KIND, "anna", &[("UserJoined", "")]).await;
        assert_eq!(mistakes(refused), required, "{engine}");
    }
}

/// A table whose keys are numbers and whose validity is yes or no.
#[tokio::test]
async fn a_validity_of_yes_and_no_and_keys_that_are_numbers() {
    for engine in Engine::all() {
        let desk = Desk::with_customers(engine).await;
        let sql = "CREATE TABLE staff (number int primary key, name varchar(100), boss int, active boolean not null)";
        desk.db.execute(sql, &[]).await.unwrap();
        let settings = |mapped: bool| {
            move |settings: &mut Settings| {
                let source = &mut settings.customer_users[0];
                source.customer_support = false;
                source.customer_id = "boss".into();
                source.email_unique = false;
                source.sender_fields = vec!["name".into()];
                source.name_fields = vec!["name".into()];
                let table = &mut source.spec;
                table.origin = kartoteka_model::source::Table::foreign("staff").into();
                table.key = "number".into();
                table.valid = Some("active".into());
                table.list_fields = vec!["name".into()];
                table.search_fields = vec!["name".into()];
                table.map.0 = vec![
                    Field::new("UserLogin", "Login", "number").required(),
                    Field::new("UserLastname", "Name", "name"),
                    Field::new("UserCustomerID", "Boss", "boss"),
                ];
                if mapped {
                    let field = Field::new("ValidID", "Valid", "active").int();
                    table.map.0.push(field);
                }
            }
        };
        let desk = desk.again(settings(true)).await;
        let yes = match engine {
            Engine::Postgres => "true",
            _ => "1",
        };
        for (login, valid) in [("7", "valid"), ("8", "2")] {
            let fields = [
                ("UserLogin", login),
                ("UserLastname", "Nowak"),
                ("UserCustomerID", "12"),
                ("ValidID", valid),
            ];
            desk.create(KIND, &fields).await.unwrap();
        }
        let active = desk.column("staff", "active").await;
        assert_eq!(
            active.iter().filter(|is| *is == yes).count(),
            1,
            "{engine}: {active:?}"
        );
        let actor = Actor::operator();
        let find = async |key: &str| desk.directory.find(&actor, KIND, key).await;
        assert_eq!(
            find("7").await.unwrap().record.get("ValidID"),
            "1",
            "{engine}"
        );
        assert_eq!(
            find("8").await.unwrap().record.get("ValidID"),
            "2",
            "{engine}"
        );
        for nobody in ["x", "07", "9", "99999999999999999999", "ż"] {
            let found = find(nobody).await;
            assert!(
                matches!(found, Err(Error::NotFound { .. })),
                "{engine}: {found:?}"
            );
        }
        let listed = async |desk: &Desk, valid| {
            let search = Search {
                valid,
                limit: 9,
                ..Search::default()
            };
            let page = desk.directory.search(&actor, KIND, &search).await.unwrap();
            page.rows.into_iter().map(|row| row.key).collect::<Vec<_>>()
        };
        assert_eq!(listed(&desk, ValidFilter::Valid).await, ["7"], "{engine}");
        assert_eq!(listed(&desk, ValidFilter::Invalid).await, ["8"], "{engine}");
        // A table of yes and no can't say that somebody is away for a while; numbers can.
        let away = desk
            .update(KIND, "7", &[("ValidID", "invalid-temporarily")])
            .await;
        if matches!(engine, Engine::Mariadb | Engine::Mysql) {
            away.unwrap();
        } else {
            let expected = [("ValidID".to_owned(), "not-one-of")];
            assert_eq!(mistakes(away), expected, "{engine}");
        }
        desk.update(KIND, "7", &[("ValidID", "invalid")])
            .await
            .unwrap();
        assert_eq!(listed(&desk, ValidFilter::Valid).await, [""; 0], "{engine}");
        desk.update(KIND, "8", &[("ValidID", "1"), ("UserLogin", "0008")])
            .await
            .unwrap();
        assert_eq!(listed(&desk, ValidFilter::Valid).await, ["8"], "{engine}");
        desk.update(KIND, "8", &[("UserLogin", "18")])
            .await
            .unwrap();
        let refused = desk.update(KIND, "18", &[("UserLogin", "x")]).await;
        let expected = [("UserLogin".to_owned(), "not-a-number")];
        assert_eq!(mistakes(refused), expected, "{engine}");

        let desk = desk.again(settings(false)).await;
        assert_eq!(listed(&desk, ValidFilter::Valid).await, ["18"], "{engine}");
        let fields = [("UserLogin", "9"), ("UserLastname", "Nowak")];
        desk.create(KIND, &fields).await.unwrap();
        assert_eq!(listed(&desk, ValidFilter::Valid).await.len(), 2, "{engine}");
    }
}

/// What a database can't hold is not in it, and can't be saved: no failure, whoever asks.
async fn holds_not(desk: &Desk, beyond: &str) {
    let actor = Actor::operator();
    let key = format!("an{beyond}a");
    for kind in [KIND, Kind::Customer, Kind::Group, Kind::Service] {
        let found = desk.directory.find(&actor, kind, &key).await;
        assert!(
            matches!(found, Err(Error::NotFound { .. })),
            "{kind:?}: {found:?}"
        );
    }
    let found = Access::of(&desk.directory)
        .permissions_of(&actor, &key)
        .await;
    assert!(matches!(found, Err(Error::NotFound { .. })), "{found:?}");
    let mut fields = person("bea");
    fields[1].1 = format!("Bea {beyond}");
    let expected = |field: &str| [(field.to_owned(), "unstorable-character")];
    assert_eq!(
        mistakes(create(desk, fields).await),
        expected("UserFirstname")
    );
    let mut fields = person("bea");
    fields[0].1 = key.clone();
    assert_eq!(mistakes(create(desk, fields).await), expected("UserLogin"));
    let renamed = desk.update(KIND, "anna", &[("UserLogin", &key)]).await;
    assert_eq!(mistakes(renamed), expected("UserLogin"));
    let mut fields = person("bea");
    fields[4].1 = key.clone();
    let refused = mistakes(create(desk, fields).await);
    assert_eq!(refused[0].0, "UserCustomerID");
    let company = [
        ("CustomerID", key.as_str()),
        ("CustomerCompanyName", "Name"),
    ];
    let refused = desk.create(Kind::Customer, &company).await;
    assert_eq!(mistakes(refused), expected("CustomerID"));
    for kind in [Kind::Group, Kind::Service] {
        let refused = desk.create(kind, &[("Name", &key)]).await;
        assert_eq!(mistakes(refused), expected("Name"));
        let fields = [("Name", "plain"), ("Comment", beyond)];
        let refused = desk.create(kind, &fields).await;
        assert_eq!(mistakes(refused), expected("Comment"));
    }
    let problem = desk.create(Kind::Group, &[("Name", &key)]).await;
    let Err(Error::Invalid(errors)) = problem else {
        panic!("{problem:?}");
    };
    let told = format!("{:?}", errors[0].problem);
    assert!(told.contains(beyond), "{told}");
}

#[tokio::test]
async fn tables_of_narrow_character_sets_are_no_failure_on_mariadb() {
    for (charset, within, beyond) in [
        ("utf8mb3", "Łódź", "😀"),
        ("latin1", "Müller", "ł"),
        ("latin2", "Łódź", "ø"),
    ] {
        let desk = Desk::on(Engine::Mariadb).await;
        let fields = [("CustomerID", "ACME"), ("CustomerCompanyName", "ACME")];
        desk.create(Kind::Customer, &fields).await.unwrap();
        for table in [
            "customer_user",
            "customer_company",
            "customer_user_customer",
            "customer_preferences",
            "group_customer_user",
            "group_customer",
            "service_customer_user",
            "groups_table",
            "service",
        ] {
            let sql = format!("ALTER TABLE {table} CONVERT TO CHARACTER SET {charset}");
            desk.db.execute(&sql, &[]).await.unwrap();
        }
        let desk = desk.again(|_| {}).await;
        desk.person("anna").await;
        holds_not(&desk, beyond).await;
        let mut fields = person("within");
        fields[1].1 = within.into();
        create(&desk, fields).await.unwrap();
        assert_eq!(
            stored(&desk, "first_name", "within").await,
            within,
            "{charset}"
        );
        desk.update(KIND, "within", &[("UserLogin", within)])
            .await
            .unwrap();
        let actor = Actor::operator();
        let found = desk.directory.find(&actor, KIND, within).await.unwrap();
        assert_eq!(found.key, within, "{charset}");
    }
}

#[tokio::test]
async fn databases_of_narrow_encodings_are_no_failure_on_postgres() {
    for (encoding, within, beyond) in [("LATIN2", "Łódź", "ø"), ("WIN1252", "Müller", "ł")] {
        let address = fresh_database(Engine::Postgres).await.unwrap();
        let (server, name) = address.rsplit_once('/').unwrap();
        let db = kartoteka_store::Db::open(&address).await.unwrap();
        let name = format!("{name}_narrow");
        let sql =
            format!("CREATE DATABASE {name} TEMPLATE template0 ENCODING '{encoding}' LOCALE 'C'");
        db.execute(&sql, &[]).await.unwrap();
        let data = tempfile::tempdir().unwrap();
        let mut settings = Settings {
            data_dir: data.path().to_path_buf(),
            ..Settings::default()
        };
        settings.database.url = Address::new(format!("{server}/{name}"));
        let desk = Desk::over(settings, data).await;
        for id in ["ACME", "LODZ"] {
            let fields = [("CustomerID", id), ("CustomerCompanyName", id)];
            desk.create(Kind::Customer, &fields).await.unwrap();
        }
        desk.person("anna").await;
        holds_not(&desk, beyond).await;
        let mut fields = person("within");
        fields[0].1 = within.into();
        create(&desk, fields).await.unwrap();
        let found = desk.directory.find(&Actor::operator(), KIND, within).await;
        assert_eq!(found.unwrap().key, within, "{encoding}");
    }
}
