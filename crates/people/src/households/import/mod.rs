//! Importing households from a file: which column is what, what each line would become, then all of it or nothing. What
//! is here already is passed over, so the same file twice books nothing twice.

mod columns;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use journal::{Context, Journal, View, Work};
use kernel::{Day, Fault, HouseholdId, Permit, PlaceCode, Refused, Stop};
use serde::Serialize;

pub use columns::{Mapping, READABLE, Readable};

use super::KeepHouseholds;
use super::desk::{self, Naming, NewHousehold};
use super::names::{Names, Who, names_now};
use super::rules::{self, Refusal, plain_hamlet};
use super::tables;
use crate::places::{self, Hamlet, HamletNamed, NamePlaces};
use crate::sheet::{Row, Sheet, Wrong, keep, plain_text};
use crate::steps;

/// What a file would become.
#[derive(Debug, Default)]
pub struct Plan {
    /// The households that are new.
    pub new: Vec<Planned>,
    /// Lines of households that are here already, or stand in the file a second time.
    pub known: usize,
    /// Lines of further members of a household; they are not kept.
    pub members: usize,
    /// Hamlets that would be named.
    pub hamlets: Vec<Hamlet>,
    /// Lines that are wrong.
    pub wrong: usize,
    /// What is wrong with them, in the order of the lines; of very many the first ones.
    pub problems: Vec<Problem>,
}

/// A household that would be registered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// The line of the file.
    pub line: usize,
    /// Name, card and telephone.
    pub naming: Naming,
    /// Its hamlet.
    pub hamlet: PlaceCode,
    /// Its neighbourhood.
    pub rt: Option<PlaceCode>,
}

/// What is wrong with a line.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Problem {
    /// The line of the file.
    pub line: usize,
    /// Its place among the rows.
    pub row: usize,
    /// The column that it is about.
    pub column: String,
    /// What is wrong and what to do.
    pub refused: Refused,
}

/// What becomes of a hamlet that the village has not named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NewHamlet {
    /// It gets the next free number.
    IsNamed,
    /// Its lines are wrong.
    IsWrong,
}

/// What a file would become if it were imported now.
pub fn plan(
    view: &mut View<'_, '_>,
    village: &PlaceCode,
    sheet: &Sheet,
    mapping: &Mapping,
    new_hamlet: NewHamlet,
) -> Result<Plan, Stop> {
    let (head, hamlet) = mapping.needed(sheet)?;
    let mut planner = Planner::read(view, village, new_hamlet)?;
    for (n, row) in sheet.rows.iter().enumerate() {
        if mapping.is_member(row) {
            planner.member(n, row, mapping);
        } else if let Err((column, refused)) = planner.head(row, mapping, head, hamlet) {
            planner.problem(sheet, n, column, refused);
            planner.wrong_head(row, mapping);
        }
    }
    Ok(planner.done(sheet, mapping.card.unwrap_or(head)))
}

struct Planner {
    village: PlaceCode,
    /// Those that the village has named, and those that this file would name.
    hamlets: Vec<Hamlet>,
    new_hamlet: NewHamlet,
    names: Arc<Names>,
    /// Hamlet and plain name of every household, of the register and of the file so far, and whether all have a card.
    by_name: HashMap<(PlaceCode, String), bool>,
    /// Cards that the file has brought so far.
    cards: HashSet<String>,
    /// Cards of members whose head has not come, with the first row of each.
    headless: HashMap<String, usize>,
    /// Cards whose head came in a line that is wrong: that line is told, and their members are not told again.
    wrong_heads: HashSet<String>,
    plan: Plan,
}

impl Planner {
    fn read(view: &mut View<'_, '_>, village: &PlaceCode, new_hamlet: NewHamlet) -> Result<Planner, Fault> {
        let names = names_now(view)?;
        let mut by_name = HashMap::new();
        for known in tables::list(view, village)? {
            let plain = names.plain(Who::Household(known.household)).to_owned();
            *by_name.entry((known.hamlet, plain)).or_insert(true) &= names.card(known.household).is_some();
        }
        Ok(Planner {
            village: village.clone(),
            hamlets: places::hamlets(view, village)?,
            new_hamlet,
            names,
            by_name,
            cards: HashSet::new(),
            headless: HashMap::new(),
            wrong_heads: HashSet::new(),
            plan: Plan::default(),
        })
    }

