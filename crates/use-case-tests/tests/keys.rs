//! Keys that look alike are one key, and what is no key is none (D30), at every door that plans.

use kartoteka_directory::{Actor, Error, FieldProblem, Found, Kind, Search};
use kartoteka_records::Records;
use kartoteka_testbed::Engine;

use crate::{Desk, fields_of};

/// The mistakes that adding these fields makes: field and code.
async fn mistakes(desk: &Desk, kind: Kind, fields: &[(&str, &str)]) -> Vec<(String, &'static str)> {
    let actor = Actor::operator();
    let plan = Records::of(&desk.directory).plan_create(&actor, kind, None, fields_of(fields));
    let errors = plan.await.unwrap().errors.clone().into_iter();
    errors
        .map(|error| (error.field, error.problem.code()))
        .collect()
}

/// The person with this login.
async fn get(desk: &Desk, login: &str) -> Found {
    let actor = Actor::operator();
    let found = desk.directory.find(&actor, Kind::CustomerUser, login);
    found.await.unwrap()
}

/// The logins that a search finds; everybody's without a text.
async fn logins(desk: &Desk, text: Option<&str>) -> Vec<String> {
    let search = Search {
        text: text.map(str::to_owned),
        ..Search::default()
    };
    let actor = Actor::operator();
    let found = desk.directory.search(&actor, Kind::CustomerUser, &search);
    let rows = found.await.unwrap().rows.into_iter();
    rows.map(|row| row.key).collect()
}

/// A person of `ACME` with this login, first name and e-mail address.
fn person<'a>(login: &'a str, first: &'a str, email: &'a str) -> [(&'a str, &'a str); 5] {
    [
        ("UserLogin", login),
        ("UserFirstname", first),
        ("UserLastname", "Nowak"),
        ("UserEmail", email),
        ("UserCustomerID", "ACME"),
    ]
}

#[tokio::test]
async fn invisible_characters_are_refused_in_keys_and_fill_nothing() {
    let desk = Desk::with_customers(Engine::Sqlite).await;
    for login in ["an\u{ad}na", "an\u{200b}na", "a\u{2060}b", "a\u{202e}b"] {
        let found = mistakes(
            &desk,
            Kind::CustomerUser,
            &person(login, "A", "a@acme-lab.org"),
        )
        .await;
        assert_eq!(
            found,
            [("UserLogin".to_owned(), "invisible-character")],
            "{login:?}"
        );
        for (kind, field, more) in [
            (Kind::Customer, "CustomerID", [("CustomerCompanyName", "X")]),
            (Kind::Group, "Name", [("Comment", "X")]),
            (Kind::Service, "Name", [("Comment", "X")]),
            (Kind::Agent, "UserLogin", [("UserFirstname", "X")]),
        ] {
            let mut fields = vec![(field, login)];
            fields.extend(more);
            let found = mistakes(&desk, kind, &fields).await;
            let expected = (field.to_owned(), "invisible-character");
            assert!(found.contains(&expected), "{kind:?} {login:?} {found:?}");
        }
    }
    let found = mistakes(
        &desk,
        Kind::CustomerUser,
        &person("anna", "\u{200b}", "a@acme-lab.org"),
    )
    .await;
    assert_eq!(found, [("UserFirstname".to_owned(), "required")]);
    let added = person("\u{feff}anna\u{200b} ", "\u{200b}Anna", "a@acme-lab.org");
    assert_eq!(
        desk.create(Kind::CustomerUser, &added).await.unwrap(),
        "anna"
    );
    // What is searched need not be seen either.
    for typed in ["an\u{ad}na", "anna\u{200b}"] {
        assert_eq!(logins(&desk, Some(typed)).await.len(), 1, "{typed:?}");
    }
}

