//! Opening the site that a command works on.

use std::path::Path;

use journal::{Journal, Open, Paths};
use kernel::{Arg, Fault, Stop};
use web::{Settings, Site};

use crate::cli::SiteArgs;
use crate::config::Config;
use crate::stages;
use crate::terminal::Terminal;

kernel::refusals! { Refusal:
    /// The folder has no site.
    404 "cli.no_site" NoSite { path: String };
    /// As before, and a server was named, which the site must be told of when it is made.
    404 "cli.no_site_on_server" NoSiteOnServer { path: String, database: String };
    /// A restore was interrupted.
    409 "cli.half_restored" HalfRestored { path: String };
    /// The folder has a site already.
    409 "cli.site_exists" SiteExists { path: String };
    /// The site keeps its data in the folder, and a server was named.
    409 "cli.data_in_folder" DataInFolder { path: String };
    /// The data is not in the folder, and no server was named. An empty file in its place would hide the loss.
    404 "cli.data_elsewhere" DataElsewhere { path: String };
}

impl SiteArgs {
    /// The settings: file, environment, command line.
    pub fn config(&self) -> Result<Config, Stop> {
        let mut config = Config::load(&self.data, self.config.as_deref(), |name| std::env::var(name).ok())?;
        if let Some(database) = &self.database {
            config.database = Some(database.clone());
        }
        Ok(config)
    }
    /// Opens the site in the folder; there must be one.
    pub fn open(&self, terminal: &Terminal) -> Result<(Journal, Config), Stop> {
        let (paths, config) = self.place()?;
        Ok((open(paths, Journal::open, terminal)?, config))
    }
    /// Opens the site in the folder to look at it, even when keys of it are missing.
    pub fn open_as_found(&self, terminal: &Terminal) -> Result<Journal, Stop> {
        open(self.place()?.0, Journal::open_as_found, terminal)
    }
    /// Where the site lies that there must be.
    fn place(&self) -> Result<(Paths, Config), Stop> {
        let config = self.config()?;
        let paths = paths(&self.data, &config);
        if paths.is_half_restored() {
            return Err(Refusal::HalfRestored { path: self.data.display().to_string() }.into());
        }
        if !paths.exists() {
            let path = self.data.display().to_string();
            return Err(match &self.database {
                Some(url) => Refusal::NoSiteOnServer { path, database: without_password(url) },
                None => Refusal::NoSite { path },
            }
            .into());
        }
        let path = paths.database_file().display().to_string();
        match (paths.database.is_some(), paths.database_file().exists()) {
            (true, true) => return Err(Refusal::DataInFolder { path }.into()),
            (false, false) => return Err(Refusal::DataElsewhere { path }.into()),
            (true, false) | (false, true) => {}
        }
        Ok((paths, config))
    }
    /// Makes a site in the folder; there must be none.
    pub fn make(&self, config: &Config, terminal: &Terminal) -> Result<Journal, Stop> {
        let paths = paths(&self.data, config);
        if paths.is_half_restored() {
            return Err(Refusal::HalfRestored { path: self.data.display().to_string() }.into());
        }
        if paths.is_taken() {
            return Err(Refusal::SiteExists { path: self.data.display().to_string() }.into());
        }
        open(paths, Journal::open, terminal)
    }
}

/// The address of a database as it may be shown: what is said may land in a log.
fn without_password(url: &str) -> String {
    let hidden = || {
        let (scheme, rest) = url.split_once("://")?;
        let (user, host) = rest.rsplit_once('@')?;
        let (name, _) = user.split_once(':')?;
        Some(format!("{scheme}://{name}:PASSWORD@{host}"))
    };
    hidden().unwrap_or_else(|| url.to_owned())
}

/// Where the parts of a site lie.
pub fn paths(data: &Path, config: &Config) -> Paths {
    Paths { data: data.to_owned(), key_file: config.key_file.clone(), database: config.database.clone() }
}

fn open(
    paths: Paths,
    how: fn(Open<'_>) -> Result<Journal, Stop>,
    terminal: &Terminal,
) -> Result<Journal, Stop> {
    let mut progress = terminal.progress("cli-doing-refold");
    let path = paths.data.display().to_string();
    let journal = how(Open {
        paths,
        chapters: stages::chapters(),
        progress: &mut |done, total| progress.step(done, total),
    })?;
    if journal.was_copied() {
        let vkey = Arg::Text(journal.verifier().vkey());
        terminal.note("cli-copied", &[("path", Arg::Text(path)), ("vkey", vkey)]);
    }
    Ok(journal)
}

/// The site behind the pages.
pub fn site(journal: Journal, config: &Config) -> Result<Site, Fault> {
    let settings = Settings {
        title: config.title.clone(),
        home: config.home.clone(),
        offset_minutes: config.offset_minutes,
        synthetic: config.synthetic,
        https: config.behind_tls_proxy,
        behind_proxy: config.behind_tls_proxy,
        origins: config.public_url.iter().cloned().collect(),
        upload_max: config.upload_max_mb << 20,
        attachment_max: config.attachment_max_mb << 20,
        version: env!("CARGO_PKG_VERSION"),
        ..Settings::default()
    };
    Site::new(journal, stages::pages(), settings)
        .map_err(|incomplete| Fault::because("putting the site together", incomplete))
}
