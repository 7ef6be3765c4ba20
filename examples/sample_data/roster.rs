//! The files about people and subjects: subjects.yaml, staff.yaml, board.yaml and pocs/.

use crate::calendar;
use crate::people::{self, BOARD, POCS, STAFF, SUBJECTS};
use crate::yaml::Yaml;
use crate::{Files, Result, sign};

pub fn write(files: &mut Files) -> Result<()> {
    check_primaries()?;
    files.add("heatpack.yaml", include_str!("texts/heatpack.yaml").to_owned());
    files.add("subjects.yaml", subjects());
    files.add("staff.yaml", staff());
    files.add("board.yaml", board()?);
    for poc in &POCS {
        files.add(&format!("pocs/{}.yaml", poc.id), contact(poc));
    }
    Ok(())
}

/// No subject has two primary contacts on one day.
fn check_primaries() -> Result<()> {
    for day in calendar::start().iter_days().take_while(|day| *day <= calendar::end().date()) {
        for (subject, ..) in SUBJECTS {
            let holds =
                |d: &&people::Designation| d.0 == subject && d.1 == "primary" && people::in_period(d.2, d.3, day);
            if POCS.iter().flat_map(|poc| poc.designations).filter(holds).count() > 1 {
                return Err(format!("{subject} has two primary contacts on {day}").into());
            }
        }
    }
    Ok(())
}

fn period(y: &mut Yaml, indent: &str, from: &str, until: &str) {
    for (key, day) in [("from", from), ("until", until)] {
        if !day.is_empty() {
            y.scalar(indent, key, day);
        }
    }
}

fn subjects() -> String {
    let mut y = Yaml::default();
    y.line("# What the desk supports: the MITS modules, then the PMA initiatives.");
    for (id, name, kind, from, until) in SUBJECTS {
        y.scalar("", "- id", id).scalar("  ", "name", name).scalar("  ", "kind", kind);
        period(&mut y, "  ", from, until);
    }
    y.finish()
}

fn staff() -> String {
    let mut y = Yaml::default();
    y.line("# The three offices behind a ticket. People who left stay here, with `until`: old entries name them.");
    for person in &STAFF {
        y.scalar("", "- id", person.id).scalar("  ", "name", person.name).scalar("  ", "office", person.office);
        y.scalar("  ", "email", &format!("{}@example.org", person.id));
        period(&mut y, "  ", person.from, person.until);
    }
    y.finish()
}

fn board() -> Result<String> {
    let mut y = Yaml::default();
    y.line("# The CFMSCCB, which decides on every change request.");
    y.line("#");
    y.line("# SAMPLE KEYS: anyone can make their private halves, from the seed in examples/sample_data/sign.rs.");
    y.line("# They protect nothing. Replace them before a real board signs anything.");
    y.line("terms:");
    y.line("  - from: 2024-10-01");
    y.line("    quorum: 2");
    y.line("    chair_required: true");
    y.line("    # Until every member had a key.");
    y.line("    signatures: optional");
    y.line("  - from: 2026-01-01");
    y.line("    quorum: 2");
    y.line("    chair_required: true");
    y.line("    signatures: required");
    y.line("members:");
    for seat in &BOARD {
        y.scalar("  ", "- id", seat.id).scalar("    ", "name", seat.name);
        y.scalar("    ", "email", &format!("{}@example.org", seat.id));
        if seat.chair {
            y.line("    chair: true");
        }
        period(&mut y, "    ", seat.from, seat.until);
        y.line("    keys:").line(&format!("      - {}", sign::public_key(seat.id)?));
    }
    Ok(y.finish())
}

fn contact(poc: &crate::people::Poc) -> String {
    let mut y = Yaml::default();
    y.scalar("", "id", poc.id).scalar("", "name", poc.name);
    y.scalar("", "email", &format!("{}@example.org", poc.id));
    if poc.phone > 0 {
        y.scalar("", "phone", &format!("202-555-01{:02}", poc.phone));
    }
    y.scalar("", "office", poc.office);
    if poc.designations.is_empty() {
        y.line("designations: []                  # called the Help Desk, but is not a POC");
        return y.finish();
    }
    y.line("designations:");
    for (subject, role, from, until, by) in poc.designations {
        y.scalar("  ", "- subject", subject).scalar("    ", "role", role);
        period(&mut y, "    ", from, until);
        if !by.is_empty() {
            y.scalar("    ", "designated_by", by);
        }
    }
    y.finish()
}
