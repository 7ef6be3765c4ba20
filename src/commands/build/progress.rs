//! A progress bar on a terminal, for what takes over a second.

use std::io::IsTerminal;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// How far something is.
pub struct Progress {
    bar: ProgressBar,
    started: Instant,
}

impl Progress {
    /// Nothing of `total` is done yet.
    pub fn new(total: usize, what: &'static str) -> Progress {
        let bar = ProgressBar::with_draw_target(Some(total as u64), ProgressDrawTarget::hidden());
        let style = ProgressStyle::with_template("{bar:30} {pos} of {len} {msg}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        bar.set_message(what);
        Progress { bar, started: Instant::now() }
    }

    /// One more is done. The bar is shown once it has taken a second.
    pub fn step(&self) {
        self.bar.inc(1);
        let is_slow = self.started.elapsed() > Duration::from_secs(1);
        if is_slow && self.bar.is_hidden() && std::io::stderr().is_terminal() {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }

    /// All is done: the bar goes away.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
