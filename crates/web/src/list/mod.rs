//! Lists: columns declared once become a table with search, sorting and pages, a CSV, an XLSX and JSON.

mod file;
mod table;

use std::borrow::Cow;
use std::cmp::Ordering;

use kernel::{Arg, Qty};
use serde::Deserialize;
use serde_json::{Map, Value as Json, json};

use crate::{Shown, Voice, Want};

pub(crate) use file::attached;
pub use file::neutralise;
pub use table::Table;

/// No list has more pages.
const PAGE_MAX: usize = 10_000_000;
/// Letters of a word that may break anywhere, such as an address.
const LONG_WORD: usize = 20;
/// Rows on one page.
const PER_PAGE: usize = 50;

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing.
    Empty,
    /// A measure, a day, a text.
    Of(Arg),
    /// A word in the reader's language, by its key.
    Word(Cow<'static, str>),
    /// A word that is a state: the class is `ok`, `warn`, `bad` or `info`.
    Badge(&'static str, Cow<'static, str>),
}

/// A word by its key, as the value of a column.
pub struct Word(pub Cow<'static, str>);

impl Word {
    /// The word with this key.
    pub fn new(key: impl Into<Cow<'static, str>>) -> Word {
        Word(key.into())
    }
}

impl From<Word> for Value {
    fn from(word: Word) -> Value {
        Value::Word(word.0)
    }
}

impl<T: Shown> From<T> for Value {
    fn from(value: T) -> Value {
        value.arg_if_any().map_or(Value::Empty, Value::Of)
    }
}

impl Value {
    fn is_number(&self) -> bool {
        matches!(self, Value::Of(arg) if !matches!(arg, Arg::Text(_) | Arg::Day(_) | Arg::Date(_) | Arg::Month(_) | Arg::Instant(_)))
    }
    fn is_time(&self) -> bool {
        matches!(self, Value::Of(Arg::Day(_) | Arg::Date(_) | Arg::Month(_) | Arg::Instant(_)))
    }
    /// Whether it has a word that no narrow column holds.
    fn has_long_word(&self) -> bool {
        let Value::Of(Arg::Text(text)) = self else { return false };
        text.split_whitespace().any(|word| word.chars().count() > LONG_WORD)
    }
    fn text(&self, voice: &Voice) -> String {
        match self {
            Value::Empty => String::new(),
            Value::Of(Arg::Day(day)) => voice.formats().day_short(*day),
            Value::Of(Arg::Date(date)) => voice.formats().date_short(*date),
            Value::Of(arg) => voice.show(arg),
            Value::Word(key) | Value::Badge(_, key) => voice.say(key.as_ref()).to_string(),
        }
    }
    fn json(&self) -> Json {
        match self {
            Value::Empty => Json::Null,
            Value::Word(key) | Value::Badge(_, key) => json!(key),
            Value::Of(arg) => match arg {
                Arg::Text(text) => json!(text),
                Arg::Count(count) => json!(count),
                Arg::Rupiah(amount) => json!(amount),
                Arg::Grams(weight) => json!(weight),
                Arg::Pieces(pieces) => json!(pieces),
                Arg::Qty(qty) => json!(qty),
                Arg::Price(price) => json!(price),
                Arg::Share(share) => json!(share),
                Arg::Day(day) => json!(day),
                Arg::Date(date) => json!(date),
                Arg::Month(month) => json!(month),
                Arg::Instant(at) => json!(at),
            },
        }
    }
    /// The number behind a value, to compare and to add.
    fn number(&self) -> Option<i64> {
        let Value::Of(arg) = self else { return None };
        Some(match arg {
            Arg::Text(text) => return text.trim().parse().ok(),
            Arg::Count(count) => *count,
            Arg::Rupiah(amount) => amount.count(),
            Arg::Grams(weight) => weight.count(),
            Arg::Pieces(pieces) => pieces.count(),
            Arg::Qty(qty) => qty.count(),
            Arg::Price(price) => price.rupiah(),
            Arg::Share(share) => share.count(),
            Arg::Day(day) => number_of(*day),
            Arg::Date(date) => number_of(date.first()),
            Arg::Month(month) => month.number(),
            Arg::Instant(at) => at.micros(),
        })
    }
    /// The same kind of measure with another number, for a sum.
    fn with_number(&self, number: i64) -> Value {
        let Value::Of(arg) = self else { return Value::Empty };
        match arg {
            Arg::Count(_) => Value::Of(Arg::Count(number)),
            Arg::Rupiah(_) => Value::from(kernel::Rupiah::new(number)),
            Arg::Grams(_) => Value::from(kernel::Grams::new(number)),
            Arg::Pieces(_) => Value::from(kernel::Pieces::new(number)),
            Arg::Qty(Qty::Weighed(_)) => Value::from(kernel::Grams::new(number)),
            _ => Value::Empty,
        }
    }
}

/// `20260331`
fn number_of(day: kernel::Day) -> i64 {
    let (year, month, day) = day.parts();
    i64::from(year) * 10_000 + i64::from(month) * 100 + i64::from(day)
}

type Read<R, T> = Box<dyn Fn(&R) -> T + Send + Sync>;

struct Column<R> {
    name: &'static str,
    heading: &'static str,
    value: Read<R, Value>,
    link: Option<Read<R, Option<String>>>,
    summed: bool,
}

/// A list, declared: `List::new("members").column("name", "waste-member", |m: &Member| m.name.clone())`. Every column can
/// be sorted by, and everything that is read as text is searched.
pub struct List<R> {
    name: &'static str,
    columns: Vec<Column<R>>,
    undone: Option<Read<R, bool>>,
    plain: bool,
}

/// What the reader asks of a list, from the query: `?q=sri&sort=-balance&page=2`.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct ListAsk {
    /// Words to search for.
    #[serde(default)]
    pub q: String,
    /// The name of a column; with `-` before it, from the largest down.
    #[serde(default)]
    pub sort: String,
    /// Counted from 1.
    #[serde(default)]
    pub page: Option<String>,
}

