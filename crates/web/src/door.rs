//! Who is connected, counted by address: one that takes every place leaves none to the others.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::visit::network;

/// Counts the connections of each address.
pub(crate) struct Door {
    most: usize,
    most_of_a_hall: usize,
    inside: Mutex<HashMap<IpAddr, usize>>,
}

/// A connection that is counted until this is dropped.
pub(crate) struct Inside {
    door: Arc<Door>,
    from: IpAddr,
}

impl Door {
    /// Lets so many connections of one address in at once; of an address of a local network `most_of_a_hall`, since a hall
    /// full of telephones may stand behind it.
    pub(crate) fn new(most: usize, most_of_a_hall: usize) -> Arc<Door> {
        Arc::new(Door { most, most_of_a_hall, inside: Mutex::default() })
    }

    /// None if this address has as many connections as one may have.
    pub(crate) fn enter(self: &Arc<Door>, address: IpAddr) -> Option<Inside> {
        let from = network(address);
        let is_local = matches!(from, IpAddr::V4(from) if from.is_private() || from.is_loopback());
        let most = if is_local { self.most_of_a_hall } else { self.most };
        let mut inside = self.counts();
        let count = inside.entry(from).or_default();
        if *count >= most {
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
        let door = Door::new(2, 3);
        let enter = |from: &str| door.enter(from.parse().expect("an address"));
        let (first, second) = (enter("203.0.113.9"), enter("::ffff:203.0.113.9"));
        assert!(first.is_some() && second.is_some());
        assert!(enter("203.0.113.9").is_none(), "both places of this address are taken");
        let _others = [enter("203.0.113.10"), enter("2001:db8::1"), enter("2001:db8::2")].map(Option::unwrap);
        assert!(enter("2001:db8::3").is_none(), "one household has a network of IPv6");
        drop(second);
        assert!(enter("203.0.113.9").is_some());
        drop(first);
        let mut hall: Vec<_> = (0..4).filter_map(|_| enter("192.168.1.7")).collect();
        assert_eq!(hall.len(), 3, "a hall has more places, and not all");
        hall.clear();
        assert_eq!(door.counts().len(), 2, "whoever has left is forgotten");
    }
}
