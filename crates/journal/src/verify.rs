//! Reading every entry again and comparing: ids, bodies, tree, tiles, checkpoints, signatures.

use std::collections::{BTreeMap, HashMap, HashSet};

use db::{Tx, sql};
use kernel::{EntryId, Fault, Stop};

use crate::blob::Kept;
use crate::body::read_plain;
use crate::chapter::{Kinds, read_fact};
use crate::hash::{Hash, KeyId};
use crate::header::Header;
use crate::note::{Checkpoint, Verifier};
use crate::open::Journal;
use crate::refold::{self, Progress};
use crate::reversal::{ERASED, Erased};
use crate::tree::{Edge, leaf_hash};

/// Something that should not be.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Problem {
    /// The log.
    pub log: i64,
    /// The entry, if it concerns one.
    pub idx: Option<i64>,
    /// The key of the sentence: `journal.header_changed`.
    pub code: &'static str,
    /// The attachment, if it concerns one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub blob: Option<Hash>,
}

/// What a verification found.
#[derive(Debug, Clone, Default, serde::Serialize)]
pub struct Report {
    /// Entries read.
    pub entries: u64,
    /// Bodies that agree with their header.
    pub bodies: u64,
    /// Bodies that are not here, since the person's erasure was ordered.
    pub absent: u64,
    /// Sealed bodies whose key is neither in `keys.db` nor was erased: names that nobody can read.
    pub keyless: u64,
    /// Sealed bodies whose key a restore without names left behind.
    pub given_up: u64,
    /// Attachments that are what was attached.
    pub blobs: u64,
    /// Signed checkpoints that agree with the tree.
    pub checkpoints: u64,
    /// Entries that came after the newest checkpoint of their log.
    pub unsigned: u64,
    /// For each log: origin, size, root.
    pub roots: Vec<(String, u64, Hash)>,
    /// The first problems, at most a hundred.
    pub problems: Vec<Problem>,
    /// What is wrong with the tables that follow from the entries, as keys of sentences. Only [`verify_tables`] looks.
    pub tables: Vec<&'static str>,
    /// The tables that nothing was compared with. Only a refold proves them.
    pub uncompared: Vec<&'static str>,
    #[serde(skip)]
    kinds: Kinds,
    /// The keys whose erasure the logs order.
    #[serde(skip)]
    ordered: HashSet<KeyId>,
    /// Signed checkpoints, whether or not they agree.
    #[serde(skip)]
    signed: usize,
    /// The keys that are here.
    #[serde(skip)]
    keys: HashSet<KeyId>,
    /// The attachments that the headers name, each with the first entry that does.
    #[serde(skip)]
    attached: BTreeMap<Hash, (i64, i64)>,
}

/// At most so many problems are told.
const TOLD: usize = 100;

impl Report {
    /// Whether nothing is wrong.
    pub fn is_sound(&self) -> bool {
        self.problems.is_empty() && self.tables.is_empty() && self.keyless == 0
    }
    fn tell(&mut self, log: i64, idx: Option<i64>, code: &'static str) {
        if self.problems.len() < TOLD {
            self.problems.push(Problem { log, idx, code, blob: None });
        }
    }
}

/// Verifies every log of the site in one snapshot.
pub fn verify(journal: &Journal, progress: Progress<'_>) -> Result<Report, Stop> {
    // The entries first: whoever is in them had a key before.
    let mut report = journal.store.read(|tx| {
        sql!("SELECT COUNT(*) FROM log").one::<(i64,)>(tx)?;
        let keys = journal.keys().names()?;
        Ok(verify_in(tx, keys, progress)?)
    })?;
    report.keys.clear();
    for (sha256, (log, idx)) in std::mem::take(&mut report.attached) {
        let code = match journal.blobs().check(&sha256)? {
            Kept::Whole => {
                report.blobs += 1;
                continue;
            }
            Kept::Missing => "journal.blob_missing",
            Kept::Altered => "journal.blob_altered",
        };
        if report.problems.len() < TOLD {
            report.problems.push(Problem { log, idx: Some(idx), code, blob: Some(sha256) });
        }
    }
    Ok(report)
}

