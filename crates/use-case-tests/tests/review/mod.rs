//! Access reviews on three engines: what they take in, who may decide, what signing off does and what is kept.

mod decided;
mod kept;
mod limits;
mod meanwhile;
mod taken_in;

use kartoteka_access::{Access, Wanted};
use kartoteka_directory::{Actor, Error, Role};
use kartoteka_model::access::Context;
use kartoteka_reviews::{Decide, Decision, ItemFilter, ItemPage, Review, Reviews, Subject};
use kartoteka_testbed::Engine;

use crate::access::world::World;

pub fn person(login: &str, group: &str, permission: &str, given: bool) -> Wanted {
    Wanted::PersonGroup {
        login: login.into(),
        group: group.into(),
        permission: permission.into(),
        given,
    }
}

pub fn customer(id: &str, group: &str, permission: &str, given: bool) -> Wanted {
    Wanted::CustomerGroup {
        customer: id.into(),
        group: group.into(),
        permission: permission.into(),
        context: Context::Same,
        given,
    }
}

pub fn further(login: &str, id: &str, given: bool) -> Wanted {
    Wanted::Customer {
        login: login.into(),
        customer: id.into(),
        given,
    }
}

pub fn editor(login: &str) -> Actor {
    Actor::agent(1, login, Role::Editor)
}

pub fn group(name: &str) -> Subject {
    Subject::Group(name.into())
}

/// Gives and takes for real.
pub async fn relate(world: &World, wanted: Vec<Wanted>) {
    let actor = World::actor();
    let plan = Access::of(&world.directory).plan_relations_of_anybody(&actor, wanted);
    let plan = plan.await.unwrap();
    Access::of(&world.directory)
        .apply_relations(plan)
        .await
        .unwrap();
}

/// A world in which `support` is given to `ACME` and `Łódź-1`, and to `anna` and `celina` themselves.
pub async fn given(engine: Engine) -> World {
    let world = World::on(engine).await;
    let wanted = vec![
        customer("ACME", "support", "ro", true),
        customer("Łódź-1", "support", "rw", true),
        person("anna", "support", "ro", true),
        person("anna", "support", "create", true),
        person("celina", "support", "rw", true),
        further("celina", "ACME", true),
    ];
    relate(&world, wanted).await;
    world
}

pub async fn start(world: &World, subject: Subject) -> Review {
    let plan = Reviews::of(&world.directory)
        .plan_review(&World::actor(), subject)
        .await;
    let plan = plan.unwrap();
    assert!(plan.errors.is_empty(), "{:?}", plan.errors);
    Reviews::of(&world.directory)
        .start_review(plan, " roczny ")
        .await
        .unwrap()
}

pub async fn items(world: &World, review: i64, search: &str) -> ItemPage {
    let filter = ItemFilter {
        search: search.into(),
        ..ItemFilter::default()
    };
    let actor = World::actor();
    let page = Reviews::of(&world.directory).review_items(&actor, review, &filter, None, 50);
    page.await.unwrap()
}

/// The items, each as `holder what`.
pub async fn listed(world: &World, review: i64) -> Vec<String> {
    let page = items(world, review, "").await;
    let text = |item: &kartoteka_reviews::ReviewItem| {
        use kartoteka_directory::Relation;
        let what = match &item.relation {
            Relation::CustomerGroup {
                group,
                permission,
                context,
                ..
            } => format!("{group} {permission} {}", context.name()),
            Relation::PersonGroup {
                group, permission, ..
            } => format!("{group} {permission}"),
            Relation::Customer { customer, .. } => format!("of {customer}"),
            Relation::Service { .. } => String::new(),
        };
        format!("{} {what}", item.holder())
    };
    page.items.iter().map(text).collect()
}

/// Decides on items by their numbers: in `support` 1 is `ACME`, 2 `Łódź-1`, 3 and 4 are `anna`, 5 is `celina`.
pub async fn decide(
    world: &World,
    actor: &Actor,
    review: i64,
    numbers: &[i64],
    decision: Decision,
) {
    let wanted = numbers.iter().map(|item| Decide {
        item: *item,
        decision,
        comment: None,
        version: None,
    });
    let decided = Reviews::of(&world.directory).decide(actor, review, wanted.collect());
    decided.await.unwrap();
}

pub async fn decide_rest(world: &World, review: i64, decision: Decision) {
    let filter = ItemFilter {
        decision: Some(Decision::Undecided),
        ..ItemFilter::default()
    };
    let actor = World::actor();
    let done = Reviews::of(&world.directory).decide_all(&actor, review, &filter, decision, None);
    done.await.unwrap();
}

pub async fn sign_off(world: &World, actor: &Actor, review: i64) -> Result<Review, Error> {
    let plan = Reviews::of(&world.directory)
        .plan_sign_off(actor, review)
        .await?;
    Reviews::of(&world.directory).sign_off(plan, None, "").await
}

/// What is wrong, as `field code`.
pub fn codes(errors: &[kartoteka_directory::FieldError]) -> Vec<String> {
    let one = |error: &kartoteka_directory::FieldError| {
        format!("{} {}", error.field, error.problem.code())
    };
    errors.iter().map(one).collect()
}

pub fn refusal(refused: Result<impl std::fmt::Debug, Error>) -> Vec<String> {
    match refused {
        Err(Error::Invalid(errors)) => codes(&errors),
        other => panic!("{other:?}"),
    }
}
