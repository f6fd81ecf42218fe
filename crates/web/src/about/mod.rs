//! The pages that every site has: what this program is, and the interface for programs.

mod openapi;

use askama::Template;
use journal::LogKey;
use serde::Serialize;

use crate::{Cx, Frame, Pages, Reply, Routes};

kernel::deeds! { DEEDS:
    /// Read about the program and its interface.
    ReadAbout "web.read_about" by Public;
}

/// What every site has.
pub(crate) static PAGES: Pages = Pages { routes, deeds: DEEDS, words: crate::words!(), menu: &[] };

fn routes(r: Routes) -> Routes {
    r.get("/about", about).named("web-about").get("/openapi.json", openapi::document).named("web-openapi")
}

/// The program, as it says of itself.
#[derive(Serialize)]
struct About {
    program: &'static str,
    version: &'static str,
    licence: &'static str,
    source: &'static str,
    site: String,
    synthetic: bool,
    /// The logs with their public keys.
    logs: Vec<LogKey>,
}

#[derive(Template)]
#[template(path = "about/about.html")]
struct AboutPage<'a> {
    frame: Frame,
    about: &'a About,
}

async fn about(cx: Cx<ReadAbout>) -> Reply {
    let logs = cx.read(|view| Ok(journal::log_keys(view)?)).await?;
    let settings = &cx.site().settings;
    let about = About {
        program: "Simpul",
        version: settings.version,
        licence: "Apache-2.0 OR MIT",
        source: settings.source,
        site: settings.title.clone(),
        synthetic: settings.synthetic,
        logs,
    };
    cx.page(&about, |frame| AboutPage { frame, about: &about })
}
