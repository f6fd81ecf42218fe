//! The settings of a site: one TOML file, overridden by the environment, overridden by the command line. A key that
//! is not known is refused, since a misspelt setting that is passed over is a setting that nobody made.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use kernel::{PlaceCode, Stop};
use toml::de::{DeTable, DeValue};
use web::Voice;

/// The file in the folder of a site.
pub const FILE: &str = "simpul.toml";

kernel::refusals! { Refusal:
    /// The settings file cannot be read.
    422 "cli.config_unreadable" Unreadable { path: String, problem: String };
    /// The settings file is no TOML.
    422 "cli.config_syntax" Syntax { file: String, line: i64, problem: String };
    /// A key that no setting has.
    422 "cli.config_unknown_key" UnknownKey { file: String, line: i64, key: String };
    /// A key that no setting has, and one that looks like it.
    422 "cli.config_unknown_near" UnknownNear { file: String, line: i64, key: String, near: String };
    /// A value that the setting cannot have.
    422 "cli.config_value" Value { place: String, key: String, value: String, example: String };
}

/// The settings of a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// Address and port to listen on.
    pub listen: String,
    /// A PostgreSQL database in place of the embedded one.
    pub database: Option<String>,
    /// Where the key that opens names lies, when not in the folder of the site.
    pub key_file: Option<PathBuf>,
    /// What the site calls itself.
    pub title: String,
    /// The village that the site is for.
    pub home: Option<PlaceCode>,
    /// Minutes east of Greenwich.
    pub offset_minutes: i32,
    /// The address at which people reach the site through a proxy.
    pub public_url: Option<String>,
    /// Whether a proxy that speaks TLS stands before the site.
    pub behind_tls_proxy: bool,
    /// The largest file that may be sent, in megabytes.
    pub upload_max_mb: u64,
    /// The largest attachment, in megabytes.
    pub attachment_max_mb: u64,
    /// Name and port of the server that takes reminders; nothing is sent without one.
    pub smtp: Option<String>,
    /// The address that reminders come from.
    pub mail_from: String,
    /// Whether the data is made up.
    pub synthetic: bool,
}

impl Default for Config {
    fn default() -> Config {
        Config {
            listen: "127.0.0.1:8470".to_owned(),
            database: None,
            key_file: None,
            title: String::new(),
            home: None,
            offset_minutes: 420,
            public_url: None,
            behind_tls_proxy: false,
            upload_max_mb: 20,
            attachment_max_mb: 100,
            smtp: None,
            mail_from: "simpul@localhost".to_owned(),
            synthetic: false,
        }
    }
}

/// One setting: how it is called, how it is written, where it goes. The variable `SIMPUL_` and the name in capitals
/// overrides the file.
struct Key {
    name: &'static str,
    /// As it stands in the file when nobody changed it: the default, or an example.
    example: &'static str,
    /// Takes the value, or nothing when it cannot be read.
    take: fn(&mut Config, &str) -> Option<()>,
}

impl Key {
    const fn new(
        name: &'static str,
        example: &'static str,
        take: fn(&mut Config, &str) -> Option<()>,
    ) -> Key {
        Key { name, example, take }
    }
    fn variable(&self) -> String {
        format!("SIMPUL_{}", self.name.to_ascii_uppercase())
    }
    fn take(&self, config: &mut Config, place: String, value: &str) -> Result<(), Stop> {
        (self.take)(config, value).ok_or_else(|| {
            let (key, value, example) = (self.name.to_owned(), value.to_owned(), self.example.to_owned());
            Refusal::Value { place, key, value, example }.into()
        })
    }
}

