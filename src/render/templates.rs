//! The embedded templates of HTML, by name; a test compares the table with the folder.

/// Name and text of every file that makes pages.
pub const TEMPLATES: &[(&str, &str)] = &[
    ("mail/follow_up.html", include_str!("../../templates/mail/follow_up.html")),
    ("mail/follow_up.txt", include_str!("../../templates/mail/follow_up.txt")),
    ("mail/pack.txt", include_str!("../../templates/mail/pack.txt")),
    ("mail/ticket.html", include_str!("../../templates/mail/ticket.html")),
    ("mail/ticket.txt", include_str!("../../templates/mail/ticket.txt")),
    ("monthly/pack.html", include_str!("../../templates/monthly/pack.html")),
    ("monthly/pack.typ", include_str!("../../templates/monthly/pack.typ")),
    ("shared/action_table.html", include_str!("../../templates/shared/action_table.html")),
    ("shared/actions.html", include_str!("../../templates/shared/actions.html")),
    ("shared/actions.typ", include_str!("../../templates/shared/actions.typ")),
    ("shared/agenda.html", include_str!("../../templates/shared/agenda.html")),
    ("shared/attention.html", include_str!("../../templates/shared/attention.html")),
    ("shared/attention.typ", include_str!("../../templates/shared/attention.typ")),
    ("shared/attention_counts.html", include_str!("../../templates/shared/attention_counts.html")),
    ("shared/attention_groups.html", include_str!("../../templates/shared/attention_groups.html")),
    ("shared/attention_table.html", include_str!("../../templates/shared/attention_table.html")),
    ("shared/balance.html", include_str!("../../templates/shared/balance.html")),
    ("shared/balance.typ", include_str!("../../templates/shared/balance.typ")),
    ("shared/by_subject.html", include_str!("../../templates/shared/by_subject.html")),
    ("shared/change_lines.html", include_str!("../../templates/shared/change_lines.html")),
    ("shared/changes.html", include_str!("../../templates/shared/changes.html")),
    ("shared/changes.typ", include_str!("../../templates/shared/changes.typ")),
    ("shared/clocks.html", include_str!("../../templates/shared/clocks.html")),
    ("shared/closed.html", include_str!("../../templates/shared/closed.html")),
    ("shared/compliance.html", include_str!("../../templates/shared/compliance.html")),
    ("shared/components.html", include_str!("../../templates/shared/components.html")),
    ("shared/decisions.html", include_str!("../../templates/shared/decisions.html")),
    ("shared/designations.html", include_str!("../../templates/shared/designations.html")),
    ("shared/diagnostics.html", include_str!("../../templates/shared/diagnostics.html")),
    ("shared/facts.html", include_str!("../../templates/shared/facts.html")),
    ("shared/findings.html", include_str!("../../templates/shared/findings.html")),
    ("shared/form.html", include_str!("../../templates/shared/form.html")),
    ("shared/glance.html", include_str!("../../templates/shared/glance.html")),
    ("shared/glossary.html", include_str!("../../templates/shared/glossary.html")),
    ("shared/head.typ", include_str!("../../templates/shared/head.typ")),
    ("shared/lapses.html", include_str!("../../templates/shared/lapses.html")),
    ("shared/lapses.typ", include_str!("../../templates/shared/lapses.typ")),
    ("shared/method.html", include_str!("../../templates/shared/method.html")),
    ("shared/method.typ", include_str!("../../templates/shared/method.typ")),
    ("shared/monthly.typ", include_str!("../../templates/shared/monthly.typ")),
    ("shared/new.html", include_str!("../../templates/shared/new.html")),
    ("shared/nitc.html", include_str!("../../templates/shared/nitc.html")),
    ("shared/nitc.typ", include_str!("../../templates/shared/nitc.typ")),
    ("shared/notices.html", include_str!("../../templates/shared/notices.html")),
    ("shared/organization.html", include_str!("../../templates/shared/organization.html")),
    ("shared/organization.typ", include_str!("../../templates/shared/organization.typ")),
    ("shared/others.html", include_str!("../../templates/shared/others.html")),
    ("shared/outstanding.html", include_str!("../../templates/shared/outstanding.html")),
    ("shared/outstanding_table.html", include_str!("../../templates/shared/outstanding_table.html")),
    ("shared/pack.html", include_str!("../../templates/shared/pack.html")),
    ("shared/page.html", include_str!("../../templates/shared/page.html")),
    ("shared/poc_pages.html", include_str!("../../templates/shared/poc_pages.html")),
    ("shared/rich.typ", include_str!("../../templates/shared/rich.typ")),
    ("shared/roster.html", include_str!("../../templates/shared/roster.html")),
    ("shared/search.js", include_str!("../../templates/shared/search.js")),
    ("shared/site.html", include_str!("../../templates/shared/site.html")),
    ("shared/style.css", include_str!("../../templates/shared/style.css")),
    ("shared/style.typ", include_str!("../../templates/shared/style.typ")),
    ("shared/summary.html", include_str!("../../templates/shared/summary.html")),
    ("shared/tables.js", include_str!("../../templates/shared/tables.js")),
    ("shared/ticket_lines.html", include_str!("../../templates/shared/ticket_lines.html")),
    ("shared/tickets.typ", include_str!("../../templates/shared/tickets.typ")),
    ("shared/tickets_of.html", include_str!("../../templates/shared/tickets_of.html")),
    ("shared/timeline.html", include_str!("../../templates/shared/timeline.html")),
    ("site/change.html", include_str!("../../templates/site/change.html")),
    ("site/check.html", include_str!("../../templates/site/check.html")),
    ("site/index.html", include_str!("../../templates/site/index.html")),
    ("site/poc.html", include_str!("../../templates/site/poc.html")),
    ("site/rules.html", include_str!("../../templates/site/rules.html")),
    ("site/subject.html", include_str!("../../templates/site/subject.html")),
    ("site/ticket.html", include_str!("../../templates/site/ticket.html")),
    ("weekly/pack.html", include_str!("../../templates/weekly/pack.html")),
    ("weekly/pack.typ", include_str!("../../templates/weekly/pack.typ")),
];

/// Whether a file of that name is one that a project's own may replace.
pub fn is_template(name: &str) -> bool {
    [".html", ".txt", ".css", ".js", ".typ"].iter().any(|ending| name.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::{TEMPLATES, is_template};
    use std::collections::BTreeSet;
    use std::path::Path;

    #[test]
    fn the_table_is_the_folder() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
        let mut found = BTreeSet::new();
        for folder in ["mail", "monthly", "shared", "site", "weekly"] {
            for entry in std::fs::read_dir(root.join(folder)).expect("a folder").flatten() {
                let name = entry.file_name().to_string_lossy().into_owned();
                if is_template(&name) {
                    found.insert(format!("{folder}/{name}"));
                }
            }
        }
        assert_eq!(TEMPLATES.iter().map(|(name, _)| (*name).to_owned()).collect::<BTreeSet<_>>(), found);
    }
}
