//! What the writer keeps in memory of tables that seldom change, so that a thousand transactions read them once.

use std::any::Any;
use std::collections::HashMap;
use std::sync::Arc;

use crate::Tx;

/// Which value is meant: what it is, and of whom. The first must be a constant of the reading side.
pub type KeptKey = (&'static str, String);

/// Values by what they were made of.
#[derive(Default)]
pub(crate) struct Kept {
    values: HashMap<KeptKey, Value>,
    /// Whether a statement's text names a table of one of the values, by the address of the text.
    named: HashMap<usize, bool>,
}

struct Value {
    tables: &'static [&'static str],
    value: Arc<dyn Any + Send + Sync>,
}

/// More values than a morning of a few banks needs; beyond it memory begins anew.
const MOST: usize = 64;

impl Kept {
    /// A statement is about to run: what was made of a table that it names is forgotten.
    pub(crate) fn written(&mut self, text: &'static str) {
        if self.values.is_empty() {
            return;
        }
        let values = &mut self.values;
        let names = |value: &Value| value.tables.iter().any(|table| text.contains(table));
        let named = self.named.entry(text.as_ptr() as usize);
        if *named.or_insert_with(|| values.values().any(names)) {
            values.retain(|_, value| !names(value));
        }
    }
}

impl Tx<'_> {
    /// What was kept under a key, if nothing was written since to the tables that it was made of. Only the writer
    /// keeps anything; a reader always finds nothing.
    pub fn kept<T: Any + Send + Sync>(&self, key: &KeptKey) -> Option<Arc<T>> {
        let found = self.kept.as_ref()?.values.get(key)?;
        Arc::clone(&found.value).downcast().ok()
    }

    /// Keeps a value until somebody writes to one of the tables that it was made of. They must be tables that follow
    /// from the journal: what another process does to others goes unnoticed.
    pub fn keep(
        &mut self,
        key: KeptKey,
        tables: &'static [&'static str],
        value: Arc<impl Any + Send + Sync>,
    ) {
        let Some(kept) = &mut self.kept else { return };
        if kept.values.len() >= MOST {
            kept.values.clear();
        }
        kept.values.insert(key, Value { tables, value });
        kept.named.clear();
    }

    /// Forgets everything: a transaction was taken back, or somebody else has written.
    pub(crate) fn forget(&mut self) {
        if let Some(kept) = &mut self.kept {
            kept.values.clear();
        }
    }
}
