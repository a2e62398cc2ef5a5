// The panel beside the pairs: what was done last, search, filters, the picture, figures, files, help.

const panel = { said: null, search: null, limit: null, filters: {}, figures: null, unpaired: null, warning: null, help: null };

/** Says something to the reader, by eye and by ear. */
function tell(words) {
  panel.said.textContent = words;
}

function limit() {
  const value = Number(panel.limit?.value);
  return Number.isFinite(value) ? value : 0.7;
}

function isDoubtful(unit) {
  return isPair(unit) && !unit.right && unit.confidence !== null && unit.confidence < limit();
}

/** Whether a person should look at it: doubtful or unpaired, and not marked. */
function needsChecking(unit) {
  return !unit.right && (isDoubtful(unit) || !isPair(unit));
}

const FILTERS = [
  ['doubtful', isDoubtful],
  ['not 1–1', (unit) => isPair(unit) && kindOf(unit) !== '1-1'],
  ['unpaired', (unit) => !isPair(unit)],
  ['moved', (unit) => unit.moved],
  ['changed', (unit) => unit.changed || hasEdits(unit)],
  ['not yet right', (unit) => !unit.right],
];

/** Shows the rows that the filters and the search ask for. */
function filter() {
  const wanted = FILTERS.filter(([name]) => panel.filters[name].checked);
  const sought = panel.search.value.trim().toLowerCase();
  const holds = (unit) => SIDES.some((side) => unit[side].some((id) => model[side][id].text.toLowerCase().includes(sought)));
  let shown = 0;
  for (const unit of model.units) {
    const is = (!wanted.length || wanted.some(([, test]) => test(unit))) && (!sought || holds(unit));
    unit.row.classList.toggle('out', !is);
    shown += is ? 1 : 0;
  }
  resizeGroups();
  highlight(sought);
  figures();
  tell(shown ? `${say('shown')}: ${shown} / ${model.units.length}` : say('Nothing found.'));
}

/** Rows are some 4.4 rem high; the style sheet says the same of a whole group. */
const ROW_HEIGHT = 4.4;

/** Lets groups out of sight take the room that their shown rows will take. */
function resizeGroups() {
  for (const group of document.querySelectorAll('.g')) {
    const shown = group.querySelectorAll(':scope > .u:not(.out)').length;
    group.classList.toggle('out', shown === 0);
    group.style.containIntrinsicSize = shown === group.childElementCount ? '' : `${(shown * ROW_HEIGHT).toFixed(1)}rem`;
  }
}

/** So many finds are coloured at most; the rows of all of them are shown. */
const MOST_FOUND = 2000;

/** Colours what was sought, where the browser can without touching the text. */
function highlight(sought) {
  if (!window.Highlight || !CSS.highlights) return;
  CSS.highlights.delete('found');
  if (!sought) return;
  const ranges = [];
  for (const unit of model.units) {
    if (ranges.length > MOST_FOUND) break;
    if (!isShown(unit)) continue;
    for (const p of unit.row.querySelectorAll('p')) {
      const node = p.firstChild;
      const text = node?.data?.toLowerCase() ?? '';
      // Where lower case is longer, places would not be those of the text.
      if (text.length !== node?.data?.length) continue;
      for (let at = text.indexOf(sought); at >= 0; at = text.indexOf(sought, at + sought.length)) {
        const range = new Range();
        range.setStart(node, at);
        range.setEnd(node, at + sought.length);
        ranges.push(range);
      }
    }
  }
  CSS.highlights.set('found', new Highlight(...ranges));
}

/** Writes the figures anew. */
function figures() {
  const pairs = model.units.filter(isPair);
  const kinds = new Map();
  pairs.forEach((unit) => kinds.set(kindOf(unit), (kinds.get(kindOf(unit)) ?? 0) + 1));
  const common = [...kinds].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const sure = pairs.filter((unit) => unit.right || unit.confidence !== null).map((unit) => (unit.right ? 1 : unit.confidence));
  const mean = sure.reduce((sum, x) => sum + x, 0) / sure.length;
  const lonely = (side) => model.units.filter((unit) => !isPair(unit)).reduce((sum, unit) => sum + weight(side, unit[side]), 0);
  const count = (test) => model.units.filter(test).length;
  const rows = [
    ['pairs', pairs.length],
    ['types', common.slice(0, 6).map(([kind, n]) => `${kind.replace('-', '–')}: ${n}`).join(', ') + (common.length > 6 ? ' …' : '')],
    ['Chinese unpaired', lonely('zh')],
    ['English unpaired', lonely('en')],
    ['mean confidence', sure.length ? mean.toFixed(3) : '–'],
    ['doubtful', count(isDoubtful)],
    ['changed', count((unit) => unit.changed || hasEdits(unit))],
    ['marked as right', `${count((unit) => unit.right)} / ${model.units.length}`],
  ];
  panel.figures.replaceChildren(...rows.flatMap(([name, value]) => [make('dt', { text: say(name) }), make('dd', { text: String(value) })]));
  const loose = count((unit) => unit.changed && !unit.right);
  panel.warning.textContent = loose ? say('{0} changed pairs are not marked as right: aligning again may change them.', loose) : '';
}

