//! Full-text search: what is found first, the command, the site's files, look-alikes and recurring groups.

mod year;

use heatpack::search::{Document, Field, Vectors, groups};
use year::{Part, year};

#[test]
fn explore() {
    for part in [Part::Chosen, Part::Measured] {
        let years: Vec<_> = (1..=20).map(|n| { let y = year(n, part); let p = heatpack::load::load(&y.project.root()).expect("p"); (y, p) }).collect();
        for least in [160u64, 180, 200, 220, 240, 260, 280, 300, 320, 350, 400] {
            let (mut found, mut all, mut wrong) = (0, 0, 0);
            let mut missed = std::collections::BTreeMap::<String, usize>::new();
            for (y, project) in &years {
                let tickets: Vec<_> = project.tickets.values().collect();
                let docs: Vec<Document> = tickets.iter().map(|t| Document { texts: vec![(Field::Title, t.title.0.clone()), (Field::Text, t.description.0.clone())] }).collect();
                let v = Vectors::new(&docs);
                let among: Vec<usize> = (0..docs.len()).collect();
                let gs = groups(&v, &among, least, 3, |a, b, s| if tickets[a].subject.value == tickets[b].subject.value { s * 5 / 4 } else { s * 3 / 4 });
                let ids: Vec<Vec<_>> = gs.iter().map(|g| g.iter().map(|i| tickets[*i].id.value).collect()).collect();
                for (k, p) in &y.planted {
                    all += 1;
                    let ok = ids.iter().any(|g| g.iter().filter(|i| p.contains(i)).count() >= 3);
                    found += usize::from(ok);
                    if !ok { *missed.entry(k.clone()).or_default() += 1; }
                }
                for g in &ids { if !y.planted.iter().any(|(_, p)| g.iter().filter(|i| p.contains(i)).count() >= 3) { wrong += 1; if least>=280 && part==Part::Chosen {println!("FALSE {:?}", g.iter().map(|i| project.tickets[i].title.0.as_str()).collect::<Vec<_>>());} } }
            }
            println!("{part:?} {least} found {found}/{all} false {wrong} {missed:?}");
        }
    }
}
