//! What axe finds on a page, in both themes, on wide and narrow screens.

use std::path::Path;
use std::sync::OnceLock;

use serde_json::{Value, json};

use crate::pictures;
use crate::tab::Tab;

/// The themes, as browsers wish for them.
pub const THEMES: [&str; 2] = ["light", "dark"];
/// Widths of the window: a desk, a phone.
const WIDTHS: [u32; 2] = [1280, 390];

/// Runs every rule that axe has, its best practices too; each violation as `rule: help; where; what is wrong there`.
const RUN: &str = r#"
return axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) => violations.flatMap((violation) =>
    violation.nodes.map((node) => `${violation.id}: ${violation.help}; ${node.target.join(" ")}; ${node.failureSummary}`)));
"#;

/// What is wrong with the page that is shown; both themes and widths are tried, and left as they were.
pub async fn violations(tab: &Tab, page: &str) -> Vec<String> {
    let mut complaints = vec![];
    // It waits for timers, which stand still where pages may run no scripts.
    if !tab.scripts {
        return complaints;
    }
    tab.run(source()).await;
    for width in WIDTHS {
        tab.resize(Some(width)).await;
        for theme in THEMES {
            tab.wish_theme(Some(theme)).await;
            let Value::Array(found) = tab.run(RUN).await else {
                panic!("axe does not answer on {page}");
            };
            pictures::take(tab, page, theme, width).await;
            let found = found.iter().filter_map(Value::as_str);
            complaints.extend(found.map(|text| format!("{page}, {theme}, {width} px: {text}")));
        }
    }
    tab.wish_theme(None).await;
    tab.resize(None).await;
    complaints
}

/// The same in the theme that the agent chose, while the browser wishes for the other one.
pub async fn violations_of_chosen(tab: &Tab, page: &str) -> Vec<String> {
    let chosen = tab
        .run("return document.documentElement.dataset.theme;")
        .await;
    let chosen = THEMES.into_iter().find(|theme| chosen == *theme);
    let chosen = chosen.unwrap_or_else(|| panic!("no theme is chosen on {page}"));
    let other = THEMES.into_iter().find(|theme| *theme != chosen);
    tab.wish_theme(other).await;
    tab.run(source()).await;
    let Value::Array(found) = tab.run(RUN).await else {
        panic!("axe does not answer on {page}");
    };
    let found = found.iter().filter_map(Value::as_str);
    let complaints = found.map(|text| format!("{page}, {chosen} by choice: {text}"));
    let complaints = complaints.collect();
    pictures::take(tab, page, &format!("chosen-{chosen}"), 1280).await;
    tab.resize(None).await;
    tab.wish_theme(None).await;
    complaints
}

/// The text of axe, as npm brought it.
fn source() -> &'static str {
    static SOURCE: OnceLock<String> = OnceLock::new();
    SOURCE.get_or_init(|| {
        let own = Path::new(env!("CARGO_MANIFEST_DIR"));
        let file = own.join("node_modules/axe-core/axe.min.js");
        std::fs::read_to_string(&file).unwrap_or_else(|error| {
            panic!(
                "{}: {error}; run `cargo xtask test`, or `npm ci` in {}",
                file.display(),
                own.display()
            )
        })
    })
}

impl Tab {
    /// Makes the window so wide; none is its own width again.
    pub async fn resize(&self, width: Option<u32>) {
        let Some(width) = width else {
            let command = "Emulation.clearDeviceMetricsOverride";
            self.chromium(command, json!({})).await;
            return;
        };
        let size = json!({"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false});
        self.chromium("Emulation.setDeviceMetricsOverride", size)
            .await;
    }

    /// Lets the browser wish for a theme; none is no wish.
    pub async fn wish_theme(&self, theme: Option<&str>) {
        let wish = json!({"name": "prefers-color-scheme", "value": theme.unwrap_or_default()});
        // Colours that change slowly would be measured half way.
        let still = json!({"name": "prefers-reduced-motion", "value": "reduce"});
        self.chromium(
            "Emulation.setEmulatedMedia",
            json!({"features": [wish, still]}),
        )
        .await;
    }
}
