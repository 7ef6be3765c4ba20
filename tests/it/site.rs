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

/// The ids of the records of a kind, from the names of their files.
fn ids(project: &Project, folder: &str) -> Vec<String> {
    let files = crate::support::files(&project.root().join("data").join(folder)).into_keys();
    let stem = |path: String| path.rsplit('/').next().and_then(|name| name.strip_suffix(".yaml")).map(str::to_owned);
    files.filter_map(stem).collect()
}

#[test]
fn the_lists_lead_to_every_record() {
    let project = Project::copy_of(&sample());
    project.run(&["build", "--as-of", "2026-11-22"]).ended(0);
    for (list, folder, pages) in
        [("tickets", "tickets", "tickets"), ("changes", "crs", "changes"), ("pocs", "pocs", "pocs")]
    {
        let html = project.read(&format!("output/{list}.html"));
        let main = html.split("<main").nth(1).expect("the main part");
        let ids = ids(&project, folder);
        assert!(ids.len() > 10, "{list}: {ids:?}");
        for id in ids {
            // A caller who is no POC has a page too.
            assert!(main.contains(&format!("href=\"{pages}/{id}.html\"")), "{list}.html does not lead to {id}");
        }
    }
    assert!(project.read("output/subjects.html").contains("href=\"subjects/scorecard.html\""));
    // Every page leads to the lists.
    for page in ["index.html", "tickets/HEAT-10382.html", "weekly/2026-11-18/index.html", "changes/CR-2026-007.html"] {
        let html = project.read(&format!("output/{page}"));
        for list in ["tickets", "changes", "pocs", "subjects"] {
            assert!(html.contains(&format!("{list}.html\">")), "{page} does not lead to {list}.html");
        }
    }
}

#[test]
fn the_archive_has_the_figures_of_its_packs() {
    let project = Project::copy_of(&sample());
    project.run(&["build", "--as-of", "2026-11-22"]).ended(0);
    let html = project.read("output/index.html");
    let archive = html.split("id=\"archive\"").nth(1).and_then(|rest| rest.split("</section>").next()).expect("it");
    let rows: Vec<&str> = archive.split("<tr><th scope=\"row\">").skip(1).collect();
    assert!(rows.len() >= 70, "{}", rows.len());
    for row in rows {
        let href = row.split("href=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a pack");
        let folder = href.strip_suffix("/index.html").expect("a folder");
        let (kind, date) = folder.split_once('/').expect("a kind and a date");
        let json: serde_json::Value =
            serde_json::from_str(&project.read(&format!("output/{folder}/{kind}-{date}.json"))).expect("JSON");
        let figures: Vec<usize> = row
            .split("<td class=\"number\">")
            .skip(1)
            .filter_map(|cell| cell.trim_start_matches("<strong>").split('<').next()?.parse().ok())
            .collect();
        assert_eq!(
            figures.first().copied(),
            json["balance"]["closing"].as_u64().map(|count| count as usize),
            "{folder}"
        );
        assert_eq!(figures.len(), 2, "{folder}");
    }
    // The packs before and after, and the PDF.
    let pack = project.read("output/weekly/2026-11-18/index.html");
    for link in ["../../weekly/2026-11-11/index.html", "../../weekly/2026-11-25/index.html", "weekly-2026-11-18.pdf"] {
        assert!(pack.contains(&format!("href=\"{link}\"")), "{link}");
    }
}