/// Looks at the tables that follow from the entries: whether the file of the database is whole, whether accounts and
/// transfers agree, whether the erasures are those that were ordered, and what each chapter compares of its own. Whether
/// the tables say what the entries say, only a refold can tell. `report` is what [`verify`] found.
pub fn verify_tables(journal: &Journal, report: &mut Report) -> Result<(), Stop> {
    journal.store.read(|tx| {
        if !tx.is_whole()? {
            report.tables.push("journal.pages_damaged");
            return Ok(());
        }
        let (differing,) = sql!(
            "WITH side AS (
                 SELECT village, book, debit AS path, unit, SUM(qty) AS qty, 0 AS kept FROM transfer
                 GROUP BY village, book, debit, unit
                 UNION ALL
                 SELECT village, book, credit, unit, -SUM(qty), 0 FROM transfer GROUP BY village, book, credit, unit
                 UNION ALL
                 SELECT village, book, path, unit, -balance, 1 FROM account)
             SELECT COUNT(*) FROM (SELECT path FROM side GROUP BY village, book, path, unit
                                   HAVING SUM(qty) <> 0 OR SUM(kept) <> 1) wrong"
        )
        .one::<(i64,)>(tx)?;
        if differing > 0 {
            report.tables.push("journal.balance_differs");
        }
        if report.entries > 0 && report.signed == 0 {
            report.tables.push("journal.nothing_signed");
        }
        let erased: HashSet<KeyId> =
            sql!("SELECT key FROM erased").all::<(KeyId,)>(tx)?.into_iter().map(|(key,)| key).collect();
        if erased != report.ordered {
            report.tables.push("journal.erased_differs");
        }
        let mut compared = vec!["account", "transfer", "erased"];
        for check in journal.chapters().iter().filter_map(|chapter| chapter.check.as_ref()) {
            report.tables.extend((check.run)(tx, &report.kinds)?);
            compared.extend(check.tables);
        }
        report.uncompared =
            refold::tables(journal.chapters()).filter(|table| !compared.contains(table)).collect();
        Ok(())
    })
}

fn verify_in(tx: &mut Tx<'_>, keys: HashSet<KeyId>, progress: Progress<'_>) -> Result<Report, Fault> {
    let mut report = Report { keys, ..Report::default() };
    let logs =
        sql!("SELECT n, origin, vkey, size FROM log ORDER BY n").all::<(i64, String, String, i64)>(tx)?;
    let total = logs.iter().map(|(_, _, _, size)| *size as u64).sum();
    for (log, origin, vkey, size) in logs {
        verify_log(tx, log, &origin, &vkey, size as u64, &mut report, total, progress)?;
    }
    Ok(report)
}

