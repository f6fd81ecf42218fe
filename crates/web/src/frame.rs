//! What every page has around its own content: the words, the menu, the person, the notice above it.

use std::ops::Deref;
use std::sync::Arc;

use askama::Template;
use kernel::{Arg, EntryId, Level, Refused, Scope};

use crate::field::Field;
use crate::site::menu_at;
use crate::visit::Visit;
use crate::want::query_value;
use crate::{Lang, Voice};

/// The frame of a page. A template has it as the field `frame`; through [`Voice`] it also says every sentence:
/// `{{ frame.say("waste-members") }}`, `{{ frame.show(balance) }}`.
#[derive(Clone)]
pub struct Frame {
    visit: Arc<Visit>,
    scope: Scope,
    refused: Option<(Refused, String)>,
}

impl Deref for Frame {
    type Target = Voice;
    fn deref(&self) -> &Voice {
        &self.visit.voice
    }
}

/// A link of the menu.
pub struct Link {
    /// Where it leads.
    pub path: String,
    /// What it is called.
    pub word: String,
    /// Whether it is where the reader is.
    pub here: bool,
}

/// A language of the switch.
pub struct LangLink {
    /// The language.
    pub lang: Lang,
    /// This page in it.
    pub path: String,
    /// Whether it is the reader's.
    pub here: bool,
}

impl Frame {
    /// The frame of a page that concerns the site.
    pub(crate) fn new(visit: Arc<Visit>) -> Frame {
        Frame { visit, scope: Scope::site(), refused: None }
    }
    /// The frame of a page that concerns a place or a book.
    pub(crate) fn at(visit: Arc<Visit>, scope: Scope) -> Frame {
        Frame { visit, scope, refused: None }
    }
    /// The frame of a form that is shown again.
    pub(crate) fn refusing(mut self, refused: Refused) -> Frame {
        let sentence = self.visit.voice.refusal(&refused);
        self.refused = Some((refused, sentence));
        self
    }

