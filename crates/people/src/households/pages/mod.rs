//! The pages of households, one file for each.

pub(super) mod erase;
pub(super) mod import;
pub(super) mod list;
pub(super) mod one;
pub(super) mod register;
pub(super) mod village;

use kernel::PlaceCode;
use web::Choice;

use crate::places::Hamlet;

/// A hamlet by its name; its code where it has none.
fn hamlet_name(hamlets: &[Hamlet], place: &PlaceCode) -> String {
    hamlets
        .iter()
        .find(|hamlet| hamlet.place == *place)
        .map_or_else(|| place.to_string(), |hamlet| hamlet.name.clone())
}

/// `02` of `34.02.05.2003.07.02`
fn number_of(place: &PlaceCode) -> String {
    place.as_str().rsplit('.').next().unwrap_or_default().to_owned()
}

fn choices_of(hamlets: &[Hamlet]) -> Vec<Choice> {
    hamlets.iter().map(|hamlet| Choice::new(&hamlet.place, &hamlet.name)).collect()
}
