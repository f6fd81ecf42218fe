//! The cash book (buku kas; 현금출납부).

use std::collections::{HashMap, HashSet};

use askama::Template;
use kernel::{Arg, Day, Deed, EntryId, MemberId, Refused, Rupiah, Stop};
use serde::{Deserialize, Serialize};
use web::list::Value;
use web::{Ask, Choice, Cx, Frame, List, ListAsk, Listed, Query, Reply};

use super::place;
use crate::waste::addresses::{Entries, path};
use crate::waste::holders::Holders;
use crate::waste::rules::{self, Refusal};
use crate::waste::tables::account::{self, Meaning};
use crate::waste::tables::{self, Bank, CashLine};
use crate::waste::{KeepBooks, Purpose, SeeMembers, SeeSums};

/// A line of the cash book with what was in the box after it.
#[derive(Debug, Clone, Serialize)]
struct Line {
    #[serde(flatten)]
    line: CashLine,
    balance: Rupiah,
    /// The member who was paid, for those who see members.
    #[serde(skip_serializing_if = "Option::is_none")]
    member: Option<Whose>,
}

/// Number and name of a member.
#[derive(Debug, Clone, Serialize)]
struct Whose {
    id: MemberId,
    number: i64,
    name: String,
}

impl Line {
    /// The key of the word for the account on the other side. The account of a member has lost its id for those who do
    /// not see members.
    fn other(&self) -> String {
        match account::meaning(&self.line.other) {
            Some(Meaning::Purpose(purpose)) => format!("waste-purpose-{}", purpose.name()),
            Some(Meaning::One("sales")) => "waste-office-cash-sale".to_owned(),
            Some(Meaning::Advance(_)) => "waste-office-cash-advance".to_owned(),
            None if self.line.other.starts_with("advance/") => "waste-office-cash-advance".to_owned(),
            _ if self.line.payout.is_some() => "waste-office-cash-many".to_owned(),
            _ => "waste-office-cash-member".to_owned(),
        }
    }
    fn state(&self) -> Value {
        match self.line.turn.is_empty() {
            true => Value::Empty,
            false => Value::Badge("warn", "waste-office-taken-back".into()),
        }
    }
}

