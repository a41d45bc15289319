//! Everything that was refused or failed before or instead of a page.

use std::any::Any;
use std::sync::Arc;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kartoteka_directory::Error;

/// Why a request got no page. Handlers pass it on with `?`; whatever is around them turns it into a page.
#[derive(Debug, Clone)]
pub enum Failure {
    /// A use case refused or failed.
    Directory(Arc<Error>),
    /// Nobody is logged in: on to the log-in page.
    LogIn,
    /// Another site asked for a change.
    CrossOrigin,
    /// The request itself is wrong.
    Status(StatusCode),
    /// A defect; the cause is for the log.
    Internal(String),
}

impl Failure {
    /// A defect, with its cause.
    pub fn internal(cause: impl std::fmt::Display) -> Self {
        Self::Internal(cause.to_string())
    }

    /// Whether the cursor of a page is what is wrong.
    pub fn is_of_cursor(&self) -> bool {
        matches!(self, Self::Directory(error) if error.is_of_cursor())
    }

    /// The status of the response.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::Status(status) => *status,
            Self::LogIn => StatusCode::SEE_OTHER,
            Self::CrossOrigin => StatusCode::FORBIDDEN,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Directory(error) => match error.as_ref() {
                Error::NotFound { .. } | Error::Unknown { .. } => StatusCode::NOT_FOUND,
                Error::Forbidden { .. } | Error::ReadOnly { .. } => StatusCode::FORBIDDEN,
                Error::Invalid(_) | Error::Syntax(_) | Error::WrongCredentials => {
                    StatusCode::UNPROCESSABLE_ENTITY
                }
                Error::PasswordDue => StatusCode::SEE_OTHER,
                Error::Conflict(_) => StatusCode::CONFLICT,
                Error::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
                Error::Busy { .. } | Error::Unavailable { .. } => StatusCode::SERVICE_UNAVAILABLE,
                Error::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
            },
        }
    }

    /// Writes the cause to the log, once.
    pub fn log(&self) {
        use std::error::Error as _;
        match self {
            Self::Internal(cause) => tracing::error!(%cause, "a defect"),
            Self::Directory(error) => match error.as_ref() {
                Error::Internal(cause) => {
                    tracing::error!(cause = %chain(cause.as_ref()), "internal error")
                }
                Error::Unavailable { source_id, cause } => {
                    tracing::warn!(source = %source_id, cause = %chain(cause.as_ref()), "unavailable");
                }
                error => {
                    tracing::debug!(%error, source = error.source().map(tracing::field::display), "refused")
                }
            },
            _ => {}
        }
    }
}

/// An error with all its causes.
pub fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Directory(Arc::new(error))
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// No such page.
pub async fn not_found() -> Failure {
    Failure::Status(StatusCode::NOT_FOUND)
}

/// The page is there, but not with this method.
pub async fn method_not_allowed() -> Failure {
    Failure::Status(StatusCode::METHOD_NOT_ALLOWED)
}

/// What a panic turns into.
pub fn panicked(panic: Box<dyn Any + Send + 'static>) -> Response {
    let text = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied());
    Failure::Internal(format!("panic: {}", text.unwrap_or("of unknown kind"))).into_response()
}
