//! `simpul init`

use std::path::Path;

use clap::Args;
use journal::unwritable;
use kernel::{Arg, Grant, PlaceCode, Role, Stop};
use web::Lang;

use crate::cli::SiteArgs;
use crate::commands::user;
use crate::config::{self, Config};
use crate::terminal::{End, Terminal};

/// Make a site: its folder, its keys, and the account of its first administrator
#[derive(Args)]
pub struct Init {
    #[command(flatten)]
    site: SiteArgs,
    /// What the site calls itself, as in "Kalurahan Sumbermulyo"
    #[arg(long)]
    title: Option<String>,
    /// Code of the village that the site is for, as in 34.02.05.2003
    #[arg(long, value_name = "CODE")]
    home: Option<PlaceCode>,
    /// Name with which the administrator signs in
    #[arg(long, value_name = "NAME", default_value = "admin")]
    admin: String,
}

impl Init {
    pub fn run(self, terminal: &Terminal) -> Result<End, Stop> {
        let mut config = self.site.config()?;
        config.title = self.title.unwrap_or(config.title);
        config.home = self.home.or(config.home);
        let journal = self.site.make(&config, terminal)?;
        write_config(&self.site.data, &config, terminal)?;
        let everywhere = Grant { role: Role::Administrator, place: PlaceCode::everywhere(), book: None };
        let password = user::random_password()?;
        user::open(&journal, &self.admin, &password, lang(terminal), vec![everywhere])?;
        journal.close();
        let data = Arg::Text(self.site.data.display().to_string());
        terminal.tell("cli-done-init", &[("path", data.clone())]);
        terminal.tell(
            "cli-init-sign-in",
            &[("handle", Arg::Text(self.admin)), ("password", Arg::Text(password))],
        );
        terminal.tell("cli-init-next", &[("path", data)]);
        Ok(End::Fine)
    }
}

/// The language that pages begin with for people who are made at this terminal.
fn lang(terminal: &Terminal) -> Lang {
    terminal.voice.lang
}

/// Writes the settings file of a new site, unless there is one already. Only its owner may read it, since the address
/// of a database can hold a password.
pub fn write_config(folder: &Path, config: &Config, terminal: &Terminal) -> Result<(), Stop> {
    use std::io::Write as _;
    let path = folder.join(config::FILE);
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(&path) {
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        opened => opened
            .and_then(|mut file| file.write_all(config.to_file(&terminal.voice).as_bytes()))
            .map_err(|error| unwritable(&path, error).into()),
    }
}
