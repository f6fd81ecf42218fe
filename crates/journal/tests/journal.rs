//! The journal with a small chapter of its own: a tea house where guests have a tab and a name.

use std::path::Path;

use db::sql;
use journal::ledger::{Account, Posting, balance};
use journal::*;
use kernel::{BookId, Day, EntryId, Fault, Instant, Permit, PlaceCode, Scope, Stop, Unit};
use serde::{Deserialize, Serialize};

kernel::deeds! { DEEDS:
    /// Pour, take money, name guests.
    Keep "tea.keep" by Administrator, Teller;
}

impl Reversing for Keep {}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Poured {
    day: Day,
    guest: String,
    rupiah: i64,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Paid {
    day: Day,
    guest: String,
    rupiah: i64,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Named {
    guest: String,
    name: String,
}

facts! { Fact "tea":
    /// Tea was poured on the tab.
    Poured "tea.poured/1" Household by Keep;
    /// The tab was paid, more or less.
    Paid "tea.paid/1" Household by Keep;
    /// A guest told a name.
    Named "tea.named/1" Person by Keep;
}

fn village() -> PlaceCode {
    "34.02.05.2003".parse().expect("a village")
}

fn book() -> BookId {
    BookId::from_bytes([7; 16])
}

fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

fn fold(fold: &mut Fold<'_, '_>, entry: &Entry) -> Result<Folded, Fault> {
    let mut posting = |day, guest: &str, rupiah: i64, owes: bool| {
        let mut posting = Posting::new(&village(), book(), day);
        let tab = Account::asset(format!("tab/{guest}"));
        if owes {
            posting.transfer(tab, Account::open("sales"), Unit::Idr, rupiah);
        } else {
            posting.transfer(Account::asset("cash"), tab, Unit::Idr, rupiah);
        }
        fold.post(&posting)
    };
    match Fact::read(entry)? {
        Some(Fact::Poured(Poured { day, guest, rupiah })) => posting(day, &guest, rupiah, true)?,
        Some(Fact::Paid(Paid { day, guest, rupiah })) => posting(day, &guest, rupiah, false)?,
        Some(Fact::Named(Named { guest, .. })) => {
            sql!("INSERT INTO tea_guest (guest, entry) VALUES (?1, ?2)")
                .bind(&guest)
                .bind(&entry.id)
                .run(fold)?;
        }
        None => return Ok(Folded::UnknownKind),
    }
    Ok(Folded::Done)
}

fn forget(fold: &mut Fold<'_, '_>, entry: EntryId) -> Result<(), Fault> {
    sql!("DELETE FROM tea_guest WHERE entry = ?1").bind(&entry).run(fold)?;
    Ok(())
}

static TEA: Chapter = Chapter {
    name: "tea",
    kinds: Fact::KINDS,
    tables: "CREATE TABLE tea_guest (guest TEXT NOT NULL, entry TEXT NOT NULL, PRIMARY KEY (guest, entry));",
    version: 1,
    local: "CREATE TABLE IF NOT EXISTS tea_cup (n BIGINT NOT NULL PRIMARY KEY, colour TEXT);",
    local_kept: &["tea_cup"],
    fold,
    forget: Some(forget),
    check: None,
};
static WITH_TEA: &[&Chapter] = &[&TEA];
static WITHOUT_TEA: &[&Chapter] = &[];

fn open(folder: &Path, chapters: &'static [&'static Chapter]) -> Journal {
    try_open(folder, chapters).expect("opens")
}

fn try_open(folder: &Path, chapters: &'static [&'static Chapter]) -> Result<Journal, Stop> {
    Journal::open(Open { paths: Paths::folder(folder), chapters, progress: &mut |_, _| {} })
}

const NOW: Instant = Instant::from_micros(1_774_976_400_000_000);

fn context(via: Via) -> Context {
    Context::operator(via, NOW)
}

fn permit() -> Permit<Keep> {
    Context::operator_permit(&Scope::book(village(), book())).expect("the operator may")
}

