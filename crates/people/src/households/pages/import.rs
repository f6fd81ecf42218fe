//! Importing households, step by step: choose a file, say which column is what, look at what would come of it, book it.
//!
//! Between the steps the rows are kept in memory and nowhere else: they hold names. They are gone after half an hour and
//! whenever the program stops; those that were booked are gone after the import.

use std::sync::Arc;

use askama::Template;
use journal::{Context, Via};
use kernel::{EntryId, PlaceCode, Refused, Stop};
use serde::{Deserialize, Serialize};
use web::{Ask, Choice, Cx, Frame, List, ListAsk, Listed, Query, Reply, Upload, Voice, Waiting};

use super::super::import::{
    self, ImportAsk, ImportSummary, Mapping, NewHamlet, Plan, Problem, READABLE, Readable,
};
use super::super::rules::Refusal;
use super::super::{KeepHouseholds, list_path};
use crate::places::{self, NamePlaces};
use crate::sheet::{self, Row, Sheet, SheetRefusal, Wrong};

/// So many files wait at once.
const WAITING_MOST: usize = 8;
/// No village has more households.
const ROWS_MAX: usize = 100_000;
/// So many lines are shown of what would be booked, and so many problems.
const SHOWN: usize = 50;

/// A file between two steps. Only whoever brought it sees it.
struct Brought {
    name: String,
    stage: Stage,
}

enum Stage {
    Read(Arc<Sheet>),
    /// What came of it, and the rows that were wrong, one for each problem.
    Booked(ImportSummary, Sheet),
}

static BROUGHT: Waiting<Brought> = Waiting::new(WAITING_MOST);

fn brought(cx: &Cx<KeepHouseholds>) -> Result<(EntryId, Arc<Brought>), Stop> {
    let upload: EntryId = cx.param("upload")?;
    Ok((upload, BROUGHT.find(cx, upload).ok_or(Refusal::UploadGone)?))
}

fn import_path(village: &PlaceCode) -> String {
    format!("{}/import", list_path(village))
}

// Choosing a file -------------------------------------------------------------------------------------------------------

#[derive(Template)]
#[template(path = "households/import.html")]
struct ChoosePage {
    frame: Frame,
    columns: &'static [Readable],
    village: PlaceCode,
    village_name: String,
}

pub(in crate::households) async fn choose(cx: Cx<KeepHouseholds>) -> Reply {
    let page = choose_page(&cx).await?;
    cx.page(&READABLE, page)
}

async fn choose_page(cx: &Cx<KeepHouseholds>) -> Result<impl FnOnce(Frame) -> ChoosePage, Stop> {
    let village = cx.place().clone();
    let at = village.clone();
    let village_name = cx.read(move |view| places::require_village(view, &at)).await?;
    Ok(move |frame| ChoosePage { frame, columns: &READABLE, village, village_name })
}

/// What a program learns of a file that it sent: where to go on.
#[derive(Serialize)]
struct Received {
    upload: EntryId,
    columns: Vec<String>,
    rows: usize,
}

pub(in crate::households) async fn receive(cx: Cx<KeepHouseholds>, upload: Upload) -> Reply {
    match received(&cx, upload).await {
        Ok(received) => cx.saved(format!("{}/{}", import_path(cx.place()), received.upload), &received),
        Err(stop) => {
            let page = choose_page(&cx).await?;
            cx.again(stop, page)
        }
    }
}

async fn received(cx: &Cx<KeepHouseholds>, upload: Upload) -> Result<Received, Stop> {
    let file = upload.file("file")?;
    let name = file.name.clone();
    let read = cx.apart(move || {
        let sheet = sheet::read(&file.bytes()?, &file.name)?;
        if sheet.rows.len() > ROWS_MAX {
            return Err(SheetRefusal::TooManyRows { file: file.name, most: ROWS_MAX }.into());
        }
        Ok(sheet)
    });
    let in_field = |stop| match stop {
        Stop::Refused(refused) => Stop::Refused(Refused { status: 422, ..refused }.in_field("file")),
        fault => fault,
    };
    let sheet = read.await.map_err(in_field)?;
    let (columns, rows) = (sheet.columns.clone(), sheet.rows.len());
    let (upload, _) = BROUGHT.keep(cx, Brought { name, stage: Stage::Read(Arc::new(sheet)) });
    Ok(Received { upload, columns, rows })
}

