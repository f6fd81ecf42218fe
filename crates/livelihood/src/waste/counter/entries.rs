//! One entry of the bank's book: what it says, what it moved, and how it is taken back.

use std::sync::Arc;

use askama::Template;
use journal::ledger::TransferRow;
use journal::{Reversal, View};
use kernel::{BookId, Day, Deed, EntryId, Instant, MemberId, Qty, Refused, Rupiah, Stop};
use serde::{Deserialize, Serialize};
use web::list::Value;
use web::{Ask, Cx, Frame, List, ListAsk, Listed, Query, Reply, Voice};

use crate::waste::addresses::path;
use crate::waste::holders;
use crate::waste::rules::{self, Desk, Hand, Refusal};
use crate::waste::tables::account::{self, Meaning};
use crate::waste::tables::{self, Bank, Sort};
use crate::waste::{Fact, Line, Reverse, SeeMembers, SetUp};

/// An entry as it is shown.
#[derive(Debug, Clone, Serialize)]
pub struct EntryPage {
    /// The bank.
    bank: Bank,
    /// The entry.
    entry: EntryId,
    /// `waste.weighed_in/1`.
    kind: String,
    /// When it was written, by the writer's clock.
    at: Instant,
    /// Who wrote it: the name by which they sign in, or `operator`.
    actor: String,
    /// Day of the books, if the fact has one.
    day: Option<Day>,
    /// The member that it is about.
    member: Option<Whose>,
    /// The fact as it was written.
    fact: serde_json::Value,
    /// What it moved.
    transfers: Vec<TransferRow>,
    /// The names of the sorts that it moved.
    #[serde(skip)]
    sorts: Vec<Sort>,
    /// The reversal, if it was taken back.
    reversal: Option<Reversal>,
    /// Whether who reads this can take it back today.
    reversible: bool,
    /// What was weighed in, sort by sort.
    #[serde(skip)]
    lines: Vec<Line>,
    /// Why it cannot be taken back today, if it was not taken back.
    #[serde(skip)]
    stays: Option<Refused>,
}

#[derive(Debug, Clone, Serialize)]
struct Whose {
    path: String,
    number: i64,
    name: String,
}

/// The page.
pub async fn entry(cx: Cx<SeeMembers>, Query(files): Query<ListAsk>) -> Reply {
    let page = read_page(&cx, cx.param("entry")?).await?;
    let ask = ReverseAsk { id: EntryId::new(), reason: String::new() };
    let all = listed(&cx, &page, &page.transfers, &files);
    let html = entry_html(&cx, &page, &ask);
    cx.page_and_list(&page, all, |frame, _| html(frame))
}

/// What is looked for.
#[derive(Debug, Clone, Deserialize)]
pub struct NumberAsk {
    /// The number of an entry, as a receipt or a delivery note shows it.
    #[serde(default)]
    number: String,
}

/// Leads to the entry with the number that stands on a receipt.
pub async fn find(cx: Cx<SeeMembers>, Query(ask): Query<NumberAsk>) -> Reply {
    let (village, bank) = (cx.place().clone(), cx.book());
    let typed: String = ask.number.to_lowercase().split_whitespace().collect();
    let not_here = || Refusal::NotHere { entry: rules::shorten(&ask.number) };
    let entry: EntryId = typed.parse().map_err(|_| Stop::from(not_here()))?;
    if cx.read(move |view| bank_of(view, entry)).await? != Some(bank) {
        return Err(Stop::from(not_here()).into());
    }
    cx.go(&path(&village, bank, &format!("/entries/{entry}")))
}

/// What the form sends.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ReverseAsk {
    /// Made with the form.
    pub id: EntryId,
    /// Why; no name of a person.
    #[serde(default)]
    pub reason: String,
}

/// Takes an entry back.
pub async fn reverse(cx: Cx<Reverse>, Ask(ask): Ask<ReverseAsk>) -> Reply {
    let (village, bank, today) = (cx.place().clone(), cx.book(), cx.today);
    let (permit, target): (_, EntryId) = (cx.permit.clone(), cx.param("entry")?);
    let hand = hand_of(&cx);
    let reversed = cx
        .once(
            ask.id,
            (target, ask.clone()),
            move |work, (target, ask)| {
                let desk = tables::desk(work, &village, bank, today)?;
                let fact = fact_of(work, target)?;
                let movements = movements_beside(work, &desk, target, fact.as_ref())?;
                let day = rules::reversible(&desk, hand, (target, fact.as_ref()), movements)?;
                work.reverse(&permit, target, day, &ask.reason)?;
                Ok(())
            },
            move |view| {
                // A repeated request is answered without booking; it must concern this bank all the same.
                if bank_of(view, target)? != Some(bank) {
                    return Err(Refusal::NotHere { entry: target.to_string() }.into());
                }
                Ok(Reversal::of(view, target)?)
            },
        )
        .await;
    match reversed {
        Ok(reversal) => cx.saved_saying(
            path(cx.place(), bank, &format!("/entries/{target}")),
            "waste-done-reversed",
            &reversal,
        ),
        Err(stop) => {
            let page = read_page(&cx, target).await?;
            cx.again(stop, entry_html(&cx, &page, &ask))
        }
    }
}

