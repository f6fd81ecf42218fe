//! What villages and regions discuss and decide, through HTTP, on both databases. One file a feature.

mod attendance;
mod ballots;
mod decisions;
mod figures;
mod hall;
mod meetings;
mod minutes;
mod proposals;

use kernel::{EntryId, Role};

use crate::world::{Answer, VILLAGE, Village};

/// Somebody enters something, with a new id and these fields.
async fn enter(at: &Village, role: Role, path: &str, fields: &[(&str, &str)]) -> (EntryId, Answer) {
    let id = EntryId::new();
    let text = id.to_string();
    let mut all = vec![("id", text.as_str())];
    all.extend_from_slice(fields);
    (id, at.as_role(role).send(path, &all).await)
}

/// The lurah calls a meeting of the village for a day; the address of its page.
async fn called(at: &Village, title: &str, day: &str) -> String {
    let fields = [
        ("kind", "village"),
        ("name_id", title),
        ("day", day),
        ("starts", "19:30"),
        ("zone", "jakarta"),
        ("venue", "Balai Kalurahan"),
        ("elements", "council"),
        ("elements", "women_farmers"),
        ("agenda", "Laporan bank sampah\nRencana 2027"),
    ];
    let path = format!("/places/{VILLAGE}/meetings");
    let (id, answer) = enter(at, Role::VillageOfficer, &path, &fields).await;
    answer.done();
    format!("{path}/{id}")
}
