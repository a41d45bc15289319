use kartoteka_model::source::{CsvFile, CustomerSource, CustomerUserSource, Origin};
use kartoteka_model::{FieldKind, Shown, TextMode};
use kartoteka_settings::{Settings, WriteFormat};

use super::settings;

#[test]
fn nothing_written_is_the_default() {
    assert_eq!(settings(""), Settings::default());
    assert_eq!(settings("# nothing\n"), Settings::default());
    assert_eq!(
        Settings::default().customer_users,
        [CustomerUserSource::preset()]
    );
    assert_eq!(Settings::default().customers, [CustomerSource::preset()]);
}

#[test]
fn one_line_adds_a_field() {
    let settings = settings(
        "[CustomerUser]\nMapAdd = [[\"UserRoom\", \"Pokój\", \"room\", 1, 0, \"var\", \"\", 0]]\n\
         CustomerUserSearchFields = [\"login\", \"room\"]\n",
    );
    let source = &settings.customer_users[0];
    let shipped = CustomerUserSource::shipped();
    assert_eq!(source.spec.map.0.len(), shipped.spec.map.0.len() + 1);
    let room = source.spec.map.find("UserRoom").unwrap();
    assert_eq!(
        (room.label.as_str(), room.column.as_str()),
        ("Pokój", "room")
    );
    assert_eq!(source.spec.search_fields, ["login", "room"]);
    assert_eq!(source.spec.list_fields, shipped.spec.list_fields);
}

#[test]
fn entries_are_lists_or_tables() {
    let settings = settings(
        "[CustomerUser]\nMapAdd = [\n\
         [\"UserA\", \"A\", \"a\", 2, 1, \"int\", \"https://x\", 1, \"_self\", \"cls\"],\n\
         { var = \"UserB\", label = \"A\", column = \"a\", shown = 2, required = \"yes\", type = \"int\", link = \"https://x\", readonly = true, link_target = \"_self\", link_class = \"cls\" },\n\
         { var = \"UserC\", column = \"c\" },\n[\"UserD\", \"D\", \"d\", \"0\", \"0\"]]\n",
    );
    let map = &settings.customer_users[0].spec.map;
    let a = map.find("UserA").unwrap();
    assert_eq!(
        (a.shown, a.required, a.kind, a.read_only),
        (Shown::AlsoLite, true, FieldKind::Int, true)
    );
    assert_eq!(
        (a.link_target.as_str(), a.link_class.as_str()),
        ("_self", "cls")
    );
    let mut b = map.find("UserB").unwrap().clone();
    b.name = "UserA".into();
    assert_eq!(&b, a);
    assert_eq!(map.find("UserC").unwrap().label, "UserC");
    assert_eq!(map.find("UserD").unwrap().shown, Shown::Never);
}

#[test]
fn a_map_of_ones_own_needs_no_more_keys() {
    let settings = settings(
        "[CustomerUser3]\nParams = { Table = \"people\", DSN = \"DBI:Pg:dbname=crm;host=db\", User = \"u\", Password = \"p\", ForeignDB = 1, SearchCaseSensitive = 1 }\n\
         ReadOnly = 1\nAutoLoginCreation = 1\n\
         Map = [[\"UserLogin\", \"Login\", \"uid\", 1, 1], [\"UserEmail\", \"Mail\", \"mail\", 1, 1], [\"UserCustomerID\", \"ID\", \"company\", 0, 1],\n\
         [\"UserLastname\", \"Name\", \"last_name\"]]\n",
    );
    assert_eq!(settings.customer_users.len(), 2);
    let source = &settings.customer_users[1];
    let table = &source.spec;
    let origin = table.origin.table().unwrap();
    assert_eq!(
        (table.id.as_str(), table.name.as_str()),
        ("CustomerUser3", "No Name 3")
    );
    assert_eq!(
        origin.database.as_ref().unwrap().expose(),
        "postgres://u:p@db/crm"
    );
    assert_eq!(
        (table.key.as_str(), source.customer_id.as_str()),
        ("uid", "company")
    );
    assert_eq!(table.valid, None);
    assert_eq!(table.text, TextMode::Exact);
    assert!(origin.foreign && table.read_only);
    assert_eq!(source.auto_login.as_deref(), Some("auto"));
    // Lists that are not given name the shipped fields, by the columns that they have here.
    assert_eq!(table.list_fields, ["last_name", "mail"]);
    assert_eq!(table.search_fields, ["uid", "last_name", "company", "mail"]);
    assert_eq!(source.name_fields, ["last_name"]);
    assert_eq!(source.sender_fields, ["mail"]);
    assert_eq!(
        settings.places.find("CustomerUser3", "uid").unwrap().line,
        5
    );
    assert_eq!(
        settings
            .places
            .key("CustomerUser3", "Params.Table")
            .unwrap()
            .line,
        2
    );
    assert_eq!(settings.places.source("CustomerUser3").unwrap().line, 1);
}

