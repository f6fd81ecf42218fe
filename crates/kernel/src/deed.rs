//! Who may do what, where. A deed is a type, and so is the permit for it: a handler without a decision, or with
//! the decision for another deed, does not compile.

use std::marker::PhantomData;

use serde::{Deserialize, Serialize};

use crate::{BookId, PlaceCode, StaffId};

/// What a person is on a site. A role is granted at a place and may be narrowed to one book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Runs the site: people, keys, backups.
    Administrator,
    /// Keeps the cooperations of a region, or one of them for a partner: papers, steps, obligations (petugas kerja sama).
    CooperationOfficer,
    /// Village government (pamong kalurahan): lurah, carik, facilitator.
    VillageOfficer,
    /// Weighs, books and pays out at a waste bank (petugas bank sampah).
    Teller,
    /// Reads everything that was recorded, names included, and changes nothing.
    Auditor,
    /// The partner region or foundation: sums and proofs, never names.
    PartnerReader,
    /// Anyone, signed in or not.
    Public,
}

impl Role {
    /// Every role, in the order of the matrix.
    pub const ALL: [Role; 7] = [
        Role::Administrator,
        Role::CooperationOfficer,
        Role::VillageOfficer,
        Role::Teller,
        Role::Auditor,
        Role::PartnerReader,
        Role::Public,
    ];
    /// As stored and as the key of its word: `village_officer`.
    pub const fn name(self) -> &'static str {
        match self {
            Role::Administrator => "administrator",
            Role::CooperationOfficer => "cooperation_officer",
            Role::VillageOfficer => "village_officer",
            Role::Teller => "teller",
            Role::Auditor => "auditor",
            Role::PartnerReader => "partner_reader",
            Role::Public => "public",
        }
    }
    /// The role with this name.
    pub fn named(name: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.name() == name)
    }
}

/// One thing that can be done or seen. Made by [`deeds!`](crate::deeds), never by hand.
pub trait Deed: Send + Sync + 'static {
    /// Verb and object behind the name of the chapter: `waste.keep_books`.
    const NAME: &'static str;
    /// The roles that may.
    const BY: &'static [Role];
}

/// A deed as a row of the matrix role x deed.
#[derive(Debug, Clone, Copy)]
pub struct DeedEntry {
    /// `waste.keep_books`
    pub name: &'static str,
    /// The roles that may.
    pub by: &'static [Role],
}

/// Declares the deeds of a chapter and the list of them, which the golden matrix is printed from.
///
/// ```
/// kernel::deeds! { DEEDS:
///     /// Weigh in, pay out, undo.
///     KeepBooks "waste.keep_books" by Administrator, Teller;
/// }
/// assert_eq!(DEEDS[0].name, "waste.keep_books");
/// ```
#[macro_export]
macro_rules! deeds {
    ($list:ident: $($(#[$doc:meta])* $deed:ident $name:literal by $($role:ident),+;)+) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, Copy)]
            pub struct $deed;
            impl $crate::Deed for $deed {
                const NAME: &'static str = $name;
                const BY: &'static [$crate::Role] = &[$($crate::Role::$role),+];
            }
        )+
        /// Every deed of this chapter, for the matrix role x deed.
        pub const $list: &[$crate::DeedEntry] = &[
            $($crate::DeedEntry { name: $name, by: &[$($crate::Role::$role),+] }),+
        ];
    };
}

/// Where a deed would be done: at a place, and in a book if it concerns one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scope {
    /// Village, or any other place.
    pub place: PlaceCode,
    /// The book, if the deed concerns one.
    pub book: Option<BookId>,
}

impl Scope {
    /// At a place, whatever the book.
    pub fn at(place: PlaceCode) -> Scope {
        Scope { place, book: None }
    }
    /// In one book of a place.
    pub fn book(place: PlaceCode, book: BookId) -> Scope {
        Scope { place, book: Some(book) }
    }
    /// The site itself.
    pub fn site() -> Scope {
        Scope::at(PlaceCode::everywhere())
    }
}

/// A role that somebody holds at a place, narrowed to one book or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// What the person is.
    pub role: Role,
    /// There and below.
    pub place: PlaceCode,
    /// In this book only.
    pub book: Option<BookId>,
}

impl Grant {
    fn reaches(&self, scope: &Scope) -> bool {
        self.place.covers(&scope.place) && (self.book.is_none() || self.book == scope.book)
    }
}

/// Through which door somebody comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ActorKind {
    /// Nobody signed in.
    Guest,
    /// Signed in through the page.
    Staff(StaffId),
    /// Works on the machine itself: the command line. Whoever holds the disk holds the site.
    Operator,
}

