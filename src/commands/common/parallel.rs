//! Work on every core, in threads of our own.
//!
//! Typst lays out pages in rayon's pool. Were packs made in that pool too, a thread that waits for pages would
//! take up another pack on top of its stack, and so on; a pack to a thread keeps every stack as deep as one pack.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Room for the deepest page that a template makes, without optimisation.
pub const STACK: usize = 64 << 20;

/// Applies `work` to every item, on every core; gives the results in the order of the items, or the first error
/// in that order.
pub fn map<I: Sync, T: Send>(items: &[I], work: impl Fn(&I) -> anyhow::Result<T> + Sync) -> anyhow::Result<Vec<T>> {
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<(usize, anyhow::Result<T>)>> = Mutex::new(Vec::with_capacity(items.len()));
    let run = || {
        while let Some((index, item)) = take(items, &next) {
            let result = work(item);
            done.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push((index, result));
        }
    };
    thread::scope(|scope| {
        let cores = thread::available_parallelism().map_or(1, std::num::NonZero::get).min(items.len().max(1));
        for _ in 0..cores {
            // Where the system gives no further thread, those that run do the work; the last resort is this one.
            if thread::Builder::new().stack_size(STACK).spawn_scoped(scope, run).is_err() {
                break;
            }
        }
    });
    run();
    let mut done = done.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, result)| result).collect()
}

fn take<'i, I>(items: &'i [I], next: &AtomicUsize) -> Option<(usize, &'i I)> {
    let index = next.fetch_add(1, Ordering::Relaxed);
    items.get(index).map(|item| (index, item))
}

#[cfg(test)]
mod tests {
    use super::map;

    #[test]
    fn results_come_in_the_order_of_the_items() {
        let numbers: Vec<usize> = (0..100).collect();
        let doubled = map(&numbers, |number| Ok(number * 2)).expect("no error");
        assert_eq!(doubled, (0..100).map(|number| number * 2).collect::<Vec<_>>());
    }

    #[test]
    fn the_first_error_is_told() {
        let failed = map(&[1, 2, 3, 4], |number| if number % 2 == 0 { anyhow::bail!("{number}") } else { Ok(()) });
        assert_eq!(failed.map_err(|error| error.to_string()), Err("2".to_owned()));
    }
}