// Looking at what would come of it --------------------------------------------------------------------------------------

/// Which column is what, as the form says it; columns are counted from 0.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(in crate::households) struct MapAsk {
    head: Option<usize>,
    hamlet: Option<usize>,
    rt: Option<usize>,
    card: Option<usize>,
    phone: Option<usize>,
    relation: Option<usize>,
    /// Hamlets that are not named yet are named.
    #[serde(default)]
    name_hamlets: bool,
    /// Lines that are wrong are left out.
    #[serde(default)]
    only_good: bool,
    /// Whether a person has chosen; else the names of the columns decide.
    #[serde(default)]
    chosen: bool,
}

impl MapAsk {
    fn mapping(&self) -> Mapping {
        let MapAsk { head, hamlet, rt, card, phone, relation, .. } = *self;
        Mapping { card, head, hamlet, rt, phone, relation }
    }
    fn new_hamlet(&self) -> NewHamlet {
        if self.name_hamlets { NewHamlet::IsNamed } else { NewHamlet::IsWrong }
    }
    fn or_proposed(self, sheet: &Sheet) -> MapAsk {
        if self.chosen {
            return self;
        }
        let Mapping { card, head, hamlet, rt, phone, relation } = Mapping::propose(sheet);
        MapAsk { head, hamlet, rt, card, phone, relation, chosen: true, ..self }
    }
    /// As the query of an address.
    fn query(&self) -> String {
        serde_html_form::to_string(self).expect("numbers and yes or no make a query")
    }
}

/// What would come of a file.
#[derive(Serialize)]
struct Preview {
    upload: EntryId,
    file: String,
    columns: Vec<String>,
    rows: usize,
    mapping: MapAsk,
    /// What is missing before anything can be booked.
    refused: Option<Refused>,
    new: usize,
    known: usize,
    members: usize,
    hamlets: Vec<String>,
    wrong: usize,
    problems: Vec<Problem>,
}

#[derive(Template)]
#[template(path = "households/preview.html")]
struct PreviewPage<'a> {
    frame: Frame,
    village: PlaceCode,
    village_name: String,
    preview: &'a Preview,
    columns: Vec<Choice>,
    /// What would be booked, the first lines.
    households: Listed,
    problems: Listed,
    may_name: bool,
}

impl PreviewPage<'_> {
    fn path(&self) -> String {
        format!("{}/{}", import_path(&self.village), self.preview.upload)
    }
    fn can_book(&self) -> bool {
        self.preview.refused.is_none() && self.preview.new > 0
    }
    /// The choices of the mapping, which the form that books sends along.
    fn chosen(&self) -> Vec<(String, String)> {
        serde_html_form::from_str(&self.preview.mapping.query()).unwrap_or_default()
    }
}

#[derive(Template)]
#[template(path = "households/imported.html")]
struct ImportedPage<'a> {
    frame: Frame,
    village: PlaceCode,
    village_name: String,
    summary: &'a ImportSummary,
    /// The lines that were left out, the first of them.
    problems: Listed,
    /// How many of them are shown.
    shown: usize,
    rejects: String,
}

pub(in crate::households) async fn preview(cx: Cx<KeepHouseholds>, Query(ask): Query<MapAsk>) -> Reply {
    let (upload, brought) = brought(&cx)?;
    match &brought.stage {
        Stage::Read(sheet) => show(&cx, (upload, brought.name.clone(), sheet.clone()), ask, None).await,
        Stage::Booked(summary, left_out) => {
            let village = cx.place().clone();
            let at = village.clone();
            let village_name = cx.read(move |view| places::require_village(view, &at)).await?;
            let shown = summary.problems.len().min(SHOWN);
            let problems = problem_list(&cx, summary.problems.iter().zip(&left_out.rows));
            let rejects = format!("{}/{upload}/rejects", import_path(&village));
            cx.page(summary, |frame| ImportedPage {
                frame,
                village,
                village_name,
                summary,
                problems,
                shown,
                rejects,
            })
        }
    }
}

