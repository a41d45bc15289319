//! What statements a process runs, for tests of how many there are and how engines do them: sqlx tells its subscriber
//! of each.

use std::sync::{Mutex, Once, PoisonError};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

static RUN: Mutex<Vec<String>> = Mutex::new(vec![]);
static ONCE: Once = Once::new();

struct Recorder;

#[derive(Default)]
struct Statement {
    summary: String,
    whole: String,
}

impl Visit for Statement {
    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            "summary" => self.summary = value.to_owned(),
            "db.statement" => self.whole = value.trim().to_owned(),
            _ => {}
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn std::fmt::Debug) {}
}

impl Subscriber for Recorder {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "sqlx::query"
    }

    fn event(&self, event: &Event<'_>) {
        let mut statement = Statement::default();
        event.record(&mut statement);
        let text = match statement.whole.is_empty() {
            true => statement.summary,
            false => statement.whole,
        };
        RUN.lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(text);
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

/// The statements that some work runs, without those that begin and end transactions. One at a time: the recorder
/// hears the whole process.
pub async fn statements<T>(work: impl Future<Output = T>) -> (T, Vec<String>) {
    ONCE.call_once(|| {
        tracing::subscriber::set_global_default(Recorder).expect("nobody else listens")
    });
    RUN.lock().unwrap_or_else(PoisonError::into_inner).clear();
    let done = work.await;
    let mut run = std::mem::take(&mut *RUN.lock().unwrap_or_else(PoisonError::into_inner));
    let kinds = ["SELECT", "UPDATE", "DELETE", "INSERT"];
    run.retain(|sql| kinds.iter().any(|kind| sql.starts_with(kind)));
    (done, run)
}
