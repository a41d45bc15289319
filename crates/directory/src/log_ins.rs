//! What those who log people in share on a node.

use std::collections::HashMap;

use secrecy::SecretString;
use tokio::sync::Mutex;

/// Of what happened at log-ins, by what was done, login and network.
pub type NotedLogIn = (&'static str, String, String);

/// What a node keeps of log-ins for as long as it runs.
#[derive(Default)]
pub struct LogIns {
    /// What was written in the journal, and when, so that nobody fills it by guessing on.
    pub noted: std::sync::Mutex<HashMap<NotedLogIn, i64>>,
    /// Guards the page on which the first agent is made.
    pub setup_code: Mutex<Option<SecretString>>,
}
