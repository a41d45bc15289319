//! `kartoteka check`, and that `serve` refuses what it finds.

use tempfile::tempdir;

use crate::run::{done, run};

#[test]
fn mistakes_are_explained_with_their_place() {
    let data = tempdir().unwrap();
    let file = data.path().join("kartoteka.toml");
    std::fs::write(
        &file,
        "[server]\nlisten = \"nowhere\"\nbase_pth = \"/desk\"\n",
    )
    .unwrap();
    let said = run(data.path(), &["check"]);
    assert_eq!(said.exit, 1);
    assert!(said.out.contains("kartoteka.toml:2:"), "{said:?}");
    assert!(said.out.contains("base_path"), "{said:?}");
    let refused = run(data.path(), &["serve"]);
    assert_eq!((refused.exit, refused.out.as_str()), (1, ""));
    assert!(refused.err.contains("kartoteka.toml:3:"), "{refused:?}");
}

#[test]
fn columns_that_are_not_there_are_named_with_the_nearest() {
    let data = tempdir().unwrap();
    assert!(
        done(data.path(), &["check"])
            .out
            .contains("customer_user is not there yet")
    );
    done(data.path(), &["migrate"]);
    assert!(
        done(data.path(), &["check"])
            .out
            .contains("the settings are fine")
    );
    let settings = "[CustomerUser]\nCustomerUserSearchFields = [\"login\", \"last_nam\"]\n";
    std::fs::write(data.path().join("kartoteka.toml"), settings).unwrap();
    let said = run(data.path(), &["check"]);
    assert_eq!(said.exit, 1, "{said:?}");
    assert!(
        said.out.contains("last_nam") && said.out.contains("last_name"),
        "{said:?}"
    );
    assert_eq!(
        run(data.path(), &["serve", "--listen", "127.0.0.1:0"]).exit,
        1
    );
}
