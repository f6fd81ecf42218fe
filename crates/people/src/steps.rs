//! Long writes that tell how far they are.

use std::sync::mpsc;

use journal::{Context, Journal, Work};
use kernel::{Fault, Stop};

enum Step<T> {
    Told(u64),
    Done(Result<T, Stop>),
}

/// Writes in one transaction on the writer's thread, and tells `progress` on this one what the closure tells: how many
/// of `all` are done.
pub(crate) fn write<T: Send + 'static>(
    journal: &Journal,
    context: Context,
    all: u64,
    progress: &mut dyn FnMut(u64, u64),
    write: impl FnOnce(&mut Work<'_, '_>, &dyn Fn(u64)) -> Result<T, Stop> + Send + 'static,
) -> Result<T, Stop> {
    let (sender, steps) = mpsc::channel();
    let told = sender.clone();
    // Whoever no longer listens has gone; what is written stays written.
    let write = move |work: &mut Work<'_, '_>| write(work, &|done| drop(told.send(Step::Told(done))));
    journal.submit(context, write, move |result| drop(sender.send(Step::Done(result))));
    loop {
        match steps.recv() {
            Ok(Step::Told(done)) => progress(done, all),
            Ok(Step::Done(result)) => return result,
            Err(gone) => return Err(Fault::because("waiting for the writer", gone).into()),
        }
    }
}