    fn member(&mut self, n: usize, row: &Row, mapping: &Mapping) {
        self.plan.members += 1;
        if let Ok(Some(card)) = rules::card(mapping.cell(row, mapping.card))
            && !self.cards.contains(&card)
            && self.names.by_card(&card).is_none()
        {
            self.headless.entry(card).or_insert(n);
        }
    }

    fn wrong_head(&mut self, row: &Row, mapping: &Mapping) {
        if let Ok(Some(card)) = rules::card(mapping.cell(row, mapping.card)) {
            self.wrong_heads.insert(card);
        }
    }

    /// Takes the line of a household; a refusal comes with the column that it is about.
    fn head(
        &mut self,
        row: &Row,
        mapping: &Mapping,
        head: usize,
        hamlet: usize,
    ) -> Result<(), (usize, Refused)> {
        let cell = |column| mapping.cell(row, column);
        let naming =
            Naming::read(row.cell(head), cell(mapping.card), cell(mapping.phone)).map_err(|refused| {
                let column = match refused.field.as_deref() {
                    Some("card") => mapping.card,
                    Some("phone") => mapping.phone,
                    _ => None,
                };
                (column.unwrap_or(head), refused)
            })?;
        let place = self.hamlet(row.cell(hamlet)).map_err(|refused| (hamlet, refused))?;
        let rt = desk::neighbourhood(&place, &self.village, cell(mapping.rt));
        let rt = rt.map_err(|refused| (mapping.rt.unwrap_or(hamlet), refused))?;
        if let Some(card) = &naming.card {
            self.headless.remove(card);
            if self.names.by_card(card).is_some() {
                self.plan.known += 1;
                return Ok(());
            }
            if !self.cards.insert(card.clone()) {
                self.plan.members += 1;
                return Ok(());
            }
        }
        // Two households of one name are told apart by their cards; without a card, the name in its hamlet decides.
        let key = (place.clone(), plain_text(&naming.head));
        match (self.by_name.get(&key), &naming.card) {
            (Some(_), None) | (Some(false), Some(_)) => self.plan.known += 1,
            _ => {
                *self.by_name.entry(key).or_insert(true) &= naming.card.is_some();
                self.plan.new.push(Planned { line: row.line, naming, hamlet: place, rt });
            }
        }
        Ok(())
    }

    /// A hamlet by its name, its number or its code.
    fn hamlet(&mut self, text: &str) -> Result<PlaceCode, Refused> {
        let plain = plain_hamlet(text);
        if plain.is_empty() {
            return Err(Refusal::NoHamlet.into());
        }
        let number = places::below(&self.village, &plain).ok();
        let named = |hamlet: &&Hamlet| plain_hamlet(&hamlet.name) == plain || hamlet.place.as_str() == text;
        let numbered = |hamlet: &&Hamlet| Some(&hamlet.place) == number.as_ref();
        let found = self.hamlets.iter().find(named).or_else(|| self.hamlets.iter().find(numbered));
        if let Some(found) = found {
            return Ok(found.place.clone());
        }
        if self.new_hamlet == NewHamlet::IsWrong {
            let known: Vec<&str> = self.hamlets.iter().take(30).map(|hamlet| hamlet.name.as_str()).collect();
            let known = if known.is_empty() { "–".to_owned() } else { known.join(", ") };
            return Err(Refusal::UnknownHamlet { hamlet: text.to_owned(), known }.into());
        }
        let taken = |place: &PlaceCode| self.hamlets.iter().any(|hamlet| hamlet.place == *place);
        let free = (1..=99)
            .filter_map(|n| places::below(&self.village, &n.to_string()).ok())
            .find(|place| !taken(place));
        let place = free.ok_or_else(|| places::Refusal::WrongNumber { number: "100".to_owned() })?;
        let named = places::name_hamlet(place.clone(), text, &self.hamlets)?;
        let hamlet = Hamlet { place: named.place, name: named.name };
        self.hamlets.push(hamlet.clone());
        self.plan.hamlets.push(hamlet);
        Ok(place)
    }