const KEYS: [Key; 13] = [
    Key::new("listen", "\"127.0.0.1:8470\"", |config, value| {
        let (host, port) = value.rsplit_once(':')?;
        (!host.is_empty() && port.parse::<u16>().is_ok()).then(|| config.listen = value.to_owned())
    }),
    Key::new("database", "\"postgres://simpul@localhost/simpul\"", |config, value| {
        let known = value.starts_with("postgres://") || value.starts_with("postgresql://");
        known.then(|| config.database = Some(value.to_owned()))
    }),
    Key::new("key_file", "\"/media/key/simpul\"", |config, value| {
        (!value.is_empty()).then(|| config.key_file = Some(value.into()))
    }),
    Key::new("title", "\"Kalurahan Sumbermulyo\"", |config, value| {
        config.title = value.to_owned();
        Some(())
    }),
    Key::new("home", "\"34.02.05.2003\"", |config, value| {
        config.home = Some(value.parse().ok()?);
        Some(())
    }),
    Key::new("timezone", "\"Asia/Jakarta\"", |config, value| {
        config.offset_minutes = offset_minutes(value)?;
        Some(())
    }),
    Key::new("public_url", "\"https://simpul.example\"", |config, value| {
        let known = value.starts_with("https://") || value.starts_with("http://");
        known.then(|| config.public_url = Some(value.trim_end_matches('/').to_owned()))
    }),
    Key::new("behind_tls_proxy", "false", |config, value| {
        config.behind_tls_proxy = value.parse().ok()?;
        Some(())
    }),
    Key::new("upload_max_mb", "20", |config, value| {
        config.upload_max_mb = value.parse().ok().filter(|mb| (1..=4096).contains(mb))?;
        Some(())
    }),
    Key::new("attachment_max_mb", "100", |config, value| {
        config.attachment_max_mb = value.parse().ok().filter(|mb| (1..=4096).contains(mb))?;
        Some(())
    }),
    Key::new("smtp", "\"127.0.0.1:25\"", |config, value| {
        let (host, port) = value.rsplit_once(':')?;
        (!host.is_empty() && port.parse::<u16>().is_ok()).then(|| config.smtp = Some(value.to_owned()))
    }),
    Key::new("mail_from", "\"simpul@localhost\"", |config, value| {
        let (name, host) = value.split_once('@')?;
        (!name.is_empty() && !host.is_empty()).then(|| config.mail_from = value.to_owned())
    }),
    Key::new("synthetic", "false", |config, value| {
        config.synthetic = value.parse().ok()?;
        Some(())
    }),
];

/// Minutes east of Greenwich, of an offset such as `+07:00` or of a zone of the two countries. Neither has summer time.
fn offset_minutes(zone: &str) -> Option<i32> {
    match zone {
        "Asia/Jakarta" | "Asia/Pontianak" | "WIB" => return Some(420),
        "Asia/Makassar" | "WITA" => return Some(480),
        "Asia/Jayapura" | "Asia/Seoul" | "WIT" | "KST" => return Some(540),
        "UTC" => return Some(0),
        _ => {}
    }
    let (sign, rest) = match zone.split_at_checked(1)? {
        ("+", rest) => (1, rest),
        ("-", rest) => (-1, rest),
        _ => return None,
    };
    let (hours, minutes) = rest.split_once(':')?;
    let two_digits = |text: &str| (text.len() == 2).then(|| text.parse::<u8>().ok()).flatten();
    let (hours, minutes) = (two_digits(hours)?, two_digits(minutes)?);
    (hours <= 14 && minutes < 60).then(|| sign * (i32::from(hours) * 60 + i32::from(minutes)))
}

impl Config {
    /// The settings of a site: from `file`, or else from `simpul.toml` in its folder if that is there; then from the
    /// environment, as `variable` tells it.
    pub fn load(
        folder: &Path,
        file: Option<&Path>,
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<Config, Stop> {
        let mut config = Config::default();
        let path = file.map_or_else(|| folder.join(FILE), Path::to_owned);
        match std::fs::read_to_string(&path) {
            Ok(text) => config.read(&path, &text)?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && file.is_none() => {}
            Err(error) => {
                let (path, problem) = (path.display().to_string(), error.to_string());
                return Err(Refusal::Unreadable { path, problem }.into());
            }
        }
        for key in &KEYS {
            let name = key.variable();
            if let Some(value) = variable(&name) {
                key.take(&mut config, name, &value)?;
            }
        }
        Ok(config)
    }

    fn read(&mut self, path: &Path, text: &str) -> Result<(), Stop> {
        let file = path.display().to_string();
        let line_of = |at: usize| text[..at.min(text.len())].matches('\n').count() as i64 + 1;
        let table = DeTable::parse(text).map_err(|error| Refusal::Syntax {
            file: file.clone(),
            line: error.span().map_or(1, |span| line_of(span.start)),
            problem: error.message().to_owned(),
        })?;
        for (name, value) in table.get_ref() {
            let line = line_of(name.span().start);
            let name = name.get_ref().as_ref();
            let Some(key) = KEYS.iter().find(|key| key.name == name) else {
                return Err(unknown(file, line, name));
            };
            key.take(self, format!("{file}:{line}"), &plain(value.get_ref()))?;
        }
        Ok(())
    }

    /// The settings file with every setting and what it means, in the reader's language. Settings that differ from
    /// the default are set, the others are comments.
    pub fn to_file(&self, voice: &Voice) -> String {
        let mut text = String::new();
        comment(&mut text, &voice.say("cli-config-head").to_string());
        for key in &KEYS {
            text.push('\n');
            comment(&mut text, &voice.say(format!("cli-config-{}", key.name)).to_string());
            let _ = match self.changed(key.name) {
                Some(value) => writeln!(text, "{} = {value}", key.name),
                None => writeln!(text, "#{} = {}", key.name, key.example),
            };
        }
        text
    }

    /// The value of a setting as the file has it, if it is not the default.
    fn changed(&self, name: &str) -> Option<String> {
        let default = Config::default();
        let text = |value: &str| toml::Value::String(value.to_owned()).to_string();
        match name {
            "listen" => (self.listen != default.listen).then(|| text(&self.listen)),
            "database" => self.database.as_deref().map(text),
            "key_file" => self.key_file.as_ref().map(|path| text(&path.display().to_string())),
            "title" => (!self.title.is_empty()).then(|| text(&self.title)),
            "home" => self.home.as_ref().map(|home| text(home.as_str())),
            "synthetic" => self.synthetic.then(|| "true".to_owned()),
            // Nothing of ours sets the others; people write them into the file themselves.
            _ => None,
        }
    }
}

fn comment(text: &mut String, sentence: &str) {
    for line in sentence.lines() {
        let _ = writeln!(text, "# {line}");
    }
}

/// A value as a person would write it in the environment.
fn plain(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => text.to_string(),
        DeValue::Boolean(yes) => yes.to_string(),
        DeValue::Integer(number) => number.to_string(),
        DeValue::Float(number) => number.to_string(),
        DeValue::Datetime(moment) => moment.to_string(),
        DeValue::Array(_) => "[…]".to_owned(),
        DeValue::Table(_) => "{…}".to_owned(),
    }
}

