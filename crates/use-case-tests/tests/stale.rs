//! What others did without a trace is found when `CacheTTL` is over.

use kartoteka_directory::{Actor, Kind, Search, ValidFilter};
use kartoteka_store::args;
use kartoteka_testbed::Engine;

use crate::Desk;

async fn logins(desk: &Desk) -> Vec<String> {
    let search = Search {
        valid: ValidFilter::All,
        ..Search::default()
    };
    let page = desk
        .directory
        .search(&Actor::operator(), Kind::CustomerUser, &search)
        .await
        .unwrap();
    page.rows.into_iter().map(|row| row.key).collect()
}

#[tokio::test]
async fn sources_are_read_anew_after_their_time() {
    for engine in Engine::all() {
        let desk = Desk::set(engine, |settings| {
            settings.customer_users[0].spec.cache_ttl = 3600;
        })
        .await
        .customers()
        .await;
        desk.person("anna").await;
        desk.person("olek").await;
        assert_eq!(logins(&desk).await.len(), 2);
        let sql = "DELETE FROM customer_user WHERE login = ?";
        desk.db.execute(sql, &args!["olek"]).await.unwrap();
        desk.wait(1800);
        let reread = |kind| desk.directory.rebuild_if_stale(kind);
        assert!(!reread(Kind::CustomerUser).await.unwrap());
        // On servers, who is shown is there; nobody else writes to an embedded database.
        let shown = if engine == Engine::Sqlite { 2 } else { 1 };
        assert_eq!(logins(&desk).await.len(), shown, "{}", engine.name());
        desk.wait(1801);
        // Also done in the background, maybe just now.
        reread(Kind::CustomerUser).await.unwrap();
        assert_eq!(logins(&desk).await, ["anna"], "{}", engine.name());
        // Not again at once, and never where no time is set.
        assert!(!reread(Kind::CustomerUser).await.unwrap());
        assert!(!reread(Kind::Customer).await.unwrap());
    }
}