fn pour(journal: &Journal, guest: &str, rupiah: i64) -> EntryId {
    let fact = Poured { day: day("2026-03-30"), guest: guest.into(), rupiah };
    journal.write(context(Via::Web), move |work| work.record(&permit(), &fact)).expect("poured")
}

fn pay(journal: &Journal, via: Via, guest: &str, rupiah: i64) -> Result<EntryId, Stop> {
    let fact = Paid { day: day("2026-03-31"), guest: guest.into(), rupiah };
    journal.write(context(via), move |work| work.record(&permit(), &fact))
}

fn name(journal: &Journal, guest: &str, name: &str) -> KeyId {
    let fact = Named { guest: guest.into(), name: name.into() };
    journal
        .write(context(Via::Web), move |work| {
            let key = work.make_key()?;
            work.record_sealed(&permit(), key, &fact)?;
            Ok(key)
        })
        .expect("named")
}

fn reverse(journal: &Journal, target: EntryId) -> Result<EntryId, Stop> {
    journal.write(context(Via::Web), move |work| {
        work.reverse(&permit(), target, day("2026-04-01"), "wrong guest")
    })
}

fn tab(journal: &Journal, guest: &str) -> i64 {
    journal
        .read(|view| Ok(balance(view, &village(), book(), &format!("tab/{guest}"), Unit::Idr)?))
        .expect("reads")
}

fn refused<T: std::fmt::Debug>(answer: Result<T, Stop>) -> &'static str {
    match answer {
        Err(Stop::Refused(refused)) => refused.code,
        other => panic!("not refused: {other:?}"),
    }
}

/// Every derived row of the site.
fn digest(journal: &Journal) -> Vec<String> {
    journal
        .read(|view| {
            let mut all = Vec::new();
            for table in ["reversal", "erased", "account", "transfer", "tea_guest"] {
                all.extend(view.dump(table)?.into_iter().map(|row| format!("{table}: {row}")));
            }
            Ok(all)
        })
        .expect("reads")
}

fn check(journal: &Journal) -> Report {
    journal::verify(journal, &mut |_, _| {}).expect("reads")
}

#[test]
fn a_tab_is_kept_reversed_once_and_never_overdrawn_by_command() {
    let dir = tempfile::tempdir().expect("a folder");
    let journal = open(dir.path(), WITH_TEA);
    let first = pour(&journal, "rani", 5000);
    pour(&journal, "rani", 3000);
    assert_eq!(refused(pay(&journal, Via::Web, "rani", 9000)), "journal.overdrawn");
    assert_eq!(tab(&journal, "rani"), 8000, "a refusal leaves nothing");
    pay(&journal, Via::Import, "rani", 9000).expect("a report is accepted");
    assert_eq!(tab(&journal, "rani"), -1000);
    let found = journal.read(|view| Ok(ledger::exceptions(view, &village(), book())?)).expect("reads");
    assert_eq!(found, [("tab/rani".to_owned(), Unit::Idr, -1000)]);
    let reversal = reverse(&journal, first).expect("reversed");
    assert_eq!(tab(&journal, "rani"), -6000);
    assert_eq!(refused(reverse(&journal, first)), "journal.reversed_before");
    assert_eq!(refused(reverse(&journal, reversal)), "journal.is_reversal");
    assert_eq!(refused(reverse(&journal, EntryId::new())), "journal.no_entry");
    let (sum,) = journal
        .read(|view| Ok(sql!("SELECT CAST(SUM(balance) AS BIGINT) FROM account").one::<(i64,)>(view)?))
        .expect("reads");
    assert_eq!(sum, 0);
    let before = digest(&journal);
    assert_eq!(refold(&journal, &mut |_, _| {}).expect("folds"), 4);
    assert_eq!(digest(&journal), before);
    assert!(check(&journal).is_sound());
}

