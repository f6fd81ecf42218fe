//! The life of a request: who asks, in which language, for which form of answer; what may be done; how it looks.
//!
//! `web` knows HTTP and nothing of villages. A feature gives it a [`Pages`] manifest; README.md beside `Cargo.toml`
//! shows how a page, a form, a list and a chart are written.

mod about;
mod ask;
mod assets;
mod attach;
mod books;
pub mod chart;
mod cx;
mod device;
mod door;
mod field;
mod formats;
mod frame;
mod hurry;
mod korean;
mod lang;
pub mod list;
pub mod number;
mod patience;
mod pieces;
pub mod qr;
mod reply;
mod routes;
mod serve;
pub mod shape;
mod site;
mod slot;
pub mod staff;
pub mod text;
mod upload;
mod visit;
mod waiting;
mod want;
mod words;

pub use ask::{Ask, Describe, Query};
pub use attach::{Attachment, Opens, Part, Sent};
pub use books::{BookAt, ListBooks};
pub use cx::Cx;
pub use device::Device;
pub use field::{Choice, Field};
pub use formats::{Formats, Shown};
pub use frame::{Frame, LangLink, Link, Notice, Once};
pub use lang::Lang;
pub use list::{List, ListAsk, Listed, Word};
pub use reply::{Halt, Refusal, Reply};
pub use routes::{Asks, Decided, Route, Routes};
pub use serve::{router, serve};
pub use site::{Clock, MenuAt, MenuEntry, Pages, Settings, Site, deed_key, machine_clock};
pub use slot::{Filled, Filler, Fragment, Slot, SlotAt};
pub use upload::{Upload, Uploaded};
pub use visit::Visit;
pub use waiting::Waiting;
pub use want::Want;
pub use words::{IncompleteWords, Say, Texts, Voice, Words, refusal_key};
