//! With broken settings every command that writes refuses: times and deadlines would be those of the defaults.

use crate::support::{Project, files};

const AS_OF: &str = "2026-11-16 14:30";

fn project() -> Project {
    let project = Project::of(&[
        // The colon is missing.
        ("heatpack.yaml", "timezone America/Los_Angeles\n"),
        ("subjects.yaml", "- {id: scorecard, name: Scorecard, kind: module}\n"),
        ("staff.yaml", "- {id: dora, name: Dora Desk, office: help-desk}\n- {id: ada, name: Ada, office: acfo-fs}\n"),
        (
            "board.yaml",
            "terms: [{from: 2024-10-01, quorum: 1, chair_required: false, signatures: optional}]\n\
             members:\n  - {id: cora, name: Cora Chair, chair: true, keys: []}\n",
        ),
        (
            "pocs/pat.yaml",
            "id: pat\nname: Pat Point\nemail: pat@example.org\ndesignations:\n  \
             - {subject: scorecard, role: primary, from: 2026-01-01}\n",
        ),
        (
            "tickets/2026/HEAT-1.yaml",
            "id: HEAT-1\ntitle: Export drops the last quarter\nsubject: scorecard\nkind: issue\narea: technical\n\
             poc: pat\nreceived: 2026-11-12 09:14\nvia: [phone]\ndescription: Words.\nlog: []\n",
        ),
        (
            "crs/CR-2026-001.yaml",
            "id: CR-2026-001\ntitle: Move it\nsubject: scorecard\ntickets: [HEAT-1]\nprepared_by: ada\nlog:\n  \
             - {at: 2026-11-12 10:00, event: submitted, by: ada}\n",
        ),
    ]);
    project.write("report.csv", "nitc_number,heat_number,status,last_update\nN-1,HEAT-1,received,2026-11-16\n");
    project.write("export.csv", "Number\n1\n");
    project.write("map.yaml", "");
    project
}

#[test]
fn no_command_writes_and_each_names_the_file() {
    let project = project();
    let before = files(&project.root());
    let export = tempfile::tempdir().expect("a folder");
    let folder = export.path().join("audit");
    let folder = folder.to_str().expect("UTF-8");
    let commands: [&[&str]; 14] = [
        &["log", "1", "follow-up", "--by", "dora"],
        &["new", "ticket", "--poc", "pat", "--subject", "scorecard", "--title", "x"],
        &["new", "poc", "--name", "Kim Specimen", "--phone", "202-555-0107"],
        &["new", "cr", "--title", "x"],
        &["new", "meeting", "--kind", "weekly"],
        &["sign", "CR-2026-001", "--as", "cora", "--decision", "approve", "--unsigned", "--yes"],
        &["sign", "CR-2026-001", "--as", "cora", "--decision", "approve", "--print"],
        &["verify", "CR-2026-001", "--export", folder],
        &["verify", "CR-2026-001", "--format", "json", "--export", folder],
        &["import", "nitc", "report.csv"],
        &["import", "tickets", "export.csv", "--map", "map.yaml", "--write"],
        &["mail", "follow-ups"],
        &["mail", "pack", "weekly", "-o", "weekly.eml"],
        &["check", "--baseline", "known.json", "--write-baseline"],
    ];
    for command in commands {
        let run = project.run(&[&["--as-of", AS_OF], command].concat()).ended(2);
        let why = "data/heatpack.yaml has errors, and nothing was written; `heatpack check` lists them";
        assert!(run.stderr.contains(why), "{command:?}: {}", run.stderr);
        assert_eq!(files(&project.root()), before, "{command:?}");
        assert!(files(export.path()).is_empty(), "{command:?}");
    }
    // What only reads goes on, and finds the error.
    let check = project.run(&["check", "--as-of", AS_OF]).ended(1);
    assert!(check.stdout().contains("data/heatpack.yaml:1:"), "{}", check.stdout());
    project.run(&["show", "1", "--as-of", AS_OF]).ended(0);
}
