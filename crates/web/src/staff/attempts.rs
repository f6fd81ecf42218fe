//! Attempts to sign in, counted before the password is looked at, so that many at once do not slip through.
//!
//! A stranger who guesses must not lock out whom they guess for, nor the village behind the same address. So what is
//! strict is counted apart for each address, and for each browser in which the account has signed in before.

use db::{Tx, sql};
use kernel::{Fault, Instant, Stop};
use sha2::{Digest, Sha256};

use super::rules::{self, Attempts, Limit};
use super::session::TokenHash;

/// From where somebody tries.
#[derive(Debug, Clone)]
pub(super) enum Origin {
    /// A browser in which this account has signed in before.
    Known(TokenHash),
    /// Any other, at this address.
    Address(String),
}

/// For whom and from where somebody tries: what is counted, each under its limit.
#[derive(Debug, Clone)]
pub(super) struct Attempt(Vec<(Limit, String)>);

impl Attempt {
    pub(super) fn new(handle: &str, origin: &Origin) -> Attempt {
        let hash = Sha256::digest(handle.as_bytes());
        let account: String = hash[..16].iter().map(|byte| format!("{byte:02x}")).collect();
        Attempt(match origin {
            Origin::Known(browser) => {
                vec![(Limit::Own, format!("account {account} browser {}", browser.text()))]
            }
            Origin::Address(address) => vec![
                (Limit::Own, format!("account {account} address {address}")),
                (Limit::Shared, format!("account {account}")),
                (Limit::Shared, format!("address {address}")),
            ],
        })
    }

    /// Counts the attempt as failed until it succeeds; refuses it while there is something to wait for.
    pub(super) fn begin(&self, tx: &mut Tx<'_>, at: Instant) -> Result<(), Stop> {
        let mut known = Vec::with_capacity(self.0.len());
        for (limit, who) in &self.0 {
            let attempts = of(tx, who)?;
            let seconds = attempts.map_or(0, |attempts| rules::wait(*limit, attempts, at));
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

    /// It was the right password: this origin begins anew, what others share has one failure less.
    pub(super) fn succeeded(&self, tx: &mut Tx<'_>, at: Instant) -> Result<(), Fault> {
        for (limit, who) in &self.0 {
            match limit {
                Limit::Own => sql!("DELETE FROM staff_attempt WHERE who = ?1").bind(who).run(tx)?,
                Limit::Shared => {
                    sql!("UPDATE staff_attempt SET failures = failures - 1 WHERE who = ?1 AND failures > 0")
                        .bind(who)
                        .run(tx)?
                }
            };
        }
        sql!("DELETE FROM staff_attempt WHERE latest < ?1")
            .bind(&at.plus_seconds(-rules::FORGET_AFTER))
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
