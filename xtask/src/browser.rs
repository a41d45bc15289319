use std::{
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

use crate::pause::pause;

const WEBDRIVER: &str = "KARTOTEKA_TEST_WEBDRIVER";
const TIMEOUT: Duration = Duration::from_secs(30);

/// A chromedriver on a free port of the loopback address. Dropping it closes its browsers and ends it.
#[derive(Debug)]
pub struct Browser {
    driver: Child,
    /// Ends the driver when we are killed.
    watchdog: Option<Child>,
    port: u16,
}

/// Waits until its input closes, then ends the process that it was told.
const WATCHDOG: &str = "trap '' INT TERM HUP; read -r _; kill \"$1\"";

impl Browser {
    /// Starts it and waits until it answers. Another process may take the port in between, so it has three tries.
    ///
    /// # Errors
    /// When it isn't installed, ends, or doesn't answer within half a minute.
    pub fn start() -> Result<Self> {
        let mut tries = 3;
        loop {
            tries -= 1;
            match Self::try_start() {
                Err(_) if tries > 0 => {}
                result => return result,
            }
        }
    }

    fn try_start() -> Result<Self> {
        let port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
        let driver = Command::new("chromedriver")
            .arg(format!("--port={port}"))
            .arg("--log-level=SEVERE")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .spawn()
            .context("can't start chromedriver")?;
        let mut browser = Self {
            driver,
            watchdog: None,
            port,
        };
        let watchdog = Command::new("sh")
            .args(["-c", WATCHDOG, "sh", &browser.driver.id().to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .context("can't start sh")?;
        browser.watchdog = Some(watchdog);
        let started = Instant::now();
        while browser
            .get("/status")
            .is_none_or(|answer| !answer.contains("200"))
        {
            if let Some(status) = browser.driver.try_wait()? {
                bail!("chromedriver ended at once ({status})");
            }
            if started.elapsed() > TIMEOUT {
                bail!("chromedriver doesn't answer on port {port}");
            }
            pause();
        }
        Ok(browser)
    }

    /// Tells a command where it is.
    pub fn name_to<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        command.env(WEBDRIVER, format!("http://127.0.0.1:{}", self.port))
    }

    /// The first line of the answer.
    fn get(&self, path: &str) -> Option<String> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).ok()?;
        stream.set_read_timeout(Some(Duration::from_secs(5))).ok()?;
        let host = format!("127.0.0.1:{}", self.port);
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
        )
        .ok()?;
        let mut start = [0; 64];
        let length = stream.read(&mut start).ok()?;
        let text = String::from_utf8_lossy(&start[..length]);
        text.lines().next().map(str::to_owned)
    }
}

impl Browser {
    /// Asked to shut down it closes browsers that tests left open; killed it wouldn't.
    fn shut_down(&mut self) {
        if self.get("/shutdown").is_some() {
            let asked = Instant::now();
            while asked.elapsed() < Duration::from_secs(5) {
                if !matches!(self.driver.try_wait(), Ok(None)) {
                    return;
                }
                pause();
            }
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // The watchdog first: once the driver has ended, its number may be another's.
        if let Some(watchdog) = &mut self.watchdog {
            let _ = watchdog.kill();
            let _ = watchdog.wait();
        }
        self.shut_down();
    }
}
