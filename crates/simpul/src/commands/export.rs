//! `simpul export`

use std::fs::File;
use std::io::{BufWriter, Write, stdout};
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use journal::unwritable;
use kernel::{Arg, BookId, EntryId, Stop};
use livelihood::waste;

use crate::cli::SiteArgs;
use crate::hledger;
use crate::terminal::{End, Terminal};

kernel::refusals! { Refusal:
    /// Something is in the folder: an older export that somebody keeps to compare, perhaps.
    409 "cli.folder_not_empty" FolderNotEmpty { path: String };
}

/// Write the books or the log for other programs
#[derive(Args)]
#[command(arg_required_else_help = true, disable_help_subcommand = true)]
pub struct Export {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// All books, as a journal for hledger
    ///
    /// Accounts bear the names of the banks and the numbers of the members, never the name of a person.
    Hledger {
        #[command(flatten)]
        site: SiteArgs,
        /// Where to [default: the standard output]
        file: Option<PathBuf>,
    },
    /// The signed log, for a verifier of another maker
    ///
    /// Three files: the headers of all entries, the newest checkpoint, the public key. Nothing personal is in them.
    Log {
        #[command(flatten)]
        site: SiteArgs,
        /// Number of the log; a site that was restored or copied has older ones [default: the one that is written now]
        #[arg(long, value_name = "N")]
        log: Option<i64>,
        /// Where to: a folder that is new or empty
        folder: PathBuf,
    },
    /// The proof that an entry is in the log
    Proof {
        #[command(flatten)]
        site: SiteArgs,
        /// The id of the entry, as receipts and pages show it
        entry: EntryId,
        /// Where to [default: the standard output]
        file: Option<PathBuf>,
    },
}

impl Export {
    pub fn run(self, terminal: &Terminal) -> Result<End, Stop> {
        match self.what {
            What::Hledger { site, file } => {
                let (journal, config) = site.open(terminal)?;
                output(file.as_deref(), |mut out| {
                    journal.read(|view| {
                        let banks = waste::all_banks(view)?.into_iter().map(|bank| (bank.bank, bank.name));
                        let mut banks: Vec<(BookId, String)> = banks.collect();
                        banks.sort();
                        let names = hledger::Names::new(&banks, &waste::member_numbers(view)?);
                        hledger::write(view, &config, &names, &mut out)?;
                        Ok(())
                    })
                })?;
                journal.close();
            }
            What::Log { site, log, folder } => {
                must_be_free(&folder)?;
                let (journal, _) = site.open(terminal)?;
                let summary = journal::export_log(&journal, &folder, log)?;
                journal.close();
                let entries = Arg::Count(summary.entries as i64);
                terminal.tell(
                    "cli-done-export-log",
                    &[("origin", Arg::Text(summary.origin)), ("entries", entries)],
                );
            }
            What::Proof { site, entry, file } => {
                let (journal, _) = site.open(terminal)?;
                let proof = journal::proof(&journal, entry);
                journal.close();
                let (proof, path) = (proof?, file.as_deref());
                output(path, |out| {
                    out.write_all(proof.as_bytes())
                        .map_err(|error| unwritable(path.unwrap_or("-".as_ref()), error).into())
                })?;
            }
        }
        Ok(End::Fine)
    }
}

/// An older export is what the newer one is compared with: it is not written over.
fn must_be_free(folder: &Path) -> Result<(), Stop> {
    let is_taken = match std::fs::read_dir(folder) {
        Ok(mut inside) => inside.next().is_some(),
        Err(_) => folder.exists(),
    };
    if is_taken {
        return Err(Refusal::FolderNotEmpty { path: folder.display().to_string() }.into());
    }
    Ok(())
}

/// Writes to the file or, without one, to the standard output. A file of that name stays until the new one is whole.
fn output(file: Option<&Path>, write: impl FnOnce(&mut dyn Write) -> Result<(), Stop>) -> Result<(), Stop> {
    let Some(path) = file else { return write(&mut stdout()) };
    let failed = |error| unwritable(path, error);
    let mut name = path.as_os_str().to_owned();
    name.push(".part");
    let part = PathBuf::from(name);
    let mut out = BufWriter::new(File::create(&part).map_err(failed)?);
    let written = write(&mut out).and_then(|()| {
        let file = out.into_inner().map_err(|error| failed(error.into_error()))?;
        file.sync_all().and_then(|()| std::fs::rename(&part, path)).map_err(failed)?;
        Ok(())
    });
    written.inspect_err(|_| {
        let _ = std::fs::remove_file(&part);
    })
}
