//! How long the inner parts take on the sample's records: `cargo bench`. BENCHMARKS.md has the figures of the whole.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use divan::{Bencher, black_box};
use heatpack::load::{Project, load, parse};
use heatpack::model::{MeetingKind, Minute, RichText, Ticket};
use heatpack::record::{Faults, Value};
use heatpack::render::{Findings, Renderer, diagnostic_rows, page_model};
use heatpack::report::alike::Questions;
use heatpack::report::find;
use heatpack::report::pack::Pack;
use heatpack::report::pages::Site;
use heatpack::report::places::{PackPlace, SitePage, pack_places};
use heatpack::workflow::{Context, Prepared};
use heatpack::{report, rules};

fn main() {
    divan::main();
}

static PROJECT: LazyLock<Project> = LazyLock::new(|| load(root()).expect("the sample"));
static PREPARED: LazyLock<Prepared> = LazyLock::new(|| Prepared::new(&PROJECT));
static RENDERER: LazyLock<Renderer> = LazyLock::new(|| Renderer::new(&BTreeMap::new()).expect("our own templates"));

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn context() -> Context<'static> {
    Context::new(&PREPARED, Minute::parse("2026-11-22 12:00").expect("a time"), true)
}

/// The texts of all tickets.
fn texts() -> Vec<String> {
    let folders = fs::read_dir(root().join("data/tickets")).expect("tickets").flatten();
    let files: Vec<PathBuf> = folders
        .flat_map(|folder| fs::read_dir(folder.path()).into_iter().flatten().flatten())
        .map(|file| file.path())
        .collect();
    files.into_iter().filter_map(|path| fs::read_to_string(path).ok()).collect()
}

/// The next weekly pack.
fn pack(ctx: &Context) -> Pack {
    let place: PackPlace = pack_places(ctx)
        .into_iter()
        .find(|place| place.kind == MeetingKind::Weekly && place.is_next(ctx))
        .expect("a meeting");
    report::pack(ctx, place.kind, place.index).expect("a pack")
}

#[divan::bench]
fn parse_all_tickets(bencher: Bencher) {
    let texts = texts();
    let bytes: usize = texts.iter().map(String::len).sum();
    bencher
        .counter(divan::counter::BytesCount::new(bytes))
        .bench(|| texts.iter().filter(|text| parse(text, &mut Faults::default()).is_some()).count());
}

#[divan::bench]
fn decode_all_tickets(bencher: Bencher) {
    let texts = texts();
    let nodes: Vec<_> = texts.iter().filter_map(|text| parse(text, &mut Faults::default())).collect();
    bencher.bench(|| {
        let mut faults = Faults { zone: Some(chrono_tz::America::New_York), ..Faults::default() };
        nodes.iter().filter(|node| Ticket::decode(node, &mut faults).is_some()).count()
    });
}

#[divan::bench]
fn load_the_sample() -> usize {
    load(root()).expect("the sample").tickets.len()
}

#[divan::bench]
fn fold_all_logs() -> usize {
    Prepared::new(black_box(&PROJECT)).tickets.len()
}

#[divan::bench]
fn run_all_rules(bencher: Bencher) {
    let ctx = context();
    bencher.bench(|| rules::check(&ctx).len());
}

#[divan::bench]
fn index_all_records(bencher: Bencher) {
    let records = find::records(&context());
    bencher.bench(|| find::index(black_box(&records)));
}

#[divan::bench]
fn find_a_record(bencher: Bencher) {
    let index = find::index(&find::records(&context()));
    bencher.bench(|| index.find(black_box("scorecard export drops the last quarter")).found.len());
}

#[divan::bench]
fn group_all_questions(bencher: Bencher) {
    let ctx = context();
    bencher.bench(|| Questions::new(&ctx, ctx.tickets()).groups().len());
}

#[divan::bench]
fn markdown_of_all_notes(bencher: Bencher) {
    let ctx = context();
    let notes: Vec<&str> = ctx
        .tickets()
        .flat_map(|line| line.ticket.record.log.iter().filter_map(|entry| Some(entry.note.as_ref()?.0.as_str())))
        .collect();
    bencher.bench(|| notes.iter().map(|note| RichText::new(note).blocks().len()).sum::<usize>());
}

#[divan::bench]
fn ticket_page_model(bencher: Bencher) {
    let ctx = context();
    let (site, line) = (Site::new(&ctx, &[], None), ctx.tickets().last().expect("a ticket"));
    bencher.bench(|| page_model(&site, &[], SitePage::Ticket(line)).compact().expect("a model"));
}

#[divan::bench]
fn ticket_page(bencher: Bencher) {
    let ctx = context();
    let (site, line) = (Site::new(&ctx, &[], None), ctx.tickets().last().expect("a ticket"));
    let model = page_model(&site, &[], SitePage::Ticket(line));
    bencher.bench(|| RENDERER.page(&model).expect("a page").len());
}

#[divan::bench]
fn check_page(bencher: Bencher) {
    let ctx = context();
    let rows = diagnostic_rows(&Findings::new(&PROJECT, ctx.as_of, rules::check(&ctx)));
    let site = Site::new(&ctx, &rows, None);
    bencher.bench(|| RENDERER.page(&page_model(&site, &rows, SitePage::Check)).expect("a page").len());
}

#[divan::bench]
fn weekly_pack_model(bencher: Bencher) {
    let ctx = context();
    bencher.bench(|| pack(&ctx));
}

#[divan::bench]
fn weekly_pack_html(bencher: Bencher) {
    let pack = pack(&context());
    bencher.bench(|| RENDERER.pack_html(&pack, None, &report::site::NameBook::default()).expect("a page").len());
}

#[divan::bench(sample_count = 20)]
fn weekly_pack_pdf(bencher: Bencher) {
    let pack = pack(&context());
    // Typst remembers what it laid out; here it forgets.
    bencher
        .with_inputs(|| typst::comemo::evict(0))
        .bench_values(|()| RENDERER.pack_pdf(&pack).expect("a PDF").bytes.len());
}
