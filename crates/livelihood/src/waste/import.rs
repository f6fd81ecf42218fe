//! A year of paper or spreadsheet into the books: one row for each sort that a member brought on a day. Rows of one
//! member and day become one weigh-in. The same file twice books nothing twice; a file in which a line is wrong books
//! nothing at all, unless the good lines are asked for.

use std::collections::HashMap;

use journal::{Asked, Context, Hash, Journal, Reversal};
use kernel::{BookId, Day, EntryId, MemberId, Permit, PlaceCode, Refused, Rupiah, Stop};
use people::sheet::{Sheet, Wrong};
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
    &["member", "number", "no", "nomor", "nasabah", "anggota", "회원", "회원번호", "번호"];
const SORT: &[&str] = &["sort", "kind", "jenis", "kode", "sampah", "품목", "종류"];
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
        read_rows(view, reading, sheet)
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
        let (booked, known, refused) = journal.write(context, move |work| book(work, &permit, batch))?;
        summary.booked += booked;
        summary.known += known;
        summary.problems.extend(refused);
        progress((summary.booked + summary.known) as u64, total);
    }
    Ok(summary)
}

/// What is wrong with a sheet, without booking anything.
pub fn problems(
    view: &mut journal::View<'_, '_>,
    (village, bank): (&PlaceCode, BookId),
    sheet: &Sheet,
    today: Day,
) -> Result<Vec<Problem>, Stop> {
    let desk = tables::desk(view, village, bank, today)?;
    let reading = Reading::new(view, desk)?;
    Ok(read_rows(view, reading, sheet)?.1)
}

/// A weigh-in that is ready to be booked.
struct Ready {
    line: usize,
    cells: Vec<String>,
    column: String,
    fact: WeighedIn,
}

fn book(
    work: &mut journal::Work<'_, '_>,
    permit: &Permit<KeepBooks>,
    batch: Vec<Ready>,
) -> Result<(usize, usize, Vec<Problem>), Stop> {
    let (mut booked, mut known, mut problems) = (0, 0, Vec::new());
    for Ready { line, cells, column, fact } in batch {
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
                Ok(Asked::New) => {
                    work.record(permit, &fact)?;
                    booked += 1;
                }
                Ok(Asked::Again) => known += 1,
                Err(Stop::Refused(refused)) => problems.push(Problem { line, column, refused, cells }),
                Err(fault) => return Err(fault),
            }
            break;
        }
    }
    Ok((booked, known, problems))
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
        let owed = tables::all_balances(view, &village, bank)?
            .into_iter()
            .map(|(member, balances)| (member, balances.owed))
            .collect();
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

fn read_rows(
    view: &mut journal::View<'_, '_>,
    mut reading: Reading,
    sheet: &Sheet,
) -> Result<(Vec<Ready>, Vec<Problem>), Stop> {
    let (day_at, member_at) = (sheet.require(DAY)?, sheet.require(MEMBER)?);
    let (sort_at, weight_at) = (sheet.require(SORT)?, sheet.require(WEIGHT)?);
    let mut problems = Vec::new();
    let mut order: Vec<(Day, i64)> = Vec::new();
    let mut groups: HashMap<(Day, i64), Ready> = HashMap::new();
    for row in &sheet.rows {
        // A line of the template that nobody filled in.
        if row.cell(member_at).is_empty() && row.cell(weight_at).is_empty() {
            continue;
        }
        let cells = || row.cells().map(str::to_owned).collect::<Vec<_>>();
        let mut wrong = |column: usize, refused: Refused| {
            problems.push(Problem {
                line: row.line,
                column: sheet.columns[column].clone(),
                refused,
                cells: cells(),
            });
        };
        let Some(day) = read_day(row.cell(day_at)) else {
            wrong(day_at, Refused::from(Refusal::DayUnreadable { text: rules::shorten(row.cell(day_at)) }));
            continue;
        };
        if let Err(refused) = reading.desk.open_on(day) {
            wrong(day_at, refused);
            continue;
        }
        let text = row.cell(member_at);
        let found = text.trim().parse::<i64>().ok().and_then(|n| Some((n, reading.members.get(&n)?.clone())));
        let Some((number, (member, home))) = found else {
            wrong(member_at, Refusal::UnknownMember { text: rules::shorten(text) }.into());
            continue;
        };
        let typed = TypedLine { sort: row.cell(sort_at).to_owned(), weight: row.cell(weight_at).to_owned() };
        let scale = reading.scale(view, day)?;
        let fact =
            match rules::weigh_in(scale, (member, home), day, std::slice::from_ref(&typed), Rupiah::ZERO) {
                Ok(fact) => fact,
                Err(refused) => {
                    let column = match refused.field.as_deref() {
                        Some("day") => day_at,
                        Some(field) if field.starts_with("weight") => weight_at,
                        _ => sort_at,
                    };
                    wrong(column, refused);
                    continue;
                }
            };
        match groups.entry((day, number)) {
            std::collections::hash_map::Entry::Occupied(mut known) => {
                known.get_mut().fact.lines.extend(fact.lines)
            }
            std::collections::hash_map::Entry::Vacant(new) => {
                order.push((day, number));
                let column = sheet.columns[weight_at].clone();
                new.insert(Ready { line: row.line, cells: cells(), column, fact });
            }
        }
    }
    // Oldest first, so that an advance is repaid in the order of days.
    order.sort_by_key(|(day, _)| *day);
    let mut ready = Vec::with_capacity(order.len());
    for key in order {
        let Some(mut one) = groups.remove(&key) else { continue };
        let owed = reading.owed.entry(one.fact.member).or_default();
        one.fact.repaid = one.fact.credited().min(*owed).max(Rupiah::ZERO);
        *owed = *owed - one.fact.repaid;
        ready.push(one);
    }
    // Within a day in the order of ids, so that rows are appended rather than squeezed in between.
    ready.sort_by_cached_key(|one| (one.fact.day, import_id(&one.fact, 0)));
    Ok((ready, problems))
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
