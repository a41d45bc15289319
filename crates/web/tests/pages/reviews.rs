//! Access reviews on pages: begun, decided, signed off, kept; and what is refused.

use axum::http::StatusCode;
use kartoteka_access::{Access, Wanted};
use kartoteka_directory::{Actor, Kind, Role};
use kartoteka_model::access::Context;

use super::reception::{Reception, fields};

/// Customer HUTA with Żaneta and Jan; the group *Wsparcie* is given to HUTA and to Jan himself.
async fn open(role: Role) -> Reception {
    let pages = Reception::with(
        |settings| {
            settings.groups.customer_group_support = true;
            settings.groups.always_groups = vec![];
        },
        role,
    )
    .await;
    pages.customer("HUTA", "Huta Łódź S.A.").await;
    pages.person("zaneta", "Żaneta", "Kowalczyk").await;
    pages.person("jan", "Jan", "Nowak").await;
    let group = fields(&[("Name", "Wsparcie"), ("ValidID", "1")]);
    pages.create(Kind::Group, None, group).await;
    relate(&pages, vec![huta("Wsparcie", true), jan("Wsparcie", true)]).await;
    pages
}

fn huta(group: &str, given: bool) -> Wanted {
    Wanted::CustomerGroup {
        customer: "HUTA".into(),
        group: group.into(),
        permission: "ro".into(),
        context: Context::Same,
        given,
    }
}

fn jan(group: &str, given: bool) -> Wanted {
    Wanted::PersonGroup {
        login: "jan".into(),
        group: group.into(),
        permission: "ro".into(),
        given,
    }
}

async fn relate(pages: &Reception, wanted: Vec<Wanted>) {
    let operator = Actor::operator();
    let plan = Access::of(&pages.directory)
        .plan_relations(&operator, wanted)
        .await;
    let plan = plan.expect("a plan");
    assert_eq!(plan.errors, []);
    let done = Access::of(&pages.directory).apply_relations(plan).await;
    done.expect("is done");
}

async fn holders(pages: &Reception) -> u64 {
    let operator = Actor::operator();
    let count = Access::of(&pages.directory).count_holders(&operator, "Wsparcie", "ro");
    count.await.expect("a count")
}

async fn begin(pages: &Reception) {
    let sent = [("group", "Wsparcie"), ("note", "półroczny")];
    let begun = pages.post("/reviews/new", &sent).await;
    assert_eq!(begun.location(), "/reviews/1", "{}", begun.text);
}

