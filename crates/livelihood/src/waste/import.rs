//! A year of paper or spreadsheet into the books: one row for each sort that a member brought on a day. Rows of one
//! member and day become one weigh-in. The same file twice books nothing twice; a file in which a line is wrong books
//! nothing at all, unless the good lines are asked for.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use journal::{Asked, Context, Hash, Journal, Reversal};
use kernel::{BookId, Day, EntryId, MemberId, Permit, PlaceCode, Refused, Rupiah, Stop};
use people::sheet::{Row, Sheet, Wrong};
use serde::Serialize;

use super::KeepBooks;
use super::facts::*;
use super::holders;
use super::rules::{self, Refusal, Scale, TypedLine};
use super::tables;

/// What came of an import.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct ImportSummary {
    /// Rows of the file.
    pub rows: usize,
    /// Weigh-ins that were booked.
    pub booked: usize,
    /// Weigh-ins that had been booked before.
    pub known: usize,
    /// Rows that are wrong. When there are any, nothing is booked unless the good lines were asked for.
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
    /// The row, for the file of rejects.
    pub cells: Vec<String>,
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

fn import_sheet(
    journal: &Journal,
    context: Context,
    permit: &Permit<KeepBooks>,
    sheet: &Sheet,
    today: Day,
    wrong: Wrong,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<ImportSummary, Stop> {
    let (village, bank) = (&permit.scope().place, permit.scope().book.ok_or(Refusal::NoBank)?);
    let (weigh_ins, problems) = journal.read(|view| {
        let desk = tables::desk(view, village, bank, today)?;
        let reading = Reading::new(view, desk)?;
        read_rows(view, reading, sheet, wrong)
    })?;
    let mut summary = ImportSummary { rows: sheet.rows.len(), problems, ..ImportSummary::default() };
    if !summary.problems.is_empty() && wrong == Wrong::BooksNothing {
        return Ok(summary);
    }
    let total = weigh_ins.len() as u64;
    progress(0, total);
    let mut rest = weigh_ins.into_iter().peekable();
    while rest.peek().is_some() {
        let batch: Vec<Ready> = rest.by_ref().take(BATCH).collect();
        let permit = permit.clone();
        let (booked, known, refused) =
            journal.write(context, move |work| book(work, &permit, today, batch))?;
        summary.booked += booked;
        summary.known += known;
        let weight = sheet.require(WEIGHT)?;
        summary
            .problems
            .extend(refused.into_iter().map(|(n, no)| problem(sheet, &sheet.rows[n], weight, no)));
        progress((summary.booked + summary.known) as u64, total);
    }
    Ok(summary)
}

/// What is left out of a sheet when its good lines are booked, without booking anything.
pub fn left_out(
    view: &mut journal::View<'_, '_>,
    (village, bank): (&PlaceCode, BookId),
    sheet: &Sheet,
    today: Day,
) -> Result<Vec<Problem>, Stop> {
    let desk = tables::desk(view, village, bank, today)?;
    let reading = Reading::new(view, desk)?;
    Ok(read_rows(view, reading, sheet, Wrong::IsLeftOut)?.1)
}

/// A weigh-in that is ready to be booked.
struct Ready {
    /// Its rows in the sheet.
    rows: Vec<usize>,
    /// The number on the savings book.
    number: i64,
    fact: WeighedIn,
}

/// How many were booked, how many were known, and what was refused of which row of the sheet.
type Booked = (usize, usize, Vec<(usize, Refused)>);

/// Books what was read.
fn book(
    work: &mut journal::Work<'_, '_>,
    permit: &Permit<KeepBooks>,
    today: Day,
    batch: Vec<Ready>,
) -> Result<Booked, Stop> {
    let (village, bank) = (&permit.scope().place, permit.scope().book.ok_or(Refusal::NoBank)?);
    let (mut booked, mut known, mut refusals) = (0, 0, Vec::new());
    // The file was read before: meanwhile somebody may have closed a day, paid an advance, or taken a member back.
    let desk = tables::desk(work, village, bank, today)?;
    let members: HashSet<MemberId> =
        tables::members(work, village, bank)?.into_iter().map(|member| member.member).collect();
    let mut advances = tables::advances(work, village, bank)?;
    let bookable = |fact: &WeighedIn, number: i64| match members.contains(&fact.member) {
        true => desk.open_on(fact.day),
        false => Err(Refused::from(Refusal::UnknownMember { text: number.to_string() })),
    };
    for Ready { rows, number, mut fact } in batch {
        let owed = advances.entry(fact.member).or_default();
        fact.repaid = fact.credited().min(*owed).max(Rupiah::ZERO);
        let mut again = 0;
        loop {
            let id = import_id(&fact, again);
            let asked = work.asked(id, &fact.lines);
            if !matches!(asked, Ok(Asked::New)) && Reversal::of(work, id)?.is_some() {
                // What was imported and taken back may be imported anew, and then has another id.
                again += 1;
                continue;
            }
            match asked {
                Ok(Asked::New) => match bookable(&fact, number) {
                    Ok(()) => {
                        work.record(permit, &fact)?;
                        *owed = *owed - fact.repaid;
                        booked += 1;
                    }
                    Err(refused) => refusals.push((rows[0], refused)),
                },
                Ok(Asked::Again) => known += 1,
                Err(Stop::Refused(refused)) => refusals.push((rows[0], refused)),
                Err(fault) => return Err(fault),
            }
            break;
        }
    }
    Ok((booked, known, refusals))
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

/// What reading a file depends on.
struct Reading {
    desk: rules::Desk,
    members: HashMap<i64, (MemberId, Option<Home>)>,
    scales: HashMap<Day, Scale>,
    owed: HashMap<MemberId, Rupiah>,
}

impl Reading {
    fn new(view: &mut journal::View<'_, '_>, desk: rules::Desk) -> Result<Reading, Stop> {
        let (village, bank) = (desk.village.clone(), desk.bank);
        let homes = holders::homes(view, &village)?;
        let members = tables::members(view, &village, bank)?
            .into_iter()
            .map(|member| (member.number, (member.member, homes.of(&member.holder))))
            .collect();
        let owed = tables::advances(view, &village, bank)?;
        Ok(Reading { desk, members, scales: HashMap::new(), owed })
    }

    fn scale(&mut self, view: &mut journal::View<'_, '_>, day: Day) -> Result<&Scale, Stop> {
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

/// The member, by number, and the day that a row is about.
type Whose = (Day, i64);

/// What is wrong with a row: its column, why, and whose it is as far as that can be told.
struct WrongRow {
    column: usize,
    refused: Refused,
    whose: Option<Whose>,
}

fn read_rows(
    view: &mut journal::View<'_, '_>,
    mut reading: Reading,
    sheet: &Sheet,
    wrong: Wrong,
) -> Result<(Vec<Ready>, Vec<Problem>), Stop> {
    let columns = Columns {
        day: sheet.require(DAY)?,
        member: sheet.require(MEMBER)?,
        sort: sheet.require(SORT)?,
        weight: sheet.require(WEIGHT)?,
    };
    let mut problems = Vec::new();
    let mut order: Vec<Whose> = Vec::new();
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
                problems.push(problem(sheet, row, column, refused));
            }
            Ok((whose, fact)) => match groups.entry(whose) {
                Entry::Occupied(known) => {
                    let known = known.into_mut();
                    known.fact.lines.extend(fact.lines);
                    known.rows.push(n);
                }
                Entry::Vacant(new) => {
                    order.push(whose);
                    new.insert(Ready { rows: vec![n], number: whose.1, fact });
                }
            },
        }
    }
    if wrong == Wrong::IsLeftOut {
        // A member's day is booked whole or not at all: the rest of it, sent later, could not be told from a mistake.
        for (whose, line) in spoiled {
            for n in groups.remove(&whose).into_iter().flat_map(|spoiled| spoiled.rows) {
                problems.push(problem(
                    sheet,
                    &sheet.rows[n],
                    columns.weight,
                    Refusal::LeftOut { line }.into(),
                ));
            }
        }
        problems.sort_by_key(|problem| problem.line);
    }
    // Oldest first, so that an advance is repaid in the order of days.
    order.sort_by_key(|(day, _)| *day);
    let mut ready = Vec::with_capacity(order.len());
    for whose in order {
        let Some(mut one) = groups.remove(&whose) else { continue };
        let owed = reading.owed.entry(one.fact.member).or_default();
        one.fact.repaid = one.fact.credited().min(*owed).max(Rupiah::ZERO);
        *owed = *owed - one.fact.repaid;
        ready.push(one);
    }
    // Within a day in the order of ids, so that rows are appended rather than squeezed in between.
    ready.sort_by_cached_key(|one| (one.fact.day, import_id(&one.fact, 0)));
    Ok((ready, problems))
}

fn problem(sheet: &Sheet, row: &Row, column: usize, refused: Refused) -> Problem {
    let cells = row.cells().map(str::to_owned).collect();
    Problem { line: row.line, column: sheet.columns[column].clone(), refused, cells }
}

/// One row as a weigh-in of one line.
fn read_row(
    view: &mut journal::View<'_, '_>,
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
