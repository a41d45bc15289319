//! What the field map says of a field, on pages: required, shown, linked.

use kartoteka_directory::{Kind, Role};
use kartoteka_model::{Field, FieldMap, Shown};

use crate::pages::reception::{Reception, fields};

/// The fields of a form that have an asterisk, and those that have none.
fn marked(form: &str) -> (Vec<&str>, Vec<&str>) {
    let labels = form.split("<label for=\"field-").skip(1);
    let labels = labels.map(|rest| {
        let (name, rest) = rest.split_once('"').expect("a name");
        let (label, _) = rest.split_once("</label>").expect("a label");
        (name, label)
    });
    let asterisk = " <span class=\"required\" aria-hidden=\"true\">*</span>";
    let (with, without): (Vec<_>, Vec<_>) =
        labels.partition(|(_, label)| label.ends_with(asterisk));
    let names = |(name, _)| name;
    (
        with.into_iter().map(names).collect(),
        without.into_iter().map(names).collect(),
    )
}

#[tokio::test]
async fn required_fields_carry_an_asterisk_and_no_others() {
    let pages = Reception::open().await;
    pages.customer("HUTA", "Huta Łódź S.A.").await;
    pages.person("zkowalczyk", "Żaneta", "Kowalczyk").await;
    for page in ["customers/new", "customers/HUTA/edit"] {
        let form = pages.get(&format!("/{page}")).await;
        let (with, without) = marked(&form.text);
        assert_eq!(
            with,
            ["CustomerID", "CustomerCompanyName", "ValidID"],
            "{page}"
        );
        let optional = ["Street", "ZIP", "City", "Country", "URL", "Comment"];
        let optional = optional.map(|name| format!("CustomerCompany{name}"));
        assert_eq!(without, optional, "{page}");
    }
    for page in ["customer-users/new", "customer-users/zkowalczyk/edit"] {
        let form = pages.get(&format!("/{page}")).await;
        let (with, without) = marked(&form.text);
        let required = [
            "UserFirstname",
            "UserLastname",
            "UserLogin",
            "UserEmail",
            "UserCustomerID",
            "ValidID",
        ];
        assert_eq!(with, required, "{page}");
        for field in [
            "UserTitle",
            "UserPassword",
            "UserPhone",
            "UserComment",
            "UserLanguage",
        ] {
            assert!(without.contains(&field), "{field}: {without:?} on {page}");
        }
    }
}

/// Changes the fields of a map by name.
fn change(map: &mut FieldMap, name: &str, change: impl Fn(&mut Field)) {
    let mut fields = map.0.iter_mut();
    change(fields.find(|field| field.name == name).expect("a field"));
}

#[tokio::test]
async fn a_field_is_linked_with_its_class_and_shown_where_the_map_says() {
    let settings = |settings: &mut kartoteka_settings::Settings| {
        let people = &mut settings.customer_users[0].spec.map;
        change(people, "UserPhone", |field| {
            field.link = "https://pbx.huta.pl/call?to=[% Data.UserPhone | uri %]".into();
            field.link_class = "AsPopup PopupType_Call".into();
        });
        change(people, "UserFax", |field| field.shown = Shown::Never);
        let customers = &mut settings.customers[0].spec.map;
        change(customers, "CustomerCompanyCity", |field| {
            field.link = "https://maps.huta.pl/[% Data.CustomerCompanyCity %]".into();
            field.link_class = "AsMap".into();
        });
        change(customers, "CustomerCompanyZIP", |field| {
            field.shown = Shown::Never;
        });
    };
    let pages = Reception::with(settings, Role::Editor).await;
    let huta = fields(&[
        ("CustomerID", "HUTA"),
        ("CustomerCompanyName", "Huta"),
        ("CustomerCompanyCity", "Zgierz"),
        ("CustomerCompanyZIP", "95-100"),
    ]);
    pages.create(Kind::Customer, None, huta).await;
    pages.person("zkowalczyk", "Żaneta", "Kowalczyk").await;
    let numbers = fields(&[("UserPhone", "42 123"), ("UserFax", "42 789")]);
    pages
        .update(Kind::CustomerUser, "zkowalczyk", numbers)
        .await;
    let person = pages.get("/customer-users/zkowalczyk").await;
    let call = "<a href=\"https://pbx.huta.pl/call?to=42%20123\" class=\"AsPopup PopupType_Call\" target=\"_blank\" \
                rel=\"noopener noreferrer\">42 123</a>";
    assert!(person.has(call), "{}", person.text);
    // Beside the person, and on its own page.
    let customer = pages.get("/customers/HUTA").await;
    let map = "<a href=\"https://maps.huta.pl/Zgierz\" class=\"AsMap\" target=\"_blank\" \
               rel=\"noopener noreferrer\">Zgierz</a>";
    for page in [&person, &customer] {
        assert!(page.has(map), "{}", page.text);
    }
    // Not shown is not to be read in details, but to be changed in the form.
    let details = |text: &str| {
        let parts = text.split("<dl class=\"details\">").skip(1);
        let parts = parts.filter_map(|part| part.split_once("</dl>"));
        parts.map(|(inside, _)| inside).collect::<String>()
    };
    assert!(details(&person.text).contains("42 123"), "{}", person.text);
    assert!(!details(&person.text).contains("42 789"), "{}", person.text);
    assert!(details(&customer.text).contains("<dd><span class=\"lines\">HUTA"));
    for page in [&person, &customer] {
        assert!(!details(&page.text).contains("95-100"), "{}", page.text);
    }
    let form = pages.get("/customer-users/zkowalczyk/edit").await;
    assert_eq!(form.input("UserFax"), Some("42 789"));
    let form = pages.get("/customers/HUTA/edit").await;
    assert_eq!(form.input("CustomerCompanyZIP"), Some("95-100"));
}

