//! Groups as they follow from the facts.

use db::{Tx, row, sql};
use journal::{Entry, Fold, Folded, Turn};
use kernel::{Fault, GroupId, PlaceCode};
use serde::Serialize;

use super::facts::{Fact, GroupNamed, Kind};

/// Fact to tables.
pub(super) fn fold(fold: &mut Fold<'_, '_>, entry: &Entry) -> Result<Folded, Fault> {
    let Some(Fact::GroupNamed(GroupNamed { group, village, kind, name })) = Fact::read(entry)? else {
        return Ok(Folded::UnknownKind);
    };
    if let Turn::Undone { .. } = fold.turn {
        sql!("DELETE FROM group_name WHERE village = ?1 AND id = ?2 AND entry = ?3")
            .bind(&village)
            .bind(&group)
            .bind(&entry.id)
            .run(fold)?;
        return Ok(Folded::Done);
    }
    sql!("INSERT INTO group_name (village, id, entry, kind, name) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING")
        .bind(&village)
        .bind(&group)
        .bind(&entry.id)
        .bind(&kind)
        .bind(&name)
        .run(fold)?;
    Ok(Folded::Done)
}

row! {
    /// A group.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
    pub struct Group {
        /// Its id.
        pub group: GroupId,
        /// What it is.
        pub kind: Kind,
        /// What people call it.
        pub name: String,
    }
}

/// The groups of a village by their names.
pub fn list(tx: &mut Tx<'_>, village: &PlaceCode) -> Result<Vec<Group>, Fault> {
    sql!(
        "SELECT n.id, n.kind, n.name FROM group_name n WHERE n.village = ?1 AND n.entry =
         (SELECT MAX(m.entry) FROM group_name m WHERE m.village = n.village AND m.id = n.id) ORDER BY n.name, n.id"
    )
    .bind(village)
    .all(tx)
}

/// One group.
pub fn one(tx: &mut Tx<'_>, village: &PlaceCode, group: GroupId) -> Result<Option<Group>, Fault> {
    sql!("SELECT id, kind, name FROM group_name WHERE village = ?1 AND id = ?2 ORDER BY entry DESC LIMIT 1")
        .bind(village)
        .bind(&group)
        .maybe(tx)
}
