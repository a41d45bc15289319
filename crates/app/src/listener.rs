//! Connections: not more than the machine bears, and none that only waits.

use std::collections::HashMap;
use std::io::{Error, ErrorKind, Result};
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::serve::{IncomingStream, Listener};
use ipnet::IpNet;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, Sleep, sleep};

use crate::heads::{Heads, Verdict};

/// The most connections at a time; more wait in the queue of the operating system.
const MOST: usize = 1024;

/// The most connections of one address at a time, so that no one takes all; an IPv6 network of 64 bits counts as one
/// address. Trusted proxies may have more, as many people stand behind them.
const MOST_OF_ONE: usize = 256;

/// A connection is closed when nothing came and nothing went for so long. Longer than any request may take.
const IDLE: Duration = Duration::from_secs(75);

/// A connection is closed when a request's head has not come in whole by then.
const HEAD: Duration = Duration::from_secs(15);

/// How long a connection that ends waits for what the client still sends, lest it miss the answer.
const LINGER: Duration = Duration::from_secs(2);

/// What a connection may do.
#[derive(Debug, Clone, Copy)]
struct Limits {
    of_one: usize,
    idle: Duration,
    head: Duration,
}

/// Accepts connections within bounds.
pub struct Bounded {
    listener: TcpListener,
    places: Arc<Semaphore>,
    guests: Guests,
    trusted: Vec<IpNet>,
    limits: Limits,
}

impl Bounded {
    pub fn new(listener: TcpListener, trusted: Vec<IpNet>) -> Self {
        Self {
            listener,
            places: Arc::new(Semaphore::new(MOST)),
            guests: Guests::default(),
            trusted,
            limits: Limits {
                of_one: MOST_OF_ONE,
                idle: IDLE,
                head: HEAD,
            },
        }
    }

    /// The place of a connection from this address; none if there are too many already.
    fn admit(&self, address: IpAddr) -> Option<Option<Guest>> {
        let address = address.to_canonical();
        if self
            .trusted
            .iter()
            .any(|network| network.contains(&address))
        {
            return Some(None);
        }
        self.guests.admit(address, self.limits.of_one).map(Some)
    }
}

impl Listener for Bounded {
    type Io = Connection;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Connection, SocketAddr) {
        // The semaphore is never closed; without a place there would be no bound, but still service.
        let place = self.places.clone().acquire_owned().await.ok();
        loop {
            let (stream, peer) = Listener::accept(&mut self.listener).await;
            let Some(guest) = self.admit(peer.ip()) else {
                tracing::debug!(%peer, "closed: too many connections from this address");
                continue;
            };
            if let Err(error) = stream.set_nodelay(true) {
                tracing::trace!(%error, "no TCP_NODELAY");
            }
            return (Connection::new(stream, self.limits, (place, guest)), peer);
        }
    }

    fn local_addr(&self) -> Result<SocketAddr> {
        self.listener.local_addr()
    }
}

/// How many connections each address has.
#[derive(Debug, Clone, Default)]
struct Guests(Arc<Mutex<HashMap<IpAddr, usize>>>);

impl Guests {
    fn admit(&self, address: IpAddr, most: usize) -> Option<Guest> {
        let address = match address {
            // Whoever has one address of such a network has them all.
            IpAddr::V6(address) => Ipv6Addr::from(u128::from(address) >> 64 << 64).into(),
            v4 => v4,
        };
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = all.entry(address).or_default();
        if *count >= most {
            return None;
        }
        *count += 1;
        Some(Guest {
            guests: self.clone(),
            address,
        })
    }
}

/// One connection of an address; it counts until dropped.
#[derive(Debug)]
struct Guest {
    guests: Guests,
    address: IpAddr,
}

impl Drop for Guest {
    fn drop(&mut self) {
        let mut all = self.guests.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = all.get_mut(&self.address) {
            *count -= 1;
            if *count == 0 {
                all.remove(&self.address);
            }
        }
    }
}

/// Whose connection it is, and what was seen on it.
#[derive(Debug, Clone)]
pub struct Peer {
    pub address: SocketAddr,
    pub verdict: Verdict,
}

impl axum::extract::connect_info::Connected<IncomingStream<'_, Bounded>> for Peer {
    fn connect_info(stream: IncomingStream<'_, Bounded>) -> Self {
        Self {
            address: *stream.remote_addr(),
            verdict: stream.io().heads.verdict(),
        }
    }
}

/// A connection that ends when it was silent for too long, or took too long to say what it wants.
pub struct Connection {
    stream: TcpStream,
    limits: Limits,
    silence: Pin<Box<Sleep>>,
    heads: Heads,
    /// Until when the head has to be there that is coming.
    head: Option<Pin<Box<Sleep>>>,
    lingering: Option<Pin<Box<Sleep>>>,
    _places: (Option<OwnedSemaphorePermit>, Option<Guest>),
}

impl Connection {
    fn new(
        stream: TcpStream,
        limits: Limits,
        places: (Option<OwnedSemaphorePermit>, Option<Guest>),
    ) -> Self {
        Self {
            stream,
            limits,
            silence: Box::pin(sleep(limits.idle)),
            heads: Heads::new(),
            head: Some(Box::pin(sleep(limits.head))),
            lingering: None,
            _places: places,
        }
    }

    fn heard(&mut self) {
        let end = Instant::now() + self.limits.idle;
        self.silence.as_mut().reset(end);
    }