#[tokio::test]
async fn the_login_of_everybody_is_reserved() {
    let desk = Desk::with_customers(Engine::Sqlite).await;
    desk.person("anna").await;
    for login in [
        "<DEFAULT>",
        "<default>",
        " <Default> ",
        "\u{ff1c}DEFAULT\u{ff1e}",
    ] {
        let found = mistakes(
            &desk,
            Kind::CustomerUser,
            &person(login, "A", "a@acme-lab.org"),
        )
        .await;
        assert_eq!(found, [("UserLogin".to_owned(), "reserved")], "{login}");
        let renamed = desk
            .update(Kind::CustomerUser, "anna", &[("UserLogin", login)])
            .await;
        assert!(matches!(renamed, Err(Error::Invalid(_))), "{login}");
    }
}

#[tokio::test]
async fn keys_are_the_same_composed_or_not() {
    for engine in Engine::all() {
        let desk = Desk::with_customers(engine).await;
        let (one, other) = ("b\u{f6}", "bo\u{308}");
        let customer = [("CustomerID", other), ("CustomerCompanyName", "Bö")];
        assert_eq!(desk.create(Kind::Customer, &customer).await.unwrap(), one);
        let mut fields = person(other, "A", "a@acme-lab.org");
        fields[4].1 = other;
        assert_eq!(desk.create(Kind::CustomerUser, &fields).await.unwrap(), one);
        let found = mistakes(
            &desk,
            Kind::CustomerUser,
            &person(one, "A", "b@acme-lab.org"),
        )
        .await;
        assert_eq!(found, [("UserLogin".to_owned(), "taken")], "{engine:?}");
        for key in [one, other, "BO\u{308}"] {
            let found = get(&desk, key);
            let found = found.await;
            assert_eq!(found.key, one, "{engine:?} {key:?}");
            assert_eq!(found.record.get("UserCustomerID"), one);
        }
        for kind in [Kind::Group, Kind::Service] {
            desk.create(kind, &[("Name", one)]).await.unwrap();
            let found = mistakes(&desk, kind, &[("Name", other)]).await;
            assert_eq!(found, [("Name".to_owned(), "taken")]);
        }
        // Rows that others wrote decomposed are found, and follow their customer.
        let sql = "UPDATE customer_user SET login = ?, customer_id = ?, change_time = change_time";
        let args = kartoteka_store::args![other, other];
        desk.db.execute(sql, &args).await.unwrap();
        desk.directory
            .rebuild_index(Kind::CustomerUser)
            .await
            .unwrap();
        let found = get(&desk, one);
        assert_eq!(found.await.key, other, "{engine:?}");
        // Saving it in the other form renames nobody.
        let fields = [("UserLogin", one), ("UserCity", "X")];
        let saved = desk.update(Kind::CustomerUser, one, &fields).await;
        assert_eq!(saved.unwrap(), other, "{engine:?}");
        desk.update(Kind::Customer, one, &[("CustomerID", "new")])
            .await
            .unwrap();
        let found = get(&desk, one);
        assert_eq!(
            found.await.record.get("UserCustomerID"),
            "new",
            "{engine:?}"
        );
    }
}

#[tokio::test]
async fn a_row_without_a_login_is_nobody() {
    for engine in Engine::all() {
        let desk = Desk::with_customers(engine).await;
        desk.person("anna").await;
        desk.person("jan").await;
        let sql = "UPDATE customer_user SET login = '' WHERE login = 'jan'";
        desk.db.execute(sql, &[]).await.unwrap();
        desk.directory
            .rebuild_index(Kind::CustomerUser)
            .await
            .unwrap();
        let spec = desk.settings.customer_users[0].spec.clone();
        let table = kartoteka_store::source::TableStore::open(desk.db.clone(), spec);
        let count = table.await.unwrap().count_without_key().await;
        assert_eq!(count.unwrap(), 1, "{engine:?}");
        assert_eq!(logins(&desk, None).await, ["anna"], "{engine:?}");
        assert_eq!(
            desk.directory.count(Kind::CustomerUser).await.unwrap(),
            (1, 0)
        );
    }
}

