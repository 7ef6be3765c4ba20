//! Numbers that both sides gave out: the record that the base branch does not have takes the next free one, and what its
//! side refers to it follows.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::case::Case;
use super::sides::{Side, Sides};
use crate::git::{self, Operation};
use crate::import::numbered_by_imports;
use crate::load::{FileKind, LARGEST, Project, Request, kind_of, parse};
use crate::merge::{Merge, Refusal, Versions, action_texts, join, names, renumber};
use crate::model::{ActionId, CrId, TicketId};
use crate::record::{Faults, Node};

/// What became of the numbers.
#[derive(Default)]
pub struct Numbers {
    /// New files, and files that are not in conflict, by path: what they hold by now, and what they will.
    pub files: BTreeMap<String, (Option<Vec<u8>>, String)>,
    /// The paths of conflicts that are settled: one side's record stays there.
    pub settled: BTreeMap<String, String>,
    /// What happened, a line each.
    pub told: Vec<String>,
    /// What a person must settle: the path, and why.
    pub left: Vec<(String, String)>,
    /// Texts that name an old number.
    pub notes: Vec<String>,
}

/// A record that takes another number.
struct Move {
    /// The file in conflict, and the new one.
    old_path: String,
    path: String,
    side: Side,
    from: String,
    to: String,
}

/// Settles the numbers that both sides gave out. The versions of other conflicts follow.
pub fn settle(root: &Path, project: &mut Project, sides: &Sides, cases: &mut [Case]) -> anyhow::Result<Numbers> {
    let mut numbers = Numbers::default();
    if let Some(branch) = &sides.base_branch {
        let is_here = |path: &String| project.files.iter().any(|file| file.path == *path);
        let more: Vec<String> = git::paths_in(root, branch).into_iter().filter(|path| !is_here(path)).collect();
        project.known.elsewhere.extend(more);
    }
    let mut moves = Vec::new();
    for case in cases.iter() {
        let refused = join(case.kind, case.versions(), &mut |_| None);
        if refused == Merge::Refused(Refusal::TwoRecords) && matches!(case.kind, FileKind::Ticket | FileKind::Change) {
            match moved(root, project, sides, case) {
                Ok((own, why)) => {
                    numbers.settled.insert(case.path.clone(), case.text(own.side.other()).to_owned());
                    let of = sides.name(own.side, &case.path);
                    numbers.told.push(format!("{} of {of} is now {}: {why}", own.from, own.to));
                    if is_one_inquiry(case) {
                        numbers.notes.push(format!(
                            "if it is one inquiry: `heatpack log {} voided --duplicate-of {}`",
                            own.to, own.from
                        ));
                    }
                    moves.push(own);
                }
                Err(why) => numbers.left.push((case.path.clone(), why)),
            }
        }
    }
    // First all numbers in all versions: a record that moves may refer to another one that does.
    for own in &moves {
        for case in cases.iter_mut().filter(|case| names(case.text(own.side), &own.from)) {
            let path = if case.path == own.old_path { own.path.clone() } else { case.path.clone() };
            if let Some(new) = with_number(case.kind, case.text(own.side), own, &path, &mut numbers) {
                case.set_text(own.side, new);
            }
        }
    }
    for own in &moves {
        if let Some(case) = cases.iter().find(|case| case.path == own.old_path) {
            numbers.files.insert(own.path.clone(), (None, case.text(own.side).to_owned()));
        }
        follow(root, sides, cases, own, &mut numbers)?;
    }
    cases.iter_mut().for_each(|case| renumber_actions(project, sides, case, &mut numbers));
    Ok(numbers)
}

/// Whether both sides may have entered one inquiry: tickets of one POC, subject and day.
fn is_one_inquiry(case: &Case) -> bool {
    let about = |text: &str| {
        let root = parse(text, &mut Faults::default())?;
        let value = |name: &str| root.get(name).and_then(Node::text).map(str::to_owned);
        let day = value("received")?.split_whitespace().next()?.to_owned();
        Some((value("poc")?, value("subject")?, day))
    };
    case.kind == FileKind::Ticket && about(&case.ours).is_some_and(|own| about(&case.theirs) == Some(own))
}

