//! Words that every room of the house speaks: ids, measures with units, days, places, roles,
//! permits, refusals. Nothing here reads a file, a clock or a network.
//!
//! `kernel` is small and changes rarely: everything is compiled again when it does. A word that only
//! two features share does not belong here.

mod column;
mod date;
mod day;
mod deed;
mod id;
mod measure;
mod names;
mod number;
mod place;
mod refusal;

pub use column::{Cell, Column, WrongColumn};
pub use date::Date;
pub use day::{Day, Instant, Month, UnreadableDay};
pub use deed::{Actor, ActorKind, Deed, DeedEntry, Grant, NotAllowed, Permit, Role, Scope};
pub use id::{
    BookId, EntryId, GroupId, HouseholdId, InstrumentId, MemberId, ObligationId, PartyId, PersonId, StaffId,
    UnreadableId, VisitId,
};
pub use measure::{
    BasisPoints, Grams, Pieces, Qty, Rupiah, RupiahPerKg, RupiahPerPiece, TooLarge, Unit, UnitPrice,
};
pub use names::Names;
pub use number::{UnreadableNumber, decimal, whole};
pub use place::{Level, PlaceCode, UnreadablePlace};
pub use refusal::{Arg, Fault, IntoRefused, Refused, Stop};
