//! An existing `Kernel/Config.pm` as a layer below `kartoteka.toml`.

use kartoteka_model::source::CustomerUserSource;
use kartoteka_model::{FieldKind, Shown};
use kartoteka_settings::{
    Layer, Outcome, Places, SetIn, Settings, Severity, read_over, read_text, read_text_over,
};

use super::show;

const CONFIG: &str = include_str!("otobo/Config.pm");

fn layer(text: &str) -> Layer {
    Layer::read_bytes(&[("Config.pm", text.as_bytes())], &[])
}

fn read(text: &str) -> Outcome {
    read_text_over(layer(text), "kartoteka.toml", "", [])
}

/// The settings of a text, and what is told of it.
fn settings(text: &str) -> (Settings, String) {
    let outcome = read(text);
    let shown = show(&outcome);
    let settings = outcome.settings.unwrap_or_else(|| panic!("{shown}"));
    (settings, shown)
}

#[test]
fn a_source_without_key_and_map_is_what_otobo_ships() {
    let (settings, shown) = settings(include_str!("otobo/seed_db.pm"));
    assert_eq!(
        shown,
        "Config.pm:1:25: warning: [CustomerUser] leaves out `CustomerKey`, `CustomerID`, `CustomerUserSearchFields`, \
         `Map`, without which OTOBO has no working source: what OTOBO ships is taken\n  write instead: CustomerKey => \
         'login', CustomerID => 'customer_id', CustomerUserSearchFields => ['login', 'first_name', 'last_name', \
         'customer_id'], Map => [ … ]"
    );
    let mut expected = CustomerUserSource::preset();
    expected.spec.name = "Backend bazy danych".into();
    // What OTOBO does where these keys are not there.
    expected.spec.search_prefix = String::new();
    expected.email_unique = false;
    expected.customer_support = false;
    assert_eq!(settings.customer_users, [expected]);
}

#[test]
fn an_ldap_source_with_a_map_that_was_cut_short_is_completed() {
    let (settings, shown) = settings(include_str!("otobo/seed_ldap.pm"));
    let told = "Config.pm:26:1: warning: `...` is no Perl: it stands for something that was left out\n  found: ...\n  \
                write instead: all of it, or nothing\n\
                Config.pm:26:1: warning: the `Map` of [CustomerUser] has `...` in it: these fields of OTOBO's own map \
                are taken in its place: UserLastname, UserLogin, UserEmail, UserCustomerID, UserPhone, UserAddress, \
                UserComment";
    let people = &settings.customer_users[0];
    assert_eq!(people.spec.origin.module(), "LDAP");
    assert_eq!(shown, told);
    assert_eq!(
        (people.spec.key.as_str(), people.customer_id.as_str()),
        ("uid", "mail")
    );
    assert_eq!(people.spec.list_fields, ["cn", "mail"]);
    let label = |name| people.spec.map.find(name).map(|field| field.label.as_str());
    assert_eq!(label("UserFirstname"), Some("Imię"));
    assert_eq!(label("UserLogin"), Some("Username"));
}

