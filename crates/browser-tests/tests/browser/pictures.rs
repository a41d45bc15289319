//! Pictures of pages, for people to look at.

use std::path::{Path, PathBuf};

use serde_json::json;

use crate::tab::{Tab, unpack};

/// With this set, `target/tmp/pages` gets a picture of each page that is inspected.
const PICTURES: &str = "KARTOTEKA_TEST_PICTURES";

/// Saves the whole page as it is shown, if pictures are wanted.
pub async fn take(tab: &Tab, page: &str, theme: &str, width: u32) {
    if std::env::var_os(PICTURES).is_none() {
        return;
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pages");
    std::fs::create_dir_all(&folder).unwrap();
    let whole = json!({"format": "png", "captureBeyondViewport": true});
    let picture = tab.chromium("Page.captureScreenshot", whole).await;
    let picture = unpack(picture["data"].as_str().unwrap_or_default());
    std::fs::write(folder.join(file(page, theme, width)), picture).unwrap();
}

/// A name that says what the picture shows.
fn file(page: &str, theme: &str, width: u32) -> PathBuf {
    let path = match page.split_once("://") {
        Some((_, rest)) => rest.split_once('/').map_or("", |(_, path)| path),
        None => page,
    };
    let plain = |c: char| if c.is_alphanumeric() { c } else { '-' };
    let name: String = path.chars().map(plain).take(60).collect();
    let name = if name.is_empty() { "home" } else { &name };
    format!("{name}.{theme}.{width}.png").into()
}
