//! The filters that templates use: each turns one value of the model into words or marked-up text.

use chrono::NaiveDate;
use serde::Deserialize;
use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

use super::chart;
use super::escape::escape;
use super::plain::wrapped as wrapped_text;
use super::{links, rich, shown};
use crate::model::{
    Block, Inline, Minute, RichText, day_in_words, minute_on_paper, parse_date, short_day as short_day_in_words,
};
use crate::record::capital;
use crate::report::pack::{Chart, Trend};

/// How wide the lines of a plain mail are.
const MAIL_WIDTH: usize = 72;

/// How many rows make a table long: to lay out two thousand as one takes a browser seconds.
const LONG: usize = 200;

/// Makes every filter known to `tera`.
pub fn register(tera: &mut Tera) {
    tera.register_filter("day", day);
    tera.register_filter("short_day", short_day);
    tera.register_filter("moment", moment);
    tera.register_filter("plain_day", plain_day);
    tera.register_filter("plain_moment", plain_moment);
    tera.register_filter("meeting_name", meeting_name);
    tera.register_filter("encoded", encoded);
    tera.register_filter("capitalize_first", capitalize_first);
    tera.register_filter("attention_order", attention_order);
    tera.register_filter("long", long);
    tera.register_filter("rich", rich_text);
    tera.register_filter("rich_short", rich_short);
    tera.register_filter("plain", plain);
    tera.register_filter("wrapped", wrapped);
    tera.register_filter("said", said);
    tera.register_filter("chart", draw);
    tera.register_filter("sparkline", sparkline);
    tera.register_filter("json", json);
}

/// `2026-11-18` as "Wed, Nov 18, 2026" within a `time` element; nothing as the argument `none`, else "–".
fn day(value: &Value, arguments: Kwargs, _: &State) -> TeraResult<Value> {
    timed(value, &arguments, |text| Some(day_in_words(date_of(text)?)))
}

/// `2026-11-18` as "Nov 18, 2026", for narrow columns; nothing as the argument `none`, else "–".
fn short_day(value: &Value, arguments: Kwargs, _: &State) -> TeraResult<Value> {
    timed(value, &arguments, |text| Some(short_day_in_words(date_of(text)?)))
}

/// `2026-11-18T10:00` as "Wed, Nov 18, 2026, 10:00 a.m." within a `time` element; nothing as for [`day`].
fn moment(value: &Value, arguments: Kwargs, _: &State) -> TeraResult<Value> {
    timed(value, &arguments, moment_in_words)
}

/// [`day`] without the element, for titles and attributes.
fn plain_day(value: &str, _: Kwargs, _: &State) -> String {
    date_of(value).map_or_else(|| value.to_owned(), day_in_words)
}

/// [`moment`] without the element.
fn plain_moment(value: &str, _: Kwargs, _: &State) -> String {
    moment_in_words(value).unwrap_or_else(|| value.to_owned())
}

/// A meeting's id, `2026-11-18-weekly`, as "weekly meeting of Nov 18, 2026".
fn meeting_name(value: &str, _: Kwargs, _: &State) -> String {
    let words = |(date, kind): (&str, &str)| Some(format!("{kind} meeting of {}", short_day_in_words(date_of(date)?)));
    value
        .split_at_checked(10)
        .and_then(|(date, rest)| words((date, rest.strip_prefix('-')?)))
        .unwrap_or_else(|| value.to_owned())
}

fn timed(value: &Value, arguments: &Kwargs, show: impl Fn(&str) -> Option<String>) -> TeraResult<Value> {
    let none = arguments.get::<&str>("none")?.unwrap_or("–");
    let shown = match value.as_str() {
        None => escape(none),
        Some(text) => match show(text) {
            None => escape(text),
            Some(words) => format!("<time datetime=\"{}\">{words}</time>", escape(text)),
        },
    };
    Ok(Value::safe_string(&shown))
}

/// The date of a date or of a time.
fn date_of(text: &str) -> Option<NaiveDate> {
    parse_date(text.get(..10)?)
}

fn moment_in_words(text: &str) -> Option<String> {
    Minute::parse(text).map(minute_on_paper)
}

/// A mail address for a `mailto:` link: what could end the address is percent-encoded.
fn encoded(value: &str, _: Kwargs, _: &State) -> String {
    value.split('@').map(links::segment).collect::<Vec<_>>().join("@")
}

/// The first letter in upper case and the rest as it is, unlike Tera's own `capitalize`.
fn capitalize_first(value: &str, _: Kwargs, _: &State) -> String {
    capital(value)
}

/// What `red`, `yellow` and `green` sort by: the more urgent first.
fn attention_order(value: &str, _: Kwargs, _: &State) -> u64 {
    match value {
        "red" => 1,
        "yellow" => 2,
        _ => 3,
    }
}

/// ` long` for a list of so many rows that their table is laid out row by row, else nothing: a class of the table.
fn long(value: &Value, _: Kwargs, _: &State) -> &'static str {
    if value.as_array().is_some_and(|rows| rows.len() >= LONG) { " long" } else { "" }
}

/// The text of a template's value; a blank one where it is none.
fn text_of(value: &Value) -> RichText {
    RichText::deserialize(value).unwrap_or_else(|_| RichText::new(""))
}

/// A `RichText` as HTML.
fn rich_text(value: &Value, _: Kwargs, _: &State) -> Value {
    Value::safe_string(&rich::html(&text_of(value)))
}

/// A `RichText` for the cell of a table: a long one opens on request.
fn rich_short(value: &Value, _: Kwargs, _: &State) -> Value {
    Value::safe_string(&rich::short(&text_of(value)))
}

