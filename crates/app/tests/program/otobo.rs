//! `--otobo-config` and `import-config`: the configuration that an OTOBO has already.

use std::path::Path;

use tempfile::tempdir;

use crate::run::{Server, done, run, token};

/// The two that people asked about, as they stood there.
const SEEDS: [&str; 2] = [
    include_str!("../../../settings/tests/otobo/seed_db.pm"),
    include_str!("../../../settings/tests/otobo/seed_ldap.pm"),
];

/// A database of its own with a table of people.
const BRANCH: &str = r#"
package Kernel::Config;
sub Load {
    my $Self = shift;
    $Self->{CustomerUser1} = {
        Name   => Translatable('Filia'),
        Module => 'Kernel::System::CustomerUser::DB',
        Params => { DSN => "DBI:SQLite:dbname=$ENV{BRANCH}", Table => 'branch', ForeignDB => 1, Password => 'g3heim' },
        CustomerKey => 'uname',
        CustomerID  => 'cid',
        CustomerUserListFields             => [qw(lname mail)],
        CustomerUserNameFields             => ['lname'],
        CustomerUserSearchFields           => [ 'uname', 'lname', 'shoe' ],
        CustomerUserPostMasterSearchFields => ['mail'],
        Map => [
            [ 'UserLogin',      'Login', 'uname', 1, 1, 'var', '', 0, undef, undef ],
            [ 'UserLastname',   'Name',  'lname', 1, 1, 'var' ],
            [ 'UserEmail',      'Mail',  'mail',  1, 1, 'var' ],
            [ 'UserCustomerID', 'ID',    'cid',   0, 1, 'var' ],
        ],
    };
    $Self->{CustomerGroupSupport} = 1;
    return 1;
}
1;
"#;

fn branch(folder: &Path) -> std::path::PathBuf {
    let file = folder.join("branch.db");
    let address = format!("sqlite://{}", file.display());
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        std::fs::write(&file, "").unwrap();
        let db = kartoteka_store::Db::open_foreign(&address).await.unwrap();
        for sql in [
            "CREATE TABLE branch (uname VARCHAR(100) PRIMARY KEY, lname VARCHAR(100), mail VARCHAR(100), \
             cid VARCHAR(100), shoe VARCHAR(10))",
            "INSERT INTO branch VALUES ('bolek', 'Filialny', 'bolek@branch-lab.org', 'ACME', 'shoe43')",
        ] {
            db.execute(sql, &[]).await.unwrap();
        }
        db.close().await;
    });
    let config = folder.join("Config.pm");
    let text = BRANCH.replace("$ENV{BRANCH}", &file.display().to_string());
    std::fs::write(&config, text).unwrap();
    config
}

#[test]
fn both_examples_are_explained_and_serve() {
    for (seed, place) in SEEDS
        .iter()
        .zip(["Config.pm:1:25: warning", "Config.pm:26:1: warning"])
    {
        let data = tempdir().unwrap();
        std::fs::write(data.path().join("Config.pm"), seed).unwrap();
        // The server of the second one does not answer.
        let said = run(data.path(), &["check", "--otobo-config", "Config.pm"]);
        assert!([0, 5].contains(&said.exit), "{said:?}");
        assert!(said.out.contains(place), "{said:?}");
        assert!(said.out.contains("the settings are fine"), "{said:?}");
        let check = ["check", "--otobo-config", "Config.pm", "--json"];
        let mistakes = run(data.path(), &check).json()["mistakes"].clone();
        assert_eq!(mistakes[0]["severity"], "warning");
        Server::start(data.path(), &["serve", "--otobo-config", "Config.pm"]);
    }
}

