//! Work that may panic and be none the worse for it: a file that the library cannot read is the file's fault.

use std::cell::Cell;
use std::panic::{UnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;

thread_local! {
    static MAY_PANIC: Cell<bool> = const { Cell::new(false) };
}

/// What the work gives, or none if it panicked. That is not told on the terminal or in the log, where it would look like
/// a defect of the program; a panic of any other work still is.
pub(crate) fn quietly<R>(work: impl FnOnce() -> R + UnwindSafe) -> Option<R> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let tell = take_hook();
        set_hook(Box::new(move |panic| {
            if !MAY_PANIC.get() {
                tell(panic);
            }
        }));
    });
    MAY_PANIC.set(true);
    let done = catch_unwind(work);
    MAY_PANIC.set(false);
    done.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_may_panic_is_kept_quiet() {
        assert_eq!(quietly(|| MAY_PANIC.get()), Some(true));
        assert_eq!(quietly(|| -> u8 { panic!("a number that no spreadsheet writes") }), None);
        assert!(!MAY_PANIC.get(), "whatever panics next is told");
    }
}
