//! Pictures of pages, for people to look at.

use std::path::{Path, PathBuf};

use serde_json::json;

use crate::tab::{Tab, unpack};

/// With this set, `target/tmp/pages` gets a picture of each page that is inspected.
const PICTURES: &str = "KARTOTEKA_TEST_PICTURES";

/// The page's height; a window as high shows all of it, with what sticks to its edges where it belongs.
const HEIGHT: &str = "return Math.min(document.documentElement.scrollHeight, 4000);";

/// Saves the whole page as it is shown, if pictures are wanted.
pub async fn take(tab: &Tab, page: &str, theme: &str, width: u32) {
    if std::env::var_os(PICTURES).is_none() {
        return;
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pages");
    std::fs::create_dir_all(&folder).unwrap();
    let height = tab.run(HEIGHT).await.as_u64().unwrap_or(900).max(600);
    let size = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false});
    tab.chromium("Emulation.setDeviceMetricsOverride", size)
        .await;
    let picture = tab
        .chromium("Page.captureScreenshot", json!({"format": "png"}))
        .await;
    tab.resize(Some(width)).await;
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
