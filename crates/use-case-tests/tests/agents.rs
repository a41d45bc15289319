//! Agents whom OTOBO made: their passwords, and the rights that its roles give; and what is stored of secrets.

use kartoteka_directory::{Actor, Error, FieldProblem, Kind, Role};
use kartoteka_login::{Login, Logins};
use kartoteka_records::Records;
use kartoteka_store::args;
use kartoteka_testbed::Engine;
use secrecy::{ExposeSecret, SecretString};

use crate::Desk;

/// As OTOBO stores `some_pass` of the agent `alice`, the newest form first.
const SOME_PASS: [&str; 5] = [
    "BCRYPT:12:abcdefghijklmnop:6nQooZTNJp.kXbRLCB0XFk4KRabJgOm",
    "17c1b8cba6fed372f40eed959c46e265ef8ec2e984b6dca935f8e38aa42c025f",
    "fff99eddcef98a2265d68d4ec6ca9882c5fc8d0b",
    "$1$alice$ArhEUg3g9mowZIdEHisYr/",
    "alCD5A7r.XXa.",
];

/// What was done in OTOBO, by its first agent.
async fn in_otobo(desk: &Desk, table: &str, columns: &str, values: &[&str]) {
    let time = "'2026-01-01 00:00:00'";
    let values = values.join(", ");
    let sql = format!(
        "INSERT INTO {table} ({columns}, create_time, create_by, change_time, change_by) VALUES ({values}, {time}, 1, \
         {time}, 1)"
    );
    desk.db.execute(&sql, &[]).await.unwrap();
}

/// The number of a record by a text.
async fn id(desk: &Desk, table: &str, column: &str, text: &str) -> String {
    let id = desk.db.engine().as_text("id");
    let sql = format!("SELECT {id} FROM {table} WHERE {column} = ?");
    let rows = desk.db.fetch(&sql, &args![text]).await.unwrap();
    rows[0].text(0).to_owned()
}

/// An agent of OTOBO, with a stored password.
async fn alice(desk: &Desk, stored: &str) {
    let stored = format!("'{stored}'");
    let values = ["'alice'", "'Alice'", "'Kern'", "1", stored.as_str()];
    let columns = "login, first_name, last_name, valid_id, pw";
    in_otobo(desk, "users", columns, &values).await;
}

/// A role of OTOBO that gives permissions, as `users:rw`; alice has it.
async fn role(desk: &Desk, name: &str, valid: &str, rights: &[&str]) {
    let quoted = format!("'{name}'");
    in_otobo(desk, "roles", "name, valid_id", &[&quoted, valid]).await;
    let role = id(desk, "roles", "name", name).await;
    for right in rights {
        let (group, permission) = right.split_once(':').unwrap();
        let group = id(desk, "groups_table", "name", group).await;
        let permission = format!("'{permission}'");
        let columns = "role_id, group_id, permission_key, permission_value";
        let values = [&role, &group, permission.as_str(), "1"];
        in_otobo(desk, "group_role", columns, &values).await;
    }
    let alice = id(desk, "users", "login", "alice").await;
    in_otobo(desk, "role_user", "user_id, role_id", &[&alice, &role]).await;
}

async fn log_in(desk: &Desk, password: &str) -> Result<Role, Error> {
    let attempt = Login {
        login: "alice".into(),
        password: password.to_owned().into(),
        address: "127.0.0.1".into(),
        user_agent: String::new(),
    };
    Logins::of(&desk.directory)
        .log_in(attempt)
        .await
        .map(|new| new.role)
}