impl ListAsk {
    /// The page, counted from 1.
    pub fn page(&self) -> usize {
        self.page
            .as_deref()
            .and_then(|page| page.parse().ok())
            .filter(|page| (1..=PAGE_MAX).contains(page))
            .unwrap_or(1)
    }
    /// The column to sort by, and whether from the largest down.
    pub fn order(&self) -> Option<(&str, bool)> {
        let (name, down) =
            self.sort.strip_prefix('-').map_or((self.sort.as_str(), false), |name| (name, true));
        (!name.is_empty()).then_some((name, down))
    }
    /// For SQL: how many rows to skip and to read. A file has all of them.
    pub fn window(&self, want: Want) -> (i64, i64) {
        match want {
            Want::Csv | Want::Xlsx => (0, i64::MAX),
            Want::Html | Want::Json => {
                ((self.page().saturating_sub(1).saturating_mul(PER_PAGE)) as i64, PER_PAGE as i64)
            }
        }
    }
}

impl<R> List<R> {
    /// A list whose files carry this name.
    pub fn new(name: &'static str) -> List<R> {
        List { name, columns: Vec::new(), undone: None, plain: false }
    }
    /// A column: its name for programs, the key of its heading, and what stands in it.
    pub fn column<V: Into<Value>>(
        mut self,
        name: &'static str,
        heading: &'static str,
        value: impl Fn(&R) -> V + Send + Sync + 'static,
    ) -> List<R> {
        let value: Read<R, Value> = Box::new(move |row| value(row).into());
        self.columns.push(Column { name, heading, value, link: None, summed: false });
        self
    }
    /// The last column leads somewhere.
    pub fn link(self, path: impl Fn(&R) -> String + Send + Sync + 'static) -> List<R> {
        self.link_if(move |row| Some(path(row)))
    }
    /// The last column leads somewhere in some rows.
    pub fn link_if(mut self, path: impl Fn(&R) -> Option<String> + Send + Sync + 'static) -> List<R> {
        if let Some(column) = self.columns.last_mut() {
            column.link = Some(Box::new(path));
        }
        self
    }
    /// The last column has a sum at the foot.
    pub fn summed(mut self) -> List<R> {
        if let Some(column) = self.columns.last_mut() {
            column.summed = true;
        }
        self
    }
    /// Rows that were taken back: struck through, with a word that says so, and left out of the sums.
    pub fn undone(mut self, undone: impl Fn(&R) -> bool + Send + Sync + 'static) -> List<R> {
        self.undone = Some(Box::new(undone));
        self
    }
    /// All rows in one table without search, sorting or pages: for a short list inside a page.
    pub fn plain(mut self) -> List<R> {
        self.plain = true;
        self
    }

