//! The members of a bank: the list, finding one while the queue waits, taking somebody in.

use std::collections::HashMap;

use askama::Template;
use kernel::{Day, EntryId, MemberId, Rupiah, Stop};
use serde::{Deserialize, Serialize};
use web::{Ask, Choice, Cx, Frame, List, ListAsk, Listed, Query, Reply};

use crate::waste::addresses::path;
use crate::waste::holders::{self, HolderChoice};
use crate::waste::rules::{self, Refusal, TypedJoin};
use crate::waste::tables::{self, Balances, Bank, Member};
use crate::waste::{KeepBooks, SeeMembers};

/// A member in the list.
#[derive(Debug, Clone, Serialize)]
struct MemberRow {
    member: MemberId,
    number: i64,
    name: String,
    hamlet: String,
    day: Day,
    balances: Balances,
    path: String,
}

/// The list.
pub async fn list(cx: Cx<SeeMembers>, Query(ask): Query<ListAsk>) -> Reply {
    let (village, bank) = (cx.place().clone(), cx.book());
    let (found, rows) = cx
        .read(move |view| {
            let found = tables::bank(view, &village, bank)?.ok_or(Refusal::NoBank)?;
            let balances = tables::all_balances(view, &village, bank)?;
            let members = tables::members(view, &village, bank)?;
            let holders = holders::Holders::of(view, &village, &members)?;
            let rows: Vec<MemberRow> = members
                .into_iter()
                .map(|member| MemberRow {
                    name: holders.name(&member),
                    hamlet: holders.hamlet_name(&member),
                    balances: balances.get(&member.member).copied().unwrap_or_default(),
                    path: path(&village, bank, &format!("/members/{}", member.member)),
                    member: member.member,
                    number: member.number,
                    day: member.day,
                })
                .collect();
            Ok((found, rows))
        })
        .await?;
    let list = List::new("members")
        .column("number", "waste-member-number", |row: &MemberRow| row.number)
        .column("name", "waste-name", |row| row.name.clone())
        .link(|row| row.path.clone())
        .column("hamlet", "waste-hamlet", |row| row.hamlet.clone())
        .column("since", "waste-since", |row| row.day)
        .column("saved", "waste-balance", |row| row.balances.saved)
        .summed()
        .column("owed", "waste-advance-owed", |row| row.balances.owed)
        .summed();
    let listed = list.of(&rows, &ask, cx.voice(), cx.want);
    cx.list(listed, |frame, list| MembersPage { frame, list, bank: &found })
}

#[derive(Template)]
#[template(path = "waste/counter/members.html")]
struct MembersPage<'a> {
    frame: Frame,
    list: Listed,
    bank: &'a Bank,
}

/// What is typed while the queue waits.
#[derive(Debug, Clone, Deserialize)]
pub struct FindAsk {
    /// A number, a part of a name, or the text of a QR code.
    #[serde(default)]
    find: String,
}

/// A member that may be meant.
#[derive(Debug, Clone, Serialize)]
struct Found {
    id: MemberId,
    number: i64,
    name: String,
    hamlet: String,
    balance: Rupiah,
}

/// At most so many are suggested.
const SUGGESTED: usize = 12;

/// The members that may be meant, the likeliest first.
pub async fn find(cx: Cx<SeeMembers>, Query(ask): Query<FindAsk>) -> Reply {
    let (village, bank) = (cx.place().clone(), cx.book());
    let found = cx
        .read(move |view| {
            let members = holders::search_members(view, &village, bank, &ask.find, SUGGESTED)?;
            let holders = holders::Holders::of(view, &village, &members)?;
            let saved = tables::saved_of(view, &village, bank, &members)?;
            let found = |member: Member| Found {
                name: holders.name(&member),
                hamlet: holders.hamlet_name(&member),
                balance: saved.get(&member.member).copied().unwrap_or_default(),
                id: member.member,
                number: member.number,
            };
            Ok(members.into_iter().map(found).collect::<Vec<Found>>())
        })
        .await?;
    cx.json(&found)
}

