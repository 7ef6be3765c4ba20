//! The cast: who works where and when. All names are made up, as are the addresses and numbers.

use chrono::NaiveDate;

use crate::calendar::{date, parse_date};

/// A person of one of the three offices.
pub struct Staff {
    pub id: &'static str,
    pub name: &'static str,
    pub office: &'static str,
    pub from: &'static str,
    pub until: &'static str,
}

const fn staff(
    id: &'static str,
    name: &'static str,
    office: &'static str,
    from: &'static str,
    until: &'static str,
) -> Staff {
    Staff { id, name, office, from, until }
}

/// An empty `from` or `until` is omitted from the file.
pub const STAFF: [Staff; 15] = [
    staff("tnominal", "Taylor Nominal", "help-desk", "2022-03-14", ""),
    staff("aexemplar", "Alex Exemplar", "help-desk", "2023-08-21", ""),
    staff("rmunoz", "Rocío Muñoz-Ficta", "help-desk", "2024-01-08", ""),
    staff("sdoe", "Sasha Doe-Sample", "help-desk", "2024-06-03", ""),
    staff("bplaceholder", "Blair Placeholder", "help-desk", "2023-02-06", "2026-03-31"),
    staff("jfillmore", "Jules Fillmore-Demo", "help-desk", "2026-04-06", ""),
    staff("rpattern", "Robin Pattern", "nitc", "", ""),
    staff("dmockridge", "Dana Mockridge", "nitc", "", ""),
    staff("lproto", "Lou Prototype", "nitc", "", ""),
    staff("kstubbs", "Kerry Stubbs", "nitc", "2024-05-20", "2026-01-30"),
    staff("hbetaworth", "Harper Betaworth", "nitc", "2026-02-02", ""),
    staff("cnull", "Chris Nullman", "nitc", "", ""),
    staff("kfoster", "Kim Fosterling", "acfo-fs", "", ""),
    staff("opaper", "Owen Paperton", "acfo-fs", "", ""),
    staff("ytemplar", "Yael Templar", "acfo-fs", "2026-05-04", ""),
];

/// A subject that the desk supports: id, name, kind, from, until.
pub const SUBJECTS: [(&str, &str, &str, &str, &str); 12] = [
    ("scorecard", "Scorecard", "module", "", ""),
    ("budget-formulation", "Budget Formulation", "module", "", ""),
    ("travel-vouchers", "Travel Vouchers", "module", "", ""),
    ("grants-ledger", "Grants Ledger", "module", "", ""),
    ("fixed-assets", "Fixed Assets", "module", "", ""),
    ("receivables", "Receivables", "module", "", ""),
    ("funds-control", "Funds Control", "module", "2025-10-01", ""),
    ("improved-financial-performance", "Improved Financial Performance", "initiative", "", ""),
    ("budget-performance-integration", "Budget and Performance Integration", "initiative", "", ""),
    ("human-capital", "Strategic Management of Human Capital", "initiative", "", ""),
    ("competitive-sourcing", "Competitive Sourcing", "initiative", "2024-10-01", "2026-09-30"),
    ("expanded-egov", "Expanded Electronic Government", "initiative", "", ""),
];

