//! `heatpack` alone, its help with examples that run, its completions and manual pages.

use crate::support::git::{commit as commit_all, git};
use crate::support::shell::words;
use crate::support::terminal::Terminal;
use crate::support::{Project, case, command, files, run, sample};
use clap::{Command, CommandFactory, Parser};
use heatpack::commands::Cli;

const AS_OF: &str = "2026-11-23 10:00";

/// A command and all that are below it, with the words that lead to each.
fn commands() -> Vec<(Vec<String>, Command)> {
    let mut open = vec![(vec!["heatpack".to_owned()], Cli::command())];
    let mut all = Vec::new();
    while let Some((words, command)) = open.pop() {
        let below = command.get_subcommands().filter(|own| own.get_name() != "help").cloned();
        open.extend(below.map(|own| ([&words[..], &[own.get_name().to_owned()]].concat(), own)));
        all.push((words, command));
    }
    all
}

#[test]
fn every_command_has_an_example_that_is_understood() {
    let all = commands();
    assert!(all.len() >= 15, "{}", all.len());
    for (name, command) in all {
        let about = command.get_long_about().or(command.get_about()).unwrap_or_else(|| panic!("{name:?} has no help"));
        let about = format!("{about}\n\n{}", command.get_after_help().map(ToString::to_string).unwrap_or_default());
        // One behind its label, or several below it, each on a line of its own.
        let one = about.lines().filter_map(|line| line.trim().strip_prefix("Example: "));
        let several = about.split("Examples:\n").skip(1).flat_map(str::lines).map(str::trim);
        let examples: Vec<&str> = one.chain(several).collect();
        assert!(!examples.is_empty(), "{name:?} has no example: {about}");
        for example in examples {
            let example = words(example);
            assert!(example.starts_with(&name), "{name:?}: {example:?} is of another command");
            if let Err(error) = Cli::try_parse_from(&example) {
                panic!("{example:?}: {error}");
            }
        }
    }
}

#[test]
fn the_command_line_is_sound() {
    Cli::command().debug_assert();
}