/// What the form sends.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct JoinAsk {
    /// Made with the form.
    pub id: EntryId,
    /// `household:<id>`, `person:<id>`, `group:<id>`.
    #[serde(default)]
    pub holder: String,
    /// The number on the savings book; the next free one if none is given.
    #[serde(default)]
    pub number: String,
    /// Since when; today if none is given.
    pub day: Option<Day>,
    /// What the paper book before said.
    #[serde(default)]
    pub opening: String,
    /// Words to look for among those who are not members yet; not kept, since they may be a name.
    #[serde(default, skip_serializing)]
    pub find: String,
}

/// Who can be taken in.
#[derive(Debug, Clone, Serialize)]
pub struct JoinPage {
    bank: Bank,
    number_next: i64,
    choices: Vec<HolderChoice>,
}

/// The form to look for somebody, and to take them in.
pub async fn new(cx: Cx<KeepBooks>, Query(ask): Query<FindAsk>) -> Reply {
    let page = read_join(&cx, ask.find.clone()).await?;
    let ask = JoinAsk {
        id: EntryId::new(),
        holder: String::new(),
        number: page.number_next.to_string(),
        day: Some(cx.today),
        opening: String::new(),
        find: ask.find,
    };
    cx.page(&page, |frame| JoinHtml { frame, page: &page, ask: &ask })
}

/// Somebody becomes a member.
pub async fn join(cx: Cx<KeepBooks>, Ask(ask): Ask<JoinAsk>) -> Reply {
    let (village, bank, today, id) = (cx.place().clone(), cx.book(), cx.today, ask.id);
    let (permit, at) = (cx.permit.clone(), village.clone());
    let member = MemberId::from_bytes(id.to_bytes());
    let joined = cx
        .once(
            id,
            ask.clone(),
            move |work, ask| {
                let desk = tables::desk(work, &village, bank, today)?;
                let members = tables::members(work, &village, bank)?;
                let number_next = tables::number_next(work, &village, bank)?;
                let number = match ask.number.trim() {
                    "" => None,
                    text => Some(web::number::whole("number", text)?),
                };
                let typed = TypedJoin {
                    holder: holders::read_choice(work, &village, &ask.holder)?,
                    number,
                    day: ask.day.unwrap_or(today),
                    opening: ask.opening,
                };
                work.record(&permit, &rules::join(&desk, (&members, number_next), member, typed)?)?;
                Ok(())
            },
            move |view| Ok(tables::member(view, &at, bank, member)?),
        )
        .await;
    match joined {
        Ok(joined) => {
            let to = path(cx.place(), bank, &format!("/members/{member}"));
            cx.saved_saying(to, "waste-done-joined", &joined)
        }
        Err(stop) => {
            let page = read_join(&cx, ask.find.clone()).await?;
            cx.again(stop, |frame| JoinHtml { frame, page: &page, ask: &ask })
        }
    }
}

async fn read_join(cx: &Cx<KeepBooks>, find: String) -> Result<JoinPage, Stop> {
    let (village, bank) = (cx.place().clone(), cx.book());
    cx.read(move |view| {
        let found = tables::bank(view, &village, bank)?.ok_or(Refusal::NoBank)?;
        let taken: HashMap<_, _> = tables::members(view, &village, bank)?
            .into_iter()
            .map(|member| (holders::choice_text(&member.holder), member.number))
            .collect();
        let mut choices = holders::search_choices(view, &village, &find)?;
        choices.retain(|choice| !taken.contains_key(&choice.value));
        Ok(JoinPage { bank: found, number_next: tables::number_next(view, &village, bank)?, choices })
    })
    .await
}

#[derive(Template)]
#[template(path = "waste/counter/join.html")]
struct JoinHtml<'a> {
    frame: Frame,
    page: &'a JoinPage,
    ask: &'a JoinAsk,
}

impl JoinHtml<'_> {
    fn choices(&self) -> Vec<Choice> {
        self.page.choices.iter().map(|choice| Choice::new(&choice.value, &choice.word)).collect()
    }
}