#[test]
fn a_configuration_is_read() {
    let (settings, shown) = settings(CONFIG);
    assert_eq!(
        shown,
        "Config.pm:23:5: warning: this is code (`if`), which is not run: it names no setting that is read here\n  found: \
         $Self->{SendmailModule} = '…' if $ENV{TEST};\n  write instead: the value itself; or the setting in \
         kartoteka.toml, which counts before this file\n\
         Config.pm:107:5: warning: this is code (`if`), which is not run: OTOBO may have something else for \
         `CustomerUser`\n  found: if ( -e '…' ) {\n  write instead: the value itself; or the setting in kartoteka.toml, \
         which counts before this file"
    );
    let [people, crm] = settings.customer_users.as_slice() else {
        panic!("{:?}", settings.customer_users)
    };
    assert_eq!(
        settings.database.url.expose(),
        "mysql://otobo:g3heim%21@127.0.0.1/otobo"
    );
    assert_eq!(people.spec.name, "Our database");
    assert_eq!(people.spec.cache_ttl, 86_400);
    assert_eq!(people.spec.list_limit, Some(250));
    let room = people.spec.map.find("UserRoom").unwrap();
    assert_eq!(
        (room.label.as_str(), room.column.as_str()),
        ("Pokój", "room")
    );
    let phone = people.spec.map.find("UserPhone").unwrap();
    assert_eq!(phone.link, "tel:[% Data.UserPhone | uri %]");
    let valid = people.spec.map.find("ValidID").unwrap();
    assert_eq!(
        (valid.kind, valid.shown, valid.required),
        (FieldKind::Int, Shown::Never, true)
    );
    assert_eq!(people.spec.selections["UserTitle"]["Pani"], "Pani");
    assert!(!people.spec.read_only);

    let table = crm.spec.origin.table().unwrap();
    assert_eq!(table.name, "persons");
    assert!(table.foreign && crm.spec.read_only);
    let address = table.database.as_ref().unwrap().expose();
    assert_eq!(
        address,
        "postgres://reader:s3cr%40t%27@crm.example.org:5433/crm"
    );
    assert!(crm.spec.selections.is_empty());
    assert_eq!(crm.spec.map, people.spec.map);

    let [customers] = settings.customers.as_slice() else {
        panic!()
    };
    assert_eq!(
        customers
            .spec
            .map
            .find("CustomerCompanyName")
            .unwrap()
            .label,
        "Firma"
    );
    assert!(customers.spec.read_only);
    assert_eq!(customers.spec.map.0.len(), 9);

    assert!(settings.groups.customer_group_support && settings.groups.other_customers);
    assert_eq!(settings.groups.always_groups, ["users", "faq"]);
    assert_eq!(settings.groups.company_always_groups, ["users"]);
    assert_eq!(settings.groups.named["always_groups"], SetIn::File);
    assert_eq!(settings.passwords.min_size, 12);
    assert!(settings.passwords.need_digit);
    assert_eq!(settings.sessions.idle, 3600);
    let place = settings.places.find("CustomerUser", "room").unwrap();
    assert_eq!((place.file.as_str(), place.line), ("Config.pm", 70));
}

#[test]
fn an_error_is_told_after_any_number_of_warnings() {
    let outcome = read_text_over(
        layer(&"foo();\n".repeat(1000)),
        "kartoteka.toml",
        "[servr]\n",
        [],
    );
    assert!(outcome.settings.is_none());
    assert_eq!(
        outcome
            .diagnostics
            .iter()
            .filter(|found| found.is_error())
            .count(),
        1
    );
}

#[test]
fn a_list_of_which_nothing_is_known_is_not_empty() {
    let (settings, shown) = settings("$Self->{CustomerGroupAlwaysGroups} = [ groups('x') ];");
    assert!(
        shown.starts_with("Config.pm:1:40: warning: what this is can't be told"),
        "{shown}"
    );
    assert_eq!(settings.groups.always_groups, ["users"]);
}

#[test]
fn no_secret_is_shown() {
    let outcome = read(&CONFIG.replace(
        "    return 1;",
        "    frobnicate({ Password => 'g3heim!' }); $Self->{X} = y('s3cr');\n",
    ));
    for text in [
        show(&outcome),
        format!("{outcome:?} {:?}", layer(CONFIG)),
        layer(CONFIG).to_toml(),
    ] {
        assert!(!text.contains("g3heim") && !text.contains("s3cr"), "{text}");
    }
}

