//! Ways to get a change request approved that should not be, or to make records say what did not happen: each is
//! tried in a real git repository with real keys, and is refused by its rule.
//!
//! Needs `git` and `ssh-keygen` (of OpenSSH).

use std::path::Path;

use crate::support::Project;
use crate::support::git::{commit, commit_on};
use crate::support::sshsig::{Key, NAMESPACE, digest, payload};

const AS_OF: &str = "2026-11-18 12:00";
const CHANGE: &str = "data/crs/CR-2026-007.yaml";
const TICKET: &str = "data/tickets/2026/HEAT-10423.yaml";

const STAFF: &str = "- {id: tnguyen, name: Taylor Nominal, office: help-desk}\n\
                     - {id: rpatel, name: Robin Exemplar, office: nitc}\n\
                     - {id: kfoster, name: Kim Specimen, office: acfo-fs}\n\
                     - {id: dquill, name: Devon Quill, office: acfo-fs}\n";

/// A project whose CR is before a board of four, two of whom have to approve it, the chair among them.
struct Records {
    project: Project,
    chair: Key,
    rchen: Key,
    dquill: Key,
    former: Key,
}

/// A vote as its file says it.
#[derive(Clone)]
struct Vote {
    cr: &'static str,
    by: &'static str,
    at: &'static str,
    decision: &'static str,
    reason: &'static str,
}

const CHAIRS: Vote = Vote { cr: "CR-2026-007", by: "mlee", at: "2026-11-16 14:05", decision: "approve", reason: "" };
const SECOND: Vote = Vote { by: "rchen", at: "2026-11-18 10:05", ..CHAIRS };

impl Records {
    fn new() -> Records {
        let [chair, rchen, dquill, former] =
            ["mlee", "rchen", "dquill", "aolder"].map(|name| Key::new("ed25519", name));
        let records = Records { project: Project::of(&[]), chair, rchen, dquill, former };
        let project = &records.project;
        project.write("data/staff.yaml", STAFF);
        project.write("data/subjects.yaml", "- {id: scorecard, name: Scorecard, kind: module}\n");
        project.write(
            "data/pocs/jrivera.yaml",
            "id: jrivera\nname: Jordan Rivera\nphone: 202-555-0104\ndesignations:\n  \
             - {subject: scorecard, role: primary, from: 2025-10-01}\n  \
             - {subject: scorecard, role: backup, from: 2025-10-01, until: 2025-12-31}\n",
        );
        project.write(
            TICKET,
            "id: HEAT-10423\ntitle: Scorecard export drops the last quarter\nsubject: scorecard\nkind: issue\n\
             area: functional\npoc: jrivera\nreceived: 2026-11-02 09:14\nvia: [phone]\n\
             description: Exporting omits Q4.\nlog:\n  \
             - {at: 2026-11-02 11:30, event: follow-up, by: tnguyen}\n  \
             - {at: 2026-11-02 13:05, event: forwarded, by: tnguyen}\n  \
             - {at: 2026-11-02 15:40, event: acknowledged, by: rpatel, nitc_ref: N-2291}\n  \
             - {at: 2026-11-04 09:20, event: researched, by: rpatel, outcome: code-change, note: The lookup moves.}\n  \
             - {at: 2026-11-09 10:00, event: follow-up, by: tnguyen}\n  \
             - {at: 2026-11-16 10:00, event: follow-up, by: tnguyen}\n",
        );
        for number in ["007", "008"] {
            let id = format!("CR-2026-{number}");
            project.write(
                &format!("data/crs/{id}.yaml"),
                format!(
                    "id: {id}\ntitle: Move the calendar lookup\nsubject: scorecard\n\
                     tickets: [HEAT-10423]\nprepared_by: kfoster\npriority: routine\nrisk: low\neffort: 3 days\n\
                     description: Move the lookup.\njustification: Q4 is missing.\nimpact: It goes on.\n\
                     security_impact: None.\ntest_plan: Export FY26.\nrollback_plan: Switch back.\nlog:\n"
                ),
            );
            records.submit(&id, "2026-11-10 10:00");
        }
        records.board(2, "");
        records.vote(&CHAIRS, &records.chair);
        commit(&project.root());
        records
    }

