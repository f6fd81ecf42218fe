//! Where a site lives: a note beside the writer's key that says which machine and which folder it was written on. A
//! folder that was copied with its secrets is recognised by it, and the copy begins a log of its own: two writers of
//! one log would contradict each other for ever. The note is in no backup. `docs/decisions/0018` says what it cannot see.

use std::fmt;
use std::path::{Path, PathBuf};

use kernel::Fault;

use crate::hash::Hash;
use crate::keys::{read_small, write_private};

/// How a site stands to the place where it was last written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Found {
    /// Where it was.
    AtHome,
    /// At a place that is not noted yet: a new site, one of an older version, or a folder that was moved.
    Moved,
    /// In a copy: on another machine, or on this one while the original is still there.
    Copied,
}

/// A machine and a folder. As text it is the note, two lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Home {
    /// A hash, which tells nothing of the machine; nothing where the machine has no name of its own, as in a container.
    machine: Option<String>,
    folder: String,
}

impl Home {
    /// The place of this folder, now.
    pub fn of(data: &Path) -> Home {
        let folder = data.canonicalize().unwrap_or_else(|_| data.to_owned());
        Home { machine: this_machine(), folder: folder.display().to_string() }
    }

    /// Compares with what was noted in the folder.
    pub fn compare(&self, data: &Path) -> Result<Found, Fault> {
        let Some(noted) = read_small(&note_in(data))? else { return Ok(Found::Moved) };
        let Some(before) = Home::read(&noted) else { return Ok(Found::Moved) };
        let elsewhere =
            matches!((&before.machine, &self.machine), (Some(before), Some(now)) if before != now);
        Ok(match before.folder == self.folder {
            _ if elsewhere => Found::Copied,
            true if before == *self => Found::AtHome,
            true => Found::Moved,
            false if still_there(Path::new(&before.folder), data, &noted) => Found::Copied,
            false => Found::Moved,
        })
    }

    /// Notes the place in the folder.
    pub fn note(&self, data: &Path) -> Result<(), Fault> {
        write_private(&note_in(data), self.to_string().as_bytes())
    }

    fn read(text: &[u8]) -> Option<Home> {
        let (machine, folder) = std::str::from_utf8(text).ok()?.trim_end_matches('\n').split_once('\n')?;
        let machine = machine.strip_prefix("machine ")?;
        let machine = (machine != UNKNOWN).then(|| machine.to_owned());
        Some(Home { machine, folder: folder.strip_prefix("folder ")?.to_owned() })
    }
}

impl fmt::Display for Home {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let machine = self.machine.as_deref().unwrap_or(UNKNOWN);
        writeln!(f, "machine {machine}\nfolder {}", self.folder)
    }
}

const UNKNOWN: &str = "unknown";

fn note_in(data: &Path) -> PathBuf {
    data.join("secret").join("machine")
}

/// What systemd gives to every machine it is installed on.
fn this_machine() -> Option<String> {
    let id = std::fs::read_to_string("/etc/machine-id").ok()?;
    let id = id.trim();
    (id.len() == 32).then(|| Hash::of(&[b"simpul machine\n", id.as_bytes()]).to_string())
}

/// Whether the folder where the site was still has it, and is another one than this. One that may not be looked into
/// might have it.
fn still_there(before: &Path, data: &Path, noted: &[u8]) -> bool {
    match std::fs::read(note_in(before)) {
        Ok(there) => there == noted && !same_folder(before, data),
        Err(error) => error.kind() == std::io::ErrorKind::PermissionDenied,
    }
}

/// A folder can be reached by two paths, when it is mounted twice.
#[cfg(unix)]
fn same_folder(one: &Path, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let place = |path: &Path| std::fs::metadata(path).ok().map(|about| (about.dev(), about.ino()));
    place(one).is_some_and(|one| place(other) == Some(one))
}

#[cfg(not(unix))]
fn same_folder(_: &Path, _: &Path) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(folder: &Path) {
        std::fs::create_dir_all(folder).expect("a folder");
        let home = Home { machine: Some("a".to_owned()), ..Home::of(folder) };
        home.note(folder).expect("notes");
    }

    fn copy(from: &Path, to: &Path) {
        std::fs::create_dir_all(to.join("secret")).expect("a folder");
        std::fs::copy(note_in(from), note_in(to)).expect("copies");
    }

    #[test]
    fn a_copy_is_known_and_a_move_is_forgiven() {
        let dir = tempfile::tempdir().expect("a folder");
        let (one, two) = (dir.path().join("one"), dir.path().join("two"));
        site(&one);
        let on = |machine: Option<&str>, folder: &Path| {
            let home = Home { machine: machine.map(str::to_owned), ..Home::of(folder) };
            home.compare(folder).expect("compares")
        };
        assert_eq!(on(Some("a"), &one), Found::AtHome);
        assert_eq!(on(Some("b"), &one), Found::Copied, "the same path on another machine");
        assert_eq!(on(None, &one), Found::Moved, "a machine without a name");
        copy(&one, &two);
        assert_eq!(on(Some("a"), &two), Found::Copied, "beside the original");
        std::fs::remove_dir_all(&one).expect("removes");
        assert_eq!(on(Some("a"), &two), Found::Moved, "the original is gone");
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(&two, &one).expect("links");
            assert_eq!(on(Some("a"), &two), Found::Moved, "the same folder by another path");
        }
        std::fs::write(note_in(&two), "nonsense").expect("writes");
        assert_eq!(on(Some("a"), &two), Found::Moved);
        std::fs::remove_file(note_in(&two)).expect("removes");
        assert_eq!(on(Some("b"), &two), Found::Moved, "the note was taken away on purpose");
    }
}
