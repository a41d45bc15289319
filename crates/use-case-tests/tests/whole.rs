//! A change is kept whole or not at all: with its entry in the journal, and with all that it carries along.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use kartoteka_access::{Access, SettingsWanted, Wanted};
use kartoteka_directory::{Actor, Kind, Role};
use kartoteka_fields::{FieldMaps, FieldStep, FieldWish};
use kartoteka_jobs::{FieldChange, FieldEdit, Jobs, Worker};
use kartoteka_login::{Login, Logins, UiPreference, ViewWanted};
use kartoteka_records::Records;
use kartoteka_reviews::{Decision, ItemFilter, Reviews, Subject};
use kartoteka_source_setup::{SetupStep, SetupWish, SourceSetup};
use kartoteka_testbed::Engine;
use regex::Regex;
use serde_json::json;

use crate::Desk;
use crate::jobs::crowd::{Crowd, everybody, group, login, operator, people};

/// One write of each use case; some of several kinds of records.
#[derive(Debug, Clone, Copy)]
enum Write {
    AddPerson,
    ChangePerson,
    RenamePerson,
    SetPassword,
    Preferences,
    AddCustomer,
    RenameCustomer,
    AddAgent,
    AddGroup,
    ChangeService,
    Relations,
    Settings,
    Field,
    SetPreference,
    DeletePreference,
    UiPreferences,
    OwnPassword,
    UnlockLogin,
    UnlockNetwork,
    Token,
    RevokeToken,
    Template,
    DeleteTemplate,
    StartReview,
    TakeInAdded,
    SignOff,
    CancelReview,
    OrderJob,
    FieldJob,
    View,
    DeleteView,
    StartJob,
    StopJob,
    UndoJob,
    Source,
}

/// In an order in which each finds what it needs.
const WRITES: [Write; 35] = [
    Write::AddPerson,
    Write::ChangePerson,
    Write::SetPassword,
    Write::Preferences,
    Write::AddCustomer,
    Write::AddAgent,
    Write::AddGroup,
    Write::ChangeService,
    Write::Relations,
    Write::Settings,
    Write::SetPreference,
    Write::DeletePreference,
    Write::UiPreferences,
    Write::OwnPassword,
    Write::UnlockLogin,
    Write::UnlockNetwork,
    Write::Token,
    Write::RevokeToken,
    Write::Template,
    Write::DeleteTemplate,
    Write::StartReview,
    Write::TakeInAdded,
    Write::SignOff,
    Write::CancelReview,
    Write::OrderJob,
    Write::FieldJob,
    Write::View,
    Write::DeleteView,
    Write::StartJob,
    Write::StopJob,
    Write::UndoJob,
    Write::Field,
    Write::RenamePerson,
    Write::RenameCustomer,
    Write::Source,
];

/// Which of them goes through which use case that writes to the journal.
const USE_CASES: [(&str, &[Write]); 26] = [
    (
        "apply",
        &[
            Write::AddPerson,
            Write::ChangePerson,
            Write::RenamePerson,
            Write::SetPassword,
            Write::Preferences,
            Write::AddCustomer,
            Write::RenameCustomer,
            Write::AddAgent,
            Write::AddGroup,
            Write::ChangeService,
        ],
    ),
    ("apply_relations", &[Write::Relations]),
    ("apply_access_settings", &[Write::Settings]),
    ("apply_field", &[Write::Field]),
    ("set_preference", &[Write::SetPreference]),
    ("delete_preference", &[Write::DeletePreference]),
    ("set_ui_preferences", &[Write::UiPreferences]),
    ("change_own_password", &[Write::OwnPassword]),
    ("unlock_login", &[Write::UnlockLogin]),
    ("unlock_network", &[Write::UnlockNetwork]),
    ("create_token_of", &[Write::Token]),
    ("revoke_token", &[Write::RevokeToken]),
    ("save_template", &[Write::Template]),
    ("delete_template", &[Write::DeleteTemplate]),
    ("start_review", &[Write::StartReview]),
    ("take_in_added", &[Write::TakeInAdded]),
    ("sign_off", &[Write::SignOff]),
    ("cancel_review", &[Write::CancelReview]),
    ("order_job", &[Write::OrderJob]),
    ("make_field_job", &[Write::FieldJob]),
    ("save_view", &[Write::View]),
    ("delete_view", &[Write::DeleteView]),
    ("start_job", &[Write::StartJob]),
    ("stop_job", &[Write::StopJob]),
    ("undo_job", &[Write::UndoJob]),
    ("apply_setup", &[Write::Source]),
];