/// The side whose record takes another number, and the number; an error is why that cannot be.
fn moved(root: &Path, project: &mut Project, sides: &Sides, case: &Case) -> Result<(Move, String), String> {
    let (keeper, why) = sides.keeper(case.kind, &case.path, [&case.ours, &case.theirs]);
    let side = keeper.other();
    let name = case.path.rsplit('/').next().unwrap_or_default().trim_end_matches(".yaml");
    let folder = case.path.strip_suffix(&format!("{name}.yaml")).unwrap_or_default();
    let to = match case.kind {
        FileKind::Ticket => {
            let imported: BTreeSet<TicketId> = numbered_by_imports(project);
            project.known.next_ticket(project.settings.numbers, &imported).map(|id| id.to_string())
        }
        _ => {
            let year = name.split('-').nth(1).and_then(|year| year.parse().ok());
            year.and_then(|year| project.known.next_change(year)).map(|id: CrId| id.to_string())
        }
    };
    let to = to.ok_or("there is no free number after the last one; give one of the two records another number")?;
    let path = format!("{folder}{to}.yaml");
    if has_votes(root, sides, side, name) {
        return Err(format!(
            "both sides gave {name} to different CRs, and the one of {} has votes, which are on that number; withdraw the \
             votes, or keep its number and give the other one {to}",
            sides.name(side, &case.path)
        ));
    }
    if let Some(why) = later_commits(root, sides, side, name) {
        return Err(why);
    }
    project.known.elsewhere.insert(path.clone());
    Ok((Move { old_path: case.path.clone(), path, side, from: name.to_owned(), to }, why))
}

/// Whether a side has votes on a CR.
fn has_votes(root: &Path, sides: &Sides, side: Side, id: &str) -> bool {
    let folder = format!("data/decisions/{id}/");
    let commit = sides.commit(side);
    commit.is_some_and(|commit| git::paths_in(root, commit).iter().any(|path| path.starts_with(&folder)))
}

/// Further commits of a rebase refer to the number, and nothing would stop them from meaning the other record.
fn later_commits(root: &Path, sides: &Sides, side: Side, id: &str) -> Option<String> {
    let stopped = &sides.stopped;
    if stopped.operation != Operation::Rebase || side != Side::Theirs {
        return None;
    }
    let (now, last) = (stopped.theirs.as_deref()?, stopped.last.as_deref()?);
    let changed = git::changed_files(root, now, last, LARGEST).ok()?;
    let is_named = |text: &[u8]| std::str::from_utf8(text).is_ok_and(|text| names(text, id));
    let branch = sides.base_branch.as_deref().unwrap_or("the base branch");
    changed.values().any(|text| is_named(text)).then(|| {
        format!(
            "both sides gave this number to different records, and later commits of this rebase refer to it; run `git rebase \
             --abort`, then `git merge {branch}` and `heatpack resolve`"
        )
    })
}

/// Has the files of a record's side that are not in conflict refer to its new number.
fn follow(root: &Path, sides: &Sides, cases: &[Case], own: &Move, numbers: &mut Numbers) -> anyhow::Result<()> {
    let changed = match (sides.stopped.base.as_deref(), sides.commit(own.side)) {
        (Some(base), Some(commit)) => git::changed_files(root, base, commit, LARGEST)?,
        _ => BTreeMap::new(),
    };
    for (path, bytes) in changed.into_iter().filter(|(path, _)| cases.iter().all(|case| case.path != *path)) {
        let (Some(kind), Ok(text)) = (kind_of(&path), String::from_utf8(bytes)) else { continue };
        if !names(&text, &own.from) {
            continue;
        }
        // Another number of the same file may have been replaced already.
        let known = numbers.files.get(&path).map(|(old, new)| (old.clone(), new.clone()));
        let Some(on_disk) = std::fs::read(root.join(&path)).ok() else { continue };
        let now = known.map_or_else(|| String::from_utf8_lossy(&on_disk).into_owned(), |(_, new)| new);
        let new = match now.replace("\r\n", "\n") == text || numbers.files.contains_key(&path) {
            true => with_number(kind, &now, own, &path, numbers),
            false => rejoined(root, sides, own, (&path, kind, &now, &text), numbers),
        };
        match new {
            Some(new) if new != now => drop(numbers.files.insert(path, (Some(on_disk), new))),
            Some(_) => {}
            None => numbers.notes.push(format!("{path} names {}; write {} if it means that record", own.from, own.to)),
        }
    }
    Ok(())
}