/// Subject, role, from, until, designated by.
pub type Designation = (&'static str, &'static str, &'static str, &'static str, &'static str);

/// A point of contact, or (without designations) another caller.
pub struct Poc {
    pub id: &'static str,
    pub name: &'static str,
    /// The last two digits of 202-555-01xx; 0 for none.
    pub phone: u8,
    pub office: &'static str,
    pub designations: &'static [Designation],
}

pub const POCS: [Poc; 16] = [
    Poc {
        id: "jrivera",
        name: "Jordan Rivera",
        phone: 4,
        office: "Budget Analysis",
        designations: &[
            ("scorecard", "primary", "2025-10-01", "2026-09-30", "Avery Sample"),
            ("scorecard", "backup", "2026-10-01", "", "Avery Sample"),
        ],
    },
    Poc {
        id: "psample",
        name: "Parker Sampleton",
        phone: 11,
        office: "Performance Reporting",
        designations: &[
            ("scorecard", "backup", "2025-10-01", "2026-09-30", "Avery Sample"),
            ("scorecard", "primary", "2026-10-01", "2027-09-30", "Avery Sample"),
        ],
    },
    Poc {
        id: "cmadeup",
        name: "Casey Madeup",
        phone: 17,
        office: "Office of Budget Planning",
        designations: &[
            ("budget-formulation", "primary", "2025-10-01", "", "Avery Sample"),
            ("budget-performance-integration", "backup", "2025-10-01", "", ""),
        ],
    },
    Poc {
        id: "ienfaux",
        name: "Inès Enfaux",
        phone: 18,
        office: "Office of Budget Planning",
        designations: &[("budget-formulation", "backup", "2025-10-01", "", "Casey Madeup")],
    },
    Poc {
        id: "lghostly",
        name: "Logan Ghostly",
        phone: 23,
        office: "Travel Services Branch",
        designations: &[("travel-vouchers", "primary", "2025-10-01", "2026-05-31", "Ellis Pretend")],
    },
    Poc {
        id: "wimago",
        name: "Winter Imago",
        phone: 24,
        office: "Travel Services Branch",
        designations: &[
            ("travel-vouchers", "backup", "2025-10-01", "2026-05-31", "Ellis Pretend"),
            ("travel-vouchers", "primary", "2026-06-01", "", "Ellis Pretend"),
        ],
    },
    Poc {
        id: "qtester",
        name: "Quinn Testerman",
        phone: 31,
        office: "Grants Accounting",
        designations: &[("grants-ledger", "primary", "2025-10-01", "", "Ellis Pretend")],
    },
    Poc {
        id: "zfictner",
        name: "Zoë Fictner",
        phone: 32,
        office: "Grants Accounting",
        designations: &[
            ("grants-ledger", "backup", "2025-10-01", "", "Quinn Testerman"),
            ("receivables", "backup", "2026-01-05", "", ""),
        ],
    },
    Poc {
        id: "mnoone",
        name: "Marlow Noone",
        phone: 38,
        office: "Property Accounting",
        designations: &[("fixed-assets", "primary", "2025-10-01", "", "Ellis Pretend")],
    },
    Poc {
        id: "hdummett",
        name: "Hollis Dummett",
        phone: 42,
        office: "Debt and Receivables",
        designations: &[
            ("receivables", "primary", "2025-10-01", "", "Ellis Pretend"),
            ("fixed-assets", "backup", "2025-10-01", "", ""),
        ],
    },
    Poc {
        id: "enobody",
        name: "Emery Nobody",
        phone: 47,
        office: "Funds Management",
        designations: &[("funds-control", "primary", "2025-10-01", "", "Avery Sample")],
    },
    Poc {
        id: "bfabula",
        name: "Begoña Fábula",
        phone: 53,
        office: "Financial Policy",
        designations: &[
            ("improved-financial-performance", "primary", "2025-10-01", "", "Avery Sample"),
            ("funds-control", "backup", "2026-02-01", "2026-12-31", "Emery Nobody"),
        ],
    },
    Poc {
        id: "gpseudon",
        name: "Gale Pseudon",
        phone: 59,
        office: "Strategic Initiatives",
        designations: &[
            ("budget-performance-integration", "primary", "2025-10-01", "", "Avery Sample"),
            ("expanded-egov", "primary", "2025-10-01", "", "Avery Sample"),
        ],
    },
    Poc {
        id: "tspecimen",
        name: "Toby Specimen",
        phone: 64,
        office: "Strategic Initiatives",
        designations: &[
            ("human-capital", "primary", "2025-10-01", "2026-10-31", "Avery Sample"),
            ("competitive-sourcing", "primary", "2025-10-01", "2026-09-30", "Avery Sample"),
        ],
    },
    Poc { id: "ucallery", name: "Uma Callery", phone: 71, office: "Regional Office 4, Finance", designations: &[] },
    Poc { id: "dpasser", name: "Dorian Passerby", phone: 0, office: "Procurement Support", designations: &[] },
];

/// A member of the CFMSCCB for one period; the keys come from `sign.rs`.
pub struct Member {
    pub id: &'static str,
    pub name: &'static str,
    pub chair: bool,
    pub from: &'static str,
    pub until: &'static str,
}

const fn member(id: &'static str, name: &'static str, chair: bool, from: &'static str, until: &'static str) -> Member {
    Member { id, name, chair, from, until }
}

pub const BOARD: [Member; 7] = [
    member("mleeway", "Morgan Leeway", true, "2025-01-06", "2026-06-30"),
    member("rchenille", "Reese Chenille", false, "2025-01-06", "2026-06-30"),
    member("rchenille", "Reese Chenille", true, "2026-07-01", ""),
    member("dquill", "Devon Quill", false, "2025-01-06", ""),
    member("rferrer", "Renée Ferrer-Folio", false, "2025-01-06", ""),
    member("spenmark", "Sidney Penmark", false, "2025-04-14", ""),
    member("nplacewright", "Noor Placewright", false, "2026-07-01", ""),
];

/// Whether a period, whose ends may be empty, holds the day.
pub fn in_period(from: &str, until: &str, day: NaiveDate) -> bool {
    let bound = |text: &str, open: NaiveDate| {
        if text.is_empty() { open } else { parse_date(text).unwrap_or(open) }
    };
    bound(from, date(2000, 1, 1)) <= day && day <= bound(until, date(2099, 12, 31))
}

/// The people of an office on a day, in the order of the table.
pub fn office_on(office: &str, day: NaiveDate) -> Vec<&'static Staff> {
    STAFF.iter().filter(|s| s.office == office && in_period(s.from, s.until, day)).collect()
}

/// The designated contact for a subject on a day, `primary` or `backup`.
pub fn designated(subject: &str, role: &str, day: NaiveDate) -> Option<&'static Poc> {
    POCS.iter().find(|poc| poc.designations.iter().any(|d| d.0 == subject && d.1 == role && in_period(d.2, d.3, day)))
}

pub fn poc(id: &str) -> Option<&'static Poc> {
    POCS.iter().find(|poc| poc.id == id)
}

/// A member's seat on a day.
pub fn seat(id: &str, day: NaiveDate) -> Option<&'static Member> {
    BOARD.iter().find(|m| m.id == id && in_period(m.from, m.until, day))
}

/// Whether a person has the id.
pub fn is_known(id: &str) -> bool {
    STAFF.iter().any(|s| s.id == id) || poc(id).is_some() || BOARD.iter().any(|m| m.id == id)
}

/// What one calls a person in a note.
pub fn first_name(name: &str) -> &str {
    name.split(' ').next().unwrap_or(name)
}
