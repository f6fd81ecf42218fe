//! `simpul restore`

use std::path::PathBuf;

use clap::Args;
use journal::{Names, Open, Unlock};
use kernel::{Arg, Fault, Stop};

use crate::cli::SiteArgs;
use crate::commands::backup::{identity, passphrase};
use crate::commands::verify::verify;
use crate::terminal::{End, Terminal};
use crate::{site, stages};

/// Make a site from a backup, fold its tables and verify it
///
/// The folder must not have a site. The restored site begins a log of its own behind the one that it continues.
#[derive(Args)]
pub struct Restore {
    #[command(flatten)]
    site: SiteArgs,
    #[command(flatten)]
    unlock: UnlockArgs,
    /// The kept copy of the key that opens names (secret/kek of the site that was backed up)
    #[arg(long, value_name = "FILE")]
    key_file: Option<PathBuf>,
    /// Restore everything but the names: for a backup whose key (secret/kek) was destroyed by an erasure
    #[arg(long, conflicts_with = "key_file")]
    without_names: bool,
    /// The backup
    file: PathBuf,
}

#[derive(Args)]
#[group(required = true, multiple = false)]
struct UnlockArgs {
    /// File with the age identity that it was encrypted for
    #[arg(long, value_name = "FILE")]
    identity: Option<PathBuf>,
    /// File with the passphrase that it was encrypted with
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
}

impl Restore {
    pub fn run(self, terminal: &Terminal) -> Result<End, Stop> {
        let unlock = match (self.unlock.identity, self.unlock.passphrase_file) {
            (Some(path), _) => Unlock::Age(identity(&path)?),
            (None, Some(path)) => Unlock::Passphrase(passphrase(&path)?),
            (None, None) => return Err(Fault::new("clap let a restore through without a key").into()),
        };
        let paths = site::paths(&self.site.data, &self.site.config()?);
        let was_empty = std::fs::read_dir(&self.site.data).map_or(true, |mut inside| inside.next().is_none());
        let names = match self.without_names {
            true => Names::StaySealed,
            false => Names::Open(self.key_file.as_deref()),
        };
        let restored = {
            let mut progress = terminal.progress("cli-doing-refold");
            let mut step = |done, total| progress.step(done, total);
            let open = Open { paths, chapters: stages::chapters(), progress: &mut step };
            journal::restore(&self.file, &unlock, names, open)
        };
        let (journal, summary) = restored.inspect_err(|_| {
            // A passphrase that was mistyped must not leave half a site in the way of the next attempt.
            if was_empty {
                let _ = std::fs::remove_dir_all(&self.site.data);
            }
        })?;
        terminal.tell(
            "cli-done-restore",
            &[
                ("entries", Arg::Count(summary.entries as i64)),
                ("bodies", Arg::Count(summary.bodies as i64)),
                ("keys", Arg::Count(summary.keys as i64)),
            ],
        );
        let end = verify(&journal, terminal, false);
        journal.close();
        end
    }
}
