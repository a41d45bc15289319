use kartoteka_settings::{Mistake, Outcome, SetIn, read_text};

use super::{mistakes, show};

fn with(text: &str, env: &[(&str, &str)]) -> Outcome {
    let env = env
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    read_text("kartoteka.toml", text, env)
}

#[test]
fn variables_lie_over_the_file() {
    let outcome = with(
        "[server]\nlisten = \"127.0.0.1:1\"\n[CustomerUser]\nReadOnly = 0\n",
        &[
            ("PATH", "/bin"),
            ("KARTOTEKA_LANG", "not ours"),
            ("KARTOTEKA_DATA_DIR", "/srv/k"),
            ("KARTOTEKA_SERVER__LISTEN", "127.0.0.1:2"),
            ("KARTOTEKA_SERVER__TRUSTED_PROXIES", "10.0.0.0/8, ::1"),
            ("KARTOTEKA_LISTS__PAGE_SIZE", "25"),
            ("KARTOTEKA_CUSTOMERUSER__READONLY", "yes"),
            (
                "KARTOTEKA_CUSTOMERUSER__MAPADD",
                "[[\"UserRoom\", \"Room\", \"room\"]]",
            ),
            ("KARTOTEKA_CUSTOMERUSER__PARAMS__TABLE", "people"),
        ],
    );
    assert_eq!(outcome.diagnostics, [], "{}", show(&outcome));
    let settings = outcome.settings.unwrap();
    assert_eq!(settings.server.listen.port(), 2);
    assert_eq!(settings.server.trusted_proxies.len(), 2);
    assert_eq!(settings.lists.page_size, 25);
    assert_eq!(
        settings.database.url.expose(),
        "sqlite:///srv/k/kartoteka.db"
    );
    let table = &settings.customer_users[0].spec;
    assert!(table.read_only && table.map.find("UserRoom").is_some());
    assert_eq!(table.origin.name(), "people");
}

#[test]
fn secrets_come_from_files() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("url");
    std::fs::write(&file, "postgres://a:b@h/n\n").unwrap();
    let outcome = with(
        "",
        &[("KARTOTEKA_DATABASE__URL_FILE", file.to_str().unwrap())],
    );
    assert_eq!(
        outcome.settings.unwrap().database.url.expose(),
        "postgres://a:b@h/n"
    );
    let outcome = with("", &[("KARTOTEKA_DATABASE__URL_FILE", "/nowhere/at/all")]);
    assert_eq!(mistakes(&outcome), [Mistake::Unreadable]);
}

#[test]
fn mistakes_name_the_variable() {
    let outcome = with("", &[("KARTOTEKA_SERVER__LISTEM", "127.0.0.1:2")]);
    assert_eq!(
        show(&outcome),
        "KARTOTEKA_SERVER__LISTEM: error: this variable names no setting\n  write instead: KARTOTEKA_SERVER__LISTEN"
    );
    let outcome = with("", &[("KARTOTEKA_LISTS__PAGE_SIZE", "many")]);
    assert_eq!(
        show(&outcome),
        "KARTOTEKA_LISTS__PAGE_SIZE: error: `page_size` must be a whole number\n  found: \"many\"\n  write instead: page_size = 50"
    );
    let outcome = with(
        "",
        &[
            ("KARTOTEKA_SERVR__LISTEN", "x"),
            ("KARTOTEKA___", "x"),
            ("KARTOTEKA_SERVER__", "x"),
        ],
    );
    assert_eq!(outcome.diagnostics.len(), 3, "{}", show(&outcome));
}

/// One underscore between section and key is the likeliest slip, and the default would go on being used.
#[test]
fn one_underscore_too_few_is_a_mistake_and_not_another_programs() {
    for (wrong, right) in [
        ("DATABASE_URL", "DATABASE__URL"),
        ("DATABASE_URL_FILE", "DATABASE__URL_FILE"),
        ("SERVER_TRUSTED_PROXIES", "SERVER__TRUSTED_PROXIES"),
        ("CUSTOMERUSER_PARAMS_TABLE", "CUSTOMERUSER__PARAMS__TABLE"),
    ] {
        let outcome = with("", &[(&format!("KARTOTEKA_{wrong}"), "x")]);
        assert_eq!(
            show(&outcome).to_uppercase(),
            format!(
                "KARTOTEKA_{wrong}: error: this variable names no setting\n  write instead: KARTOTEKA_{right}"
            )
            .to_uppercase()
        );
    }
    // What Kubernetes gives every program beside a service of that name.
    let outcome = with(
        "",
        &[
            ("KARTOTEKA_SERVICE_HOST", "10.0.0.1"),
            ("KARTOTEKA_PORT_8080_TCP_ADDR", "10.0.0.1"),
        ],
    );
    assert_eq!(show(&outcome), "");
}

#[test]
fn what_a_variable_fixes_is_known_by_its_name() {
    let outcome = with(
        "[groups]\nalways_groups = [\"users\"]\nother_customers = false\n",
        &[
            ("KARTOTEKA_GROUPS__OTHER_CUSTOMERS", "true"),
            (
                "kartoteka_groups__permissions",
                "not ours: variables are in capitals",
            ),
            ("KARTOTEKA_GROUPS__PERMISSIONS", "[\"ro\", \"rw\"]"),
        ],
    );
    assert_eq!(outcome.diagnostics, [], "{}", show(&outcome));
    let variable = |name: &str| SetIn::Variable(format!("KARTOTEKA_GROUPS__{name}"));
    let named = [
        ("always_groups", SetIn::File),
        ("other_customers", variable("OTHER_CUSTOMERS")),
        ("permissions", variable("PERMISSIONS")),
    ];
    let named = named.map(|(key, place)| (key.to_owned(), place));
    assert_eq!(outcome.settings.unwrap().groups.named, named.into());
}
