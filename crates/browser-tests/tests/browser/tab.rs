//! A browser with one tab.

use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio::time::sleep;

use crate::driver::Driver;
use crate::http;

/// How long the browser may take to show what is expected.
const TIMEOUT: Duration = Duration::from_secs(30);
/// How many milliseconds a script may take: axe needs its time for the longest page when the machine is busy. Less than
/// an answer of the driver may take, so that it is the driver that gives up.
const SCRIPT: u32 = 100_000;
/// WebDriver's name for the key that identifies an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";
/// WebDriver's characters for keys.
pub const ENTER: &str = "\u{E007}";
pub const TAB: &str = "\u{E004}";
pub const CTRL: &str = "\u{E009}";
pub const SHIFT: &str = "\u{E008}";
pub const DOWN: &str = "\u{E015}";
pub const UP: &str = "\u{E013}";
pub const ESCAPE: &str = "\u{E00C}";

/// A browser. Elements are named by CSS selectors, and waited for.
#[derive(Clone)]
pub struct Tab {
    address: String,
    path: String,
    /// Whether pages may run scripts.
    pub scripts: bool,
    /// Whether there is no mouse: what is clicked is then tabbed to, and pressed.
    pub keyboard: bool,
}

/// Opens a browser that wants Polish, lets a visit use it and closes it, whatever came of the visit. A failed
/// visit leaves a screenshot.
pub async fn visit<F: Future<Output = ()> + Send + 'static>(
    name: &str,
    scripts: bool,
    visit: impl FnOnce(Tab) -> F,
) {
    let driver = Driver::find().await;
    let tab = Tab::open(&driver.address, scripts).await;
    let ended = tokio::spawn(visit(tab.clone())).await;
    if ended.is_err() {
        let picture = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.png"));
        tab.screenshot(&picture).await;
        eprintln!("what the browser showed: {}", picture.display());
    }
    tab.send("DELETE", "", Value::Null).await.unwrap();
    if let Err(error) = ended {
        std::panic::resume_unwind(error.into_panic());
    }
}

impl Tab {
    async fn open(address: &str, scripts: bool) -> Self {
        let arguments = [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
            "--lang=pl",
            "--window-size=1280,900",
        ];
        let mut preferences = json!({"intl.accept_languages": "pl"});
        if !scripts {
            preferences["profile.managed_default_content_settings.javascript"] = json!(2);
        }
        let capabilities = json!({"capabilities": {"alwaysMatch": {
            "browserName": "chrome",
            "unhandledPromptBehavior": "accept",
            "timeouts": {"script": SCRIPT},
            "goog:chromeOptions": {"args": arguments, "prefs": preferences},
        }}});
        let (status, answer) = http::send(address, "POST", "/session", &capabilities)
            .await
            .unwrap();
        let session = answer["value"]["sessionId"].as_str();
        let session = session.unwrap_or_else(|| panic!("no browser, {status}: {answer}"));
        Self {
            address: address.to_owned(),
            path: format!("/session/{session}"),
            scripts,
            keyboard: false,
        }
    }

    async fn send(&self, method: &str, command: &str, body: Value) -> Result<Value, String> {
        let path = format!("{}{command}", self.path);
        let (status, mut answer) = http::send(&self.address, method, &path, &body)
            .await
            .map_err(|error| error.to_string())?;
        match status {
            200 => Ok(answer["value"].take()),
            _ => Err(answer["value"]["message"].to_string()),
        }
    }

    pub async fn go(&self, url: &str) {
        self.send("POST", "/url", json!({"url": url}))
            .await
            .unwrap();
    }

    pub async fn url(&self) -> String {
        let url = self.send("GET", "/url", Value::Null).await.unwrap();
        url.as_str().unwrap().to_owned()
    }

    /// Waits until the address holds these words: what a script shows may come before the page that was asked for.
    pub async fn leads_to(&self, words: &str) {
        let begun = Instant::now();
        while !self.url().await.contains(words) {
            assert!(begun.elapsed() < TIMEOUT, "never at {words:?}");
            sleep(Duration::from_millis(100)).await;
        }
    }

    async fn find(&self, css: &str) -> Result<String, String> {
        let found = self
            .send(
                "POST",
                "/element",
                json!({"using": "css selector", "value": css}),
            )
            .await?;
        Ok(format!(
            "/element/{}",
            found[ELEMENT].as_str().unwrap_or_default()
        ))
    }