#[tokio::test]
async fn a_review_is_begun_decided_signed_off_and_exported() {
    let pages = open(Role::Admin).await;
    let empty = pages.get("/reviews").await;
    assert!(empty.has("Nie ma jeszcze przeglądów"), "{}", empty.text);
    let group = pages.get("/groups/Wsparcie").await;
    assert!(group.has("/reviews/new?group=Wsparcie"), "{}", group.text);
    let customer = pages.get("/customers/HUTA").await;
    assert!(customer.has("/reviews/new?customer=HUTA"));
    let choose = pages.get("/reviews/new?search=huta").await;
    assert!(choose.has("/reviews/new?customer=HUTA"), "{}", choose.text);
    let form = pages.get("/reviews/new?group=Wsparcie").await;
    assert!(form.has("Do przejrzenia są 2 pozycje"), "{}", form.text);
    begin(&pages).await;
    let again = pages.get("/reviews/new?group=Wsparcie").await;
    assert!(again.has("Przegląd już trwa") && again.has("/reviews/1"));

    let shown = pages.get("/reviews/1").await;
    assert!(
        shown.has("Zdecydowano 0 z 2") && shown.has("obejmuje 2 osoby"),
        "{}",
        shown.text
    );
    assert!(
        shown.has("Także odczyt (ro): przez klienta HUTA"),
        "{}",
        shown.text
    );
    let early = pages.get("/reviews/1/sign-off").await;
    assert!(
        early.has("2 pozycje czekają jeszcze na decyzję"),
        "{}",
        early.text
    );
    // One row was chosen, the other left as it was.
    let sent = [
        ("show", "undecided"),
        ("row", "1"),
        ("was1", "undecided"),
        ("v1", "0"),
        ("d1", "revoke"),
        ("c1", " odeszli "),
        ("row", "2"),
        ("was2", "undecided"),
        ("v2", "0"),
        ("d2", "undecided"),
        ("c2", ""),
        ("_do", "save"),
    ];
    let saved = pages.post("/reviews/1", &sent).await;
    assert_eq!(
        saved.location(),
        "/reviews/1?show=undecided",
        "{}",
        saved.text
    );
    let all = [
        ("show", "undecided"),
        ("_do", "all-confirm"),
        ("all_comment", ""),
    ];
    pages.post("/reviews/1", &all).await;
    let shown = pages.get("/reviews/1?show=revoke").await;
    assert!(
        shown.has("Zdecydowano 2 z 2") && shown.has("value=\"odeszli\""),
        "{}",
        shown.text
    );
    let preview = pages.get("/reviews/1/sign-off").await;
    assert!(
        preview.has("id=\"effects\"") && preview.has("Zatwierdź i odbierz 1"),
        "{}",
        preview.text
    );
    let seen = preview.input("seen").expect("a mark").to_owned();
    assert_eq!(holders(&pages).await, 2, "only a preview");
    // Somebody gives something meanwhile: what was shown is not what would be signed.
    relate(
        &pages,
        vec![Wanted::PersonGroup {
            login: "zaneta".into(),
            group: "Wsparcie".into(),
            permission: "ro".into(),
            given: true,
        }],
    )
    .await;
    let late = pages
        .post("/reviews/1/sign-off", &[("seen", &seen), ("note", "tak")])
        .await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        late.has("W międzyczasie coś") && late.has(">tak</textarea>"),
        "{}",
        late.text
    );
    let meanwhile = pages.get("/reviews/1").await;
    assert!(meanwhile.has("Od rozpoczęcia przeglądu nadano 1 uprawnienie"));
    pages.post("/reviews/1/take-in", &[]).await;
    pages.post("/reviews/1", &all).await;
    let seen = pages.get("/reviews/1/sign-off").await;
    let seen = seen.input("seen").expect("a mark").to_owned();
    let signed = pages
        .post("/reviews/1/sign-off", &[("seen", &seen), ("note", "tak")])
        .await;
    assert_eq!(signed.location(), "/reviews/1", "{}", signed.text);
    assert_eq!(holders(&pages).await, 2, "jan and zaneta by themselves");
    let result = pages.get("/reviews/1?show=revoked").await;
    assert!(
        result.has("zatwierdzony") && result.has("odeszli") && result.has("1 pozycja"),
        "{}",
        result.text
    );
    assert!(!result.has("name=\"_do\""), "nothing changes any more");
    let csv = pages.get("/reviews/1/export?format=csv").await;
    assert!(
        csv.has("\u{feff}\"review\";\"item\"") && csv.has("\"odeszli\""),
        "{}",
        csv.text
    );
    let listed = pages.get("/reviews?state=signed-off").await;
    assert!(
        listed.has("Grupa Wsparcie") && listed.has("zostaje: 2, odebrano: 1"),
        "{}",
        listed.text
    );
    let closed = pages.post("/reviews/1", &sent).await;
    assert_eq!(closed.location(), "/reviews/1");
    let journal = pages.get("/journal").await;
    assert!(
        journal.has("przegląd dostępu") && journal.has("/undo"),
        "{}",
        journal.text
    );
    let only = pages.get("/journal?kind=review").await;
    assert!(
        only.has("<option value=\"review\" selected>przegląd dostępu</option>")
            && only.has("href=\"/reviews/1\"")
            && !only.has("użytkownik klienta <a"),
        "{}",
        only.text
    );
}

