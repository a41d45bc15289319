//! Names as logins and domains write them.

/// Appends a name in small Latin letters: `Łukasz` is `lukasz`, `Müller` is `mueller`; what is no letter
/// and no digit is left out.
pub(crate) fn push(text: &mut String, name: &str) {
    for c in name.chars() {
        match c {
            'a'..='z' | '0'..='9' => text.push(c),
            'A'..='Z' => text.push(c.to_ascii_lowercase()),
            'ą' | 'Ą' => text.push('a'),
            'ć' | 'Ć' => text.push('c'),
            'ę' | 'Ę' => text.push('e'),
            'ł' | 'Ł' => text.push('l'),
            'ń' | 'Ń' => text.push('n'),
            'ó' | 'Ó' => text.push('o'),
            'ś' | 'Ś' => text.push('s'),
            'ź' | 'ż' | 'Ź' | 'Ż' => text.push('z'),
            'ä' | 'Ä' => text.push_str("ae"),
            'ö' | 'Ö' => text.push_str("oe"),
            'ü' | 'Ü' => text.push_str("ue"),
            'ß' => text.push_str("ss"),
            _ => {}
        }
    }
}
