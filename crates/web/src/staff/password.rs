//! Passwords: hashed with argon2id, 46 MiB of memory and one pass, as OWASP recommends.

use std::sync::LazyLock;

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use kernel::{Fault, Stop};
use unicode_normalization::UnicodeNormalization;

use crate::Site;

/// The hash of a password that may be chosen, ready to be kept.
pub struct Hashed(pub(super) String);

static ARGON2: LazyLock<Argon2<'static>> = LazyLock::new(|| {
    let params = Params::new(46 * 1024, 1, 1, None).expect("the cost lies within the limits of argon2");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
});

/// Hashes a password. Takes a tenth of a second and 46 MiB.
pub(super) fn hash(password: &str) -> Result<Hashed, Fault> {
    let hash = ARGON2.hash_password(normal(password).as_bytes());
    let hash = hash.map_err(|error| Fault::new(format!("hashing a password: {error}")))?;
    Ok(Hashed(hash.to_string()))
}

/// Whether it is the password. Costs one hash as well where there is none to compare with, so that nobody learns from the
/// time which accounts there are. A hash that cannot be read is a fault, and not a wrong password.
pub(super) fn verify(password: &str, hash: Option<&str>) -> Result<bool, Fault> {
    let Some(hash) = hash else {
        self::hash(password)?;
        return Ok(false);
    };
    let broken = |error: argon2::password_hash::Error| Fault::new(format!("checking a password: {error}"));
    let parsed = PasswordHash::new(hash).map_err(|error| broken(error.into()))?;
    match ARGON2.verify_password(normal(password).as_bytes(), &parsed) {
        Ok(()) => Ok(true),
        Err(argon2::password_hash::Error::PasswordInvalid) => Ok(false),
        Err(error) => Err(broken(error)),
    }
}

/// The same letters, however the keyboard composed them: Korean syllables come in two forms.
fn normal(password: &str) -> String {
    password.nfkc().collect()
}

/// Hashes or verifies away from the threads that answer requests, two at a time.
pub(super) async fn apart<T: Send + 'static>(
    site: &Site,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Stop> {
    let broken = |error: String| Fault::new(format!("checking a password: {error}"));
    let _place = site.hashing.acquire().await.map_err(|error| broken(error.to_string()))?;
    tokio::task::spawn_blocking(work).await.map_err(|error| broken(error.to_string()).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_fits_its_hash_alone() {
        let hashed = hash("비밀번호는 길어요").expect("hashed");
        assert!(hashed.0.starts_with("$argon2id$v=19$m=47104,t=1,p=1$"), "{}", hashed.0);
        let decomposed: String = "비밀번호는 길어요".nfd().collect();
        let fits = |password: &str| verify(password, Some(&hashed.0)).expect("the hash is whole");
        assert!(fits(&decomposed));
        assert!(!fits("비밀번호는 길어요!"));
        assert!(!verify("", None).expect("a password is hashed all the same"));
        assert!(verify("비밀번호는 길어요", Some("$argon2id$v=19$m=x$y")).is_err());
        assert!(verify("비밀번호는 길어요", Some("")).is_err());
    }
}
