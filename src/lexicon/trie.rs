//! A double-array trie over character codes, read in place from bytes.
//!
//! A slot is six bytes: the label (`u16`) by which it is entered, and a value (`u32`). From a node with
//! base `b` the code `c` leads to slot `b + c` if that slot's label is `c`; no two nodes share a base, so
//! the label alone proves the parent. The value of a slot is the base of its node, or, for a leaf, the
//! number of the word; a node that has children and ends a word keeps the word in its child by code 0.
//! Look-up takes one step a character; building places nodes in falling order of children, first fit.
//! After J. Aoe, "An Efficient Digital Search Algorithm by Using a Double-Array Structure" (1989), and
//! the bases without a parent check of S. Kanda et al., "Engineering faster double-array
//! Aho–Corasick automata" (2022).

use std::collections::BTreeMap;

/// Bytes of a slot.
pub(super) const SLOT: usize = 6;
/// The label of a slot that nothing leads to.
pub(super) const FREE: u16 = u16::MAX;
/// Set in the value of a leaf: the rest is the word.
const LEAF: u32 = 1 << 31;
/// Set in the value of a node that ends a word and goes on.
const ENDS: u32 = 1 << 30;
/// The number without its flags.
const NUMBER: u32 = ENDS - 1;
/// The base of the root.
const ROOT: u32 = 0;

/// A walk from the root over the slots in `bytes`, character code by character code.
#[derive(Debug, Clone, Copy)]
pub(super) struct Walk<'a> {
    bytes: &'a [u8],
    value: u32,
}

impl<'a> Walk<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Walk { bytes, value: ROOT }
    }

    /// Takes a step; `false` if no word goes on this way.
    pub fn step(&mut self, code: u16) -> bool {
        if self.value & LEAF != 0 || code == 0 {
            return false;
        }
        match slot(self.bytes, (self.value & NUMBER) + u32::from(code)) {
            Some((label, value)) if label == code => {
                self.value = value;
                true
            }
            _ => false,
        }
    }

    /// Whether a word ends here.
    pub fn ends(self) -> bool {
        self.value & (LEAF | ENDS) != 0
    }

    /// The word that ends here.
    pub fn word(self) -> Option<u32> {
        if self.value & LEAF != 0 {
            return Some(self.value & NUMBER);
        }
        let (label, value) = slot(self.bytes, self.value & NUMBER)?;
        (self.ends() && label == 0).then_some(value & NUMBER)
    }
}

fn slot(bytes: &[u8], index: u32) -> Option<(u16, u32)> {
    let start = (index as usize).checked_mul(SLOT)?;
    let slot: &[u8; SLOT] = bytes.get(start..)?.get(..SLOT)?.try_into().ok()?;
    let [a, b, c, d, e, f] = *slot;
    Some((u16::from_le_bytes([a, b]), u32::from_le_bytes([c, d, e, f])))
}

/// The keys of the slots in `bytes`, each with its word: what [`build`] was given, but for those of more than `longest`
/// codes. Linear: bytes that lie may make keys of any length, which would take the square of it.
pub(super) fn keys(bytes: &[u8], longest: usize) -> BTreeMap<Vec<u16>, u32> {
    // The slots that are taken by the base from which their label leads to them: no two nodes share a base.
    let mut children: BTreeMap<u32, Vec<(u16, u32)>> = BTreeMap::new();
    for index in 0..(bytes.len() / SLOT) as u32 {
        let taken = slot(bytes, index).filter(|&(label, _)| label != FREE);
        if let Some((base, label, value)) =
            taken.and_then(|(label, value)| Some((index.checked_sub(label.into())?, label, value)))
        {
            children.entry(base).or_default().push((label, value));
        }
    }
    let mut keys = BTreeMap::new();
    let mut open = vec![(Vec::new(), ROOT)];
    while let Some((key, base)) = open.pop() {
        // Each node is taken once, so that bytes which lead in a circle end too.
        for (label, value) in children.remove(&base).unwrap_or_default() {
            if label == 0 {
                keys.insert(key.clone(), value & NUMBER);
                continue;
            }
            if key.len() == longest {
                continue;
            }
            let longer: Vec<u16> = key.iter().copied().chain([label]).collect();
            match value & LEAF != 0 {
                true => drop(keys.insert(longer, value & NUMBER)),
                false => open.push((longer, value & NUMBER)),
            }
        }
    }
    keys
}

/// Builds the slots of `keys`: code strings without the code 0, sorted, without repetition, none empty,
/// each with its word, below 2³⁰. Equal input, equal bytes.
pub(super) fn build(keys: &[(Vec<u16>, u32)]) -> Vec<u8> {
    debug_assert!(keys.windows(2).all(|pair| pair[0].0 < pair[1].0));
    let nodes = nodes(keys);
    let mut order: Vec<usize> = (1..nodes.len()).collect();
    order.sort_by_key(|&node| std::cmp::Reverse(nodes[node].children.len()));
    let mut places = Places::default();
    let mut bases = vec![ROOT; nodes.len()];
    if let Some(root) = nodes.first() {
        places.take(ROOT, &root.children);
    }
    for node in order {
        bases[node] = places.first_fit(&nodes[node].children);
        places.take(bases[node], &nodes[node].children);
    }
    let mut slots = vec![(FREE, 0u32); places.len()];
    for (node, &base) in nodes.iter().zip(&bases) {
        for &(code, target) in &node.children {
            let value = match target {
                Target::Word(word) => word | LEAF,
                Target::Node(node) => bases[node] | if nodes[node].ends() { ENDS } else { 0 },
            };
            slots[base as usize + usize::from(code)] = (code, value);
        }
    }
    slots
        .iter()
        .flat_map(|(label, value)| label.to_le_bytes().into_iter().chain(value.to_le_bytes()))
        .collect()
}

