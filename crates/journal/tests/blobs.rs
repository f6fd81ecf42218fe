//! Attachments: a small chapter of photographs that people bring to the village hall.

use std::io::{Cursor, Read};
use std::path::Path;
use std::time::{Duration, SystemTime};

use journal::*;
use kernel::{EntryId, Fault, Instant, Permit, Scope, Stop};
use serde::{Deserialize, Serialize};

kernel::deeds! { DEEDS:
    /// Hang photographs.
    Hang "hall.hang" by Administrator;
}

#[derive(Debug, Serialize, Deserialize)]
struct Hung {
    title: String,
}

#[derive(Debug, Serialize, Deserialize)]
struct Lent {
    title: String,
}

facts! { Fact "hall":
    /// A photograph hangs in the hall.
    Hung "hall.hung/1" Open by Hang;
    /// A photograph that is not for everybody.
    Lent "hall.lent/1" Org by Hang;
}

static HALL: Chapter = Chapter {
    name: "hall",
    kinds: Fact::KINDS,
    tables: "",
    version: 1,
    local: "",
    local_kept: &[],
    fold: |_, entry| Fact::read(entry).map(|fact| fact.map_or(Folded::UnknownKind, |_| Folded::Done)),
    forget: None,
    check: None,
};

static CHAPTERS: &[&Chapter] = &[&HALL];

const NOW: Instant = Instant::from_micros(1_774_976_400_000_000);

fn opening(folder: &Path) -> Open<'static> {
    Open { paths: Paths::folder(folder), chapters: CHAPTERS, progress: Box::leak(Box::new(|_, _| {})) }
}

fn open(folder: &Path) -> Journal {
    Journal::open(opening(folder)).expect("opens")
}

fn permit() -> Permit<Hang> {
    Context::operator_permit(&Scope::site()).expect("the operator may")
}

fn keep(journal: &Journal, bytes: &[u8]) -> Blob {
    journal.blobs().keep(&mut Cursor::new(bytes), "image/png").expect("kept")
}

fn hang(journal: &Journal, blobs: Vec<Blob>) -> Result<EntryId, Stop> {
    journal.write(Context::operator(Via::Cli, NOW), move |work| {
        work.record_with(&permit(), &Hung { title: "Rice terraces".to_owned() }, &blobs)
    })
}

fn files(folder: &Path) -> usize {
    let inside =
        |folder: &Path| std::fs::read_dir(folder).into_iter().flatten().flatten().map(|file| file.path());
    inside(&folder.join("blobs")).map(|folder| inside(&folder).count()).sum()
}

fn check(journal: &Journal) -> Report {
    journal::verify(journal, &mut |_, _| {}).expect("verifies")
}

#[test]
fn the_same_bytes_are_one_file_and_the_header_names_them() {
    let dir = tempfile::tempdir().expect("a folder");
    let journal = open(dir.path());
    let (one, two) = (keep(&journal, b"rice"), keep(&journal, b"rice"));
    assert_eq!((&one, files(dir.path())), (&two, 1));
    assert_eq!(one.size, 4);
    hang(&journal, vec![one.clone()]).expect("hung");
    hang(&journal, vec![one.clone(), keep(&journal, b"")]).expect("hung");
    let (header, _) = journal.entries().expect("entries").remove(0);
    assert_eq!(Header::read(&header).expect("a header").att, [one.sha256]);
    assert_eq!(journal.read(|view| Ok(journal::blob(view, &one.sha256)?)).expect("reads"), Some(one.clone()));
    let report = check(&journal);
    assert!(report.is_sound() && report.blobs == 2, "{report:?}");
    let many = vec![one; 101];
    let Err(Stop::Refused(refused)) = hang(&journal, many) else { panic!("it was recorded") };
    assert_eq!(refused.code, "journal.too_many_attached");
}

/// Bytes that stop coming: the connection broke.
struct Broken(usize);
impl Read for Broken {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        match self.0 {
            0 => Err(std::io::Error::other("the line broke")),
            left => {
                self.0 -= 1;
                into[..left.min(10)].fill(7);
                Ok(left.min(10))
            }
        }
    }
}

#[test]
fn what_breaks_off_leaves_nothing() {
    let dir = tempfile::tempdir().expect("a folder");
    let journal = open(dir.path());
    journal.blobs().keep(&mut Broken(5), "image/png").expect_err("broke off");
    assert_eq!(files(dir.path()), 0);
}

