//! What every command starts from: the project's root, its records, the as-of time, colors.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{IsTerminal, Read};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use anyhow::{Context as _, bail};
use chrono::{DateTime, NaiveDate, Utc};

use super::lookup::CHECK_OUT;
use super::options::{Color, Common};
use super::typed::only;
use crate::disk::journal;
use crate::disk::lock::Lock;
use crate::git::{self, Tracked};
use crate::load::{
    Drafts, FileCache, LARGEST, Project, decode_settings, load_again, load_drafts_again, load_in_repository,
};
use crate::model::{Leaning, Minute, Settings, days_typed, minutes_typed};
use crate::record::Faults;

/// The file that makes a folder a project.
const SETTINGS: &str = "data/heatpack.yaml";

/// A project that was found and read.
pub struct Session {
    /// The folder that holds `data/`.
    pub root: PathBuf,
    pub project: Project,
    pub as_of: Minute,
    /// It was given, and is not the clock's.
    pub as_of_given: bool,
    /// It is the end of a date that was given, or of the records: nothing happened just then.
    pub as_of_is_day: bool,
    /// The files of `data/` that git has; none outside git, and where git does not read the repository.
    pub tracked: Option<Tracked>,
    /// What was read, for a command that reads it again before and after it writes.
    cache: Option<Mutex<FileCache>>,
    color: Color,
}

impl Session {
    /// Finds the project as git does, reads it, and settles the as-of time.
    pub fn new(common: &Common) -> anyhow::Result<Session> {
        Session::read(common, None)
    }

    fn read(common: &Common, mut cache: Option<FileCache>) -> anyhow::Result<Session> {
        let root = root(common)?;
        // Of what an interrupted command began, no command sees a part.
        if journal::is_left(&root) {
            drop(Lock::take(&root));
        }
        let tracked = tracked(&root);
        let project = match &mut cache {
            Some(cache) => load_again(&root, tracked.as_ref(), cache)?,
            None => load_in_repository(&root, &Drafts::new(), tracked.as_ref())?,
        };
        let (as_of, as_of_given) = as_of(common.as_of.as_deref(), &project.settings)?;
        let as_of_is_day = match common.as_of.as_deref() {
            Some(given) => minutes_given(given, &project.settings)?.is_empty(),
            None => project.settings.ends.is_some(),
        };
        let cache = cache.map(Mutex::new);
        Ok(Session { root, project, as_of, as_of_given, as_of_is_day, tracked, cache, color: common.color })
    }

    /// The same for a command that writes: it refuses where the settings have errors. Under the default settings times,
    /// deadlines and columns would be those of another project.
    pub fn for_writing(common: &Common) -> anyhow::Result<Session> {
        let session = Session::read(common, Some(FileCache::default()))?;
        has_settings(&session.project)?;
        Ok(session)
    }

    /// A place in the project, as one writes it in the current folder.
    pub fn seen_from_here(&self, path: &str) -> PathBuf {
        let place = self.root.join(path);
        let here = std::env::current_dir().ok();
        let inside = here.and_then(|here| place.strip_prefix(here).ok().map(Path::to_owned));
        inside.filter(|inside| !inside.as_os_str().is_empty()).unwrap_or(place)
    }

    /// The project as it is by now, or as it would be with these files in it, for what is to be written.
    pub fn reload(&self, drafts: &Drafts) -> anyhow::Result<Project> {
        let project = match self.cache.as_ref().and_then(|cache| cache.lock().ok()) {
            Some(mut cache) => load_drafts_again(&self.root, drafts, self.tracked.as_ref(), &mut cache)?,
            None => load_in_repository(&self.root, drafts, self.tracked.as_ref())?,
        };
        has_settings(&project)?;
        // A draft within what is not opened would be read this once, and never again.
        let is_there = |folder: &&Path| project.files.iter().any(|file| Path::new(&file.path) == *folder);
        let folders: BTreeSet<&Path> = drafts.keys().filter_map(|draft| Path::new(draft).parent()).collect();
        if let Some(folder) = folders.into_iter().flat_map(Path::ancestors).find(is_there) {
            bail!("nothing can be written to {}: it is not read, and `heatpack check` says why", folder.display());
        }
        Ok(project)
    }

    /// The time of an event if no flag gives it: now. Fails if the as-of time is only a date; the message names the `flag`
    /// to use, with a value like `example`.
    pub fn time_unsaid(&self, flag: &str, example: &str) -> anyhow::Result<Minute> {
        if let Some(ends) = self.ends() {
            bail!("these records end at {ends} (`ends` in {SETTINGS}): use {flag} with the date and time of the event");
        }
        if self.as_of_is_day {
            let date = self.as_of.date();
            bail!("--as-of has a date without a time: use {flag} {example}, or --as-of \"{date} 14:30\"");
        }
        Ok(self.as_of)
    }

    /// The records' last moment, where it is what they are read as of.
    fn ends(&self) -> Option<Minute> {
        self.project.settings.ends.filter(|_| !self.as_of_given)
    }

    /// Whether what goes to this stream can have colors.
    pub fn colors(&self, stream: &impl IsTerminal) -> bool {
        colors(self.color, stream)
    }
}

/// Stops where faults leave the settings out.
pub fn has_settings(project: &Project) -> anyhow::Result<()> {
    if project.settings_left_out {
        bail!("{SETTINGS} has errors, and nothing was written; `heatpack check` lists them");
    }
    Ok(())
}

/// The root of the project, found as git finds its own.
pub fn root(common: &Common) -> anyhow::Result<PathBuf> {
    let start = start(common)?;
    let Some(root) = find_root(&start) else {
        bail!(
            "no project here: neither {} nor a folder above it holds {SETTINGS} (an empty file will do)",
            start.display()
        );
    };
    Ok(root)
}