    /// Writes the board, with a quorum and further members.
    fn board(&self, quorum: usize, more: &str) {
        let member = |id: &str, key: &Key, rest: &str| {
            format!("  - id: {id}\n    name: Member {id}\n{rest}    keys:\n      - {}\n", key.public)
        };
        self.project.write(
            "data/board.yaml",
            format!(
                "terms:\n  - {{from: 2024-10-01, quorum: {quorum}, chair_required: true, signatures: required}}\n\
                 members:\n{}{}{}{}{more}",
                member("mlee", &self.chair, "    chair: true\n"),
                member("rchen", &self.rchen, ""),
                member("dquill", &self.dquill, ""),
                member("aolder", &self.former, "    until: 2026-11-16\n"),
            ),
        );
    }

    /// Writes a vote, signed on the request as it is; gives its file's path.
    fn vote(&self, vote: &Vote, key: &Key) -> String {
        let digest = self.digest(vote.cr);
        let signature = key.sign(NAMESPACE, &payload(vote.cr, &digest, vote.decision, vote.by, vote.at, vote.reason));
        self.write_vote(vote, &digest, &signature)
    }

    fn write_vote(&self, vote: &Vote, digest: &str, signature: &str) -> String {
        let reason = if vote.reason.is_empty() { String::new() } else { format!("reason: {}\n", vote.reason) };
        let path = format!("data/decisions/{}/{}-{}.yaml", vote.cr, &vote.at[..10], vote.by);
        let signature: String = signature.lines().map(|line| format!("  {line}\n")).collect();
        let text = format!(
            "cr: {}\nby: {}\nat: {}\ndecision: {}\n{reason}digest: {digest}\nsignature: |\n{signature}",
            vote.cr, vote.by, vote.at, vote.decision
        );
        self.project.write(&path, text);
        path
    }

    fn digest(&self, cr: &str) -> String {
        digest(&self.project.read(&format!("data/crs/{cr}.yaml")))
    }

    fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.project.read(path);
        assert!(text.contains(from), "{path} has no {from:?}\n{text}");
        self.project.write(path, text.replacen(from, to, 1));
    }

    fn append(&self, path: &str, more: &str) {
        self.project.write(path, self.project.read(path) + more);
    }

    /// Submits a CR as it is.
    fn submit(&self, cr: &str, at: &str) {
        let digest = self.digest(cr);
        let entry = format!("  - {{at: {at}, event: submitted, by: kfoster, digest: \"{digest}\"}}\n");
        self.append(&format!("data/crs/{cr}.yaml"), &entry);
    }

    /// Forwards the CR with the digest of its last round.
    fn forward(&self) {
        let text = self.project.read(CHANGE);
        let digest = text.rsplit("digest: \"").next().and_then(|rest| rest.split('"').next()).expect("a digest");
        self.forward_with(digest);
    }

    fn forward_with(&self, digest: &str) {
        let entry = format!("  - {{at: 2026-11-18 11:00, event: forwarded, by: kfoster, digest: \"{digest}\"}}\n");
        self.append(CHANGE, &entry);
    }

    /// The rules that judge the change, each with its level and message; the errors first.
    fn judged(&self) -> Vec<(String, String, String)> {
        let run = self.project.run(&["check", "--base", "HEAD", "--as-of", AS_OF, "--format", "json"]);
        let json = run.json();
        assert!(run.stderr.is_empty(), "{}", run.stderr);
        assert_eq!(run.status, i32::from(json["errors"] != 0), "{}", run.stdout());
        let found = json["diagnostics"].as_array().expect("diagnostics").iter();
        let text = |found: &serde_json::Value, key: &str| found[key].as_str().unwrap_or("").to_owned();
        let mut found: Vec<_> =
            found.map(|found| (text(found, "level"), text(found, "rule"), text(found, "message"))).collect();
        found.sort();
        found
    }

    /// Holds that these rules, and no others, refuse the change; gives their messages.
    #[track_caller]
    fn refused(&self, rules: &[&str]) -> String {
        let errors: Vec<_> = self.judged().into_iter().filter(|(level, _, _)| level == "error").collect();
        let names: Vec<&str> = errors.iter().map(|(_, rule, _)| rule.as_str()).collect();
        assert_eq!(names, rules, "{errors:#?}");
        errors.into_iter().map(|(_, _, message)| message).collect::<Vec<_>>().join("\n")
    }

    /// Holds that nothing refuses the change.
    #[track_caller]
    fn passes(&self) -> Vec<(String, String, String)> {
        let found = self.judged();
        assert!(found.iter().all(|(level, _, _)| level != "error"), "{found:#?}");
        found
    }

    /// Holds in what state a CR is by `show` and `verify`, and how many approvals it has.
    #[track_caller]
    fn shows(&self, cr: &str, state: &str, approvals: usize) {
        let run = self.project.run(&["show", cr, "--as-of", AS_OF]);
        let text = run.stdout();
        let line =
            |label: &str| text.lines().map(str::trim).find_map(|line| line.strip_prefix(label)).unwrap_or("").trim();
        let words = match state {
            "submitted" => "under CFMSCCB review",
            "forwarded" => "with NITC",
            other => other,
        };
        assert!(line("state").starts_with(words), "{text}");
        let verified = self.project.run(&["verify", cr, "--as-of", AS_OF, "--format", "json"]).json();
        assert_eq!(verified["state"], state, "{verified:#}");
        assert_eq!(verified["approvals"], approvals, "{verified:#}");
    }

    /// What `review` says of a CR.
    fn reviewed(&self, cr: &str) -> String {
        let run = self.project.run(&["review", "--base", "HEAD", "--as-of", AS_OF, "--format", "json"]);
        let records = run.json()["records"]["listed"].clone();
        let line = records.as_array().expect("records").iter().find(|line| line["id"] == cr).cloned();
        line.map(|line| format!("{} {}", line["to"], line["says"])).unwrap_or_default()
    }
}

#[test]
fn the_way_it_is_meant_passes() {
    let records = Records::new();
    records.vote(&SECOND, &records.rchen);
    records.passes();
    records.shows("CR-2026-007", "approved", 2);
    commit(&records.project.root());
    records.forward();
    records.passes();
    records.shows("CR-2026-007", "forwarded", 2);
}

#[test]
fn a_member_who_is_added_cannot_vote_in_the_same_change() {
    let records = Records::new();
    let own = Key::new("ed25519", "nhasty");
    let member = format!("  - id: nhasty\n    name: Nico Hasty\n    keys:\n      - {}\n", own.public);
    records.board(2, &member);
    records.vote(&Vote { by: "nhasty", ..SECOND }, &own);
    let said = records.refused(&["board-and-decision-together"]);
    assert!(said.contains("nhasty on CR-2026-007"), "{said}");
    let review = records.reviewed("CR-2026-007");
    assert!(review.contains("under CFMSCCB review") && review.contains("does not count: not a member"), "{review}");
    // Nor does the CR get to NITC with it.
    records.forward();
    records.refused(&["board-and-decision-together", "forwarded-unapproved"]);
}

#[test]
fn a_key_that_is_swapped_cannot_vote_in_the_same_change() {
    let records = Records::new();
    let (own, there) = (Key::new("ed25519", "mallory"), records.rchen.public.clone());
    records.edit("data/board.yaml", &there, &own.public);
    records.vote(&SECOND, &own);
    records.refused(&["board-and-decision-together"]);
    let review = records.reviewed("CR-2026-007");
    assert!(review.contains("under CFMSCCB review") && review.contains("does not count"), "{review}");
}

#[test]
fn a_key_cannot_be_swapped_under_a_vote_that_is_there() {
    let records = Records::new();
    let there = records.chair.public.clone();
    records.edit("data/board.yaml", &there, &Key::new("ed25519", "mlee").public);
    let said = records.refused(&["signature-invalid"]);
    assert!(said.contains("not made with a key of Member mlee"), "{said}");
}