/// A job that is only worked out changes nothing; it is noted when it is started.
const PLANS: &str = "make_job";

/// Those that keep portions, as they say: a job's are looked at below; the others bring made-up data and moves.
const BY_PORTIONS: [&str; 4] = ["advance_job", "apply_in_job", "bulk_create", "bulk_relate"];

/// Logins that nobody has, and from where somebody guessed at them.
const GUESSED: [(&str, &str); 2] = [("nobody", "192.0.2.1"), ("no one", "198.51.100.7")];

/// Those that say what became of a source, or what an admin says to it: looked at where a source loses people
/// (`losses`).
const OF_SOURCES: [&str; 6] = [
    "decide_held_back",
    "keep",
    "let_through",
    "rebuild_index",
    "sweep",
    "sync_external_changes",
];

/// What writes find.
struct Furnished {
    desk: Desk,
    agent: Actor,
    /// Open reviews: one that is ready to be signed off, and one that is not.
    reviews: [i64; 2],
    /// One that is done, one that waits to be started, and one that waits for somebody to work on it.
    jobs: [i64; 3],
}

/// A person with something of everything.
async fn furnished(engine: Engine) -> Furnished {
    let crowd = Crowd::of(engine, 1).await;
    let (desk, actor) = (&crowd.desk, Actor::operator());
    desk.person("anna").await;
    let agent = crowd.agent("jan", Role::Reader, &[]).await;
    let directory = &desk.directory;
    Access::of(directory)
        .relate_customer(&actor, "anna", "LODZ", true)
        .await
        .unwrap();
    Logins::of(directory)
        .create_token(&actor, "import", Role::Editor, None)
        .await
        .unwrap();
    directory
        .set_preference(&actor, "anna", "Colour", "red")
        .await
        .unwrap();
    let changes = vec![group("support", "ro", true)];
    Jobs::of(directory)
        .save_template(&actor, None, "to be deleted", changes)
        .await
        .unwrap();
    Logins::of(directory)
        .save_view(&agent, view("to be deleted"))
        .await
        .unwrap();
    for (login, address) in GUESSED {
        let attempt = Login {
            login: login.into(),
            password: "x".to_owned().into(),
            address: address.into(),
            user_agent: String::new(),
        };
        assert!(Logins::of(directory).log_in(attempt).await.is_err());
    }
    let mut reviews = vec![];
    for name in ["support", "sales"] {
        give(desk, "anna", name, "ro").await.unwrap();
        let plan = Reviews::of(directory).plan_review(&actor, Subject::Group(name.into()));
        let review = Reviews::of(directory)
            .start_review(plan.await.unwrap(), "")
            .await;
        reviews.push(review.unwrap().id);
    }
    Reviews::of(directory)
        .decide_all(
            &actor,
            reviews[0],
            &ItemFilter::default(),
            Decision::Confirm,
            None,
        )
        .await
        .unwrap();
    // For the other one to take in.
    give(desk, "anna", "sales", "create").await.unwrap();
    let selection = || people(&["anna"]);
    let changes = |permission| vec![group("support", permission, true)];
    let done = Jobs::of(directory)
        .order_job(&actor, selection(), changes("rw"))
        .await;
    let done = crowd.finish(done.unwrap().id).await;
    assert_eq!(done.changed, 1);
    let planned = Jobs::of(directory)
        .make_job(&actor, selection(), changes("create"))
        .await;
    let planned = crowd.finish(planned.unwrap().id).await;
    let waiting = Jobs::of(directory)
        .order_job(&actor, selection(), changes("create"))
        .await;
    Furnished {
        agent,
        reviews: [reviews[0], reviews[1]],
        jobs: [done.id, planned.id, waiting.unwrap().id],
        desk: crowd.desk,
    }
}

async fn give(
    desk: &Desk,
    login: &str,
    group: &str,
    permission: &str,
) -> kartoteka_directory::Result<()> {
    let wanted = Wanted::PersonGroup {
        login: login.into(),
        group: group.into(),
        permission: permission.into(),
        given: true,
    };
    let actor = Actor::operator();
    let plan = Access::of(&desk.directory)
        .plan_relations(&actor, vec![wanted])
        .await?;
    Access::of(&desk.directory).apply_relations(plan).await?;
    Ok(())
}

fn view(name: &str) -> ViewWanted {
    ViewWanted {
        kind: Kind::CustomerUser,
        name: name.to_owned(),
        query: "search=nowak".to_owned(),
        shared: false,
    }
}

