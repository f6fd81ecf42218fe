//! The sorts of waste that a bank takes, and their tree.

use askama::Template;
use journal::Work;
use kernel::{Deed, EntryId, Names, Permit, Refused, Stop, Unit};
use serde::{Deserialize, Serialize};
use web::list::Value;
use web::{Ask, Choice, Cx, Frame, List, ListAsk, Listed, Query, Reply, Word, number};

use super::shown::{SortNames, sort_choices};
use super::{Refusal, place};
use crate::waste::addresses::path;
use crate::waste::tables::{self, Bank, Sort};
use crate::waste::{Carbon, SeeSums, SetUp, SortCode, SortNamed, rules};
#[derive(Serialize)]
struct Sorts {
    bank: Bank,
    sorts: Vec<Sort>,
}

async fn found<D: Deed>(cx: &Cx<D>) -> Result<Sorts, Stop> {
    let (village, book) = place(cx);
    cx.read(move |view| {
        let bank = tables::bank(view, &village, book)?.ok_or(rules::Refusal::NoBank)?;
        Ok(Sorts { bank, sorts: tables::sorts(view, &village, book)? })
    })
    .await
}

#[derive(Template)]
#[template(path = "waste/office/sorts.html")]
struct SortsPage<'a> {
    frame: Frame,
    bank: &'a Bank,
    list: Listed,
}

pub(super) async fn list(cx: Cx<SeeSums>, Query(ask): Query<ListAsk>) -> Reply {
    let sorts = found(&cx).await?;
    let (names, lang) = (SortNames::new(&sorts.sorts), cx.lang);
    let mut rows = sorts.sorts.clone();
    rows.sort_by_key(|sort| (sort.retired, names.path(&sort.sort, lang)));
    let base = sorts.bank.path("/sorts");
    let mut list =
        List::new("sorts").column("code", "waste-office-code", |sort: &Sort| sort.sort.to_string());
    if cx.can::<SetUp>() {
        list = list.link(move |sort| format!("{base}/{}", sort.sort));
    }
    let list = list
        .column("sort", "waste-office-sort", move |sort| names.path(&sort.sort, lang))
        .column("unit", "waste-office-unit", |sort| Word::new(unit_key(sort.unit)))
        .column("destination", "waste-office-destination", |sort| some(&sort.destination))
        .column("carbon", "waste-office-carbon", |sort| sort.carbon.map(kernel::Grams::new))
        .column("source", "waste-office-carbon-source", |sort| sort.carbon_source.clone())
        .column("state", "waste-office-state", |sort| match sort.retired {
            true => Value::Badge("warn", "waste-office-sort-retired".into()),
            false => Value::Badge("ok", "waste-office-sort-taken".into()),
        })
        .of(&rows, &ask, cx.voice(), cx.want);
    cx.page_and_list(&sorts, list, |frame, list| SortsPage { frame, bank: &sorts.bank, list })
}

fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

/// The key of the word for a unit that a sort has.
pub(super) fn unit_key(unit: Unit) -> &'static str {
    if unit == Unit::Piece { "waste-office-unit-piece" } else { "waste-office-unit-kg" }
}

/// What the form about a sort says.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct SortAsk {
    id: EntryId,
    code: String,
    #[serde(default)]
    unit: String,
    name_id: String,
    #[serde(default)]
    name_ko: String,
    #[serde(default)]
    name_en: String,
    #[serde(default)]
    parent: String,
    #[serde(default)]
    destination: String,
    #[serde(default)]
    carbon: String,
    #[serde(default)]
    carbon_source: String,
    #[serde(default)]
    retired: bool,
}