/// A file that git joined from both sides, joined again from versions of which one has the new number. `None` if it is not
/// what joining gives.
fn rejoined(
    root: &Path,
    sides: &Sides,
    own: &Move,
    (path, kind, now, text): (&str, FileKind, &str, &str),
    numbers: &mut Numbers,
) -> Option<String> {
    let at = |commit: Option<&str>| String::from_utf8(git::file_at(root, commit?, path, LARGEST)?).ok();
    let base = at(sides.stopped.base.as_deref());
    let other = at(sides.commit(own.side.other()))?;
    let joined = |text: &str| {
        let (ours, theirs) = if own.side == Side::Ours { (text, &*other) } else { (&*other, text) };
        match join(kind, Versions { base: base.as_deref(), ours, theirs }, &mut |_| None) {
            Merge::Joined(text) => Some(text),
            _ => None,
        }
    };
    let is_known = joined(text)? == now.replace("\r\n", "\n");
    let new = with_number(kind, text, own, path, numbers)?;
    joined(&new).filter(|_| is_known)
}

/// A text with the new number, and with the digest of a request that has it. `None` if it cannot be edited so.
fn with_number(kind: FileKind, text: &str, own: &Move, path: &str, numbers: &mut Numbers) -> Option<String> {
    let new = renumber(kind, text, &own.from, &own.to)?;
    if new.is_named {
        numbers.notes.push(format!("a text in {path} names {}; write {} if it means that record", own.from, own.to));
    }
    if kind != FileKind::Change {
        return Some(new.text);
    }
    let (before, after) = (Request::read(text)?.digest, Request::read(&new.text)?.digest);
    Some(new.text.replace(&before, &after))
}

/// Gives the next free numbers to new action items of one side whose numbers the other side has too.
fn renumber_actions(project: &Project, sides: &Sides, case: &mut Case, numbers: &mut Numbers) {
    let Merge::Refused(Refusal::ActionNumbers(ids)) = join(case.kind, case.versions(), &mut |_| None) else { return };
    for id in ids {
        let has = |text: &str, side: &str| {
            let find = |text: &str| action_texts(text).into_iter().find(|(own, _)| *own == id);
            find(text).is_some_and(|own| find(side) == Some(own))
        };
        let (keeper, why) = sides.keeper_by(&case.path, |text| has(text, &case.ours), |text| has(text, &case.theirs));
        let side = keeper.other();
        let Some(to) = next_action(project, case, &id) else { continue };
        let Some(new) = renumber(case.kind, case.text(side), &id, &to) else { continue };
        numbers.told.push(format!("{id} of {} is now {to}: {why}", sides.name(side, &case.path)));
        case.set_text(side, new.text);
    }
}

/// The number after the last action item's of that year, in any meeting and version.
fn next_action(project: &Project, case: &Case, id: &str) -> Option<String> {
    let (head, _) = id.rsplit_once('-')?;
    let head = format!("{head}-");
    let meetings = project.files.iter().filter(|file| kind_of(&file.path) == Some(FileKind::Meeting));
    let texts = meetings.map(|file| &*file.text).chain([case.ours.as_str(), case.theirs.as_str()]);
    let numbers = texts.flat_map(|text| text.match_indices(&head).map(|(at, _)| &text[at + head.len()..]));
    let number = |rest: &str| {
        let digits = rest.len() - rest.trim_start_matches(|own: char| own.is_ascii_digit()).len();
        rest.get(..digits)?.parse::<u64>().ok()
    };
    let next = numbers.filter_map(number).max().unwrap_or(0).checked_add(1)?;
    Some(format!("{head}{next:03}")).filter(|next| ActionId::parse(next).is_some())
}
