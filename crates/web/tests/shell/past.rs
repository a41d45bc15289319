//! Access on a chosen day.

use axum::http::StatusCode;
use kartoteka_access::{Access, Wanted};
use kartoteka_directory::{Actor, Fields, Kind, Maintenance};
use kartoteka_model::access::Context;
use kartoteka_records::Records;

use super::app::TestApp;
use super::assignments::desk;

const DAY: i64 = 86_400;

async fn create(directory: &Maintenance, login: &str) {
    let email = format!("{login}@acme-lab.org");
    let fields = [
        ("UserLogin", login),
        ("UserFirstname", login),
        ("UserLastname", "Nowak"),
        ("UserEmail", email.as_str()),
        ("UserCustomerID", "ACME"),
    ];
    let fields: Fields = fields
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .into();
    let actor = Actor::operator();
    let plan = Records::of(directory).plan_create(&actor, Kind::CustomerUser, None, fields);
    let plan = plan.await.expect("a plan");
    Records::of(directory).apply(plan).await.expect("saved");
}

async fn give(app: &TestApp, given: bool) {
    let actor = Actor::operator();
    let wanted = Wanted::PersonGroup {
        login: "anna".into(),
        group: "stats".into(),
        permission: "rw".into(),
        given,
    };
    let plan = Access::of(&app.directory)
        .plan_relations(&actor, vec![wanted])
        .await;
    let plan = plan.expect("a plan");
    Access::of(&app.directory)
        .apply_relations(plan)
        .await
        .expect("saved");
}

#[tokio::test]
async fn a_past_day_is_shown_with_what_changed_since() {
    let mut app = desk().await;
    let saved = app
        .post(
            "/settings/access",
            "customer_group_support=on&always_groups=users&_then=stay",
        )
        .await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER);
    give(&app, true).await;
    app.wait(3 * DAY);
    give(&app, false).await;
    app.wait(3 * DAY);
    create(&app.directory, "celina").await;
    // The session has ended meanwhile.
    app.become_agent("ewa").await;
    // The clock of the tests begins on 17 March 2030.
    let path = "/customer-users/anna/past";
    let then = app.get(&format!("{path}?day=2030-03-18")).await;
    assert!(
        then.text.contains("<th scope=\"row\">stats</th>"),
        "{}",
        then.text
    );
    assert!(then.text.contains("edit (rw): given to the person"));
    assert!(then.text.contains("lost edit (rw) in group stats"));
    let later = app.get(&format!("{path}?day=2030-03-22")).await;
    assert!(
        !later.text.contains("<th scope=\"row\">stats</th>"),
        "{}",
        later.text
    );
    assert!(later.text.contains("the permissions are the same"));
    let before = app.get("/customer-users/celina/past?day=2030-03-18").await;
    assert!(
        before.text.contains("was not known on that day"),
        "{}",
        before.text
    );
    assert!(before.text.contains("gained edit (rw) in group users"));
    for (query, said) in [
        ("day=yesterday", "This is not a day"),
        ("day=2030-03-16", "The journal begins on 2030-03-17"),
        ("day=2031-01-01", "This day is still to come"),
        (
            "day=2030-03-18&until=2031-01-01",
            "This day is still to come",
        ),
    ] {
        let wrong = app.get(&format!("{path}?{query}")).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
        assert!(wrong.text.contains(said), "{query} {}", wrong.text);
    }
    let wrong = app.get(&format!("{path}?day=yesterday")).await;
    assert!(wrong.text.contains("value=\"yesterday\""));
}

