//! Values of a record's own fields: what is stored of them, and what settings of a source make of them.

use kartoteka_directory::{Actor, Error, Kind};
use kartoteka_model::Field;
use kartoteka_testbed::Engine;

use crate::Desk;

fn person(customer: &str) -> Vec<(&str, &str)> {
    vec![
        ("UserLogin", "anna"),
        ("UserFirstname", "Anna"),
        ("UserLastname", "Nowak"),
        ("UserEmail", "anna@acme-lab.org"),
        ("UserCustomerID", customer),
    ]
}

/// The mistakes of a save, as field and code.
async fn mistakes(desk: &Desk, kind: Kind, fields: &[(&str, &str)]) -> Vec<(String, &'static str)> {
    let created = desk.create(kind, fields).await;
    let Err(Error::Invalid(errors)) = created else {
        panic!("{created:?}");
    };
    let errors = errors.into_iter();
    errors
        .map(|error| (error.field.clone(), error.problem.code()))
        .collect()
}

async fn stored(desk: &Desk, table: &str, column: &str) -> String {
    let engine = desk.db.engine();
    // What is NULL and what is empty look the same otherwise.
    let sql = format!(
        "SELECT {} FROM {table} WHERE {column} IS NOT NULL",
        engine.as_text(column)
    );
    let rows = desk.db.fetch(&sql, &[]).await.unwrap();
    rows.first()
        .map_or("NULL".into(), |row| row.text(0).to_owned())
}

#[tokio::test]
async fn outer_blanks_go_and_an_empty_text_empties() {
    for engine in Engine::all() {
        let desk = Desk::on(engine).await;
        let acme = [
            ("CustomerID", "  ACME "),
            ("CustomerCompanyName", "\tACME Sp. z o.o. \u{a0}"),
            ("CustomerCompanyCity", " Łódź "),
        ];
        let key = desk.create(Kind::Customer, &acme).await.unwrap();
        assert_eq!(key, "ACME", "{engine}");
        let mut anna = person(" acme ");
        anna[0] = ("UserLogin", " anna\u{2003}");
        anna.extend([("UserPhone", "  42 1 "), ("UserComment", " a\n b \n")]);
        let key = desk.create(Kind::CustomerUser, &anna).await.unwrap();
        assert_eq!(key, "anna", "{engine}");
        for (table, column, value) in [
            ("customer_company", "customer_id", "ACME"),
            ("customer_company", "name", "ACME Sp. z o.o."),
            ("customer_company", "city", "Łódź"),
            // Not given: NULL for customers, empty for people.
            ("customer_company", "street", "NULL"),
            ("customer_user", "street", ""),
            ("customer_user", "phone", "42 1"),
            ("customer_user", "comments", "a\n b"),
        ] {
            let is = stored(&desk, table, column).await;
            assert_eq!(is, value, "{engine}: {table}.{column}");
        }

        let person = [("UserPhone", "\t7 "), ("UserComment", "   ")];
        desk.update(Kind::CustomerUser, "anna", &person)
            .await
            .unwrap();
        desk.update(Kind::Customer, "acme", &[("CustomerCompanyCity", "")])
            .await
            .unwrap();
        for (table, column, value) in [
            ("customer_user", "phone", "7"),
            ("customer_user", "comments", ""),
            // What was not passed stays.
            ("customer_user", "first_name", "Anna"),
            ("customer_company", "city", ""),
            ("customer_company", "name", "ACME Sp. z o.o."),
        ] {
            let is = stored(&desk, table, column).await;
            assert_eq!(is, value, "{engine}: {table}.{column}");
        }
        // Blanks are nothing, where something has to be.
        let blank = [("CustomerID", " "), ("CustomerCompanyName", "\t")];
        let wrong = mistakes(&desk, Kind::Customer, &blank).await;
        let required = ["CustomerID", "CustomerCompanyName"];
        let required = required.map(|field| (field.to_owned(), "required"));
        assert_eq!(wrong, required, "{engine}");
    }
}

#[tokio::test]
async fn names_are_joined_as_the_source_says() {
    for (join, name) in [(" ", "Nowak Anna"), (", ", "Nowak, Anna")] {
        let desk = Desk::set(Engine::Sqlite, |settings| {
            let source = &mut settings.customer_users[0];
            source.name_fields = vec!["last_name".into(), "first_name".into()];
            source.name_join = join.into();
        });
        let desk = desk.await.customers().await;
        desk.person("anna").await;
        let actor = Actor::operator();
        let found = desk
            .directory
            .find(&actor, Kind::CustomerUser, "anna")
            .await;
        assert_eq!(found.unwrap().full_name, name);
    }
}

