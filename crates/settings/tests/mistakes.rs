use kartoteka_settings::{Diagnostic, Mistake, Severity, read};

use super::{mistakes, read as read_text, show};

/// One mistake in a text: its display has to be exactly this.
fn one(text: &str, expected: &str) {
    let outcome = read_text(text);
    assert_eq!(show(&outcome), expected, "in:\n{text}");
    assert!(outcome.settings.is_none());
    for diagnostic in &outcome.diagnostics {
        assert!(
            diagnostic.to_string().contains("\n  write instead: "),
            "{diagnostic}"
        );
    }
}

#[test]
fn an_order_that_there_is_not_says_which_there_are() {
    for (value, expected) in [
        (
            "polski!",
            "it is not a language tag\n  found: \"polski!\"\n  write instead: collation = \"pl\", or another language's code; \
             or \"folded\"",
        ),
        (
            "xx-DE",
            "there is no language `xx`\n  found: \"xx-DE\"\n  write instead: collation = \"pl\", or another language's code; \
             or \"folded\"",
        ),
        (
            "de-u-co-trad",
            "`de` has no order `trad`, but standard, emoji, eor, phonebk\n  found: \"de-u-co-trad\"\n  write instead: \
             collation = \"de\"; or \"de-u-co-phonebk\", \"de-u-co-eor\", \"de-u-co-emoji\", \"de-u-co-standard\"",
        ),
        (
            "de-u-ks-level1",
            "an order has no `ks`, but co, kn and kf\n  found: \"de-u-ks-level1\"\n  write instead: the language alone, such \
             as \"de\", or with -u-co-phonebk, -u-kn-true or -u-kf-upper",
        ),
    ] {
        one(
            &format!("[lists]\ncollation = \"{value}\"\n"),
            &format!(
                "kartoteka.toml:2:13: error: `collation` is no order that there is: {expected}"
            ),
        );
    }
    let outcome = read_text("[lists]\ncollation = 7\n");
    assert!(outcome.settings.is_none());
    for (value, name) in [
        ("pl", "pl"),
        ("de-u-co-phonebk", "de-u-co-phonebk"),
        ("Folded", "folded"),
    ] {
        let outcome = read_text(&format!("[lists]\ncollation = \"{value}\"\n"));
        assert_eq!(outcome.settings.unwrap().lists.collation.name(), name);
    }
}

#[test]
fn a_mistake_says_where_and_what_to_write() {
    one(
        "[server]\n  lisen = \"127.0.0.1:80\"\n",
        "kartoteka.toml:2:3: error: there is no key `lisen` in [server]\n  write instead: listen",
    );
    one(
        "[CustomerUser]\nCustomerUserListLimit = 10\n",
        "kartoteka.toml:2:1: error: there is no key `CustomerUserListLimit` in [CustomerUser]\n  write instead: CustomerUserSearchListLimit",
    );
    one(
        "[CustomerUser]\nKey = \"login\"\n",
        "kartoteka.toml:2:1: error: there is no key `Key` in [CustomerUser]\n  write instead: CustomerKey",
    );
    one(
        "[Customeruser]\n",
        "kartoteka.toml:1:2: error: there is no section or key `Customeruser`\n  write instead: [CustomerUser]",
    );
    one(
        "listen = \"127.0.0.1:80\"\n",
        "kartoteka.toml:1:1: error: there is no section or key `listen`\n  write instead: listen under [server]",
    );
    one(
        "[lists]\npage_size = -5\n",
        "kartoteka.toml:2:13: error: `page_size` must be from 1 to 1000\n  found: -5\n  write instead: page_size = 1",
    );
    one(
        "[lists]\npage_size = \"50\"\n",
        "kartoteka.toml:2:13: error: `page_size` must be a whole number\n  found: \"50\"\n  write instead: page_size = 50",
    );
    one(
        "[log]\nformat = \"jsn\"\n",
        "kartoteka.toml:2:10: error: `format` must be one of text, json\n  found: \"jsn\"\n  write instead: format = \"json\"",
    );
    one(
        "[CustomerUser]\nMapAdd = [[\"UserRoom\", \"Pokój\", \"'; DROP TABLE\"]]\n",
        "kartoteka.toml:2:33: error: `column` must be a plain identifier: letters without accents, digits and _, at most 63, not beginning with a digit\n  found: \"'; DROP TABLE\"\n  write instead: a plain name, such as \"room\"",
    );
    one(
        "[CustomerUser]\nCustomerUserSearchFields = [\"login\", \"UserEmail\"]\n",
        "kartoteka.toml:2:38: error: `CustomerUserSearchFields` names the column `UserEmail`, which no entry of the map has\n  write instead: \"email\"",
    );
    one(
        "[CustomerUser]\nCustomerUserListFields = [\"frist_name\"]\n",
        "kartoteka.toml:2:27: error: `CustomerUserListFields` names the column `frist_name`, which no entry of the map has\n  write instead: \"first_name\"",
    );
    one(
        "[CustomerUser]\nSelections = { UserTitel = { a = \"A\" } }\n",
        "kartoteka.toml:2:16: error: there are selections for `UserTitel`, which is not in the map\n  write instead: UserTitle",
    );
}

