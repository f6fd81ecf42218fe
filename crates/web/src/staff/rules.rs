//! What may be asked of accounts, and how long a guesser waits.

use kernel::{EntryId, Instant, Role, StaffId};

use super::tables::{Account, GrantRow};

kernel::refusals! { Refusal:
    /// The name or the password is wrong; never which of the two.
    422 "staff.wrong_password" WrongPassword;
    /// Guessed too often: wait.
    429 "staff.wait_seconds" WaitSeconds { seconds: i64 };
    /// Guessed very often: wait longer.
    429 "staff.wait_minutes" WaitMinutes { minutes: i64 };
    /// A password of fewer than ten characters.
    422 "staff.password_short" PasswordShort { least: i64 };
    /// A password longer than anybody types.
    422 "staff.password_long" PasswordLong { most: i64 };
    /// The password is the name.
    422 "staff.password_is_handle" PasswordIsHandle;
    /// The two new passwords differ.
    422 "staff.password_differs" PasswordDiffers;
    /// The name to sign in with has other signs, or is too short or long.
    422 "staff.handle_wrong" HandleWrong { handle: String };
    /// Somebody has it.
    409 "staff.handle_taken" HandleTaken { handle: String };
    /// There is no such account.
    404 "staff.no_account" NoAccount;
    /// It was closed.
    409 "staff.closed" Closed { handle: String };
    /// There is no such role to give.
    422 "staff.no_role" NoRole;
    /// The code names no place.
    422 "staff.no_place" NoPlace { text: String };
    /// No book of the site has this id.
    422 "staff.no_book" NoBook { text: String };
    /// The book is kept at another place than the one that was written.
    422 "staff.book_elsewhere" BookElsewhere { name: String, place: String };
    /// The role is held already.
    409 "staff.role_held" RoleHeld;
    /// The role is not held, or not any more.
    409 "staff.role_not_held" RoleNotHeld;
    /// Nobody could manage the site any more.
    409 "staff.last_administrator" LastAdministrator;
}

/// The shortest password, in characters.
const PASSWORD_LEAST: usize = 10;
/// The longest: enough for a sentence, too little to keep the machine busy.
const PASSWORD_MOST: usize = 200;

/// A name to sign in with, in the form in which it is kept: 3 to 32 small letters, digits, `.`, `-`, `_`.
pub(super) fn handle(typed: &str) -> Result<String, Refusal> {
    let handle = typed.trim().to_lowercase();
    let fits = (3..=32).contains(&handle.len())
        && handle.starts_with(|c: char| c.is_ascii_lowercase())
        && handle
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'_'));
    if fits {
        Ok(handle)
    } else {
        Err(Refusal::HandleWrong { handle: typed.trim().chars().take(40).collect() })
    }
}

/// Whether a password may be chosen.
pub(super) fn password(handle: &str, password: &str) -> Result<(), Refusal> {
    match password.chars().count() {
        length if length < PASSWORD_LEAST => Err(Refusal::PasswordShort { least: PASSWORD_LEAST as i64 }),
        length if length > PASSWORD_MOST => Err(Refusal::PasswordLong { most: PASSWORD_MOST as i64 }),
        _ if password.trim().to_lowercase() == handle => Err(Refusal::PasswordIsHandle),
        _ => Ok(()),
    }
}

/// What is counted of the attempts to sign in, and how long a guesser waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Limit {
    /// For one account from one address, or from one browser that is known: strict, and in nobody else's way.
    Own,
    /// For one account from wherever, and from one address, behind which a whole village may sit, for whichever account.
    /// It slows down those who guess with many addresses or for many accounts, and is short, since it meets others as
    /// well. A browser that is known waits for none of it.
    Shared,
}

impl Limit {
    /// Attempts without a wait, the seconds of the first wait, and those of the longest.
    fn terms(self) -> (i64, i64, i64) {
        match self {
            Limit::Own => (5, 30, 3600),
            Limit::Shared => (50, 5, 60),
        }
    }
}

/// A day without an attempt, and all is forgotten.
pub(super) const FORGET_AFTER: i64 = 24 * 3600;

/// What is known of the attempts under one limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Attempts {
    pub failures: i64,
    pub latest: Instant,
}

/// How many seconds to wait before the next attempt: none for the first ones, then twice as long after each further
/// failure, until the limit's longest.
pub(super) fn wait(limit: Limit, attempts: Attempts, now: Instant) -> i64 {
    let (free, first, longest) = limit.terms();
    let since = (now.micros() - attempts.latest.micros()) / 1_000_000;
    if attempts.failures < free || since >= FORGET_AFTER {
        return 0;
    }
    let pause = (first << (attempts.failures - free).min(7)).min(longest);
    (pause - since).clamp(0, pause)
}

/// The failures to keep when one more attempt begins.
pub(super) fn counted(attempts: Option<Attempts>, now: Instant) -> i64 {
    match attempts {
        Some(known) if (now.micros() - known.latest.micros()) / 1_000_000 < FORGET_AFTER => {
            known.failures + 1
        }
        _ => 1,
    }
}

