//! What must be done before a bank can weigh, and what of it is done.

use journal::View;
use kernel::{Actor, Day, Deed, Fault, Grant, Scope};
use serde::Serialize;

use crate::waste::tables::{self, Bank};
use crate::waste::{KeepBooks, Side};

/// One of the steps.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Step {
    /// `sorts`: its word has the key `waste-office-begin-<name>`.
    pub name: &'static str,
    /// Whether it is done.
    pub done: bool,
    /// Where it is done.
    pub path: String,
    /// The deed that leads there.
    #[serde(skip)]
    pub deed: &'static str,
}

impl Step {
    pub fn key(&self) -> String {
        format!("waste-office-begin-{}", self.name)
    }
}

/// All steps, in the order in which they are done; none when nothing is left to do.
pub(super) fn open(
    view: &mut View<'_, '_>,
    bank: &Bank,
    members: i64,
    today: Day,
) -> Result<Vec<Step>, Fault> {
    let (village, book) = (&bank.village, bank.bank);
    let shared = tables::share_history(view, village, book)?.iter().any(|row| row.undone.is_none());
    let ruled = tables::payout_rule_history(view, village, book)?.iter().any(|row| row.undone.is_none());
    let path = |page: &str| bank.path(page);
    let step = |name, done, path, deed| Step { name, done, path, deed };
    let steps = vec![
        step("sorts", !tables::sorts(view, village, book)?.is_empty(), path("/sorts/new"), "waste.set_up"),
        step(
            "prices",
            tables::price_list(view, village, book, Side::Buying, today)?.is_some(),
            path("/prices/new"),
            "waste.set_up",
        ),
        step("share", shared, path("/settings#share"), "waste.set_up"),
        step("payout", ruled, path("/settings#kept_min"), "waste.set_up"),
        step("teller", has_teller(view, bank)?, "/staff".to_owned(), "staff.manage"),
        step("members", members > 0, path("/members/new"), "waste.keep_books"),
    ];
    Ok(if steps.iter().all(|step| step.done) { Vec::new() } else { steps })
}

/// Whether somebody may keep the books of the bank.
fn has_teller(view: &mut View<'_, '_>, bank: &Bank) -> Result<bool, Fault> {
    let scope = Scope::book(bank.village.clone(), bank.bank);
    let grants: Vec<Grant> =
        web::staff::all_grants(view)?.iter().filter_map(web::staff::GrantRow::grant).collect();
    Ok(Actor { grants, ..Actor::guest() }.can(KeepBooks::BY, &scope))
}