/// What is wrong, one line for each wrong line of the file.
fn problem_list<'p>(
    cx: &Cx<KeepHouseholds>,
    problems: impl Iterator<Item = (&'p Problem, &'p Row)>,
) -> Listed {
    let lines: Vec<(&Problem, &Row)> = problems.take(SHOWN).collect();
    let voice = cx.voice().clone();
    List::new("problems")
        .column("line", "households-line", |(it, _): &(&Problem, &Row)| it.line)
        .column("column", "households-column", |(it, _): &(&Problem, &Row)| it.column.clone())
        .column("row", "households-row", |(_, row): &(&Problem, &Row)| {
            row.cells().collect::<Vec<_>>().join(" | ")
        })
        .column("why", "households-why", move |(it, _): &(&Problem, &Row)| voice.refusal(&it.refused))
        .plain()
        .of(&lines, &ListAsk::default(), cx.voice(), cx.want)
}

/// The preview; again with the reason when booking was refused.
async fn show(
    cx: &Cx<KeepHouseholds>,
    (upload, file, sheet): (EntryId, String, Arc<Sheet>),
    ask: MapAsk,
    stop: Option<Stop>,
) -> Reply {
    let village = cx.place().clone();
    let mapping = ask.or_proposed(&sheet);
    let (at, mapped, new_hamlet, rows) =
        (village.clone(), mapping.mapping(), mapping.new_hamlet(), sheet.clone());
    let journal = cx.site().journal.clone();
    let read = cx.apart(move || {
        journal.read(|view| {
            let plan = match import::plan(view, &at, &rows, &mapped, new_hamlet) {
                Err(Stop::Refused(refused)) => Err(refused),
                other => Ok(other?),
            };
            Ok((places::require_village(view, &at)?, places::hamlets(view, &at)?, plan))
        })
    });
    let (village_name, hamlets, plan) = read.await?;
    let (plan, refused) = match plan {
        Ok(plan) => (plan, None),
        Err(refused) => (Plan::default(), Some(refused)),
    };
    let Plan { new, known, members, hamlets: new_hamlets, wrong, mut problems } = plan;
    let named: Vec<places::Hamlet> = hamlets.into_iter().chain(new_hamlets.iter().cloned()).collect();
    let households = List::new("households")
        .column("line", "households-line", |it: &import::Planned| it.line)
        .column("head", "households-head", |it: &import::Planned| it.naming.head.clone())
        .column("hamlet", "households-hamlet", move |it: &import::Planned| {
            super::hamlet_name(&named, &it.hamlet)
        })
        .column("rt", "households-rt", |it: &import::Planned| it.rt.as_ref().map(super::number_of))
        .column("card", "households-card", |it: &import::Planned| it.naming.card.clone())
        .column("phone", "households-phone", |it: &import::Planned| it.naming.phone.clone())
        .plain()
        .of(&new[..new.len().min(SHOWN)], &ListAsk::default(), cx.voice(), cx.want);
    problems.truncate(SHOWN);
    let listed = problem_list(cx, problems.iter().map(|it| (it, &sheet.rows[it.row])));
    let preview = Preview {
        upload,
        file,
        rows: sheet.rows.len(),
        new: new.len(),
        hamlets: new_hamlets.into_iter().map(|hamlet| hamlet.name).collect(),
        columns: sheet.columns.clone(),
        mapping,
        refused,
        known,
        members,
        wrong,
        problems,
    };
    let columns = sheet.columns.iter().enumerate().filter(|(_, name)| !name.is_empty());
    let columns = columns.map(|(n, name)| Choice::new(n, name)).collect();
    let may_name = cx.can::<NamePlaces>();
    let page = |frame| PreviewPage {
        frame,
        village,
        village_name,
        preview: &preview,
        columns,
        households,
        problems: listed,
        may_name,
    };
    match stop.or_else(|| preview.refused.clone().map(Stop::Refused)) {
        // A program asks for the preview to see what is missing; a person is told above the page.
        Some(stop) if cx.want.is_page() => cx.again(stop, page),
        _ => cx.page(&preview, page),
    }
}

