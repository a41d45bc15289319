use super::perl_properties::{flat, perl_reads};
use kartoteka_perl::{Data, Dialect, Limits, Note, NoteKind, Reader, Value};

const DIALECT: Dialect = Dialect {
    object: "Self",
    entry: "Load",
    same: &["Translatable"],
};

fn no_environment(_: &str) -> Option<String> {
    None
}

fn environment(name: &str) -> Option<String> {
    (name == "HOST").then(|| "db.example.org".to_owned())
}

fn read(text: impl AsRef<[u8]>) -> Reader<'static> {
    let mut reader = Reader::new(DIALECT, Limits::default(), &environment);
    reader.read("Config.pm", text.as_ref());
    reader
}

/// A value in short: as JSON with single quotes, keys in order.
fn short(value: &Value) -> String {
    match &value.data {
        Data::Undefined => "undef".into(),
        Data::Text(text) => format!("'{text}'"),
        Data::Integer(_) | Data::Decimal(_) => value.text().expect("it is a number"),
        Data::Unknown => "?".into(),
        Data::Elided => "...".into(),
        Data::List(items) => {
            let items: Vec<String> = items.iter().map(short).collect();
            format!("[{}]", items.join(","))
        }
        Data::Hash(entries) => {
            let entries: Vec<String> = entries
                .iter()
                .map(|(key, entry)| format!("{key}:{}", short(&entry.value)))
                .collect();
            format!("{{{}}}", entries.join(","))
        }
    }
}

fn told(reader: &Reader<'_>, note: &Note) -> String {
    let place = reader.place(note.at);
    let kind = format!("{:?}", note.kind);
    format!("{}:{} {kind} {}", place.line, place.column, note.excerpt)
}

fn notes(reader: &Reader<'_>) -> Vec<String> {
    reader
        .notes()
        .iter()
        .map(|note| told(reader, note))
        .collect()
}

/// What `A` is, read without a note.
fn clean(text: impl AsRef<[u8]>) -> String {
    let reader = read(text.as_ref());
    let text = String::from_utf8_lossy(text.as_ref());
    assert_eq!(notes(&reader), Vec::<String>::new(), "{text}");
    short(&reader.find("A").expect(&text).1)
}

/// What `A` is after this value was assigned.
fn value(text: &str) -> String {
    clean(format!("$Self->{{A}} = {text}\n;\n1;\n"))
}

