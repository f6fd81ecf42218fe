//! `simpul key`

use clap::Args;
use kernel::Stop;

use crate::cli::SiteArgs;
use crate::terminal::{End, Terminal};

/// Print the public key (vkey) of each log, the one that is written now last
///
/// It is what auditors and partners check exports and proofs with. It also stands on the page /about.
#[derive(Args)]
pub struct Key {
    #[command(flatten)]
    site: SiteArgs,
}

impl Key {
    pub fn run(self, terminal: &Terminal) -> Result<End, Stop> {
        let (journal, _) = self.site.open(terminal)?;
        let logs = journal.read(|view| Ok(journal::log_keys(view)?));
        journal.close();
        for log in logs? {
            terminal.print(log.vkey);
        }
        Ok(End::Fine)
    }
}