#[test]
fn the_quorum_cannot_be_lowered_with_the_vote() {
    let records = Records::new();
    records.project.remove("data/decisions/CR-2026-007/2026-11-16-mlee.yaml");
    commit(&records.project.root());
    records.board(1, "");
    records.vote(&Vote { at: "2026-11-18 10:05", ..CHAIRS }, &records.chair);
    records.refused(&["board-and-decision-together"]);
    records.forward();
    let said = records.refused(&["board-and-decision-together", "forwarded-unapproved"]);
    assert!(said.contains("1 of 2 approvals"), "{said}");
}

#[test]
fn a_lower_quorum_does_not_carry_what_was_voted_on_before() {
    let records = Records::new();
    records.board(1, "");
    records.forward();
    let said = records.refused(&["forwarded-unapproved"]);
    assert!(said.contains("1 of 2 approvals"), "{said}");
}

#[test]
fn one_character_of_the_request_edited_after_the_votes_moves_none_of_them_and_is_an_error() {
    let records = Records::new();
    records.vote(&SECOND, &records.rchen);
    commit(&records.project.root());
    records.shows("CR-2026-007", "approved", 2);
    records.edit(CHANGE, "effort: 3 days", "effort: 8 days");
    records.refused(&["request-changed"]);
    // The votes are on the text that was submitted, and approve it still.
    records.shows("CR-2026-007", "approved", 2);
    // Forwarding it under the digest of the new text approves nothing.
    let submitted = records.project.read(CHANGE);
    records.forward_with(&records.digest("CR-2026-007"));
    let said = records.refused(&["forwarded-unapproved", "request-changed"]);
    assert!(said.contains("`digest` is not that of the approved text"), "{said}");
    records.shows("CR-2026-007", "approved", 2);
    // Nor does forwarding it under the old one hide the edit.
    records.project.write(CHANGE, submitted);
    records.forward();
    records.refused(&["request-changed"]);
    records.shows("CR-2026-007", "forwarded", 2);
}

#[test]
fn a_new_digest_on_the_old_entry_is_a_rewritten_history() {
    let records = Records::new();
    records.vote(&SECOND, &records.rchen);
    commit(&records.project.root());
    let was = records.digest("CR-2026-007");
    records.edit(CHANGE, "effort: 3 days", "effort: 8 days");
    let now = records.digest("CR-2026-007");
    records.edit(CHANGE, &was, &now);
    records.refused(&["history-rewritten"]);
    // The votes are on another text than that digest, and count for nothing.
    records.shows("CR-2026-007", "submitted", 0);
    records.forward();
    records.refused(&["forwarded-unapproved", "history-rewritten"]);
}

#[test]
fn a_round_without_a_digest_is_on_the_request_as_it_is() {
    let records = Records::new();
    let bare = |digest: &str| format!(", digest: \"{digest}\"");
    records.edit(CHANGE, &bare(&records.digest("CR-2026-007")), "");
    records.vote(&SECOND, &records.rchen);
    commit(&records.project.root());
    records.shows("CR-2026-007", "approved", 2);
    let found = records.passes();
    assert_eq!(found.iter().filter(|(_, rule, _)| rule == "digest-missing").count(), 1, "{found:#?}");
    records.edit(CHANGE, "effort: 3 days", "effort: 8 days");
    let found = records.passes();
    assert_eq!(found.iter().filter(|(_, rule, _)| rule == "decision-stale").count(), 2, "{found:#?}");
    records.shows("CR-2026-007", "submitted", 0);
    records.append(CHANGE, "  - {at: 2026-11-18 11:00, event: forwarded, by: kfoster}\n");
    records.refused(&["forwarded-unapproved"]);
}

#[test]
fn the_request_stays_as_it_was_forwarded() {
    let records = Records::new();
    records.vote(&SECOND, &records.rchen);
    records.forward();
    commit(&records.project.root());
    records.edit(CHANGE, "effort: 3 days", "effort: 8 days");
    let said = records.refused(&["request-changed-after-forwarding"]);
    assert!(said.contains("\"3 days\" and is \"8 days\""), "{said}");
    records.shows("CR-2026-007", "forwarded", 2);
}