#[test]
fn alone_it_says_what_is_due_and_what_to_do() {
    let said = run(&sample(), &["--as-of", AS_OF]).ended(0);
    let text = said.stdout();
    assert!(text.starts_with("MITS User Support, Mon, Nov 23, 2026, 10:00\n") && said.stderr.is_empty(), "{text}");
    for part in [
        "\nOverdue (9)\n",
        "\n  HEAT-10380   follow-up overdue since Tue, Nov 17, 2026: Commitment",
        "\n  A-2026-025   action overdue since Tue, Nov 17, 2026: ",
        "\nDue today (11)\n  HEAT-10340       follow-up: Portal",
        "\n  nitc-2026-11-23  NITC's report\n",
        "\nDue tomorrow (4)\n",
        "\nDue later, by Tue, Dec 1, 2026 (8)\n  HEAT-10370  follow-up due Wed, Nov 25, 2026: ",
        "  and 5 more, in `heatpack calendar` and `heatpack list actions`\n",
        "\nNext meeting\n  MITS Status Meeting, Tue, Nov 24, 2026, 10:00 (scheduled for Wed, Nov 25,\n  2026)\n",
        "\nNext steps\n  heatpack mail follow-ups\n    # updates to 9 POCs, the first overdue since Tue, Nov 17, 2026\n",
        "\n  heatpack import nitc FILE\n    # NITC's report of the week, due Mon, Nov 23, 2026\n",
        "\n  heatpack log CR-2026-012 submitted\n    # change request submitted to CFMSCCB, overdue since Wed, Nov 18, 2026\n",
        "\n  heatpack done A-2026-011\n    # Name a backup for Travel Vouchers, overdue since Thu, Jul 9, 2026\n",
        "\n  heatpack pack weekly -o weekly-2026-11-25.pdf\n    # the meeting is on Tue, Nov 24, 2026\n",
        "\nset HEATPACK_STAFF to your staff id to list only what is due to you\n",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    assert!(text.lines().count() <= 120 && text.lines().all(|line| line.chars().count() <= 80), "{text}");
    assert!(!text.contains('\u{1b}'));
    assert!(
        run(&sample(), &["--as-of", AS_OF, "--color", "always"]).ended(0).stdout().contains("\u{1b}[1;31mOverdue (9)")
    );
    // The commands that it proposes can be typed as they are.
    for line in text.lines().skip_while(|line| *line != "Next steps").filter(|line| line.starts_with("  heatpack")) {
        let command = words(line.split('#').next().unwrap_or(line));
        assert!(Cli::try_parse_from(&command).is_ok(), "{command:?}");
    }
}

/// What `heatpack` prints for a member of staff or the board.
fn alone(project: &Project, user: &str, as_of: &str) -> String {
    let mut command = command(&project.root(), &["--as-of", as_of]);
    let output = command.env("HEATPACK_STAFF", user).output().expect("the binary");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

/// The commands of its next steps.
fn steps(text: &str) -> Vec<&str> {
    let lines = text.lines().skip_while(|line| *line != "Next steps").filter_map(|line| line.strip_prefix("  "));
    lines.filter(|line| !line.starts_with("  #")).map(|line| line.split("  #").next().unwrap_or(line).trim()).collect()
}

#[test]
fn each_sees_what_is_due_to_them_and_what_they_can_run() {
    let project = Project::of_a_desk_at_work();
    let desk = alone(&project, "tnominal", AS_OF);
    assert!(desk.contains("\nFor Taylor Nominal (MITS Help Desk)\n") && desk.contains("\nOverdue (1)\n"), "{desk}");
    assert!(desk.contains("\nDue from others (9)\n") && !desk.contains("set HEATPACK_STAFF"), "{desk}");
    assert!(steps(&desk).iter().all(|step| !step.contains("initial-response") && !step.contains("log CR-")), "{desk}");
    let nitc = alone(&project, "Robin Pattern", AS_OF);
    assert_eq!(steps(&nitc)[..2], ["heatpack log HEAT-10382 initial-response", "heatpack done A-2026-029"], "{nitc}");
    assert!(!nitc.contains("HEAT-10380") && !nitc.contains("new ticket"), "{nitc}");
    let sponsor = alone(&project, "kfoster", AS_OF);
    let logged =
        ["heatpack log CR-2026-012 submitted", "heatpack log CR-2026-010 forwarded", "heatpack done A-2026-018"];
    assert_eq!(steps(&sponsor)[..3], logged, "{sponsor}");
    let unknown = alone(&project, "zed", AS_OF);
    assert!(unknown.contains("\nHEATPACK_STAFF is zed, who is not on the staff or the board today\n"), "{unknown}");
    // A member of the board has not voted on these.
    let member = alone(&project, "nplacewright", AS_OF);
    assert!(member.contains("\nFor Noor Placewright (CFMSCCB)\n"), "{member}");
    assert_eq!(steps(&member)[..2], ["heatpack show CR-2026-005", "heatpack show CR-2026-011"], "{member}");
    assert!(member.contains("\nWaiting for your vote (2)\n  CR-2026-005  "), "{member}");
    assert!(!member.contains("disagreements") && !member.contains("HEAT-10380"), "{member}");
}

#[test]
fn the_minutes_are_missing_from_the_hour_of_the_meeting_on() {
    let ticket = "id: HEAT-1\ntitle: t\nsubject: scorecard\nkind: issue\narea: technical\npoc: pat\n\
                  received: 2026-11-16 09:14\nvia: [phone]\ndescription: Words.\nlog: []\n";
    let project = Project::of(&[
        ("subjects.yaml", "- {id: scorecard, name: Scorecard, kind: module}\n"),
        ("staff.yaml", "- {id: dora, name: Dora Desk, office: help-desk}\n"),
        (
            "pocs/pat.yaml",
            "id: pat\nname: Pat Point\nphone: 202-555-0100\ndesignations:\n  \
             - {subject: scorecard, role: primary, from: 2025-01-01}\n",
        ),
        ("tickets/2026/HEAT-1.yaml", ticket),
    ]);
    let held = "heatpack meeting weekly 2026-11-18 held";
    assert!(!steps(&alone(&project, "dora", "2026-11-18 09:59")).contains(&held));
    // No one made a file of it.
    let text = alone(&project, "dora", "2026-11-18 10:00");
    assert!(steps(&text).contains(&held), "{text}");
    assert!(text.contains("  2026-11-18-weekly  not on record as held on Wed, Nov 18, 2026: "), "{text}");
    let run = |arguments: &[&str]| project.run(&[&["--as-of", "2026-11-18 11:00"], arguments].concat()).ended(0);
    run(&["meeting", "held", "--attended", "dora", "--reviewed", "all"]);
    let text = alone(&project, "dora", "2026-11-18 11:00");
    assert!(
        steps(&text).contains(&"heatpack meeting weekly 2026-11-18 minutes") && !steps(&text).contains(&held),
        "{text}"
    );
    run(&["meeting", "minutes", "--text", "We met."]);
    assert!(!alone(&project, "dora", "2026-11-18 11:00").contains("2026-11-18-weekly"));
    // NITC's report is due on Mondays, once a ticket is with NITC.
    assert!(!alone(&project, "dora", "2026-11-23 08:00").contains("import nitc"));
    run(&["log", "1", "forwarded", "--by", "dora"]);
    let text = alone(&project, "dora", "2026-11-23 08:00");
    assert!(
        text.contains("heatpack import nitc FILE") && text.contains("NITC's report of the week, due Mon, Nov 23, 2026"),
        "{text}"
    );
}

#[test]
fn lines_are_as_wide_as_the_terminal() {
    let calendar = ["--as-of", AS_OF, "calendar", "--to", "2026-12-31"];
    let alone = ["--as-of", AS_OF];
    for arguments in [&alone[..], &calendar] {
        // Where there is no terminal they are of 80 columns.
        let usual = run(&sample(), arguments).ended(0).stdout().to_owned();
        let widest = |text: &str| text.lines().map(|line| line.chars().count()).max().unwrap_or(0);
        assert!((60..=80).contains(&widest(&usual)), "{usual}");
        let words =
            |text: &str| text.split_whitespace().map(str::to_owned).filter(|word| word != "#").collect::<Vec<_>>();
        for columns in [50, 132] {
            let (status, said) = Terminal::run(&sample(), columns, arguments).ends();
            assert_eq!(status, 0, "{said}");
            assert!((columns - 20..=columns).contains(&widest(&said)), "{columns}: {said}");
            // Nothing is cut: it is the same, in other lines.
            assert_eq!(words(&said), words(&usual));
        }
    }
    // A command is never broken, however narrow it is.
    let (_, said) = Terminal::run(&sample(), 30, &alone).ends();
    assert!(said.contains("\n  heatpack pack weekly -o weekly-2026-11-25.pdf\n"), "{said}");
}

#[test]
fn what_it_proposes_is_what_is_missing() {
    let project = Project::of_a_desk_at_work();
    let next = |project: &Project| project.run(&["--as-of", AS_OF]).ended(0).stdout().to_owned();
    // Once it is entered, it is gone.
    project.run(&["--as-of", AS_OF, "log", "HEAT-10380", "follow-up", "--by", "tnominal"]).ended(0);
    let text = next(&project);
    assert!(!text.contains("  HEAT-10380") && text.contains("log CR-2026-012 submitted"), "{text}");
    assert!(
        text.contains("\nOverdue (8)\n") && text.contains("# updates to 8 POCs, the first due Mon, Nov 23"),
        "{text}"
    );
    // Without a draft, one is to be made.
    project.remove("data/crs/CR-2026-012.yaml");
    let text = next(&project);
    assert!(text.contains("  heatpack new cr --tickets HEAT-10369\n"), "{text}");
    // Errors come first.
    project.write("data/pocs/xy.yaml", "id: [");
    let text = next(&project);
    assert!(text.contains("\n1 error is in the records\n"), "{text}");
    assert!(text.contains("\nNext steps\n  heatpack check\n"), "{text}");
}

#[test]
fn a_project_with_nothing_in_it_is_told_how_to_begin() {
    let project = Project::of(&[]);
    let setup = |user: &str| {
        let text = alone(&project, user, AS_OF);
        let lines = text.lines().skip_while(|line| *line != "Set up these records").skip(1);
        let lines = lines.take_while(|line| !line.is_empty()).filter(|line| !line.trim().starts_with('#'));
        lines.map(|line| line.split(" #").next().unwrap_or(line).trim().to_owned()).collect::<Vec<String>>()
    };
    let new = ["heatpack new subject", "heatpack new staff"];
    let driver = "git config merge.heatpack.driver 'heatpack merge-driver %O %A %B %P'";
    let rest = ["heatpack new member", "git config core.hooksPath .githooks", driver, "git add --all"];
    let commit = "git commit --message \"Set up the records\"";
    let user = |id: &str| format!("export HEATPACK_STAFF={id}");
    let yours = user("YOUR-STAFF-ID");
    let all = [&["git init"], &new[..], &[&yours, "heatpack new poc"], &rest, &[commit]].concat();
    assert_eq!(setup(""), all);
    // Each step that is done is gone.
    git(&project.root(), &["init", "--quiet"]);
    git(&project.root(), &["config", "core.hooksPath", ".githooks"]);
    git(&project.root(), &["config", "merge.heatpack.driver", "heatpack merge-driver %O %A %B %P"]);
    project.write("data/subjects.yaml", "- {id: scorecard, name: Scorecard, kind: module}\n");
    project.write("data/staff.yaml", "- {id: dora, name: Dora Desk, office: help-desk}\n");
    let dora = user("dora");
    assert_eq!(setup(""), [&dora, "heatpack new poc", "heatpack new member", "git add --all", commit]);
    assert_eq!(setup("dora"), ["heatpack new poc", "heatpack new member", "git add --all", commit]);
    commit_all(&project.root());
    assert_eq!(setup("dora"), ["heatpack new poc", "heatpack new member"]);
    let outside = tempfile::tempdir().expect("a folder");
    let said = run(outside.path(), &[]).ended(0);
    assert!(said.stdout().contains("Usage: heatpack") && said.stdout().contains("`heatpack init my-project`"));
    assert!(said.stderr.is_empty() && files(outside.path()).is_empty());
    run(&case("figures"), &["-C", "not-there"]).ended(2);
}

#[test]
fn completions_know_the_commands_and_words() {
    let outside = tempfile::tempdir().expect("a folder");
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let said = run(outside.path(), &["completions", shell]).ended(0);
        let words: &[&str] = match shell {
            // These two complete commands and flags only.
            "elvish" | "powershell" => &["calendar", "nitc-ref"],
            _ => &["calendar", "nitc-ref", "follow-up", "functional"],
        };
        for word in words {
            assert!(said.stdout().contains(word), "{shell} does not know {word}");
        }
    }
    run(outside.path(), &["completions", "cmd"]).ended(2);
}

#[test]
fn every_command_has_a_manual_page() {
    let outside = tempfile::tempdir().expect("a folder");
    let all = run(outside.path(), &["man"]).ended(0);
    run(outside.path(), &["man", "-o", "man1"]).ended(0);
    let pages = files(&outside.path().join("man1"));
    let commands = commands();
    assert_eq!(pages.len(), commands.len());
    for (name, _) in commands {
        let page = pages.get(&format!("{}.1", name.join("-"))).unwrap_or_else(|| panic!("no page of {name:?}"));
        let page = String::from_utf8_lossy(page);
        assert!(
            page.contains(".SH SYNOPSIS") && (page.contains("Example:") || page.contains(".SH EXAMPLES")),
            "{page}"
        );
        assert!(
            name.len() == 1 || all.stdout().contains(&format!(".SH \"{}\"", name.join(" ").to_uppercase())),
            "{name:?}"
        );
    }
    assert_eq!(all.stdout().matches(".TH ").count(), 1);
    assert!(all.stdout().contains("\\-\\-nitc\\-ref"));
}
