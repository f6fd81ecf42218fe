//! XLSX: what a person sees in the first sheet, however the file says it.

use std::io::{Cursor, Read, Write};

use calamine::{DataRef, ExcelDateTime, Reader, Xlsx};
use csv::StringRecord;
use kernel::Refused;

use crate::quiet::quietly;

use super::{CELL_MAX, COLUMNS_MAX, Rows, Sheet, SheetRefusal, damaged, mebibytes};

/// What the parts of an XLSX may come to when they are unpacked.
const UNPACKED_MAX: u64 = 256 * 1024 * 1024;
/// Elements in the parts of an XLSX: a cell takes two, a text that cells share takes two more. Each costs a microsecond
/// or two before a single row is seen, however empty it is.
pub(super) const ELEMENTS_MAX: u64 = 4_000_000;

/// Reads the first sheet that can be seen; `name` is that of the file. The library that reads XLSX panics at some numbers
/// that no spreadsheet writes.
pub(super) fn read(bytes: &[u8], name: &str) -> Result<Sheet, Refused> {
    quietly(|| read_cells(bytes, name)).unwrap_or_else(|| Err(damaged(name, "it cannot be read")))
}

fn read_cells(bytes: &[u8], name: &str) -> Result<Sheet, Refused> {
    measure(bytes, name)?;
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|error| damaged(name, error))?;
    let visible =
        book.sheets_metadata().iter().find(|sheet| sheet.visible == calamine::SheetVisible::Visible);
    let Some(first) = visible.map(|sheet| sheet.name.clone()) else {
        return Err(SheetRefusal::Empty { file: name.to_owned() }.into());
    };
    let mut cells = book.worksheet_cells_reader(&first).map_err(|error| damaged(name, error))?;
    let mut rows = Rows::new(name);
    let (mut at, mut record) = (0, StringRecord::new());
    // Cell by cell, since a sheet may say that it reaches to its last corner.
    while let Some(cell) = cells.next_cell().map_err(|error| damaged(name, error))? {
        let (row, column) = (cell.get_position().0 as usize + 1, cell.get_position().1 as usize);
        if row < at {
            return Err(damaged(name, format!("row {row} behind row {at}")));
        }
        if row != at {
            rows.take(at, &record)?;
            (at, record) = (row, StringRecord::new());
        }
        if column >= COLUMNS_MAX {
            return Err(SheetRefusal::TooManyColumns { line: row, most: COLUMNS_MAX }.into());
        }
        // Before it is copied: one long text may be shared by every cell.
        if let DataRef::SharedString(text) = cell.get_value()
            && text.len() > CELL_MAX
        {
            return Err(SheetRefusal::LongCell { line: row, column: column + 1, most: CELL_MAX }.into());
        }
        let text = text_of(cell.get_value());
        if text.is_empty() {
            continue;
        }
        if column < record.len() {
            return Err(damaged(name, format!("two cells at row {row}, column {}", column + 1)));
        }
        while record.len() < column {
            record.push_field("");
        }
        record.push_field(&text);
    }
    rows.take(at, &record)?;
    rows.done()
}

/// Unpacks every part once, counting bytes and elements, and keeps nothing: what the file says of its own size may be a
/// lie, and what is packed tight may be millions of empty texts.
fn measure(bytes: &[u8], name: &str) -> Result<(), Refused> {
    let mut parts = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(name, error))?;
    let mut left = UNPACKED_MAX;
    let mut elements = Elements::default();
    for n in 0..parts.len() {
        let part = parts.by_index(n).map_err(|error| damaged(name, error))?;
        let size =
            std::io::copy(&mut part.take(left + 1), &mut elements).map_err(|error| damaged(name, error))?;
        left = left.checked_sub(size).ok_or_else(|| SheetRefusal::TooLarge {
            file: name.to_owned(),
            most: mebibytes(UNPACKED_MAX as usize),
        })?;
        if elements.count > ELEMENTS_MAX {
            return Err(SheetRefusal::TooManyCells { file: name.to_owned() }.into());
        }
    }
    Ok(())
}

/// Counts the elements of XML that run through it, whatever they are called.
#[derive(Default)]
pub(super) struct Elements {
    pub(super) count: u64,
    /// The last byte so far, since a sign may be cut in two.
    last: u8,
}

impl Write for Elements {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        for &byte in bytes {
            self.count += u64::from(self.last == b'<' && byte != b'/');
            self.last = byte;
        }
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// What a person sees in a cell. Of a formula it is the value that the spreadsheet last computed.
fn text_of(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number_text(*number),
        DataRef::Bool(yes) => yes.to_string(),
        DataRef::DateTime(at) => day_text(at),
        DataRef::DateTimeIso(text) => text.split('T').next().unwrap_or_default().to_owned(),
        DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(error) => error.to_string(),
    }
}

/// A number with the 15 digits that a spreadsheet keeps. One with more digits, such as that of a family card that was
/// not entered as text, has lost its end: it is written with an exponent, so that nobody takes it for the whole.
fn number_text(number: f64) -> String {
    if number.abs() >= 1e15 {
        return format!("{number:E}");
    }
    format!("{number:.14e}").parse::<f64>().map_or_else(|_| number.to_string(), |rounded| rounded.to_string())
}

fn day_text(at: &ExcelDateTime) -> String {
    if at.is_duration() {
        return number_text(at.as_f64());
    }
    let (year, month, day, ..) = at.to_ymd_hms_milli();
    format!("{year:04}-{month:02}-{day:02}")
}
