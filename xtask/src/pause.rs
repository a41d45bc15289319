use std::{thread, time::Duration};

/// Waits between two looks at a process.
#[expect(
    clippy::disallowed_methods,
    reason = "there is no runtime to block here"
)]
pub fn pause() {
    thread::sleep(Duration::from_millis(50));
}