/// The staff id of the user, from the environment variable HEATPACK_STAFF.
pub fn own_staff_id() -> Option<String> {
    let own = std::env::var("HEATPACK_STAFF").ok()?;
    Some(own.trim().to_owned()).filter(|own| !own.is_empty())
}

/// Whether what goes to this stream can have colors.
pub fn colors(color: Color, stream: &impl IsTerminal) -> bool {
    match color {
        Color::Always => true,
        Color::Never => false,
        // https://no-color.org: set and not empty.
        Color::Auto => stream.is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()),
    }
}

/// The settings of the project, for commands that do without one: the defaults outside a project, and where
/// the settings are at fault, as `check` says.
pub fn settings(common: &Common) -> anyhow::Result<Settings> {
    let start = start(common)?;
    let Some(root) = find_root(&start) else { return Ok(Settings::default()) };
    let path = root.join(SETTINGS);
    if !path.symlink_metadata().is_ok_and(|found| found.is_file()) {
        return Ok(Settings::default());
    }
    let mut bytes = Vec::new();
    let file = File::open(&path).with_context(|| format!("cannot read {}", path.display()))?;
    file.take(LARGEST + 1).read_to_end(&mut bytes).with_context(|| format!("cannot read {}", path.display()))?;
    let mut faults = Faults::default();
    Ok(decode_settings(bytes, &mut faults).1.unwrap_or_default())
}

/// Whether there is a project where the command looks for one.
pub fn is_in_project(common: &Common) -> anyhow::Result<bool> {
    Ok(find_root(&start(common)?).is_some())
}

/// Where to look for the project from.
fn start(common: &Common) -> anyhow::Result<PathBuf> {
    let start = match &common.directory {
        Some(directory) => directory.clone(),
        None => std::env::current_dir().context("cannot tell the current folder")?,
    };
    start.canonicalize().with_context(|| format!("cannot read {}", start.display()))
}

/// The nearest folder upward that holds `data/heatpack.yaml`.
fn find_root(start: &Path) -> Option<PathBuf> {
    let mut folders = start.ancestors();
    folders.find(|folder| folder.join(SETTINGS).symlink_metadata().is_ok()).map(Path::to_owned)
}

/// The files of `data/` that git has. Prints what keeps git from reading them, or keeps them from being read.
pub fn tracked(root: &Path) -> Option<Tracked> {
    match git::tracked(root) {
        Ok(tracked) => {
            let absent = tracked.as_ref().map(|tracked| &tracked.absent);
            if let Some((count, first)) = absent.and_then(|absent| Some((absent.len(), absent.first()?))) {
                let are = if count == 1 { "file of data/ is" } else { "files of data/ are" };
                say!(
                    "note: {count} {are} not checked out, and not read ({}{}): {CHECK_OUT}",
                    crate::render::shown(first),
                    if count == 1 { "" } else { ", …" }
                );
            }
            tracked
        }
        Err(error) => {
            say!("note: {error}");
            None
        }
    }
}

/// The as-of time: given, else the settings' `ends`, else `SOURCE_DATE_EPOCH`, else the clock; and whether it was given.
///
/// `ends` is taken for the present: what is entered for a later time has not happened in these records.
pub fn as_of(given: Option<&str>, settings: &Settings) -> anyhow::Result<(Minute, bool)> {
    if let Some(text) = given {
        let day = || -> anyhow::Result<Option<NaiveDate>> {
            only(text, days_typed(text, now(settings)?.date(), Leaning::Either))
        };
        let minute = match only(text, minutes_given(text, settings)?)? {
            Some(minute) => Some(minute),
            None => day()?.map(Minute::end_of),
        };
        let Some(minute) = minute.filter(|minute| in_range(minute.date())) else {
            bail!("`{text}` is not an as-of time: write `2026-11-18 10:00` or `2026-11-18`, from 2000 to 2099");
        };
        return Ok((minute, true));
    }
    if let Some(ends) = settings.ends {
        return Ok((ends, false));
    }
    Ok((now(settings)?, std::env::var_os(EPOCH).is_some()))
}

/// The minutes that an as-of time can mean: none where it is a date.
fn minutes_given(text: &str, settings: &Settings) -> anyhow::Result<Vec<Minute>> {
    // One that is written in full needs no clock.
    if let Some(minute) = Minute::parse(text.trim()) {
        return Ok(vec![minute]);
    }
    let now = now(settings)?;
    Ok(minutes_typed(text, now, now.date(), Leaning::Either))
}

/// The environment variable that stands in for the clock.
const EPOCH: &str = "SOURCE_DATE_EPOCH";

/// The present: `SOURCE_DATE_EPOCH`, else the clock.
fn now(settings: &Settings) -> anyhow::Result<Minute> {
    let Some(epoch) = std::env::var_os(EPOCH) else { return Ok(Minute::of(Utc::now(), settings.zone)) };
    let seconds = epoch.to_str().and_then(|text| text.trim().parse().ok());
    let Some(instant) = seconds.and_then(|seconds| DateTime::from_timestamp(seconds, 0)) else {
        bail!("{EPOCH} is not a number of seconds: {}", epoch.to_string_lossy());
    };
    let minute = Minute::of(instant, settings.zone);
    if !in_range(minute.date()) {
        bail!("{EPOCH} gives {minute}, which is outside the years 2000 to 2099");
    }
    Ok(minute)
}

fn in_range(date: NaiveDate) -> bool {
    use chrono::Datelike;
    (2000..=2099).contains(&date.year())
}