    /// Tries a command on an element until it succeeds: pages replace their parts.
    async fn on(&self, css: &str, method: &str, command: &str, body: Value) -> Value {
        let begun = Instant::now();
        loop {
            let done = match self.find(css).await {
                Ok(element) => {
                    self.send(method, &format!("{element}{command}"), body.clone())
                        .await
                }
                Err(error) => Err(error),
            };
            match done {
                Ok(value) => return value,
                Err(error) if begun.elapsed() > TIMEOUT => panic!("{css}: {error}"),
                Err(_) => sleep(Duration::from_millis(100)).await,
            }
        }
    }

    pub async fn click(&self, css: &str) {
        if self.keyboard {
            return self.strike(css).await;
        }
        self.on(css, "POST", "/click", json!({})).await;
    }

    /// Types what comes after what is there.
    pub async fn keys(&self, css: &str, text: &str) {
        self.on(css, "POST", "/value", json!({"text": text})).await;
    }

    /// Types in place of what is there.
    pub async fn fill(&self, css: &str, text: &str) {
        if self.keyboard {
            return self.write(css, text).await;
        }
        self.on(css, "POST", "/clear", json!({})).await;
        self.keys(css, text).await;
    }

    /// Presses a key where the focus is, as on a keyboard; those before it are held meanwhile.
    pub async fn press(&self, keys: &str) {
        let action = |kind: &str, key: char| json!({"type": kind, "value": key.to_string()});
        let down = keys.chars().map(|key| action("keyDown", key));
        let up = keys.chars().rev().map(|key| action("keyUp", key));
        let actions: Vec<Value> = down.chain(up).collect();
        let body = json!({"actions": [{"type": "key", "id": "keyboard", "actions": actions}]});
        self.send("POST", "/actions", body).await.unwrap();
    }

    /// Whether the focus is on the element that this names.
    pub async fn is_focused(&self, css: &str) -> bool {
        let script = format!("return document.activeElement.matches({});", json!(css));
        self.run(&script).await == true
    }

    /// The text that can be seen.
    pub async fn text(&self, css: &str) -> String {
        let text = self.on(css, "GET", "/text", Value::Null).await;
        text.as_str().unwrap().to_owned()
    }

    /// Waits until an element shows these words.
    pub async fn shows(&self, css: &str, words: &str) {
        self.comes(css, words, |text| text.contains(words)).await;
    }

    /// Waits for the page whose heading begins with these words.
    pub async fn headed(&self, words: &str) {
        let begins = |text: &str| text.trim_start().starts_with(words);
        self.comes("h1", words, begins).await;
    }

    async fn comes(&self, css: &str, words: &str, is_there: impl Fn(&str) -> bool) {
        let begun = Instant::now();
        loop {
            let text = self.text(css).await;
            if is_there(&text) {
                return;
            }
            assert!(
                begun.elapsed() < TIMEOUT,
                "{css} does not show {words:?} but {text:?}"
            );
            sleep(Duration::from_millis(100)).await;
        }
    }

    /// What is said to those who listen instead of looking.
    pub async fn said(&self) -> String {
        let text = "return document.getElementById('announce').textContent;";
        let text = self.run(text).await;
        text.as_str().unwrap().to_owned()
    }

    /// Waits until something is said that begins with these words.
    pub async fn says(&self, words: &str) {
        let begun = Instant::now();
        loop {
            let said = self.said().await;
            if said.starts_with(words) {
                return;
            }
            assert!(begun.elapsed() < TIMEOUT, "{said:?} instead of {words:?}");
            sleep(Duration::from_millis(100)).await;
        }
    }

    /// Runs a script as a function's body; it needs no leave of the page.
    pub async fn run(&self, script: &str) -> Value {
        self.send(
            "POST",
            "/execute/sync",
            json!({"script": script, "args": []}),
        )
        .await
        .unwrap()
    }

    /// Sends a command of Chromium's own protocol.
    pub async fn chromium(&self, command: &str, parameters: Value) -> Value {
        let body = json!({"cmd": command, "params": parameters});
        self.send("POST", "/goog/cdp/execute", body).await.unwrap()
    }

    /// Saves what can be seen.
    pub async fn screenshot(&self, path: &Path) {
        let picture = self.send("GET", "/screenshot", Value::Null).await;
        let picture = picture.map(|picture| picture.as_str().map(unpack).unwrap_or_default());
        std::fs::write(path, picture.unwrap_or_default()).unwrap();
    }
}

/// Base64, which WebDriver packs pictures in.
pub fn unpack(text: &str) -> Vec<u8> {
    let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0);
    for digit in text
        .bytes()
        .filter_map(|byte| alphabet.iter().position(|known| *known == byte))
    {
        bits = bits << 6 | digit as u32;
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count & 0xFF) as u8);
        }
    }
    bytes
}