/// The refusal that says how long to wait.
pub(super) fn wait_refusal(seconds: i64) -> Refusal {
    if seconds <= 90 {
        Refusal::WaitSeconds { seconds }
    } else {
        Refusal::WaitMinutes { minutes: (seconds + 59) / 60 }
    }
}

/// The account that something is to be done with.
pub(super) fn open_account(account: Option<Account>) -> Result<Account, Refusal> {
    match account {
        None => Err(Refusal::NoAccount),
        Some(account) if account.closed => Err(Refusal::Closed { handle: account.handle }),
        Some(account) => Ok(account),
    }
}

/// Whether somebody still administers the whole site once this account, or only one of its roles, is gone.
pub(super) fn keeps_administrator(
    grants: &[GrantRow],
    leaving: StaffId,
    only: Option<EntryId>,
) -> Result<(), Refusal> {
    let stays = |grant: &&GrantRow| match only {
        None => grant.staff != leaving,
        Some(entry) => grant.entry != entry,
    };
    let administers = |grant: &GrantRow| {
        grant.role == Role::Administrator.name() && grant.place.as_str() == "*" && grant.book.is_none()
    };
    if !grants.iter().any(administers) || grants.iter().filter(stays).any(administers) {
        Ok(())
    } else {
        Err(Refusal::LastAdministrator)
    }
}

#[cfg(test)]
mod tests {
    use kernel::PlaceCode;

    use super::*;

    #[test]
    fn a_guesser_waits_longer_and_longer() {
        let at = Instant::from_micros(1_774_940_700_000_000);
        for (limit, failures, seconds_ago, waits) in [
            (Limit::Own, 0, 0, 0),
            (Limit::Own, 4, 0, 0),
            (Limit::Own, 5, 0, 30),
            (Limit::Own, 5, 29, 1),
            (Limit::Own, 5, 30, 0),
            (Limit::Own, 6, 0, 60),
            (Limit::Own, 8, 0, 240),
            (Limit::Own, 11, 0, 1920),
            (Limit::Own, 12, 0, 3600),
            (Limit::Own, 50, 0, 3600),
            (Limit::Own, 50, 24 * 3600, 0),
            (Limit::Own, 6, -100, 60), // a clock that was set back
            (Limit::Shared, 49, 0, 0),
            (Limit::Shared, 50, 0, 5),
            (Limit::Shared, 50, 5, 0),
            (Limit::Shared, 53, 0, 40),
            (Limit::Shared, 54, 0, 60),
            (Limit::Shared, 9999, 0, 60),
            (Limit::Shared, 9999, 60, 0),
        ] {
            let attempts = Attempts { failures, latest: at.plus_seconds(-seconds_ago) };
            assert_eq!(
                wait(limit, attempts, at),
                waits,
                "{limit:?}, {failures} failures, {seconds_ago} s ago"
            );
        }
        assert_eq!(counted(None, at), 1);
        assert_eq!(counted(Some(Attempts { failures: 7, latest: at }), at), 8);
        assert_eq!(counted(Some(Attempts { failures: 7, latest: at.plus_seconds(-25 * 3600) }), at), 1);
        assert_eq!(wait_refusal(30), Refusal::WaitSeconds { seconds: 30 });
        assert_eq!(wait_refusal(121), Refusal::WaitMinutes { minutes: 3 });
    }

    #[test]
    fn a_password_is_long_and_not_the_name() {
        for (word, allowed) in [
            ("short", Err(Refusal::PasswordShort { least: 10 })),
            ("비밀번호비밀번호비밀", Ok(())),
            ("bu-sri-teller", Err(Refusal::PasswordIsHandle)),
            ("Bu-Sri-Teller ", Err(Refusal::PasswordIsHandle)),
            ("correct horse battery", Ok(())),
        ] {
            assert_eq!(password("bu-sri-teller", word), allowed, "{word}");
        }
        assert!(password("x", &"y".repeat(201)).is_err());
    }

    #[test]
    fn a_handle_is_plain() {
        for (typed, kept) in
            [(" Bu-Sri ", Some("bu-sri")), ("ab", None), ("bu sri", None), ("박지영", None), ("1abc", None)]
        {
            assert_eq!(handle(typed).ok().as_deref(), kept, "{typed}");
        }
    }

    #[test]
    fn somebody_administers_the_site() {
        let (a, b) = (StaffId::new(), StaffId::new());
        let row = |staff, role: Role, place: &str| GrantRow {
            entry: EntryId::new(),
            staff,
            role: role.name().to_owned(),
            place: place.parse::<PlaceCode>().expect("readable"),
            book: None,
            granted: Instant::from_micros(0),
        };
        let alone =
            [row(a, Role::Administrator, "*"), row(b, Role::Administrator, "34"), row(b, Role::Teller, "*")];
        assert_eq!(keeps_administrator(&alone, a, None), Err(Refusal::LastAdministrator));
        assert_eq!(keeps_administrator(&alone, a, Some(alone[0].entry)), Err(Refusal::LastAdministrator));
        assert_eq!(keeps_administrator(&alone, b, None), Ok(()));
        let two = [row(a, Role::Administrator, "*"), row(b, Role::Administrator, "*")];
        assert_eq!(keeps_administrator(&two, a, None), Ok(()));
    }
}
