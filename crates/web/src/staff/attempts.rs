//! Attempts to sign in, counted before the password is looked at, so that many at once do not slip through.

use db::{Tx, sql};
use kernel::{Fault, Instant, Stop};
use sha2::{Digest, Sha256};

use super::rules::{self, Attempts};

/// For whom and from where somebody tries.
#[derive(Debug, Clone)]
pub(super) struct Attempt {
    account: String,
    address: String,
}

impl Attempt {
    pub(super) fn new(handle: &str, address: &str) -> Attempt {
        let hash = Sha256::digest(handle.as_bytes());
        let hex: String = hash[..16].iter().map(|byte| format!("{byte:02x}")).collect();
        Attempt { account: format!("account {hex}"), address: format!("address {address}") }
    }

    /// Counts the attempt as failed until it succeeds; refuses it while there is something to wait for.
    pub(super) fn begin(&self, tx: &mut Tx<'_>, at: Instant) -> Result<(), Stop> {
        let limits = [(&self.account, rules::FREE_FOR_ACCOUNT), (&self.address, rules::FREE_FOR_ADDRESS)];
        let mut known = Vec::with_capacity(limits.len());
        for (who, free) in limits {
            let attempts = of(tx, who)?;
            let seconds = attempts.map_or(0, |attempts| rules::wait(attempts, free, at));
            if seconds > 0 {
                return Err(rules::wait_refusal(seconds).into());
            }
            known.push((who, attempts));
        }
        for (who, attempts) in known {
            set(tx, who, rules::counted(attempts, at), at)?;
        }
        Ok(())
    }

    /// It was the right password: the account begins anew, the address has one failure less.
    pub(super) fn succeeded(&self, tx: &mut Tx<'_>) -> Result<(), Fault> {
        sql!("DELETE FROM staff_attempt WHERE who = ?1").bind(&self.account).run(tx)?;
        sql!("UPDATE staff_attempt SET failures = failures - 1 WHERE who = ?1 AND failures > 0")
            .bind(&self.address)
            .run(tx)?;
        Ok(())
    }
}

fn of(tx: &mut Tx<'_>, who: &String) -> Result<Option<Attempts>, Fault> {
    let found = sql!("SELECT failures, latest FROM staff_attempt WHERE who = ?1")
        .bind(who)
        .maybe::<(i64, Instant)>(tx)?;
    Ok(found.map(|(failures, latest)| Attempts { failures, latest }))
}

fn set(tx: &mut Tx<'_>, who: &String, failures: i64, at: Instant) -> Result<(), Fault> {
    sql!(
        "INSERT INTO staff_attempt (who, failures, latest) VALUES (?1, ?2, ?3)
         ON CONFLICT (who) DO UPDATE SET failures = excluded.failures, latest = excluded.latest"
    )
    .bind(who)
    .bind(&failures)
    .bind(&at)
    .run(tx)?;
    Ok(())
}
