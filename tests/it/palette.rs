//! The colors: every text can be read on every ground that it may stand on (WCAG 2.2, 1.4.3: 4.5 to 1), and the
//! ring around what has the focus can be seen (1.4.11: 3 to 1), by computation from the sheets themselves.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

fn source(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect("a source")
}

/// Red, green and blue of `#1b1f24` or `#fff`.
fn color(text: &str) -> [f64; 3] {
    let digits: Vec<char> = text.trim_start_matches('#').chars().collect();
    let width = digits.len() / 3;
    assert!(text.starts_with('#') && (digits.len() == 3 || digits.len() == 6), "{text} is not a color");
    [0, 1, 2].map(|place| {
        let part: String = digits[place * width..(place + 1) * width].iter().collect();
        let part = if width == 1 { part.repeat(2) } else { part };
        f64::from(u8::from_str_radix(&part, 16).expect("a number")) / 255.0
    })
}

fn luminance(text: &str) -> f64 {
    let linear = |part: f64| if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) };
    let [red, green, blue] = color(text).map(linear);
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/// From 1, the same, to 21, black on white.
fn contrast(one: &str, other: &str) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// The colors of each `:root` of a sheet, by name.
fn palettes(sheet: &str) -> Vec<BTreeMap<&str, &str>> {
    let roots = sheet.split(":root {").skip(1).map(|rest| rest.split('}').next().unwrap_or(""));
    roots
        .map(|root| {
            let all = root.split(';').filter_map(|line| line.trim().strip_prefix("--")?.split_once(": "));
            all.filter(|(_, value)| value.starts_with('#')).collect()
        })
        .collect()
}

/// The variables that a sheet uses for a property.
fn used<'s>(sheet: &'s str, property: &str) -> BTreeSet<&'s str> {
    let values = sheet.split([';', '{', '}']).filter_map(|line| line.trim().strip_prefix(property)?.strip_prefix(": "));
    values.filter_map(|value| value.strip_prefix("var(--")?.strip_suffix(')')).collect()
}

#[test]
fn the_computation_is_that_of_the_guidelines() {
    assert!((contrast("#000", "#ffffff") - 21.0).abs() < 1e-9);
    assert!((contrast("#777777", "#fff") - 4.48).abs() < 0.005, "{}", contrast("#777777", "#fff"));
}

#[test]
fn every_text_can_be_read_on_every_ground() {
    let sheet = source("templates/shared/style.css");
    let palettes = palettes(&sheet);
    assert_eq!(palettes.len(), 3, "light, dark and paper");
    let (mut texts, mut grounds) = (used(&sheet, "color"), used(&sheet, "background"));
    // The band has its own ink, and the dots of a timeline bear no text.
    assert!(texts.remove("band-ink") && grounds.remove("band") && grounds.remove("accent"));
    assert!(texts.len() > 7 && grounds.len() > 4, "{texts:?} on {grounds:?}");
    for palette in &palettes {
        let of = |name: &str| *palette.get(name).unwrap_or_else(|| panic!("{name} is missing in {palette:?}"));
        let pairs = texts.iter().flat_map(|text| grounds.iter().map(move |ground| (*text, *ground)));
        for (text, ground) in pairs.chain([("band-ink", "band")]) {
            let contrast = contrast(of(text), of(ground));
            assert!(contrast >= 4.5, "{text} {} on {ground} {}: {contrast:.2}", of(text), of(ground));
        }
    }
    for palette in &palettes[..2] {
        for ground in grounds.iter().copied().chain(["band"]) {
            let contrast = contrast(palette["focus"], palette[ground]);
            assert!(contrast >= 3.0, "the focus on {ground} {}: {contrast:.2}", palette[ground]);
        }
    }
}

#[test]
fn no_colour_stands_outside_the_palettes() {
    let sheet = source("templates/shared/style.css");
    let rules = sheet.split('}').filter(|rule| !rule.contains(":root"));
    for rule in rules {
        let body = rule.rsplit('{').next().unwrap_or(rule);
        assert!(!body.contains('#') && !body.contains("rgb("), "a color of its own: {rule}");
    }
}

/// The colors that a rule sets: text and ground.
fn pair<'s>(rule: &'s str) -> Option<(&'s str, &'s str)> {
    let value = |property: &str| {
        let all = rule.split([';', '{']).filter_map(|line| line.trim().strip_prefix(property)?.strip_prefix(": "));
        all.filter_map(|value| value.split_whitespace().next()).find(|value: &&'s str| value.starts_with('#'))
    };
    Some((value("color")?, value("background")?))
}

#[test]
fn what_serve_adds_can_be_read_too() {
    let sheet = source("src/render/live/live.css");
    let pairs: Vec<_> = sheet.split('}').filter_map(pair).collect();
    assert_eq!(pairs.len(), 4, "the notice and its frame, light and dark: {pairs:?}");
    for (text, ground) in pairs {
        assert!(contrast(text, ground) >= 4.5, "{text} on {ground}: {:.2}", contrast(text, ground));
    }
}

#[test]
fn the_pdf_can_be_read_too() {
    let sheet = source("templates/shared/base.typ") + &source("templates/cr/document.typ");
    let named = |name: &str| {
        let line = sheet.lines().find_map(|line| line.strip_prefix(&format!("#let {name} = "))).expect("a color");
        line.split('"').nth(1).expect("its value").to_owned()
    };
    let mut pairs = Vec::new();
    for text in ["ink", "muted", "accent"] {
        pairs.extend([(named(text), "#ffffff".to_owned()), (named(text), named("shade"))]);
    }
    // `(ink: rgb("…"), fill: rgb("…"))`; one without a ground stands on the paper.
    for line in sheet.lines().filter(|line| line.contains("(ink: rgb(")) {
        let colors: Vec<&str> = line.split('"').skip(1).step_by(2).collect();
        let (text, ground) = (colors[0].to_owned(), colors.get(1).unwrap_or(&"#ffffff").to_string());
        pairs.extend([(text.clone(), ground), (text, "#ffffff".to_owned())]);
    }
    assert_eq!(pairs.len(), 6 + 2 * 5, "{pairs:?}");
    for (text, ground) in pairs {
        assert!(contrast(&text, &ground) >= 4.5, "{text} on {ground}: {:.2}", contrast(&text, &ground));
    }
}