#[test]
fn a_vote_holds_for_its_own_cr_decision_member_and_time_only() {
    for (from, to, path) in [
        ("cr: CR-2026-007", "cr: CR-2026-008", "data/decisions/CR-2026-008/2026-11-18-rchen.yaml"),
        ("decision: approve", "decision: defer", "data/decisions/CR-2026-007/2026-11-18-rchen.yaml"),
        ("by: rchen", "by: dquill", "data/decisions/CR-2026-007/2026-11-18-dquill.yaml"),
        ("at: 2026-11-18 10:05", "at: 2026-11-18 10:06", "data/decisions/CR-2026-007/2026-11-18-rchen.yaml"),
    ] {
        let records = Records::new();
        let own = records.vote(&SECOND, &records.rchen);
        let text = records.project.read(&own).replace(from, to);
        // A deferral asks for a reason, which is signed too.
        let text = if to.ends_with("defer") { text.replace("digest:", "reason: Later.\ndigest:") } else { text };
        records.project.remove(&own);
        records.project.write(path, text);
        records.refused(&["signature-invalid"]);
        records.shows("CR-2026-007", "submitted", 1);
        records.shows("CR-2026-008", "submitted", 0);
    }
}

#[test]
fn a_vote_of_a_round_that_was_returned_is_no_vote_of_the_next() {
    let records = Records::new();
    let returned = Vote { at: "2026-11-17 09:00", decision: "return", reason: "Say how it is tested.", ..SECOND };
    records.vote(&returned, &records.rchen);
    records.submit("CR-2026-007", "2026-11-17 15:00");
    commit(&records.project.root());
    records.shows("CR-2026-007", "submitted", 0);
    // The chair's approval of the first round, as if it had been given in the second.
    let first = records.project.read("data/decisions/CR-2026-007/2026-11-16-mlee.yaml");
    let path = "data/decisions/CR-2026-007/2026-11-18-mlee.yaml";
    records.project.write(path, first.replace("at: 2026-11-16 14:05", "at: 2026-11-18 10:00"));
    records.refused(&["signature-invalid"]);
    records.shows("CR-2026-007", "submitted", 0);
    // And as it was signed.
    records.project.remove(path);
    records.project.write("data/decisions/CR-2026-007/2026-11-16-mlee-2.yaml", first);
    let said = records.refused(&["decision-out-of-time"]);
    assert!(said.contains("is new but dated before `submitted`"), "{said}");
    records.shows("CR-2026-007", "submitted", 0);
}

#[test]
fn one_person_does_not_vote_under_two_names_with_one_key() {
    let records = Records::new();
    let twin = format!("  - id: mlee2\n    name: M Lee\n    keys:\n      - {}\n", records.chair.public);
    records.board(2, &twin);
    records.vote(&Vote { by: "mlee2", ..SECOND }, &records.chair);
    let said = records.refused(&["invalid-value"]);
    assert!(said.contains("`mlee2` and `mlee` have the same key"), "{said}");
    let state = records.project.run(&["show", "CR-2026-007", "--as-of", AS_OF]);
    assert!(state.stdout().contains("state        under CFMSCCB review"), "{}", state.stdout());
}

#[test]
fn nobody_votes_on_their_own_request() {
    let records = Records::new();
    let was = records.digest("CR-2026-007");
    records.edit(CHANGE, "prepared_by: kfoster", "prepared_by: dquill");
    records.edit(CHANGE, &was, &records.digest("CR-2026-007"));
    records.vote(&CHAIRS, &records.chair);
    commit(&records.project.root());
    records.vote(&Vote { by: "dquill", ..SECOND }, &records.dquill);
    records.refused(&["decision-by-proposer"]);
    records.shows("CR-2026-007", "submitted", 1);
    // Naming another as the one who prepared it afterward is an edit as any other.
    records.edit(CHANGE, "prepared_by: dquill", "prepared_by: kfoster");
    records.refused(&["request-changed"]);
}

