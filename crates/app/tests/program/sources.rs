//! `kartoteka source`.

use tempfile::tempdir;

use crate::run::{done, run};

/// A file beside the table, and a server that is not there.
fn settings(port: u16) -> String {
    format!(
        r#"[CustomerUser1]
Name = "Filia"
Module = "CSV"
CustomerKey = "login"
CustomerID = "firm"
CustomerValid = ""
CustomerCompanySupport = false
CustomerUserListFields = ["last", "mail"]
CustomerUserNameFields = ["last"]
CustomerUserSearchFields = ["login", "last"]
CustomerUserPostMasterSearchFields = ["mail"]
Params = {{ File = "people.csv" }}
Map = [["UserLogin", "Login", "login", 1, 1], ["UserLastname", "L", "last", 1, 1], ["UserEmail", "E", "mail", 1, 1],
  ["UserCustomerID", "C", "firm", 0, 1]]

[CustomerUser2]
Name = "Drzewo"
Module = "LDAP"
[CustomerUser2.Params]
Host = "ldap://127.0.0.1:{port}"
BaseDN = "dc=lab,dc=org"
UserDN = "cn=reader"
UserPw = "geheim-geheim"
"#
    )
}

#[test]
fn sources_are_tested_as_the_settings_say() {
    let data = tempdir().unwrap();
    std::fs::write(data.path().join("kartoteka.toml"), settings(1)).unwrap();
    std::fs::write(
        data.path().join("people.csv"),
        "login,last,mail,firm\nola,Lis,ola@lab.example,x\n",
    )
    .unwrap();
    // No database is needed, and none is made.
    let tested = done(data.path(), &["source", "test", "Filia", "--json"]).json();
    assert_eq!(
        (&tested["source"], &tested["outcome"]),
        (&"CustomerUser1".into(), &"passed".into())
    );
    assert!(!data.path().join("kartoteka.db").exists());
    let tested = run(data.path(), &["source", "test", "CustomerUser2"]);
    assert_eq!(tested.exit, 5, "{tested:?}");
    assert!(
        tested.out.contains("failed  connect (127.0.0.1:1)"),
        "{tested:?}"
    );
    assert!(!format!("{tested:?}").contains("geheim"), "{tested:?}");
    let unknown = run(data.path(), &["source", "test", "nobody"]);
    assert_eq!(unknown.exit, 3, "{unknown:?}");
    assert!(
        format!("{unknown:?}").contains("CustomerUser1"),
        "{unknown:?}"
    );
    done(data.path(), &["migrate"]);
    let list = run(data.path(), &["source", "list", "--json"]);
    assert_eq!(list.exit, 5, "{list:?}");
    let list = list.json();
    let of = |at: usize| (&list["items"][at]["id"], &list["items"][at]["answers"]);
    assert_eq!(of(1), (&"CustomerUser1".into(), &true.into()), "{list}");
    assert_eq!(of(2), (&"CustomerUser2".into(), &false.into()), "{list}");
    let shown = done(data.path(), &["source", "refresh", "CustomerUser1"]).out;
    assert!(shown.contains("1 valid, 0 others"), "{shown}");
    let none = done(
        data.path(),
        &["source", "conflicts", "CustomerUser1", "--json"],
    )
    .json();
    assert_eq!(none["total"], 0);
}

#[test]
fn a_source_is_tested_set_up_shown_and_removed_from_a_file() {
    let data = tempdir().unwrap();
    let folder = data.path().join("sources");
    std::fs::create_dir(&folder).unwrap();
    let people = "login,last,mail,firm\nola,Lis,ola@lab.example,x\n";
    std::fs::write(folder.join("people.csv"), people).unwrap();
    let text = settings(1);
    let (first, second) = text.split_once("[CustomerUser2]").unwrap();
    let file = data.path().join("branch.toml");
    std::fs::write(&file, first).unwrap();
    let file = file.to_str().unwrap();
    done(data.path(), &["migrate"]);
    let tested = done(data.path(), &["source", "test", file, "--json"]).json();
    assert_eq!(tested["outcome"], "passed", "{tested}");
    let dry = done(data.path(), &["source", "add", file, "--dry-run"]).out;
    assert!(dry.contains("ola") && dry.contains("passed"), "{dry}");
    let added = done(data.path(), &["source", "add", file, "--json"]).json();
    assert_eq!(
        (&added["id"], &added["version"]),
        (&"CustomerUser1".into(), &1.into())
    );
    let shown = done(
        data.path(),
        &["source", "show", "CustomerUser1", "--settings"],
    )
    .out;
    assert!(shown.contains("File = \"people.csv\""), "{shown}");
    let tested = done(data.path(), &["source", "test", "CustomerUser1", "--json"]).json();
    assert_eq!(tested["outcome"], "passed", "{tested}");
    // A server that is not there, and a password that nobody sees again.
    let tree = data.path().join("tree.toml");
    std::fs::write(&tree, format!("[CustomerUser2]{second}")).unwrap();
    let tree = tree.to_str().unwrap();
    let refused = run(data.path(), &["source", "add", tree]);
    assert_eq!(refused.exit, 1, "{refused:?}");
    let kept = run(
        data.path(),
        &["source", "add", tree, "--although-it-fails", "--json"],
    );
    assert_eq!(kept.exit, 0, "{kept:?}");
    let shown = done(
        data.path(),
        &["source", "show", "CustomerUser2", "--settings"],
    );
    assert!(shown.out.contains("Params.UserPw is sealed"), "{shown:?}");
    let journal = done(data.path(), &["journal", "list", "--json"]);
    for ran in [refused, kept, shown, journal] {
        assert!(!format!("{ran:?}").contains("geheim"), "{ran:?}");
    }
    let removed = done(data.path(), &["source", "remove", "CustomerUser1"]).out;
    assert!(
        removed.contains("1 records are not found any more"),
        "{removed}"
    );
}
