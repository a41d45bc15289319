//! Work in the background, which closing waits for.

use tokio::sync::{Mutex, Notify};

/// What those who work on jobs share on a node.
#[derive(Default)]
pub struct Work {
    /// Somebody ordered or started one.
    pub wake: Notify,
    /// Held while this node works; closing waits for it.
    pub working: Mutex<()>,
}
