//! What the help and the lists advise to type finds somebody, where somebody of such a name is.

use kartoteka_directory::Kind;

use crate::pages::reception::{Reception, fields, part, unescaped};

async fn named() -> Reception {
    let pages = Reception::open().await;
    pages.customer("HUTA", "Orionbau GmbH & Co. KG").await;
    pages.customer("SOLAR", "Solarisfreight sp. z o.o.").await;
    pages.person("anna.nowak", "Anna", "Nowak").await;
    pages.person("jkowal", "Jan", "Kowal").await;
    let phone = fields(&[("UserPhone", "+48 602 162 407")]);
    pages.update(Kind::CustomerUser, "jkowal", phone).await;
    pages
}

/// What stands in every tag of this name within a part of a page.
fn all(html: &str, tag: &str) -> Vec<String> {
    let open = format!("<{tag}>");
    let texts = html
        .split(&open)
        .skip(1)
        .filter_map(|rest| rest.split('<').next());
    texts.map(unescaped).collect()
}

#[tokio::test]
async fn every_example_finds_somebody() {
    let pages = named().await;
    let help = pages.get("/help").await.text;
    let (table, _) = help.split_once("id=\"help-keys\"").expect("the keys");
    let typed = all(table, "code");
    assert_eq!(typed.len(), 9, "{typed:?}");
    // The full grammar is that of customers.
    let (full, words): (Vec<_>, Vec<_>) = typed.into_iter().partition(|one| one.contains("||"));
    for (list, advised) in [
        ("customer-users", Some(words)),
        ("customers", Some(full)),
        ("customer-users", None),
        ("customers", None),
    ] {
        let page = pages.get(&format!("/{list}")).await.text;
        let (_, hint) = page.split_once("class=\"search-help\"").expect("a hint");
        let examples = advised.unwrap_or_else(|| all(hint, "strong"));
        assert!(!examples.is_empty(), "{list}");
        let whole = page.matches("<th scope=\"row\">").count();
        for example in examples {
            let found = pages
                .get(&format!("/{list}?search={}", part(&example)))
                .await;
            let rows = found.text.matches("<th scope=\"row\">").count();
            assert!(rows > 0, "{list}: {example}");
            // And it leaves somebody out, but for those that name everybody here.
            assert!(
                rows < whole || example.contains(" OR "),
                "{list}: {example}"
            );
        }
    }
}
