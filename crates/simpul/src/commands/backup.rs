//! `simpul backup`

use std::path::{Path, PathBuf};

use clap::Args;
use journal::Recipient;
use kernel::{Arg, Fault, Stop};

use crate::cli::SiteArgs;
use crate::terminal::{End, Terminal};

kernel::refusals! { Refusal:
    /// The file with the passphrase, or with the identity, cannot be read.
    422 "cli.secret_unreadable" SecretUnreadable { path: String, problem: String };
    /// The file with the passphrase is empty.
    422 "cli.secret_empty" SecretEmpty { path: String };
    /// A file of that name is there: an older backup, perhaps the only good one.
    409 "cli.backup_exists" BackupExists { path: String };
    /// The file holds no age identity.
    422 "cli.no_identity" NoIdentity { path: String };
}

/// Write an encrypted backup while the site is being served
///
/// It holds the journal and everything else that cannot be folded again, of one moment. The key that opens names
/// (secret/kek) is not in it: keep a copy of that file in another place, since names cannot be read without it.
#[derive(Args)]
pub struct Backup {
    #[command(flatten)]
    site: SiteArgs,
    #[command(flatten)]
    recipient: RecipientArgs,
    /// The backup to write
    file: PathBuf,
}

#[derive(Args)]
#[group(required = true, multiple = false)]
struct RecipientArgs {
    /// For the holder of this age identity (made by age-keygen)
    #[arg(long, value_name = "AGE1…")]
    to: Option<String>,
    /// For whoever knows the passphrase in this file
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
}

impl Backup {
    pub fn run(self, terminal: &Terminal) -> Result<End, Stop> {
        let recipient = match (self.recipient.to, self.recipient.passphrase_file) {
            (Some(to), _) => Recipient::Age(to),
            (None, Some(path)) => Recipient::Passphrase(passphrase(&path)?),
            (None, None) => return Err(Fault::new("clap let a backup through without a recipient").into()),
        };
        if self.file.exists() {
            return Err(Refusal::BackupExists { path: self.file.display().to_string() }.into());
        }
        let (journal, _) = self.site.open(terminal)?;
        let at = web::machine_clock()();
        let summary = {
            let mut progress = terminal.progress("cli-doing-backup");
            journal::backup(&journal, at, &recipient, &self.file, &mut |done, total| {
                progress.step(done, total)
            })
        };
        journal.close();
        let summary = summary?;
        terminal.tell(
            "cli-done-backup",
            &[
                ("file", Arg::Text(self.file.display().to_string())),
                ("entries", Arg::Count(summary.entries as i64)),
            ],
        );
        Ok(End::Fine)
    }
}

/// The first line of a file.
pub fn passphrase(path: &Path) -> Result<String, Stop> {
    let text = secret(path)?;
    match text.lines().next().unwrap_or_default() {
        "" => Err(Refusal::SecretEmpty { path: path.display().to_string() }.into()),
        phrase => Ok(phrase.to_owned()),
    }
}

/// The identity in a file as `age-keygen` writes it.
pub fn identity(path: &Path) -> Result<String, Stop> {
    let text = secret(path)?;
    let found = text.lines().map(str::trim).find(|line| line.starts_with("AGE-SECRET-KEY-1"));
    found.map(str::to_owned).ok_or_else(|| Refusal::NoIdentity { path: path.display().to_string() }.into())
}

fn secret(path: &Path) -> Result<String, Stop> {
    std::fs::read_to_string(path).map_err(|error| {
        Refusal::SecretUnreadable { path: path.display().to_string(), problem: error.to_string() }.into()
    })
}
