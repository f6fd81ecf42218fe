//! Money that goes out: to one member, to many at once, as an advance.

use askama::Template;
use kernel::{Day, EntryId, MemberId, PlaceCode, Rupiah, Stop};
use serde::{Deserialize, Serialize};
use web::{Ask, Cx, Frame, List, ListAsk, Listed, Query, Reply};

use super::paid::{line_to_sign, read_paid};
use super::passbook::{Book, PassbookPage, lines_of, read_book};
use crate::waste::KeepBooks;
use crate::waste::addresses::path;
use crate::waste::holders;
use crate::waste::rules::{self, Refusal};
use crate::waste::tables::{self, Balances, Bank, Member, PayoutSum};

/// What the forms for money send.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct MoneyAsk {
    /// Made with the form.
    pub id: EntryId,
    /// Whole rupiah.
    #[serde(default)]
    pub amount: String,
    /// Today if none is given.
    pub day: Option<Day>,
}

impl MoneyAsk {
    /// An empty form.
    pub fn new(today: Day) -> MoneyAsk {
        MoneyAsk { id: EntryId::new(), amount: String::new(), day: Some(today) }
    }
}

/// A member takes money out.
pub async fn withdraw(cx: Cx<KeepBooks>, Ask(ask): Ask<MoneyAsk>) -> Reply {
    pay(cx, ask, "withdrawn", |work, permit, (till, member, balances), day, amount| {
        work.record(permit, &rules::withdraw(till, member, balances, day, amount)?)
    })
    .await
}

/// A member gets money to be repaid in waste.
pub async fn advance(cx: Cx<KeepBooks>, Ask(ask): Ask<MoneyAsk>) -> Reply {
    pay(cx, ask, "advanced", |work, permit, (till, member, _), day, amount| {
        work.record(permit, &rules::advance(till, member, day, amount)?)
    })
    .await
}

type Known<'k> = (&'k rules::Till, &'k Member, Balances);
type Pay = fn(
    &mut journal::Work<'_, '_>,
    &kernel::Permit<KeepBooks>,
    Known<'_>,
    Day,
    Rupiah,
) -> Result<EntryId, Stop>;

async fn pay(cx: Cx<KeepBooks>, ask: MoneyAsk, kind: &'static str, record: Pay) -> Reply {
    let (village, bank, today) = (cx.place().clone(), cx.book(), cx.today);
    let member: MemberId = cx.param("member")?;
    let (permit, at, here) = (cx.permit.clone(), village.clone(), village.clone());
    let paid = cx
        .once(
            ask.id,
            (kind, member, ask.clone()),
            move |work, (_, member, ask)| {
                let day = ask.day.unwrap_or(today);
                let amount = rules::read_amount(&ask.amount)
                    .map_err(|no| kernel::Refused::from(no).in_field("amount"))?;
                let unknown = || Refusal::UnknownMember { text: member.to_string() };
                let found = tables::member(work, &village, bank, member)?.ok_or_else(unknown)?;
                let balances = tables::balances(work, &village, bank, member)?;
                let desk = tables::desk(work, &village, bank, today)?;
                let till = tables::till(work, desk, day)?;
                record(work, &permit, (&till, &found, balances), day, amount)?;
                Ok(())
            },
            move |view| read_book(view, (&at, bank), member, today, (0, 10)),
        )
        .await;
    match paid {
        // The page then says how much, and leads to the slip and to taking it back.
        Ok(book) => cx.saved(path(cx.place(), bank, &format!("/members/{member}?paid={}", ask.id)), &book),
        Err(stop) => {
            let book: Book =
                cx.read(move |view| read_book(view, (&here, bank), member, today, (0, 50))).await?;
            let files = ListAsk::default();
            let list = lines_of(cx.place(), bank, cx.voice()).plain().of(
                &book.passbook.lines,
                &files,
                cx.voice(),
                cx.want,
            );
            cx.again(stop, |frame| PassbookPage { frame, list, book: &book, ask: &ask, page: 1, paid: None })
        }
    }
}

/// What the form for a payout to many sends.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ManyAsk {
    /// Made with the form.
    pub id: EntryId,
    /// Today if none is given.
    pub day: Option<Day>,
    /// At most so much for each; everything that may be taken out if none is given.
    #[serde(default)]
    pub most: String,
}

/// Who would get what.
#[derive(Debug, Clone, Serialize)]
pub struct Payout {
    bank: Bank,
    day: Day,
    cash: Rupiah,
    total: Rupiah,
    members: Vec<PayoutRow>,
    /// Those before, the newest first.
    before: Vec<PayoutSum>,
}

#[derive(Debug, Clone, Serialize)]
struct PayoutRow {
    member: MemberId,
    number: i64,
    name: String,
    saved: Rupiah,
    paid: Rupiah,
}

/// What the page is opened with.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct PayoutAsk {
    day: Option<Day>,
    #[serde(default)]
    most: String,
}

/// Who would get what, before anything is paid.
pub async fn many(cx: Cx<KeepBooks>, Query(ask): Query<PayoutAsk>, Query(files): Query<ListAsk>) -> Reply {
    let ask = ManyAsk { id: EntryId::new(), day: Some(ask.day.unwrap_or(cx.today)), most: ask.most };
    let payout = read_payout(&cx, &ask).await?;
    let list = payout_list(&cx, &payout, &files);
    let before = before_list(&cx, &payout);
    cx.page_and_list(&payout, list, |frame, list| PayoutPage {
        frame,
        list,
        before,
        page: &payout,
        ask: &ask,
    })
}

