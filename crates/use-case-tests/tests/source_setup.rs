//! Sources that are set up while the program runs: the layer and what wins over it, secrets, two nodes, and people who are
//! found then.

use std::sync::Arc;
use std::time::{Duration, Instant};

use kartoteka_directory::{
    Actor, Door, Error, Kind, Maintenance, Options, Principal, Role, Search, SystemClock,
};
use kartoteka_model::source::Locked;
use kartoteka_settings::{Document, Settings, read_text};
use kartoteka_source_setup::{
    SetupApplied, SetupEffect, SetupPlan, SetupStep, SetupWish, SourceSetup,
};
use kartoteka_store::own::{journal, state};
use kartoteka_testbed::Engine;
use kartoteka_testbed::ldap::{ADMIN, Entry, SUFFIX, Slapd};
use serde_json::json;

use crate::Desk;

const ID: &str = "CustomerUser3";

fn document(value: serde_json::Value) -> Document {
    serde_json::from_value(value).unwrap()
}

fn wish(id: &str, step: SetupStep) -> SetupWish {
    SetupWish::of(id, step)
}

async fn planned(directory: &Maintenance, wish: SetupWish) -> Result<SetupPlan, Error> {
    SourceSetup::of(directory)
        .plan_setup(&Actor::operator(), wish)
        .await
}

async fn done(directory: &Maintenance, wish: SetupWish) -> Result<SetupApplied, Error> {
    let plan = planned(directory, wish).await?;
    SourceSetup::of(directory).apply_setup(plan).await
}

fn codes(plan: &SetupPlan) -> Vec<(String, &'static str)> {
    let errors = plan.errors.iter();
    errors
        .map(|error| (error.field.clone(), error.problem.code()))
        .collect()
}