#[test]
fn keys_of_inner_tables_are_known_too() {
    one(
        "[CustomerUser1]\nParams = { Tabel = \"crm\", Table = \"crm\" }\n",
        "kartoteka.toml:2:12: error: there is no key `Tabel` in [CustomerUser1.Params]\n  write instead: Table",
    );
}

#[test]
fn dynamic_fields_are_no_columns() {
    let outcome = read_text(
        "[CustomerUser]\nMapAdd = [[\"DynamicField_Room\", \"Room\", \"Room\", 1, 0, \"dynamic_field\"]]\nCustomerUserSearchFields = [\"login\", \"Room\"]\n",
    );
    // The entry itself is passed over, and told.
    assert_eq!(
        mistakes(&outcome),
        [Mistake::NoEffect, Mistake::ColumnNotMapped]
    );
}

#[test]
fn expressions_say_why_they_can_not_be_used() {
    one(
        "[passwords]\nregexp = '(?=.*[0-9])'\n",
        "kartoteka.toml:2:10: error: `regexp` is not a regular expression that can be used: look-around, including look-ahead and look-behind, is not supported\n  found: \"(?=.*[0-9])\"\n  write instead: regexp = '[a-z].*[-_.!?]'",
    );
    one(
        "[checks]\nemail_valid_address = '('\n",
        "kartoteka.toml:2:23: error: `email_valid_address` is not a regular expression that can be used: unclosed group\n  found: \"(\"\n  write instead: email_valid_address = '^(root@localhost|admin@localhost)$'",
    );
    let outcome = read_text("[checks]\nemail_invalid_address = '((x{1000}){1000}){1000}'\n");
    assert_eq!(
        mistakes(&outcome),
        [Mistake::BadExpression],
        "{}",
        show(&outcome)
    );
}

#[test]
fn columns_count_characters() {
    one(
        "[CustomerUser]\nMapAdd = [[\"UserRoom\", \"Żółć\", \"room\", 1, 0, \"vra\"]]\n",
        "kartoteka.toml:2:46: error: `type` must be one of var, int, dynamic_field\n  found: \"vra\"\n  write instead: \"var\"",
    );
}