#[test]
fn the_same_request_is_booked_once_and_another_content_is_refused() {
    let dir = tempfile::tempdir().expect("a folder");
    let journal = open(dir.path(), WITH_TEA);
    let id = EntryId::new();
    let ask = |rupiah: i64| {
        journal.write(context(Via::Web), move |work| {
            if work.asked(id, &("rani", rupiah))? == Asked::Again {
                return Ok(false);
            }
            let fact = Poured { day: day("2026-03-30"), guest: "rani".into(), rupiah };
            work.record(&permit(), &fact)?;
            work.record(&permit(), &fact)?;
            Ok(true)
        })
    };
    assert!(ask(5000).expect("booked"));
    assert!(!ask(5000).expect("known"));
    assert_eq!(refused(ask(6000)), "journal.other_content");
    assert_eq!(tab(&journal, "rani"), 10_000);
}

#[test]
fn whatever_is_changed_behind_our_back_is_found() {
    let tampered = |text: &'static str| {
        let dir = tempfile::tempdir().expect("a folder");
        let journal = open(dir.path(), WITH_TEA);
        for n in 0..300 {
            pour(&journal, "rani", 1000 + n);
        }
        journal.close();
        behind_our_back(&dir.path().join("simpul.db"), text);
        let report = match try_open(dir.path(), WITH_TEA) {
            Ok(journal) => check(&journal),
            Err(Stop::Fault(fault)) => return vec![fault.advice.expect("advice").code],
            Err(other) => panic!("{other}"),
        };
        report.problems.iter().map(|problem| problem.code).collect()
    };
    assert_eq!(tampered(""), [] as [&str; 0]);
    for (change, code) in [
        (
            "DROP TRIGGER entry_keeps_rows; UPDATE entry SET header = CAST(REPLACE(CAST(header AS TEXT), 'web', 'cli') AS BLOB) WHERE idx = 7",
            "journal.root_differs",
        ),
        (
            "DROP TRIGGER entry_keeps_rows; UPDATE entry SET header = x'00' WHERE idx = 7",
            "journal.header_unreadable",
        ),
        (
            "DROP TRIGGER entry_keeps_rows; UPDATE entry SET id = '7' || SUBSTR(id, 2, 25) WHERE idx = 7",
            "journal.id_changed",
        ),
        (
            "UPDATE body SET bytes = CAST(REPLACE(CAST(bytes AS TEXT), 'rani', 'dewi') AS BLOB) WHERE idx = 7",
            "journal.body_changed",
        ),
        ("DROP TRIGGER entry_loses_none; DELETE FROM entry WHERE idx = 7", "journal.gap"),
        (
            "DROP TRIGGER entry_loses_none; DELETE FROM entry WHERE idx = 299; UPDATE log SET size = 299",
            "journal.entries_missing",
        ),
        ("UPDATE checkpoint SET note = REPLACE(note, '300', '301')", "journal.signature_wrong"),
        ("UPDATE tile SET root = zeroblob(32)", "journal.tile_wrong"),
        ("UPDATE log SET size = 301", "db.damaged"),
    ] {
        assert!(tampered(change).contains(&code), "{change}: {:?}", tampered(change));
    }
}

/// Runs statements on the file as somebody else would, past every guard of ours.
fn behind_our_back(file: &Path, text: &str) {
    let status = std::process::Command::new("python3")
        .arg("-c")
        .arg("import sqlite3,sys; c=sqlite3.connect(sys.argv[1]); c.executescript(sys.argv[2]); c.commit()")
        .arg(file)
        .arg(text)
        .status()
        .expect("Python runs");
    assert!(status.success(), "{text}");
}

fn bytes_of(folder: &Path) -> Vec<u8> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        if entry.path().is_file() {
            all.extend(std::fs::read(entry.path()).expect("reads"));
        }
    }
    all
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

