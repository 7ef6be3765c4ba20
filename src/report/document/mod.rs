//! A change request as a document to sign off and forward: the board's decision, the request that it is on, its history.

mod decision;
mod history;
mod request;

use serde::Serialize;

use super::GENERATOR;
use crate::load::Request;
use crate::model::Minute;
use crate::workflow::{ChangeLine, Context};

pub use decision::{DecisionView, MemberVote, RuleView};
pub use history::{HistoryEntry, RoundView};
pub use request::{RequestView, ResearchedTicket};

/// The name of the format, and its version.
const FORMAT: &str = "heatpack.cr/1";

/// The model of `heatpack pack cr`.
#[derive(Debug, Clone, Serialize)]
pub struct CrDocument {
    pub format: &'static str,
    pub id: String,
    pub title: String,
    /// Later votes and entries are ignored.
    pub as_of: Minute,
    /// The name of the time zone in which all times are.
    pub timezone: String,
    pub organization: String,
    /// The board's name.
    pub board: String,
    /// The name of the third line, which builds the change.
    pub third_line: String,
    /// `us-letter` or `a4`.
    pub paper: &'static str,
    /// The program's name and version.
    pub generator: &'static str,
    /// The commit that last changed the data, in full; null outside git, while edits are not committed, and on the site.
    pub commit: Option<String>,
    pub decision: DecisionView,
    pub request: RequestView,
    /// The tickets that the request is for, each with NITC's research.
    pub tickets: Vec<ResearchedTicket>,
    /// What happened, a part for each time that the request was before the board.
    pub rounds: Vec<RoundView>,
}

impl CrDocument {
    /// The document of a CR; `requests` are all known versions of its request.
    pub fn new(ctx: &Context, line: &ChangeLine, requests: &[Request]) -> CrDocument {
        let settings = &ctx.project().settings;
        let request = request::request(ctx, line, requests);
        CrDocument {
            format: FORMAT,
            id: line.cr.id.to_string(),
            title: request.title.clone(),
            as_of: ctx.as_of,
            timezone: settings.zone.name().to_owned(),
            organization: settings.organization.clone(),
            board: settings.names.board.clone(),
            third_line: settings.names.third_line.clone(),
            paper: settings.paper.as_str(),
            generator: GENERATOR,
            commit: None,
            decision: decision::decision(ctx, line),
            tickets: request::tickets(ctx, &request.tickets),
            request,
            rounds: history::rounds(ctx, line),
        }
    }
}
