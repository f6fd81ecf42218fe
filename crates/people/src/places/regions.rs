//! Loading the national list of places: all of it or nothing, in one transaction.

use std::collections::BTreeMap;

use db::{Tx, sql};
use journal::{Context, Hash, Journal};
use kernel::{Fault, Level, Permit, PlaceCode, Refused, Stop};
use serde::Serialize;

use super::ImportRegions;
use super::facts::RegionsImported;
use super::rules::{Refusal, region_code};
use super::tables;
use crate::sheet::{self, Sheet};
use crate::steps;

/// What came of loading the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RegionsSummary {
    /// How many places the file has.
    pub rows: usize,
    /// Of these the provinces, regencies and cities, districts, villages.
    pub by_level: [usize; 4],
    /// The very same file was loaded before, so nothing was done.
    pub again: bool,
}

/// Loads the national list from a file with the columns `code` and `name`, in place of what was there. `progress` hears
/// how many places are written, and of how many.
pub fn import_regions(
    journal: &Journal,
    context: Context,
    permit: Permit<ImportRegions>,
    file: &[u8],
    name: &str,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<RegionsSummary, Stop> {
    let regions = read(&sheet::read(file, name)?)?;
    let fact = RegionsImported {
        source: name.to_owned(),
        sha256: Hash::of(&[file]).to_string(),
        rows: regions.len() as i64,
    };
    let by_level = [Level::Province, Level::Regency, Level::District, Level::Village]
        .map(|level| regions.keys().filter(|code| code.level() == level).count());
    let rows = regions.len();
    let summary = RegionsSummary { rows, by_level, again: false };
    steps::write(journal, context, rows as u64, progress, move |work, told| {
        if tables::source(work)?.is_some_and(|source| source.sha256 == fact.sha256) {
            return Ok(RegionsSummary { again: true, ..summary });
        }
        replace(work, &regions, told)?;
        sql!("DELETE FROM region_source").run(work)?;
        sql!("INSERT INTO region_source (sha256, source, rows) VALUES (?1, ?2, ?3)")
            .bind(&fact.sha256)
            .bind(&fact.source)
            .bind(&fact.rows)
            .run(work)?;
        work.record(&permit, &fact)?;
        Ok(summary)
    })
}

/// The places of the file by their codes; the first line that is wrong is refused.
fn read(sheet: &Sheet) -> Result<BTreeMap<PlaceCode, String>, Refused> {
    let code_at = sheet.require(&["code", "kode", "kode_wilayah", "코드"])?;
    let name_at = sheet.require(&["name", "nama", "nama_wilayah", "이름"])?;
    let mut regions = BTreeMap::new();
    for row in &sheet.rows {
        let (line, code, name) = (row.line, row.cell(code_at), row.cell(name_at));
        let wrong = || Refusal::WrongCode { line, code: code.to_owned() };
        let place = region_code(code).ok_or_else(wrong)?;
        if name.is_empty() {
            return Err(Refusal::Nameless { line, code: code.to_owned() }.into());
        }
        if regions.insert(place, name.to_owned()).is_some() {
            return Err(Refusal::CodeTwice { line, code: code.to_owned() }.into());
        }
    }
    for row in &sheet.rows {
        let parent = region_code(row.cell(code_at)).and_then(|place| place.parent());
        if let Some(parent) =
            parent.filter(|parent| parent.level() >= Level::Province && !regions.contains_key(parent))
        {
            let (line, code) = (row.line, row.cell(code_at).to_owned());
            return Err(Refusal::NoParent { line, code, parent: parent.to_string() }.into());
        }
    }
    Ok(regions)
}

fn replace(
    tx: &mut Tx<'_>,
    regions: &BTreeMap<PlaceCode, String>,
    written: &dyn Fn(u64),
) -> Result<(), Fault> {
    sql!("DELETE FROM region").run(tx)?;
    let rows: Vec<(&PlaceCode, &String)> = regions.iter().collect();
    // Eight at a time: a server is asked an eighth as often.
    let (eights, rest) = rows.as_chunks::<8>();
    for (n, eight) in eights.iter().enumerate() {
        let statement = sql!(
            "INSERT INTO region (code, name) VALUES (?1, ?2), (?3, ?4), (?5, ?6), (?7, ?8),
             (?9, ?10), (?11, ?12), (?13, ?14), (?15, ?16)"
        );
        let [(code, name), others @ ..] = eight;
        let first = statement.bind(*code).bind(*name);
        others.iter().fold(first, |statement, (code, name)| statement.bind(*code).bind(*name)).run(tx)?;
        if n % 512 == 511 {
            written(n as u64 * 8);
        }
    }
    for (code, name) in rest {
        sql!("INSERT INTO region (code, name) VALUES (?1, ?2)").bind(*code).bind(*name).run(tx)?;
    }
    written(rows.len() as u64);
    Ok(())
}
