//! `heatpack show`: timelines and clocks in the terminal.

use crate::formats::project::{Project, run, sample};

#[test]
fn a_ticket_has_its_timeline_and_the_story_of_each_due_date() {
    let project = Project::hostile();
    let said = project.run(&["show", "HEAT-4", "--explain"]);
    assert_eq!((said.status, said.err.as_str()), (0, ""));
    for part in [
        "HEAT-4  Clean\n",
        "state      with-nitc, held by NITC\n",
        "2026-11-10 16:55  received – Jordan \"J\" <Rivera> & 'Co' (jrivera)\n                    → open\n",
        "2026-11-10 17:30  forwarded to NITC – Taylor Nominal (tnguyen)\n                    open → with-nitc\n",
        "still with-nitc\n",
        // Received before the end of the working day, forwarded after it; the next day was Veterans Day.
        "deemed      Tue 10 Nov 2026, the same day\n",
        "not worked  Wed 11 Nov 2026 (Veterans Day)\n",
        "deemed      Thu 12 Nov 2026, the next working day: the working day ends at 17:00\n",
        "due         Mon 16 Nov 2026, the whole day: moved on from Sat 14 Nov 2026\n",
        "not worked  Sat 14 Nov 2026 (a Saturday), Sun 15 Nov 2026 (a Sunday)\n",
        "stopped     Thu 12 Nov 2026 10:00: what it waited for happened\n",
        "outcome     met\n",
        "outcome     running\n",
    ] {
        assert!(said.out.contains(part), "{part}\n{}", said.out);
    }
    assert_eq!(project.run(&["show", "4"]).status, 0, "the number alone");
    assert_eq!(project.run(&["show", "heat-4"]).out, project.run(&["show", "HEAT-4"]).out);
}

#[test]
fn a_slip_has_no_effect_and_says_why() {
    let said = Project::hostile().run(&["show", "HEAT-2"]);
    assert!(said.out.contains("no effect: transition-forbidden"), "{}", said.out);
    assert!(said.out.contains("error[transition-forbidden]: `closed` is not possible"), "{}", said.out);
    assert!(!said.out.contains('\u{1b}'), "no colours into a pipe");
}

#[test]
fn a_change_request_has_its_votes() {
    let said = run(sample(), &["show", "CR-2026-007"]);
    assert_eq!(said.status, 0, "{}", said.err);
    for part in ["submitted to the board", "vote: approve", "submitted → approved", "forward-cr", "3 votes, 2 needed"]
    {
        assert!(said.out.contains(part), "{part}\n{}", said.out);
    }
}

#[test]
fn a_poc_has_designations_and_tickets() {
    let said = Project::hostile().run(&["show", "jrivera"]);
    assert!(said.out.contains("primary for Score ]]> card, from Wed 1 Oct 2025"), "{}", said.out);
    assert!(said.out.contains("HEAT-4  with-nitc, 3 days: Clean"), "{}", said.out);
}

#[test]
fn what_cannot_be_shown_says_why() {
    let project = Project::hostile();
    for (id, part) in [
        ("jriver", "did you mean `jrivera`?"),
        ("HEAT-5", "did you mean `HEAT-"),
        ("HEAT-99999", "write an id such as"),
        ("HEAT-1", "has errors"),
    ] {
        let said = project.run(&["show", id]);
        assert_eq!((said.status, said.out.as_str()), (2, ""), "{id}");
        assert!(said.err.contains(part), "{id}: {}", said.err);
    }
}
