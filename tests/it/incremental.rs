//! A build over an earlier one against a build from nothing: whatever was edited, deleted, renamed, set or replaced
//! in between, the two folders hold the same bytes, and what did not change is not touched.

use std::fs;
use std::path::Path;
use std::time::SystemTime;

use crate::support::{Project, case, files};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

const AS_OF: [&str; 3] = ["2026-11-18 10:00", "2026-11-18 16:30", "2026-11-19 09:00"];

/// Something that happens to a project between two builds; the numbers choose what it happens to.
#[derive(Debug, Clone)]
enum Happening {
    EditTicket(usize, u32),
    DeleteTicket(usize),
    RenameTicket(usize),
    AddTicket(u32),
    EditPoc(usize, u32),
    EditSetting(usize),
    AddTemplate(u32),
    DeleteTemplates,
    /// A page of the built site is deleted or overwritten.
    DeletePage(usize),
    OverwritePage(usize),
    DeleteNote,
    /// The note of the build before, as after an interrupted one.
    OldNote,
    BreakTicket(usize),
    OtherTime(usize),
}

fn happening() -> impl Strategy<Value = Happening> {
    use Happening::*;
    prop_oneof![
        4 => (any::<usize>(), any::<u32>()).prop_map(|(which, text)| EditTicket(which, text)),
        1 => any::<usize>().prop_map(DeleteTicket),
        1 => any::<usize>().prop_map(RenameTicket),
        1 => (900u32..999).prop_map(AddTicket),
        2 => (any::<usize>(), any::<u32>()).prop_map(|(which, text)| EditPoc(which, text)),
        2 => any::<usize>().prop_map(EditSetting),
        1 => any::<u32>().prop_map(AddTemplate),
        1 => Just(DeleteTemplates),
        2 => any::<usize>().prop_map(DeletePage),
        2 => any::<usize>().prop_map(OverwritePage),
        1 => Just(DeleteNote),
        2 => Just(OldNote),
        1 => any::<usize>().prop_map(BreakTicket),
        2 => (0usize..AS_OF.len()).prop_map(OtherTime),
    ]
}

/// The project of the case `figures`, from November on: few packs, which are quick to make.
fn project() -> Project {
    let project = Project::copy_of(&case("figures"));
    project.write("data/heatpack.yaml", settings("MITS User Support"));
    project
}

fn settings(organization: &str) -> String {
    format!("organization: {organization}\nstarts: 2026-11-16\n")
}

fn names(root: &Path, folder: &str) -> Vec<String> {
    files(&root.join(folder)).into_keys().filter(|name| !name.starts_with('.')).collect()
}

/// One of the files of a folder of the project, by its path from the root.
fn one(project: &Project, folder: &str, which: usize) -> Option<String> {
    let names = names(&project.root(), folder);
    let name = names.get(which % names.len().max(1))?;
    Some(format!("{folder}/{name}"))
}

struct Run {
    project: Project,
    as_of: &'static str,
    /// The note that the build before the last one left.
    old_note: Option<Vec<u8>>,
}

impl Run {
    fn build(&self, output: &str) {
        // The note by which a build knows its own folder may be gone.
        let run = self.project.run(&["build", "--as-of", self.as_of, "-o", output, "--force"]);
        assert!(run.status < 2, "{}", run.stderr);
    }

    fn happens(&mut self, what: &Happening) {
        let project = &self.project;
        let rewrite = |path: Option<String>, with: &dyn Fn(String) -> String| {
            if let Some(path) = path {
                project.write(&path, with(project.read(&path)));
            }
        };
        match what {
            Happening::EditTicket(which, text) => rewrite(one(project, "data/tickets", *which), &|own| {
                let lines = own.lines().map(|line| match line.strip_prefix("title: ") {
                    Some(_) => format!("title: Export {text} & more\n"),
                    None => format!("{line}\n"),
                });
                lines.collect()
            }),
            Happening::BreakTicket(which) => {
                rewrite(one(project, "data/tickets", *which), &|own| format!("{own}\nno: such\n"))
            }
            Happening::EditPoc(which, text) => rewrite(one(project, "data/pocs", *which), &|own| {
                let lines = own.lines().map(|line| match line.strip_prefix("name: ") {
                    Some(_) => format!("name: Jordan {text}\n"),
                    None => format!("{line}\n"),
                });
                lines.collect()
            }),
            Happening::DeleteTicket(which) => {
                one(project, "data/tickets", *which).iter().for_each(|path| project.remove(path));
            }
            Happening::RenameTicket(which) => {
                if let Some(path) = one(project, "data/tickets", *which) {
                    let text = project.read(&path);
                    project.remove(&path);
                    project.write(&path.replace("HEAT-", "HEAT-9"), text.replace("id: HEAT-", "id: HEAT-9"));
                }
            }
            Happening::AddTicket(number) => {
                if let Some(path) = one(project, "data/tickets", 0) {
                    let (text, id) = (project.read(&path), format!("HEAT-{number}"));
                    let old =
                        text.lines().find_map(|line| line.strip_prefix("id: ")).unwrap_or("none").trim().to_owned();
                    project.write(&path.replace(&old, &id), text.replace(&old, &id));
                }
            }
            Happening::EditSetting(which) => {
                let organization = ["MITS User Support", "Another Office", "A & B"][which % 3];
                project.write("data/heatpack.yaml", settings(organization));
            }
            Happening::AddTemplate(text) => {
                project.write("templates/shared/glossary.html", format!("<p>Our own words, {text}.</p>\n"));
                project.write("templates/site/ticket.html", format!("<p>{{{{ page.id }}}} {text}</p>\n"));
            }
            Happening::DeleteTemplates => drop(fs::remove_dir_all(project.root().join("templates"))),
            Happening::DeletePage(which) => one(project, "output", *which).iter().for_each(|path| project.remove(path)),
            Happening::OverwritePage(which) => {
                one(project, "output", *which).iter().for_each(|path| project.write(path, "edited"));
            }
            Happening::DeleteNote => drop(fs::remove_file(project.root().join("output/.heatpack.json"))),
            Happening::OldNote => {
                self.old_note.iter().for_each(|note| project.write("output/.heatpack.json", note));
            }
            Happening::OtherTime(which) => self.as_of = AS_OF[*which],
        }
    }
}