    /// Whether it has been silent, or a head has been coming, for too long.
    fn is_late(&mut self, cx: &mut Context<'_>) -> bool {
        let head = self.head.as_mut();
        head.is_some_and(|head| head.as_mut().poll(cx).is_ready())
            || self.silence.as_mut().poll(cx).is_ready()
    }
}

impl AsyncRead for Connection {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<Result<()>> {
        let late = || Poll::Ready(Err(Error::from(ErrorKind::TimedOut)));
        let before = buf.filled().len();
        match Pin::new(&mut self.stream).poll_read(cx, buf) {
            Poll::Ready(outcome) => {
                self.heard();
                self.heads.feed(&buf.filled()[before..]);
                if !self.heads.is_coming() {
                    self.head = None;
                } else if self.head.is_none() {
                    self.head = Some(Box::pin(sleep(self.limits.head)));
                } else if self.is_late(cx) {
                    return late();
                }
                Poll::Ready(outcome)
            }
            Poll::Pending if self.is_late(cx) => late(),
            Poll::Pending => Poll::Pending,
        }
    }
}

impl AsyncWrite for Connection {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<Result<usize>> {
        let outcome = Pin::new(&mut self.stream).poll_write(cx, buf);
        if outcome.is_ready() {
            self.heard();
        }
        outcome
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<()>> {
        let this = &mut *self;
        if this.lingering.is_none() {
            ready!(Pin::new(&mut this.stream).poll_shutdown(cx))?;
            if !this.heads.is_open() {
                return Poll::Ready(Ok(()));
            }
        }
        // Closing over bytes that nobody read resets the connection, and the answer may be lost with it.
        let lingering = this
            .lingering
            .get_or_insert_with(|| Box::pin(sleep(LINGER)));
        let mut waste = [0; 4096];
        while lingering.as_mut().poll(cx).is_pending() {
            let mut waste = ReadBuf::new(&mut waste);
            ready!(Pin::new(&mut this.stream).poll_read(cx, &mut waste))?;
            if waste.filled().is_empty() {
                break;
            }
        }
        Poll::Ready(Ok(()))
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[std::io::IoSlice<'_>],
    ) -> Poll<Result<usize>> {
        let outcome = Pin::new(&mut self.stream).poll_write_vectored(cx, bufs);
        if outcome.is_ready() {
            self.heard();
        }
        outcome
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    async fn bounded(change: impl FnOnce(&mut Limits)) -> (Bounded, SocketAddr) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let mut bounded = Bounded::new(listener, vec!["127.0.0.9/32".parse().unwrap()]);
        change(&mut bounded.limits);
        (bounded, address)
    }

    #[tokio::test]
    async fn a_silent_connection_ends() {
        let (mut bounded, address) =
            bounded(|limits| limits.idle = Duration::from_millis(50)).await;
        let _client = TcpStream::connect(address).await.unwrap();
        let (mut connection, _) = Listener::accept(&mut bounded).await;
        let error = connection.read(&mut [0; 8]).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::TimedOut);
    }

    #[tokio::test]
    async fn a_head_that_comes_byte_by_byte_ends() {
        let (mut bounded, address) =
            bounded(|limits| limits.head = Duration::from_millis(200)).await;
        let mut client = TcpStream::connect(address).await.unwrap();
        let drip = tokio::spawn(async move {
            while client.write_all(b"x").await.is_ok() {
                sleep(Duration::from_millis(5)).await;
            }
        });
        let (mut connection, _) = Listener::accept(&mut bounded).await;
        let mut buffer = [0; 8];
        let error = loop {
            match connection.read(&mut buffer).await {
                Ok(_) => {}
                Err(error) => break error,
            }
        };
        assert_eq!(error.kind(), ErrorKind::TimedOut);
        drop(connection);
        drip.await.unwrap();
    }

    #[tokio::test]
    async fn a_body_may_come_slower_than_a_head() {
        let (mut bounded, address) =
            bounded(|limits| limits.head = Duration::from_millis(100)).await;
        let mut client = TcpStream::connect(address).await.unwrap();
        let head = b"POST / HTTP/1.1\r\nContent-Length: 1\r\n\r\n";
        client.write_all(head).await.unwrap();
        let (mut connection, _) = Listener::accept(&mut bounded).await;
        connection.read_exact(&mut [0; 38]).await.unwrap();
        sleep(Duration::from_millis(300)).await;
        client.write_all(b"x").await.unwrap();
        assert_eq!(connection.read(&mut [0; 8]).await.unwrap(), 1);
    }

    #[tokio::test]
    async fn no_address_takes_more_than_its_places() {
        let (bounded, _) = bounded(|limits| limits.of_one = 2).await;
        let admit = |address: &str| bounded.admit(address.parse().unwrap());
        let first = admit("192.0.2.1");
        let _second = admit("::ffff:192.0.2.1");
        assert!(first.is_some() && admit("192.0.2.1").is_none());
        assert!(admit("192.0.2.2").is_some());
        drop(first);
        assert!(admit("192.0.2.1").is_some());
        let _v6 = (admit("2001:db8::1"), admit("2001:db8::2"));
        assert!(admit("2001:db8::3").is_none() && admit("2001:db8:0:1::3").is_some());
        let _proxied: Vec<_> = (0..5).map(|_| admit("127.0.0.9").unwrap()).collect();
        assert_eq!(bounded.guests.0.lock().unwrap().len(), 2);
    }
}
