//! How to reach the Help Desk: the end of every letter, and of a POC's page to hand out.

use serde::Serialize;

use crate::model::Text;
use crate::workflow::Context;

/// The Help Desk as a letter ends with it.
#[derive(Debug, Clone, Serialize)]
pub struct Desk {
    pub name: String,
    pub organization: String,
    /// Null, like the next two, if the settings have none.
    pub phone: Option<String>,
    pub email: Option<String>,
    pub hours: Option<String>,
}

impl Desk {
    /// The Help Desk of the settings.
    pub fn of(ctx: &Context) -> Desk {
        let settings = &ctx.project().settings;
        let text = |text: &Option<Text>| text.as_ref().map(|text| text.0.clone()).filter(|text| !text.is_empty());
        Desk {
            name: settings.names.help_desk.clone(),
            organization: settings.organization.clone(),
            phone: text(&settings.help_desk.phone),
            email: text(&settings.help_desk.email),
            hours: text(&settings.help_desk.hours),
        }
    }

    /// "MITS Help Desk: 202-555-0100, helpdesk@example.org"; blank if the settings have neither.
    pub fn line(&self) -> String {
        let ways: Vec<&str> =
            [&self.phone, &self.email, &self.hours].into_iter().flatten().map(String::as_str).collect();
        if ways.is_empty() { String::new() } else { format!("{}: {}", self.name, ways.join(", ")) }
    }
}
