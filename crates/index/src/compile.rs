//! Conditions, compiled to a predicate over the index's columns and a full-text query in front of it. What a
//! condition means stands in [`Condition::matches`]; property tests hold this to it.

use kartoteka_model::condition::SOURCE;
use kartoteka_model::{Condition, Part, Pattern, TextMode};

use super::grams;
use super::layout::{EDGE, FULL_TEXT, IndexLayout};
use kartoteka_store::db::Arg;

/// A condition in SQL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Predicate {
    pub sql: String,
    pub args: Vec<Arg>,
}

impl Predicate {
    /// Narrows it to one source.
    pub fn only(&mut self, source: Option<usize>) {
        if let Some(number) = source {
            self.sql = match self.sql.as_str() {
                "1" => format!("d.source = {number}"),
                sql => format!("d.source = {number} AND {sql}"),
            };
        }
    }
}

/// Which full-text table narrows a search down, and with what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Narrowing {
    pub table: &'static str,
    pub query: String,
}

/// The predicate of a condition over all sources, each with its own way of comparing.
pub(super) fn predicate(condition: &Condition, layout: &IndexLayout) -> Predicate {
    let mut modes: Vec<(TextMode, Vec<usize>)> = vec![];
    for (number, source) in layout.sources.iter().enumerate() {
        match modes.iter_mut().find(|(mode, _)| *mode == source.mode) {
            Some((_, numbers)) => numbers.push(number),
            None => modes.push((source.mode, vec![number])),
        }
    }
    let mut args = vec![];
    if let [(mode, _)] = modes.as_slice() {
        let sql = compile(condition, *mode, layout, &mut args);
        return Predicate { sql, args };
    }
    let mut parts = vec![];
    for (mode, numbers) in modes {
        let list: Vec<String> = numbers.iter().map(usize::to_string).collect();
        let sql = compile(condition, mode, layout, &mut args);
        parts.push(format!("(d.source IN ({}) AND {sql})", list.join(", ")));
    }
    Predicate {
        sql: joined(parts, " OR ", "0"),
        args,
    }
}

fn joined(parts: Vec<String>, with: &str, empty: &str) -> String {
    match parts.len() {
        0 => empty.to_owned(),
        1 => parts.concat(),
        _ => format!("({})", parts.join(with)),
    }
}

fn compile(
    condition: &Condition,
    mode: TextMode,
    layout: &IndexLayout,
    args: &mut Vec<Arg>,
) -> String {
    match condition {
        Condition::Everything => "1".into(),
        Condition::Nothing => "0".into(),
        Condition::All(all) => joined(
            all.iter()
                .map(|one| compile(one, mode, layout, args))
                .collect(),
            " AND ",
            "1",
        ),
        Condition::Any(any) => joined(
            any.iter()
                .map(|one| compile(one, mode, layout, args))
                .collect(),
            " OR ",
            "0",
        ),
        Condition::Not(one) => format!("NOT {}", compile(one, mode, layout, args)),
        Condition::Matches { fields, pattern } => {
            let mut parts = vec![];
            for field in fields {
                parts.push(match layout.number(field) {
                    Some(at) => field_matches(at, pattern, mode, args),
                    // A field that records do not have reads as the empty text.
                    None => if pattern.matches("", mode) { "1" } else { "0" }.into(),
                });
            }
            joined(parts, " OR ", "0")
        }
        Condition::Digits { fields, pattern } => {
            let mut parts = vec![];
            for field in fields {
                let column = layout.phones().find(|(_, name)| *name == field);
                parts.push(match column {
                    Some(_) if pattern.is_any() => "1".into(),
                    Some((at, _)) => form_matches(&format!("d.p{at}"), &pattern.0, args),
                    // Others have no digits beside their texts.
                    None => "0".into(),
                });
            }
            joined(parts, " OR ", "0")
        }
        Condition::OneOf { field, values } => {
            if field == SOURCE {
                let numbers = layout
                    .sources
                    .iter()
                    .enumerate()
                    .filter(|(_, source)| values.contains(&source.id))
                    .map(|(number, _)| number.to_string());
                let numbers: Vec<String> = numbers.collect();
                return format!("d.source IN ({})", numbers.join(", "));
            }
            if *field == layout.key {
                let marks = vec!["?"; values.len()].join(", ");
                let lower = |value: &String| Arg::from(kartoteka_model::text::lower(value));
                args.extend(values.iter().map(lower));
                if mode != TextMode::Exact {
                    return format!("d.lkey IN ({marks})");
                }
                // Found by the form that has an index, told apart by the other.
                args.extend(values.iter().map(Arg::from));
                return format!("(d.lkey IN ({marks}) AND d.key IN ({marks}))");
            }
            one_of(field, values, mode, layout, args)
        }
    }
}