#[tokio::test]
async fn agents_of_otobo_log_in_with_the_role_that_its_roles_come_to() {
    for engine in Engine::all() {
        for (stored, rights, comes_to) in [
            (SOME_PASS[0], &["users:ro"] as &[&str], Some(Role::Reader)),
            (SOME_PASS[1], &["users:rw"], Some(Role::Editor)),
            (SOME_PASS[2], &["users:ro", "admin:rw"], Some(Role::Admin)),
            (SOME_PASS[3], &["stats:rw"], None),
            (SOME_PASS[4], &["admin:ro"], Some(Role::Reader)),
        ] {
            let desk = Desk::on(engine).await;
            alice(&desk, stored).await;
            assert!(
                matches!(
                    log_in(&desk, "some_pass").await,
                    Err(Error::WrongCredentials)
                ),
                "without any right on {engine}"
            );
            role(&desk, "Retired", "2", &["admin:rw"]).await;
            role(&desk, "Team", "1", rights).await;
            assert!(
                matches!(
                    log_in(&desk, "some-pass").await,
                    Err(Error::WrongCredentials)
                ),
                "another password than {stored} on {engine}"
            );
            let came = log_in(&desk, "some_pass").await.ok();
            assert_eq!(came, comes_to, "{stored} with {rights:?} on {engine}");
        }
    }
}

#[tokio::test]
async fn a_wrong_log_in_takes_as_long_whatever_is_stored() {
    for engine in Engine::all() {
        let desk = Desk::set(engine, |settings| {
            settings.login_limits.per_login = 1000;
            settings.login_limits.per_address = 1000;
        })
        .await;
        alice(&desk, SOME_PASS[1]).await;
        // One more form that is in use, and takes long.
        let values = [
            "'bob'",
            "'Bob'",
            "'Kern'",
            "1",
            &format!("'{}'", SOME_PASS[0]),
        ];
        let columns = "login, first_name, last_name, valid_id, pw";
        in_otobo(&desk, "users", columns, &values).await;
        let mut quickest = vec![];
        for login in ["nobody", "alice", "bob"] {
            let mut took = vec![];
            for _ in 0..3 {
                let attempt = Login {
                    login: login.into(),
                    password: "wrong".to_owned().into(),
                    address: "127.0.0.1".into(),
                    user_agent: String::new(),
                };
                let began = std::time::Instant::now();
                let came = Logins::of(&desk.directory).log_in(attempt).await;
                took.push(began.elapsed());
                assert!(matches!(came, Err(Error::WrongCredentials)), "{engine}");
            }
            quickest.extend(took.into_iter().min());
        }
        // They differed by sixty times and more; a loaded machine is no reason to fail.
        let (least, most) = (quickest.iter().min(), quickest.iter().max());
        assert!(
            *most.unwrap() < *least.unwrap() * 4,
            "{quickest:?} on {engine}"
        );
    }
}

/// Another admin.
async fn admin(desk: &Desk, login: &str) -> Result<(), Error> {
    let fields = [
        ("UserLogin", login),
        ("UserFirstname", "Bob"),
        ("UserLastname", "Kern"),
        ("UserPassword", "kot w butach 7"),
        ("Role", "admin"),
    ];
    desk.create(Kind::Agent, &fields).await.map(|_| ())
}

#[tokio::test]
async fn somebody_who_can_log_in_stays_an_admin() {
    for engine in Engine::all() {
        let desk = Desk::on(engine).await;
        // Neither `root@localhost`, which has no password, nor who has one that fits nothing, nor an invalid one.
        alice(&desk, "*0").await;
        role(&desk, "Bosses", "1", &["admin:rw"]).await;
        admin(&desk, "out").await.unwrap();
        admin(&desk, "bob").await.unwrap();
        desk.update(Kind::Agent, "out", &[("ValidID", "2")])
            .await
            .unwrap();
        let refused =
            async |change: (&str, &str)| match desk.update(Kind::Agent, "bob", &[change]).await {
                Err(Error::Invalid(errors)) => {
                    assert_eq!(errors.len(), 1);
                    (errors[0].field.clone(), errors[0].problem.clone())
                }
                other => panic!("{other:?} on {engine}"),
            };
        let last = |field: &str| (field.to_owned(), FieldProblem::LastAdmin);
        for (field, value) in [
            ("Role", "editor"),
            ("Role", ""),
            ("ValidID", "2"),
            ("ValidID", "3"),
        ] {
            assert_eq!(refused((field, value)).await, last(field), "{engine}");
        }
        // Everything else goes, and those who can't log in are no loss.
        desk.update(
            Kind::Agent,
            "bob",
            &[("UserLogin", "robert"), ("Role", "admin")],
        )
        .await
        .unwrap();
        desk.update(Kind::Agent, "alice", &[("ValidID", "2")])
            .await
            .unwrap();

        // Two admins take each other's role at the same time: one of them stays.
        admin(&desk, "eva").await.unwrap();
        let directory = &desk.directory;
        let operator = Actor::operator();
        let plan = async |login: &str| {
            let fields = [("Role".to_owned(), "reader".to_owned())].into();
            let plan =
                Records::of(directory).plan_update(&operator, Kind::Agent, login, fields, None);
            plan.await.unwrap()
        };
        let (one, other) = (plan("robert").await, plan("eva").await);
        let (one, other) = tokio::join!(
            Records::of(directory).apply(one),
            Records::of(directory).apply(other)
        );
        assert!(
            one.is_ok() != other.is_ok(),
            "{one:?} {other:?} on {engine}"
        );
        let agents = directory.agents(&operator).await.unwrap();
        let admins = agents.iter().filter(|agent| {
            let working = ["robert", "eva"].contains(&agent.login.as_str());
            working && agent.role == Some(Role::Admin)
        });
        assert_eq!(admins.count(), 1, "{engine}");
        assert!(
            !Logins::of(directory).setup_needed().await.unwrap(),
            "{engine}"
        );
    }
}