#[test]
fn sources_stand_in_order() {
    let settings = settings(
        "[CustomerUser10]\nParams.Table = \"j\"\n[CustomerUser2]\nParams.Table = \"b\"\nText = \"ignore-case\"\n\
         [CustomerCompany1]\nParams.Table = \"firms\"\nName = \"Firms\"\n",
    );
    let ids: Vec<&str> = settings
        .customer_users
        .iter()
        .map(|source| source.spec.id.as_str())
        .collect();
    assert_eq!(ids, ["CustomerUser", "CustomerUser2", "CustomerUser10"]);
    assert_eq!(settings.customer_users[1].spec.text, TextMode::IgnoreCase);
    assert_eq!(settings.customers[1].spec.name, "Firms");
}

#[test]
fn own_sections() {
    let settings = settings(
        "data_dir = \"/var/lib/kartoteka\"\n\
         [server]\nlisten = \"[::1]:0\"\nbase_path = \"/desk/\"\n\
         trusted_proxies = [\"10.0.0.0/8\", \"::1\"]\nallowed_hosts = [\"Desk.example.org\"]\n\
         [passwords]\nneed_digit = \"no\"\nmax_valid_days = 90\n[checks]\nemail = 0\n[log]\nlevel = \"info,sqlx=warn\"\n",
    );
    assert_eq!(
        settings.database.url.expose(),
        "sqlite:///var/lib/kartoteka/kartoteka.db"
    );
    assert_eq!(
        settings.passwords.format_on(&settings.database),
        WriteFormat::Argon2id
    );
    assert_eq!(settings.server.base_path, "/desk");
    assert_eq!(
        settings.server.allowed_hosts,
        Some(vec!["desk.example.org".into()])
    );
    let proxies = settings.server.trusted_proxies.iter();
    let proxies: Vec<String> = proxies.map(ToString::to_string).collect();
    assert_eq!(proxies, ["10.0.0.0/8", "::1/128"]);
    assert!(!settings.checks.email && !settings.passwords.need_digit);
    assert_eq!(settings.passwords.regexp, None);

    let shared = super::settings("[database]\nurl = \"mysql://otobo@localhost/otobo\"\n");
    assert_eq!(
        shared.passwords.format_on(&shared.database),
        WriteFormat::Otobo
    );
}

#[test]
fn expressions() {
    let set = super::settings(
        "[passwords]\nregexp = '^[a-z]'\n[checks]\nemail_valid_address = ''\nemail_invalid_address = '@spam[.]'\n",
    );
    let pattern = set.passwords.regexp.as_ref().map(|one| one.as_str());
    assert_eq!(pattern, Some("^[a-z]"));
    let rules = &set.checks.email_rules;
    assert_eq!(rules.accepted, None);
    // Addresses have no case; passwords have.
    assert!(rules.check("a@SPAM.org").is_err() && rules.check("a@example.com").is_ok());
    let shipped = super::settings("");
    assert_eq!(shipped.checks, Default::default());
    let none = super::settings("[passwords]\nregexp = ''\n");
    assert_eq!(none.passwords.regexp, None);
}

