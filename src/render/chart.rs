//! Charts as SVG: bars and lines that read the same on a page, in a PDF and without color.
//!
//! Only presentation attributes and no references, since usvg draws the same text for the PDF. All
//! lengths are whole tenths of a unit: the same data gives the same bytes on every machine.

use super::escape::{escape, push};
use super::measure::{LARGEST, count, cut, n, number, scale, whole, whole_index, width};
use crate::report::pack::{Chart, Mark, Series, Trend};

/// The width of a chart on a page of the site, and of one on paper, where it is printed smaller.
const WIDTH: i64 = 6400;
const PAPER_WIDTH: i64 = 3800;
const EDGE: i64 = 120;
const INK: &str = "#1b1b1b";
const FAINT: &str = "#c6cace";
const PANEL: &str = "#fbfcfd";
const BARS: [Look; 3] = [
    Look { fill: "#1a4480", edge: "#1a4480", hatched: false },
    Look { fill: "#dce6f2", edge: "#1a4480", hatched: true },
    Look { fill: "#ffffff", edge: "#565c65", hatched: false },
];
/// Seen on the light and on the dark ground of a page.
const SPARK_LINE: &str = "#5a7fb5";
/// The parts of one bar, the darker the older.
const PARTS: [Part; 5] = [
    Part { fill: "#ffffff", dark: false },
    Part { fill: "#dce6f2", dark: false },
    Part { fill: "#9db8dc", dark: false },
    Part { fill: "#4a74b0", dark: true },
    Part { fill: "#1a4480", dark: true },
];
const LINES: [&str; 2] = ["#a23a0b", "#3d4551"];

/// How a part of a bar looks.
struct Part {
    fill: &'static str,
    /// White letters are read on it.
    dark: bool,
}

/// How the bars of one series look.
struct Look {
    fill: &'static str,
    edge: &'static str,
    hatched: bool,
}

/// The chart as one `svg` element, for the screen.
pub fn svg(chart: &Chart) -> String {
    draw(chart, WIDTH)
}

/// The same chart, narrow enough for its letters to be of the size of the text beside it on paper.
pub fn paper_svg(chart: &Chart) -> String {
    draw(chart, PAPER_WIDTH)
}

/// How wide and how high a sparkline is, and how far its line keeps from the edge.
const SPARK: (i64, i64, i64) = (1200, 280, 40);

/// The course of a figure as one small `svg` element: a line that ends in a dot, which is open while the period is.
pub fn sparkline(trend: &Trend) -> String {
    let (wide, high, edge) = SPARK;
    let highest = trend.values.iter().flatten().copied().max().unwrap_or(0).min(LARGEST);
    let range = whole(highest.saturating_sub(trend.base)).max(1);
    let last = whole_index(trend.values.len().saturating_sub(1)).max(1);
    let place = |(index, value): (usize, &Option<usize>)| {
        let rise = whole((*value)?.min(LARGEST).saturating_sub(trend.base)) * (high - 2 * edge) / range;
        Some((edge + whole_index(index) * (wide - 2 * edge) / last, high - edge - rise))
    };
    let places: Vec<Option<(i64, i64)>> = trend.values.iter().enumerate().map(place).collect();
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-label=\"{}\" width=\"{w}\" height=\"{h}\" \
         viewBox=\"0 0 {w} {h}\">",
        escape(&trend.description),
        w = n(wide),
        h = n(high)
    );
    // A period without a figure leaves a gap.
    for run in places.split(|place| place.is_none()).filter(|run| run.len() > 1) {
        let points: Vec<String> = run.iter().flatten().map(|(x, y)| format!("{},{}", n(*x), n(*y))).collect();
        out.push_str(&format!(
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{SPARK_LINE}\" stroke-width=\"1.5\"/>",
            points.join(" ")
        ));
    }
    if let Some((x, y)) = places.last().copied().flatten() {
        let fill = if trend.unfinished { "#ffffff" } else { SPARK_LINE };
        out.push_str(&format!(
            "<circle cx=\"{}\" cy=\"{}\" r=\"2.5\" fill=\"{fill}\" stroke=\"{SPARK_LINE}\" stroke-width=\"1.2\"/>",
            n(x),
            n(y)
        ));
    }
    out.push_str("</svg>");
    out
}

