//! Stopping: the first signal asks for it, the second ends at once.

use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

use crate::exit::Exit;

/// A token that the first SIGTERM or SIGINT cancels.
///
/// # Errors
/// When signals can't be listened to.
pub fn on_signal() -> std::io::Result<CancellationToken> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let stop = CancellationToken::new();
    let asked = stop.clone();
    tokio::spawn(async move {
        loop {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
            if asked.is_cancelled() {
                eprintln!("stopped at once");
                std::process::exit(Exit::Refused as i32);
            }
            tracing::info!("stopping; a second signal stops at once");
            asked.cancel();
        }
    });
    Ok(stop)
}
