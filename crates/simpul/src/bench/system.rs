//! What only the operating system can tell: how often it was asked to write to disk for good, and how long the
//! processors worked. This is the one module of the house with unsafe code; it is used by `simpul bench` alone.
//!
//! The program defines `fsync` and `fdatasync` itself. The linker finds them before those of the C library, so that
//! SQLite and Rust's own files call these, which count and then do what the others would have done.

#![allow(unsafe_code)]

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use kernel::Fault;

static SYNCS: AtomicU64 = AtomicU64::new(0);

/// How often anything of this process was synced to disk so far.
pub fn syncs() -> u64 {
    SYNCS.load(Ordering::Relaxed)
}

#[cfg(target_os = "linux")]
#[unsafe(no_mangle)]
extern "C" fn fdatasync(file: libc::c_int) -> libc::c_int {
    SYNCS.fetch_add(1, Ordering::Relaxed);
    // SAFETY: the call takes a number and touches no memory of ours; for a number that is no file it answers EBADF. It
    // gives back 0 or -1 and sets `errno`, as the function of the C library does.
    unsafe { libc::syscall(libc::SYS_fdatasync, file) as libc::c_int }
}

#[cfg(target_os = "linux")]
#[unsafe(no_mangle)]
extern "C" fn fsync(file: libc::c_int) -> libc::c_int {
    SYNCS.fetch_add(1, Ordering::Relaxed);
    // SAFETY: as in `fdatasync`.
    unsafe { libc::syscall(libc::SYS_fsync, file) as libc::c_int }
}

/// How long the processors have worked for this process, all threads and the system's part included.
pub fn cpu_time() -> Result<Duration, Fault> {
    let mut usage = std::mem::MaybeUninit::<libc::rusage>::uninit();
    // SAFETY: `usage` is as large as the call wants it, and is read only when the call says that it was filled.
    let usage = unsafe {
        if libc::getrusage(libc::RUSAGE_SELF, usage.as_mut_ptr()) != 0 {
            return Err(Fault::because(
                "asking for the time on the processors",
                std::io::Error::last_os_error(),
            ));
        }
        usage.assume_init()
    };
    let part = |time: libc::timeval| {
        Duration::from_secs(time.tv_sec.unsigned_abs()) + Duration::from_micros(time.tv_usec.unsigned_abs())
    };
    Ok(part(usage.ru_utime) + part(usage.ru_stime))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(target_os = "linux")]
    #[test]
    fn every_sync_is_counted() {
        let file = tempfile::tempfile().expect("a file");
        let before = syncs();
        file.sync_data().expect("syncs");
        file.sync_all().expect("syncs");
        assert!(syncs() >= before + 2);
        assert!(cpu_time().is_ok());
    }
}
