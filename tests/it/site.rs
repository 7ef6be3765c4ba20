//! The pages of the site beside the packs agree with one another.

use crate::support::{Project, sample};

/// The figures in the cells of a row.
fn numbers(row: &str) -> Vec<usize> {
    let cells = row.split("<td class=\"number\">").skip(1);
    cells.filter_map(|cell| cell.split('<').next()?.parse().ok()).collect()
}

/// Errors, excused errors and lapses of each rule, as `rules.html` has them.
fn rules(html: &str) -> Vec<(String, [usize; 3])> {
    let table = html.split("<table").nth(1).and_then(|table| table.split("</table>").next()).expect("the table");
    let row = |row: &str| {
        let name = row.split("<code>").nth(1)?.split('<').next()?.to_owned();
        Some((name, numbers(row).try_into().ok()?))
    };
    table.split("<tr>").filter_map(row).collect()
}

#[test]
fn the_rules_page_counts_what_the_check_page_lists() {
    let project = Project::copy_of(&sample());
    // A clean project with excused errors, then one with an error that nothing excuses.
    for errors in [0, 1] {
        if errors == 1 {
            project.write("data/stray.txt", "x");
        }
        project.run(&["build", "--as-of", "2026-11-22"]).ended(errors);
        let found = project.run(&["check", "--as-of", "2026-11-22", "--format", "json"]).ended(errors).json();
        let listed = found["diagnostics"].as_array().expect("diagnostics");
        let of = |rule: Option<&str>| {
            let own = || listed.iter().filter(move |one| rule.is_none_or(|rule| one["rule"] == rule));
            let excused = own().filter(|one| one["excepted"] == true).count();
            let lapses = own().filter(|one| one["level"] == "lapse").count();
            [own().filter(|one| one["level"] == "error").count(), excused, lapses - excused]
        };
        let rules = rules(&project.read("output/rules.html"));
        assert!(rules.len() > 40, "all rules: {}", rules.len());
        for (name, counts) in &rules {
            assert_eq!(*counts, of(Some(name)), "{name}");
        }
        let sum = |place: usize| rules.iter().map(|(_, counts)| counts[place]).sum::<usize>();
        assert_eq!([sum(0), sum(1), sum(2)], of(None));
        assert_eq!(sum(0), errors as usize);
        assert!(sum(1) > 1 && sum(2) > 1, "the sample has both");
        let check = project.read("output/check.html");
        let said = format!(
            "{} lapses</span> on record; {} of them are errors excused by an exception",
            sum(1) + sum(2),
            sum(1)
        );
        assert!(check.contains(&said), "{said}");
    }
}