#[test]
fn a_vote_of_a_former_member_counts_for_nothing_and_a_backdated_one_is_reported() {
    let records = Records::new();
    records.vote(&Vote { by: "aolder", ..SECOND }, &records.former);
    records.refused(&["decision-not-by-board"]);
    records.shows("CR-2026-007", "submitted", 1);
    records.project.remove("data/decisions/CR-2026-007/2026-11-18-aolder.yaml");
    records.vote(&Vote { by: "aolder", at: "2026-11-16 16:00", ..SECOND }, &records.former);
    let found = records.passes();
    let said = found.iter().find(|(_, rule, _)| rule == "entry-backdated").map(|(_, _, message)| message.as_str());
    assert!(
        said.is_some_and(|said| said.contains("is backdated; the voter's term on the board ended on Mon, Nov 16, 2026")),
        "{found:#?}"
    );
    // Of a meeting that is over it says which pack did not have it, too.
    commit_on(&records.project.root(), "2026-11-19T09:00:00-05:00");
    records.vote(&Vote { cr: "CR-2026-008", by: "aolder", at: "2026-11-16 16:00", ..SECOND }, &records.former);
    let found = records.passes();
    let said = found.iter().find(|(_, rule, _)| rule == "entry-backdated").map(|(_, _, message)| message.as_str());
    assert!(said.is_some_and(|said| said.contains("this changes the weekly pack of Wed, Nov 18, 2026")), "{found:#?}");
}

#[test]
fn an_entry_is_not_rewritten_moved_or_removed() {
    let line = "  - {at: 2026-11-02 15:40, event: acknowledged, by: rpatel, nitc_ref: N-2291}\n";
    let other = "  - {at: 2026-11-02 13:05, event: forwarded, by: tnguyen}\n";
    for (from, to, says) in [
        (
            "2026-11-02 13:05",
            "2026-11-02 14:05",
            "Mon, Nov 2, 2026, 13:05 `forwarded` was changed; `at` was 2026-11-02 13:05 and is 2026-11-02 14:05",
        ),
        ("nitc_ref: N-2291", "nitc_ref: N-2292", "`nitc_ref` was N-2291 and is N-2292"),
        (line, "", "Mon, Nov 2, 2026, 15:40 `acknowledged` was removed from the log"),
    ] {
        let records = Records::new();
        records.edit(TICKET, from, to);
        let said = records.refused(&["history-rewritten"]);
        assert!(said.contains(says), "{said}");
    }
    let records = Records::new();
    records.edit(TICKET, &format!("{other}{line}"), &format!("{line}{other}"));
    let found = records.judged();
    assert!(
        found.iter().any(|(_, rule, says)| rule == "history-rewritten" && says.contains("was moved")),
        "{found:#?}"
    );
}

#[test]
fn a_ticket_is_neither_renamed_nor_deleted() {
    let records = Records::new();
    records.edit(TICKET, "id: HEAT-10423", "id: HEAT-10499");
    let text = records.project.read(TICKET);
    let found = records.judged();
    assert!(found.iter().any(|(_, rule, _)| rule == "identity-changed"), "{found:#?}");
    // With its file renamed as well, and everything that names it.
    records.project.remove(TICKET);
    records.project.write("data/tickets/2026/HEAT-10499.yaml", text);
    for number in ["007", "008"] {
        records.edit(&format!("data/crs/CR-2026-{number}.yaml"), "HEAT-10423", "HEAT-10499");
    }
    let said = records.refused(&["record-deleted", "request-changed", "request-changed"]);
    assert!(said.contains("HEAT-10423"), "{said}");
}

#[test]
fn a_file_that_is_renamed_alone_is_out_of_its_place_and_its_record_is_not_gone() {
    let records = Records::new();
    let text = records.project.read(TICKET);
    records.project.remove(TICKET);
    records.project.write("data/tickets/2026/HEAT-1.yaml", &text);
    records.refused(&["misplaced-file"]);
    // A folder that is skipped counts as missing.
    records.project.remove("data/tickets/2026/HEAT-1.yaml");
    records.project.write("data/tickets/.old/HEAT-10423.yaml", &text);
    assert!(records.judged().iter().any(|(_, rule, _)| rule == "record-deleted"));
}

