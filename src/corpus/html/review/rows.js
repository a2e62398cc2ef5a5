// The rows on the screen: made from units, kept in step with them, one of them chosen. Texts are only ever set as
// text.

/** Where the colours of confidence change; as in the rows that the file came with. */
const STEPS = [0.3, 0.5, 0.7, 0.9];

const chosen = {
  /** @type {?Unit} */
  unit: null,
  /** The sentence in it, {side, id}. */
  sentence: null,
};

/** From a row to its unit. */
const unitOf = new WeakMap();

function step(confidence) {
  let k = 0;
  while (k < STEPS.length && confidence >= STEPS[k]) k += 1;
  return k;
}

function buildCell(side, unit) {
  const part = model.parts[unit.part];
  const cell = make('div', { class: side, role: 'cell', lang: side === 'zh' ? part.zhCode : part.enCode });
  for (const id of unit[side]) {
    const sentence = model[side][id];
    cell.append(make('p', { 'data-n': sentence.id + 1, class: isEdited(sentence) ? 'edited' : null, text: sentence.text }));
  }
  return cell;
}

function buildMark(unit) {
  const cell = make('div', { class: 'm', role: 'cell' });
  if (unit.right) cell.append(make('span', { class: 'right', text: `✓ ${say('right')}` }), ' ');
  else if (unit.reason) cell.append(make('span', { class: 'why', text: reasonWords(unit.reason) }), ' ');
  else if (unit.confidence !== null) {
    cell.append(make('span', { class: `sure s${step(unit.confidence)}`, text: unit.confidence.toFixed(2) }), ' ');
  }
  cell.append(make('span', { class: 'kind', text: kindOf(unit) }));
  const tags = [[unit.moved, 'moved'], [unit.changed, 'changed'], [hasEdits(unit), 'edited']];
  for (const [is, tag] of tags) if (is) cell.append(' ', make('span', { class: 'tag', text: say(tag) }));
  return cell;
}

function buildRow(unit) {
  const row = make('div', { class: unit.reason ? 'u alone' : 'u', role: 'row' });
  if (unit.right) row.classList.add('done');
  if (unit.changed) row.classList.add('changed');
  row.append(buildCell('zh', unit), buildCell('en', unit), buildMark(unit));
  unitOf.set(row, unit);
  unit.row = row;
  return row;
}

/** Makes the rows of the file into rows that can be worked on. */
function takeRows() {
  for (const { table } of model.parts) {
    table.setAttribute('aria-label', say('Pairs'));
    table.querySelectorAll('.head span').forEach((head) => { head.textContent = say(head.textContent); });
  }
  for (const unit of model.units) {
    unitOf.set(unit.row, unit);
    if (unit.right || hasEdits(unit) || (inChinese && (unit.reason || unit.moved))) unit.row.replaceWith(buildRow(unit));
  }
  if (inChinese) document.querySelectorAll('.facts, .notice').forEach((text) => text.setAttribute('lang', 'en'));
}

/** The row after another, in its group or the next that has one. */
function rowAfter(row) {
  let [next, group] = [row.nextElementSibling, row.parentElement];
  while (!next && (group = group.nextElementSibling)) next = group.firstElementChild;
  return next;
}

/** Brings the rows into step with the units: only rows of units that came or went are touched. */
function arrange() {
  const rows = new Set(model.units.map((unit) => unit.row));
  const next = model.parts.map(({ table }) => table.querySelector('.u'));
  const skipGone = (part) => {
    while (next[part] && !rows.has(next[part])) {
      const gone = next[part];
      next[part] = rowAfter(gone);
      gone.remove();
    }
  };
  for (const unit of model.units) {
    skipGone(unit.part);
    const at = next[unit.part];
    if (unit.row && unit.row === at) {
      next[unit.part] = rowAfter(at);
      continue;
    }
    // A row that was taken away may hold texts that have changed since.
    unit.row?.remove();
    const row = buildRow(unit);
    if (at) at.before(row); else model.parts[unit.part].table.lastElementChild.append(row);
  }
  model.parts.forEach((_, part) => skipGone(part));
}

function unitWith(side, id) {
  return model.units.find((unit) => unit[side].includes(id));
}

/** Shows what a change, or its undoing, has done, and chooses the unit where it was. */
function show({ texts, at, sentence }) {
  arrange();
  for (const [side, id] of texts) {
    const unit = unitWith(side, id);
    const old = unit.row;
    old.replaceWith(buildRow(unit));
  }
  const unit = model.units[Math.max(0, Math.min(at ?? 0, model.units.length - 1))];
  if (unit) choose(unit, { sentence, focus: true });
  refresh();
}

function isShown(unit) {
  return !unit.row.classList.contains('out');
}

/** The sentences of a unit in the order in which the arrow keys go through them. */
function sentencesOf(unit) {
  return SIDES.flatMap((side) => unit[side].map((id) => ({ side, id })));
}

function paragraphOf(unit, { side, id }) {
  return unit.row.children[SIDES.indexOf(side)].children[unit[side].indexOf(id)];
}

/** Chooses a unit and a sentence in it (the first if none is named). */
function choose(unit, { sentence = null, focus = false, centre = false } = {}) {
  if (chosen.unit?.row) {
    chosen.unit.row.classList.remove('chosen');
    chosen.unit.row.removeAttribute('aria-current');
    chosen.unit.row.tabIndex = -1;
    chosen.unit.row.querySelectorAll('p.here').forEach((p) => p.classList.remove('here'));
  }
  const own = sentence && unit[sentence.side].includes(sentence.id) ? sentence : sentencesOf(unit)[0];
  chosen.unit = unit;
  chosen.sentence = own;
  const { row } = unit;
  row.classList.remove('out');
  row.parentElement.classList.remove('out');
  row.classList.add('chosen');
  row.setAttribute('aria-current', 'true');
  row.tabIndex = 0;
  paragraphOf(unit, own).classList.add('here');
  labelBar();
  if (centre) row.scrollIntoView({ block: 'center' });
  if (focus) {
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: centre ? 'center' : 'nearest' });
  }
  markOnPlot();
}

/** The shown unit next to the chosen one, in a direction, for which `wanted` holds. */
function nextUnit(direction, wanted = () => true) {
  const start = chosen.unit ? model.units.indexOf(chosen.unit) : -1;
  for (let k = start + direction; k >= 0 && k < model.units.length; k += direction) {
    if (isShown(model.units[k]) && wanted(model.units[k])) return model.units[k];
  }
  return null;
}

function chooseNext(direction) {
  const unit = nextUnit(direction);
  if (unit) choose(unit, { focus: true });
}

function chooseNextToCheck(direction) {
  const unit = nextUnit(direction, needsChecking);
  if (unit) choose(unit, { focus: true, centre: true });
  else tell(say('Nothing left to check.'));
}

function chooseSentence(direction) {
  const { unit, sentence } = chosen;
  const all = sentencesOf(unit);
  const at = all.findIndex(({ side, id }) => side === sentence.side && id === sentence.id);
  const next = all[Math.max(0, Math.min(at + direction, all.length - 1))];
  choose(unit, { sentence: next, focus: true });
  const words = next.side === 'zh' ? 'Chinese sentence {0}' : 'English sentence {0}';
  tell(say(words, model[next.side][next.id].id + 1));
}
