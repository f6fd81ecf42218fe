//! A year of paper or spreadsheet into the books: one row for each sort that a member brought on a day. Rows of one
//! member and day become one weigh-in. The same file twice books nothing twice; a file in which a line is wrong books
//! nothing at all, unless the good lines are asked for.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use journal::{Asked, Context, Hash, Journal, Reversal, View};
use kernel::{BookId, Day, EntryId, Fault, MemberId, Permit, PlaceCode, Refused, Rupiah, Stop};
use people::sheet::{Row, Sheet, Wrong, keep};
use serde::Serialize;

use super::KeepBooks;
use super::facts::*;
use super::holders;
use super::rules::{self, Refusal, Scale, TypedLine};
use super::tables::{self, Member};

/// What came of an import.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct ImportSummary {
    /// Rows of the file.
    pub rows: usize,
    /// Weigh-ins that were booked.
    pub booked: usize,
    /// Weigh-ins that had been booked before.
    pub known: usize,
    /// Weigh-ins that are right and were not booked, since something else in the file is wrong.
    pub left: usize,
    /// Rows that are wrong. When there are any, nothing is booked unless the good lines were asked for.
    pub wrong: usize,
    /// What is wrong with them, in the order of the lines; of very many the first ones.
    pub problems: Vec<Problem>,
}

/// What is wrong with a row.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Problem {
    /// The line of the file, from 1.
    pub line: usize,
    /// The column, as the file names it.
    pub column: String,
    /// The sentence.
    pub refused: Refused,
    /// Its place among the rows of the sheet.
    #[serde(skip)]
    pub row: usize,
    /// The whole weigh-in is refused, and an earlier line of it says so: this one stands in the file of rejects alone.
    #[serde(skip)]
    pub told_before: bool,
}

const DAY: &[&str] = &["day", "date", "tanggal", "tgl", "hari", "날짜", "일자"];
const MEMBER: &[&str] =
    &["member", "number", "no", "nomor", "nasabah", "nomor_nasabah", "anggota", "회원", "회원번호", "번호"];
const SORT: &[&str] = &["sort", "kind", "jenis", "kode", "kode_jenis", "sort_code", "sampah", "품목", "종류"];
const WEIGHT: &[&str] = &["weight", "kg", "qty", "quantity", "berat", "jumlah", "무게", "수량"];

/// So many weigh-ins share a commit.
const BATCH: usize = 500;

