//! What a text may hold, wherever it comes from: a form, JSON, an address, the cells of a file.
//!
//! Not every database keeps every character, and a person sees only some of them. What cannot be kept is refused at the
//! door, so that no rule has to think of it; what only deceives the eye is left out.

use std::borrow::Cow;

/// A text holds a control character: no keyboard writes one, and PostgreSQL does not keep all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ControlCharacter;

/// The text as it is taken: without the marks that turn the direction of writing around, and empty if nothing in it can
/// be seen. Tabs and the ends of lines are kept; any other control character is refused.
pub fn clean(text: &str) -> Result<Cow<'_, str>, ControlCharacter> {
    let plain = |byte: &u8| matches!(byte, b'!'..=b'~');
    if !text.is_empty()
        && text.bytes().all(|byte| plain(&byte) || byte == b' ')
        && text.bytes().any(|b| plain(&b))
    {
        return Ok(Cow::Borrowed(text)); // as nearly all are
    }
    if text.chars().any(|c| c.is_control() && !matches!(c, '\t' | '\n' | '\r')) {
        return Err(ControlCharacter);
    }
    if text.chars().all(cannot_be_seen) {
        return Ok(Cow::Borrowed(""));
    }
    if text.contains(turns_around) {
        return Ok(Cow::Owned(text.replace(turns_around, "")));
    }
    Ok(Cow::Borrowed(text))
}

/// Embeddings, overrides and isolates. Telephone numbers copied from an address book bring them along.
fn turns_around(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// White space, marks without width, and the blanks that count as letters (of Hangul and of Braille).
fn cannot_be_seen(c: char) -> bool {
    c.is_whitespace()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{e0000}'..='\u{e0fff}')
}

/// JSON whose every text is clean; the rest of it is as it was, and what is no JSON is left to whoever reads it. The
/// refusal names the field that the text stands in.
pub(crate) fn clean_json(json: &[u8]) -> Result<Vec<u8>, String> {
    let mut out = Vec::with_capacity(json.len());
    let mut field = ".".to_owned();
    let mut rest = json;
    while let Some(begin) = rest.iter().position(|byte| *byte == b'"') {
        let (before, from) = rest.split_at(begin);
        out.extend_from_slice(before);
        let (text, after) = from.split_at(length_of_text(from));
        rest = after;
        let Ok(read) = serde_json::from_slice::<Cow<'_, str>>(text) else {
            out.extend_from_slice(text);
            continue;
        };
        let taken = clean(&read).map_err(|ControlCharacter| field.clone())?;
        if after.trim_ascii_start().starts_with(b":") {
            field = taken.clone().into_owned();
        }
        serde_json::to_writer(&mut out, &taken).expect("a text can be written to memory");
    }
    out.extend_from_slice(rest);
    Ok(out)
}

/// How many bytes a text of JSON takes with its quotation marks; all there are if it does not end.
fn length_of_text(from: &[u8]) -> usize {
    let mut escaped = false;
    let end = from.iter().skip(1).position(|byte| {
        let ends = *byte == b'"' && !escaped;
        escaped = *byte == b'\\' && !escaped;
        ends
    });
    end.map_or(from.len(), |end| end + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_what_can_be_kept_and_seen() {
        for (text, taken) in [
            ("Bank Melati", Ok("Bank Melati")),
            ("baris\tsatu\r\ndua", Ok("baris\tsatu\r\ndua")),
            ("안동 👩‍🌾", Ok("안동 👩‍🌾")),
            ("a\0b", Err(ControlCharacter)),
            ("\u{1b}[31m", Err(ControlCharacter)),
            ("a\u{7f}", Err(ControlCharacter)),
            ("a\u{85}", Err(ControlCharacter)),
            ("\u{202a}+62 812\u{202c}", Ok("+62 812")),
            ("Sri\u{202e}000.5", Ok("Sri000.5")),
            ("\u{2066}Sri\u{2069}", Ok("Sri")),
            ("\u{200b}\u{feff} \u{a0}", Ok("")),
            ("\u{3164}\u{2800}\u{202e}", Ok("")),
            ("   ", Ok("")),
            ("", Ok("")),
        ] {
            assert_eq!(clean(text).as_deref(), taken.as_deref(), "{text:?}");
        }
    }

    #[test]
    fn every_text_of_json_is_cleaned() {
        for (json, taken) in [
            (r#"{"a": "x\"y", "n": [1, -2.50]}"#, Ok(r#"{"a": "x\"y", "n": [1, -2.50]}"#)),
            (r#"{"a":"\u202eSri","b":{"c":["\u200b"]}}"#, Ok(r#"{"a":"Sri","b":{"c":[""]}}"#)),
            (r#"{"a":"x","b" : [{"c":"1\u0000"}]}"#, Err("c")),
            (r#"{"a":"x","list":["y","\u009f"]}"#, Err("list")),
            (r#"["\u0001"]"#, Err(".")),
            (r#"{"a":"not ended \"#, Ok(r#"{"a":"not ended \"#)),
            (r#"{"a":"\ud800"}"#, Ok(r#"{"a":"\ud800"}"#)),
        ] {
            let cleaned = clean_json(json.as_bytes()).map(|out| String::from_utf8(out).expect("text"));
            assert_eq!(cleaned.as_deref().map_err(String::as_str), taken, "{json}");
        }
    }
}