/// Exactly one of the values, but for case where the source is not exact.
fn one_of(
    field: &str,
    values: &std::collections::BTreeSet<String>,
    mode: TextMode,
    layout: &IndexLayout,
    args: &mut Vec<Arg>,
) -> String {
    let Some(at) = layout.number(field) else {
        return if values.contains("") {
            "1".into()
        } else {
            "0".into()
        };
    };
    let mut parts = vec![];
    for value in values {
        // Equal but for case is equal in the source's own way of comparing, which an index finds.
        args.push(Arg::from(format!(
            "{EDGE}{}{EDGE}",
            mode.forms(value).plain
        )));
        if mode != TextMode::Folded {
            parts.push(format!("d.f{at} = ?"));
            continue;
        }
        // Only values that folding may have changed by more than case are in `low`.
        let lower = kartoteka_model::text::lower(value);
        if lower.is_ascii() {
            parts.push(format!(
                "(d.f{at} = ? AND (instr(d.low, ?) = 0 OR instr(d.low, ?) > 0))"
            ));
            args.push(Arg::from(format!("{EDGE}{field}=")));
        } else {
            parts.push(format!("(d.f{at} = ? AND instr(d.low, ?) > 0)"));
        }
        args.push(Arg::from(low_pair(field, &lower)));
    }
    joined(parts, " OR ", "0")
}

/// How the lower-cased value of a field stands in a row's `low`.
pub(super) fn low_pair(field: &str, lower: &str) -> String {
    format!("{EDGE}{field}={}{EDGE}", lower.replace(EDGE, ""))
}

fn field_matches(at: usize, pattern: &Pattern, mode: TextMode, args: &mut Vec<Arg>) -> String {
    if pattern.is_any() {
        return "1".into();
    }
    let mut parts = vec![];
    for form in pattern.forms(mode) {
        for column in ["f", "g"] {
            parts.push(format!(
                "coalesce({}, 0)",
                form_matches(&format!("d.{column}{at}"), &form, args)
            ));
        }
    }
    joined(parts, " OR ", "0")
}

fn form_matches(column: &str, form: &[Part], args: &mut Vec<Arg>) -> String {
    if form
        .iter()
        .any(|part| matches!(part, Part::Text(text) if text.contains(EDGE)))
    {
        return "0".into();
    }
    if let [Part::Any, Part::Text(text), Part::Any] = form {
        args.push(Arg::from(text));
        return format!("instr({column}, ?) > 0");
    }
    if form.iter().all(|part| matches!(part, Part::Text(_))) {
        args.push(Arg::from(edged_parts(form).concat()));
        return format!("{column} = ?");
    }
    let mut like = String::new();
    like.push(EDGE);
    for part in form {
        match part {
            Part::Any => like.push('%'),
            Part::Text(text) => {
                for c in text.chars() {
                    if matches!(c, '%' | '_' | '\\') {
                        like.push('\\');
                    }
                    like.push(c);
                }
            }
        }
    }
    like.push(EDGE);
    args.push(Arg::from(like));
    format!("{column} LIKE ? ESCAPE '\\'")
}

