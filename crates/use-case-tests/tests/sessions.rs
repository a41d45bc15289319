//! What ends sessions, of agents and of customer users: a new password, time, and who may end them.

use kartoteka_directory::{Action, Actor, Error, Kind, Object, PrincipalKey};
use kartoteka_login::{Login, Logins, begin_session};
use kartoteka_records::Records;
use kartoteka_testbed::Engine;
use secrecy::SecretString;

use crate::Desk;

const PASSWORD: &str = "kot w butach 7";
const NEW: &str = "pies w budzie 8";
const HOUR: i64 = 3600;

async fn desk(engine: Engine) -> Desk {
    with_passwords_for(Some(30), engine).await
}

async fn with_passwords_for(days: Option<u32>, engine: Engine) -> Desk {
    let desk = Desk::set(engine, |settings| {
        settings.passwords.max_valid_days = days;
        settings.sessions.idle = 2 * 3600;
        settings.sessions.absolute = 8 * 3600;
    })
    .await;
    for login in ["ewa", "jan"] {
        let fields = [
            ("UserLogin", login),
            ("UserFirstname", "Ewa"),
            ("UserLastname", "Lis"),
            ("UserPassword", PASSWORD),
            ("Role", "admin"),
        ];
        desk.create(Kind::Agent, &fields).await.unwrap();
    }
    desk
}

async fn log_in(desk: &Desk, login: &str) -> SecretString {
    let attempt = Login {
        login: login.into(),
        password: PASSWORD.to_owned().into(),
        address: "127.0.0.1".into(),
        user_agent: String::new(),
    };
    Logins::of(&desk.directory)
        .log_in(attempt)
        .await
        .unwrap()
        .token
}

/// Whether somebody is logged in with it, even if only to choose a new password.
async fn lives(desk: &Desk, token: &SecretString) -> bool {
    match Logins::of(&desk.directory).session(token).await {
        Ok(actor) => actor.is_some(),
        Err(Error::PasswordDue) => true,
        Err(error) => panic!("{error}"),
    }
}

#[tokio::test]
async fn a_new_password_of_ones_own_ends_the_other_sessions() {
    for engine in Engine::all() {
        let desk = desk(engine).await;
        let (here, there) = (log_in(&desk, "ewa").await, log_in(&desk, "ewa").await);
        let jan = log_in(&desk, "jan").await;
        let renewed = Logins::of(&desk.directory)
            .renew_password(&here, PASSWORD.to_owned().into(), NEW.to_owned().into())
            .await;
        renewed.unwrap();
        assert!(
            lives(&desk, &here).await && lives(&desk, &jan).await,
            "{engine}"
        );
        assert!(!lives(&desk, &there).await, "{engine}");
        // Changed on the page of the account, it is the same.
        let there = Logins::of(&desk.directory)
            .log_in(Login {
                login: "ewa".into(),
                password: NEW.to_owned().into(),
                address: String::new(),
                user_agent: String::new(),
            })
            .await
            .unwrap()
            .token;
        let ewa = Logins::of(&desk.directory)
            .session(&here)
            .await
            .unwrap()
            .unwrap();
        let again = "trzy czarne koty 9".to_owned();
        Logins::of(&desk.directory)
            .change_own_password(&ewa, NEW.to_owned().into(), again.into(), Some(&here))
            .await
            .unwrap();
        assert!(
            lives(&desk, &here).await && lives(&desk, &jan).await,
            "{engine}"
        );
        assert!(!lives(&desk, &there).await, "{engine}");
    }
}

#[tokio::test]
async fn only_wrong_guesses_of_the_own_password_are_limited() {
    let desk = desk(Engine::Sqlite).await;
    let here = log_in(&desk, "ewa").await;
    let renewed = Logins::of(&desk.directory).renew_password(
        &here,
        PASSWORD.to_owned().into(),
        NEW.to_owned().into(),
    );
    renewed.await.unwrap();
    let ewa = Logins::of(&desk.directory)
        .session(&here)
        .await
        .unwrap()
        .unwrap();
    let change = async |old: &str, new: &str| {
        let (old, new) = (old.to_owned().into(), new.to_owned().into());
        Logins::of(&desk.directory)
            .change_own_password(&ewa, old, new, Some(&here))
            .await
    };
    let mut old = NEW.to_owned();
    for number in 1..=8 {
        let new = format!("trzy czarne koty {number}");
        change(&old, &new).await.unwrap();
        old = new;
        // The policy refuses it: no guess either.
        assert!(matches!(change(&old, "kot").await, Err(Error::Invalid(_))));
    }
    for _ in 0..5 {
        let guess = change("zgaduję", "trzy czarne koty 9").await;
        assert!(matches!(guess, Err(Error::WrongCredentials)));
    }
    let guess = change(&old, "trzy czarne koty 9").await;
    assert!(matches!(guess, Err(Error::TooMany { .. })));
}