#[tokio::test]
async fn the_record_that_has_the_key_is_named() {
    for engine in Engine::all() {
        let desk = Desk::on(engine).await;
        let first = [
            ("CustomerID", "Müller & Söhne"),
            ("CustomerCompanyName", "Eins"),
        ];
        desk.create(Kind::Customer, &first).await.unwrap();
        // Where the table's key minds no accents, it refuses; the others take it for another customer.
        let second = [
            ("CustomerID", "muller & sohne"),
            ("CustomerCompanyName", "Zwei"),
        ];
        match desk.create(Kind::Customer, &second).await {
            Ok(_) => assert!(matches!(engine, Engine::Sqlite | Engine::Postgres)),
            Err(Error::Invalid(errors)) => {
                let by = "Müller & Söhne".to_owned();
                assert_eq!(errors[0].problem, FieldProblem::Taken { by });
            }
            Err(error) => panic!("{error}"),
        }
    }
}

#[tokio::test]
async fn international_domains_are_taken_and_found_in_letters() {
    let desk = Desk::with_customers(Engine::Sqlite).await;
    let added = person("max", "Max", "max@müller.test");
    desk.create(Kind::CustomerUser, &added).await.unwrap();
    let found = get(&desk, "max");
    let stored = "max@xn--mller-kva.test";
    assert_eq!(found.await.record.get("UserEmail"), stored);
    for typed in ["max@müller.test", "müller.test", stored] {
        assert_eq!(logins(&desk, Some(typed)).await.len(), 1, "{typed}");
    }
    for (email, code) in [
        ("josé@gmail.com", "email-character"),
        ("max@mül ler.test", "email"),
        ("max", "email"),
    ] {
        let found = mistakes(&desk, Kind::CustomerUser, &person("jo", "Jo", email)).await;
        assert_eq!(found, [("UserEmail".to_owned(), code)], "{email}");
    }
    let long = format!("{}@acme-lab.org", "a".repeat(65));
    let found = mistakes(&desk, Kind::CustomerUser, &person("jo", "Jo", &long)).await;
    assert_eq!(found, [("UserEmail".to_owned(), "email-local-part")]);
}

/// What comes by many is looked at as a single record is, and put into the same form.
#[tokio::test]
async fn many_records_at_once_are_looked_at_too() {
    use kartoteka_model::Record;
    for engine in Engine::all() {
        let desk = Desk::with_customers(engine).await;
        let actor = Actor::operator();
        let person = |login: &str| {
            Record::from_iter([
                ("UserLogin", login),
                ("UserFirstname", "Anna"),
                ("UserLastname", "Nowak"),
                ("UserEmail", "anna@acme-lab.org"),
                ("UserCustomerID", "ACME"),
                ("ValidID", "1"),
            ])
        };
        let kind = Kind::CustomerUser;
        for (login, code) in [
            ("<DEFAULT>", "reserved"),
            ("an\u{200b}na", "invisible-character"),
            ("", "required"),
        ] {
            let people = [person("fine"), person(login)].into_iter();
            let refused = Records::of(&desk.directory)
                .bulk_create(&actor, kind, people, |_| {})
                .await;
            let Err(Error::Invalid(errors)) = refused else {
                panic!("{login:?} on {engine}: {refused:?}");
            };
            assert_eq!(errors[0].problem.code(), code, "{engine}");
            let found = desk.directory.find(&actor, kind, "fine").await;
            assert!(
                found.is_err(),
                "nothing of it is kept: {login:?} on {engine}"
            );
        }
        let people = [person(" bo\u{308} ")].into_iter();
        Records::of(&desk.directory)
            .bulk_create(&actor, kind, people, |_| {})
            .await
            .unwrap();
        desk.directory.wait_for_index().await.unwrap();
        let found = desk.directory.find(&actor, kind, "b\u{f6}").await.unwrap();
        assert_eq!(found.key, "b\u{f6}", "{engine}");
    }
}
