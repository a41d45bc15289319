//! Serving over HTTP until somebody asks to stop: what `demo` and `serve` share.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use axum::ServiceExt;
use axum::extract::{ConnectInfo, Request};
use axum::http::{HeaderValue, header};
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use kartoteka_directory::Maintenance;
use kartoteka_jobs::Worker;
use kartoteka_settings::Settings;
use kartoteka_web::{Ambiguous, WebOptions};
use metrics_exporter_prometheus::PrometheusBuilder;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::listener::{Bounded, Peer};

/// How long requests in progress may take once the program is to stop.
const GRACE: Duration = Duration::from_secs(10);

/// How long closing the databases may take.
const CLOSING: Duration = Duration::from_secs(5);

/// How often old measurements are summed up.
const UPKEEP: Duration = Duration::from_secs(5);

/// The steps of the histogram of request times, in seconds.
const STEPS: [f64; 10] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1.0, 5.0];

/// Takes the address to listen on.
///
/// # Errors
/// When it is taken, or is not one of this machine.
pub async fn bind(address: SocketAddr) -> anyhow::Result<TcpListener> {
    let remedy =
        "another program may listen there: choose another with --listen, port 0 takes a free one";
    TcpListener::bind(address)
        .await
        .with_context(|| format!("could not listen on {address}; {remedy}"))
}

/// What the first line on standard output says.
///
/// # Errors
/// When the system does not say where it listens.
pub fn address(listener: &TcpListener) -> anyhow::Result<String> {
    Ok(format!(
        "http://{}",
        listener.local_addr().context("the address is not known")?
    ))
}

/// Serves until stopped; then finishes requests and closes the directory.
///
/// # Errors
/// When serving fails.
pub async fn serve(
    directory: Maintenance,
    listener: TcpListener,
    stop: CancellationToken,
) -> anyhow::Result<()> {
    let options = options(directory.settings())?;
    let proxies = options.trusted_proxies.clone();
    let app = kartoteka_web::router(directory.directory(), options);
    let jobs = directory.clone();
    tokio::spawn(async move { Worker::of(&jobs).work_on_jobs().await });
    let listener = Bounded::new(listener, proxies);
    let app = app.layer(from_fn(introduce));
    let service = ServiceExt::<Request>::into_make_service_with_connect_info::<Peer>(app);
    let stopped = stop.clone();
    let serving = axum::serve(listener, service).with_graceful_shutdown(stopped.cancelled_owned());
    let out_of_time = async {
        stop.cancelled().await;
        tokio::time::sleep(GRACE).await;
    };
    let outcome = tokio::select! {
        outcome = serving => outcome.context("serving failed"),
        () = out_of_time => {
            tracing::warn!("requests in progress were cut off after {} s", GRACE.as_secs());
            Ok(())
        }
    };
    close(&directory).await;
    tracing::info!("stopped");
    outcome
}

/// Says of a request what its connection knows. Only the first body in chunks is followed on a connection.
async fn introduce(mut request: Request, next: Next) -> Response {
    if let Some(ConnectInfo(peer)) = request.extensions_mut().remove::<ConnectInfo<Peer>>() {
        if peer.verdict.next() {
            request.extensions_mut().insert(Ambiguous);
        }
        request.extensions_mut().insert(ConnectInfo(peer.address));
    }
    let chunks = request.headers().contains_key(header::TRANSFER_ENCODING);
    let mut response = next.run(request).await;
    if chunks {
        response
            .headers_mut()
            .insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    response
}

/// Closes the directory, within bounds.
pub async fn close(directory: &Maintenance) {
    if tokio::time::timeout(CLOSING, directory.close())
        .await
        .is_err()
    {
        tracing::warn!("the databases did not close in time");
    }
}

fn options(settings: &Settings) -> anyhow::Result<WebOptions> {
    let server = &settings.server;
    let recorder = PrometheusBuilder::new()
        .set_buckets(&STEPS)?
        .install_recorder();
    let metrics = recorder.context("metrics could not be started")?;
    let upkeep = metrics.clone();
    tokio::spawn(async move {
        loop {
            tokio::time::sleep(UPKEEP).await;
            upkeep.run_upkeep();
        }
    });
    Ok(WebOptions {
        base_path: server.base_path.clone(),
        trusted_proxies: server.trusted_proxies.clone(),
        hosts: server.allowed_hosts.clone().unwrap_or_default(),
        metrics: Some(Arc::new(move || metrics.render())),
        ..WebOptions::default()
    })
}
