//! As much HTTP/1.1 as WebDriver and REST need.

use std::io::{Error, ErrorKind, Result};
use std::time::Duration;

use serde_json::Value;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// Longer than a driver takes to start a browser on a machine that is busy.
const DRIVER_TIMEOUT: Duration = Duration::from_secs(120);

/// Sends a command to `127.0.0.1:PORT` and gives the status and the answer's JSON.
pub async fn send(address: &str, method: &str, path: &str, body: &Value) -> Result<(u16, Value)> {
    timeout(DRIVER_TIMEOUT, exchange(address, method, path, "", body)).await?
}

/// The same with a token of REST.
pub async fn send_with(
    token: &str,
    address: &str,
    method: &str,
    path: &str,
    body: &Value,
) -> Result<(u16, Value)> {
    let header = format!("Authorization: Bearer {token}\r\n");
    timeout(
        DRIVER_TIMEOUT,
        exchange(address, method, path, &header, body),
    )
    .await?
}

async fn exchange(
    address: &str,
    method: &str,
    path: &str,
    header: &str,
    body: &Value,
) -> Result<(u16, Value)> {
    let mut stream = BufReader::new(TcpStream::connect(address).await?);
    let body = match method {
        "POST" => body.to_string(),
        _ => String::new(),
    };
    let length = body.len();
    let request = format!(
        "{method} {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n{header}\
         Content-Type: application/json; charset=utf-8\r\nContent-Length: {length}\r\n\r\n{body}"
    );
    stream.write_all(request.as_bytes()).await?;
    let mut line = String::new();
    stream.read_line(&mut line).await?;
    let status = line
        .split(' ')
        .nth(1)
        .and_then(|status| status.parse().ok());
    let status = status.ok_or(ErrorKind::InvalidData)?;
    let mut length = 0;
    loop {
        line.clear();
        stream.read_line(&mut line).await?;
        let Some((name, value)) = line.split_once(':') else {
            break;
        };
        if name.eq_ignore_ascii_case("content-length") {
            length = value.trim().parse().map_err(Error::other)?;
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await?;
    Ok((status, serde_json::from_slice(&body)?))
}
