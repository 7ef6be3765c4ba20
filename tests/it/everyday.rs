//! `heatpack` alone, its help with examples that run, its completions and manual pages.

use crate::support::shell::words;
use crate::support::terminal::Terminal;
use crate::support::{Project, case, files, run, sample};
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
        "\nOverdue (4)\n  HEAT-10380   follow-up overdue since Tue, Nov 17, 2026: Commitment",
        "\nDue before Wed, Dec 2, 2026, the meeting after the next (19)\n",
        "  and 16 more, in `heatpack pack weekly`\n",
        "\nNext meeting\n  MITS Status Meeting, Tue, Nov 24, 2026, 10:00 (scheduled for Wed, Nov 25,\n  2026)\n",
        "\nNext steps\n  heatpack log HEAT-10380 follow-up\n    # follow-up with the POC, overdue since Tue, Nov 17, 2026\n",
        "\n  heatpack log CR-2026-012 submitted\n    # change request submitted to CFMSCCB, overdue since Wed, Nov 18, 2026\n",
        "\n  heatpack pack weekly -o weekly-2026-11-25.pdf\n    # the meeting is on Tue, Nov 24, 2026\n",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    assert!(text.lines().count() <= 60 && text.lines().all(|line| line.chars().count() <= 80), "{text}");
    assert!(!text.contains('\u{1b}'));
    assert!(
        run(&sample(), &["--as-of", AS_OF, "--color", "always"]).ended(0).stdout().contains("\u{1b}[1;31mOverdue (4)")
    );
    // The commands that it proposes can be typed as they are.
    for line in text.lines().skip_while(|line| *line != "Next steps").filter(|line| line.starts_with("  heatpack")) {
        let command = words(line.split('#').next().unwrap_or(line));
        assert!(Cli::try_parse_from(&command).is_ok(), "{command:?}");
    }
}

#[test]
fn what_is_due_before_a_meeting_is_said_with_its_day() {
    // Of the meetings on Wednesdays the next is on the 18th: by then nothing is due, by the one after it is.
    let project = Project::copy_of(&case("figures"));
    let title = |as_of: &str| {
        let said = project.run(&["--as-of", as_of]).ended(0);
        said.stdout().lines().find(|line| line.starts_with("Due before")).map(str::to_owned)
    };
    let due = |as_of: &str| {
        let calendar = ["calendar", "--as-of", as_of, "--from", "2026-10-01", "--to", "2026-12-31", "--format", "json"];
        let dates = project.run(&calendar).ended(0).json()["due"].as_array().expect("dates").clone();
        let day = &as_of[..10];
        dates
            .into_iter()
            .filter_map(|own| own["date"].as_str().map(str::to_owned))
            .filter(|own| own.as_str() >= day)
            .collect()
    };
    let dates: Vec<String> = due("2026-10-19 09:00");
    let before = dates.iter().filter(|date| date.as_str() < "2026-10-28").count();
    assert!(before > 0, "{dates:?}");
    assert_eq!(
        title("2026-10-19 09:00"),
        Some(format!("Due before Wed, Oct 28, 2026, the meeting after the next ({before})"))
    );
    // The first page of the site says the same.
    project.run(&["build", "--as-of", "2026-10-19 09:00"]).ended(0);
    let index = project.read("output/index.html");
    assert!(index.contains("Due before Wed, Oct 28, 2026, the meeting after the next"), "{index}");
    assert!(!index.contains("before the next meeting"));
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
    // Once it is entered, the next one comes.
    project.run(&["--as-of", AS_OF, "log", "HEAT-10380", "follow-up", "--by", "tnominal"]).ended(0);
    let text = next(&project);
    assert!(!text.contains("log HEAT-10380 follow-up") && text.contains("log CR-2026-012 submitted"), "{text}");
    assert!(text.contains("\nOverdue (3)\n"), "{text}");
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
    let empty = Project::of(&[]);
    let text = empty.run(&["--as-of", AS_OF]).ended(0).stdout().to_owned();
    assert!(text.contains("\nNothing needs attention.\n") && text.contains("\n  heatpack new ticket"), "{text}");
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
