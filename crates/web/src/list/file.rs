//! A list as a file: CSV for any program, XLSX for a spreadsheet. Numbers stay numbers; text can never be a formula.

use axum::body::Body;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use kernel::{Arg, Fault, Qty, Stop};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::{Listed, Value};
use crate::Voice;
use crate::reply::Reply;

/// Text as a spreadsheet must not run it: what begins like a formula gets an apostrophe. Leading spaces do not help it.
pub fn neutralise(text: &str) -> String {
    let begins = |c: char| matches!(c, '=' | '+' | '-' | '@' | '\t' | '\r' | '＝' | '＋' | '－' | '＠');
    if text.starts_with(begins) || text.trim_start().starts_with(begins) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// A cell of a file: a number with its decimals, a day, or text.
enum Cell {
    Empty,
    Text(String),
    Number(i64, u32),
    Day(kernel::Day),
    Instant(kernel::Instant),
}

impl Cell {
    fn of(value: &Value, voice: &Voice) -> Cell {
        let Value::Of(arg) = value else {
            return if *value == Value::Empty { Cell::Empty } else { Cell::Text(value.text(voice)) };
        };
        match arg {
            Arg::Text(text) => Cell::Text(text.clone()),
            Arg::Count(count) => Cell::Number(*count, 0),
            Arg::Rupiah(amount) => Cell::Number(amount.count(), 0),
            Arg::Grams(weight) | Arg::Qty(Qty::Weighed(weight)) => Cell::Number(weight.count(), 3),
            Arg::Pieces(pieces) | Arg::Qty(Qty::Counted(pieces)) => Cell::Number(pieces.count(), 0),
            Arg::Price(price) => Cell::Number(price.rupiah(), 0),
            Arg::Share(share) => Cell::Number(share.count(), 2),
            Arg::Day(day) => Cell::Day(*day),
            Arg::Date(kernel::Date::Day(day)) => Cell::Day(*day),
            Arg::Date(date) => Cell::Text(date.to_string()),
            Arg::Month(month) => Cell::Text(month.to_string()),
            Arg::Instant(at) => Cell::Instant(*at),
        }
    }
    fn plain(self, voice: &Voice) -> String {
        match self {
            Cell::Empty => String::new(),
            Cell::Text(text) => neutralise(&text),
            Cell::Number(count, decimals) => decimal(count, decimals),
            Cell::Day(day) => day.to_string(),
            Cell::Instant(at) => {
                let (_, (hour, minute, _)) = at.clock_at(voice.offset_minutes);
                format!("{} {hour:02}:{minute:02}", at.day_at(voice.offset_minutes))
            }
        }
    }
}

/// `-1250` with 3 decimals is `-1.25`.
fn decimal(count: i64, decimals: u32) -> String {
    let scale = 10u64.pow(decimals);
    let sign = if count < 0 { "-" } else { "" };
    let (whole, rest) = (count.unsigned_abs() / scale, count.unsigned_abs() % scale);
    let fraction = format!("{rest:0width$}", width = decimals as usize);
    match fraction.trim_end_matches('0') {
        "" => format!("{sign}{whole}"),
        fraction => format!("{sign}{whole}.{fraction}"),
    }
}

impl Listed {
    /// The heading of a column with the unit of its numbers.
    fn heading(&self, column: usize, voice: &Voice) -> String {
        let heading = voice.say(self.headings[column].key).to_string();
        let mut values = self.lines.iter().map(|line| &line.cells[column].value);
        match values.find(|value| **value != Value::Empty) {
            Some(Value::Of(Arg::Grams(_))) => format!("{heading} (kg)"),
            Some(Value::Of(Arg::Rupiah(_) | Arg::Price(_))) => format!("{heading} (Rp)"),
            Some(Value::Of(Arg::Share(_))) => format!("{heading} (%)"),
            _ => heading,
        }
    }
    /// Undone rows carry the word in a column of their own.
    fn has_undone(&self) -> bool {
        self.lines.iter().any(|line| line.undone)
    }

    pub(crate) fn csv(&self, voice: &Voice) -> Reply {
        let bytes =
            self.csv_bytes(voice).map_err(|error| Stop::from(Fault::because("writing a CSV", error)))?;
        Ok(attached(bytes, "text/csv; charset=utf-8", &format!("{}.csv", self.name)))
    }
    fn csv_bytes(&self, voice: &Voice) -> Result<Vec<u8>, csv::Error> {
        // The mark tells Excel that the text is UTF-8.
        let mut out = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
        let undone = self.has_undone().then(|| voice.say("web-undone").to_string());
        let headings = (0..self.headings.len()).map(|column| neutralise(&self.heading(column, voice)));
        out.write_record(headings.chain(undone.clone()))?;
        for line in &self.lines {
            let cells = line.cells.iter().map(|cell| Cell::of(&cell.value, voice).plain(voice));
            let mark = undone.as_ref().map(|word| if line.undone { word.clone() } else { String::new() });
            out.write_record(cells.chain(mark))?;
        }
        out.into_inner().map_err(|error| error.into_error().into())
    }

    pub(crate) fn xlsx(&self, voice: &Voice) -> Reply {
        let bytes =
            self.xlsx_bytes(voice).map_err(|error| Stop::from(Fault::because("writing an XLSX", error)))?;
        let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
        Ok(attached(bytes, kind, &format!("{}.xlsx", self.name)))
    }
    fn xlsx_bytes(&self, voice: &Voice) -> Result<Vec<u8>, XlsxError> {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        sheet.set_name(self.name)?;
        let bold = Format::new().set_bold();
        let undone = self.has_undone().then(|| voice.say("web-undone").to_string());
        let headings: Vec<String> = (0..self.headings.len())
            .map(|column| self.heading(column, voice))
            .chain(undone.clone())
            .collect();
        for (column, heading) in headings.iter().enumerate() {
            sheet.write_with_format(0, column as u16, neutralise(heading), &bold)?;
        }
        for (n, line) in self.lines.iter().enumerate() {
            let row = n as u32 + 1;
            for (column, cell) in line.cells.iter().enumerate() {
                write(sheet, row, column as u16, Cell::of(&cell.value, voice), voice)?;
            }
            if let (true, Some(word)) = (line.undone, &undone) {
                sheet.write(row, self.headings.len() as u16, word)?;
            }
        }
        sheet.set_freeze_panes(1, 0)?;
        if !self.lines.is_empty() {
            sheet.autofilter(0, 0, self.lines.len() as u32, headings.len() as u16 - 1)?;
        }
        sheet.autofit();
        book.save_to_buffer()
    }
}

fn write(sheet: &mut Worksheet, row: u32, column: u16, cell: Cell, voice: &Voice) -> Result<(), XlsxError> {
    let format = |text: &str| Format::new().set_num_format(text);
    match cell {
        Cell::Empty => {}
        Cell::Text(text) => drop(sheet.write_string(row, column, fitting(neutralise(&text)))?),
        // A spreadsheet knows no day before 1900.
        Cell::Day(day) if !(1900..=9999).contains(&day.parts().0) => {
            sheet.write_string(row, column, day.to_string())?;
        }
        Cell::Instant(at) if !(1900..=9999).contains(&at.day_at(voice.offset_minutes).parts().0) => {
            sheet.write_string(row, column, cell.plain(voice))?;
        }
        Cell::Number(count, decimals) => {
            let shown = if decimals == 0 { "#,##0" } else { "#,##0.###" };
            // A cell of a spreadsheet is a float; 53 bits hold every sum a village books.
            let number = count as f64 / f64::from(10u32.pow(decimals));
            sheet.write_with_format(row, column, number, &format(shown))?;
        }
        Cell::Day(day) => {
            let (year, month, day) = day.parts();
            let date = ExcelDateTime::from_ymd(year as u16, month as u8, day as u8)?;
            sheet.write_with_format(row, column, &date, &format("yyyy-mm-dd"))?;
        }
        Cell::Instant(at) => {
            let ((year, month, day), (hour, minute, _)) = at.clock_at(voice.offset_minutes);
            let date = ExcelDateTime::from_ymd(year as u16, month as u8, day as u8)?.and_hms(
                hour as u16,
                minute as u8,
                0.0,
            )?;
            sheet.write_with_format(row, column, &date, &format("yyyy-mm-dd hh:mm"))?;
        }
    }
    Ok(())
}

/// The longest text that a cell of a spreadsheet holds, in the units of UTF-16; it counts no fewer than letters.
const CELL_MAX: usize = 32_767;

/// A text as far as a cell holds it; an ellipsis tells that there was more.
fn fitting(text: String) -> String {
    if text.encode_utf16().count() <= CELL_MAX {
        return text;
    }
    let mut left = CELL_MAX - 1;
    let fits = |c: &char| left.checked_sub(c.len_utf16()).inspect(|rest| left = *rest).is_some();
    text.chars().take_while(fits).chain(['…']).collect()
}

pub(crate) fn attached(bytes: Vec<u8>, kind: &'static str, name: &str) -> Response {
    let mut response = Response::new(Body::from(bytes));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::super::tests::{members, rows, voice};
    use super::super::{ListAsk, Want};
    use super::*;
    use crate::Lang;

    #[test]
    fn no_text_becomes_a_formula() {
        for (text, file) in [
            ("Sri", "Sri"),
            ("=1+1", "'=1+1"),
            ("  =1+1", "'  =1+1"),
            ("+62812", "'+62812"),
            ("-5", "'-5"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("\rx", "'\rx"),
            ("＝1", "'＝1"),
            ("a=b", "a=b"),
            ("", ""),
        ] {
            assert_eq!(neutralise(text), file);
        }
        for (count, decimals, text) in
            [(4500, 3, "4.5"), (-1250, 3, "-1.25"), (12, 0, "12"), (5, 3, "0.005"), (2000, 2, "20")]
        {
            assert_eq!(decimal(count, decimals), text);
        }
    }

    #[test]
    fn an_odd_day_or_a_long_text_stops_no_spreadsheet() {
        let voice = voice(Lang::Id);
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        let day: kernel::Day = "1899-12-31".parse().expect("a day");
        let cells = [
            Cell::Day(day),
            Cell::Instant(kernel::Instant::from_micros(-3_000_000_000_000_000)),
            Cell::Text("x".repeat(40_000)),
            Cell::Text("🌾".repeat(20_000)),
        ];
        for (n, cell) in cells.into_iter().enumerate() {
            write(sheet, 0, n as u16, cell, &voice).expect("written");
        }
        assert_eq!(&book.save_to_buffer().expect("saved")[..2], b"PK");
        assert_eq!(fitting("x".repeat(CELL_MAX)).len(), CELL_MAX);
        assert!(fitting("🌾".repeat(20_000)).ends_with("🌾…"));
    }

    #[test]
    fn a_csv_opens_in_any_program() {
        let voice = voice(Lang::Id);
        let list = members().undone(|_| false).of(&rows(), &ListAsk::default(), &voice, Want::Csv);
        let text = String::from_utf8(list.csv_bytes(&voice).expect("written")).expect("text");
        let expected = "\u{feff}Nomor,Nama,Saldo (Rp),Berat (kg),x\n2,Sri,9000,4.5,2026-03-31\n10,'=HYPERLINK(1),1000,0.5,2026-03-31\n1,Budi Sriyono,500,0.25,\n";
        assert_eq!(text, expected);
        let xlsx = list.xlsx_bytes(&voice).expect("written");
        assert_eq!(&xlsx[..2], b"PK");
    }
}