#[test]
fn a_second_file_with_the_id_does_not_take_the_place_of_the_first() {
    let records = Records::new();
    let text = records.project.read(TICKET).replace("2026-11-02 13:05", "2026-11-02 14:05");
    // Of two files with one id the first by path is taken.
    records.project.write("data/tickets/2025/HEAT-10423.yaml", text);
    let found = records.judged();
    assert!(found.iter().any(|(level, rule, _)| level == "error" && rule == "duplicate-id"), "{found:#?}");
}

#[test]
fn a_board_that_could_not_be_read_is_not_mended_together_with_a_vote() {
    let records = Records::new();
    let board = records.project.read("data/board.yaml");
    records.project.write("data/board.yaml", board.replace("quorum: 2", "quorum: two"));
    commit(&records.project.root());
    records.board(1, "");
    records.vote(&SECOND, &records.rchen);
    records.refused(&["board-and-decision-together"]);
}

#[test]
fn a_decision_is_not_taken_out() {
    let records = Records::new();
    records.vote(&Vote { decision: "reject", reason: "Not before the freeze.", ..SECOND }, &records.rchen);
    commit(&records.project.root());
    records.project.remove("data/decisions/CR-2026-007/2026-11-18-rchen.yaml");
    let said = records.refused(&["history-rewritten"]);
    assert!(said.contains("the vote of rchen"), "{said}");
}

#[test]
fn line_ends_comments_and_quotes_do_not_matter() {
    let records = Records::new();
    records.vote(&SECOND, &records.rchen);
    records.forward();
    commit(&records.project.root());
    let paths = [CHANGE, TICKET, "data/board.yaml", "data/decisions/CR-2026-007/2026-11-16-mlee.yaml"];
    for path in paths {
        let text = records.project.read(path).replace("\n", "\r\n");
        let text = text.replace("title: Move the calendar lookup", "title:   'Move the calendar lookup'   # as signed");
        records.project.write(path, format!("\u{feff}# kept by the office\r\n{text}"));
    }
    let found = records.passes();
    assert!(found.is_empty(), "{found:#?}");
    records.shows("CR-2026-007", "forwarded", 2);
}

#[test]
fn a_signature_for_another_purpose_is_none() {
    let records = Records::new();
    let digest = records.digest(SECOND.cr);
    let text = payload(SECOND.cr, &digest, SECOND.decision, SECOND.by, SECOND.at, SECOND.reason);
    for namespace in ["file", "git", "heatpack-decision2"] {
        records.write_vote(&SECOND, &digest, &records.rchen.sign(namespace, &text));
        let said = records.refused(&["signature-invalid"]);
        assert!(said.contains(&format!("another purpose, `{namespace}`")), "{said}");
    }
    records.shows("CR-2026-007", "submitted", 1);
}

#[test]
fn a_signature_with_sha_1_is_none() {
    let records = Records::new();
    let rsa = Key::new("rsa", "rchen");
    let there = records.rchen.public.clone();
    records.edit("data/board.yaml", &there, &rsa.public);
    commit(&records.project.root());
    let digest = records.digest(SECOND.cr);
    let text = payload(SECOND.cr, &digest, SECOND.decision, SECOND.by, SECOND.at, SECOND.reason);
    records.write_vote(&SECOND, &digest, &rsa.sign(NAMESPACE, &text));
    records.passes();
    records.shows("CR-2026-007", "approved", 2);
    // A good signature that calls itself one with SHA-1, and a real one with it.
    let relabelled = crate::support::sshsig::with_algorithm(&rsa.sign(NAMESPACE, &text), "ssh-rsa");
    let real = rsa.sign_by_agent(NAMESPACE, &text);
    assert!(real.is_some() || cfg!(not(unix)), "the agent made no signature with SHA-1");
    for signature in [Some(relabelled), real].into_iter().flatten() {
        assert!(
            crate::support::sshsig::has(&signature, "ssh-rsa")
                && !crate::support::sshsig::has(&signature, "rsa-sha2-512")
        );
        records.write_vote(&SECOND, &digest, &signature);
        records.refused(&["signature-invalid"]);
        records.shows("CR-2026-007", "submitted", 1);
    }
}

