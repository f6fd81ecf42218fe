//! The Merkle tree of RFC 6962 over the headers: leaf = SHA-256(0x00, header), node = SHA-256(0x01, left, right).

use crate::hash::Hash;

/// The hash of a leaf.
pub fn leaf_hash(header: &[u8]) -> Hash {
    Hash::of(&[&[0], header])
}

/// The hash of two subtrees.
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    Hash::of(&[&[1], &left.0, &right.0])
}

/// The hash of a tree without leaves.
pub fn empty_hash() -> Hash {
    Hash::of(&[])
}

/// The right edge of a tree: the roots of its full subtrees, the largest first. Enough to append and to give the root.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Edge {
    size: u64,
    /// One root for each bit of `size` that is set, from the highest bit down.
    roots: Vec<Hash>,
}

/// A full subtree of 256, 65,536, … leaves: a tile of C2SP tlog-tiles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tile {
    /// 1 for 256 leaves, 2 for 65,536, …
    pub level: u8,
    /// Which one of its level, from the left.
    pub n: u64,
    /// Its root.
    pub root: Hash,
}

impl Edge {
    /// How many leaves the tree has.
    pub fn size(&self) -> u64 {
        self.size
    }
    /// Appends a leaf; tells of the tiles that became full.
    pub fn push(&mut self, leaf: Hash, mut full: impl FnMut(Tile)) {
        self.push_subtree(0, leaf, &mut full);
    }
    /// Appends a full subtree of 2^height leaves. The size must be a multiple of that.
    pub fn push_subtree(&mut self, height: u32, root: Hash, mut full: impl FnMut(Tile)) {
        debug_assert_eq!(self.size % (1 << height), 0, "a subtree starts at a multiple of its size");
        let (mut height, mut root, mut index) = (height, root, self.size >> height);
        self.size += 1 << height;
        loop {
            if height > 0 && height.is_multiple_of(8) {
                full(Tile { level: (height / 8) as u8, n: index, root });
            }
            if index & 1 == 0 {
                break;
            }
            let left = self.roots.pop().expect("an odd index has a left neighbour");
            root = node_hash(&left, &root);
            height += 1;
            index >>= 1;
        }
        self.roots.push(root);
    }
    /// The root of the tree.
    pub fn root(&self) -> Hash {
        let mut roots = self.roots.iter().rev();
        let Some(last) = roots.next() else { return empty_hash() };
        roots.fold(*last, |right, left| node_hash(left, &right))
    }
}

/// The path from leaf `index` to the root of a tree of `size` leaves (RFC 6962, 2.1.1). `subtree(start, len)` gives
/// the root of the leaves from `start`.
pub fn inclusion_path<E>(
    index: u64,
    size: u64,
    mut subtree: impl FnMut(u64, u64) -> Result<Hash, E>,
) -> Result<Vec<Hash>, E> {
    let mut path = Vec::new();
    let (mut start, mut len) = (0, size);
    while len > 1 {
        let left = largest_power_below(len);
        if index - start < left {
            path.push(subtree(start + left, len - left)?);
            len = left;
        } else {
            path.push(subtree(start, left)?);
            start += left;
            len -= left;
        }
    }
    path.reverse();
    Ok(path)
}

/// The largest power of two below `len`; `len` is at least 2.
pub fn largest_power_below(len: u64) -> u64 {
    1 << (63 - (len - 1).leading_zeros())
}

/// The root that follows from a leaf and its path (RFC 9162, 2.1.3.2), or nothing when the path does not fit.
pub fn root_from_path(index: u64, size: u64, leaf: Hash, path: &[Hash]) -> Option<Hash> {
    if index >= size {
        return None;
    }
    let (mut node, mut last, mut root) = (index, size - 1, leaf);
    for sibling in path {
        if last == 0 {
            return None;
        }
        if node & 1 == 1 || node == last {
            root = node_hash(sibling, &root);
            while node & 1 == 0 && node != 0 {
                node >>= 1;
                last >>= 1;
            }
        } else {
            root = node_hash(&root, sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    (last == 0).then_some(root)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn leaves(count: u64) -> Vec<Hash> {
        (0..count).map(|n| leaf_hash(&n.to_be_bytes())).collect()
    }

    /// The definition of RFC 6962, word for word.
    fn by_definition(leaves: &[Hash]) -> Hash {
        match leaves {
            [] => empty_hash(),
            [only] => *only,
            _ => {
                let (left, right) = leaves.split_at(largest_power_below(leaves.len() as u64) as usize);
                node_hash(&by_definition(left), &by_definition(right))
            }
        }
    }

    #[test]
    fn the_root_is_that_of_the_rfc_and_tiles_are_its_subtrees() {
        let all = leaves(70_000);
        let mut edge = Edge::default();
        let mut tiles = Vec::new();
        for (n, leaf) in all.iter().enumerate() {
            if n < 300 || n % 9973 == 0 {
                assert_eq!(edge.root(), by_definition(&all[..n]), "{n} leaves");
            }
            edge.push(*leaf, |tile| tiles.push(tile));
        }
        assert_eq!(edge.root(), by_definition(&all));
        assert_eq!(tiles.len(), 70_000 / 256 + 1);
        for tile in tiles {
            let len = 256usize.pow(tile.level.into());
            let start = tile.n as usize * len;
            assert_eq!(tile.root, by_definition(&all[start..start + len]), "{tile:?}");
        }
    }

    #[test]
    fn the_known_root_of_rfc_6962_test_vectors() {
        // From the reference tests of Certificate Transparency: eight leaves.
        let inputs: [&[u8]; 8] = [
            b"",
            b"\x00",
            b"\x10",
            b"\x20\x21",
            b"\x30\x31",
            b"\x40\x41\x42\x43",
            b"\x50\x51\x52\x53\x54\x55\x56\x57",
            b"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
        ];
        let mut edge = Edge::default();
        for input in inputs {
            edge.push(leaf_hash(input), |_| {});
        }
        assert_eq!(
            edge.root().to_string(),
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
        );
    }

    proptest! {
        #[test]
        fn every_leaf_has_a_path_and_no_other_path_fits(size in 1u64..600, pick in 0u64..600, flip in 0usize..64) {
            let all = leaves(size);
            let index = pick % size;
            let subtree = |start: u64, len: u64| -> Result<Hash, ()> {
                Ok(by_definition(&all[start as usize..(start + len) as usize]))
            };
            let path = inclusion_path(index, size, subtree).expect("never fails");
            let root = by_definition(&all);
            let leaf = all[index as usize];
            prop_assert_eq!(root_from_path(index, size, leaf, &path), Some(root));
            prop_assert_ne!(root_from_path(index, size, leaf_hash(b"other"), &path), Some(root));
            prop_assert_eq!(root_from_path(index + size, size, leaf, &path), None);
            if !path.is_empty() {
                let mut wrong = path.clone();
                let place = flip % path.len();
                wrong[place] = leaf_hash(b"wrong");
                prop_assert_ne!(root_from_path(index, size, leaf, &wrong), Some(root));
                prop_assert_ne!(root_from_path(index, size, leaf, &path[1..]), Some(root));
            }
        }
    }
}