#[test]
fn people_of_a_source_of_otobo_are_found() {
    let data = tempdir().unwrap();
    branch(data.path());
    let config = ["--otobo-config", "Config.pm"];
    let said = done(data.path(), &["check", config[0], config[1]]);
    assert!(
        !said.out.contains("g3heim") && !said.err.contains("g3heim"),
        "{said:?}"
    );
    done(data.path(), &["migrate"]);
    let token = token(data.path(), "t", "admin");
    let server = Server::start(data.path(), &["serve", config[0], config[1]]);
    let sees = |search: &str| {
        let found = server.get(
            &format!("/api/v1/customer-users?search={search}"),
            Some(&token),
        );
        found.json()["items"][0]["UserLogin"].clone()
    };
    assert_eq!(sees("filialny"), "bolek");
    // A column that only the search names.
    assert_eq!(sees("shoe43"), "bolek");
    let group = done(
        data.path(),
        &["settings", "access", "show", "--json", config[0], config[1]],
    );
    assert!(
        group.out.contains("\"customer_group_support\""),
        "{group:?}"
    );

    // What the settings file says counts first.
    std::fs::write(
        data.path().join("kartoteka.toml"),
        "[CustomerUser1]\nName = \"Ours\"\n",
    )
    .unwrap();
    let shown = [
        "customer-user",
        "show",
        "bolek",
        "--json",
        config[0],
        config[1],
    ];
    assert_eq!(done(data.path(), &shown).json()["UserLastname"], "Filialny");
    std::fs::write(
        data.path().join("kartoteka.toml"),
        "[CustomerUser1]\nCustomerKey = \"nme\"\n",
    )
    .unwrap();
    let said = run(data.path(), &["check", config[0], config[1]]);
    assert_eq!(said.exit, 1);
    assert!(said.out.contains("kartoteka.toml:2:15: error"), "{said:?}");
}

#[test]
fn what_import_config_prints_is_a_settings_file() {
    let data = tempdir().unwrap();
    branch(data.path());
    let said = done(data.path(), &["import-config", "Config.pm"]);
    assert!(
        said.out.contains("customer_group_support = true"),
        "{said:?}"
    );
    assert!(
        said.out
            .contains("KARTOTEKA_CUSTOMERUSER1__PARAMS__PASSWORD_FILE"),
        "{said:?}"
    );
    assert!(!said.out.contains("g3heim"), "{said:?}");
    std::fs::write(data.path().join("kartoteka.toml"), &said.out).unwrap();
    let checked = done(data.path(), &["check"]);
    assert!(checked.out.contains("the settings are fine"), "{checked:?}");
    done(data.path(), &["migrate"]);
    let shown = done(data.path(), &["customer-user", "show", "bolek", "--json"]);
    assert_eq!(shown.json()["UserLastname"], "Filialny");
}

#[test]
fn what_is_no_perl_is_refused_with_its_place() {
    let data = tempdir().unwrap();
    let config = data.path().join("Config.pm");
    std::fs::write(&config, "$Self->{CustomerUser} = {\n Name => 'x,\n};\n").unwrap();
    for command in [
        &["check", "--otobo-config", "Config.pm"][..],
        &["import-config", "Config.pm"],
    ] {
        let said = run(data.path(), command);
        assert_eq!(said.exit, 1, "{said:?}");
        let told = format!("{}{}", said.out, said.err);
        assert!(
            told.contains("Config.pm:2:10: error: Perl would not take this file"),
            "{told}"
        );
    }
    let served = run(data.path(), &["serve", "--otobo-config", "Config.pm"]);
    assert_eq!(served.exit, 1, "{served:?}");
    std::fs::write(&config, vec![b'\n'; 50 << 20]).unwrap();
    let said = run(data.path(), &["check", "--otobo-config", "Config.pm"]);
    assert_eq!(said.exit, 1);
    assert!(
        said.out
            .contains("Config.pm:1:1: error: this is more than is read: 8 MiB"),
        "{said:?}"
    );
    let said = run(data.path(), &["check", "--otobo-config", "none.pm"]);
    assert_eq!(said.exit, 1);
    assert!(
        said.out.contains("none.pm: error: the file cannot be read"),
        "{said:?}"
    );
}