#[tokio::test]
async fn drop_downs_are_read_by_their_labels_and_can_be_emptied() {
    let settings = |settings: &mut kartoteka_settings::Settings| {
        let people = &mut settings.customer_users[0].spec;
        let titles = [("m", "Herr"), ("f", "Frau"), ("", "")];
        let labels = |choices: &[(&str, &str)]| {
            let choices = choices.iter();
            choices
                .map(|(value, label)| ((*value).to_owned(), (*label).to_owned()))
                .collect()
        };
        let selections = &mut people.selections;
        selections.insert("UserTitle".into(), labels(&titles[..2]));
        selections.insert("UserCity".into(), labels(&[("1", "Zgierz")]));
        selections.insert("UserCountry".into(), labels(&titles));
        change(&mut people.map, "UserCity", |field| field.required = true);
    };
    let pages = Reception::with(settings, Role::Editor).await;
    pages.customer("HUTA", "Huta Łódź S.A.").await;
    let person = fields(&[
        ("UserLogin", "zkowalczyk"),
        ("UserFirstname", "Żaneta"),
        ("UserLastname", "Kowalczyk"),
        ("UserEmail", "zkowalczyk@huta.pl"),
        ("UserCustomerID", "HUTA"),
        ("UserTitle", "f"),
        ("UserCity", "1"),
        ("UserCountry", "m"),
    ]);
    pages.create(Kind::CustomerUser, None, person).await;
    // The heading, the details and the list have the label, the key is the form's affair.
    let shown = pages.get("/customer-users/zkowalczyk").await;
    assert!(shown.has("<h1>Frau Żaneta Kowalczyk"), "{}", shown.text);
    assert!(!shown.has("f Żaneta"), "{}", shown.text);
    let list = pages.get("/customer-users").await;
    assert!(
        list.has("<span class=\"muted\">Frau</span>"),
        "{}",
        list.text
    );

    let form = pages.get("/customer-users/zkowalczyk/edit").await;
    let options = |name: &str| {
        let (_, rest) = form
            .text
            .split_once(&format!("name=\"{name}\""))
            .expect(name);
        let (inside, _) = rest.split_once("</select>").expect("a drop-down");
        let values = inside.split("<option value=\"").skip(1);
        let values = values.filter_map(|option| option.split_once('"'));
        values
            .map(|(value, _)| value.to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(options("UserTitle"), ["", "f", "m"]);
    // What is required can't be emptied, and an empty choice of one's own is not doubled.
    assert_eq!(options("UserCity"), ["1"]);
    assert_eq!(options("UserCountry"), ["", "f", "m"]);
    let emptied = fields(&[("UserTitle", "")]);
    pages
        .update(Kind::CustomerUser, "zkowalczyk", emptied)
        .await;
    let shown = pages.get("/customer-users/zkowalczyk").await;
    assert!(shown.has("<h1>Żaneta Kowalczyk"), "{}", shown.text);
}
