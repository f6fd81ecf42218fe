//! A file of weigh-ins into the books, and back what could not be booked.

use std::collections::HashSet;
use std::sync::Arc;

use askama::Template;
use journal::{Context, Via};
use kernel::{Day, EntryId, Grams, Pieces, Qty, Refused, Rupiah, Stop};
use people::sheet::{Sheet, Wrong};
use serde::{Deserialize, Serialize};
use web::{Ask, Cx, Frame, List, ListAsk, Listed, Reply, Upload, Uploaded, Waiting, Want};

use super::shown::SortNames;
use super::{Refusal, place};
use crate::waste::import as rows;
use crate::waste::rules;
use crate::waste::tables::{self, Bank};
use crate::waste::{ImportSummary, KeepBooks, Problem, SortCode};

/// Files that were looked at: more than the tellers of a regency send at once.
static SENT: Waiting<Uploaded> = Waiting::new(16);

/// What would become of a file, or what became of it.
#[derive(Debug, Serialize)]
struct Outcome {
    /// Before anything is booked: what would be.
    #[serde(skip_serializing_if = "Option::is_none")]
    preview: Option<Preview>,
    #[serde(flatten)]
    summary: ImportSummary,
    /// What stands in the first wrong lines.
    #[serde(skip)]
    wrong_rows: Vec<String>,
    /// By which the file is named when it is to be booked, or its wrong lines fetched.
    token: EntryId,
    file: String,
}

/// The weigh-ins that would be booked, in sums and by the first lines.
#[derive(Debug, Default, Serialize)]
struct Preview {
    weigh_ins: usize,
    members: usize,
    first: Option<Day>,
    last: Option<Day>,
    weight: Grams,
    pieces: Pieces,
    worth: Rupiah,
    lines: Vec<PreviewLine>,
}

/// A line of the file as it was read.
#[derive(Debug, Serialize)]
struct PreviewLine {
    line: usize,
    day: Day,
    number: i64,
    sort: String,
    qty: Qty,
    worth: Rupiah,
}

impl Preview {
    fn of(ready: &[rows::Ready], sheet: &Sheet) -> Preview {
        let members: HashSet<i64> = ready.iter().map(|one| one.number).collect();
        let days = || ready.iter().map(|one| one.fact.day);
        let mut preview = Preview {
            weigh_ins: ready.len(),
            members: members.len(),
            first: days().min(),
            last: days().max(),
            ..Preview::default()
        };
        for one in ready {
            for (n, line) in one.rows.iter().zip(&one.fact.lines) {
                match line.qty {
                    Qty::Weighed(weight) => preview.weight += weight,
                    Qty::Counted(pieces) => preview.pieces += pieces,
                }
                preview.worth += line.worth;
                preview.lines.push(PreviewLine {
                    line: sheet.rows[*n].line,
                    day: one.fact.day,
                    number: one.number,
                    sort: line.sort.to_string(),
                    qty: line.qty,
                    worth: line.worth,
                });
            }
        }
        preview.lines.sort_by_key(|line| line.line);
        preview.lines.truncate(FIRST);
        preview
    }
}

#[derive(Template)]
#[template(path = "waste/office/import.html")]
struct ImportPage<'a> {
    frame: Frame,
    bank: &'a Bank,
    outcome: Option<&'a Outcome>,
    problems: Option<Listed>,
    /// The first lines of what would be booked.
    lines: Option<Listed>,
}

async fn bank(cx: &Cx<KeepBooks>) -> Result<Bank, Stop> {
    let (village, book) = place(cx);
    cx.read(move |view| tables::bank(view, &village, book)?.ok_or_else(|| rules::Refusal::NoBank.into()))
        .await
}

pub(super) async fn form(cx: Cx<KeepBooks>) -> Reply {
    let bank = bank(&cx).await?;
    cx.page(&bank, |frame| ImportPage { frame, bank: &bank, outcome: None, problems: None, lines: None })
}

/// A file was sent: it is looked at, and nothing is booked.
pub(super) async fn import(cx: Cx<KeepBooks>, upload: Upload) -> Reply {
    let taken = match upload.file("file") {
        Ok(file) => {
            let (token, file) = SENT.keep(&cx, file);
            look(&cx, token, file).await
        }
        Err(stop) => Err(stop),
    };
    answer(&cx, taken).await
}

