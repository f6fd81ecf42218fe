//! One entry of the bank's book: what it says, what it moved, and how it is taken back.

use askama::Template;
use journal::ledger::TransferRow;
use journal::{Reversal, View};
use kernel::{BookId, Day, Deed, EntryId, Instant, PlaceCode, Stop};
use serde::{Deserialize, Serialize};
use web::{Ask, Cx, Frame, List, ListAsk, Listed, Query, Reply};

use super::path;
use crate::waste::holders;
use crate::waste::rules::{self, Refusal};
use crate::waste::tables::{self, Bank};
use crate::waste::{Fact, Reverse, SeeMembers};

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
    /// The reversal, if it was taken back.
    reversal: Option<Reversal>,
    /// Whether it can be taken back today.
    reversible: bool,
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
    let list = transfer_list(&cx, &page, &files);
    let ask = ReverseAsk { id: EntryId::new(), reason: String::new() };
    cx.page_and_list(&page, list, |frame, list| EntryHtml {
        frame,
        list,
        page: &page,
        ask: &ask,
        village: cx.place(),
    })
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
    let reversed = cx
        .once(
            ask.id,
            (target, ask.clone()),
            move |work, (target, ask)| {
                let desk = tables::desk(work, &village, bank, today)?;
                let day = rules::reversible(&desk, target, bank_of(work, target)?)?;
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
            path(cx.place(), bank, &format!("entries/{target}")),
            "waste-done-reversed",
            &reversal,
        ),
        Err(stop) => {
            let page = read_page(&cx, target).await?;
            let list = transfer_list(&cx, &page, &ListAsk::default());
            cx.again(stop, |frame| EntryHtml { frame, list, page: &page, ask: &ask, village: cx.place() })
        }
    }
}

/// The bank that an entry belongs to, if it is one of a waste bank.
fn bank_of(view: &mut View<'_, '_>, entry: EntryId) -> Result<Option<BookId>, Stop> {
    Ok(view.entry(entry)?.map(|entry| Fact::read(&entry)).transpose()?.flatten().map(|fact| fact.bank()))
}

async fn read_page<D: Deed>(cx: &Cx<D>, id: EntryId) -> Result<EntryPage, Stop> {
    let (village, bank, today) = (cx.place().clone(), cx.book(), cx.today);
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
                path: path(&village, bank, &format!("members/{}", member.member)),
                number: member.number,
                name: holders::name(view, &village, &member)?,
            }),
        };
        let content: serde_json::Value =
            entry.payload().map_err(|fault| kernel::Fault::because("showing an entry", fault))?;
        let desk = tables::desk(view, &village, bank, today)?;
        let reversal = Reversal::of(view, id)?;
        Ok(EntryPage {
            bank: found,
            entry: id,
            kind: entry.kind.to_string(),
            at: entry.at,
            actor: web::staff::actor_name(view, &entry.actor)?,
            day: fact.day(),
            member,
            fact: content,
            transfers: journal::ledger::transfers_of(view, &village, bank, id)?,
            reversible: reversal.is_none() && rules::reversible(&desk, id, Some(bank)).is_ok(),
            reversal,
        })
    })
    .await
}

fn transfer_list<D: Deed>(cx: &Cx<D>, page: &EntryPage, files: &ListAsk) -> Listed {
    List::new("transfers")
        .column("day", "waste-day", |row: &TransferRow| row.day)
        .column("debit", "waste-debit", |row| row.debit.clone())
        .column("credit", "waste-credit", |row| row.credit.clone())
        .column("qty", "waste-quantity", |row| row.qty)
        .column("unit", "waste-unit", |row| row.unit.to_string())
        .plain()
        .of(&page.transfers, files, cx.voice(), cx.want)
}

#[derive(Template)]
#[template(path = "waste/counter/entry.html")]
struct EntryHtml<'a> {
    frame: Frame,
    list: Listed,
    page: &'a EntryPage,
    ask: &'a ReverseAsk,
    village: &'a PlaceCode,
}

impl EntryHtml<'_> {
    fn at(&self, page: &str) -> String {
        path(self.village, self.page.bank.bank, page)
    }
    /// The word for what happened: `waste-fact-weighed_in`.
    fn what(&self) -> String {
        let fact = self.page.kind.split(['.', '/']).nth(1).unwrap_or_default();
        self.frame.say(format!("waste-fact-{fact}")).to_string()
    }
    fn json(&self) -> String {
        format!("{:#}", self.page.fact)
    }
    fn is_weigh_in(&self) -> bool {
        self.page.kind.starts_with("waste.weighed_in")
    }
}
