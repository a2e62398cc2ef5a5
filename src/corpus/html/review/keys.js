// Mouse and keyboard. Letters act only while a row has the focus, so that they disturb neither the search nor the
// reader's own tools.

const ROW_KEYS = {
  ArrowDown: () => chooseNext(1), ArrowUp: () => chooseNext(-1), j: () => chooseNext(1), k: () => chooseNext(-1),
  Home: () => chooseEnd(1), End: () => chooseEnd(-1),
  ArrowRight: () => chooseSentence(1), ArrowLeft: () => chooseSentence(-1),
  n: () => chooseNextToCheck(1), p: () => chooseNextToCheck(-1),
  ' ': run('Right'), r: run('Right'), m: run('Merge with the next'), s: run('Split here'), '[': run('Sentence up'), ']': run('Sentence down'),
  u: run('Unpair'), e: run('Edit text'), Enter: run('Edit text'), F2: run('Edit text'), x: run('Pick up'), v: run('Join with the picked'),
  '/': () => panel.search.focus(), '?': () => panel.help.showModal(),
};

function run(name) {
  return () => ACTIONS.find(([other]) => other === name)[2]();
}

function chooseEnd(direction) {
  const shown = model.units.filter(isShown);
  const unit = direction > 0 ? shown[0] : shown.at(-1);
  if (unit) choose(unit, { focus: true, centre: true });
}

/** What Tab leads to, in order. */
function tabStops() {
  const row = chosen.unit?.row ?? document.querySelector('.u');
  const bar = state.bar.hidden ? [] : state.bar.querySelectorAll('button');
  return [...document.querySelectorAll('.panel a, .panel button, .panel input'), ...(row ? [row] : []), ...bar];
}

/** Goes on with Tab in the order that the browser has too: it would lay out every row to find what comes next, which takes
    seconds where there are ten thousand. Beyond the first and the last stop the browser goes on. */
function onTab(event) {
  const stops = tabStops();
  const at = event.target === document.body ? -1 : stops.indexOf(event.target);
  if (at < 0 && (event.target !== document.body || event.shiftKey)) return;
  const next = stops[at + (event.shiftKey ? -1 : 1)];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

function onKey(event) {
  const { target, key } = event;
  if (panel.help.open || target.closest('textarea')) return;
  if (key === 'Tab' && !event.ctrlKey && !event.altKey && !event.metaKey) {
    onTab(event);
    return;
  }
  const command = event.ctrlKey || event.metaKey;
  const writing = target.closest('input');
  if (command && !event.altKey && !writing && /^[zy]$/i.test(key)) {
    event.preventDefault();
    if (key.toLowerCase() === 'y' || event.shiftKey) redo(); else undo();
    return;
  }
  const row = target.closest('.u');
  if (!row || writing) return;
  if (command && key === 'Enter') {
    event.preventDefault();
    if (act((at) => markRight(at, true))) chooseNextToCheck(1);
    return;
  }
  // A button in the row has its own Enter and Space.
  if (command || event.altKey || (target !== row && (key === 'Enter' || key === ' '))) return;
  const name = key.length === 1 ? key.toLowerCase() : key;
  if (Object.hasOwn(ROW_KEYS, name)) {
    event.preventDefault();
    ROW_KEYS[name]();
  }
}

/** The sentence and the row that were clicked. */
function clicked(event) {
  const row = event.target.closest('.u');
  const unit = row && unitOf.get(row);
  if (!unit) return null;
  const p = event.target.closest('p');
  const side = p && SIDES.find((name) => p.parentElement.classList.contains(name));
  const sentence = side ? { side, id: unit[side][[...p.parentElement.querySelectorAll('p')].indexOf(p)] } : null;
  return { unit, sentence };
}

function onClick(event) {
  const found = event.target.closest('button, textarea') ? null : clicked(event);
  // A selection of text is left alone.
  if (!found || !getSelection().isCollapsed) return;
  const again = found.unit === chosen.unit;
  choose(found.unit, { sentence: found.sentence ?? (again ? chosen.sentence : null) });
  found.unit.row.focus({ preventScroll: true });
}

/** A row that gets the focus from elsewhere is the chosen one. */
function onFocus(event) {
  const unit = unitOf.get(event.target);
  if (unit && unit !== chosen.unit) choose(unit);
}

function onDoubleClick(event) {
  const found = event.target.closest('button, textarea') ? null : clicked(event);
  if (!found?.sentence) return;
  getSelection().removeAllRanges();
  choose(found.unit, { sentence: found.sentence });
  startEditing();
}
