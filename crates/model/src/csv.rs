//! Tables for spreadsheets (RFC 4180).

/// What such a file begins with, so that spreadsheets take it for UTF-8.
pub const BOM: &str = "\u{feff}";

/// Appends a line of cells, each in quotes. What a spreadsheet would take for a formula, also in full-width forms, gets an
/// apostrophe in front.
pub fn line(table: &mut String, separator: char, cells: impl Iterator<Item = impl AsRef<str>>) {
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            table.push(separator);
        }
        table.push_str(&quoted(cell.as_ref()));
    }
    table.push_str("\r\n");
}

fn quoted(cell: &str) -> String {
    let formula = cell
        .trim_start_matches([' ', '\u{a0}', '\u{3000}'])
        .starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    let mark = if formula { "'" } else { "" };
    format!("\"{mark}{}\"", cell.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula_or_breaks_out() {
        assert_eq!(quoted("=1+1"), "\"'=1+1\"");
        assert_eq!(quoted("  @SUM(A1)"), "\"'  @SUM(A1)\"");
        assert_eq!(quoted("＝cmd"), "\"'＝cmd\"");
        assert_eq!(quoted("\tx"), "\"'\tx\"");
        assert_eq!(quoted("a \"b\"; c, d"), "\"a \"\"b\"\"; c, d\"");
        assert_eq!(quoted("Żółć"), "\"Żółć\"");
        let mut table = String::new();
        line(&mut table, ';', ["a", "", "7"].iter());
        assert_eq!(table, "\"a\";\"\";\"7\"\r\n");
    }
}
