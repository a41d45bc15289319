//! The few cookies there are: session, language, theme, keys, what was open last, and a message for the next page.

use axum::http::{HeaderMap, HeaderValue, header};

/// The language that was chosen.
pub const LANGUAGE: &str = "kartoteka-language";
/// The theme that was chosen: `light` or `dark`.
pub const THEME: &str = "kartoteka-theme";
/// `off` when single keys do nothing.
pub const KEYS: &str = "kartoteka-keys";
/// A message for the next page.
pub const FLASH: &str = "kartoteka-flash";

/// The records that were open last.
pub const OPENED: &str = "kartoteka-opened";

/// The name of the session's cookie; the prefix keeps other hosts and plain http from setting it.
pub fn session_name(secure: bool) -> &'static str {
    if secure {
        "__Host-kartoteka"
    } else {
        "kartoteka"
    }
}

/// The value of a cookie.
pub fn find<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(key, value)| (key == name).then_some(value))
}

/// A `Set-Cookie` value. `seconds`: how long it lives; none until the browser closes; 0 removes it.
/// The value must be made of characters that cookies may hold (letters, digits, `-_.%`).
pub fn set(name: &str, value: &str, seconds: Option<u64>, secure: bool) -> Option<HeaderValue> {
    let age = seconds
        .map(|seconds| format!("; Max-Age={seconds}"))
        .unwrap_or_default();
    let secure = if secure { "; Secure" } else { "" };
    HeaderValue::from_str(&format!(
        "{name}={value}; Path=/; HttpOnly; SameSite=Lax{age}{secure}"
    ))
    .ok()
}
