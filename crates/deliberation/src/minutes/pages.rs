//! The minutes of a meeting: writing them during the meeting, merging, checking, freezing, approving, printing.

use askama::Template;
use cooperation::parties::{self, Party};
use journal::View;
use kernel::{BookId, Deed, EntryId, Level, PartyId, Permit, PlaceCode, Stop};
use serde::{Deserialize, Serialize};
use web::qr::Qr;
use web::{Ask, Choice, Cx, Fragment, Frame, Reply, SlotAt};

use super::facts::*;
use super::rules::{self, Refusal, Statement};
use super::tables::Approval;
use super::{ApproveMinutes, KeepMinutes, SeeMinutes, tables};
use crate::decisions::{self, Decision, Owner};
use crate::meetings::{self, Meeting};

/// A new statement.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct AddAsk {
    /// Made with the form; it also becomes the id of the statement.
    id: EntryId,
    #[serde(default)]
    speaker: String,
    lang: Tongue,
    #[serde(default)]
    text: String,
}

/// A text of a statement, based on what the writer saw.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct WriteAsk {
    id: EntryId,
    statement: EntryId,
    lang: Tongue,
    #[serde(default)]
    text: String,
    #[serde(default)]
    base: Vec<EntryId>,
}

/// A text that somebody found right.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct CheckAsk {
    id: EntryId,
    version: EntryId,
}

/// The text that somebody saw.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct HashAsk {
    id: EntryId,
    #[serde(default)]
    hash: String,
    #[serde(default)]
    party: Option<PartyId>,
    #[serde(default)]
    office: String,
}

/// The minutes of a meeting.
#[derive(Serialize)]
pub(super) struct Minutes {
    meeting: Meeting,
    statements: Vec<Statement>,
    /// SHA-256 of what stands there.
    hash: String,
    /// SHA-256 of what was frozen last.
    frozen: Option<String>,
    approvals: Vec<Approval>,
    /// How many texts have two heads.
    to_merge: usize,
    is_agreed: bool,
    decisions: Vec<Decision>,
    #[serde(skip)]
    parties: Vec<Party>,
    /// The newest checkpoint of the journal: how many entries, and the signed note.
    #[serde(skip)]
    checkpoint: Option<(i64, String)>,
}

impl Minutes {
    fn read(view: &mut View<'_, '_>, place: &PlaceCode, book: BookId) -> Result<Minutes, Stop> {
        let meeting = meetings::meeting(view, place, book)?.ok_or(meetings::Refusal::NoMeeting)?;
        let checked = tables::checked(view, place, book)?;
        let statements = rules::statements(&tables::versions(view, place, book)?, &checked);
        let hash = rules::hash(&statements)?.to_string();
        let frozen = tables::frozen(view, place, book)?;
        let approvals = tables::approvals(view, place, book)?;
        let mut all = Vec::new();
        let mut up = Some(place.clone());
        while let Some(place) = up.filter(|place| place.level() >= Level::Province) {
            all.extend(parties::list(view, &place)?);
            up = place.parent();
        }
        let is_frozen = frozen.as_deref() == Some(hash.as_str());
        Ok(Minutes {
            is_agreed: is_frozen && rules::is_agreed(&hash, &approvals, &meeting.parties),
            to_merge: rules::to_merge(&statements),
            decisions: decisions::decisions(view, place, book)?,
            checkpoint: journal::checkpoint(view)?,
            parties: all,
            meeting,
            statements,
            hash,
            frozen,
            approvals,
        })
    }
    /// What was frozen still stands there.
    fn is_frozen(&self) -> bool {
        self.frozen.as_ref() == Some(&self.hash)
    }
    fn state(&self) -> &'static str {
        match (self.is_agreed, self.is_frozen(), &self.frozen) {
            (true, ..) => "minutes-state-agreed",
            (_, true, _) => "minutes-state-frozen",
            (_, false, Some(_)) => "minutes-state-changed",
            _ => "minutes-state-draft",
        }
    }
    fn approver(&self, by: &Owner, lang: &str) -> String {
        match by {
            Owner::Office(name) => name.clone(),
            Owner::Party(id) => {
                let party = self.parties.iter().find(|it| it.party == *id);
                party.map_or_else(|| by.to_string(), |it| it.names.named(lang).to_owned())
            }
            Owner::Group(_) => by.to_string(),
        }
    }
}

#[derive(Template)]
#[template(path = "minutes/pages/page.html")]
struct MinutesPage<'a> {
    page: &'a Minutes,
    tongues: Vec<Choice>,
    /// Those who may approve and have not.
    parties: Vec<Choice>,
    approved: Vec<String>,
    typed: AddAsk,
    rewritten: Option<WriteAsk>,
    office: String,
    frame: Frame,
}

/// What a form said that was refused; it stands in the form again.
#[derive(Clone, Default)]
struct Typed {
    added: Option<AddAsk>,
    rewritten: Option<WriteAsk>,
    office: String,
}