#[derive(Debug, Deserialize)]
pub(super) struct RestAsk {
    token: EntryId,
    /// Whether the wrong lines are wanted as a file; else the file is booked.
    #[serde(default)]
    rejects: bool,
    /// Whether the good lines are booked although others are wrong.
    #[serde(default)]
    only_good: bool,
}

/// A file that waits is booked, or its wrong lines are given back.
pub(super) async fn rest(cx: Cx<KeepBooks>, Ask(ask): Ask<RestAsk>) -> Reply {
    let Some(file) = SENT.find(&cx, ask.token) else {
        return answer(&cx, Err(Refused::from(Refusal::FileGone).in_field("file").into())).await;
    };
    if ask.rejects {
        return rejects(cx, file).await;
    }
    let wrong = if ask.only_good { Wrong::IsLeftOut } else { Wrong::BooksNothing };
    let taken = book(&cx, ask.token, file, wrong).await;
    answer(&cx, taken).await
}

async fn answer(cx: &Cx<KeepBooks>, taken: Result<Outcome, Stop>) -> Reply {
    let bank = bank(cx).await?;
    match taken {
        Ok(outcome) => {
            let voice = cx.voice().clone();
            let first: Vec<_> = told(&outcome.summary.problems).zip(&outcome.wrong_rows).collect();
            let problems = problem_list(voice.clone()).of(&first, &ListAsk::default(), &voice, Want::Html);
            let problems = Some(problems).filter(|problems| !problems.is_empty());
            let lines = outcome.preview.as_ref().map(|preview| {
                line_list(voice.clone()).of(&preview.lines, &ListAsk::default(), &voice, Want::Html)
            });
            cx.page(&outcome, |frame| ImportPage {
                frame,
                bank: &bank,
                outcome: Some(&outcome),
                problems,
                lines,
            })
        }
        Err(stop) => cx.again(stop, |frame| ImportPage {
            frame,
            bank: &bank,
            outcome: None,
            problems: None,
            lines: None,
        }),
    }
}

/// Reads the file, and says what would be booked.
async fn look(cx: &Cx<KeepBooks>, token: EntryId, file: Arc<Uploaded>) -> Result<Outcome, Stop> {
    let ((village, book), today, name) = (place(cx), cx.today, file.name.clone());
    let journal = cx.site().journal.clone();
    let looking = cx.apart(move || {
        let sheet = people::sheet::read(&file.bytes()?, &file.name)?;
        let plan =
            journal.read(|view| rows::plan(view, (&village, book), &sheet, today, Wrong::IsLeftOut))?;
        let preview = Preview::of(&plan.ready, &sheet);
        let rows::Plan { ready, known, wrong, problems } = plan;
        let (rows, left) = (sheet.rows.len(), ready.len());
        let summary = ImportSummary { rows, booked: 0, known, left, wrong, problems };
        Ok((preview, rows_of(&summary.problems, &sheet), summary))
    });
    let (preview, wrong_rows, summary) = looking.await.map_err(of_file)?;
    Ok(Outcome { preview: Some(preview), summary, wrong_rows, token, file: name })
}

/// What stands in the first wrong lines, as far as a page has room for it.
fn rows_of(problems: &[Problem], sheet: &Sheet) -> Vec<String> {
    let cells = |problem: &Problem| {
        let cells = sheet.rows[problem.row].cells().take(CELLS_SHOWN).map(rules::shorten);
        cells.collect::<Vec<_>>().join(" | ")
    };
    told(problems).take(SHOWN).map(cells).collect()
}

/// What is told of the wrong lines: once for each weigh-in of which all lines are wrong.
fn told(problems: &[Problem]) -> impl Iterator<Item = &Problem> {
    problems.iter().filter(|problem| !problem.told_before)
}

/// A refusal that names no field is about the file.
fn of_file(stop: Stop) -> Stop {
    match stop {
        Stop::Refused(refused) if refused.field.is_none() => refused.in_field("file").into(),
        stop => stop,
    }
}

/// Reads the file and books it, away from the threads that answer others.
async fn book(
    cx: &Cx<KeepBooks>,
    token: EntryId,
    file: Arc<Uploaded>,
    wrong: Wrong,
) -> Result<Outcome, Stop> {
    let (permit, today) = (cx.permit.clone(), cx.today);
    let context = Context { actor: cx.permit.actor(), via: Via::Import, at: cx.at };
    let journal = cx.site().journal.clone();
    let name = file.name.clone();
    let importing = cx.apart(move || {
        let sheet = people::sheet::read(&file.bytes()?, &file.name)?;
        let summary = rows::import_sheet(&journal, context, &permit, &sheet, today, wrong, &mut |_, _| {})?;
        Ok((rows_of(&summary.problems, &sheet), summary))
    });
    let (wrong_rows, summary) = importing.await.map_err(of_file)?;
    Ok(Outcome { preview: None, summary, wrong_rows, token, file: name })
}

