//! What the rules find in the records as they would be → the rows and columns of the export that it comes from.

use std::collections::BTreeMap;

use super::plan::{Plan, PlanOutcome, Planned};
use super::{Problem, Problems, Row};
use crate::load::{Project, parse};
use crate::model::{Diagnostic, EventMap, Help, ImportMap, Place, RuleId, Source, Span, TicketId};
use crate::record::{Faults, Node};

impl Plan {
    /// The errors as problems of rows, and those that come from no row. `after` is the project as it would be.
    pub fn blame<'d>(
        &self,
        map: &ImportMap,
        after: &Project,
        errors: impl IntoIterator<Item = &'d Diagnostic>,
    ) -> (Problems, Vec<&'d Diagnostic>) {
        let (mut problems, mut others) = (Problems::default(), Vec::new());
        let tickets: BTreeMap<TicketId, &Planned> = self.tickets.iter().map(|own| (own.id, own)).collect();
        let of = |id: TicketId| tickets.get(&id).copied();
        for error in errors {
            let own: Vec<(&Planned, usize, Option<String>)> = match TicketId::parse(&error.record).and_then(of) {
                Some(own) => {
                    let (row, column) = own.place(map, after, error);
                    vec![(own, row, column)]
                }
                // A record that was made for tickets: all of them come or none.
                None => self
                    .tickets
                    .iter()
                    .filter(|own| self.needs(own, error, after))
                    .map(|own| (own, own.row, None))
                    .collect(),
            };
            if own.is_empty() {
                others.push(error);
            }
            for (own, row, column) in own {
                let help = match (error.rule, &error.help) {
                    // An export has no history in git, of which the rule's own help speaks.
                    (RuleId::PossiblePersonalData, _) => {
                        "delete it in the export, or skip the row (`skip` in the map)".to_owned()
                    }
                    (_, help) => help.as_ref().map(Help::in_file).unwrap_or_default().into_owned(),
                };
                // A free number is given only to tickets that are imported.
                let is_given = own.what != PlanOutcome::New || map.number.keep;
                let named = |text: &str| match is_given {
                    true => text.to_owned(),
                    false => text.replace(&own.id.to_string(), &own.number),
                };
                let id = Some(own.id).filter(|_| is_given);
                let row = Row { number: row, ticket: own.number.clone(), id };
                let (message, help) = (named(&format!("error[{}]: {}", error.rule, error.message)), named(&help));
                problems.add(Problem { row, column, message, help });
            }
        }
        (problems, others)
    }

    /// Whether a ticket needs the new record that an error is about.
    fn needs(&self, own: &Planned, error: &Diagnostic, after: &Project) -> bool {
        let path = error.place.path(&after.files);
        let of_poc = self.pocs.contains(&own.poc) && path == format!("data/pocs/{}.yaml", own.poc);
        of_poc || (self.subjects.contains(&own.subject) && path == "data/subjects.yaml")
    }
}

impl Planned {
    /// The row and the column that an error in the ticket's record comes from.
    fn place(&self, map: &ImportMap, after: &Project, error: &Diagnostic) -> (usize, Option<String>) {
        let Place::In(file, span) = &error.place else { return (self.row, None) };
        let Some(ticket) = after.tickets.get(&self.id).filter(|ticket| ticket.file == *file) else {
            return (self.row, None);
        };
        let text = &after.file(*file).text;
        let Some(record) = parse(text, &mut Faults::default()) else { return (self.row, None) };
        let (field, log) = (field_at(&record, *span), record.get("log"));
        if field != Some("log") {
            return (self.row, field.and_then(|field| column_of_ticket(map, field)));
        }
        // The import adds its entries at the end of the log.
        let items = log.map_or(&[][..], Node::items);
        let first = ticket.log.len().saturating_sub(self.made.len());
        let at = items.iter().rposition(|item| item.span.start <= span.start);
        let made = at.and_then(|at| at.checked_sub(first)).and_then(|at| self.made.get(at));
        let Some((row, event)) = made else { return (self.row, None) };
        let field = at.and_then(|at| items.get(at)).and_then(|item| field_at(item, *span));
        (*row, field.zip(map.events.get(*event)).and_then(|(field, event)| column_of_event(event, field)))
    }
}

/// The field of a mapping in which a place lies.
fn field_at<'n>(node: &'n Node, span: Span) -> Option<&'n str> {
    let crate::record::Kind::Map(fields) = &node.kind else { return None };
    fields.iter().rfind(|(key, _)| key.span.start <= span.start).map(|(key, _)| key.text.as_ref())
}

fn heading<T>(source: &Source<T>) -> Option<String> {
    source.columns.first().map(|column| column.as_str().to_owned())
}

fn column_of_ticket(map: &ImportMap, field: &str) -> Option<String> {
    let ticket = &map.ticket;
    match field {
        "title" => heading(&ticket.title),
        "subject" => heading(&ticket.subject),
        "kind" => heading(&ticket.kind),
        "area" => heading(&ticket.area),
        "poc" => heading(&ticket.poc),
        "received" => heading(&ticket.received),
        "via" => heading(&ticket.via),
        "description" => heading(&ticket.description),
        "first_line" => ticket.first_line.as_ref().and_then(heading),
        _ => None,
    }
}

fn column_of_event(event: &EventMap, field: &str) -> Option<String> {
    match field {
        "at" => event.at.as_ref().and_then(heading),
        "by" => event.by.as_ref().and_then(heading),
        "note" => event.note.as_ref().and_then(heading),
        "nitc_ref" => event.nitc_ref.as_ref().and_then(heading),
        "outcome" => event.outcome.as_ref().and_then(heading),
        _ => None,
    }
}