#[test]
fn what_the_settings_file_says_wins_key_by_key() {
    let toml = "[database]\nurl = \"sqlite://x.db\"\n[CustomerUser]\nName = \"Ours\"\nMapAdd = [[\"UserFloor\", \"Floor\", \"floor\"]]\n\
                [CustomerUser.Params]\nTable = \"people\"\n[groups]\nalways_groups = []\n";
    let variables = [(
        "KARTOTEKA_CUSTOMER_USER__CACHE_TTL".to_owned(),
        "7".to_owned(),
    )];
    let outcome = read_text_over(layer(CONFIG), "kartoteka.toml", toml, variables);
    let settings = outcome.settings.unwrap();
    let people = &settings.customer_users[0];
    assert_eq!(people.spec.name, "Ours");
    assert_eq!(people.spec.origin.name(), "people");
    assert_eq!(people.spec.cache_ttl, 7);
    assert!(people.spec.map.find("UserRoom").is_some());
    assert_eq!(people.spec.map.0.last().unwrap().name, "UserFloor");
    assert!(settings.groups.always_groups.is_empty() && settings.groups.customer_group_support);
    assert!(settings.database.is_sqlite());
    assert_eq!(settings.passwords.min_size, 12);
}

/// What is left out of the printed settings, as variables.
fn secrets() -> Vec<(String, String)> {
    [
        (
            "KARTOTEKA_DATABASE__URL",
            "mysql://otobo:g3heim%21@127.0.0.1/otobo",
        ),
        ("KARTOTEKA_CUSTOMERUSER1__PARAMS__PASSWORD", "s3cr@t'"),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .to_vec()
}

#[test]
fn what_is_printed_means_the_same() {
    for text in [
        CONFIG,
        include_str!("otobo/seed_db.pm"),
        include_str!("otobo/seed_ldap.pm"),
        "$Self->{CustomerUser}{CustomerUserSearchFields} = ['login', 'shoe_size'];",
        "$Self->{CustomerUser}{CustomerUserSearchFields} = ['login', 'shoe_size']; delete $Self->{CustomerUser}{CustomerValid};\n\
         push @{$Self->{CustomerUser}{Map}}, ['UserNote', \"a \\\"note\\\" \\\\ ł\", 'note', 2, 0, 'var', 'https://x/[% Data.UserNote | uri %]', 1, '_self', 'a b'];",
        "",
    ] {
        let laid = |layer| {
            let variables = if text == CONFIG { secrets() } else { vec![] };
            read_text_over(layer, "kartoteka.toml", "", variables)
        };
        let printed = layer(text).to_toml();
        let variables = if text == CONFIG { secrets() } else { vec![] };
        let outcome = read_text("kartoteka.toml", &printed, variables);
        let shown = show(&outcome);
        let mut found = outcome
            .settings
            .unwrap_or_else(|| panic!("{shown}\n{printed}"));
        let mut expected = laid(layer(text)).settings.unwrap();
        (found.places, expected.places) = (Places::default(), Places::default());
        for settings in [&mut found, &mut expected] {
            // These come from variables here.
            settings.groups.named.retain(|_, set| *set == SetIn::File);
        }
        assert_eq!(found, expected, "{printed}");
    }
}

/// The only mistake of a text.
fn one(text: &str, expected: &str) {
    let outcome = read(text);
    assert_eq!(show(&outcome), expected, "{text}");
}

#[test]
fn databases_that_are_not_spoken_to_are_left_out() {
    one(
        "$Self->{CustomerUser2} = {\n Module => 'Kernel::System::CustomerUser::DB',\n Params => { DSN => \
         'DBI:Oracle:sid=crm;host=h', User => 'u', Password => 'geheim', Table => 't', Type => 'oracle' },\n};",
        "Config.pm:3:21: warning: [CustomerUser2] is left out: its database (oracle, driver oracle) is none that is spoken \
         to: those are PostgreSQL, MariaDB, MySQL and SQLite; its records are missing until then\n  write instead: a view \
         of it in PostgreSQL (oracle_fdw, tds_fdw, odbc_fdw); or a CSV file written every night, Module = \"CSV\"",
    );
    one(
        "$Self->{DatabaseDSN} = 'DBI:ODBC:driver={x};Database=otobo';",
        "Config.pm:1:9: warning: the database of OTOBO is none that is spoken to (driver odbc): without another address the embedded one is \
         taken\n  write instead: --database postgres://… or mysql://…",
    );
    one(
        "$Self->{CustomerUser} = { Module => 'Kernel::System::CustomerUser::Custom' };",
        "Config.pm:1:37: warning: [CustomerUser] is left out: its module `Kernel::System::CustomerUser::Custom` is not \
         known; until then the table customer_user of the home database is read in its place\n  write instead: \
         Kernel::System::CustomerUser::DB",
    );
}

#[test]
fn what_is_not_known_is_named() {
    one(
        "$Self->{CustomerUser}{CustomerUserListFeilds} = ['login'];",
        "Config.pm:1:23: warning: there is no key `CustomerUserListFeilds` in [CustomerUser]: OTOBO passes over it, too\n  \
         write instead: CustomerUserListFields",
    );
    one(
        "$Self->{'Customer::AuthModule'} = 'Kernel::System::CustomerAuth::LDAP';\n\
         $Self->{'Customer::AuthModule::LDAP::Host'} = 'ldap';",
        "Config.pm:1:9: warning: read, not yet in use: `Customer::AuthModule`, `Customer::AuthModule::LDAP::Host` (people \
         log in with the password that their source has)",
    );
    one(
        "$Self->{CustomerUser11} = {};",
        "Config.pm:1:9: warning: [CustomerUser11] is left out: there are ten further sources at most; OTOBO does not read it either\n  write instead: \
         CustomerUser10",
    );
    one(
        "$Self->{CustomerUser}{CacheTTL} = 'a day';",
        "Config.pm:1:35: error: `CacheTTL` must be a whole number\n  found: \"a day\"\n  write instead: CacheTTL = 0",
    );
    one(
        "$Self->{A} = {};\n$Self->{A}{B} = $Self->{A};",
        "Config.pm:2:17: error: this value is in itself\n  found: $Self->{A};\n  write instead: a copy of it: { %{ \
         $Self->{…} } }",
    );
}

#[test]
fn what_the_pages_of_otobo_wrote_counts_less() {
    let auto = "package Kernel::Config::Files::ZZZAAuto;\nuse utf8;\nsub Load {\n    my ($File, $Self) = @_;\n\
        $Self->{'CustomerGroupSupport'} =  '1';\n$Self->{'CustomerGroupAlwaysGroups'} =  [\n  'a'\n];\n\
        $Self->{'CustomerPanelSessionName'} =  'x';\n\
        delete $Self->{'CustomerGroupPermissionContext'}->{'100-CustomerID-other'};\n    return;\n}\n1;\n";
    let folder = tempfile::tempdir().unwrap();
    let kernel = folder.path().join("Kernel");
    std::fs::create_dir_all(kernel.join("Config/Files")).unwrap();
    std::fs::write(kernel.join("Config/Files/ZZZAAuto.pm"), auto).unwrap();
    let config = kernel.join("Config.pm");
    std::fs::write(
        &config,
        "$Self->{CustomerGroupAlwaysGroups} = [$ENV{GROUP}];",
    )
    .unwrap();
    let env = [("GROUP".to_owned(), "b".to_owned())];
    let outcome = read_over(Layer::read(&config, &env), None, []);
    assert_eq!(show(&outcome), "");
    let groups = outcome.settings.unwrap().groups;
    assert!(groups.customer_group_support && !groups.other_customers);
    assert_eq!(groups.always_groups, ["b"]);

    let outcome = read_over(Layer::read(&folder.path().join("none.pm"), &[]), None, []);
    assert_eq!(outcome.diagnostics[0].severity, Severity::Error);
    assert!(outcome.settings.is_none());
}