fn draw(chart: &Chart, wide: i64) -> String {
    let bars: Vec<&Series> = chart.series.iter().filter(|series| series.mark == Mark::Bar).collect();
    let lines: Vec<&Series> = chart.series.iter().filter(|series| series.mark == Mark::Line).collect();
    let mut drawing = Drawing { body: String::new(), wide };
    let parts: Vec<&Series> = chart.series.iter().filter(|series| series.mark == Mark::Part).collect();
    // Axes around nothing but zeros would say no more, on a third of a page.
    let height = if chart.labels.is_empty() || largest(&chart.series) == 0 {
        drawing.text(wide / 2, 320, "middle", "No data");
        560
    } else if let Some(series) = parts.first() {
        drawing.stacked(chart, series)
    } else {
        drawing.panels(chart, &bars, &lines)
    };
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-label=\"{}\" width=\"{w}\" height=\"{h}\" \
         viewBox=\"0 0 {w} {h}\" font-family=\"Noto Sans, sans-serif\" font-size=\"12\" fill=\"{INK}\">",
        escape(&chart.title),
        w = n(wide),
        h = n(height)
    );
    for (element, text) in [("title", &chart.title), ("desc", &chart.description)] {
        out.push_str(&format!("<{element}>"));
        push(&mut out, text);
        out.push_str(&format!("</{element}>"));
    }
    out.push_str(&format!("<rect width=\"{}\" height=\"{}\" rx=\"4\" fill=\"{PANEL}\"/>", n(wide), n(height)));
    out.push_str(&drawing.body);
    out.push_str("</svg>");
    out
}

struct Drawing {
    body: String,
    /// How wide it is, in tenths.
    wide: i64,
}

impl Drawing {
    /// A panel for the lines, and below it one for the bars: the first series rises from the axis, the second hangs from
    /// it. Each is named where it is drawn. Returns the height of the drawing.
    fn panels(&mut self, chart: &Chart, bars: &[&Series], lines: &[&Series]) -> i64 {
        let places = count(&chart.labels);
        let (_, highest) = scale(largest(&chart.series));
        let left = EDGE + width(&number(highest)) + 60;
        let right = self.wide - EDGE - width(&number(highest)) - 60;
        let middle = |place: usize| left + (2 * whole_index(place) + 1) * (right - left) / (2 * places);
        let mut y = 60;
        for (index, series) in lines.iter().enumerate() {
            y = self.line_panel(chart, series, LINES[index % LINES.len()], (left, right), y, &middle);
        }
        if !bars.is_empty() {
            y = self.bar_panel(chart, bars, (left, right), y, &middle);
        }
        // As many labels as fit, counted from the last, which is the one that matters.
        let widest = chart.labels.iter().map(|label| width(label)).max().unwrap_or(0);
        let every = usize::try_from((widest + 60) / ((right - left) / places).max(1) + 1).unwrap_or(1);
        for (place, label) in chart.labels.iter().enumerate() {
            if (chart.labels.len() - 1 - place).is_multiple_of(every) {
                // A label at the edge keeps within the drawing.
                let half = width(label) / 2;
                let x = middle(place).min(self.wide - EDGE - half).max(EDGE + half);
                self.text(x, y + 160, "middle", label);
            }
        }
        let Some(unfinished) = &chart.unfinished else { return y + 260 };
        self.text(self.wide - EDGE, y + 340, "end", &cut(unfinished, self.wide - 2 * EDGE));
        y + 440
    }

    /// One series as a line over its grid, with its last value at the end. Returns where the panel ends.
    fn line_panel(
        &mut self,
        chart: &Chart,
        series: &Series,
        look: &str,
        (left, right): (i64, i64),
        top: i64,
        middle: &impl Fn(usize) -> i64,
    ) -> i64 {
        let values: Vec<usize> = series.values.iter().copied().take(chart.labels.len()).collect();
        let (step, highest) = scale(values.iter().copied().max().unwrap_or(0).min(LARGEST));
        let (start, plot) = (top + 220, 800);
        let rise = |value: usize| whole(value.min(LARGEST)) * plot / whole(highest);
        self.text(EDGE, top + 130, "start", &cut(&series.name, self.wide - 2 * EDGE));
        // Every other line of the grid is enough for so low a panel.
        for tick in (0..=highest / step).step_by(if highest / step > 3 { 2 } else { 1 }) {
            let y = start + plot - rise(tick * step);
            self.line(left, y, right, y, if tick == 0 { INK } else { FAINT }, "1");
            self.text(left - 60, y + 40, "end", &number(tick * step));
        }
        let points: Vec<(i64, i64)> =
            values.iter().enumerate().map(|(place, value)| (middle(place), start + plot - rise(*value))).collect();
        self.path(&points, look, chart.unfinished.is_some());
        if let (Some((_, y)), Some(value)) = (points.last(), values.last()) {
            self.text(right + 40, y + 40, "start", &number(*value));
        }
        start + plot + 80
    }