/// Waits until a node goes by what was written.
async fn taken_up(directory: &Maintenance, number: u64) {
    let began = Instant::now();
    while directory.fields_in_force() < number {
        let refused = directory.refused_fields();
        assert!(
            began.elapsed() < Duration::from_secs(30),
            "not taken up {refused:?}"
        );
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

async fn found(directory: &Maintenance) -> Vec<String> {
    let now = directory.current();
    let search = Search {
        valid: kartoteka_directory::ValidFilter::All,
        ..Search::default()
    };
    let actor = Actor::operator();
    let page = now.search(&actor, Kind::CustomerUser, &search);
    let mut keys: Vec<String> = page
        .await
        .unwrap()
        .rows
        .into_iter()
        .map(|row| row.key)
        .collect();
    keys.sort_unstable();
    keys
}

fn csv(desk: &Desk, file: &str, rows: &str) -> Document {
    let folder = desk.file("sources");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(
        folder.join(file),
        format!("login,first,last,mail,firm\n{rows}"),
    )
    .unwrap();
    document(json!({
        "Module": "CSV", "Name": "Filia", "Params": {"File": file},
        "CustomerKey": "login", "CustomerID": "firm", "CustomerValid": "",
        "CustomerUserListFields": ["first", "last", "mail"],
        "CustomerUserSearchFields": ["login", "last"],
        "CustomerUserPostMasterSearchFields": ["mail"],
        "CustomerUserNameFields": ["first", "last"],
        "Map": [
            ["UserLogin", "Login", "login", 1, 1, "var"],
            ["UserFirstname", "First name", "first", 1, 1, "var"],
            ["UserLastname", "Last name", "last", 1, 1, "var"],
            ["UserEmail", "E-mail", "mail", 1, 1, "var"],
            ["UserCustomerID", "Customer", "firm", 0, 1, "var"],
        ],
    }))
}

fn tree(address: &str, password: Option<&str>) -> Document {
    let mut document = document(json!({
        "Module": "LDAP", "Name": "Tree",
        "Params": {"Host": address, "BaseDN": format!("ou=people,{SUFFIX}"), "UserDN": ADMIN.0},
    }));
    if let Some(password) = password {
        document.set("Params.UserPw", password.into());
    }
    document
}

fn entries() -> Vec<Entry> {
    let mut entries = Entry::tree();
    for login in ["kasia", "piotr"] {
        let mail = format!("{login}@ldap.example");
        let attributes = [("givenName", login), ("sn", "Wójcik"), ("mail", &mail)];
        entries.push(Entry::person(login, &attributes));
    }
    entries
}

#[tokio::test]
async fn a_source_is_added_changed_and_removed_and_its_people_are_found() {
    for engine in Engine::all() {
        let desk = Desk::with_customers(engine).await;
        let directory = &desk.directory;
        desk.person("anna").await;
        let document = csv(
            &desk,
            "people.csv",
            "ola,Ola,Lis,o@lab.example,ACME\nanna,A,B,a@lab.example,ACME\n",
        );
        let plan = planned(directory, wish(ID, SetupStep::Add(document.clone())))
            .await
            .unwrap();
        assert_eq!(codes(&plan), [], "{engine}");
        let looked = &plan.looked;
        assert!(!looked.steps.is_empty() && !looked.has_failed());
        assert_eq!(looked.first.len(), 2);
        assert_eq!(looked.first[0].customer.as_deref(), Some("ACME"));
        assert!(looked.first[0].valid && looked.first[0].fields.len() == 5);
        let known = &looked.known;
        assert_eq!(
            (known.len(), &*known[0].key, known[0].speaks),
            (1, "anna", true)
        );
        assert_eq!(looked.effects, [SetupEffect::MakesIndex]);
        assert_eq!(found(directory).await, ["anna"], "nothing is done yet");
        let applied = SourceSetup::of(directory).apply_setup(plan).await.unwrap();
        taken_up(directory, 1).await;
        assert_eq!(found(directory).await, ["anna", "ola"], "{engine}");
        let entry = journal::find(&desk.db, applied.journal.unwrap())
            .await
            .unwrap()
            .unwrap();
        assert_eq!(
            (&*entry.kind, &*entry.action, &*entry.key),
            ("source", "create", ID)
        );

        // Another has its place, and who looked at an older one is told.
        let again = planned(directory, wish(ID, SetupStep::Add(document.clone())))
            .await
            .unwrap();
        assert_eq!(codes(&again), [("id".to_owned(), "taken")]);
        let mut other = document.clone();
        other.set("Name", "Filia 2".into());
        let late = SetupWish {
            had: Some(7),
            ..wish(ID, SetupStep::Change(other.clone()))
        };
        let late = planned(directory, late).await.unwrap();
        assert_eq!(codes(&late), [("version".to_owned(), "document-changed")]);
        let stale = planned(directory, wish(ID, SetupStep::Change(document.clone())))
            .await
            .unwrap();
        let mut third = document;
        third.set("Name", "Filia 3".into());
        let stale_too = planned(directory, wish(ID, SetupStep::Change(third)))
            .await
            .unwrap();
        assert!(stale.changes.is_empty());
        let changed = done(directory, wish(ID, SetupStep::Change(other)))
            .await
            .unwrap();
        assert_eq!(changed.changes.len(), 1);
        let refused = SourceSetup::of(directory).apply_setup(stale_too).await;
        assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
        taken_up(directory, 2).await;
        let names = directory.current();
        let names = names.sources(Kind::CustomerUser);
        assert_eq!(names[1].name, "Filia 2", "{engine}");

        let now = directory.current();
        now.wait_for_index().await.unwrap();
        let plan = planned(&now, wish(ID, SetupStep::Remove)).await.unwrap();
        assert!(
            plan.looked
                .effects
                .contains(&SetupEffect::Loses { records: 1 }),
            "{:?}",
            plan.looked.effects
        );
        SourceSetup::of(directory).apply_setup(plan).await.unwrap();
        taken_up(directory, 3).await;
        assert_eq!(found(directory).await, ["anna"], "{engine}");
        let gone = planned(directory, wish(ID, SetupStep::Remove)).await;
        assert!(matches!(gone, Err(Error::Unknown { .. })));
    }
}

#[tokio::test]
async fn mistakes_have_the_words_of_the_settings_and_the_key_that_they_are_about() {
    let desk = Desk::on(Engine::Sqlite).await;
    let directory = &desk.directory;
    let params = |params: serde_json::Value| document(json!({"Module": "DB", "Params": params}));
    for (document, key, part) in [
        (document(json!({"Module": "SAP"})), "Module", "not known"),
        (document(json!({"Module": "LDAP"})), "Module", "Params.Host"),
        (
            document(json!({"Nmae": "x"})),
            "Nmae",
            "there is no key `Nmae` in [CustomerUser3]",
        ),
        (
            document(json!({"ReadOnly": "perhaps"})),
            "ReadOnly",
            "yes or no",
        ),
        (
            document(json!({"Map": [["UserLogin", "Login"]]})),
            "Map.1",
            "column",
        ),
        (
            params(json!({"Table": "a b"})),
            "Params.Table",
            "plain identifier",
        ),
        (
            params(json!({"Table": "kt_session"})),
            "Params.Table",
            "Kartoteka's own",
        ),
        (
            params(json!({"DSN": "sqlite:///etc/x.db"})),
            "Params.DSN",
            "kartoteka.toml",
        ),
        (
            params(json!({"DSN": "gopher:secret-word"})),
            "Params.DSN",
            "postgres://",
        ),
        (
            document(json!({"Module": "CSV", "Params": {"File": "../kartoteka.key"}})),
            "Params.File",
            "folder",
        ),
        (
            document(json!({"Module": "CSV", "Params": {"File": "/etc/passwd"}})),
            "Params.File",
            "folder",
        ),
    ] {
        let plan = planned(directory, wish(ID, SetupStep::Add(document)))
            .await
            .unwrap();
        let error = plan.errors.iter().find(|error| error.field == key);
        let error = error.unwrap_or_else(|| panic!("{key} {:?}", plan.errors));
        let text = format!("{:?}", error.problem);
        assert!(text.contains(part), "{key} {text}");
        assert!(!text.contains("secret-word"), "{text}");
        assert!(plan.looked.steps.is_empty(), "nobody is asked");
    }
    let place = planned(
        directory,
        wish("CustomerUser11", SetupStep::Add(Document::default())),
    )
    .await;
    assert_eq!(codes(&place.unwrap()), [("id".to_owned(), "not-a-choice")]);
    // A table of the home database has to be there: what is made of it is searched at once.
    let missing = SetupWish {
        although_it_fails: true,
        ..wish(ID, SetupStep::Add(params(json!({"Table": "nowhere"}))))
    };
    let missing = planned(directory, missing).await.unwrap();
    assert_eq!(codes(&missing), [("test".to_owned(), "test-failed")]);
    let editor = Actor {
        principal: Principal::Agent {
            id: 1,
            login: "jan".into(),
            role: Role::Editor,
        },
        door: Door::Page,
    };
    let refused = SourceSetup::of(directory)
        .plan_setup(&editor, wish(ID, SetupStep::Add(Document::default())))
        .await;
    assert!(matches!(refused, Err(Error::Forbidden { .. })));
}

#[tokio::test]
async fn what_the_file_says_wins() {
    for engine in Engine::all() {
        let desk = Desk::with_customers(engine).await;
        let document = csv(&desk, "people.csv", "ola,Ola,Lis,o@lab.example,ACME\n");
        done(&desk.directory, wish(ID, SetupStep::Add(document.clone())))
            .await
            .unwrap();
        taken_up(&desk.directory, 1).await;
        let file =
            format!("[{ID}]\nName = \"Of the file\"\nParams = {{ Table = \"customer_user\" }}\n");
        let read = read_text("kartoteka.toml", &file, []).settings.unwrap();
        let desk = desk
            .again(|settings: &mut Settings| {
                settings.customer_users = read.customer_users;
                settings.places = read.places;
            })
            .await;
        let names = desk.directory.current();
        let names = names.sources(Kind::CustomerUser);
        assert_eq!(names[1].name, "Of the file", "{engine}");
        let shown = SourceSetup::of(&desk.directory)
            .shown(&Actor::operator(), ID)
            .await
            .unwrap();
        assert_eq!(shown.said.as_deref(), Some("kartoteka.toml:1:2"));
        let plan = planned(&desk.directory, wish(ID, SetupStep::Change(document)))
            .await
            .unwrap();
        assert_eq!(codes(&plan), [("id".to_owned(), "source-elsewhere")]);
    }
}

#[tokio::test]
async fn secrets_are_sealed_kept_and_told_to_no_other_server() {
    let slapd = Slapd::start(&entries(), ["", ""]).unwrap();
    let (address, password) = (slapd.address(), ADMIN.1);
    for engine in Engine::all() {
        let desk = Desk::with_customers(engine).await;
        let directory = &desk.directory;
        let setup = SourceSetup::of(directory);
        // A wrong one is found by the test, and nothing is saved.
        let wrong = planned(
            directory,
            wish(ID, SetupStep::Add(tree(&address, Some("wrong-word")))),
        )
        .await
        .unwrap();
        assert_eq!(
            codes(&wrong),
            [("test".to_owned(), "test-failed")],
            "{engine}"
        );
        assert!(!format!("{wrong:?}").contains("wrong-word"));

        let plan = planned(
            directory,
            wish(ID, SetupStep::Add(tree(&address, Some(password)))),
        )
        .await
        .unwrap();
        assert_eq!(codes(&plan), []);
        assert_eq!(plan.looked.first.len(), 2);
        assert!(!format!("{plan:?}").contains(password), "{plan:?}");
        let key = desk.file("kartoteka.key");
        assert!(!key.exists(), "no key before it is needed");
        let applied = setup.apply_setup(plan).await.unwrap();
        assert!(!format!("{applied:?}").contains(password));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = key.metadata().unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        taken_up(directory, 1).await;
        assert_eq!(found(directory).await, ["kasia", "piotr"], "{engine}");
        let entry = journal::find(&desk.db, applied.journal.unwrap())
            .await
            .unwrap()
            .unwrap();
        assert!(entry.body.contains("Params.UserPw") && !entry.body.contains(password));
        let kept = state::find(&desk.db, "fields").await.unwrap().unwrap();
        assert!(kept.contains("Params.UserPw") && !kept.contains(password));
        let shown = setup.shown(&Actor::operator(), ID).await.unwrap();
        assert_eq!(shown.secrets, ["Params.UserPw"]);
        assert!(!format!("{shown:?}").contains(password));
        let toml = shown.document.to_toml(ID);
        assert!(
            toml.contains("UserDN") && !toml.contains(password),
            "{toml}"
        );
        let (id, again) = Document::from_toml("x.toml", &toml).unwrap();
        assert_eq!(
            (id.as_deref(), again.text("Params.UserDN")),
            (Some(ID), ADMIN.0)
        );

        // It stays where another name is given, and is not told to another server.
        let mut other = tree(&address, None);
        other.set("Name", "Other".into());
        let changed = done(directory, wish(ID, SetupStep::Change(other)))
            .await
            .unwrap();
        let fields: Vec<&str> = changed
            .changes
            .iter()
            .map(|change| &*change.field)
            .collect();
        assert_eq!(fields, ["Name"]);
        taken_up(directory, 2).await;
        let steps = directory.current();
        let steps = steps.test_source(&Actor::operator(), ID).await.unwrap();
        assert!(
            steps
                .iter()
                .all(|step| step.outcome() != kartoteka_directory::doctor::Outcome::Failed)
        );
        let elsewhere = planned(
            directory,
            wish(ID, SetupStep::Change(tree("ldap://evil.example", None))),
        )
        .await
        .unwrap();
        assert_eq!(
            codes(&elsewhere),
            [("Params.UserPw".to_owned(), "secret-again")]
        );
        assert!(elsewhere.looked.steps.is_empty(), "nobody else is asked");

        // What was typed for a test need not be typed again, and is good for that server alone.
        let tested = planned(
            directory,
            wish(
                "CustomerUser4",
                SetupStep::Add(tree(&address, Some(password))),
            ),
        )
        .await
        .unwrap();
        let held = setup.held(&tested).unwrap();
        assert!(held.contains_key("Params.UserPw") && !format!("{held:?}").contains(password));
        let with_held = |host: &str| SetupWish {
            held: held.clone(),
            ..wish("CustomerUser4", SetupStep::Add(tree(host, None)))
        };
        let moved = planned(directory, with_held("ldap://evil.example"))
            .await
            .unwrap();
        assert!(codes(&moved).contains(&("Params.UserPw".to_owned(), "secret-again")));
        let saved = planned(directory, with_held(&address)).await.unwrap();
        assert_eq!(codes(&saved), []);
        assert!(
            saved
                .changes
                .iter()
                .any(|change| change.field == "Params.UserPw")
        );
    }
}

#[tokio::test]
async fn a_node_without_the_key_or_with_another_says_so_and_only_that_source_is_down() {
    let slapd = Slapd::start(&entries(), ["", ""]).unwrap();
    for engine in Engine::all() {
        let desk = Desk::with_customers(engine).await;
        let data = tempfile::tempdir().unwrap();
        let settings = Settings {
            data_dir: data.path().to_path_buf(),
            ..desk.settings.clone()
        };
        let options = || Options {
            clock: Arc::new(SystemClock),
            ..Options::default()
        };
        let other = Maintenance::open(settings.clone(), options())
            .await
            .unwrap();
        other.wait_for_index().await.unwrap();
        desk.person("anna").await;
        let document = tree(&slapd.address(), Some(ADMIN.1));
        done(&desk.directory, wish(ID, SetupStep::Add(document)))
            .await
            .unwrap();
        taken_up(&desk.directory, 1).await;
        taken_up(&other, 1).await;
        // The others answer.
        assert_eq!(found(&other).await, ["anna"], "{engine}");
        let locked = |node: &Maintenance| {
            let now = node.current();
            let sources = &now.settings().customer_users;
            sources
                .iter()
                .find(|source| source.spec.id == ID)
                .unwrap()
                .spec
                .locked
        };
        assert_eq!(locked(&other), Some(Locked::NoKey));
        let steps = other
            .current()
            .test_source(&Actor::operator(), ID)
            .await
            .unwrap();
        assert_eq!(steps[0].findings[0].what.name(), "no-secret-key");
        let state = other
            .current()
            .source_state(&Actor::operator(), ID)
            .await
            .unwrap();
        assert!(state.status.unavailable_since.is_some());
        // It makes no key of its own beside the one that is there somewhere.
        let further = tree(&slapd.address(), Some(ADMIN.1));
        let further = planned(&other, wish("CustomerUser4", SetupStep::Add(further)))
            .await
            .unwrap();
        assert_eq!(
            codes(&further),
            [("Params.UserPw".to_owned(), "no-secret-key")]
        );
        assert!(!data.path().join("kartoteka.key").exists());
        if engine != Engine::Sqlite {
            other.close().await;
            continue;
        }
        // Another key is no help, and the right one is taken up without a restart.
        std::fs::write(data.path().join("kartoteka.key"), "x".repeat(40)).unwrap();
        let until = async |wanted: Option<Locked>| {
            let began = Instant::now();
            while locked(&other) != wanted {
                assert!(began.elapsed() < Duration::from_secs(60), "{wanted:?}");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        };
        until(Some(Locked::OtherKey)).await;
        std::fs::copy(
            desk.file("kartoteka.key"),
            data.path().join("kartoteka.key"),
        )
        .unwrap();
        until(None).await;
        other.current().wait_for_index().await.unwrap();
        other.close().await;
        // A key of the settings comes before the file.
        let mut settings = settings;
        settings.secrets.key = Some("y".repeat(40).into());
        let third = Maintenance::open(settings, options()).await.unwrap();
        assert_eq!(locked(&third), Some(Locked::OtherKey));
        third.close().await;
    }
}
