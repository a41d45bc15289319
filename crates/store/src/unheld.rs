//! Asking for texts that a database of a narrow encoding can't hold: nothing in it equals them.

use futures::future::BoxFuture;

use crate::db::{Arg, Db, Engine, TextRow};
use crate::error::StoreError;
use crate::writer::{beside_save, is_saving};

/// In no key and no name: control characters are refused everywhere.
const NOTHING: &str = "\u{1}";

/// Makes MariaDB compare in the encoding of the value. It reads the whole table then, so it is not how it begins.
const WIDE: &str = "(CONVERT(? USING utf8mb4) COLLATE utf8mb4_unicode_ci)";

impl Db {
    /// The rows that a statement answers; all its columns must be texts (see [`Engine::as_text`]).
    ///
    /// Boxed, as all statements are: everything that Kartoteka does ends in one, and whoever waits for it would carry it
    /// along, up to the request.
    pub fn fetch<'a>(
        &'a self,
        sql: &'a str,
        args: &'a [Arg],
    ) -> BoxFuture<'a, Result<Vec<TextRow>, StoreError>> {
        Box::pin(self.fetch_what_is_held(sql, args))
    }

    async fn fetch_what_is_held(
        &self,
        sql: &str,
        args: &[Arg],
    ) -> Result<Vec<TextRow>, StoreError> {
        if self.engine() == Engine::Postgres && is_saving() {
            // A statement that is refused would end the transaction that a save has open.
            let held = self.held(args).await?;
            return self.fetch_as_it_is(sql, &held).await;
        }
        let refused = match self.fetch_as_it_is(sql, args).await {
            Err(StoreError::NotHeld(refused)) => refused,
            answered => return answered,
        };
        match self.engine() {
            Engine::MySql => self.fetch_as_it_is(&sql.replace('?', WIDE), args).await,
            Engine::Postgres => {
                let held = self.held(args).await?;
                self.fetch_as_it_is(sql, &held).await
            }
            Engine::Sqlite => Err(StoreError::NotHeld(refused)),
        }
    }

    /// Values of which those that can't be held are replaced by what equals nothing.
    async fn held(&self, args: &[Arg]) -> Result<Vec<Arg>, StoreError> {
        let mut held = vec![];
        for arg in args {
            held.push(match arg {
                Arg::Text(text) if !self.takes_text(text).await? => NOTHING.into(),
                arg => arg.clone(),
            });
        }
        Ok(held)
    }

    /// Whether the encoding of a database on PostgreSQL has all characters of a text.
    pub(crate) async fn takes_text(&self, text: &str) -> Result<bool, StoreError> {
        // NUL is in no encoding there.
        if text.is_ascii() || (!text.contains('\0') && self.is_wide().await?) {
            return Ok(true);
        }
        let args = [text.into()];
        match beside_save(self.fetch_as_it_is("SELECT CAST(? AS TEXT)", &args)).await {
            Ok(_) => Ok(true),
            Err(StoreError::NotHeld(_)) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Whether a database on PostgreSQL has all characters there are, which stays as it is.
    fn is_wide(&self) -> BoxFuture<'_, Result<bool, StoreError>> {
        let ask = || async {
            let sql = "SELECT current_setting('server_encoding')";
            let rows = beside_save(self.fetch_as_it_is(sql, &[])).await?;
            Ok(rows.first().is_some_and(|row| row.text(0) == "UTF8"))
        };
        Box::pin(async move { self.wide().get_or_try_init(ask).await.copied() })
    }
}