    /// Takes all rows: searches, sorts and cuts to the page that is asked for (a file has every row found).
    pub fn of(&self, rows: &[R], ask: &ListAsk, voice: &Voice, want: Want) -> Listed {
        let (skip, take) = ask.window(want);
        let (skip, take) = (skip as usize, usize::try_from(take).unwrap_or(usize::MAX));
        let order = ask.order().and_then(|(name, down)| {
            let at = self.columns.iter().position(|column| column.name == name)?;
            Some((at, down))
        });
        let summed = self.columns.iter().any(|column| column.summed);
        if !self.plain && !summed && order.is_none() && ask.q.trim().is_empty() {
            // Nothing needs the rows of the other pages.
            let page = rows.iter().skip(skip).take(take).map(|row| self.line(row)).collect();
            return self.listed(page, rows.len(), None, ask);
        }
        let mut lines: Vec<Line> = rows.iter().map(|row| self.line(row)).collect();
        if self.plain {
            let (total, sums) = (lines.len(), self.sums(&lines));
            return self.listed(lines, total, sums, ask);
        }
        search(&mut lines, &ask.q, voice);
        if let Some((at, down)) = order {
            lines.sort_by(|a, b| {
                let order = compare(&a.cells[at].value, &b.cells[at].value, voice);
                if down { order.reverse() } else { order }
            });
        }
        let (total, sums) = (lines.len(), self.sums(&lines));
        let page = lines.into_iter().skip(skip).take(take).collect();
        self.listed(page, total, sums, ask)
    }
    /// Takes the rows that SQL has searched, sorted and cut already (see [`ListAsk::window`]), of `total` rows.
    pub fn slice(&self, rows: &[R], total: usize, ask: &ListAsk) -> Listed {
        self.listed(rows.iter().map(|row| self.line(row)).collect(), total, None, ask)
    }

    fn line(&self, row: &R) -> Line {
        let cells = self.columns.iter().map(|column| Cell {
            value: (column.value)(row),
            link: column.link.as_ref().and_then(|link| link(row)),
        });
        Line { cells: cells.collect(), undone: self.undone.as_ref().is_some_and(|undone| undone(row)) }
    }
    fn sums(&self, lines: &[Line]) -> Option<Vec<Value>> {
        if lines.is_empty() || !self.columns.iter().any(|column| column.summed) {
            return None;
        }
        let sum = |at: usize| {
            let counted = lines.iter().filter(|line| !line.undone).map(|line| &line.cells[at].value);
            let sum = counted.clone().filter_map(Value::number).fold(0i64, i64::saturating_add);
            counted
                .clone()
                .find(|value| **value != Value::Empty)
                .map_or(Value::Empty, |like| like.with_number(sum))
        };
        Some(
            self.columns
                .iter()
                .enumerate()
                .map(|(at, column)| if column.summed { sum(at) } else { Value::Empty })
                .collect(),
        )
    }
    fn listed(&self, lines: Vec<Line>, total: usize, sums: Option<Vec<Value>>, ask: &ListAsk) -> Listed {
        let headings = self.columns.iter().map(|column| Heading { name: column.name, key: column.heading });
        Listed {
            name: self.name,
            headings: headings.collect(),
            lines,
            total,
            sums,
            ask: ask.clone(),
            plain: self.plain,
        }
    }
}

struct Heading {
    name: &'static str,
    key: &'static str,
}

struct Cell {
    value: Value,
    link: Option<String>,
}

struct Line {
    cells: Vec<Cell>,
    undone: bool,
}

impl Line {
    /// What a search looks at: texts, words, and counts such as a member's number; not amounts and days, in whose digits
    /// it would find too much.
    fn searched(&self, voice: &Voice) -> String {
        let texts = self.cells.iter().map(|cell| match &cell.value {
            Value::Of(Arg::Text(text)) => text.clone(),
            Value::Of(Arg::Count(count)) => count.to_string(),
            Value::Word(_) | Value::Badge(..) => cell.value.text(voice),
            _ => String::new(),
        });
        texts.collect::<Vec<_>>().join("\n")
    }
}

/// A list with its rows, ready for every form of answer.
pub struct Listed {
    name: &'static str,
    headings: Vec<Heading>,
    lines: Vec<Line>,
    total: usize,
    sums: Option<Vec<Value>>,
    ask: ListAsk,
    plain: bool,
}

impl Listed {
    /// How many rows were found.
    pub fn total(&self) -> usize {
        self.total
    }
    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.total == 0
    }
    fn pages(&self) -> usize {
        self.total.div_ceil(PER_PAGE).max(1)
    }
    /// For a program.
    pub fn json(&self) -> Json {
        let object = |values: &mut dyn Iterator<Item = Json>| -> Map<String, Json> {
            self.headings.iter().map(|heading| heading.name.to_owned()).zip(values).collect()
        };
        let rows = self.lines.iter().map(|line| {
            let mut row = object(&mut line.cells.iter().map(|cell| cell.value.json()));
            if line.undone {
                row.insert("undone".to_owned(), Json::Bool(true));
            }
            row
        });
        json!({ "total": self.total, "page": self.ask.page(), "pages": self.pages(), "rows": rows.collect::<Vec<_>>() })
    }
}

/// Keeps the lines that contain every word.
fn search(lines: &mut Vec<Line>, words: &str, voice: &Voice) {
    let words = folded(words);
    let words: Vec<&str> = words.split_whitespace().collect();
    lines.retain(|line| {
        let text = folded(&line.searched(voice));
        words.iter().all(|word| text.contains(word))
    });
}