#[test]
fn an_erased_person_is_gone_and_the_sums_stay() {
    let dir = tempfile::tempdir().expect("a folder");
    let away = tempfile::tempdir().expect("a folder");
    let journal = open(dir.path(), WITH_TEA);
    let aminah = name(&journal, "g1", "Aminah Rahayu");
    let dewi = name(&journal, "g2", "Dewi Lestari");
    pour(&journal, "g1", 5000);
    let names = |journal: &Journal| {
        journal
            .read(|view| {
                let names = view.memory(|view| {
                    let mut names = Vec::new();
                    view.each_sealed::<Named>(|_, named| names.push(named.name))?;
                    Ok(names)
                })?;
                Ok(names.as_ref().clone())
            })
            .expect("reads")
    };
    assert_eq!(names(&journal), ["Aminah Rahayu", "Dewi Lestari"]);
    // Before: no plain text on disk even while the name is known.
    assert!(!holds(&bytes_of(dir.path()), "Aminah"));
    let old = away.path().join("old.backup");
    let recipient = Recipient::Passphrase("a long enough phrase".into());
    backup(&journal, NOW, &recipient, &old, &mut |_, _| {}).expect("backs up");
    let root_before = check(&journal).roots;

    journal.erase(context(Via::Cli), aminah, "asked to be forgotten").expect("erases");
    let due = || journal.read(|view| Ok(journal::backup_due(view)?)).expect("reads");
    assert_eq!(
        due(),
        Some(BackupDue { erased: NOW, backup: Some(NOW) }),
        "the old backup is no use any more"
    );
    let new = away.path().join("new.backup");
    backup(&journal, NOW.plus_seconds(1), &recipient, &new, &mut |_, _| {}).expect("backs up");
    assert_eq!(due(), None);
    assert_eq!(names(&journal), ["Dewi Lestari"]);
    assert_eq!(tab(&journal, "g1"), 5000);
    let report = check(&journal);
    assert!(report.is_sound(), "{report:?}");
    assert_eq!((report.absent, report.entries), (1, root_before[0].1 + 1));
    assert!(journal.keys().get(&dewi).expect("reads").is_some());
    assert!(journal.keys().get(&aminah).expect("reads").is_none());
    let before = digest(&journal);
    refold(&journal, &mut |_, _| {}).expect("folds");
    assert_eq!(digest(&journal), before);
    journal.close();
    assert!(!holds(&bytes_of(dir.path()), "Aminah"));

    // The old backup with the new key-encryption key gives nothing back.
    let unlock = || Unlock::Passphrase("a long enough phrase".into());
    let again = away.path().join("again");
    let opening = Open { paths: Paths::folder(&again), chapters: WITH_TEA, progress: &mut |_, _| {} };
    let Err(Stop::Fault(fault)) = journal::restore(
        &old,
        &unlock(),
        journal::Names::Open(Some(&dir.path().join("secret/kek"))),
        opening,
    ) else {
        panic!("an old backup opened with a new key")
    };
    assert_eq!(fault.advice.expect("advice").code, "journal.backup_key_wrong");

    // All but the names comes back, and every sum with it.
    let without = away.path().join("without");
    let opening =
        Open { paths: Paths::folder(&without), chapters: WITH_TEA, progress: Box::leak(Box::new(|_, _| {})) };
    let (restored, _) =
        journal::restore(&old, &unlock(), journal::Names::StaySealed, opening).expect("restores");
    assert_eq!(names(&restored), [""; 0]);
    assert_eq!(tab(&restored, "g1"), 5000);
    assert!(check(&restored).is_sound());
    restored.close();
    assert!(!holds(&bytes_of(&without), "Dewi"));
}

