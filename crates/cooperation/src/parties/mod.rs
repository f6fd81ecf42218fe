//! Parties: who cooperates (para pihak; 당사자): regions, ministries, councils, foundations, villages, universities. A
//! region keeps a list of them; their names are no secret.

mod facts;
mod pages;
mod rules;
mod tables;

use journal::Chapter;
use web::{Pages, Routes};

pub use facts::{ContactNamed, ContactRegistered, Fact, PartyKind, PartyNamed, SignerDismissed, SignerNamed};
pub use rules::{Refusal, name_party};
pub use tables::{Party, list, one, signers};

kernel::deeds! { DEEDS:
    /// See with whom a region cooperates.
    SeeParties "parties.see" by Public;
    /// Name parties.
    KeepParties "parties.keep" by Administrator, CooperationOfficer;
    /// See the persons whom one reaches at a party.
    SeeContacts "parties.see_contacts" by Administrator, CooperationOfficer;
    /// Keep the persons whom one reaches at a party.
    KeepContacts "parties.keep_contacts" by Administrator, CooperationOfficer;
    /// Erase what is known of such a person.
    EraseContacts "parties.erase" by Administrator;
}

/// Parties, as the journal sees them.
pub static CHAPTER: Chapter = Chapter {
    name: "parties",
    kinds: Fact::KINDS,
    tables: include_str!("tables.sql"),
    version: 1,
    local: "",
    local_kept: &[],
    fold: tables::fold,
    forget: Some(tables::forget),
    check: None,
};

/// Parties, as a reader sees them.
pub static PAGES: Pages = Pages { routes, deeds: DEEDS, words: web::words!(), menu: &[] };

fn routes(r: Routes) -> Routes {
    r.get("/regions/{region}/parties", pages::list)
        .named("parties-list")
        .post("/regions/{region}/parties", pages::name)
        .named("parties-new")
        .get("/regions/{region}/parties/signers", pages::signers::list)
        .named("parties-signers")
        .get("/regions/{region}/parties/{party}/contacts", pages::contacts::list)
        .named("parties-contacts")
        .post("/regions/{region}/parties/{party}/contacts", pages::contacts::register)
        .named("parties-contact-new")
        .get("/regions/{region}/parties/{party}/contacts/{contact}", pages::contacts::contact)
        .named("parties-contact")
        .post("/regions/{region}/parties/{party}/contacts/{contact}", pages::contacts::rename)
        .named("parties-contact-new")
        .get("/regions/{region}/parties/{party}/contacts/{contact}/erase", pages::contacts::erase_form)
        .named("parties-erase")
        .post("/regions/{region}/parties/{party}/contacts/{contact}/erase", pages::contacts::erase)
        .named("parties-erase")
        .post("/regions/{region}/parties/signers", pages::signers::name)
        .named("parties-signer-name")
        .post("/regions/{region}/parties/signers/dismiss", pages::signers::dismiss)
        .named("parties-signer-dismiss")
}
