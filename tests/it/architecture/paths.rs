//! The tokens of a file → what it declares, what it imports, and every path it writes, each in full.

use std::collections::{BTreeMap, BTreeSet};

use super::tokens::Token;

/// A path in full, from the crate's root: `["rules", "sink", "Sink"]`.
pub type Path = Vec<String>;

/// A module of the crate as one file, or one `mod x { … }` of a file, declares it.
#[derive(Debug, Default)]
pub struct Module {
    /// Modules inside this one, by name.
    pub children: BTreeSet<String>,
    /// Items that are defined here, and macros' arguments that look like it.
    pub items: BTreeSet<String>,
    /// What a name stands for that `use` brings in, in full.
    pub imports: BTreeMap<String, Path>,
    /// Modules whose whole content is brought in by `use x::*`.
    pub globs: Vec<Path>,
    /// What the code names: every path, in full as far as that can be seen from this file.
    pub paths: BTreeSet<Path>,
    /// Macros for the whole crate, which it names as `crate::name`.
    pub macros: BTreeSet<String>,
    /// Paths that go up beyond the crate's root.
    pub lost: Vec<String>,
}

/// What a path begins with that starts with a name, as long as it is not known what the name is.
const UNRESOLVED: &str = "?";

const DEFINES: [&str; 10] = ["fn", "struct", "enum", "trait", "type", "const", "static", "union", "macro_rules", "mod"];

/// The modules of a file whose own module is `own`, itself first.
pub fn modules(own: &[String], tokens: &[Token]) -> BTreeMap<Path, Module> {
    let mut reader = Reader { tokens, at: 0, found: BTreeMap::new(), plain: Vec::new() };
    reader.module(own.to_vec(), false);
    reader.finish()
}

struct Reader<'a> {
    tokens: &'a [Token],
    at: usize,
    found: BTreeMap<Path, Module>,
    /// Paths as written, and the module that they are written in; resolved once all imports are known.
    plain: Vec<(Path, Path)>,
}

