//! `simpul demo`

use std::path::Path;
use std::time::Duration;

use clap::Args;
use journal::{Context, Via, unwritable};
use kernel::{Arg, Grant, PlaceCode, Role, Stop};
use livelihood::waste::demo;
use web::Lang;

use crate::cli::SiteArgs;
use crate::commands::init::write_config;
use crate::commands::serve::{bind, runtime, serve};
use crate::commands::user;
use crate::config::Config;
use crate::site;
use crate::terminal::{End, Terminal};

kernel::refusals! { Refusal:
    /// The folder has a site whose data is real.
    409 "cli.not_a_demo" NotADemo { path: String };
}

/// Serve a made-up village with a year of a waste bank
///
/// The data is made on the first start, from a seed, and every page says that it is not real.
#[derive(Args)]
pub struct Demo {
    #[command(flatten)]
    site: SiteArgs,
    /// Address and port
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8470")]
    listen: String,
}

/// Everybody of the cast has it; it protects nothing.
const PASSWORD: &str = "simpul-demo";

/// The cast: the name to sign in with, the role, the language of the pages.
const CAST: [(&str, Role, Lang); 7] = [
    ("admin", Role::Administrator, Lang::En),
    ("bu-ratna", Role::CooperationOfficer, Lang::Id),
    ("pak-lurah", Role::VillageOfficer, Lang::Id),
    ("bu-sri", Role::Teller, Lang::Id),
    ("pak-joko", Role::Teller, Lang::Id),
    ("pemeriksa", Role::Auditor, Lang::Id),
    ("gyeongbuk", Role::PartnerReader, Lang::Ko),
];

impl Demo {
    pub fn run(self, terminal: &Terminal) -> Result<End, Stop> {
        let runtime = runtime()?;
        let listener = runtime.block_on(bind(&self.listen))?;
        if !site::paths(&self.site.data, &self.site.config()?).exists() {
            self.make(terminal)?;
        }
        let (journal, config) = self.site.open(terminal)?;
        if !config.synthetic {
            journal.close();
            return Err(Refusal::NotADemo { path: self.site.data.display().to_string() }.into());
        }
        tell_cast(terminal);
        let site = site::site(journal.clone(), &config)?;
        let served = runtime.block_on(serve(site, listener, terminal));
        journal.close();
        runtime.shutdown_timeout(Duration::from_secs(1));
        served.map(|()| End::Fine).map_err(Stop::from)
    }

    /// Makes the data in a folder beside the one that was asked for, so that a first start that was interrupted leaves
    /// nothing half made.
    fn make(&self, terminal: &Terminal) -> Result<(), Stop> {
        let data = &self.site.data;
        let beside = data.with_extension("part");
        let _ = std::fs::remove_dir_all(&beside);
        let site = SiteArgs { data: beside.clone(), ..self.site.clone() };
        let village: PlaceCode = demo::VILLAGE.parse().expect("the code of a village");
        let config = Config {
            title: "Kalurahan Sumbermulyo".to_owned(),
            home: Some(village.clone()),
            synthetic: true,
            ..self.site.config()?
        };
        let journal = site.make(&config, terminal)?;
        write_config(&beside, &config, terminal)?;
        let now = web::machine_clock()();
        let mut progress = terminal.progress("cli-doing-demo");
        let plan = demo::Plan::of_a_year(now.day_at(config.offset_minutes));
        demo::demo(&journal, Context::operator(Via::Cli, now), plan, &mut |done, total| {
            progress.step(done, total)
        })?;
        drop(progress);
        let context = Context::operator(Via::Cli, now);
        journal.write(context, cooperation::demo::record)?;
        cooperation::demo::attach(&journal, context)?;
        let (context, today) = (Context::operator(Via::Cli, now), now.day_at(config.offset_minutes));
        journal.write(context, move |work| deliberation::demo::record(work, today))?;
        for (handle, role, lang) in CAST {
            let place = match role {
                Role::Administrator => PlaceCode::everywhere(),
                Role::CooperationOfficer => cooperation::demo::region(),
                _ => village.clone(),
            };
            user::open(&journal, handle, PASSWORD, lang, vec![Grant { role, place, book: None }])?;
        }
        journal.close();
        put(&beside, data)
    }
}

fn put(beside: &Path, data: &Path) -> Result<(), Stop> {
    if let Some(above) = data.parent() {
        std::fs::create_dir_all(above).map_err(|error| unwritable(above, error))?;
    }
    std::fs::rename(beside, data).map_err(|error| unwritable(data, error).into())
}

fn tell_cast(terminal: &Terminal) {
    terminal.tell("cli-demo-cast", &[("password", PASSWORD.into())]);
    for (handle, role, _) in CAST {
        let role = Arg::Text(terminal.say(&format!("staff-role-{}", role.name())));
        terminal.tell("cli-demo-one", &[("handle", Arg::Text(format!("{handle:10}"))), ("role", role)]);
    }
}