#[test]
fn a_file_that_no_entry_names_goes_after_a_day() {
    let dir = tempfile::tempdir().expect("a folder");
    let journal = open(dir.path());
    let (named, young, old) = (keep(&journal, b"named"), keep(&journal, b"young"), keep(&journal, b"old"));
    hang(&journal, vec![named.clone()]).expect("hung");
    std::fs::write(dir.path().join("blobs/coming/half"), "ha").expect("writes");
    let aged = |path: &Path| {
        let file = std::fs::File::options().append(true).open(path).expect("opens");
        file.set_modified(SystemTime::now() - Duration::from_secs(25 * 3600)).expect("aged");
    };
    let blobs = journal.blobs();
    for path in [blobs.path(&named.sha256), blobs.path(&old.sha256), dir.path().join("blobs/coming/half")] {
        aged(&path);
    }
    journal.close();
    let journal = open(dir.path());
    assert!(blobs.holds(&named.sha256) && blobs.holds(&young.sha256) && !blobs.holds(&old.sha256));
    assert_eq!(files(dir.path()), 2);
    // Brought once more just before a start, an old one stays.
    aged(&blobs.path(&young.sha256));
    keep(&journal, b"young");
    journal.close();
    open(dir.path());
    assert!(blobs.holds(&young.sha256));
}

#[test]
fn an_attachment_that_is_missing_or_altered_is_named() {
    let dir = tempfile::tempdir().expect("a folder");
    let journal = open(dir.path());
    let (gone, other) = (keep(&journal, b"gone"), keep(&journal, b"other"));
    hang(&journal, vec![gone.clone(), other.clone()]).expect("hung");
    std::fs::remove_file(journal.blobs().path(&gone.sha256)).expect("removed");
    std::fs::write(journal.blobs().path(&other.sha256), "OTHER").expect("altered");
    let mut found: Vec<_> = check(&journal)
        .problems
        .into_iter()
        .map(|problem| (problem.code, problem.idx, problem.blob))
        .collect();
    found.sort();
    assert_eq!(
        found,
        [
            ("journal.blob_altered", Some(0), Some(other.sha256)),
            ("journal.blob_missing", Some(0), Some(gone.sha256))
        ]
    );
    // The entry is readable, and whoever brings the file again mends it.
    refold(&journal, &mut |_, _| {}).expect("folds");
    keep(&journal, b"gone");
    keep(&journal, b"other");
    assert!(check(&journal).is_sound());
}

#[test]
fn a_backup_brings_attachments_back_and_says_what_it_had_not() -> Result<(), Fault> {
    let dir = tempfile::tempdir().expect("a folder");
    let home = dir.path().join("home");
    let journal = open(&home);
    let large: Vec<u8> = (0..3_000_000u32).map(|n| (n % 251) as u8).collect();
    let (whole, gone, altered) =
        (keep(&journal, &large), keep(&journal, b"gone"), keep(&journal, b"altered"));
    let empty = keep(&journal, b"");
    hang(&journal, vec![whole.clone(), gone.clone(), altered.clone(), empty.clone()]).expect("hung");
    keep(&journal, b"nobody names it, so no backup has it");
    std::fs::remove_file(journal.blobs().path(&gone.sha256)).expect("removed");
    std::fs::write(journal.blobs().path(&altered.sha256), "ALTERED").expect("altered");
    let file = dir.path().join("one.backup");
    let said = backup(&journal, NOW, &Recipient::Passphrase("a phrase".into()), &file, &mut |_, _| {});
    assert_eq!(said.expect("backs up").blobs, 3);

    let there = dir.path().join("there");
    let unlock = |phrase: &str| Unlock::Passphrase(phrase.to_owned());
    let names = || Names::Open(None);
    std::fs::create_dir_all(there.join("secret")).expect("a folder");
    std::fs::copy(home.join("secret/kek"), there.join("secret/kek")).expect("copied");
    let (restored, _) = restore(&file, &unlock("a phrase"), names(), opening(&there)).expect("restores");
    assert_eq!(std::fs::read(restored.blobs().path(&whole.sha256)).expect("reads"), large);
    assert_eq!(restored.blobs().check(&empty.sha256)?, Kept::Whole);
    assert_eq!(files(&there), 2);
    let codes: Vec<_> = check(&restored).problems.iter().map(|problem| problem.code).collect();
    assert_eq!(codes, ["journal.blob_missing", "journal.blob_missing"]);
    Ok(())
}

#[test]
fn an_exported_log_carries_what_everybody_may_read() {
    let dir = tempfile::tempdir().expect("a folder");
    let journal = open(&dir.path().join("home"));
    let (open_to_all, ours) = (keep(&journal, b"for everybody"), keep(&journal, b"for us"));
    hang(&journal, vec![open_to_all.clone()]).expect("hung");
    let lent = vec![ours.clone()];
    journal
        .write(Context::operator(Via::Cli, NOW), move |work| {
            work.record_with(&permit(), &Lent { title: "x".to_owned() }, &lent)
        })
        .expect("lent");
    journal.close();
    let journal = open(&dir.path().join("home"));
    let out = dir.path().join("out");
    let said = export_log(&journal, &out, None).expect("exported");
    assert_eq!((said.entries, said.blobs, files(&out)), (2, 1, 1));
    let name = open_to_all.sha256.to_string();
    assert_eq!(
        std::fs::read(out.join("blobs").join(&name[..2]).join(&name[2..])).expect("reads"),
        b"for everybody"
    );
}