#[test]
fn a_backup_comes_back_whole_and_begins_a_log_of_its_own() {
    let dir = tempfile::tempdir().expect("a folder");
    let journal = open(dir.path(), WITH_TEA);
    name(&journal, "g1", "Aminah Rahayu");
    for n in 0..600 {
        pour(&journal, "g1", 1000 + n);
    }
    reverse(&journal, pour(&journal, "g2", 400)).expect("reversed");
    let file = dir.path().join("one.backup");
    let said = backup(&journal, NOW, &Recipient::Passphrase("a phrase".into()), &file, &mut |_, _| {})
        .expect("backs up");
    assert_eq!((said.entries, said.bodies, said.keys), (603, 603, 1));

    let there = dir.path().join("there");
    let opening = || Open {
        paths: Paths::folder(&there),
        chapters: WITH_TEA,
        progress: Box::leak(Box::new(|_, _| {})),
    };
    let key = dir.path().join("secret/kek");
    let wrong = journal::restore(
        &file,
        &Unlock::Passphrase("another".into()),
        journal::Names::Open(Some(&key)),
        opening(),
    );
    assert!(
        matches!(wrong, Err(Stop::Fault(fault)) if fault.advice.as_ref().is_some_and(|a| a.code == "journal.backup_locked"))
    );
    // A mistyped passphrase leaves nothing in the way of the next attempt, and what was there before it stays.
    std::fs::write(there.join("simpul.toml"), "# settings").expect("writes");
    let again = journal::restore(
        &file,
        &Unlock::Passphrase("another".into()),
        journal::Names::Open(Some(&key)),
        opening(),
    );
    assert!(again.is_err());
    assert!(there.join("simpul.toml").exists());
    // Nor does a restore that the power ended: what it left is taken away.
    std::fs::write(there.join("restoring"), "").expect("writes");
    std::fs::write(there.join("simpul.db"), "half").expect("writes");
    std::fs::write(there.join("keys.db"), "half").expect("writes");
    assert!(Paths::folder(&there).is_half_restored());
    let (restored, found) = journal::restore(
        &file,
        &Unlock::Passphrase("a phrase".into()),
        journal::Names::Open(Some(&key)),
        opening(),
    )
    .expect("restores");
    assert_eq!(found, said);
    assert_eq!(digest(&restored), digest(&journal));
    pour(&restored, "g3", 100);
    let report = check(&restored);
    assert!(report.is_sound(), "{report:?}");
    assert_eq!(report.roots.len(), 2);
    assert_eq!(report.roots[0].1, 603);
    assert_ne!(restored.verifier().vkey(), journal.verifier().vkey());

    // A cut or changed backup says so.
    let bytes = std::fs::read(&file).expect("reads");
    std::fs::write(dir.path().join("cut.backup"), &bytes[..bytes.len() - 10]).expect("writes");
    let opening =
        Open { paths: Paths::folder(dir.path().join("x")), chapters: WITH_TEA, progress: &mut |_, _| {} };
    let cut = journal::restore(
        &dir.path().join("cut.backup"),
        &Unlock::Passphrase("a phrase".into()),
        journal::Names::Open(Some(&key)),
        opening,
    );
    assert!(
        matches!(cut, Err(Stop::Fault(fault)) if fault.advice.as_ref().is_some_and(|a| a.code == "journal.backup_damaged"))
    );
}

#[test]
fn an_unknown_kind_is_set_aside_until_somebody_knows_it() {
    let dir = tempfile::tempdir().expect("a folder");
    let journal = open(dir.path(), WITH_TEA);
    pour(&journal, "rani", 5000);
    let known = digest(&journal);
    journal.close();
    let older = open(dir.path(), WITHOUT_TEA);
    refold(&older, &mut |_, _| {}).expect("folds");
    let parked =
        older.read(|view| Ok(sql!("SELECT kind FROM parked").all::<(String,)>(view)?)).expect("reads");
    assert_eq!(parked, [("tea.poured/1".to_owned(),)]);
    assert!(check(&older).is_sound());
    older.close();
    let newer = open(dir.path(), WITH_TEA);
    assert_eq!(digest(&newer), known);
}