#[test]
fn people_can_come_from_a_file() {
    let settings = settings(
        "[CustomerUser1]\nModule = \"CSV\"\nParams = { File = \"lists/people.csv\" }\nCustomerValid = \"Aktywny?\"\n\
         Map = [[\"UserLogin\", \"Login\", \"Login\", 1, 1], [\"UserEmail\", \"Mail\", \"E-Mail\", 1, 1],\n\
         [\"UserCustomerID\", \"ID\", \"Firma / Urząd\", 0, 1]]\n",
    );
    let spec = &settings.customer_users[1].spec;
    // Tests read a text that is called kartoteka.toml, in no folder.
    let file = "lists/people.csv".into();
    assert_eq!(spec.origin, Origin::Csv(CsvFile { file }));
    assert_eq!((spec.key.as_str(), spec.read_only), ("Login", true));
    assert_eq!(spec.valid.as_deref(), Some("Aktywny?"));
    assert_eq!(settings.customer_users[1].customer_id, "Firma / Urząd");

    let outcome = kartoteka_settings::read_text(
        "/etc/kartoteka/kartoteka.toml",
        "[CustomerCompany]\nModule = \"csv\"\nParams = { File = \"../firms.csv\" }\n",
        [],
    );
    let origin = &outcome.settings.unwrap().customers[0].spec.origin;
    assert_eq!(origin.name(), "/etc/kartoteka/../firms.csv");
}

#[test]
fn a_file_is_named_and_nothing_else() {
    let found = |text: &str| {
        let outcome = kartoteka_settings::read_text("kartoteka.toml", text, []);
        let found = outcome.diagnostics.iter();
        found.map(ToString::to_string).collect::<Vec<String>>()
    };
    let none = found("[CustomerUser1]\nModule = \"CSV\"\n");
    assert_eq!(none.len(), 1, "{none:?}");
    assert!(
        none[0].starts_with("kartoteka.toml:2:10: error: `Params.File` must be the name of a file"),
        "{none:?}"
    );
    let more = found(
        "[CustomerUser1]\nModule = \"CSV\"\nReadOnly = false\n\
         Params = { File = \"a.csv\", Table = \"a\", DSN = \"sqlite://a\" }\n\
         [CustomerUser2]\nParams = { File = \"a.csv\", Table = \"b\" }\n",
    );
    let warned = more.iter().filter(|one| one.contains("has no effect"));
    assert_eq!(warned.count(), 4, "{more:?}");
}