#[test]
fn a_signature_by_a_certificate_is_none() {
    let records = Records::new();
    let authority = Key::new("ed25519", "authority");
    let certificate = records.rchen.certified_by(&authority);
    let digest = records.digest(SECOND.cr);
    let text = payload(SECOND.cr, &digest, SECOND.decision, SECOND.by, SECOND.at, SECOND.reason);
    let signature = crate::support::sshsig::sign_with(&certificate, NAMESPACE, &text);
    if !crate::support::sshsig::has(&signature, "ssh-ed25519-cert-v01@openssh.com") {
        panic!("ssh-keygen did not sign with the certificate:\n{signature}");
    }
    let vote = records.write_vote(&SECOND, &digest, &signature);
    records.refused(&["signature-invalid"]);
    records.shows("CR-2026-007", "submitted", 1);
    records.project.remove(&vote);
    // Nor is a certificate a key of the board's.
    let there = records.rchen.public.clone();
    let line = std::fs::read_to_string(Path::new(&certificate)).expect("the certificate");
    records.edit("data/board.yaml", &there, line.trim());
    records.refused(&["invalid-value"]);
}

#[test]
fn a_change_does_not_turn_off_the_rules_that_judge_it() {
    let records = Records::new();
    records.forward();
    records.project.write("data/heatpack.yaml", "rules: {forwarded-unapproved: off}\n");
    records.refused(&["forwarded-unapproved"]);
    // A vote that cannot be read leaves open whether the others carry the request; that it cannot is an error then.
    records.project.write("data/heatpack.yaml", "rules: {syntax: off, forwarded-unapproved: lapse}\n");
    records.project.write("data/decisions/CR-2026-007/2026-11-17-dquill.yaml", "x: [\n");
    records.refused(&["syntax"]);
    // Nor does it make an edit of what was approved a lapse.
    let records = Records::new();
    records.vote(&SECOND, &records.rchen);
    commit(&records.project.root());
    records.edit(CHANGE, "effort: 3 days", "effort: 8 days");
    records.forward();
    records.project.write("data/heatpack.yaml", "rules: {request-changed: lapse}\n");
    records.refused(&["request-changed"]);
}

#[test]
fn records_do_not_hide_from_git_behind_a_link() {
    let records = Records::new();
    let root = records.project.root();
    std::fs::rename(root.join("data"), root.join("real")).expect("a folder moved");
    std::os::unix::fs::symlink("real", root.join("data")).expect("a link");
    let run = records.project.run(&["check", "--base", "HEAD", "--as-of", AS_OF]);
    assert_eq!(run.status, 2, "{}", run.stdout());
    assert!(run.stderr.contains("data is a symbolic link"), "{}", run.stderr);
}

#[test]
fn of_two_votes_in_one_minute_the_less_favourable_stands_whatever_their_files_are_called() {
    let records = Records::new();
    let approval = records.vote(&SECOND, &records.rchen);
    let approves = records.project.read(&approval);
    let rejection = Vote { decision: "reject", reason: "The test plan is missing.", ..SECOND };
    let rejects = records.project.read(&records.vote(&rejection, &records.rchen));
    let second = approval.replace(".yaml", "-2.yaml");
    for (one, other) in [(&approves, &rejects), (&rejects, &approves)] {
        records.project.write(&approval, one);
        records.project.write(&second, other);
        records.shows("CR-2026-007", "submitted", 1);
    }
    // The second file of a day is named -2, and not just like a number.
    records.project.remove(&second);
    records.project.write(&approval.replace(".yaml", "-+02.yaml"), &rejects);
    records.refused(&["misplaced-file"]);
}