/// Reads a CSV or XLSX file and imports it into the book that the permit is for; `name` is the name of the file.
pub fn import(
    journal: &Journal,
    context: Context,
    permit: &Permit<KeepBooks>,
    (bytes, name): (&[u8], &str),
    today: Day,
    wrong: Wrong,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<ImportSummary, Stop> {
    let sheet = people::sheet::read(bytes, name)?;
    import_sheet(journal, context, permit, &sheet, today, wrong, progress)
}

/// As [`import`], of a file that was read.
pub(super) fn import_sheet(
    journal: &Journal,
    context: Context,
    permit: &Permit<KeepBooks>,
    sheet: &Sheet,
    today: Day,
    wrong: Wrong,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<ImportSummary, Stop> {
    let (village, bank) = (&permit.scope().place, permit.scope().book.ok_or(Refusal::NoBank)?);
    let Plan { ready, known, wrong: wrong_rows, problems } =
        journal.read(|view| plan(view, (village, bank), sheet, today, wrong))?;
    let mut summary = ImportSummary {
        rows: sheet.rows.len(),
        known,
        left: ready.len(),
        wrong: wrong_rows,
        problems,
        ..ImportSummary::default()
    };
    if summary.wrong > 0 && wrong == Wrong::BooksNothing {
        return Ok(summary);
    }
    let columns = Columns::of(sheet)?;
    let total = ready.len() as u64;
    progress(0, total);
    let mut rest = ready.into_iter().peekable();
    while rest.peek().is_some() {
        let batch: Vec<Ready> = rest.by_ref().take(BATCH).collect();
        let permit = permit.clone();
        let Batch { booked, known, refused } =
            journal.write(context, move |work| book(work, &permit, today, wrong, batch))?;
        let stops = wrong == Wrong::BooksNothing && !refused.is_empty();
        summary.left -= booked + known + refused.len();
        for (one, no) in refused {
            for problem in columns.problems_of(sheet, &one, &no) {
                keep(&mut summary.problems, &mut summary.wrong, problem);
            }
        }
        summary.booked += booked;
        summary.known += known;
        if stops {
            break;
        }
        progress(total - summary.left as u64, total);
    }
    summary.problems.sort_by_key(|problem| problem.line);
    Ok(summary)
}

/// What a file would become if it were imported now.
#[derive(Default)]
pub(super) struct Plan {
    /// The weigh-ins that would be booked, oldest first.
    pub ready: Vec<Ready>,
    /// Weigh-ins that had been booked before.
    pub known: usize,
    /// Rows that are wrong; with [`Wrong::IsLeftOut`], also those that are left out with them.
    pub wrong: usize,
    /// What is wrong with them, in the order of the lines; of very many the first ones.
    pub problems: Vec<Problem>,
}

impl Plan {
    fn problem(&mut self, problem: Problem) {
        keep(&mut self.problems, &mut self.wrong, problem);
    }
}

/// Reads a sheet against the books, without booking anything.
pub(super) fn plan(
    view: &mut View<'_, '_>,
    (village, bank): (&PlaceCode, BookId),
    sheet: &Sheet,
    today: Day,
    wrong: Wrong,
) -> Result<Plan, Stop> {
    let counter = Counter::new(view, (village, bank), today)?;
    let reading = Reading::new(view, &counter)?;
    let mut plan = Plan::default();
    let weigh_ins = read_rows(view, reading, sheet, wrong, &mut plan)?;
    let columns = Columns::of(sheet)?;
    for one in weigh_ins {
        let refused = match before(view, &one.fact)? {
            Before::Nothing(_) => counter.takes(&one),
            Before::Other(entry) => Err(one.clash(entry)),
            Before::Same => {
                plan.known += 1;
                continue;
            }
        };
        match refused {
            Ok(()) => plan.ready.push(one),
            Err(no) => columns.problems_of(sheet, &one, &no).for_each(|problem| plan.problem(problem)),
        }
    }
    plan.problems.sort_by_key(|problem| problem.line);
    Ok(plan)
}

/// A weigh-in that is ready to be booked.
pub(super) struct Ready {
    /// Its rows in the sheet.
    pub rows: Vec<usize>,
    /// The number on the savings book.
    pub number: i64,
    /// What was weighed; what it repays is known when it is booked.
    pub fact: WeighedIn,
}

impl Ready {
    fn clash(&self, entry: EntryId) -> Refused {
        let (number, day) = (self.number, self.fact.day);
        Refusal::WeighedInBefore { number, day, entry: entry.to_string() }.into()
    }
}

/// What the books hold from files of a member's day.
enum Before {
    /// Nothing that stands: the id is free.
    Nothing(EntryId),
    /// The same sorts and weights.
    Same,
    /// Others, in this entry.
    Other(EntryId),
}

fn before(view: &mut View<'_, '_>, fact: &WeighedIn) -> Result<Before, Fault> {
    // Of the file, not of the bank: a price that was set meanwhile for that day makes no other weigh-in of it.
    let brought = |fact: &WeighedIn| {
        let mut lines: Vec<_> = fact
            .lines
            .iter()
            .map(|line| (line.sort.clone(), line.qty.unit().code(), line.qty.count()))
            .collect();
        lines.sort();
        lines
    };
    let mut again = 0;
    loop {
        let id = import_id(fact, again);
        let Some(booked) = view.payload::<WeighedIn>(id)? else { return Ok(Before::Nothing(id)) };
        if Reversal::of(view, id)?.is_none() {
            return Ok(if brought(&booked) == brought(fact) { Before::Same } else { Before::Other(id) });
        }
        // What was imported and taken back may be imported anew, and then has another id.
        again += 1;
    }
}

/// What became of the weigh-ins that share a commit.
#[derive(Default)]
struct Batch {
    booked: usize,
    known: usize,
    refused: Vec<(Ready, Refused)>,
}

/// Books what was read: all of it, or all that can be, as asked.
fn book(
    work: &mut journal::Work<'_, '_>,
    permit: &Permit<KeepBooks>,
    today: Day,
    wrong: Wrong,
    batch: Vec<Ready>,
) -> Result<Batch, Stop> {
    let (village, bank) = (&permit.scope().place, permit.scope().book.ok_or(Refusal::NoBank)?);
    // The file was read before: meanwhile somebody may have closed a day, paid an advance, taken a member back, or
    // imported another file.
    let counter = Counter::new(work, (village, bank), today)?;
    let (mut done, mut new) = (Batch::default(), Vec::new());
    for one in batch {
        match before(work, &one.fact)? {
            Before::Same => done.known += 1,
            Before::Other(entry) => {
                let no = one.clash(entry);
                done.refused.push((one, no));
            }
            Before::Nothing(id) => match counter.takes(&one) {
                Ok(()) => new.push((id, one.fact)),
                Err(no) => done.refused.push((one, no)),
            },
        }
    }
    if !done.refused.is_empty() && wrong == Wrong::BooksNothing {
        return Ok(done);
    }
    let mut advances = tables::advances(work, village, bank)?;
    for (id, mut fact) in new {
        let owed = advances.entry(fact.member).or_default();
        fact.repaid = fact.credited().min(*owed).max(Rupiah::ZERO);
        *owed = *owed - fact.repaid;
        if work.asked(id, &fact.lines)? == Asked::New {
            work.record(permit, &fact)?;
            done.booked += 1;
        }
    }
    Ok(done)
}

/// The id of an imported weigh-in follows from bank, member and day, so that it is the same each time. It begins with
/// the day, as other ids begin with the moment.
fn import_id(fact: &WeighedIn, again: u32) -> EntryId {
    let since = fact.day.days_since(Day::new(1970, 1, 1).expect("a day"));
    let millis = i64::from(since) * 86_400_000;
    let hash = Hash::of(&[
        b"simpul/import/weigh-in/1",
        &fact.bank.to_bytes(),
        &fact.member.to_bytes(),
        fact.day.to_string().as_bytes(),
        &again.to_be_bytes(),
    ]);
    let mut bytes = [0; 16];
    bytes[..6].copy_from_slice(&millis.to_be_bytes()[2..]);
    bytes[6..].copy_from_slice(&hash.bytes()[..10]);
    EntryId::from_bytes(bytes)
}

/// What would be asked of a weigh-in at the counter as well.
struct Counter {
    desk: rules::Desk,
    members: HashMap<MemberId, Member>,
}

impl Counter {
    fn new(
        view: &mut View<'_, '_>,
        (village, bank): (&PlaceCode, BookId),
        today: Day,
    ) -> Result<Counter, Stop> {
        let desk = tables::desk(view, village, bank, today)?;
        let members = tables::members(view, village, bank)?;
        Ok(Counter { desk, members: members.into_iter().map(|member| (member.member, member)).collect() })
    }

    /// Whether it may be booked: by a member of that day, while the day is open.
    fn takes(&self, one: &Ready) -> Result<(), Refused> {
        let unknown = || Refusal::UnknownMember { text: one.number.to_string() };
        let member = self.members.get(&one.fact.member).ok_or_else(unknown)?;
        rules::joined_by(member, one.fact.day)?;
        self.desk.open_on(one.fact.day)
    }
}

/// What reading a file depends on.
struct Reading {
    desk: rules::Desk,
    members: HashMap<i64, (MemberId, Option<Home>)>,
    scales: HashMap<Day, Scale>,
}

impl Reading {
    fn new(view: &mut View<'_, '_>, counter: &Counter) -> Result<Reading, Stop> {
        // A closed day is read like any other: what was booked from this file before it was closed is no mistake in it.
        let desk = rules::Desk { closed_until: None, ..counter.desk.clone() };
        let homes = holders::homes(view, &desk.village)?;
        let members = counter.members.values();
        let members = members.map(|member| (member.number, (member.member, homes.of(&member.holder))));
        Ok(Reading { desk, members: members.collect(), scales: HashMap::new() })
    }

    fn scale(&mut self, view: &mut View<'_, '_>, day: Day) -> Result<&Scale, Stop> {
        if !self.scales.contains_key(&day) {
            let scale = tables::scale(view, self.desk.clone(), day)?;
            self.scales.insert(day, scale);
        }
        Ok(&self.scales[&day])
    }
}

/// Where the columns of a sheet stand.
struct Columns {
    day: usize,
    member: usize,
    sort: usize,
    weight: usize,
}

impl Columns {
    fn of(sheet: &Sheet) -> Result<Columns, Refused> {
        Ok(Columns {
            day: sheet.require(DAY)?,
            member: sheet.require(MEMBER)?,
            sort: sheet.require(SORT)?,
            weight: sheet.require(WEIGHT)?,
        })
    }
    /// What is wrong with every row of a weigh-in: whose it is, or of which day.
    fn problems_of<'p>(
        &self,
        sheet: &'p Sheet,
        one: &'p Ready,
        refused: &'p Refused,
    ) -> impl Iterator<Item = Problem> + use<'p> {
        let column = if refused.field.as_deref() == Some("day") { self.day } else { self.member };
        let told = move |(at, n): (usize, &usize)| Problem {
            told_before: at > 0,
            ..problem(sheet, *n, column, refused.clone())
        };
        one.rows.iter().enumerate().map(told)
    }
}

