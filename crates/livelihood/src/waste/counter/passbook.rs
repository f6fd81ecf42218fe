//! The savings book: on the page, and printed.

use askama::Template;
use journal::View;
use kernel::{BookId, Day, EntryId, MemberId, PlaceCode, Rupiah, Stop};
use serde::{Deserialize, Serialize};
use web::{Cx, Frame, List, ListAsk, Listed, Query, Reply, Voice};

use super::slip::{Slip, read_slip};
use crate::waste::SeeMembers;
use crate::waste::addresses::path;
use crate::waste::holders;
use crate::waste::rules::Refusal;
use crate::waste::tables::{self, Bank, Movement, Passbook, PassbookLine, PayoutRule};

/// A savings book with whose it is.
#[derive(Debug, Clone, Serialize)]
pub struct Book {
    /// The bank.
    pub bank: Bank,
    /// The name, if it may be known.
    pub name: String,
    /// The hamlet.
    pub hamlet: String,
    /// The book.
    pub passbook: Passbook,
    /// The rules of paying out today.
    pub rule: PayoutRule,
    /// What may be taken out today.
    pub payable: Rupiah,
    /// From when on money may be taken out.
    pub first_day: Day,
}

/// Lines on a printed book and on a page.
const LINES: i64 = 50;

/// Which lines.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct PassbookAsk {
    /// The page, from 1.
    page: Option<i64>,
    /// The payout or advance that was just booked.
    paid: Option<EntryId>,
}

/// Reads a savings book.
pub fn read_book(
    view: &mut View<'_, '_>,
    (village, bank): (&PlaceCode, BookId),
    member: MemberId,
    today: Day,
    window: (i64, i64),
) -> Result<Book, Stop> {
    let found = tables::bank(view, village, bank)?.ok_or(Refusal::NoBank)?;
    let unknown = || Refusal::UnknownMember { text: member.to_string() };
    let member = tables::member(view, village, bank, member)?.ok_or_else(unknown)?;
    let desk = tables::desk(view, village, bank, today)?;
    let till = tables::till(view, desk, today)?;
    let holders = holders::Holders::of(view, village, std::slice::from_ref(&member))?;
    let (name, hamlet) = (holders.name(&member), holders.hamlet_name(&member));
    let first_day = till.first_day(&member);
    let passbook = tables::passbook(view, village, bank, member, window)?;
    let payable = till.payable(&passbook.member, passbook.balances, today);
    Ok(Book { bank: found, name, hamlet, passbook, rule: till.rule, payable, first_day })
}

/// The page.
pub async fn passbook(
    cx: Cx<SeeMembers>,
    Query(ask): Query<PassbookAsk>,
    Query(files): Query<ListAsk>,
) -> Reply {
    let (village, bank, today) = (cx.place().clone(), cx.book(), cx.today);
    let member: MemberId = cx.param("member")?;
    let page = ask.page.unwrap_or(1).clamp(1, 1_000_000);
    // A file has every line.
    let window = if cx.want.is_page() { ((page - 1) * LINES, LINES) } else { (0, i64::from(i32::MAX)) };
    let paid = ask.paid;
    let (book, paid) = cx
        .read(move |view| {
            let paid = paid.map(|entry| read_slip(view, &village, bank, entry)).transpose()?;
            Ok((read_book(view, (&village, bank), member, today, window)?, paid))
        })
        .await?;
    let list =
        lines_of(cx.place(), bank, cx.voice()).plain().of(&book.passbook.lines, &files, cx.voice(), cx.want);
    let ask = super::payouts::MoneyAsk::new(cx.today);
    cx.page_and_list(&book, list, |frame, list| PassbookPage {
        frame,
        list,
        book: &book,
        ask: &ask,
        page,
        paid,
    })
}

/// What a line stands for; of an advance, how much was paid or repaid.
fn what(voice: &Voice, movement: &Movement) -> String {
    if movement.is_reversal() {
        return voice.say("waste-movement-reversed").to_string();
    }
    if let Some(repaid) = movement.repaid() {
        let say = voice.say("waste-movement-repaid").with("worth", movement.amount + repaid);
        return say.with("repaid", repaid).to_string();
    }
    if movement.kind == "advanced" {
        return voice.say("waste-movement-advance-of").with("amount", movement.owed).to_string();
    }
    voice.say(format!("waste-movement-{}", movement.kind)).to_string()
}

/// The columns of a savings book.
pub(super) fn lines_of(village: &PlaceCode, bank: BookId, voice: &Voice) -> List<PassbookLine> {
    let (entries, voice) = (path(village, bank, "/entries"), voice.clone());
    List::new("passbook")
        .column("day", "waste-day", |line: &PassbookLine| line.movement.day)
        .column("what", "waste-what", move |line| what(&voice, &line.movement))
        .link(move |line| format!("{entries}/{}", line.movement.entry))
        // What moved the advance alone moved nothing that is saved.
        .column("amount", "waste-amount", |line| {
            let saved = line.movement.owed == Rupiah::ZERO || line.movement.amount != Rupiah::ZERO;
            saved.then_some(line.movement.amount)
        })
        .column("advance", "waste-advance-owed", |line| {
            (line.movement.owed != Rupiah::ZERO || line.advance != Rupiah::ZERO).then_some(line.advance)
        })
        .column("balance", "waste-balance", |line| line.balance)
        .undone(|line| line.movement.undone.is_some())
}

#[derive(Template)]
#[template(path = "waste/counter/passbook.html")]
pub(super) struct PassbookPage<'a> {
    pub frame: Frame,
    pub list: Listed,
    pub book: &'a Book,
    pub ask: &'a super::payouts::MoneyAsk,
    pub page: i64,
    /// What was just paid.
    pub paid: Option<Slip>,
}

impl PassbookPage<'_> {
    /// How much was paid, and what is saved now.
    fn said(&self, slip: &Slip) -> String {
        let say = self.frame.say(format!("waste-paid-{}", slip.kind)).with("amount", slip.amount);
        say.with("balance", slip.saved_after).to_string()
    }
    fn here(&self) -> String {
        self.book.bank.path(&format!("/members/{}", self.book.passbook.member.member))
    }
    /// Whose book it is, on every sheet of paper.
    fn running_line(&self) -> String {
        let book = self.book;
        format!("{} · {} · {}", book.name, book.passbook.member.number, book.bank.name)
    }
    fn pages(&self) -> i64 {
        (self.book.passbook.total + LINES - 1) / LINES
    }
    fn qr(&self) -> Option<web::qr::Qr> {
        let label =
            self.frame.say("waste-passbook-qr").with("number", self.book.passbook.member.number).to_string();
        web::qr::svg(&self.here(), &label)
    }
}
