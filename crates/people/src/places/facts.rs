//! What happened to places.

use kernel::PlaceCode;
use serde::{Deserialize, Serialize};

use super::{ImportRegions, NamePlaces};

/// A hamlet (padukuhan, dusun) got a name, or another one.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct HamletNamed {
    /// The code of the village with two digits more.
    pub place: PlaceCode,
    /// As the village writes it.
    pub name: String,
}

/// A neighbourhood (RT) got a name. Most are known by their number alone.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NeighbourhoodNamed {
    /// The code of the hamlet with two digits more.
    pub place: PlaceCode,
    /// As the village writes it.
    pub name: String,
}

/// The national list of places was loaded from its file, in place of what was there.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RegionsImported {
    /// The name of the file.
    pub source: String,
    /// SHA-256 of the file, in hexadecimal.
    pub sha256: String,
    /// How many places it has.
    pub rows: i64,
}

journal::facts! { Fact "places":
    /// A hamlet got a name.
    HamletNamed "places.hamlet_named/1" Open by NamePlaces;
    /// A neighbourhood got a name.
    NeighbourhoodNamed "places.neighbourhood_named/1" Open by NamePlaces;
    /// The national list was loaded.
    RegionsImported "places.regions_imported/1" Open by ImportRegions;
}
