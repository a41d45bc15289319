//! Texts from files and standard input, as editors and shells write them.

/// Why bytes are no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoText {
    #[error("it is written in UTF-16; save it as UTF-8")]
    Utf16,
    #[error("it is not written in UTF-8: byte {at} fits no character")]
    NotUtf8 { at: usize },
}

/// Reads a text in UTF-8; the mark that some editors put in front of it is no part of it.
///
/// # Errors
/// For bytes that are no text in UTF-8.
pub fn read(bytes: Vec<u8>) -> Result<String, NoText> {
    let marked = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
    // Without a mark it shows by its zeros: every other byte of Latin letters is one.
    let zeros = |from: usize| {
        let some = bytes.iter().skip(from).step_by(2).take(64);
        bytes.len() >= 2 && some.clone().count() > 0 && some.into_iter().all(|byte| *byte == 0)
    };
    if marked || zeros(0) || zeros(1) {
        return Err(NoText::Utf16);
    }
    let text = String::from_utf8(bytes).map_err(|error| NoText::NotUtf8 {
        at: error.utf8_error().valid_up_to() + 1,
    })?;
    Ok(match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_owned(),
        None => text,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_no_part_of_the_text() {
        assert_eq!(read("\u{feff}anna\n".into()), Ok("anna\n".into()));
        assert_eq!(read("żak\u{feff}".into()), Ok("żak\u{feff}".into()));
        assert_eq!(read(vec![]), Ok(String::new()));
        assert_eq!(read(b"a".to_vec()), Ok("a".into()));
    }

    #[test]
    fn another_encoding_is_named() {
        let wide = |text: &str, mark: bool, little: bool| -> Vec<u8> {
            let units = mark
                .then_some(0xfeff)
                .into_iter()
                .chain(text.encode_utf16());
            let bytes = |unit: u16| {
                if little {
                    unit.to_le_bytes()
                } else {
                    unit.to_be_bytes()
                }
            };
            units.flat_map(bytes).collect()
        };
        for (mark, little) in [(true, true), (true, false), (false, true), (false, false)] {
            assert_eq!(read(wide("anna\nbea", mark, little)), Err(NoText::Utf16));
        }
        assert_eq!(read(b"an\xffna".to_vec()), Err(NoText::NotUtf8 { at: 3 }));
    }
}
