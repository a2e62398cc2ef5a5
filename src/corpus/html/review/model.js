// What the page knows: sentences, and the units in which they face each other, read from the rows of the file.
//
// A unit never changes: a change puts new units in the place of old ones, so undoing puts the old ones back.

/** @typedef {{side: 'zh'|'en', id: number, text: string, was: string, weight: number, at: string}} Sentence */
/** @typedef {{part: number, zh: number[], en: number[], score: ?number, confidence: ?number, reason: ?string,
 *             kind: ?string, moved: boolean, right: boolean, changed: boolean, row: ?Element}} Unit */

const model = {
  /** The documents of the page: {name, zhCode, enCode, unpaired, table}. */
  parts: [],
  /** All sentences of a side, over all documents. */
  zh: [],
  en: [],
  /** @type {Unit[]} */
  units: [],
  version: '',
};

const SIDES = ['zh', 'en'];

function number(text) {
  return text === null ? null : Number(text);
}

function readSentence(side, p, part) {
  const text = p.textContent;
  const sentence = {
    side, part, id: Number(p.getAttribute('data-n')) - 1, text, was: p.getAttribute('data-was') ?? text,
    weight: Number(p.getAttribute('data-w') ?? 1), at: p.getAttribute('data-at') ?? '',
  };
  return model[side].push(sentence) - 1;
}

/** Where a sentence stands in its text, in bytes: [start, end], or several where it stands for several. */
function spansOf(sentence) {
  const numbers = sentence.at ? sentence.at.split(' ').map(Number) : [];
  return numbers.flatMap((start, k) => (k % 2 === 0 ? [[start, numbers[k + 1]]] : []));
}

function readUnit(row, part) {
  const unit = {
    part, zh: [], en: [], score: number(row.getAttribute('data-s')), confidence: number(row.getAttribute('data-c')),
    reason: row.getAttribute('data-r'),
    // Where a text stands for several sentences, the file says how many; elsewhere they can be counted.
    kind: row.getAttribute('data-k'),
    moved: row.hasAttribute('data-moved'), right: row.hasAttribute('data-right'), changed: false, row,
  };
  let cell = row.firstElementChild;
  for (const side of SIDES) {
    for (let p = cell.firstElementChild; p; p = p.nextElementSibling) unit[side].push(readSentence(side, p, part));
    cell = cell.nextElementSibling;
  }
  return unit;
}

function readPage() {
  model.version = (document.querySelector('meta[name=generator]')?.content ?? '').replace('duizhao ', '');
  document.querySelectorAll('section.document').forEach((section, part) => {
    model.parts.push({
      name: section.querySelector('h1').textContent, zhCode: section.dataset.zh, enCode: section.dataset.en,
      unpaired: 'unpaired' in section.dataset, table: section.querySelector('.table'),
    });
    for (const row of section.querySelectorAll('.u')) model.units.push(readUnit(row, part));
  });
}

function isPair(unit) {
  return unit.zh.length > 0 && unit.en.length > 0;
}

function weight(side, ids) {
  return ids.reduce((sum, id) => sum + model[side][id].weight, 0);
}

/** `1-2`: one Chinese and two English sentences. */
function kindOf(unit) {
  return unit.kind ?? `${weight('zh', unit.zh)}-${weight('en', unit.en)}`;
}

function isEdited(sentence) {
  return sentence.text !== sentence.was;
}

function hasEdits(unit) {
  return SIDES.some((side) => unit[side].some((id) => isEdited(model[side][id])));
}

/** A unit made by a person: nothing is known of it but its sentences. */
function newUnit(part, zh, en, more = {}) {
  const ascending = (a, b) => a - b;
  zh = [...zh].sort(ascending);
  en = [...en].sort(ascending);
  const reason = zh.length && en.length ? null : 'no-counterpart';
  return {
    part, zh, en, score: null, confidence: null, kind: null, moved: false, right: false, changed: true, row: null, ...more,
    reason: reason && (more.reason ?? reason),
  };
}

/** What tells this page from every other: a hash of its sentences and of what faced what when it was written. */
function identity() {
  // cyrb53, a 53-bit hash of strings (bryc, public domain).
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  const add = (text) => {
    for (let k = 0; k < text.length; k += 1) {
      const code = text.charCodeAt(k);
      a = Math.imul(a ^ code, 2654435761);
      b = Math.imul(b ^ code, 1597334677);
    }
    a = Math.imul(a ^ 31, 2654435761);
    b = Math.imul(b ^ 17, 1597334677);
  };
  model.parts.forEach((part) => add(part.name));
  SIDES.forEach((side) => model[side].forEach((sentence) => { add(sentence.was); add(sentence.text); }));
  model.units.forEach((unit) => add(`${unit.zh}|${unit.en}|${unit.right}`));
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return (4294967296 * (2097151 & b) + (a >>> 0)).toString(36);
}
