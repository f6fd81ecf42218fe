//! Files of rows that people bring: CSV as any program writes it (commas, semicolons, tabs; UTF-8 with or without its
//! mark, UTF-16, Windows-1252, EUC-KR) and XLSX. What comes out is text, row by row, with the line that a person finds
//! it on.
//!
//! A file is not trusted: whatever would fill the memory is refused before it does.

mod csv;
mod xlsx;

use std::borrow::Cow;

use ::csv::StringRecord;
use encoding_rs::Encoding;
use kernel::Refused;
use unicode_normalization::UnicodeNormalization;

/// More rows than any village, regency or bank has in one file.
const ROWS_MAX: usize = 1_000_000;
/// More columns than any register has.
const COLUMNS_MAX: usize = 256;
/// A longer cell is a quotation mark that was never closed, or no cell.
const CELL_MAX: usize = 10_000;
/// More cells than any register has, the empty ones before the last of a row among them: each costs memory.
const CELLS_MAX: usize = 4_000_000;
/// So many wrong lines of a file are kept, to be told and given back; all are counted.
pub const PROBLEMS_MAX: usize = 20_000;
/// What all cells may hold together, in bytes.
const TEXT_MAX: usize = 64 * 1024 * 1024;

kernel::refusals! { SheetRefusal:
    /// There is no row in it.
    422 "people.sheet_empty" Empty { file: String };
    /// Columns, but no row below them.
    422 "people.sheet_no_rows" NoRows { file: String };
    /// Neither CSV nor XLSX: an old XLS, a picture, a document.
    415 "people.sheet_unknown_kind" UnknownKind { file: String };
    /// It says that it is an XLSX and cannot be read as one.
    422 "people.sheet_damaged" Damaged { file: String, problem: String };
    /// It would become larger than memory when it is unpacked.
    413 "people.sheet_too_large" TooLarge { file: String, most: String };
    /// So many cells that reading them would keep others waiting.
    413 "people.sheet_too_many_cells" TooManyCells { file: String };
    /// More rows than are taken at once.
    413 "people.sheet_too_many_rows" TooManyRows { file: String, most: usize };
    /// More columns than are taken.
    422 "people.sheet_too_many_columns" TooManyColumns { line: usize, most: usize };
    /// A cell that is too long.
    422 "people.sheet_long_cell" LongCell { line: usize, column: usize, most: usize };
    /// A cell with a control character in it.
    422 "people.sheet_unprintable" Unprintable { line: usize, column: usize };
    /// A row has more cells than there are columns.
    422 "people.sheet_long_row" LongRow { line: usize, cells: usize, columns: usize };
    /// Two columns have the same name.
    422 "people.sheet_same_column" SameColumn { column: String };
    /// A column that is needed is not there.
    422 "people.sheet_missing_column" MissingColumn { missing: String, found: String };
}

/// A file of rows: the names of its columns, and the rows below them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// The names of the columns, as they stand in the file.
    pub columns: Vec<String>,
    /// The rows that hold anything, in the order of the file.
    pub rows: Vec<Row>,
}

/// What becomes of a file in which some lines are wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// Nothing of it is booked.
    BooksNothing,
    /// The wrong lines are left out, the good ones are booked.
    IsLeftOut,
}

/// A row of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The line on which a person finds it; in an XLSX the number of the row.
    pub line: usize,
    cells: StringRecord,
}

impl Row {
    /// What stands in a column, without white space around it; empty where nothing does.
    pub fn cell(&self, column: usize) -> &str {
        unmarked(self.cells.get(column).unwrap_or_default().trim())
    }
    /// Every cell that the file has.
    pub fn cells(&self) -> impl Iterator<Item = &str> {
        self.cells.iter().map(|cell| unmarked(cell.trim()))
    }
}

/// Without the apostrophe with which our own files keep a spreadsheet from taking text for a formula.
fn unmarked(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| rest.trim_start().starts_with(['=', '+', '-', '@'])).unwrap_or(cell)
}

/// Counts what is wrong with a line, and keeps it while there are few.
pub fn keep<P>(problems: &mut Vec<P>, wrong: &mut usize, problem: P) {
    *wrong += 1;
    if problems.len() < PROBLEMS_MAX {
        problems.push(problem);
    }
}

