//! Without a mouse: a matrix with scripts as a grid (one place in the tab order, arrow keys), without them as a form; and
//! how any other visit can be made by keyboard alone.

use serde_json::json;

use crate::office::Office;
use crate::tab::{CTRL, DOWN, ENTER, ESCAPE, SHIFT, TAB, Tab, UP, visit};

const END: &str = "\u{E010}";
const HOME: &str = "\u{E011}";
const LEFT: &str = "\u{E012}";
const RIGHT: &str = "\u{E014}";
const SPACE: &str = " ";

const MATRIX: &str = "/customer-users/ewa/permissions";

#[tokio::test]
async fn a_matrix_by_keyboard() {
    visit("a_matrix_by_keyboard", true, by_keyboard).await;
}

#[tokio::test]
async fn a_matrix_by_keyboard_without_scripts() {
    visit(
        "a_matrix_by_keyboard_without_scripts",
        false,
        without_scripts,
    )
    .await;
}

/// The box of a cell.
fn cell(group: &str, permission: &str) -> String {
    format!("input[name=now][value='same/{permission}/{group}']")
}

async fn open(tab: &Tab) -> Office {
    let office = Office::open(tab).await;
    office.switch_on().await;
    office.go(MATRIX).await;
    tab.shows("h1", "Uprawnienia użytkownika klienta").await;
    office
}

/// Tabs until the focus is there.
async fn tab_to(tab: &Tab, css: &str) {
    for _ in 0..80 {
        if tab.is_focused(css).await {
            return;
        }
        tab.press(TAB).await;
    }
    panic!("Tab does not lead to {css}");
}

/// The key that leads nearer to an element: none when it has the focus; an arrow within its grid, where it is not in the
/// tab order by itself; otherwise Tab.
const NEXT_KEY: &str = r#"
const wanted = document.querySelector(CSS);
const active = document.activeElement;
if (!wanted) return 'wait';
if (wanted === active) return '';
const [cell, from] = [wanted, active].map((one) => one.closest('[role=grid] :is(td, th)'));
const grid = cell && cell.closest('[role=grid]');
if (!from || from.closest('[role=grid]') !== grid) return 'Tab';
if (cell === from) return 'Enter';
const rows = [...grid.querySelectorAll('tr')].filter((row) => !row.hidden);
const down = rows.indexOf(cell.parentElement) - rows.indexOf(from.parentElement);
if (down !== 0) return down > 0 ? 'Down' : 'Up';
return cell.cellIndex > from.cellIndex ? 'Right' : 'Left';
"#;

impl Tab {
    /// The same browser without its mouse.
    pub fn without_mouse(mut self) -> Self {
        self.keyboard = true;
        self
    }

    /// Leads the focus to an element, key by key.
    async fn reach(&self, css: &str) {
        let script = NEXT_KEY.replace("CSS", &json!(css).to_string());
        let mut pressed = vec![];
        while pressed.len() < 150 {
            let next = self.run(&script).await;
            let key = match next.as_str().unwrap_or_default() {
                "" => return,
                "wait" => {
                    pressed.push("wait".into());
                    tokio::time::sleep(std::time::Duration::from_millis(100)).await;
                    continue;
                }
                "Tab" => TAB,
                "Enter" => ENTER,
                "Down" => DOWN,
                "Up" => UP,
                "Left" => LEFT,
                _ => RIGHT,
            };
            pressed.push(next.to_string());
            self.press(key).await;
        }
        panic!("no keys lead to {css}: {}", pressed.join(" "));
    }

    /// Presses a box, a button or a link.
    pub async fn strike(&self, css: &str) {
        self.reach(css).await;
        let is_box = self.is_focused("input").await;
        self.press(if is_box { SPACE } else { ENTER }).await;
    }

    /// Types in place of what is there.
    pub async fn write(&self, css: &str, text: &str) {
        self.reach(css).await;
        self.press(&format!("{CTRL}a")).await;
        for key in text.chars() {
            self.press(&key.to_string()).await;
        }
    }
}

async fn focused(tab: &Tab, css: &str) {
    let active = "return document.activeElement.outerHTML.slice(0, 200);";
    assert!(
        tab.is_focused(css).await,
        "the focus is not on {css} but on {}",
        tab.run(active).await
    );
}

