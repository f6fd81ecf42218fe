//! `simpul user`

use std::io::stdin;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Subcommand};
use journal::{Context, Journal, Via};
use kernel::{Arg, BookId, Fault, Grant, PlaceCode, Role, Scope, StaffId, Stop};
use web::{Lang, staff};

use crate::cli::{Language, SiteArgs};
use crate::terminal::{End, Terminal};

kernel::refusals! { Refusal:
    /// Nobody signs in with this name.
    404 "cli.no_account" NoAccount { handle: String };
}

/// Open, change and close accounts
#[derive(Args)]
#[command(arg_required_else_help = true, disable_help_subcommand = true)]
pub struct User {
    #[command(subcommand)]
    deed: What,
}

#[derive(Subcommand)]
enum What {
    /// Open an account and print its password
    Open {
        #[command(flatten)]
        site: SiteArgs,
        /// Name to sign in with
        name: String,
        #[command(flatten)]
        password: PasswordArgs,
        /// Language that its pages begin with
        #[arg(long, value_enum, value_name = "LANG")]
        language: Option<Language>,
    },
    /// Give an account a new password and end its sessions
    Password {
        #[command(flatten)]
        site: SiteArgs,
        /// Name to sign in with
        name: String,
        #[command(flatten)]
        password: PasswordArgs,
    },
    /// Give an account a role
    Grant {
        #[command(flatten)]
        site: SiteArgs,
        #[command(flatten)]
        grant: GrantArgs,
    },
    /// Take a role from an account
    Revoke {
        #[command(flatten)]
        site: SiteArgs,
        #[command(flatten)]
        grant: GrantArgs,
    },
    /// List the accounts and their roles
    List {
        #[command(flatten)]
        site: SiteArgs,
    },
    /// Close an account for good
    Close {
        #[command(flatten)]
        site: SiteArgs,
        /// Name to sign in with
        name: String,
    },
}

#[derive(Args)]
struct PasswordArgs {
    /// Read the password from the standard input instead of making one
    #[arg(long)]
    password_stdin: bool,
}

#[derive(Args)]
struct GrantArgs {
    /// Name to sign in with
    name: String,
    /// The role
    #[arg(value_parser = role_parser())]
    role: Role,
    /// Code of the place, as in 34.02.05.2003; '*' is everywhere
    place: PlaceCode,
    /// Id of the book, such as a waste bank, to which the role is limited
    book: Option<BookId>,
}

fn role_parser() -> impl TypedValueParser<Value = Role> {
    let names = Role::ALL.into_iter().filter(|role| *role != Role::Public).map(Role::name);
    PossibleValuesParser::new(names)
        .map(|name| Role::named(&name).expect("the possible values are names of roles"))
}

impl User {
    pub fn run(self, terminal: &Terminal) -> Result<End, Stop> {
        match self.deed {
            What::Open { site, name, password, language } => {
                let (journal, _) = site.open(terminal)?;
                let lang = language.map_or(terminal.voice.lang, Lang::from);
                let (password, made) = password.take()?;
                open(&journal, &name, &password, lang, Vec::new())?;
                journal.close();
                terminal.tell("cli-done-user-open", &[("handle", Arg::Text(name))]);
                tell_password(terminal, made, password);
            }
            What::Password { site, name, password } => {
                let (journal, _) = site.open(terminal)?;
                let (password, made) = password.take()?;
                let hashed = staff::hash(&name, &password)?;
                let handle = name.clone();
                write(&journal, move |work, permit| {
                    let staff = find(work, &handle)?;
                    staff::set_password(work, permit, staff, &hashed)
                })?;
                journal.close();
                terminal.tell("cli-done-user-password", &[("handle", Arg::Text(name))]);
                tell_password(terminal, made, password);
            }
            What::Grant { site, grant } => {
                let (journal, _) = site.open(terminal)?;
                let GrantArgs { name, role, place, book } = grant;
                let (handle, held) = (name.clone(), Grant { role, place, book });
                write(&journal, move |work, permit| {
                    let staff = find(work, &handle)?;
                    staff::grant(work, permit, staff, held).map(drop)
                })?;
                journal.close();
                terminal.tell(
                    "cli-done-user-grant",
                    &[("handle", Arg::Text(name)), ("role", role_word(terminal, role))],
                );
            }
            What::Revoke { site, grant } => {
                let (journal, _) = site.open(terminal)?;
                let GrantArgs { name, role, place, book } = grant;
                let (handle, held) = (name.clone(), Grant { role, place, book });
                write(&journal, move |work, permit| {
                    let staff = find(work, &handle)?;
                    let found = staff::grants(work, staff)?
                        .into_iter()
                        .find(|row| row.grant().as_ref() == Some(&held));
                    let found = found.ok_or(staff::Refusal::RoleNotHeld)?;
                    staff::revoke(work, permit, staff, found.entry)
                })?;
                journal.close();
                terminal.tell(
                    "cli-done-user-revoke",
                    &[("handle", Arg::Text(name)), ("role", role_word(terminal, role))],
                );
            }
            What::List { site } => {
                let (journal, _) = site.open(terminal)?;
                list(&journal, terminal)?;
                journal.close();
            }
            What::Close { site, name } => {
                let (journal, _) = site.open(terminal)?;
                let handle = name.clone();
                write(&journal, move |work, permit| {
                    let staff = find(work, &handle)?;
                    staff::close(work, permit, staff)
                })?;
                journal.close();
                terminal.tell("cli-done-user-close", &[("handle", Arg::Text(name))]);
            }
        }
        Ok(End::Fine)
    }
}