/// The member, by number, and the day that a row is about.
type Whose = (Day, i64);

/// What is wrong with a row: its column, why, and whose it is as far as that can be told.
struct WrongRow {
    column: usize,
    refused: Refused,
    whose: Option<Whose>,
}

fn read_rows(
    view: &mut View<'_, '_>,
    mut reading: Reading,
    sheet: &Sheet,
    wrong: Wrong,
    plan: &mut Plan,
) -> Result<Vec<Ready>, Stop> {
    let columns = Columns::of(sheet)?;
    let mut groups: HashMap<Whose, Ready> = HashMap::new();
    // Of whom a line is wrong, with that line.
    let mut spoiled: Vec<(Whose, usize)> = Vec::new();
    for (n, row) in sheet.rows.iter().enumerate() {
        // A line of the template that nobody filled in.
        if row.cell(columns.member).is_empty() && row.cell(columns.weight).is_empty() {
            continue;
        }
        match read_row(view, &mut reading, &columns, row)? {
            Err(WrongRow { column, refused, whose }) => {
                spoiled.extend(whose.map(|whose| (whose, row.line)));
                plan.problem(problem(sheet, n, column, refused));
            }
            Ok((whose, fact)) => match groups.entry(whose) {
                Entry::Occupied(known) => {
                    let known = known.into_mut();
                    known.fact.lines.extend(fact.lines);
                    known.rows.push(n);
                }
                Entry::Vacant(new) => {
                    new.insert(Ready { rows: vec![n], number: whose.1, fact });
                }
            },
        }
    }
    if wrong == Wrong::IsLeftOut {
        // A member's day is booked whole or not at all: the rest of it, sent later, could not be told from a mistake.
        for (whose, line) in spoiled {
            for n in groups.remove(&whose).into_iter().flat_map(|spoiled| spoiled.rows) {
                plan.problem(problem(sheet, n, columns.member, Refusal::LeftOut { line }.into()));
            }
        }
    }
    let mut ready: Vec<Ready> = groups.into_values().collect();
    // Oldest first, so that an advance is repaid in the order of days; within a day in the order of ids, so that rows are appended rather than squeezed in between.
    ready.sort_by_cached_key(|one| (one.fact.day, import_id(&one.fact, 0)));
    Ok(ready)
}

