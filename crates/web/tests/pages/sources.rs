//! Pages of sources.

use kartoteka_directory::Role;

use super::reception::Reception;

#[tokio::test]
async fn admins_test_sources_and_others_see_how_they_are() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("people.csv");
    std::fs::write(
        &file,
        "login,first,last,mail,firm\nola,Ola,<b>Lis,o@lab.example,x\n",
    )
    .expect("a file");
    let source = crate::api::sources::of_file(&file);
    let desk = Reception::with(|settings| settings.customer_users.push(source), Role::Admin).await;
    desk.directory.wait_for_index().await.expect("an index");
    let list = desk.get("/sources").await;
    assert_eq!(list.status, 200, "{}", list.text);
    assert!(
        list.has("Filia") && list.has("/sources/CustomerUser1/test") && list.has("zawsze aktualna")
    );
    let one = desk.get("/sources/CustomerUser1").await;
    assert!(
        one.has("Cały plik jest czytany") && one.has("Żaden login") | one.has("żaden login"),
        "{}",
        one.text
    );
    let tested = desk.post("/sources/CustomerUser1/test", &[]).await;
    assert_eq!(tested.status, 200, "{}", tested.text);
    assert!(
        tested.has("Wszystko w porządku.") && tested.has("&#60;b&#62;Lis"),
        "{}",
        tested.text
    );
    assert!(!tested.has("<b>Lis"));
    // Whoever reloads is led to the source.
    let back = desk.get("/sources/CustomerUser1/test").await;
    assert_eq!(
        (back.status.as_u16(), back.location()),
        (303, "/sources/CustomerUser1")
    );
    let read = desk.post("/sources/CustomerUser1/refresh", &[]).await;
    assert_eq!(read.location(), "/sources/CustomerUser1");
    std::fs::write(
        &file,
        "login,frist,last,mail,firm\nola,Ola,Lis,o@lab.example,x\n",
    )
    .expect("a file");
    let tested = desk.post("/sources/CustomerUser1/test", &[]).await;
    assert!(
        tested.has("Nie ma kolumny first.") && tested.has("Być może chodzi o frist."),
        "{}",
        tested.text
    );
    assert_eq!(desk.get("/sources/CustomerUser7").await.status, 404);
    let reader = desk.colleague("jan", Role::Reader).await;
    let list = reader.get("/sources").await;
    assert!(
        list.status == 200 && list.has("Filia") && !list.has("/test"),
        "{}",
        list.text
    );
    for order in ["test", "refresh"] {
        let refused = reader
            .post(&format!("/sources/CustomerUser1/{order}"), &[])
            .await;
        assert_eq!(refused.status, 403, "{order}");
    }
}
