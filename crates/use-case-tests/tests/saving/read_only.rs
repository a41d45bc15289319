//! A database that takes no writes, as a standby or one whose disk is full: what is there can be read.

use kartoteka_directory::{Actor, Kind, Readiness, Role};
use kartoteka_login::Logins;
use kartoteka_model::source::Address;
use kartoteka_testbed::Engine;
use secrecy::SecretString;

use crate::Desk;

#[tokio::test]
async fn reads_need_no_write_and_readiness_says_so() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let desk = Desk::with_customers(engine).await;
        desk.person("anna").await;
        let token = Logins::of(&desk.directory)
            .create_token(&Actor::operator(), "import", Role::Reader, None)
            .await
            .unwrap();
        assert_eq!(desk.directory.ready().await.unwrap(), Readiness::Ready);
        if engine == Engine::Postgres {
            let name = "SELECT current_database()::text";
            let name = desk.db.fetch(name, &[]).await.unwrap()[0]
                .text(0)
                .to_owned();
            let standby =
                format!("ALTER DATABASE \"{name}\" SET default_transaction_read_only = on");
            desk.db.execute(&standby, &[]).await.unwrap();
        }
        let desk = desk
            .again(|settings| {
                let address = settings.database.url.expose().to_owned();
                if engine == Engine::Sqlite {
                    let file = address.split('?').next().unwrap_or_default();
                    settings.database.url = Address::new(format!("{file}?mode=ro"));
                }
            })
            .await;
        assert_eq!(
            desk.directory.ready().await.unwrap(),
            Readiness::ReadOnly,
            "{engine}"
        );
        // Its first use can't be noted.
        let secret: SecretString = token.secret.clone();
        let actor = Logins::of(&desk.directory)
            .authenticate(&secret)
            .await
            .unwrap();
        let found = desk
            .directory
            .find(&actor, Kind::CustomerUser, "anna")
            .await;
        assert!(found.is_ok(), "{engine}: {found:?}");
        let saved = desk
            .update(Kind::CustomerUser, "anna", &[("UserPhone", "1")])
            .await;
        let unavailable = matches!(saved, Err(kartoteka_directory::Error::Unavailable { .. }));
        assert!(unavailable, "{engine}: {saved:?}");
    }
}