/// By whose hand something would be taken back.
fn hand_of<D: Deed>(cx: &Cx<D>) -> Hand {
    if cx.can::<SetUp>() { Hand::SetsUp } else { Hand::Books }
}

/// What an entry says, if it is one of a waste bank.
fn fact_of(view: &mut View<'_, '_>, entry: EntryId) -> Result<Option<Fact>, Stop> {
    Ok(view.entry(entry)?.map(|entry| Fact::read(&entry)).transpose()?.flatten())
}

/// The bank that an entry belongs to, if it is one of a waste bank.
fn bank_of(view: &mut View<'_, '_>, entry: EntryId) -> Result<Option<BookId>, Stop> {
    Ok(fact_of(view, entry)?.map(|fact| fact.bank()))
}

/// How many movements the member of an entry has beside it; none where it is about nobody.
fn movements_beside(
    view: &mut View<'_, '_>,
    desk: &Desk,
    entry: EntryId,
    fact: Option<&Fact>,
) -> Result<i64, Stop> {
    let Some(member) = fact.and_then(Fact::member) else { return Ok(0) };
    Ok(tables::movements_beside(view, &desk.village, desk.bank, (member, entry))?)
}

async fn read_page<D: Deed>(cx: &Cx<D>, id: EntryId) -> Result<EntryPage, Stop> {
    let (village, bank, today, hand) = (cx.place().clone(), cx.book(), cx.today, hand_of(cx));
    cx.read(move |view| {
        let not_here = || Refusal::NotHere { entry: id.to_string() };
        let found = tables::bank(view, &village, bank)?.ok_or(Refusal::NoBank)?;
        let entry = view.entry(id)?.ok_or_else(not_here)?;
        let fact = Fact::read(&entry)?.filter(|fact| fact.bank() == bank).ok_or_else(not_here)?;
        let member = match fact.member() {
            None => None,
            Some(member) => tables::member(view, &village, bank, member)?,
        };
        let member = match member {
            None => None,
            Some(member) => Some(Whose {
                path: path(&village, bank, &format!("/members/{}", member.member)),
                number: member.number,
                name: holders::name(view, &village, &member)?,
            }),
        };
        let content: serde_json::Value =
            entry.payload().map_err(|fault| kernel::Fault::because("showing an entry", fault))?;
        let desk = tables::desk(view, &village, bank, today)?;
        let reversal = Reversal::of(view, id)?;
        let movements = movements_beside(view, &desk, id, Some(&fact))?;
        let may = rules::reversible(&desk, hand, (id, Some(&fact)), movements);
        let lines = match &fact {
            Fact::WeighedIn(weighed) => weighed.lines.clone(),
            _ => Vec::new(),
        };
        Ok(EntryPage {
            bank: found,
            entry: id,
            kind: entry.kind.to_string(),
            at: entry.at,
            actor: web::staff::actor_name(view, &entry.actor)?,
            day: fact.day(),
            member,
            fact: content,
            sorts: tables::sorts(view, &village, bank)?,
            transfers: journal::ledger::transfers_of(view, &village, bank, id)?,
            reversible: reversal.is_none() && may.is_ok(),
            lines,
            stays: may.err().filter(|_| reversal.is_none()),
            reversal,
        })
    })
    .await
}

/// The page with two tables: what the entry moved, and what taking it back moved.
fn entry_html<'a, D: Deed>(
    cx: &'a Cx<D>,
    page: &'a EntryPage,
    ask: &'a ReverseAsk,
) -> impl FnOnce(Frame) -> EntryHtml<'a> {
    let (moved, moved_back): (Vec<TransferRow>, Vec<TransferRow>) =
        page.transfers.iter().cloned().partition(|row| row.turn.is_empty());
    let list = |rows: &[TransferRow]| listed(cx, page, rows, &ListAsk::default());
    let (moved, moved_back) = (list(&moved), list(&moved_back));
    let weighed = weighed(cx, page);
    move |frame| EntryHtml { frame, weighed, moved, moved_back, page, ask }
}