#[tokio::test]
async fn groups_and_customers_of_a_past_day_are_shown() {
    let mut app = desk().await;
    let saved = app
        .post("/settings/access", "customer_group_support=on&_then=stay")
        .await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER);
    give(&app, true).await;
    app.wait(3 * DAY);
    give(&app, false).await;
    let to_customer = Wanted::CustomerGroup {
        customer: "ACME".into(),
        group: "stats".into(),
        permission: "ro".into(),
        context: Context::Same,
        given: true,
    };
    let actor = Actor::operator();
    let plan = Access::of(&app.directory).plan_relations(&actor, vec![to_customer]);
    let plan = plan.await.expect("a plan");
    Access::of(&app.directory)
        .apply_relations(plan)
        .await
        .expect("saved");
    app.wait(3 * DAY);
    app.become_agent("ewa").await;
    for page in ["/groups/stats", "/customers/ACME"] {
        let shown = app.get(page).await;
        assert!(
            shown.text.contains(&format!("{page}/past")),
            "{}",
            shown.text
        );
    }
    let path = "/groups/stats/past";
    let then = app
        .get(&format!("{path}?day=2030-03-18&permission=rw"))
        .await;
    assert!(
        then.text.contains("edit (rw): given to the person") && then.text.contains("1 person"),
        "{}",
        then.text
    );
    assert!(then.text.contains("<del>lost</del>"), "{}", then.text);
    let reading = app
        .get(&format!("{path}?day=2030-03-18&permission=ro"))
        .await;
    assert!(
        reading.text.contains("<ins>gained</ins>") && reading.text.contains("by customer ACME"),
        "{}",
        reading.text
    );
    let customers = app
        .get(&format!("{path}?day=2030-03-18&permission=ro&of=customers"))
        .await;
    assert!(
        customers.text.contains("Nobody") && customers.text.contains("<ins>gained</ins>"),
        "{}",
        customers.text
    );
    let customer = app.get("/customers/ACME/past?day=2030-03-18").await;
    assert!(
        customer.text.contains("gained read (ro) in group stats"),
        "{}",
        customer.text
    );
    let unknown = app.get("/groups/nothing/past").await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn past_pages_take_any_key_as_the_pages_of_records_do() {
    let app = desk().await;
    let actor = Actor::operator();
    for (at, key) in ["~anna", "a/b", "new", "..", "50%", "~~"]
        .into_iter()
        .enumerate()
    {
        let named: [(Kind, Vec<(&str, String)>); 3] = [
            (
                Kind::Customer,
                vec![
                    ("CustomerID", key.to_owned()),
                    ("CustomerCompanyName", format!("Company {at}")),
                ],
            ),
            (
                Kind::CustomerUser,
                vec![
                    ("UserLogin", key.to_owned()),
                    ("UserFirstname", "Anna".to_owned()),
                    ("UserLastname", format!("Nowak {at}")),
                    ("UserEmail", format!("anna{at}@acme-lab.org")),
                    ("UserCustomerID", "ACME".to_owned()),
                ],
            ),
            (Kind::Group, vec![("Name", key.to_owned())]),
        ];
        for (kind, fields) in named {
            let word = format!("{}s", kind.name());
            let fields: Fields = fields
                .into_iter()
                .map(|(name, value)| (name.to_owned(), value))
                .collect();
            let plan = Records::of(&app.directory)
                .plan_create(&actor, kind, None, fields)
                .await;
            let plan = plan.expect("a plan");
            assert_eq!(plan.errors, [], "{key}");
            Records::of(&app.directory)
                .apply(plan)
                .await
                .expect("saved");
            // The address that the record's own page gives, and what a browser makes of it.
            let list = app.get(&format!("/{word}")).await.text;
            let segment = segment_of(&list, &word, key);
            let record = app.get(&format!("/{word}/{segment}")).await;
            let path = format!("/{word}/{segment}/past");
            assert!(record.text.contains(&path), "{path}: {}", record.text);
            let past = app.get(&format!("{path}?day=2030-03-17")).await;
            assert_eq!(past.status, StatusCode::OK, "{path}");
            let title = format!("<h1>Access on a chosen day: {key}</h1>");
            assert!(past.text.contains(&title), "{path}: {}", past.text);
            assert!(past.text.contains(&format!("action=\"{path}\"")));
        }
    }
}

/// The part of an address that a list has for a key: the one that, as browsers and the pages read it, names the key.
fn segment_of(list: &str, word: &str, key: &str) -> String {
    let begin = format!("href=\"/{word}/");
    let hrefs = list.split(&begin).skip(1);
    let segments = hrefs.filter_map(|rest| rest.split('"').next());
    let names = |segment: &&str| {
        let plain = segment.replace("%2F", "/").replace("%25", "%");
        // The list leads to `new` itself, too, for adding.
        plain == format!("~{key}") || plain == key && key != "new"
    };
    let found = segments.filter(|one| !one.contains('/')).find(names);
    found.unwrap_or_else(|| panic!("{key}: {list}")).to_owned()
}