    /// The first series as bars above the axis, the second below it, each with its values. Returns where it ends.
    fn bar_panel(
        &mut self,
        chart: &Chart,
        bars: &[&Series],
        (left, right): (i64, i64),
        top: i64,
        middle: &impl Fn(usize) -> i64,
    ) -> i64 {
        let places = count(&chart.labels);
        let most = |series: Option<&&Series>| {
            let values = series.into_iter().flat_map(|series| series.values.iter().copied().take(chart.labels.len()));
            values.max().unwrap_or(0).min(LARGEST)
        };
        let (up, down) = (most(bars.first()), most(bars.get(1)));
        let plot = 700;
        let length = |value: usize| whole(value.min(LARGEST)) * plot / whole(up + down).max(1);
        let axis = top + 330 + length(up);
        let (group, bar) = ((right - left) / places, ((right - left) * 6 / 10 / places).clamp(10, 400));
        if let Some(series) = bars.first() {
            self.text(EDGE, top + 130, "start", &cut(&series.name, self.wide - 2 * EDGE));
        }
        for (index, series) in bars.iter().enumerate().take(2) {
            for (place, value) in series.values.iter().enumerate().take(chart.labels.len()) {
                let is_open = chart.unfinished.is_some() && place + 1 == chart.labels.len();
                let draw = if is_open { Drawing::open_bar } else { Drawing::bar };
                let high = length(*value);
                draw(self, index, middle(place) - bar / 2, if index == 0 { axis - high } else { axis }, bar, high);
                let y = if index == 0 { axis - high - 40 } else { axis + high + 120 };
                if *value > 0 && width(&number(*value)) < group {
                    self.text(middle(place), y, "middle", &number(*value));
                }
            }
        }
        self.line(left, axis, right, axis, INK, "1");
        let bottom = axis + length(down) + 160;
        if let Some(series) = bars.get(1) {
            self.text(EDGE, bottom + 110, "start", &cut(&series.name, self.wide - 2 * EDGE));
        }
        bottom + 140
    }

    /// One bar of all values, with the name and the count of each part below it. Returns the height of the drawing.
    fn stacked(&mut self, chart: &Chart, series: &Series) -> i64 {
        let values: Vec<usize> =
            series.values.iter().copied().take(chart.labels.len()).map(|value| value.min(LARGEST)).collect();
        let all: i64 = values.iter().copied().map(whole).sum::<i64>().max(1);
        let long = self.wide - 2 * EDGE;
        let (mut before, top, high) = (0, 100, 260);
        let (mut x, mut y) = (EDGE, top + high + 220);
        for (place, (label, value)) in chart.labels.iter().zip(&values).enumerate() {
            let look = &PARTS[place.min(PARTS.len() - 1)];
            let (from, to) = (EDGE + long * before / all, EDGE + long * (before + whole(*value)) / all);
            before += whole(*value);
            self.part(look, from, top, to - from, high);
            if to - from > width(&number(*value)) + 40 {
                let color = if look.dark { "#ffffff" } else { INK };
                self.colored((from + to) / 2, top + high / 2 + 45, color, &number(*value));
            }
            let name = format!("{label}: {}", number(*value));
            let room = 200 + width(&name);
            if x > EDGE && x + room > self.wide - EDGE {
                (x, y) = (EDGE, y + 180);
            }
            self.part(look, x, y - 100, 120, 110);
            self.text(x + 180, y, "start", &cut(&name, long - 200));
            x += room + 160;
        }
        y + 100
    }

    fn part(&mut self, look: &Part, x: i64, y: i64, wide: i64, high: i64) {
        if wide <= 0 {
            return;
        }
        self.body.push_str(&format!(
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"{}\" stroke=\"#1a4480\" stroke-width=\"1\"/>",
            n(x),
            n(y),
            n(wide),
            n(high),
            look.fill
        ));
    }