#[allow(clippy::too_many_arguments)]
fn verify_log(
    tx: &mut Tx<'_>,
    log: i64,
    origin: &str,
    vkey: &str,
    size: u64,
    report: &mut Report,
    total: u64,
    progress: Progress<'_>,
) -> Result<(), Fault> {
    let signed = signed_roots(tx, log, origin, vkey, report)?;
    report.signed += signed.len();
    let mut tiles: HashMap<(u8, u64), Hash> = sql!("SELECT level, n, root FROM tile WHERE log = ?1")
        .bind(&log)
        .all::<(i64, i64, [u8; 32])>(tx)?
        .into_iter()
        .map(|(level, n, root)| ((level as u8, n as u64), Hash(root)))
        .collect();
    let erased = erased_keys(tx)?;
    let given_up: HashSet<KeyId> =
        sql!("SELECT key FROM given_up").all::<(KeyId,)>(tx)?.into_iter().map(|(key,)| key).collect();
    let mut edge = Edge::default();
    let mut newest = 0;
    let mut checked = 0;
    sql!(
        "SELECT e.idx, e.id, e.header, b.bytes FROM entry e
         LEFT JOIN body b ON b.log = e.log AND b.idx = e.idx WHERE e.log = ?1 ORDER BY e.idx"
    )
    .bind(&log)
    .each(tx, |row| {
        let idx: i64 = row.get(0)?;
        if idx as u64 != edge.size() {
            report.tell(log, Some(idx), "journal.gap");
        }
        let header: Vec<u8> = row.get(2)?;
        match Header::read(&header) {
            Err(_) => report.tell(log, Some(idx), "journal.header_unreadable"),
            Ok(read) => {
                if row.get::<EntryId>(1)? != read.id {
                    report.tell(log, Some(idx), "journal.id_changed");
                }
                *report.kinds.entry(read.kind.to_string()).or_default() += 1;
                for sha256 in &read.att {
                    report.attached.entry(*sha256).or_insert((log, idx));
                }
                match row.get::<Option<Vec<u8>>>(3)? {
                    None if read.key.is_some_and(|key| erased.contains(&key)) => report.absent += 1,
                    None => report.tell(log, Some(idx), "journal.body_missing"),
                    Some(body) if body.len() == read.len as usize && Hash::of(&[&body]) == read.body => {
                        report.bodies += 1;
                        if read.kind == ERASED
                            && let Some(json) = read_plain(&body)
                        {
                            report.ordered.insert(read_fact::<Erased>(read.id, ERASED, json)?.key);
                        }
                        match read.key {
                            Some(key) if report.keys.contains(&key) || erased.contains(&key) => {}
                            Some(key) if given_up.contains(&key) => report.given_up += 1,
                            Some(_) => report.keyless += 1,
                            None => {}
                        }
                    }
                    Some(_) => report.tell(log, Some(idx), "journal.body_changed"),
                }
            }
        }
        edge.push(leaf_hash(&header), |tile| match tiles.remove(&(tile.level, tile.n)) {
            Some(root) if root == tile.root => {}
            _ => report.tell(log, Some(idx), "journal.tile_wrong"),
        });
        if let Some(root) = signed.get(&edge.size()) {
            if *root == edge.root() {
                report.checkpoints += 1;
                newest = edge.size();
            } else {
                report.tell(log, Some(idx), "journal.root_differs");
            }
            checked += 1;
        }
        report.entries += 1;
        if report.entries.is_multiple_of(20_000) {
            progress(report.entries, total);
        }
        Ok(())
    })?;
    if edge.size() != size {
        report.tell(log, None, "journal.size_differs");
    }
    if checked < signed.len() {
        report.tell(log, None, "journal.entries_missing");
    }
    if !tiles.is_empty() {
        report.tell(log, None, "journal.tile_wrong");
    }
    report.unsigned += edge.size() - newest;
    report.roots.push((origin.to_owned(), edge.size(), edge.root()));
    progress(report.entries, total);
    Ok(())
}

/// The keys whose erasure was ordered, as far as the order is in a log.
pub(crate) fn erased_keys(tx: &mut Tx<'_>) -> Result<HashSet<KeyId>, Fault> {
    let orders = sql!("SELECT x.key, e.header FROM erased x JOIN entry e ON e.id = x.entry")
        .all::<(KeyId, Vec<u8>)>(tx)?;
    let ordered = |header: &[u8]| Header::read(header).is_ok_and(|header| header.kind == ERASED);
    Ok(orders.into_iter().filter(|(_, header)| ordered(header)).map(|(key, _)| key).collect())
}

/// The roots that were signed, by size.
fn signed_roots(
    tx: &mut Tx<'_>,
    log: i64,
    origin: &str,
    vkey: &str,
    report: &mut Report,
) -> Result<HashMap<u64, Hash>, Fault> {
    let mut signed = HashMap::new();
    let Some(verifier) = Verifier::read(vkey) else {
        report.tell(log, None, "journal.vkey_unreadable");
        return Ok(signed);
    };
    let notes = sql!("SELECT size, note FROM checkpoint WHERE log = ?1 ORDER BY size")
        .bind(&log)
        .all::<(i64, String)>(tx)?;
    for (size, note) in notes {
        match verifier.check(&note) {
            Some(Checkpoint { origin: said, size: said_size, root })
                if said == origin && said_size == size as u64 =>
            {
                signed.insert(said_size, root);
            }
            _ => report.tell(log, Some(size), "journal.signature_wrong"),
        }
    }
    Ok(signed)
}
