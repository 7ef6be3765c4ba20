//! Modules, staff, members of the board and designations by command: `new subject`, `new staff`, `new member`,
//! `new designation` and `end`. All other bytes of their files stay what they are.

use crate::support::{Project, Run, files, run};

const AS_OF: &str = "2026-11-16 14:30";

fn heatpack(project: &Project, arguments: &[&str]) -> Run {
    project.run(&[&["--as-of", AS_OF], arguments].concat())
}

/// A project as `init` writes it.
fn new_project() -> Project {
    let project = Project::of(&[]);
    project.remove("data/heatpack.yaml");
    run(&project.root(), &["init"]).ended(0);
    project
}

#[test]
fn a_project_is_set_up_without_an_editor() {
    let project = new_project();
    let done = |arguments: &[&str]| heatpack(&project, arguments).ended(0);
    let said = done(&["new", "subject", "--name", "Travel Vouchers", "--kind", "module"]);
    assert_eq!(
        said.stdout(),
        "travel-vouchers: Travel Vouchers, module\nnext: `heatpack new poc` or `heatpack new designation`, for its POC\n\
                                file: data/subjects.yaml\n"
    );
    done(&["new", "subject", "--name", "Scorecard", "--id", "scorecard", "--kind", "module", "--from", "10/1/2026"]);
    let text = project.read("data/subjects.yaml");
    let items = "- id: travel-vouchers\n  name: Travel Vouchers\n  kind: module\n- id: scorecard\n  name: Scorecard\n  \
                 kind: module\n  from: 2026-10-01\n";
    // The explanation stays, the example is gone.
    assert!(text.starts_with("## The modules and initiatives") && text.ends_with(items), "{text}");
    assert!(text.lines().all(|line| !line.starts_with('#') || line.starts_with("##")), "{text}");
    done(&["new", "staff", "--name", "Taylor Nominal", "--office", "Help-Desk", "--email", "tnominal@example.org"]);
    done(&["new", "staff", "--name", "Kim Specimen", "--office", "acfo-fs"]);
    assert!(project.read("data/staff.yaml").ends_with(
        "- id: tnominal\n  name: Taylor Nominal\n  office: help-desk\n  email: tnominal@example.org\n- id: kspecimen\n  \
         name: Kim Specimen\n  office: acfo-fs\n"
    ));
    let key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ8xV5bV6Cw1ZB2p0kqj3bYkz3Z2sQ5Z6c8b1m2n3o4p morgan";
    project.write("morgan.pub", format!("{key}\n"));
    let said = done(&["new", "member", "--name", "Morgan Placeholder", "--chair", "true", "--key", "morgan.pub"]);
    assert!(said.stdout().contains("without it the board approves nothing"), "{}", said.stdout());
    // One approval more than there are members.
    let refused = heatpack(&project, &["new", "member", "--name", "Reese Sample", "--quorum", "3"]).ended(1);
    assert!(refused.stderr.contains("quorum-unreachable"), "{}", refused.stderr);
    done(&["new", "member", "--name", "Reese Sample", "--quorum", "2"]);
    let text = project.read("data/board.yaml");
    let board = "terms:\n  - from: 2026-11-16\n    quorum: 2\n    chair_required: true\n    signatures: required\n\
                 members:\n  - id: mplaceholder\n    name: Morgan Placeholder\n    chair: true\n    keys:\n";
    assert!(text.contains(board) && text.contains(key) && text.contains("- id: rsample\n"), "{text}");
    done(&[
        "new",
        "poc",
        "--name",
        "Jordan Rivera",
        "--email",
        "j@example.org",
        "--subject",
        "scorecard,Travel Vouchers",
        "--role",
        "primary",
    ]);
    let text = project.read("data/pocs/jrivera.yaml");
    let both = "designations:\n  - subject: scorecard\n    role: primary\n    from: 2026-11-16\n  - subject: travel-vouchers\n    \
                role: primary\n    from: 2026-11-16\n";
    assert!(text.ends_with(both), "{text}");
    done(&["check"]);
}

