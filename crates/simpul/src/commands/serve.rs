//! `simpul serve`

use std::future::Future;
use std::io;
use std::time::Duration;

use clap::Args;
use kernel::{Arg, Fault, Stop};
use tokio::net::TcpListener;
use web::Site;

use crate::cli::SiteArgs;
use crate::site;
use crate::terminal::{End, Terminal};

/// Open the site to browsers
#[derive(Args)]
pub struct Serve {
    #[command(flatten)]
    site: SiteArgs,
    /// Address and port [default: that of the settings, else 127.0.0.1:8470]
    #[arg(long, value_name = "ADDR")]
    listen: Option<String>,
}

/// So long requests that are under way may take when the server is told to stop.
const GRACE: Duration = Duration::from_secs(10);

impl Serve {
    pub fn run(self, terminal: &Terminal) -> Result<End, Stop> {
        let runtime = runtime()?;
        let listen = self.listen.map_or_else(|| Ok(self.site.config()?.listen), Ok::<_, Stop>)?;
        let listener = runtime.block_on(bind(&listen))?;
        let (journal, config) = self.site.open(terminal)?;
        let site = site::site(journal.clone(), &config)?;
        let served = runtime.block_on(serve(site, listener, terminal));
        journal.close();
        // What still works on an answer that nobody waits for does not hold the program.
        runtime.shutdown_timeout(Duration::from_secs(1));
        served.map(|()| End::Fine).map_err(Stop::from)
    }
}

pub fn runtime() -> Result<tokio::runtime::Runtime, Fault> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Fault::because("starting the server's threads", error))
}

/// Takes the port before anything else: when another server has it, the person hears so at once.
pub async fn bind(listen: &str) -> Result<TcpListener, Fault> {
    TcpListener::bind(listen).await.map_err(|error| {
        let advice = match error.kind() {
            io::ErrorKind::AddrInUse => "cli.port_taken",
            io::ErrorKind::PermissionDenied => "cli.port_forbidden",
            _ => "cli.address_wrong",
        };
        Fault::because(format!("listening on {listen}"), error)
            .advise(advice, vec![("address", Arg::Text(listen.to_owned()))])
    })
}

/// Serves until the machine or the person says stop. The journal is closed afterwards, so that nothing stays unsigned.
pub async fn serve(site: Site, listener: TcpListener, terminal: &Terminal) -> Result<(), Fault> {
    let address =
        listener.local_addr().map_err(|error| Fault::because("asking where the server listens", error))?;
    let told_to_stop =
        told_to_stop().map_err(|error| Fault::because("listening for the word to stop", error))?;
    terminal.tell("cli-serving", &[("address", Arg::Text(format!("http://{address}")))]);
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let stop_after_grace = async {
        told_to_stop.await;
        terminal.note("cli-stopping", &[]);
        let _ = stop.send(());
        tokio::time::sleep(GRACE).await;
    };
    let serving = web::serve(site, listener, async { drop(stopped.await) });
    let served = tokio::select! {
        served = serving => served,
        () = stop_after_grace => Ok(()),
    };
    served.map_err(|error| Fault::because("serving", error))
}

/// Listens from now on for whoever tells the program to stop.
#[cfg(unix)]
fn told_to_stop() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

#[cfg(not(unix))]
fn told_to_stop() -> io::Result<impl Future<Output = ()>> {
    Ok(async { drop(tokio::signal::ctrl_c().await) })
}