/// Pays all of them.
pub async fn pay_many(cx: Cx<KeepBooks>, Ask(ask): Ask<ManyAsk>) -> Reply {
    let (village, bank, today) = (cx.place().clone(), cx.book(), cx.today);
    let (permit, at, payout) = (cx.permit.clone(), village.clone(), ask.id.to_string());
    let paid = cx
        .once(
            ask.id,
            ask.clone(),
            move |work, ask| {
                let day = ask.day.unwrap_or(today);
                let (till, members) = read_till(work, (&village, bank), today, day)?;
                let most = read_most(&ask.most)?;
                for withdrawn in rules::pay_many(&till, (ask.id, &members), day, most)? {
                    work.record(&permit, &withdrawn)?;
                }
                Ok(())
            },
            move |view| read_paid(view, &at, bank, &payout),
        )
        .await;
    match paid {
        Ok(paid) => {
            let to = path(cx.place(), bank, &format!("/payouts/{}", ask.id));
            cx.saved_saying(to, "waste-done-paid-many", &paid)
        }
        Err(stop) => {
            let shown = ManyAsk { most: String::new(), ..ask.clone() };
            let payout = read_payout(&cx, &shown).await?;
            let list = payout_list(&cx, &payout, &ListAsk::default());
            let before = before_list(&cx, &payout);
            cx.again(stop, |frame| PayoutPage { frame, list, before, page: &payout, ask: &ask })
        }
    }
}

fn read_most(text: &str) -> Result<Option<Rupiah>, Stop> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let most = rules::read_amount(text).map_err(|no| kernel::Refused::from(no).in_field("most"))?;
    if most <= Rupiah::ZERO {
        return Err(kernel::Refused::from(Refusal::NothingAsked).in_field("most").into());
    }
    Ok(Some(most))
}

type Till = (rules::Till, Vec<(Member, Balances)>);

fn read_till(
    view: &mut journal::View<'_, '_>,
    (village, bank): (&PlaceCode, kernel::BookId),
    today: Day,
    day: Day,
) -> Result<Till, Stop> {
    let desk = tables::desk(view, village, bank, today)?;
    let till = tables::till(view, desk, day)?;
    let balances = tables::all_balances(view, village, bank)?;
    let members = tables::members(view, village, bank)?;
    let with = |member: Member| {
        let balance = balances.get(&member.member).copied().unwrap_or_default();
        (member, balance)
    };
    Ok((till, members.into_iter().map(with).collect()))
}

async fn read_payout(cx: &Cx<KeepBooks>, ask: &ManyAsk) -> Result<Payout, Stop> {
    let (village, bank, today) = (cx.place().clone(), cx.book(), cx.today);
    let (day, most) = (ask.day.unwrap_or(today), read_most(&ask.most)?);
    cx.read(move |view| {
        let found = tables::bank(view, &village, bank)?.ok_or(Refusal::NoBank)?;
        let (till, members) = read_till(view, (&village, bank), today, day)?;
        let all: Vec<Member> = members.iter().map(|(member, _)| member.clone()).collect();
        let holders = holders::Holders::of(view, &village, &all)?;
        let rows: Vec<PayoutRow> = members
            .iter()
            .map(|(member, balances)| {
                let payable = till.payable(member, *balances, day);
                PayoutRow {
                    member: member.member,
                    number: member.number,
                    name: holders.name(member),
                    saved: balances.saved,
                    paid: most.map_or(payable, |most| payable.min(most)),
                }
            })
            .filter(|row| row.paid > Rupiah::ZERO)
            .collect();
        let total = rows.iter().map(|row| row.paid).sum();
        let before = tables::payouts(view, &village, bank)?;
        Ok(Payout { bank: found, day, cash: till.cash, total, members: rows, before })
    })
    .await
}

fn payout_list(cx: &Cx<KeepBooks>, payout: &Payout, files: &ListAsk) -> Listed {
    let at = payout.bank.path("/members");
    List::new("payout")
        .column("number", "waste-member-number", |row: &PayoutRow| row.number)
        .column("name", "waste-name", |row| row.name.clone())
        .link(move |row| format!("{at}/{}", row.member))
        .column("saved", "waste-balance", |row| row.saved)
        .summed()
        .column("paid", "waste-paid", |row| row.paid)
        .summed()
        .column("sign", "waste-sign", line_to_sign(cx.want))
        .plain()
        .of(&payout.members, files, cx.voice(), cx.want)
}

/// The payouts before, each with the list of who was paid.
fn before_list(cx: &Cx<KeepBooks>, payout: &Payout) -> Listed {
    let at = payout.bank.path("/payouts");
    List::new("payouts")
        .column("day", "waste-day", |row: &PayoutSum| row.day)
        .link(move |row| format!("{at}/{}", row.payout))
        .column("count", "waste-members", |row| row.count)
        .column("total", "waste-paid", |row| row.total)
        .plain()
        .of(&payout.before, &ListAsk::default(), cx.voice(), cx.want)
}

#[derive(Template)]
#[template(path = "waste/counter/payouts.html")]
struct PayoutPage<'a> {
    frame: Frame,
    list: Listed,
    before: Listed,
    page: &'a Payout,
    ask: &'a ManyAsk,
}

impl PayoutPage<'_> {
    /// Which bank and day it is, on every sheet of paper.
    fn running_line(&self) -> String {
        format!("{} · {}", self.page.bank.name, self.frame.show(self.page.day))
    }
    /// The list as a file of this form.
    fn file(&self, form: &str) -> String {
        format!(
            "?day={}&most={}&as={form}",
            self.page.day,
            self.ask.most.replace(|c: char| !c.is_ascii_digit(), "")
        )
    }
}
