//! A small site: what one durable weigh-in costs, against what the disk itself can do.

use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use journal::unwritable;
use kernel::Stop;

use super::large::Bank;
use super::{Figure, per_second, system};
use crate::terminal::Terminal;

/// Disk and bank take turns, so that both meet the same disk on the same minute.
const TURNS: usize = 7;
const TURN: Duration = Duration::from_millis(600);
const WRITERS: u64 = 32;

pub fn measure(folder: &Path, terminal: &Terminal) -> Result<Vec<Figure>, Stop> {
    let bank = Bank::found(folder, 64, terminal)?;
    let (mut ratios, mut gains, mut booked, mut syncs) = (Vec::new(), Vec::new(), 0, 0);
    bank.weigh_in(0)?;
    let next = AtomicU64::new(1);
    for _ in 0..TURNS {
        let raw = appends(&folder.join("appends"))?;
        let before = system::syncs();
        let one = during_a_turn(|| bank.weigh_in(next.fetch_add(1, Ordering::Relaxed)))?;
        syncs += system::syncs() - before;
        booked += one.0;
        let many = many_writers(&bank, &next)?;
        ratios.push(per_second(one.0, one.1) / raw);
        gains.push(many / per_second(one.0, one.1));
    }
    bank.close();
    Ok(vec![
        Figure::at_least("weigh-ins-per-append", 0.7, middle(&mut ratios)),
        Figure::at_most("syncs-per-weigh-in", 1.2, syncs as f64 / booked as f64),
        Figure::at_least("writers-32-per-one", 8.0, middle(&mut gains)),
    ])
}

/// How often this disk appends 4 KiB and syncs, in a second.
fn appends(path: &Path) -> Result<f64, Stop> {
    let failed = |error| Stop::from(unwritable(path, error));
    let mut file = File::create(path).map_err(failed)?;
    let block = [7; 4096];
    let (count, time) =
        during_a_turn(|| file.write_all(&block).and_then(|()| file.sync_data()).map_err(failed))?;
    Ok(per_second(count, time))
}

/// How many weigh-ins of 32 writers are booked in a second.
fn many_writers(bank: &Bank, next: &AtomicU64) -> Result<f64, Stop> {
    let begun = Instant::now();
    let booked: u64 = std::thread::scope(|scope| {
        let writers: Vec<_> = (0..WRITERS)
            .map(|_| scope.spawn(|| during_a_turn(|| bank.weigh_in(next.fetch_add(1, Ordering::Relaxed)))))
            .collect();
        writers
            .into_iter()
            .map(|writer| Ok(writer.join().expect("a writer does not panic")?.0))
            .sum::<Result<u64, Stop>>()
    })?;
    Ok(per_second(booked, begun.elapsed()))
}

fn during_a_turn(mut work: impl FnMut() -> Result<(), Stop>) -> Result<(u64, Duration), Stop> {
    let (begun, mut count) = (Instant::now(), 0);
    while begun.elapsed() < TURN {
        work()?;
        count += 1;
    }
    Ok((count, begun.elapsed()))
}

fn middle(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
