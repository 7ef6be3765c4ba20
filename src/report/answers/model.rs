//! What the pages of answers show.

use chrono::NaiveDate;
use serde::Serialize;

use crate::model::RichText;

/// `answers.html`.
#[derive(Debug, Clone, Serialize)]
pub struct AnswersPage {
    /// How many answers there are.
    pub answers: usize,
    /// The subjects that have answers, by name.
    pub subjects: Vec<AnswersOf>,
    /// The most asked answers of all subjects, then the newest: at most 20.
    pub most_asked: Vec<AnswerLine>,
    /// The newest answers of all subjects: at most 20.
    pub newest: Vec<AnswerLine>,
}

/// The answers of a subject in a list.
#[derive(Debug, Clone, Serialize)]
pub struct AnswersOf {
    /// The subject's id.
    pub id: String,
    pub name: String,
    /// How many answers there are.
    pub answers: usize,
    /// When the newest one was given or written.
    pub newest: Option<NaiveDate>,
    /// From the site's root.
    pub href: String,
}

/// An answer in a list.
#[derive(Debug, Clone, Serialize)]
pub struct AnswerLine {
    pub title: String,
    /// Ids of the subjects.
    pub subjects: Vec<String>,
    /// How many tickets asked; 0 for a written-up answer that is from none.
    pub asked: usize,
    /// When it was given or written.
    pub date: Option<NaiveDate>,
    /// From the site's root.
    pub href: String,
}

/// `answers/scorecard.html`.
#[derive(Debug, Clone, Serialize)]
pub struct SubjectAnswersPage {
    /// The subject's id.
    pub id: String,
    pub name: String,
    /// The most asked first, then the newest.
    pub answers: Vec<AnswerView>,
}

/// A question and its answer, without names of POCs.
#[derive(Debug, Clone, Serialize)]
pub struct AnswerView {
    /// Its place on the page, an HTML id.
    pub anchor: String,
    pub title: String,
    /// The ticket's description; null for a written-up answer, whose title is the question.
    pub question: Option<RichText>,
    pub answer: RichText,
    /// The releases with the code changes.
    pub releases: Vec<Release>,
    /// The tickets that it is from, but for private ones.
    pub tickets: Vec<String>,
    /// How many tickets asked; 0 for a written-up answer that is from none.
    pub asked: usize,
    /// When it was given or written.
    pub date: Option<NaiveDate>,
    /// It was written up.
    pub is_written: bool,
    /// The date by which it was due for review, if that has passed.
    pub review_due: Option<NaiveDate>,
}

/// A release, and the change request that it contains.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Release {
    pub release: String,
    pub change: String,
}