async fn write(furnished: &Furnished, what: Write) -> kartoteka_directory::Result<()> {
    let desk = &furnished.desk;
    let actor = Actor::operator();
    let directory = &desk.directory;
    let (person, customer) = (Kind::CustomerUser, Kind::Customer);
    let [signed, open] = furnished.reviews;
    let [done, planned, waiting] = furnished.jobs;
    match what {
        Write::AddPerson => {
            let fields = [
                ("UserLogin", "bea"),
                ("UserFirstname", "Bea"),
                ("UserLastname", "Nowak"),
                ("UserEmail", "bea@acme-lab.org"),
                ("UserCustomerID", "ACME"),
                ("UserPassword", "pies w budzie 8"),
            ];
            desk.create(person, &fields).await?;
        }
        Write::ChangePerson => {
            desk.update(person, "anna", &[("UserPhone", "1")]).await?;
        }
        Write::RenamePerson => {
            desk.update(person, "anna", &[("UserLogin", "ania")])
                .await?;
        }
        Write::SetPassword => {
            let plan = Records::of(directory).plan_password(&actor, person, "anna", None);
            Records::of(directory).apply(plan.await?).await?;
        }
        Write::Preferences => {
            desk.update(person, "anna", &[("UserLanguage", "pl")])
                .await?;
        }
        Write::AddCustomer => {
            let fields = [("CustomerID", "NEW"), ("CustomerCompanyName", "New")];
            desk.create(customer, &fields).await?;
        }
        Write::RenameCustomer => {
            desk.update(customer, "LODZ", &[("CustomerID", "LODZ-2")])
                .await?;
        }
        Write::AddAgent => {
            let fields = [
                ("UserLogin", "ewa"),
                ("UserFirstname", "Ewa"),
                ("UserLastname", "Lis"),
                ("UserPassword", "pies w budzie 8"),
                ("Role", "editor"),
            ];
            desk.create(Kind::Agent, &fields).await?;
        }
        Write::AddGroup => {
            desk.create(Kind::Group, &[("Name", "marketing")]).await?;
        }
        Write::ChangeService => {
            desk.update(Kind::Service, "Mail", &[("Comment", "post")])
                .await?;
        }
        Write::Relations => give(desk, &login(0), "support", "ro").await?,
        Write::Settings => {
            let mut wanted = SettingsWanted::new();
            wanted.insert("always_groups".into(), serde_json::json!(["sales"]));
            let plan = Access::of(directory)
                .plan_access_settings(&actor, wanted)
                .await?;
            Access::of(directory).apply_access_settings(plan).await?;
        }
        Write::Field => {
            let wish = FieldWish {
                label: Some("Ort".into()),
                ..FieldWish::default()
            };
            let fields = FieldMaps::of(directory);
            let plan =
                fields.plan_field(&actor, "CustomerUser", "UserCity", FieldStep::Change(wish));
            fields.apply_field(plan.await?).await?;
        }
        Write::Source => {
            let document = json!({"Module": "DB", "Params": {"Table": "customer_user"}});
            let document = serde_json::from_value(document).unwrap();
            let wish = SetupWish::of("CustomerUser3", SetupStep::Add(document));
            let setup = SourceSetup::of(directory);
            setup
                .apply_setup(setup.plan_setup(&actor, wish).await?)
                .await?;
        }
        Write::SetPreference => {
            directory
                .set_preference(&actor, "anna", "Colour", "blue")
                .await?;
        }
        Write::DeletePreference => {
            directory
                .delete_preference(&actor, "anna", "Colour")
                .await?;
        }
        Write::UiPreferences => {
            let preferences = [(UiPreference::Theme, "dark".to_owned())].into();
            Logins::of(directory)
                .set_ui_preferences(&furnished.agent, &preferences)
                .await?;
        }
        Write::OwnPassword => {
            let (old, new) = ("four blue horses 7", "five green horses 8");
            Logins::of(directory)
                .change_own_password(&furnished.agent, old.into(), new.into(), None)
                .await?;
        }
        Write::UnlockLogin => {
            Logins::of(directory)
                .unlock_login(&actor, GUESSED[0].0)
                .await?;
        }
        Write::UnlockNetwork => {
            Logins::of(directory)
                .unlock_network(&actor, GUESSED[1].1)
                .await?;
        }
        Write::Token => {
            Logins::of(directory)
                .create_token(&actor, "other", Role::Reader, None)
                .await?;
        }
        Write::RevokeToken => {
            let tokens = Logins::of(directory).tokens(&actor).await?;
            Logins::of(directory)
                .revoke_token(&actor, tokens[0].id)
                .await?;
        }
        Write::Template => {
            let changes = vec![group("support", "ro", true)];
            Jobs::of(directory)
                .save_template(&actor, None, "everybody", changes)
                .await?;
        }
        Write::DeleteTemplate => {
            let templates = Jobs::of(directory).templates(&actor).await?;
            let one = templates.iter().find(|one| one.name == "to be deleted");
            Jobs::of(directory)
                .delete_template(&actor, one.unwrap().id)
                .await?;
        }
        Write::StartReview => {
            let plan = Reviews::of(directory).plan_review(&actor, Subject::Customer("LODZ".into()));
            Reviews::of(directory).start_review(plan.await?, "").await?;
        }
        Write::TakeInAdded => {
            Reviews::of(directory).take_in_added(&actor, open).await?;
        }
        Write::SignOff => {
            let plan = Reviews::of(directory).plan_sign_off(&actor, signed).await?;
            Reviews::of(directory).sign_off(plan, None, "").await?;
        }
        Write::CancelReview => {
            Reviews::of(directory)
                .cancel_review(&actor, open, "")
                .await?;
        }
        Write::OrderJob => {
            let changes = vec![group("sales", "rw", true)];
            Jobs::of(directory)
                .order_job(&actor, people(&["anna"]), changes)
                .await?;
        }
        Write::View => {
            Logins::of(directory)
                .save_view(&furnished.agent, view("other"))
                .await?;
        }
        Write::DeleteView => {
            let views = Logins::of(directory)
                .views(&furnished.agent, Kind::CustomerUser)
                .await?;
            let one = views.iter().find(|one| one.name == "to be deleted");
            Logins::of(directory)
                .delete_view(&furnished.agent, one.unwrap().id)
                .await?;
        }
        Write::FieldJob => {
            let edit = FieldEdit::Set {
                value: "Łódź".into(),
            };
            let field = "UserCity".into();
            Jobs::of(directory)
                .make_field_job(
                    &actor,
                    people(&["anna"]),
                    vec![FieldChange { field, edit }],
                    true,
                )
                .await?;
        }
        Write::StartJob => {
            Jobs::of(directory).start_job(&actor, planned).await?;
        }
        Write::StopJob => {
            Jobs::of(directory).stop_job(&actor, waiting).await?;
        }
        Write::UndoJob => {
            Jobs::of(directory).undo_job(&actor, done, true).await?;
        }
    }
    Ok(())
}

