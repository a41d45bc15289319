//! The program's doors, opened.

use anyhow::{Context, Result, ensure};
use secrecy::ExposeSecret;

use crate::client::{Client, pairs};
use crate::keys::{Keys, LOGIN};
use crate::program::Program;

const FORM: &str = "application/x-www-form-urlencoded";

/// One connection per door to the program that serves.
pub struct Doors {
    pub program: Program,
    /// With a token.
    pub rest: Client,
    /// With an agent's session, as a browser asks: compressed.
    pub page: Client,
    /// The same, not compressed, for looking at what is on a page.
    pub plain: Client,
}

impl Doors {
    /// Connects, and logs the agent in.
    ///
    /// # Errors
    /// When the program does not let us in.
    pub async fn open(program: Program, keys: &Keys) -> Result<Self> {
        let address = program.address.clone();
        let bearer = format!("Bearer {}", keys.token.expose_secret());
        let cookie = log_in(&address, keys).await?;
        let browser = [
            ("Cookie", cookie.as_str()),
            ("Sec-Fetch-Site", "same-origin"),
            ("Accept-Language", "pl"),
        ];
        let compressed = [browser.as_slice(), &[("Accept-Encoding", "gzip")]].concat();
        Ok(Self {
            rest: Client::connect(&address, &[("Authorization", &bearer)]).await?,
            page: Client::connect(&address, &compressed).await?,
            plain: Client::connect(&address, &browser).await?,
            program,
        })
    }
}

/// Sends a form as the browser does; the answer is a page, or where to go next.
///
/// # Errors
/// When the connection breaks, and when the form is refused.
pub async fn submit(client: &mut Client, path: &str, form: &[(&str, &str)]) -> Result<()> {
    let body = pairs(form.iter().copied());
    let answer = client.send("POST", path, Some((FORM, &body))).await?;
    ensure!(
        matches!(answer.status, 200 | 303),
        "POST {path}: {}",
        answer.status
    );
    Ok(())
}

async fn log_in(address: &str, keys: &Keys) -> Result<String> {
    let mut client = Client::connect(address, &[]).await?;
    let form = pairs([
        ("login", LOGIN),
        ("password", keys.password.expose_secret()),
    ]);
    let answer = client.send("POST", "/login", Some((FORM, &form))).await?;
    ensure!(answer.status == 303, "log-in: {}", answer.status);
    let cookie = answer.header("set-cookie").context("no session")?;
    let (pair, _) = cookie.split_once(';').context("no session")?;
    Ok(pair.to_owned())
}
