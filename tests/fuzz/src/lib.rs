//! What every fuzz target shares: the memory and the time that an input may cost.

// A module of a test of heatpack's too, which runs what was found once.
pub mod targets;

#[path = "../../it/support/html.rs"]
pub mod html;

/// What the targets share with heatpack's tests, under the name that it has there.
pub mod support {
    pub use crate::html;
}

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::{Duration, Instant};

/// So many bytes of memory an input may cost for each of its own.
const TIMES: usize = 20;

/// And so many besides, whatever its length: what is made for the first input and kept, and the bounds of what is told.
const BESIDES: usize = 8 << 20;

/// So long an input may be worked on.
const LONGEST: Duration = Duration::from_secs(1);

/// The system's allocator, counting.
struct Counting;

static HELD: AtomicUsize = AtomicUsize::new(0);
static MOST: AtomicUsize = AtomicUsize::new(0);

#[global_allocator]
static COUNTING: Counting = Counting;

fn add(size: usize) {
    MOST.fetch_max(HELD.fetch_add(size, Relaxed) + size, Relaxed);
}

// SAFETY: everything is the system's own; beside it there is only counting, which allocates nothing.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        add(layout.size());
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        add(layout.size());
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, old: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        add(size);
        HELD.fetch_sub(layout.size(), Relaxed);
        unsafe { System.realloc(old, layout, size) }
    }

    unsafe fn dealloc(&self, old: *mut u8, layout: Layout) {
        HELD.fetch_sub(layout.size(), Relaxed);
        unsafe { System.dealloc(old, layout) }
    }
}

/// Runs a target, and holds what it cost.
pub fn bounded(input: &[u8], target: fn(&[u8])) {
    let before = HELD.load(Relaxed);
    MOST.store(before, Relaxed);
    let (started, worked_before) = (Instant::now(), worked());
    target(input);
    // On a machine that does other things besides, a second may pass in which next to nothing is done.
    let took = started.elapsed();
    assert!(took < LONGEST || worked() - worked_before < LONGEST, "it took {took:?}");
    let most = MOST.load(Relaxed).saturating_sub(before);
    assert!(most <= TIMES * input.len() + BESIDES, "{} bytes took {most} bytes of memory", input.len());
}

/// How long this process worked so far, by the hundredths of a second in which Linux counts.
fn worked() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit(')').next().unwrap_or_default().split(' ');
    let ticks: u64 = fields.skip(12).take(2).filter_map(|ticks| ticks.parse::<u64>().ok()).sum();
    Duration::from_millis(10 * ticks)
}