#[test]
fn values_are_read() {
    for (text, expected) in [
        ("'a'", "'a'"),
        (r"'it\'s \n \\ ł'", r"'it's \n \ ł'"),
        (r#""a\tb\x41\x{142}\$x \@y""#, "'a\tbAł$x @y'"),
        ("q{a{b}c}", "'a{b}c'"),
        ("q (a (b) c)", "'a (b) c'"),
        ("q|a|", "'a'"),
        ("qq[a\\]b]", "'a]b'"),
        ("[ qw(a b\n c) ]", "['a','b','c']"),
        ("[qw/a b/, 'c',]", "['a','b','c']"),
        ("{ a => 1, 'b', 2, }", "{a:1,b:2}"),
        (
            "{ q => 1, y => 2, s => 3, if => 4, -x => 5 }",
            "{-x:5,if:4,q:1,s:3,y:2}",
        ),
        ("{ a\n => 1, a => 2 }", "{a:2}"),
        ("{}", "{}"),
        ("[undef, undef,]", "[undef,undef]"),
        ("[(1, 2), (3, (4))]", "[1,2,3,4]"),
        ("1_000", "1000"),
        ("-5", "-5"),
        ("0x1F", "31"),
        ("1.50", "1.5"),
        (".5", "0.5"),
        ("60 * 60 * 24", "86400"),
        ("1 + 2 * 3", "7"),
        ("'a' . 'b' . 1", "'ab1'"),
        ("'-' x 3", "'---'"),
        ("'a' x3", "'aaa'"),
        ("7 % 3", "1"),
        ("1 ? 'yes' : 'no'", "'yes'"),
        ("0 || 'x'", "'x'"),
        ("undef // 'x'", "'x'"),
        ("'a' eq 'a' ? 1 : 0", "1"),
        ("qr/^a|b$/i", "'(?i:^a|b$)'"),
        ("qr{a/b}", "'a/b'"),
        ("Translatable('Name')", "'Name'"),
        ("Translatable 'Name'", "'Name'"),
        ("join(';', 'a', qw(b c))", "'a;b;c'"),
        ("lc 'ABC'", "'abc'"),
        ("$ENV{HOST}", "'db.example.org'"),
        ("\"x=$ENV{HOST};\"", "'x=db.example.org;'"),
        ("$ENV{'HOST'} || 'localhost'", "'db.example.org'"),
        ("$ENV{NO} || 'localhost'", "'localhost'"),
        ("defined $ENV{NO} ? 1 : 2", "2"),
        ("[ # a comment, with ] and '\n 1 ]", "[1]"),
        ("<<'END' . 'x'\n a $b\nEND", "' a $b\nx'"),
        ("[<<A, <<\"B\"]\na\nA\nb\\t\nB\n", "['a\n','b\t\n']"),
        ("<<~END\n    a\n      b\n    END\n", "'a\n  b\n'"),
        ("+{ a => 1 }", "{a:1}"),
        ("{ map => 'x', 'Kernel::X' => 1 }", "{Kernel::X:1,map:'x'}"),
        ("{ a => -foo }", "{a:'-foo'}"),
        ("'a\nb'", "'a\nb'"),
    ] {
        assert_eq!(value(text), expected, "{text}");
        same_in_perl(&format!("$Self->{{A}} = {text}\n;\n"));
    }
}

/// Perl reads the same, if there is one, and it knows the variables and how patterns are printed.
fn same_in_perl(text: &str) {
    // It makes hashes on the way to what is deleted.
    let other = [
        "{y}{z}", "$ENV", "qr", "\u{feff}", "__END__", "package", "sub Load",
    ];
    if other.iter().any(|other| text.contains(other)) {
        return;
    }
    if let Some(found) = perl_reads(&format!("use utf8; my $Self = {{}};\n{text}")) {
        let value = read(text).find("A").expect("it was assigned").1;
        assert_eq!(flat(&value), found, "{text}");
    }
}

#[test]
fn assignments_build_on_each_other() {
    for (text, expected) in [
        (
            "$Self->{'A'}->{B} = 1; $Self->{A}{C}[1] = 2;",
            "{B:1,C:[undef,2]}",
        ),
        (
            "$Self->{\"A\"}{Map}[0] = ['x']; push @{ $Self->{A}->{Map} }, ['y'], ['z'];",
            "{Map:[['x'],['y'],['z']]}",
        ),
        (
            "$Self->{A} = [2]; unshift @{$Self->{A}}, 1; push @{$Self->{A}}, 3;",
            "[1,2,3]",
        ),
        ("$Self->{A} = [1]; push $Self->{A}->@*, 2;", "[1,2]"),
        (
            "$Self->{A} = { x => 1, y => 2 }; delete $Self->{A}->{x};",
            "{y:2}",
        ),
        ("$Self->{A} = { x => 1 }; delete $Self->{A}{y}{z};", "{x:1}"),
        (
            "$Self->{B} = { x => 1, y => 2 }; $Self->{A} = { %{ $Self->{B} }, y => 3 };",
            "{x:1,y:3}",
        ),
        (
            "$Self->{B} = [1]; $Self->{A} = [ @{ $Self->{B} }, 2 ];",
            "[1,2]",
        ),
        (
            "$Self->{B} = [1]; $Self->{A} = [ @{$Self->{B}} ]; push @{$Self->{B}}, 2;",
            "[1]",
        ),
        (
            "$Self->{B} = [1]; $Self->{A} = $Self->{B}; push @{$Self->{B}}, 2;",
            "[1,2]",
        ),
        (
            "$Self->{B} = 'x'; $Self->{A} = \"a$Self->{B}@{[ 1 ]}\";",
            "?",
        ),
        (
            "$Self->{B} = 'x'; $Self->{A} = \"a $Self->{B}'s b\";",
            "'a x's b'",
        ),
        (
            "$Self->{B} = { C => [5] }; $Self->{A} = \"<$Self->{B}{C}[0]>\";",
            "'<5>'",
        ),
        (
            "my $Host = 'h'; my %Map = (a => 1); my @L = (1, 2); $Self->{A} = [$Host, $Map{a}, $L[-1], @L, \\@L];",
            "['h',1,2,1,2,[1,2]]",
        ),
        (
            "my $x; my ($y, @z); $Self->{A} = [$x || 'd', $y, @z];",
            "['d',undef]",
        ),
        ("my ($x, $y) = (1, 2); $Self->{A} = \"${x}$y\";", "'12'"),
        ("my @L = qw(a b); $Self->{A} = \"@L\";", "'a b'"),
        (
            "my $H = { a => 1 }; $H->{b} = 2; $Self->{A} = $H; $$H{c} = 3;",
            "{a:1,b:2,c:3}",
        ),
        (
            "$Self->{A} = 'a'; $Self->{A} .= 'b'; $Self->{A} ||= 'c';",
            "'ab'",
        ),
        ("$Self->{A} = 1; $Self->{A} += 2;", "3"),
        ("$Self->{A}{x} //= 5; $Self->{A}{x} //= 6;", "{x:5}"),
        ("{ $Self->{A} = 1; }", "1"),
        ("%{ $Self->{A} } = (x => 1);", "{x:1}"),
        ("$Self->{A} = $Self->{B} = 1;", "1"),
        ("$Self->{A} = 1; undef $Self->{A};", "undef"),
        (
            "package X;\nuse strict; use warnings; use utf8;\nsub new { my $x = {}; return bless $x; }\nsub Load { my $Self = shift; $Self->{A} = 1; return 1; }\n1;",
            "1",
        ),
        (
            "sub Load {\n my ($File, $Self) = @_;\n $Self->{'A'} = 1;\n}\n1;\n__END__\n' ] {",
            "1",
        ),
        (
            "# --\n# x ' y\n# --\n$Self->{A} = 1;\n=head1 x\n\n'\n\n=cut\n",
            "1",
        ),
        ("\u{feff}$Self->{A} = 1;", "1"),
        (
            "$Self->{B} = 1;\n\n=pod\n\n ] ' q(\n\n=cut\n\n$Self->{A}\n=lc('X');",
            "'x'",
        ),
        ("$Self->{A} = [\r\n 'x\r\n y',\r\n];\r\n", "['x\n y']"),
    ] {
        if expected == "?" {
            let reader = read(text);
            assert_eq!(short(&reader.find("A").unwrap().1), expected);
            assert_eq!(reader.notes().len(), 1);
        } else {
            assert_eq!(clean(text), expected, "{text}");
            same_in_perl(text);
        }
    }
}

#[test]
fn files_that_are_not_utf8_are_latin1() {
    let reader = read(b"$Self->{B} = 1;\n$Self->{A} = 'Stra\xdfe'; # \xf3\n");
    assert_eq!(short(&reader.find("A").unwrap().1), "'Straße'");
    assert_eq!(notes(&reader), ["2:19 Latin1 "]);
}

/// The notes of a text, without their excerpts.
fn noted(text: &str) -> Vec<String> {
    let reader = read(text);
    let notes = reader.notes();
    let kinds = notes.iter().map(|note| {
        let place = reader.place(note.at);
        format!("{}:{} {:?}", place.line, place.column, note.kind)
    });
    kinds.collect()
}

#[test]
fn code_is_passed_over_and_named() {
    let text = "if ($x) { $Self->{'CustomerUser'}{ReadOnly} = 1; }\nelsif (/}/) { }\nelse { $Self->{B} = 'a;}'; }\n\
        $Self->{A} = 1;\neval { require X; $Self->{C} = 1 };\nfor my $n (1 .. 3) { push @{ $Self->{L} }, $n; }\n\
        $Self->{A} = 2 if $ENV{TEST};\n$Self->Something('x');\n$Self->{D} = [ 'a', foo('b', { c => 1 }), 'd' ];\n\
        $Self->{E} = do { local $/; <$fh> };\nprint STDERR \"x;\";\nopen(my $f, '<', 'x') or die;\n$Self->{Z} = 26;\n";
    let reader = read(text);
    assert_eq!(
        notes(&reader),
        [
            "1:1 PassedOver { what: \"if\", names: [\"CustomerUser\", \"B\"] } if ($x) { $Self->{'CustomerUser'}{ReadOnly} = 1; }",
            "5:1 PassedOver { what: \"eval\", names: [\"C\"] } eval { require X; $Self->{C} = 1 };",
            "6:1 PassedOver { what: \"for\", names: [\"L\"] } for my $n (1 .. 3) { push @{ $Self->{L} }, $n; }",
            "7:1 PassedOver { what: \"if\", names: [\"A\"] } $Self->{A} = 2 if $ENV{TEST};",
            "8:1 PassedOver { what: \"code\", names: [] } $Self->Something('…');",
            "9:21 NotUnderstood foo('…', { c => 1 }), '…' ];",
            "10:14 NotUnderstood do { local $/; <$fh> };",
            "11:1 PassedOver { what: \"print\", names: [] } print STDERR '…';",
            "12:1 PassedOver { what: \"code\", names: [] } open(my $f, '…', '…') or die;",
        ]
    );
    assert_eq!(short(&reader.find("A").unwrap().1), "1");
    assert_eq!(short(&reader.find("D").unwrap().1), "['a',?,'d']");
    assert_eq!(short(&reader.find("Z").unwrap().1), "26");
}

#[test]
fn mistakes_are_named_with_their_place() {
    for (text, expected) in [
        ("$Self->{A} = [ ['x', 1],\n ...\n];", "2:2 Elided"),
        ("$Self->{A} = 'x\n;", "1:14 Unterminated { what: \"text\" }"),
        (
            "$Self->{A} = <<END;\nx\n",
            "1:14 Unterminated { what: \"here-document\" }",
        ),
        (
            "$Self->{A} = {\n a => 1;\n$Self->{B} = 2;",
            "1:14 Unclosed { bracket: '{' }",
        ),
        (
            "sub Load {\n $Self->{A} = 1;\n",
            "1:10 Unclosed { bracket: '{' }",
        ),
        ("$Self->{A} = 1;\n}", "2:1 NotOpened { bracket: '}' }"),
        ("$Self->{A} = { a => 1\n b => 2 };", "2:2 MissingComma"),
        ("$Self->{A} = 1\n$Self->{B} = 2;", "1:15 MissingSemicolon"),
        (
            "sub Load {\n$Self->{B} = 1;\nreturn 1;\n$Self->{A} = 1; $Self->{C} = 2;\n}",
            "4:1 Unreached",
        ),
        (
            "$Self->{A} = \"a@b.example\";",
            "1:14 Unset { name: \"@b\" }",
        ),
        ("$Self->{A} = $Host;", "1:14 Unset { name: \"$Host\" }"),
        (
            "$Self->{A} = { User => 'u', 'secret', Table => 't' };",
            "1:14 OddHash",
        ),
        (
            "$Self->{A} = $ENV{NO};",
            "1:14 Unset { name: \"$ENV{NO}\" }",
        ),
        ("$Self->{A} = 'x'; $Self->{A}{B} = 1;", "1:19 NoCollection"),
        ("$Self->{A} = {}; $Self->{A}{B} = $Self->{A};", "1:34 Cycle"),
        ("$Self->{A}{B} = $Self;", "1:17 Cycle"),
    ] {
        assert_eq!(noted(text), [expected], "{text}");
    }
    assert_eq!(
        short(
            &read("$Self->{A} = { a => 1\n b => 2 };")
                .find("A")
                .unwrap()
                .1
        ),
        "{a:1,b:2}"
    );
    assert_eq!(
        short(
            &read("$Self->{A} = {\n a => 1;\n$Self->{B} = 2;")
                .find("B")
                .unwrap()
                .1
        ),
        "2"
    );
}

#[test]
fn a_long_file_is_read_at_once() {
    let real = include_str!("otobo/Config.pm");
    let load =
        &real[real.find("    $Self->").unwrap_or(0)..real.find("    return 1;").unwrap_or(0)];
    let text = load.repeat(5000 / load.lines().count() + 1);
    let begun = std::time::Instant::now();
    let reader = read(&text);
    // An optimised build takes a small part of it.
    assert!(begun.elapsed().as_millis() < 3000, "{:?}", begun.elapsed());
    assert!(reader.find("CustomerUser1").is_some());
}

#[test]
fn reading_is_bounded() {
    let deep = |count: usize| {
        format!(
            "$Self->{{A}} = {}1{};",
            "[".repeat(count),
            "]".repeat(count)
        )
    };
    assert_eq!(noted(&deep(40)), Vec::<String>::new());
    for text in [
        deep(100_000),
        format!("$Self->{{A}} = {}1;", "(".repeat(300_000)),
        format!("$Self->{{A}} = {}1;", "!".repeat(300_000)),
        format!("$Self{} = 1;", "->{a}".repeat(100_000)),
        format!("$Self->{{A}} = \"$Self{}\";", "->{a}".repeat(100_000)),
        format!("$Self->{{A}} = 1{};", " + 1".repeat(100_000)),
        format!("$Self->{{A}} = 1{};", " ? 1 : 1".repeat(100_000)),
        format!("$Self->{{A}} = {}1;", "$x = ".repeat(100_000)),
        format!("{}$Self->{{A}} = 1;", "{".repeat(100_000)),
        format!("$Self->{{A}} = [{}];", "1,".repeat(600_000)),
        format!(
            "my @l = (1); {} $Self->{{A}} = [@l];",
            "@l = (@l, @l);".repeat(40)
        ),
        format!(
            "my $x = 'abc'; {} $Self->{{A}} = $x;",
            "$x = \"$x$x\";".repeat(40)
        ),
        "$Self->{A}[900000000] = 1;".to_owned(),
        "$Self->{A} = 'x' x 1e9;".to_owned(),
        format!("{}$Self->{{A}} = 1;", "@{".repeat(100_000)),
        "q(".repeat(100_000),
        "foo();".repeat(100_000),
        "my @l; ".to_owned() + &"unshift @l, 1;".repeat(120_000),
        "<<A;\n".repeat(100_000),
        "$a{q(".repeat(100_000),
    ] {
        let begun = std::time::Instant::now();
        let reader = read(&text);
        assert!(!reader.notes().is_empty(), "{}", &text[..40]);
        assert!(begun.elapsed().as_secs() < 30, "{}", &text[..40]);
        reader.find("A");
    }
    let sharing: String = (0..60)
        .map(|n| {
            format!(
                "$Self->{{K{}}} = [$Self->{{K{n}}}, $Self->{{K{n}}}];\n",
                n + 1
            )
        })
        .collect();
    let reader = read(format!("$Self->{{K0}} = ['x', 'y'];\n{sharing}"));
    assert!(reader.find("K60").is_some());
    let mut reader = Reader::new(DIALECT, Limits::default(), &no_environment);
    reader.read("Config.pm", &vec![b' '; (8 << 20) + 1]);
    assert_eq!(
        reader.notes()[0].kind,
        NoteKind::TooLarge { limit: 8 << 20 }
    );
}