#[test]
fn an_entry_follows_the_others_in_their_style() {
    let staff = "# Our people.\n- {id: dora, name: Dora Desk, office: help-desk}   # at the front\n";
    let project = Project::of(&[("staff.yaml", staff)]);
    heatpack(&project, &["new", "staff", "--name", "Raj Patel", "--office", "nitc"]).ended(0);
    let text = format!("{staff}- {{id: rpatel, name: Raj Patel, office: nitc}}\n");
    assert_eq!(project.read("data/staff.yaml"), text);
    // What is an error is not written, and names the flag.
    let before = files(&project.root());
    let refused = |arguments: &[&str], why: &str| {
        let said = heatpack(&project, arguments);
        assert!(said.stderr.contains(why) && said.status != 0, "{}", said.stderr);
    };
    refused(&["new", "staff", "--name", "Raj Patel", "--office", "nitc"], "duplicate-id");
    refused(
        &["new", "staff", "--name", "Ann New", "--office", "nitc", "--from", "soon"],
        "--from: error[invalid-value]",
    );
    refused(&["new", "staff", "--name", "Ann New"], "use --office");
    refused(&["new", "subject", "--kind", "module"], "use --id, --name");
    refused(&["new", "member", "--name", "Ann New", "--key", "nokey"], "--key: cannot read nokey");
    assert_eq!(files(&project.root()), before);
}

fn desk() -> Project {
    Project::of(&[
        (
            "subjects.yaml",
            "- {id: scorecard, name: Scorecard, kind: module}\n- {id: grants, name: Grants, kind: module}\n",
        ),
        (
            "staff.yaml",
            "- {id: dora, name: Dora Desk, office: help-desk}\n- id: raj\n  name: Raj Patel\n  office: nitc\n",
        ),
        (
            "pocs/pat.yaml",
            "id: pat\nname: Pat Point\nphone: 202-555-0100\ndesignations:\n  # the first\n  - subject: scorecard\n    \
             role: primary\n    from: 2025-01-01\n",
        ),
    ])
}

#[test]
fn a_designation_begins_and_ends_by_command() {
    let project = desk();
    let said =
        heatpack(&project, &["new", "designation", "Pat Point", "--subject", "Grants", "--role", "backup"]).ended(0);
    assert_eq!(said.stdout(), "pat: Pat Point, backup POC for Grants from 2026-11-16\nfile: data/pocs/pat.yaml\n");
    let said = heatpack(&project, &["end", "pat", "--subject", "scorecard", "--on", "11/30"]).ended(0);
    assert!(said.stdout().starts_with("pat: Pat Point, primary POC for Scorecard: until Mon, Nov 30, 2026\n"));
    let text = project.read("data/pocs/pat.yaml");
    let list = "designations:\n  # the first\n  - subject: scorecard\n    role: primary\n    from: 2025-01-01\n    \
                until: 2026-11-30\n  - subject: grants\n    role: backup\n    from: 2026-11-16\n";
    assert!(text.ends_with(list), "{text}");
    // Two may be meant; one that is over is not.
    let run = heatpack(&project, &["end", "pat"]).ended(2);
    let both =
        "`Pat Point` can be primary POC for Scorecard or backup POC for Grants: use --subject, --staff or --board";
    assert!(run.stderr.contains(both), "{}", run.stderr);
    heatpack(&project, &["end", "raj", "--on", "yesterday"]).ended(0);
    assert!(project.read("data/staff.yaml").ends_with("  office: nitc\n  until: 2026-11-15\n"));
    heatpack(&project, &["end", "Dora Desk"]).ended(0);
    assert!(
        project
            .read("data/staff.yaml")
            .starts_with("- {id: dora, name: Dora Desk, office: help-desk, until: 2026-11-16}\n")
    );
    let before = files(&project.root());
    for (arguments, why) in [
        (&["end", "raj", "--on", "today"][..], "has nothing of that kind that could end"),
        (&["end", "zed"], "no person `zed` is on record"),
        (&["end", "pat", "--subject", "grants", "--on", "2025-01-01"], "period-reversed"),
        (&["new", "designation", "zed", "--subject", "grants"], "no POC `zed`"),
        (&["new", "designation", "pat"], "use --subject, --role"),
        (&["new", "poc", "--name", "pat point", "--phone", "202-555-0101"], "use `heatpack new designation pat`"),
    ] {
        let run = heatpack(&project, arguments);
        assert!(run.status != 0 && run.stderr.contains(why), "{arguments:?}: {}", run.stderr);
    }
    assert_eq!(files(&project.root()), before);
    // Another person of that name.
    heatpack(&project, &["new", "poc", "--name", "Pat Point", "--id", "pat2", "--phone", "202-555-0101"]).ended(0);
}