/// Reads a file that somebody brought. `name` is the name that they gave it, for what is said about it.
pub fn read(bytes: &[u8], name: &str) -> Result<Sheet, Refused> {
    let sheet = match Kind::of(bytes) {
        Kind::Xlsx => xlsx::read(bytes, name)?,
        Kind::Text => csv::read(bytes, name)?,
        Kind::Other => return Err(SheetRefusal::UnknownKind { file: name.to_owned() }.into()),
    };
    if sheet.rows.is_empty() {
        return Err(SheetRefusal::NoRows { file: name.to_owned() }.into());
    }
    Ok(sheet)
}

impl Sheet {
    /// The first column with one of these names. Case, accents, spaces and signs do not matter.
    pub fn column(&self, names: &[&str]) -> Option<usize> {
        let plain: Vec<String> = self.columns.iter().map(|column| plain_name(column)).collect();
        names.iter().find_map(|name| plain.iter().position(|column| *column == plain_name(name)))
    }
    /// As [`Sheet::column`]; its absence is refused with the names that would do and those that are there.
    pub fn require(&self, names: &[&str]) -> Result<usize, Refused> {
        self.column(names).ok_or_else(|| self.lacks(&names.join(" / ")))
    }
    /// The rows that were refused, by their places among `rows`, as a file to correct and bring again: the same columns,
    /// and in a last one, with the heading `why`, what is wrong. Nothing in it can be taken for a formula.
    pub fn rejects(&self, why: &str, wrong: impl IntoIterator<Item = (usize, String)>) -> Vec<u8> {
        let mut out = ::csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
        let mut write = |cells: Vec<&str>, why: &str| {
            let cells = cells.into_iter().chain([why]).map(web::list::neutralise);
            out.write_record(cells)
                .expect("every record has one cell for each column, and memory is written to");
        };
        write(self.columns.iter().map(String::as_str).collect(), why);
        for (n, why) in wrong {
            write((0..self.columns.len()).map(|column| self.rows[n].cell(column)).collect(), &why);
        }
        out.into_inner().expect("memory can be written to")
    }
    /// The refusal that says what is missing, and what the file has instead.
    pub fn lacks(&self, missing: &str) -> Refused {
        let found =
            self.columns.iter().filter(|column| !column.is_empty()).cloned().collect::<Vec<_>>().join(", ");
        SheetRefusal::MissingColumn { missing: missing.to_owned(), found }.into()
    }
}

/// `no_kk` for `No. KK`, `telepon` for `Telépon`: how names of columns are compared.
pub fn plain_name(name: &str) -> String {
    let plain = plain_text(name);
    let words: Vec<&str> =
        plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join("_")
}

/// Lower case without accents: how words of people are compared. Hangul stays whole.
pub fn plain_text(text: &str) -> String {
    let mark = |c: &char| !('\u{300}'..='\u{36f}').contains(c);
    text.nfd().filter(mark).nfc().flat_map(char::to_lowercase).collect()
}

enum Kind {
    Xlsx,
    Text,
    Other,
}

impl Kind {
    fn of(bytes: &[u8]) -> Kind {
        const OLD_OFFICE: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0];
        if bytes.starts_with(b"PK\x03\x04") {
            return Kind::Xlsx;
        }
        let marked = Encoding::for_bom(bytes).is_some();
        let start = &bytes[..bytes.len().min(4096)];
        if bytes.starts_with(OLD_OFFICE) || bytes.starts_with(b"%PDF") || (!marked && start.contains(&0)) {
            return Kind::Other;
        }
        Kind::Text
    }
}

fn damaged(name: &str, error: impl std::fmt::Display) -> Refused {
    SheetRefusal::Damaged { file: name.to_owned(), problem: error.to_string() }.into()
}

fn mebibytes(bytes: usize) -> String {
    format!("{} MiB", bytes / (1024 * 1024))
}

