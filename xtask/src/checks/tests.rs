use super::{
    allowed::allowed_licences, circles::circles, inside, licences::judge, numbers, size, unused,
};

const POLICY: &str = "\
# allow = [\"GPL-3.0\"]
[bans]
allow = [\"AGPL-3.0\"]
[licenses]
allow = [
    \"MIT\", # the usual
    \"Apache-2.0\",
    \"Apache-2.0 WITH LLVM-exception\",
]
confidence-threshold = 0.9
[advisories]
";

#[test]
fn the_allow_list_is_read_from_its_section_only() {
    let expected = ["MIT", "Apache-2.0", "Apache-2.0 WITH LLVM-exception"];
    assert_eq!(allowed_licences(POLICY).unwrap(), expected);
    assert_eq!(
        allowed_licences("[licenses]\nallow = [\"MIT\", \"ISC\"]").unwrap(),
        ["MIT", "ISC"]
    );
    assert!(allowed_licences("[licenses]\nallow = []").is_err());
}

#[test]
fn code_is_counted_without_comments_and_tests() {
    let text = "//! About it.\n\nfn one() {\n    // why\n    two(); // how\n}\n\n#[cfg(test)]\nmod tests {\n    fn three() {}\n}\n";
    assert_eq!(size::lines_of_code(text), 3);
    assert_eq!(
        size::lines_of_code("#[cfg(test)]\nmod tests;\nmod one;\n"),
        3
    );
}

#[test]
fn expressions_are_judged_by_their_parts() {
    let allowed = allowed_licences(POLICY).unwrap();
    for (text, passes) in [
        ("MIT", true),
        ("GPL-3.0-only", false),
        ("MIT OR GPL-3.0-only", true),
        ("MIT AND GPL-3.0-only", false),
        ("GPL-3.0-only OR MIT AND Apache-2.0", true),
        ("GPL-3.0-only AND MIT OR Apache-2.0", true),
        ("GPL-3.0-only AND (MIT OR Apache-2.0)", false),
        ("(MIT OR GPL-3.0-only) AND Apache-2.0", true),
        ("GPL-3.0-only/MIT", true),
        ("GPL-2.0 / AGPL-3.0", false),
        ("Apache-2.0 WITH LLVM-exception", true),
        ("MIT WITH LLVM-exception", false),
        ("", false),
        ("(MIT", false),
        ("MIT MIT", false),
        ("MIT OR", false),
        ("OR MIT", false),
    ] {
        assert_eq!(judge(Some(text), &allowed).is_ok(), passes, "{text}");
    }
    assert!(judge(None, &allowed).is_err());
}

#[test]
fn no_number_is_read_with_another_in_its_place() {
    for lossy in [
        "row.int(0).unwrap_or_default()",
        "row.int(at)\n    .unwrap_or(0)",
        "rows.first().and_then(|row| row.int(0).ok())",
        "rows.first().map(|row| row.int(0)).map_or(0, |n| n)",
        "rows.iter().flat_map(|row| row.int(0)).collect()",
        "first_int(&db.fetch(&sql, &args![id(1)]).await?).unwrap_or_default()",
        "row.maybe_int(3).unwrap_or(None)",
        "State::parse(&row.state).unwrap_or(State::Failed)",
    ] {
        assert_eq!(numbers::lossy(lossy), [1], "{lossy}");
    }
    for right in [
        "row.int(0)?",
        "rows.iter().map(|row| row.int(0)).collect()",
        "row.maybe_int(3)?.unwrap_or(0)",
        "first_int(&rows)?.unwrap_or(1)",
        "State::parse(&row.state).ok_or_else(|| unknown(&row.state))?",
    ] {
        assert!(numbers::lossy(right).is_empty(), "{right}");
    }
    assert!(numbers::check().unwrap());
}

#[test]
fn a_door_that_looks_inside_the_directory_is_told() {
    for door in [
        "use kartoteka_directory::inside::Inside;",
        "use kartoteka_directory::{Actor, inside};",
        "pub(crate) use kartoteka_directory::{\n    inside as rooms,\n};",
        "let tx = kartoteka_directory::inside::Inside::of(&directory).begin();",
        "use kartoteka_directory::*; use self::inside\n    ::Inside;",
    ] {
        assert_eq!(inside::named(door).len(), 1, "{door}");
    }
    for right in [
        "let inside = text.split_once('(');",
        "// as kartoteka_directory::inside::Inside does",
        "use kartoteka_directory::Actor;\nfn f(inside: &str) -> &str { inside }",
        "use kartoteka_reviews::besides::inside_out;",
    ] {
        assert!(inside::named(right).is_empty(), "{right}");
    }
    assert!(inside::check().unwrap());
}

#[test]
fn a_dependency_that_no_code_names_is_told() {
    let words = unused::words("use serde_json::Value; fn sea() { tokio::spawn(x) }");
    let words = words.map(str::to_owned).collect();
    let declared = ["serde_json", "serde", "sea-query", "tokio", "fn-x"];
    let unnamed = unused::unnamed(declared.into_iter(), &words);
    assert_eq!(unnamed, ["serde", "sea-query", "fn-x"]);
    let manifest = "[workspace]\nresolver = \"3\"\n[workspace.dependencies]\nhex = \"1\"\nmd-5 = { version = \"1\" }\n\n[x]\ny = 1";
    let found: Vec<&str> = unused::of_workspace(manifest).collect();
    assert_eq!(found, ["hex", "md-5"]);
}

#[test]
fn files_that_need_each_other_are_a_circle() {
    let files = [
        ("one", "use crate::{two::{A, b}, outside};"),
        ("two", "use super::three::C;"),
        ("three", "fn f() { self::inner::f(); crate::one::f() }"),
        ("three::inner", "use super::super::four;"),
        ("four", "use kartoteka_store::one;"),
        ("five", "use crate::one::D;"),
    ];
    let files = files.map(|(module, code)| (module.to_owned(), code.to_owned()));
    assert_eq!(circles(&files.into()), [["one", "three", "two"]]);
}
