//! A request and the generation of the directory that it began with.

use std::convert::Infallible;
use std::sync::{Arc, PoisonError, RwLock};
use std::task::{Context, Poll};

use axum::Router;
use axum::extract::Request;
use axum::response::Response;
use futures::future::BoxFuture;
use tower::{Service, ServiceExt};

use crate::state::Site;

/// Serves each request by the directory as it looks when the request comes, to its end.
#[derive(Clone)]
pub struct Doors {
    site: Site,
    /// Makes the routes over one generation.
    routes: fn(Site) -> Router,
    /// The routes over the latest generation that somebody asked, by its number.
    latest: Arc<RwLock<(u64, Router)>>,
}

impl Doors {
    /// Serves a site by the routes that `routes` makes over each generation of its directory.
    pub fn new(site: Site, routes: fn(Site) -> Router) -> Self {
        let latest = (site.directory.generation(), routes(site.clone()));
        Self {
            site,
            routes,
            latest: Arc::new(RwLock::new(latest)),
        }
    }

    fn current(&self) -> Router {
        let directory = self.site.directory.current();
        let number = directory.generation();
        {
            let latest = self.latest.read().unwrap_or_else(PoisonError::into_inner);
            if latest.0 == number {
                return latest.1.clone();
            }
        }
        let made = (self.routes)(self.site.over(directory));
        let mut latest = self.latest.write().unwrap_or_else(PoisonError::into_inner);
        if latest.0 < number {
            *latest = (number, made.clone());
        }
        made
    }
}

impl Service<Request> for Doors {
    type Response = Response;
    type Error = Infallible;
    type Future = BoxFuture<'static, Result<Response, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request) -> Self::Future {
        Box::pin(self.current().oneshot(request))
    }
}