/// The rows as they come in.
struct Rows<'a> {
    name: &'a str,
    columns: Vec<String>,
    rows: Vec<Row>,
    /// Bytes in the cells so far.
    text: usize,
    /// The cells so far, whether or not something stands in them.
    cells: usize,
}

impl<'a> Rows<'a> {
    fn new(name: &'a str) -> Rows<'a> {
        Rows { name, columns: Vec::new(), rows: Vec::new(), text: 0, cells: 0 }
    }
    /// The first row that holds anything has the names of the columns; empty rows are passed over.
    fn take(&mut self, line: usize, record: &StringRecord) -> Result<(), Refused> {
        let record = &*cleaned(line, record)?;
        let used = (0..record.len()).rfind(|n| !record[*n].trim().is_empty()).map_or(0, |last| last + 1);
        if used == 0 {
            return Ok(());
        }
        if used > COLUMNS_MAX {
            return Err(SheetRefusal::TooManyColumns { line, most: COLUMNS_MAX }.into());
        }
        if let Some(column) = record.iter().position(|cell| cell.len() > CELL_MAX) {
            return Err(SheetRefusal::LongCell { line, column: column + 1, most: CELL_MAX }.into());
        }
        if self.columns.is_empty() {
            self.columns = record.iter().take(used).map(|cell| cell.trim().to_owned()).collect();
            return self.no_column_twice();
        }
        if used > self.columns.len() {
            return Err(SheetRefusal::LongRow { line, cells: used, columns: self.columns.len() }.into());
        }
        if self.rows.len() == ROWS_MAX {
            return Err(SheetRefusal::TooManyRows { file: self.name.to_owned(), most: ROWS_MAX }.into());
        }
        self.cells += used;
        if self.cells > CELLS_MAX {
            return Err(SheetRefusal::TooManyCells { file: self.name.to_owned() }.into());
        }
        self.text += record.as_slice().len();
        if self.text > TEXT_MAX {
            return Err(
                SheetRefusal::TooLarge { file: self.name.to_owned(), most: mebibytes(TEXT_MAX) }.into()
            );
        }
        self.rows.push(Row { line, cells: record.iter().take(used).collect() });
        Ok(())
    }
    fn no_column_twice(&self) -> Result<(), Refused> {
        let named: Vec<String> = self.columns.iter().map(|column| plain_name(column)).collect();
        let twice = named.iter().enumerate().find(|(n, name)| !name.is_empty() && named[..*n].contains(name));
        twice
            .map_or(Ok(()), |(n, _)| Err(SheetRefusal::SameColumn { column: self.columns[n].clone() }.into()))
    }
    fn done(self) -> Result<Sheet, Refused> {
        if self.columns.is_empty() {
            return Err(SheetRefusal::Empty { file: self.name.to_owned() }.into());
        }
        Ok(Sheet { columns: self.columns, rows: self.rows })
    }
}

/// The cells as they are taken: see [`web::text::clean`].
fn cleaned(line: usize, record: &StringRecord) -> Result<Cow<'_, StringRecord>, Refused> {
    if record.as_slice().bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return Ok(Cow::Borrowed(record));
    }
    let mut clean = StringRecord::with_capacity(record.as_slice().len(), record.len());
    for (n, cell) in record.iter().enumerate() {
        let cell = web::text::clean(cell);
        clean.push_field(&cell.map_err(|_| SheetRefusal::Unprintable { line, column: n + 1 })?);
    }
    Ok(Cow::Owned(clean))
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read as _, Write as _};

    use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};

    use super::xlsx::{ELEMENTS_MAX, Elements};
    use super::*;

    fn rows(sheet: &Sheet) -> Vec<(usize, Vec<&str>)> {
        let width = sheet.columns.len();
        sheet.rows.iter().map(|row| (row.line, (0..width).map(|n| row.cell(n)).collect())).collect()
    }

    fn code(bytes: &[u8]) -> &'static str {
        read(bytes, "a.csv").expect_err("it was read").code
    }

    #[test]
    fn a_csv_is_read_as_any_program_writes_it() {
        let plain = vec![(2, vec!["Ngaglik", "Bu Sri"]), (4, vec!["", "André"])];
        let utf16: Vec<u8> = [0xff, 0xfe]
            .into_iter()
            .chain("dusun;nama\r\nNgaglik;Bu Sri\r\n\r\n;André\r\n".encode_utf16().flat_map(u16::to_le_bytes))
            .collect();
        for (what, bytes) in [
            ("commas", "dusun,nama\nNgaglik,Bu Sri\n\n,André\n".as_bytes()),
            ("mark, semicolons", "\u{feff}dusun;nama\r\nNgaglik;Bu Sri\r\n\r\n;André".as_bytes()),
            ("tabs", "dusun\tnama\nNgaglik\tBu Sri\n\n\tAndré\n".as_bytes()),
            ("quotation marks", "\"dusun\",\"nama\"\n\"Ngaglik\",\" Bu Sri \"\n\n,André\n".as_bytes()),
            ("Windows-1252", b"dusun;nama\nNgaglik;Bu Sri\n\n;Andr\xe9\n"),
            ("UTF-16", utf16.as_slice()),
        ] {
            let sheet = read(bytes, "a.csv").unwrap_or_else(|refused| panic!("{what}: {refused:?}"));
            assert_eq!(sheet.columns, ["dusun", "nama"], "{what}");
            assert_eq!(rows(&sheet), plain, "{what}");
        }
        let told = read(b"sep=|\nnama|berat\nSri|1;5\n", "a.csv").expect("readable");
        assert_eq!(rows(&told), [(3, vec!["Sri", "1;5"])]);
        let korean = read(b"\xc0\xcc\xb8\xa7,\xb8\xb6\xc0\xbb\n\xb1\xe8,\xbe\xc8\xb5\xbf\n", "a.csv")
            .expect("readable");
        assert_eq!(
            (korean.columns.as_slice(), rows(&korean)),
            (["이름", "마을"].map(String::from).as_slice(), vec![(2, vec!["김", "안동"])])
        );
        let marked = read(b"telepon,nama\n'+62812,'Aini\n", "a.csv").expect("readable");
        assert_eq!(rows(&marked), [(2, vec!["+62812", "'Aini"])], "our own mark is no part of the text");
    }

    #[test]
    fn what_cannot_be_seen_is_no_text() {
        let sheet =
            read("nama,telepon\n\u{200b},\u{feff}\nSri\u{202e},\u{202a}+62812\u{202c}\n".as_bytes(), "a.csv");
        assert_eq!(rows(&sheet.expect("readable")), [(3, vec!["Sri", "+62812"])]);
    }

    #[test]
    fn what_is_no_table_is_refused_with_its_line() {
        let long = format!("a,b\n1,\"{}", "x".repeat(CELL_MAX + 1));
        for (bytes, expected) in [
            (&b""[..], "people.sheet_empty"),
            (b" \n\n", "people.sheet_empty"),
            (b"a,b\n", "people.sheet_no_rows"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1", "people.sheet_unknown_kind"),
            (b"%PDF-1.7", "people.sheet_unknown_kind"),
            (b"\x89PNG\x00\x00", "people.sheet_unknown_kind"),
            (b"PK\x03\x04nonsense", "people.sheet_damaged"),
            (b"nama,Nama\n1,2\n", "people.sheet_same_column"),
            (b"a,b\n1,2\n1,2,3\n", "people.sheet_long_row"),
            (long.as_bytes(), "people.sheet_long_cell"),
            (&[&b"x,y\n"[..], &b"a,".repeat(300)].concat(), "people.sheet_too_many_columns"),
            (b"a,b\n1,2\x1b[0m\n", "people.sheet_unprintable"),
            (&[&b"a,b\n"[..], &b"1,2\n".repeat(2000), b"1,\0"].concat(), "people.sheet_unprintable"),
        ] {
            let shown = String::from_utf8_lossy(&bytes[..bytes.len().min(20)]).into_owned();
            assert_eq!(code(bytes), expected, "{shown}");
        }
        assert!(read(b"a,b\n1,2,,\n", "a.csv").is_ok(), "empty cells at the end are nothing");
    }

    #[test]
    fn an_xlsx_gives_what_a_person_sees_in_it() {
        let mut book = Workbook::new();
        let page = book.add_worksheet();
        let day = Format::new().set_num_format("yyyy-mm-dd");
        for (column, name) in ["nama", "berat", "tanggal", "no_kk", "jumlah"].into_iter().enumerate() {
            page.write(2, column as u16, name).expect("writes");
        }
        page.write(3, 0, "Bu Sri").expect("writes");
        page.write(3, 1, 0.1 + 0.2).expect("writes");
        page.write_with_format(3, 2, ExcelDateTime::from_ymd(2026, 3, 31).expect("a day"), &day)
            .expect("writes");
        page.write(3, 3, 3_402_051_203_990_001_f64).expect("writes");
        page.write_formula(3, 4, Formula::new("=B4*2").set_result("0.6")).expect("writes");
        page.write(5, 3, "3402051203990001").expect("writes");
        page.write(5, 4, 12).expect("writes");
        let bytes = book.save_to_buffer().expect("writes");
        let sheet = read(&bytes, "a.xlsx").expect("readable");
        assert_eq!(sheet.columns, ["nama", "berat", "tanggal", "no_kk", "jumlah"]);
        let expected = [
            (4, vec!["Bu Sri", "0.3", "2026-03-31", "3.402051203990001E15", "0.6"]),
            (6, vec!["", "", "", "3402051203990001", "12"]),
        ];
        assert_eq!(rows(&sheet), expected);
    }

    /// An XLSX, each of its parts written anew.
    fn rewritten(bytes: &[u8], part_of: impl Fn(&str) -> String) -> Vec<u8> {
        let mut parts = zip::ZipArchive::new(Cursor::new(bytes)).expect("readable");
        let mut file = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for n in 0..parts.len() {
            let mut part = parts.by_index(n).expect("there");
            let part_name = part.name().expect("a name").into_owned();
            let mut text = String::new();
            part.read_to_string(&mut text).expect("text");
            file.start_file(part_name, zip::write::SimpleFileOptions::default()).expect("begins");
            file.write_all(part_of(&text).as_bytes()).expect("writes");
        }
        file.finish().expect("ends").into_inner()
    }

    #[test]
    fn a_cell_at_a_place_beyond_every_sheet_is_refused() {
        let mut book = Workbook::new();
        let page = book.add_worksheet();
        page.write(0, 0, "nama").expect("writes");
        page.write(1, 0, "Sri").expect("writes");
        let bytes = book.save_to_buffer().expect("writes");
        let bytes = rewritten(&bytes, |text| text.replace("r=\"A2\"", "r=\"ZZZZZZZ2\""));
        // As tests are built, the library panics at the number of that column.
        assert_eq!(code(&bytes), "people.sheet_damaged");
    }

    #[test]
    fn a_sheet_that_reaches_to_its_last_corner_fills_no_memory() {
        let mut book = Workbook::new();
        let page = book.add_worksheet();
        page.write(0, 0, "nama").expect("writes");
        page.write(1_048_575, 0, "Sri").expect("writes");
        let sheet = read(&book.save_to_buffer().expect("writes"), "a.xlsx").expect("readable");
        assert_eq!(rows(&sheet), [(1_048_576, vec!["Sri"])]);
        let page = book.worksheet_from_index(0).expect("there");
        page.write(1_048_575, 16_383, "x").expect("writes");
        assert_eq!(code(&book.save_to_buffer().expect("writes")), "people.sheet_too_many_columns");
    }

    /// A few bytes a row, and 255 empty cells before the last one.
    #[test]
    fn empty_cells_are_counted_before_they_fill_the_memory() {
        let head: Vec<String> = (0..COLUMNS_MAX).map(|n| format!("c{n}")).collect();
        let row = format!("{}x\n", ";".repeat(COLUMNS_MAX - 1));
        let csv = |rows| format!("{}\n{}", head.join(";"), row.repeat(rows));
        assert_eq!(read(csv(15_000).as_bytes(), "a.csv").expect("readable").rows.len(), 15_000);
        assert_eq!(code(csv(CELLS_MAX / COLUMNS_MAX + 1).as_bytes()), "people.sheet_too_many_cells");
        assert_eq!(
            code(format!("{}\n{}", head.join(";"), row.replace('x', "").repeat(100_000)).as_bytes()),
            "people.sheet_no_rows"
        );

        let mut book = Workbook::new();
        let page = book.add_worksheet();
        for (n, name) in (0..).zip(&head) {
            page.write(0, n, name).expect("writes");
        }
        for row in 1..=(CELLS_MAX / COLUMNS_MAX + 1) as u32 {
            page.write(row, COLUMNS_MAX as u16 - 1, "x").expect("writes");
        }
        let bytes = book.save_to_buffer().expect("writes");
        assert!(bytes.len() < 500_000, "{} bytes", bytes.len());
        assert_eq!(code(&bytes), "people.sheet_too_many_cells");
    }

    /// Whoever looks for a row by its number must find it.
    #[test]
    fn an_xlsx_whose_rows_stand_in_another_order_is_refused() {
        let mut book = Workbook::new();
        let page = book.add_worksheet();
        for row in 0..3 {
            page.write(row, 0, format!("a{row}")).expect("writes");
        }
        let bytes = rewritten(&book.save_to_buffer().expect("writes"), |text| {
            text.replace("r=\"2\"", "r=\"9\"").replace("r=\"A2\"", "r=\"A9\"")
        });
        assert_eq!(code(&bytes), "people.sheet_damaged");
    }

    /// A small file that unpacks to millions of texts of nothing, or of cells of nothing.
    #[test]
    fn millions_of_empty_texts_or_cells_are_refused_at_once() {
        let few =
            b"<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><si/><x:si/></sst>";
        let mut elements = Elements::default();
        few.chunks(7).for_each(|some| elements.write_all(some).expect("counts"));
        assert_eq!(elements.count, 3);
        for (part, one) in [("xl/sharedStrings.xml", "<si/>"), ("xl/worksheets/sheet1.xml", "<x:c/>")] {
            let mut file = zip::ZipWriter::new(Cursor::new(Vec::new()));
            file.start_file(part, zip::write::SimpleFileOptions::default()).expect("begins");
            for _ in 0..ELEMENTS_MAX / 1000 + 1 {
                file.write_all(one.repeat(1000).as_bytes()).expect("writes");
            }
            let bytes = file.finish().expect("ends").into_inner();
            assert!(bytes.len() < 200_000, "{} bytes", bytes.len());
            assert_eq!(code(&bytes), "people.sheet_too_many_cells", "{part}");
        }
    }

    #[test]
    fn rejects_come_back_as_they_were_brought() {
        let sheet = read("nama;telepon\nSri;'+62812\n\"=1;2\";x\n".as_bytes(), "a.csv").expect("readable");
        let bytes = sheet.rejects("keterangan", [(1, "no \"such\" hamlet".to_owned()), (0, "-".to_owned())]);
        let text = String::from_utf8(bytes.clone()).expect("UTF-8");
        assert_eq!(
            text,
            "\u{feff}nama,telepon,keterangan\n'=1;2,x,\"no \"\"such\"\" hamlet\"\nSri,'+62812,'-\n"
        );
        let again = read(&bytes, "a.csv").expect("readable");
        assert_eq!(again.rows[0].cell(0), "=1;2");
        assert_eq!(again.rows[1].cell(1), "+62812");
    }

    #[test]
    fn columns_are_found_by_their_plain_names() {
        let sheet = read("No. KK,NAMA  Kepala,Télepon\n1,2,3\n".as_bytes(), "a.csv").expect("readable");
        assert_eq!(sheet.column(&["no_kk"]), Some(0));
        assert_eq!(sheet.column(&["nama", "nama_kepala"]), Some(1));
        assert_eq!(sheet.column(&["telepon"]), Some(2));
        let refused = sheet.require(&["dusun", "hamlet"]).expect_err("not there");
        assert_eq!(refused.code, "people.sheet_missing_column");
        assert_eq!(
            format!("{:?}", refused.args),
            r#"[("missing", Text("dusun / hamlet")), ("found", Text("No. KK, NAMA  Kepala, Télepon"))]"#
        );
    }
}
