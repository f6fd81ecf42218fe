//! A browser without an account, known by a token of its own, so that it is one voice in a hall and no more.

use axum::http::{HeaderMap, HeaderValue, header};
use kernel::{Deed, Fault};
use sha2::{Digest, Sha256};

use crate::staff::session::{self, TokenHash};
use crate::{Cx, Reply};

/// Longer than any meeting.
const KNOWN_SECONDS: i64 = 7 * 24 * 3600;

const fn cookie_name(https: bool) -> &'static str {
    if https { "__Host-simpul-hall" } else { "simpul-hall" }
}

/// A browser that has a token. Nothing leads from it to a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Device(TokenHash);

impl Device {
    /// What it is called among those of one occasion: 32 hexadecimal digits. Who knows its names on two occasions cannot
    /// tell that they are of one browser.
    pub fn alias(&self, occasion: &str) -> String {
        let hash = Sha256::digest(format!("simpul/hall/1 {} {occasion}", self.0.text()).as_bytes());
        hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
    }
}

/// The device that a request came from.
pub(crate) fn of(headers: &HeaderMap, https: bool) -> Option<Device> {
    session::token_in(headers, cookie_name(https)).map(Device)
}

impl<D: Deed> Cx<D> {
    /// The browser, if it was given a token before.
    pub fn device(&self) -> Option<Device> {
        self.visit().device
    }
    /// The answer, and with it a token for a browser that has none yet.
    pub fn with_device(&self, reply: Reply) -> Reply {
        if self.device().is_some() {
            return reply;
        }
        let mut response = reply?;
        let (token, _) = session::new_token()?;
        let https = self.site().settings.https;
        let secure = if https { "; Secure" } else { "" };
        let name = cookie_name(https);
        let line = format!("{name}={token}; Path=/; Max-Age={KNOWN_SECONDS}; HttpOnly; SameSite=Lax{secure}");
        let line = HeaderValue::from_str(&line).map_err(|error| Fault::because("writing a cookie", error))?;
        response.headers_mut().append(header::SET_COOKIE, line);
        Ok(response)
    }
}