#[tokio::test]
async fn a_password_that_an_admin_sets_ends_all_sessions_of_the_agent() {
    for engine in Engine::all() {
        let desk = desk(engine).await;
        let ewa = [log_in(&desk, "ewa").await, log_in(&desk, "ewa").await];
        let jan = log_in(&desk, "jan").await;
        let admin = Actor::operator();
        // A refused one ends nothing.
        let set = async |password: &str| {
            let password = Some(password.to_owned().into());
            let plan = Records::of(&desk.directory)
                .plan_password(&admin, Kind::Agent, "ewa", password)
                .await
                .unwrap();
            Records::of(&desk.directory).apply(plan).await.is_ok()
        };
        assert!(!set("kot").await);
        assert!(
            lives(&desk, &ewa[0]).await && lives(&desk, &ewa[1]).await,
            "{engine}"
        );
        assert!(set(NEW).await);
        assert!(
            !lives(&desk, &ewa[0]).await && !lives(&desk, &ewa[1]).await,
            "{engine}"
        );
        assert!(lives(&desk, &jan).await, "{engine}");
    }
}

#[tokio::test]
async fn a_password_that_otobo_changes_in_its_table_ends_sessions() {
    for engine in Engine::all() {
        let desk = desk(engine).await;
        let (ewa, jan) = (log_in(&desk, "ewa").await, log_in(&desk, "jan").await);
        let stored = "BCRYPT:12:abcdefghijklmnop:6nQooZTNJp.kXbRLCB0XFk4KRabJgOm";
        let sql = format!("UPDATE users SET pw = '{stored}' WHERE login = 'ewa'");
        desk.db.execute(&sql, &[]).await.unwrap();
        assert!(!lives(&desk, &ewa).await, "{engine}");
        assert!(lives(&desk, &jan).await, "{engine}");
    }
}

#[tokio::test]
async fn sessions_of_the_future_do_not_live_on() {
    for engine in Engine::all() {
        let desk = desk(engine).await;
        let before = log_in(&desk, "ewa").await;
        desk.wait(-30);
        assert!(lives(&desk, &before).await, "clocks differ on {engine}");
        desk.wait(-86_400);
        assert!(!lives(&desk, &before).await, "{engine}");
        let now = log_in(&desk, "ewa").await;
        assert!(lives(&desk, &now).await, "{engine}");
    }
}

#[tokio::test]
async fn a_session_ends_when_nobody_uses_it() {
    let desk = desk(Engine::Sqlite).await;
    let token = log_in(&desk, "ewa").await;
    desk.wait(2 * HOUR - 60);
    assert!(lives(&desk, &token).await);
    // Used, it lasts as long again.
    desk.wait(2 * HOUR - 60);
    assert!(lives(&desk, &token).await);
    desk.wait(2 * HOUR + 60);
    assert!(!lives(&desk, &token).await);
}

#[tokio::test]
async fn a_session_ends_however_much_it_is_used() {
    let desk = desk(Engine::Sqlite).await;
    let token = log_in(&desk, "ewa").await;
    for _ in 0..7 {
        desk.wait(HOUR);
        assert!(lives(&desk, &token).await);
    }
    desk.wait(HOUR - 60);
    assert!(lives(&desk, &token).await);
    desk.wait(120);
    assert!(!lives(&desk, &token).await);
}

const ANNA: [(&str, &str); 6] = [
    ("UserLogin", "Anna"),
    ("UserFirstname", "Anna"),
    ("UserLastname", "Nowak"),
    ("UserEmail", "nowak@acme-lab.org"),
    ("UserCustomerID", "ACME"),
    ("UserPassword", PASSWORD),
];

/// A session of a customer user's who proved who they are.
async fn begin(desk: &Desk, login: &str) -> Result<SecretString, Error> {
    let owner = PrincipalKey::customer_user(login);
    let begun = begin_session(&desk.directory, &owner, "192.0.2.1", "a browser");
    begun.await
}

