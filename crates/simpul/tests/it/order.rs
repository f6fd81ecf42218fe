//! What every story proves on the side: the tables do not depend on the order in which entries arrive, nor on the
//! database, and folding again gives the same rows.

use db::sql;
use journal::{Context, Journal, Open, Paths, Via};
use kernel::Instant;

/// Gives the entries of a site to a fresh one in another order and compares every derived row; then folds again and
/// compares once more.
pub fn does_not_matter(journal: &Journal, folder: &std::path::Path) {
    balances_are_their_transfers(journal);
    let mut entries = journal.entries().expect("reads");
    let expected = rows(journal);
    let other = tempfile::tempdir().expect("a folder");
    std::fs::create_dir_all(other.path().join("secret")).expect("a folder");
    for file in ["keys.db", "keys.db-wal", "secret/kek"] {
        let _ = std::fs::copy(folder.join(file), other.path().join(file));
    }
    copy(&folder.join("blobs"), &other.path().join("blobs"));
    let paths = Paths::folder(other.path());
    let opened = Journal::open(Open { paths, chapters: journal.chapters(), progress: &mut |_, _| {} });
    let fresh = opened.expect("a journal with the same keys");
    let mut state = entries.len() as u64;
    for n in (1..entries.len()).rev() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        entries.swap(n, (state >> 33) as usize % (n + 1));
    }
    fresh.adopt(Context::operator(Via::Sync, Instant::from_micros(0)), entries).expect("adopts");
    same(&rows(&fresh), &expected, "in another order");
    journal::refold(&fresh, &mut |_, _| {}).expect("folds");
    same(&rows(&fresh), &expected, "folded again");
    assert!(journal::verify(&fresh, &mut |_, _| {}).expect("reads").is_sound());
    fresh.close();
}

/// The attachments, which no entry carries.
fn copy(from: &std::path::Path, to: &std::path::Path) {
    for entry in std::fs::read_dir(from).into_iter().flatten().flatten() {
        std::fs::create_dir_all(to).expect("a folder");
        match entry.path().is_dir() {
            true => copy(&entry.path(), &to.join(entry.file_name())),
            false => drop(std::fs::copy(entry.path(), to.join(entry.file_name())).expect("copies")),
        }
    }
}

/// Every balance is what its transfers come to, and all of a unit come to nothing.
fn balances_are_their_transfers(journal: &Journal) {
    let wrong = journal.read(|view| {
        Ok(sql!(
            "SELECT a.path, a.unit, a.balance, CAST(COALESCE(SUM(CASE WHEN t.debit = a.path THEN t.qty ELSE -t.qty END), 0) AS BIGINT)
             FROM account a LEFT JOIN transfer t
             ON t.village = a.village AND t.book = a.book AND t.unit = a.unit AND (t.debit = a.path OR t.credit = a.path)
             GROUP BY a.village, a.book, a.path, a.unit, a.balance ORDER BY a.path, a.unit"
        )
        .all::<(String, String, i64, i64)>(view)?)
    });
    let all = wrong.expect("reads");
    for (path, unit, balance, sum) in &all {
        assert_eq!(balance, sum, "{path} {unit}");
    }
    for unit in all.iter().map(|row| &row.1) {
        assert_eq!(all.iter().filter(|row| row.1 == *unit).map(|row| row.2).sum::<i64>(), 0, "{unit}");
    }
}

/// Every row that follows from the entries.
fn rows(journal: &Journal) -> Vec<String> {
    let read = journal.read(|view| {
        let mut all = Vec::new();
        let own = ["reversal", "erased", "account", "transfer"].map(str::to_owned);
        let chapters = journal.chapters().iter().flat_map(|chapter| db::table_names(chapter.tables));
        for table in own.into_iter().chain(chapters) {
            all.extend(view.dump(&table)?.into_iter().map(|row| format!("{table}: {row}")));
        }
        Ok(all)
    });
    read.expect("reads")
}

fn same(found: &[String], expected: &[String], when: &str) {
    let differs = found.iter().zip(expected).find(|(one, other)| one != other);
    assert!(
        differs.is_none() && found.len() == expected.len(),
        "{when}: {} rows, {} expected; {differs:?}",
        found.len(),
        expected.len()
    );
}
