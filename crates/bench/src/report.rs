//! The figures: said as they come, then a table and JSON.

use std::fmt::Write;

use kartoteka_testbed::Engine;
use serde_json::{Value, json};

use crate::machine::Machine;
use crate::measure::Times;

/// How the directory was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    /// By its use cases, in this process.
    Process,
    /// REST over HTTP, with a token.
    Rest,
    /// Pages over HTTP, with an agent's session.
    Page,
    /// The program itself: starting it, its memory.
    Program,
}

impl Door {
    const fn name(self) -> &'static str {
        match self {
            Self::Process => "process",
            Self::Rest => "rest",
            Self::Page => "page",
            Self::Program => "program",
        }
    }
}

/// What was found.
#[derive(Debug, Clone)]
enum Amount {
    /// Milliseconds.
    Times(Times),
    /// Something else, with its unit.
    Value(f64, &'static str),
}

#[derive(Debug, Clone)]
struct Figure {
    name: String,
    door: Door,
    amount: Amount,
}

/// All figures of one run.
#[derive(Debug)]
pub struct Report {
    engine: Engine,
    people: u64,
    figures: Vec<Figure>,
}

impl Report {
    pub fn new(engine: Engine, people: u64) -> Self {
        Self {
            engine,
            people,
            figures: vec![],
        }
    }

    /// Notes what an operation took.
    pub fn times(&mut self, name: &str, door: Door, times: Times) {
        let (median, p99) = (times.at(0.5), times.at(0.99));
        eprintln!("{name} ({}): {median:.2} ms, p99 {p99:.2} ms", door.name());
        self.push(name, door, Amount::Times(times));
    }

    /// Notes a figure that is not a time.
    pub fn value(&mut self, name: &str, door: Door, value: f64, unit: &'static str) {
        eprintln!("{name} ({}): {value:.0} {unit}", door.name());
        self.push(name, door, Amount::Value(value, unit));
    }

    fn push(&mut self, name: &str, door: Door, amount: Amount) {
        self.figures.push(Figure {
            name: name.to_owned(),
            door,
            amount,
        });
    }

    /// The figures as Markdown: times in milliseconds, then the rest.
    pub fn table(&self) -> String {
        let mut times = String::new();
        let mut values = String::new();
        for Figure { name, door, amount } in &self.figures {
            let door = door.name();
            // Writing to a text does not fail.
            let _ = match amount {
                Amount::Times(t) => writeln!(
                    times,
                    "| {name} | {door} | {} | {:.2} | {:.2} | {:.2} | {:.2} | {:.2} | {} |",
                    t.runs(),
                    t.at(0.5),
                    t.at(0.95),
                    t.at(0.99),
                    t.min(),
                    t.max(),
                    t.processor
                        .map_or("".to_owned(), |spent| format!("{spent:.2}"))
                ),
                Amount::Value(value, unit) => {
                    writeln!(values, "| {name} | {door} | {value:.0} {unit} |")
                }
            };
        }
        let mut table = format!("{} people, {}\n", self.people, self.engine);
        if !times.is_empty() {
            table.push_str("\n| ms | door | runs | median | p95 | p99 | min | max | processor |\n");
            table.push_str("| --- | --- | --- | --- | --- | --- | --- | --- | --- |\n");
            table.push_str(&times);
        }
        if !values.is_empty() {
            table.push_str("\n| figure | door | value |\n| --- | --- | --- |\n");
            table.push_str(&values);
        }
        table
    }

    /// Everything for programs.
    pub fn json(&self, machine: &Machine) -> Value {
        let figure = |figure: &Figure| {
            let mut object = json!({
                "name": figure.name, "door": figure.door.name(), "engine": self.engine.name(), "people": self.people,
            });
            let more = match &figure.amount {
                Amount::Times(times) => json!({
                    "unit": "ms", "runs": times.runs(), "median": times.at(0.5), "p95": times.at(0.95),
                    "p99": times.at(0.99), "min": times.min(), "max": times.max(), "processor": times.processor,
                }),
                Amount::Value(value, unit) => json!({"unit": unit, "value": value}),
            };
            if let (Some(object), Value::Object(more)) = (object.as_object_mut(), more) {
                object.extend(more);
            }
            object
        };
        json!({
            "machine": machine.json(),
            "figures": self.figures.iter().map(figure).collect::<Vec<_>>(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_says_what_it_is_of() {
        let mut report = Report::new(Engine::Sqlite, 10_000);
        report.times(
            "search, no hit",
            Door::Rest,
            [2.0, 1.0, 3.0].into_iter().collect(),
        );
        report.value("memory", Door::Program, 30.4, "MB");
        let json = report.json(&Machine::look());
        assert_eq!(
            json["figures"][0],
            json!({"name": "search, no hit", "door": "rest", "engine": "sqlite", "people": 10_000, "unit": "ms", "runs": 3,
                   "median": 2.0, "p95": 3.0, "p99": 3.0, "min": 1.0, "max": 3.0, "processor": null})
        );
        assert_eq!(json["figures"][1]["value"], 30.4);
        let table = report.table();
        assert!(
            table.contains("| search, no hit | rest | 3 | 2.00 | 3.00 | 3.00 | 1.00 | 3.00 |  |"),
            "{table}"
        );
        assert!(table.contains("| memory | program | 30 MB |"), "{table}");
    }
}
