//! The days that a form asks for.

use kartoteka_access::Access;
use kartoteka_directory::{Error, FieldError};

use crate::context::Ctx;
use crate::failure::Failure;
use crate::input::Query;

/// A day, and the one to compare it with, as they were typed and as moments.
pub struct Days {
    pub day: String,
    pub until: String,
    pub errors: Vec<FieldError>,
    /// The end of the day, and of the other day or now; none while there is nothing to show.
    pub moments: Option<(i64, i64)>,
}

impl Days {
    pub async fn read(ctx: &Ctx, query: &Query) -> Result<Self, Failure> {
        let text = |name: &str| query.get(name).trim().to_owned();
        let mut days = Self {
            day: text("day"),
            until: text("until"),
            errors: Vec::new(),
            moments: None,
        };
        if days.day.is_empty() {
            return Ok(days);
        }
        let earlier = days.moment(ctx, "day", days.day.clone()).await?;
        let later = match days.until.is_empty() {
            true => Some(i64::MAX),
            false => days.moment(ctx, "until", days.until.clone()).await?,
        };
        days.moments = earlier.zip(later);
        Ok(days)
    }

    /// The end of a day in the zone in which pages show times; what is wrong is noted.
    async fn moment(
        &mut self,
        ctx: &Ctx,
        field: &str,
        text: String,
    ) -> Result<Option<i64>, Failure> {
        let zone = &ctx.site.options().time_zone;
        match Access::of(&ctx.directory).moment(field, &text, zone).await {
            Ok(moment) => Ok(Some(moment)),
            Err(Error::Invalid(errors)) => {
                self.errors.extend(errors);
                Ok(None)
            }
            Err(error) => Err(error.into()),
        }
    }
}