#[test]
fn people_can_come_from_ldap() {
    let settings = super::settings(
        "[CustomerUser]\nModule = \"Kernel::System::CustomerUser::LDAP\"\nCustomerKey = \"uid\"\nCustomerID = \"o\"\n\
         CustomerUserListFields = [\"givenname\", \"displayName\", \"mail\"]\nCustomerUserValidFilter = \"employeeType=desk\"\n\
         Map = [[\"UserLogin\", \"Login\", \"UID\", 1, 1], [\"UserEmail\", \"Mail\", \"mail\", 1, 1],\n\
         [\"UserFirstname\", \"Name\", \"givenName\", 1, 1], [\"UserCustomerID\", \"ID\", \"o\", 0, 1]]\n\
         [CustomerUser.Params]\nHost = [\"ldap.example.com\", \"ldaps://[::1]:1636\"]\nBaseDN = \" ou=people,dc=example \"\n\
         SSCOPE = \"one\"\nUserDN = \"cn=reader\"\nUserPw = \"geheim\"\nAlwaysFilter = \"(mail=*)\"\nStartTLS = true\nCAFile = \"ca.pem\"\n\
         Params = { port = 3890, timeout = 3, async = 0, version = 3 }\n",
    );
    let source = &settings.customer_users[0];
    let Origin::Ldap(tree) = &source.spec.origin else {
        panic!("{:?}", source.spec.origin);
    };
    assert_eq!(
        tree.hosts,
        ["ldap://ldap.example.com:3890", "ldaps://[::1]:1636"]
    );
    assert_eq!(
        (tree.base.as_str(), tree.timeout),
        ("ou=people,dc=example", 3)
    );
    assert_eq!(tree.valid_filter.as_deref(), Some("(employeeType=desk)"));
    assert_eq!(tree.always_filter.as_deref(), Some("(mail=*)"));
    assert_eq!(
        tree.bind.as_ref().map(|bind| bind.name.as_str()),
        Some("cn=reader")
    );
    assert!(!format!("{settings:?}").contains("geheim"));
    // Attributes are the same in upper and lower case, and what the map does not have is a hidden field.
    let spec = &source.spec;
    assert_eq!((spec.key.as_str(), spec.read_only), ("UID", true));
    assert_eq!(spec.list_fields, ["givenName", "displayName", "mail"]);
    assert_eq!(
        spec.map.find("displayName").map(|field| field.shown),
        Some(Shown::Never)
    );
    assert_eq!(spec.valid_entry(), Some("ValidID"));

    // The least that OTOBO asks for; the rest is its sample.
    let least = super::settings(
        "[CustomerUser1]\nModule = \"LDAP\"\nParams = { Host = \"localhost\", BaseDN = \"o=example\" }\n",
    );
    let spec = &least.customer_users[1].spec;
    assert_eq!((spec.key.as_str(), spec.valid.as_deref()), ("uid", None));
    assert_eq!(spec.search_fields, ["uid", "cn", "mail"]);
    assert_eq!(spec.search_prefix, "");
}

#[test]
fn mistakes_of_an_ldap_source() {
    let found = |params: &str| {
        let text = format!("[CustomerUser1]\nModule = \"LDAP\"\n{params}\n");
        let outcome = kartoteka_settings::read_text("kartoteka.toml", &text, []);
        let found = outcome.diagnostics.iter();
        found.map(ToString::to_string).collect::<Vec<String>>()
    };
    let cases = [
        ("", "`Params.Host` must be the name of a server"),
        ("Params = { Host = \"http://x\" }", "ldap://… or ldaps://…"),
        (
            "Params = { Host = \"ldap://x:99999\" }",
            "ldap://… or ldaps://…",
        ),
        (
            "Params = { Host = \"x\", SSCOPE = \"all\" }",
            "must be one of base, one, sub",
        ),
        (
            "Params = { Host = \"x\", SourceCharset = \"ebcdic\" }",
            "utf-8 or iso-8859-1",
        ),
        (
            "Params = { Host = \"x\", UserDN = \"cn=x\" }",
            "the password of UserDN",
        ),
        ("Params = { Host = \"x\", CAFile = \"ca.pem\" }", "in TLS"),
        (
            "Params = { Host = \"x\", Table = \"t\" }",
            "Module = \"DB\" reads it",
        ),
        (
            "Params = { Host = \"x\" }\nCustomerValid = \"v\"",
            "CustomerUserValidFilter",
        ),
        ("Params = { Host = \"x\" }\nReadOnly = false", "only read"),
        (
            "Params = { Host = \"x\", Params = { version = 2 } }",
            "version 3",
        ),
        (
            "Params = { Host = \"x\" }\nCustomerUserSearchFields = [\"userPassword\"]",
            "holds a password",
        ),
        (
            "Params = { Host = \"x\" }\nCustomerKey = \"a b\"",
            "the name of an attribute",
        ),
    ];
    for (params, told) in cases {
        let found = found(params);
        assert_eq!(found.len(), 1, "{params}: {found:?}");
        assert!(found[0].contains(told), "{params}: {found:?}");
    }
    assert!(found("Params = { Host = \"x\" }").is_empty());
}
