//! The model of `heatpack review`: what a change means, record by record, in the words of the workflow.
//!
//! Every list has a limit and reports its full length, so a pull request of thousands of files gets a summary.

mod lists;
mod model;
mod packs;
mod phrases;
mod records;
mod versions;

pub use model::{
    BaseView, CountLine, Fate, Found, FoundLine, Kind, Listed, MoveLine, PackChange, PackChanges, RecordLine, Review,
};
pub use versions::Versions;

use model::{FORMAT, RECORDS};

/// What a change means: the records and packs of both versions, and the diagnostics that only one of them has.
pub fn review(versions: &Versions, base: BaseView, adds: Found, mends: Found) -> Review {
    let records = records::lines(versions);
    Review {
        format: FORMAT,
        as_of: versions.now.as_of,
        base,
        files: versions.base.map_or(versions.now.project().files.len(), |base| base.differing.len()),
        counts: counts(&records),
        moves: moves(&records),
        records: Listed::new(records, RECORDS),
        adds,
        mends,
        packs: packs::changes(versions),
    }
}

fn counts(records: &[RecordLine]) -> Vec<CountLine> {
    let of = |kind, fate| records.iter().filter(|line| line.kind == kind && line.fate == fate).count();
    let mut kinds: Vec<Kind> = records.iter().map(|line| line.kind).collect();
    kinds.sort();
    kinds.dedup();
    let line = |kind| CountLine {
        kind,
        new: of(kind, Fate::New),
        changed: of(kind, Fate::Changed),
        gone: of(kind, Fate::Gone),
    };
    kinds.into_iter().map(line).collect()
}

fn moves(records: &[RecordLine]) -> Vec<MoveLine> {
    let mut moves: std::collections::BTreeMap<(Kind, &Option<String>, &Option<String>), usize> = Default::default();
    for line in records.iter().filter(|line| line.moved()) {
        *moves.entry((line.kind, &line.from, &line.to)).or_default() += 1;
    }
    let line = |((kind, from, to), count): ((Kind, &Option<String>, &Option<String>), usize)| MoveLine {
        kind,
        from: from.clone(),
        to: to.clone(),
        count,
    };
    moves.into_iter().map(line).collect()
}
