//! `simpul import`

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, Subcommand};
use journal::{Context, Journal, Via};
use kernel::{Arg, BookId, PlaceCode, Refused, Scope, Stop};
use livelihood::waste::{self, KeepBooks};
use people::households::NewHamlet;
use people::sheet::Wrong;
use people::{households, places, sheet};

use crate::cli::SiteArgs;
use crate::config::Config;
use crate::terminal::{End, Terminal};

kernel::refusals! { Refusal:
    /// The file cannot be read.
    422 "cli.file_unreadable" FileUnreadable { path: String, problem: String };
    /// The site is for no village, and none was named.
    422 "cli.which_village" WhichVillage;
    /// The site has no waste bank.
    404 "cli.no_bank" NoBank;
    /// The site has several waste banks, and none was named.
    422 "cli.which_bank" WhichBank { banks: String };
}

/// Bring in files; one in which a line is wrong books nothing unless asked to
///
/// The same file may be imported again: what is known already is passed over. Files are CSV (comma, semicolon or tab; UTF-8,
/// UTF-16, Windows-1252 or EUC-KR) or XLSX.
#[derive(Args)]
#[command(arg_required_else_help = true, disable_help_subcommand = true)]
pub struct Import {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// The national list of places: columns code and name
    Regions {
        #[command(flatten)]
        site: SiteArgs,
        /// The list
        file: PathBuf,
    },
    /// Households of a village, as OpenSID exports them or with columns of one's own
    Households {
        #[command(flatten)]
        site: SiteArgs,
        #[command(flatten)]
        choice: Choice,
        /// Name hamlets that the village has not named yet
        #[arg(long)]
        name_hamlets: bool,
        /// The households
        file: PathBuf,
    },
    /// Weigh-ins of a waste bank: columns day, member, sort and weight
    WeighIns {
        #[command(flatten)]
        site: SiteArgs,
        #[command(flatten)]
        choice: Choice,
        /// Id of the waste bank [default: the only one]
        #[arg(long, value_name = "ID")]
        bank: Option<BookId>,
        /// The weigh-ins
        file: PathBuf,
    },
}

#[derive(Args)]
struct Choice {
    /// Code of the village [default: that of the site]
    #[arg(long, value_name = "CODE")]
    village: Option<PlaceCode>,
    /// Book the lines that are right when others are wrong, and end with 0
    #[arg(long)]
    only_good: bool,
}

impl Choice {
    fn wrong(&self) -> Wrong {
        if self.only_good { Wrong::IsLeftOut } else { Wrong::BooksNothing }
    }
    /// Whoever asked for the good lines alone got them: lines left out are told and are no failure.
    fn end(&self, wrong: usize) -> End {
        if wrong == 0 || self.only_good { End::Fine } else { End::Found }
    }
}

impl Import {
    pub fn run(self, terminal: &Terminal) -> Result<End, Stop> {
        let (What::Regions { site, .. } | What::Households { site, .. } | What::WeighIns { site, .. }) =
            &self.what;
        let (journal, config) = site.clone().open(terminal)?;
        let end = match &self.what {
            What::Regions { file, .. } => regions(&journal, file, terminal),
            What::Households { choice, name_hamlets, file, .. } => {
                let new = if *name_hamlets { NewHamlet::IsNamed } else { NewHamlet::IsWrong };
                import_households(&journal, &config, choice, new, file, terminal)
            }
            What::WeighIns { choice, bank, file, .. } => {
                weigh_ins(&journal, &config, choice, *bank, file, terminal)
            }
        };
        journal.close();
        end
    }
}

fn regions(journal: &Journal, file: &Path, terminal: &Terminal) -> Result<End, Stop> {
    let (bytes, name) = read(file)?;
    let mut progress = terminal.progress("cli-doing-import");
    let permit = Context::operator_permit(&Scope::site())?;
    let summary = places::import_regions(journal, context(), permit, &bytes, &name, &mut |done, total| {
        progress.step(done, total)
    })?;
    drop(progress);
    let [provinces, regencies, districts, villages] = summary.by_level.map(Arg::from);
    let told = [
        ("provinces", provinces),
        ("regencies", regencies),
        ("districts", districts),
        ("villages", villages),
    ];
    terminal.tell(if summary.again { "cli-import-again" } else { "cli-done-import-regions" }, &told);
    Ok(End::Fine)
}