/// The texts of a form, with the edges that it must touch.
fn edged_parts(form: &[Part]) -> Vec<String> {
    let mut texts: Vec<String> = vec![String::new()];
    texts[0].push(EDGE);
    for part in form {
        match part {
            Part::Any => texts.push(String::new()),
            Part::Text(text) => {
                if let Some(last) = texts.last_mut() {
                    last.push_str(text);
                }
            }
        }
    }
    if let Some(last) = texts.last_mut() {
        last.push(EDGE);
    }
    texts
}

/// What narrows a condition down, if anything does.
pub(super) fn narrowing(condition: &Condition, layout: &IndexLayout) -> Option<Narrowing> {
    FULL_TEXT.into_iter().find_map(|table| {
        let fields: Vec<&String> = layout
            .fields
            .iter()
            .filter(|field| layout.free.contains(field) == (table == "free"))
            .collect();
        full_text(condition, layout, &fields).map(|query| Narrowing { table, query })
    })
}

/// A full-text query that everything that satisfies the condition satisfies as well.
fn full_text(condition: &Condition, layout: &IndexLayout, fields: &[&String]) -> Option<String> {
    match condition {
        Condition::All(all) => {
            let parts: Vec<String> = all
                .iter()
                .filter_map(|one| full_text(one, layout, fields))
                .collect();
            (!parts.is_empty()).then(|| format!("({})", parts.join(" AND ")))
        }
        Condition::Any(any) => {
            let parts: Option<Vec<String>> = any
                .iter()
                .map(|one| full_text(one, layout, fields))
                .collect();
            let parts = parts?;
            (!parts.is_empty()).then(|| format!("({})", parts.join(" OR ")))
        }
        Condition::Matches {
            fields: asked,
            pattern,
        } => {
            if !asked.iter().all(|field| fields.contains(&field)) {
                return None;
            }
            let modes = layout.sources.iter().map(|source| source.mode);
            let mut forms: Vec<Vec<Part>> = modes.flat_map(|mode| pattern.forms(mode)).collect();
            forms.dedup();
            let queries: Option<Vec<String>> = forms.iter().map(|form| form_query(form)).collect();
            let queries = queries?;
            (!queries.is_empty()).then(|| format!("({})", queries.join(" OR ")))
        }
        Condition::Digits {
            fields: asked,
            pattern,
        } => {
            if !asked.iter().all(|field| fields.contains(&field)) {
                return None;
            }
            form_query(&pattern.0)
        }
        Condition::OneOf { field, values } => {
            // Those with an index of their own are found by it.
            let number = layout.number(field);
            let indexed = *field == layout.key || layout.sorted().any(|at| Some(at) == number);
            if indexed || !fields.contains(&field) {
                return None;
            }
            let queries: Option<Vec<String>> = values
                .iter()
                .flat_map(|value| layout.sources.iter().map(move |source| (source, value)))
                .map(|(source, value)| value_query(&source.mode.forms(value).plain))
                .collect();
            let mut queries = queries?;
            queries.dedup();
            (!queries.is_empty()).then(|| format!("({})", queries.join(" OR ")))
        }
        Condition::Everything | Condition::Nothing | Condition::Not(_) => None,
    }
}

/// The query for a whole value; none for the empty one, which has no words.
fn value_query(value: &str) -> Option<String> {
    (!value.is_empty()).then(|| form_query(&[Part::Text(value.to_owned())]))?
}

fn form_query(form: &[Part]) -> Option<String> {
    let edge = EDGE.to_string();
    let texts = edged_parts(form);
    let grams: Vec<String> = texts
        .iter()
        .filter(|text| **text != edge)
        .filter_map(|text| grams::query(text))
        .collect();
    (!grams.is_empty()).then(|| grams.join(" AND "))
}