#[tokio::test]
async fn nothing_is_kept_without_its_entry() {
    for engine in Engine::ALL {
        let furnished = furnished(engine).await;
        let desk = &furnished.desk;
        desk.refuse("INSERT", "kt_journal").await;
        let before = desk.everything(&[]).await;
        for what in WRITES {
            let done = write(&furnished, what).await;
            assert!(done.is_err(), "{what:?} on {engine}");
            assert_eq!(desk.everything(&[]).await, before, "{what:?} on {engine}");
        }
        // It was for want of the entry only.
        desk.accept("INSERT", "kt_journal").await;
        for what in WRITES {
            write(&furnished, what)
                .await
                .unwrap_or_else(|error| panic!("{what:?} on {engine}: {error:?}"));
        }
    }
}

#[tokio::test]
async fn a_portion_of_a_job_is_not_kept_without_its_entries() {
    for engine in Engine::ALL {
        let crowd = Crowd::of(engine, 10).await;
        let directory = &crowd.desk.directory;
        let job = Jobs::of(directory)
            .order_job(&operator(), everybody(), vec![group("support", "ro", true)])
            .await
            .unwrap();
        // Preparing it may write entries of its own; doing is what is to fail.
        crowd.desk.refuse("INSERT", "kt_journal").await;
        let of_job = ["kt_job", "kt_job_item"];
        let before = crowd.desk.everything(&of_job).await;
        let claim = Worker::of(directory)
            .claim_job(Some(job.id))
            .await
            .unwrap()
            .unwrap();
        let mut failed = false;
        for _ in 0..10 {
            failed |= Worker::of(directory).advance_job(&claim).await.is_err();
        }
        assert!(failed, "{engine}");
        assert_eq!(crowd.desk.everything(&of_job).await, before, "{engine}");
        assert_eq!(crowd.job(job.id).await.done, 0, "{engine}");
        crowd.desk.accept("INSERT", "kt_journal").await;
        Jobs::of(directory).give_job_back(&claim).await.unwrap();
        crowd.finish(job.id).await;
        assert!(!crowd.relations().await.is_empty(), "{engine}");
    }
}