#[test]
fn all_mistakes_come_in_one_run() {
    let outcome = read_text(
        "[server]\nlisten = 8080\ntrusted_proxies = [\"10.0.0.0/64\", \"::1\"]\n\
         [sessions]\nidle = 7200\nabsolute = 3600\n\
         [CustomerUser]\nReadOnly = \"perhaps\"\nCacheTTL = -1\nName = \"a\\u0000b\"\n\
         CustomerUserSearchFields = \"login\"\n\
         Map = [[\"UserLogin\", \"Login\", \"login\"], [\"UserLogin\", \"Login\", \"login2\"], [\"UserX\"], 5,\n\
         { var = \"UserMail\", label = \"Mail\", colum = \"mail\" },\n\
         [\"UserY\", \"Y\", \"y\", 3, 0, \"var\", \"javascript:alert(1)\", 0, \"\", \"\", \"\"]]\n\
         [CustomerUser11]\n[CustomerCompany]\nModule = \"Kernel::System::CustomerCompany::Ldap\"\nParams = { Host = \"x\" }\n",
    );
    use Mistake::*;
    assert_eq!(
        mistakes(&outcome),
        [
            WrongType,
            BadValue,
            TooShort,
            WrongType,
            OutOfRange,
            ControlCharacter,
            WrongType,
            MissingField,
            MissingField,
            DuplicateField,
            MissingPart,
            WrongType,
            MissingPart,
            UnknownKey,
            WrongType,
            UnsafeLink,
            TooManyParts,
            UnknownSection,
            NoLdapCustomers,
        ],
        "{}",
        show(&outcome)
    );
    assert!(outcome.settings.is_none());
}

#[test]
fn syntax_errors_are_placed() {
    let outcome = read_text("[server]\nlisten = \n[log]\nlevel = 'x\n");
    assert!(outcome.settings.is_none());
    assert_eq!(
        mistakes(&outcome),
        [Mistake::Syntax, Mistake::Syntax],
        "{}",
        show(&outcome)
    );
    assert_eq!(outcome.diagnostics[0].place.line, 2);
    assert_eq!(outcome.diagnostics[1].place.line, 4);

    let outcome = read_text("[log]\nlevel = \"info\"\nlevel = \"warn\"\nlevl = 1\n");
    assert_eq!(
        mistakes(&outcome),
        [Mistake::Syntax, Mistake::UnknownKey],
        "{}",
        show(&outcome)
    );
    assert_eq!(outcome.diagnostics[0].place.line, 3);
}

#[test]
fn secrets_are_never_searched_listed_or_shown() {
    let outcome = read_text(
        "[CustomerUser]\nCustomerUserSearchFields = [\"login\", \"pw\"]\n\
         CustomerUserListFields = [\"password_hash\", \"email\"]\n\
         MapAdd = [[\"UserHash\", \"Hash\", \"pw\"], [\"UserSecret\", \"Secret\", \"totp_secret\"]]\n",
    );
    use Mistake::*;
    assert_eq!(
        mistakes(&outcome),
        [SecretColumn, SecretColumn, SecretMapped, SecretMapped],
        "{}",
        show(&outcome)
    );
}

#[test]
fn passwords_of_databases_are_not_shown() {
    for text in [
        "[database]\nurl = \"oracle://a:hunter2@h/n\"\n",
        "[database]\nurl = [\"hunter2\"]\n",
        "[CustomerUser1.Params]\nDSN = \"DBI:Oracle:hunter2\"\nPassword = 5\n",
        "[CustomerUser1.Params]\nTable = \"t\"\nDSN = \"mysql://h/n\"\nPassword = \"hunter2\\n\"\n",
    ] {
        let outcome = read_text(text);
        assert!(outcome.settings.is_none(), "{text}");
        assert!(
            !format!("{outcome:?}").contains("hunter2"),
            "{}",
            show(&outcome)
        );
    }
    let outcome = read_text("[database]\nurl = \"postgres://a:hunter2@h/n\"\n");
    assert!(outcome.settings.is_some());
    assert!(!format!("{outcome:?}").contains("hunter2"));
}

