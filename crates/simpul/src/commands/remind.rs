//! `simpul remind`

use clap::Args;
use cooperation::reminders::{Mailer, remind};
use kernel::{Arg, Stop};

use crate::cli::SiteArgs;
use crate::config::Config;
use crate::site;
use crate::terminal::{End, Terminal};

/// Write today's reminders and send those that wait
///
/// For a timer, once a day. Whoever left an e-mail address on the page of what is due gets one letter a day while
/// something is late or falls due within two weeks. Without `smtp` in the settings nothing is sent: letters wait in the
/// outbox. What a server did not take is tried again by the next run; then the exit code is 1.
#[derive(Args)]
pub struct Remind {
    #[command(flatten)]
    site: SiteArgs,
}

impl Remind {
    pub fn run(self, terminal: &Terminal) -> Result<End, Stop> {
        let (journal, config) = self.site.open(terminal)?;
        let site = site::site(journal.clone(), &config)?;
        let reminded = remind(&site, web::machine_clock()(), mailer(&config).as_ref());
        journal.close();
        let done = reminded?;
        let args = [("made", done.made), ("sent", done.sent), ("waiting", done.waiting)];
        terminal.tell("cli-done-remind", &args.map(|(name, count)| (name, Arg::Count(count as i64))));
        Ok(if done.failed > 0 { End::Found } else { End::Fine })
    }
}

/// The server that the settings name.
fn mailer(config: &Config) -> Option<Mailer> {
    let (host, port) = config.smtp.as_deref()?.rsplit_once(':')?;
    Some(Mailer { host: host.to_owned(), port: port.parse().ok()?, from: config.mail_from.clone() })
}
