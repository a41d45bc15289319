//! Progress of long work, on standard error if people watch.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

/// A bar for a known number of records.
pub fn bar(count: u64, what: &'static str) -> ProgressBar {
    let style =
        ProgressStyle::with_template("{msg} {wide_bar} {human_pos} / {human_len}, {eta} left");
    let bar = ProgressBar::new(count).with_message(what);
    if let Ok(style) = style {
        bar.set_style(style);
    }
    bar
}

/// Something that turns while the end is not known.
pub fn spinner(what: &'static str) -> ProgressBar {
    let spinner = ProgressBar::new_spinner().with_message(what);
    // Seen also where the work is done before it has turned.
    spinner.tick();
    spinner.enable_steady_tick(Duration::from_millis(100));
    spinner
}
