use anyhow::{Result, ensure};

/// The licences that the text of `deny.toml` allows: the strings of `allow = […]` in its section `[licenses]`.
///
/// Read by hand, as a parser of TOML would take longer to compile than everything else here.
pub fn allowed_licences(policy: &str) -> Result<Vec<String>> {
    let mut found = Vec::new();
    let (mut in_section, mut in_list) = (false, false);
    for line in policy.lines() {
        let line = line.split('#').next().unwrap_or_default().trim();
        let mut strings = line;
        if in_list {
            // goes on from the line before
        } else if line.starts_with('[') {
            in_section = line == "[licenses]";
            continue;
        } else if let Some((key, value)) = line.split_once('=')
            && in_section
            && key.trim() == "allow"
        {
            strings = value;
        } else {
            continue;
        }
        found.extend(strings.split('"').skip(1).step_by(2).map(str::to_owned));
        in_list = !strings.contains(']');
    }
    ensure!(!found.is_empty(), "deny.toml allows no licence");
    Ok(found)
}
