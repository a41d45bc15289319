//! Where there is something to see.

use kartoteka_directory::{Actor, Kind, Maintenance, Result, Search, ValidFilter};

/// Addresses worth a look, with what is there.
pub fn places(people: &[String]) -> Vec<(String, &'static str)> {
    let mut places = vec![
        ("/".to_owned(), "what waits, what happened, what was open"),
        (
            "/customer-users".to_owned(),
            "tick a few people: deactivate them, change a field, take it back",
        ),
    ];
    if let Some(login) = people.first() {
        places.push((
            format!("/customer-users/{login}"),
            "who somebody is, what they have and why",
        ));
        places.push((
            format!("/customer-users/{login}/past"),
            "what they had ten days ago",
        ));
    }
    places.extend([
        (
            "/groups/VIP/permissions/who".to_owned(),
            "who has access, and why",
        ),
        ("/reviews".to_owned(), "a review that waits for you"),
        ("/journal".to_owned(), "thirty days, entry by entry"),
        ("/sources".to_owned(), "two sources side by side"),
    ]);
    places
}

/// The first people in the order of lists, for [`places`].
///
/// # Errors
/// When a source does not answer.
pub async fn first_people(directory: &Maintenance) -> Result<Vec<String>> {
    let search = Search {
        limit: 1,
        valid: ValidFilter::Valid,
        ..Search::default()
    };
    let found = directory
        .search(&Actor::operator(), Kind::CustomerUser, &search)
        .await?;
    Ok(found.rows.into_iter().map(|row| row.key).collect())
}