fn unknown(file: String, line: i64, name: &str) -> Stop {
    let key = name.to_owned();
    let nearest = KEYS.iter().max_by(|a, b| {
        let likeness = |key: &Key| strsim::jaro_winkler(key.name, name);
        likeness(a).total_cmp(&likeness(b))
    });
    match nearest.filter(|near| strsim::jaro_winkler(near.name, name) > 0.7) {
        Some(near) => Refusal::UnknownNear { file, line, key, near: near.name.to_owned() }.into(),
        None => Refusal::UnknownKey { file, line, key }.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Config, Stop> {
        let mut config = Config::default();
        config.read(Path::new(FILE), text).map(|()| config)
    }

    fn refused(result: Result<Config, Stop>) -> String {
        match result {
            Err(Stop::Refused(refused)) => format!("{} {:?}", refused.code, refused.args),
            other => panic!("not refused: {other:?}"),
        }
    }

    #[test]
    fn a_file_is_read() {
        let config =
            read("title = \"Desa\"\nupload_max_mb = 5\nbehind_tls_proxy = true\ntimezone = \"+09:00\"\n")
                .expect("reads");
        assert_eq!((config.title.as_str(), config.upload_max_mb), ("Desa", 5));
        assert_eq!((config.behind_tls_proxy, config.offset_minutes), (true, 540));
    }

    #[test]
    fn what_cannot_be_read_is_refused_with_its_line() {
        for (text, told) in [
            (
                "\nlisen = \"x:1\"",
                "cli.config_unknown_near [(\"file\", Text(\"simpul.toml\")), (\"line\", Count(2)), (\"key\", Text(\"lisen\")), (\"near\", Text(\"listen\"))]",
            ),
            ("xyzzy = 1", "cli.config_unknown_key"),
            ("title = \"a\"\nlisten = 8470", "cli.config_value [(\"place\", Text(\"simpul.toml:2\"))"),
            ("home = \"Sumbermulyo\"", "cli.config_value"),
            ("upload_max_mb = 0", "cli.config_value"),
            ("attachment_max_mb = 0", "cli.config_value"),
            ("title = \n", "cli.config_syntax [(\"file\", Text(\"simpul.toml\")), (\"line\", Count(1))"),
            ("[server]\nlisten = 1", "cli.config_unknown"),
        ] {
            let refused = refused(read(text));
            assert!(refused.starts_with(told), "{text:?} gave {refused}");
        }
    }

    #[test]
    fn the_environment_overrides_the_file() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join(FILE), "title = \"file\"\nhome = \"34\"\n").expect("writes");
        let variable = |name: &str| (name == "SIMPUL_TITLE").then(|| "environment".to_owned());
        let config = Config::load(folder.path(), None, variable).expect("reads");
        assert_eq!((config.title.as_str(), config.home), ("environment", "34".parse().ok()));
        assert!(Config::load(folder.path(), Some(Path::new("nowhere.toml")), |_| None).is_err());
        let wrong = |name: &str| (name == "SIMPUL_TIMEZONE").then(|| "Mars".to_owned());
        assert!(refused(Config::load(folder.path(), None, wrong)).contains("SIMPUL_TIMEZONE"));
    }

    #[test]
    fn zones_and_offsets() {
        for (zone, minutes) in [
            ("Asia/Seoul", Some(540)),
            ("+07:00", Some(420)),
            ("-03:30", Some(-210)),
            ("7", None),
            ("+7:00", None),
            ("+25:00", None),
            ("", None),
        ] {
            assert_eq!(offset_minutes(zone), minutes, "{zone}");
        }
    }
}
