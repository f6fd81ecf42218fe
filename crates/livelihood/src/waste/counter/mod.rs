//! The counter of a waste bank: the queue, the savings books, paying out, and taking back what was booked wrongly.

mod entries;
mod members;
mod paid;
mod passbook;
mod payouts;
mod receipt;
mod slip;
mod weigh;

use web::{MenuAt, MenuEntry, Routes};

use super::addresses::path;
use super::{KeepBooks, SeeMembers};

/// The pages of the counter.
pub static PAGES: web::Pages = web::Pages { routes, deeds: &[], words: web::words!(), menu: MENU };

const MENU: &[MenuEntry] = &[
    MenuEntry::new::<KeepBooks>("waste-counter", |at| in_bank(at, "/counter")),
    MenuEntry::new::<SeeMembers>("waste-members", |at| in_bank(at, "/members")),
];

fn in_bank(at: &MenuAt, page: &str) -> Option<String> {
    Some(path(at.village.as_ref()?, at.book?, page))
}

fn routes(routes: Routes) -> Routes {
    routes
        .get("/villages/{village}/waste/{book}/counter", weigh::counter)
        .named("waste-counter")
        .post("/villages/{village}/waste/{book}/weigh-ins", weigh::weigh_in)
        .named("waste-weigh-in")
        .get("/villages/{village}/waste/{book}/weigh-ins/{entry}", receipt::receipt)
        .named("waste-receipt")
        .get("/villages/{village}/waste/{book}/members", members::list)
        .named("waste-members")
        .get("/villages/{village}/waste/{book}/members/find", members::find)
        .named("waste-members-find")
        .get("/villages/{village}/waste/{book}/members/new", members::new)
        .named("waste-member-new")
        .post("/villages/{village}/waste/{book}/members", members::join)
        .named("waste-member-new")
        .get("/villages/{village}/waste/{book}/members/{member}", passbook::passbook)
        .named("waste-passbook")
        .post("/villages/{village}/waste/{book}/members/{member}/withdrawals", payouts::withdraw)
        .named("waste-withdraw")
        .post("/villages/{village}/waste/{book}/members/{member}/advances", payouts::advance)
        .named("waste-advance")
        .get("/villages/{village}/waste/{book}/payments/{entry}", slip::slip)
        .named("waste-slip")
        .get("/villages/{village}/waste/{book}/payouts", payouts::many)
        .named("waste-payouts")
        .post("/villages/{village}/waste/{book}/payouts", payouts::pay_many)
        .named("waste-payouts")
        .get("/villages/{village}/waste/{book}/payouts/{payout}", paid::paid)
        .named("waste-payout-to-many")
        .get("/villages/{village}/waste/{book}/entries", entries::find)
        .named("waste-entry-find")
        .get("/villages/{village}/waste/{book}/entries/{entry}", entries::entry)
        .named("waste-entry")
        .post("/villages/{village}/waste/{book}/entries/{entry}/reversal", entries::reverse)
        .named("waste-reverse")
}
