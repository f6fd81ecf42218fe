//! CSV as any program writes it: the letters and the sign between the cells are found out.

use std::borrow::Cow;

use csv::StringRecord;
use encoding_rs::{EUC_KR, Encoding, WINDOWS_1252};
use kernel::Refused;

use super::{Rows, Sheet, damaged};

/// Reads rows of text; `name` is that of the file.
pub(super) fn read(bytes: &[u8], name: &str) -> Result<Sheet, Refused> {
    let text = &*decoded(bytes);
    // A line `sep=;` is how a spreadsheet is told the sign; it is no row, but it has a line.
    let (told, text, before) = match text.split_once('\n') {
        Some((first, rest)) if first.trim_end().len() == 5 && first.starts_with("sep=") => {
            (Some(first.as_bytes()[4]), rest, 1)
        }
        _ => (None, text, 0),
    };
    let delimiter = told.unwrap_or_else(|| delimiter_of(text));
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .has_headers(false)
        .from_reader(text.as_bytes());
    let mut rows = Rows::new(name);
    let mut record = StringRecord::new();
    while reader.read_record(&mut record).map_err(|error| damaged(name, error))? {
        rows.take(before + line_of(&record, text), &record)?;
    }
    rows.done()
}

/// The text of a file. Its mark decides; else UTF-8 if it is that; else Korean if every letter beyond ASCII would be
/// Hangul; else Windows-1252, in which every byte is a letter.
fn decoded(bytes: &[u8]) -> Cow<'_, str> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding.decode(bytes).0;
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Cow::Borrowed(text);
    }
    let (korean, wrong) = EUC_KR.decode_without_bom_handling(bytes);
    let hangul = |c: char| c.is_ascii() || ('\u{ac00}'..='\u{d7a3}').contains(&c);
    if !wrong && korean.chars().all(hangul) {
        korean
    } else {
        WINDOWS_1252.decode_without_bom_handling(bytes).0
    }
}

/// Where a record begins: its position is that of the empty lines before it.
fn line_of(record: &StringRecord, text: &str) -> usize {
    let Some(position) = record.position() else { return 0 };
    let from = text.as_bytes().get(position.byte() as usize..).unwrap_or_default();
    let empty =
        from.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).filter(|byte| **byte == b'\n').count();
    position.line() as usize + empty
}

/// The sign that most often stands between the names of the columns, outside quotation marks.
fn delimiter_of(text: &str) -> u8 {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let mut quoted = false;
    let mut counts = [(b';', 0), (b',', 0), (b'\t', 0), (b'|', 0)];
    for byte in first.bytes() {
        quoted ^= byte == b'"';
        if let Some((_, count)) = counts.iter_mut().find(|(sign, _)| *sign == byte && !quoted) {
            *count += 1;
        }
    }
    counts
        .into_iter()
        .rev()
        .max_by_key(|(_, count)| *count)
        .filter(|(_, count)| *count > 0)
        .map_or(b',', |(sign, _)| sign)
}