#[test]
fn every_entry_has_a_proof_that_leads_to_the_signed_root() {
    let dir = tempfile::tempdir().expect("a folder");
    let journal = open(dir.path(), WITH_TEA);
    let ids: Vec<EntryId> = (0..520).map(|n| pour(&journal, "rani", 1000 + n)).collect();
    journal.close();
    let journal = open(dir.path(), WITH_TEA);
    let out = dir.path().join("export");
    let summary = export_log(&journal, &out, None).expect("exports");
    assert_eq!(summary.entries, 520);
    for id in [ids[0], ids[255], ids[256], ids[519]] {
        let text = proof(&journal, id).expect("a proof");
        let (_, note) = text.split_once("\n\n").expect("a checkpoint");
        let checkpoint = journal.verifier().check(note).expect("signed");
        assert_eq!(checkpoint.size, 520);
        assert!(text.starts_with("c2sp.org/tlog-proof@v1\nextra "));
    }
}

#[test]
fn two_programs_write_the_same_log() {
    let dir = tempfile::tempdir().expect("a folder");
    let (one, two) = (open(dir.path(), WITH_TEA), open(dir.path(), WITH_TEA));
    for _ in 0..20 {
        pour(&one, "rani", 100);
        pour(&two, "rani", 10);
    }
    assert_eq!(tab(&one, "rani"), 2200);
    let report = check(&two);
    assert!(report.is_sound(), "{report:?}");
    assert_eq!(report.entries, 40);
}

#[test]
fn tables_that_were_changed_or_damaged_are_found() {
    let dir = tempfile::tempdir().expect("a folder");
    let file = dir.path().join("simpul.db");
    let journal = open(dir.path(), WITH_TEA);
    for n in 0..300 {
        pour(&journal, &format!("g{}", n % 40), 1000 + n);
    }
    journal.close();
    let look = || {
        let journal = open(dir.path(), WITH_TEA);
        let mut report = check(&journal);
        assert!(report.is_sound(), "the entries are as they were");
        journal::verify_tables(&journal, &mut report).expect("looks");
        journal.close();
        report.tables
    };
    assert_eq!(look(), [""; 0]);
    behind_our_back(&file, "UPDATE transfer SET qty = qty + 7 WHERE qty = 1007");
    assert_eq!(look(), ["journal.balance_differs"]);
    behind_our_back(&file, "UPDATE transfer SET qty = 1007 WHERE qty = 1014");
    let pages = std::fs::read(&file).expect("reads");
    let at = pages.windows(3).rposition(|word| word == b"g39").expect("a page of tables") / 4096 * 4096;
    let mut damaged = pages.clone();
    damaged[at + 8..at + 48].fill(0xee);
    std::fs::write(&file, damaged).expect("writes");
    assert!(look().contains(&"journal.pages_damaged"));
}

#[test]
fn a_new_log_that_was_not_committed_is_begun_again() {
    let dir = tempfile::tempdir().expect("a folder");
    let journal = open(dir.path(), WITH_TEA);
    pour(&journal, "rani", 100);
    let vkey = journal.verifier().vkey().to_owned();
    journal.close();
    let (key, next) = (dir.path().join("secret/writer-1"), dir.path().join("secret/writer-1.next"));
    // The power went after the commit, before the key had its name.
    std::fs::rename(&key, &next).expect("renames");
    let journal = open(dir.path(), WITH_TEA);
    assert_eq!(journal.verifier().vkey(), vkey);
    journal.close();
    assert!(key.exists() && !next.exists());
    // It went before the commit: a key of a log that is nowhere.
    std::fs::remove_file(&key).expect("removes");
    std::fs::write(dir.path().join("secret/writer-2.next"), [7; 32]).expect("writes");
    let journal = open(dir.path(), WITH_TEA);
    pour(&journal, "rani", 10);
    let report = check(&journal);
    assert!(report.is_sound() && report.roots.len() == 2, "{report:?}");
    journal.close();
}

