use super::{Durability, Place, StartError, StopBy, start_mariadb, start_postgres};
use crate::Engine;

/// A server of one test's own that can go away and come back: it keeps what it acknowledged, and its address.
#[derive(Debug)]
pub struct Stoppable {
    place: Place,
    kind: Kind,
    address: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Postgres,
    Mariadb,
}

impl Stoppable {
    /// Starts one; none for SQLite, which has no server.
    ///
    /// # Errors
    /// When it can't be started; the message says what to install.
    pub fn start(engine: Engine) -> Result<Option<Self>, StartError> {
        let kind = match engine {
            Engine::Sqlite => return Ok(None),
            Engine::Postgres => Kind::Postgres,
            Engine::Mariadb => Kind::Mariadb,
        };
        let mut place = Place::new_for_again()?;
        let address = launch(kind, &mut place)?;
        Ok(Some(Self {
            place,
            kind,
            address,
        }))
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
        self.place.end(match self.kind {
            Kind::Postgres => StopBy::Quit,
            Kind::Mariadb => StopBy::Kill,
        })
    }

    /// Starts it again, with what it had acknowledged.
    ///
    /// # Errors
    /// When it can't be started, or somebody took its port meanwhile.
    pub fn start_again(&mut self) -> Result<(), StartError> {
        let address = launch(self.kind, &mut self.place)?;
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
        self.place.signal("STOP", true)
    }

    /// Lets it go on.
    ///
    /// # Errors
    /// When it can't go on.
    pub fn thaw(&mut self) -> Result<(), StartError> {
        self.place.signal("CONT", true)
    }
}

fn launch(kind: Kind, place: &mut Place) -> Result<String, StartError> {
    match kind {
        Kind::Postgres => start_postgres(place, Durability::On),
        Kind::Mariadb => start_mariadb(place, Durability::On),
    }
}
