//! What a review begins with.

use kartoteka_access::{Access, SettingsWanted};
use kartoteka_directory::{Error, Kind};
use kartoteka_model::access::{Belonging, Why};
use kartoteka_reviews::{OtherAccessReason, OtherGrant, Reviews, Subject};
use kartoteka_testbed::Engine;
use serde_json::json;

use super::{customer, further, given, group, items, listed, person, refusal, relate, start};
use crate::access::world::World;
use crate::fields_of;

#[tokio::test]
async fn a_review_takes_in_each_grant_once_with_whom_it_reaches_and_what_gives_the_same() {
    for engine in Engine::all() {
        let world = given(engine).await;
        let other = kartoteka_access::Wanted::CustomerGroup {
            customer: "ACME".into(),
            group: "support".into(),
            permission: "ro".into(),
            context: kartoteka_model::access::Context::Other,
            given: true,
        };
        relate(&world, vec![other, person("nobody", "support", "ro", true)]).await;
        // OTOBO leaves what rw includes beside it.
        let beside = "INSERT INTO group_customer_user (user_id, group_id, permission_key, permission_value, \
                      create_time, create_by, change_time, change_by) SELECT user_id, group_id, 'note', 1, \
                      create_time, create_by, change_time, change_by FROM group_customer_user \
                      WHERE user_id = 'celina'";
        assert_eq!(world.db.execute(beside, &[]).await.unwrap(), 1);
        let review = start(&world, group("support")).await;
        assert_eq!(review.note, "roczny");
        assert_eq!((review.counts.items, review.counts.undecided), (7, 7));
        assert_eq!(
            listed(&world, review.id).await,
            [
                "ACME support ro same",
                "ACME support ro other",
                "Łódź-1 support rw same",
                "anna support create",
                "anna support ro",
                "celina support rw",
                "nobody support ro",
            ]
        );
        let page = items(&world, review.id, "").await;
        // anna, BERTA and łucja by their records, celina as a further customer.
        assert_eq!((page.items[0].reach, page.items[2].reach), (4, 1));
        let ro = &page.items[4];
        assert_eq!(ro.seq, 5);
        assert!(
            matches!(&ro.also[..], [OtherGrant::Permission { why: Why::ViaCustomer { customer, .. }, .. }]
                if customer == "ACME"),
            "{:?}",
            ro.also
        );
        assert!(page.items[3].also.is_empty() && page.items[5].also.is_empty());
        let nobody = &page.items[6];
        assert_eq!(
            (nobody.known, nobody.valid, nobody.reach),
            (false, false, 0)
        );
        assert!(
            page.items
                .iter()
                .all(|item| item.given && item.refused.is_none())
        );
        // Once only.
        let admin = World::actor();
        let again = Reviews::of(&world.directory).plan_review(&admin, group("support"));
        let again = again.await.unwrap();
        assert_eq!(again.open, Some(review.id));
        assert_eq!(
            refusal(Reviews::of(&world.directory).start_review(again, "").await),
            ["Name review-open"]
        );
    }
}

#[tokio::test]
async fn a_customers_review_has_its_groups_and_its_further_people() {
    for engine in Engine::all() {
        let world = given(engine).await;
        relate(&world, vec![further("anna", "ACME", true)]).await;
        relate(&world, vec![customer("acme", "sales", "create", true)]).await;
        let review = start(&world, Subject::Customer("acme".into())).await;
        assert_eq!(review.subject, Subject::Customer("ACME".into()));
        assert_eq!(
            listed(&world, review.id).await,
            [
                "ACME sales create same",
                "ACME support ro same",
                "anna of ACME",
                "celina of ACME",
            ]
        );
        let page = items(&world, review.id, "").await;
        let belongs = OtherGrant::Belongs {
            belonging: Belonging::Primary,
        };
        assert_eq!(page.items[2].also, [belongs]);
        assert!(page.items[3].also.is_empty());
    }
}

#[tokio::test]
async fn what_comes_from_elsewhere_is_said() {
    for engine in Engine::all() {
        let world = World::on(engine).await;
        let admin = World::actor();
        let wanted: SettingsWanted = [
            ("always_groups".to_owned(), json!(["support"])),
            ("company_always_groups".to_owned(), json!(["sales"])),
        ]
        .into();
        let plan = Access::of(&world.directory)
            .plan_access_settings(&admin, wanted)
            .await;
        Access::of(&world.directory)
            .apply_access_settings(plan.unwrap())
            .await
            .unwrap();
        world
            .update(Kind::Group, "vip", fields_of(&[("ValidID", "2")]))
            .await;
        for (name, why) in [
            ("support", OtherAccessReason::AlwaysGroup),
            ("sales", OtherAccessReason::CompanyAlwaysGroup),
            ("vip", OtherAccessReason::InvalidGroup),
        ] {
            let review = start(&world, group(name)).await;
            let said: Vec<_> = review.beside.iter().map(|one| one.why).collect();
            assert_eq!(said, [why], "{name}");
            assert_eq!(review.counts.items, 0);
        }
        let missing = Reviews::of(&world.directory)
            .plan_review(&admin, group("nothing"))
            .await;
        assert!(matches!(missing, Err(Error::Unknown { .. })));
        let missing = Subject::Customer("NOBODY".into());
        let missing = Reviews::of(&world.directory)
            .plan_review(&admin, missing)
            .await;
        assert!(matches!(missing, Err(Error::NotFound { .. })));
    }
}
