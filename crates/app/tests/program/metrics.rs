//! What `/metrics` tells of requests.

use serde_json::json;
use tempfile::tempdir;

use crate::run::{Server, done};

/// The value of a line with this name and these labels, in whatever order they stand.
fn value(text: &str, name: &str, labels: &[(&str, &str)]) -> Option<f64> {
    let lines = text.lines().filter_map(|line| {
        let (head, value) = line.rsplit_once(' ')?;
        let (found, rest) = head.split_once('{')?;
        let rest = rest.strip_suffix('}')?;
        let has = |(label, value): &(&str, &str)| rest.contains(&format!("{label}=\"{value}\""));
        let count = rest.matches("=\"").count();
        (found == name && count == labels.len() && labels.iter().all(has)).then_some(value)
    });
    let values: Vec<&str> = lines.collect();
    assert!(values.len() < 2, "{values:?}");
    values.first().map(|value| value.parse().unwrap())
}

#[test]
fn requests_and_their_times_are_counted_by_route() {
    let data = tempdir().unwrap();
    let server = Server::start(data.path(), &["serve"]);
    let add = ["token", "add", "all", "--scope", "admin", "--json"];
    let token = done(data.path(), &add).json()["token"].clone();
    let token = token.as_str().unwrap();
    let customers = "/api/v1/customers";
    let acme = json!({"CustomerID": "acme-secret", "CustomerCompanyName": "Acme"});
    assert_eq!(server.post(customers, token, &acme).status, 201);
    for (path, status) in [("acme-secret", 200), ("acme-secret", 200), ("nobody", 404)] {
        let found = server.get(&format!("{customers}/{path}"), Some(token));
        assert_eq!(found.status, status);
    }
    let text = server.get("/metrics", None).body;
    assert!(
        !text.contains("acme-secret") && !text.contains("nobody"),
        "{text}"
    );
    let one = ("route", "/api/v1/customers/{customer_id}");
    let (get, post) = (("method", "GET"), ("method", "POST"));
    let total = "kartoteka_http_requests_total";
    for (labels, count) in [
        ([get, one, ("status", "200")], 2.0),
        ([get, one, ("status", "404")], 1.0),
        ([post, ("route", customers), ("status", "201")], 1.0),
    ] {
        assert_eq!(
            value(&text, total, &labels),
            Some(count),
            "{labels:?}: {text}"
        );
    }
    // Times are those of a route, whatever came of it.
    let seconds = |part: &str| format!("kartoteka_http_request_seconds_{part}");
    assert_eq!(
        value(&text, &seconds("count"), &[get, one]),
        Some(3.0),
        "{text}"
    );
    let sum = value(&text, &seconds("sum"), &[get, one]).unwrap();
    assert!(sum > 0.0 && sum < 60.0, "{sum}");
    let bucket = |limit| value(&text, &seconds("bucket"), &[get, one, ("le", limit)]);
    assert_eq!(bucket("+Inf"), Some(3.0), "{text}");
    assert_eq!(
        value(&text, &seconds("count"), &[post, ("route", customers)]),
        Some(1.0)
    );
    let type_of = |name: &str, is: &str| text.contains(&format!("# TYPE {name} {is}\n"));
    assert!(type_of(total, "counter") && type_of("kartoteka_http_request_seconds", "histogram"));
}
