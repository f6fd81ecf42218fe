//! The life of a request: who asks, in which language, for which form of answer; what may be done; how it looks.
//!
//! `web` knows HTTP and nothing of villages. A feature gives it a [`Pages`](crate::Pages) manifest; README.md beside
//! `Cargo.toml` shows how a page, a form, a list and a chart are written.

mod formats;
mod lang;
mod shape;
mod want;
mod words;

pub use formats::{Formats, Shown};
pub use lang::Lang;
pub use words::{IncompleteWords, Say, Texts, Voice, Words, refusal_key};