#[derive(Serialize)]
struct CashBook {
    bank: Bank,
    from: Day,
    to: Day,
    /// What was in the box before the first line.
    opening: Rupiah,
    /// What was in it after the last one.
    closing: Rupiah,
    /// What is in it now.
    cash: Rupiah,
    lines: Vec<Line>,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct SpanAsk {
    from: Option<Day>,
    to: Option<Day>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct MoveAsk {
    id: EntryId,
    day: Day,
    #[serde(default)]
    purpose: String,
    #[serde(default)]
    amount: String,
    #[serde(default)]
    note: String,
}

#[derive(Template)]
#[template(path = "waste/office/cash.html")]
struct CashPage<'a> {
    frame: Frame,
    bank: &'a Bank,
    page: &'a CashBook,
    list: Listed,
    purposes: Vec<Choice>,
    typed: MoveAsk,
}

impl<'a> CashPage<'a> {
    fn new(frame: Frame, page: &'a CashBook, list: Listed, typed: MoveAsk) -> CashPage<'a> {
        let direction = |purpose: Purpose| {
            if purpose.is_income() { "waste-office-cash-in" } else { "waste-office-cash-out" }
        };
        let word = |purpose: Purpose| {
            format!(
                "{} · {}",
                frame.say(direction(purpose)),
                frame.say(format!("waste-purpose-{}", purpose.name()))
            )
        };
        let purposes = Purpose::ALL.map(|purpose| Choice::new(purpose.name(), word(purpose))).to_vec();
        CashPage { bank: &page.bank, page, list, purposes, typed, frame }
    }
}

async fn found<D: Deed>(cx: &Cx<D>, ask: &SpanAsk) -> Result<CashBook, Stop> {
    let (village, book) = place(cx);
    let to = ask.to.unwrap_or(cx.today);
    let from = ask.from.unwrap_or(to.month().first());
    let sees_members = cx.can::<SeeMembers>();
    cx.read(move |view| {
        let bank = tables::bank(view, &village, book)?.ok_or(Refusal::NoBank)?;
        let closing = tables::cash_on(view, &village, book, to)?;
        let newest_first = tables::cash_book(view, &village, book, (from, to))?;
        let members = if sees_members { whose(view, &village, book, &newest_first)? } else { HashMap::new() };
        let mut balance = closing;
        let mut lines: Vec<Line> = newest_first
            .into_iter()
            .map(|mut line| {
                let member = member_of(&line).and_then(|id| members.get(&id)).cloned();
                // Whose account it was is for those who see members.
                if !sees_members {
                    account::hide_member(&mut line.other);
                }
                // A note should name nobody, and may all the same.
                line.note = line.note.filter(|note| sees_members && !note.is_empty());
                let after = balance;
                balance = balance - line.amount;
                Line { line, balance: after, member }
            })
            .collect();
        lines.reverse();
        let cash = tables::cash(view, &village, book)?;
        Ok(CashBook { bank, from, to, opening: balance, closing, cash, lines })
    })
    .await
}

/// The member whose account moved with the cash box.
fn member_of(line: &CashLine) -> Option<MemberId> {
    match account::meaning(&line.other)? {
        Meaning::Member(id) | Meaning::Advance(id) => Some(id),
        _ => None,
    }
}

/// Who was paid on these lines.
fn whose(
    view: &mut journal::View<'_, '_>,
    village: &kernel::PlaceCode,
    book: kernel::BookId,
    lines: &[CashLine],
) -> Result<HashMap<MemberId, Whose>, Stop> {
    let paid: HashSet<MemberId> = lines.iter().filter_map(member_of).collect();
    if paid.is_empty() {
        return Ok(HashMap::new());
    }
    let mut members = tables::members(view, village, book)?;
    members.retain(|member| paid.contains(&member.member));
    let holders = Holders::of(view, village, &members)?;
    let whose = |member: &tables::Member| Whose {
        id: member.member,
        number: member.number,
        name: holders.name(member),
    };
    Ok(members.iter().map(|member| (member.member, whose(member))).collect())
}

fn listed<D: Deed>(cx: &Cx<D>, page: &CashBook, ask: &ListAsk) -> Listed {
    let in_or_out = |amount: Rupiah| (amount > Rupiah::ZERO).then_some(amount);
    let list = List::new("cash").column("day", "waste-office-day", |row: &Line| row.line.day);
    let list = list.column("what", "waste-office-what", |row| web::Word::new(row.other()));
    let mut list = Entries::of(cx, &page.bank).link(list, |row| row.line.entry);
    if cx.can::<SeeMembers>() {
        // What was paid to many leads to the list of them, where each has its entry.
        let (bank, members) = (page.bank.clone(), page.bank.path("/members"));
        list = list
            .link(move |row| match (&row.line.payout, row.line.turn.is_empty()) {
                (Some(payout), true) => bank.path(&format!("/payouts/{payout}")),
                _ => bank.path(&format!("/entries/{}", row.line.entry)),
            })
            .column("member", "waste-office-member", |row| {
                row.member.as_ref().map(|whose| format!("{} · {}", whose.number, whose.name))
            })
            .link_if(move |row| row.member.as_ref().map(|whose| format!("{members}/{}", whose.id)));
        list = list.column("note", "waste-office-note-text", |row| row.line.note.clone());
    }
    list.column("in", "waste-office-cash-in", move |row| in_or_out(row.line.amount))
        .summed()
        .column("out", "waste-office-cash-out", move |row| in_or_out(-row.line.amount))
        .summed()
        .column("balance", "waste-office-balance", |row| row.balance)
        .column("state", "waste-office-state", Line::state)
        .of(&page.lines, ask, cx.voice(), cx.want)
}

fn blank(day: Day) -> MoveAsk {
    MoveAsk { id: EntryId::new(), day, purpose: String::new(), amount: String::new(), note: String::new() }
}

pub(super) async fn book(cx: Cx<SeeSums>, Query(list): Query<ListAsk>, Query(ask): Query<SpanAsk>) -> Reply {
    let page = found(&cx, &ask).await?;
    let typed = blank(cx.today);
    cx.page_and_list(&page, listed(&cx, &page, &list), |frame, list| CashPage::new(frame, &page, list, typed))
}

pub(super) async fn move_cash(cx: Cx<KeepBooks>, Ask(ask): Ask<MoveAsk>) -> Reply {
    let ((village, book), today, permit) = (place(&cx), cx.today, cx.permit.clone());
    let here = village.clone();
    let moved = cx
        .once(
            ask.id,
            ask.clone(),
            move |work, ask| {
                let desk = tables::desk(work, &village, book, today)?;
                let till = tables::till(work, desk, ask.day)?;
                let purpose = Purpose::ALL.into_iter().find(|purpose| purpose.name() == ask.purpose);
                let purpose = purpose.ok_or_else(|| Refused::from(Refusal::NoPurpose).in_field("purpose"))?;
                let amount =
                    rules::read_amount(&ask.amount).map_err(|no| Refused::from(no).in_field("amount"))?;
                work.record(&permit, &rules::move_cash(&till, purpose, ask.day, amount, &ask.note)?)?;
                Ok(())
            },
            move |view| Ok(tables::cash(view, &here, book)?),
        )
        .await;
    match moved {
        Ok(cash) => {
            let (village, book) = place(&cx);
            cx.saved_saying(path(&village, book, "/cash"), "waste-office-done-moved", &Arg::from(cash))
        }
        Err(stop) => {
            let page = found(&cx, &SpanAsk::default()).await?;
            let list = listed(&cx, &page, &ListAsk::default());
            cx.again(stop, |frame| CashPage::new(frame, &page, list, ask))
        }
    }
}
