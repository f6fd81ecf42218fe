//! The attendance sheet: heads by count, persons one by one, how many are entitled.

use askama::Template;
use cooperation::parties;
use journal::View;
use kernel::{BookId, Deed, EntryId, Level, Permit, PlaceCode, Refused, Stop};
use people::{groups, households};
use serde::{Deserialize, Serialize};
use web::{Ask, Choice, Cx, Frame, List, ListAsk, Listed, Query, Reply, Want, Word, number};

use super::rule::Shares;
use super::{Sums, sentences};
use crate::attendance::facts::*;
use crate::attendance::rules::{self, Refusal};
use crate::attendance::tables::{Came, Count};
use crate::attendance::{Attendee, KeepAttendance, SeeAttendance, SeeAttendees, tables};
use crate::meetings::{self, Element, Meeting};

/// How many are offered of those whose name fits.
const FOUND_MAX: usize = 20;

/// The sheet of a meeting.
#[derive(Serialize)]
struct Sheet {
    meeting: Meeting,
    #[serde(flatten)]
    sums: Sums,
    /// Who came, for those who may see it.
    came: Vec<Named>,
    #[serde(skip)]
    others: Vec<Choice>,
}

/// Somebody who came, with the name that can still be read.
#[derive(Debug, Clone, Serialize)]
struct Named {
    #[serde(flatten)]
    came: Came,
    name: String,
    proxy_name: String,
}

/// Words to look for among the names of the village.
#[derive(Clone, Default, Deserialize)]
pub(crate) struct FindAsk {
    #[serde(default)]
    find: String,
}

/// What the form about heads says: a row for each element.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct CountAsk {
    id: EntryId,
    age: Age,
    disability: Disability,
    #[serde(default)]
    element: Vec<Element>,
    #[serde(default)]
    women: Vec<String>,
    #[serde(default)]
    men: Vec<String>,
    #[serde(default)]
    untold: Vec<String>,
}

/// What the form about a person says.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct AttendAsk {
    id: EntryId,
    #[serde(default)]
    who: Option<Attendee>,
    #[serde(default)]
    proxy_of: Option<Attendee>,
    of_element: Element,
    sex: Sex,
    years: Age,
    with: Disability,
}

/// What the form about those entitled says.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct EntitleAsk {
    id: EntryId,
    #[serde(default)]
    entitled: String,
    /// More than or at least; nothing where the meeting sets no rule of its own.
    #[serde(default)]
    reach: Option<Reach>,
    #[serde(default)]
    parts: Option<i64>,
    #[serde(default)]
    of: Option<i64>,
    #[serde(default)]
    proxies: Option<Proxies>,
}

#[derive(Default)]
struct Typed {
    count: Option<CountAsk>,
    attend: Option<AttendAsk>,
    entitle: Option<EntitleAsk>,
}

/// A row of the form about heads.
struct Row {
    element: Element,
    word: String,
    women: String,
    men: String,
    untold: String,
}

/// What a reader may see of a sheet.
#[derive(Clone)]
struct Reading {
    place: PlaceCode,
    meeting: BookId,
    /// The permit to see names, if the reader has it.
    names: Option<Permit<SeeAttendees>>,
    find: String,
    lang: &'static str,
}

impl Reading {
    fn of<D: Deed>(cx: &Cx<D>, find: String) -> Reading {
        let (place, meeting, lang) = (cx.place().clone(), cx.book(), cx.lang.code());
        Reading { place, meeting, names: cx.may::<SeeAttendees>().ok(), find, lang }
    }
    fn read(&self, view: &mut View<'_, '_>) -> Result<Sheet, Stop> {
        let meeting =
            meetings::meeting(view, &self.place, self.meeting)?.ok_or(meetings::Refusal::NoMeeting)?;
        let sums = super::read(view, &meeting)?;
        let known = Known::read(view, self)?;
        let came = match self.names {
            Some(_) => tables::came(view, &self.place)?.remove(&self.meeting).unwrap_or_default(),
            None => Vec::new(),
        };
        let named = |came: Came| Named {
            name: known.name(came.who),
            proxy_name: came.proxy_of.map(|of| known.name(of)).unwrap_or_default(),
            came,
        };
        let came = came.into_iter().map(named).collect();
        Ok(Sheet { meeting, sums, came, others: known.choices })
    }
}

