//! What protects every request: headers, the origin of changes, host names, a time limit.

use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::uri::Scheme;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::failure::Failure;
use crate::network::{Ambiguous, Origin};
use crate::state::Site;

/// The longest that a request may take.
pub const TIME_LIMIT: Duration = Duration::from_secs(30);

/// Nothing from elsewhere, nothing inline.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; \
    base-uri 'none'";

const ALWAYS: [(HeaderName, &str); 7] = [
    (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()",
    ),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
];

/// Puts the protecting headers on every response, errors and files too. What a handler set stays.
pub async fn headers(State(_): State<Site>, request: Request, next: Next) -> Response {
    let https = request
        .extensions()
        .get::<Origin>()
        .is_some_and(|origin| origin.https);
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in ALWAYS {
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    if https {
        let year = HeaderValue::from_static("max-age=31536000; includeSubDomains");
        headers
            .entry(header::STRICT_TRANSPORT_SECURITY)
            .or_insert(year);
    }
    response
}

/// Refuses hosts that are not ours, and changes that another site asked for.
pub async fn guard(State(site): State<Site>, request: Request, next: Next) -> Response {
    if Ambiguous::is(&request) {
        return Failure::Status(StatusCode::BAD_REQUEST).into_response();
    }
    let origin = request.extensions().get::<Origin>();
    let scheme = origin.and_then(|origin| origin.scheme.clone());
    let host = origin.map(|origin| origin.host.clone()).unwrap_or_default();
    let hosts = &site.options().hosts;
    let health = request.uri().path().ends_with("/health/live")
        || request.uri().path().ends_with("/health/ready");
    if !hosts.is_empty() && !health && !hosts.iter().any(|known| is_host(known, &host)) {
        return Failure::Status(StatusCode::MISDIRECTED_REQUEST).into_response();
    }
    if !same_origin(request.method(), request.headers(), scheme.as_ref(), &host) {
        tracing::warn!("refused a change that another site asked for");
        return Failure::CrossOrigin.into_response();
    }
    next.run(request).await
}

/// Whether a host that was asked for is a configured one; a configured host without a port stands for any port.
fn is_host(known: &str, asked: &str) -> bool {
    let name = asked.rsplit_once(':').map_or(asked, |(name, port)| {
        if port.bytes().all(|digit| digit.is_ascii_digit()) {
            name
        } else {
            asked
        }
    });
    known.eq_ignore_ascii_case(asked) || known.eq_ignore_ascii_case(name)
}

/// Whether a request may change something (the scheme of Go 1.25's `CrossOriginProtection`): browsers say where
/// a request comes from, by `Sec-Fetch-Site` or `Origin`. Programs say neither; they pass if they send no cookie.
/// Where the scheme is known, a page of the same host with another one is another site.
pub fn same_origin(
    method: &Method,
    headers: &HeaderMap,
    scheme: Option<&Scheme>,
    host: &str,
) -> bool {
    if matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS) {
        return true;
    }
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    if let Some(site) = text("sec-fetch-site") {
        return site == "same-origin" || site == "none";
    }
    match text("origin") {
        Some(origin) => origin.split_once("://").is_some_and(|(by, from)| {
            !from.is_empty()
                && scheme.is_none_or(|scheme| scheme.as_str().eq_ignore_ascii_case(by))
                && strip_port(origin, from).eq_ignore_ascii_case(strip_port(origin, host))
        }),
        None => !headers.contains_key(header::COOKIE),
    }
}

/// A host without the usual port of the origin's scheme.
fn strip_port<'a>(origin: &str, host: &'a str) -> &'a str {
    let port = if origin.starts_with("https:") {
        ":443"
    } else {
        ":80"
    };
    host.strip_suffix(port).unwrap_or(host)
}

/// Ends requests that take too long.
pub async fn time_limit(request: Request, next: Next) -> Response {
    match tokio::time::timeout(TIME_LIMIT, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Failure::Status(StatusCode::SERVICE_UNAVAILABLE).into_response(),
    }
}

/// Whether a path leads to a page of this site: for `next` after logging in.
pub fn is_local(path: &str) -> bool {
    path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains('\\')
        && !path.chars().any(char::is_control)
        && !path.split(['/', '?']).any(|part| part == "..")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed(method: Method, pairs: &[(&'static str, &'static str)]) -> bool {
        let headers = pairs.iter().map(|(name, value)| {
            (
                HeaderName::from_static(name),
                HeaderValue::from_static(value),
            )
        });
        same_origin(&method, &headers.collect(), None, "desk.example:8080")
    }

    #[test]
    fn changes_come_from_our_own_pages() {
        assert!(allowed(Method::GET, &[("sec-fetch-site", "cross-site")]));
        assert!(allowed(
            Method::POST,
            &[("sec-fetch-site", "same-origin"), ("cookie", "a=b")]
        ));
        assert!(allowed(Method::POST, &[("sec-fetch-site", "none")]));
        assert!(!allowed(Method::POST, &[("sec-fetch-site", "same-site")]));
        assert!(!allowed(
            Method::POST,
            &[
                ("sec-fetch-site", "cross-site"),
                ("origin", "http://desk.example:8080")
            ]
        ));
        assert!(allowed(
            Method::POST,
            &[("origin", "http://desk.example:8080"), ("cookie", "a=b")]
        ));
        assert!(!allowed(Method::POST, &[("origin", "http://evil.example")]));
        assert!(!allowed(Method::DELETE, &[("origin", "null")]));
        assert!(allowed(Method::POST, &[]));
        assert!(!allowed(Method::POST, &[("cookie", "kartoteka=x")]));
    }

    #[test]
    fn the_usual_port_may_be_left_out() {
        let headers = |origin| {
            [(header::ORIGIN, HeaderValue::from_static(origin))]
                .into_iter()
                .collect()
        };
        assert!(same_origin(
            &Method::POST,
            &headers("https://desk.example"),
            None,
            "desk.example:443"
        ));
        assert!(!same_origin(
            &Method::POST,
            &headers("https://desk.example:444"),
            None,
            "desk.example"
        ));
    }

    #[test]
    fn another_scheme_is_another_site_where_ours_is_known() {
        let asked = |origin, scheme: Option<Scheme>| {
            let headers = [(header::ORIGIN, HeaderValue::from_static(origin))];
            let headers = headers.into_iter().collect();
            same_origin(&Method::POST, &headers, scheme.as_ref(), "desk.example")
        };
        assert!(!asked("https://desk.example", Some(Scheme::HTTP)));
        assert!(!asked("http://desk.example", Some(Scheme::HTTPS)));
        assert!(asked("https://desk.example", Some(Scheme::HTTPS)));
        assert!(asked("http://desk.example", Some(Scheme::HTTP)));
        assert!(asked("https://desk.example", None));
    }

    #[test]
    fn only_our_own_paths_are_followed() {
        for path in ["/", "/customers?search=a%20b", "/customer-users/a%2Fb"] {
            assert!(is_local(path), "{path}");
        }
        for path in [
            "",
            "//evil",
            "/\\evil",
            "http://evil",
            "/a\r\nb",
            "javascript:x",
            "/../x",
        ] {
            assert!(!is_local(path), "{path}");
        }
    }
}
