//! The accounts of a bank's book, and what they are to a person who reads their paths.

use journal::ledger::Account;
use kernel::MemberId;

use crate::waste::facts::Purpose;
use crate::waste::sort::SortCode;

/// The cash box.
pub fn cash() -> Account {
    Account::asset("cash")
}
/// What is owed to a member.
pub fn member(member: MemberId) -> Account {
    Account::debt(format!("member/{member}"))
}
/// What a member owes.
pub fn advance(member: MemberId) -> Account {
    Account::asset(format!("advance/{member}"))
}
/// What lies in the store.
pub fn stock(sort: &SortCode) -> Account {
    Account::asset(format!("stock/{sort}"))
}

/// Cuts off whose account it is: `member/…` becomes `member/`. For those who do not see members.
pub fn hide_member(path: &mut String) {
    if let Some(kind) = ["member/", "advance/"].into_iter().find(|kind| path.starts_with(kind)) {
        path.truncate(kind.len());
    }
}

/// What an account is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meaning {
    /// What is owed to a member.
    Member(MemberId),
    /// What a member owes.
    Advance(MemberId),
    /// What lies in the store of a sort.
    Stock(SortCode),
    /// The other side of cash that moved for another reason than waste.
    Purpose(Purpose),
    /// One account of its kind: `cash`, `purchases`, `share`, `intake`, `sales`, `sold`, `shrinkage`, `opening`.
    One(&'static str),
}

/// The accounts of which a book has one.
const ONES: [&str; 8] = ["cash", "purchases", "share", "intake", "sales", "sold", "shrinkage", "opening"];

/// What the account with this path is; none if no fact of a bank ever posts to it.
pub fn meaning(path: &str) -> Option<Meaning> {
    if let Some(one) = ONES.into_iter().find(|one| *one == path) {
        return Some(Meaning::One(one));
    }
    if let Some(purpose) = Purpose::ALL.into_iter().find(|purpose| purpose.account() == path) {
        return Some(Meaning::Purpose(purpose));
    }
    match path.split_once('/')? {
        ("member", id) => id.parse().ok().map(Meaning::Member),
        ("advance", id) => id.parse().ok().map(Meaning::Advance),
        ("stock", sort) => sort.parse().ok().map(Meaning::Stock),
        _ => None,
    }
}