/// Names of those who may come.
struct Known {
    names: Option<std::sync::Arc<people::Names>>,
    choices: Vec<Choice>,
    listed: Vec<(Attendee, String)>,
}

impl Known {
    fn read(view: &mut View<'_, '_>, reading: &Reading) -> Result<Known, Stop> {
        let mut listed: Vec<(Attendee, String)> = Vec::new();
        let village = reading.place.at(Level::Village);
        let mut names = None;
        let mut choices = Vec::new();
        if let Some(village) = &village {
            if reading.names.is_some() {
                let all = households::names(view)?;
                let found = all.search(village, &reading.find, FOUND_MAX);
                choices.extend(found.into_iter().map(|found| Choice::new(attendee(found.who), found.name)));
                names = Some(all);
            }
            let group = |group: groups::Group| (Attendee::Group(group.group), group.name);
            listed.extend(groups::list(view, village)?.into_iter().map(group));
        }
        let mut up = Some(reading.place.clone());
        while let Some(place) = up.filter(|place| place.level() >= Level::Province) {
            let party =
                |it: parties::Party| (Attendee::Party(it.party), it.names.named(reading.lang).to_owned());
            listed.extend(parties::list(view, &place)?.into_iter().map(party));
            up = place.parent();
        }
        choices.extend(listed.iter().map(|(who, name)| Choice::new(who, name)));
        Ok(Known { names, choices, listed })
    }
    /// A name, or the id where it was erased.
    fn name(&self, who: Attendee) -> String {
        let named = match who {
            Attendee::Person(id) => self.names.as_ref().and_then(|names| names.person(id)),
            Attendee::Household(id) => self.names.as_ref().and_then(|names| names.household(id)),
            Attendee::Group(_) | Attendee::Party(_) => {
                self.listed.iter().find(|(other, _)| *other == who).map(|(_, name)| name.as_str())
            }
        };
        named.map_or_else(|| who.to_string(), str::to_owned)
    }
}

fn attendee(who: households::Who) -> Attendee {
    match who {
        households::Who::Household(id) => Attendee::Household(id),
        households::Who::Person(id) => Attendee::Person(id),
    }
}

#[derive(Template)]
#[template(path = "attendance/pages/sheet.html")]
struct SheetPage<'a> {
    page: &'a Sheet,
    sentences: Vec<String>,
    counts: Listed,
    came: Listed,
    rows: Vec<Row>,
    ages: Vec<Choice>,
    disabilities: Vec<Choice>,
    sexes: Vec<Choice>,
    elements: Vec<Choice>,
    shares: Shares,
    find: String,
    count: (Age, Disability),
    attend: AttendAsk,
    entitle: EntitleAsk,
    frame: Frame,
}