impl Reader<'_> {
    fn peek(&self, ahead: usize, text: &str) -> bool {
        self.tokens.get(self.at + ahead).is_some_and(|token| token.is(text))
    }

    fn name(&self, ahead: usize) -> Option<String> {
        self.tokens.get(self.at + ahead)?.name().map(str::to_owned)
    }

    /// Reads a module to its end: the file's, or its `}`.
    fn module(&mut self, own: Path, inline: bool) {
        self.found.entry(own.clone()).or_default();
        let (mut depth, mut is_public) = (0usize, false);
        while self.at < self.tokens.len() {
            if self.peek(0, "{") {
                depth += 1;
            } else if self.peek(0, "}") {
                if depth == 0 && inline {
                    self.at += 1;
                    return;
                }
                depth = depth.saturating_sub(1);
            }
            if self.peek(0, "use") && !self.peek(1, "<") {
                self.at += 1;
                self.tree(&own, Vec::new(), is_public);
                is_public = false;
            } else if self.peek(0, "mod") && self.peek(2, "{") {
                let Some(name) = self.name(1) else { continue };
                self.found.entry(own.clone()).or_default().children.insert(name.clone());
                self.at += 3;
                self.module([own.clone(), vec![name]].concat(), true);
            } else if self.peek(0, "mod") && self.peek(2, ";") {
                let name = self.name(1);
                self.found.entry(own.clone()).or_default().children.extend(name);
                self.at += 3;
            } else if self.peek(0, "pub") {
                is_public = true;
                self.at += 1;
                if self.peek(0, "(") {
                    while self.at < self.tokens.len() && !self.peek(0, ")") {
                        self.at += 1;
                    }
                    self.at += 1;
                }
            } else {
                self.item_or_path(&own, depth == 0);
                is_public = false;
            }
        }
    }

    fn item_or_path(&mut self, own: &Path, is_item_place: bool) {
        let Some(first) = self.name(0) else {
            self.at += 1;
            return;
        };
        if DEFINES.contains(&first.as_str()) {
            let skip = if self.peek(1, "!") { 2 } else { 1 };
            let name = self.name(skip);
            let module = self.found.entry(own.clone()).or_default();
            if self.at > 1 && self.tokens[self.at - 2].is("macro_export") {
                module.macros.extend(name.clone());
            }
            module.items.extend(name);
            self.at += 1;
            return;
        }
        if is_item_place && self.peek(1, "!") {
            return self.items_of_macro(own);
        }
        let mut path = vec![first];
        // A method or field is no path.
        let after_dot = self.at > 0 && self.tokens[self.at - 1].is(".");
        self.at += 1;
        while self.peek(0, "::") {
            let Some(name) = self.name(1) else { break };
            path.push(name);
            self.at += 2;
        }
        if !after_dot {
            self.plain.push((own.clone(), path));
        }
    }

    /// A macro that is called where items stand may define types by the names that begin its arguments.
    fn items_of_macro(&mut self, own: &Path) {
        self.at += 2;
        let opened = |token: &Token| ["(", "{", ",", ";", "]"].iter().any(|mark| token.is(mark));
        for at in self.at..self.tokens.len() {
            let is_type = self.tokens[at].name().is_some_and(|name| name.starts_with(char::is_uppercase));
            if is_type && opened(&self.tokens[at - 1]) {
                self.found.entry(own.clone()).or_default().items.extend(self.tokens[at].name().map(str::to_owned));
                break;
            }
            if self.tokens[at].is("}") || self.tokens[at].is(")") {
                break;
            }
        }
    }

    /// Reads one tree of a `use`: `a::{b, c::*, self, d as e}`.
    fn tree(&mut self, own: &Path, before: Path, is_public: bool) {
        let mut path = before;
        loop {
            if self.peek(0, "::") {
                self.at += 1;
            } else if self.peek(0, "{") {
                self.at += 1;
                while self.at < self.tokens.len() && !self.peek(0, "}") {
                    self.tree(own, path.clone(), is_public);
                    if self.peek(0, ",") {
                        self.at += 1;
                    }
                }
                self.at += 1;
                return;
            } else if self.peek(0, "*") {
                self.at += 1;
                self.glob(own, &path);
                return;
            } else if let Some(name) = self.name(0) {
                self.at += 1;
                if name == "as" {
                    let alias = self.name(0);
                    self.at += 1;
                    return self.import(own, &path, alias, is_public);
                }
                path.push(name);
                if !self.peek(0, "::") && !self.peek(0, "as") {
                    if path.len() > 1 && path.last().is_some_and(|last| last == "self") {
                        path.pop();
                    }
                    let name = path.last().cloned();
                    return self.import(own, &path, name, is_public);
                }
            } else {
                // `$crate` in a macro, or nothing that a `use` may hold.
                self.at += 1;
                return;
            }
        }
    }

    fn import(&mut self, own: &Path, path: &Path, name: Option<String>, is_public: bool) {
        let Some(full) = self.absolute(own, path) else { return };
        let module = self.found.entry(own.clone()).or_default();
        // A re-export only opens a door: it is a path of this file if the file's own code uses it.
        if !is_public {
            module.paths.insert(full.clone());
        }
        module.imports.extend(name.filter(|name| name != "_").map(|name| (name, full)));
    }

    fn glob(&mut self, own: &Path, path: &Path) {
        let Some(full) = self.absolute(own, path) else { return };
        let module = self.found.entry(own.clone()).or_default();
        module.paths.insert([full.clone(), vec!["*".to_owned()]].concat());
        module.globs.push(full);
    }

    /// A path in full, if it is one of this crate's. One that starts with a name is resolved by `finish`.
    fn absolute(&mut self, own: &Path, path: &Path) -> Option<Path> {
        let first = path.first()?.as_str();
        let mut base = own.clone();
        let mut rest = 0;
        match first {
            "crate" => (base, rest) = (Vec::new(), 1),
            "self" => rest = 1,
            "super" => {
                while path.get(rest).is_some_and(|name| name == "super") {
                    rest += 1;
                    if base.pop().is_none() {
                        self.found.entry(own.clone()).or_default().lost.push(path.join("::"));
                        return None;
                    }
                }
            }
            // `use child::Item`: the child may be declared further down, so `finish` resolves it.
            _ => return Some([vec![UNRESOLVED.to_owned()], path.clone()].concat()),
        }
        base.extend(path[rest..].iter().cloned());
        Some(base)
    }

    /// Resolves what starts with a name: a child module, or what `use` brought in. All else is another crate's, or
    /// local.
    fn finish(mut self) -> BTreeMap<Path, Module> {
        for (own, module) in &mut self.found {
            let (children, imports) = (module.children.clone(), module.imports.clone());
            let full = |path: &Path| match path.first().is_some_and(|first| first == UNRESOLVED) {
                false => Some(path.clone()),
                true if children.contains(&path[1]) => Some([own.clone(), path[1..].to_vec()].concat()),
                true => {
                    let import = imports
                        .get(&path[1])
                        .filter(|import| import.first().is_some_and(|first| first != UNRESOLVED))?;
                    Some([import.clone(), path[2..].to_vec()].concat())
                }
            };
            module.imports =
                module.imports.iter().filter_map(|(name, path)| Some((name.clone(), full(path)?))).collect();
            module.paths = module.paths.iter().filter_map(&full).collect();
            module.globs = module.globs.iter().filter_map(&full).collect();
        }
        for (own, path) in std::mem::take(&mut self.plain) {
            if matches!(path[0].as_str(), "crate" | "self" | "super") {
                if path.len() > 1 {
                    let full = self.absolute(&own, &path);
                    self.found.entry(own).or_default().paths.extend(full);
                }
                continue;
            }
            let module = self.found.entry(own.clone()).or_default();
            let start = match module.imports.get(&path[0]) {
                Some(import) => import.clone(),
                None if module.children.contains(&path[0]) && path.len() > 1 => [own, vec![path[0].clone()]].concat(),
                None => continue,
            };
            module.paths.insert([start, path[1..].to_vec()].concat());
        }
        self.found
    }
}

