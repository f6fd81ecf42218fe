//! A file of weigh-ins into the books, and back what could not be booked.

use std::sync::Arc;

use askama::Template;
use journal::{Context, Via};
use kernel::{Day, EntryId, Refused, Stop};
use people::sheet::Wrong;
use serde::{Deserialize, Serialize};
use web::{Ask, Cx, Frame, List, ListAsk, Listed, Reply, Upload, Uploaded, Waiting, Want};

use super::shown::SortNames;
use super::{Refusal, place};
use crate::waste::import as rows;
use crate::waste::rules;
use crate::waste::tables::{self, Bank};
use crate::waste::{ImportSummary, KeepBooks, Problem, SortCode};

/// Files that were not booked, or not all of them: more than the tellers of a regency send at once.
static SENT: Waiting<Uploaded> = Waiting::new(16);

/// What became of a file.
#[derive(Debug, Serialize)]
struct Outcome {
    #[serde(flatten)]
    summary: ImportSummary,
    /// By which the file is named when its good lines are to be booked, or its wrong ones fetched.
    token: EntryId,
    file: String,
}

impl Outcome {
    /// Whether no line can be booked.
    fn all_wrong(&self) -> bool {
        self.waits() && self.summary.problems.len() == self.summary.rows
    }
    /// Whether nothing was booked because a line is wrong.
    fn waits(&self) -> bool {
        !self.summary.problems.is_empty() && self.summary.booked == 0 && self.summary.known == 0
    }
}

#[derive(Template)]
#[template(path = "waste/office/import.html")]
struct ImportPage<'a> {
    frame: Frame,
    bank: &'a Bank,
    outcome: Option<&'a Outcome>,
    problems: Option<Listed>,
}

async fn bank(cx: &Cx<KeepBooks>) -> Result<Bank, Stop> {
    let (village, book) = place(cx);
    cx.read(move |view| tables::bank(view, &village, book)?.ok_or_else(|| rules::Refusal::NoBank.into()))
        .await
}

pub(super) async fn form(cx: Cx<KeepBooks>) -> Reply {
    let bank = bank(&cx).await?;
    cx.page(&bank, |frame| ImportPage { frame, bank: &bank, outcome: None, problems: None })
}

/// A file was sent: it is booked if every line of it is right.
pub(super) async fn import(cx: Cx<KeepBooks>, upload: Upload) -> Reply {
    let taken = match upload.file("file") {
        Ok(file) => {
            let (token, file) = SENT.keep(&cx, file);
            book(&cx, token, file, Wrong::BooksNothing).await
        }
        Err(stop) => Err(stop),
    };
    answer(&cx, taken).await
}

#[derive(Debug, Deserialize)]
pub(super) struct RestAsk {
    token: EntryId,
    /// Whether the wrong lines are wanted as a file; else the good ones are booked.
    #[serde(default)]
    rejects: bool,
}

/// The good lines of a file that waits are booked, or its wrong ones given back.
pub(super) async fn rest(cx: Cx<KeepBooks>, Ask(ask): Ask<RestAsk>) -> Reply {
    let Some(file) = SENT.find(&cx, ask.token) else {
        return answer(&cx, Err(Refused::from(Refusal::FileGone).in_field("file").into())).await;
    };
    if ask.rejects {
        return rejects(cx, file).await;
    }
    let taken = book(&cx, ask.token, file, Wrong::IsLeftOut).await;
    answer(&cx, taken).await
}

async fn answer(cx: &Cx<KeepBooks>, taken: Result<Outcome, Stop>) -> Reply {
    let bank = bank(cx).await?;
    match taken {
        Ok(outcome) => {
            let voice = cx.voice().clone();
            let all = &outcome.summary.problems;
            let problems = problem_list(voice.clone()).of(
                &all[..all.len().min(SHOWN)],
                &ListAsk::default(),
                &voice,
                Want::Html,
            );
            let problems = Some(problems).filter(|problems| !problems.is_empty());
            cx.page(&outcome, |frame| ImportPage { frame, bank: &bank, outcome: Some(&outcome), problems })
        }
        Err(stop) => cx.again(stop, |frame| ImportPage { frame, bank: &bank, outcome: None, problems: None }),
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
        let bytes = file.bytes()?;
        let mut quietly = |_, _| {};
        rows::import(&journal, context, &permit, (&bytes, &file.name), today, wrong, &mut quietly)
    });
    let summary = importing.await.map_err(|stop| match stop {
        Stop::Refused(refused) if refused.field.is_none() => refused.in_field("file").into(),
        stop => stop,
    })?;
    Ok(Outcome { summary, token, file: name })
}

/// So many wrong lines are shown on the page; the file of them has all.
const SHOWN: usize = 200;

/// What is wrong, one line for each wrong line of the file.
fn problem_list(voice: web::Voice) -> List<Problem> {
    List::new("problems")
        .column("line", "waste-office-file-line", |problem: &Problem| problem.line)
        .column("column", "waste-office-file-column", |problem| problem.column.clone())
        .column("value", "waste-office-file-row", |problem| problem.cells.join(" | "))
        .column("problem", "waste-office-file-problem", move |problem| voice.refusal(&problem.refused))
        .plain()
}

/// The wrong lines as a file with the columns of the one that was sent: mended, it can be sent again.
async fn rejects(cx: Cx<KeepBooks>, file: Arc<Uploaded>) -> Reply {
    let ((village, book), today, voice) = (place(&cx), cx.today, cx.voice().clone());
    let rejects = cx
        .read(move |view| {
            let sheet = people::sheet::read(&file.bytes()?, &file.name)?;
            let problems = rows::plan(view, (&village, book), &sheet, today, Wrong::IsLeftOut)?.problems;
            let at = |line: usize| sheet.rows.binary_search_by_key(&line, |row| row.line).ok();
            let wrong = problems.iter().filter_map(|one| Some((at(one.line)?, voice.refusal(&one.refused))));
            Ok(sheet.rejects(&voice.say("waste-office-file-problem").to_string(), wrong))
        })
        .await?;
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
    cx.list(list, |frame, _| ImportPage { frame, bank: &bank, outcome: None, problems: None })
}