    fn problem(&mut self, sheet: &Sheet, n: usize, column: usize, refused: Refused) {
        let (line, column) = (sheet.rows[n].line, sheet.columns[column].clone());
        keep(&mut self.plan.problems, &mut self.plan.wrong, Problem { line, row: n, column, refused });
    }

    fn done(mut self, sheet: &Sheet, card: usize) -> Plan {
        let wrong = std::mem::take(&mut self.wrong_heads);
        for (number, n) in
            std::mem::take(&mut self.headless).into_iter().filter(|(card, _)| !wrong.contains(card))
        {
            self.problem(sheet, n, card, Refusal::NoHead { card: number }.into());
        }
        self.plan.problems.sort_by_key(|problem| problem.row);
        // A hamlet that only wrong lines speak of is not named.
        let used: HashSet<&PlaceCode> = self.plan.new.iter().map(|new| &new.hamlet).collect();
        self.plan.hamlets.retain(|hamlet| used.contains(&hamlet.place));
        self.plan
    }
}

/// A file to be imported.
#[derive(Clone)]
pub struct ImportAsk {
    /// Into which village.
    pub village: PlaceCode,
    /// The file, read.
    pub sheet: Arc<Sheet>,
    /// Which column is what.
    pub mapping: Mapping,
    /// The permit to name hamlets that the village has not named; without it, they are problems.
    pub name_hamlets: Option<Permit<NamePlaces>>,
    /// What becomes of the file when some lines are wrong.
    pub wrong: Wrong,
    /// Since when the households are known.
    pub day: Day,
}

/// What came of an import.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ImportSummary {
    /// Households that were registered.
    pub new: usize,
    /// Lines of households that were here already.
    pub known: usize,
    /// Lines of further members, which are not kept.
    pub members: usize,
    /// Hamlets that were named.
    pub hamlets: usize,
    /// Lines that were wrong and were left out.
    pub wrong: usize,
    /// What is wrong with them, in the order of the lines; of very many the first ones.
    pub problems: Vec<Problem>,
}

/// Imports a file in one transaction. `progress` hears how many households are booked, and of how many.
pub fn import(
    journal: &Journal,
    context: Context,
    permit: Permit<KeepHouseholds>,
    ask: ImportAsk,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<ImportSummary, Stop> {
    let new_hamlet = if ask.name_hamlets.is_some() { NewHamlet::IsNamed } else { NewHamlet::IsWrong };
    let plan_of = |view: &mut View<'_, '_>| plan(view, &ask.village, &ask.sheet, &ask.mapping, new_hamlet);
    let expected = journal.read(plan_of)?.new.len();
    // Made in one go; keys that turn out not to be needed seal nothing.
    let mut keys = journal.keys().make_many(expected)?;
    steps::write(journal, context, expected as u64, progress, move |work: &mut Work<'_, '_>, told| {
        // Once more, since somebody else may have written in between.
        let plan = plan(work, &ask.village, &ask.sheet, &ask.mapping, new_hamlet)?;
        if plan.wrong > 0 && ask.wrong == Wrong::BooksNothing {
            return Err(Refusal::LinesWrong { count: plan.wrong }.into());
        }
        if let Some(permit) = &ask.name_hamlets {
            for Hamlet { place, name } in plan.hamlets.iter().cloned() {
                work.record(permit, &HamletNamed { place, name })?;
            }
        }
        let summary = ImportSummary {
            new: plan.new.len(),
            known: plan.known,
            members: plan.members,
            hamlets: plan.hamlets.len(),
            wrong: plan.wrong,
            problems: plan.problems,
        };
        for (n, planned) in plan.new.into_iter().enumerate() {
            let key = match keys.pop() {
                Some(key) => key,
                None => work.make_key()?,
            };
            let Planned { naming: Naming { head, card, phone }, hamlet, rt, .. } = planned;
            let (household, village, day) = (HouseholdId::new(), ask.village.clone(), ask.day);
            desk::register_with(
                work,
                &permit,
                key,
                &NewHousehold { household, village, hamlet, rt, head, card, phone, day },
            )?;
            if n % 500 == 499 {
                told(n as u64 + 1);
            }
        }
        told(summary.new as u64);
        Ok(summary)
    })
}