/// The customer user who is logged in with it.
async fn customer_user(desk: &Desk, token: &SecretString) -> Option<Actor> {
    Logins::of(&desk.directory)
        .customer_user_session(token)
        .await
        .unwrap()
}

#[tokio::test]
async fn customer_users_have_sessions_of_their_own() {
    for engine in Engine::all() {
        let desk = with_passwords_for(None, engine).await.customers().await;
        desk.create(Kind::CustomerUser, &ANNA).await.unwrap();
        // An agent's number is no customer user's login.
        let agent = log_in(&desk, "ewa").await;
        let ewa = Logins::of(&desk.directory)
            .session(&agent)
            .await
            .unwrap()
            .unwrap();
        let number = ewa.id().to_string();
        desk.person(&number).await;
        let other = begin(&desk, &number).await.unwrap();
        let nobody = begin(&desk, "nobody").await;
        assert!(matches!(nobody, Err(Error::WrongCredentials)), "{engine}");

        let here = begin(&desk, "anna").await.unwrap();
        let anna = customer_user(&desk, &here).await.unwrap();
        assert_eq!(anna.name(), "customer-user:Anna", "{engine}");
        for object in [Object::Access, Object::Records(Kind::CustomerUser)] {
            assert!(anna.require(Action::See, object).is_err(), "{engine}");
        }
        assert!(!lives(&desk, &here).await, "no agent's on {engine}");
        assert!(customer_user(&desk, &agent).await.is_none(), "{engine}");

        let there = begin(&desk, "Anna").await.unwrap();
        let sessions = Logins::of(&desk.directory)
            .sessions(&anna, Some(&here))
            .await
            .unwrap();
        assert_eq!(sessions.len(), 2, "{engine}");
        assert_eq!(sessions[0].address, "192.0.2.1", "{engine}");
        let away = sessions.iter().find(|one| !one.current).unwrap().id;
        let stranger = customer_user(&desk, &other).await.unwrap();
        let refused = Logins::of(&desk.directory)
            .end_session(&stranger, away)
            .await;
        assert!(matches!(refused, Err(Error::Unknown { .. })), "{engine}");
        Logins::of(&desk.directory)
            .end_session(&anna, away)
            .await
            .unwrap();
        assert!(customer_user(&desk, &there).await.is_none(), "{engine}");
        Logins::of(&desk.directory).log_out(&here).await.unwrap();
        assert!(customer_user(&desk, &here).await.is_none(), "{engine}");
        let agents = Logins::of(&desk.directory)
            .sessions(&ewa, None)
            .await
            .unwrap();
        assert_eq!(agents.len(), 1, "{engine}");
        assert!(customer_user(&desk, &other).await.is_some(), "{engine}");
    }
}

#[tokio::test]
async fn a_customer_user_s_sessions_follow_a_rename_and_end_with_the_password() {
    for engine in Engine::all() {
        let desk = with_passwords_for(None, engine).await.customers().await;
        desk.create(Kind::CustomerUser, &ANNA).await.unwrap();
        let set = async |login: &str, field: (&str, &str)| {
            let set = desk.update(Kind::CustomerUser, login, &[field]).await;
            set.unwrap();
        };
        let session = begin(&desk, "anna").await.unwrap();
        set("Anna", ("UserLogin", "ania")).await;
        // Whoever has the login next does not have the session.
        desk.person("anna").await;
        let ania = customer_user(&desk, &session).await.unwrap();
        assert_eq!(ania.name(), "customer-user:ania", "{engine}");
        set("ania", ("ValidID", "2")).await;
        assert!(customer_user(&desk, &session).await.is_none(), "{engine}");
        let invalid = begin(&desk, "ania").await;
        assert!(matches!(invalid, Err(Error::WrongCredentials)), "{engine}");
        set("ania", ("ValidID", "1")).await;
        assert!(customer_user(&desk, &session).await.is_some(), "{engine}");
        set("ania", ("UserPassword", NEW)).await;
        assert!(customer_user(&desk, &session).await.is_none(), "{engine}");
        let session = begin(&desk, "ania").await.unwrap();
        desk.wait(2 * HOUR + 60);
        assert!(customer_user(&desk, &session).await.is_none(), "{engine}");
    }
}