#[test]
fn a_log_that_another_program_ended_is_not_written_any_more() {
    let dir = tempfile::tempdir().expect("a folder");
    let one = open(dir.path(), WITH_TEA);
    pour(&one, "rani", 100);
    // Without its writer's key, as after a copy, the second one ends the log and begins another.
    std::fs::rename(dir.path().join("secret/writer-1"), dir.path().join("writer-1")).expect("renames");
    let two = open(dir.path(), WITH_TEA);
    pour(&two, "rani", 10);
    let Err(Stop::Fault(fault)) = pay(&one, Via::Web, "rani", 5) else { panic!("an ended log was written") };
    assert_eq!(fault.advice.expect("advice").code, "journal.log_ended");
    let report = check(&two);
    assert!(report.is_sound(), "{report:?}");
    assert_eq!((report.roots.len(), report.entries), (2, 2));
}

#[test]
fn names_stay_in_memory_behind_a_log_that_ended() {
    let dir = tempfile::tempdir().expect("a folder");
    let one = open(dir.path(), WITH_TEA);
    name(&one, "rani", "Rani");
    one.close();
    std::fs::remove_file(dir.path().join("secret/writer-1")).expect("removes");
    let two = open(dir.path(), WITH_TEA);
    let made = || {
        let mut made = false;
        two.read(|view| {
            view.memory(|_| {
                made = true;
                Ok(7_u64)
            })?;
            Ok(())
        })
        .expect("reads");
        made
    };
    assert!(made() && !made(), "made once, then remembered");
    pour(&two, "rani", 10);
    assert!(!made(), "an entry about nobody changes nothing");
    name(&two, "dewi", "Dewi");
    assert!(made());
}

#[derive(Debug, Clone)]
enum Step {
    Pour(u8, i64),
    Pay(u8, i64),
    Reverse(usize),
}

fn steps() -> impl proptest::strategy::Strategy<Value = Vec<Step>> {
    use proptest::prelude::*;
    let step = prop_oneof![
        3 => (0u8..3, 1i64..5000).prop_map(|(guest, rupiah)| Step::Pour(guest, rupiah)),
        2 => (0u8..3, 1i64..5000).prop_map(|(guest, rupiah)| Step::Pay(guest, rupiah)),
        2 => (0usize..12).prop_map(Step::Reverse),
    ];
    proptest::collection::vec(step, 1..25)
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(24))]

    /// Whatever order entries arrive in, and however often, the tables are the same: also when two sites take back
    /// the same entry without knowing of each other, and when a reversal comes before its target.
    #[test]
    fn tables_do_not_depend_on_the_order_of_arrival(steps in steps(), seed in 0u64..1000) {
        let dir = tempfile::tempdir().expect("a folder");
        let (here, there, third) = (dir.path().join("a"), dir.path().join("b"), dir.path().join("c"));
        let (here, there) = (open(&here, WITH_TEA), open(&there, WITH_TEA));
        let mut done = Vec::new();
        for step in steps {
            match step {
                Step::Pour(guest, rupiah) => done.push(pour(&here, &format!("g{guest}"), rupiah)),
                Step::Pay(guest, rupiah) => {
                    done.extend(pay(&here, Via::Import, &format!("g{guest}"), rupiah));
                }
                Step::Reverse(n) => {
                    if let Some(target) = done.get(n) {
                        there.adopt(context(Via::Sync), here.entries().expect("reads")).expect("adopts");
                        let _ = reverse(&there, *target);
                        let _ = reverse(&here, *target);
                    }
                }
            }
        }
        let mut entries = here.entries().expect("reads");
        entries.extend(there.entries().expect("reads"));
        here.adopt(context(Via::Sync), entries.clone()).expect("adopts");
        there.adopt(context(Via::Sync), entries.clone()).expect("adopts");
        proptest::prop_assert_eq!(digest(&here), digest(&there));

        let mut state = seed;
        for n in (1..entries.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            entries.swap(n, (state >> 33) as usize % (n + 1));
        }
        let third = open(&third, WITH_TEA);
        third.adopt(context(Via::Sync), entries).expect("adopts");
        proptest::prop_assert_eq!(digest(&third), digest(&here));
        refold(&third, &mut |_, _| {}).expect("folds");
        proptest::prop_assert_eq!(digest(&third), digest(&here));
    }
}