/// Somebody who asks for something.
#[derive(Debug, Clone)]
pub struct Actor {
    /// Through which door.
    pub kind: ActorKind,
    /// What they hold.
    pub grants: Vec<Grant>,
}

/// No role of the actor allows the deed there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotAllowed {
    /// Signing in may help.
    SignInFirst,
    /// Signed in, but not for this.
    NotYours,
}

impl Actor {
    /// Nobody in particular.
    pub fn guest() -> Actor {
        Actor { kind: ActorKind::Guest, grants: Vec::new() }
    }
    /// The command line on the machine of the site.
    pub fn operator() -> Actor {
        let all = Grant { role: Role::Administrator, place: PlaceCode::everywhere(), book: None };
        Actor { kind: ActorKind::Operator, grants: vec![all] }
    }
    /// Somebody who signed in.
    pub fn staff(staff: StaffId, grants: Vec<Grant>) -> Actor {
        Actor { kind: ActorKind::Staff(staff), grants }
    }
    /// The decision. This is the only way to a permit.
    pub fn may<D: Deed>(&self, scope: &Scope) -> Result<Permit<D>, NotAllowed> {
        if self.can(D::BY, scope) {
            return Ok(Permit { actor: self.kind, scope: scope.clone(), deed: PhantomData });
        }
        Err(if self.kind == ActorKind::Guest { NotAllowed::SignInFirst } else { NotAllowed::NotYours })
    }
    /// Whether one of `by` is held here: for showing or hiding a link, never for doing something.
    pub fn can(&self, by: &[Role], scope: &Scope) -> bool {
        by.contains(&Role::Public)
            || self.grants.iter().any(|grant| by.contains(&grant.role) && grant.reaches(scope))
    }
}

/// The proof that somebody may do one deed in one scope. Only [`Actor::may`] makes one.
///
/// The permit for another deed is another type:
/// ```compile_fail
/// kernel::deeds! { DEEDS: See "a.see" by Public; Change "a.change" by Teller; }
/// fn change(_: kernel::Permit<Change>) {}
/// let see = kernel::Actor::guest().may::<See>(&kernel::Scope::site()).unwrap();
/// change(see);
/// ```
/// and it cannot be made up:
/// ```compile_fail
/// kernel::deeds! { DEEDS: See "a.see" by Public; }
/// let _ = kernel::Permit::<See> { actor: kernel::ActorKind::Guest, scope: kernel::Scope::site(), deed: Default::default() };
/// ```
#[derive(Debug)]
pub struct Permit<D: Deed> {
    actor: ActorKind,
    scope: Scope,
    deed: PhantomData<D>,
}

impl<D: Deed> Permit<D> {
    /// Who may.
    pub fn actor(&self) -> ActorKind {
        self.actor
    }
    /// Where.
    pub fn scope(&self) -> &Scope {
        &self.scope
    }
}

impl<D: Deed> Clone for Permit<D> {
    fn clone(&self) -> Self {
        Permit { actor: self.actor, scope: self.scope.clone(), deed: PhantomData }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    crate::deeds! { DEEDS:
        /// Test.
        Keep "test.keep" by Administrator, Teller;
        /// Test.
        Look "test.look" by Public;
    }

    #[test]
    fn a_role_reaches_its_place_and_its_book_only() {
        let place = |code: &str| code.parse::<PlaceCode>().expect("readable");
        let (mine, other) = (BookId::new(), BookId::new());
        let village = place("34.02.05.2003");
        let teller =
            |place, book| Actor::staff(StaffId::new(), vec![Grant { role: Role::Teller, place, book }]);
        for (grant_place, grant_book, scope, allowed) in [
            (village.clone(), Some(mine), Scope::book(village.clone(), mine), true),
            (village.clone(), Some(mine), Scope::book(village.clone(), other), false),
            (village.clone(), Some(mine), Scope::at(village.clone()), false),
            (village.clone(), None, Scope::book(village.clone(), other), true),
            (place("34.02"), None, Scope::book(village.clone(), other), true),
            (place("34.02.05.2004"), None, Scope::book(village.clone(), other), false),
        ] {
            assert_eq!(teller(grant_place, grant_book).may::<Keep>(&scope).is_ok(), allowed, "{scope:?}");
        }
        let scope = Scope::book(village, mine);
        assert_eq!(Actor::guest().may::<Keep>(&scope).err(), Some(NotAllowed::SignInFirst));
        assert!(Actor::guest().may::<Look>(&scope).is_ok());
        assert!(Actor::operator().may::<Keep>(&scope).is_ok());
        assert_eq!(DEEDS.len(), 2);
    }
}
