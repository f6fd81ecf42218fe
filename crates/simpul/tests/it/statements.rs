//! Every statement of the sources is prepared on both databases once all tables exist: a misspelt column, or a word
//! that only one of the two knows, is found here and not by a person.

use kernel::Fault;

use crate::sources;
use crate::world::{Database, Village};

/// The keys of the persons lie in a file of their own, beside either database.
const KEYRING: &str = "crates/journal/src/keys.rs";

fn all_statements() -> Vec<(String, &'static str)> {
    let files = sources::code();
    let found = files.iter().flat_map(|file| {
        let place = |line: usize| format!("{}:{line}", file.path);
        file.statements().into_iter().map(move |(line, text)| (place(line), &*text.leak()))
    });
    found.collect()
}

fn prepare_all(database: Database) {
    let village = Village::open(database);
    let (keyring, others): (Vec<_>, Vec<_>) =
        all_statements().into_iter().partition(|(place, _)| place.starts_with(KEYRING));
    assert!(!keyring.is_empty() && others.len() > 50, "the statements were not found: {}", others.len());
    let mut wrong: Vec<String> = Vec::new();
    let mut note = |place: &str, prepared: Result<(), Fault>| {
        wrong.extend(prepared.err().map(|fault| format!("{place}: {fault}")));
    };
    for (place, text) in &others {
        // A snapshot each: PostgreSQL takes back a transaction in which one statement was wrong.
        let prepared = village.site.journal.read(|view| Ok(view.prepare_only(text)));
        note(place, prepared.expect("a snapshot"));
    }
    let keys = db::Store::open(&village.folder().join("keys.db"), None, ()).expect("the keyring");
    for (place, text) in &keyring {
        note(place, keys.read(|tx| Ok(tx.prepare_only(text))).expect("a snapshot"));
    }
    keys.close();
    village.close();
    assert!(wrong.is_empty(), "{} statements are wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_statement_is_sound_on_sqlite() {
    prepare_all(Database::Sqlite);
}

#[test]
#[ignore = "needs PostgreSQL: run scripts/test"]
fn every_statement_is_sound_on_postgresql() {
    prepare_all(Database::Postgres);
}