#[tokio::test]
async fn of_two_reviewers_the_later_one_counts_and_is_told() {
    let pages = open(Role::Admin).await;
    begin(&pages).await;
    let other = pages.colleague("ola", Role::Admin).await;
    let form = |decision| {
        [
            ("show", "all"),
            ("row", "1"),
            ("was1", "undecided"),
            ("v1", "0"),
            ("d1", decision),
            ("_do", "save"),
        ]
    };
    pages.post("/reviews/1", &form("confirm")).await;
    let late = other.post("/reviews/1", &form("revoke")).await;
    assert_eq!(late.location(), "/reviews/1?show=all");
    let flash = late.headers.get("set-cookie").expect("a message");
    assert!(
        flash
            .to_str()
            .is_ok_and(|flash| flash.contains("flash-review-overruled"))
    );
    let shown = other.get("/reviews/1?show=all").await;
    assert!(
        shown.has("1 wcześniejsza decyzja") && shown.has("potwierdzone: ewa"),
        "{}",
        shown.text
    );
    // A stale form that left the row alone takes nothing back.
    let mut stale = form("undecided");
    stale[5] = ("_do", "save");
    pages.post("/reviews/1", &stale).await;
    let shown = pages.get("/reviews/1?show=revoke").await;
    assert!(shown.has("id=\"item-1\""), "{}", shown.text);
}

#[tokio::test]
async fn editors_decide_where_they_may_and_readers_look() {
    let pages = open(Role::Admin).await;
    begin(&pages).await;
    let editor = pages.colleague("ola", Role::Editor).await;
    let shown = editor.get("/reviews/1").await;
    assert!(
        shown.has("Musi zdecydować ktoś inny") && !shown.has("type=\"radio\""),
        "{}",
        shown.text
    );
    assert!(!shown.has("/reviews/1/sign-off"), "{}", shown.text);
    let sent = [
        ("show", "all"),
        ("row", "1"),
        ("was1", "undecided"),
        ("d1", "revoke"),
        ("c1", "x"),
        ("_do", "save"),
    ];
    let refused = editor.post("/reviews/1", &sent).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let begun = editor.post("/reviews/new", &[("group", "Wsparcie")]).await;
    assert_eq!(begun.status, StatusCode::UNPROCESSABLE_ENTITY);
    let reader = pages.colleague("rena", Role::Reader).await;
    for path in ["/reviews", "/reviews/1", "/reviews/1/export"] {
        assert_eq!(reader.get(path).await.status, StatusCode::OK, "{path}");
    }
    let shown = reader.get("/reviews/1").await;
    assert!(
        !shown.has("type=\"radio\"") && !shown.has("/sign-off"),
        "{}",
        shown.text
    );
    for path in ["/reviews/new", "/reviews/1/sign-off", "/reviews/1/cancel"] {
        assert_eq!(
            reader.get(path).await.status,
            StatusCode::FORBIDDEN,
            "{path}"
        );
    }
    let refused = reader.post("/reviews/1", &sent).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert_eq!(reader.get("/reviews/9").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn mistakes_stand_at_their_rows_and_what_was_typed_is_kept() {
    let pages = open(Role::Admin).await;
    begin(&pages).await;
    let long = "x".repeat(1001);
    let sent = [
        ("show", "all"),
        ("row", "1"),
        ("was1", "undecided"),
        ("d1", "revoke"),
        ("c1", "krótki"),
        ("row", "2"),
        ("was2", "undecided"),
        ("d2", "confirm"),
        ("c2", &long),
        ("_do", "save"),
    ];
    let refused = pages.post("/reviews/1", &sent).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.has("value=\"krótki\"")
            && refused.has("error-2-0")
            && refused.has("Nic nie zapisano"),
        "{}",
        refused.text
    );
    let shown = pages.get("/reviews/1").await;
    assert!(shown.has("Zdecydowano 0 z 2"), "{}", shown.text);
    let cancelled = pages
        .post("/reviews/1/cancel", &[("note", "pomyłka")])
        .await;
    assert_eq!(cancelled.location(), "/reviews/1");
    let kept = pages.get("/reviews/1").await;
    assert!(
        kept.has("anulowany") && kept.has("pomyłka"),
        "{}",
        kept.text
    );
    assert_eq!(holders(&pages).await, 2);
}
