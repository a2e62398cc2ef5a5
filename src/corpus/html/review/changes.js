// What a person can do to an alignment. Each function gives a change, or words that say why there is none; it
// alters nothing itself. A change is {splices: [[at, how many go, [units]]], texts: [[side, sentence, text]], words, at}.

function change(splices, words, at, texts = []) {
  return { splices, texts, words, at };
}

function neighbour(index, step) {
  const other = model.units[index + step];
  return other && other.part === model.units[index].part ? other : null;
}

function joined(first, second) {
  const more = { moved: first.moved && second.moved, reason: first.reason ?? second.reason };
  return newUnit(first.part, [...first.zh, ...second.zh], [...first.en, ...second.en], more);
}

function merge(index) {
  const [unit, next] = [model.units[index], neighbour(index, 1)];
  if (!next) return say('There is no next pair to merge with.');
  return change([[index, 2, [joined(unit, next)]]], say('Merged.'), index);
}

function letters(side, ids) {
  return ids.reduce((sum, id) => sum + model[side][id].text.length, 0);
}

/** Where the other side is cut when `before` of the letters of one side come first: at the border nearest to it. */
function cutOf(side, ids, share) {
  const all = letters(side, ids) || 1;
  let best = 0;
  for (let k = 1; k <= ids.length; k += 1) {
    const off = (cut) => Math.abs(letters(side, ids.slice(0, cut)) / all - share);
    if (off(k) < off(best)) best = k;
  }
  // Two sentences or more are not left all on one side.
  return ids.length < 2 ? best : Math.min(Math.max(best, 1), ids.length - 1);
}

/** Splits before sentence `k` of a side; the other side is cut where its share of letters is nearest. */
function split(index, side, k) {
  const unit = model.units[index];
  if (!(k > 0 && k < unit[side].length)) return say('Choose a sentence that is not the first of its side.');
  const other = side === 'zh' ? 'en' : 'zh';
  const share = letters(side, unit[side].slice(0, k)) / (letters(side, unit[side]) || 1);
  const cut = { [side]: k, [other]: cutOf(other, unit[other], share) };
  const more = { moved: unit.moved, reason: unit.reason };
  const halves = [
    newUnit(unit.part, unit.zh.slice(0, cut.zh), unit.en.slice(0, cut.en), more),
    newUnit(unit.part, unit.zh.slice(cut.zh), unit.en.slice(cut.en), more),
  ];
  return change([[index, 1, halves]], say('Split.'), index + 1);
}

/** Moves sentence `k` of a side, and what stands between it and the neighbour, to the neighbour above or below. */
function move(index, side, k, step) {
  const [unit, other] = [model.units[index], neighbour(index, step)];
  if (!other || k < 0 || k >= unit[side].length) return say('There is no pair on that side to move to.');
  const goes = step < 0 ? unit[side].slice(0, k + 1) : unit[side].slice(k);
  const stays = step < 0 ? unit[side].slice(k + 1) : unit[side].slice(0, k);
  const [left, grown] = [{ ...unit, [side]: stays }, { ...other, [side]: [...other[side], ...goes] }];
  const units = [left, grown]
    .filter((half) => half.zh.length + half.en.length > 0)
    .map((half) => newUnit(half.part, half.zh, half.en, { moved: half.moved, reason: half.reason }));
  const alone = units.length === 1;
  if (step < 0) units.reverse();
  const at = Math.min(index, index + step);
  const words = goes.length > 1 ? say('Moved {0} sentences.', goes.length) : say('Moved the sentence.');
  return { ...change([[at, 2, units]], words, alone ? at : index + step), sentence: { side, id: goes[step < 0 ? goes.length - 1 : 0] } };
}

/** Makes each sentence of a pair stand alone. */
function unpair(index) {
  const unit = model.units[index];
  if (!isPair(unit)) return say('It faces nothing already.');
  const alone = [
    ...unit.zh.map((id) => newUnit(unit.part, [id], [])),
    ...unit.en.map((id) => newUnit(unit.part, [], [id])),
  ];
  return change([[index, 1, alone]], say('Unpaired.'), index);
}

function markRight(index, right = !model.units[index].right) {
  const unit = { ...model.units[index], right, row: null };
  return change([[index, 1, [unit]]], right ? say('Marked as right.') : say('No longer marked.'), index);
}

function markAllRight(indices, at) {
  const splices = indices
    .filter((index) => !model.units[index].right)
    .map((index) => [index, 1, [{ ...model.units[index], right: true, row: null }]]);
  return splices.length ? change(splices, say('Marked {0} as right.', splices.length), at) : say('Nothing found.');
}

/** Joins a unit that was picked up with another, wherever the two stand; the joined one stands at `index`. */
function join(index, picked) {
  const from = model.units.indexOf(picked);
  if (from < 0 || from === index) return say('Nothing is picked up.');
  const [first, second] = [model.units[Math.min(from, index)], model.units[Math.max(from, index)]];
  if (first.part !== second.part) return say('They stand in different documents.');
  const unit = joined(first, second);
  unit.moved = Math.abs(from - index) > 1;
  const at = from < index ? index - 1 : index;
  return change([[from, 1, []], [at, 1, [unit]]], say('Joined.'), at);
}

function edit(index, side, id, text) {
  const clean = text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
  if (!clean || clean === model[side][id].text) return null;
  return { ...change([], say('Text changed.'), index, [[side, id, clean]]), sentence: { side, id } };
}