fn site(root: &Path, folder: &str) -> std::collections::BTreeMap<String, Vec<u8>> {
    let mut site = files(&root.join(folder));
    site.retain(|name, _| !name.starts_with('.'));
    site
}

#[test]
fn a_build_over_an_earlier_one_gives_what_one_from_nothing_gives() {
    let config = Config { cases: 4, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let rounds = prop::collection::vec(prop::collection::vec(happening(), 1..4), 3..5);
    let outcome = runner.run(&rounds, |rounds| {
        let mut run = Run { project: project(), as_of: AS_OF[0], old_note: None };
        run.build("output");
        for round in &rounds {
            let note = fs::read(run.project.root().join("output/.heatpack.json")).ok();
            round.iter().for_each(|what| run.happens(what));
            run.old_note = note;
            run.build("output");
            drop(fs::remove_dir_all(run.project.root().join("fresh")));
            run.build("fresh");
            let (over, fresh) = (site(&run.project.root(), "output"), site(&run.project.root(), "fresh"));
            let named = |site: &std::collections::BTreeMap<String, Vec<u8>>| site.keys().cloned().collect::<Vec<_>>();
            prop_assert_eq!(named(&over), named(&fresh), "after {:?}", round);
            for (name, bytes) in &fresh {
                prop_assert!(over[name] == *bytes, "{} is stale after {:?}", name, round);
            }
        }
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
}

fn written(root: &Path) -> Vec<(String, SystemTime)> {
    let names = names(root, "output").into_iter();
    names
        .map(|name| {
            (
                name.clone(),
                fs::metadata(root.join("output").join(name)).and_then(|file| file.modified()).expect("a time"),
            )
        })
        .collect()
}

#[test]
fn a_record_page_is_the_same_a_minute_later() {
    let run = |as_of| Run { project: project(), as_of, old_note: None };
    let first = run(AS_OF[0]);
    first.build("output");
    let before = written(&first.project.root());
    let later = Run { as_of: AS_OF[1], ..first };
    later.build("output");
    let touched: Vec<String> = written(&later.project.root())
        .into_iter()
        .filter(|file| !before.contains(file))
        .map(|(name, _)| name)
        .collect();
    assert!(touched.contains(&"index.html".to_owned()), "the first page says what time it is of: {touched:?}");
    let is_of_a_record =
        |name: &&String| name.ends_with(".html") && (name.starts_with("tickets/") || name.starts_with("pocs/"));
    assert!(!touched.iter().any(|name| is_of_a_record(&name)), "{touched:?}");
}

/// Another build of the same version may read Markdown or fill in templates otherwise.
#[cfg(target_os = "linux")]
#[test]
fn another_program_looks_at_every_pack_and_page_again() {
    let project = project();
    let arguments = ["--as-of", AS_OF[0], "build"];
    let said = |program: &Path| {
        let done = std::process::Command::new(program).current_dir(project.root()).args(arguments).output();
        let said = String::from_utf8(done.expect("the program").stderr).expect("UTF-8");
        said.lines().last().unwrap_or_default().to_owned()
    };
    let own = Path::new(env!("CARGO_BIN_EXE_heatpack"));
    let first = said(own);
    let packs = first.split(' ').next().unwrap_or_default();
    assert_ne!(packs, "0", "{first}");
    assert!(said(own).starts_with(&format!("0 of {packs} packs built, 0 files written")));
    // What stands after a program's end does not keep it from running.
    let other = project.root().join("other-heatpack");
    fs::copy(own, &other).expect("a copy");
    let mut file = fs::OpenOptions::new().append(true).open(&other).expect("the copy");
    std::io::Write::write_all(&mut file, b"\n").expect("one byte more");
    drop(file);
    assert!(said(&other).starts_with(&format!("{packs} of {packs} packs built, 0 files written")));
}