async fn is_ticked(tab: &Tab, css: &str) -> bool {
    let script = format!("return document.querySelector({}).checked;", json!(css));
    tab.run(&script).await == true
}

async fn by_keyboard(tab: Tab) {
    let office = open(&tab).await;
    tab_to(&tab, "#matrix-search").await;
    // The grid is one place in the tab order, and after it comes the first button.
    tab_to(&tab, &cell("admin", "ro")).await;
    tab.press(TAB).await;
    focused(&tab, "button[value=save]").await;
    tab.press(&format!("{SHIFT}{TAB}")).await;
    focused(&tab, &cell("admin", "ro")).await;
    moves(&tab).await;
    ticks(&tab).await;
    filters(&tab).await;
    // Saved from within the grid; what was filtered is filtered still.
    tab.press(&format!("{CTRL}{ENTER}")).await;
    tab.shows("#messages", "Zapisano 4 zmiany").await;
    assert!(tab.url().await.contains("search=sta"));
    assert_eq!(office.held("ewa", "stats").await, ["rw direct"]);
    assert_eq!(office.held("ewa", "Wsparcie").await, ["create direct"]);
    assert_eq!(office.held("ewa", "admin").await.len(), 2);
    // Enter on a button that is tabbed to.
    office.go(MATRIX).await;
    tab_to(&tab, &cell("admin", "ro")).await;
    tab.press(SPACE).await;
    tab_to(&tab, "button[value=finish]").await;
    tab.press(ENTER).await;
    tab.headed("Ewa Wiśniewska").await;
    assert_eq!(office.held("ewa", "admin").await, ["create direct"]);
}

/// Arrow keys, the ends of rows and of the grid, headings, and what stands in a cell.
async fn moves(tab: &Tab) {
    for (keys, there) in [
        (RIGHT, cell("admin", "rw")),
        (RIGHT, cell("admin", "create")),
        (DOWN, cell("stats", "create")),
        (LEFT, cell("stats", "rw")),
        // Everybody has this group: nothing to tick, but to be read.
        (DOWN, "td.tick-cell:has(.always)".into()),
        (DOWN, cell("Wsparcie", "rw")),
        (DOWN, cell("Wsparcie", "rw")),
        (UP, "td.tick-cell:has(.always)".into()),
        (HOME, "tbody th a[href$='/groups/users']".into()),
        (UP, "tbody th a[href$='/groups/stats']".into()),
        (END, "tbody tr:has(th a[href$='stats']) td.why".into()),
        (UP, "tbody tr:has(th a[href$='admin']) td.why".into()),
        // Into the cell, along it, and out of it.
        (ENTER, "td.why a[href*='explain']".into()),
        (RIGHT, "td.why button[data-toggle-row]".into()),
        (LEFT, "td.why a[href*='explain']".into()),
        (ESCAPE, "tbody tr:has(th a[href$='admin']) td.why".into()),
    ] {
        tab.press(keys).await;
        focused(tab, &there).await;
    }
    tab.press(&format!("{CTRL}{END}")).await;
    focused(tab, "tbody tr:last-child td.why").await;
    tab.press(&format!("{CTRL}{HOME}")).await;
    focused(tab, "thead th").await;
    tab.press(RIGHT).await;
    focused(tab, "thead button[value='column same/ro']").await;
    tab.press(DOWN).await;
    focused(tab, &cell("admin", "ro")).await;
}