#[cfg(test)]
mod tests {
    use super::super::tokens::tokens;
    use super::*;

    fn read(own: &str, text: &str) -> BTreeMap<Path, Module> {
        modules(&path(own), &tokens(text))
    }

    fn path(text: &str) -> Path {
        text.split("::").filter(|part| !part.is_empty()).map(str::to_owned).collect()
    }

    fn paths(own: &str, text: &str) -> Vec<String> {
        read(own, text)[&path(own)].paths.iter().map(|path| path.join("::")).collect()
    }

    #[test]
    fn grouped_and_nested_imports_are_seen() {
        assert_eq!(paths("a", "use crate::{git, report, rules};"), ["git", "report", "rules"]);
        let nested = "use crate::{a::{self, b::{C, D as E}}, f::*, g::H as _};";
        assert_eq!(paths("z", nested), ["a", "a::b::C", "a::b::D", "f::*", "g::H"]);
    }

    #[test]
    fn super_and_self_lead_up_and_in() {
        assert_eq!(paths("a::b", "use super::super::c::D; use super::{e, f::G};"), ["a::e", "a::f::G", "c::D"]);
        assert_eq!(paths("a::b", "fn x() { super::super::c::d(); self::e::f() }"), ["a::b::e::f", "c::d"]);
        assert_eq!(read("a", "use super::super::b;")[&path("a")].lost, ["super::super::b"]);
    }

    #[test]
    fn code_is_searched_for_paths() {
        let text = "use crate::git; use super::x as y; fn f(a: &git::Tracked) -> y::Z { a.y; crate::m::n() }";
        assert_eq!(paths("a::b", text), ["a::x", "a::x::Z", "git", "git::Tracked", "m::n"]);
        assert_eq!(paths("a", "macro_rules! m { () => { $crate::b::c() } }"), ["b::c"]);
    }

    #[test]
    fn a_child_module_is_seen_and_a_library_is_not() {
        let text = "mod b; mod c; use std::fs; use b::X; fn f() { c::d(); fs::read(); serde::e() }";
        assert_eq!(paths("a", text), ["a::b::X", "a::c::d"]);
    }

    #[test]
    fn a_reexport_is_a_path_only_where_it_is_used() {
        let unused = read("a", "mod b; pub use b::X; pub(crate) use crate::c::Y;");
        assert!(unused[&path("a")].paths.is_empty());
        assert_eq!(unused[&path("a")].imports["X"], path("a::b::X"));
        assert_eq!(paths("a", "mod b; pub use b::X; fn f(x: X) {}"), ["a::b::X"]);
    }

    #[test]
    fn macros_define_items_and_are_items() {
        let found = read(
            "a",
            "id! { PersonId, other } record! { pub struct R { x: Y } } #[macro_export] macro_rules! words {}",
        );
        let names = |names: &BTreeSet<String>| names.iter().cloned().collect::<Vec<_>>();
        assert_eq!(names(&found[&path("a")].items), ["PersonId", "R", "words"]);
        assert_eq!(names(&found[&path("a")].macros), ["words"]);
    }

    #[test]
    fn modules_inside_a_file_are_modules() {
        let found = read("a", "struct S; mod inner { use super::S; use super::super::b; } use inner::T;");
        assert_eq!(found[&path("a::inner")].paths, [path("a::S"), path("b")].into_iter().collect());
        assert_eq!(found[&path("a")].paths, [path("a::inner::T")].into_iter().collect());
        assert!(found[&path("a")].items.contains("S"));
    }
}