// Booking it ------------------------------------------------------------------------------------------------------------

pub(in crate::households) async fn book(cx: Cx<KeepHouseholds>, Ask(ask): Ask<MapAsk>) -> Reply {
    let (upload, brought) = brought(&cx)?;
    let sheet = match &brought.stage {
        Stage::Read(sheet) => sheet.clone(),
        // Sent twice: what came of it the first time.
        Stage::Booked(summary, _) => {
            return cx.saved(format!("{}/{upload}", import_path(cx.place())), summary);
        }
    };
    let name = brought.name.clone();
    let ask = ask.or_proposed(&sheet);
    let booked = booked(&cx, &ask, sheet.clone()).await;
    match booked {
        Ok(summary) => {
            let left_out = summary.problems.iter().map(|problem| sheet.rows[problem.row].clone()).collect();
            let left_out = Sheet { columns: sheet.columns.clone(), rows: left_out };
            let stage = Stage::Booked(summary.clone(), left_out);
            BROUGHT.replace(&cx, upload, Brought { name, stage });
            cx.saved(format!("{}/{upload}", import_path(cx.place())), &summary)
        }
        Err(stop) if cx.want.is_page() => show(&cx, (upload, name, sheet), ask, Some(stop)).await,
        Err(stop) => Err(stop.into()),
    }
}

async fn booked(cx: &Cx<KeepHouseholds>, ask: &MapAsk, sheet: Arc<Sheet>) -> Result<ImportSummary, Stop> {
    let (journal, permit) = (cx.site().journal.clone(), cx.permit.clone());
    let context = Context { actor: permit.actor(), via: Via::Web, at: cx.at };
    let ask = ImportAsk {
        village: cx.place().clone(),
        sheet,
        mapping: ask.mapping(),
        name_hamlets: if ask.name_hamlets { Some(cx.may::<NamePlaces>()?) } else { None },
        wrong: if ask.only_good { Wrong::IsLeftOut } else { Wrong::BooksNothing },
        day: cx.today,
    };
    cx.apart(move || import::import(&journal, context, permit, ask, &mut |_, _| {})).await
}

/// The lines that are wrong, as a file to correct and bring again.
pub(in crate::households) async fn rejects(cx: Cx<KeepHouseholds>, Query(ask): Query<MapAsk>) -> Reply {
    let (_, brought) = brought(&cx)?;
    let sheet = match &brought.stage {
        Stage::Read(sheet) => sheet,
        Stage::Booked(summary, left_out) => {
            let problems = summary.problems.iter().enumerate();
            return cx.csv(rejects_of(left_out, problems, cx.voice()), "rejects.csv");
        }
    };
    let ask = ask.or_proposed(sheet);
    let (village, rows, mapping) = (cx.place().clone(), sheet.clone(), ask.mapping());
    let (journal, voice) = (cx.site().journal.clone(), cx.voice().clone());
    let looking = cx.apart(move || {
        let plan = journal.read(|view| import::plan(view, &village, &rows, &mapping, ask.new_hamlet()))?;
        Ok(rejects_of(&rows, plan.problems.iter().map(|problem| (problem.row, problem)), &voice))
    });
    let rejects = looking.await?;
    cx.csv(rejects, "rejects.csv")
}

/// The rows of a sheet with what is wrong with them.
fn rejects_of<'p>(
    sheet: &Sheet,
    problems: impl Iterator<Item = (usize, &'p Problem)>,
    voice: &Voice,
) -> Vec<u8> {
    let told = problems
        .map(|(row, problem)| (row, format!("{}: {}", problem.column, voice.refusal(&problem.refused))));
    sheet.rejects(&voice.say("households-why").to_string(), told)
}