fn import_households(
    journal: &Journal,
    config: &Config,
    choice: &Choice,
    new_hamlet: NewHamlet,
    file: &Path,
    terminal: &Terminal,
) -> Result<End, Stop> {
    let (bytes, name) = read(file)?;
    let sheet = Arc::new(sheet::read(&bytes, &name)?);
    let village = village(choice, config)?;
    let scope = Scope::at(village.clone());
    let mapping = households::Mapping::propose(&sheet);
    let households::Plan { problems, wrong, .. } =
        journal.read(|view| households::plan(view, &village, &sheet, &mapping, new_hamlet))?;
    let told = problems.iter().map(|problem| (problem.line, problem.column.as_str(), &problem.refused));
    tell_problems(terminal, told, wrong);
    if wrong > 0 && choice.wrong() == Wrong::BooksNothing {
        terminal.tell("cli-import-nothing", &[("problems", Arg::from(wrong))]);
        return Ok(End::Found);
    }
    let ask = households::ImportAsk {
        village,
        sheet,
        mapping,
        name_hamlets: match new_hamlet {
            NewHamlet::IsNamed => Some(Context::operator_permit(&scope)?),
            NewHamlet::IsWrong => None,
        },
        wrong: choice.wrong(),
        day: context().at.day_at(config.offset_minutes),
    };
    let mut progress = terminal.progress("cli-doing-import");
    let permit = Context::operator_permit(&scope)?;
    let summary =
        households::import(journal, context(), permit, ask, &mut |done, total| progress.step(done, total))?;
    drop(progress);
    terminal.tell(
        "cli-done-import-households",
        &[
            ("new", Arg::from(summary.new)),
            ("known", Arg::from(summary.known)),
            ("members", Arg::from(summary.members)),
            ("hamlets", Arg::from(summary.hamlets)),
            ("wrong", Arg::from(summary.wrong)),
        ],
    );
    Ok(choice.end(summary.wrong))
}

fn weigh_ins(
    journal: &Journal,
    config: &Config,
    choice: &Choice,
    bank: Option<BookId>,
    file: &Path,
    terminal: &Terminal,
) -> Result<End, Stop> {
    let (bytes, name) = read(file)?;
    let (village, bank) = which_bank(journal, choice.village.clone(), bank)?;
    let today = context().at.day_at(config.offset_minutes);
    let mut progress = terminal.progress("cli-doing-import");
    let permit = Context::operator_permit::<KeepBooks>(&Scope::book(village, bank))?;
    let file = (bytes.as_slice(), name.as_str());
    let summary =
        waste::import(journal, context(), &permit, file, today, choice.wrong(), &mut |done, total| {
            progress.step(done, total)
        })?;
    drop(progress);
    let told: Vec<_> = summary
        .problems
        .iter()
        .filter(|problem| !problem.told_before)
        .map(|problem| (problem.line, problem.column.as_str(), &problem.refused))
        .collect();
    let problems = summary.wrong;
    let untold = problems - summary.problems.len();
    let count = told.len() + untold;
    tell_problems(terminal, told.into_iter(), count);
    if problems > 0 && choice.wrong() == Wrong::BooksNothing {
        // Something that was right when the file was read was no longer so in the middle of the booking.
        let key = if summary.booked == 0 { "cli-import-nothing" } else { "cli-import-stopped" };
        let told = [("problems", problems), ("booked", summary.booked), ("left", summary.left)];
        terminal.tell(key, &told.map(|(name, count)| (name, Arg::from(count))));
        return Ok(End::Found);
    }
    terminal.tell(
        "cli-done-import-weigh-ins",
        &[
            ("rows", Arg::from(summary.rows)),
            ("booked", Arg::from(summary.booked)),
            ("known", Arg::from(summary.known)),
            ("wrong", Arg::from(problems)),
        ],
    );
    Ok(choice.end(problems))
}

/// Files tell what happened before: their entries are reports, which are never refused for want of cover.
fn context() -> Context {
    Context::operator(Via::Import, web::machine_clock()())
}

fn read(file: &Path) -> Result<(Vec<u8>, String), Stop> {
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    match std::fs::read(file) {
        Ok(bytes) => Ok((bytes, name)),
        Err(error) => {
            let (path, problem) = (file.display().to_string(), error.to_string());
            Err(Refusal::FileUnreadable { path, problem }.into())
        }
    }
}

fn village(choice: &Choice, config: &Config) -> Result<PlaceCode, Stop> {
    choice.village.clone().or_else(|| config.home.clone()).ok_or_else(|| Refusal::WhichVillage.into())
}

/// The bank that was named, or the only one that there is.
fn which_bank(
    journal: &Journal,
    village: Option<PlaceCode>,
    bank: Option<BookId>,
) -> Result<(PlaceCode, BookId), Stop> {
    let mut banks = journal.read(|view| Ok(waste::all_banks(view)?))?;
    banks.retain(|known| village.as_ref().is_none_or(|village| *village == known.village));
    banks.retain(|known| bank.is_none_or(|bank| bank == known.bank));
    match banks.as_slice() {
        [] => Err(Refusal::NoBank.into()),
        [one] => Ok((one.village.clone(), one.bank)),
        several => {
            let named: Vec<String> =
                several.iter().map(|bank| format!("{} ({})", bank.bank, bank.name)).collect();
            Err(Refusal::WhichBank { banks: named.join(", ") }.into())
        }
    }
}

/// So many wrong lines are told; the count that follows has all of them.
const TOLD: usize = 25;

fn tell_problems<'p>(
    terminal: &Terminal,
    problems: impl Iterator<Item = (usize, &'p str, &'p Refused)>,
    count: usize,
) {
    for (line, column, refused) in problems.take(TOLD) {
        let sentence = Arg::Text(terminal.voice.refusal(refused));
        terminal.tell(
            "cli-import-problem",
            &[("line", Arg::from(line)), ("column", column.into()), ("problem", sentence)],
        );
    }
    if count > TOLD {
        terminal.tell("cli-import-more-problems", &[("count", Arg::from(count - TOLD))]);
    }
}