/// What a new role is refused for; none if it was saved.
async fn demoted(desk: &Desk, to: &str) -> Option<FieldProblem> {
    match desk.update(Kind::Agent, "alice", &[("Role", to)]).await {
        Ok(_) => None,
        Err(Error::Invalid(errors)) => {
            assert_eq!((errors.len(), errors[0].field.as_str()), (1, "Role"));
            Some(errors[0].problem.clone())
        }
        Err(error) => panic!("{error}"),
    }
}

async fn held(desk: &Desk) -> Option<Role> {
    let agents = desk.directory.agents(&Actor::operator()).await.unwrap();
    let alice = agents.into_iter().find(|agent| agent.login == "alice");
    alice.unwrap().role
}

#[tokio::test]
async fn what_otobo_s_roles_give_is_not_called_taken() {
    for engine in Engine::all() {
        let desk = Desk::on(engine).await;
        admin(&desk, "bob").await.unwrap();
        alice(&desk, SOME_PASS[0]).await;
        role(&desk, "Bosses", "1", &["admin:rw"]).await;
        role(&desk, "Desk", "1", &["users:rw"]).await;
        role(&desk, "Retired", "2", &["admin:rw"]).await;
        let through = |roles: &str| {
            Some(FieldProblem::RightsThroughRoles {
                roles: roles.into(),
            })
        };
        assert_eq!(held(&desk).await, Some(Role::Admin), "{engine}");
        assert_eq!(
            demoted(&desk, "editor").await,
            through("Bosses"),
            "{engine}"
        );
        assert_eq!(
            demoted(&desk, "reader").await,
            through("Bosses, Desk"),
            "{engine}"
        );
        assert_eq!(
            demoted(&desk, "").await,
            through("Bosses, Desk"),
            "{engine}"
        );
        assert_eq!(held(&desk).await, Some(Role::Admin), "{engine}");
        // Everything else can be saved, and who is made invalid is out.
        let other = [("UserFirstname", "Alicja"), ("Role", "admin")];
        desk.update(Kind::Agent, "alice", &other).await.unwrap();
        desk.update(Kind::Agent, "alice", &[("ValidID", "2")])
            .await
            .unwrap();
        // Once OTOBO has taken the role, what is left can be taken here down to what its other roles give.
        let bosses = id(&desk, "roles", "name", "Bosses").await;
        let sql = format!("DELETE FROM role_user WHERE role_id = {bosses}");
        desk.db.execute(&sql, &[]).await.unwrap();
        assert_eq!(held(&desk).await, Some(Role::Editor), "{engine}");
        assert_eq!(demoted(&desk, "admin").await, None, "raised on {engine}");
        assert_eq!(demoted(&desk, "reader").await, through("Desk"), "{engine}");
        assert_eq!(demoted(&desk, "editor").await, None, "{engine}");
        assert_eq!(held(&desk).await, Some(Role::Editor), "{engine}");
    }
}

