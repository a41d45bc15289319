//! What happens in the moment between planning and saving.

use std::sync::Arc;
use std::time::Duration;

use kartoteka_settings::Settings;
use kartoteka_store::Db;
use tokio::sync::Notify;
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// Hears that somebody is about to write: whatever was to be planned is planned then.
struct Writers(Arc<Notify>);

impl Subscriber for Writers {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "kartoteka::writes"
    }

    fn event(&self, _: &Event<'_>) {
        self.0.notify_one();
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

/// Sends a request that saves, and runs a statement after it planned what it does and before it does it: the database's
/// lock is held until then.
pub async fn between<T>(
    settings: &Settings,
    request: impl Future<Output = T>,
    statement: &str,
) -> T {
    let address = settings.database.url.expose();
    let database = Db::open(address).await.expect("opens");
    let mut held = database.begin().await.expect("the lock");
    let asks = Arc::new(Notify::new());
    let heard = tracing::subscriber::set_default(Writers(asks.clone()));
    // Another test may come by there for the first time at this moment, and would take it that nobody listens.
    tokio::time::sleep(Duration::from_millis(50)).await;
    tracing::callsite::rebuild_interest_cache();
    let other = async {
        let asked = tokio::time::timeout(Duration::from_secs(60), asks.notified());
        asked.await.expect("the request comes to save something");
        held.execute(statement, &[]).await.expect("is done");
        held.commit().await.expect("is kept");
    };
    let (answer, ()) = futures::join!(request, other);
    drop(heard);
    database.close().await;
    answer
}