impl<'a> MinutesPage<'a> {
    fn new(frame: Frame, page: &'a Minutes, typed: Typed) -> MinutesPage<'a> {
        let lang = frame.lang.code();
        let tongue = |it: &Tongue| Choice::new(it, frame.say(format!("minutes-tongue-{it}")));
        let own = Tongue::ALL.iter().copied().find(|it| it.name() == lang).unwrap_or(Tongue::Indonesian);
        let blank = || AddAsk { id: EntryId::new(), speaker: String::new(), lang: own, text: String::new() };
        let current = page.approvals.iter().filter(|it| it.hash == page.hash);
        let open = page.parties.iter().filter(|party| page.meeting.parties.contains(&party.party));
        MinutesPage {
            tongues: Tongue::ALL.iter().map(tongue).collect(),
            parties: open.map(|it| Choice::new(it.party, it.names.named(lang))).collect(),
            approved: current.map(|it| page.approver(&it.by, lang)).collect(),
            typed: typed.added.unwrap_or_else(blank),
            rewritten: typed.rewritten,
            office: typed.office,
            page,
            frame,
        }
    }
    /// The languages in which a statement has no text yet.
    fn missing(&self, statement: &Statement) -> Vec<Tongue> {
        let has = |lang: &Tongue| statement.texts.iter().any(|text| text.lang == *lang);
        Tongue::ALL.iter().copied().filter(|lang| !has(lang)).collect()
    }
    /// What was typed of this text and refused.
    fn rewritten(&self, statement: &Statement, lang: &Tongue) -> Option<&WriteAsk> {
        let of = |it: &&WriteAsk| it.statement == statement.statement && it.lang == *lang;
        self.rewritten.as_ref().filter(of)
    }
    fn tongue(&self, lang: &Tongue) -> String {
        self.frame.say(format!("minutes-tongue-{lang}")).to_string()
    }
    fn state(&self, text: &rules::Text) -> &'static str {
        match (self.page.is_agreed, text.is_checked, text.is_behind) {
            (true, ..) => "minutes-text-agreed",
            (_, _, true) => "minutes-text-behind",
            (_, true, _) => "minutes-text-checked",
            _ => "minutes-text-draft",
        }
    }
}

async fn found<D: Deed>(cx: &Cx<D>) -> Result<Minutes, Stop> {
    let (place, book) = (cx.place().clone(), cx.book());
    cx.read(move |view| Minutes::read(view, &place, book)).await
}

pub(super) async fn page(cx: Cx<SeeMinutes>) -> Reply {
    let minutes = found(&cx).await?;
    cx.page(&minutes, |frame| MinutesPage::new(frame, &minutes, Typed::default()))
}

#[derive(Template)]
#[template(path = "minutes/pages/sheet.html")]
struct SheetPage<'a> {
    page: &'a Minutes,
    when: String,
    approved: Vec<String>,
    qr: Option<Qr>,
    frame: Frame,
}

/// The minutes on paper, with the checkpoint of the journal as a QR code.
pub(super) async fn sheet(cx: Cx<SeeMinutes>) -> Reply {
    let minutes = found(&cx).await?;
    cx.page(&minutes, |frame| {
        let lang = frame.lang.code();
        let current = minutes.approvals.iter().filter(|it| it.hash == minutes.hash);
        let note = minutes.checkpoint.as_ref().map(|(_, note)| note.as_str());
        SheetPage {
            when: meetings::when(&frame, &minutes.meeting),
            approved: current.map(|it| minutes.approver(&it.by, lang)).collect(),
            qr: note.and_then(|note| web::qr::svg(note, frame.say("minutes-checkpoint"))),
            page: &minutes,
            frame,
        }
    })
}

pub(super) async fn add(cx: Cx<KeepMinutes>, Ask(ask): Ask<AddAsk>) -> Reply {
    let (permit, place, meeting, today) = (cx.permit.clone(), cx.place().clone(), cx.book(), cx.today);
    let here = place.clone();
    let statement = ask.id;
    let added = cx
        .once(
            ask.id,
            ask.clone(),
            move |work, ask| {
                let state = meetings::standing(work, &place, meeting, today)?;
                let known = tables::versions(work, &place, meeting)?;
                let position = known.iter().map(|it| it.position).max().unwrap_or(0) + 1;
                let AddAsk { speaker, lang, text, .. } = ask;
                let (original, base) = (lang, Vec::new());
                let fact =
                    TextWritten { place, meeting, statement, position, speaker, original, lang, text, base };
                work.record(&permit, &rules::write(fact, &known, &state)?)?;
                Ok(())
            },
            move |view| Minutes::read(view, &here, meeting),
        )
        .await;
    after(&cx, added, "minutes-done-added", Typed { added: Some(ask), ..Typed::default() }).await
}