    fn colored(&mut self, x: i64, y: i64, color: &str, text: &str) {
        self.body.push_str(&format!("<text x=\"{}\" y=\"{}\" text-anchor=\"middle\" fill=\"{color}\">", n(x), n(y)));
        push(&mut self.body, text);
        self.body.push_str("</text>");
    }

    fn bar(&mut self, series: usize, x: i64, y: i64, wide: i64, high: i64) {
        if wide == 0 || high == 0 {
            return;
        }
        let look = &BARS[series % BARS.len()];
        self.body.push_str(&format!(
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"{}\" stroke=\"{}\" stroke-width=\"1\"/>",
            n(x),
            n(y),
            n(wide),
            n(high),
            look.fill,
            look.edge
        ));
        if look.hatched {
            let mut stripe = y + high - 40;
            while stripe > y {
                self.line(x, stripe, x + wide, stripe, look.edge, "0.7");
                stripe -= 40;
            }
        }
    }

    /// The bar of a figure that is not final: without fill, its edge dashed.
    fn open_bar(&mut self, series: usize, x: i64, y: i64, wide: i64, high: i64) {
        if wide == 0 || high == 0 {
            return;
        }
        self.body.push_str(&format!(
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"1\" \
             stroke-dasharray=\"3 2\"/>",
            n(x),
            n(y),
            n(wide),
            n(high),
            BARS[series % BARS.len()].edge
        ));
    }

    fn line(&mut self, x1: i64, y1: i64, x2: i64, y2: i64, color: &str, thick: &str) {
        self.body.push_str(&format!(
            "<line x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\" stroke=\"{color}\" stroke-width=\"{thick}\"/>",
            n(x1),
            n(y1),
            n(x2),
            n(y2)
        ));
    }

    /// A line through the points; the way to an `unfinished` last one is dashed.
    fn path(&mut self, points: &[(i64, i64)], color: &str, unfinished: bool) {
        let last = points.len().saturating_sub(1);
        let firm = if unfinished { &points[..last] } else { points };
        let open = if unfinished { &points[last.saturating_sub(1)..] } else { &[] };
        for (part, dashes) in [(firm, ""), (open, " stroke-dasharray=\"5 3\"")] {
            if part.len() > 1 {
                let all: Vec<String> = part.iter().map(|(x, y)| format!("{},{}", n(*x), n(*y))).collect();
                self.body.push_str(&format!(
                    "<polyline points=\"{}\" fill=\"none\" stroke=\"{color}\" stroke-width=\"2\"{dashes}/>",
                    all.join(" ")
                ));
            }
        }
        for (x, y) in points {
            self.marker(*x, *y, color);
        }
    }

    fn marker(&mut self, x: i64, y: i64, color: &str) {
        self.body.push_str(&format!(
            "<circle cx=\"{}\" cy=\"{}\" r=\"3.5\" fill=\"#ffffff\" stroke=\"{color}\" stroke-width=\"2\"/>",
            n(x),
            n(y)
        ));
    }

    fn text(&mut self, x: i64, y: i64, anchor: &str, text: &str) {
        self.body.push_str(&format!("<text x=\"{}\" y=\"{}\" text-anchor=\"{anchor}\">", n(x), n(y)));
        push(&mut self.body, text);
        self.body.push_str("</text>");
    }
}

/// The highest value of all, within what can be drawn.
fn largest(series: &[Series]) -> usize {
    series.iter().flat_map(|series| series.values.iter().copied()).max().unwrap_or(0).min(LARGEST)
}

#[cfg(test)]
mod tests {
    use super::*;
    use Mark::{Bar, Line};

    fn chart(labels: usize, values: &[(Mark, usize)]) -> Chart {
        Chart {
            title: "Tickets".to_owned(),
            description: "A finding.".to_owned(),
            labels: (1..=labels).map(|label| format!("{label} Nov")).collect(),
            unfinished: None,
            series: values
                .iter()
                .map(|(mark, value)| Series { name: format!("{mark:?}s"), mark: *mark, values: vec![*value; labels] })
                .collect(),
        }
    }

