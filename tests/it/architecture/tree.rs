//! The files of a crate → which file uses which, and which of them form circles.

use std::collections::{BTreeMap, BTreeSet};

use super::paths::{Module, Path, modules};
use super::tokens::tokens;

/// A crate's files and what each uses of the others.
#[derive(Debug, Default)]
pub struct Tree {
    modules: BTreeMap<Path, (String, Module)>,
    /// File → the files that it uses an item of.
    pub uses: BTreeMap<String, BTreeSet<String>>,
    /// File → the files of the modules that it names, used or not.
    pub names: BTreeMap<String, BTreeSet<String>>,
    /// Paths that lead to nothing that is known: what the reader of sources does not understand.
    pub lost: Vec<String>,
}

/// The module of a file: `a/mod.rs` and `a.rs` are `a`.
pub fn module_of(file: &str) -> Path {
    let stem = file.strip_suffix(".rs").unwrap_or(file);
    let stem = stem.strip_suffix("/mod").unwrap_or(stem);
    stem.split('/').filter(|part| *part != "lib").map(str::to_owned).collect()
}

impl Tree {
    /// Reads a crate: names of files, from its root, and their texts.
    pub fn read(files: &[(String, String)]) -> Tree {
        let mut tree = Tree::default();
        for (file, text) in files {
            for (path, module) in modules(&module_of(file), &tokens(text)) {
                tree.modules.insert(path, (file.clone(), module));
            }
        }
        let mut found = Tree::default();
        for (own, (file, module)) in &tree.modules {
            found.lost.extend(module.lost.iter().map(|path| format!("{file}: {path}")));
            for path in &module.paths {
                match tree.place(path, 0) {
                    Some((target, is_item)) => {
                        let kinds = [(true, &mut found.names), (is_item, &mut found.uses)];
                        for (_, kind) in kinds.into_iter().filter(|(counts, _)| *counts && target != *file) {
                            kind.entry(file.clone()).or_default().insert(target.clone());
                        }
                    }
                    None => found.lost.push(format!("{file}, in `{}`: {}", own.join("::"), path.join("::"))),
                }
            }
        }
        found.modules = tree.modules;
        found
    }

    /// The file that defines what a path names, and whether that is an item, not a module. Re-exports are followed.
    fn place(&self, path: &[String], depth: usize) -> Option<(String, bool)> {
        let mut at = Path::new();
        if let [name] = path
            && let Some((file, _)) = self.modules.values().find(|(_, module)| module.macros.contains(name))
        {
            return Some((file.clone(), true));
        }
        for (index, name) in path.iter().enumerate() {
            let is_last = index + 1 == path.len();
            let child = [at.clone(), vec![name.clone()]].concat();
            let shadows =
                |(_, module): &(String, Module)| module.imports.get(name).is_some_and(|import| *import != child);
            // A module and a function may have the same name: `mod pack; pub use pack::pack;`.
            let is_shadowed = is_last && self.modules.get(&at).is_some_and(shadows);
            if self.modules.contains_key(&child) && !is_shadowed {
                at = child;
                continue;
            }
            let (file, module) = self.modules.get(&at)?;
            if name == "*" || module.items.contains(name) {
                return Some((file.clone(), true));
            }
            if depth > 8 {
                return None;
            }
            let rest = &path[index..];
            let import = module.imports.get(name).map(|import| [import, &rest[1..]].concat());
            let globs = module.globs.iter().map(|glob| [glob, rest].concat());
            return import.into_iter().chain(globs).find_map(|path| self.place(&path, depth + 1));
        }
        self.modules.get(&at).map(|(file, _)| (file.clone(), false))
    }

    /// The groups of files that use one another in a circle.
    pub fn circles(&self) -> Vec<Vec<String>> {
        let next = |file: &str| self.uses.get(file).into_iter().flatten().cloned().collect::<Vec<_>>();
        let reached: BTreeMap<String, BTreeSet<String>> = self
            .uses
            .keys()
            .map(|file| {
                let (mut open, mut seen) = (next(file), BTreeSet::new());
                while let Some(other) = open.pop() {
                    if seen.insert(other.clone()) {
                        open.extend(next(&other));
                    }
                }
                (file.clone(), seen)
            })
            .collect();
        let reaches = |from: &str, to: &str| reached.get(from).is_some_and(|seen| seen.contains(to));
        let mut circles: Vec<Vec<String>> = Vec::new();
        for file in reached.keys().filter(|file| reaches(file, file)) {
            match circles.iter_mut().find(|circle| reaches(&circle[0], file) && reaches(file, &circle[0])) {
                Some(circle) => circle.push(file.clone()),
                None => circles.push(vec![file.clone()]),
            }
        }
        circles
    }

    /// A circle's arrows, for a message.
    pub fn arrows(&self, circle: &[String]) -> String {
        let within = |file: &String| {
            let used = self.uses.get(file).into_iter().flatten().filter(|other| circle.contains(other));
            used.map(|other| format!("    (\"{file}\", \"{other}\"),")).collect::<Vec<_>>()
        };
        circle.iter().flat_map(within).collect::<Vec<_>>().join("\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(files: &[(&str, &str)]) -> Tree {
        let files: Vec<_> = files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        Tree::read(&files)
    }

    #[test]
    fn a_reexport_leads_to_the_file_that_defines() {
        let tree = tree(&[
            ("lib.rs", "pub mod a; pub mod z;"),
            ("a/mod.rs", "mod b; mod c; pub use b::B; pub use c::*;"),
            ("a/b.rs", "pub struct B;"),
            ("a/c.rs", "pub fn f() {}"),
            ("z.rs", "use crate::a::{B, f};"),
        ]);
        assert_eq!(tree.uses["z.rs"].iter().collect::<Vec<_>>(), ["a/b.rs", "a/c.rs"]);
        assert!(tree.lost.is_empty(), "{:?}", tree.lost);
    }

    #[test]
    fn circles_are_found_through_groups_and_reexports() {
        let tree = tree(&[
            ("lib.rs", "mod a;"),
            ("a/mod.rs", "mod b; mod c; mod d; use b::B; pub use c::C;"),
            ("a/b.rs", "use super::{d, C}; pub struct B;"),
            ("a/c.rs", "pub struct C; fn f() { super::b::B; }"),
            ("a/d.rs", "pub fn d() {}"),
        ]);
        assert_eq!(tree.circles(), [["a/b.rs", "a/c.rs"]]);
    }

    #[test]
    fn a_module_that_is_named_is_an_arrow_between_floors() {
        let tree = tree(&[("lib.rs", "mod a; mod b;"), ("a.rs", "use crate::{b};"), ("b.rs", "pub fn f() {}")]);
        assert!(tree.names["a.rs"].contains("b.rs"));
        assert!(tree.uses.is_empty());
    }

    #[test]
    fn what_cannot_be_placed_is_told() {
        let tree = tree(&[("lib.rs", "mod a;"), ("a.rs", "use crate::nowhere::X;")]);
        assert_eq!(tree.lost, ["a.rs, in `a`: nowhere::X"]);
    }
}
