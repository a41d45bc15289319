use super::{Durability, Place, StartError, StopBy, start_mariadb, start_mysql, start_postgres};
use crate::Engine;

/// A server of one test's own that can go away and come back: it keeps what it acknowledged, and its address.
#[derive(Debug)]
pub struct Stoppable {
    place: Place,
    engine: Engine,
    address: String,
}

impl Stoppable {
    /// Starts one; none for SQLite, which has no server.
    ///
    /// # Errors
    /// When it can't be started; the message says what to install.
    pub fn start(engine: Engine) -> Result<Option<Self>, StartError> {
        let mut place = Place::new_for_again()?;
        let address = launch(engine, &mut place)?;
        Ok(address.map(|address| Self {
            place,
            engine,
            address,
        }))
    }

    /// Which engine it is.
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// Its address without a database's name.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Ends it in the middle of whatever it does.
    ///
    /// # Errors
    /// When it can't be ended.
    pub fn stop(&mut self) -> Result<(), StartError> {
        self.place.end(match self.engine {
            // It would leave its children behind.
            Engine::Postgres => StopBy::Quit,
            _ => StopBy::Kill,
        })
    }

    /// Starts it again, with what it had acknowledged.
    ///
    /// # Errors
    /// When it can't be started, or somebody took its port meanwhile.
    pub fn start_again(&mut self) -> Result<(), StartError> {
        let address = launch(self.engine, &mut self.place)?.unwrap_or_default();
        if address == self.address {
            return Ok(());
        }
        Err(StartError::Failed {
            program: "the server".into(),
            reason: format!("came back at {address}, not at {}", self.address),
            log: String::new(),
        })
    }

    /// Holds it up: connections stay, and nothing is answered.
    ///
    /// # Errors
    /// When it can't be held up.
    pub fn freeze(&mut self) -> Result<(), StartError> {
        self.place.freeze()
    }

    /// Lets it go on.
    ///
    /// # Errors
    /// When it can't go on.
    pub fn thaw(&mut self) -> Result<(), StartError> {
        self.place.thaw()
    }
}

fn launch(engine: Engine, place: &mut Place) -> Result<Option<String>, StartError> {
    let start = match engine {
        Engine::Sqlite => return Ok(None),
        Engine::Postgres => start_postgres,
        Engine::Mariadb => start_mariadb,
        Engine::Mysql => start_mysql,
    };
    start(place, Durability::On).map(Some)
}