    #[test]
    fn any_data_gives_a_drawing() {
        for labels in [0, 1, 2, 12, 13, 40, 400] {
            for value in [0, 1, 7, 4321, usize::MAX] {
                let drawn = svg(&chart(labels, &[(Bar, value), (Bar, 0), (Line, value)]));
                assert!(drawn.starts_with("<svg ") && drawn.ends_with("</svg>"));
                assert!(!drawn.contains("=\"-"), "{labels} {value}: {drawn}");
            }
        }
        assert!(svg(&chart(3, &[])).contains("No data"));
    }

    fn trend(values: &[Option<usize>], unfinished: bool) -> Trend {
        Trend { description: "\"<x>\u{1}".to_owned(), values: values.to_vec(), base: 0, unfinished }
    }

    #[test]
    fn any_trend_gives_a_sparkline() {
        for values in [&[][..], &[None], &[Some(0)], &[Some(3), None, Some(usize::MAX)], &[Some(1); 12]] {
            let drawn = sparkline(&trend(values, false));
            assert!(drawn.starts_with("<svg ") && drawn.ends_with("</svg>") && !drawn.contains("=\"-"), "{drawn}");
            assert!(!drawn.contains("<x>") && !drawn.contains('\u{1}'), "{drawn}");
        }
        let gap = sparkline(&trend(&[Some(1), Some(2), None, Some(3), Some(4)], true));
        assert_eq!(gap.matches("<polyline").count(), 2);
        assert!(gap.contains("fill=\"#ffffff\""), "an open end");
    }

    #[test]
    fn a_last_place_that_is_not_final_is_open_and_says_so() {
        let firm = svg(&chart(3, &[(Bar, 4), (Bar, 5), (Line, 9)]));
        assert!(!firm.contains("stroke-dasharray"));
        for labels in [1, 2, 3, 12, 400] {
            let mut unfinished = chart(labels, &[(Bar, 4), (Bar, 5), (Line, 9)]);
            unfinished.unfinished = Some("Nov 3: 10 of 28 days".to_owned());
            let drawn = svg(&unfinished);
            assert_eq!(drawn.matches("fill=\"none\" stroke=\"#1a4480\"").count(), 2, "{labels}: two open bars");
            assert!(drawn.contains(">Nov 3: 10 of 28 days</text>") && !drawn.contains("=\"-"), "{labels}");
        }
    }

    #[test]
    fn hostile_text_stays_text() {
        let mut hostile = chart(2, &[(Bar, 1), (Line, 2)]);
        hostile.title = "\"><script>x</script>".to_owned();
        hostile.description = "]]>\u{1}\u{ffff}".to_owned();
        hostile.unfinished = Some("</svg><script>".to_owned());
        hostile.labels = vec!["</text><image href='x'/>".to_owned(); 2];
        hostile.series[0].name = "</svg>&".to_owned();
        let drawn = svg(&hostile);
        assert!(!drawn.contains("<script") && !drawn.contains("<image") && !drawn.contains('\u{1}'));
        assert_eq!(drawn.matches("</svg>").count(), 1);
    }

    #[test]
    fn no_reference_class_or_style_is_used() {
        let drawn = svg(&chart(12, &[(Bar, 4), (Bar, 5), (Bar, 6), (Line, 9), (Line, 3)]));
        for word in ["class=", "style=", "url(", "href", " id=", "var("] {
            assert!(!drawn.contains(word), "{word}");
        }
    }

    #[test]
    fn parts_are_one_bar_with_every_count() {
        for values in [[5, 6, 5, 2, 2], [0, 0, 0, 0, 1], [usize::MAX, 0, 1, 1, 1]] {
            let mut bands = chart(5, &[(Mark::Part, 1)]);
            bands.series[0].values = values.to_vec();
            for drawn in [svg(&bands), paper_svg(&bands)] {
                for value in values {
                    let name = format!(": {}</text>", number(value.min(LARGEST)));
                    assert!(drawn.contains(&name), "{value}: {drawn}");
                }
                assert!(!drawn.contains("=\"-"), "{drawn}");
            }
        }
    }

    #[test]
    fn no_label_leaves_the_drawing() {
        let drawn = paper_svg(&chart(12, &[(Bar, 40), (Bar, 30), (Line, 90)]));
        assert!(!drawn.contains("…"), "{drawn}");
        for name in ["Bars", "Lines"] {
            assert!(drawn.contains(&format!("text-anchor=\"start\">{name}</text>")), "{name}");
        }
    }
}
