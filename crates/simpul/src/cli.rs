//! The command line, as `simpul --help` shows it. Help is in English; what a command says is in three languages.

use std::path::PathBuf;

use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};
use web::Lang;

use crate::commands;

/// Ties the cooperation of two regions together, from the memorandum to the household.
///
/// A site is a folder. `simpul init` makes one, `simpul serve` opens it to browsers, and every other command works
/// on it while it is being served.
#[derive(Parser)]
#[command(
    name = "simpul",
    version,
    max_term_width = 100,
    arg_required_else_help = true,
    disable_help_subcommand = true
)]
#[command(
    after_help = "Exit codes: 0 fine, 1 refused or something wrong was found, 2 usage, 3 the system failed."
)]
pub struct Cli {
    /// Language of messages [default: that of the locale]
    #[arg(long, global = true, value_enum, value_name = "LANG", env = "SIMPUL_LANG", hide_env_values = true)]
    pub lang: Option<Language>,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum Language {
    Id,
    Ko,
    En,
}

impl From<Language> for Lang {
    fn from(language: Language) -> Lang {
        match language {
            Language::Id => Lang::Id,
            Language::Ko => Lang::Ko,
            Language::En => Lang::En,
        }
    }
}

/// Where a site lies.
#[derive(Args, Clone)]
pub struct SiteArgs {
    /// Folder of the site
    #[arg(long, value_name = "DIR", env = "SIMPUL_DATA", hide_env_values = true)]
    pub data: PathBuf,
    /// Settings file [default: simpul.toml in the folder of the site]
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// PostgreSQL database, as in postgres://user@host/name, in place of the embedded one
    #[arg(long, value_name = "URL")]
    pub database: Option<String>,
}

#[derive(Subcommand)]
pub enum Command {
    Init(commands::init::Init),
    Serve(commands::serve::Serve),
    Demo(commands::demo::Demo),
    User(commands::user::User),
    Import(commands::import::Import),
    Export(commands::export::Export),
    Backup(commands::backup::Backup),
    Restore(commands::restore::Restore),
    Key(commands::key::Key),
    Verify(commands::verify::Verify),
    Refold(commands::refold::Refold),
    Remind(commands::remind::Remind),
    Bench(commands::bench::Bench),
    Config(commands::config::Config),
    Completions(commands::completions::Completions),
    Man(commands::man::Man),
}

/// The whole command line, for completions, manual pages and the tests.
pub fn command() -> clap::Command {
    Cli::command()
}