impl<'a> SheetPage<'a> {
    fn new(frame: Frame, page: &'a Sheet, find: String, typed: Typed) -> SheetPage<'a> {
        let word = |key: String| frame.say(key).to_string();
        let counts = List::new("counts")
            .column("element", "attendance-element", |it: &Count| element(it.who.element))
            .column("sex", "attendance-sex", |it| Word::new(format!("attendance-sex-{}", it.who.sex)))
            .column("age", "attendance-age", |it| Word::new(format!("attendance-age-{}", it.who.age)))
            .column("disability", "attendance-disability", |it| {
                Word::new(format!("attendance-disability-{}", it.who.disability))
            })
            .column("heads", "attendance-heads", |it| it.heads)
            .summed()
            .plain()
            .of(&page.sums.attendance.counts, &ListAsk::default(), &frame, Want::Html);
        let came = List::new("came")
            .column("name", "attendance-who", |it: &Named| it.name.clone())
            .column("element", "attendance-element", |it| element(it.came.heads.element))
            .column("proxy", "attendance-proxy-of", |it| it.proxy_name.clone())
            .plain()
            .of(&page.came, &ListAsk::default(), &frame, Want::Html);
        let row = |element: &Element| {
            let at = typed
                .count
                .as_ref()
                .and_then(|typed| Some((typed, typed.element.iter().position(|other| other == element)?)));
            let cell = |column: fn(&CountAsk) -> &Vec<String>| {
                at.and_then(|(typed, n)| column(typed).get(n).cloned()).unwrap_or_default()
            };
            Row {
                element: *element,
                word: word(format!("meetings-element-{element}")),
                women: cell(|typed| &typed.women),
                men: cell(|typed| &typed.men),
                untold: cell(|typed| &typed.untold),
            }
        };
        let invited = &page.meeting.elements;
        // Those who were invited first; anybody may come.
        let others = Element::ALL.iter().filter(|element| !invited.contains(element));
        let rows = invited.iter().chain(others).map(row).collect();
        let of_sex = |it: &Sex| Choice::new(it, word(format!("attendance-sex-{it}")));
        let of_age = |it: &Age| Choice::new(it, word(format!("attendance-age-{it}")));
        let of_disability = |it: &Disability| Choice::new(it, word(format!("attendance-disability-{it}")));
        let of_element = |it: &Element| Choice::new(it, word(format!("meetings-element-{it}")));
        let count = typed.count.as_ref().map(|typed| (typed.age, typed.disability));
        SheetPage {
            page,
            sentences: sentences(&frame, &page.sums),
            counts,
            came,
            rows,
            ages: Age::ALL.iter().map(of_age).collect(),
            disabilities: Disability::ALL.iter().map(of_disability).collect(),
            sexes: Sex::ALL.iter().map(of_sex).collect(),
            elements: Element::ALL.iter().map(of_element).collect(),
            shares: Shares::new(&frame),
            find,
            count: count.unwrap_or((Age::Untold, Disability::Untold)),
            attend: typed.attend.unwrap_or_else(|| AttendAsk {
                id: EntryId::new(),
                who: None,
                proxy_of: None,
                of_element: Element::Residents,
                sex: Sex::Untold,
                years: Age::Untold,
                with: Disability::Untold,
            }),
            entitle: typed.entitle.unwrap_or_else(|| EntitleAsk {
                id: EntryId::new(),
                entitled: String::new(),
                reach: None,
                parts: None,
                of: None,
                proxies: None,
            }),
            frame,
        }
    }
}

fn element(element: Element) -> Word {
    Word::new(format!("meetings-element-{element}"))
}

pub(crate) async fn sheet(cx: Cx<SeeAttendance>, Query(ask): Query<FindAsk>) -> Reply {
    let reading = Reading::of(&cx, ask.find.clone());
    let sheet = cx.read(move |view| reading.read(view)).await?;
    cx.page(&sheet, |frame| SheetPage::new(frame, &sheet, ask.find, Typed::default()))
}

pub(crate) async fn count(cx: Cx<KeepAttendance>, Ask(ask): Ask<CountAsk>) -> Reply {
    let (permit, place, meeting, today) = (cx.permit.clone(), cx.place().clone(), cx.book(), cx.today);
    let reading = Reading::of(&cx, String::new());
    let counted = cx
        .once(
            ask.id,
            ask.clone(),
            move |work, ask| {
                let state = meetings::standing(work, &place, meeting, today)?;
                let mut cells = 0;
                for (column, sex, typed) in [
                    ("women", Sex::Women, &ask.women),
                    ("men", Sex::Men, &ask.men),
                    ("untold", Sex::Untold, &ask.untold),
                ] {
                    let typed = ask.element.iter().zip(typed).enumerate();
                    for (n, (element, heads)) in typed.filter(|(_, (_, heads))| !heads.trim().is_empty()) {
                        let field = format!("{column}.{n}");
                        let count = number::whole(&field, heads)?;
                        let (age, disability) = (ask.age, ask.disability);
                        let who = Heads { element: *element, sex, age, disability };
                        let fact = HeadsCounted { place: place.clone(), meeting, who, count };
                        let fact = rules::count(fact, &state).map_err(|refused| refused.in_field(field))?;
                        work.record(&permit, &fact)?;
                        cells += 1;
                    }
                }
                if cells == 0 { Err(Refusal::NothingCounted.into()) } else { Ok(()) }
            },
            move |view| reading.read(view),
        )
        .await;
    after(&cx, counted, "attendance-done-counted", Typed { count: Some(ask), ..Typed::default() }).await
}

/// Refuses somebody whom the village and the region do not know.
fn must_be_known(view: &mut View<'_, '_>, place: &PlaceCode, who: Attendee, field: &str) -> Result<(), Stop> {
    let village = place.at(Level::Village);
    let is_known = match (who, &village) {
        (Attendee::Person(id), Some(village)) => households::person(view, village, id)?.is_some(),
        (Attendee::Household(id), Some(village)) => households::one(view, village, id)?.is_some(),
        (Attendee::Group(id), Some(village)) => groups::one(view, village, id)?.is_some(),
        (Attendee::Party(id), _) => {
            let mut up = Some(place.clone());
            let mut is_listed = false;
            while let Some(place) = up.filter(|place| place.level() >= Level::Province && !is_listed) {
                is_listed = parties::one(view, &place, id)?.is_some();
                up = place.parent();
            }
            is_listed
        }
        _ => false,
    };
    if is_known { Ok(()) } else { Err(Refused::from(Refusal::Unknown).in_field(field).into()) }
}

pub(crate) async fn attend(cx: Cx<KeepAttendance>, Ask(ask): Ask<AttendAsk>) -> Reply {
    let (permit, place, meeting, today) = (cx.permit.clone(), cx.place().clone(), cx.book(), cx.today);
    let reading = Reading::of(&cx, String::new());
    let attended = cx
        .once(
            ask.id,
            ask.clone(),
            move |work, ask| {
                let state = meetings::standing(work, &place, meeting, today)?;
                let who = ask.who.ok_or_else(|| Refused::from(Refusal::Unknown).in_field("who"))?;
                must_be_known(work, &place, who, "who")?;
                if let Some(of) = ask.proxy_of {
                    must_be_known(work, &place, of, "proxy_of")?;
                }
                let came = tables::came(work, &place)?.remove(&meeting).unwrap_or_default();
                let heads =
                    Heads { element: ask.of_element, sex: ask.sex, age: ask.years, disability: ask.with };
                let fact = Attended { place, meeting, who, proxy_of: ask.proxy_of, heads };
                work.record(&permit, &rules::attend(fact, &came, &state)?)?;
                Ok(())
            },
            move |view| reading.read(view),
        )
        .await;
    after(&cx, attended, "attendance-done-attended", Typed { attend: Some(ask), ..Typed::default() }).await
}

pub(crate) async fn entitle(cx: Cx<KeepAttendance>, Ask(ask): Ask<EntitleAsk>) -> Reply {
    let (permit, place, meeting) = (cx.permit.clone(), cx.place().clone(), cx.book());
    let reading = Reading::of(&cx, String::new());
    let entitled = cx
        .once(
            ask.id,
            ask.clone(),
            move |work, ask| {
                meetings::meeting(work, &place, meeting)?.ok_or(meetings::Refusal::NoMeeting)?;
                let shipped = rules::default_rule().need;
                let rule = ask.reach.map(|reach| Need {
                    reach,
                    parts: ask.parts.unwrap_or(shipped.parts),
                    of: ask.of.unwrap_or(shipped.of),
                    proxies: ask.proxies.unwrap_or(shipped.proxies),
                });
                let entitled = number::whole("entitled", &ask.entitled)?;
                work.record(&permit, &rules::set_entitled(EntitledSet { place, meeting, entitled, rule })?)?;
                Ok(())
            },
            move |view| reading.read(view),
        )
        .await;
    after(&cx, entitled, "attendance-done-entitled", Typed { entitle: Some(ask), ..Typed::default() }).await
}

/// The page with what was saved or, with what was typed, why it was not.
async fn after(
    cx: &Cx<KeepAttendance>,
    done: Result<Sheet, Stop>,
    saying: &'static str,
    typed: Typed,
) -> Reply {
    match done {
        Ok(sheet) => cx.saved_saying(sheet.meeting.path("/attendance"), saying, &sheet),
        Err(stop) => {
            let reading = Reading::of(cx, String::new());
            let sheet = cx.read(move |view| reading.read(view)).await?;
            cx.again(stop, |frame| SheetPage::new(frame, &sheet, String::new(), typed))
        }
    }
}