#[test]
fn files_that_are_no_text() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("kartoteka.toml");
    let first = |bytes: &[u8]| {
        std::fs::write(&file, bytes).unwrap();
        let outcome = read(Some(&file), []);
        assert!(outcome.settings.is_none());
        outcome.diagnostics[0].clone()
    };
    let found = first(b"[log]\nlevel = \"\xff\"\n");
    assert_eq!(
        (found.mistake, found.place.line, found.place.column),
        (Mistake::NotUtf8, 2, 10)
    );
    let found = first(b"[log]\nlevel = \"a\0\"\n");
    assert_eq!((found.mistake, found.place.line), (Mistake::Syntax, 2));
    let found = first(&vec![b'#'; 5 << 20]);
    assert_eq!(found.mistake, Mistake::TooLarge);
    let missing = read(Some(&dir.path().join("absent.toml")), []);
    assert_eq!(mistakes(&missing), [Mistake::Unreadable]);
}

#[test]
fn hostile_files_are_bounded() {
    let keys: String = (0..200_000).map(|n| format!("k{n} = 1\n")).collect();
    assert_eq!(read_text(&keys).diagnostics.len(), 200);
    let entry = "[\"A\",\"a\",\"a\"],";
    let map = format!("[CustomerUser]\nMap = [{}]\n", entry.repeat(100_000));
    assert_eq!(mistakes(&read_text(&map)), [Mistake::TooMany]);
    let lists: String = (0..1000)
        .map(|n| format!("\"column_number_{n}_of_many\","))
        .collect();
    let entries: String = (0..1000)
        .map(|n| format!("[\"Field{n}\",\"x\",\"another_column_name_{n}\"],"))
        .collect();
    let text = format!("[CustomerUser]\nMap = [{entries}]\nCustomerUserListFields = [{lists}]\n");
    assert_eq!(read_text(&text).diagnostics.len(), 200);
    let deep = format!("a = {}", "[".repeat(1_000_000));
    assert!(read_text(&deep).settings.is_none());
}

#[test]
fn warnings_do_not_stop() {
    let outcome =
        read_text("[CustomerUser1]\n[CustomerUser2]\nParams = { Table = \"crm\", User = \"x\" }\n");
    assert_eq!(
        mistakes(&outcome),
        [Mistake::SameTable, Mistake::NoEffect],
        "{}",
        show(&outcome)
    );
    assert!(
        outcome
            .diagnostics
            .iter()
            .all(|found| found.severity == Severity::Warning)
    );
    assert_eq!(outcome.settings.unwrap().customer_users.len(), 3);
}

#[test]
fn every_mistake_has_its_own_key() {
    let mut keys: Vec<&str> = Mistake::ALL.iter().map(|mistake| mistake.key()).collect();
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(keys.len(), Mistake::ALL.len());
}

#[test]
fn a_missing_column_is_placed_where_it_is_named() {
    let text = "[CustomerUser]\nMapAdd = [[\"UserRoom\", \"Pokój\", \"rom\"]]\n";
    let settings = super::settings(text);
    let place = settings.places.find("CustomerUser", "rom");
    let found =
        Diagnostic::unknown_column(place, "CustomerUser", "rom", "customer_user", Some("room"));
    assert_eq!(
        found.to_string(),
        "kartoteka.toml:2:33: error: the table `customer_user` has no column `rom`\n  write instead: \"room\""
    );
    assert!(settings.places.find("CustomerUser", "login").is_none());
}

