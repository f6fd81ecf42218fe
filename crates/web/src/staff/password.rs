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

/// What an unknown account is checked against, so that it takes as long as a known one.
static NOBODY: LazyLock<String> =
    LazyLock::new(|| hash("nobody has this password").map(|hash| hash.0).unwrap_or_default());

/// Hashes a password. Takes a tenth of a second and 46 MiB.
pub(super) fn hash(password: &str) -> Result<Hashed, Fault> {
    let hash = ARGON2.hash_password(normal(password).as_bytes());
    let hash = hash.map_err(|error| Fault::new(format!("hashing a password: {error}")))?;
    Ok(Hashed(hash.to_string()))
}

/// Whether it is the password. Takes as long when there is none to compare with.
pub(super) fn verify(password: &str, hash: Option<&str>) -> bool {
    let Ok(parsed) = PasswordHash::new(hash.unwrap_or(&NOBODY)) else { return false };
    let fits = ARGON2.verify_password(normal(password).as_bytes(), &parsed).is_ok();
    fits && hash.is_some()
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
        assert!(verify(&decomposed, Some(&hashed.0)));
        assert!(!verify("비밀번호는 길어요!", Some(&hashed.0)));
        assert!(!verify("nobody has this password", None));
    }
}