/// The crates that have use cases.
const WITH_USE_CASES: [&str; 8] = [
    "directory",
    "records",
    "access",
    "fields",
    "jobs",
    "login",
    "reviews",
    "source-setup",
];

/// Whose functions doors can't call.
const OF_ROOMS: [&str; 2] = ["Inside", "Grants"];

/// The public functions that write to the journal, by themselves or by what they alone can call: as the source has them.
fn that_write_entries() -> BTreeSet<String> {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let head = Regex::new(r"(?m)^\s*(pub(?:\([a-z]+\))? )?(?:const )?(?:async )?fn (\w+)").unwrap();
    let block = Regex::new(r"(?m)^impl(?:<[^>]*>)? (\w+)").unwrap();
    let mut functions: Vec<(String, bool, String)> = vec![];
    let mut folders: Vec<PathBuf> = WITH_USE_CASES
        .iter()
        .map(|name| crates.join(name).join("src"))
        .collect();
    while let Some(folder) = folders.pop() {
        for entry in folder.read_dir().unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            let heads: Vec<_> = head.captures_iter(&text).collect();
            for (at, one) in heads.iter().enumerate() {
                let begin = one.get(0).unwrap().start();
                let next = heads.get(at + 1).map(|next| next.get(0).unwrap().start());
                let body = &text[begin..next.unwrap_or(text.len())];
                let owner = block.captures_iter(&text[..begin]).last();
                // What rooms alone can call is no use case.
                let of_rooms = owner.is_some_and(|owner| OF_ROOMS.contains(&&owner[1]));
                let public = one.get(1).is_some_and(|word| word.as_str() == "pub ") && !of_rooms;
                let body = body.split_whitespace().collect::<String>();
                functions.push((one[2].to_owned(), public, body));
            }
        }
    }
    // What `Maintenance` and `Worker` hand on is public, whatever it is on what they hold.
    let handed_on: BTreeSet<String> = functions
        .iter()
        .filter(|(name, public, body)| *public && body.contains(&format!("self.0.{name}(")))
        .map(|(name, ..)| name.clone())
        .collect();
    for (name, public, _) in &mut functions {
        *public |= handed_on.contains(name);
    }
    let calls = |body: &str, name: &str| {
        let on = |of: &&str| body.contains(&format!("self.{of}{name}("));
        [
            "",
            "inside().",
            "directory.",
            "access.",
            "access.directory.",
            "grants().",
        ]
        .iter()
        .any(on)
            || body.contains(&format!("inside.{name}("))
    };
    let appends = |body: &str| {
        [
            "journal::append(",
            "journal::append_many(",
            "append(tx,entry,&draft)",
        ]
        .iter()
        .any(|call| body.contains(call))
    };
    let mut found: BTreeSet<String> = BTreeSet::new();
    let mut inner: Vec<String> = vec![];
    for (name, public, body) in &functions {
        match appends(body) {
            true if *public => drop(found.insert(name.clone())),
            true => inner.push(name.clone()),
            false => {}
        }
    }
    let mut known: BTreeSet<String> = inner.iter().cloned().collect();
    while let Some(called) = inner.pop() {
        for (name, public, body) in &functions {
            if !calls(body, &called) || known.contains(name) {
                continue;
            }
            if *public {
                found.insert(name.clone());
            } else {
                known.insert(name.clone());
                inner.push(name.clone());
            }
        }
    }
    found
}

/// A use case that writes is held to it, or it is said why not.
#[test]
fn every_use_case_that_writes_is_among_the_writes() {
    let covered = USE_CASES.iter().map(|(name, _)| *name);
    let covered = covered.chain(BY_PORTIONS).chain(OF_SOURCES).chain([PLANS]);
    let covered: BTreeSet<String> = covered.map(str::to_owned).collect();
    assert_eq!(that_write_entries(), covered);
    let by_use_case = USE_CASES.iter().flat_map(|(_, writes)| *writes);
    let told: BTreeSet<String> = by_use_case.map(|write| format!("{write:?}")).collect();
    let done: BTreeSet<String> = WRITES.iter().map(|write| format!("{write:?}")).collect();
    assert_eq!(told, done);
    assert_eq!(done.len(), WRITES.len());
}
