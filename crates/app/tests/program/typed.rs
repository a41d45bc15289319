//! What somebody typed into a page outlives a database that is away while they save.

use kartoteka_testbed::{Engine, Stoppable, fresh_database_on};
use tempfile::tempdir;

use crate::http::{Answer, request};
use crate::run::{Server, done, pause, run_with_input};

const PASSWORD: &str = "four blue horses 7";

/// Posts a form as a browser does.
fn post(server: &Server, path: &str, cookie: &str, form: &str) -> Answer {
    let headers = [
        ("Content-Type", "application/x-www-form-urlencoded"),
        ("Sec-Fetch-Site", "same-origin"),
        ("Cookie", cookie),
    ];
    request(&server.address, "POST", path, &headers, form).unwrap()
}

/// The form that an error's page sends again.
fn again(page: &str) -> String {
    let value = |input: &str, name: &str| {
        let rest = input.split(&format!(" {name}=\"")).nth(1).unwrap();
        rest.split('"').next().unwrap().to_owned()
    };
    let section = page.split("error-card").nth(1).unwrap();
    let pairs: Vec<String> = section
        .split("<input type=\"hidden\"")
        .skip(1)
        .map(|input| format!("{}={}", value(input, "name"), value(input, "value")))
        .collect();
    assert!(!pairs.is_empty(), "{page}");
    pairs.join("&")
}

#[test]
fn a_form_that_meets_an_outage_can_be_sent_again() {
    for engine in Engine::servers() {
        let mut database = Stoppable::start(engine).unwrap().unwrap();
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let address = runtime.block_on(fresh_database_on(&database)).unwrap();
        let data = tempdir().unwrap();
        let data = data.path();
        let options = ["--database", address.as_str()];
        let agent = ["agent", "add", "ewa", "--role", "admin", "--password-stdin"];
        let names = ["--first-name", "Ewa", "--last-name", "Lis"];
        let added = run_with_input(data, &[&agent[..], &names, &options].concat(), PASSWORD);
        assert_eq!(added.exit, 0, "{added:?}");
        let acme = ["customer", "add", "acme", "--name", "Acme"];
        done(data, &[&acme[..], &options].concat());
        let server = Server::start(data, &["serve", "--database", &address]);
        let form = format!("login=ewa&password={}", PASSWORD.replace(' ', "+"));
        let cookie = post(&server, "/login", "", &form).header("set-cookie");
        let cookie = cookie.split(';').next().unwrap();

        database.stop().unwrap();
        let typed = "UserLogin=anna&UserFirstname=Anna&UserLastname=Zawadzka&UserEmail=anna%40acme-lab.org\
                     &UserCustomerID=acme&UserPassword=geheim-genug-7&ValidID=1";
        let refused = post(&server, "/customer-users/new", cookie, typed);
        assert_eq!(refused.status, 503, "{engine}: {refused:?}");
        assert!(!refused.header("retry-after").is_empty());
        assert!(
            refused.body.contains("Zawadzka</dd>"),
            "{engine}: {refused:?}"
        );
        assert!(!refused.body.contains("geheim"), "{engine}: {refused:?}");
        let typed_again = again(&refused.body);

        database.start_again().unwrap();
        while server.get("/health/ready", None).status != 200 {
            pause(std::time::Duration::from_millis(200));
        }
        let with_password = format!("{typed_again}&UserPassword=geheim-genug-7");
        let saved = post(&server, "/customer-users/new", cookie, &with_password);
        assert_eq!(saved.status, 303, "{engine}: {saved:?}");
        let shown = ["customer-user", "show", "anna", "--json"];
        let shown = done(data, &[&shown[..], &options].concat()).json();
        assert_eq!(shown["UserLastname"], "Zawadzka", "{engine}: {shown}");
    }
}