/** What depends on the whole alignment, after a change. */
function refresh() {
  figures();
  drawPlot();
}

function fileName(ending) {
  const name = (model.parts[0]?.name ?? 'duizhao').replace(/\.[a-z0-9]{1,5}$/i, '');
  return `${name.replace(/[\p{Cc}/\\:*?"<>|]+/gu, '_') || 'duizhao'}.${ending}`;
}

/** Hands the reader a file. */
function takeAway(ending, type, text) {
  const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const name = fileName(ending);
  const link = make('a', { href: url, download: name, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60000);
  tell(say('Written: {0}', name));
}

const FILES = [
  ['TMX', 'tmx', 'application/xml', asTmx],
  ['TSV', 'tsv', 'text/tab-separated-values', asTsv],
  ['JSONL', 'jsonl', 'application/jsonl', asJsonl],
  ['Corrections', 'corrections.jsonl', 'application/jsonl', asCorrections],
];

const KEYS = [
  ['↓ ↑', 'next, previous pair'], ['Home End', 'first, last pair'], ['→ ←', 'next, previous sentence in the pair'],
  ['N P', 'next, previous place to check'], ['Space', 'mark as right, or not'],
  ['Ctrl+Enter', 'mark as right and go on to the next place to check'], ['M', 'merge with the next pair'],
  ['S', 'split before the sentence'], ['[ ]', 'move the sentence to the pair above, below'], ['U', 'unpair'],
  ['E', 'edit the text of the sentence'], ['X V', 'pick up, and join with what was picked up'],
  ['Ctrl+Z Ctrl+Y', 'undo, redo'], ['/', 'search'], ['?', 'this help'],
];

function buildHelp() {
  const rows = KEYS.map(([keys, what]) => make('tr', {}, make('th', { scope: 'row' }, ...keys.split(' ').flatMap((key) => [make('kbd', { text: key }), ' '])), make('td', { text: say(what) })));
  panel.help = make('dialog', { 'aria-label': say('Help') },
    make('h2', { text: say('Help') }), make('p', { text: say('Keys work while a pair has the focus.') }),
    make('table', {}, make('tbody', {}, ...rows)),
    make('p', { text: say('Changes are kept in this browser. “Corrections” gives a file for duizhao align --corrections: pairs marked as right stay, the rest is aligned anew.') }),
    make('button', { type: 'button', text: say('Close'), click: () => panel.help.close() }));
  panel.help.addEventListener('close', () => chosen.unit?.row.focus({ preventScroll: true }));
  return panel.help;
}

function button(words, run, more = {}) {
  return make('button', { type: 'button', text: say(words), click: run, ...more });
}

function shownIndices() {
  return model.units.flatMap((unit, at) => (isShown(unit) ? [at] : []));
}

function buildPanel() {
  let waiting = 0;
  const soon = () => { clearTimeout(waiting); waiting = setTimeout(filter, 150); };
  panel.said = make('p', { class: 'said', role: 'status' });
  panel.search = make('input', { type: 'search', input: soon });
  panel.limit = make('input', { type: 'number', min: 0, max: 1, step: 0.05, value: 0.7, input: () => { filter(); drawPlot(); } });
  panel.figures = make('dl', {});
  panel.unpaired = make('input', { type: 'checkbox' });
  panel.unpaired.checked = model.parts.some((part) => part.unpaired);
  panel.warning = make('p', { class: 'warning' });
  const checks = FILTERS.map(([name]) => {
    panel.filters[name] = make('input', { type: 'checkbox', change: filter, 'data-filter': name });
    return make('label', { class: 'chip' }, panel.filters[name], say(name));
  });
  const files = FILES.map(([name, ending, type, text]) => button(name, () => takeAway(ending, type, text(panel.unpaired.checked)), { 'data-file': ending }));
  return make('aside', { class: 'panel', 'aria-label': say('Review') },
    make('a', { class: 'skip', href: '#pairs', text: say('Go to the pairs'), click: (event) => { event.preventDefault(); (chosen.unit ?? model.units[0])?.row.focus(); } }),
    make('div', { class: 'group' },
      button('Undo', undo, { 'data-do': 'undo' }), button('Redo', redo, { 'data-do': 'redo' }),
      button('Next to check', () => chooseNextToCheck(1), { 'data-do': 'next' }), button('Help', () => panel.help.showModal(), { 'data-do': 'help' })),
    panel.said,
    make('label', { class: 'field' }, say('Search'), panel.search),
    make('fieldset', {}, make('legend', { text: say('Show only') }), ...checks,
      make('label', { class: 'field short' }, say('Doubtful below'), panel.limit)),
    button('Mark all shown as right', () => commit(markAllRight(shownIndices(), model.units.indexOf(chosen.unit))), { 'data-do': 'all' }),
    make('h2', { text: say('Where the path goes') }), buildPlot(), make('p', { class: 'small', text: say('Wide and red is doubtful; a bar below is as high as the doubt.') }),
    make('h2', { text: say('Statistics') }), panel.figures,
    make('h2', { text: say('Take away') }), make('label', { class: 'chip' }, panel.unpaired, say('with unpaired sentences')),
    make('div', { class: 'group' }, ...files), panel.warning);
}
