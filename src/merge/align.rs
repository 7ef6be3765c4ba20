//! The items of three versions of a list side by side, in the order of the joined list.

use std::collections::{BTreeMap, VecDeque};

use super::identity::{ListKind, Way};
use crate::record::Node;

/// One item, by its place in each version that has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Slot {
    pub base: Option<usize>,
    pub ours: Option<usize>,
    pub theirs: Option<usize>,
}

/// The items of three versions.
#[derive(Debug)]
pub(super) struct Slots {
    pub slots: Vec<Slot>,
    /// How many of a log are in the order of one side; the others follow.
    pub in_order: usize,
}

/// The items of three versions, in the order of ours, or of theirs if they alone moved items. An item of the other side
/// alone follows the one before it there; an entry of a log goes to the end, and its time decides.
pub(super) fn slots(kind: ListKind, base: &[&Node], ours: &[&Node], theirs: &[&Node]) -> Slots {
    let mut slots: Vec<Slot> = Vec::with_capacity(ours.len());
    for (at, base) in matched(&kind.ways(), base, ours).into_iter().enumerate() {
        slots.push(Slot { base, ours: Some(at), theirs: None });
    }
    let by_base: BTreeMap<usize, usize> =
        slots.iter().enumerate().filter_map(|(at, own)| Some((own.base?, at))).collect();
    let from_base = matched(&kind.ways(), base, theirs);
    let new_ours: Vec<usize> = (0..ours.len()).filter(|at| slots[*at].base.is_none()).collect();
    let new_theirs: Vec<usize> = (0..theirs.len()).filter(|at| from_base[*at].is_none()).collect();
    let twins = matched(&kind.ways_of_new(), &picked(ours, &new_ours), &picked(theirs, &new_theirs));
    let twins: BTreeMap<usize, usize> =
        new_theirs.iter().zip(twins).filter_map(|(at, twin)| Some((*at, new_ours[twin?]))).collect();
    let order_of_ours: Vec<usize> = (0..slots.len()).collect();
    let mut order_of_theirs = Vec::with_capacity(theirs.len());
    for (at, base) in from_base.into_iter().enumerate() {
        let known = base.and_then(|base| by_base.get(&base)).or_else(|| twins.get(&at)).copied();
        let own = known.unwrap_or_else(|| {
            slots.push(Slot { base, ours: None, theirs: None });
            slots.len() - 1
        });
        slots[own].theirs = Some(at);
        order_of_theirs.push(own);
    }
    let is_by_theirs = is_moved(&slots, &order_of_theirs) && !is_moved(&slots, &order_of_ours);
    let (own, other) = if is_by_theirs { (order_of_theirs, order_of_ours) } else { (order_of_ours, order_of_theirs) };
    let order = with_others(kind, &slots, &own, &other);
    Slots { slots: order.into_iter().map(|at| slots[at]).collect(), in_order: own.len() }
}

fn picked<'n, 'a>(items: &[&'n Node<'a>], at: &[usize]) -> Vec<&'n Node<'a>> {
    at.iter().filter_map(|at| items.get(*at).copied()).collect()
}

/// For each item of `after`, the item of `before` that it is, found in the surest way.
fn matched(ways: &[Way], before: &[&Node], after: &[&Node]) -> Vec<Option<usize>> {
    let mut found = vec![None; after.len()];
    let mut is_left = vec![true; before.len()];
    for way in ways {
        let mut free: BTreeMap<String, VecDeque<usize>> = BTreeMap::new();
        for (at, item) in before.iter().enumerate().filter(|(at, _)| is_left[*at]) {
            if let Some(key) = way.key(item) {
                free.entry(key).or_default().push_back(at);
            }
        }
        if free.is_empty() {
            continue;
        }
        for (own, item) in found.iter_mut().zip(after).filter(|(own, _)| own.is_none()) {
            let at = way.key(item).and_then(|key| free.get_mut(&key)?.pop_front());
            if let Some(at) = at {
                is_left[at] = false;
                *own = Some(at);
            }
        }
    }
    found
}

/// Whether a side moved items of the version before both.
fn is_moved(slots: &[Slot], order: &[usize]) -> bool {
    let places: Vec<usize> = order.iter().filter_map(|at| slots[*at].base).collect();
    !places.is_sorted()
}

/// The order of one side, with the items that the other side alone has.
fn with_others(kind: ListKind, slots: &[Slot], order: &[usize], other: &[usize]) -> Vec<usize> {
    let mut is_placed = vec![false; slots.len()];
    order.iter().for_each(|at| is_placed[*at] = true);
    let mut joined = order.to_vec();
    if kind == ListKind::Log {
        joined.extend(other.iter().filter(|at| !is_placed[**at]));
        return joined;
    }
    // Groups of items that the other side alone has, each behind the item before it there.
    let is_shared = |at: usize| slots[at].base.is_some() || (slots[at].ours.is_some() && slots[at].theirs.is_some());
    let mut behind: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
    let mut before = None;
    for at in other {
        match is_placed[*at] {
            true => before = Some(*at),
            false => behind.entry(before).or_default().push(*at),
        }
    }
    joined.clear();
    let mut waiting = behind.remove(&None).unwrap_or_default();
    for at in order {
        // Behind what this side added at the same place.
        if is_shared(*at) {
            joined.append(&mut waiting);
        }
        joined.push(*at);
        if let Some(next) = behind.remove(&Some(*at)) {
            waiting.extend(next);
        }
    }
    joined.append(&mut waiting);
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The joined list of some texts, with a letter for each.
    fn joined(base: &str, ours: &str, theirs: &str) -> String {
        let nodes = |text: &str| text.chars().map(|own| Node::from(own.to_string())).collect::<Vec<_>>();
        let (base, ours, theirs) = (nodes(base), nodes(ours), nodes(theirs));
        let [b, o, t] = [&base, &ours, &theirs].map(|nodes| nodes.iter().collect::<Vec<_>>());
        let slots = slots(ListKind::Texts, &b, &o, &t).slots;
        let text = |slot: &Slot| slot.ours.map(|at| &ours[at]).or(slot.theirs.map(|at| &theirs[at]));
        slots.iter().filter_map(|slot| text(slot)?.text().map(str::to_owned)).collect()
    }

    #[test]
    fn items_of_both_sides_keep_their_places() {
        assert_eq!(joined("ab", "abx", "aby"), "abxy");
        assert_eq!(joined("ab", "xab", "yab"), "xyab");
        assert_eq!(joined("ab", "axb", "ayb"), "axyb");
        assert_eq!(joined("ab", "ab", "aybz"), "aybz");
        assert_eq!(joined("abc", "abcx", "cab"), "cxab");
        assert_eq!(joined("", "xy", "yz"), "xyz");
        assert_eq!(joined("aa", "aaa", "aa"), "aaa");
    }
}
