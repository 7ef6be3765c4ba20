//! The structs that a source file declares, read from its text: what the schema and the documentation are made of.

/// A struct whose fields are public.
#[derive(Debug, Default)]
pub struct Struct<'s> {
    pub name: &'s str,
    /// Its documentation.
    pub about: String,
    pub fields: Vec<Field<'s>>,
}

/// A field of a struct.
#[derive(Debug)]
pub struct Field<'s> {
    /// As JSON has it.
    pub name: &'s str,
    /// Its documentation.
    pub about: String,
    /// Its type, as the source has it.
    pub kind: &'s str,
}

/// The structs that a source file of this form declares: documentation, attributes, `pub field: Type,`.
pub fn structs(source: &str) -> Vec<Struct<'_>> {
    let (mut structs, mut open): (Vec<Struct>, Option<Struct>) = (Vec::new(), None);
    let (mut about, mut renamed): (Vec<&str>, Option<&str>) = (Vec::new(), None);
    for line in source.lines().map(str::trim) {
        if let Some(text) = line.strip_prefix("///") {
            about.push(text);
        } else if let Some(rest) = line.strip_prefix("#[serde(rename = \"") {
            renamed = rest.split('"').next();
        } else if line.starts_with("#[") {
            continue;
        } else if let Some(name) = line.strip_prefix("pub struct ").and_then(|rest| rest.strip_suffix(" {")) {
            let name = name.split('<').next().unwrap_or(name);
            open = Some(Struct { name, about: documentation(&std::mem::take(&mut about)), fields: Vec::new() });
        } else if let Some((name, kind)) = line.strip_prefix("pub ").and_then(|rest| rest.split_once(": ")) {
            let about = documentation(&std::mem::take(&mut about));
            let field = Field { name: renamed.take().unwrap_or(name), about, kind: kind.trim_end_matches(',') };
            if let Some(item) = &mut open {
                item.fields.push(field);
            }
        } else {
            about.clear();
            if line == "}" {
                structs.extend(open.take());
            }
        }
    }
    structs
}

/// Documentation without the marks of its links.
fn documentation(lines: &[&str]) -> String {
    lines.join(" ").replace("[`", "`").replace("`]", "`")
}
