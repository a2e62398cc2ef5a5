// Changes as they are made, undone, done again, and kept in the browser until the page is opened again.
//
// What is kept is the list of changes, not the alignment, so it stays small and undoing works after a reload. It is
// kept under the page's identity: another page, or the same article aligned otherwise, begins afresh.

const PREFIX = 'duizhao:review:';

const journal = {
  /** Changes that were made, each with what undoes it; `done` of them hold. */
  list: [],
  done: 0,
  key: '',
  /** Whether the browser keeps them. */
  kept: true,
};

/** Applies splices and texts, and returns what undoes them. Rows are not touched. */
function apply({ splices, texts }) {
  const undo = { splices: [], texts: [] };
  for (const [at, count, units] of splices) {
    const gone = model.units.splice(at, count, ...units);
    undo.splices.unshift([at, units.length, gone]);
  }
  for (const [side, id, text] of texts) {
    undo.texts.unshift([side, id, model[side][id].text]);
    model[side][id].text = text;
  }
  return undo;
}

function pack(unit) {
  const flags = (unit.moved ? 1 : 0) + (unit.right ? 2 : 0) + (unit.changed ? 4 : 0);
  return [unit.part, unit.zh, unit.en, flags, unit.score, unit.confidence, unit.reason, unit.kind];
}

/** A unit that was packed, if it is one: what the browser kept may be damaged. */
function unpack([part, zh, en, flags, score, confidence, reason, kind]) {
  const known = (side, ids) => ids.every((id) => model[side][id] && model[side][id].part === part);
  if (!known('zh', zh) || !known('en', en) || zh.length + en.length === 0) throw new Error('not of this page');
  return {
    part, zh, en, score, confidence, reason, kind, moved: !!(flags & 1), right: !!(flags & 2), changed: !!(flags & 4), row: null,
  };
}

function keep() {
  const changes = journal.list.map(({ change }) => ({
    s: change.splices.map(([at, count, units]) => [at, count, units.map(pack)]), t: change.texts, at: change.at,
  }));
  const text = JSON.stringify({ done: journal.done, time: Date.now(), changes });
  journal.kept = store(text) || (forgetOld() && store(text));
  if (!journal.kept) tell(say('This browser keeps nothing for this page: export the corrections before you close it.'));
}

function store(text) {
  try {
    localStorage.setItem(journal.key, text);
    return true;
  } catch {
    return false;
  }
}

/** What has not been touched for so long may make room for other pages. */
const OLD = 90 * 24 * 3600 * 1000;

/** Makes room: drops what was kept for pages that nobody has worked on for long. */
function forgetOld() {
  try {
    const others = Object.keys(localStorage).filter((key) => key.startsWith(PREFIX) && key !== journal.key);
    const time = (key) => Number(/"time":(\d+)/.exec(localStorage.getItem(key))?.[1] ?? 0);
    const old = others.filter((key) => Date.now() - time(key) > OLD);
    old.forEach((key) => localStorage.removeItem(key));
    return old.length > 0;
  } catch {
    return false;
  }
}

/** Two windows on one page would each keep only their own changes. */
function watchOthers() {
  addEventListener('storage', ({ key }) => {
    if (key === journal.key) tell(say('This page was changed in another window: reload it before you go on.'));
  });
}

/** Takes up what was kept; changes that do not fit this page end it. */
function restore() {
  journal.key = PREFIX + identity();
  let kept = null;
  try {
    kept = JSON.parse(localStorage.getItem(journal.key));
  } catch {
    journal.kept = false;
  }
  if (!kept || !Array.isArray(kept.changes)) return;
  try {
    for (const { s, t, at } of kept.changes) {
      const change = { splices: s.map(([from, count, units]) => [from, count, units.map(unpack)]), texts: t, at };
      journal.list.push({ change, undo: apply(change) });
      journal.done += 1;
    }
  } catch {
    // What fitted holds.
  }
  const done = Math.max(0, Math.min(Number(kept.done) || 0, journal.list.length));
  while (journal.done > done) journal.list[(journal.done -= 1)].undo && apply(journal.list[journal.done].undo);
}

/** Makes a change for good. Returns whether there was one; words say why not. */
function commit(change) {
  if (change === null) return false;
  if (typeof change === 'string') {
    tell(change);
    return false;
  }
  journal.list.length = journal.done;
  journal.list.push({ change, undo: apply(change) });
  journal.done += 1;
  keep();
  show(change);
  tell(change.words);
  return true;
}

function undo() {
  if (!journal.done) return tell(say('Nothing to undo.'));
  const entry = journal.list[(journal.done -= 1)];
  apply(entry.undo);
  keep();
  show({ ...entry.undo, at: entry.undo.splices.at(-1)?.[0] ?? entry.change.at });
  return tell(say('Undone.'));
}

function redo() {
  if (journal.done === journal.list.length) return tell(say('Nothing to redo.'));
  const entry = journal.list[journal.done];
  journal.done += 1;
  entry.undo = apply(entry.change);
  keep();
  show(entry.change);
  return tell(say('Redone.'));
}
