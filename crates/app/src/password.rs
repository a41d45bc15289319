//! Passwords come by a prompt or standard input, never by the command line, which others can see.

use std::io::{BufRead, IsTerminal, Read};

use clap::Args;
use console::Term;
use secrecy::{ExposeSecret, SecretString};

use crate::exit::Ended;
use crate::text;

/// The longest line that is read as a password, in bytes.
const LONGEST: u64 = 4096;

/// Where a password comes from.
#[derive(Debug, Clone, Copy, Args)]
pub struct PasswordOptions {
    /// Read the password from the first line of standard input
    #[arg(long, conflicts_with = "generate_password")]
    pub password_stdin: bool,
    /// Generate a password and show it once
    #[arg(long)]
    pub generate_password: bool,
}

/// What the options ask for.
pub enum Wish {
    /// Nothing was said.
    Nothing,
    Generated,
    Given(SecretString),
}

impl PasswordOptions {
    /// Reads what the options ask for.
    ///
    /// # Errors
    /// When standard input can't be read or holds no password.
    pub fn read(self) -> Result<Wish, Ended> {
        if self.generate_password {
            Ok(Wish::Generated)
        } else if self.password_stdin {
            first_line().map(Wish::Given)
        } else {
            Ok(Wish::Nothing)
        }
    }

    /// The same; where nothing was said, a person at a terminal is asked.
    ///
    /// # Errors
    /// When nothing was said and nobody can be asked.
    pub fn read_or_ask(self) -> Result<Wish, Ended> {
        match self.read()? {
            Wish::Nothing if std::io::stdin().is_terminal() => ask().map(Wish::Given),
            Wish::Nothing => Err(Ended::usage("say --password-stdin or --generate-password")),
            wish => Ok(wish),
        }
    }
}

fn first_line() -> Result<SecretString, Ended> {
    let refused = |reason: &dyn std::fmt::Display| {
        Ended::refused(format!("standard input can't be read: {reason}"))
    };
    let mut line = vec![];
    let mut input = std::io::stdin().lock().take(LONGEST);
    input
        .read_until(b'\n', &mut line)
        .map_err(|error| refused(&error))?;
    let line = text::read(line).map_err(|error| refused(&error))?;
    let password = line.trim_end_matches(['\n', '\r']);
    if password.is_empty() {
        return Err(Ended::refused("standard input holds no password"));
    }
    Ok(password.into())
}

fn ask() -> Result<SecretString, Ended> {
    let terminal = Term::stderr();
    let read = |prompt: &str| -> std::io::Result<SecretString> {
        terminal.write_str(prompt)?;
        Ok(terminal.read_secure_line()?.into())
    };
    let failed =
        |error: std::io::Error| Ended::refused(format!("the terminal can't be read: {error}"));
    let password = read("New password: ").map_err(failed)?;
    let again = read("Once more: ").map_err(failed)?;
    if password.expose_secret() != again.expose_secret() {
        return Err(Ended::refused(
            "the two passwords differ; nothing was saved",
        ));
    }
    Ok(password)
}
