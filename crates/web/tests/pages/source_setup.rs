//! The page on which a source is set up.

use kartoteka_directory::Role;
use kartoteka_testbed::ldap::{ADMIN, Entry, SUFFIX, Slapd};

use super::reception::Reception;

const SETTINGS: &str = "/sources/CustomerUser1/settings";

/// All that a form sends as it was shown, with what is changed in it.
fn filled(text: &str, changed: &[(&str, &str)]) -> Vec<(String, String)> {
    let form = text.split_once("<form id=\"setup\"").expect("a form").1;
    let form = form.split_once("</form>").expect("its end").0;
    let attribute = |tag: &str, name: &str| {
        let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
        Some(
            rest.split_once('"')?
                .0
                .replace("&#34;", "\"")
                .replace("&#38;", "&"),
        )
    };
    let mut sent = vec![];
    for piece in form.split('<').skip(1) {
        let tag = piece.split_once('>').map_or(piece, |(tag, _)| tag);
        let Some(name) = attribute(tag, "name") else {
            continue;
        };
        if tag.starts_with("input") && (!tag.contains("checkbox") || tag.contains(" checked")) {
            sent.push((name, attribute(tag, "value").unwrap_or_default()));
        } else if tag.starts_with("select") {
            let options = form.split_once(tag).expect("the select").1;
            let options = options.split_once("</select>").expect("its end").0;
            let chosen = options
                .split("<option")
                .find(|one| one.contains(" selected"));
            let chosen = chosen
                .or(options.split("<option").nth(1))
                .expect("an option");
            let tag = chosen.split_once('>').expect("a tag");
            let value = attribute(tag.0, "value");
            let text = tag.1.split_once('<').expect("a text").0.to_owned();
            sent.push((name, value.unwrap_or(text)));
        }
    }
    for (name, value) in changed {
        sent.retain(|(known, _)| known != name);
        sent.push(((*name).to_owned(), (*value).to_owned()));
    }
    sent
}

#[tokio::test]
async fn a_source_is_tested_with_what_was_typed_saved_changed_and_removed() {
    let mut entries = Entry::tree();
    let attributes = [
        ("givenName", "<b>Kasia"),
        ("sn", "Żak"),
        ("mail", "k@lab.example"),
        ("employeeType", "desk"),
    ];
    entries.push(Entry::person("kasia", &attributes));
    let slapd = Slapd::start(&entries, ["", ""]).expect("a server");
    let desk = Reception::with(|_| {}, Role::Admin).await;
    let send = async |path: &str, fields: Vec<(String, String)>| {
        let fields: Vec<(&str, &str)> = fields
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        desk.post(path, &fields).await
    };
    let list = desk.get("/sources").await;
    assert!(list.has("/sources/new"), "{}", list.text);
    let new = desk.get("/sources/new").await;
    assert_eq!(new.status, 200, "{}", new.text);
    assert!(new.has("value=\"givenname\""), "the map as it is shipped");

    // A mistake has the key that it is about, and what was typed stays.
    let wrong = filled(
        &new.text,
        &[("Params-BaseDN", "ou=people"), ("_then", "test")],
    );
    let wrong = send("/sources/new", wrong).await;
    assert_eq!(wrong.status, 422, "{}", wrong.text);
    assert!(
        wrong.has("value=\"ou=people\"") && wrong.has("the name of a server"),
        "{}",
        wrong.text
    );

    let (address, base) = (slapd.address(), format!("ou=people,{SUFFIX}"));
    let typed = [
        ("Name", "Filia"),
        ("Params-Host", address.as_str()),
        ("Params-BaseDN", base.as_str()),
        ("Params-UserDN", ADMIN.0),
        ("Params-UserPw", ADMIN.1),
        ("map-10-name", "UserKind"),
        ("map-10-label", "Rodzaj"),
        ("map-10-column", "employeeType"),
        ("_then", "test"),
    ];
    let tested = send("/sources/new", filled(&wrong.text, &typed)).await;
    assert_eq!(tested.status, 200, "{}", tested.text);
    assert!(
        tested.has("<th scope=\"row\">kasia</th>") && tested.has("<dd>desk</dd>"),
        "{}",
        tested.text
    );
    assert!(tested.has("&#60;b&#62;Kasia") && !tested.has("<b>Kasia"));
    assert!(!tested.has(ADMIN.1), "{}", tested.text);
    assert!(
        desk.get(SETTINGS).await.status == 404,
        "a test saves nothing"
    );

    // Rows are added and removed without a script, and the password need not be typed again.
    let rows = send("/sources/new", filled(&tested.text, &[("_remove", "0")])).await;
    assert!(
        !rows.has("value=\"UserTitle\"") && rows.has("value=\"UserKind\""),
        "{}",
        rows.text
    );
    let saved = send("/sources/new", filled(&rows.text, &[("_then", "save")])).await;
    assert_eq!(
        (saved.status.as_u16(), saved.location()),
        (303, "/sources"),
        "{}",
        saved.text
    );
    for _ in 0..500 {
        if desk.directory.fields_in_force() == 1 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    let found = desk.get("/customer-users?search=kasia").await;
    assert!(found.has("k@lab.example"), "{}", found.text);
    let shown = desk.get("/sources/CustomerUser1").await;
    assert!(shown.has(SETTINGS), "{}", shown.text);

    let form = desk.get(SETTINGS).await;
    assert_eq!(form.status, 200, "{}", form.text);
    assert!(!form.has(ADMIN.1) && form.has("value=\"UserKind\""));
    let moved = [("Params-Host", "ldap://evil.example"), ("_then", "test")];
    let moved = send(SETTINGS, filled(&form.text, &moved)).await;
    assert_eq!(moved.status, 422);
    let changed = [("Name", "Filia 2"), ("_then", "save")];
    let changed = send(SETTINGS, filled(&form.text, &changed)).await;
    assert_eq!(changed.status.as_u16(), 303, "{}", changed.text);
    let late = send(
        SETTINGS,
        filled(&form.text, &[("Name", "Filia 3"), ("_then", "save")]),
    )
    .await;
    assert_eq!(late.status, 422, "somebody else saved meanwhile");
    assert!(late.has("value=\"Filia 3\""));

    let asked = desk.post(SETTINGS, &[("_then", "remove")]).await;
    assert!(
        asked.status == 200 && asked.has("remove-now"),
        "{}",
        asked.text
    );
    let removed = desk.post(SETTINGS, &[("_then", "remove-now")]).await;
    assert_eq!(removed.location(), "/sources", "{}", removed.text);
    let reader = desk.colleague("jan", Role::Reader).await;
    assert_eq!(reader.get("/sources/new").await.status, 403);
    assert!(!reader.get("/sources").await.has("/sources/new"));
}