impl PasswordArgs {
    /// The password, and whether it was made here.
    fn take(&self) -> Result<(String, bool), Fault> {
        if !self.password_stdin {
            return Ok((random_password()?, true));
        }
        let mut line = String::new();
        stdin().read_line(&mut line).map_err(|error| Fault::because("reading the password", error))?;
        Ok((line.trim_end_matches(['\r', '\n']).to_owned(), false))
    }
}

fn tell_password(terminal: &Terminal, made: bool, password: String) {
    if made {
        terminal.tell("cli-user-new-password", &[("password", Arg::Text(password))]);
    }
}

fn role_word(terminal: &Terminal, role: Role) -> Arg {
    Arg::Text(terminal.say(&format!("staff-role-{}", role.name())))
}

fn list(journal: &Journal, terminal: &Terminal) -> Result<(), Stop> {
    let accounts = journal.read(|view| {
        let accounts = staff::accounts(view)?;
        let with_grants = accounts.into_iter().map(|account| {
            let grants = staff::grants(view, account.staff)?;
            Ok((account, grants))
        });
        with_grants.collect::<Result<Vec<_>, Stop>>()
    })?;
    for (account, grants) in accounts {
        if account.closed {
            terminal.tell("cli-user-closed", &[("handle", Arg::Text(account.handle))]);
            continue;
        }
        terminal.print(&account.handle);
        for grant in grants.iter().filter_map(staff::GrantRow::grant) {
            let book = grant.book.map(|book| format!(" {book}")).unwrap_or_default();
            terminal.print(format!("    {} {}{book}", grant.role.name(), grant.place));
        }
    }
    Ok(())
}

fn find(work: &mut journal::Work<'_, '_>, handle: &str) -> Result<StaffId, Stop> {
    let account = staff::account_named(work, &handle.trim().to_lowercase())?;
    Ok(account.ok_or_else(|| Refusal::NoAccount { handle: handle.to_owned() })?.staff)
}

fn write<T: Send + 'static>(
    journal: &Journal,
    deed: impl FnOnce(&mut journal::Work<'_, '_>, &kernel::Permit<staff::Manage>) -> Result<T, Stop>
    + Send
    + 'static,
) -> Result<T, Stop> {
    let permit = Context::operator_permit(&Scope::site())?;
    journal.write(Context::operator(Via::Cli, web::machine_clock()()), move |work| deed(work, &permit))
}

/// Opens an account with a password and roles.
pub fn open(
    journal: &Journal,
    handle: &str,
    password: &str,
    lang: Lang,
    grants: Vec<Grant>,
) -> Result<StaffId, Stop> {
    let hashed = staff::hash(handle, password)?;
    let handle = handle.to_owned();
    write(journal, move |work, permit| {
        let staff = staff::open(work, permit, &handle, lang)?;
        staff::set_password(work, permit, staff, &hashed)?;
        for grant in grants {
            staff::grant(work, permit, staff, grant)?;
        }
        Ok(staff)
    })
}

/// Sixteen letters and digits that nobody mistakes for others, in groups of four: 78 bits.
pub fn random_password() -> Result<String, Fault> {
    const LETTERS: &[u8; 30] = b"23456789abcdefghjkmnpqrstvwxyz";
    let mut password = String::with_capacity(19);
    while password.len() < 19 {
        let mut byte = [0];
        getrandom::fill(&mut byte).map_err(|error| Fault::because("asking for randomness", error))?;
        // 240 is a multiple of 30: what lies above it would make the first letters likelier.
        if byte[0] < 240 {
            if password.len() % 5 == 4 {
                password.push('-');
            }
            password.push(char::from(LETTERS[usize::from(byte[0]) % LETTERS.len()]));
        }
    }
    Ok(password)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_can_be_read_out() {
        let (one, other) = (random_password().expect("random"), random_password().expect("random"));
        assert_ne!(one, other);
        assert_eq!(one.split('-').map(str::len).collect::<Vec<_>>(), [4, 4, 4, 4]);
    }
}