#[tokio::test]
async fn without_customer_support_the_customer_is_any_text_or_none() {
    for engine in Engine::all() {
        let desk = Desk::on(engine).await;
        let wrong = mistakes(&desk, Kind::CustomerUser, &person("NOSUCH")).await;
        let expected = [("UserCustomerID".to_owned(), "no-customer-yet")];
        assert_eq!(wrong, expected, "{engine}");
        let desk = desk.again(|settings| {
            let source = &mut settings.customer_users[0];
            source.customer_support = false;
            let fields = source.spec.map.0.iter_mut();
            let customer = fields.filter(|field| field.name == "UserCustomerID");
            customer.for_each(|field| field.required = false);
        });
        let desk = desk.await;
        let kind = Kind::CustomerUser;
        desk.create(kind, &person("NOSUCH")).await.unwrap();
        let found = desk.directory.find(&Actor::operator(), kind, "anna").await;
        assert!(found.unwrap().customer.is_none(), "{engine}");
        desk.update(kind, "anna", &[("UserCustomerID", "")])
            .await
            .unwrap();
        assert_eq!(
            stored(&desk, "customer_user", "customer_id").await,
            "",
            "{engine}"
        );
    }
}

#[tokio::test]
async fn a_person_needs_a_customer_who_is_valid() {
    for engine in Engine::all() {
        let desk = Desk::with_customers(engine).await;
        for (key, unknown) in [("ACME", "unknown-customer"), ("LODZ", "no-customer-yet")] {
            desk.update(Kind::Customer, key, &[("ValidID", "invalid")])
                .await
                .unwrap();
            for (customer, code) in [(key, "invalid-customer"), ("NOSUCH", unknown)] {
                let wrong = mistakes(&desk, Kind::CustomerUser, &person(customer)).await;
                let expected = [("UserCustomerID".to_owned(), code)];
                assert_eq!(wrong, expected, "{engine}: {customer}");
            }
        }
        assert_eq!(
            desk.column("customer_user", "login").await,
            [""; 0],
            "{engine}"
        );
    }
}

#[tokio::test]
async fn a_field_of_whole_numbers_takes_no_text() {
    for engine in Engine::all() {
        let desk = Desk::with_customers(engine).await;
        let sql = "ALTER TABLE customer_user ADD COLUMN room VARCHAR(20)";
        desk.db.execute(sql, &[]).await.unwrap();
        let desk = desk.again(|settings| {
            let room = Field::new("UserRoom", "Room", "room").int();
            settings.customer_users[0].spec.map.0.push(room);
        });
        let desk = desk.await;
        for wrong in ["B 12", "1.5", "12a"] {
            let mut fields = person("ACME");
            fields.push(("UserRoom", wrong));
            let found = mistakes(&desk, Kind::CustomerUser, &fields).await;
            let expected = [("UserRoom".to_owned(), "not-a-number")];
            assert_eq!(found, expected, "{engine}: {wrong}");
        }
        let mut fields = person("ACME");
        fields.push(("UserRoom", " 12 "));
        desk.create(Kind::CustomerUser, &fields).await.unwrap();
        assert_eq!(
            stored(&desk, "customer_user", "room").await,
            "12",
            "{engine}"
        );
    }
}

#[tokio::test]
async fn labels_are_those_of_the_settings_in_force() {
    let mut desk = Desk::on(Engine::Sqlite).await;
    for label in ["Number", "Extension"] {
        desk = desk
            .again(|settings| {
                let fields = settings.customer_users[0].spec.map.0.iter_mut();
                let phone = fields.filter(|field| field.name == "UserPhone");
                phone.for_each(|field| field.label = label.into());
            })
            .await;
        let found = |kind, name: &str| desk.directory.field_label(kind, name);
        let phone = found(Kind::CustomerUser, "UserPhone");
        assert_eq!(phone.as_deref(), Some(label));
        assert_eq!(found(Kind::Customer, "UserPhone"), None);
        assert_eq!(found(Kind::Service, "Parent").as_deref(), Some("Parent"));
    }
}