fn problem(sheet: &Sheet, row: usize, column: usize, refused: Refused) -> Problem {
    let (line, column) = (sheet.rows[row].line, sheet.columns[column].clone());
    Problem { line, column, refused, row, told_before: false }
}

/// One row as a weigh-in of one line.
fn read_row(
    view: &mut View<'_, '_>,
    reading: &mut Reading,
    columns: &Columns,
    row: &Row,
) -> Result<Result<(Whose, WeighedIn), WrongRow>, Stop> {
    let wrong = |column, refused, whose| Ok(Err(WrongRow { column, refused, whose }));
    let Some(day) = read_day(row.cell(columns.day)) else {
        let text = rules::shorten(row.cell(columns.day));
        return wrong(columns.day, Refusal::DayUnreadable { text }.into(), None);
    };
    if let Err(refused) = reading.desk.open_on(day) {
        return wrong(columns.day, refused, None);
    }
    let text = row.cell(columns.member);
    let found = text.trim().parse::<i64>().ok().and_then(|n| Some((n, reading.members.get(&n)?.clone())));
    let Some((number, (member, home))) = found else {
        return wrong(columns.member, Refusal::UnknownMember { text: rules::shorten(text) }.into(), None);
    };
    let whose = (day, number);
    let typed =
        TypedLine { sort: row.cell(columns.sort).to_owned(), weight: row.cell(columns.weight).to_owned() };
    let scale = reading.scale(view, day)?;
    let fact = rules::weigh_in(scale, (member, home), day, std::slice::from_ref(&typed), Rupiah::ZERO);
    Ok(fact.map(|fact| (whose, fact)).map_err(|refused| {
        let column = match refused.field.as_deref() {
            Some("day") => columns.day,
            Some(field) if field.starts_with("weight") => columns.weight,
            _ => columns.sort,
        };
        WrongRow { column, refused, whose: Some(whose) }
    }))
}

/// `2026-03-31`, `31/03/2026`, `31-3-2026`, `31.3.2026`: the day first, as both countries' spreadsheets and Indonesian
/// people write it, or the year first. A month first is never guessed.
fn read_day(text: &str) -> Option<Day> {
    let text = text.trim();
    let text = text.split([' ', 'T']).next().unwrap_or_default();
    let parts: Vec<i16> = text.split(['/', '-', '.']).map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let [a, b, c] = parts.as_slice() else { return None };
    let (year, day) = if *a >= 1000 { (*a, *c) } else { (*c, *a) };
    if year < 1000 {
        return None;
    }
    Day::new(year, i8::try_from(*b).ok()?, i8::try_from(day).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_people_write_them() {
        for (text, day) in [
            ("2026-03-31", Some("2026-03-31")),
            ("2026-03-31 00:00:00", Some("2026-03-31")),
            ("31/03/2026", Some("2026-03-31")),
            ("1-3-2026", Some("2026-03-01")),
            ("2026.3.1", Some("2026-03-01")),
            ("03/31/2026", None),
            ("31/03/26", None),
            ("yesterday", None),
            ("", None),
        ] {
            assert_eq!(read_day(text).map(|day| day.to_string()).as_deref(), day, "{text}");
        }
    }
}