fn folded(text: &str) -> String {
    text.to_lowercase()
}

/// Numbers before words, so that the order is one order.
fn compare(a: &Value, b: &Value, voice: &Voice) -> Ordering {
    match (a.number(), b.number()) {
        (Some(a), Some(b)) => a.cmp(&b),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => folded(&a.text(voice)).cmp(&folded(&b.text(voice))),
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use kernel::{Day, Grams, Rupiah};

    use super::*;
    use crate::{Lang, Words};

    pub(crate) struct Member {
        number: i64,
        name: &'static str,
        balance: Rupiah,
        brought: Grams,
        since: Option<Day>,
        left: bool,
    }

    pub(crate) fn voice(lang: Lang) -> Voice {
        let texts = [("id", "Nomor", "Nama"), ("ko", "번호", "이름"), ("en", "Number", "Name")].map(|(lang, number, name)| {
            let text = format!("t-number = {number}\nt-name = {name}\nt-balance = Saldo\nt-brought = Berat\nt-since = x\n");
            (lang, &*String::leak(text))
        });
        Voice::new(&Words::load(&[texts]).expect("complete"), lang, 420)
    }

    pub(crate) fn members() -> List<Member> {
        List::new("members")
            .column("number", "t-number", |m: &Member| m.number)
            .column("name", "t-name", |m: &Member| m.name)
            .link(|m| format!("/members/{}", m.number))
            .column("balance", "t-balance", |m: &Member| m.balance)
            .summed()
            .column("brought", "t-brought", |m: &Member| m.brought)
            .column("since", "t-since", |m: &Member| m.since)
            .undone(|m| m.left)
    }

    pub(crate) fn rows() -> Vec<Member> {
        let row = |number, name, balance, left: bool| Member {
            number,
            name,
            balance: Rupiah::new(balance),
            brought: Grams::new(balance / 2),
            since: Day::new(2026, 3, 31).filter(|_| !left),
            left,
        };
        vec![
            row(2, "Sri", 9000, false),
            row(10, "=HYPERLINK(1)", 1000, false),
            row(1, "Budi Sriyono", 500, true),
        ]
    }

    fn names(list: &Listed) -> Vec<String> {
        list.lines.iter().map(|line| line.cells[1].value.text(&voice(Lang::En))).collect()
    }

    #[test]
    fn a_list_is_searched_sorted_and_summed() {
        let ask = |q: &str, sort: &str| ListAsk { q: q.into(), sort: sort.into(), page: None };
        for (ask, expected) in [
            (ask("", ""), vec!["Sri", "=HYPERLINK(1)", "Budi Sriyono"]),
            (ask("sri", "number"), vec!["Budi Sriyono", "Sri"]),
            (ask("sri budi", ""), vec!["Budi Sriyono"]),
            (ask("10", ""), vec!["=HYPERLINK(1)"]),
            (ask("2026", ""), vec![]),
            (ask("", "-balance"), vec!["Sri", "=HYPERLINK(1)", "Budi Sriyono"]),
            (ask("", "nothing"), vec!["Sri", "=HYPERLINK(1)", "Budi Sriyono"]),
        ] {
            assert_eq!(
                names(&members().of(&rows(), &ask, &voice(Lang::En), Want::Html)),
                expected,
                "{ask:?}"
            );
        }
        let list = members().of(&rows(), &ListAsk::default(), &voice(Lang::En), Want::Html);
        let sums = list.sums.expect("there is a sum");
        assert_eq!(sums[2], Value::from(Rupiah::new(10_000)), "what was taken back does not count");
        let empty = members().of(&[], &ListAsk::default(), &voice(Lang::En), Want::Html);
        assert_eq!(empty.sums, None, "a list without a row has no line of sums");
    }

    #[test]
    fn numbers_and_words_have_one_order() {
        let mut codes = ["1A", "10", "9", "b", "A"].map(Value::from);
        codes.sort_by(|a, b| compare(a, b, &voice(Lang::En)));
        assert_eq!(codes.map(|code| code.text(&voice(Lang::En))), ["9", "10", "1A", "A", "b"]);
    }

    #[test]
    fn json_has_whole_numbers_and_no_words() {
        let json = members().of(&rows(), &ListAsk::default(), &voice(Lang::Id), Want::Json).json();
        assert_eq!(json["rows"][0]["balance"], 9000);
        assert_eq!(json["rows"][0]["since"], "2026-03-31");
        assert_eq!(json["rows"][2]["since"], Json::Null);
        assert_eq!(json["rows"][2]["undone"], true);
    }
}