    /// The language, for the attribute `lang`.
    pub fn code(&self) -> &'static str {
        self.visit.voice.lang.code()
    }
    /// What the site calls itself.
    pub fn title(&self) -> &str {
        &self.visit.site.settings.title
    }
    /// Whether the data is made up.
    pub fn synthetic(&self) -> bool {
        self.visit.site.settings.synthetic
    }
    /// The name by which the person signed in.
    pub fn handle(&self) -> Option<&str> {
        self.visit.signed_in.as_ref().map(|person| person.handle.as_str())
    }
    /// Today, for the value of a date field: `2026-03-31`.
    pub fn today(&self) -> kernel::Day {
        self.visit.today
    }
    /// The address of the page about signing in, which leads back here.
    pub fn sign_in_path(&self) -> String {
        crate::staff::sign_in_path(&self.visit.page)
    }
    /// A file of `assets/`, with its version, so that browsers may keep it for ever.
    pub fn asset(&self, name: &str) -> String {
        crate::assets::path(name)
    }
    /// Whether a file of `assets/` is there: those of `vendor/` may not be.
    pub fn has_asset(&self, name: &str) -> bool {
        crate::assets::has(name)
    }
    /// Whether the reader may do a deed here: for showing a link, never for doing something.
    pub fn may(&self, deed: &str) -> bool {
        self.visit.actor.can(self.visit.site.roles_for(deed), &self.scope)
    }
    /// The entries of the menu that the reader may follow.
    pub fn menu(&self) -> Vec<Link> {
        let at = menu_at(&self.scope, self.visit.home(), &self.visit.path);
        let scope = match (&at.village, self.scope.place.level()) {
            (Some(village), Level::World) => Scope::at(village.clone()),
            _ => self.scope.clone(),
        };
        let entries = self.visit.site.pages.iter().flat_map(|pages| pages.menu);
        let open = entries.filter(|entry| {
            // A role for one book of a village sees the entries of that village, too.
            self.visit.actor.can(entry.by, &scope)
                || self
                    .visit
                    .actor
                    .grants
                    .iter()
                    .any(|grant| entry.by.contains(&grant.role) && scope.place.covers(&grant.place))
        });
        let mut links: Vec<Link> = open
            .filter_map(|entry| {
                let path = (entry.path)(&at)?;
                let here = self.visit.path == path || self.visit.path.starts_with(&format!("{path}/"));
                Some(Link { word: self.say(entry.word).to_string(), here, path })
            })
            .collect();
        // A page of the village is not the village: of several the longest address is where the reader is.
        let nearest = links.iter().filter(|link| link.here).map(|link| link.path.len()).max();
        links.iter_mut().for_each(|link| link.here = link.here && Some(link.path.len()) == nearest);
        links
    }
    /// This page in every language; of a form that was refused, the page that it stands on.
    pub fn languages(&self) -> Vec<LangLink> {
        let (path, query) = self.visit.page.split_once('?').unwrap_or((&self.visit.page, ""));
        let kept: Vec<(String, String)> = serde_html_form::from_str(query).unwrap_or_default();
        let link = |lang: Lang| {
            let kept = kept
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_str()))
                .filter(|(name, _)| *name != "lang");
            let query: Vec<(&str, &str)> = kept.chain([("lang", lang.code())]).collect();
            let query = serde_html_form::to_string(&query).unwrap_or_default();
            LangLink { lang, path: format!("{path}?{query}"), here: lang == self.visit.voice.lang }
        };
        Lang::ALL.map(link).into()
    }
    /// The query of this page, decoded.
    pub(crate) fn query_pairs(&self) -> Vec<(String, String)> {
        serde_html_form::from_str(&self.visit.query).unwrap_or_default()
    }
    /// Why the form is shown again; else what was done before this page (`?done=waste-done-…`).
    pub fn notice(&self) -> Notice {
        if let Some((refused, sentence)) = &self.refused {
            let field = refused.field.as_deref().map(|field| field.replace('.', "-"));
            let entry = refused.args.iter().find_map(|(name, arg)| match arg {
                Arg::Text(path) if *name == "entry_path" => {
                    Some((path.clone(), self.say("web-notice-entry").to_string()))
                }
                _ => None,
            });
            return Notice { class: "bad", role: "alert", sentence: sentence.clone(), field, entry };
        }
        let done =
            query_value(&self.visit.query, "done").filter(|key| key.contains("-done-") && self.has(key));
        let sentence = done.map(|key| self.say(key).to_string()).unwrap_or_default();
        Notice { class: "ok", role: "status", sentence, field: None, entry: None }
    }
    /// The refusal because of which the form is shown again.
    pub fn refused(&self) -> Option<&Refused> {
        self.refused.as_ref().map(|(refused, _)| refused)
    }
    /// A field of a form: its label, its control, its hint and what was wrong with it.
    pub fn field(&self, name: impl Into<String>, label: &str) -> Field {
        Field::new(self, name.into(), self.say(label).to_string())
    }
    /// What was wrong with a field, if the form is shown again because of it.
    pub fn error_in(&self, field: &str) -> Option<&str> {
        self.refused
            .as_ref()
            .filter(|(refused, _)| refused.field.as_deref() == Some(field))
            .map(|(_, told)| told.as_str())
    }
    /// The id by which a form that is sent twice is recognised.
    pub fn once(&self) -> Once {
        Once(EntryId::new())
    }
}

/// The sentence above a page, or nothing.
#[derive(Template)]
#[template(path = "notice.html")]
pub struct Notice {
    class: &'static str,
    role: &'static str,
    sentence: String,
    field: Option<String>,
    /// The entry that is in the way, and what leads to it is called.
    entry: Option<(String, String)>,
}
impl askama::filters::HtmlSafe for Notice {}

/// A hidden field `id`, new for every form.
#[derive(Template)]
#[template(source = r#"<input type="hidden" name="id" value="{{ self.0 }}">"#, ext = "html")]
pub struct Once(EntryId);
impl askama::filters::HtmlSafe for Once {}