/// A `RichText` as one line of text.
fn plain(value: &Value, _: Kwargs, _: &State) -> String {
    text_of(value).line()
}

/// A `RichText`, or a text, as lines of at most 72 columns, each with `indent` spaces before it, for a plain mail.
fn wrapped(value: &Value, arguments: Kwargs, _: &State) -> TeraResult<String> {
    let indent = " ".repeat(arguments.get::<usize>("indent")?.unwrap_or(0).min(40));
    let text = match value.as_str() {
        Some(text) => {
            let content = vec![Inline::Text { text: shown(text).split_whitespace().collect::<Vec<_>>().join(" ") }];
            vec![Block::Paragraph { content }]
        }
        None => {
            let text = RichText::deserialize(value);
            text.map_err(|error| Error::message(format!("not a text: {error}")))?.blocks()
        }
    };
    Ok(shown(&wrapped_text(&text, MAIL_WIDTH, &indent)))
}

/// A message of the program, in which text between two backticks is code.
fn said(value: &str, _: Kwargs, _: &State) -> Value {
    let parts: Vec<String> = value.split('`').map(escape).collect();
    // An odd one is no mark but a character of the text.
    if parts.len().is_multiple_of(2) {
        return Value::safe_string(&parts.join("`"));
    }
    let marked = parts.iter().enumerate().map(|(place, part)| match place % 2 {
        0 => part.clone(),
        _ => format!("<code>{part}</code>"),
    });
    Value::safe_string(&marked.collect::<String>())
}

/// A `Chart` as SVG.
fn draw(value: &Value, _: Kwargs, _: &State) -> TeraResult<Value> {
    let chart = Chart::deserialize(value).map_err(|error| Error::message(format!("not a chart: {error}")))?;
    Ok(Value::safe_string(&chart::svg(&chart)))
}

/// A `Trend` as SVG.
fn sparkline(value: &Value, _: Kwargs, _: &State) -> TeraResult<Value> {
    let trend = Trend::deserialize(value).map_err(|error| Error::message(format!("not a trend: {error}")))?;
    Ok(Value::safe_string(&chart::sparkline(&trend)))
}

/// Any value as JSON that may stand within a `script` element.
fn json(value: &Value, _: Kwargs, _: &State) -> TeraResult<Value> {
    // By way of serde_json's own value, whose maps are ordered.
    let ordered = serde_json::to_value(value).map_err(Error::message)?;
    let text = ordered.to_string();
    let safe = text.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026");
    Ok(Value::safe_string(&safe.replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn shown(template: &str, value: serde_json::Value) -> String {
        let mut tera = Tera::default();
        register(&mut tera);
        tera.set_escape_fn(crate::render::escape::write);
        tera.add_raw_template("x.html", template).expect("a template");
        let context = tera::Context::from_serialize(&json!({"v": value})).expect("a map");
        tera.render("x.html", &context).expect("a page")
    }

    #[test]
    fn dates_are_in_words() {
        assert_eq!(
            shown("{{ v | day }}", json!("2026-11-18")),
            "<time datetime=\"2026-11-18\">Wed, Nov 18, 2026</time>"
        );
        assert_eq!(
            shown("{{ v | short_day }}", json!("2026-01-02")),
            "<time datetime=\"2026-01-02\">Jan 2, 2026</time>"
        );
        assert_eq!(shown("{{ v | plain_moment }}", json!("2026-11-18T09:05")), "Wed, Nov 18, 2026, 9:05 a.m.");
        assert_eq!(
            shown("{{ v | moment }}", json!("2026-11-18T10:00")),
            "<time datetime=\"2026-11-18T10:00\">Wed, Nov 18, 2026, 10:00 a.m.</time>"
        );
    }

    #[test]
    fn a_meeting_is_named_in_words() {
        assert_eq!(shown("{{ v | meeting_name }}", json!("2026-11-18-weekly")), "weekly meeting of Nov 18, 2026");
        assert_eq!(shown("{{ v | meeting_name }}", json!("weekly")), "weekly");
    }

    #[test]
    fn nothing_and_nonsense_are_shown_as_such() {
        assert_eq!(shown("{{ v | day }}", json!(null)), "–");
        assert_eq!(shown("{{ v | day(none=\"not yet\") }}", json!(null)), "not yet");
        assert_eq!(shown("{{ v | day }}", json!("<é>2026-11-18")), "&lt;é&gt;2026-11-18");
    }

    #[test]
    fn an_address_cannot_leave_its_link() {
        assert_eq!(
            shown("{{ v | encoded }}", json!("j.o+x@example.org\t\"?cc=é")),
            "j.o%2Bx@example.org%09%22%3Fcc%3D%C3%A9"
        );
    }

    #[test]
    fn what_stands_between_backticks_is_code() {
        assert_eq!(
            shown("{{ v | said }}", json!("no POC `<b>`; see `x`")),
            "no POC <code>&lt;b&gt;</code>; see <code>x</code>"
        );
        assert_eq!(shown("{{ v | said }}", json!("a ` alone <i>")), "a ` alone &lt;i&gt;");
    }

    #[test]
    fn json_cannot_end_its_script() {
        let text = shown("{{ v | json }}", json!({"b": "</script>&\u{2028}", "a": 1}));
        assert_eq!(text, "{\"a\":1,\"b\":\"\\u003c/script\\u003e\\u0026\\u2028\"}");
    }

    #[test]
    fn a_value_is_escaped_without_being_asked() {
        assert_eq!(
            shown("<a title=\"{{ v }}\">", json!("\"><script>\u{7}")),
            "<a title=\"&quot;&gt;&lt;script&gt;\u{fffd}\">"
        );
    }
}