pub(super) async fn write(cx: Cx<KeepMinutes>, Ask(ask): Ask<WriteAsk>) -> Reply {
    let (permit, place, meeting, today) = (cx.permit.clone(), cx.place().clone(), cx.book(), cx.today);
    let here = place.clone();
    let written = cx
        .once(
            ask.id,
            ask.clone(),
            move |work, ask| {
                let state = meetings::standing(work, &place, meeting, today)?;
                let known = tables::versions(work, &place, meeting)?;
                let WriteAsk { statement, lang, text, base, .. } = ask;
                let first = known.iter().filter(|it| it.statement == statement).min_by_key(|it| it.entry);
                let first = first.ok_or(Refusal::NoStatement)?.clone();
                let (position, speaker, original) = (first.position, first.speaker, first.original);
                let fact =
                    TextWritten { place, meeting, statement, position, speaker, original, lang, text, base };
                work.record(&permit, &rules::write(fact, &known, &state)?)?;
                Ok(())
            },
            move |view| Minutes::read(view, &here, meeting),
        )
        .await;
    after(&cx, written, "minutes-done-written", Typed { rewritten: Some(ask), ..Typed::default() }).await
}

pub(super) async fn check(cx: Cx<KeepMinutes>, Ask(ask): Ask<CheckAsk>) -> Reply {
    let (permit, place, meeting) = (cx.permit.clone(), cx.place().clone(), cx.book());
    let here = place.clone();
    let checked = cx
        .once(
            ask.id,
            ask,
            move |work, ask| {
                let minutes = Minutes::read(work, &place, meeting)?;
                let fact = TextChecked { place, meeting, version: ask.version };
                work.record(&permit, &rules::check(fact, &minutes.statements)?)?;
                Ok(())
            },
            move |view| Minutes::read(view, &here, meeting),
        )
        .await;
    after(&cx, checked, "minutes-done-checked", Typed::default()).await
}

pub(super) async fn freeze(cx: Cx<KeepMinutes>, Ask(ask): Ask<HashAsk>) -> Reply {
    let (permit, place, meeting) = (cx.permit.clone(), cx.place().clone(), cx.book());
    let here = place.clone();
    let frozen = cx
        .once(
            ask.id,
            ask,
            move |work, ask| {
                let minutes = Minutes::read(work, &place, meeting)?;
                let texts = minutes.statements.iter().flat_map(|it| &it.texts);
                let versions = texts.flat_map(|text| &text.heads).map(|it| it.entry).collect();
                let fact = MinutesFrozen { place, meeting, hash: ask.hash, versions };
                work.record(&permit, &rules::freeze(fact, &minutes.statements)?)?;
                Ok(())
            },
            move |view| Minutes::read(view, &here, meeting),
        )
        .await;
    after(&cx, frozen, "minutes-done-frozen", Typed::default()).await
}

pub(super) async fn approve(cx: Cx<ApproveMinutes>, Ask(ask): Ask<HashAsk>) -> Reply {
    let (permit, place, meeting) = (cx.permit.clone(), cx.place().clone(), cx.book());
    let here = place.clone();
    let office = ask.office.clone();
    let approved = cx
        .once(
            ask.id,
            ask,
            move |work, ask| {
                let minutes = Minutes::read(work, &place, meeting)?;
                let by = match ask.party {
                    Some(party) => Owner::Party(party),
                    None => Owner::Office(ask.office.split_whitespace().collect::<Vec<_>>().join(" ")),
                };
                let has_party = match &by {
                    Owner::Party(party) => minutes.parties.iter().any(|it| it.party == *party),
                    Owner::Office(name) => (1..=100).contains(&name.chars().count()),
                    Owner::Group(_) => false,
                };
                let hashes = (minutes.frozen.as_deref(), minutes.hash.as_str());
                let fact = MinutesApproved { place, meeting, hash: ask.hash, by };
                work.record(&permit, &rules::approve(fact, hashes, &minutes.approvals, has_party)?)?;
                Ok(())
            },
            move |view| Minutes::read(view, &here, meeting),
        )
        .await;
    after(&cx, approved, "minutes-done-approved", Typed { office, ..Typed::default() }).await
}

/// The page with what was saved or, with what was typed, why it was not.
async fn after<D: Deed>(
    cx: &Cx<D>,
    done: Result<Minutes, Stop>,
    saying: &'static str,
    typed: Typed,
) -> Reply {
    match done {
        Ok(minutes) => cx.saved_saying(minutes.meeting.path("/minutes#new"), saying, &minutes),
        Err(stop) => {
            let minutes = found(cx).await?;
            cx.again(stop, |frame| MinutesPage::new(frame, &minutes, typed))
        }
    }
}

#[derive(Template)]
#[template(path = "minutes/pages/in_meeting.html")]
struct InMeeting<'a> {
    frame: &'a Frame,
    count: usize,
    state: &'static str,
    path: String,
}

#[derive(Serialize)]
struct Data {
    statements: usize,
    is_agreed: bool,
}

/// How far the minutes are, on the page of the meeting.
pub(super) fn in_meeting(
    view: &mut View<'_, '_>,
    _: &Permit<SeeMinutes>,
    frame: &Frame,
    at: &SlotAt,
) -> Result<Option<Fragment>, Stop> {
    let Some(book) = at.book else { return Ok(None) };
    let minutes = Minutes::read(view, &at.village, book)?;
    let (count, state) = (minutes.statements.len(), minutes.state());
    let part = InMeeting { frame, count, state, path: minutes.meeting.path("/minutes") };
    let data = Data { statements: count, is_agreed: minutes.is_agreed };
    Ok(Some(Fragment::new("minutes", &part, &data)?))
}