/// So many wrong lines are shown on the page; the file of them has all.
const SHOWN: usize = 200;
/// So many cells of a wrong line are shown; what is read stands in four of them.
const CELLS_SHOWN: usize = 12;
/// So many lines are shown of what would be booked: enough to see how days and weights were read.
const FIRST: usize = 20;

/// The first lines as they were read, with the day in words: 5 October, and not the tenth of May.
fn line_list(voice: web::Voice) -> List<PreviewLine> {
    List::new("lines")
        .column("line", "waste-office-file-line", |one: &PreviewLine| one.line)
        .column("day", "waste-office-day", move |one| voice.show(one.day))
        .column("number", "waste-office-number", |one| one.number)
        .column("sort", "waste-office-sort", |one| one.sort.clone())
        .column("qty", "waste-office-qty", |one| one.qty)
        .column("worth", "waste-office-worth", |one| one.worth)
        .plain()
}

/// What is wrong, one line for each wrong line of the file.
fn problem_list<'p>(voice: web::Voice) -> List<(&'p Problem, &'p String)> {
    List::new("problems")
        .column("line", "waste-office-file-line", |(problem, _): &(&Problem, &String)| problem.line)
        .column("column", "waste-office-file-column", |(problem, _)| problem.column.clone())
        .column("value", "waste-office-file-row", |(_, row)| (*row).clone())
        .column("problem", "waste-office-file-problem", move |(problem, _)| voice.refusal(&problem.refused))
        .plain()
}

/// The wrong lines as a file with the columns of the one that was sent: mended, it can be sent again.
async fn rejects(cx: Cx<KeepBooks>, file: Arc<Uploaded>) -> Reply {
    let ((village, book), today, voice) = (place(&cx), cx.today, cx.voice().clone());
    let journal = cx.site().journal.clone();
    let looking = cx.apart(move || {
        let sheet = people::sheet::read(&file.bytes()?, &file.name)?;
        let plan =
            journal.read(|view| rows::plan(view, (&village, book), &sheet, today, Wrong::IsLeftOut))?;
        let wrong = plan.problems.iter().map(|one| (one.row, voice.refusal(&one.refused)));
        Ok(sheet.rejects(&voice.say("waste-office-file-problem").to_string(), wrong))
    });
    let rejects = looking.await?;
    cx.csv(rejects, "rejects.csv")
}

/// One line of the template.
struct Blank {
    day: Day,
    sort: SortCode,
    name: String,
}

/// A file to be filled in: the columns that are read, and a line for each sort of the bank. Lines without a member and a
/// weight are passed over.
pub(super) async fn template(mut cx: Cx<KeepBooks>) -> Reply {
    let ((village, book), today, lang) = (place(&cx), cx.today, cx.lang);
    let (bank, blanks) = cx
        .read(move |view| {
            let bank = tables::bank(view, &village, book)?.ok_or(rules::Refusal::NoBank)?;
            let sorts = tables::sorts(view, &village, book)?;
            let names = SortNames::new(&sorts);
            let taken = sorts.iter().filter(|sort| !sort.retired);
            let blank = |sort: &tables::Sort| Blank {
                day: today,
                name: names.of(&sort.sort, lang),
                sort: sort.sort.clone(),
            };
            Ok((bank, taken.map(blank).collect::<Vec<_>>()))
        })
        .await?;
    if cx.want.is_page() {
        cx.want = Want::Csv;
    }
    let list = List::new("weigh-ins")
        .column("day", "waste-office-file-day", |blank: &Blank| blank.day)
        .column("member", "waste-office-file-member", |_| None::<i64>)
        .column("sort", "waste-office-file-sort", |blank| blank.sort.to_string())
        .column("weight", "waste-office-file-weight", |_| None::<i64>)
        .column("name", "waste-office-file-name", |blank| blank.name.clone())
        .of(&blanks, &ListAsk::default(), cx.voice(), cx.want);
    cx.list(list, |frame, _| ImportPage { frame, bank: &bank, outcome: None, problems: None, lines: None })
}
