//! `simpul refold`

use clap::Args;
use kernel::{Arg, Stop};

use crate::cli::SiteArgs;
use crate::terminal::{End, Terminal};

/// Drop every table that follows from the journal and fold it again
///
/// Nothing is lost by it: facts are in the journal, tables only follow from them.
#[derive(Args)]
pub struct Refold {
    #[command(flatten)]
    site: SiteArgs,
}

impl Refold {
    pub fn run(self, terminal: &Terminal) -> Result<End, Stop> {
        let (journal, _) = self.site.open(terminal)?;
        let folded = {
            let mut progress = terminal.progress("cli-doing-refold");
            journal::refold(&journal, &mut |done, total| progress.step(done, total))?
        };
        journal.close();
        terminal.tell("cli-done-refold", &[("entries", Arg::Count(folded as i64))]);
        Ok(End::Fine)
    }
}
