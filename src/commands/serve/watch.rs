//! Watches `data/` and `templates/` for changes.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context as _;
use notify_debouncer_full::notify::{EventKind, RecommendedWatcher, RecursiveMode};
use notify_debouncer_full::{DebounceEventResult, Debouncer, RecommendedCache, new_debouncer};

/// How long to wait for the further writes of one saving: an editor writes, renames and touches in a burst.
const BURST: Duration = Duration::from_millis(20);

/// The folders that make the site.
const FOLDERS: [&str; 2] = ["data", "templates"];

/// Sends word of every change, until it is dropped.
pub struct Watcher {
    root: PathBuf,
    debouncer: Debouncer<RecommendedWatcher, RecommendedCache>,
}

impl Watcher {
    /// Watches the project at `root`; `tell` gets the paths that changed, a blank one if some are not known.
    pub fn new(root: &Path, tell: impl Fn(BTreeSet<String>) + Send + 'static) -> anyhow::Result<Watcher> {
        let own = root.to_owned();
        let heard = move |result: DebounceEventResult| {
            let changed = match result {
                Ok(events) => {
                    let written = events.iter().filter(|event| !matches!(event.kind, EventKind::Access(_)));
                    written.flat_map(|event| &event.paths).filter_map(|path| within(&own, path)).collect()
                }
                // Something was missed: everything is looked at again.
                Err(_) => BTreeSet::from([String::new()]),
            };
            if !changed.is_empty() {
                tell(changed);
            }
        };
        let failed = || format!("cannot watch the files of {}", root.display());
        let debouncer = new_debouncer(BURST, None, heard).with_context(failed)?;
        let mut watcher = Watcher { root: root.to_owned(), debouncer };
        // The root reports when one of the folders is created or deleted.
        watcher.debouncer.watch(root, RecursiveMode::NonRecursive).with_context(failed)?;
        watcher.debouncer.watch(root.join("data"), RecursiveMode::Recursive).with_context(failed)?;
        watcher.follow(&BTreeSet::from(["templates".to_owned()]));
        Ok(watcher)
    }

    /// Watches the folders again that were created again.
    pub fn follow(&mut self, changed: &BTreeSet<String>) {
        for folder in FOLDERS.iter().filter(|folder| changed.contains(**folder)) {
            let path = self.root.join(folder);
            // A missing or unwatched folder is not an error: the root reports it when it appears.
            drop(self.debouncer.unwatch(&path));
            if path.is_dir() {
                drop(self.debouncer.watch(&path, RecursiveMode::Recursive));
            }
        }
    }
}

/// The path from the root, with `/`, of a file that belongs to the site. Hidden files are an editor's or our own.
fn within(root: &Path, path: &Path) -> Option<String> {
    let inner = path.strip_prefix(root).ok()?;
    let parts: Vec<_> = inner.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    let is_ours = parts.first().is_some_and(|first| FOLDERS.contains(&first.as_ref()));
    (is_ours && !parts.iter().any(|part| part.starts_with('.'))).then(|| parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_makes_the_site_is_heard_of() {
        let heard = |path: &str| within(Path::new("/p"), Path::new(path));
        assert_eq!(heard("/p/data/tickets/2026/HEAT-1.yaml").as_deref(), Some("data/tickets/2026/HEAT-1.yaml"));
        assert_eq!(heard("/p/templates").as_deref(), Some("templates"));
        for other in ["/p/output/index.html", "/p/data/pocs/.x.yaml.swp", "/p", "/q/data/x.yaml", "/p/.git/index"] {
            assert_eq!(heard(other), None, "{other}");
        }
    }
}