/// Texts of columns, all in one.
async fn stored(desk: &Desk, table: &str, columns: &[&str]) -> String {
    let columns: Vec<String> = columns
        .iter()
        .map(|column| desk.db.engine().quote(column))
        .collect();
    let sql = format!("SELECT {} FROM {table}", columns.join(", "));
    let rows = desk.db.fetch(&sql, &[]).await.unwrap();
    let texts = rows.iter().flat_map(|row| row.0.iter().flatten());
    texts.map(|text| format!("{text}\n")).collect()
}

#[tokio::test]
async fn secrets_are_stored_as_hashes_only() {
    let password = "kot w butach 7";
    for engine in Engine::all() {
        let desk = Desk::on(engine).await;
        let fields = [
            ("UserLogin", "alice"),
            ("UserFirstname", "Alice"),
            ("UserLastname", "Kern"),
            ("UserPassword", password),
            ("Role", "admin"),
        ];
        desk.create(Kind::Agent, &fields).await.unwrap();
        let attempt = Login {
            login: "alice".into(),
            password: password.to_owned().into(),
            address: "127.0.0.1".into(),
            user_agent: "a browser".into(),
        };
        let session = Logins::of(&desk.directory)
            .log_in(attempt)
            .await
            .unwrap()
            .token;
        let actor = Logins::of(&desk.directory)
            .session(&session)
            .await
            .unwrap()
            .unwrap();
        let made = Logins::of(&desk.directory).create_token(&actor, "import", Role::Admin, None);
        let token = made.await.unwrap().secret;

        let users = stored(&desk, "users", &["login", "pw"]).await;
        let form = match engine {
            Engine::Sqlite => "alice\n$argon2id$v=19$m=",
            // OTOBO reads it there.
            _ => "alice\nBCRYPT:",
        };
        assert!(users.contains(form), "{users} on {engine}");
        let used = stored(&desk, "kt_used_password", &["owner", "stored"]).await;
        assert!(used.contains("$argon2id$"), "{used} on {engine}");
        let sessions = ["token_hash", "address", "user_agent"];
        let sessions = stored(&desk, "kt_session", &sessions).await;
        let tokens = ["token_hash", "name", "scope", "prefix", "created_by"];
        let tokens = stored(&desk, "kt_token", &tokens).await;
        for (table, text) in [("kt_session", &sessions), ("kt_token", &tokens)] {
            let hash = text.lines().next().unwrap();
            let is_hash = hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
            assert!(is_hash, "{table}: {text} on {engine}");
        }
        let journal = stored(&desk, "kt_journal", &["record_key", "body"]).await;
        let all = [users, used, sessions, tokens, journal].concat();
        // Not even the greater part of one.
        let part = |secret: &SecretString| secret.expose_secret()[12..].to_owned();
        for secret in [password.to_owned(), part(&session), part(&token)] {
            assert!(!all.contains(&secret), "{secret}: {all} on {engine}");
        }
    }
}

#[tokio::test]
async fn a_token_ends_when_it_was_to_end() {
    for engine in Engine::all() {
        let desk = Desk::on(engine).await;
        let admin = Actor::operator();
        let day = 86_400;
        let now = desk.now();
        let create = |name, expires| {
            Logins::of(&desk.directory).create_token(&admin, name, Role::Reader, expires)
        };
        let month = create("month", Some(now + 30 * day)).await.unwrap().secret;
        let ever = create("ever", None).await.unwrap().secret;
        let past = create("past", Some(now)).await;
        assert!(matches!(past, Err(Error::Invalid(_))), "{engine}");
        let live = async |secret: &SecretString| match Logins::of(&desk.directory)
            .authenticate(secret)
            .await
        {
            Ok(_) => true,
            Err(Error::WrongCredentials) => false,
            Err(error) => panic!("{error}"),
        };
        desk.wait(30 * day - 60);
        assert!(live(&month).await && live(&ever).await, "{engine}");
        desk.wait(120);
        assert!(!live(&month).await && live(&ever).await, "{engine}");
    }
}