impl SortAsk {
    fn blank() -> SortAsk {
        let empty = String::new;
        SortAsk {
            id: EntryId::new(),
            code: empty(),
            unit: "g".to_owned(),
            name_id: empty(),
            name_ko: empty(),
            name_en: empty(),
            parent: empty(),
            destination: empty(),
            carbon: empty(),
            carbon_source: empty(),
            retired: false,
        }
    }
    fn of(sort: &Sort) -> SortAsk {
        SortAsk {
            id: EntryId::new(),
            code: sort.sort.to_string(),
            unit: sort.unit.code().to_owned(),
            name_id: sort.names.id.clone(),
            name_ko: sort.names.ko.clone(),
            name_en: sort.names.en.clone(),
            parent: sort.parent.as_ref().map(ToString::to_string).unwrap_or_default(),
            destination: sort.destination.clone(),
            carbon: sort.carbon.map(|grams| grams.to_string()).unwrap_or_default(),
            carbon_source: sort.carbon_source.clone().unwrap_or_default(),
            retired: sort.retired,
        }
    }
    /// The figure and its source: both or neither.
    fn carbon(&self) -> Result<Option<Carbon>, Stop> {
        let source = self.carbon_source.trim();
        if self.carbon.trim().is_empty() {
            return Ok(None);
        }
        let grams_per_kg = number::whole("carbon", &self.carbon)?;
        if source.is_empty() {
            return Err(Refused::from(Refusal::NoSource).in_field("carbon_source").into());
        }
        Ok(Some(Carbon { grams_per_kg, source: source.to_owned() }))
    }
    fn code(&self, text: &str, field: &str) -> Result<SortCode, Stop> {
        let unreadable = || rules::Refusal::SortUnreadable { text: rules::shorten(text) };
        text.parse().map_err(|_| Refused::from(unreadable()).in_field(field).into())
    }
    fn fact(&self, bank: &Bank) -> Result<SortNamed, Stop> {
        let parent = match self.parent.trim() {
            "" => None,
            text => Some(self.code(text, "parent")?),
        };
        Ok(SortNamed {
            village: bank.village.clone(),
            bank: bank.bank,
            sort: self.code(&self.code, "code")?,
            parent,
            names: Names { id: self.name_id.clone(), ko: self.name_ko.clone(), en: self.name_en.clone() },
            unit: if self.unit == Unit::Piece.code() { Unit::Piece } else { Unit::Gram },
            carbon: self.carbon()?,
            destination: self.destination.trim().to_owned(),
            retired: self.retired,
        })
    }
}

#[derive(Template)]
#[template(path = "waste/office/sort.html")]
struct SortPage<'a> {
    frame: Frame,
    bank: &'a Bank,
    typed: SortAsk,
    /// Whether the bank has the sort already: its code and unit stay.
    known: bool,
    parents: Vec<Choice>,
    units: Vec<Choice>,
}

impl<'a> SortPage<'a> {
    fn new(frame: Frame, sorts: &'a Sorts, typed: SortAsk) -> SortPage<'a> {
        let known = sorts.sorts.iter().any(|sort| sort.sort.as_str().eq_ignore_ascii_case(typed.code.trim()));
        let mut parents = sort_choices(&sorts.sorts, frame.lang);
        parents.retain(|choice| choice.value != typed.code);
        let units = [Unit::Gram, Unit::Piece]
            .map(|unit| Choice::new(unit.code(), frame.say(unit_key(unit))))
            .to_vec();
        SortPage { frame, bank: &sorts.bank, typed, known, parents, units }
    }
}

pub(super) async fn new(cx: Cx<SetUp>) -> Reply {
    let sorts = found(&cx).await?;
    cx.page(&sorts, |frame| SortPage::new(frame, &sorts, SortAsk::blank()))
}

pub(super) async fn edit(cx: Cx<SetUp>) -> Reply {
    let code: SortCode = cx.param("sort")?;
    let sorts = found(&cx).await?;
    let sort = sorts.sorts.iter().find(|sort| sort.sort == code);
    let sort = sort.ok_or_else(|| rules::Refusal::UnknownSort { text: code.to_string() })?;
    cx.page(sort, |frame| SortPage::new(frame, &sorts, SortAsk::of(sort)))
}

pub(super) async fn name(cx: Cx<SetUp>, Ask(ask): Ask<SortAsk>) -> Reply {
    let ((village, book), today, permit) = (place(&cx), cx.today, cx.permit.clone());
    let named = cx
        .once(
            ask.id,
            ask.clone(),
            {
                let village = village.clone();
                move |work, ask| {
                    let desk = tables::desk(work, &village, book, today)?;
                    book_sort(work, &permit, &desk, &ask)
                }
            },
            move |view| Ok(tables::sorts(view, &village, book)?),
        )
        .await;
    let (village, book) = place(&cx);
    match named {
        Ok(sorts) => cx.saved_saying(path(&village, book, "/sorts"), "waste-office-done-sort", &sorts),
        Err(stop) => {
            let sorts = found(&cx).await?;
            cx.again(stop, |frame| SortPage::new(frame, &sorts, ask))
        }
    }
}

fn book_sort(
    work: &mut Work<'_, '_>,
    permit: &Permit<SetUp>,
    desk: &rules::Desk,
    ask: &SortAsk,
) -> Result<(), Stop> {
    let bank = tables::bank(work, &desk.village, desk.bank)?.ok_or(rules::Refusal::NoBank)?;
    let sorts = tables::sorts(work, &desk.village, desk.bank)?;
    let fact = rules::name_sort(desk, &sorts, ask.fact(&bank)?)?;
    let newest = tables::newest_name(work, &desk.village, desk.bank, &fact.sort)?;
    rules::not_overtaken(desk, ask.id, newest)?;
    work.record(permit, &fact)?;
    Ok(())
}