/// A node with children; the code 0 leads to the word that ends in it.
#[derive(Default)]
struct Node {
    children: Vec<(u16, Target)>,
}

impl Node {
    fn ends(&self) -> bool {
        self.children.first().is_some_and(|child| child.0 == 0)
    }
}

#[derive(Clone, Copy)]
enum Target {
    Word(u32),
    Node(usize),
}

/// The nodes of the trie, the root first, breadth first.
fn nodes(keys: &[(Vec<u16>, u32)]) -> Vec<Node> {
    let mut nodes = Vec::new();
    // Each range of keys shares its first `depth` codes and is a node.
    let mut queue = std::collections::VecDeque::from([(0..keys.len(), 0usize)]);
    let mut reserved = 1;
    while let Some((range, depth)) = queue.pop_front() {
        let mut node = Node::default();
        let mut at = range.start;
        while at < range.end {
            let code = keys[at].0.get(depth).copied().unwrap_or(0);
            let same = |key: &(Vec<u16>, u32)| key.0.get(depth).copied().unwrap_or(0) == code;
            let end = at + keys[at..range.end].iter().take_while(|key| same(key)).count();
            let only_leaf = code == 0 || (end == at + 1 && keys[at].0.len() == depth + 1);
            let target = if only_leaf {
                Target::Word(keys[at].1)
            } else {
                queue.push_back((at..end, depth + 1));
                reserved += 1;
                Target::Node(reserved - 1)
            };
            node.children.push((code, target));
            at = end;
        }
        nodes.push(node);
    }
    nodes
}

/// Which slots are taken and which bases are used, 64 to a word; what lies beyond the end is free.
#[derive(Default)]
struct Places {
    taken: Vec<u64>,
    used: Vec<u64>,
    /// By code, the word before which no base leads to a free slot: places never become free again.
    least: BTreeMap<u16, usize>,
    len: usize,
}

impl Places {
    /// The lowest unused base from which all codes lead to free slots.
    fn first_fit(&mut self, children: &[(u16, Target)]) -> u32 {
        let blocked = |word: usize| {
            let used = self.used.get(word).copied().unwrap_or(0);
            children.iter().fold(used, |blocked, &(code, _)| match blocked {
                u64::MAX => blocked,
                _ => blocked | bits(&self.taken, word * 64 + usize::from(code)),
            })
        };
        let least = |&(code, _): &(u16, Target)| self.least.get(&code).copied();
        let mut word = children.iter().filter_map(least).max().unwrap_or(0);
        let free = loop {
            match !blocked(word) {
                0 => word += 1,
                free => break free,
            }
        };
        if let [(code, _)] = children {
            self.least.insert(*code, word);
        }
        (word * 64) as u32 + free.trailing_zeros()
    }

    fn take(&mut self, base: u32, children: &[(u16, Target)]) {
        let base = base as usize;
        set(&mut self.used, base);
        for &(code, _) in children {
            set(&mut self.taken, base + usize::from(code));
            self.len = self.len.max(base + usize::from(code) + 1);
        }
    }

    /// Number of slots.
    fn len(&self) -> usize {
        self.len
    }
}

/// 64 bits from a place on.
fn bits(words: &[u64], at: usize) -> u64 {
    let word = |k: usize| words.get(k).copied().unwrap_or(0);
    let (k, shift) = (at / 64, at % 64);
    let high = if shift == 0 { 0 } else { word(k + 1) << (64 - shift) };
    word(k) >> shift | high
}

fn set(words: &mut Vec<u64>, at: usize) {
    if words.len() <= at / 64 {
        words.resize(at / 64 + 1, 0);
    }
    words[at / 64] |= 1 << (at % 64);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn look_up(bytes: &[u8], key: &[u16]) -> Option<u32> {
        let mut walk = Walk::new(bytes);
        key.iter().all(|&code| walk.step(code)).then(|| walk.word()).flatten()
    }

    #[test]
    fn nothing_in_nothing() {
        let bytes = build(&[]);
        assert_eq!(look_up(&bytes, &[1]), None);
        assert_eq!(look_up(&bytes, &[]), None);
    }

    #[test]
    fn keys_have_an_end() {
        // Each node leads to the next, and to a word.
        let nodes = 20_000u32;
        let slots = (0..nodes).flat_map(|k| [(FREE, 0), (1, 3 * (k + 1)), (2, k | LEAF)]);
        let bytes: Vec<u8> = slots
            .flat_map(|(label, value)| label.to_le_bytes().into_iter().chain(value.to_le_bytes()))
            .collect();
        let keys = keys(&bytes, 64);
        assert_eq!((keys.len(), keys.keys().map(Vec::len).max()), (64, Some(64)));
    }

    proptest! {
        #[test]
        fn finds_what_is_there_and_nothing_else(
            keys in prop::collection::btree_map(prop::collection::vec(1u16..9, 1..5), 0u32..1000, 0..60),
            probes in prop::collection::vec(prop::collection::vec(1u16..9, 1..6), 0..60),
        ) {
            let keys: BTreeMap<Vec<u16>, u32> = keys;
            let list: Vec<_> = keys.iter().map(|(key, &word)| (key.clone(), word)).collect();
            let bytes = build(&list);
            for key in keys.keys().chain(&probes) {
                prop_assert_eq!(look_up(&bytes, key), keys.get(key).copied());
            }
            prop_assert_eq!(super::keys(&bytes, 4), keys);
        }
    }
}