/// What was weighed in, as the receipt has it.
fn weighed<D: Deed>(cx: &Cx<D>, page: &EntryPage) -> Listed {
    let (sorts, lang) = (page.sorts.clone(), cx.lang.code());
    List::new("weighed")
        .column("sort", "waste-sort", move |line: &Line| {
            let sort = sorts.iter().find(|sort| sort.sort == line.sort);
            sort.map_or_else(|| line.sort.to_string(), |sort| sort.name(lang).to_owned())
        })
        .column("qty", "waste-quantity", |line| line.qty)
        .column("price", "waste-price", |line| line.price)
        .column("worth", "waste-worth", |line| line.worth)
        .summed()
        .column("share", "waste-managers-share", |line| line.share)
        .summed()
        .plain()
        .of(&page.lines, &ListAsk::default(), cx.voice(), web::Want::Html)
}

fn listed<D: Deed>(cx: &Cx<D>, page: &EntryPage, rows: &[TransferRow], files: &ListAsk) -> Listed {
    let member = page.member.as_ref().map(|whose| format!("{} · {}", whose.number, whose.name));
    let named = Arc::new(Named { voice: cx.voice().clone(), member, sorts: page.sorts.clone() });
    let (debit, credit) = (named.clone(), named);
    List::new("transfers")
        .column("day", "waste-day", |row: &TransferRow| row.day)
        .column("debit", "waste-debit", move |row| debit.account(&row.debit))
        .column("credit", "waste-credit", move |row| credit.account(&row.credit))
        .column("qty", "waste-quantity", |row| match Qty::of(row.unit, row.qty) {
            Some(qty) => Value::from(qty),
            None => Value::from(Rupiah::new(row.qty)),
        })
        .plain()
        .of(rows, files, cx.voice(), cx.want)
}

/// Accounts in words: of whom, and of which sort.
struct Named {
    voice: Voice,
    /// Number and name of the member that the entry is about.
    member: Option<String>,
    sorts: Vec<Sort>,
}

impl Named {
    /// The account in words; its path if it has none.
    fn account(&self, path: &str) -> String {
        let of_member = |key: &'static str, id: MemberId| {
            let member = self.member.clone().unwrap_or_else(|| id.to_string());
            self.voice.say(key).with("member", member).to_string()
        };
        match account::meaning(path) {
            Some(Meaning::Member(id)) => of_member("waste-account-of-member", id),
            Some(Meaning::Advance(id)) => of_member("waste-account-of-advance", id),
            Some(Meaning::Stock(code)) => {
                let sort = self.sorts.iter().find(|sort| sort.sort == code);
                let name = sort
                    .map_or_else(|| code.to_string(), |sort| sort.name(self.voice.lang.code()).to_owned());
                self.voice.say("waste-account-of-stock").with("sort", name).to_string()
            }
            Some(Meaning::Purpose(purpose)) => {
                self.voice.say(format!("waste-purpose-{}", purpose.name())).to_string()
            }
            Some(Meaning::One(one)) => self.voice.say(format!("waste-account-{one}")).to_string(),
            None => path.to_owned(),
        }
    }
}

/// The name by which somebody signs in; a word for the operator, who has none.
pub fn writer(frame: &Frame, actor: &str) -> String {
    match actor {
        "operator" => frame.say("waste-written-by-operator").to_string(),
        handle => handle.to_owned(),
    }
}

#[derive(Template)]
#[template(path = "waste/counter/entry.html")]
struct EntryHtml<'a> {
    frame: Frame,
    weighed: Listed,
    moved: Listed,
    moved_back: Listed,
    page: &'a EntryPage,
    ask: &'a ReverseAsk,
}

impl EntryHtml<'_> {
    /// The word for what happened: `waste-fact-weighed_in`.
    fn what(&self) -> String {
        let fact = self.page.kind.split(['.', '/']).nth(1).unwrap_or_default();
        self.frame.say(format!("waste-fact-{fact}")).to_string()
    }
    fn writer(&self) -> String {
        writer(&self.frame, &self.page.actor)
    }
    fn json(&self) -> String {
        format!("{:#}", self.page.fact)
    }
    fn is_payment(&self) -> bool {
        ["waste.withdrawn", "waste.advanced"].into_iter().any(|kind| self.page.kind.starts_with(kind))
    }
    fn is_weigh_in(&self) -> bool {
        self.page.kind.starts_with("waste.weighed_in")
    }
}
