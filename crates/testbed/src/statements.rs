//! What statements some work runs, for tests of how many there are and how engines do them: sqlx tells its subscriber
//! of each.
//!
//! The work is done in a span, which sqlx takes along to the threads of SQLite, so that nothing else is heard: an index
//! looks for changes every few seconds beside it.

use std::sync::{Mutex, Once, PoisonError};

use tracing::field::{Field, Visit};
use tracing::{Event, Instrument, Metadata, Subscriber};
use tracing_subscriber::layer::{Context, SubscriberExt};
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::{Layer, Registry};

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

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Recorder {
    fn enabled(&self, metadata: &Metadata<'_>, _: Context<'_, S>) -> bool {
        match metadata.is_span() {
            true => metadata.target() == module_path!(),
            false => metadata.target() == "sqlx::query",
        }
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        if context.lookup_current().is_none() {
            return;
        }
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
}

/// The statements that some work runs, without those that begin and end transactions, those of others, and those of tasks
/// that it only starts. One at a time: all of them are the same span to the recorder.
pub async fn statements<T>(work: impl Future<Output = T>) -> (T, Vec<String>) {
    ONCE.call_once(|| {
        let recorder = Registry::default().with(Recorder);
        tracing::subscriber::set_global_default(recorder).expect("nobody else listens")
    });
    RUN.lock().unwrap_or_else(PoisonError::into_inner).clear();
    let done = work.instrument(tracing::info_span!("work")).await;
    let mut run = std::mem::take(&mut *RUN.lock().unwrap_or_else(PoisonError::into_inner));
    let kinds = ["SELECT", "UPDATE", "DELETE", "INSERT"];
    run.retain(|sql| kinds.iter().any(|kind| sql.starts_with(kind)));
    (done, run)
}
