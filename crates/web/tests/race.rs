//! What happens in the moment between planning and saving.

use std::path::Path;
use std::time::Duration;

use kartoteka_store::Db;

/// Sends a request that saves, and runs a statement after it planned what it does and before it does it: the database's
/// lock is held until then.
pub async fn between<T>(folder: &Path, request: impl Future<Output = T>, statement: &str) -> T {
    let address = format!("sqlite://{}", folder.join("kartoteka.db").display());
    let database = Db::open(&address).await.expect("opens");
    let mut held = database.begin().await.expect("the lock");
    let other = async {
        tokio::time::sleep(Duration::from_secs(1)).await;
        held.execute(statement, &[]).await.expect("is done");
        held.commit().await.expect("is kept");
    };
    let (answer, ()) = futures::join!(request, other);
    database.close().await;
    answer
}
