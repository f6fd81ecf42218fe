//! Puts the files of `assets/` into the program: our own CSS, modules and pictures, and what `scripts/setup` copied
//! into `assets/vendor`. The list is read by `src/assets.rs`.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// The folders of `assets/` that are served; everything else there is for the people who build.
const SERVED: [&str; 4] = ["css", "img", "js", "vendor"];

fn main() -> io::Result<()> {
    let assets =
        PathBuf::from(env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?).join("../../assets");
    let mut list = String::from("&[\n");
    for folder in SERVED {
        let folder = assets.join(folder);
        fs::create_dir_all(&folder)?;
        println!("cargo::rerun-if-changed={}", folder.display());
        for file in files(&folder)? {
            let name = file.strip_prefix(&assets).map_err(io::Error::other)?;
            let name = name.to_string_lossy().replace('\\', "/");
            let path = fs::canonicalize(&file)?;
            writeln!(list, "    ({name:?}, include_bytes!({:?})),", path.to_string_lossy())
                .map_err(io::Error::other)?;
        }
    }
    list.push(']');
    let out = PathBuf::from(env::var("OUT_DIR").map_err(io::Error::other)?);
    fs::write(out.join("assets.rs"), list)
}

/// Every file below a folder, in the order of their names.
fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        match path.is_dir() {
            true => found.extend(files(&path)?),
            false => found.push(path),
        }
    }
    found.sort();
    Ok(found)
}
