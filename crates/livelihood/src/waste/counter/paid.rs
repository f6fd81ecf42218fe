//! Who was paid in a payout to many: the list to sign, kept.

use askama::Template;
use journal::View;
use kernel::{BookId, Day, EntryId, MemberId, PlaceCode, Rupiah, Stop};
use serde::Serialize;
use web::list::Value;
use web::{Cx, Frame, List, ListAsk, Listed, Query, Reply, Want};

use crate::waste::SeeMembers;
use crate::waste::holders::Holders;
use crate::waste::rules::Refusal;
use crate::waste::tables::{self, Bank};

/// A payout to many, as it was paid.
#[derive(Debug, Clone, Serialize)]
pub struct Paid {
    /// The bank.
    bank: Bank,
    /// When.
    day: Day,
    /// How many were paid, without those that were taken back.
    count: usize,
    /// What they got.
    total: Rupiah,
    /// Who, by number.
    members: Vec<PaidRow>,
}

#[derive(Debug, Clone, Serialize)]
struct PaidRow {
    member: MemberId,
    number: Option<i64>,
    name: String,
    paid: Rupiah,
    entry: EntryId,
    undone: Option<EntryId>,
}

/// Reads who was paid in a payout of this bank.
pub fn read_paid(
    view: &mut View<'_, '_>,
    village: &PlaceCode,
    bank: BookId,
    payout: &str,
) -> Result<Paid, Stop> {
    let found = tables::bank(view, village, bank)?.ok_or(Refusal::NoBank)?;
    let lines = tables::payout(view, village, bank, payout)?;
    let not_here = || Refusal::NotHere { entry: crate::waste::rules::shorten(payout) };
    let day = lines.first().ok_or_else(not_here)?.day;
    let members = tables::members(view, village, bank)?;
    let holders = Holders::of(view, village, &members)?;
    let mut rows: Vec<PaidRow> = lines
        .into_iter()
        .map(|line| {
            let member = members.iter().find(|member| member.member == line.member);
            PaidRow {
                member: line.member,
                number: member.map(|member| member.number),
                name: member.map(|member| holders.name(member)).unwrap_or_default(),
                paid: line.amount,
                entry: line.entry,
                undone: line.undone,
            }
        })
        .collect();
    rows.sort_by_key(|row| (row.number, row.entry));
    let stands = || rows.iter().filter(|row| row.undone.is_none());
    let (count, total) = (stands().count(), stands().map(|row| row.paid).sum());
    Ok(Paid { bank: found, day, count, total, members: rows })
}

/// The page.
pub async fn paid(cx: Cx<SeeMembers>, Query(files): Query<ListAsk>) -> Reply {
    let (village, bank) = (cx.place().clone(), cx.book());
    let payout: String = cx.param("payout")?;
    let page = cx.read(move |view| read_paid(view, &village, bank, &payout)).await?;
    let entries = page.bank.path("/entries");
    let list = List::new("paid")
        .column("number", "waste-member-number", |row: &PaidRow| row.number)
        .column("name", "waste-name", |row| row.name.clone())
        .column("paid", "waste-paid", |row| row.paid)
        .link(move |row| format!("{entries}/{}", row.entry))
        .summed()
        .column("sign", "waste-sign", line_to_sign(cx.want))
        .undone(|row| row.undone.is_some())
        .plain()
        .of(&page.members, &files, cx.voice(), cx.want);
    cx.page_and_list(&page, list, |frame, list| PaidPage { frame, list, page: &page })
}

/// A line on paper to sign on; a file has none.
pub(super) fn line_to_sign<R>(want: Want) -> impl Fn(&R) -> Value + Send + Sync + 'static {
    let on_paper = want.is_page();
    move |_| if on_paper { Value::from("…".repeat(12)) } else { Value::Empty }
}

#[derive(Template)]
#[template(path = "waste/counter/paid.html")]
struct PaidPage<'a> {
    frame: Frame,
    list: Listed,
    page: &'a Paid,
}

impl PaidPage<'_> {
    /// Which bank and day it is, on every sheet of paper.
    fn running_line(&self) -> String {
        format!("{} · {}", self.page.bank.name, self.frame.show(self.page.day))
    }
}
