//! The way back to a page that stands in for the answer to a form: such an answer can't be asked for again.

use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, header};
use tower::ServiceExt;

/// What stands at an address.
enum There {
    Page,
    /// Forms are sent there, and nothing can be looked at.
    Form,
    Nothing,
}

/// The page to lead back to: the one at the address, or, where forms are only sent to it, the one that it is below.
/// `/jobs/7/stop` is below `/jobs/7`, `/agents/ewa/password` below `/agents/ewa/edit`.
pub async fn page_of(routes: &Router, address: &str) -> String {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    if !matches!(there(routes, path).await, There::Form) {
        return address.to_owned();
    }
    let mut above = path;
    while let Some((shorter, _)) = above.rsplit_once('/') {
        above = shorter;
        for page in [above.to_owned(), format!("{above}/edit")] {
            if matches!(there(routes, &page).await, There::Page) {
                return page;
            }
        }
    }
    "/".to_owned()
}

async fn there(routes: &Router, path: &str) -> There {
    // No page answers this method: the answer says which ones it would, and nothing is done.
    let request = Request::builder().method(Method::TRACE).uri(path);
    let Ok(request) = request.body(Body::empty()) else {
        return There::Nothing;
    };
    let Ok(answer) = routes.clone().oneshot(request).await;
    let allowed = answer.headers().get(header::ALLOW);
    let allowed = allowed.and_then(|methods| methods.to_str().ok());
    match allowed {
        Some(methods) if methods.split(',').any(|method| method == "GET") => There::Page,
        Some(_) => There::Form,
        None => There::Nothing,
    }
}
