//! The commands, one file each. Each is a struct of its arguments and says in `run` what it does with them.

pub mod backup;
pub mod bench;
pub mod completions;
pub mod config;
pub mod demo;
pub mod export;
pub mod import;
pub mod init;
pub mod key;
pub mod man;
pub mod refold;
pub mod remind;
pub mod restore;
pub mod serve;
pub mod user;
pub mod verify;

use kernel::Stop;

use crate::cli::Command;
use crate::terminal::{End, Terminal};

/// Runs a command.
pub fn run(command: Command, terminal: &Terminal) -> Result<End, Stop> {
    match command {
        Command::Init(init) => init.run(terminal),
        Command::Serve(serve) => serve.run(terminal),
        Command::Demo(demo) => demo.run(terminal),
        Command::User(user) => user.run(terminal),
        Command::Import(import) => import.run(terminal),
        Command::Export(export) => export.run(terminal),
        Command::Backup(backup) => backup.run(terminal),
        Command::Restore(restore) => restore.run(terminal),
        Command::Key(key) => key.run(terminal),
        Command::Verify(verify) => verify.run(terminal),
        Command::Refold(refold) => refold.run(terminal),
        Command::Remind(remind) => remind.run(terminal),
        Command::Bench(bench) => bench.run(terminal),
        Command::Config(config) => config.run(terminal),
        Command::Completions(completions) => completions.run(terminal),
        Command::Man(man) => man.run(terminal),
    }
}