/// Single boxes, whole rows and columns, and what `rw` includes.
async fn ticks(tab: &Tab) {
    tab.press(SPACE).await;
    assert!(is_ticked(tab, &cell("admin", "ro")).await);
    changes(tab, 1).await;
    // The box says that it is ticked; how many changes that makes is said after a pause.
    tab.says("Zmiany do zapisania: 1").await;
    // Everything of the row: `rw`, of which the box under the focus becomes a part. The focus stays in its cell.
    tab.press(DOWN).await;
    focused(tab, &cell("stats", "ro")).await;
    tab.press(&format!("{SHIFT}{SPACE}")).await;
    assert!(is_ticked(tab, &cell("stats", "rw")).await);
    focused(tab, "td.tick-cell:has(input[value='same/ro/stats'])").await;
    changes(tab, 2).await;
    tab.shows(
        "tr.changed:has(th a[href$='stats']) .row-changes",
        "+ edycja (rw)",
    )
    .await;
    // What can be changed of the column: `stats` has it by `rw`.
    tab.press(END).await;
    tab.press(LEFT).await;
    tab.press(&format!("{CTRL}{SPACE}")).await;
    for group in ["Wsparcie", "admin"] {
        assert!(is_ticked(tab, &cell(group, "create")).await);
    }
    changes(tab, 4).await;
    let pressed =
        "return document.querySelector(\"button[value='column same/create']\").ariaPressed;";
    assert_eq!(tab.run(pressed).await, "true");
    let said = tab.said().await;
    assert!(said.starts_with("Zmiany do zapisania: 4 "), "{said}");
    // Back and there again.
    tab.press(&format!("{CTRL}{SPACE}")).await;
    changes(tab, 2).await;
    tab.press(&format!("{CTRL}{SPACE}")).await;
    changes(tab, 4).await;
}

/// What the filter hides is no place to be in; the tab order leads to what is seen.
async fn filters(tab: &Tab) {
    tab.press(UP).await;
    focused(tab, &cell("admin", "create")).await;
    tab.keys("#matrix-search", "sta").await;
    assert_eq!(rows(tab).await, 1);
    changes(tab, 4).await;
    tab_to(tab, "td.tick-cell:has(input[value='same/ro/stats'])").await;
}

async fn rows(tab: &Tab) -> u64 {
    let seen = "return [...document.querySelectorAll('.matrix tbody tr')].filter((row) => !row.hidden).length;";
    tab.run(seen).await.as_u64().unwrap()
}

async fn changes(tab: &Tab, count: u64) {
    let shown = tab.text("[data-matrix-changes] strong").await;
    assert_eq!(shown, count.to_string());
}

/// Each box and button is in the tab order; whole rows and columns are buttons of the form.
async fn without_scripts(tab: Tab) {
    let office = open(&tab).await;
    tab_to(&tab, &cell("admin", "ro")).await;
    tab.press(SPACE).await;
    assert!(is_ticked(&tab, &cell("admin", "ro")).await);
    tab_to(&tab, &cell("stats", "ro")).await;
    tab_to(&tab, "button[value='row stats']").await;
    tab.press(ENTER).await;
    tab.shows("tr:has(th a[href$='stats']) .row-changes", "edycja (rw)")
        .await;
    assert!(is_ticked(&tab, &cell("stats", "rw")).await);
    assert!(is_ticked(&tab, &cell("admin", "ro")).await);
    tab_to(&tab, "button[value='column same/create']").await;
    tab.press(SPACE).await;
    tab.shows("[data-matrix-changes]", "4").await;
    tab_to(&tab, "button[value=preview]").await;
    tab.press(ENTER).await;
    tab.shows("#preview", "ewa: edycja (rw) w grupie stats")
        .await;
    assert!(office.held("ewa", "stats").await.is_empty());
    tab_to(&tab, "button[value=save]").await;
    tab.press(ENTER).await;
    tab.shows("#messages", "Zapisano 4 zmiany").await;
    assert_eq!(office.held("ewa", "stats").await, ["rw direct"]);
    assert_eq!(office.held("ewa", "Wsparcie").await, ["create direct"]);
    // The filter is a search, and saving keeps it.
    tab.keys("#matrix-search", &format!("wsp{ENTER}")).await;
    tab.shows(".matrix tbody", "Wsparcie").await;
    assert_eq!(rows(&tab).await, 1);
    tab_to(&tab, &cell("Wsparcie", "create")).await;
    tab.press(SPACE).await;
    tab_to(&tab, "button[value=save]").await;
    tab.press(ENTER).await;
    tab.shows("#messages", "Zapisano jedną zmianę").await;
    assert!(tab.url().await.contains("search=wsp"));
    assert!(office.held("ewa", "Wsparcie").await.is_empty());
}
