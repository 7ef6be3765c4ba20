//! What every fuzz target shares: the memory that an input may cost.

// A module of a test of heatpack's too, which runs what was found once.
pub mod targets;

use std::time::{Duration, Instant};

use cap::Cap;

#[global_allocator]
static MEMORY: Cap<std::alloc::System> = Cap::new(std::alloc::System, usize::MAX);

/// So many bytes of memory an input may cost for each of its own.
const TIMES: usize = 20;

/// And so many besides, whatever its length: the settings, tables and fonts that are made for the first input, the
/// stacks and queues of the threads.
const BESIDES: usize = 8 << 20;

/// So long an input may be worked on.
const LONGEST: Duration = Duration::from_secs(1);

/// Runs a target, which may not take more memory than its input allows: an allocation beyond it fails, and the
/// fuzzer reports where.
pub fn bounded(input: &[u8], target: fn(&[u8])) {
    let most = MEMORY.allocated() + TIMES * input.len() + BESIDES;
    // What the allocator holds can only be more than that if another thread grew meanwhile.
    drop(MEMORY.set_limit(most));
    let (started, before) = (Instant::now(), worked());
    target(input);
    drop(MEMORY.set_limit(usize::MAX));
    // On a machine that does other things besides, a second may pass in which next to nothing is done.
    let took = started.elapsed();
    assert!(took < LONGEST || worked() - before < LONGEST, "it took {took:?}");
}

/// How long this process worked so far, by the hundredths of a second in which Linux counts.
fn worked() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit(')').next().unwrap_or_default().split(' ');
    let ticks: u64 = fields.skip(12).take(2).filter_map(|ticks| ticks.parse::<u64>().ok()).sum();
    Duration::from_millis(10 * ticks)
}
