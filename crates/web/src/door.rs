//! Who is connected, counted by address: one that takes every place leaves none to the others.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::visit::network;

/// Counts the connections of each address.
pub(crate) struct Door {
    most: usize,
    inside: Mutex<HashMap<IpAddr, usize>>,
}

/// A connection that is counted until this is dropped.
pub(crate) struct Inside {
    door: Arc<Door>,
    from: IpAddr,
}

impl Door {
    /// Lets so many connections of one address in at once.
    pub(crate) fn new(most: usize) -> Arc<Door> {
        Arc::new(Door { most, inside: Mutex::default() })
    }

    /// None if this address has as many connections as one may have.
    pub(crate) fn enter(self: &Arc<Door>, address: IpAddr) -> Option<Inside> {
        let from = network(address);
        let mut inside = self.counts();
        let count = inside.entry(from).or_default();
        if *count >= self.most {
            return None;
        }
        *count += 1;
        Some(Inside { door: self.clone(), from })
    }

    fn counts(&self) -> MutexGuard<'_, HashMap<IpAddr, usize>> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Inside {
    fn drop(&mut self) {
        let mut inside = self.door.counts();
        if let Some(count) = inside.get_mut(&self.from) {
            *count -= 1;
            if *count == 0 {
                inside.remove(&self.from);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_does_not_take_every_place() {
        let door = Door::new(2);
        let enter = |from: &str| door.enter(from.parse().expect("an address"));
        let (first, second) = (enter("203.0.113.9"), enter("::ffff:203.0.113.9"));
        assert!(first.is_some() && second.is_some());
        assert!(enter("203.0.113.9").is_none(), "both places of this address are taken");
        let _others = [enter("203.0.113.10"), enter("2001:db8::1"), enter("2001:db8::2")].map(Option::unwrap);
        assert!(enter("2001:db8::3").is_none(), "one household has a network of IPv6");
        drop(second);
        assert!(enter("203.0.113.9").is_some());
        drop(first);
        assert_eq!(door.counts().len(), 2, "whoever has left is forgotten");
    }
}