#[test]
fn links_that_lead_nowhere_are_warned_of_each() {
    let entries = [
        ("UserA", "tel:[% Data.UserPhone", "a [% is not closed by %]"),
        (
            "UserB",
            "/dial?n=[% Data.UserPhone %]",
            "it does not begin with http://, https://, mailto:, tel:, callto: or sip:",
        ),
        (
            "UserC",
            "[% Env('CGIHandle') %]?Action=x",
            "it speaks of something other than a field, as [% Data.UserLogin %] does",
        ),
    ];
    let good = [
        "tel:[% Data.UserPhone | uri %]",
        "callto:$Data{\\\"UserPhone\\\"}",
        "sip:[% Data.UserPhone %]",
        "[% Data.UserUrl %]",
    ];
    let mut text = "[CustomerUser]\nMapAdd = [\n".to_owned();
    let links = entries.iter().map(|(_, link, _)| *link).chain(good);
    for (name, link) in [
        "UserA", "UserB", "UserC", "UserD", "UserE", "UserF", "UserG",
    ]
    .iter()
    .zip(links)
    {
        text.push_str(&format!(
            "[\"{name}\", \"N\", \"n\", 1, 0, \"var\", \"{link}\"],\n"
        ));
    }
    text.push_str("]\n");
    let outcome = read_text(&text);
    assert!(outcome.settings.is_some(), "{:?}", outcome.diagnostics);
    let told: Vec<String> = outcome
        .diagnostics
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(told.len(), entries.len(), "{told:#?}");
    for (told, (name, _, reason)) in told.iter().zip(entries) {
        let expected = format!("warning: the link of `{name}` leads nowhere: {reason}");
        assert!(told.contains(&expected), "{told}");
    }
}

#[test]
fn lists_that_searches_look_into_are_not_empty() {
    for (section, key, column) in [
        ("CustomerUser", "CustomerUserSearchFields", "title"),
        (
            "CustomerUser",
            "CustomerUserPostMasterSearchFields",
            "title",
        ),
        (
            "CustomerCompany",
            "CustomerCompanySearchFields",
            "customer_id",
        ),
    ] {
        let text = format!("[{section}]\n{key} = []\n");
        let outcome = read_text(&text);
        assert!(outcome.settings.is_none(), "{text}");
        let told = show(&outcome);
        assert!(
            told.contains(&format!("`{key}` must be a list of at least one column")),
            "{told}"
        );
        assert!(told.contains(&format!("{key} = [\"{column}\"]")), "{told}");
    }
    // A name of no fields is empty, and a display text has OTOBO's own.
    let text = "[CustomerUser]\nCustomerUserNameFields = []\nCustomerUserListFields = []\n";
    let settings = read_text(text).settings.unwrap();
    assert!(settings.customer_users[0].name_fields.is_empty());
}

#[test]
fn a_password_in_the_clear_is_warned_of() {
    let found = |host: &str, more: &str| {
        let text = format!(
            "[CustomerUser1]\nModule = \"LDAP\"\nParams = {{ Host = \"{host}\", BaseDN = \"dc=x\", UserDN = \"cn=x\", UserPw = \"y\"{more} }}\n"
        );
        mistakes(&read_text(&text))
    };
    for plain in [
        "ldap.example.com",
        "ldap://10.0.0.1:389",
        "ldap://localhost.example.com",
    ] {
        assert!(
            found(plain, "").contains(&Mistake::PlainPassword),
            "{plain}"
        );
        assert!(!found(plain, ", StartTLS = true").contains(&Mistake::PlainPassword));
    }
    for safe in [
        "ldaps://ldap.example.com",
        "localhost",
        "ldap://127.0.0.1:389",
        "ldap://[::1]:389",
    ] {
        assert!(!found(safe, "").contains(&Mistake::PlainPassword), "{safe}");
    }
}

#[test]
fn only_ldap_sources_have_no_mirror() {
    let outcome = read_text("[CustomerUser]\nMirror = \"off\"\n");
    assert_eq!(mistakes(&outcome), [Mistake::NoEffect]);
    assert!(outcome.settings.unwrap().customer_users[0].spec.mirror);
    let outcome = read_text(
        "[CustomerUser1]\nModule = \"LDAP\"\nMirror = \"off\"\nMaxAge = 60\nParams = { Host = \"ldaps://l.example\", BaseDN = \"dc=x\" }\n",
    );
    assert!(mistakes(&outcome).is_empty(), "{}", show(&outcome));
    let spec = &outcome.settings.unwrap().customer_users[1].spec;
    assert_eq!((spec.mirror, spec.max_age), (false, 60));
}
